//! One note: read it, add to it, print it.

use actix_web::{http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{Shown, path_of, patient_crumbs, said};
use crate::{
    infra::{
        actor::{Practitioner, render, render_status, see_other_with},
        db::Tx,
        error::{AppError, PageResult},
        form::{FormErrors, LongForm},
        page::{Crumb, Flash, PageContext, filters},
        rich_text::{TextField, Typed},
    },
    notes::queries::{
        self,
        signed::{self, Added},
    },
    practitioners::{model::full_name, queries::own},
};

#[derive(Template)]
#[template(path = "notes/practitioner/note.html")]
struct NotePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    note: Shown,
    field: TextField,
    errors: FormErrors,
    client_id: Uuid,
    /// The text came too late for the note itself.
    too_late: bool,
    owner: Uuid,
}

/// A form of the page, as it is drawn again.
#[derive(Default)]
struct Drawn {
    field: TextField,
    errors: FormErrors,
    client_id: Option<Uuid>,
    too_late: bool,
}

/// A note with what was added to it.
fn load(tx: &mut Tx<Practitioner>, id: Uuid, page: &PageContext) -> Result<Shown, AppError> {
    let note = queries::find(tx, id)?;
    let mut addenda = signed::addenda(tx, &[id])?;
    Ok(Shown::new(note, page).with(addenda.remove(&id).unwrap_or_default()))
}

async fn draw(practitioner: &Practitioner, id: Uuid, drawn: Drawn) -> PageResult {
    let page = practitioner.page();
    let reader = page.clone();
    let note = practitioner
        .db()
        .look(move |tx| load(tx, id, &reader))
        .await?;
    let status = match drawn.too_late {
        true => StatusCode::CONFLICT,
        false => drawn.errors.status(),
    };
    let template = NotePage {
        crumbs: patient_crumbs(&page, &note),
        note,
        field: drawn.field,
        errors: drawn.errors,
        client_id: drawn.client_id.unwrap_or_else(Uuid::new_v4),
        too_late: drawn.too_late,
        owner: practitioner.user_id(),
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_note(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    draw(&practitioner, id.into_inner(), Drawn::default()).await
}

/// The page of a signed note, with a text that came too late for it in the form of the addenda.
pub(super) async fn offer(practitioner: &Practitioner, id: Uuid, field: TextField) -> PageResult {
    let drawn = Drawn {
        field,
        too_late: true,
        ..Drawn::default()
    };
    draw(practitioner, id, drawn).await
}

/// An addendum, as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AddendumForm {
    client_id: String,
    text: String,
    html: Option<String>,
}

impl AddendumForm {
    fn typed(&self) -> Typed<'_> {
        Typed::sent(self.html.as_deref(), &self.text)
    }
}

pub(super) async fn add(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    LongForm { 0: form }: LongForm<AddendumForm>,
) -> PageResult {
    let id = id.into_inner();
    let client_id = form.client_id.parse().unwrap_or_else(|_| Uuid::new_v4());
    let text = match form.typed().read() {
        Ok(text) if !text.is_empty() => text,
        wrong => {
            let drawn = Drawn {
                field: TextField::kept(form.typed()),
                errors: wrong.map_or_else(said, |_| {
                    let mut errors = FormErrors::default();
                    errors.add("text", "notes-addendum-empty");
                    errors
                }),
                client_id: Some(client_id),
                ..Drawn::default()
            };
            return draw(&practitioner, id, drawn).await;
        }
    };
    let added = practitioner
        .db()
        .write(move |tx| signed::add(tx, id, client_id, &text))
        .await?;
    Ok(see_other_with(
        &path_of(id),
        match added {
            Added::Done => Flash::success("notes-addendum-done"),
            Added::Draft => Flash::warning("notes-addendum-draft"),
        },
    ))
}

#[derive(Template)]
#[template(path = "notes/practitioner/print.html")]
struct PrintPage {
    page: PageContext,
    note: Shown,
    author: String,
    printed_at: DateTime<Utc>,
}

pub(super) async fn show_print(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let page = practitioner.page();
    let reader = page.clone();
    let (note, title) = practitioner
        .db()
        .look(move |tx| {
            let note = load(tx, id, &reader)?;
            let title = own::own_title(tx)?;
            Ok::<_, AppError>((note, title))
        })
        .await?;
    let identity = practitioner.identity();
    let template = PrintPage {
        author: full_name(&title, &identity.first_name, &identity.last_name),
        note,
        printed_at: practitioner.app().clock.now(),
        page,
    };
    render(&template.page, &template)
}

impl NotePage {
    /// The name under which the browser keeps an addendum that is being written.
    fn draft(&self) -> String {
        format!("note:{}:{}:addendum", self.owner, self.note.id)
    }

    /// The names of what the browser may forget, now that it is saved.
    fn done(&self) -> String {
        format!("note:{}:{}", self.owner, self.note.id)
    }

    fn was_sent(&self) -> bool {
        self.too_late || !self.errors.is_empty()
    }
}
