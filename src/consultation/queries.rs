//! All the SQL of consultations. Row policies narrow every query to the two participants.

pub mod absence;
pub mod durations;
pub mod forgotten;
pub mod home;
pub mod rescheduling;
pub mod room;
pub mod series;
pub mod steps;
pub mod suspended;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    prelude::*,
    sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::model::{Absence, Plan, duration::Times};
use crate::{
    booking::{
        model::{Actor, Format, Status},
        queries::book,
        slots::Slot,
    },
    infra::{
        actor::{Employee, Practitioner},
        db::Tx,
        envelope::{CannotRead, Confidant, Scope, Sealed},
        error::AppError,
        prepared::prepared,
    },
    notifications::queries::Announces,
    privacy::access::{self, What},
    schema::{consultation_events, consultations},
};

/// Where a consultation is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Waits for the practitioner; the employee sees it among the upcoming.
    ToConfirm,
    /// Ahead, or going on.
    Upcoming,
    /// Over, cancelled ones included.
    Past,
}

/// How many consultations each of the employee's lists holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, QueryableByName)]
pub struct Counts {
    /// Ahead or going on.
    #[diesel(sql_type = BigInt)]
    pub upcoming: i64,
    /// Over.
    #[diesel(sql_type = BigInt)]
    pub past: i64,
}

/// How many consultations the practitioner's lists of what is not over hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, QueryableByName)]
pub struct OpenCounts {
    /// Waiting for the practitioner.
    #[diesel(sql_type = BigInt)]
    pub to_confirm: i64,
    /// Ahead or going on, without those to confirm.
    #[diesel(sql_type = BigInt)]
    pub upcoming: i64,
}

/// A line of a list. The other participant is the one who is not reading.
#[derive(Clone, Debug, QueryableByName)]
pub struct Line {
    /// The consultation.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    format: String,
    /// Planned start.
    #[diesel(sql_type = Timestamptz)]
    pub starts_at: DateTime<Utc>,
    /// Planned end.
    #[diesel(sql_type = Timestamptz)]
    pub ends_at: DateTime<Utc>,
    /// Seconds, once completed.
    #[diesel(sql_type = Nullable<Integer>)]
    pub duration_seconds: Option<i32>,
    /// Cancelled with less than the notice.
    #[diesel(sql_type = Bool)]
    pub cancelled_late: bool,
    /// Until when the practitioner may confirm, while that is awaited.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub answer_by: Option<DateTime<Utc>>,
    /// Who the practitioner is.
    #[diesel(sql_type = SqlUuid)]
    pub practitioner_id: Uuid,
    /// The practitioner's title; empty for an employee.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The other's given name; empty when the other has left the directory.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The other's family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    /// The employee's company; empty for a practitioner.
    #[diesel(sql_type = Text)]
    pub company: String,
}

impl Line {
    /// Where it is in its life.
    ///
    /// # Errors
    /// A status that the state machine does not know.
    pub fn status(&self) -> Result<Status, AppError> {
        self.status.parse().map_err(AppError::internal)
    }

    /// How the two meet.
    ///
    /// # Errors
    /// A format that the model does not know.
    pub fn format(&self) -> Result<Format, AppError> {
        self.format.parse().map_err(AppError::internal)
    }

    /// What its hours and its status allow.
    ///
    /// # Errors
    /// Like [`Line::status`].
    pub fn plan(&self) -> Result<Plan, AppError> {
        Ok(Plan {
            status: self.status()?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
        })
    }
}

/// Selects the [`Counts`] of the employee `$1` at the moment `$2`.
macro_rules! employee_counts {
    () => {
        "SELECT upcoming, not_held - upcoming AS past
         FROM (SELECT count(*) FILTER (WHERE status = 'in_progress' OR ends_at > $2) AS upcoming,
                      (SELECT count(*) FROM consultations WHERE employee_id = $1 AND status <> 'held') AS not_held
               FROM consultations
               WHERE employee_id = $1 AND status IN ('scheduled', 'confirmed', 'in_progress')) counted"
    };
}

/// Selects the [`Line`]s of an employee, as far as and in the order that `$which` says.
macro_rules! employee_lines {
    ($which:literal) => {
        concat!(
            "SELECT c.id, c.status, c.format, c.starts_at, c.ends_at, c.duration_seconds, c.cancelled_late, c.practitioner_id,
                    CASE WHEN c.status = 'scheduled' THEN least(c.confirm_by, c.starts_at) END AS answer_by,
                    coalesce(p.title, '') AS title, coalesce(u.first_name, '') AS first_name,
                    coalesce(u.last_name, '') AS last_name, '' AS company
             FROM consultations c
             LEFT JOIN practitioners p ON p.user_id = c.practitioner_id
             LEFT JOIN users u ON u.id = c.practitioner_id
             ",
            $which
        )
    };
}

