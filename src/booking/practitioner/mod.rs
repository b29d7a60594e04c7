//! The practitioner's agenda: hours, exceptions, places and settings, seen in a calendar.
//!
//! Every form is a page of its own. From the calendar it opens in a dialog: the same address answers
//! htmx with the form alone, and a form that is accepted sends the whole page on.

use actix_web::HttpResponse;
use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use uuid::Uuid;

use super::{
    hours::Part,
    queries::{
        agenda, outside as booked,
        places::{Place, places as places_of},
    },
    slots::{Policy, Recurrence},
};
use crate::infra::{
    actor::{Practitioner, see_other_with, wants_fragment},
    error::{AppError, PageResult},
    i18n::{self, Locale},
    page::{Choice, Crumb, Flash, PageContext, Tab},
    role_scope::RoleScope,
};

mod calendar;
mod exceptions;
mod holidays;
mod outside;
mod places;
mod settings;
mod week;
mod windows;

/// The first page of the agenda.
const AGENDA: &str = "/practitioner/agenda";
/// How far ahead hours may be written down, in days.
const FURTHEST: u64 = 5 * 366;

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    scope
        .get("/agenda", calendar::show_calendar)
        .get("/agenda/hours", windows::show_hours)
        .get("/agenda/windows/new", windows::show_new_window)
        .post("/agenda/windows", windows::add_window)
        .get("/agenda/windows/{id}", windows::show_window)
        .post("/agenda/windows/{id}", windows::change_window)
        .post("/agenda/windows/{id}/removal", windows::remove_window)
        .get("/agenda/exceptions/new", exceptions::show_new_exception)
        .post("/agenda/exceptions", exceptions::add_exception)
        .get("/agenda/exceptions/{id}", exceptions::show_exception)
        .post("/agenda/exceptions/{id}", exceptions::change_exception)
        .post(
            "/agenda/exceptions/{id}/removal",
            exceptions::remove_exception,
        )
        .get("/agenda/holidays", holidays::show_holidays)
        .post("/agenda/holidays", holidays::close_holidays)
        .get("/agenda/outside", outside::show_outside)
        .post("/agenda/outside/{id}", outside::keep)
        .get("/agenda/places", places::show_places)
        .post("/agenda/places", places::add_place)
        .get("/agenda/places/new", places::show_new_place)
        .post("/agenda/places/shared", places::join_place)
        .get("/agenda/places/{id}", places::show_place)
        .post("/agenda/places/{id}", places::change_place)
        .post("/agenda/places/{id}/main", places::choose_main)
        .post("/agenda/places/{id}/removal", places::remove_place)
        .post("/agenda/places/{id}/code", places::renew_code)
        .post("/agenda/places/{id}/rooms", places::add_room)
        .post("/agenda/rooms/{id}/removal", places::remove_room)
        .get("/agenda/settings", settings::show_settings)
        .post("/agenda/settings", settings::save_settings);
}

/// The parts of the agenda, as tabs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Calendar,
    Hours,
    Places,
    Settings,
}

fn tabs(page: &PageContext, shown: Section) -> Vec<Tab> {
    [
        (Section::Calendar, AGENDA, "agenda-tab-calendar"),
        (
            Section::Hours,
            "/practitioner/agenda/hours",
            "agenda-tab-hours",
        ),
        (
            Section::Places,
            "/practitioner/agenda/places",
            "agenda-tab-places",
        ),
        (
            Section::Settings,
            "/practitioner/agenda/settings",
            "agenda-tab-settings",
        ),
    ]
    .into_iter()
    .map(|(section, href, key)| Tab::new(href, i18n::text(page.locale, key), section == shown))
    .collect()
}

fn crumbs(page: &PageContext) -> Vec<Crumb> {
    vec![Crumb::new(AGENDA, i18n::text(page.locale, "agenda-title"))]
}

/// The week of the calendar that holds a date.
fn week_of(day: NaiveDate) -> String {
    format!("{AGENDA}?date={day}")
}

/// Goes to a page and says something there: as a redirect, or as htmx's, which leaves the dialog.
fn go(practitioner: &Practitioner, path: &str, flash: Flash) -> HttpResponse {
    let mut response = see_other_with(path, flash);
    if wants_fragment(practitioner.request()) {
        // A redirect would be followed behind the page's back, and its flash with it.
        *response.status_mut() = actix_web::http::StatusCode::NO_CONTENT;
        let target = response
            .headers_mut()
            .remove(actix_web::http::header::LOCATION)
            .next();
        if let Some(target) = target {
            response.headers_mut().insert(
                actix_web::http::header::HeaderName::from_static("hx-redirect"),
                target,
            );
        }
    }
    response
}

/// After a change of the hours: to the appointments that are outside them now, if there are any that
/// nobody has decided on, else to `path`.
async fn after_change(practitioner: &Practitioner, path: &str, flash: Flash) -> PageResult {
    let undecided = practitioner.db().read(booked::undecided).await?;
    let path = match undecided {
        0 => path,
        _ => "/practitioner/agenda/outside",
    };
    Ok(go(practitioner, path, flash))
}

/// The date on the agenda's own clock.
fn today(practitioner: &Practitioner, zone: Tz) -> NaiveDate {
    let now = practitioner.app().clock.now();
    now.with_timezone(&zone).date_naive()
}

