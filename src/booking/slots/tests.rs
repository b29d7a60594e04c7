//! The engine on dates worked out by hand.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use super::*;

pub(super) const PARIS: Tz = chrono_tz::Europe::Paris;

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn hours(text: &str) -> Hours {
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
    let (from, until) = text.split_once('-').expect("two times");
    Hours::new(time(from), time(until)).expect("an end after the start")
}

fn instant(zone: Tz, local: &str) -> DateTime<Utc> {
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a time");
    zone.from_local_datetime(&local)
        .single()
        .expect("exists once")
        .to_utc()
}

fn weekly(weekday: Weekday, text: &str) -> Window {
    Window {
        weekday,
        hours: hours(text),
        valid_from: date("2026-01-01"),
        valid_until: None,
        recurrence: Recurrence::Weekly,
    }
}

/// No notice, a long horizon, the usual 50 + 10 minutes.
fn agenda(zone: Tz, windows: Vec<Window>) -> Agenda {
    let policy = Policy {
        min_notice_hours: 0,
        horizon_days: 400,
        ..Policy::default()
    };
    Agenda {
        zone,
        windows,
        exceptions: Vec::new(),
        policy,
    }
}

fn except(date_text: &str, kind: ExceptionKind) -> DateException {
    DateException {
        date: date(date_text),
        kind,
    }
}

fn situation<'a>(now: DateTime<Utc>, busy: &'a [Busy]) -> Situation<'a> {
    Situation {
        now,
        busy,
        client_busy: &[],
    }
}

fn consultation(zone: Tz, from: &str, blocked_until: &str) -> Busy {
    Busy {
        starts_at: instant(zone, from),
        blocked_until: instant(zone, blocked_until),
        is_consultation: true,
    }
}

