//! The video room: its name, and who was there.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::Participant;
use crate::infra::{db::Tx, error::AppError, prepared::prepared};

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The name of the consultation's video room: the one it has, or `fresh` when nobody has entered yet.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn name<R: Participant>(tx: &mut Tx<R>, id: Uuid, fresh: &str) -> Result<String, AppError> {
    prepared(
        "INSERT INTO video_rooms (consultation_id, company_id, name)
         SELECT c.id, c.company_id, $1 FROM consultations c WHERE c.id = $2 ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(fresh)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    let names: Vec<Named> = prepared("SELECT name FROM video_rooms WHERE consultation_id = $1")
        .bind::<SqlUuid, _>(id)
        .load(tx.conn())?;
    names
        .into_iter()
        .next()
        .map(|named| named.name)
        .ok_or(AppError::NotFound)
}

/// A stay of one of the two in the room.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Presence {
    /// Whether it is the employee's; else the practitioner's.
    #[diesel(sql_type = Bool)]
    pub of_employee: bool,
    /// Their arrival.
    #[diesel(sql_type = Timestamptz)]
    pub joined_at: DateTime<Utc>,
    /// Their departure, or the last sign of life of a connection that was lost.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub left_at: Option<DateTime<Utc>>,
}

/// Who was in the room and when, as far as the reader may know, in order.
///
/// # Errors
/// The database's.
pub fn presences<R: Participant>(tx: &mut Tx<R>, id: Uuid) -> Result<Vec<Presence>, AppError> {
    Ok(prepared(
        "SELECT p.person_id = c.employee_id AS of_employee, p.joined_at,
                CASE WHEN p.left_at IS NOT NULL THEN p.left_at
                     WHEN p.seen_at < $1 - interval '2 minutes' THEN p.seen_at END AS left_at
         FROM presences p JOIN consultations c ON c.id = p.consultation_id
         WHERE p.consultation_id = $2 ORDER BY p.joined_at, p.id LIMIT 200",
    )
    .bind::<Timestamptz, _>(tx.now())
    .bind::<SqlUuid, _>(id)
    .load(tx.conn())?)
}
