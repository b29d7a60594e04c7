//! What a mail about an appointment says, read by the worker when it leaves.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::infra::{actor::Worker, db::Tx, error::AppError, prepared::prepared};

/// An appointment as one of its participants is told of it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Appointment {
    /// `consultations.status`.
    #[diesel(sql_type = Text)]
    pub status: String,
    /// `consultations.format`.
    #[diesel(sql_type = Text)]
    pub format: String,
    /// Planned start.
    #[diesel(sql_type = Timestamptz)]
    pub starts_at: DateTime<Utc>,
    /// Planned end.
    #[diesel(sql_type = Timestamptz)]
    pub ends_at: DateTime<Utc>,
    /// Whether the recipient is the employee; else the practitioner.
    #[diesel(sql_type = Bool)]
    pub for_employee: bool,
    /// Whether the recipient cancelled it.
    #[diesel(sql_type = Bool)]
    pub cancelled_by_recipient: bool,
    /// The recipient's address.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The recipient's given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The recipient's language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// The recipient's zone.
    #[diesel(sql_type = Text)]
    pub timezone: String,
    /// The practitioner's name, without title or profession.
    #[diesel(sql_type = Text)]
    pub practitioner: String,
    /// Where to meet in person.
    #[diesel(sql_type = Nullable<Text>)]
    pub address: Option<String>,
}

/// The appointment, for one of its two participants; `None` for anybody else, and for an account
/// that is closed.
///
/// # Errors
/// The database's.
pub fn appointment(
    tx: &mut Tx<Worker>,
    consultation: Uuid,
    recipient: Uuid,
) -> Result<Option<Appointment>, AppError> {
    Ok(prepared(
        "SELECT c.status, c.format, c.starts_at, c.ends_at, r.id = c.employee_id AS for_employee,
                r.id IS NOT DISTINCT FROM c.cancelled_by AS cancelled_by_recipient,
                r.email, r.first_name, r.locale, r.timezone,
                u.first_name || ' ' || u.last_name AS practitioner, p.in_person_address AS address
         FROM consultations c
         JOIN users r ON r.id = $1 AND r.id IN (c.employee_id, c.practitioner_id) AND r.status = 'active'
         JOIN users u ON u.id = c.practitioner_id
         JOIN practitioners p ON p.user_id = c.practitioner_id
         WHERE c.id = $2",
    )
    .bind::<SqlUuid, _>(recipient)
    .bind::<SqlUuid, _>(consultation)
    .get_result(tx.conn())
    .optional()?)
}