/// Selects the [`Line`]s of the employee `$1` that are ahead or going on at the moment `$2`, the next first: `$4` of
/// them after `$3`.
macro_rules! employee_upcoming {
    () => {
        employee_lines!(
            "WHERE c.employee_id = $1 AND c.status IN ('scheduled', 'confirmed', 'in_progress')
               AND (c.status = 'in_progress' OR c.ends_at > $2)
             ORDER BY c.starts_at OFFSET $3 LIMIT $4"
        )
    };
}
use {employee_counts, employee_lines, employee_upcoming};

/// How many consultations the employee has in each list.
///
/// # Errors
/// The database's.
pub fn counts_of_employee(tx: &mut Tx<Employee>) -> Result<Counts, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    Ok(prepared(employee_counts!())
        .bind::<SqlUuid, _>(me)
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?)
}

/// One page of the employee's consultations: the next first, or the last first.
///
/// # Errors
/// The database's.
pub fn lines_of_employee(
    tx: &mut Tx<Employee>,
    tab: Tab,
    offset: i64,
    limit: i64,
) -> Result<Vec<Line>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let query = match tab {
        Tab::Upcoming | Tab::ToConfirm => prepared(employee_upcoming!()),
        Tab::Past => prepared(employee_lines!(
            "WHERE c.employee_id = $1 AND c.status <> 'held' AND NOT (c.status = 'in_progress'
                   OR c.status IN ('scheduled', 'confirmed') AND c.ends_at > $2)
             ORDER BY c.starts_at DESC OFFSET $3 LIMIT $4"
        )),
    };
    Ok(query
        .bind::<SqlUuid, _>(me)
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(offset)
        .bind::<BigInt, _>(limit)
        .load(tx.conn())?)
}

/// How many of the practitioner's consultations are ahead, going on or to confirm. What is over is
/// not counted: that list grows for years, and these figures are on every visit's first page.
///
/// # Errors
/// The database's.
pub fn practitioner_counts(tx: &mut Tx<Practitioner>) -> Result<OpenCounts, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    Ok(prepared(
        "SELECT count(*) FILTER (WHERE status = 'scheduled' AND ends_at > $1) AS to_confirm,
                count(*) FILTER (WHERE status = 'in_progress' OR status = 'confirmed' AND ends_at > $1) AS upcoming
         FROM consultations
         WHERE practitioner_id = $2 AND status IN ('scheduled', 'confirmed', 'in_progress')",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(me)
    .get_result(tx.conn())?)
}

/// How many of the practitioner's consultations are over.
///
/// # Errors
/// The database's.
pub fn practitioner_past(tx: &mut Tx<Practitioner>, open: OpenCounts) -> Result<i64, AppError> {
    let me = tx.user_id()?;
    let all: i64 = consultations::table
        .filter(consultations::practitioner_id.eq(me))
        .filter(consultations::status.ne(Status::Held.as_str()))
        .count()
        .get_result(tx.conn())?;
    Ok(all - open.to_confirm - open.upcoming)
}

/// One page of the practitioner's consultations: the next first, or the last first.
///
/// # Errors
/// The database's.
pub fn practitioner_lines(
    tx: &mut Tx<Practitioner>,
    tab: Tab,
    offset: i64,
    limit: i64,
) -> Result<Vec<Line>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let query = match tab {
        Tab::ToConfirm => prepared(
            "SELECT c.id, c.status, c.format, c.starts_at, c.ends_at, c.duration_seconds, c.cancelled_late, c.practitioner_id,
                    CASE WHEN c.status = 'scheduled' THEN least(c.confirm_by, c.starts_at) END AS answer_by,
                    '' AS title, u.first_name, u.last_name, o.name AS company
             FROM consultations c JOIN users u ON u.id = c.employee_id JOIN companies o ON o.id = c.company_id
             WHERE c.practitioner_id = $1 AND c.status = 'scheduled' AND c.ends_at > $2
             ORDER BY c.starts_at OFFSET $3 LIMIT $4",
        ),
        Tab::Upcoming => prepared(
            "SELECT c.id, c.status, c.format, c.starts_at, c.ends_at, c.duration_seconds, c.cancelled_late, c.practitioner_id,
                    CASE WHEN c.status = 'scheduled' THEN least(c.confirm_by, c.starts_at) END AS answer_by,
                    '' AS title, u.first_name, u.last_name, o.name AS company
             FROM consultations c JOIN users u ON u.id = c.employee_id JOIN companies o ON o.id = c.company_id
             WHERE c.practitioner_id = $1 AND c.status IN ('confirmed', 'in_progress')
               AND (c.status = 'in_progress' OR c.ends_at > $2)
             ORDER BY c.starts_at OFFSET $3 LIMIT $4",
        ),
        Tab::Past => prepared(
            "SELECT c.id, c.status, c.format, c.starts_at, c.ends_at, c.duration_seconds, c.cancelled_late, c.practitioner_id,
                    CASE WHEN c.status = 'scheduled' THEN least(c.confirm_by, c.starts_at) END AS answer_by,
                    '' AS title, u.first_name, u.last_name, o.name AS company
             FROM consultations c JOIN users u ON u.id = c.employee_id JOIN companies o ON o.id = c.company_id
             WHERE c.practitioner_id = $1 AND c.status <> 'held' AND NOT (c.status = 'in_progress'
                   OR c.status IN ('scheduled', 'confirmed') AND c.ends_at > $2)
             ORDER BY c.starts_at DESC OFFSET $3 LIMIT $4",
        ),
    };
    let lines: Vec<Line> = query
        .bind::<SqlUuid, _>(me)
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(offset)
        .bind::<BigInt, _>(limit)
        .load(tx.conn())?;
    let shown = lines.iter().map(|line| line.id);
    access::record_of_consultations(tx, shown, What::ConsultationList);
    Ok(lines)
}

