//! Holding a slot while its employee decides, and letting it go.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::calendar;
use crate::{
    booking::{
        calendar::{self as calendars, Calendar},
        model::Status,
        slots::{Refusal, Slot},
    },
    infra::{actor::Employee, db::Tx, error::AppError, prepared::prepared},
    practitioners::model::{Formats, Settings},
};

/// How long a chosen slot is kept.
pub const HOLD: TimeDelta = TimeDelta::minutes(10);

/// Why nothing was held or booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotBooked {
    /// The start is not, or no longer, on offer.
    Slot(Refusal),
    /// The employee's company is suspended.
    CompanySuspended,
    /// The practitioner takes no new clients, and this employee would be one.
    NoNewClients,
    /// The practitioner does not meet this way (any more).
    FormatNotOffered,
    /// Every room of the place is taken at that time, by whichever colleague.
    NoRoom,
    /// The time to confirm is over, or the slot was let go.
    HoldOver,
    /// The contract gives no more consultations this year.
    LimitReached,
}

impl NotBooked {
    /// What a constraint of the table says when it is the one to refuse.
    pub fn by_constraint(error: &AppError) -> Option<Self> {
        let AppError::Constraint(name) = error else {
            return None;
        };
        match name.as_str() {
            "consultations_practitioner_free" => Some(Self::Slot(Refusal::Taken)),
            "consultations_employee_free" => Some(Self::Slot(Refusal::OwnConflict)),
            "consultations_room_free" => Some(Self::NoRoom),
            "consultations_limit" => Some(Self::LimitReached),
            "consultations_company_open" => Some(Self::CompanySuspended),
            _ => None,
        }
    }
}

/// What a booking depends on.
#[derive(QueryableByName)]
pub(super) struct Terms {
    #[diesel(embed)]
    pub(super) settings: Settings,
    #[diesel(embed)]
    pub(super) formats: Formats,
    #[diesel(sql_type = Bool)]
    takes_me: bool,
    #[diesel(sql_type = Bool)]
    company_active: bool,
}

impl Terms {
    /// Whether this employee may book with this practitioner at all.
    pub(super) fn admit(&self) -> Result<(), NotBooked> {
        if !self.company_active {
            Err(NotBooked::CompanySuspended)
        } else if !self.takes_me {
            Err(NotBooked::NoNewClients)
        } else {
            Ok(())
        }
    }
}

/// A lock number for a person's turn.
pub(super) fn turn(person: Uuid) -> i64 {
    let (high, low) = person.as_u64_pair();
    (high ^ low).cast_signed()
}

