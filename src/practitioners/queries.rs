//! All the SQL of practitioners.

pub mod own;

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{
        Array, BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
    },
};
use uuid::Uuid;

use super::model::{Formats, Gender, Rating, Settings, Sort, Specialty, Words};
use crate::{
    booking::model::Format,
    infra::{
        actor::{Employee, Practitioner},
        db::Tx,
        error::AppError,
        i18n::{self, Locale},
        prepared::{Prepared, prepared},
    },
};

/// What the database narrows the directory by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    /// Only this profession.
    pub specialty: Option<Specialty>,
    /// Only those who speak it (ISO 639-1).
    pub language: Option<&'static str>,
    /// Only those who meet this way.
    pub format: Option<Format>,
    /// Only those who chose to say so.
    pub gender: Option<Gender>,
}

/// One page of the directory.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Who fits.
    pub criteria: Criteria,
    /// Only these, when a text was searched.
    pub only: Option<Vec<Uuid>>,
    /// Only those who are free before, for this employee.
    pub free_before: Option<DateTime<Utc>>,
    /// The order.
    pub sort: Sort,
}

/// A practitioner of the directory: what a result shows and the slot engine needs.
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
    /// Years of practice.
    #[diesel(sql_type = Nullable<Integer>)]
    pub experience_years: Option<i32>,
    /// The portrait, if there is one.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub portrait_id: Option<Uuid>,
    /// What the published reviews say.
    #[diesel(embed)]
    pub rating: Rating,
    /// Whether this employee may book: new clients are welcome, or this one is none.
    #[diesel(sql_type = Bool)]
    pub takes_me: bool,
    /// When they were next free at the last look, for somebody without appointments.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub next_start: Option<DateTime<Utc>>,
    /// The biography.
    #[diesel(sql_type = Text)]
    pub bio: String,
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

/// Who fits: `$1` the employee, `$2` specialty, `$3` language, `$4` format, `$5` gender, `$6` the ids
/// to choose among, `$7` before when they must be free. A filter that is absent is null.
macro_rules! fitting {
    () => {
        "FROM (SELECT e.*, e.accepting_new_clients OR e.practitioner_id IN (
                     SELECT c.practitioner_id FROM consultations c
                     WHERE c.employee_id = $1 AND c.status NOT IN ('held', 'cancelled')) AS takes_me
               FROM directory_entries e) d
         WHERE ($2::text IS NULL OR d.specialty = $2)
           AND ($3::text IS NULL OR $3 = ANY (d.languages))
           AND CASE $4 WHEN 'video' THEN d.offers_video WHEN 'audio' THEN d.offers_audio
                       WHEN 'in_person' THEN d.offers_in_person ELSE true END
           AND ($5::text IS NULL OR d.gender = $5)
           AND ($6::uuid[] IS NULL OR d.practitioner_id = ANY ($6))
           AND ($7::timestamptz IS NULL OR d.takes_me AND d.next_start < $7)"
    };
}

/// The page is chosen among the narrow entries; names and profiles are read for its rows alone.
macro_rules! page {
    ($order:literal) => {
        concat!(
            "SELECT p.user_id, p.title, d.first_name, d.last_name, p.specialty, p.sub_specialties, p.languages,
                    p.offers_video, p.offers_audio, p.offers_in_person, p.city, p.experience_years, p.portrait_id,
                    p.average_rating, p.review_count, d.takes_me, d.next_start,
                    p.timezone, p.slot_minutes, p.buffer_minutes, p.minimum_notice_hours, p.horizon_days,
                    p.daily_maximum, p.bio
             FROM (SELECT d.* ",
            fitting!(),
            " ORDER BY ",
            $order,
            " d.last_name, d.first_name, d.practitioner_id OFFSET $8 LIMIT $9) d
             JOIN practitioners p ON p.user_id = d.practitioner_id
             ORDER BY ",
            $order,
            " d.last_name, d.first_name, d.practitioner_id"
        )
    };
}

fn fitting<'a>(sql: &'static str, me: Uuid, wanted: &'a Wanted) -> Prepared<'a> {
    let Wanted {
        criteria,
        only,
        free_before,
        ..
    } = wanted;
    prepared(sql)
        .bind::<SqlUuid, _>(me)
        .bind::<Nullable<Text>, _>(criteria.specialty.map(Specialty::as_str))
        .bind::<Nullable<Text>, _>(criteria.language)
        .bind::<Nullable<Text>, _>(criteria.format.map(Format::as_str))
        .bind::<Nullable<Text>, _>(criteria.gender.map(Gender::as_str))
        .bind::<Nullable<Array<SqlUuid>>, _>(only.as_deref())
        .bind::<Nullable<Timestamptz>, _>(*free_before)
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    found: i64,
}

/// How many practitioners of the directory fit.
///
/// # Errors
/// The database's.
pub fn count(tx: &mut Tx<Employee>, wanted: &Wanted) -> Result<i64, AppError> {
    let me = tx.user_id()?;
    let row: CountRow = fitting(concat!("SELECT count(*) AS found ", fitting!()), me, wanted)
        .get_result(tx.conn())?;
    Ok(row.found)
}

/// The practitioners of the directory that fit, in order, from the `offset`th on. Whoever takes no
/// new clients comes last when the order is the soonest.
///
/// # Errors
/// The database's.
pub fn directory(
    tx: &mut Tx<Employee>,
    wanted: &Wanted,
    (offset, limit): (i64, i64),
) -> Result<Vec<Candidate>, AppError> {
    let me = tx.user_id()?;
    let sql = match wanted.sort {
        Sort::Soonest => page!("CASE WHEN d.takes_me THEN d.next_start END NULLS LAST,"),
        Sort::Rating => page!("d.average_rating DESC NULLS LAST, d.review_count DESC,"),
        Sort::Experience => page!("d.experience_years DESC NULLS LAST,"),
    };
    Ok(fitting(sql, me, wanted)
        .bind::<BigInt, _>(offset)
        .bind::<BigInt, _>(limit)
        .load(tx.conn())?)
}

#[derive(QueryableByName)]
struct WordsRow {
    #[diesel(sql_type = SqlUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    specialty: String,
    #[diesel(sql_type = Text)]
    words: String,
}

/// Who of the directory has each of the words in their name, town, fields or, in the reader's
/// language, profession.
///
/// # Errors
/// The database's.
pub fn having_words(
    tx: &mut Tx<Employee>,
    words: &Words,
    locale: Locale,
) -> Result<Vec<Uuid>, AppError> {
    let rows: Vec<WordsRow> = prepared(
        "SELECT p.user_id, p.specialty, concat_ws(E'\\n', d.first_name, d.last_name, p.city,
                                                  array_to_string(p.sub_specialties, E'\\n')) AS words
         FROM directory_entries d JOIN practitioners p ON p.user_id = d.practitioner_id",
    )
    .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .filter(|row| {
            let specialty = row.specialty.parse().map_or("", Specialty::label_key);
            words.are_in([row.words.as_str(), i18n::text(locale, specialty)])
        })
        .map(|row| row.user_id)
        .collect())
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
    /// A film in which they present themselves, elsewhere.
    #[diesel(sql_type = Nullable<Text>)]
    pub presentation_video_url: Option<String>,
    /// The portrait, if there is one.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub portrait_id: Option<Uuid>,
    /// What the published reviews say.
    #[diesel(embed)]
    pub rating: Rating,
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
    /// Whether the employee agrees to data on their health being kept: without it nothing is booked.
    #[diesel(sql_type = Bool)]
    pub agreed: bool,
    /// Whether bookings need no confirmation.
    #[diesel(sql_type = Bool)]
    pub auto_confirm: bool,
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

