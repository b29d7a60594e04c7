//! The last step: what is about to be booked, and until when it is kept; one choice, one button.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    OtherClock,
    holds::{self, Found},
    profile::Card,
    refused::{Why, crumbs, refuse},
};
use crate::{
    booking::{
        model::Format,
        queries::{
            book::{self, Request},
            holds::{Held, NotBooked},
        },
        slots::Slot,
        wording,
    },
    infra::{
        actor::{Employee, render_status, see_other, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors},
        i18n::{self, Locale, Message},
        page::{Choice, Crumb, Flash, PageContext, Tab, filters},
    },
    practitioners::queries::Profile,
};

/// Characters of the longest message to the practitioner.
pub(super) const MESSAGE_LENGTH: usize = 300;

/// The head of both pages that confirm: the slot, and how long it is kept.
pub(super) struct Head {
    pub(super) id: Uuid,
    pub(super) card: Card,
    pub(super) slot: Slot,
    pub(super) minutes: i64,
    /// The practitioner's date and hour, when their clock differs.
    pub(super) elsewhere: Option<(String, String)>,
    pub(super) keeping: Keeping,
    pub(super) formats: Vec<Choice>,
    pub(super) auto_confirm: bool,
    pub(super) tabs: Vec<Tab>,
}

/// How long a slot is still kept.
pub(super) struct Keeping {
    pub(super) now: chrono::DateTime<chrono::Utc>,
    pub(super) until: chrono::DateTime<chrono::Utc>,
    /// "9:42", counted by the server; scripts go on counting.
    pub(super) left: String,
}

impl Head {
    pub(super) fn new(
        employee: &Employee,
        page: &PageContext,
        profile: &Profile,
        held: &Held,
    ) -> Self {
        let slot = held.slot();
        let clock = OtherClock::between(page.tz, profile.settings.zone(), slot.starts_at);
        let now = employee.app().clock.now();
        let until = held.expires_at.unwrap_or(now);
        let left = (until - now).num_seconds().max(0);
        Self {
            id: held.id,
            card: Card::new(profile),
            slot,
            minutes: (slot.ends_at - slot.starts_at).num_minutes(),
            elsewhere: clock.map(|clock| (clock.says(page.locale, slot.starts_at), clock.other)),
            keeping: Keeping {
                now,
                until,
                left: format!("{}:{:02}", left / 60, left % 60),
            },
            formats: format_choices(profile, page.locale),
            auto_confirm: profile.auto_confirm,
            tabs: tabs(page, held),
        }
    }

    pub(super) fn path(&self) -> String {
        holds::path(self.card.id, self.id)
    }
}

/// One appointment, or several.
fn tabs(page: &PageContext, held: &Held) -> Vec<Tab> {
    let path = holds::path(held.practitioner_id, held.id);
    let series = format!("{path}/series");
    let on_series = page.path.starts_with(&series);
    let text = |key| i18n::text(page.locale, key);
    vec![
        Tab::new(path, text("booking-series-tab-one"), !on_series),
        Tab::new(series, text("booking-series-tab-many"), on_series),
    ]
}

#[derive(Template)]
#[template(path = "booking/employee/confirmation.html")]
struct ConfirmationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    head: Head,
    form: ConfirmForm,
    errors: FormErrors,
}

/// The confirmation, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConfirmForm {
    pub(super) format: String,
    pub(super) message: String,
}

impl ConfirmForm {
    /// Before anybody chose: the format most chosen, one tap less for whoever agrees.
    pub(super) fn fresh(profile: &Profile) -> Self {
        let format = profile.formats.iter().next();
        Self {
            format: format.map(|format| format.to_string()).unwrap_or_default(),
            message: String::new(),
        }
    }

