//! Beginning a note: of which kind, about which consultation.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{home_crumb, path_of};
use crate::{
    booking::{model::Status, wording},
    consultation::queries::practitioner_details,
    infra::{
        actor::{Practitioner, render_status, see_other, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors},
        i18n,
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
    notes::{
        model::{Kind, may_be_noted},
        queries::{
            self,
            drafts::{self, Begun},
        },
    },
    practitioners::model::full_name,
};

/// Which kind of note.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct KindForm {
    kind: String,
}

#[derive(Template)]
#[template(path = "notes/practitioner/new.html")]
struct KindsPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    consultation: Uuid,
    patient: String,
    happened_at: chrono::DateTime<chrono::Utc>,
    kinds: Vec<Choice>,
    chosen: String,
    errors: FormErrors,
}

async fn draw(
    practitioner: &Practitioner,
    consultation: Uuid,
    (chosen, errors): (String, FormErrors),
) -> PageResult {
    let (details, known) = practitioner
        .db()
        .look(move |tx| {
            let details = practitioner_details(tx, consultation)?;
            let known = queries::of_consultation(tx, consultation)?;
            Ok::<_, AppError>((details, known))
        })
        .await?;
    let status = details.plan()?.status;
    if !may_be_noted(status) && known.is_empty() {
        return Ok(nothing_to_note(practitioner, consultation, status));
    }
    let page = practitioner.page();
    let kinds = Kind::ALL.into_iter().map(|kind| {
        let there = known.iter().find(|line| line.kind == kind);
        let detail = match there {
            None => kind.detail_key(),
            Some(line) if line.signed_at.is_some() => "notes-kind-signed",
            Some(_) => "notes-kind-begun",
        };
        Choice::new(kind.as_str(), i18n::text(page.locale, kind.label_key()))
            .detail(i18n::text(page.locale, detail))
    });
    let status = errors.status();
    let template = KindsPage {
        crumbs: vec![home_crumb(&page)],
        consultation,
        patient: full_name("", &details.line.first_name, &details.line.last_name),
        happened_at: details.line.starts_at,
        kinds: kinds.collect(),
        chosen,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_kinds(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let first = Kind::Session.as_str().to_owned();
    draw(
        &practitioner,
        id.into_inner(),
        (first, FormErrors::default()),
    )
    .await
}

pub(super) async fn begin(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<KindForm>,
) -> PageResult {
    let consultation = id.into_inner();
    let Ok(kind) = form.kind.parse::<Kind>() else {
        let mut errors = FormErrors::default();
        errors.add("kind", "notes-kind-missing");
        return draw(&practitioner, consultation, (form.kind, errors)).await;
    };
    let begun = practitioner
        .db()
        .write(move |tx| drafts::begin(tx, consultation, kind))
        .await?;
    match begun {
        Begun::There(note) => Ok(see_other(&format!("{}/edit", path_of(note)))),
        Begun::NothingToNote(status) => Ok(nothing_to_note(&practitioner, consultation, status)),
    }
}

fn nothing_to_note(
    practitioner: &Practitioner,
    consultation: Uuid,
    status: Status,
) -> HttpResponse {
    let locale = practitioner.page().locale;
    let status = i18n::text(locale, wording::status_key(status)).to_lowercase();
    see_other_with(
        &format!("/practitioner/consultations/{consultation}"),
        Flash::warning("notes-nothing-to-note").with("status", status),
    )
}
