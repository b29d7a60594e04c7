//! The hours that come back every week, and their list.

use actix_web::web;
use askama::Template;
use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Desk, Section, after_change, crumbs, date_ahead, field_time, parse_part, parse_place,
    part_text, place_choices, recurrence_choices, recurrence_value, tabs, unexpected, week_of,
};
use crate::{
    booking::{
        hours::{Part, StoredException, StoredWindow, WindowDraft},
        queries::{
            agenda::{self, NotWritten},
            exceptions,
            places::Place,
        },
        slots::{Policy, Recurrence},
    },
    infra::{
        actor::{Practitioner, render, render_status, wants_fragment},
        error::PageResult,
        form::{Form, FormErrors},
        i18n::{self, Message},
        page::{Choice, Crumb, Flash, PageContext, Tab, filters},
    },
};

/// The list of the agenda's regular hours.
const HOURS: &str = "/practitioner/agenda/hours";

/// Where a form was opened from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Opened {
    /// The date of the calendar, if any.
    day: String,
}

/// A window as its form holds it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WindowForm {
    weekday: String,
    from: String,
    until: String,
    valid_from: String,
    valid_until: String,
    every_weeks: String,
    place: String,
}

impl WindowForm {
    fn of(draft: &WindowDraft, places: &[Place], from: NaiveDate) -> Self {
        let is_main = |id: &Uuid| places.iter().any(|place| place.is_main && place.id == *id);
        Self {
            weekday: draft.weekday.number_from_monday().to_string(),
            from: field_time(draft.part.from),
            until: field_time(draft.part.until),
            valid_from: draft.valid_from.max(from).to_string(),
            valid_until: draft
                .valid_until
                .map(|day| day.to_string())
                .unwrap_or_default(),
            every_weeks: recurrence_value(draft.recurrence).to_owned(),
            place: draft
                .place_id
                .filter(|id| !is_main(id))
                .map(|id| id.to_string())
                .unwrap_or_default(),
        }
    }

    /// The window, or what is wrong beside each field.
    fn parse(&self, today: NaiveDate, policy: &Policy) -> Result<WindowDraft, FormErrors> {
        let mut errors = FormErrors::default();
        let weekday = self.weekday.parse::<u8>().ok();
        let weekday = weekday.and_then(|number| Weekday::try_from(number.checked_sub(1)?).ok());
        if weekday.is_none() {
            errors.add("weekday", "agenda-weekday-missing");
        }
        let part = parse_part(&self.from, &self.until)
            .map_err(|(field, key)| errors.add(field, key))
            .ok();
        if let Some(part) = part
            && part
                .hours()
                .is_some_and(|hours| policy.starts_in(hours).next().is_none())
        {
            let message = Message::new("agenda-window-too-short")
                .with("minutes", i64::from(policy.slot_minutes));
            errors.add("until", message);
        }
        let valid_from = date_ahead(&self.valid_from, today)
            .map_err(|key| errors.add("valid_from", key))
            .ok();
        let valid_until = match self.valid_until.as_str() {
            "" => None,
            text => match (date_ahead(text, today), valid_from) {
                (Err(key), _) => {
                    errors.add("valid_until", key);
                    None
                }
                (Ok(last), Some(first)) if last < first => {
                    errors.add("valid_until", "agenda-date-order");
                    None
                }
                (Ok(last), _) => Some(last),
            },
        };
        let recurrence = match self.every_weeks.as_str() {
            "1" => Some(Recurrence::Weekly),
            "2" => Some(Recurrence::EveryOtherWeek),
            _ => {
                errors.add("every_weeks", "agenda-recurrence-missing");
                None
            }
        };
        let place = parse_place(&self.place).map_err(|key| errors.add("place", key));
        match (weekday, part, valid_from, recurrence, place) {
            (Some(weekday), Some(part), Some(valid_from), Some(recurrence), Ok(place_id))
                if errors.is_empty() =>
            {
                Ok(WindowDraft {
                    weekday,
                    part,
                    valid_from,
                    valid_until,
                    recurrence,
                    place_id,
                })
            }
            _ => Err(errors),
        }
    }
}

#[derive(Template)]
#[template(path = "booking/practitioner/window.html", blocks = ["editor"])]
struct WindowPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    title_key: &'static str,
    action: String,
    /// The window that is changed, and the date of the calendar it was opened from.
    changed: Option<(Uuid, NaiveDate)>,
    weekdays: Vec<Choice>,
    recurrences: Vec<Choice>,
    places: Vec<Choice>,
    form: WindowForm,
    errors: FormErrors,
}

fn weekday_choices(page: &PageContext) -> Vec<Choice> {
    // Any Monday, and the six days after it.
    NaiveDate::default()
        .iter_days()
        .skip_while(|day| day.weekday() != Weekday::Mon)
        .take(7)
        .map(|day| {
            let name = i18n::weekday(page.locale, page.tz, day);
            Choice::new(day.weekday().number_from_monday().to_string(), name)
        })
        .collect()
}

