//! The employee's way to an appointment: find somebody, choose an hour, which is then held, confirm.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{
    calendar::{self, Day},
    slots::Slot,
};
use crate::{
    infra::{
        actor::Employee,
        i18n::{self, Locale},
        role_scope::RoleScope,
    },
    practitioners::model::Rating,
};

mod confirmation;
mod holds;
mod profile;
mod refused;
mod search;
mod series;
mod waitlist;

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope
        .get("/booking", search::show_search)
        .get("/booking/{practitioner}", profile::show_profile)
        .get("/booking/{practitioner}/holds", holds::back)
        .post("/booking/{practitioner}/holds", holds::hold)
        .get(
            "/booking/{practitioner}/holds/{hold}",
            confirmation::show_confirmation,
        )
        .get(
            "/booking/{practitioner}/holds/{hold}/confirmation",
            confirmation::show_confirmation,
        )
        .post(
            "/booking/{practitioner}/holds/{hold}/confirmation",
            confirmation::confirm,
        )
        .post(
            "/booking/{practitioner}/holds/{hold}/release",
            holds::release,
        )
        .get(
            "/booking/{practitioner}/holds/{hold}/series",
            series::show_series,
        )
        .post(
            "/booking/{practitioner}/holds/{hold}/series",
            series::book_series,
        )
        .get("/waiting-list", waitlist::show_waiting_list)
        .post("/waiting-list", waitlist::ask)
        .get("/waiting-list/new", waitlist::show_request_form)
        .post("/waiting-list/{id}/withdrawal", waitlist::withdraw)
        .post("/waiting-list/offers/{offer}/decline", waitlist::decline);
}

/// What the published reviews say, for a template.
struct Stars {
    /// "4,6".
    average: String,
    /// The nearest whole number of stars, 1 to 5.
    whole: u8,
    count: i64,
}

impl Stars {
    /// `None` without a review.
    fn new(rating: Rating, locale: Locale) -> Option<Self> {
        let average = rating.average?;
        Some(Self {
            average: i18n::decimal(locale, average),
            whole: (average.round() as u8).clamp(1, 5),
            count: rating.count.into(),
        })
    }
}

/// A free slot as our own buttons spell it; nothing else is read.
fn parse_start(text: &str) -> Option<DateTime<Utc>> {
    let instant = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ").ok()?;
    // Four digits: far within what the engine can add days to.
    (text.len() == 20).then(|| instant.and_utc())
}

/// Slots by day, for the templates.
fn days(zone: Tz, slots: &[Slot]) -> Vec<Day> {
    calendar::by_day(zone, slots)
}

/// Slots by week and day, for a calendar whose columns are the days of a week.
fn weeks(zone: Tz, slots: &[Slot]) -> Vec<Vec<Day>> {
    calendar::by_week(days(zone, slots))
}

/// The zones of both, when their clocks differ: said once per page, by city.
struct OtherClock {
    /// The reader's.
    own: String,
    /// The practitioner's.
    other: String,
    zone: Tz,
}

impl OtherClock {
    /// `None` when both clocks show the same at that moment.
    fn between(reader: Tz, practitioner: Tz, at: DateTime<Utc>) -> Option<Self> {
        (!calendar::same_clock(reader, practitioner, at)).then(|| Self {
            own: calendar::zone_city(reader),
            other: calendar::zone_city(practitioner),
            zone: practitioner,
        })
    }

    /// "lundi 23 novembre 2026 à 14 h 30" on the practitioner's clock.
    fn says(&self, locale: Locale, at: DateTime<Utc>) -> String {
        i18n::date_time(locale, self.zone, at)
    }
}

/// A date from an address.
fn parse_date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|_| text.len() == 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_read_only_as_it_was_written() {
        assert!(parse_start("2026-11-23T13:30:00Z").is_some());
        for bad in [
            "",
            "demain",
            "2026-11-23",
            "2026-11-23T13:30Z",
            "2026-11-23T13:30:00+01:00",
            "2026-13-23T13:30:00Z",
            "2026-11-23T25:30:00Z",
            "2026-11-23T13:30:00.5Z",
            "+262142-01-01T00:00:00Z",
            "2026-11-23T13:30:00Z2026-11-23T13:30:00Z",
        ] {
            assert_eq!(parse_start(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_date_is_read_only_as_it_was_written() {
        assert!(parse_date("2026-11-23").is_some());
        for bad in ["", "2026-11", "2026-02-30", "+12026-11-23", "23/11/2026"] {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }
}
