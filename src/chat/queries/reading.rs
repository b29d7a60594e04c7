//! How far each of the two has read.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    consultation::queries::Participant,
    infra::{
        db::Tx,
        error::AppError,
        live::{self, Topic},
        prepared::prepared,
    },
};

/// The event of somebody who read; its id is theirs.
pub const READ_EVENT: &str = "chat.read";

#[derive(QueryableByName)]
struct Reading {
    #[diesel(sql_type = BigInt)]
    last_read: i64,
}

/// The position of the last message that the other has read.
///
/// # Errors
/// The database's.
pub fn last_read_of_the_other<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
) -> Result<i64, AppError> {
    let me = tx.user_id()?;
    Ok(
        prepared("SELECT last_read FROM chat_reads WHERE consultation_id = $1 AND user_id <> $2")
            .bind::<SqlUuid, _>(consultation)
            .bind::<SqlUuid, _>(me)
            .get_result::<Reading>(tx.conn())
            .optional()?
            .map_or(0, |reading| reading.last_read),
    )
}

/// The reader has read up to this position. Backwards or beyond the last message is no reading.
///
/// # Errors
/// `NotFound` for a consultation of others; the database's.
pub fn mark_read<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    up_to: i64,
) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let moved = prepared(
        "INSERT INTO chat_reads AS r (consultation_id, user_id, company_id, last_read, read_at)
         SELECT t.consultation_id, $2, t.company_id, $3, $4 FROM chat_threads t WHERE t.consultation_id = $1
         ON CONFLICT (consultation_id, user_id) DO UPDATE
             SET last_read = EXCLUDED.last_read, read_at = EXCLUDED.read_at
             WHERE r.last_read < EXCLUDED.last_read",
    )
    .bind::<SqlUuid, _>(consultation)
    .bind::<SqlUuid, _>(me)
    .bind::<BigInt, _>(up_to.max(0))
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if moved > 0 {
        live::notify(tx, Topic(consultation), READ_EVENT, me);
    }
    Ok(())
}
