//! The list, the newest first, and what narrows it.

use std::{collections::HashMap, ops::Range};

use askama::Template;
use chrono::{DateTime, TimeZone as _, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{HOME, Shown, mood_choices};
use crate::{
    booking::calendar::start_of_day,
    infra::{
        actor::{Employee, render},
        db::Tx,
        error::{AppError, PageResult},
        form::Query,
        i18n,
        page::{Choice, PageContext, Pagination, filters},
    },
    journal::{
        model::{Month, Mood, Prompt, Words, distress, folded},
        queries::{self, Heading, SUMMARIES_MOST},
    },
};

/// The filters, as the address spells them. What is not understood is no filter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    q: String,
    tag: String,
    mood: String,
    month: String,
    page: String,
}

/// The filters, understood.
struct Wanted {
    words: Words,
    /// Folded.
    tag: Option<String>,
    mood: Option<Mood>,
    period: Range<DateTime<Utc>>,
}

impl Wanted {
    fn new(filters: &Filters, page: &PageContext) -> Self {
        let month: Option<Month> = filters.month.parse().ok();
        let day = |day| start_of_day(page.tz, day);
        Self {
            words: Words::of(&filters.q),
            tag: Some(folded(filters.tag.trim())).filter(|tag| !tag.is_empty()),
            mood: filters.mood.parse().ok(),
            period: month.map_or(always(), |month| {
                day(month.first())..day(month.next().first())
            }),
        }
    }

    /// Whether the list is narrowed at all.
    fn narrows(&self) -> bool {
        !self.words.is_empty()
            || self.tag.is_some()
            || self.mood.is_some()
            || self.period != always()
    }

    fn takes(&self, heading: &Heading) -> bool {
        let Ok(summary) = &heading.summary else {
            // What cannot be read is still there: the whole list shows it.
            return self.tag.is_none() && self.mood.is_none();
        };
        let has = |wanted: &String| summary.tags.iter().any(|tag| folded(tag) == *wanted);
        self.tag.as_ref().is_none_or(has)
            && self.mood.is_none_or(|wanted| summary.mood == Some(wanted))
    }
}

/// Any moment that somebody can have written at.
pub(super) fn always() -> Range<DateTime<Utc>> {
    let far = Utc.with_ymd_and_hms(9999, 1, 1, 0, 0, 0).single();
    DateTime::UNIX_EPOCH..far.unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Tags by how often they were given, the most frequent first.
pub(super) fn frequent_tags<'a>(headings: impl IntoIterator<Item = &'a Heading>) -> Vec<String> {
    let mut counts: HashMap<String, (usize, String)> = HashMap::new();
    let summaries = headings
        .into_iter()
        .filter_map(|heading| heading.summary.as_ref().ok());
    for tag in summaries.flat_map(|summary| &summary.tags) {
        let (count, _) = counts
            .entry(folded(tag))
            .or_insert_with(|| (0, tag.clone()));
        *count += 1;
    }
    let mut tags: Vec<(usize, String)> = counts.into_values().collect();
    tags.sort_by(|(one, name), (other, other_name)| other.cmp(one).then(name.cmp(other_name)));
    tags.into_iter().map(|(_, tag)| tag).collect()
}

/// What the page is drawn from.
struct Read {
    total: i64,
    months: Vec<Month>,
    tags: Vec<String>,
    low: bool,
    pages: Pagination,
    entries: Vec<Shown>,
    /// Since when the search looked, when that is not everything.
    since: Option<DateTime<Utc>>,
}

fn read(
    tx: &mut Tx<Employee>,
    wanted: &Wanted,
    number: i64,
    page: &PageContext,
) -> Result<Read, AppError> {
    let total = queries::count(tx)?;
    let all = queries::headings(tx, &always(), SUMMARIES_MOST)?;
    let mut months: Vec<Month> = all
        .iter()
        .map(|heading| Month::of(heading.written_at.with_timezone(&page.tz).date_naive()))
        .collect();
    months.dedup();
    let tags = frequent_tags(&all);
    let low = distress::in_moods(&recent_moods(&all, tx.now()));
    let (found, since) = match wanted.words.is_empty() {
        true => {
            let oldest = all.last().map(|heading| heading.written_at);
            let more = i64::try_from(all.len()).is_ok_and(|shown| shown < total);
            let mut found = all;
            found.retain(|heading| wanted.period.contains(&heading.written_at));
            (found, oldest.filter(|_| more))
        }
        false => {
            let searched = queries::search(tx, &wanted.words, &wanted.period)?;
            (searched.found, searched.since)
        }
    };
    let ids: Vec<Uuid> = found
        .iter()
        .filter(|heading| wanted.takes(heading))
        .map(|heading| heading.id)
        .collect();
    let count = i64::try_from(ids.len()).map_err(AppError::internal)?;
    let pages = Pagination::new(number, count, &page.path);
    let from = usize::try_from(pages.offset()).map_err(AppError::internal)?;
    let until = usize::try_from(pages.last_item()).map_err(AppError::internal)?;
    let entries = match ids.get(from..until) {
        Some(shown) if !shown.is_empty() => queries::entries(tx, shown)?,
        _ => Vec::new(),
    };
    Ok(Read {
        total,
        months,
        tags,
        low,
        pages,
        entries: entries.into_iter().map(Shown::new).collect(),
        since,
    })
}

/// The moods of the last three weeks, the newest first.
pub(super) fn recent_moods(newest_first: &[Heading], now: DateTime<Utc>) -> Vec<Mood> {
    newest_first
        .iter()
        .take_while(|heading| now - heading.written_at < chrono::TimeDelta::days(21))
        .filter_map(|heading| heading.summary.as_ref().ok()?.mood)
        .collect()
}

#[derive(Template)]
#[template(path = "journal/employee/list.html")]
struct JournalPage {
    page: PageContext,
    filters: Filters,
    narrows: bool,
    total: i64,
    entries: Vec<Shown>,
    pages: Pagination,
    moods: Vec<Choice>,
    tags: Vec<Choice>,
    months: Vec<Choice>,
    since: Option<DateTime<Utc>>,
    /// Whether the last moods call for the help to be in sight.
    distress: bool,
    prompts: [Prompt; 5],
}

pub(super) async fn show_entries(employee: Employee, Query(filters): Query<Filters>) -> PageResult {
    let page = employee.page();
    let wanted = Wanted::new(&filters, &page);
    let narrows = wanted.narrows();
    let number = filters.page.parse().unwrap_or(1);
    let reader = page.clone();
    let read = employee
        .db()
        .read(move |tx| read(tx, &wanted, number, &reader))
        .await?;
    let template = JournalPage {
        narrows,
        total: read.total,
        entries: read.entries,
        pages: read.pages,
        moods: mood_choices(&page),
        tags: choices(&read.tags),
        months: read
            .months
            .iter()
            .map(|month| {
                let name = i18n::month_name(page.locale, page.tz, month.first());
                Choice::new(month.to_string(), name)
            })
            .collect(),
        since: read.since,
        distress: read.low,
        prompts: Prompt::ALL,
        filters,
        page,
    };
    render(&template.page, &template)
}

fn choices(tags: &[String]) -> Vec<Choice> {
    tags.iter()
        .map(|tag| Choice::new(tag.clone(), tag.clone()))
        .collect()
}

impl JournalPage {
    /// The address of the list, narrowed to a tag.
    fn tagged(&self, tag: &str) -> String {
        crate::infra::error::url_query(HOME, "tag", tag)
    }
}
