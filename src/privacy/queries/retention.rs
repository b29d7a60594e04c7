//! What the nightly retention deletes.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Integer, Text, Timestamptz},
};

use crate::infra::{actor::Worker, db::Tx, error::AppError, prepared::prepared};

#[derive(QueryableByName)]
struct Gone {
    #[diesel(sql_type = Integer)]
    rows: i32,
}

/// Deletes at most `most` rows of a rule's tables (of each, where it names two) that are over since before
/// a moment: how many.
///
/// # Errors
/// The database's: among them a rule that `hz.forget_old` does not know.
pub fn forget(
    tx: &mut Tx<Worker>,
    rule: &str,
    before: DateTime<Utc>,
    most: i32,
) -> Result<i32, AppError> {
    let gone: Gone = prepared("SELECT hz.forget_old($1, $2, $3) AS rows")
        .bind::<Text, _>(rule)
        .bind::<Timestamptz, _>(before)
        .bind::<Integer, _>(most)
        .get_result(tx.conn())?;
    Ok(gone.rows)
}
