//! The employee's way to an appointment: find somebody, choose an hour, confirm.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{
    calendar::{self, Day, parse_date, parse_start},
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
