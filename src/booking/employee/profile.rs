//! A practitioner's profile with the free slots of the coming days.

use std::ops::Range;

use actix_web::web;
use askama::Template;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

use super::{OtherClock, Stars, parse_date, weeks};
use crate::{
    booking::{
        calendar::{Day, days_from},
        queries::{self, profile::profile_and_calendar},
    },
    infra::{
        actor::{Employee, render},
        error::{AppError, PageResult},
        i18n::Locale,
        page::{PageContext, filters, initials},
    },
    practitioners::{
        self,
        model::{self, Settings, Specialty, full_name},
        portraits,
        queries::{Profile, Review},
    },
};

/// Reviews shown.
const REVIEWS: i64 = 6;
/// Days shown when the address does not say.
const DAYS_SHOWN: i64 = 14;

/// Which days, as the address spells them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Period {
    from: String,
    days: String,
}

/// The days on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    first: NaiveDate,
    days: i64,
    today: NaiveDate,
    /// The last that can be booked.
    last: NaiveDate,
}

impl Shown {
    fn new(period: &Period, today: NaiveDate, horizon: i64) -> Self {
        let last = today + TimeDelta::days(horizon);
        let asked = period.days.parse().unwrap_or(DAYS_SHOWN);
        Self {
            first: parse_date(&period.from).map_or(today, |from| from.clamp(today, last)),
            days: asked.clamp(1, horizon.max(1)),
            today,
            last,
        }
    }

    fn range(&self, zone: Tz) -> Range<DateTime<Utc>> {
        days_from(zone, self.first, u64::try_from(self.days).unwrap_or(1))
    }

    fn last_shown(&self) -> NaiveDate {
        (self.first + TimeDelta::days(self.days - 1)).min(self.last)
    }

    fn href(&self, practitioner: Uuid, from: NaiveDate) -> String {
        let mut href = format!("/employee/booking/{practitioner}?from={from}");
        if self.days != DAYS_SHOWN {
            href.push_str(&format!("&days={}", self.days));
        }
        href.push_str("#slots");
        href
    }

    fn earlier(&self, practitioner: Uuid) -> Option<String> {
        let from = (self.first - TimeDelta::days(self.days)).max(self.today);
        (self.first > self.today).then(|| self.href(practitioner, from))
    }

    fn later(&self, practitioner: Uuid) -> Option<String> {
        let from = self.first + TimeDelta::days(self.days);
        (from <= self.last).then(|| self.href(practitioner, from))
    }
}

/// What every page about a practitioner says of them.
pub(super) struct Card {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) specialty_key: &'static str,
    pub(super) initials: String,
    /// The address of the portrait; empty without one.
    pub(super) portrait: String,
}

