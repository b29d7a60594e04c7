//! What a company says of itself to its own people, and who writes it.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Bytea, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::clients::own_deed;
use crate::{
    companies::{pictures::Picture, profile::ProfileDraft},
    infra::{
        actor::{Employee, Hr},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
};

/// A company's identity and profile, for its HR.
#[derive(Clone, Debug, QueryableByName)]
pub struct CompanyProfile {
    /// The name that employees read.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The name of the legal person.
    #[diesel(sql_type = Text)]
    pub legal_name: String,
    /// Fourteen digits, or nothing.
    #[diesel(sql_type = Text)]
    pub siret: String,
    /// What it does.
    #[diesel(sql_type = Text)]
    pub sector: String,
    /// As `companies.size` has it, or nothing.
    #[diesel(sql_type = Text)]
    pub size: String,
    /// Number and street.
    #[diesel(sql_type = Text)]
    pub address: String,
    /// Of the town.
    #[diesel(sql_type = Text)]
    pub postal_code: String,
    /// The town.
    #[diesel(sql_type = Text)]
    pub city: String,
    /// The country.
    #[diesel(sql_type = Text)]
    pub country: String,
    /// Where to write to it.
    #[diesel(sql_type = Text)]
    pub contact_email: String,
    /// Where to call it.
    #[diesel(sql_type = Text)]
    pub contact_phone: String,
    /// Its site.
    #[diesel(sql_type = Text)]
    pub website_url: String,
    /// IANA zone.
    #[diesel(sql_type = Text)]
    pub timezone: String,
    /// When HR can be reached.
    #[diesel(sql_type = Text)]
    pub opening_hours: String,
    /// Beside the emergency numbers.
    #[diesel(sql_type = Text)]
    pub emergency_message: String,
    /// Of the banner, `#rrggbb`.
    #[diesel(sql_type = Text)]
    pub back_color: String,
    /// Of what is written on it.
    #[diesel(sql_type = Text)]
    pub ink_color: String,
    /// The logo shown.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub logo_id: Option<Uuid>,
    /// The cover shown.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub cover_id: Option<Uuid>,
}

/// HR's own company.
///
/// # Errors
/// The database's.
pub fn own_profile(tx: &mut Tx<Hr>) -> Result<CompanyProfile, AppError> {
    Ok(prepared(
        "SELECT c.name, coalesce(c.legal_name, '') AS legal_name, coalesce(c.siret, '') AS siret,
                coalesce(c.sector, '') AS sector, coalesce(c.size, '') AS size, coalesce(c.address, '') AS address,
                coalesce(c.postal_code, '') AS postal_code, coalesce(c.city, '') AS city, c.country,
                coalesce(c.contact_email, '') AS contact_email, coalesce(c.contact_phone, '') AS contact_phone,
                coalesce(c.website_url, '') AS website_url, coalesce(p.timezone, 'Europe/Paris') AS timezone,
                coalesce(p.opening_hours, '') AS opening_hours, coalesce(p.emergency_message, '') AS emergency_message,
                coalesce(p.back_color, '') AS back_color, coalesce(p.ink_color, '') AS ink_color, p.logo_id, p.cover_id
         FROM companies c LEFT JOIN company_profiles p ON p.company_id = c.id",
    )
    .get_result(tx.conn())?)
}

/// Writes HR's own company.
///
/// # Errors
/// `Constraint` "companies_siret": another client has the SIRET.
pub fn write_profile(tx: &mut Tx<Hr>, draft: &ProfileDraft) -> Result<(), AppError> {
    let company = tx.company_id()?;
    prepared(
        "UPDATE companies SET name = $2, legal_name = nullif($3, ''), siret = $4, sector = nullif($5, ''), size = $6,
                address = nullif($7, ''), postal_code = nullif($8, ''), city = nullif($9, ''), country = $10,
                contact_email = nullif($11, ''), contact_phone = nullif($12, ''), website_url = nullif($13, '')
         WHERE id = $1",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(&draft.name)
    .bind::<Text, _>(&draft.legal_name)
    .bind::<Nullable<Text>, _>(draft.siret.as_ref().map(|siret| siret.as_str()))
    .bind::<Text, _>(&draft.sector)
    .bind::<Nullable<Text>, _>(draft.size.map(|size| size.code()))
    .bind::<Text, _>(&draft.address)
    .bind::<Text, _>(&draft.postal_code)
    .bind::<Text, _>(&draft.city)
    .bind::<Text, _>(&draft.country)
    .bind::<Text, _>(&draft.contact_email)
    .bind::<Text, _>(&draft.contact_phone)
    .bind::<Text, _>(&draft.website_url)
    .execute(tx.conn())?;
    prepared(
        "INSERT INTO company_profiles (company_id, timezone, opening_hours, emergency_message, back_color, ink_color)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (company_id) DO UPDATE
             SET timezone = EXCLUDED.timezone, opening_hours = EXCLUDED.opening_hours,
                 emergency_message = EXCLUDED.emergency_message,
                 back_color = EXCLUDED.back_color, ink_color = EXCLUDED.ink_color",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(draft.timezone.name())
    .bind::<Text, _>(&draft.opening_hours)
    .bind::<Text, _>(&draft.emergency_message)
    .bind::<Nullable<Text>, _>(draft.colours.map(|(back, _)| back.to_string()))
    .bind::<Nullable<Text>, _>(draft.colours.map(|(_, ink)| ink.to_string()))
    .execute(tx.conn())?;
    // Whoever has not come in yet begins with it, as new accounts do; the others have their own.
    prepared("UPDATE users SET timezone = $1 WHERE status = 'pending' AND timezone <> $2")
        .bind::<Text, _>(draft.timezone.name())
        .bind::<Text, _>(draft.timezone.name())
        .execute(tx.conn())?;
    own_deed(tx, "COMPANY_CORRECTED", json!({}))
}

/// Gives the company a picture, in place of the one before; none: takes it away.
///
/// # Errors
/// The database's.
pub fn set_picture(tx: &mut Tx<Hr>, kind: Picture, jpeg: Option<&[u8]>) -> Result<(), AppError> {
    let (company, now) = (tx.company_id()?, tx.now());
    prepared("DELETE FROM company_images WHERE kind = $1")
        .bind::<Text, _>(kind.code())
        .execute(tx.conn())?;
    let id = jpeg.map(|_| Uuid::new_v4());
    if let (Some(id), Some(jpeg)) = (id, jpeg) {
        prepared("INSERT INTO company_images (id, company_id, kind, image, created_at) VALUES ($1, $2, $3, $4, $5)")
            .bind::<SqlUuid, _>(id)
            .bind::<SqlUuid, _>(company)
            .bind::<Text, _>(kind.code())
            .bind::<Bytea, _>(jpeg)
            .bind::<Timestamptz, _>(now)
            .execute(tx.conn())?;
    }
    let shown = match kind {
        Picture::Logo => {
            "INSERT INTO company_profiles AS p (company_id, logo_id) VALUES ($1, $2)
             ON CONFLICT (company_id) DO UPDATE SET logo_id = EXCLUDED.logo_id"
        }
        Picture::Cover => {
            "INSERT INTO company_profiles AS p (company_id, cover_id) VALUES ($1, $2)
             ON CONFLICT (company_id) DO UPDATE SET cover_id = EXCLUDED.cover_id"
        }
    };
    prepared(shown)
        .bind::<SqlUuid, _>(company)
        .bind::<Nullable<SqlUuid>, _>(id)
        .execute(tx.conn())?;
    own_deed(
        tx,
        "COMPANY_PICTURE_CHANGED",
        json!({ "kind": kind.code() }),
    )
}

#[derive(QueryableByName)]
struct Image {
    #[diesel(sql_type = Bytea)]
    image: Vec<u8>,
}

/// Whoever sees a company's pictures: its own people.
pub trait SeesCompany: 'static {}
impl SeesCompany for Hr {}
impl SeesCompany for Employee {}

/// A picture of the reader's company, as JPEG.
///
/// # Errors
/// Not found: absent, replaced, or another company's.
pub fn picture<R: SeesCompany>(tx: &mut Tx<R>, id: Uuid) -> Result<Vec<u8>, AppError> {
    let found: Option<Image> = prepared("SELECT image FROM company_images WHERE id = $1")
        .bind::<SqlUuid, _>(id)
        .get_result(tx.conn())
        .optional()?;
    found.map(|found| found.image).ok_or(AppError::NotFound)
}

/// How a company looks to its employees.
#[derive(Clone, Debug, Default, QueryableByName)]
pub struct Look {
    /// When HR can be reached; may be empty.
    #[diesel(sql_type = Text)]
    pub opening_hours: String,
    /// Of the banner.
    #[diesel(sql_type = Nullable<Text>)]
    pub back_color: Option<String>,
    /// Of what is written on it.
    #[diesel(sql_type = Nullable<Text>)]
    pub ink_color: Option<String>,
    /// The logo.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub logo_id: Option<Uuid>,
    /// The cover.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub cover_id: Option<Uuid>,
}

impl Look {
    /// Whether there is anything to show.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.logo_id.is_none()
            && self.cover_id.is_none()
            && self.back_color.is_none()
            && self.opening_hours.is_empty()
    }
}

/// How the reader's company looks.
///
/// # Errors
/// The database's.
pub fn look<R: SeesCompany>(tx: &mut Tx<R>) -> Result<Look, AppError> {
    Ok(prepared(
        "SELECT opening_hours, back_color, ink_color, logo_id, cover_id FROM company_profiles",
    )
    .get_result(tx.conn())
    .optional()?
    .unwrap_or_default())
}
