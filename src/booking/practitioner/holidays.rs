//! The public holidays of the year to come, closed with one button.

use askama::Template;
use chrono::{Days, NaiveDate};

use super::{after_change, crumbs, today};
use crate::{
    booking::{
        holidays::{self, Holiday},
        queries::{agenda, exceptions},
    },
    infra::{
        actor::{Practitioner, render_status},
        error::{AppError, PageResult},
        form::{Form, FormErrors},
        page::{Crumb, Flash, PageContext, filters},
    },
};

/// A holiday of the list.
struct HolidayLine {
    date: NaiveDate,
    /// What the form sends.
    value: String,
    label_key: &'static str,
    is_regional: bool,
    /// Closed already: nothing to choose.
    is_closed: bool,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "booking/practitioner/holidays.html")]
struct HolidaysPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    lines: Vec<HolidayLine>,
    /// How many are still open.
    open: usize,
    errors: FormErrors,
}

/// Dates of the year to come that are closed all day.
async fn closed_days(practitioner: &Practitioner) -> Result<(NaiveDate, Vec<NaiveDate>), AppError> {
    let app_now = practitioner.app().clock.now();
    let (zone, closed) = practitioner
        .db()
        .read(move |tx| {
            let zone = agenda::settings(tx)?.settings.zone();
            let first = app_now.with_timezone(&zone).date_naive();
            let last = first.checked_add_days(Days::new(367)).unwrap_or(first);
            Ok((zone, exceptions::exceptions(tx, first..last)?))
        })
        .await?;
    let closed = closed.iter().filter(|exception| exception.closes_all_day());
    Ok((
        today(practitioner, zone),
        closed.map(|exception| exception.day).collect(),
    ))
}

async fn draw(
    practitioner: &Practitioner,
    chosen: Option<&[NaiveDate]>,
    errors: FormErrors,
) -> PageResult {
    let (today, closed) = closed_days(practitioner).await?;
    let page = practitioner.page();
    let status = errors.status();
    let lines: Vec<HolidayLine> = holidays::ahead(today)
        .into_iter()
        .map(|(date, holiday)| HolidayLine {
            date,
            value: date.to_string(),
            label_key: holiday.label_key(),
            is_regional: holiday.is_regional(),
            is_closed: closed.contains(&date),
            chosen: chosen.map_or(!holiday.is_regional(), |chosen| chosen.contains(&date)),
        })
        .collect();
    let template = HolidaysPage {
        crumbs: crumbs(&page),
        open: lines.iter().filter(|line| !line.is_closed).count(),
        lines,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_holidays(practitioner: Practitioner) -> PageResult {
    draw(&practitioner, None, FormErrors::default()).await
}

/// The dates to close: one `day` for each.
pub(super) type HolidaysForm = Vec<(String, String)>;

pub(super) async fn close_holidays(
    practitioner: Practitioner,
    Form(form): Form<HolidaysForm>,
) -> PageResult {
    let (today, _) = closed_days(&practitioner).await?;
    let ahead: Vec<(NaiveDate, Holiday)> = holidays::ahead(today);
    let mut errors = FormErrors::default();
    let mut chosen = Vec::new();
    for (_, value) in form.iter().filter(|(name, _)| name == "day") {
        let date = super::parse_date(value);
        match ahead.iter().find(|(day, _)| Some(*day) == date) {
            Some((day, holiday)) => chosen.push((*day, holiday.as_str())),
            None => errors.add_form("agenda-holidays-unknown"),
        }
    }
    if chosen.is_empty() {
        errors.add_form("agenda-holidays-none");
    }
    if !errors.is_empty() {
        let dates: Vec<NaiveDate> = chosen.iter().map(|(day, _)| *day).collect();
        return draw(&practitioner, Some(&dates), errors).await;
    }
    let closed = practitioner
        .db()
        .write(move |tx| exceptions::close_holidays(tx, &chosen))
        .await?;
    let flash = Flash::success("agenda-holidays-closed").with("count", closed);
    after_change(&practitioner, "/practitioner/agenda/hours", flash).await
}
