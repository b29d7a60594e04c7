//! The list of notes, by patient and date.

use askama::Template;
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use serde::Deserialize;

use super::{Shown, Waiting};
use crate::{
    booking::calendar::start_of_day,
    infra::{
        actor::{Practitioner, render},
        error::{AppError, PageResult},
        form::Query,
        i18n,
        page::{Choice, PageContext, Pagination, filters},
    },
    notes::{
        model::patient_name,
        queries::{self, Wanted},
    },
};

/// Days in which a consultation without a note is called to mind.
const CALLED_TO_MIND: i64 = 30;
/// How many of them.
const WAITING: i64 = 5;

/// The filters, as the address spells them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    patient: String,
    from: String,
    until: String,
    state: String,
    page: String,
}

impl Filters {
    fn wanted(&self, page: &PageContext) -> Wanted {
        let day = |text: &str| {
            let day = text.parse::<NaiveDate>().ok()?;
            (1..=9999).contains(&day.year()).then_some(day)
        };
        let start = |day| start_of_day(page.tz, day);
        let from = day(&self.from).map(start);
        // The last day is part of it.
        let until = day(&self.until)
            .and_then(|day| day.checked_add_days(Days::new(1)))
            .map(start);
        Wanted {
            patient: self.patient.parse().ok(),
            period: from.unwrap_or(DateTime::UNIX_EPOCH)..until.unwrap_or(DateTime::<Utc>::MAX_UTC),
            signed: match self.state.as_str() {
                "signed" => Some(true),
                "drafts" => Some(false),
                _ => None,
            },
        }
    }

    fn narrows(&self) -> bool {
        [&self.patient, &self.from, &self.until, &self.state]
            .into_iter()
            .any(|filter| !filter.is_empty())
    }
}

#[derive(Template)]
#[template(path = "notes/practitioner/list.html")]
struct NotesPage {
    page: PageContext,
    filters: Filters,
    narrows: bool,
    patients: Vec<Choice>,
    states: Vec<Choice>,
    notes: Vec<Shown>,
    pages: Pagination,
    waiting: Vec<Waiting>,
    years: u32,
}

pub(super) async fn show_notes(
    practitioner: Practitioner,
    Query(filters): Query<Filters>,
) -> PageResult {
    let page = practitioner.page();
    let wanted = filters.wanted(&page);
    let (number, address) = (filters.page.parse().unwrap_or(1), page.path.clone());
    let (pages, notes, patients, waiting) = practitioner
        .db()
        .look(move |tx| {
            let pages = Pagination::new(number, queries::count(tx, &wanted)?, &address);
            let notes = queries::list(tx, &wanted, pages.offset(), pages.limit())?;
            let patients = queries::patients(tx)?;
            let since = tx.now() - chrono::TimeDelta::days(CALLED_TO_MIND);
            let waiting = queries::unnoted(tx, None, since, WAITING)?;
            Ok::<_, AppError>((pages, notes, patients, waiting))
        })
        .await?;
    let state = |value: &str, key| Choice::new(value, i18n::text(page.locale, key));
    let template = NotesPage {
        narrows: filters.narrows(),
        filters,
        patients: patients
            .iter()
            .map(|patient| Choice::new(patient.id.to_string(), patient_name(page.locale, patient)))
            .collect(),
        states: vec![
            state("drafts", "notes-filter-drafts"),
            state("signed", "notes-filter-signed"),
        ],
        notes: notes
            .into_iter()
            .map(|note| Shown::new(note, &page))
            .collect(),
        pages,
        waiting: Waiting::all(waiting, &page),
        years: practitioner.app().config.notes_retention_years,
        page,
    };
    render(&template.page, &template)
}
