//! Dates that are not like the others: closed, or with hours of their own.

use actix_web::web;
use askama::Template;
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Desk, after_change, crumbs, date_ahead, field_time, parse_part, parse_place, part_text,
    place_choices, week_of,
};
use crate::{
    booking::{
        hours::{Clash, Effect, ExceptionDraft, LONGEST_LEAVE, StoredException},
        queries::{
            exceptions::{self as queries, Exceptional},
            places::Place,
        },
        slots::Policy,
    },
    infra::{
        actor::{Practitioner, render_status, wants_fragment},
        envelope::CannotRead,
        error::PageResult,
        form::{Form, FormErrors},
        i18n::{self, Locale, Message},
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
};

/// Characters of a label.
const LABEL: usize = 60;

/// Where a form was opened from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Opened {
    day: String,
    kind: String,
}

/// An exception as its form holds it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ExceptionForm {
    /// `closed` or `open`.
    kind: String,
    first_day: String,
    /// Empty: that one date.
    last_day: String,
    from: String,
    until: String,
    label: String,
    place: String,
}

impl ExceptionForm {
    fn of(exception: &StoredException, places: &[Place]) -> Self {
        let part = exception.effect.part();
        let is_main = |id: &Uuid| places.iter().any(|place| place.is_main && place.id == *id);
        Self {
            kind: exception.effect.kind().to_owned(),
            first_day: exception.day.to_string(),
            last_day: String::new(),
            from: part.map(|part| field_time(part.from)).unwrap_or_default(),
            until: part.map(|part| field_time(part.until)).unwrap_or_default(),
            label: exception
                .label
                .clone()
                .and_then(Result::ok)
                .unwrap_or_default(),
            place: exception
                .place_id
                .filter(|id| !is_main(id))
                .map(|id| id.to_string())
                .unwrap_or_default(),
        }
    }

    /// The exception, or what is wrong beside each field. `kind` is the one that stays, for a change.
    fn parse(&self, today: NaiveDate, policy: &Policy) -> Result<ExceptionDraft, FormErrors> {
        let mut errors = FormErrors::default();
        let first_day = date_ahead(&self.first_day, today)
            .map_err(|key| errors.add("first_day", key))
            .ok();
        let last_day = self.parse_last_day(first_day, today, &mut errors);
        let effect = self.parse_effect(policy, &mut errors);
        let label = self.label.trim();
        if label.chars().count() > LABEL {
            errors.add(
                "label",
                Message::new("agenda-text-too-long").with("most", LABEL),
            );
        }
        let place = match effect {
            Some(Effect::Open(_)) => {
                parse_place(&self.place).map_err(|key| errors.add("place", key))
            }
            _ => Ok(None),
        };
        match (first_day, last_day, effect, place) {
            (Some(first_day), Some(last_day), Some(effect), Ok(place_id)) if errors.is_empty() => {
                Ok(ExceptionDraft {
                    first_day,
                    last_day,
                    effect,
                    label: (!label.is_empty()).then(|| label.to_owned()),
                    place_id,
                })
            }
            _ => Err(errors),
        }
    }

    fn parse_last_day(
        &self,
        first_day: Option<NaiveDate>,
        today: NaiveDate,
        errors: &mut FormErrors,
    ) -> Option<NaiveDate> {
        if self.last_day.is_empty() {
            return first_day;
        }
        let last_day = date_ahead(&self.last_day, today)
            .map_err(|key| errors.add("last_day", key))
            .ok()?;
        let first_day = first_day?;
        let longest = first_day.checked_add_days(Days::new(LONGEST_LEAVE - 1));
        if last_day < first_day {
            errors.add("last_day", "agenda-date-order");
        } else if longest.is_some_and(|longest| last_day > longest) {
            errors.add("last_day", "agenda-leave-too-long");
        }
        Some(last_day)
    }

