//! SQL written by hand, prepared once per connection.
//!
//! Diesel's `sql_query` is parsed and planned at every call; on the pages that everybody opens that
//! costs more than running it. [`prepared`] keeps the statement, as Diesel's own queries do.

use diesel::{
    QueryResult, RunQueryDsl,
    pg::Pg,
    query_builder::{AstPass, BoxedSqlQuery, Query, QueryFragment, QueryId, SqlQuery},
    serialize::ToSql,
    sql_query,
    sql_types::{HasSqlType, Untyped},
};

/// A statement with its values; rows are read by column name.
pub struct Prepared<'a>(BoxedSqlQuery<'a, Pg, SqlQuery>);

/// A statement of one text, or of a few (an order chosen from a list): each text is kept for the
/// life of the connection, so what people type is bound, never written into it.
pub fn prepared<'a>(sql: impl Into<String>) -> Prepared<'a> {
    Prepared(sql_query(sql).into_boxed())
}

impl<'a> Prepared<'a> {
    /// The value of the next placeholder: `$1`, then `$2`…
    #[must_use]
    pub fn bind<ST, V>(self, value: V) -> Self
    where
        Pg: HasSqlType<ST>,
        ST: Send + 'a,
        V: ToSql<ST, Pg> + Send + 'a,
    {
        Self(self.0.bind::<ST, V>(value))
    }
}

impl QueryFragment<Pg> for Prepared<'_> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    /// Diesel cannot know that a text by hand comes back; here it is the point.
    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

/// The text is the key of the statement cache.
impl QueryId for Prepared<'_> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Prepared<'_> {
    type SqlType = Untyped;
}

impl<Conn> RunQueryDsl<Conn> for Prepared<'_> {}
