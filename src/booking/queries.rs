//! All the SQL of booking. Here: what a calendar is made of; the rest in its files.

pub mod agenda;
pub mod book;
pub mod deadlines;
pub mod exceptions;
pub mod holds;
pub mod limit;
pub mod openings;
pub mod outside;
pub mod places;
pub mod search;
pub mod series;
pub mod waitlist;

mod moves;

pub use moves::{OWN_HORIZON_DAYS, own_calendar, take_turns};

use std::{collections::HashMap, ops::Range};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Date, Nullable, SmallInt, Text, Time, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    calendar::Calendar,
    slots::{Agenda, Busy, DateException, ExceptionKind, Hours, Recurrence, Window},
};
use crate::{
    infra::{
        actor::{Employee, Practitioner, Worker},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    practitioners::model::Settings,
};

#[derive(QueryableByName)]
struct HoursRow {
    #[diesel(sql_type = SqlUuid)]
    practitioner_id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<SmallInt>)]
    weekday: Option<i16>,
    #[diesel(sql_type = Nullable<Time>)]
    start_time: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Time>)]
    end_time: Option<NaiveTime>,
    /// A window's first date, an exception's only one.
    #[diesel(sql_type = Date)]
    first_day: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    last_day: Option<NaiveDate>,
    #[diesel(sql_type = SmallInt)]
    every_weeks: i16,
}

impl HoursRow {
    fn hours(&self) -> Option<Hours> {
        Hours::new(self.start_time?, self.end_time?).ok()
    }

    fn window(&self) -> Option<Window> {
        let weekday = u8::try_from(self.weekday? - 1).ok()?;
        Some(Window {
            weekday: Weekday::try_from(weekday).ok()?,
            hours: self.hours()?,
            valid_from: self.first_day,
            valid_until: self.last_day,
            recurrence: match self.every_weeks {
                1 => Recurrence::Weekly,
                _ => Recurrence::EveryOtherWeek,
            },
        })
    }

    fn exception(&self) -> Option<DateException> {
        let kind = match self.kind.as_str() {
            "closed" => ExceptionKind::Closed(self.hours()),
            "open" => ExceptionKind::Open(self.hours()?),
            _ => return None,
        };
        Some(DateException {
            date: self.first_day,
            kind,
        })
    }
}

/// Who may read hours: of several practitioners, or their own.
trait ReadsHours {}
impl ReadsHours for Employee {}
impl ReadsHours for Worker {}
impl ReadsHours for Practitioner {}

/// What an agenda is made of, as it is declared.
type DeclaredHours = (Vec<Window>, Vec<DateException>);

/// The windows and exceptions of practitioners that matter between two dates, in one query.
fn hours<R: ReadsHours>(
    tx: &mut Tx<R>,
    practitioners: &[Uuid],
    days: &Range<NaiveDate>,
) -> Result<HashMap<Uuid, DeclaredHours>, AppError> {
    let rows: Vec<HoursRow> = prepared(
        "SELECT practitioner_id, 'window' AS kind, weekday, start_time, end_time,
                valid_from AS first_day, valid_until AS last_day, every_weeks
         FROM availability_windows
         WHERE practitioner_id = ANY ($1) AND valid_from <= $2 AND (valid_until >= $3 OR valid_until IS NULL)
         UNION ALL
         SELECT practitioner_id, kind, NULL, start_time, end_time, day, NULL, 1::smallint
         FROM availability_exceptions
         WHERE practitioner_id = ANY ($4) AND day BETWEEN $5 AND $6",
    )
    .bind::<Array<SqlUuid>, _>(practitioners)
    .bind::<Date, _>(days.end)
    .bind::<Date, _>(days.start)
    .bind::<Array<SqlUuid>, _>(practitioners)
    .bind::<Date, _>(days.start)
    .bind::<Date, _>(days.end)
    .load(tx.conn())?;
    let mut hours: HashMap<Uuid, DeclaredHours> = HashMap::with_capacity(practitioners.len());
    for row in rows {
        let (windows, exceptions) = hours.entry(row.practitioner_id).or_default();
        windows.extend(row.window());
        exceptions.extend(row.exception());
    }
    Ok(hours)
}