fn draw(
    practitioner: &Practitioner,
    desk: &Desk,
    changed: Option<(Uuid, NaiveDate)>,
    form: WindowForm,
    errors: FormErrors,
) -> PageResult {
    let page = practitioner.page();
    let status = errors.status();
    let mut crumbs = crumbs(&page);
    crumbs.push(Crumb::new(
        HOURS,
        i18n::text(page.locale, "agenda-tab-hours"),
    ));
    let template = WindowPage {
        crumbs,
        title_key: match changed {
            Some(_) => "agenda-window-change",
            None => "agenda-window-new",
        },
        action: match changed {
            Some((id, _)) => format!("/practitioner/agenda/windows/{id}"),
            None => "/practitioner/agenda/windows".to_owned(),
        },
        changed,
        weekdays: weekday_choices(&page),
        recurrences: recurrence_choices(&page),
        places: place_choices(&page, &desk.places),
        form,
        errors,
        page,
    };
    if wants_fragment(practitioner.request()) {
        return render_status(&template.page, &template.as_editor(), status);
    }
    render_status(&template.page, &template, status)
}

pub(super) async fn show_new_window(
    practitioner: Practitioner,
    opened: web::Query<Opened>,
) -> PageResult {
    let desk = Desk::of(&practitioner).await?;
    let day = desk.day(&opened.day);
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).ok_or_else(|| unexpected("an hour"));
    let draft = WindowDraft {
        weekday: day.weekday(),
        part: Part {
            from: time(9)?,
            until: time(12)?,
        },
        valid_from: day,
        valid_until: None,
        recurrence: Recurrence::Weekly,
        place_id: None,
    };
    let form = WindowForm::of(&draft, &desk.places, day);
    draw(&practitioner, &desk, None, form, FormErrors::default())
}

/// What the form says when the window is not written.
fn noted(page: &PageContext, refusal: NotWritten) -> FormErrors {
    let mut errors = FormErrors::default();
    match refusal {
        NotWritten::UnknownPlace => errors.add("place", "agenda-place-unknown"),
        NotWritten::Overlaps(there) => {
            let day = day_of(there.draft.weekday);
            let message = Message::new("agenda-window-overlaps")
                .with("day", i18n::weekday(page.locale, page.tz, day))
                .with("hours", part_text(page.locale, there.draft.part));
            errors.add("from", message);
        }
    }
    errors
}

/// Some date of a weekday, for its name.
fn day_of(weekday: Weekday) -> NaiveDate {
    let mut days = NaiveDate::default().iter_days().take(7);
    days.find(|day| day.weekday() == weekday)
        .unwrap_or_default()
}

pub(super) async fn add_window(
    practitioner: Practitioner,
    Form(form): Form<WindowForm>,
) -> PageResult {
    let desk = Desk::of(&practitioner).await?;
    let draft = match form.parse(desk.today, &desk.policy) {
        Ok(draft) => draft,
        Err(errors) => return draw(&practitioner, &desk, None, form, errors),
    };
    let added = practitioner
        .db()
        .write(move |tx| agenda::add_window(tx, &draft))
        .await?;
    match added {
        Ok(_) => {
            let first = first_date(&draft);
            let flash = Flash::success("agenda-window-added");
            after_change(&practitioner, &week_of(first), flash).await
        }
        Err(refusal) => {
            let errors = noted(&practitioner.page(), refusal);
            draw(&practitioner, &desk, None, form, errors)
        }
    }
}

/// The first date on which a window applies.
fn first_date(draft: &WindowDraft) -> NaiveDate {
    let mut days = draft.valid_from.iter_days().take(14);
    days.find(|day| draft.applies_on(*day))
        .unwrap_or(draft.valid_from)
}

pub(super) async fn show_window(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    opened: web::Query<Opened>,
) -> PageResult {
    let id = id.into_inner();
    let window = practitioner
        .db()
        .read(move |tx| agenda::window(tx, id))
        .await?;
    let desk = Desk::of(&practitioner).await?;
    let day = desk.day(&opened.day);
    let form = WindowForm::of(&window.draft, &desk.places, day);
    draw(
        &practitioner,
        &desk,
        Some((id, day)),
        form,
        FormErrors::default(),
    )
}

pub(super) async fn change_window(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<WindowForm>,
) -> PageResult {
    let id = id.into_inner();
    practitioner
        .db()
        .read(move |tx| agenda::window(tx, id))
        .await?;
    let desk = Desk::of(&practitioner).await?;
    let changed = Some((id, desk.today));
    let draft = match form.parse(desk.today, &desk.policy) {
        Ok(draft) => draft,
        Err(errors) => return draw(&practitioner, &desk, changed, form, errors),
    };
    let written = practitioner
        .db()
        .write(move |tx| agenda::change_window(tx, id, draft))
        .await?;
    match written {
        Ok(()) => {
            let flash = Flash::success("agenda-window-changed");
            after_change(&practitioner, &week_of(first_date(&draft)), flash).await
        }
        Err(refusal) => {
            let errors = noted(&practitioner.page(), refusal);
            draw(&practitioner, &desk, changed, form, errors)
        }
    }
}

