//! The agenda of a week, hour by hour, and of a month, day by day.

use actix_web::web;
use askama::Template;
use chrono::{Datelike as _, Days, Months, NaiveDate};
use serde::Deserialize;

use super::{
    AGENDA, Section, tabs, today,
    week::{Day, Source, shown_hours},
};
use crate::{
    booking::{
        calendar::{same_clock, start_of_day, zone_city},
        hours::StoredException,
        queries::{
            agenda, exceptions,
            outside::{self, Booked},
            places::{self, Place},
        },
        slots::Agenda,
    },
    infra::{
        actor::{Practitioner, render},
        error::{AppError, PageResult},
        i18n::{self, Locale},
        page::{PageContext, Tab, filters},
    },
};

/// Which stretch of time, and around which date.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CalendarQuery {
    view: String,
    date: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Week,
    Month,
}

/// The first day of the calendar, and how many it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    view: View,
    /// The date asked for.
    date: NaiveDate,
    first: NaiveDate,
    days: u64,
}

impl Stretch {
    fn of(view: View, date: NaiveDate) -> Self {
        let (first, last) = match view {
            View::Week => (date, date),
            View::Month => {
                let first = date.with_day(1).unwrap_or(date);
                let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
                (first, next.pred_opt().unwrap_or(first))
            }
        };
        let first = monday_of(first);
        let weeks = (monday_of(last) - first).num_weeks() + 1;
        Self {
            view,
            date,
            first,
            days: weeks.unsigned_abs() * 7,
        }
    }

    fn end(&self) -> NaiveDate {
        add(self.first, self.days)
    }

    fn dates(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let count = usize::try_from(self.days).unwrap_or(7);
        self.first.iter_days().take(count)
    }

    /// The dates to ask for to see what comes before and after.
    fn neighbours(&self) -> (NaiveDate, NaiveDate) {
        match self.view {
            View::Week => (
                self.first
                    .checked_sub_days(Days::new(7))
                    .unwrap_or(self.first),
                add(self.first, 7),
            ),
            View::Month => {
                let first = self.date.with_day(1).unwrap_or(self.date);
                (
                    first.checked_sub_months(Months::new(1)).unwrap_or(first),
                    first.checked_add_months(Months::new(1)).unwrap_or(first),
                )
            }
        }
    }
}

