//! All the SQL of practitioners.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Bool, Integer, Nullable, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::model::{Formats, Settings, Specialty};
use crate::{
    booking::model::Format,
    infra::{actor::Employee, db::Tx, error::AppError, prepared::prepared},
};

/// What the database can narrow the directory by; the rest is narrowed from the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    /// Only this profession.
    pub specialty: Option<Specialty>,
    /// Only those who speak it (ISO 639-1).
    pub language: Option<&'static str>,
    /// Only those who meet this way.
    pub format: Option<Format>,
}

/// A practitioner of the directory: what searching, sorting and the slot engine need.
#[derive(Clone, Debug, QueryableByName)]
pub struct Candidate {
    /// The account.
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    /// "Dr", "Pr" or nothing.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    #[diesel(sql_type = Text)]
    specialty: String,
    /// Approaches and fields, in the practitioner's words.
    #[diesel(sql_type = Array<Text>)]
    pub sub_specialties: Vec<String>,
    /// ISO 639-1 codes.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<String>,
    /// The ways of meeting.
    #[diesel(embed)]
    pub formats: Formats,
    /// The town of the in-person place.
    #[diesel(sql_type = Nullable<Text>)]
    pub city: Option<String>,
    /// Whether this employee may book: new clients are welcome, or this one is none.
    #[diesel(sql_type = Bool)]
    pub takes_me: bool,
    /// How hours become slots.
    #[diesel(embed)]
    pub settings: Settings,
}

impl Candidate {
    /// The profession; `None` never leaves the database, whose check names the same list.
    pub fn specialty(&self) -> Option<Specialty> {
        self.specialty.parse().ok()
    }
}

/// Every practitioner of the directory that fits, by name.
///
/// # Errors
/// The database's.
pub fn directory(tx: &mut Tx<Employee>, criteria: Criteria) -> Result<Vec<Candidate>, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT p.user_id, p.title, u.first_name, u.last_name, p.specialty, p.sub_specialties, p.languages,
                p.offers_video, p.offers_audio, p.offers_in_person, p.city,
                p.timezone, p.slot_minutes, p.buffer_minutes, p.minimum_notice_hours, p.horizon_days, p.daily_maximum,
                p.accepting_new_clients OR p.user_id IN (
                    SELECT c.practitioner_id FROM consultations c
                    WHERE c.employee_id = $1 AND c.status NOT IN ('held', 'cancelled')) AS takes_me
         FROM practitioners p JOIN users u ON u.id = p.user_id
         WHERE u.status = 'active'
           AND p.specialty = coalesce($2, p.specialty)
           AND coalesce($3 = ANY (p.languages), true)
           AND CASE $4 WHEN 'video' THEN p.offers_video WHEN 'audio' THEN p.offers_audio
                       WHEN 'in_person' THEN p.offers_in_person ELSE true END
         ORDER BY u.last_name, u.first_name, p.user_id",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Nullable<Text>, _>(criteria.specialty.map(Specialty::as_str))
    .bind::<Nullable<Text>, _>(criteria.language)
    .bind::<Nullable<Text>, _>(criteria.format.map(Format::as_str))
    .load(tx.conn())?)
}

#[derive(QueryableByName)]
struct BiographyRow {
    #[diesel(sql_type = SqlUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    bio: String,
}

/// The biographies of one page of results.
///
/// # Errors
/// The database's.
pub fn biographies(
    tx: &mut Tx<Employee>,
    practitioners: &[Uuid],
) -> Result<Vec<(Uuid, String)>, AppError> {
    let rows: Vec<BiographyRow> =
        prepared("SELECT user_id, bio FROM practitioners WHERE user_id = ANY ($1)")
            .bind::<Array<SqlUuid>, _>(practitioners.to_vec())
            .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.user_id, row.bio)).collect())
}

/// A profile as an employee reads it, with what decides whether they may book.
#[derive(Clone, Debug, QueryableByName)]
pub struct Profile {
    /// The account.
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    /// "Dr", "Pr" or nothing.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    #[diesel(sql_type = Text)]
    specialty: String,
    /// Approaches and fields, in the practitioner's words.
    #[diesel(sql_type = Array<Text>)]
    pub sub_specialties: Vec<String>,
    /// ISO 639-1 codes.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<String>,
    /// The biography, paragraphs parted by blank lines.
    #[diesel(sql_type = Text)]
    pub bio: String,
    /// Years of practice.
    #[diesel(sql_type = Nullable<Integer>)]
    pub experience_years: Option<i32>,
    /// Where and what they studied.
    #[diesel(sql_type = Text)]
    pub education: String,
    /// Diplomas, one each.
    #[diesel(sql_type = Array<Text>)]
    pub diplomas: Vec<String>,
    /// The ways of meeting.
    #[diesel(embed)]
    pub formats: Formats,
    /// Where to meet in person.
    #[diesel(sql_type = Nullable<Text>)]
    pub in_person_address: Option<String>,
    /// Whether this employee may book: new clients are welcome, or this one is none.
    #[diesel(sql_type = Bool)]
    pub takes_me: bool,
    /// Whether the employee's company may book at all.
    #[diesel(sql_type = Bool)]
    pub company_active: bool,
    /// How hours become slots.
    #[diesel(embed)]
    pub settings: Settings,
}

impl Profile {
    /// The profession; `None` never leaves the database, whose check names the same list.
    pub fn specialty(&self) -> Option<Specialty> {
        self.specialty.parse().ok()
    }
}

/// The profile of one practitioner of the directory.
///
/// # Errors
/// `NotFound` outside the directory.
pub fn profile(tx: &mut Tx<Employee>, practitioner: Uuid) -> Result<Profile, AppError> {
    let me = tx.user_id()?;
    prepared(
        "SELECT p.user_id, p.title, u.first_name, u.last_name, p.specialty, p.sub_specialties, p.languages,
                p.bio, p.experience_years, p.education, p.diplomas,
                p.offers_video, p.offers_audio, p.offers_in_person, p.in_person_address,
                p.timezone, p.slot_minutes, p.buffer_minutes, p.minimum_notice_hours, p.horizon_days, p.daily_maximum,
                p.accepting_new_clients OR EXISTS (
                    SELECT FROM consultations c
                    WHERE c.employee_id = $1 AND c.practitioner_id = p.user_id
                      AND c.status NOT IN ('held', 'cancelled')) AS takes_me,
                EXISTS (SELECT FROM companies c WHERE c.status = 'active') AS company_active
         FROM practitioners p JOIN users u ON u.id = p.user_id
         WHERE u.status = 'active' AND p.user_id = $2",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(practitioner)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}
