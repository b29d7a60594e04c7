//! What pages show of a chat: the thread, and the messages that are added to it.

pub(super) mod conversations;
pub(super) mod pages;

use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{MESSAGE_CHARACTERS, PAGE, Standing, changes_until},
    queries::{self, Entry, FileLine, place},
};
use crate::{
    booking::model::Actor,
    consultation::queries::{Details, Participant},
    infra::{
        db::Tx,
        error::AppError,
        form::FormErrors,
        i18n::{self, Locale, Message as Words},
        page::{Reader, filters},
    },
    practitioners::model::full_name,
};

/// Where a person's pages of a consultation are.
pub(super) fn base_of<R: Participant>(consultation: Uuid) -> String {
    let space = match R::ACTOR {
        Actor::Employee => "employee",
        Actor::Practitioner | Actor::System => "practitioner",
    };
    format!("/{space}/consultations/{consultation}")
}

/// A message, as it is drawn.
pub struct Message {
    /// The message.
    pub id: Uuid,
    /// Drawn by its sender: a page recognises what it sent itself.
    pub client_id: Uuid,
    /// Its place.
    pub position: i64,
    /// Whether the reader wrote it.
    pub mine: bool,
    /// Whether the other has read it.
    pub seen: bool,
    /// What it says; `Some(None)` when it cannot be read.
    pub text: Option<Option<String>>,
    /// Its file.
    pub file: Option<Attachment>,
    /// When it was written.
    pub sent_at: DateTime<Utc>,
    /// The reader's day it was written on.
    pub day: String,
    /// Whether it is the first of its day.
    pub begins_day: bool,
    /// When its text was last changed.
    pub edited_at: Option<DateTime<Utc>>,
    /// Whether it was deleted.
    pub deleted: bool,
    /// Whether the reader may still change or delete it here.
    pub may_change: bool,
    /// Where it is changed.
    pub href: String,
}

/// A file, as it is drawn.
pub struct Attachment {
    /// Where it is.
    pub href: String,
    /// Its name; `None` when it cannot be read.
    pub name: Option<String>,
    /// Width and height of an image.
    pub pixels: Option<(i32, i32)>,
    /// "1,2 Mo".
    pub size: Words,
}

/// "340 Ko", "1,2 Mo".
fn size_words(bytes: i32, locale: Locale) -> Words {
    if bytes < 1_000_000 {
        Words::new("chat-size-kb").with("size", (i64::from(bytes) + 999) / 1000)
    } else {
        let megabytes = f64::from(bytes / 100_000) / 10.0;
        Words::new("chat-size-mb").with("size", i18n::decimal(locale, megabytes))
    }
}

/// Messages in a row, and how their reader stands to them.
pub struct Batch {
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// Where the ones before are, when there are some.
    pub older: Option<String>,
}

/// For whom messages are drawn.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) me: Uuid,
    pub(super) base: String,
    pub(super) reader: Reader,
    /// How far the other has read.
    pub(super) other_read: i64,
    pub(super) now: DateTime<Utc>,
    pub(super) open: bool,
}

impl View {
    pub(super) fn draw(&self, entries: Vec<Entry>) -> Vec<Message> {
        let mut day = String::new();
        entries
            .into_iter()
            .map(|entry| {
                let today = entry
                    .sent_at
                    .with_timezone(&self.reader.tz)
                    .date_naive()
                    .to_string();
                let begins_day = day != today;
                day.clone_from(&today);
                self.message(entry, today, begins_day)
            })
            .collect()
    }

    fn message(&self, entry: Entry, day: String, begins_day: bool) -> Message {
        let mine = entry.sender_id == self.me;
        let deleted = entry.deleted_at.is_some();
        Message {
            id: entry.id,
            client_id: entry.client_id,
            position: entry.position,
            mine,
            seen: mine && entry.position <= self.other_read,
            text: entry.text.map(Result::ok),
            file: entry.file.map(|file| self.attachment(file)),
            sent_at: entry.sent_at,
            day,
            begins_day,
            edited_at: entry.edited_at.filter(|_| !deleted),
            deleted,
            may_change: mine && !deleted && self.open && self.now < changes_until(entry.sent_at),
            href: format!("{}/messages/{}", self.base, entry.id),
        }
    }

    fn attachment(&self, file: FileLine) -> Attachment {
        Attachment {
            href: format!("{}/attachments/{}", self.base, file.id),
            name: file.name.ok(),
            pixels: file.pixels,
            size: size_words(file.size, self.reader.locale),
        }
    }
}

/// What a page needs to show a chat: the field `chat` of its template, which includes
/// `chat/thread.html`.
pub struct Thread {
    /// The consultation's page.
    pub base: String,
    /// The other's name.
    pub other: String,
    /// The last messages, oldest first.
    pub messages: Vec<Message>,
    /// Where the ones before are, when there are some.
    pub older: Option<String>,
    /// Whether these are not the last messages.
    pub is_past: bool,
    /// The last change that is shown.
    pub last: i64,
    /// How far the other has read.
    pub other_read: i64,
    /// How many messages wait for the reader, a hundred at most.
    pub unread: i32,
    /// Whether one may write, and until when.
    pub standing: Standing,
    /// The next message's client id, for a form without JavaScript.
    pub client_id: Uuid,
    /// What was typed, when it came back.
    pub draft: String,
    /// What is wrong with it.
    pub errors: FormErrors,
}

impl Thread {
    /// The last messages of a consultation.
    ///
    /// # Errors
    /// `NotFound` for a consultation of others; the database's.
    pub fn load<R: Participant>(
        tx: &mut Tx<R>,
        details: &Details,
        reader: Reader,
    ) -> Result<Self, AppError> {
        Self::before(tx, details, reader, None)
    }

    /// The messages before a position.
    ///
    /// # Errors
    /// As [`Thread::load`].
    pub fn before<R: Participant>(
        tx: &mut Tx<R>,
        details: &Details,
        reader: Reader,
        before: Option<i64>,
    ) -> Result<Self, AppError> {
        let consultation = details.line.id;
        // Before the messages: what comes in between is told again rather than never.
        let place = place::find(tx, consultation)?;
        let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
        let mut entries = queries::latest(tx, consultation, before.unwrap_or(i64::MAX), limit)?;
        let has_older = entries.len() > PAGE;
        if has_older {
            entries.remove(0);
        }
        let base = base_of::<R>(consultation);
        let older = entries
            .first()
            .filter(|_| has_older)
            .map(|first| format!("{base}/messages?before={}", first.position));
        let view = View {
            me: tx.user_id()?,
            base,
            reader,
            other_read: place.other_read,
            now: tx.now(),
            open: place.standing.is_open(),
        };
        let line = &details.line;
        Ok(Self {
            other: full_name(&line.title, &line.first_name, &line.last_name),
            messages: view.draw(entries),
            older,
            is_past: before.is_some(),
            last: place.last_change,
            other_read: place.other_read,
            unread: place.unread,
            standing: place.standing,
            client_id: Uuid::new_v4(),
            draft: String::new(),
            errors: FormErrors::default(),
            base: view.base,
        })
    }

    /// Whether the appointment is off.
    pub fn is_cancelled(&self) -> bool {
        self.standing == Standing::Cancelled
    }

    /// Characters of the longest message.
    pub fn most_characters(&self) -> usize {
        MESSAGE_CHARACTERS
    }
}

/// Messages alone: what the socket and the way back send.
#[derive(Template)]
#[template(path = "chat/messages.html")]
pub(super) struct MessagesPart<'a> {
    pub(super) chat: &'a Batch,
}
