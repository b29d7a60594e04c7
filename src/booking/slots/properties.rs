//! The engine against a slow, obvious reference, on generated agendas around clock changes.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::tests::{PARIS, date};
use super::*;

/// Every quantity of the generated agendas is a multiple of this, clock changes included: looking
/// at one instant in ten minutes is looking at all of them.
const TICK: TimeDelta = TimeDelta::minutes(10);

fn ticks(from: DateTime<Utc>, until: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    std::iter::successors(Some(from), |instant| Some(*instant + TICK))
        .take_while(move |instant| *instant < until)
}

/// What the agenda says, instant by instant, without any of the engine's short cuts.
struct Reference<'a> {
    agenda: &'a Agenda,
    length: TimeDelta,
    step: TimeDelta,
}

/// Counts the weeks back to the one of the anchor.
fn is_even_week(window: &Window, mut date: NaiveDate) -> bool {
    let mut is_even = true;
    while date.iso_week() != window.valid_from.iso_week() {
        date -= TimeDelta::weeks(1);
        is_even = !is_even;
    }
    is_even
}

fn overlapping_pair(hours: &[Hours]) -> Option<(usize, usize)> {
    let pairs = (0..hours.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    let mut pairs = pairs.filter(|(a, b)| hours[*a].overlaps(hours[*b]));
    pairs.next()
}

/// The hours from one second of the day to another.
fn seconds(from: u32, until: u32) -> Hours {
    let time = |second: u32| NaiveTime::from_num_seconds_from_midnight_opt(second % 86_400, 0);
    Hours::new(time(from).expect("a time"), time(until).expect("a time"))
        .expect("an end after the start")
}

impl<'a> Reference<'a> {
    fn new(agenda: &'a Agenda) -> Self {
        let length = TimeDelta::minutes(agenda.policy.slot_minutes.into());
        let step = length + TimeDelta::minutes(agenda.policy.buffer_minutes.into());
        Self {
            agenda,
            length,
            step,
        }
    }

    fn open_hours(&self, date: NaiveDate) -> Vec<Hours> {
        let mut hours: Vec<Hours> = Vec::new();
        for exception in &self.agenda.exceptions {
            if let (true, ExceptionKind::Open(open)) = (exception.date == date, exception.kind) {
                hours.push(open);
            }
        }
        if hours.is_empty() {
            for window in &self.agenda.windows {
                let valid = window.weekday == date.weekday()
                    && window.valid_from <= date
                    && window.valid_until.is_none_or(|last| date <= last);
                if valid && (window.recurrence == Recurrence::Weekly || is_even_week(window, date))
                {
                    hours.push(window.hours);
                }
            }
        }
        // Two that overlap become one, until none do.
        while let Some((a, b)) = overlapping_pair(&hours) {
            let (second, first) = (hours.remove(b), hours.remove(a));
            let from = first.from_second().min(second.from_second());
            hours.push(seconds(
                from,
                first.until_second().max(second.until_second()),
            ));
        }
        hours.sort();
        hours
    }

    fn is_closed(&self, instant: DateTime<Utc>) -> bool {
        let local = instant.with_timezone(&self.agenda.zone);
        let second = local.num_seconds_from_midnight();
        self.agenda.exceptions.iter().any(|exception| {
            exception.date == local.date_naive()
                && match exception.kind {
                    ExceptionKind::Open(_) => false,
                    ExceptionKind::Closed(None) => true,
                    ExceptionKind::Closed(Some(hours)) => {
                        (hours.from_second()..hours.until_second()).contains(&second)
                    }
                }
        })
    }

    /// The windows, by rank in their day, of which this instant is a start.
    fn windows_starting(
        &self,
        instant: DateTime<Utc>,
        open: &BTreeMap<NaiveDate, Vec<Hours>>,
    ) -> Vec<(NaiveDate, usize)> {
        let zone = self.agenda.zone;
        let local = instant.with_timezone(&zone);
        let date = local.date_naive();
        let step = u32::try_from(self.step.num_seconds()).expect("positive");
        let mut windows = Vec::new();
        for (rank, hours) in open[&date].iter().enumerate() {
            let second = local.num_seconds_from_midnight();
            let on_grid = second
                .checked_sub(hours.from_second())
                .is_some_and(|since| since.is_multiple_of(step));
            let fits = || {
                ticks(instant, instant + self.length).all(|instant| {
                    let local = instant.with_timezone(&zone);
                    local.date_naive() == date
                        && (hours.from_second()..hours.until_second())
                            .contains(&local.num_seconds_from_midnight())
                        && !self.is_closed(instant)
                })
            };
            let exists_once = || {
                let local = zone.from_local_datetime(&local.naive_local());
                local.single().is_some()
            };
            if on_grid && exists_once() && fits() {
                windows.push((date, rank));
            }
        }
        windows
    }

    fn free_slots(&self, range: Range<DateTime<Utc>>, situation: &Situation<'_>) -> Vec<Slot> {
        let zone = self.agenda.zone;
        let policy = &self.agenda.policy;
        let local_date = |instant: DateTime<Utc>| instant.with_timezone(&zone).date_naive();
        let before = range.start - TimeDelta::days(2);
        let dates = local_date(before)
            .iter_days()
            .take_while(|date| *date <= local_date(range.end));
        let open = dates.map(|date| (date, self.open_hours(date))).collect();
        let candidates: Vec<(DateTime<Utc>, (NaiveDate, usize))> = ticks(before, range.end)
            .flat_map(|instant| {
                self.windows_starting(instant, &open)
                    .into_iter()
                    .map(move |window| (instant, window))
            })
            .collect();
        let mut slots = Vec::new();
        for (start, window) in &candidates {
            let slot = Slot {
                starts_at: *start,
                ends_at: *start + self.length,
                blocked_until: *start + self.step,
            };
            // In the order of days, windows and starts.
            let waits = candidates
                .iter()
                .any(|(other, of)| (of, other) < (window, start) && *other + self.step > *start);
            let date = local_date(*start);
            let of_the_day =
                |busy: &&Busy| busy.is_consultation && local_date(busy.starts_at) == date;
            let booked = situation.busy.iter().filter(of_the_day).count();
            let last_date = local_date(situation.now) + TimeDelta::days(policy.horizon_days.into());
            if range.contains(start)
                && !waits
                && *start >= situation.now + TimeDelta::hours(policy.min_notice_hours.into())
                && date <= last_date
                && policy
                    .daily_maximum
                    .is_none_or(|maximum| booked < usize::from(maximum))
                && !situation.busy.iter().any(|busy| {
                    busy.starts_at < slot.blocked_until && slot.starts_at < busy.blocked_until
                })
                && !situation
                    .client_busy
                    .iter()
                    .any(|client| client.start < slot.ends_at && slot.starts_at < client.end)
            {
                slots.push(slot);
            }
        }
        slots
    }
}

/// A generated question.
#[derive(Clone, Debug)]
struct Case {
    agenda: Agenda,
    range: Range<DateTime<Utc>>,
    now: DateTime<Utc>,
    busy: Vec<Busy>,
    client_busy: Vec<Range<DateTime<Utc>>>,
}

impl Case {
    fn situation(&self) -> Situation<'_> {
        Situation {
            now: self.now,
            busy: &self.busy,
            client_busy: &self.client_busy,
        }
    }
}

