//! The chat's part of the [room's socket](crate::consultation::room).
//!
//! A page says what it has seen (`resume`), and is sent what changed since, as the page itself would draw
//! it. Whatever happens afterwards is only a reason to look again: so a message that is told twice, late or
//! not at all arrives once, in order.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    model::Words,
    queries::{
        self, Draft, Entry, MESSAGE_EVENT,
        place::{self, Place},
        reading,
    },
    screen::{Batch, MessagesPart, View, base_of},
};
use crate::{
    consultation::{
        queries::Participant,
        room::{Room, Stop},
    },
    infra::{db::Tx, error::AppError, i18n, live::Event},
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

/// Own messages whose event is still to come: more are not sent before it does.
const AWAITED: usize = 64;

/// What a socket knows of its page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// What this page sent and was shown at once: its event is no news.
    awaited: VecDeque<Uuid>,
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
    let (id, seen) = (room.id, room.chat.seen);
    let written = room
        .db
        .write(move |tx| {
            let sent = queries::send(tx, id, &draft)?;
            // Whoever writes sees the message without asking again. Nobody else writes to this chat
            // until the commit, so that nothing before it can be missing.
            let news = match (seen, &sent) {
                (Some(seen), Ok(_)) => News::after(tx, id, seen)?,
                _ => None,
            };
            Ok((sent, news))
        })
        .await;
    let (sent, news) = match written {
        // The database took nothing: the reason is for the page, which stays open.
        Err(AppError::Conflict(why)) => return refuse(room, Some(client_id), why).await,
        written => written?,
    };
    let Ok(sent) = sent else {
        return refuse(room, Some(client_id), "chat-error-closed").await;
    };
    let stored = Said::Stored {
        client_id,
        position: sent.position,
    };
    say(room, stored).await?;
    let Some(news) = news else {
        return Ok(());
    };
    if let Some(message) = sent.id {
        room.chat.await_event(message);
    }
    match tell(room, news).await? {
        Told::All => Ok(()),
        Told::Some => look(room).await,
    }
}

impl Page {
    fn await_event(&mut self, message: Uuid) {
        if self.awaited.len() == AWAITED {
            self.awaited.pop_front();
        }
        self.awaited.push_back(message);
    }

    /// Whether this is the event of something that was shown.
    fn was_awaited(&mut self, message: Uuid) -> bool {
        let at = self.awaited.iter().position(|awaited| *awaited == message);
        at.is_some_and(|at| self.awaited.remove(at).is_some())
    }
}

async fn expect_found<R: Participant + 'static>(
    room: &mut Room<R>,
    done: Result<(), AppError>,
) -> Result<(), Stop> {
    match done {
        Err(AppError::NotFound) => refuse(room, None, "chat-error-unchanged").await,
        Err(AppError::Conflict(why)) => refuse(room, None, why).await,
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
        MESSAGE_EVENT if room.chat.was_awaited(event.id) => Ok(()),
        MESSAGE_EVENT => look(room).await,
        reading::READ_EVENT if event.id != room.me => look_at_reading(room).await,
        _ => Ok(()),
    }
}

/// What a page has not seen.
struct News {
    entries: Vec<Entry>,
    place: Place,
    now: DateTime<Utc>,
}

impl News {
    /// The next changes after one; `None` when there are none.
    fn after<R: Participant>(
        tx: &mut Tx<R>,
        consultation: Uuid,
        seen: i64,
    ) -> Result<Option<Self>, AppError> {
        let entries = queries::changes_after(tx, consultation, seen, BATCH)?;
        if entries.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self {
            entries,
            place: place::find(tx, consultation)?,
            now: tx.now(),
        }))
    }
}

/// How much of the news there is was told.
enum Told {
    All,
    Some,
}

async fn tell<R: Participant + 'static>(room: &mut Room<R>, news: News) -> Result<Told, Stop> {
    let Some(last) = news.entries.last().map(|entry| entry.change) else {
        return Ok(Told::All);
    };
    let told = match i64::try_from(news.entries.len()) {
        Ok(count) if count < BATCH => Told::All,
        _ => Told::Some,
    };
    let view = View {
        me: room.me,
        base: base_of::<R>(room.id),
        reader: room.reader,
        other_read: news.place.other_read,
        now: news.now,
        open: news.place.standing.is_open(),
    };
    let batch = Batch {
        messages: view.draw(news.entries),
        older: None,
    };
    let html = room
        .reader
        .render(&MessagesPart { chat: &batch })
        .map_err(AppError::internal)?;
    room.chat.seen = Some(last);
    room.chat.other_read = news.place.other_read;
    say(room, Said::Messages { html, last }).await?;
    Ok(told)
}

/// Sends what the page has not seen.
pub(crate) async fn look<R: Participant + 'static>(room: &mut Room<R>) -> Result<(), Stop> {
    while let Some(seen) = room.chat.seen {
        let id = room.id;
        let news = room.db.look(move |tx| News::after(tx, id, seen)).await?;
        let Some(news) = news else {
            return Ok(());
        };
        if let Told::All = tell(room, news).await? {
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
