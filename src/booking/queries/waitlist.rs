//! The waiting list's SQL: the requests of an employee and the answers; [`line`] asks who waits.

pub mod line;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{
        Array, BigInt, Bool, Date, Nullable, SmallInt, Text, Time, Timestamptz, Uuid as SqlUuid,
    },
};
use uuid::Uuid;

use super::holds;
use crate::{
    booking::waitlist::{MOST_REQUESTS, Wish, jobs::OfferFreedSlots},
    infra::{actor::Employee, db::Tx, error::AppError, jobs, prepared::prepared},
    practitioners::model::{Specialty, full_name},
};

/// What an employee asks for.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// With this practitioner…
    pub practitioner_id: Option<Uuid>,
    /// …or of this profession…
    pub specialty: Option<Specialty>,
    /// …or speaking this language (ISO 639-1).
    pub language: Option<&'static str>,
    /// When it suits.
    pub wish: Wish,
}

/// Why a request was not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// As many are waiting as one person can have.
    TooMany,
    /// One is waiting for this practitioner already.
    Twice,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Adds a request at the end of the line.
///
/// # Errors
/// `NotFound` for a practitioner outside the directory; the database's.
pub fn add(tx: &mut Tx<Employee>, request: &NewRequest) -> Result<Result<(), NotAdded>, AppError> {
    if let Some(practitioner) = request.practitioner_id {
        practitioner_name(tx, practitioner)?;
    }
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    // One's own turn, before counting: two forms at once must not pass the limit together.
    prepared("SELECT pg_advisory_xact_lock($1)")
        .bind::<BigInt, _>(holds::turn(me))
        .execute(tx.conn())?;
    let waiting: Count = prepared(
        "SELECT count(*) AS count FROM waitlist_requests WHERE employee_id = $1 AND status = 'waiting'",
    )
    .bind::<SqlUuid, _>(me)
    .get_result(tx.conn())?;
    if usize::try_from(waiting.count).is_ok_and(|count| count >= MOST_REQUESTS) {
        return Ok(Err(NotAdded::TooMany));
    }
    let wish = &request.wish;
    let added = tx.savepoint(|tx| {
        prepared(
            "INSERT INTO waitlist_requests (id, company_id, employee_id, practitioner_id, specialty, language,
                                            weekdays, from_time, until_time, last_day, created_at, queued_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind::<SqlUuid, _>(Uuid::new_v4())
        .bind::<SqlUuid, _>(company)
        .bind::<SqlUuid, _>(me)
        .bind::<Nullable<SqlUuid>, _>(request.practitioner_id)
        .bind::<Nullable<Text>, _>(request.specialty.map(Specialty::as_str))
        .bind::<Nullable<Text>, _>(request.language)
        .bind::<Array<SmallInt>, _>(wish.weekdays.clone())
        .bind::<Nullable<Time>, _>(wish.from)
        .bind::<Nullable<Time>, _>(wish.until)
        .bind::<Nullable<Date>, _>(wish.last_day)
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
        Ok(())
    });
    match added {
        Ok(()) => Ok(Ok(())),
        Err(error) if error.is_constraint("waitlist_requests_once") => Ok(Err(NotAdded::Twice)),
        Err(error) => Err(error),
    }
}

#[derive(QueryableByName)]
struct NameRow {
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    last_name: String,
}

/// The name of a practitioner of the directory.
///
/// # Errors
/// `NotFound` outside the directory.
pub fn practitioner_name(tx: &mut Tx<Employee>, practitioner: Uuid) -> Result<String, AppError> {
    let row: NameRow = prepared(
        "SELECT p.title, u.first_name, u.last_name FROM practitioners p JOIN users u ON u.id = p.user_id
         WHERE p.user_id = $1 AND u.status = 'active'",
    )
    .bind::<SqlUuid, _>(practitioner)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)?;
    Ok(full_name(&row.title, &row.first_name, &row.last_name))
}

/// A request that waits, as its employee reads it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Waiting {
    /// The request.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// With whom; `None` for anybody who fits.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub practitioner_id: Option<Uuid>,
    /// The practitioner's title; empty without one, or when they left the directory.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    specialty: Option<String>,
    /// ISO 639-1.
    #[diesel(sql_type = Nullable<Text>)]
    pub language: Option<String>,
    #[diesel(sql_type = Array<SmallInt>)]
    weekdays: Vec<i16>,
    #[diesel(sql_type = Nullable<Time>)]
    from_time: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Time>)]
    until_time: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Date>)]
    last_day: Option<NaiveDate>,
    /// Since when.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
}

impl Waiting {
    /// The profession, if one was asked for.
    pub fn specialty(&self) -> Option<Specialty> {
        self.specialty.as_deref()?.parse().ok()
    }

    /// When it suits.
    pub fn wish(&self) -> Wish {
        Wish {
            weekdays: self.weekdays.clone(),
            from: self.from_time,
            until: self.until_time,
            last_day: self.last_day,
        }
    }
}

