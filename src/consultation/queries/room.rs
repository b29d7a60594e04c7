//! The video room: its name, who is and was there, and what two browsers signal to each other.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Binary, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::Participant;
use crate::{
    booking::model::Format,
    infra::{
        actor::Worker,
        db::Tx,
        envelope::{CannotRead, Field, Scope, Sealed},
        error::AppError,
        live::{self, Topic},
        prepared::prepared,
    },
};

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The name of the consultation's video room: the one it has, or `fresh` when nobody has entered yet.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn name<R: Participant>(tx: &mut Tx<R>, id: Uuid, fresh: &str) -> Result<String, AppError> {
    prepared(
        "INSERT INTO video_rooms (consultation_id, company_id, name)
         SELECT c.id, c.company_id, $1 FROM consultations c WHERE c.id = $2 ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(fresh)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    let names: Vec<Named> = prepared("SELECT name FROM video_rooms WHERE consultation_id = $1")
        .bind::<SqlUuid, _>(id)
        .load(tx.conn())?;
    names
        .into_iter()
        .next()
        .map(|named| named.name)
        .ok_or(AppError::NotFound)
}

/// A stay of one of the two in the room.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Presence {
    /// Whether it is the employee's; else the practitioner's.
    #[diesel(sql_type = Bool)]
    pub of_employee: bool,
    /// Their arrival.
    #[diesel(sql_type = Timestamptz)]
    pub joined_at: DateTime<Utc>,
    /// Their departure, or the last sign of life of a connection that was lost.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub left_at: Option<DateTime<Utc>>,
}

/// Who was in the room and when, as far as the reader may know, in order.
///
/// # Errors
/// The database's.
pub fn presences<R: Participant>(tx: &mut Tx<R>, id: Uuid) -> Result<Vec<Presence>, AppError> {
    Ok(prepared(
        "SELECT p.person_id = c.employee_id AS of_employee, p.joined_at,
                CASE WHEN p.left_at IS NOT NULL THEN p.left_at
                     WHEN p.seen_at < $1 - interval '2 minutes' THEN p.seen_at END AS left_at
         FROM presences p JOIN consultations c ON c.id = p.consultation_id
         WHERE p.consultation_id = $2 ORDER BY p.joined_at, p.id LIMIT 200",
    )
    .bind::<Timestamptz, _>(tx.now())
    .bind::<SqlUuid, _>(id)
    .load(tx.conn())?)
}

/// Without a sign of life for so many seconds a page is taken to be gone.
const GONE_SECONDS: i64 = 45;

/// What became of somebody who wants to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// In the room: the row of the stay.
    In(Uuid),
    /// The same person is there with another page.
    Taken,
    /// The room is not open, or there is none.
    Shut,
}

#[derive(QueryableByName)]
struct Open {
    #[diesel(sql_type = Bool)]
    open: bool,
}