fn add(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    let since = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

/// The address of a stretch.
fn address(view: View, date: NaiveDate) -> String {
    match view {
        View::Week => format!("{AGENDA}?date={date}"),
        View::Month => format!("{AGENDA}?view=month&date={date}"),
    }
}

#[derive(Template)]
#[template(path = "booking/practitioner/calendar.html")]
struct CalendarPage {
    page: PageContext,
    tabs: Vec<Tab>,
    /// "16 – 22 novembre 2026", "novembre 2026".
    period: String,
    is_month: bool,
    week_href: String,
    month_href: String,
    previous: String,
    next: String,
    today_href: String,
    date: NaiveDate,
    /// The hours of the clock that a week shows.
    hours: std::ops::Range<u32>,
    /// One week, or those of the month.
    weeks: Vec<Vec<Day>>,
    /// Appointments outside the hours that nobody has decided on.
    undecided: usize,
    /// No regular hours yet: where to begin.
    is_new: bool,
    /// The agenda's city, when its clock is not the reader's.
    zone: Option<String>,
}

impl CalendarPage {
    /// The hours down the side of a week.
    fn lines(&self) -> std::ops::Range<u32> {
        self.hours.clone()
    }

    fn count(&self) -> u32 {
        self.hours.end - self.hours.start
    }

    /// "lun.", "Mon": what fits over a column on a phone.
    fn short_weekday(&self, date: &NaiveDate) -> String {
        let name = i18n::weekday(self.page.locale, self.page.tz, date);
        let short: String = name.chars().take(3).collect();
        match self.page.locale {
            Locale::Fr => short + ".",
            Locale::En => short,
        }
    }

    /// "9 h", "09:00".
    fn hour_text(&self, hour: &u32) -> String {
        match self.page.locale {
            Locale::Fr => format!("{hour}\u{a0}h"),
            Locale::En => format!("{hour:02}:00"),
        }
    }
}

/// What the calendar reads.
struct Read {
    source: Source,
    undecided: usize,
}

async fn read(
    practitioner: &Practitioner,
    query: &CalendarQuery,
) -> Result<(Stretch, Read), AppError> {
    let view = match query.view.as_str() {
        "month" => View::Month,
        _ => View::Week,
    };
    let asked = super::parse_date(&query.date);
    let now = practitioner.app().clock.now();
    let locale = practitioner.page().locale;
    practitioner
        .db()
        .look(move |tx| {
            let settings = agenda::settings(tx)?.settings;
            let zone = settings.zone();
            let today = now.with_timezone(&zone).date_naive();
            let stretch = Stretch::of(view, asked.unwrap_or(today));
            let instants = start_of_day(zone, stretch.first)..start_of_day(zone, stretch.end());
            let windows = agenda::windows(tx)?;
            // The day after: hours that an appointment reaches past midnight.
            let exceptions = exceptions::exceptions(tx, stretch.first..add(stretch.end(), 1))?;
            let booked: Vec<Booked> = outside::booked(tx, &instants)?;
            let places: Vec<Place> = places::places(tx)?;
            let undecided = outside::undecided(tx)?;
            let agenda = Agenda {
                zone,
                windows: windows
                    .iter()
                    .filter_map(|window| window.draft.window())
                    .collect(),
                exceptions: exceptions
                    .iter()
                    .filter_map(StoredException::exception)
                    .collect(),
                policy: settings.policy(),
            };
            let source = Source {
                windows,
                exceptions,
                booked,
                places,
                agenda,
                today,
                locale,
            };
            Ok((stretch, Read { source, undecided }))
        })
        .await
}

/// "16 – 22 novembre 2026"; both months, and both years, where they differ.
fn period(locale: Locale, first: NaiveDate, last: NaiveDate) -> String {
    let zone = chrono_tz::UTC;
    let until = format!("{} {}", i18n::day_month(locale, zone, last), last.year());
    let from = if first.year() != last.year() {
        format!("{} {}", i18n::day_month(locale, zone, first), first.year())
    } else if first.month() != last.month() {
        i18n::day_month(locale, zone, first)
    } else {
        first.day().to_string()
    };
    format!("{from}\u{a0}– {until}")
}

pub(super) async fn show_calendar(
    practitioner: Practitioner,
    query: web::Query<CalendarQuery>,
) -> PageResult {
    let (stretch, read) = read(&practitioner, &query).await?;
    let Read { source, undecided } = read;
    let page = practitioner.page();
    let is_month = stretch.view == View::Month;
    let mut days = stretch
        .dates()
        .map(|date| source.day(date))
        .collect::<Result<Vec<Day>, _>>()?;
    for day in &mut days {
        day.is_outside = is_month && day.date.month() != stretch.date.month();
    }
    let hours = shown_hours(&days);
    let mut weeks: Vec<Vec<Day>> = Vec::new();
    for day in days {
        match weeks.last_mut() {
            Some(week) if week.len() < 7 => week.push(day),
            _ => weeks.push(vec![day]),
        }
    }
    let (previous, next) = stretch.neighbours();
    let now = practitioner.app().clock.now();
    let template = CalendarPage {
        tabs: tabs(&page, Section::Calendar),
        period: if is_month {
            i18n::month_name(page.locale, source.zone(), stretch.date)
        } else {
            period(page.locale, stretch.first, add(stretch.first, 6))
        },
        is_month,
        week_href: address(View::Week, stretch.date),
        month_href: address(View::Month, stretch.date),
        previous: address(stretch.view, previous),
        next: address(stretch.view, next),
        today_href: address(stretch.view, today(&practitioner, source.zone())),
        date: stretch.date,
        hours,
        weeks,
        undecided,
        is_new: source.windows.is_empty(),
        zone: (!same_clock(page.tz, source.zone(), now)).then(|| zone_city(source.zone())),
        page,
    };
    render(&template.page, &template)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_week_begins_on_monday_and_a_month_shows_whole_weeks() {
        let week = Stretch::of(View::Week, date("2026-11-22"));
        assert_eq!(
            (week.first, week.end()),
            (date("2026-11-16"), date("2026-11-23"))
        );
        let month = Stretch::of(View::Month, date("2026-11-22"));
        assert_eq!(
            (month.first, month.end()),
            (date("2026-10-26"), date("2026-12-07"))
        );
        let exact = Stretch::of(View::Month, date("2027-02-10"));
        assert_eq!((exact.first, exact.days), (date("2027-02-01"), 28));
    }

    #[test]
    fn the_neighbours_of_a_month_are_months_whatever_their_lengths() {
        let month = Stretch::of(View::Month, date("2026-12-31"));
        assert_eq!(month.neighbours(), (date("2026-11-01"), date("2027-01-01")));
        let week = Stretch::of(View::Week, date("2026-12-31"));
        assert_eq!(week.neighbours(), (date("2026-12-21"), date("2027-01-04")));
    }

    #[test]
    fn a_period_says_each_month_and_year_once() {
        let says = |first: &str, last: &str| period(Locale::Fr, date(first), date(last));
        assert_eq!(
            says("2026-11-16", "2026-11-22"),
            "16\u{a0}– 22\u{a0}novembre 2026"
        );
        assert_eq!(
            says("2026-11-30", "2026-12-06"),
            "30\u{a0}novembre\u{a0}– 6\u{a0}décembre 2026"
        );
        assert_eq!(
            says("2026-12-28", "2027-01-03"),
            "28\u{a0}décembre 2026\u{a0}– 3\u{a0}janvier 2027"
        );
    }

    #[test]
    fn the_ends_of_time_have_a_calendar() {
        for text in ["0001-01-01", "9999-12-31"] {
            let stretch = Stretch::of(View::Month, date(text));
            assert!(stretch.dates().count() >= 28);
            assert!(stretch.neighbours().0 < stretch.neighbours().1);
        }
    }
}
