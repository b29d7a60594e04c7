//! Finding a practitioner: filters in the address, the soonest available first.

use actix_web::web;
use askama::Template;
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use uuid::Uuid;

use super::{Stars, days};
use crate::{
    booking::{
        calendar::Day,
        model::Format,
        queries::{
            limit::{self, Share},
            search::{self, Found},
        },
        wording,
    },
    infra::{
        actor::{Employee, render, see_other, wants_fragment},
        error::{AppError, PageResult},
        i18n::{self, Locale},
        page::{Choice, PageContext, Pagination, filters, initials},
    },
    practitioners::{
        model::{self, Gender, LANGUAGES, Sort, Specialty, Words, excerpt, full_name},
        portraits,
        queries::{self, Criteria, Wanted},
    },
    privacy::queries::consents::health_data_stands,
};

/// How far the search looks for a free slot when no delay is asked for, in days.
const LOOK_AHEAD: i64 = 14;
/// The delays offered, in days.
const DELAYS: [i64; 4] = [2, 3, 7, 14];
/// Characters of a biography shown with a result.
const BIO_LENGTH: usize = 170;
/// Characters of a search that are read.
const TEXT_LENGTH: usize = 100;

/// The filters, as the address spells them. What is not understood filters nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    q: String,
    specialty: String,
    language: String,
    format: String,
    gender: String,
    within: String,
    sort: String,
    page: String,
}

impl Filters {
    fn criteria(&self) -> Criteria {
        Criteria {
            specialty: self.specialty.parse().ok(),
            language: LANGUAGES
                .iter()
                .map(|(code, _)| *code)
                .find(|code| *code == self.language),
            format: self.format.parse().ok(),
            gender: Gender::SEARCHED
                .into_iter()
                .find(|gender| gender.as_str() == self.gender),
        }
    }

    fn sort(&self) -> Sort {
        let mut all = Sort::ALL.into_iter();
        all.find(|sort| sort.as_str() == self.sort)
            .unwrap_or_default()
    }

    /// Days within which a slot must be free.
    fn within(&self) -> Option<i64> {
        let asked = self.within.parse().ok();
        asked.filter(|days| DELAYS.contains(days))
    }

    fn text(&self) -> String {
        self.q.trim().chars().take(TEXT_LENGTH).collect()
    }

    fn page(&self) -> i64 {
        self.page.parse().unwrap_or(1)
    }
}

/// One result.
struct ResultCard {
    id: Uuid,
    name: String,
    initials: String,
    /// The address of the portrait; empty without one.
    portrait: String,
    specialty_key: &'static str,
    topics: Vec<String>,
    languages: String,
    formats: Vec<(&'static str, &'static str)>,
    city: Option<String>,
    bio: String,
    experience_years: Option<i32>,
    rating: Option<Stars>,
    /// Whether this employee may book.
    takes_me: bool,
    days: Vec<Day>,
    /// The next free day, when the days looked at have none.
    next_free: Option<NaiveDate>,
}

impl ResultCard {
    fn new(found: Found, page: &PageContext) -> Self {
        let Found { candidate, slots } = found;
        let languages: Vec<String> = candidate
            .languages
            .iter()
            .map(|code| model::language_name(page.locale, code))
            .collect();
        Self {
            id: candidate.user_id,
            name: full_name(
                &candidate.title,
                &candidate.first_name,
                &candidate.last_name,
            ),
            initials: initials(&candidate.first_name, &candidate.last_name),
            portrait: candidate
                .portrait_id
                .map(portraits::address)
                .unwrap_or_default(),
            specialty_key: candidate.specialty().map_or("", Specialty::label_key),
            formats: candidate.formats.labels(page.locale),
            city: candidate.city,
            experience_years: candidate.experience_years,
            rating: Stars::new(candidate.rating, page.locale),
            next_free: candidate
                .next_start
                .filter(|_| slots.is_empty())
                .map(|start| start.with_timezone(&page.tz).date_naive()),
            topics: candidate.sub_specialties,
            languages: languages.join(", "),
            bio: excerpt(&candidate.bio, BIO_LENGTH),
            takes_me: candidate.takes_me,
            days: days(page.tz, &slots),
        }
    }
}

