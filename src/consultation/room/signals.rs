//! What two browsers tell each other to connect (WebRTC): session descriptions and addresses, which the
//! server passes on and does not read.
//!
//! A signal is kept for minutes in a table that only the other person reads, because it is larger than
//! what an event carries. Each page is told the signals for it in order, once: it says which one was the
//! last when its socket is opened again.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Room, Stop};
use crate::{
    consultation::queries::{
        Participant,
        room::{self, NewSignal},
    },
    infra::error::AppError,
};

/// What a page sends to the other.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Frame {
    /// A description or an address.
    Signal {
        /// The page it is for.
        target: Uuid,
        /// What its script reads.
        data: serde_json::Value,
    },
}

#[derive(Debug, Serialize)]
struct Message {
    to: &'static str,
    r#type: &'static str,
    from: Uuid,
    position: i64,
    data: serde_json::Value,
}

/// Takes a frame. A page that is not in the room signals nothing.
///
/// # Errors
/// The page is gone, or the database.
pub(crate) async fn receive<R: Participant + 'static>(
    room: &mut Room<R>,
    frame: Frame,
) -> Result<(), Stop> {
    let Frame::Signal { target, data } = frame;
    let (id, Some(stay)) = (room.id, room.stay) else {
        return Ok(());
    };
    let body = data.to_string();
    room.db
        .write(move |tx| {
            let signal = NewSignal {
                from: stay.peer,
                target,
                body: &body,
            };
            room::signal(tx, id, &signal)
        })
        .await?;
    Ok(())
}

/// Tells the page what was signalled to it since.
///
/// # Errors
/// As [`receive`].
pub(crate) async fn relay<R: Participant + 'static>(room: &mut Room<R>) -> Result<(), Stop> {
    let (id, Some(stay)) = (room.id, room.stay) else {
        return Ok(());
    };
    let signals = room
        .db
        .read(move |tx| room::signals(tx, id, stay.peer, stay.heard))
        .await?;
    for signal in signals {
        if let Ok(body) = signal.body {
            let message = Message {
                to: "call",
                r#type: "signal",
                from: signal.sender_peer,
                position: signal.position,
                data: serde_json::from_str(&body).map_err(AppError::internal)?,
            };
            room.send(&message).await?;
        }
        if let Some(stay) = &mut room.stay {
            stay.heard = signal.position;
        }
    }
    Ok(())
}
