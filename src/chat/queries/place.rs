//! Where a chat stands, for whoever asks: one statement before anything is shown or written.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    chat::model::Standing,
    consultation::queries::Participant,
    infra::{db::Tx, error::AppError, prepared::prepared},
};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    other_id: Uuid,
    #[diesel(sql_type = BigInt)]
    last_change: i64,
    #[diesel(sql_type = Integer)]
    unread: i32,
    #[diesel(sql_type = BigInt)]
    other_read: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sent: Option<i64>,
}

/// A chat, as one of the two finds it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Whether one may write.
    pub standing: Standing,
    /// The employee's company.
    pub company_id: Uuid,
    /// The other participant.
    pub other_id: Uuid,
    /// The number of the last change; 0 before the first message.
    pub last_change: i64,
    /// How many messages wait for the reader; a hundred is "many".
    pub unread: i32,
    /// The position of the last message that the other has read.
    pub other_read: i64,
    /// The position of the message that was asked for, if it is kept already.
    pub sent: Option<i64>,
}

/// Where the chat of a consultation stands.
///
/// # Errors
/// `NotFound` for a consultation of others; the database's.
pub fn find<R: Participant>(tx: &mut Tx<R>, consultation: Uuid) -> Result<Place, AppError> {
    before_sending(tx, consultation, None)
}

/// As [`find`], and whether one's own message of this client id is kept already.
///
/// # Errors
/// As [`find`].
pub fn before_sending<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    client_id: Option<Uuid>,
) -> Result<Place, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let row: Option<Row> = prepared(
        "SELECT c.status, c.ends_at, c.company_id, o.id AS other_id, coalesce(t.last_change, 0) AS last_change,
                coalesce(mine.unread, 0) AS unread, coalesce(theirs.last_read, 0) AS other_read,
                (SELECT m.position FROM chat_messages m
                 WHERE m.consultation_id = c.id AND m.sender_id = $2 AND m.client_id = $3) AS sent
         FROM consultations c
         CROSS JOIN LATERAL (SELECT CASE WHEN c.employee_id = $2 THEN c.practitioner_id ELSE c.employee_id END) o (id)
         LEFT JOIN chat_threads t ON t.consultation_id = c.id
         LEFT JOIN chat_reads mine ON mine.consultation_id = c.id AND mine.user_id = $2
         LEFT JOIN chat_reads theirs ON theirs.consultation_id = c.id AND theirs.user_id = o.id
         WHERE c.id = $1 AND c.status <> 'held'",
    )
    .bind::<SqlUuid, _>(consultation)
    .bind::<SqlUuid, _>(me)
    .bind::<Nullable<SqlUuid>, _>(client_id)
    .get_result(tx.conn())
    .optional()?;
    let row = row.ok_or(AppError::NotFound)?;
    let status = row.status.parse().map_err(AppError::internal)?;
    Ok(Place {
        standing: Standing::of(status, row.ends_at, now),
        company_id: row.company_id,
        other_id: row.other_id,
        last_change: row.last_change,
        unread: row.unread,
        other_read: row.other_read,
        sent: row.sent,
    })
}
