//! The chat's part of the [room's socket](crate::consultation::room).
//!
//! A page says what it has seen (`resume`), and is sent what changed since, as the page itself would draw
//! it. Whatever happens afterwards is only a reason to look again: so a message that is told twice, late or
//! not at all arrives once, in order.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    model::Words,
    queries::{self, Closed, Draft, MESSAGE_EVENT, reading},
    screen::{Batch, MessagesPart, View, base_of},
};
use crate::{
    consultation::{
        queries::Participant,
        room::{Room, Stop},
    },
    infra::{error::AppError, i18n, live::Event},
};

/// The event of somebody who writes; its id is theirs.
const TYPING: &str = "chat.typing";
/// Messages in one frame: of the longest, with their markup, less than a megabyte.
const BATCH: i64 = 40;

/// What a browser says to the chat.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Frame {
    /// The page has seen every change up to this one.
    Resume {
        /// A change.
        after: i64,
    },
    /// A message.
    Send {
        /// Drawn by the page.
        client_id: Uuid,
        /// What it says.
        text: String,
    },
    /// Another text for a message.
    Edit {
        /// The message.
        id: Uuid,
        /// What it says now.
        text: String,
    },
    /// A message is to go.
    Delete {
        /// The message.
        id: Uuid,
    },
    /// The person has read up to this position.
    Read {
        /// A position.
        up_to: i64,
    },
    /// The person is writing.
    Typing,
}

/// What the chat says to a browser.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    /// Messages that are new or changed.
    Messages {
        /// As the page draws them.
        html: String,
        /// The last change among them: what to resume from.
        last: i64,
    },
    /// A message of this page is kept.
    Stored {
        /// As the page drew it.
        client_id: Uuid,
        /// Its position.
        position: i64,
    },
    /// The other has read up to this position.
    Read {
        /// A position.
        up_to: i64,
    },
    /// The other is writing.
    Typing,
    /// What was asked is not done.
    Refused {
        /// Of a message that is not kept.
        client_id: Option<Uuid>,
        /// Why, in the reader's words.
        why: String,
    },
}

/// As the page reads it: `{"to":"chat","type":"typing"}`.
#[derive(Debug, Serialize)]
struct ToPage {
    to: &'static str,
    #[serde(flatten)]
    said: Said,
}

/// What a socket knows of its page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The last change that it has seen; `None` before it said so.
    seen: Option<i64>,
    /// How far it knows the other to have read.
    other_read: i64,
}

async fn say<R: Participant + 'static>(room: &mut Room<R>, said: Said) -> Result<(), Stop> {
    room.send(&ToPage { to: "chat", said }).await
}

/// A frame from this page.
pub(crate) async fn receive<R: Participant + 'static>(
    room: &mut Room<R>,
    frame: Frame,
) -> Result<(), Stop> {
    let id = room.id;
    match frame {
        Frame::Resume { after } => {
            room.chat.seen = Some(after.max(0));
            look(room).await
        }
        Frame::Send { client_id, text } => send(room, client_id, &text).await,
        Frame::Edit { id: message, text } => match Words::parse(&text) {
            Ok(Some(words)) => {
                let edit = move |tx: &mut _| queries::edit(tx, id, message, &words);
                let edited = room.db.write(edit).await;
                expect_found(room, edited).await
            }
            Ok(None) => refuse(room, None, "chat-error-empty").await,
            Err(_) => refuse(room, None, "chat-error-too-long").await,
        },
        Frame::Delete { id: message } => {
            let deleted = room.db.write(move |tx| queries::delete(tx, id, message));
            let deleted = deleted.await;
            expect_found(room, deleted).await
        }
        Frame::Read { up_to } => {
            let read = move |tx: &mut _| reading::mark_read(tx, id, up_to);
            Ok(room.db.write(read).await?)
        }
        Frame::Typing => Ok(room.announce(TYPING, room.me).await?),
    }
}

