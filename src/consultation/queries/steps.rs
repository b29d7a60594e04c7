//! Taking a step: judged on the locked row, written with its event, told to both.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    prelude::*,
    sql_types::{Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::Participant;
use crate::{
    booking::{
        model::{Format, Status},
        queries::waitlist,
    },
    consultation::model::{Absence, Objection, Plan, Reason, Step},
    infra::{
        db::Tx,
        envelope::{Field, Scope},
        error::AppError,
        live::{self, Topic},
        prepared::prepared,
    },
    notifications::{model::News, queries::announce},
    privacy::access::{self, What},
    schema::{consultation_events, consultations},
};

/// A consultation that nobody else changes until the transaction ends.
#[derive(QueryableByName)]
pub(super) struct Locked {
    #[diesel(sql_type = SqlUuid)]
    pub(super) company_id: Uuid,
    #[diesel(sql_type = Text)]
    format: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Timestamptz)]
    pub(super) starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub(super) ends_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub(super) blocked_until: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    started_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    absence_reported_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    contested_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    absence_withdrawn_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Integer)]
    notice_hours: i32,
}

impl Locked {
    pub(super) fn status(&self) -> Result<Status, AppError> {
        self.status.parse().map_err(AppError::internal)
    }

    pub(super) fn format(&self) -> Result<Format, AppError> {
        self.format.parse().map_err(AppError::internal)
    }

    pub(super) fn plan(&self) -> Result<Plan, AppError> {
        Ok(Plan {
            status: self.status()?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
        })
    }

    /// The absence that was reported, or would be if one had been: its status tells.
    pub(super) fn absence(&self) -> Result<Absence, AppError> {
        Ok(Absence {
            status: self.status()?,
            reported_at: self.absence_reported_at.unwrap_or(self.starts_at),
            contested_at: self.contested_at,
            withdrawn_at: self.absence_withdrawn_at,
        })
    }

    pub(super) fn notice(&self) -> TimeDelta {
        TimeDelta::hours(self.notice_hours.into())
    }
}

/// Locks one of the participant's consultations.
pub(super) fn lock<R: Participant>(tx: &mut Tx<R>, id: Uuid) -> Result<Locked, AppError> {
    prepared(
        "SELECT company_id, format, status, starts_at, ends_at, blocked_until, started_at,
                absence_reported_at, contested_at, absence_withdrawn_at,
                hz.cancellation_notice_hours(company_id) AS notice_hours
         FROM consultations WHERE id = $1 AND status <> 'held' FOR UPDATE",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}

/// What is written down of a step.
pub(super) struct NewEvent<'a> {
    pub(super) kind: &'static str,
    /// The start that was left, for a move.
    pub(super) previous_starts_at: Option<DateTime<Utc>>,
    /// What the one who acted writes to the other.
    pub(super) reason: Option<&'a Reason>,
}

impl NewEvent<'_> {
    pub(super) fn of(kind: &'static str) -> Self {
        Self {
            kind,
            previous_starts_at: None,
            reason: None,
        }
    }
}

/// Where the reason of an event is kept.
pub(super) fn reason_of(event: Uuid) -> Field {
    Field {
        table: "consultation_events",
        column: "reason_sealed",
        row: event,
    }
}

/// Writes down what the participant did, now.
pub(super) fn record<R: Participant>(
    tx: &mut Tx<R>,
    id: Uuid,
    company: Uuid,
    event: &NewEvent<'_>,
) -> Result<(), AppError> {
    let (me, now, row) = (tx.user_id()?, tx.now(), Uuid::new_v4());
    let sealed = event
        .reason
        .map(|reason| tx.seal(Scope::Consultation(id), reason_of(row), reason.as_str()))
        .transpose()?;
    diesel::insert_into(consultation_events::table)
        .values((
            consultation_events::id.eq(row),
            consultation_events::reason_sealed.eq(sealed),
            consultation_events::consultation_id.eq(id),
            consultation_events::company_id.eq(company),
            consultation_events::kind.eq(event.kind),
            consultation_events::actor_id.eq(me),
            consultation_events::occurred_at.eq(now),
            consultation_events::previous_starts_at.eq(event.previous_starts_at),
        ))
        .execute(tx.conn())?;
    access::record_of_consultations(tx, [id], What::ConsultationChanged);
    Ok(())
}

/// Takes a step: judges it on the locked row, moves the status, writes the event, and tells both.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn take_step<R: Participant>(
    tx: &mut Tx<R>,
    id: Uuid,
    step: Step,
    reason: Option<&Reason>,
) -> Result<Result<(), Objection>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let locked = lock(tx, id)?;
    let target = match locked.plan()?.judge(step, R::ACTOR, now) {
        Ok(target) => target,
        Err(objection) => return Ok(Err(objection)),
    };
    let row = diesel::update(consultations::table.find(id));
    let status = consultations::status.eq(target.as_str());
    match step {
        Step::Confirm => row.set(status).execute(tx.conn())?,
        Step::Start => row
            .set((status, consultations::started_at.eq(now)))
            .execute(tx.conn())?,
        Step::End => {
            // Two servers' clocks may differ by more than a very short consultation.
            let ended = locked.started_at.map_or(now, |started| now.max(started));
            row.set((status, consultations::ended_at.eq(ended)))
                .execute(tx.conn())?
        }
        Step::Cancel => row
            .set((
                status,
                consultations::cancelled_at.eq(now),
                consultations::cancelled_by.eq(me),
            ))
            .execute(tx.conn())?,
        Step::ReportNoShow | Step::ReportAbsence => row
            .set((status, consultations::absence_reported_at.eq(now)))
            .execute(tx.conn())?,
    };
    let event = NewEvent {
        reason,
        ..NewEvent::of(step.event())
    };
    record(tx, id, locked.company_id, &event)?;
    match step {
        Step::Confirm => announce(tx, id, News::Confirmed)?,
        Step::Cancel => {
            announce(tx, id, News::Cancelled)?;
            waitlist::ask_the_line(tx)?;
        }
        Step::ReportNoShow => announce(tx, id, News::NoShow)?,
        Step::ReportAbsence => announce(tx, id, News::PractitionerAbsent)?,
        Step::Start | Step::End => {}
    }
    // Whoever has the page open sees it change.
    live::notify(tx, Topic(id), "room.changed", id);
    Ok(Ok(()))
}
