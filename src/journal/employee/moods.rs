//! Moods: a month by the day, and the last weeks on average. Opened for their owner, kept nowhere.

use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{HOME, crumbs, path_of};
use crate::{
    booking::calendar::start_of_day,
    infra::{
        actor::{Employee, render},
        error::PageResult,
        form::Query,
        i18n,
        page::{Crumb, PageContext, filters},
    },
    journal::{
        model::{
            Month, Mood,
            trend::{self, Point},
        },
        queries::{self, Heading, SUMMARIES_MOST},
    },
};

/// Which month, as the address spells it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct When {
    month: String,
}

/// A day of the calendar as it is drawn.
struct Cell {
    date: NaiveDate,
    today: bool,
    mood: Option<Mood>,
    /// Its page, or the pages of its month.
    href: String,
    pages: usize,
}

/// A line of the table beside the drawing.
struct WeekRow {
    monday: NaiveDate,
    mean: Option<f64>,
    count: usize,
}

/// A line of the scale.
struct Level {
    mood: Mood,
    y: String,
    face_y: String,
}

#[derive(Template)]
#[template(path = "journal/employee/moods.html")]
struct MoodsPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    month: Month,
    /// Monday to Sunday: the name, and its first letters.
    weekdays: Vec<(&'static str, String)>,
    weeks: Vec<Vec<Option<Cell>>>,
    /// The month after, unless it is to come.
    next: Option<Month>,
    noted: usize,
    trend: Vec<WeekRow>,
    points: Vec<Point>,
    lines: Vec<String>,
    levels: Vec<Level>,
}

/// The moods of headings, by the day of their reader.
fn by_day(headings: &[Heading], page: &PageContext) -> Vec<(NaiveDate, Mood)> {
    headings
        .iter()
        .filter_map(|heading| {
            let mood = heading.summary.as_ref().ok()?.mood?;
            Some((local(heading.written_at, page), mood))
        })
        .collect()
}

fn local(at: DateTime<Utc>, page: &PageContext) -> NaiveDate {
    at.with_timezone(&page.tz).date_naive()
}

pub(super) async fn show_moods(employee: Employee, Query(when): Query<When>) -> PageResult {
    let page = employee.page();
    let today = local(employee.app().clock.now(), &page);
    let month = when.month.parse().unwrap_or(Month::of(today));
    let day = |day| start_of_day(page.tz, day);
    let shown = day(month.first())..day(month.next().first());
    let recent = day(trend::first_monday(today))..day(Month::of(today).next().first());
    let (of_month, of_weeks) = employee
        .db()
        .read(move |tx| {
            Ok((
                queries::headings(tx, &shown, SUMMARIES_MOST)?,
                queries::headings(tx, &recent, SUMMARIES_MOST)?,
            ))
        })
        .await?;
    let moods = by_day(&of_month, &page);
    let weeks = trend::weeks(today, &by_day(&of_weeks, &page));
    let (points, lines) = trend::drawing(&weeks);
    let pages_of = |date| -> Vec<Uuid> {
        let of_day = of_month
            .iter()
            .filter(|entry| local(entry.written_at, &page) == date);
        of_day.map(|entry| entry.id).collect()
    };
    let cell = |day: trend::Day| {
        let pages = pages_of(day.date);
        Cell {
            date: day.date,
            today: day.date == today,
            mood: day.mood(),
            href: match pages.as_slice() {
                [page] => path_of(*page),
                _ => format!("{HOME}?month={month}"),
            },
            pages: pages.len(),
        }
    };
    let grid = trend::calendar(month, &moods);
    let first_week = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or(today);
    let template = MoodsPage {
        crumbs: crumbs(&page),
        weekdays: first_week
            .iter_days()
            .take(7)
            .map(|day| {
                let name = i18n::weekday(page.locale, page.tz, day);
                (name, name.chars().take(3).collect())
            })
            .collect(),
        weeks: grid
            .into_iter()
            .map(|week| week.into_iter().map(|day| day.map(cell)).collect())
            .collect(),
        next: Some(month.next()).filter(|next| *next <= Month::of(today)),
        noted: moods.len(),
        trend: weeks
            .into_iter()
            .map(|week| WeekRow {
                monday: week.monday,
                mean: week.mean,
                count: week.count,
            })
            .collect(),
        points,
        lines,
        levels: Mood::ALL
            .into_iter()
            .map(|mood| {
                let y = trend::height_of(mood.value().into());
                Level {
                    mood,
                    y: format!("{y:.1}"),
                    face_y: format!("{:.1}", y - 14.0),
                }
            })
            .collect(),
        month,
        page,
    };
    render(&template.page, &template)
}
