//! The employee's way to an appointment: find somebody, choose an hour, which is then held, confirm.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{
    calendar::{self, Day, parse_date, parse_start},
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
