//! What time undoes: holds that were not confirmed by their employee, bookings that were not by
//! their practitioner.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::waitlist;
use crate::{
    infra::{actor::Worker, db::Tx, error::AppError, prepared::prepared},
    notifications::{model::News, queries::record_and_announce},
};

/// Most bookings released in one transaction; the next minute goes on.
const BATCH: i64 = 200;

/// Gives back the slots whose time to confirm is over, wherever nobody has booked since; those that
/// the waiting list offered pass to the next in line instead. Answers how many there were.
///
/// # Errors
/// The database's.
pub fn free_expired_holds(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    // A booking may be freeing some of them right now.
    Ok(prepared(
        "DELETE FROM consultations WHERE id IN (
             SELECT id FROM consultations WHERE status = 'held' AND NOT offered AND expires_at <= $1
             FOR UPDATE SKIP LOCKED)",
    )
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Releases the bookings that their practitioner did not confirm in time: cancelled by nobody, and
/// both are told. Answers how many there were.
///
/// # Errors
/// The database's.
pub fn release_unconfirmed(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now: DateTime<Utc> = tx.now();
    let released: Vec<Id> = prepared(
        "UPDATE consultations SET status = 'cancelled', cancelled_at = $1
         WHERE id IN (
             SELECT id FROM consultations WHERE status = 'scheduled' AND least(confirm_by, starts_at) <= $1
             ORDER BY least(confirm_by, starts_at) LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<diesel::sql_types::BigInt, _>(BATCH)
    .load(tx.conn())?;
    if released.is_empty() {
        return Ok(0);
    }
    let ids: Vec<Uuid> = released.iter().map(|row| row.id).collect();
    record_and_announce(tx, &ids, &[("cancelled", None)], News::Released)?;
    waitlist::ask_the_line(tx)?;
    Ok(released.len())
}