/// Comes in with the page `peer`: writes the arrival and tells the others.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn arrive<R: Participant>(tx: &mut Tx<R>, id: Uuid, peer: Uuid) -> Result<Arrival, AppError> {
    let (me, now, row) = (tx.user_id()?, tx.now(), Uuid::new_v4());
    let details = R::details(tx, id)?;
    if details.line.format()? == Format::InPerson || details.plan()?.judge_join(now).is_err() {
        return Ok(Arrival::Shut);
    }
    // Two pages of one person at once: the second one waits, and finds the first.
    prepared("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind::<Text, _>(format!("hz.arrive {id} {me}"))
        .execute(tx.conn())?;
    let taken: Open = prepared(
        "SELECT EXISTS (SELECT FROM presences
                        WHERE consultation_id = $1 AND person_id = $2 AND left_at IS NULL AND peer <> $3
                          AND seen_at > $4 - $5 * interval '1 second') AS open",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(peer)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(GONE_SECONDS)
    .get_result(tx.conn())?;
    if taken.open {
        return Ok(Arrival::Taken);
    }
    // What was lost without a word ended with its last sign of life.
    prepared(
        "UPDATE presences SET left_at = seen_at
         WHERE consultation_id = $1 AND person_id = $2 AND left_at IS NULL",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(me)
    .execute(tx.conn())?;
    prepared(
        "INSERT INTO presences (id, consultation_id, company_id, person_id, peer, joined_at, seen_at)
         SELECT $1, c.id, c.company_id, $2, $3, $4, $5 FROM consultations c WHERE c.id = $6",
    )
    .bind::<SqlUuid, _>(row)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(peer)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    live::notify(tx, Topic(id), "presence.changed", row);
    Ok(Arrival::In(row))
}

/// A sign of life.
///
/// # Errors
/// The database's.
pub fn stay<R: Participant>(tx: &mut Tx<R>, row: Uuid) -> Result<(), AppError> {
    prepared(
        "UPDATE presences SET seen_at = greatest(seen_at, $1) WHERE id = $2 AND left_at IS NULL",
    )
    .bind::<Timestamptz, _>(tx.now())
    .bind::<SqlUuid, _>(row)
    .execute(tx.conn())?;
    Ok(())
}

/// Goes, and tells the others. Going twice is harmless.
///
/// # Errors
/// The database's.
pub fn depart<R: Participant>(tx: &mut Tx<R>, id: Uuid, row: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    prepared(
        "UPDATE presences SET left_at = greatest(seen_at, $1), seen_at = greatest(seen_at, $2)
         WHERE id = $3 AND left_at IS NULL",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(row)
    .execute(tx.conn())?;
    live::notify(tx, Topic(id), "presence.changed", row);
    Ok(())
}

#[derive(QueryableByName)]
struct Peer {
    #[diesel(sql_type = SqlUuid)]
    peer: Uuid,
}

/// The page with which the other person is in the room now.
///
/// # Errors
/// The database's.
pub fn other<R: Participant>(tx: &mut Tx<R>, id: Uuid) -> Result<Option<Uuid>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let peers: Vec<Peer> = prepared(
        "SELECT peer FROM presences
         WHERE consultation_id = $1 AND person_id <> $2 AND left_at IS NULL AND peer IS NOT NULL
           AND seen_at > $3 - $4 * interval '1 second'
         ORDER BY joined_at DESC LIMIT 1",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(GONE_SECONDS)
    .load(tx.conn())?;
    Ok(peers.into_iter().next().map(|row| row.peer))
}

/// What one page tells another.
#[derive(Clone, Copy, Debug)]
pub struct NewSignal<'a> {
    /// The page that signals.
    pub from: Uuid,
    /// The page it is for.
    pub target: Uuid,
    /// JSON that only the pages read.
    pub body: &'a str,
}

/// Keeps a signal for the other person and rings their page.
///
/// # Errors
/// The database's.
pub fn signal<R: Participant>(
    tx: &mut Tx<R>,
    id: Uuid,
    signal: &NewSignal<'_>,
) -> Result<(), AppError> {
    let (me, now, row) = (tx.user_id()?, tx.now(), Uuid::new_v4());
    let body = tx.seal(Scope::Chat(id), field(row), signal.body)?;
    prepared(
        "INSERT INTO call_signals (id, consultation_id, company_id, sender_id, sender_peer, target_peer, body_sealed,
                                   created_at)
         SELECT $1, c.id, c.company_id, $2, $3, $4, $5, $6 FROM consultations c
         WHERE c.id = $7 AND c.status IN ('confirmed', 'in_progress')",
    )
    .bind::<SqlUuid, _>(row)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(signal.from)
    .bind::<SqlUuid, _>(signal.target)
    .bind::<Binary, _>(body)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    live::notify(tx, Topic(id), "call.signal", signal.target);
    Ok(())
}

/// Sealed like what is written beside the call: it names the addresses of both.
fn field(row: Uuid) -> Field {
    Field {
        table: "call_signals",
        column: "body_sealed",
        row,
    }
}

#[derive(QueryableByName)]
struct SignalRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = SqlUuid)]
    sender_peer: Uuid,
    #[diesel(sql_type = Binary)]
    body_sealed: Sealed,
}

/// A signal for a page.
pub struct Signal {
    /// Its place among all.
    pub position: i64,
    /// The page that signals.
    pub sender_peer: Uuid,
    /// JSON that only the pages read; one that cannot be read is passed over.
    pub body: Result<String, CannotRead>,
}

/// What was signalled to a page after a position, in order.
///
/// # Errors
/// The database's.
pub fn signals<R: Participant>(
    tx: &mut Tx<R>,
    id: Uuid,
    peer: Uuid,
    after: i64,
) -> Result<Vec<Signal>, AppError> {
    let rows: Vec<SignalRow> = prepared(
        "SELECT id, position, sender_peer, body_sealed FROM call_signals
         WHERE consultation_id = $1 AND target_peer = $2 AND position > $3 AND body_sealed IS NOT NULL
         ORDER BY position LIMIT 200",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(peer)
    .bind::<BigInt, _>(after)
    .load(tx.conn())?;
    let opened = rows.into_iter().map(|row| Signal {
        position: row.position,
        sender_peer: row.sender_peer,
        body: tx.open(Scope::Chat(id), field(row.id), &row.body_sealed),
    });
    Ok(opened.collect())
}

/// How long the words are kept by which two pages find each other.
pub const SIGNAL_MINUTES: i64 = 3;

/// Deletes signals that nobody will read any more: how many.
///
/// # Errors
/// The database's.
pub fn forget_signals(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let before = tx.now() - TimeDelta::minutes(SIGNAL_MINUTES);
    Ok(prepared("DELETE FROM call_signals WHERE created_at < $1")
        .bind::<Timestamptz, _>(before)
        .execute(tx.conn())?)
}
