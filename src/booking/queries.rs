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
pub mod profile;
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
        prepared::{Prepared, prepared},
    },
    practitioners::model::Settings,
};

#[derive(QueryableByName)]
struct HoursRow {
    /// Absent for the employee's own consultations.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    practitioner_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<SmallInt>)]
    weekday: Option<i16>,
    #[diesel(sql_type = Nullable<Time>)]
    start_time: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Time>)]
    end_time: Option<NaiveTime>,
    /// A window's first date, an exception's only one.
    #[diesel(sql_type = Nullable<Date>)]
    first_day: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    last_day: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    every_weeks: Option<i16>,
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
            valid_from: self.first_day?,
            valid_until: self.last_day,
            recurrence: match self.every_weeks? {
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
            date: self.first_day?,
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

/// The hours of each practitioner.
#[derive(Default)]
struct HoursOf(HashMap<Uuid, DeclaredHours>);

impl HoursOf {
    fn add(&mut self, row: &HoursRow) {
        let Some(practitioner) = row.practitioner_id else {
            return;
        };
        let (windows, exceptions) = self.0.entry(practitioner).or_default();
        windows.extend(row.window());
        exceptions.extend(row.exception());
    }

    fn take(&mut self, practitioner: Uuid) -> DeclaredHours {
        self.0.remove(&practitioner).unwrap_or_default()
    }
}

/// The windows and exceptions of the practitioners `$1` that matter from the date `$2` to `$3`, with the
/// columns of a [`HoursRow`], and more that are empty here.
macro_rules! declared_hours {
    ($more:literal) => {
        concat!(
            "SELECT practitioner_id, 'window' AS kind, weekday, start_time, end_time,
                    valid_from AS first_day, valid_until AS last_day, every_weeks",
            $more,
            " FROM availability_windows
             WHERE practitioner_id = ANY ($1) AND valid_from <= $3 AND (valid_until >= $2 OR valid_until IS NULL)
             UNION ALL
             SELECT practitioner_id, kind, NULL, start_time, end_time, day, NULL, 1::smallint",
            $more,
            " FROM availability_exceptions WHERE practitioner_id = ANY ($1) AND day BETWEEN $2 AND $3"
        )
    };
}

fn of_days<'a>(
    sql: &'static str,
    practitioners: &'a [Uuid],
    days: &Range<NaiveDate>,
) -> Prepared<'a> {
    prepared(sql)
        .bind::<Array<SqlUuid>, _>(practitioners)
        .bind::<Date, _>(days.start)
        .bind::<Date, _>(days.end)
}

/// The windows and exceptions of practitioners that matter between two dates, in one query.
fn hours<R: ReadsHours>(
    tx: &mut Tx<R>,
    practitioners: &[Uuid],
    days: &Range<NaiveDate>,
) -> Result<HoursOf, AppError> {
    let rows: Vec<HoursRow> = of_days(declared_hours!(""), practitioners, days).load(tx.conn())?;
    let mut hours = HoursOf::default();
    for row in &rows {
        hours.add(row);
    }
    Ok(hours)
}

#[derive(QueryableByName)]
struct BusyRow {
    #[diesel(sql_type = SqlUuid)]
    practitioner_id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    blocked_until: DateTime<Utc>,
}

/// The practitioners' busy ranges.
#[derive(Default)]
struct BusyOf(HashMap<Uuid, Vec<Busy>>);

impl BusyOf {
    fn add(&mut self, practitioner: Uuid, busy: &Range<DateTime<Utc>>) {
        self.0.entry(practitioner).or_default().push(Busy {
            starts_at: busy.start,
            blocked_until: busy.end,
            is_consultation: true,
        });
    }

    fn take(&mut self, practitioner: Uuid) -> Vec<Busy> {
        self.0.remove(&practitioner).unwrap_or_default()
    }
}

/// A piece of a calendar: declared hours, or a range in which somebody is taken.
#[derive(QueryableByName)]
struct CalendarRow {
    #[diesel(embed)]
    hours: HoursRow,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    starts_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    until: Option<DateTime<Utc>>,
}

/// Everything that calendars are made of.
#[derive(Default)]
struct Pieces {
    hours: HoursOf,
    busy: BusyOf,
    own: Vec<Range<DateTime<Utc>>>,
}

/// The hours of the practitioners `$1`, as [`declared_hours!`], when they are taken, and when the employee `$7` is, at the moment
/// `$6`, from `$4` to `$5`, with the columns of a [`CalendarRow`]. What the employee holds, choosing something else
/// lets go.
macro_rules! pieces {
    () => {
        concat!(
            declared_hours!(", NULL::timestamptz AS starts_at, NULL::timestamptz AS until"),
            " UNION ALL
             SELECT practitioner_id, 'busy', NULL, NULL, NULL, NULL, NULL, NULL, starts_at, blocked_until
             FROM hz.busy_ranges_of($1, $4, $5, $6)
             UNION ALL
             SELECT NULL, 'busy', NULL, NULL, NULL, NULL, NULL, NULL, starts_at, ends_at FROM consultations
             WHERE employee_id = $7 AND starts_at < $5 AND ends_at > $4
               AND status IN ('held', 'scheduled', 'confirmed', 'in_progress') AND (status <> 'held' OR offered)"
        )
    };
}
use {declared_hours, pieces};

/// A statement over [`pieces!`], with its seven values bound.
fn of_pieces<'a>(
    tx: &Tx<Employee>,
    sql: &'static str,
    practitioners: &'a [Uuid],
    range: &Range<DateTime<Utc>>,
) -> Result<Prepared<'a>, AppError> {
    Ok(of_days(sql, practitioners, &local_days(range))
        .bind::<Timestamptz, _>(range.start)
        .bind::<Timestamptz, _>(range.end)
        .bind::<Timestamptz, _>(tx.now())
        .bind::<SqlUuid, _>(tx.user_id()?))
}

impl Pieces {
    fn add(&mut self, row: &CalendarRow) {
        match (row.starts_at.zip(row.until), row.hours.practitioner_id) {
            (Some((from, until)), Some(practitioner)) => {
                self.busy.add(practitioner, &(from..until));
            }
            (Some((from, until)), None) => self.own.push(from..until),
            (None, _) => self.hours.add(&row.hours),
        }
    }

    /// The practitioner's calendar for the employee; what is theirs is taken out.
    fn take(&mut self, practitioner: Uuid, settings: &Settings, now: DateTime<Utc>) -> Calendar {
        Calendar {
            agenda: agenda(settings, self.hours.take(practitioner)),
            busy: self.busy.take(practitioner),
            client_busy: self.own.clone(),
            now,
        }
    }
}

impl<'a> FromIterator<&'a CalendarRow> for Pieces {
    fn from_iter<I: IntoIterator<Item = &'a CalendarRow>>(rows: I) -> Self {
        let mut pieces = Self::default();
        for row in rows {
            pieces.add(row);
        }
        pieces
    }
}

/// The calendars of several practitioners for starts in `range`, in one query whatever their
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
            let reads = settings.policy().reads(range);
            all.start.min(reads.start)..all.end.max(reads.end)
        });
    let rows: Vec<CalendarRow> = of_pieces(tx, pieces!(), &ids, &reads)?.load(tx.conn())?;
    let mut pieces: Pieces = rows.iter().collect();
    let now = tx.now();
    Ok(practitioners
        .iter()
        .map(|(id, settings)| pieces.take(*id, settings, now))
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
