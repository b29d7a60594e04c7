//! The last step: what is about to be booked, one choice, one button.

use actix_web::{HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{OtherClock, parse_start, profile::Card, weeks};
use crate::{
    booking::{
        calendar::Day,
        model::Format,
        queries::{self, NotBooked, Request},
        slots::{Refusal, Slot},
        wording,
    },
    infra::{
        actor::{Employee, render_status, see_other, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors},
        i18n::{self, Locale},
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
    practitioners::{self, queries::Profile},
};

/// The slot, as the link spells it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    start: String,
}

#[derive(Template)]
#[template(path = "booking/employee/confirmation.html")]
struct ConfirmationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    card: Card,
    slot: Slot,
    start: String,
    /// The practitioner's date and hour, when their clock differs.
    elsewhere: Option<(String, String)>,
    formats: Vec<Choice>,
    format: String,
    request_key: Uuid,
    minutes: i64,
    errors: FormErrors,
}

pub(super) async fn show_confirmation(
    employee: Employee,
    practitioner: web::Path<Uuid>,
    chosen: web::Query<Chosen>,
) -> PageResult {
    let practitioner = practitioner.into_inner();
    if chosen.start.is_empty() {
        return Ok(see_other(&format!("/employee/booking/{practitioner}")));
    }
    let Some(start) = parse_start(&chosen.start) else {
        return refuse(&employee, practitioner, None, Why::Unreadable).await;
    };
    match offer(&employee, practitioner, start).await? {
        Ok((profile, slot)) => {
            let form = ConfirmationForm {
                request_key: Uuid::new_v4(),
                // The most chosen one: one tap less for whoever agrees.
                format: profile
                    .formats
                    .iter()
                    .next()
                    .map(|format| format.to_string())
                    .unwrap_or_default(),
                errors: FormErrors::default(),
            };
            draw(&employee, &profile, slot, form)
        }
        Err(refusal) => {
            let why = Why::NotBooked(refusal);
            refuse(&employee, practitioner, Some(start), why).await
        }
    }
}

/// Whether a slot can be confirmed now: the judgement of the booking itself, without booking.
async fn offer(
    employee: &Employee,
    practitioner: Uuid,
    start: DateTime<Utc>,
) -> Result<Result<(Profile, Slot), NotBooked>, AppError> {
    employee
        .db()
        .read(move |tx| {
            let profile = practitioners::queries::profile(tx, practitioner)?;
            if !profile.company_active {
                return Ok(Err(NotBooked::CompanySuspended));
            }
            if !profile.takes_me {
                return Ok(Err(NotBooked::NoNewClients));
            }
            let at_start = start..start + TimeDelta::seconds(1);
            let calendar = queries::calendar(tx, practitioner, &profile.settings, &at_start)?;
            Ok(match calendar.offers(start) {
                Ok(slot) => Ok((profile, slot)),
                Err(refusal) => Err(NotBooked::Slot(refusal)),
            })
        })
        .await
}

/// What the form holds when it is drawn.
struct ConfirmationForm {
    request_key: Uuid,
    format: String,
    errors: FormErrors,
}

fn draw(employee: &Employee, profile: &Profile, slot: Slot, form: ConfirmationForm) -> PageResult {
    let page = employee.page();
    let status = if form.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let formats = format_choices(profile, page.locale);
    let clock = OtherClock::between(page.tz, profile.settings.zone(), slot.starts_at);
    let card = Card::new(profile);
    let template = ConfirmationPage {
        crumbs: crumbs(&page, &card),
        card,
        slot,
        start: slot.starts_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        elsewhere: clock.map(|clock| (clock.says(page.locale, slot.starts_at), clock.other)),
        format: form.format,
        formats,
        request_key: form.request_key,
        minutes: (slot.ends_at - slot.starts_at).num_minutes(),
        errors: form.errors,
        page,
    };
    render_status(&template.page, &template, status)
}

fn crumbs(page: &PageContext, card: &Card) -> Vec<Crumb> {
    vec![
        Crumb::new(
            "/employee/booking",
            i18n::text(page.locale, "booking-search-title"),
        ),
        Crumb::new(format!("/employee/booking/{}", card.id), card.name.clone()),
    ]
}

fn format_choices(profile: &Profile, locale: Locale) -> Vec<Choice> {
    profile
        .formats
        .iter()
        .map(|format| {
            let detail = match (&profile.in_person_address, format) {
                (Some(address), Format::InPerson) => address.clone(),
                _ => i18n::text(locale, wording::format_detail_key(format)).to_owned(),
            };
            Choice::new(
                format.as_str(),
                i18n::text(locale, wording::format_key(format)),
            )
            .detail(detail)
            .icon(wording::format_icon(format))
        })
        .collect()
}

/// The confirmation, as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BookForm {
    start: String,
    format: String,
    request_key: String,
}

