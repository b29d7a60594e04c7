//! All the SQL of booking: what a calendar is made of, and the booking itself.

use std::{collections::HashMap, ops::Range};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    prelude::*,
    sql_types::{
        Array, BigInt, Bool, Date, Nullable, SmallInt, Text, Time, Timestamptz, Uuid as SqlUuid,
    },
};
use uuid::Uuid;

use super::{
    calendar::{self, Calendar},
    model::{Format, Status},
    slots::{Agenda, Busy, DateException, ExceptionKind, Hours, Recurrence, Refusal, Slot, Window},
};
use crate::{
    infra::{actor::Employee, db::Tx, error::AppError, prepared::prepared},
    notifications::{self, model::News},
    practitioners::{
        self,
        model::{Formats, Settings},
        queries::{Candidate, Criteria},
    },
    schema::{consultation_events, consultations},
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

/// What an agenda is made of, as it is declared.
type DeclaredHours = (Vec<Window>, Vec<DateException>);

/// The windows and exceptions of practitioners that matter between two dates, in one query.
fn hours(
    tx: &mut Tx<Employee>,
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
    let me = tx.user_id()?;
    let rows = prepared(
        "SELECT practitioner_id, starts_at, blocked_until AS until FROM hz.busy_ranges_of($1, $2, $3)
         UNION ALL
         SELECT NULL, starts_at, ends_at FROM consultations
         WHERE employee_id = $4 AND starts_at < $5 AND ends_at > $6
           AND status IN ('held', 'scheduled', 'confirmed', 'in_progress')",
    )
    .bind::<Array<SqlUuid>, _>(practitioners)
    .bind::<Timestamptz, _>(range.start)
    .bind::<Timestamptz, _>(range.end)
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(range.end)
    .bind::<Timestamptz, _>(range.start)
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

/// A practitioner who fits a search, with the first free slots.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who.
    pub candidate: Candidate,
    /// The first free slots of the period, for this employee.
    pub slots: Vec<Slot>,
    /// The biography; read for the page shown only.
    pub bio: String,
}

/// Slots shown with a result.
pub const SLOTS_FOUND: usize = 3;

/// Everybody who fits, the soonest available first, then by name. A fixed number of queries,
/// whatever the number of practitioners.
///
/// # Errors
/// The database's.
pub fn search(
    tx: &mut Tx<Employee>,
    criteria: Criteria,
    fits: impl Fn(&Candidate) -> bool,
    period: TimeDelta,
) -> Result<Vec<Found>, AppError> {
    let candidates = practitioners::queries::directory(tx, criteria)?;
    let mut found: Vec<Found> = candidates
        .into_iter()
        .filter(|candidate| fits(candidate))
        .map(|candidate| Found {
            candidate,
            slots: Vec::new(),
            bio: String::new(),
        })
        .collect();
    let range = tx.now()..tx.now() + period;
    let bookable: Vec<(Uuid, &Settings)> = found
        .iter()
        .filter(|found| found.candidate.takes_me)
        .map(|found| (found.candidate.user_id, &found.candidate.settings))
        .collect();
    let calendars = calendars(tx, &bookable, &range)?;
    let bookable = found.iter_mut().filter(|found| found.candidate.takes_me);
    for (found, calendar) in bookable.zip(calendars) {
        found.slots = calendar.first_slots(range.clone(), SLOTS_FOUND);
    }
    found.sort_by_key(|found| {
        let first = found.slots.first();
        first.map_or(DateTime::<Utc>::MAX_UTC, |slot| slot.starts_at)
    });
    Ok(found)
}

/// One page of a search, with its biographies.
///
/// # Errors
/// The database's.
pub fn page_of(
    tx: &mut Tx<Employee>,
    found: Vec<Found>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Found>, AppError> {
    let (offset, limit) = (
        usize::try_from(offset).unwrap_or(0),
        usize::try_from(limit).unwrap_or(0),
    );
    let mut page: Vec<Found> = found.into_iter().skip(offset).take(limit).collect();
    let ids: Vec<Uuid> = page.iter().map(|found| found.candidate.user_id).collect();
    let mut texts: HashMap<Uuid, String> = practitioners::queries::biographies(tx, &ids)?
        .into_iter()
        .collect();
    for found in &mut page {
        found.bio = texts.remove(&found.candidate.user_id).unwrap_or_default();
    }
    Ok(page)
}

/// What an employee asks for with the confirmation's button.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// With whom.
    pub practitioner_id: Uuid,
    /// The start the page offered.
    pub start: DateTime<Utc>,
    /// How to meet.
    pub format: Format,
    /// The form's own key: the same form sent twice books once.
    pub request_key: Uuid,
}

/// Why nothing was booked.
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
}

