//! The chat on a page of its own, and its forms: everything works without JavaScript.

use actix_web::{
    FromRequest as _, HttpResponse,
    http::{
        StatusCode,
        header::{
            self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
        },
    },
    web,
};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{Batch, MessagesPart, Thread, base_of};
use crate::{
    chat::{
        files::{self, File, Unfit},
        model::{FILE_BYTES, MESSAGE_CHARACTERS, TooLong, Words, changes_until},
        queries::{self, Closed, Draft, attachments, place, reading},
    },
    consultation::queries::Participant,
    infra::{
        actor::{Actor, Kind, render, render_status, see_other, see_other_with, wants_fragment},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing, Query, Upload},
        i18n, images,
        page::{Crumb, Flash, PageContext, filters},
    },
};

/// Where the reading of older messages has come to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::chat) struct Older {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "chat/page.html")]
struct ThreadPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    chat: Thread,
}

impl ThreadPage {
    fn new<K: Kind>(page: PageContext, chat: Thread) -> Self {
        let list = format!("{}/consultations", K::SPACE.home());
        Self {
            crumbs: vec![
                Crumb::new(list, i18n::text(page.locale, "chat-consultations")),
                Crumb::new(chat.base.clone(), chat.other.clone()),
            ],
            chat,
            page,
        }
    }
}

pub(in crate::chat) async fn show<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Query(older): Query<Older>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let (id, page) = (id.into_inner(), person.page());
    let reader = page.reader();
    let before = older.before.and_then(|text| text.parse::<i64>().ok());
    let chat = person
        .db()
        .look(move |tx| {
            let details = Participant::details(tx, id)?;
            Thread::before(tx, &details, reader, before)
        })
        .await?;
    if wants_fragment(person.request()) {
        let batch = Batch {
            messages: chat.messages,
            older: chat.older,
        };
        return render(&page, &MessagesPart { chat: &batch });
    }
    let template = ThreadPage::new::<K>(page, chat);
    render(&template.page, &template)
}

/// What is wrong with a message, by field.
fn refusal(problem: Result<Option<Words>, TooLong>, file: Option<Unfit>) -> FormErrors {
    let mut errors = FormErrors::default();
    if problem.is_err() {
        errors.add(
            "text",
            i18n::Message::new("chat-error-long").with("most", MESSAGE_CHARACTERS),
        );
    }
    match file {
        None => {}
        Some(Unfit::TooLarge) => errors.add("file", "chat-error-file-large"),
        Some(Unfit::Kind) => errors.add("file", "chat-error-file-kind"),
        Some(Unfit::Broken) => errors.add("file", "chat-error-file-broken"),
    }
    errors
}

/// The file of a form, made fit to be kept; decoding takes a core.
async fn file_of(upload: &mut Upload) -> Result<Option<Result<File, Unfit>>, AppError> {
    if upload.size() == 0 {
        return Ok(None);
    }
    let name = upload.file_name().to_owned();
    let content = upload
        .read(FILE_BYTES as u64 + 1)
        .map_err(AppError::internal)?;
    let file = images::in_turn(move || files::accept(&name, content)).await?;
    Ok(Some(file))
}

pub(in crate::chat) async fn send<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    payload: web::Payload,
) -> PageResult
where
    Actor<K>: Participant,
{
    let id = id.into_inner();
    // Before anything is taken in: it is nobody's business but the two's.
    let standing = person
        .db()
        .read(move |tx| Ok(place::find(tx, id)?.standing))
        .await?;
    let mut upload = Upload::from_request(person.request(), &mut payload.into_inner()).await?;
    let typed = upload.text().to_owned();
    let words = Words::parse(&typed);
    let file = if standing.is_open() {
        file_of(&mut upload).await?
    } else {
        None
    };
    let (file, unfit) = match file {
        Some(Ok(file)) => (Some(file), None),
        Some(Err(unfit)) => (None, Some(unfit)),
        None => (None, None),
    };
    let mut errors = refusal(words.clone(), unfit);
    let words = words.unwrap_or_default();
    if errors.is_empty() && words.is_none() && file.is_none() {
        errors.add("text", "chat-error-empty");
    }
    if errors.is_empty() {
        let draft = Draft {
            client_id: upload
                .client_id()
                .parse()
                .unwrap_or_else(|_| Uuid::new_v4()),
            words,
            file,
        };
        match person
            .db()
            .write(move |tx| queries::send(tx, id, &draft))
            .await?
        {
            Ok(_) if wants_fragment(person.request()) => {
                return Ok(HttpResponse::NoContent().finish());
            }
            Ok(_) => return Ok(see_other(&end_of::<K>(id))),
            Err(Closed) => errors.add_form("chat-error-closed"),
        }
    }
    refused(&person, id, typed, errors).await
}

