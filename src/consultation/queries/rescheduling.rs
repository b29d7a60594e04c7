//! Moving an appointment: the same row, another time.
//!
//! The practitioner's calendar is the one that booking uses, as if the appointment were not in it.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{RunQueryDsl as _, prelude::*};
use uuid::Uuid;

use super::{Details, Participant, steps};
use crate::{
    booking::{
        calendar::Calendar,
        model::{Actor, Format, Status},
        queries::{
            self as booking,
            agenda::{self, Books, PlaceAndRoom},
            holds::NotBooked,
            waitlist,
        },
        slots::{Refusal, Slot},
    },
    consultation::model::Objection,
    infra::{
        actor::{Employee, Practitioner},
        db::Tx,
        error::AppError,
    },
    notifications::{model::News, queries::announce},
    practitioners,
    schema::consultations,
};

/// Why an appointment does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMoved {
    /// It is not, or no longer, the person's to move.
    Step(Objection),
    /// Its practitioner has left the directory.
    PractitionerGone,
    /// The employee's company is suspended.
    CompanySuspended,
    /// The new start is not, or no longer, on offer.
    Slot(Refusal),
}

impl NotMoved {
    /// What a constraint of the table says when it is the one to refuse.
    pub fn by_constraint(error: &AppError) -> Option<Self> {
        match NotBooked::by_constraint(error)? {
            NotBooked::Slot(refusal) => Some(Self::Slot(refusal)),
            NotBooked::NoRoom => Some(Self::Slot(Refusal::Taken)),
            _ => None,
        }
    }
}

/// The participants, who look at a calendar each in their own way.
pub trait Reschedules: Participant + Books {
    /// How far ahead this person may move an appointment with this practitioner, in days.
    ///
    /// # Errors
    /// The database's.
    fn horizon(tx: &mut Tx<Self>, practitioner: Uuid) -> Result<Result<i64, NotMoved>, AppError>;

    /// The practitioner's calendar for starts in `range`.
    ///
    /// # Errors
    /// The database's.
    fn calendar(
        tx: &mut Tx<Self>,
        practitioner: Uuid,
        range: &Range<DateTime<Utc>>,
    ) -> Result<Calendar, AppError>;
}

impl Reschedules for Employee {
    fn horizon(tx: &mut Tx<Self>, practitioner: Uuid) -> Result<Result<i64, NotMoved>, AppError> {
        match practitioners::queries::profile(tx, practitioner) {
            Ok(profile) if !profile.company_active => Ok(Err(NotMoved::CompanySuspended)),
            Ok(profile) => Ok(Ok(profile.settings.horizon_days())),
            Err(AppError::NotFound) => Ok(Err(NotMoved::PractitionerGone)),
            Err(error) => Err(error),
        }
    }

    fn calendar(
        tx: &mut Tx<Self>,
        practitioner: Uuid,
        range: &Range<DateTime<Utc>>,
    ) -> Result<Calendar, AppError> {
        let (_, calendar) = booking::profile::profile_and_calendar(tx, practitioner, range)?;
        Ok(calendar)
    }
}

impl Reschedules for Practitioner {
    fn horizon(_: &mut Tx<Self>, _: Uuid) -> Result<Result<i64, NotMoved>, AppError> {
        Ok(Ok(booking::OWN_HORIZON_DAYS.into()))
    }

    fn calendar(
        tx: &mut Tx<Self>,
        _: Uuid,
        range: &Range<DateTime<Utc>>,
    ) -> Result<Calendar, AppError> {
        booking::own_calendar(tx, range)
    }
}

/// What the page to choose from shows.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The appointment as it is.
    pub details: Details,
    /// The zone of the practitioner's clock.
    pub zone: chrono_tz::Tz,
    /// How far ahead one may look, in days from today.
    pub horizon_days: i64,
    /// What is free in the range asked for.
    pub slots: Vec<Slot>,
    /// The first that is free after it, when nothing is free in it.
    pub next: Option<Slot>,
    /// Whether the start that was asked for is on offer.
    pub chosen: Option<Result<Slot, Refusal>>,
}

/// The days to show, which depend on how far ahead one may look.
pub type Days = dyn Fn(i64) -> Range<DateTime<Utc>> + Send;

