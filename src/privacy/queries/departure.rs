//! The SQL of leaving a company.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::infra::{actor::Worker, db::Tx, error::AppError, prepared::prepared};

/// Somebody who left and has a personal address.
#[derive(Clone, Debug, QueryableByName)]
pub struct Leaver {
    /// That address.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Their language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// Their zone.
    #[diesel(sql_type = Text)]
    pub timezone: String,
}

/// Whom to tell; `None` when they are back, or have no personal address.
///
/// # Errors
/// The database's.
pub fn leaver(tx: &mut Tx<Worker>, user_id: Uuid) -> Result<Option<Leaver>, AppError> {
    Ok(prepared(
        "SELECT a.email, u.first_name, u.locale, u.timezone FROM users u
         JOIN personal_addresses a ON a.user_id = u.id AND a.email IS NOT NULL
         WHERE u.id = $1 AND u.role = 'employee' AND u.status = 'suspended'",
    )
    .bind::<SqlUuid, _>(user_id)
    .get_result(tx.conn())
    .optional()?)
}
