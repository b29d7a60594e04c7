//! What the worker knows of chats: who has something unread, and when their time is over.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Bool, Integer, Nullable, Text, Time, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    chat::model::PATIENCE_MINUTES,
    infra::{
        actor::Worker, db::Tx, error::AppError, i18n::Locale, page::Reader, prepared::prepared,
    },
    notifications::model::{Preferences, QuietHours},
};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    locale: String,
    #[diesel(sql_type = Text)]
    timezone: String,
    #[diesel(sql_type = Bool)]
    for_employee: bool,
    #[diesel(sql_type = Nullable<Time>)]
    quiet_from: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Time>)]
    quiet_until: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Bool>)]
    discreet: Option<bool>,
}

/// Somebody who has something to read.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Where the mail goes: the personal address when there is one, else the account's.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Language and zone.
    pub reader: Reader,
    /// Whether it is the employee.
    pub is_employee: bool,
    /// Whether whoever sees the mailbox must not learn what it is about.
    pub discreet: bool,
    /// When the night is over, if it is night where they are.
    pub quiet_until: Option<DateTime<Utc>>,
}

/// Somebody who has left messages of this consultation unread for [`PATIENCE_MINUTES`]; `None` once they
/// were read, for a closed account and for a cancelled appointment.
///
/// # Errors
/// The database's.
pub fn recipient(
    tx: &mut Tx<Worker>,
    consultation: Uuid,
    reader: Uuid,
) -> Result<Option<Recipient>, AppError> {
    let now = tx.now();
    let row: Option<Row> = prepared(
        "SELECT coalesce(a.email, u.email) AS email, u.first_name, u.locale, u.timezone,
                u.id = c.employee_id AS for_employee, f.quiet_from, f.quiet_until, f.discreet
         FROM chat_reads r
         JOIN consultations c ON c.id = r.consultation_id AND c.status <> 'cancelled'
         JOIN users u ON u.id = r.user_id AND u.status = 'active'
         LEFT JOIN notification_preferences f ON f.user_id = u.id
         LEFT JOIN personal_addresses a ON a.user_id = u.id AND u.role = 'employee'
         WHERE r.consultation_id = $1 AND r.user_id = $2 AND r.unread > 0 AND r.unread_since <= $3",
    )
    .bind::<SqlUuid, _>(consultation)
    .bind::<SqlUuid, _>(reader)
    .bind::<Timestamptz, _>(now - TimeDelta::minutes(PATIENCE_MINUTES))
    .get_result(tx.conn())
    .optional()?;
    Ok(row.map(|row| {
        let tz = row.timezone.parse().unwrap_or(Tz::Europe__Paris);
        let initial = Preferences::initial(row.for_employee);
        let quiet = match row.discreet {
            None => initial.quiet,
            Some(_) => row
                .quiet_from
                .zip(row.quiet_until)
                .map(|(from, until)| QuietHours { from, until }),
        };
        Recipient {
            email: row.email,
            first_name: row.first_name,
            reader: Reader {
                locale: Locale::from_code(&row.locale).unwrap_or_default(),
                tz,
            },
            is_employee: row.for_employee,
            discreet: row.discreet.unwrap_or(initial.discreet) && row.for_employee,
            quiet_until: quiet.and_then(|quiet| quiet.end_after(now, tz)),
        }
    }))
}

#[derive(QueryableByName)]
struct Forgotten {
    #[diesel(sql_type = Integer)]
    forgotten: i32,
}

/// Destroys up to a hundred chats of consultations that ended before this moment: how many it were.
///
/// # Errors
/// The database's.
pub fn forget(tx: &mut Tx<Worker>, before: DateTime<Utc>) -> Result<i32, AppError> {
    Ok(prepared("SELECT hz.forget_chats($1) AS forgotten")
        .bind::<Timestamptz, _>(before)
        .get_result::<Forgotten>(tx.conn())?
        .forgotten)
}