/// Clock changes, both ways, and one ordinary date.
fn places() -> impl Strategy<Value = (Tz, NaiveDate)> {
    use chrono_tz::{Africa::Casablanca, America::New_York, Australia::Lord_Howe};
    let places = [
        (PARIS, "2026-03-29"),
        (PARIS, "2026-10-25"),
        (New_York, "2026-03-08"),
        (New_York, "2026-11-01"),
        (Lord_Howe, "2026-04-05"),
        (Lord_Howe, "2026-10-04"),
        (Casablanca, "2026-02-15"),
        (Casablanca, "2026-03-22"),
        (PARIS, "2026-11-20"),
    ];
    prop::sample::select(places.map(|(zone, text)| (zone, date(text))).to_vec())
}

/// Half of them at night, when clocks change.
fn any_hours() -> impl Strategy<Value = Hours> {
    let start = prop_oneof![0..30_u32, 0..143_u32];
    (start, 1..36_u32)
        .prop_map(|(start, length)| seconds(start * 600, (start + length).min(144) * 600))
}

/// Windows fall on the three days around `center` so that few are generated for nothing.
fn any_window(center: NaiveDate) -> impl Strategy<Value = Window> {
    let recurrence = prop::sample::select(&[Recurrence::Weekly, Recurrence::EveryOtherWeek][..]);
    (
        -1..2_i64,
        any_hours(),
        -20..3_i64,
        prop::option::weighted(0.2, 0..9_i64),
        recurrence,
    )
        .prop_map(move |(day, hours, from, until, recurrence)| Window {
            weekday: (center + TimeDelta::days(day)).weekday(),
            hours,
            valid_from: center + TimeDelta::days(from),
            valid_until: until.map(|days| center + TimeDelta::days(days - 2)),
            recurrence,
        })
}

