//! SQL written by hand, prepared once per connection.
//!
//! Diesel's `sql_query` is parsed and planned at every call; on the pages that everybody opens that
//! costs more than running it. [`prepared`] keeps the statement, as Diesel's own queries do.

use diesel::{
    QueryResult, RunQueryDsl,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{HasSqlType, Untyped},
};

/// A statement with `$1`, `$2`… in this order, each used once; rows are read by column name.
pub struct Prepared<'a> {
    sql: &'static str,
    binds: Vec<Box<dyn QueryFragment<Pg> + Send + 'a>>,
}

/// A statement whose text never changes: what does change is bound.
pub fn prepared<'a>(sql: &'static str) -> Prepared<'a> {
    Prepared {
        sql,
        binds: Vec::new(),
    }
}

impl<'a> Prepared<'a> {
    /// The value of the next placeholder.
    #[must_use]
    pub fn bind<ST, V>(mut self, value: V) -> Self
    where
        Pg: HasSqlType<ST>,
        ST: Send + 'a,
        V: ToSql<ST, Pg> + Send + 'a,
    {
        self.binds.push(Box::new(Bind {
            value,
            sql_type: std::marker::PhantomData::<fn() -> ST>,
        }));
        self
    }
}

struct Bind<ST, V> {
    value: V,
    sql_type: std::marker::PhantomData<fn() -> ST>,
}

impl<ST, V> QueryFragment<Pg> for Bind<ST, V>
where
    Pg: HasSqlType<ST>,
    V: ToSql<ST, Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param(&self.value)
    }
}

impl QueryFragment<Pg> for Prepared<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let mut pieces = self.sql.split('$');
        out.push_sql(pieces.next().unwrap_or_default());
        let mut binds = self.binds.iter();
        for (index, piece) in pieces.enumerate() {
            let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
            let number = &piece[..piece.len() - rest.len()];
            match binds.next() {
                Some(bind) if number.parse() == Ok(index + 1) => bind.walk_ast(out.reborrow())?,
                _ => {
                    return Err(diesel::result::Error::QueryBuilderError(
                        format!("placeholder ${number} of {:?}", self.sql).into(),
                    ));
                }
            }
            out.push_sql(rest);
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
