//! Finding a practitioner: filters in the address, the soonest available first.

use actix_web::web;
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;
use uuid::Uuid;

use super::days;
use crate::{
    booking::{
        calendar::Day,
        model::Format,
        queries::{self, Found},
        wording,
    },
    infra::{
        actor::{Employee, render, wants_fragment},
        error::{AppError, PageResult},
        i18n::{self, Locale},
        page::{Choice, PageContext, Pagination, filters, initials},
    },
    practitioners::{
        model::{self, LANGUAGES, Specialty, Words, excerpt, full_name},
        queries::Criteria,
    },
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
    within: String,
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
        }
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
    specialty_key: &'static str,
    topics: Vec<String>,
    languages: String,
    formats: Vec<(&'static str, &'static str)>,
    city: Option<String>,
    bio: String,
    /// Whether this employee may book.
    takes_me: bool,
    days: Vec<Day>,
}

impl ResultCard {
    fn new(found: Found, page: &PageContext) -> Self {
        let Found {
            candidate,
            slots,
            bio,
        } = found;
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
            specialty_key: candidate.specialty().map_or("", Specialty::label_key),
            formats: candidate.formats.labels(page.locale),
            city: candidate.city,
            topics: candidate.sub_specialties,
            languages: languages.join(", "),
            bio: excerpt(&bio, BIO_LENGTH),
            takes_me: candidate.takes_me,
            days: days(page.tz, &slots),
        }
    }
}

#[derive(Template)]
#[template(path = "booking/employee/search.html", blocks = ["results"])]
struct SearchPage {
    page: PageContext,
    text: String,
    specialty: &'static str,
    specialties: Vec<Choice>,
    language: &'static str,
    languages: Vec<Choice>,
    format: &'static str,
    formats: Vec<Choice>,
    within: String,
    delays: Vec<Choice>,
    filtered: bool,
    results: Vec<ResultCard>,
    pages: Pagination,
}

pub(super) async fn show_search(employee: Employee, query: web::Query<Filters>) -> PageResult {
    let filters = query.into_inner();
    let page = employee.page();
    let criteria = filters.criteria();
    let within = filters.within();
    let text = filters.text();
    let words = Words::parse(&text);
    let (locale, address, number) = (page.locale, page.path.clone(), filters.page());
    let filtered = !text.is_empty() || within.is_some() || criteria != Criteria::default();
    let (pages, found) = employee
        .db()
        .read(move |tx| {
            let mut available = queries::search(
                tx,
                criteria,
                |candidate| {
                    let specialty = candidate.specialty().map_or("", Specialty::label_key);
                    words.are_in(candidate.sub_specialties.iter().map(String::as_str).chain([
                        candidate.first_name.as_str(),
                        candidate.last_name.as_str(),
                        candidate.city.as_deref().unwrap_or_default(),
                        i18n::text(locale, specialty),
                    ]))
                },
                TimeDelta::days(within.unwrap_or(LOOK_AHEAD)),
            )?;
            if within.is_some() {
                available.retain(|found| !found.slots.is_empty());
            }
            let total = i64::try_from(available.len()).unwrap_or(i64::MAX);
            let pages = Pagination::new(number, total, &address);
            let shown = queries::page_of(tx, available, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((pages, shown))
        })
        .await?;
    let template = SearchPage {
        text,
        specialty: criteria.specialty.map_or("", Specialty::as_str),
        specialties: specialties(locale),
        language: criteria.language.unwrap_or_default(),
        languages: languages(locale),
        format: criteria.format.map_or("", Format::as_str),
        formats: formats(locale),
        within: within.map(|days| days.to_string()).unwrap_or_default(),
        delays: delays(locale),
        filtered,
        results: found
            .into_iter()
            .map(|found| ResultCard::new(found, &page))
            .collect(),
        pages,
        page,
    };
    if wants_fragment(employee.request()) {
        return render(&template.page, &template.as_results());
    }
    render(&template.page, &template)
}

fn specialties(locale: Locale) -> Vec<Choice> {
    Specialty::ALL
        .into_iter()
        .map(|specialty| {
            Choice::new(
                specialty.as_str(),
                i18n::text(locale, specialty.label_key()),
            )
        })
        .collect()
}

fn languages(locale: Locale) -> Vec<Choice> {
    let mut languages: Vec<Choice> = LANGUAGES
        .iter()
        .map(|(code, key)| Choice::new(*code, i18n::text(locale, key)))
        .collect();
    // The site's two first, the others as the reader's alphabet has them.
    languages[2..].sort_by(|one, other| one.label.cmp(&other.label));
    languages
}

fn formats(locale: Locale) -> Vec<Choice> {
    Format::ALL
        .into_iter()
        .map(|format| {
            let label = i18n::text(locale, wording::format_key(format));
            Choice::new(format.as_str(), label)
        })
        .collect()
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