/// A date as a date field sends it, from `today` on as far as hours are written down.
fn date_ahead(text: &str, today: NaiveDate) -> Result<NaiveDate, &'static str> {
    let date = parse_date(text).ok_or("agenda-date-unreadable")?;
    let last = today.checked_add_days(Days::new(FURTHEST)).unwrap_or(today);
    if date < today {
        Err("agenda-date-past")
    } else if date > last {
        Err("agenda-date-far")
    } else {
        Ok(date)
    }
}

/// A date as a date field sends it.
fn parse_date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|_| text.len() == 10)
}

/// A time as a time field sends it, with or without seconds.
fn parse_time(text: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"]
        .into_iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

/// Hours from two fields, or what is wrong with which.
fn parse_part(from: &str, until: &str) -> Result<Part, (&'static str, &'static str)> {
    let from = parse_time(from).ok_or(("from", "agenda-time-unreadable"))?;
    let until = parse_time(until).ok_or(("until", "agenda-time-unreadable"))?;
    if from < until {
        Ok(Part { from, until })
    } else {
        Err(("until", "agenda-time-order"))
    }
}

/// A time as a time field takes it.
fn field_time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// "9 h 00 – 12 h 00", "09:00 – 12:00".
fn part_text(locale: Locale, part: Part) -> String {
    let time = |time| i18n::time(locale, chrono_tz::UTC, time);
    format!("{}\u{a0}– {}", time(part.from), time(part.until))
}

/// The places to choose from, and the main one as the choice of no other.
fn place_choices(page: &PageContext, places: &[Place]) -> Vec<Choice> {
    let main = places.iter().find(|place| place.is_main);
    let usual = i18n::text_with(
        page.locale,
        "agenda-place-main-option",
        &[("name", main.map_or("", |place| place.name.as_str()).into())],
    );
    std::iter::once(Choice::new("", usual))
        .chain(
            places
                .iter()
                .filter(|place| !place.is_main)
                .map(|place| Choice::new(place.id.to_string(), place.name.clone())),
        )
        .collect()
}

/// The place of a form; empty is the main one.
fn parse_place(text: &str) -> Result<Option<Uuid>, &'static str> {
    match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| "agenda-place-unknown"),
    }
}

fn recurrence_choices(page: &PageContext) -> Vec<Choice> {
    [("1", "agenda-every-week"), ("2", "agenda-every-other-week")]
        .into_iter()
        .map(|(value, key)| Choice::new(value, i18n::text(page.locale, key)))
        .collect()
}

fn recurrence_value(recurrence: Recurrence) -> &'static str {
    match recurrence {
        Recurrence::Weekly => "1",
        Recurrence::EveryOtherWeek => "2",
    }
}

/// An internal failure where a form's own check was passed.
fn unexpected(what: &str) -> AppError {
    AppError::internal(format!("{what} passed its check and is none"))
}

/// What every form of hours is drawn from.
struct Desk {
    places: Vec<Place>,
    policy: Policy,
    today: NaiveDate,
}

impl Desk {
    async fn of(practitioner: &Practitioner) -> Result<Self, AppError> {
        let (places, settings) = practitioner
            .db()
            .read(|tx| Ok((places_of(tx)?, agenda::settings(tx)?.settings)))
            .await?;
        Ok(Self {
            places,
            policy: settings.policy(),
            today: today(practitioner, settings.zone()),
        })
    }

    /// The date a form was opened from, today at the earliest.
    fn day(&self, opened: &str) -> NaiveDate {
        parse_date(opened).map_or(self.today, |day| day.max(self.today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_time_fields_send_them() {
        assert_eq!(parse_time("09:05"), NaiveTime::from_hms_opt(9, 5, 0));
        assert_eq!(parse_time("09:05:30"), NaiveTime::from_hms_opt(9, 5, 30));
        for bad in ["", "9h", "24:00", "12:60", "-1:00", "0000-00-00T25:61"] {
            assert_eq!(parse_time(bad), None, "{bad}");
        }
    }

    #[test]
    fn hours_name_the_field_that_is_wrong() {
        assert!(parse_part("09:00", "12:00").is_ok());
        assert_eq!(
            parse_part("12:00", "09:00"),
            Err(("until", "agenda-time-order"))
        );
        assert_eq!(
            parse_part("09:00", "09:00"),
            Err(("until", "agenda-time-order"))
        );
        assert_eq!(
            parse_part("", "09:00"),
            Err(("from", "agenda-time-unreadable"))
        );
        assert_eq!(
            parse_part("09:00", "x"),
            Err(("until", "agenda-time-unreadable"))
        );
    }

    #[test]
    fn dates_are_ahead_and_not_too_far() {
        let today: NaiveDate = "2026-11-20".parse().expect("a date");
        assert_eq!(date_ahead("2026-11-20", today), Ok(today));
        assert_eq!(date_ahead("2026-11-19", today), Err("agenda-date-past"));
        assert_eq!(date_ahead("2099-01-01", today), Err("agenda-date-far"));
        for bad in ["", "2026-02-30", "+12026-11-23", "20/11/2026", "2026-1-1"] {
            assert_eq!(
                date_ahead(bad, today),
                Err("agenda-date-unreadable"),
                "{bad}"
            );
        }
    }
}