fn any_exception(center: NaiveDate) -> impl Strategy<Value = DateException> {
    let kind = prop_oneof![
        1 => Just(ExceptionKind::Closed(None)),
        3 => any_hours().prop_map(|hours| ExceptionKind::Closed(Some(hours))),
        3 => any_hours().prop_map(ExceptionKind::Open),
    ];
    (-1..2_i64, kind).prop_map(move |(day, kind)| DateException {
        date: center + TimeDelta::days(day),
        kind,
    })
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let slot = prop::sample::select(&[20_u16, 50, 60, 90, 150][..]);
    let buffer = prop::sample::select(&[0_u16, 10, 30, 120][..]);
    let notice = prop::sample::select(&[0_u16, 12, 48][..]);
    (
        slot,
        buffer,
        notice,
        0..8_u16,
        prop::option::weighted(0.3, 0..3_u16),
    )
        .prop_map(
            |(slot_minutes, buffer_minutes, min_notice_hours, horizon_days, daily_maximum)| {
                Policy {
                    slot_minutes,
                    buffer_minutes,
                    min_notice_hours,
                    horizon_days: horizon_days.max(1) * 2,
                    daily_maximum,
                }
            },
        )
}

/// Ranges of up to four hours around noon UTC of `center`, in ticks.
fn any_range(center: DateTime<Utc>) -> impl Strategy<Value = Range<DateTime<Utc>>> {
    (-216..216_i32, 1..24_i32).prop_map(move |(from, length)| {
        let from = center + TICK * from;
        from..from + TICK * length
    })
}