/// The employee's requests that wait, the oldest first.
///
/// # Errors
/// The database's.
pub fn requests(tx: &mut Tx<Employee>) -> Result<Vec<Waiting>, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT r.id, r.practitioner_id, coalesce(p.title, '') AS title, coalesce(u.first_name, '') AS first_name,
                coalesce(u.last_name, '') AS last_name, r.specialty, r.language, r.weekdays, r.from_time,
                r.until_time, r.last_day, r.created_at
         FROM waitlist_requests r
         LEFT JOIN practitioners p ON p.user_id = r.practitioner_id
         LEFT JOIN users u ON u.id = r.practitioner_id
         WHERE r.employee_id = $1 AND r.status = 'waiting' ORDER BY r.created_at, r.id",
    )
    .bind::<SqlUuid, _>(me)
    .load(tx.conn())?)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Withdraws a request; an offer that it waits an answer to is declined with it. Withdrawing twice is
/// no error.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn withdraw(tx: &mut Tx<Employee>, request: Uuid) -> Result<(), AppError> {
    let pending: Option<Id> =
        prepared("SELECT id FROM waitlist_offers WHERE request_id = $1 AND status = 'pending'")
            .bind::<SqlUuid, _>(request)
            .get_result(tx.conn())
            .optional()?;
    // The offer first, as an acceptance does: the two never wait for each other.
    if let Some(offer) = pending {
        end_offer(tx, offer.id)?;
        ask_the_line(tx)?;
    }
    let withdrawn = prepared(
        "UPDATE waitlist_requests SET status = 'withdrawn' WHERE id = $1 AND status = 'waiting'",
    )
    .bind::<SqlUuid, _>(request)
    .execute(tx.conn())?;
    if withdrawn == 0 {
        let mine: Option<Id> = prepared("SELECT id FROM waitlist_requests WHERE id = $1")
            .bind::<SqlUuid, _>(request)
            .get_result(tx.conn())
            .optional()?;
        mine.ok_or(AppError::NotFound)?;
    }
    Ok(())
}

/// A slot that is kept for the employee until they answer.
#[derive(Clone, Debug, QueryableByName)]
pub struct Offer {
    /// The offer.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The held slot.
    #[diesel(sql_type = SqlUuid)]
    pub hold: Uuid,
    /// With whom.
    #[diesel(sql_type = SqlUuid)]
    pub practitioner_id: Uuid,
    /// The practitioner's title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    /// Start.
    #[diesel(sql_type = Timestamptz)]
    pub starts_at: DateTime<Utc>,
    /// End.
    #[diesel(sql_type = Timestamptz)]
    pub ends_at: DateTime<Utc>,
    /// Until when it is kept.
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: DateTime<Utc>,
}

/// The offer that waits for the employee's answer, while it can be accepted.
///
/// # Errors
/// The database's.
pub fn pending_offer(tx: &mut Tx<Employee>) -> Result<Option<Offer>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    Ok(prepared(
        "SELECT o.id, c.id AS hold, o.practitioner_id, coalesce(p.title, '') AS title,
                coalesce(u.first_name, '') AS first_name, coalesce(u.last_name, '') AS last_name,
                c.starts_at, c.ends_at, o.expires_at
         FROM waitlist_offers o JOIN consultations c ON c.id = o.consultation_id
         LEFT JOIN practitioners p ON p.user_id = o.practitioner_id
         LEFT JOIN users u ON u.id = o.practitioner_id
         WHERE o.employee_id = $1 AND o.status = 'pending' AND o.expires_at > $2",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?)
}

#[derive(QueryableByName)]
struct Ended {
    #[diesel(sql_type = Bool)]
    ended: bool,
}

fn end_offer<R>(tx: &mut Tx<R>, offer: Uuid) -> Result<bool, AppError> {
    let now = tx.now();
    let ended: Ended = prepared("SELECT hz.end_offer($1, $2) AS ended")
        .bind::<SqlUuid, _>(offer)
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    Ok(ended.ended)
}

/// Declines an offer: the slot goes on to the next in line. Answers false when it was over, declined or
/// accepted before.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn decline(tx: &mut Tx<Employee>, offer: Uuid) -> Result<bool, AppError> {
    let mine: Option<Id> = prepared("SELECT id FROM waitlist_offers WHERE id = $1")
        .bind::<SqlUuid, _>(offer)
        .get_result(tx.conn())
        .optional()?;
    mine.ok_or(AppError::NotFound)?;
    let ended = end_offer(tx, offer)?;
    ask_the_line(tx)?;
    Ok(ended)
}

/// Declines the offer that a held slot belongs to.
///
/// # Errors
/// `NotFound` for a slot that is not offered to this employee.
pub fn decline_hold(tx: &mut Tx<Employee>, hold: Uuid) -> Result<(), AppError> {
    let offer: Option<Id> = prepared("SELECT id FROM waitlist_offers WHERE consultation_id = $1")
        .bind::<SqlUuid, _>(hold)
        .get_result(tx.conn())
        .optional()?;
    decline(tx, offer.ok_or(AppError::NotFound)?.id)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Needed {
    #[diesel(sql_type = Bool)]
    needed: bool,
}

/// Has the line asked, when the transaction gave a slot back that somebody may wait for. Called by
/// whatever cancels, moves or releases, after it.
///
/// # Errors
/// The database's.
pub fn ask_the_line<R>(tx: &mut Tx<R>) -> Result<(), AppError> {
    let line: Needed = prepared("SELECT hz.slots_to_offer() AS needed").get_result(tx.conn())?;
    if line.needed {
        jobs::enqueue(tx, &OfferFreedSlots {})?;
    }
    Ok(())
}