/// Selects the [`Profile`] of a practitioner of the directory; both placeholders are given, the employee's first. For
/// a statement that selects more: the practitioner's page asks once.
macro_rules! select_profile {
    ($me:literal, $practitioner:literal) => {
        concat!(
            "SELECT p.user_id, p.title, d.first_name, d.last_name, p.specialty, p.sub_specialties, p.languages,
                    p.bio, p.experience_years, p.education, p.diplomas, p.presentation_video_url, p.portrait_id,
                    p.average_rating, p.review_count, p.auto_confirm,
                    p.offers_video, p.offers_audio, p.offers_in_person, p.in_person_address,
                    p.timezone, p.slot_minutes, p.buffer_minutes, p.minimum_notice_hours, p.horizon_days, p.daily_maximum,
                    p.accepting_new_clients OR EXISTS (
                        SELECT FROM consultations c
                        WHERE c.employee_id = ",
            $me,
            " AND c.practitioner_id = p.user_id AND c.status NOT IN ('held', 'cancelled')) AS takes_me,
                    EXISTS (SELECT FROM companies c WHERE c.status = 'active') AS company_active,
                    EXISTS (SELECT FROM consents a WHERE a.user_id = ",
            $me,
            " AND a.kind = 'health_data' AND a.withdrawn_at IS NULL) AS agreed
             FROM directory_entries d JOIN practitioners p ON p.user_id = d.practitioner_id
             WHERE d.practitioner_id = ",
            $practitioner
        )
    };
}
pub(crate) use select_profile;

/// The profile of one practitioner of the directory.
///
/// # Errors
/// `NotFound` outside the directory.
pub fn profile(tx: &mut Tx<Employee>, practitioner: Uuid) -> Result<Profile, AppError> {
    let me = tx.user_id()?;
    prepared(select_profile!("$1", "$2"))
        .bind::<SqlUuid, _>(me)
        .bind::<SqlUuid, _>(practitioner)
        .get_result(tx.conn())
        .optional()?
        .ok_or(AppError::NotFound)
}

/// How the practitioner's own hours become slots.
///
/// # Errors
/// `NotFound` without a profile.
pub fn own_settings(tx: &mut Tx<Practitioner>) -> Result<Settings, AppError> {
    let me = tx.user_id()?;
    prepared(
        "SELECT timezone, slot_minutes, buffer_minutes, minimum_notice_hours, horizon_days, daily_maximum
         FROM practitioners WHERE user_id = $1",
    )
    .bind::<SqlUuid, _>(me)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}

/// A published review: nobody's name, no day.
#[derive(Clone, Debug, QueryableByName)]
pub struct Review {
    /// Stars, 1 to 5.
    #[diesel(sql_type = SmallInt)]
    pub rating: i16,
    /// What was said.
    #[diesel(sql_type = Text)]
    pub comment: String,
    /// When it was published; readers see the month.
    #[diesel(sql_type = Timestamptz)]
    pub published_at: DateTime<Utc>,
}

/// The last published reviews of a practitioner that say something.
///
/// # Errors
/// The database's.
pub fn reviews(
    tx: &mut Tx<Employee>,
    practitioner: Uuid,
    limit: i64,
) -> Result<Vec<Review>, AppError> {
    Ok(prepared(
        "SELECT rating, comment, published_at FROM practitioner_reviews
         WHERE practitioner_id = $1 AND status = 'published' AND comment IS NOT NULL
         ORDER BY published_at DESC, id LIMIT $2",
    )
    .bind::<SqlUuid, _>(practitioner)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?)
}