impl Card {
    pub(super) fn new(profile: &Profile) -> Self {
        Self {
            id: profile.user_id,
            name: full_name(&profile.title, &profile.first_name, &profile.last_name),
            specialty_key: profile.specialty().map_or("", Specialty::label_key),
            initials: initials(&profile.first_name, &profile.last_name),
            portrait: profile
                .portrait_id
                .map(portraits::address)
                .unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "booking/employee/profile.html")]
struct ProfilePage {
    page: PageContext,
    card: Card,
    languages: String,
    formats: Vec<(&'static str, &'static str)>,
    place: Option<String>,
    topics: Vec<String>,
    paragraphs: Vec<String>,
    experience_years: Option<i32>,
    education: String,
    diplomas: Vec<String>,
    video_url: Option<String>,
    rating: Option<Stars>,
    reviews: Vec<Review>,
    slot_minutes: i32,
    takes_me: bool,
    company_active: bool,
    agreed: bool,
    clock: Option<OtherClock>,
    first: NaiveDate,
    last: NaiveDate,
    weeks: Vec<Vec<Day>>,
    earlier: Option<String>,
    later: Option<String>,
    /// Where the next free slots are, when the days shown have none.
    next_free: Option<(NaiveDate, String)>,
}

pub(super) async fn show_profile(
    employee: Employee,
    practitioner: web::Path<Uuid>,
    period: web::Query<Period>,
) -> PageResult {
    let practitioner = practitioner.into_inner();
    let page = employee.page();
    let zone = page.tz;
    let (profile, reviews, (shown, slots, next)) = employee
        .db()
        .read(move |tx| {
            let today = tx.now().with_timezone(&zone).date_naive();
            // How far ahead this practitioner can be booked is read with the calendar.
            let farthest = i64::from(Settings::MOST.horizon_days);
            let asked = Shown::new(&period, today, farthest).range(zone);
            let (profile, mut calendar) = profile_and_calendar(tx, practitioner, &asked)?;
            let reviews = match profile.rating.count {
                0 => Vec::new(),
                _ => practitioners::queries::reviews(tx, practitioner, REVIEWS)?,
            };
            let shown = Shown::new(&period, today, profile.settings.horizon_days());
            if !profile.takes_me || !profile.company_active {
                return Ok::<_, AppError>((profile, reviews, (shown, Vec::new(), None)));
            }
            let range = shown.range(zone);
            if range.start < asked.start || range.end > asked.end {
                // The address asks for days beyond the last that can be booked: those up to it are shown.
                calendar = queries::calendar(tx, practitioner, &profile.settings, &range)?;
            }
            let slots = calendar.free_slots(range.clone());
            let next = if slots.is_empty() {
                let after = range.end..range.end + TimeDelta::days(profile.settings.horizon_days());
                queries::calendar(tx, practitioner, &profile.settings, &after)?
                    .first_slots(after, 1)
                    .pop()
            } else {
                None
            };
            Ok((profile, reviews, (shown, slots, next)))
        })
        .await?;
    let next_free = next.map(|slot| {
        let day = slot.starts_at.with_timezone(&zone).date_naive();
        (day, shown.href(practitioner, day))
    });
    let seen = slots.first().or(next.as_ref());
    let template = ProfilePage {
        card: Card::new(&profile),
        languages: spoken(&profile, page.locale),
        formats: profile.formats.labels(page.locale),
        clock: seen
            .and_then(|slot| OtherClock::between(zone, profile.settings.zone(), slot.starts_at)),
        first: shown.first,
        last: shown.last_shown(),
        earlier: shown.earlier(practitioner),
        later: shown.later(practitioner),
        weeks: weeks(zone, &slots),
        next_free,
        slot_minutes: profile.settings.slot_minutes(),
        takes_me: profile.takes_me,
        company_active: profile.company_active,
        agreed: profile.agreed,
        experience_years: profile.experience_years,
        rating: Stars::new(profile.rating, page.locale),
        reviews,
        video_url: profile.presentation_video_url,
        paragraphs: paragraphs(&profile.bio),
        place: profile.in_person_address,
        topics: profile.sub_specialties,
        // Many type the same in both fields.
        education: if profile.diplomas.contains(&profile.education) {
            String::new()
        } else {
            profile.education
        },
        diplomas: profile.diplomas,
        page,
    };
    render(&template.page, &template)
}

fn spoken(profile: &Profile, locale: Locale) -> String {
    let names: Vec<String> = profile
        .languages
        .iter()
        .map(|code| model::language_name(locale, code))
        .collect();
    names.join(", ")
}

/// The paragraphs of a text that people typed.
fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn shown(from: &str, days: &str) -> Shown {
        let period = Period {
            from: from.to_owned(),
            days: days.to_owned(),
        };
        Shown::new(&period, date("2026-11-20"), 60)
    }

    #[test]
    fn fourteen_days_from_today_are_shown() {
        let shown = shown("", "");
        assert_eq!((shown.first, shown.days), (date("2026-11-20"), 14));
        assert_eq!(shown.earlier(Uuid::nil()), None);
        let later = shown.later(Uuid::nil()).expect("a next page");
        assert!(later.ends_with("?from=2026-12-04#slots"), "{later}");
    }

    #[test]
    fn no_day_before_today_or_beyond_the_horizon_is_shown() {
        assert_eq!(shown("2020-01-01", "").first, date("2026-11-20"));
        assert_eq!(shown("2040-01-01", "").first, date("2027-01-19"));
        assert_eq!(shown("2040-01-01", "").later(Uuid::nil()), None);
        assert_eq!(shown("nonsense", "-3").days, 1);
        assert_eq!(shown("", "9999").days, 60);
        assert_eq!(shown("2027-01-10", "30").last_shown(), date("2027-01-19"));
    }

    #[test]
    fn paging_keeps_the_number_of_days() {
        let shown = shown("2026-12-20", "30");
        let earlier = shown.earlier(Uuid::nil()).expect("a previous page");
        assert!(
            earlier.ends_with("?from=2026-11-20&days=30#slots"),
            "{earlier}"
        );
    }
}