#[derive(Template)]
#[template(path = "booking/employee/search.html", blocks = ["results"])]
struct SearchPage {
    page: PageContext,
    /// Whether data on their health may be kept: without it nothing is booked.
    agreed: bool,
    text: String,
    specialty: &'static str,
    specialties: Vec<Choice>,
    language: &'static str,
    languages: Vec<Choice>,
    format: &'static str,
    formats: Vec<Choice>,
    gender: &'static str,
    genders: Vec<Choice>,
    within: String,
    delays: Vec<Choice>,
    sort: &'static str,
    sorts: Vec<Choice>,
    filtered: bool,
    results: Vec<ResultCard>,
    pages: Pagination,
    /// What the contract still gives this year, where it sets a limit.
    share: Option<Share>,
}

pub(super) async fn show_search(employee: Employee, query: web::Query<Filters>) -> PageResult {
    let filters = query.into_inner();
    if employee.identity().company_suspended {
        // Their home says why nothing is on offer.
        return Ok(see_other("/employee"));
    }
    let page = employee.page();
    let (criteria, sort, within) = (filters.criteria(), filters.sort(), filters.within());
    let text = filters.text();
    let words = Words::parse(&text);
    let (locale, address, number) = (page.locale, page.path.clone(), filters.page());
    let filtered = !text.is_empty() || within.is_some() || criteria != Criteria::default();
    let fragment = wants_fragment(employee.request());
    let (agreed, pages, (found, share)) = employee
        .db()
        .read(move |tx| {
            let only = match words.is_empty() {
                true => None,
                false => Some(queries::having_words(tx, &words, locale)?),
            };
            let wanted = Wanted {
                criteria,
                only,
                free_before: within.map(|days| tx.now() + TimeDelta::days(days)),
                sort,
            };
            let total = queries::count(tx, &wanted)?;
            let pages = Pagination::new(number, total, &address);
            let period = TimeDelta::days(within.unwrap_or(LOOK_AHEAD));
            let found = search::page(tx, &wanted, (pages.offset(), pages.limit()), period)?;
            // What changes with the filters does not say it again.
            let agreed = fragment || health_data_stands(tx)?;
            Ok::<_, AppError>((agreed, pages, (found, limit::share(tx)?)))
        })
        .await?;
    let template = SearchPage {
        agreed,
        text,
        specialty: criteria.specialty.map_or("", Specialty::as_str),
        specialties: specialties(locale),
        language: criteria.language.unwrap_or_default(),
        languages: languages(locale),
        format: criteria.format.map_or("", Format::as_str),
        formats: choices(Format::ALL, Format::as_str, wording::format_key, locale),
        gender: criteria.gender.map_or("", Gender::as_str),
        genders: choices(Gender::SEARCHED, Gender::as_str, Gender::label_key, locale),
        within: within.map(|days| days.to_string()).unwrap_or_default(),
        delays: delays(locale),
        sort: sort.as_str(),
        sorts: choices(Sort::ALL, Sort::as_str, Sort::label_key, locale),
        filtered,
        results: found
            .into_iter()
            .map(|found| ResultCard::new(found, &page))
            .collect(),
        pages,
        share,
        page,
    };
    if fragment {
        return render(&template.page, &template.as_results());
    }
    render(&template.page, &template)
}

/// Choices from a list, each with its name in addresses and its label's key.
fn choices<T: Copy>(
    all: impl IntoIterator<Item = T>,
    name: fn(T) -> &'static str,
    key: fn(T) -> &'static str,
    locale: Locale,
) -> Vec<Choice> {
    all.into_iter()
        .map(|one| Choice::new(name(one), i18n::text(locale, key(one))))
        .collect()
}

pub(super) fn specialties(locale: Locale) -> Vec<Choice> {
    choices(
        Specialty::ALL,
        Specialty::as_str,
        Specialty::label_key,
        locale,
    )
}

pub(super) fn languages(locale: Locale) -> Vec<Choice> {
    let mut languages: Vec<Choice> = LANGUAGES
        .iter()
        .map(|(code, key)| Choice::new(*code, i18n::text(locale, key)))
        .collect();
    // The site's two first, the others as the reader's alphabet has them.
    languages[2..].sort_by(|one, other| one.label.cmp(&other.label));
    languages
}

fn delays(locale: Locale) -> Vec<Choice> {
    DELAYS
        .into_iter()
        .map(|days| {
            let label = i18n::text_with(locale, "booking-search-within", &[("days", days.into())]);
            Choice::new(days.to_string(), label)
        })
        .collect()
}