    fn parse_effect(&self, policy: &Policy, errors: &mut FormErrors) -> Option<Effect> {
        let is_all_day = self.from.is_empty() && self.until.is_empty();
        match self.kind.as_str() {
            "closed" if is_all_day => return Some(Effect::Closed(None)),
            "closed" | "open" => {}
            _ => {
                errors.add("kind", "agenda-kind-missing");
                return None;
            }
        }
        let part = parse_part(&self.from, &self.until)
            .map_err(|(field, key)| errors.add(field, key))
            .ok()?;
        if self.kind == "closed" {
            return Some(Effect::Closed(Some(part)));
        }
        if part
            .hours()
            .is_some_and(|hours| policy.starts_in(hours).next().is_none())
        {
            let message = Message::new("agenda-window-too-short")
                .with("minutes", i64::from(policy.slot_minutes));
            errors.add("until", message);
        }
        Some(Effect::Open(part))
    }
}

/// What an exception is called: its own name, the holiday's, or what it does.
pub(super) fn label(locale: Locale, exception: &StoredException) -> String {
    let key = match (&exception.label, exception.holiday, exception.effect) {
        (Some(Ok(label)), ..) => return label.clone(),
        (Some(Err(CannotRead)), ..) => "agenda-exception-unreadable",
        (None, Some(holiday), _) => holiday.label_key(),
        (None, None, Effect::Open(_)) => "agenda-exception-open",
        (None, None, Effect::Closed(_)) => "agenda-exception-closed",
    };
    i18n::text(locale, key).to_owned()
}

#[derive(Template)]
#[template(path = "booking/practitioner/exception.html", blocks = ["editor"])]
struct ExceptionPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    title_key: &'static str,
    action: String,
    /// The exception that is changed.
    changed: Option<Uuid>,
    /// How many days were closed with it, itself included.
    together: i64,
    kinds: Vec<Choice>,
    places: Vec<Choice>,
    form: ExceptionForm,
    errors: FormErrors,
}

/// An exception that is changed, with how many days were closed with it.
type Changed = Option<(Uuid, i64)>;

