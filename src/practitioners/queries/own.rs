//! A practitioner's own profile, and its portrait.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Binary, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    infra::{
        actor::{Employee, Practitioner},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    practitioners::model::ProfileDraft,
};

/// What the practitioner says of themselves.
#[derive(Clone, Debug, QueryableByName)]
pub struct OwnProfile {
    /// The biography.
    #[diesel(sql_type = Text)]
    pub bio: String,
    /// ISO 639-1 codes.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<String>,
    /// What they chose to say of it.
    #[diesel(sql_type = Nullable<Text>)]
    pub gender: Option<String>,
    /// Years of practice.
    #[diesel(sql_type = Nullable<Integer>)]
    pub experience_years: Option<i32>,
    /// A film in which they present themselves, elsewhere.
    #[diesel(sql_type = Nullable<Text>)]
    pub presentation_video_url: Option<String>,
    /// The portrait shown.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub portrait_id: Option<Uuid>,
    /// Whether employees see it: `practitioners.verification`.
    #[diesel(sql_type = Text)]
    pub verification: String,
}

/// How the practitioner is titled: "Dr", or nothing.
///
/// # Errors
/// `NotFound` without a profile.
pub fn own_title(tx: &mut Tx<Practitioner>) -> Result<String, AppError> {
    #[derive(QueryableByName)]
    struct Titled {
        #[diesel(sql_type = Text)]
        title: String,
    }
    let me = tx.user_id()?;
    let row: Option<Titled> =
        prepared("SELECT coalesce(title, '') AS title FROM practitioners WHERE user_id = $1")
            .bind::<SqlUuid, _>(me)
            .get_result(tx.conn())
            .optional()?;
    row.map(|row| row.title).ok_or(AppError::NotFound)
}

/// The practitioner's own profile.
///
/// # Errors
/// `NotFound` without one.
pub fn own_profile(tx: &mut Tx<Practitioner>) -> Result<OwnProfile, AppError> {
    let me = tx.user_id()?;
    prepared(
        "SELECT bio, languages, gender, experience_years, presentation_video_url, portrait_id, verification
         FROM practitioners WHERE user_id = $1",
    )
    .bind::<SqlUuid, _>(me)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}

/// Writes what the practitioner says of themselves.
///
/// # Errors
/// `NotFound` without a profile.
pub fn write_profile(tx: &mut Tx<Practitioner>, draft: &ProfileDraft) -> Result<(), AppError> {
    let me = tx.user_id()?;
    let written = prepared(
        "UPDATE practitioners
         SET bio = $1, languages = $2, gender = $3, experience_years = $4, presentation_video_url = $5
         WHERE user_id = $6",
    )
    .bind::<Text, _>(&draft.bio)
    .bind::<Array<Text>, _>(&draft.languages)
    .bind::<Nullable<Text>, _>(draft.gender.map(|gender| gender.as_str()))
    .bind::<Nullable<Integer>, _>(draft.experience_years)
    .bind::<Nullable<Text>, _>(draft.presentation_video_url.as_deref())
    .bind::<SqlUuid, _>(me)
    .execute(tx.conn())?;
    if written == 0 {
        return Err(AppError::NotFound);
    }
    Ok(())
}

/// Takes the practitioner's portrait away, if there is one.
///
/// # Errors
/// The database's.
pub fn remove_portrait(tx: &mut Tx<Practitioner>) -> Result<(), AppError> {
    let me = tx.user_id()?;
    prepared("UPDATE practitioners SET portrait_id = NULL WHERE user_id = $1")
        .bind::<SqlUuid, _>(me)
        .execute(tx.conn())?;
    prepared("DELETE FROM portraits WHERE practitioner_id = $1")
        .bind::<SqlUuid, _>(me)
        .execute(tx.conn())?;
    Ok(())
}

/// Gives the practitioner a portrait, in place of the one before.
///
/// # Errors
/// The database's.
pub fn set_portrait(tx: &mut Tx<Practitioner>, jpeg: &[u8]) -> Result<(), AppError> {
    remove_portrait(tx)?;
    let (me, now, id): (_, DateTime<Utc>, _) = (tx.user_id()?, tx.now(), Uuid::new_v4());
    prepared(
        "INSERT INTO portraits (id, practitioner_id, image, created_at) VALUES ($1, $2, $3, $4)",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(me)
    .bind::<Binary, _>(jpeg)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    prepared("UPDATE practitioners SET portrait_id = $1 WHERE user_id = $2")
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(me)
        .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Image {
    #[diesel(sql_type = Binary)]
    image: Vec<u8>,
}

/// The practitioner's own portrait, as JPEG.
///
/// # Errors
/// `NotFound` without one.
pub fn own_portrait(tx: &mut Tx<Practitioner>) -> Result<Vec<u8>, AppError> {
    let me = tx.user_id()?;
    let found: Option<Image> = prepared("SELECT image FROM portraits WHERE practitioner_id = $1")
        .bind::<SqlUuid, _>(me)
        .get_result(tx.conn())
        .optional()?;
    Ok(found.ok_or(AppError::NotFound)?.image)
}

/// A portrait of the directory, as JPEG.
///
/// # Errors
/// `NotFound` for one that is not in the directory, or no longer.
pub fn portrait(tx: &mut Tx<Employee>, id: Uuid) -> Result<Vec<u8>, AppError> {
    let found: Option<Image> = prepared("SELECT image FROM portraits WHERE id = $1")
        .bind::<SqlUuid, _>(id)
        .get_result(tx.conn())
        .optional()?;
    Ok(found.ok_or(AppError::NotFound)?.image)
}