/// The slots of one local day as "09:00-09:50 ..." in local time, long before.
fn day(agenda: &Agenda, day: &str, busy: &[Busy]) -> String {
    let now = instant(agenda.zone, "2026-01-01 12:00");
    let from = instant(agenda.zone, &format!("{day} 12:00")) - TimeDelta::hours(36);
    let slots = agenda.free_slots(from..from + TimeDelta::hours(72), &situation(now, busy));
    let local = |instant: DateTime<Utc>| instant.with_timezone(&agenda.zone);
    slots
        .iter()
        .filter(|slot| local(slot.starts_at).date_naive() == date(day))
        .map(|slot| {
            let (starts, ends) = (local(slot.starts_at), local(slot.ends_at));
            format!("{}-{}", starts.format("%H:%M"), ends.format("%H:%M"))
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_grid_starts_with_each_window_and_the_buffer_may_overhang() {
    let agenda = agenda(
        PARIS,
        vec![
            weekly(Weekday::Mon, "14:30-16:20"),
            weekly(Weekday::Mon, "09:00-11:50"),
        ],
    );
    let slots = "09:00-09:50 10:00-10:50 11:00-11:50 14:30-15:20 15:30-16:20";
    assert_eq!(day(&agenda, "2026-11-23", &[]), slots);
    assert_eq!(day(&agenda, "2026-11-24", &[]), "");
}

#[test]
fn a_window_waits_for_the_buffer_of_the_one_before_and_overlapping_ones_are_one() {
    let touching = vec![
        weekly(Weekday::Mon, "09:00-10:50"),
        weekly(Weekday::Mon, "10:50-12:40"),
    ];
    assert_eq!(
        day(&agenda(PARIS, touching), "2026-11-23", &[]),
        "09:00-09:50 10:00-10:50 11:50-12:40"
    );
    let overlapping = vec![
        weekly(Weekday::Mon, "10:30-14:00"),
        weekly(Weekday::Mon, "09:00-12:00"),
    ];
    assert_eq!(
        day(&agenda(PARIS, overlapping), "2026-11-23", &[]),
        "09:00-09:50 10:00-10:50 11:00-11:50 12:00-12:50 13:00-13:50"
    );
    let across_midnight = vec![
        weekly(Weekday::Mon, "23:10-00:00"),
        weekly(Weekday::Tue, "00:00-02:00"),
    ];
    let agenda = agenda(PARIS, across_midnight);
    assert_eq!(day(&agenda, "2026-11-23", &[]), "23:10-00:00");
    assert_eq!(day(&agenda, "2026-11-24", &[]), "01:00-01:50");
    // Asked alone, the second day gives the same answer.
    let midnight = instant(PARIS, "2026-11-24 00:00");
    let refusal = agenda.offers(midnight, &situation(midnight, &[]));
    assert_eq!(refusal, Err(Refusal::OutsideHours));
}

#[test]
fn a_window_ends_at_midnight_at_the_latest() {
    let agenda = agenda(PARIS, vec![weekly(Weekday::Mon, "22:00-00:00")]);
    assert_eq!(day(&agenda, "2026-11-23", &[]), "22:00-22:50 23:00-23:50");
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
    assert_eq!(Hours::new(time(12), time(9)), Err(BadHours));
    assert_eq!(Hours::new(time(9), time(9)), Err(BadHours));
    assert_eq!(Hours::new(time(0), time(0)), Ok(Hours::ALL_DAY));
}

#[test]
fn validity_dates_are_inclusive_and_every_other_week_counts_from_the_first() {
    let mut window = weekly(Weekday::Mon, "09:00-10:00");
    window.valid_from = date("2026-11-25"); // A Wednesday: its week is the first one.
    window.valid_until = Some(date("2026-12-21"));
    window.recurrence = Recurrence::EveryOtherWeek;
    let agenda = agenda(PARIS, vec![window]);
    let mondays = [
        "2026-11-23",
        "2026-11-30",
        "2026-12-07",
        "2026-12-14",
        "2026-12-21",
        "2027-01-04",
    ];
    let offered = mondays.map(|monday| !day(&agenda, monday, &[]).is_empty());
    assert_eq!(offered, [false, false, true, false, true, false]);
}

#[test]
fn open_hours_replace_the_windows_and_closures_win() {
    let mut agenda = agenda(PARIS, vec![weekly(Weekday::Mon, "09:00-12:00")]);
    let closed = |text| ExceptionKind::Closed(Some(hours(text)));
    agenda.exceptions = vec![
        except("2026-11-23", ExceptionKind::Open(hours("14:00-16:00"))),
        except("2026-11-23", ExceptionKind::Open(hours("18:00-19:00"))),
        except("2026-11-23", closed("15:30-15:45")),
        except("2026-11-30", closed("10:50-11:00")),
        except("2026-12-07", ExceptionKind::Closed(None)),
        except("2026-12-07", ExceptionKind::Open(hours("14:00-16:00"))),
        except("2026-12-08", ExceptionKind::Open(hours("14:00-15:00"))),
    ];
    assert_eq!(day(&agenda, "2026-11-23", &[]), "14:00-14:50 18:00-18:50");
    assert_eq!(
        day(&agenda, "2026-11-30", &[]),
        "09:00-09:50 10:00-10:50 11:00-11:50"
    );
    assert_eq!(day(&agenda, "2026-12-07", &[]), "");
    assert_eq!(day(&agenda, "2026-12-08", &[]), "14:00-14:50");
}

#[test]
fn busy_ranges_respect_buffers_on_both_sides() {
    let agenda = agenda(PARIS, vec![weekly(Weekday::Mon, "09:00-13:00")]);
    let busy = [consultation(PARIS, "2026-11-23 10:00", "2026-11-23 11:00")];
    assert_eq!(
        day(&agenda, "2026-11-23", &busy),
        "09:00-09:50 11:00-11:50 12:00-12:50"
    );
    // A start inside the buffer of the first slot takes that slot too.
    let busy = [consultation(PARIS, "2026-11-23 09:55", "2026-11-23 10:55")];
    assert_eq!(day(&agenda, "2026-11-23", &busy), "11:00-11:50 12:00-12:50");
}

#[test]
fn the_daily_maximum_counts_consultations_of_the_local_day() {
    let mut agenda = agenda(PARIS, vec![weekly(Weekday::Mon, "00:00-03:00")]);
    agenda.policy.daily_maximum = Some(1);
    let sunday_evening = consultation(PARIS, "2026-11-22 22:00", "2026-11-22 23:00");
    assert_eq!(
        day(&agenda, "2026-11-23", &[sunday_evening]),
        "00:00-00:50 01:00-01:50 02:00-02:50"
    );
    // 23:00 UTC on Sunday is Monday in Paris.
    let monday = consultation(PARIS, "2026-11-23 00:00", "2026-11-23 01:00");
    assert_eq!(day(&agenda, "2026-11-23", &[monday]), "");
    let private = Busy {
        is_consultation: false,
        ..monday
    };
    assert_eq!(
        day(&agenda, "2026-11-23", &[private]),
        "01:00-01:50 02:00-02:50"
    );
}

#[test]
fn clock_changes_skip_missing_and_doubled_times() {
    let night = |zone, hours| agenda(zone, vec![weekly(Weekday::Sun, hours)]);
    let paris = night(PARIS, "00:00-06:00");
    // 02:00 to 03:00 does not exist; a slot may cross the gap as long as the clock allows.
    assert_eq!(
        day(&paris, "2026-03-29", &[]),
        "00:00-00:50 01:00-01:50 03:00-03:50 04:00-04:50 05:00-05:50"
    );
    assert_eq!(
        day(&night(PARIS, "01:30-04:00"), "2026-03-29", &[]),
        "01:30-03:20"
    );
    // 02:00 to 03:00 exists twice: elapsed time goes on, the start is not offered.
    assert_eq!(
        day(&paris, "2026-10-25", &[]),
        "00:00-00:50 01:00-01:50 03:00-03:50 04:00-04:50 05:00-05:50"
    );
    assert_eq!(
        day(&night(PARIS, "01:30-03:20"), "2026-10-25", &[]),
        "01:30-02:20"
    );
    assert_eq!(
        day(
            &night(chrono_tz::America::New_York, "00:30-04:00"),
            "2026-03-08",
            &[]
        ),
        "00:30-01:20 01:30-03:20"
    );
    // Half an hour of change: 02:00 to 02:30 does not exist on Lord Howe Island.
    assert_eq!(
        day(
            &night(chrono_tz::Australia::Lord_Howe, "01:00-04:00"),
            "2026-10-04",
            &[]
        ),
        "01:00-01:50 03:00-03:50"
    );
    // Morocco leaves its usual time for Ramadan: 02:00 to 03:00 exists twice.
    assert_eq!(
        day(
            &night(chrono_tz::Africa::Casablanca, "01:00-05:00"),
            "2026-02-15",
            &[]
        ),
        "01:00-01:50 03:00-03:50 04:00-04:50"
    );
}

#[test]
fn the_local_hour_stays_across_a_clock_change() {
    let agenda = agenda(PARIS, vec![weekly(Weekday::Mon, "09:00-10:00")]);
    let now = instant(PARIS, "2026-10-01 00:00");
    let slots = agenda.free_slots(now..now + TimeDelta::days(31), &situation(now, &[]));
    let utc_hours: Vec<u32> = slots.iter().map(|slot| slot.starts_at.hour()).collect();
    assert_eq!(utc_hours, [7, 7, 7, 8]);
}

#[test]
fn every_refusal_is_explained() {
    let mut agenda = agenda(
        PARIS,
        vec![
            weekly(Weekday::Mon, "09:00-13:00"),
            weekly(Weekday::Tue, "09:00-10:00"),
        ],
    );
    agenda.policy.min_notice_hours = 12;
    agenda.policy.horizon_days = 7;
    agenda.policy.daily_maximum = Some(2);
    let busy = [
        consultation(PARIS, "2026-11-23 10:00", "2026-11-23 11:00"),
        Busy {
            is_consultation: false,
            ..consultation(PARIS, "2026-11-24 09:30", "2026-11-24 09:31")
        },
        consultation(PARIS, "2026-11-30 09:00", "2026-11-30 10:00"),
        consultation(PARIS, "2026-11-30 10:00", "2026-11-30 11:00"),
    ];
    let own = instant(PARIS, "2026-11-23 12:00")..instant(PARIS, "2026-11-23 12:30");
    let situation = Situation {
        now: instant(PARIS, "2026-11-23 00:30"),
        busy: &busy,
        client_busy: std::slice::from_ref(&own),
    };
    let offers = |local| {
        agenda
            .offers(instant(PARIS, local), &situation)
            .map(|slot| slot.starts_at)
    };
    assert_eq!(offers("2026-11-23 00:00"), Err(Refusal::Past));
    assert_eq!(offers("2026-11-23 09:00"), Err(Refusal::TooSoon));
    assert_eq!(offers("2026-12-01 09:00"), Err(Refusal::BeyondHorizon));
    assert_eq!(offers("2026-11-24 09:00"), Err(Refusal::Taken));
    assert_eq!(offers("2026-11-24 09:10"), Err(Refusal::OutsideHours));
    assert_eq!(offers("2026-11-25 09:00"), Err(Refusal::OutsideHours));
    assert_eq!(offers("2026-11-30 11:00"), Err(Refusal::DayFull));
    agenda.policy.min_notice_hours = 0;
    let offers = |local| {
        agenda
            .offers(instant(PARIS, local), &situation)
            .map(|slot| slot.starts_at)
    };
    assert_eq!(offers("2026-11-23 12:00"), Err(Refusal::OwnConflict));
    assert_eq!(
        offers("2026-11-23 11:00"),
        Ok(instant(PARIS, "2026-11-23 11:00"))
    );
    let between = instant(PARIS, "2026-11-23 11:00") + TimeDelta::milliseconds(1);
    assert_eq!(
        agenda.offers(between, &situation),
        Err(Refusal::OutsideHours)
    );
}

#[test]
fn alternatives_are_the_nearest_slots_in_order() {
    let agenda = agenda(PARIS, vec![weekly(Weekday::Mon, "09:00-13:00")]);
    let wanted = instant(PARIS, "2026-11-23 10:00");
    let busy = [consultation(PARIS, "2026-11-23 10:00", "2026-11-23 11:00")];
    let now = instant(PARIS, "2026-11-20 10:00");
    let range = now..now + TimeDelta::days(14);
    let slots = agenda.alternatives(wanted, 3, range, &situation(now, &busy));
    let starts: Vec<_> = slots.iter().map(|slot| slot.starts_at).collect();
    let expected = ["2026-11-23 09:00", "2026-11-23 11:00", "2026-11-23 12:00"];
    assert_eq!(starts, expected.map(|local| instant(PARIS, local)));
}

#[test]
fn extreme_instants_and_policies_offer_nothing() {
    let mut agenda = agenda(PARIS, vec![weekly(Weekday::Mon, "09:00-13:00")]);
    let now = instant(PARIS, "2026-11-20 10:00");
    let situation = situation(now, &[]);
    let all_time = DateTime::<Utc>::MIN_UTC..DateTime::<Utc>::MAX_UTC;
    assert!(!agenda.free_slots(all_time.clone(), &situation).is_empty());
    assert_eq!(
        agenda.offers(DateTime::<Utc>::MAX_UTC, &situation),
        Err(Refusal::BeyondHorizon)
    );
    assert_eq!(
        agenda.offers(DateTime::<Utc>::MIN_UTC, &situation),
        Err(Refusal::Past)
    );
    assert!(agenda.free_slots(now..now, &situation).is_empty());
    agenda.policy.slot_minutes = 0;
    assert!(agenda.free_slots(all_time, &situation).is_empty());
}