fn any_case() -> impl Strategy<Value = Case> {
    places().prop_flat_map(|(zone, center)| {
        let noon = center
            .and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon"))
            .and_utc();
        let agenda = (
            prop::collection::vec(any_window(center), 1..5),
            prop::collection::vec(any_exception(center), 0..4),
            any_policy(),
        );
        let busy = (any_range(noon), any::<bool>()).prop_map(|(range, is_consultation)| Busy {
            starts_at: range.start,
            blocked_until: range.end,
            is_consultation,
        });
        let calendars = (
            prop::collection::vec(busy, 0..6),
            prop::collection::vec(any_range(noon), 0..3),
        );
        let times = (-216..0_i32, 0..432_i32, -600..100_i32);
        (agenda, calendars, times).prop_map(move |(agenda, calendars, times)| {
            let from = noon + TICK * times.0;
            Case {
                agenda: Agenda {
                    zone,
                    windows: agenda.0,
                    exceptions: agenda.1,
                    policy: agenda.2,
                },
                range: from..from + TICK * times.1,
                now: noon + TICK * times.2,
                busy: calendars.0,
                client_busy: calendars.1,
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_engine_equals_the_reference(case in any_case()) {
        let slots = case.agenda.free_slots(case.range.clone(), &case.situation());
        let reference = Reference::new(&case.agenda);
        prop_assert_eq!(&slots, &reference.free_slots(case.range.clone(), &case.situation()));

        // Disjoint, buffers included.
        for pair in slots.windows(2) {
            prop_assert!(pair[0].blocked_until <= pair[1].starts_at, "{:?}", pair);
        }
        // Inside the hours and outside the closures, at every instant.
        for slot in &slots {
            let starts = slot.starts_at.with_timezone(&case.agenda.zone);
            let hours = reference.open_hours(starts.date_naive());
            for instant in ticks(slot.starts_at, slot.ends_at) {
                let local = instant.with_timezone(&case.agenda.zone);
                let second = local.num_seconds_from_midnight();
                prop_assert_eq!(local.date_naive(), starts.date_naive());
                prop_assert!(hours.iter().any(|hours| hours.from_second() <= second && second < hours.until_second()));
                prop_assert!(!reference.is_closed(instant));
            }
            prop_assert!(case.agenda.covers(&(slot.starts_at..slot.ends_at)));
        }
    }

    #[test]
    fn the_hours_cover_what_the_clock_says_instant_by_instant(
        case in any_case(),
        from in 0..432_i32,
        length in 1..36_i32,
    ) {
        let from = case.range.start + TICK * from;
        let range = from..from + TICK * length;
        let reference = Reference::new(&case.agenda);
        let inside = ticks(range.start, range.end).all(|instant| {
            let local = instant.with_timezone(&case.agenda.zone);
            let second = local.num_seconds_from_midnight();
            reference
                .open_hours(local.date_naive())
                .iter()
                .any(|hours| (hours.from_second()..hours.until_second()).contains(&second))
                && !reference.is_closed(instant)
        });
        prop_assert_eq!(case.agenda.covers(&range), inside);
    }

    #[test]
    fn two_windows_meet_when_some_date_has_both(
        one in any_window(date("2026-11-20")),
        other in any_window(date("2026-11-20")),
    ) {
        let meet = date("2026-10-20").iter_days().take(90).any(|day| {
            one.applies_on(day) && other.applies_on(day) && one.hours.overlaps(other.hours)
        });
        prop_assert_eq!(one.meets(&other), meet);
        prop_assert_eq!(other.meets(&one), meet);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_start_is_accepted_exactly_when_it_was_offered(case in any_case(), tick in 0..432_i32) {
        let situation = case.situation();
        let slots = case.agenda.free_slots(case.range.clone(), &situation);
        for slot in &slots {
            prop_assert_eq!(case.agenda.offers(slot.starts_at, &situation), Ok(*slot));
        }
        let other = case.range.start + TICK * tick;
        if case.range.contains(&other) && !slots.iter().any(|slot| slot.starts_at == other) {
            prop_assert!(case.agenda.offers(other, &situation).is_err());
        }
    }

    #[test]
    fn asking_in_two_parts_gives_the_same_slots(case in any_case(), tick in 0..432_i32) {
        let situation = case.situation();
        let middle = (case.range.start + TICK * tick).min(case.range.end);
        let mut parts = case.agenda.free_slots(case.range.start..middle, &situation);
        parts.extend(case.agenda.free_slots(middle..case.range.end, &situation));
        prop_assert_eq!(parts, case.agenda.free_slots(case.range.clone(), &situation));
    }

    #[test]
    fn what_lies_outside_the_reading_range_changes_nothing(case in any_case()) {
        let reads = case.agenda.policy.reads(&case.range);
        let near: Vec<Busy> = case.busy.iter().copied()
            .filter(|busy| busy.starts_at < reads.end && reads.start < busy.blocked_until)
            .collect();
        let situation = Situation { busy: &near, ..case.situation() };
        prop_assert_eq!(
            case.agenda.free_slots(case.range.clone(), &situation),
            case.agenda.free_slots(case.range.clone(), &case.situation())
        );
    }
}
