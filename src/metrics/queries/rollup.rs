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

/// Recounts one day, and the month that holds it, from the completed consultations. Answers how many
/// cells were wrong and now are right.
///
/// # Errors
/// The database's.
pub fn recount_day(tx: &mut Tx<Worker>, day: NaiveDate) -> Result<i64, AppError> {
    let row: Corrected = sql_query("SELECT hz.recount_activity($1, $1) AS cells")
        .bind::<Date, _>(day)
        .get_result(tx.conn())?;
    Ok(row.cells.into())
}
