//! Who is in the room: arrivals and departures, as they happen.
//!
//! A page enters with `join` and a name it made up (`peer`), says `here` from time to time, and goes with
//! `leave` or with its socket. One page of each person at a time: a second one is told that the place is
//! taken. Whoever is in the room learns who else is, as a whole each time (`who`).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Room, Stop};
use crate::{
    consultation::queries::{
        Participant,
        room::{self, Arrival},
    },
    infra::error::AppError,
};

/// What a page says of its presence.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Frame {
    /// Comes in, or comes back.
    Join {
        /// The page's name.
        peer: Uuid,
        /// The last signal it has received.
        #[serde(default)]
        after: i64,
    },
    /// Is still there.
    Here,
    /// Goes.
    Leave,
}

/// What a page is told.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Message {
    /// Who else is there.
    Who {
        to: &'static str,
        other: Option<Uuid>,
    },
    /// The same person is in the room with another page.
    Taken { to: &'static str },
    /// The room is not open, or not any more.
    Shut { to: &'static str },
}

const TO: &str = "presence";

/// The stay of a page in the room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stay {
    row: Uuid,
    /// The page.
    pub(super) peer: Uuid,
    /// The last signal that it was told.
    pub(super) heard: i64,
}

/// Takes a frame.
///
/// # Errors
/// The page is gone, or the database.
pub(crate) async fn receive<R: Participant + 'static>(
    room: &mut Room<R>,
    frame: Frame,
) -> Result<(), Stop> {
    let id = room.id;
    match (frame, room.stay) {
        (Frame::Join { peer, after }, _) => {
            room.stay = None;
            match room.db.write(move |tx| room::arrive(tx, id, peer)).await? {
                Arrival::In(row) => {
                    room.stay = Some(Stay {
                        row,
                        peer,
                        heard: after,
                    });
                    tell(room).await
                }
                Arrival::Taken => room.send(&Message::Taken { to: TO }).await,
                Arrival::Shut => room.send(&Message::Shut { to: TO }).await,
            }
        }
        (Frame::Here, Some(stay)) => Ok(room.db.write(move |tx| room::stay(tx, stay.row)).await?),
        (Frame::Leave, Some(_)) => Ok(leave(room).await?),
        // Never came in.
        (Frame::Here | Frame::Leave, None) => Ok(()),
    }
}

/// Somebody came or went.
///
/// # Errors
/// As [`receive`].
pub(crate) async fn relay<R: Participant + 'static>(room: &mut Room<R>) -> Result<(), Stop> {
    match room.stay {
        Some(_) => tell(room).await,
        None => Ok(()),
    }
}

async fn tell<R: Participant + 'static>(room: &mut Room<R>) -> Result<(), Stop> {
    let id = room.id;
    let other = room.db.read(move |tx| room::other(tx, id)).await?;
    room.send(&Message::Who { to: TO, other }).await
}

/// The page goes, by itself or with its socket.
///
/// # Errors
/// The database's.
pub(crate) async fn leave<R: Participant + 'static>(room: &mut Room<R>) -> Result<(), AppError> {
    let Some(stay) = room.stay.take() else {
        return Ok(());
    };
    let id = room.id;
    room.db
        .write(move |tx| room::depart(tx, id, stay.row))
        .await
}
