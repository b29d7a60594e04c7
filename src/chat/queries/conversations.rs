//! The list of one's conversations.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Integer, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    consultation::queries::Participant,
    infra::{db::Tx, error::AppError, prepared::prepared},
    privacy::access::{self, What},
};

/// A consultation in which something was written.
#[derive(Clone, Debug, QueryableByName)]
pub struct Conversation {
    /// The consultation.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its planned start.
    #[diesel(sql_type = Timestamptz)]
    pub starts_at: DateTime<Utc>,
    /// When something was last written.
    #[diesel(sql_type = Timestamptz)]
    pub last_message_at: DateTime<Utc>,
    /// How many messages wait for the reader.
    #[diesel(sql_type = Integer)]
    pub unread: i32,
    /// A practitioner's title; else empty.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The other's given name; empty when the other has left the directory.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The other's family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many conversations the reader has.
///
/// # Errors
/// The database's.
pub fn count<R: Participant>(tx: &mut Tx<R>) -> Result<i64, AppError> {
    let me = tx.user_id()?;
    Ok(
        prepared("SELECT count(*) AS count FROM chat_reads WHERE user_id = $1")
            .bind::<SqlUuid, _>(me)
            .get_result::<Count>(tx.conn())?
            .count,
    )
}

/// One page of them, the last written to first.
///
/// # Errors
/// The database's.
pub fn page<R: Participant>(
    tx: &mut Tx<R>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Conversation>, AppError> {
    let me = tx.user_id()?;
    let conversations: Vec<Conversation> = prepared(
        "SELECT c.id, c.starts_at, t.last_message_at, r.unread, coalesce(p.title, '') AS title,
                coalesce(u.first_name, '') AS first_name, coalesce(u.last_name, '') AS last_name
         FROM chat_reads r
         JOIN chat_threads t ON t.consultation_id = r.consultation_id
         JOIN consultations c ON c.id = r.consultation_id
         LEFT JOIN users u ON u.id = CASE WHEN c.employee_id = $1 THEN c.practitioner_id ELSE c.employee_id END
         LEFT JOIN practitioners p ON p.user_id = u.id
         WHERE r.user_id = $2
         ORDER BY t.last_message_at DESC, c.id OFFSET $3 LIMIT $4",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(me)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let shown = conversations.iter().map(|conversation| conversation.id);
    access::record_of_consultations(tx, shown, What::Conversations);
    Ok(conversations)
}
