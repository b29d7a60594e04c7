//! Asking the line: slots that were given back, who waits for them, the offers.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Bool, Date, Nullable, SmallInt, Text, Time, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    super::{calendar, holds},
    Id, end_offer,
};
use crate::{
    booking::{
        slots::Slot,
        waitlist::{self, Wish},
    },
    infra::{
        actor::{Employee, Worker},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    notifications::{
        model::{News, QuietHours},
        queries::announce,
    },
};

/// A slot that somebody gave back.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Freed {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    practitioner_id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
    #[diesel(sql_type = SqlUuid)]
    freed_by: Uuid,
}

impl Freed {
    /// Whether it begins after this moment.
    pub fn begins_after(&self, moment: DateTime<Utc>) -> bool {
        self.starts_at > moment
    }
}

/// Slots given back for which the line was not asked yet, the soonest first.
///
/// # Errors
/// The database's.
pub fn freed_slots(tx: &mut Tx<Worker>) -> Result<Vec<Freed>, AppError> {
    Ok(prepared(
        "SELECT id, practitioner_id, starts_at, ends_at, freed_by FROM freed_slots
         WHERE settled_at IS NULL ORDER BY starts_at, id",
    )
    .load(tx.conn())?)
}

/// Somebody in line.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    /// The request.
    pub request_id: Uuid,
    /// Whose.
    pub employee_id: Uuid,
    /// Of which company.
    pub company_id: Uuid,
    /// When their night ends, while it is night where they are.
    pub sleeps_until: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct LineRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    employee_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
    #[diesel(sql_type = Text)]
    timezone: String,
    #[diesel(sql_type = Array<SmallInt>)]
    weekdays: Vec<i16>,
    #[diesel(sql_type = Nullable<Time>)]
    from_time: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Time>)]
    until_time: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Date>)]
    last_day: Option<NaiveDate>,
}

/// Who waits for such a slot and was not asked about it, in order.
///
/// # Errors
/// The database's.
pub fn line(tx: &mut Tx<Worker>, slot: &Freed) -> Result<Vec<Next>, AppError> {
    let rows: Vec<LineRow> = prepared(
        "SELECT r.id, r.employee_id, r.company_id, u.timezone, r.weekdays, r.from_time, r.until_time, r.last_day
         FROM waitlist_requests r
         JOIN users u ON u.id = r.employee_id AND u.status = 'active'
         JOIN practitioners p ON p.user_id = $1
         WHERE r.status = 'waiting' AND r.employee_id <> $2
           AND (r.practitioner_id = p.user_id OR (r.practitioner_id IS NULL
                AND (r.specialty IS NULL OR r.specialty = p.specialty)
                AND (r.language IS NULL OR r.language = ANY (p.languages))))
           AND NOT EXISTS (SELECT FROM waitlist_offers o WHERE o.employee_id = r.employee_id
                AND (o.status = 'pending' OR (o.practitioner_id = p.user_id AND o.starts_at = $3)))
         ORDER BY r.queued_at, r.id",
    )
    .bind::<SqlUuid, _>(slot.practitioner_id)
    .bind::<SqlUuid, _>(slot.freed_by)
    .bind::<Timestamptz, _>(slot.starts_at)
    .load(tx.conn())?;
    let now = tx.now();
    let suited = rows.into_iter().filter_map(|row| {
        let zone = row.timezone.parse().unwrap_or(chrono_tz::Europe::Paris);
        let wish = Wish {
            weekdays: row.weekdays,
            from: row.from_time,
            until: row.until_time,
            last_day: row.last_day,
        };
        wish.suits(zone, slot.starts_at, slot.ends_at)
            .then_some(Next {
                request_id: row.id,
                employee_id: row.employee_id,
                company_id: row.company_id,
                sleeps_until: QuietHours::NIGHT.end_after(now, zone),
            })
    });
    Ok(suited.collect())
}

/// Why an offer was not made; the transaction that tried is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOffered {
    /// This person could not book it: the next one.
    ToThisPerson,
    /// It was offered meanwhile, or put away.
    AtAll,
}

/// How [`offer`] says that this person could not book the slot.
const NOT_FOR_THIS_PERSON: AppError = AppError::Conflict("this person could not book it");
/// How [`offer`] says that somebody else has seen to the slot.
const SEEN_TO: AppError = AppError::Conflict("the slot was seen to");

impl NotOffered {
    /// What the failure of [`offer`] means.
    ///
    /// # Errors
    /// The failure itself, when it is not a refusal.
    pub fn of(error: AppError) -> Result<Self, AppError> {
        match (&error, &SEEN_TO) {
            (AppError::Conflict(why), AppError::Conflict(seen_to)) if why == seen_to => {
                Ok(Self::AtAll)
            }
            // A constraint: the slot, the person's hour or their one offer were taken a moment ago.
            (AppError::Conflict(_) | AppError::Constraint(_) | AppError::NotFound, _) => {
                Ok(Self::ToThisPerson)
            }
            _ => Err(error),
        }
    }
}

