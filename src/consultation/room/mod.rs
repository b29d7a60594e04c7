//! The room: what the two do together, live.
//!
//! # The socket
//! One per open page of a consultation, at `/employee/consultations/{id}/socket` and
//! `/practitioner/consultations/{id}/socket` ([`socket`]). What the browser sends is one [`Frame`]; its
//! `to` names the module that receives it. What happens to the consultation, in whichever process, reaches
//! every socket as an event ([`crate::infra::live`]); its kind's first word names the module that relays it
//! to the page.
//!
//! # The parts
//! - [`presence`]: who is in the room, and for how long.
//! - [`signals`]: what two browsers tell each other to connect.
//! - the chat: [`crate::chat`].
//!
//! To add a part: a variant of [`Frame`], an arm in [`Room::receive`], an arm in [`Room::relay`] for its kinds
//! of events, and a call in [`Room::look`] to find what went unheard.
//!
//! # Invariants
//! - Membership, sign-in, status and origin are checked before the upgrade, as for every page; and again
//!   every few seconds, so that a socket outlives a sign-out, a suspension or a cancellation by less than
//!   five seconds.
//! - Events carry ids. Whatever a socket tells its page was read in its person's own transaction.
//! - A browser that takes nothing is left after ten seconds: what waits for it is bounded.
//! - A frame has at most [`socket::FRAME`] bytes. Frames come at the pace of [`pace::Pace`]; what comes
//!   faster waits in the network, not in memory.
//! - Nothing a browser sends ends more than its own socket.

mod limit;
mod pace;
mod presence;
mod queries;
mod signals;
pub mod socket;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::queries::Participant;
use crate::{
    chat,
    infra::{
        db::Db,
        error::AppError,
        live::{self, Event, Topic},
        page::Reader,
    },
};

/// What a browser may say: `{"to":"chat","type":"typing"}`.
#[derive(Debug, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub(crate) enum Frame {
    /// To the other person, in writing.
    Chat(chat::socket::Frame),
    /// Coming and going.
    Presence(presence::Frame),
    /// From one browser to the other.
    Call(signals::Frame),
}

/// Why a socket ends from within.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The browser is gone, or does not read.
    Gone,
    /// It cannot go on now; the browser comes again.
    Failed(AppError),
}

impl From<AppError> for Stop {
    fn from(error: AppError) -> Self {
        Self::Failed(error)
    }
}

/// One open page of a consultation.
pub(crate) struct Room<R> {
    /// The consultation.
    pub(crate) id: Uuid,
    /// Whose page it is.
    pub(crate) me: Uuid,
    /// Their language and zone.
    pub(crate) reader: Reader,
    /// Their door to the database.
    pub(crate) db: Db<R>,
    /// What the chat knows of the page.
    pub(crate) chat: chat::socket::Page,
    outbox: socket::Outbox,
    /// In the room, and not only on the page.
    stay: Option<presence::Stay>,
}

/// Something happened to the consultation: the page shows it anew.
#[derive(Serialize)]
struct Changed {
    to: &'static str,
    r#type: &'static str,
}

const CHANGED: Changed = Changed {
    to: "room",
    r#type: "changed",
};

impl<R: Participant + 'static> Room<R> {
    /// Sends to this page.
    ///
    /// # Errors
    /// [`Stop::Gone`] when it is not there any more, or takes nothing.
    pub(crate) async fn send<T: Serialize>(&mut self, message: &T) -> Result<(), Stop> {
        let text = serde_json::to_string(message).map_err(AppError::internal)?;
        self.outbox.send(text).await
    }

    /// Tells every page of the consultation, this one included, something that is written nowhere.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn announce(&self, kind: &'static str, id: Uuid) -> Result<(), AppError> {
        let topic = Topic(self.id);
        self.db
            .read(move |tx| {
                live::notify(tx, topic, kind, id);
                Ok(())
            })
            .await
    }

    async fn receive(&mut self, frame: Frame) -> Result<(), Stop> {
        match frame {
            Frame::Chat(frame) => chat::socket::receive(self, frame).await,
            Frame::Presence(frame) => presence::receive(self, frame).await,
            Frame::Call(frame) => signals::receive(self, frame).await,
        }
    }

    /// Kinds that nobody knows come from a newer version of the application.
    async fn relay(&mut self, event: &Event) -> Result<(), Stop> {
        match event.kind.split('.').next() {
            Some("chat") => chat::socket::relay(self, event).await,
            Some("presence") => presence::relay(self).await,
            Some("call") => signals::relay(self).await,
            Some("room") => self.send(&CHANGED).await,
            _ => Ok(()),
        }
    }

    /// Something may have gone unheard.
    async fn look(&mut self) -> Result<(), Stop> {
        chat::socket::catch_up(self).await?;
        presence::relay(self).await?;
        signals::relay(self).await
    }
}
