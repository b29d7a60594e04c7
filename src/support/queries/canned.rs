//! Answers to what is asked often.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::infra::{actor::Admin, db::Tx, error::AppError, prepared::prepared};

/// A canned answer.
#[derive(Clone, Debug, QueryableByName)]
pub struct Canned {
    /// Which one.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its name, for admins.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// What it says.
    #[diesel(sql_type = Text)]
    pub body: String,
}

/// All of them, by name.
///
/// # Errors
/// The database's.
pub fn canned(tx: &mut Tx<Admin>) -> Result<Vec<Canned>, AppError> {
    Ok(
        prepared("SELECT id, title, body FROM support_canned ORDER BY lower(title), id")
            .load(tx.conn())?,
    )
}

/// One of them.
///
/// # Errors
/// `NotFound`; the database's.
pub fn find_canned(tx: &mut Tx<Admin>, id: Uuid) -> Result<Canned, AppError> {
    let found: Option<Canned> =
        prepared("SELECT id, title, body FROM support_canned WHERE id = $1")
            .bind::<SqlUuid, _>(id)
            .get_result(tx.conn())
            .optional()?;
    found.ok_or(AppError::NotFound)
}

/// Keeps one, new or changed: the id of a form makes sending it twice harmless.
///
/// # Errors
/// The database's.
pub fn keep_canned(tx: &mut Tx<Admin>, kept: &Canned) -> Result<(), AppError> {
    let now = tx.now();
    prepared(
        "INSERT INTO support_canned (id, title, body, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title, body = EXCLUDED.body, changed_at = EXCLUDED.changed_at",
    )
    .bind::<SqlUuid, _>(kept.id)
    .bind::<Text, _>(kept.title.as_str())
    .bind::<Text, _>(kept.body.as_str())
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(())
}

/// Deletes one.
///
/// # Errors
/// `NotFound`; the database's.
pub fn delete_canned(tx: &mut Tx<Admin>, id: Uuid) -> Result<(), AppError> {
    let gone = prepared("DELETE FROM support_canned WHERE id = $1")
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    if gone == 0 {
        return Err(AppError::NotFound);
    }
    Ok(())
}
