//! The SQL of the room.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Array, BigInt, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::infra::{actor::Worker, db::Tx, error::AppError, live::Pass, prepared::prepared};

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = BigInt)]
    place: i64,
}

/// Which of these passes to a consultation are no longer good, by their index.
///
/// # Errors
/// The database's.
pub(super) fn no_longer_good(tx: &mut Tx<Worker>, passes: &[Pass]) -> Result<Vec<usize>, AppError> {
    let now = tx.now();
    let sessions: Vec<Uuid> = passes.iter().map(|pass| pass.session).collect();
    let consultations: Vec<Uuid> = passes.iter().map(|pass| pass.topic.0).collect();
    let places: Vec<Place> = prepared("SELECT place FROM hz.sockets_to_cut($1, $2, $3) AS place")
        .bind::<Array<SqlUuid>, _>(sessions)
        .bind::<Array<SqlUuid>, _>(consultations)
        .bind::<Timestamptz, _>(now)
        .load(tx.conn())?;
    // PostgreSQL counts from 1.
    Ok(places
        .into_iter()
        .filter_map(|row| usize::try_from(row.place - 1).ok())
        .collect())
}