/// A consultation as one of its participants sees it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Details {
    /// What lists show of it.
    #[diesel(embed)]
    pub line: Line,
    /// Who the employee is.
    #[diesel(sql_type = SqlUuid)]
    pub employee_id: Uuid,
    /// When it was started.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub started_at: Option<DateTime<Utc>>,
    /// When it was ended.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ended_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    blocked_until: DateTime<Utc>,
    /// The notice that its company asks for, in hours.
    #[diesel(sql_type = Integer)]
    pub notice_hours: i32,
    /// When an absence was reported.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub absence_reported_at: Option<DateTime<Utc>>,
    /// When it was contested.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub contested_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub absence_withdrawn_at: Option<DateTime<Utc>>,
    /// What it was booked with, if with others.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub series_id: Option<Uuid>,
    /// `practitioners.specialty`; empty on the practitioner's own page.
    #[diesel(sql_type = Text)]
    pub specialty: String,
    /// The practitioner's portrait; none on their own page.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub portrait_id: Option<Uuid>,
    /// Where to meet in person.
    #[diesel(sql_type = Nullable<Text>)]
    pub address: Option<String>,
    /// What the employee wrote when booking.
    #[diesel(sql_type = Nullable<Binary>)]
    message_sealed: Option<Sealed>,
}

impl Details {
    /// What the employee wrote to the practitioner when booking, if anything; `Err` when it cannot be
    /// opened.
    pub fn message<R: Confidant>(&self, tx: &mut Tx<R>) -> Option<Result<String, CannotRead>> {
        let sealed = self.message_sealed.as_ref()?;
        Some(book::open_message(tx, self.line.id, sealed))
    }

    /// What decides which steps may be taken.
    ///
    /// # Errors
    /// A status that the state machine does not know.
    pub fn plan(&self) -> Result<Plan, AppError> {
        self.line.plan()
    }

    /// The place it takes in both calendars.
    pub fn slot(&self) -> Slot {
        Slot {
            starts_at: self.line.starts_at,
            ends_at: self.line.ends_at,
            blocked_until: self.blocked_until,
        }
    }

    /// The notice that its company asks for.
    pub fn notice(&self) -> TimeDelta {
        TimeDelta::hours(self.notice_hours.into())
    }

    /// The absence that was reported, if one was, even if it was taken back since. Before the moment was
    /// written down, it was the start.
    ///
    /// # Errors
    /// A status that the state machine does not know.
    pub fn absence(&self) -> Result<Option<Absence>, AppError> {
        let status = self.line.status()?;
        let said = Absence::absent(status).is_some() || self.absence_withdrawn_at.is_some();
        Ok(said.then(|| Absence {
            status,
            reported_at: self.absence_reported_at.unwrap_or(self.line.starts_at),
            contested_at: self.contested_at,
            withdrawn_at: self.absence_withdrawn_at,
        }))
    }
}

