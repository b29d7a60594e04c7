//! SQL written by hand, prepared once per connection.
//!
//! Diesel's `sql_query` is parsed and planned at every call; on the pages that everybody opens that
//! costs more than running it. [`prepared`] keeps the statement, as Diesel's own queries do.

use std::marker::PhantomData;

use diesel::{
    QueryResult, RunQueryDsl,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{HasSqlType, Untyped},
};

/// A statement with its values; rows are read by column name.
pub struct Prepared<'a> {
    sql: String,
    values: Vec<Box<dyn QueryFragment<Pg> + Send + 'a>>,
}

/// A statement of one text, or of a few (an order chosen from a list): each text is kept for the
/// life of the connection, so what people type is bound, never written into it.
pub fn prepared<'a>(sql: impl Into<String>) -> Prepared<'a> {
    Prepared {
        sql: sql.into(),
        values: Vec::new(),
    }
}

impl<'a> Prepared<'a> {
    /// The value of the next placeholder: `$1`, then `$2`…
    #[must_use]
    pub fn bind<ST, V>(mut self, value: V) -> Self
    where
        Pg: HasSqlType<ST>,
        ST: Send + 'a,
        V: ToSql<ST, Pg> + Send + 'a,
    {
        let sql_type = PhantomData::<ST>;
        self.values.push(Box::new(Value { value, sql_type }));
        self
    }
}

struct Value<ST, V> {
    value: V,
    sql_type: PhantomData<ST>,
}

impl<ST, V> QueryFragment<Pg> for Value<ST, V>
where
    Pg: HasSqlType<ST>,
    V: ToSql<ST, Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param(&self.value)
    }
}

/// Unlike Diesel's own `sql_query`, this walk never calls the text one that will not come back. To
/// override `is_safe_to_cache_prepared` instead would not do: `execute` asks a reference to the query,
/// which asks by walking.
impl QueryFragment<Pg> for Prepared<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(&self.sql);
        // The text names its own placeholders. Diesel writes one for each value too: in a comment.
        out.push_sql("\n--");
        for value in &self.values {
            value.walk_ast(out.reborrow())?;
        }
        Ok(())
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