async fn send<R: Participant + 'static>(
    room: &mut Room<R>,
    client_id: Uuid,
    text: &str,
) -> Result<(), Stop> {
    let words = match Words::parse(text) {
        Ok(Some(words)) => words,
        Ok(None) => return refuse(room, Some(client_id), "chat-error-empty").await,
        Err(_) => return refuse(room, Some(client_id), "chat-error-too-long").await,
    };
    let draft = Draft {
        client_id,
        words: Some(words),
        file: None,
    };
    let id = room.id;
    match room
        .db
        .write(move |tx| queries::send(tx, id, &draft))
        .await?
    {
        Ok(position) => {
            let stored = Said::Stored {
                client_id,
                position,
            };
            say(room, stored).await
        }
        Err(Closed) => refuse(room, Some(client_id), "chat-error-closed").await,
    }
}

async fn expect_found<R: Participant + 'static>(
    room: &mut Room<R>,
    done: Result<(), AppError>,
) -> Result<(), Stop> {
    match done {
        Err(AppError::NotFound) => refuse(room, None, "chat-error-unchanged").await,
        done => Ok(done?),
    }
}

async fn refuse<R: Participant + 'static>(
    room: &mut Room<R>,
    client_id: Option<Uuid>,
    why: &'static str,
) -> Result<(), Stop> {
    let why = i18n::text(room.reader.locale, why).to_owned();
    say(room, Said::Refused { client_id, why }).await
}

/// Something happened to the chat.
pub(crate) async fn relay<R: Participant + 'static>(
    room: &mut Room<R>,
    event: &Event,
) -> Result<(), Stop> {
    match &*event.kind {
        TYPING if event.id != room.me => say(room, Said::Typing).await,
        MESSAGE_EVENT => look(room).await,
        reading::READ_EVENT if event.id != room.me => look_at_reading(room).await,
        _ => Ok(()),
    }
}

/// Sends what the page has not seen.
pub(crate) async fn look<R: Participant + 'static>(room: &mut Room<R>) -> Result<(), Stop> {
    while let Some(seen) = room.chat.seen {
        let (id, me, reader) = (room.id, room.me, room.reader);
        let (entries, other_read, view) = room
            .db
            .read(move |tx| {
                let entries = queries::changes_after(tx, id, seen, BATCH)?;
                if entries.is_empty() {
                    return Ok((entries, 0, None));
                }
                let other_read = reading::last_read_of_the_other(tx, id)?;
                let view = View {
                    me,
                    base: base_of::<R>(id),
                    reader,
                    other_read,
                    now: tx.now(),
                    open: queries::standing(tx, id)?.is_open(),
                };
                Ok::<_, AppError>((entries, other_read, Some(view)))
            })
            .await?;
        let (Some(view), Some(last)) = (view, entries.last().map(|entry| entry.change)) else {
            return Ok(());
        };
        let full = i64::try_from(entries.len()).is_ok_and(|count| count >= BATCH);
        let batch = Batch {
            messages: view.draw(entries),
            older: None,
        };
        let html = reader
            .render(&MessagesPart { chat: &batch })
            .map_err(AppError::internal)?;
        room.chat.seen = Some(last);
        room.chat.other_read = other_read;
        say(room, Said::Messages { html, last }).await?;
        if !full {
            return Ok(());
        }
    }
    Ok(())
}

async fn look_at_reading<R: Participant + 'static>(room: &mut Room<R>) -> Result<(), Stop> {
    let id = room.id;
    let read = move |tx: &mut _| reading::last_read_of_the_other(tx, id);
    let up_to = room.db.read(read).await?;
    if up_to > room.chat.other_read {
        room.chat.other_read = up_to;
        say(room, Said::Read { up_to }).await?;
    }
    Ok(())
}

/// Something may have gone unheard.
pub(crate) async fn catch_up<R: Participant + 'static>(room: &mut Room<R>) -> Result<(), Stop> {
    look(room).await?;
    look_at_reading(room).await
}
