//! What happens now, told to whoever has a socket open: by `NOTIFY`, to every process of the application.
//!
//! # Vocabulary
//! - **Topic**: what something happened to; sockets take a seat at one.
//! - **Event**: topic, kind and an id. Never more: what it means is read again by whoever is told, in
//!   their own name, under their own row policies.
//! - **Seat**: a socket's place at a topic, with a queue of [`QUEUE`] events, so that a client that does
//!   not read costs a bounded amount of memory.
//! - **Pass**: for whom the seat is. Every [`CHECK_EVERY`] all passes of the process are shown to the
//!   database, in shares when they are many; a seat whose pass is no longer good is lost.
//!
//! # Guarantees
//! - [`notify`] is part of the transaction: nothing is told of what was rolled back, and it is told after
//!   it can be read.
//! - An event may be missed (the connection that listens was lost, the queue was full), never silently:
//!   whoever holds the seat is then told to look for itself ([`Signal::Refetch`]); as long as nobody listens,
//!   at every check. So what an event tells of must be found by looking, or not matter when it is missed.
//!
//! One thread per process listens and checks; it begins with the first seat.

mod hub;
mod listener;

use std::time::Duration;

use uuid::Uuid;

pub use hub::{Cut, Full, Hub, Inspect, Pass, Seat, Signal};

use super::db::Tx;

/// Events that wait for a socket at most.
pub const QUEUE: usize = 64;
/// Sockets of one account in one process: a person has a few tabs and devices.
pub const SEATS_OF_ONE: usize = 12;
/// How often passes are checked; with the check itself, less than the 5 seconds that are promised.
pub const CHECK_EVERY: Duration = Duration::from_secs(3);

/// The PostgreSQL channel.
pub(super) const CHANNEL: &str = "hz_live";

/// What something happens to, by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Topic(pub Uuid);

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// To what.
    pub topic: Topic,
    /// What: a word that its domain knows.
    pub kind: Box<str>,
    /// To which part of it, or who did it: its domain knows.
    pub id: Uuid,
}

impl Event {
    /// `topic kind id`.
    fn payload(&self) -> String {
        format!("{} {} {}", self.topic.0, self.kind, self.id)
    }

    /// `None` for what is no payload of ours: anybody who may connect may notify.
    fn parse(payload: &str) -> Option<Self> {
        let mut words = payload.split(' ');
        let event = Self {
            topic: Topic(words.next()?.parse().ok()?),
            kind: words.next()?.into(),
            id: words.next()?.parse().ok()?,
        };
        words.next().is_none().then_some(event)
    }
}

/// Tells every seat at `topic`, in every process, once this transaction is committed.
pub fn notify<R>(tx: &mut Tx<R>, topic: Topic, kind: &'static str, id: Uuid) {
    let event = Event {
        topic,
        kind: kind.into(),
        id,
    };
    tx.tell(event.payload());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_survives_its_payload_and_nothing_else_is_one() {
        let event = Event {
            topic: Topic(Uuid::from_u128(1)),
            kind: "typing".into(),
            id: Uuid::from_u128(2),
        };
        assert_eq!(Event::parse(&event.payload()), Some(event.clone()));
        for bad in ["", " ", "x", "a b c", &format!("{} more", event.payload())] {
            assert_eq!(Event::parse(bad), None, "{bad:?}");
        }
    }
}
