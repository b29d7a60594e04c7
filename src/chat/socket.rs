//! The chat's part of the [room's socket](crate::consultation::room).

use serde::{Deserialize, Serialize};

use crate::{
    consultation::{
        queries::Participant,
        room::{Room, Stop},
    },
    infra::live::Event,
};

/// The event of somebody who writes; its id is theirs.
const TYPING: &str = "chat.typing";

/// What a browser says to the chat.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Frame {
    /// The person is writing.
    Typing,
}

/// What the chat says to a browser.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    /// The other is writing.
    Typing,
}

/// As the page reads it: `{"to":"chat","type":"typing"}`.
#[derive(Debug, Serialize)]
struct ToPage {
    to: &'static str,
    #[serde(flatten)]
    said: Said,
}

fn to_page(said: Said) -> ToPage {
    ToPage { to: "chat", said }
}

/// A frame from this page.
pub(crate) async fn receive<R: Participant + 'static>(
    room: &mut Room<R>,
    frame: Frame,
) -> Result<(), Stop> {
    match frame {
        Frame::Typing => room.announce(TYPING, room.me).await?,
    }
    Ok(())
}

/// Something happened to the chat.
pub(crate) async fn relay<R: Participant + 'static>(
    room: &mut Room<R>,
    event: &Event,
) -> Result<(), Stop> {
    match &*event.kind {
        TYPING if event.id != room.me => room.send(&to_page(Said::Typing)).await,
        _ => Ok(()),
    }
}
