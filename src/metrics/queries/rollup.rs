//! The recount of the counters, as the worker.

use chrono::NaiveDate;
use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Date, Integer},
};

use crate::infra::{actor::Worker, db::Tx, error::AppError};

#[derive(QueryableByName)]
struct Corrected {
    #[diesel(sql_type = Integer)]
    cells: i32,
}

fn corrected(tx: &mut Tx<Worker>, recount: &'static str, day: NaiveDate) -> Result<i64, AppError> {
    let row: Corrected = sql_query(recount)
        .bind::<Date, _>(day)
        .get_result(tx.conn())?;
    Ok(row.cells.into())
}

/// Recounts one day from the completed consultations. Answers how many cells were wrong and now are
/// right.
///
/// # Errors
/// The database's.
pub fn recount_day(tx: &mut Tx<Worker>, day: NaiveDate) -> Result<i64, AppError> {
    corrected(tx, "SELECT hz.recount_days($1, $1) AS cells", day)
}

/// Adds up the month that holds a day again. Answers as [`recount_day`].
///
/// # Errors
/// The database's.
pub fn recount_month(tx: &mut Tx<Worker>, day: NaiveDate) -> Result<i64, AppError> {
    corrected(tx, "SELECT hz.recount_months($1, $1) AS cells", day)
}