impl NotBooked {
    /// What a constraint of the table says when it is the one to refuse.
    pub fn by_constraint(error: &AppError) -> Option<Self> {
        let AppError::Constraint(name) = error else {
            return None;
        };
        match name.as_str() {
            // The request's own row is there, or its slot: whoever asks looks it up.
            "consultations_practitioner_free" | "consultations_request" => {
                Some(Self::Slot(Refusal::Taken))
            }
            "consultations_employee_free" => Some(Self::Slot(Refusal::OwnConflict)),
            _ => None,
        }
    }
}

#[derive(QueryableByName)]
struct Terms {
    #[diesel(embed)]
    settings: Settings,
    #[diesel(embed)]
    formats: Formats,
    #[diesel(sql_type = Bool)]
    takes_me: bool,
    #[diesel(sql_type = Bool)]
    company_active: bool,
}

/// A lock number for a person's turn.
fn turn(person: Uuid) -> i64 {
    let (high, low) = person.as_u64_pair();
    (high ^ low).cast_signed()
}

/// Reads what the booking depends on once this employee and this practitioner have no other booking
/// under way. The constraints would let only one win anyway; taking turns, always the employee's
/// first, spares the losers a deadlock and lets them be told what is still free.
fn terms(tx: &mut Tx<Employee>, practitioner: Uuid) -> Result<Terms, AppError> {
    let me = tx.user_id()?;
    prepared(
        "SELECT p.timezone, p.slot_minutes, p.buffer_minutes, p.minimum_notice_hours, p.horizon_days, p.daily_maximum,
                p.offers_video, p.offers_audio, p.offers_in_person,
                p.accepting_new_clients OR EXISTS (
                    SELECT FROM consultations c
                    WHERE c.employee_id = $1 AND c.practitioner_id = p.user_id
                      AND c.status NOT IN ('held', 'cancelled')) AS takes_me,
                EXISTS (SELECT FROM companies c WHERE c.status = 'active') AS company_active,
                pg_advisory_xact_lock($2) AS employees_turn, pg_advisory_xact_lock($3) AS practitioners_turn
         FROM practitioners p JOIN users u ON u.id = p.user_id
         WHERE u.status = 'active' AND p.user_id = $4",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<BigInt, _>(turn(me))
    .bind::<BigInt, _>(turn(practitioner))
    .bind::<SqlUuid, _>(practitioner)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}

/// Books, or says why not: the engine that made the page judges again, in the transaction.
///
/// # Errors
/// `NotFound` outside the directory; `Constraint` when somebody was faster than the turn-taking.
pub fn book(tx: &mut Tx<Employee>, request: &Request) -> Result<Result<Uuid, NotBooked>, AppError> {
    let terms = terms(tx, request.practitioner_id)?;
    if !terms.company_active {
        return Ok(Err(NotBooked::CompanySuspended));
    }
    if !terms.takes_me {
        return Ok(Err(NotBooked::NoNewClients));
    }
    if !terms.formats.offers(request.format) {
        return Ok(Err(NotBooked::FormatNotOffered));
    }
    let at_start = request.start..request.start + TimeDelta::seconds(1);
    let calendar = calendar(tx, request.practitioner_id, &terms.settings, &at_start)?;
    match calendar.offers(request.start) {
        Ok(slot) => Ok(Ok(insert(tx, request, slot)?)),
        Err(refusal) => Ok(Err(NotBooked::Slot(refusal))),
    }
}

fn insert(tx: &mut Tx<Employee>, request: &Request, slot: Slot) -> Result<Uuid, AppError> {
    let id = Uuid::new_v4();
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    diesel::insert_into(consultations::table)
        .values((
            consultations::id.eq(id),
            consultations::company_id.eq(company),
            consultations::employee_id.eq(me),
            consultations::practitioner_id.eq(request.practitioner_id),
            consultations::format.eq(request.format.as_str()),
            consultations::status.eq(Status::Scheduled.as_str()),
            consultations::starts_at.eq(slot.starts_at),
            consultations::ends_at.eq(slot.ends_at),
            consultations::blocked_until.eq(slot.blocked_until),
            consultations::request_key.eq(request.request_key),
        ))
        .execute(tx.conn())?;
    diesel::insert_into(consultation_events::table)
        .values((
            consultation_events::consultation_id.eq(id),
            consultation_events::company_id.eq(company),
            consultation_events::kind.eq("scheduled"),
            consultation_events::actor_id.eq(me),
            consultation_events::occurred_at.eq(now),
        ))
        .execute(tx.conn())?;
    notifications::queries::announce(tx, id, News::Booked)?;
    Ok(id)
}

/// What the same form booked before.
///
/// # Errors
/// The database's.
pub fn booked_by_request(
    tx: &mut Tx<Employee>,
    request_key: Uuid,
) -> Result<Option<Uuid>, AppError> {
    let me = tx.user_id()?;
    Ok(consultations::table
        .filter(consultations::employee_id.eq(me))
        .filter(consultations::request_key.eq(request_key))
        .select(consultations::id)
        .first(tx.conn())
        .optional()?)
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
    let range = calendar::around(wanted, tx.now(), settings.horizon_days());
    Ok(calendar(tx, practitioner, settings, &range)?.alternatives(wanted))
}
