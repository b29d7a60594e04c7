use chrono_tz::{America::New_York, Australia::Lord_Howe, Europe::Paris};

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn hours(from: &str, until: &str) -> QuietHours {
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
    QuietHours {
        from: time(from),
        until: time(until),
    }
}

#[test]
fn names_are_read_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
    }
    assert_eq!(Kind::parse("reminder"), None);
}

/// The list in the database is by kind, the preferences are by topic: they agree where it matters.
#[test]
fn a_topic_that_may_leave_the_application_is_named_after_its_only_kind() {
    for topic in Topic::ALL {
        let kinds: Vec<_> = Kind::ALL
            .into_iter()
            .filter(|kind| kind.topic() == Some(topic))
            .collect();
        let alone = kinds.len() == 1 && kinds[0].as_str() == topic.as_str();
        assert_eq!(alone, topic.may_leave_the_application(), "{topic:?}");
    }
}

#[test]
fn quiet_hours_end_the_next_morning() {
    let night = QuietHours::NIGHT;
    let end = |now: &str| night.end_after(at(now), Paris);
    assert_eq!(end("2026-03-20T20:59:59Z"), None);
    let morning = Some(at("2026-03-21T06:00:00Z"));
    assert_eq!(end("2026-03-20T21:00:00Z"), morning);
    assert_eq!(end("2026-03-20T23:30:00Z"), morning);
    assert_eq!(end("2026-03-21T05:59:59Z"), morning);
    assert_eq!(end("2026-03-21T06:00:00Z"), None);
}

#[test]
fn quiet_hours_within_a_day_end_that_day() {
    let nap = hours("13:00", "14:30");
    let end = |now: &str| nap.end_after(at(now), New_York);
    assert_eq!(end("2026-01-20T17:59:00Z"), None);
    assert_eq!(
        end("2026-01-20T18:00:00Z"),
        Some(at("2026-01-20T19:30:00Z"))
    );
    assert_eq!(end("2026-01-20T19:30:00Z"), None);
}

#[test]
fn quiet_hours_follow_the_clocks_when_they_change() {
    // The night that the clocks go forward in Paris is an hour shorter, and the one in autumn longer.
    let end = |now: &str| QuietHours::NIGHT.end_after(at(now), Paris);
    assert_eq!(
        end("2026-03-28T22:00:00Z"),
        Some(at("2026-03-29T05:00:00Z"))
    );
    assert_eq!(
        end("2026-10-24T21:00:00Z"),
        Some(at("2026-10-25T06:00:00Z"))
    );
    // Until an hour that does not exist: 02:15 on Lord Howe, where the clocks skip half an hour.
    let odd = hours("22:00", "02:15").end_after(at("2026-10-03T13:00:00Z"), Lord_Howe);
    let jump = at("2026-10-03T15:30:00Z");
    assert!(odd.is_some_and(|end| end >= jump), "{odd:?}");
}

#[test]
fn a_reminder_waits_for_the_morning_or_is_dropped() {
    let start = at("2026-03-23T09:00:00Z");
    let hour = Kind::Reminder(Lead::OneHour);
    let due = at("2026-03-23T08:00:00Z");
    assert_eq!(hour.departure(due, start, None), Departure::Now);
    let wakes = at("2026-03-23T08:30:00Z");
    assert_eq!(
        hour.departure(due, start, Some(wakes)),
        Departure::At(wakes)
    );
    let late = at("2026-03-23T08:45:00Z");
    assert_eq!(hour.departure(due, start, Some(late)), Departure::Never);
    assert_eq!(hour.departure(late, start, None), Departure::Never);
    let day = Kind::Reminder(Lead::OneDay);
    let evening = at("2026-03-22T22:00:00Z");
    let morning = at("2026-03-23T05:00:00Z");
    assert_eq!(
        day.departure(evening, start, Some(morning)),
        Departure::At(morning)
    );
}

#[test]
fn news_waits_for_the_morning_unless_the_appointment_is_near() {
    let night = at("2026-03-23T02:00:00Z");
    let morning = Some(at("2026-03-23T06:00:00Z"));
    let departure = |start: &str| Kind::Cancelled.departure(night, at(start), morning);
    assert_eq!(departure("2026-03-23T07:30:00Z"), Departure::Now);
    assert_eq!(
        departure("2026-03-23T08:00:00Z"),
        Departure::At(at("2026-03-23T06:00:00Z"))
    );
    let offered = Kind::Offered.departure(night, at("2026-03-25T08:00:00Z"), morning);
    assert_eq!(offered, Departure::Now);
}

#[test]
fn what_is_no_longer_true_is_not_said() {
    let now = at("2026-03-20T09:00:00Z");
    let facts = Facts {
        status: Status::Confirmed,
        starts_at: at("2026-03-23T09:00:00Z"),
        ends_at: at("2026-03-23T09:50:00Z"),
        told_start: at("2026-03-23T09:00:00Z"),
        overtaken: false,
    };
    let true_kinds = |facts: Facts| -> Vec<&str> {
        let kinds = Kind::ALL.into_iter();
        let borne_out = kinds.filter(|kind| facts.bear_out(*kind, now));
        borne_out.map(Kind::as_str).collect()
    };
    let always = [
        "no_show",
        "no_show_contested",
        "practitioner_absent",
        "absence_contested",
        "absence_withdrawn",
        "times_declared",
        "closed",
        "duration_corrected",
        "duration_contested",
        "company_news",
    ];
    let with = |some: &[&'static str]| [some, &always].concat();
    assert_eq!(
        true_kinds(facts),
        with(&[
            "booked",
            "confirmed",
            "rescheduled",
            "reminder_48h",
            "reminder_24h",
            "reminder_1h",
            "company_suspended"
        ])
    );
    let waiting = Facts {
        status: Status::Scheduled,
        ..facts
    };
    assert_eq!(
        true_kinds(waiting),
        with(&["booked", "rescheduled", "company_suspended"])
    );
    let moved = Facts {
        told_start: at("2026-03-24T09:00:00Z"),
        ..facts
    };
    assert_eq!(true_kinds(moved), always);
    let cancelled = Facts {
        status: Status::Cancelled,
        ..facts
    };
    assert_eq!(true_kinds(cancelled), with(&["cancelled", "released"]));
    let overtaken = Facts {
        overtaken: true,
        ..facts
    };
    assert_eq!(
        true_kinds(overtaken),
        ["reminder_48h", "reminder_24h", "reminder_1h"]
    );
    let over = Facts {
        ends_at: now,
        ..facts
    };
    assert_eq!(true_kinds(over), always);
}