/// One of the employee's consultations.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn employee_details(tx: &mut Tx<Employee>, id: Uuid) -> Result<Details, AppError> {
    prepared(
        "SELECT c.id, c.status, c.format, c.starts_at, c.ends_at, c.duration_seconds, c.cancelled_late, c.practitioner_id,
                CASE WHEN c.status = 'scheduled' THEN least(c.confirm_by, c.starts_at) END AS answer_by,
                c.employee_id, c.blocked_until, c.started_at, c.ended_at, c.absence_reported_at, c.contested_at, c.absence_withdrawn_at,
                c.series_id, p.portrait_id,
                hz.cancellation_notice_hours(c.company_id) AS notice_hours, coalesce(p.title, '') AS title, coalesce(u.first_name, '') AS first_name,
                coalesce(u.last_name, '') AS last_name, '' AS company,
                coalesce(p.specialty, '') AS specialty, coalesce((
                    SELECT concat_ws(' · ', l.address, r.name, nullif(l.directions, ''))
                    FROM places l LEFT JOIN rooms r ON r.id = c.room_id WHERE l.id = c.place_id),
                    p.in_person_address) AS address,
                c.message_sealed
         FROM consultations c
         LEFT JOIN practitioners p ON p.user_id = c.practitioner_id
         LEFT JOIN users u ON u.id = c.practitioner_id
         WHERE c.id = $1 AND c.status <> 'held'",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}

/// One of the practitioner's consultations.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn practitioner_details(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<Details, AppError> {
    let details = prepared(
        "SELECT c.id, c.status, c.format, c.starts_at, c.ends_at, c.duration_seconds, c.cancelled_late, c.practitioner_id,
                CASE WHEN c.status = 'scheduled' THEN least(c.confirm_by, c.starts_at) END AS answer_by,
                c.employee_id, c.blocked_until, c.started_at, c.ended_at, c.absence_reported_at, c.contested_at, c.absence_withdrawn_at,
                c.series_id, NULL::uuid AS portrait_id,
                hz.cancellation_notice_hours(c.company_id) AS notice_hours, '' AS title, u.first_name, u.last_name, o.name AS company,
                '' AS specialty, coalesce((
                    SELECT concat_ws(' · ', l.address, r.name, nullif(l.directions, ''))
                    FROM places l LEFT JOIN rooms r ON r.id = c.room_id WHERE l.id = c.place_id),
                    p.in_person_address) AS address,
                c.message_sealed
         FROM consultations c
         JOIN users u ON u.id = c.employee_id
         JOIN companies o ON o.id = c.company_id
         JOIN practitioners p ON p.user_id = c.practitioner_id
         WHERE c.id = $1 AND c.status <> 'held'",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)?;
    access::record_of_consultations(tx, [id], What::Consultation);
    Ok(details)
}

/// A line of a consultation's history.
#[derive(Clone, Debug)]
pub struct Event {
    /// `consultation_events.kind`.
    pub kind: String,
    /// Absent when the system acted.
    pub actor_id: Option<Uuid>,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// The start that was left, for a move.
    pub previous_starts_at: Option<DateTime<Utc>>,
    /// The declared times before, for a correction.
    pub previous_times: Option<Times>,
    /// What the one who acted wrote to the other.
    pub reason: Option<Result<String, CannotRead>>,
}

type EventRow = (
    Uuid,
    String,
    Option<Uuid>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    Option<Sealed>,
);

/// The roles that take part in consultations.
pub trait Participant: Announces + Confidant + Sized {
    /// As the state machine calls it.
    const ACTOR: Actor;

    /// One of the participant's consultations.
    ///
    /// # Errors
    /// `NotFound` for anybody else's.
    fn details(tx: &mut Tx<Self>, id: Uuid) -> Result<Details, AppError>;
}

impl Participant for Employee {
    const ACTOR: Actor = Actor::Employee;

    fn details(tx: &mut Tx<Self>, id: Uuid) -> Result<Details, AppError> {
        employee_details(tx, id)
    }
}

impl Participant for Practitioner {
    const ACTOR: Actor = Actor::Practitioner;

    fn details(tx: &mut Tx<Self>, id: Uuid) -> Result<Details, AppError> {
        practitioner_details(tx, id)
    }
}

/// The history of a consultation, oldest first.
///
/// # Errors
/// The database's.
pub fn history<R: Participant>(tx: &mut Tx<R>, id: Uuid) -> Result<Vec<Event>, AppError> {
    let rows: Vec<EventRow> = consultation_events::table
        .filter(consultation_events::consultation_id.eq(id))
        .order((consultation_events::occurred_at, consultation_events::id))
        .select((
            consultation_events::id,
            consultation_events::kind,
            consultation_events::actor_id,
            consultation_events::occurred_at,
            consultation_events::previous_starts_at,
            (
                consultation_events::previous_started_at,
                consultation_events::previous_ended_at,
            ),
            consultation_events::reason_sealed,
        ))
        .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(
            |(row, kind, actor_id, occurred_at, previous_starts_at, (from, until), sealed)| Event {
                kind,
                actor_id,
                occurred_at,
                previous_starts_at,
                previous_times: from.zip(until).map(|(started_at, ended_at)| Times {
                    started_at,
                    ended_at,
                }),
                reason: sealed
                    .map(|sealed| tx.open(Scope::Consultation(id), steps::reason_of(row), &sealed)),
            },
        )
        .collect())
}
