//! What becomes of an absence: contested, taken back, replaced by the times of those who met after all.

use diesel::{RunQueryDsl as _, prelude::*};
use uuid::Uuid;

use super::{
    Participant,
    steps::{self, NewEvent},
};
use crate::{
    booking::model::{Actor, Status},
    consultation::model::{Objection, Reason, Times},
    infra::{actor::Practitioner, db::Tx, error::AppError},
    notifications::{model::News, queries::announce},
    schema::consultations,
};

/// Contests the absence that the other reported, and says what happened instead.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn contest<R: Participant>(
    tx: &mut Tx<R>,
    id: Uuid,
    reason: &Reason,
) -> Result<Result<(), Objection>, AppError> {
    let now = tx.now();
    let locked = steps::lock(tx, id)?;
    if let Err(objection) = locked.absence()?.judge_contest(R::ACTOR, now) {
        return Ok(Err(objection));
    }
    diesel::update(consultations::table.find(id))
        .set(consultations::contested_at.eq(now))
        .execute(tx.conn())?;
    let event = NewEvent {
        reason: Some(reason),
        ..NewEvent::of("contested")
    };
    steps::record(tx, id, locked.company_id, &event)?;
    let news = match R::ACTOR {
        Actor::Employee => News::NoShowContested,
        Actor::Practitioner | Actor::System => News::AbsenceContested,
    };
    announce(tx, id, news)?;
    Ok(Ok(()))
}

/// Takes back the absence that one reported: the appointment is cancelled, by nobody and never late.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn withdraw<R: Participant>(
    tx: &mut Tx<R>,
    id: Uuid,
) -> Result<Result<(), Objection>, AppError> {
    let now = tx.now();
    let locked = steps::lock(tx, id)?;
    if let Err(objection) = locked.absence()?.judge_withdrawal(R::ACTOR, now) {
        return Ok(Err(objection));
    }
    diesel::update(consultations::table.find(id))
        .set((
            consultations::status.eq(Status::Cancelled.as_str()),
            consultations::cancelled_at.eq(now),
            consultations::absence_withdrawn_at.eq(now),
        ))
        .execute(tx.conn())?;
    let event = NewEvent::of("absence_withdrawn");
    steps::record(tx, id, locked.company_id, &event)?;
    announce(tx, id, News::AbsenceWithdrawn)?;
    Ok(Ok(()))
}

/// Writes down when the two met after all; the consultation is completed and counted, on the day it
/// ended.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn declare(
    tx: &mut Tx<Practitioner>,
    id: Uuid,
    times: Times,
) -> Result<Result<(), Objection>, AppError> {
    let now = tx.now();
    let locked = steps::lock(tx, id)?;
    if let Err(objection) = locked.absence()?.judge_declaration(now) {
        return Ok(Err(objection));
    }
    diesel::update(consultations::table.find(id))
        .set((
            consultations::status.eq(Status::Completed.as_str()),
            consultations::started_at.eq(times.started_at),
            consultations::ended_at.eq(times.ended_at),
        ))
        .execute(tx.conn())?;
    let event = NewEvent::of("times_declared");
    steps::record(tx, id, locked.company_id, &event)?;
    announce(tx, id, News::TimesDeclared)?;
    Ok(Ok(()))
}
