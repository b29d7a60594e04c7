//! What cannot be undone: signing a draft, throwing one away.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{HOME, Shown, note_crumbs, path_of};
use crate::{
    infra::{
        actor::{Practitioner, render, see_other_with},
        error::{AppError, PageResult},
        form::{Form, Nothing},
        page::{Crumb, Flash, PageContext, filters},
    },
    notes::queries::{
        self,
        drafts::{self, Signed},
    },
    practitioners::{model::full_name, queries::own},
};

#[derive(Template)]
#[template(path = "notes/practitioner/signature.html")]
struct SignaturePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    note: Shown,
    author: String,
    owner: Uuid,
}

pub(super) async fn show_signature(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let (note, title) = practitioner
        .db()
        .look(move |tx| Ok::<_, AppError>((queries::find(tx, id)?, own::own_title(tx)?)))
        .await?;
    let nothing = note.content.as_ref().map_or(true, |text| text.is_empty());
    if note.signed_at.is_some() || nothing {
        return Ok(refused(id, note.signed_at.is_some()));
    }
    let page = practitioner.page();
    let note = Shown::new(note, &page);
    let identity = practitioner.identity();
    let template = SignaturePage {
        crumbs: note_crumbs(&page, &note),
        author: full_name(&title, &identity.first_name, &identity.last_name),
        owner: practitioner.user_id(),
        note,
        page,
    };
    render(&template.page, &template)
}

/// Signed before, or nothing to sign.
fn refused(id: Uuid, signed: bool) -> actix_web::HttpResponse {
    match signed {
        true => see_other_with(&path_of(id), Flash::info("notes-signed-already")),
        false => see_other_with(&path_of(id), Flash::warning("notes-sign-empty")),
    }
}

/// A signature, as it is sent: of the state that was read again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SignatureForm {
    revision: String,
}

pub(super) async fn sign(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<SignatureForm>,
) -> PageResult {
    let id = id.into_inner();
    let revision = form.revision.parse().unwrap_or_default();
    let signed = practitioner
        .db()
        .write(move |tx| drafts::sign(tx, id, revision))
        .await?;
    Ok(match signed {
        Signed::Done => see_other_with(&path_of(id), Flash::success("notes-sign-done")),
        Signed::Changed => see_other_with(
            &format!("{}/signature", path_of(id)),
            Flash::warning("notes-sign-changed"),
        ),
        Signed::Empty => refused(id, false),
    })
}

#[derive(Template)]
#[template(path = "notes/practitioner/deletion.html")]
struct DeletionPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    note: Shown,
}

pub(super) async fn show_deletion(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let note = practitioner
        .db()
        .look(move |tx| queries::find(tx, id))
        .await?;
    if note.signed_at.is_some() {
        return Ok(see_other_with(
            &path_of(id),
            Flash::warning("notes-signed-kept"),
        ));
    }
    let page = practitioner.page();
    let note = Shown::new(note, &page);
    let template = DeletionPage {
        crumbs: note_crumbs(&page, &note),
        note,
        page,
    };
    render(&template.page, &template)
}

pub(super) async fn delete(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let gone = practitioner
        .db()
        .write(move |tx| drafts::discard(tx, id))
        .await?;
    Ok(match gone {
        true => see_other_with(HOME, Flash::success("notes-deleted")),
        false => see_other_with(&path_of(id), Flash::warning("notes-signed-kept")),
    })
}

impl SignaturePage {
    /// The name of what the browser may forget, now that it is saved.
    fn done(&self) -> String {
        format!("note:{}:{}", self.owner, self.note.id)
    }
}