pub(super) async fn book(
    employee: Employee,
    practitioner: web::Path<Uuid>,
    Form(form): Form<BookForm>,
) -> PageResult {
    let practitioner = practitioner.into_inner();
    // The page makes the key: without one, this is no form of ours.
    let request_key: Uuid = form.request_key.parse().map_err(|_| AppError::Malformed)?;
    let Some(start) = parse_start(&form.start) else {
        return refuse(&employee, practitioner, None, Why::Unreadable).await;
    };
    let Ok(format) = form.format.parse() else {
        return ask_format(&employee, practitioner, start, request_key).await;
    };
    let request = Request {
        practitioner_id: practitioner,
        start,
        format,
        request_key,
    };
    let booked = employee
        .db()
        .write(move |tx| queries::book(tx, &request))
        .await;
    let why = match booked {
        Ok(Ok(id)) => return Ok(done(id)),
        Ok(Err(why)) => why,
        Err(error) => NotBooked::by_constraint(&error).ok_or(error)?,
    };
    // The same form sent twice: the second is answered like the first.
    let before = employee
        .db()
        .read(move |tx| queries::booked_by_request(tx, request_key))
        .await?;
    match (before, why) {
        (Some(id), _) => Ok(done(id)),
        (None, NotBooked::FormatNotOffered) => {
            ask_format(&employee, practitioner, start, request_key).await
        }
        (None, why) => refuse(&employee, practitioner, Some(start), Why::NotBooked(why)).await,
    }
}

fn done(consultation: Uuid) -> HttpResponse {
    see_other_with(
        &format!("/employee/consultations/{consultation}"),
        Flash::success("booking-done"),
    )
}

/// The form again, for a way of meeting that is missing or not offered.
async fn ask_format(
    employee: &Employee,
    practitioner: Uuid,
    start: DateTime<Utc>,
    request_key: Uuid,
) -> PageResult {
    match offer(employee, practitioner, start).await? {
        Ok((profile, slot)) => {
            let mut errors = FormErrors::default();
            errors.add("format", "booking-confirmation-format-missing");
            let form = ConfirmationForm {
                request_key,
                format: String::new(),
                errors,
            };
            draw(employee, &profile, slot, form)
        }
        Err(why) => refuse(employee, practitioner, Some(start), Why::NotBooked(why)).await,
    }
}

/// Why a slot cannot be confirmed.
#[derive(Clone, Copy)]
enum Why {
    /// The address or the form holds no date of ours.
    Unreadable,
    NotBooked(NotBooked),
}

impl Why {
    /// 409 for what was true a moment ago, 422 for what no page offered.
    fn status(self) -> StatusCode {
        match self {
            Self::Unreadable
            | Self::NotBooked(NotBooked::Slot(
                Refusal::Past | Refusal::BeyondHorizon | Refusal::OutsideHours,
            )) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotBooked(_) => StatusCode::CONFLICT,
        }
    }

    fn title_key(self) -> &'static str {
        match self {
            Self::NotBooked(NotBooked::CompanySuspended) => "booking-refused-company-title",
            Self::NotBooked(NotBooked::NoNewClients) => "booking-refused-clients-title",
            Self::NotBooked(NotBooked::Slot(Refusal::OwnConflict)) => "booking-refused-own-title",
            _ => "booking-refused-title",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Self::Unreadable => "booking-refused-unreadable",
            Self::NotBooked(NotBooked::CompanySuspended) => "booking-refused-company",
            Self::NotBooked(NotBooked::NoNewClients) => "booking-refused-clients",
            Self::NotBooked(NotBooked::FormatNotOffered) => "booking-confirmation-format-missing",
            Self::NotBooked(NotBooked::Slot(refusal)) => wording::refusal_key(refusal),
        }
    }

    fn has_alternatives(self) -> bool {
        !matches!(
            self,
            Self::NotBooked(NotBooked::CompanySuspended | NotBooked::NoNewClients)
        )
    }
}

#[derive(Template)]
#[template(path = "booking/employee/refused.html")]
struct RefusedPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    card: Card,
    title_key: &'static str,
    text_key: &'static str,
    wanted: Option<DateTime<Utc>>,
    own_conflict: bool,
    may_book: bool,
    /// The nearest free slots, one tap away.
    weeks: Vec<Vec<Day>>,
}

async fn refuse(
    employee: &Employee,
    practitioner: Uuid,
    wanted: Option<DateTime<Utc>>,
    why: Why,
) -> PageResult {
    let (profile, slots) = employee
        .db()
        .read(move |tx| {
            let profile = practitioners::queries::profile(tx, practitioner)?;
            let may_book = profile.company_active && profile.takes_me && why.has_alternatives();
            let slots = if may_book {
                let near = wanted.unwrap_or(tx.now());
                queries::alternatives(tx, practitioner, &profile.settings, near)?
            } else {
                Vec::new()
            };
            Ok::<_, AppError>((profile, slots))
        })
        .await?;
    let page = employee.page();
    let card = Card::new(&profile);
    let template = RefusedPage {
        crumbs: crumbs(&page, &card),
        card,
        title_key: why.title_key(),
        text_key: why.text_key(),
        wanted,
        own_conflict: matches!(why, Why::NotBooked(NotBooked::Slot(Refusal::OwnConflict))),
        may_book: why.has_alternatives(),
        weeks: weeks(page.tz, &slots),
        page,
    };
    render_status(&template.page, &template, why.status())
}