/// Keeps the slot for this employee, in whose name the transaction is, and tells them: the very checks
/// of their own booking decide. One transaction: what is refused leaves the slot to the next.
///
/// # Errors
/// See [`NotOffered::of`].
pub fn offer(tx: &mut Tx<Employee>, freed: &Freed, request: Uuid) -> Result<(), AppError> {
    let practitioner = freed.practitioner_id;
    let terms = holds::terms(tx, practitioner)?;
    if !claim(tx, freed)? {
        return Err(SEEN_TO);
    }
    if terms.admit().is_err() || !still_wanted(tx, freed, request)? {
        return Err(NOT_FOR_THIS_PERSON);
    }
    let at_start = freed.starts_at..freed.starts_at + TimeDelta::seconds(1);
    let calendar = calendar(tx, practitioner, &terms.settings, &at_start)?;
    let slot = calendar
        .offers(freed.starts_at)
        .map_err(|_| NOT_FOR_THIS_PERSON)?;
    let answer_by = waitlist::answer_by(slot, tx.now()).ok_or(NOT_FOR_THIS_PERSON)?;
    // Until the person says how to meet.
    let format = terms.formats.iter().next().ok_or(NOT_FOR_THIS_PERSON)?;
    let hold = keep(tx, practitioner, slot, format.as_str(), answer_by)?;
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    prepared(
        "INSERT INTO waitlist_offers (id, request_id, company_id, employee_id, practitioner_id, starts_at,
                                      consultation_id, offered_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind::<SqlUuid, _>(Uuid::new_v4())
    .bind::<SqlUuid, _>(request)
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(practitioner)
    .bind::<Timestamptz, _>(slot.starts_at)
    .bind::<SqlUuid, _>(hold)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(answer_by)
    .execute(tx.conn())?;
    announce(tx, hold, News::Offered)
}

#[derive(QueryableByName)]
struct Claimed {
    #[diesel(sql_type = Bool)]
    claimed: bool,
}

fn claim(tx: &mut Tx<Employee>, freed: &Freed) -> Result<bool, AppError> {
    let claimed: Claimed = prepared("SELECT hz.claim_freed_slot($1) AS claimed")
        .bind::<SqlUuid, _>(freed.id)
        .get_result(tx.conn())?;
    Ok(claimed.claimed)
}

/// Whether the request still waits, and the slot is earlier than any appointment with this practitioner.
fn still_wanted(tx: &mut Tx<Employee>, freed: &Freed, request: Uuid) -> Result<bool, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    // Locked: a withdrawal waits, or has been.
    let waiting: Option<Id> = prepared(
        "SELECT r.id FROM waitlist_requests r
         WHERE r.id = $1 AND r.status = 'waiting' AND NOT EXISTS (
             SELECT FROM consultations c
             WHERE c.employee_id = $2 AND c.practitioner_id = $3 AND c.status IN ('scheduled', 'confirmed')
               AND c.starts_at > $4 AND c.starts_at <= $5)
         FOR UPDATE OF r",
    )
    .bind::<SqlUuid, _>(request)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(freed.practitioner_id)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(freed.starts_at)
    .get_result(tx.conn())
    .optional()?;
    Ok(waiting.is_some())
}

fn keep(
    tx: &mut Tx<Employee>,
    practitioner: Uuid,
    slot: Slot,
    format: &str,
    until: DateTime<Utc>,
) -> Result<Uuid, AppError> {
    let (me, company, id) = (tx.user_id()?, tx.company_id()?, Uuid::new_v4());
    prepared(
        "INSERT INTO consultations (id, company_id, employee_id, practitioner_id, format, status, offered,
                                    starts_at, ends_at, blocked_until, expires_at)
         VALUES ($1, $2, $3, $4, $5, 'held', true, $6, $7, $8, $9)",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(practitioner)
    .bind::<Text, _>(format)
    .bind::<Timestamptz, _>(slot.starts_at)
    .bind::<Timestamptz, _>(slot.ends_at)
    .bind::<Timestamptz, _>(slot.blocked_until)
    .bind::<Timestamptz, _>(until)
    .execute(tx.conn())?;
    Ok(id)
}

/// Nobody in line can book it: it is everybody's again.
///
/// # Errors
/// The database's.
pub fn put_away(tx: &mut Tx<Worker>, slot: &Freed) -> Result<(), AppError> {
    prepared("UPDATE freed_slots SET settled_at = clock_timestamp() WHERE id = $1 AND settled_at IS NULL")
        .bind::<SqlUuid, _>(slot.id)
        .execute(tx.conn())?;
    Ok(())
}

/// Ends the offers that nobody answered in time: how many. Slots seen to long ago are forgotten.
///
/// # Errors
/// The database's.
pub fn end_offers_that_are_over(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    let over: Vec<Id> = prepared(
        "SELECT id FROM waitlist_offers WHERE status = 'pending' AND expires_at <= $1 ORDER BY expires_at",
    )
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    let mut ended = 0;
    for offer in over {
        if end_offer(tx, offer.id)? {
            ended += 1;
        }
    }
    prepared("DELETE FROM freed_slots WHERE settled_at IS NOT NULL AND freed_at < clock_timestamp() - interval '7 days'")
        .execute(tx.conn())?;
    Ok(ended)
}