/// From when on the hours are no longer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RemovalForm {
    day: String,
}

pub(super) async fn remove_window(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<RemovalForm>,
) -> PageResult {
    let id = id.into_inner();
    let desk = Desk::of(&practitioner).await?;
    let window = practitioner
        .db()
        .read(move |tx| agenda::window(tx, id))
        .await?;
    let from = match date_ahead(&form.day, desk.today) {
        Ok(day) => day,
        Err(key) => {
            let mut errors = FormErrors::default();
            errors.add("day", key);
            let known = WindowForm::of(&window.draft, &desk.places, desk.today);
            return draw(&practitioner, &desk, Some((id, desk.today)), known, errors);
        }
    };
    practitioner
        .db()
        .write(move |tx| agenda::end_window(tx, id, from))
        .await?;
    let flash = Flash::success("agenda-window-removed");
    after_change(&practitioner, &week_of(from), flash).await
}

/// A line of the list of hours.
struct HoursLine {
    id: Uuid,
    hours: String,
    slots: usize,
    alternates: bool,
    place: Option<String>,
    /// When it begins, if that is ahead.
    begins: Option<NaiveDate>,
    ends: Option<NaiveDate>,
}

/// The windows of one weekday.
struct HoursDay {
    weekday: NaiveDate,
    lines: Vec<HoursLine>,
}

/// A line of the list of exceptions.
struct ExceptionLine {
    id: Uuid,
    first_day: NaiveDate,
    last_day: NaiveDate,
    opens: bool,
    /// Its own name, or the holiday's.
    label: String,
    hours: Option<String>,
    place: Option<String>,
}

#[derive(Template)]
#[template(path = "booking/practitioner/hours.html")]
struct HoursPage {
    page: PageContext,
    tabs: Vec<Tab>,
    days: Vec<HoursDay>,
    is_empty: bool,
    exceptions: Vec<ExceptionLine>,
}

pub(super) async fn show_hours(practitioner: Practitioner) -> PageResult {
    let desk = Desk::of(&practitioner).await?;
    let first = desk.today;
    let last = first
        .checked_add_days(Days::new(super::FURTHEST + 1))
        .unwrap_or(first);
    let (windows, exceptions) = practitioner
        .db()
        .read(move |tx| {
            Ok((
                agenda::windows(tx)?,
                exceptions::exceptions(tx, first..last)?,
            ))
        })
        .await?;
    let page = practitioner.page();
    let days: Vec<HoursDay> = weekdays()
        .map(|weekday| HoursDay {
            weekday: day_of(weekday),
            lines: windows
                .iter()
                .filter(|window| window.draft.weekday == weekday)
                .filter(|window| window.draft.valid_until.is_none_or(|day| day >= desk.today))
                .map(|window| line(&page, &desk, window))
                .collect(),
        })
        .collect();
    let template = HoursPage {
        tabs: tabs(&page, Section::Hours),
        is_empty: days.iter().all(|day| day.lines.is_empty()),
        days,
        exceptions: exception_lines(&page, &desk.places, &exceptions),
        page,
    };
    render(&template.page, &template)
}

fn weekdays() -> impl Iterator<Item = Weekday> {
    (0..7_u8).filter_map(|number| Weekday::try_from(number).ok())
}

fn place_name(places: &[Place], id: Option<Uuid>) -> Option<String> {
    places
        .iter()
        .find(|place| Some(place.id) == id)
        .map(|place| place.name.clone())
}

fn line(page: &PageContext, desk: &Desk, window: &StoredWindow) -> HoursLine {
    let draft = &window.draft;
    HoursLine {
        id: window.id,
        hours: part_text(page.locale, draft.part),
        slots: draft
            .part
            .hours()
            .map_or(0, |hours| desk.policy.starts_in(hours).count()),
        alternates: draft.recurrence == Recurrence::EveryOtherWeek,
        place: place_name(&desk.places, draft.place_id),
        begins: Some(draft.valid_from).filter(|day| *day > desk.today),
        ends: draft.valid_until,
    }
}

/// Days that were closed together are one line.
fn exception_lines(
    page: &PageContext,
    places: &[Place],
    exceptions: &[StoredException],
) -> Vec<ExceptionLine> {
    let mut lines: Vec<(Option<Uuid>, ExceptionLine)> = Vec::new();
    for exception in exceptions {
        let together = lines
            .iter_mut()
            .find(|(batch, _)| batch.is_some() && *batch == exception.batch_id);
        if let Some((_, line)) = together {
            line.last_day = exception.day;
            continue;
        }
        let part = exception.effect.part();
        let line = ExceptionLine {
            id: exception.id,
            first_day: exception.day,
            last_day: exception.day,
            opens: exception.effect.kind() == "open",
            label: super::exceptions::label(page.locale, exception),
            hours: part.map(|part| part_text(page.locale, part)),
            place: place_name(places, exception.place_id),
        };
        lines.push((exception.batch_id, line));
    }
    lines.into_iter().map(|(_, line)| line).collect()
}
