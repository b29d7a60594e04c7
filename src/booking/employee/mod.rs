//! The employee's way to an appointment: find somebody, choose an hour, confirm.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{
    calendar::{self, Day},
    slots::Slot,
};
use crate::infra::{actor::Employee, i18n::Locale, role_scope::RoleScope};

mod confirmation;
mod profile;
mod search;

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope
        .get("/booking", search::show_search)
        .get("/booking/{practitioner}", profile::show_profile)
        .get(
            "/booking/{practitioner}/confirmation",
            confirmation::show_confirmation,
        )
        .post("/booking/{practitioner}/confirmation", confirmation::book);
}

/// A free slot as an address spells it, and back. Only what our own links write is read.
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
        crate::infra::i18n::date_time(locale, self.zone, at)
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
