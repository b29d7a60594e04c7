//! How many rows there are of each status: what tabs and home pages show.
//!
//! A domain says with a [`CountedList`] what it counts, for the roles that may; [`count`] counts several lists in
//! one statement, so that a page with the figures of many lists asks once.

use std::marker::PhantomData;

use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Integer, Text, Timestamptz},
};

use super::{
    db::Tx,
    error::AppError,
    prepared::{Prepared, prepared},
};

/// How many rows there are of each status, by the status's name in the database.
#[derive(Clone, Debug, Default)]
pub struct Counts(Vec<(String, i64)>);

impl Counts {
    /// Reads a statement that selects `status` and `count`.
    ///
    /// # Errors
    /// The database's.
    pub fn load(statement: Prepared<'_>, conn: &mut PgConnection) -> Result<Self, AppError> {
        let rows: Vec<Row> = statement.load(conn)?;
        Ok(Self(
            rows.into_iter()
                .map(|row| (row.status, row.count))
                .collect(),
        ))
    }

    /// Of one status; of all for `None`.
    #[must_use]
    pub fn of(&self, status: Option<&str>) -> i64 {
        let counted = self.0.iter();
        counted
            .filter(|(one, _)| status.is_none_or(|wanted| wanted == one))
            .map(|(_, count)| count)
            .sum()
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// What can be counted by status in the name of an `R`.
pub struct CountedList<R> {
    sql: &'static str,
    role: PhantomData<fn() -> R>,
}

impl<R> CountedList<R> {
    /// The list by what it selects: a `status` and its `count`. `$1` is now.
    pub(crate) const fn new(sql: &'static str) -> Self {
        Self {
            sql,
            role: PhantomData,
        }
    }
}

#[derive(QueryableByName)]
struct RowOfList {
    #[diesel(sql_type = Integer)]
    list: i32,
    #[diesel(embed)]
    row: Row,
}

/// Counts these lists, in their order.
///
/// # Errors
/// The database's.
pub fn count<R, const N: usize>(
    tx: &mut Tx<R>,
    lists: [CountedList<R>; N],
) -> Result<[Counts; N], AppError> {
    let numbered = (0..).zip(&lists).map(|(number, list): (i32, _)| {
        let sql = list.sql;
        // Not every list asks what time it is.
        format!(
            "SELECT {number} AS list, status, count FROM ({sql}) AS counted WHERE $1::timestamptz IS NOT NULL"
        )
    });
    let sql = numbered.collect::<Vec<_>>().join(" UNION ALL ");
    let now = tx.now();
    let rows: Vec<RowOfList> = prepared(sql).bind::<Timestamptz, _>(now).load(tx.conn())?;
    let mut counts = [const { Counts(Vec::new()) }; N];
    for RowOfList { list, row } in rows {
        let of_list = usize::try_from(list)
            .ok()
            .and_then(|list| counts.get_mut(list));
        if let Some(of_list) = of_list {
            of_list.0.push((row.status, row.count));
        }
    }
    Ok(counts)
}
