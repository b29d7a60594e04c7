//! What the worker knows of tickets: whom to tell of an answer, and when their time is over.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Integer, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::infra::{
    actor::Worker, db::Tx, error::AppError, i18n::Locale, page::Reader, prepared::prepared,
};

#[derive(QueryableByName)]
struct LetterRow {
    #[diesel(sql_type = SqlUuid)]
    ticket_id: Uuid,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    locale: String,
    #[diesel(sql_type = Text)]
    timezone: String,
}

/// A mail that says that there is an answer.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Where to read it.
    pub ticket: Uuid,
    /// Whom it is for.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Language and zone.
    pub reader: Reader,
}

/// The mail of an answer; `None` once something newer was written, and for an account that is closed.
///
/// # Errors
/// The database's.
pub fn letter(tx: &mut Tx<Worker>, message: Uuid) -> Result<Option<Letter>, AppError> {
    let row: Option<LetterRow> = prepared(
        "SELECT t.id AS ticket_id, u.email, u.first_name, u.locale, u.timezone
         FROM support_messages m
         JOIN support_tickets t ON t.id = m.ticket_id AND t.status IN ('answered', 'resolved')
         JOIN users u ON u.id = t.author_id AND u.status = 'active' AND u.company_id = t.company_id
         WHERE m.id = $1 AND m.from_platform
           AND NOT EXISTS (SELECT FROM support_messages n WHERE n.ticket_id = m.ticket_id AND n.sent_at > m.sent_at)",
    )
    .bind::<SqlUuid, _>(message)
    .get_result(tx.conn())
    .optional()?;
    Ok(row.map(|row| Letter {
        ticket: row.ticket_id,
        email: row.email,
        first_name: row.first_name,
        reader: Reader {
            locale: Locale::from_code(&row.locale).unwrap_or_default(),
            tz: row.timezone.parse().unwrap_or(Tz::Europe__Paris),
        },
    }))
}

#[derive(QueryableByName)]
struct Forgotten {
    #[diesel(sql_type = Integer)]
    forgotten: i32,
}

/// Destroys up to a hundred tickets that ended before this moment: how many it were.
///
/// # Errors
/// The database's.
pub fn forget(tx: &mut Tx<Worker>, before: DateTime<Utc>) -> Result<i32, AppError> {
    Ok(prepared("SELECT hz.forget_tickets($1) AS forgotten")
        .bind::<Timestamptz, _>(before)
        .get_result::<Forgotten>(tx.conn())?
        .forgotten)
}