/// Where an appointment can move to.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn offer<R: Reschedules>(
    tx: &mut Tx<R>,
    id: Uuid,
    days: &Days,
    wanted: Option<DateTime<Utc>>,
) -> Result<Result<Offer, NotMoved>, AppError> {
    let (details, now) = (R::details(tx, id)?, tx.now());
    if let Err(objection) = details.plan()?.judge_move(R::ACTOR, now, details.notice()) {
        return Ok(Err(NotMoved::Step(objection)));
    }
    let practitioner = details.line.practitioner_id;
    let horizon_days = match R::horizon(tx, practitioner)? {
        Ok(days) => days,
        Err(why) => return Ok(Err(why)),
    };
    let range = days(horizon_days);
    let calendar = R::calendar(tx, practitioner, &range)?.without(&details.slot());
    let elsewhere = |slot: &Slot| slot.starts_at != details.line.starts_at;
    let mut slots = calendar.free_slots(range.clone());
    slots.retain(elsewhere);
    let next = if slots.is_empty() {
        let after = range.end..range.end + TimeDelta::days(horizon_days.min(62));
        let calendar = R::calendar(tx, practitioner, &after)?.without(&details.slot());
        calendar.first_slots(after, 2).into_iter().find(elsewhere)
    } else {
        None
    };
    let chosen = match wanted {
        None => None,
        Some(start) => Some(at(tx, practitioner, &details.slot(), start)?),
    };
    Ok(Ok(Offer {
        zone: calendar.agenda.zone,
        horizon_days,
        slots,
        next,
        chosen,
        details,
    }))
}

/// Whether an appointment can move to this start: the engine that made the page judges again.
fn at<R: Reschedules>(
    tx: &mut Tx<R>,
    practitioner: Uuid,
    from: &Slot,
    start: DateTime<Utc>,
) -> Result<Result<Slot, Refusal>, AppError> {
    let at_start = start..start + TimeDelta::seconds(1);
    let calendar = R::calendar(tx, practitioner, &at_start)?;
    Ok(calendar.without(from).offers(start))
}

/// Where an appointment in person takes place at its new time.
fn place<R: Reschedules>(
    tx: &mut Tx<R>,
    practitioner: Uuid,
    locked: &steps::Locked,
    slot: &Slot,
    id: Uuid,
) -> Result<Option<PlaceAndRoom>, AppError> {
    match locked.format()? {
        Format::InPerson => agenda::place_for(tx, practitioner, slot, Some(id)),
        Format::Video | Format::Audio => Ok(None),
    }
}

/// Moves an appointment, or says why not. Moving it where it is already changes nothing: a second
/// click.
///
/// A practitioner who chooses the hour has confirmed it.
///
/// # Errors
/// `NotFound` for anybody else's consultation; `Constraint` when somebody was faster than the
/// turn-taking, or when the employee has another appointment that the practitioner may not know of.
pub fn reschedule<R: Reschedules>(
    tx: &mut Tx<R>,
    id: Uuid,
    start: DateTime<Utc>,
) -> Result<Result<(), NotMoved>, AppError> {
    let (employee, practitioner): (Uuid, Uuid) = consultations::table
        .find(id)
        .filter(consultations::status.ne(Status::Held.as_str()))
        .select((consultations::employee_id, consultations::practitioner_id))
        .first(tx.conn())?;
    booking::take_turns(tx, employee, practitioner)?;
    let locked = steps::lock(tx, id)?;
    let plan = locked.plan()?;
    if let Err(objection) = plan.judge_move(R::ACTOR, tx.now(), locked.notice()) {
        return Ok(Err(NotMoved::Step(objection)));
    }
    if locked.starts_at == start {
        return Ok(Ok(()));
    }
    if let Err(why) = R::horizon(tx, practitioner)? {
        return Ok(Err(why));
    }
    let from = Slot {
        starts_at: locked.starts_at,
        ends_at: locked.ends_at,
        blocked_until: locked.blocked_until,
    };
    let slot = match at(tx, practitioner, &from, start)? {
        Ok(slot) => slot,
        Err(refusal) => return Ok(Err(NotMoved::Slot(refusal))),
    };
    let place = match place(tx, practitioner, &locked, &slot, id) {
        Err(error) if error.is_constraint("consultations_room_free") => {
            return Ok(Err(NotMoved::Slot(Refusal::Taken)));
        }
        place => place?,
    };
    let status = match R::ACTOR {
        Actor::Practitioner => Status::Confirmed,
        Actor::Employee | Actor::System => plan.status,
    };
    diesel::update(consultations::table.find(id))
        .set((
            consultations::status.eq(status.as_str()),
            consultations::starts_at.eq(slot.starts_at),
            consultations::ends_at.eq(slot.ends_at),
            consultations::blocked_until.eq(slot.blocked_until),
            consultations::place_id.eq(place.as_ref().map(|place| place.place_id)),
            consultations::room_id.eq(place.as_ref().and_then(|place| place.room_id)),
        ))
        .execute(tx.conn())?;
    let event = steps::NewEvent {
        kind: "rescheduled",
        previous_starts_at: Some(locked.starts_at),
        reason: None,
    };
    steps::record(tx, id, locked.company_id, &event)?;
    if status != plan.status {
        steps::record(tx, id, locked.company_id, &steps::NewEvent::of("confirmed"))?;
    }
    let news = News::Rescheduled {
        from: locked.starts_at,
    };
    announce(tx, id, news)?;
    waitlist::ask_the_line(tx)?;
    Ok(Ok(()))
}