    /// What it asks for, or what is wrong with it.
    pub(super) fn parse(&self, practitioner_id: Uuid, hold: Uuid) -> Result<Request, FormErrors> {
        let mut errors = FormErrors::default();
        let format: Option<Format> = self.format.parse().ok();
        if format.is_none() {
            errors.add("format", "booking-confirmation-format-missing");
        }
        // Browsers send the ends of lines as two characters, and count one.
        let message = self.message.replace("\r\n", "\n");
        let message = message.trim();
        let length = message.chars().count();
        if length > MESSAGE_LENGTH {
            let too_long = Message::new("booking-message-too-long")
                .with("most", MESSAGE_LENGTH)
                .with("length", length);
            errors.add("message", too_long);
        }
        match format {
            Some(format) if errors.is_empty() => Ok(Request {
                practitioner_id,
                hold,
                format,
                message: (!message.is_empty()).then(|| message.to_owned()),
            }),
            _ => Err(errors),
        }
    }
}

pub(super) async fn show_confirmation(
    employee: Employee,
    ids: web::Path<(Uuid, Uuid)>,
) -> PageResult {
    let (practitioner, hold) = ids.into_inner();
    match holds::find(&employee, practitioner, hold).await? {
        Found::Live(profile, held) => {
            let form = ConfirmForm::fresh(&profile);
            draw(&employee, &profile, &held, form, FormErrors::default())
        }
        found => elsewhere(&employee, practitioner, hold, found).await,
    }
}

/// What is answered where there is nothing to confirm.
pub(super) async fn elsewhere(
    employee: &Employee,
    practitioner: Uuid,
    hold: Uuid,
    found: Found,
) -> PageResult {
    match found {
        Found::Over(wanted, why) => refuse(employee, practitioner, wanted, why).await,
        Found::Live(..) => Ok(see_other(&holds::path(practitioner, hold))),
        Found::Booked => Ok(see_other(&format!("/employee/consultations/{hold}"))),
    }
}

fn draw(
    employee: &Employee,
    profile: &Profile,
    held: &Held,
    form: ConfirmForm,
    errors: FormErrors,
) -> PageResult {
    let page = employee.page();
    let head = Head::new(employee, &page, profile, held);
    let status = errors.status();
    let template = ConfirmationPage {
        crumbs: crumbs(&page, &head.card),
        head,
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
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

pub(super) async fn confirm(
    employee: Employee,
    ids: web::Path<(Uuid, Uuid)>,
    Form(form): Form<ConfirmForm>,
) -> PageResult {
    let (practitioner, hold) = ids.into_inner();
    let request = match form.parse(practitioner, hold) {
        Ok(request) => request,
        Err(errors) => return ask_again(&employee, (practitioner, hold), form, errors).await,
    };
    let booked = employee
        .db()
        .write(move |tx| book::confirm(tx, &request))
        .await;
    let booked = match booked {
        Ok(booked) => booked,
        Err(error) => Err(NotBooked::by_constraint(&error).ok_or(error)?),
    };
    match booked {
        Ok(id) => Ok(done(id)),
        Err(NotBooked::FormatNotOffered) => {
            let mut errors = FormErrors::default();
            errors.add("format", "booking-confirmation-format-missing");
            ask_again(&employee, (practitioner, hold), form, errors).await
        }
        Err(NotBooked::NoRoom) => {
            let mut errors = FormErrors::default();
            errors.add("format", "booking-refused-room");
            ask_again(&employee, (practitioner, hold), form, errors).await
        }
        Err(NotBooked::HoldOver) => {
            let found = holds::find(&employee, practitioner, hold).await?;
            elsewhere(&employee, practitioner, hold, found).await
        }
        Err(why) => refuse(&employee, practitioner, None, Why::NotBooked(why)).await,
    }
}

fn done(consultation: Uuid) -> HttpResponse {
    see_other_with(
        &format!("/employee/consultations/{consultation}"),
        Flash::success("booking-done"),
    )
}

/// The form again, with what was typed and what is wrong with it.
async fn ask_again(
    employee: &Employee,
    (practitioner, hold): (Uuid, Uuid),
    form: ConfirmForm,
    errors: FormErrors,
) -> Result<HttpResponse, AppError> {
    match holds::find(employee, practitioner, hold).await? {
        Found::Live(profile, held) => draw(employee, &profile, &held, form, errors),
        found => elsewhere(employee, practitioner, hold, found).await,
    }
}