fn draw(
    practitioner: &Practitioner,
    desk: &Desk,
    changed: Changed,
    form: ExceptionForm,
    errors: FormErrors,
) -> PageResult {
    let page = practitioner.page();
    let status = errors.status();
    let template = ExceptionPage {
        crumbs: crumbs(&page),
        title_key: match (changed, form.kind.as_str()) {
            (None, _) => "agenda-exception-new",
            (Some(_), "open") => "agenda-exception-change-open",
            (Some(_), _) => "agenda-exception-change-closed",
        },
        action: match changed {
            Some((id, _)) => format!("/practitioner/agenda/exceptions/{id}"),
            None => "/practitioner/agenda/exceptions".to_owned(),
        },
        changed: changed.map(|(id, _)| id),
        together: changed.map_or(1, |(_, together)| together),
        kinds: kind_choices(&page),
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

fn kind_choices(page: &PageContext) -> Vec<Choice> {
    [
        (
            "closed",
            "agenda-kind-closed",
            "agenda-kind-closed-detail",
            "calendar-x",
        ),
        (
            "open",
            "agenda-kind-open",
            "agenda-kind-open-detail",
            "calendar-plus",
        ),
    ]
    .into_iter()
    .map(|(value, label, detail, icon)| {
        Choice::new(value, i18n::text(page.locale, label))
            .detail(i18n::text(page.locale, detail))
            .icon(icon)
    })
    .collect()
}

pub(super) async fn show_new_exception(
    practitioner: Practitioner,
    opened: web::Query<Opened>,
) -> PageResult {
    let desk = Desk::of(&practitioner).await?;
    let day = desk.day(&opened.day);
    let form = ExceptionForm {
        kind: match opened.kind.as_str() {
            "open" => "open",
            _ => "closed",
        }
        .to_owned(),
        first_day: day.to_string(),
        ..ExceptionForm::default()
    };
    draw(&practitioner, &desk, None, form, FormErrors::default())
}

/// What the form says when the exception is not written.
fn noted(page: &PageContext, refusal: Clash) -> FormErrors {
    let mut errors = FormErrors::default();
    match refusal {
        Clash::ClosedAllDay(day) => {
            let day = i18n::date_long(page.locale, page.tz, day);
            errors.add(
                "first_day",
                Message::new("agenda-day-closed").with("day", day),
            );
        }
        Clash::Overlaps(day, part) => {
            let message = Message::new("agenda-exception-overlaps")
                .with("day", i18n::date_long(page.locale, page.tz, day))
                .with("hours", part_text(page.locale, part));
            errors.add("from", message);
        }
    }
    errors
}

fn unknown_place() -> FormErrors {
    let mut errors = FormErrors::default();
    errors.add("place", "agenda-place-unknown");
    errors
}

pub(super) async fn add_exception(
    practitioner: Practitioner,
    Form(form): Form<ExceptionForm>,
) -> PageResult {
    let desk = Desk::of(&practitioner).await?;
    let draft = match form.parse(desk.today, &desk.policy) {
        Ok(draft) => draft,
        Err(errors) => return draw(&practitioner, &desk, None, form, errors),
    };
    let (day, opens) = (draft.first_day, matches!(draft.effect, Effect::Open(_)));
    let written = practitioner
        .db()
        .write(move |tx| queries::add_exceptions(tx, &draft))
        .await?;
    match written {
        Exceptional::Written(count) => {
            let key = if opens {
                "agenda-exception-opened"
            } else {
                "agenda-exception-shut"
            };
            let flash = Flash::success(key).with("count", count);
            after_change(&practitioner, &week_of(day), flash).await
        }
        Exceptional::Clash(clash) => {
            let errors = noted(&practitioner.page(), clash);
            draw(&practitioner, &desk, None, form, errors)
        }
        Exceptional::UnknownPlace => draw(&practitioner, &desk, None, form, unknown_place()),
    }
}

pub(super) async fn show_exception(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let (exception, together) = practitioner
        .db()
        .read(move |tx| queries::exception(tx, id))
        .await?;
    let desk = Desk::of(&practitioner).await?;
    let form = ExceptionForm::of(&exception, &desk.places);
    draw(
        &practitioner,
        &desk,
        Some((id, together)),
        form,
        FormErrors::default(),
    )
}

pub(super) async fn change_exception(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<ExceptionForm>,
) -> PageResult {
    let id = id.into_inner();
    let (exception, together) = practitioner
        .db()
        .read(move |tx| queries::exception(tx, id))
        .await?;
    let desk = Desk::of(&practitioner).await?;
    let changed = Some((id, together));
    // One date, and what it does stays: another kind is another exception.
    let form = ExceptionForm {
        kind: exception.effect.kind().to_owned(),
        last_day: String::new(),
        ..form
    };
    let draft = match form.parse(desk.today, &desk.policy) {
        Ok(draft) => draft,
        Err(errors) => return draw(&practitioner, &desk, changed, form, errors),
    };
    let day = draft.first_day;
    let written = practitioner
        .db()
        .write(move |tx| queries::change_exception(tx, id, &draft))
        .await?;
    match written {
        Exceptional::Written(_) => {
            let flash = Flash::success("agenda-exception-changed");
            after_change(&practitioner, &week_of(day), flash).await
        }
        Exceptional::Clash(clash) => {
            let errors = noted(&practitioner.page(), clash);
            draw(&practitioner, &desk, changed, form, errors)
        }
        Exceptional::UnknownPlace => draw(&practitioner, &desk, changed, form, unknown_place()),
    }
}

/// One date, or every day that was closed with it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RemovalForm {
    whole: String,
}

pub(super) async fn remove_exception(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<RemovalForm>,
) -> PageResult {
    let id = id.into_inner();
    let desk = Desk::of(&practitioner).await?;
    let whole = (form.whole == "true").then_some(desk.today);
    let (day, count) = practitioner
        .db()
        .write(move |tx| {
            let (exception, _) = queries::exception(tx, id)?;
            Ok((exception.day, queries::remove_exception(tx, id, whole)?))
        })
        .await?;
    let flash = Flash::success("agenda-exception-removed").with("count", count);
    after_change(&practitioner, &week_of(day), flash).await
}
