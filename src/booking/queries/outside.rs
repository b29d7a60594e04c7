//! What is booked, beside the hours: for the calendar, and after a change of the hours.

use std::ops::Range;

use chrono::{DateTime, Days, TimeDelta, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    agenda::{settings, windows},
    exceptions::exceptions,
};
use crate::{
    booking::{
        hours::StoredException,
        model::{Format, Status},
        slots::Agenda,
    },
    infra::{actor::Practitioner, db::Tx, error::AppError, prepared::prepared},
    privacy::access::{self, What},
};

/// A consultation as the calendar shows it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Booked {
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
    /// Whom.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The place and room of an in-person one.
    #[diesel(sql_type = Nullable<Text>)]
    pub place: Option<String>,
    /// Whether the practitioner decided to keep it although it is outside the hours.
    #[diesel(sql_type = Bool)]
    pub kept: bool,
}

impl Booked {
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
}

/// The consultations that start in `range` and were not cancelled, in order, to be shown.
///
/// # Errors
/// The database's.
pub fn booked(
    tx: &mut Tx<Practitioner>,
    range: &Range<DateTime<Utc>>,
) -> Result<Vec<Booked>, AppError> {
    let booked = find(tx, range)?;
    record(tx, &booked);
    Ok(booked)
}

fn record(tx: &mut Tx<Practitioner>, shown: &[Booked]) {
    let shown = shown.iter().map(|booked| booked.id);
    access::record_of_consultations(tx, shown, What::ConsultationList);
}

fn find(tx: &mut Tx<Practitioner>, range: &Range<DateTime<Utc>>) -> Result<Vec<Booked>, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT c.id, c.status, c.format, c.starts_at, c.ends_at,
                coalesce(u.first_name || ' ' || u.last_name, '') AS name,
                p.name || coalesce(' · ' || r.name, '') AS place,
                k.consultation_id IS NOT NULL AS kept
         FROM consultations c
         LEFT JOIN users u ON u.id = c.employee_id
         LEFT JOIN places p ON p.id = c.place_id
         LEFT JOIN rooms r ON r.id = c.room_id
         LEFT JOIN kept_consultations k ON k.consultation_id = c.id AND k.starts_at = c.starts_at
         WHERE c.practitioner_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3 AND c.status <> 'cancelled'
         ORDER BY c.starts_at",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(range.start)
    .bind::<Timestamptz, _>(range.end)
    .load(tx.conn())?)
}

/// The appointments to come that lie outside the hours, those decided to be kept included, to be shown.
///
/// # Errors
/// The database's.
pub fn outside(tx: &mut Tx<Practitioner>) -> Result<Vec<Booked>, AppError> {
    let outside = find_outside(tx)?;
    record(tx, &outside);
    Ok(outside)
}

fn find_outside(tx: &mut Tx<Practitioner>) -> Result<Vec<Booked>, AppError> {
    let now = tx.now();
    let end = now + TimeDelta::days(2 * 366);
    let mut ahead = find(tx, &(now..end))?;
    ahead.retain(|booked| matches!(booked.status(), Ok(Status::Scheduled | Status::Confirmed)));
    let Some(last) = ahead.last() else {
        return Ok(ahead);
    };
    let settings = settings(tx)?.settings;
    let margin = Days::new(1);
    let first_day = now.date_naive() - margin;
    let days = first_day..last.ends_at.date_naive() + margin + margin;
    let agenda = Agenda {
        zone: settings.zone(),
        windows: windows(tx)?
            .iter()
            .filter_map(|window| window.draft.window())
            .collect(),
        exceptions: exceptions(tx, days)?
            .iter()
            .filter_map(StoredException::exception)
            .collect(),
        policy: settings.policy(),
    };
    ahead.retain(|booked| !agenda.covers(&(booked.starts_at..booked.ends_at)));
    Ok(ahead)
}

/// How many appointments to come lie outside the hours and wait for a decision.
///
/// # Errors
/// The database's.
pub fn undecided(tx: &mut Tx<Practitioner>) -> Result<usize, AppError> {
    Ok(find_outside(tx)?
        .iter()
        .filter(|booked| !booked.kept)
        .count())
}

/// Remembers that a consultation is kept where it is.
///
/// # Errors
/// `NotFound` for another's, and for one that is no longer ahead.
pub fn keep(tx: &mut Tx<Practitioner>, consultation: Uuid) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let kept = prepared(
        "INSERT INTO kept_consultations (consultation_id, practitioner_id, starts_at, kept_at)
         SELECT id, practitioner_id, starts_at, $1 FROM consultations
         WHERE id = $2 AND practitioner_id = $3 AND status IN ('scheduled', 'confirmed') AND starts_at > $4
         ON CONFLICT (consultation_id) DO UPDATE SET starts_at = EXCLUDED.starts_at, kept_at = EXCLUDED.kept_at",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(consultation)
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if kept == 0 {
        return Err(AppError::NotFound);
    }
    access::record_of_consultations(tx, [consultation], What::ConsultationChanged);
    Ok(())
}