/// The form again, or what is wrong with it as a sentence for whoever sent it from the page.
async fn refused<K: Kind>(
    person: &Actor<K>,
    id: Uuid,
    typed: String,
    errors: FormErrors,
) -> PageResult
where
    Actor<K>: Participant,
{
    let page = person.page();
    let reader = page.reader();
    if wants_fragment(person.request()) {
        let said = ["text", "file"].iter().find_map(|field| errors.of(field));
        let said = said.or(errors.form()).map(|said| said.text(page.locale));
        return Ok(HttpResponse::UnprocessableEntity()
            .content_type("text/plain; charset=utf-8")
            .body(said.unwrap_or_default().into_owned()));
    }
    let chat = person
        .db()
        .look(move |tx| {
            let details = Participant::details(tx, id)?;
            Thread::load(tx, &details, reader)
        })
        .await?;
    let chat = Thread {
        draft: typed,
        errors,
        ..chat
    };
    let template = ThreadPage::new::<K>(page, chat);
    render_status(&template.page, &template, StatusCode::UNPROCESSABLE_ENTITY)
}

/// The page, at its last message.
fn end_of<K: Kind>(id: Uuid) -> String
where
    Actor<K>: Participant,
{
    format!("{}/messages#chat-end", base_of::<Actor<K>>(id))
}

pub(in crate::chat) async fn read<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let id = id.into_inner();
    person
        .db()
        .write(move |tx| {
            let last = place::find(tx, id)?.last_change;
            reading::mark_read(tx, id, last)
        })
        .await?;
    // The badge is part of the identity that this process remembers.
    person.forget_sessions();
    Ok(see_other(&end_of::<K>(id)))
}

#[derive(Template)]
#[template(path = "chat/message.html")]
struct MessagePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    base: String,
    id: Uuid,
    may_change: bool,
    text: String,
    errors: FormErrors,
}

/// A consultation and a message of it.
type MessagePath = web::Path<(Uuid, Uuid)>;

async fn message_page<K: Kind>(
    person: &Actor<K>,
    path: (Uuid, Uuid),
    typed: Option<String>,
    errors: FormErrors,
) -> PageResult
where
    Actor<K>: Participant,
{
    let (id, message) = path;
    let (entry, standing) = person
        .db()
        .read(move |tx| queries::find(tx, id, message))
        .await?;
    let base = base_of::<Actor<K>>(id);
    // The other's message, or one that is gone: read in its place.
    if entry.deleted_at.is_some() || entry.sender_id != person.user_id() {
        return Ok(see_other(&format!("{base}/messages")));
    }
    let page = person.page();
    let now = person.app().clock.now();
    let template = MessagePage {
        crumbs: vec![Crumb::new(
            format!("{base}/messages"),
            i18n::text(page.locale, "chat-title"),
        )],
        may_change: standing.is_open() && now < changes_until(entry.sent_at),
        text: typed.unwrap_or_else(|| entry.text.and_then(Result::ok).unwrap_or_default()),
        id: message,
        base,
        errors,
        page,
    };
    let status = template.errors.status();
    render_status(&template.page, &template, status)
}

pub(in crate::chat) async fn show_message<K: Kind>(
    person: Actor<K>,
    path: MessagePath,
) -> PageResult
where
    Actor<K>: Participant,
{
    message_page(&person, path.into_inner(), None, FormErrors::default()).await
}

/// A message's new text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::chat) struct EditForm {
    text: String,
}

pub(in crate::chat) async fn edit<K: Kind>(
    person: Actor<K>,
    path: MessagePath,
    Form(form): Form<EditForm>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let (id, message) = path.into_inner();
    let words = Words::parse(&form.text);
    let mut errors = refusal(words.clone(), None);
    let Ok(Some(words)) = words else {
        errors.add("text", "chat-error-empty");
        return message_page(&person, (id, message), Some(form.text), errors).await;
    };
    person
        .db()
        .write(move |tx| queries::edit(tx, id, message, &words))
        .await?;
    Ok(see_other_with(
        &end_of::<K>(id),
        Flash::success("chat-done-edit"),
    ))
}

pub(in crate::chat) async fn delete<K: Kind>(
    person: Actor<K>,
    path: MessagePath,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let (id, message) = path.into_inner();
    person
        .db()
        .write(move |tx| queries::delete(tx, id, message))
        .await?;
    Ok(see_other_with(
        &end_of::<K>(id),
        Flash::success("chat-done-delete"),
    ))
}

/// A file, for the two alone. Whatever is in it, it runs nothing and is kept nowhere on the way.
pub(in crate::chat) async fn attachment<K: Kind>(person: Actor<K>, path: MessagePath) -> PageResult
where
    Actor<K>: Participant,
{
    let (id, file) = path.into_inner();
    let file = person
        .db()
        .look(move |tx| attachments::open(tx, id, file))
        .await?;
    let is_image = file.kind.starts_with("image/");
    let disposition = ContentDisposition {
        disposition: if is_image {
            DispositionType::Inline
        } else {
            DispositionType::Attachment
        },
        parameters: vec![DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: file.name.into_bytes(),
        })],
    };
    Ok(HttpResponse::Ok()
        .content_type(file.kind)
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header(disposition)
        .body(file.content))
}