/// Reads what the booking depends on once this employee and this practitioner have no other booking
/// under way, and gives back the practitioner's slots whose holds are over. The constraints would
/// let only one win anyway; taking turns, always the employee's first, spares the losers a deadlock
/// and lets them be told what is still free.
pub(super) fn terms(tx: &mut Tx<Employee>, practitioner: Uuid) -> Result<Terms, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    prepared(
        "SELECT p.timezone, p.slot_minutes, p.buffer_minutes, p.minimum_notice_hours, p.horizon_days, p.daily_maximum,
                p.offers_video, p.offers_audio, p.offers_in_person,
                p.accepting_new_clients OR EXISTS (
                    SELECT FROM consultations c
                    WHERE c.employee_id = $1 AND c.practitioner_id = p.user_id
                      AND c.status NOT IN ('held', 'cancelled')) AS takes_me,
                EXISTS (SELECT FROM companies c WHERE c.status = 'active') AS company_active,
                pg_advisory_xact_lock($2) AS employees_turn, pg_advisory_xact_lock($3) AS practitioners_turn,
                hz.free_expired_holds(p.user_id, $4) AS freed
         FROM practitioners p JOIN users u ON u.id = p.user_id
         WHERE u.status = 'active' AND p.user_id = $5",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<BigInt, _>(turn(me))
    .bind::<BigInt, _>(turn(practitioner))
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(practitioner)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Keeps a slot for this employee, in place of the one they kept before; or says why not. The engine
/// that made the page judges again, in the transaction. Chosen twice, a slot is kept once, and no
/// longer.
///
/// # Errors
/// `NotFound` outside the directory; `Constraint` when somebody was faster than the turn-taking.
pub fn hold(
    tx: &mut Tx<Employee>,
    practitioner: Uuid,
    start: DateTime<Utc>,
) -> Result<Result<Uuid, NotBooked>, AppError> {
    let terms = terms(tx, practitioner)?;
    if let Err(why) = terms.admit() {
        return Ok(Err(why));
    }
    // Until the employee says how to meet.
    let Some(format) = terms.formats.iter().next() else {
        return Ok(Err(NotBooked::FormatNotOffered));
    };
    let at_start = start..start + TimeDelta::seconds(1);
    let calendar = calendar(tx, practitioner, &terms.settings, &at_start)?;
    let slot = match calendar.offers(start) {
        Ok(slot) => slot,
        Err(refusal) => return Ok(Err(NotBooked::Slot(refusal))),
    };
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    // The new row waits for the former to be gone: they may overlap.
    let kept: Id = prepared(
        "WITH same AS (
             SELECT id FROM consultations
             WHERE employee_id = $1 AND practitioner_id = $2 AND starts_at = $3
               AND status = 'held' AND NOT offered AND expires_at > $4),
         former AS (
             DELETE FROM consultations
             WHERE employee_id = $1 AND status = 'held' AND NOT offered AND id NOT IN (SELECT id FROM same)
             RETURNING id),
         chosen AS (
             INSERT INTO consultations (id, company_id, employee_id, practitioner_id, format, status,
                                        starts_at, ends_at, blocked_until, expires_at)
             SELECT $5, $6, $1, $2, $7, 'held', $3, $8, $9, $10
             FROM (SELECT count(*) FROM former) AS gone
             WHERE NOT EXISTS (SELECT FROM same)
             RETURNING id)
         SELECT id FROM same UNION ALL SELECT id FROM chosen",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(practitioner)
    .bind::<Timestamptz, _>(slot.starts_at)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(Uuid::new_v4())
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(format.as_str())
    .bind::<Timestamptz, _>(slot.ends_at)
    .bind::<Timestamptz, _>(slot.blocked_until)
    .bind::<Timestamptz, _>(now + HOLD)
    .get_result(tx.conn())?;
    Ok(Ok(kept.id))
}

/// A slot that was held, and what became of it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Held {
    /// The consultation it is, or became.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// With whom.
    #[diesel(sql_type = SqlUuid)]
    pub practitioner_id: Uuid,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    blocked_until: DateTime<Utc>,
    /// Until when it is kept; `None` once it was confirmed.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether the waiting list offers it.
    #[diesel(sql_type = Bool)]
    pub offered: bool,
}

impl Held {
    /// The slot.
    pub fn slot(&self) -> Slot {
        Slot {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            blocked_until: self.blocked_until,
        }
    }

    /// Whether it became an appointment.
    pub fn is_booked(&self) -> bool {
        self.status != Status::Held.as_str()
    }

    /// Whether it can be confirmed now.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|until| until > now)
    }
}

/// One of the employee's slots, held or booked since; `None` for what is gone or anybody else's.
///
/// # Errors
/// The database's.
pub fn held(tx: &mut Tx<Employee>, id: Uuid) -> Result<Option<Held>, AppError> {
    Ok(prepared(
        "SELECT id, practitioner_id, status, starts_at, ends_at, blocked_until, expires_at, offered
         FROM consultations WHERE id = $1",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())
    .optional()?)
}

/// Gives a slot back. What was booked meanwhile stays, and what is gone already is no error.
///
/// # Errors
/// The database's.
pub fn let_go(tx: &mut Tx<Employee>, id: Uuid) -> Result<(), AppError> {
    prepared("DELETE FROM consultations WHERE id = $1 AND status = 'held' AND NOT offered")
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    Ok(())
}

/// The employee's appointment with this practitioner at this very start, if there is one: the answer
/// to a slot that is chosen again after it was booked.
///
/// # Errors
/// The database's.
pub fn booked_at(
    tx: &mut Tx<Employee>,
    practitioner: Uuid,
    start: DateTime<Utc>,
) -> Result<Option<Uuid>, AppError> {
    let me = tx.user_id()?;
    let found: Option<Id> = prepared(
        "SELECT id FROM consultations
         WHERE employee_id = $1 AND practitioner_id = $2 AND starts_at = $3
           AND status IN ('scheduled', 'confirmed', 'in_progress')",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(practitioner)
    .bind::<Timestamptz, _>(start)
    .get_result(tx.conn())
    .optional()?;
    Ok(found.map(|found| found.id))
}

/// Free slots near one that could not be had.
///
/// # Errors
/// The database's.
pub fn alternatives(
    tx: &mut Tx<Employee>,
    practitioner: Uuid,
    settings: &Settings,
    wanted: DateTime<Utc>,
) -> Result<Vec<Slot>, AppError> {
    let range = calendars::around(wanted, tx.now(), settings.horizon_days());
    let calendar: Calendar = calendar(tx, practitioner, settings, &range)?;
    Ok(calendar.alternatives(wanted))
}