#[derive(QueryableByName)]
struct BusyRow {
    /// Absent for the employee's own consultations.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    practitioner_id: Option<Uuid>,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    until: DateTime<Utc>,
}

/// Everybody's busy ranges: the practitioners', and the employee's own.
#[derive(Default)]
struct BusyRanges {
    practitioners: HashMap<Uuid, Vec<Busy>>,
    own: Vec<Range<DateTime<Utc>>>,
}

impl BusyRanges {
    fn of(rows: Vec<BusyRow>) -> Self {
        let mut ranges = Self::default();
        for row in rows {
            match row.practitioner_id {
                Some(practitioner) => {
                    ranges
                        .practitioners
                        .entry(practitioner)
                        .or_default()
                        .push(Busy {
                            starts_at: row.starts_at,
                            blocked_until: row.until,
                            is_consultation: true,
                        });
                }
                None => ranges.own.push(row.starts_at..row.until),
            }
        }
        ranges
    }
}

fn busy_ranges(
    tx: &mut Tx<Employee>,
    practitioners: &[Uuid],
    range: &Range<DateTime<Utc>>,
) -> Result<BusyRanges, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    // What the employee holds, choosing something else lets go.
    let rows = prepared(
        "SELECT practitioner_id, starts_at, blocked_until AS until FROM hz.busy_ranges_of($1, $2, $3, $4)
         UNION ALL
         SELECT NULL, starts_at, ends_at FROM consultations
         WHERE employee_id = $5 AND starts_at < $3 AND ends_at > $2
           AND status IN ('held', 'scheduled', 'confirmed', 'in_progress') AND (status <> 'held' OR offered)",
    )
    .bind::<Array<SqlUuid>, _>(practitioners)
    .bind::<Timestamptz, _>(range.start)
    .bind::<Timestamptz, _>(range.end)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(me)
    .load(tx.conn())?;
    Ok(BusyRanges::of(rows))
}

/// The calendars of several practitioners for starts in `range`, in two queries whatever their
/// number.
///
/// # Errors
/// The database's.
pub fn calendars(
    tx: &mut Tx<Employee>,
    practitioners: &[(Uuid, &Settings)],
    range: &Range<DateTime<Utc>>,
) -> Result<Vec<Calendar>, AppError> {
    let ids: Vec<Uuid> = practitioners.iter().map(|(id, _)| *id).collect();
    let reads = practitioners
        .iter()
        .fold(range.clone(), |all, (_, settings)| {
            let reads = agenda(settings, Default::default()).reads(range);
            all.start.min(reads.start)..all.end.max(reads.end)
        });
    let mut hours = hours(tx, &ids, &local_days(&reads))?;
    let mut busy = busy_ranges(tx, &ids, &reads)?;
    let now = tx.now();
    Ok(practitioners
        .iter()
        .map(|(id, settings)| Calendar {
            agenda: agenda(settings, hours.remove(id).unwrap_or_default()),
            busy: busy.practitioners.remove(id).unwrap_or_default(),
            client_busy: busy.own.clone(),
            now,
        })
        .collect())
}

/// The calendar of one practitioner for starts in `range`.
///
/// # Errors
/// The database's.
pub fn calendar(
    tx: &mut Tx<Employee>,
    practitioner: Uuid,
    settings: &Settings,
    range: &Range<DateTime<Utc>>,
) -> Result<Calendar, AppError> {
    calendars(tx, &[(practitioner, settings)], range)?
        .pop()
        .ok_or(AppError::NotFound)
}

fn agenda(settings: &Settings, hours: DeclaredHours) -> Agenda {
    Agenda {
        zone: settings.zone(),
        windows: hours.0,
        exceptions: hours.1,
        policy: settings.policy(),
    }
}

/// The local dates, in any zone, that instants can fall on.
fn local_days(range: &Range<DateTime<Utc>>) -> Range<NaiveDate> {
    let margin = TimeDelta::days(1);
    (range.start - margin).date_naive()..(range.end + margin).date_naive()
}
