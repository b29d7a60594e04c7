//! One ticket, for the platform: its messages, its notes, who has it.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{home_crumb, path_of};
use crate::{
    infra::{
        actor::{Admin, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing, Query, Upload},
        i18n,
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
    support::{
        model::{Status, TEXT_MOST, words},
        queries::{self, Canned, Message, Note, Sent, Ticket},
        screen::{self, Typed},
    },
};

/// Which canned answer the form begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AnswerQuery {
    answer: String,
}

#[derive(Template)]
#[template(path = "support/admin/ticket.html")]
struct TicketPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    path: String,
    ticket: Ticket,
    subject: String,
    messages: Vec<Message>,
    notes: Vec<Note>,
    colleagues: Vec<Choice>,
    assignee: String,
    answers: Vec<Choice>,
    answer: String,
    form: Typed,
    note: Typed,
    errors: FormErrors,
    note_errors: FormErrors,
}

/// What a page that answers a form shows again.
#[derive(Default)]
struct Shown {
    form: Option<Typed>,
    errors: FormErrors,
    note: Option<Typed>,
    note_errors: FormErrors,
    /// The canned answer that the form begins with.
    answer: Option<Uuid>,
}

pub(super) async fn show_ticket(
    admin: Admin,
    id: web::Path<Uuid>,
    Query(query): Query<AnswerQuery>,
) -> PageResult {
    let shown = Shown {
        answer: query.answer.parse().ok(),
        ..Shown::default()
    };
    draw(&admin, id.into_inner(), shown).await
}

async fn draw(admin: &Admin, id: Uuid, shown: Shown) -> PageResult {
    let (ticket, messages, notes, colleagues, canned) = admin
        .db()
        .read(move |tx| {
            Ok::<_, AppError>((
                queries::find(tx, id)?,
                queries::messages(tx, id)?,
                queries::notes(tx, id)?,
                queries::colleagues(tx)?,
                queries::canned(tx)?,
            ))
        })
        .await?;
    let page = admin.page();
    let status = match shown.note_errors.is_empty() {
        true => shown.errors.status(),
        false => shown.note_errors.status(),
    };
    let chosen: Option<&Canned> = shown
        .answer
        .and_then(|wanted| canned.iter().find(|answer| answer.id == wanted));
    let begun = chosen.map_or_else(String::new, |answer| answer.body.clone());
    let unreadable = || i18n::text(page.locale, "support-unreadable").to_owned();
    let template = TicketPage {
        crumbs: vec![home_crumb(&page)],
        path: path_of(id),
        subject: ticket.subject.clone().unwrap_or_else(|_| unreadable()),
        assignee: ticket
            .assignee_id
            .map(|id| id.to_string())
            .unwrap_or_default(),
        colleagues: colleagues
            .into_iter()
            .map(|colleague| Choice::new(colleague.id.to_string(), colleague.name))
            .collect(),
        answer: chosen.map_or_else(String::new, |answer| answer.id.to_string()),
        answers: canned
            .iter()
            .map(|answer| Choice::new(answer.id.to_string(), answer.title.clone()))
            .collect(),
        form: shown.form.unwrap_or_else(|| Typed::with(begun)),
        note: shown.note.unwrap_or_else(Typed::blank),
        ticket,
        messages,
        notes,
        errors: shown.errors,
        note_errors: shown.note_errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn answer(
    admin: Admin,
    id: web::Path<Uuid>,
    upload: Result<Upload, AppError>,
) -> PageResult {
    let id = id.into_inner();
    let again = |form: Option<Typed>, errors| Shown {
        form,
        errors,
        ..Shown::default()
    };
    let upload = match screen::readable(upload)? {
        Ok(upload) => upload,
        Err(errors) => return draw(&admin, id, again(None, errors)).await,
    };
    let typed = Typed::sent(&upload);
    let message = match screen::message(upload).await {
        Ok(message) => message,
        Err(errors) => return draw(&admin, id, again(Some(typed), errors)).await,
    };
    let mut errors = FormErrors::default();
    match admin
        .db()
        .write(move |tx| queries::send(tx, id, &message))
        .await?
    {
        Sent::Done => {
            let said = Flash::success("support-done-answered");
            return Ok(see_other_with(&path_of(id), said));
        }
        Sent::Ended => errors.add("text", "support-ended"),
        Sent::TooMany => errors.add("text", "support-too-many"),
    }
    draw(&admin, id, again(Some(typed), errors)).await
}

/// A note, as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NoteForm {
    client_id: String,
    note: String,
}

pub(super) async fn add_note(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(form): Form<NoteForm>,
) -> PageResult {
    let id = id.into_inner();
    let text = match words(&form.note, TEXT_MOST) {
        Ok(text) => text,
        Err(wrong) => {
            let mut note_errors = FormErrors::default();
            let said = screen::said(wrong, "support-note-missing", TEXT_MOST);
            note_errors.add("note", said);
            let note = Some(Typed {
                client: form.client_id,
                text: form.note,
            });
            let shown = Shown {
                note,
                note_errors,
                ..Shown::default()
            };
            return draw(&admin, id, shown).await;
        }
    };
    let client = form.client_id.parse().unwrap_or_else(|_| Uuid::new_v4());
    admin
        .db()
        .write(move |tx| queries::add_note(tx, id, client, &text))
        .await?;
    Ok(see_other_with(
        &path_of(id),
        Flash::success("support-done-noted"),
    ))
}

/// To whom, as it is sent; nobody in particular when it is empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TransferForm {
    assignee: String,
}

pub(super) async fn transfer(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(form): Form<TransferForm>,
) -> PageResult {
    let id = id.into_inner();
    let assignee = match form.assignee.as_str() {
        "" => Ok(None),
        some => some.parse::<Uuid>().map(Some),
    };
    let done = match assignee {
        Ok(assignee) => {
            admin
                .db()
                .write(move |tx| queries::assign(tx, id, assignee))
                .await?
        }
        Err(_) => false,
    };
    if done {
        let said = Flash::success("support-done-transferred");
        return Ok(see_other_with(&path_of(id), said));
    }
    let mut errors = FormErrors::default();
    errors.add("assignee", "support-assignee-unknown");
    let shown = Shown {
        errors,
        ..Shown::default()
    };
    draw(&admin, id, shown).await
}

async fn escalated(admin: &Admin, id: Uuid, escalated: bool) -> PageResult {
    admin
        .db()
        .write(move |tx| queries::escalate(tx, id, escalated))
        .await?;
    let said = match escalated {
        true => "support-done-escalated",
        false => "support-done-calmed",
    };
    Ok(see_other_with(&path_of(id), Flash::success(said)))
}

pub(super) async fn escalate(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    escalated(&admin, id.into_inner(), true).await
}

pub(super) async fn calm(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    escalated(&admin, id.into_inner(), false).await
}

pub(super) async fn resolve(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    admin
        .db()
        .write(move |tx| queries::step(tx, id, Status::Resolved))
        .await?;
    Ok(see_other_with(
        &path_of(id),
        Flash::success("support-done-resolved"),
    ))
}

pub(super) async fn show_file(admin: Admin, place: web::Path<(Uuid, Uuid)>) -> PageResult {
    let (ticket, file) = place.into_inner();
    let file = admin
        .db()
        .read(move |tx| queries::file(tx, ticket, file))
        .await?;
    Ok(screen::download(file))
}
