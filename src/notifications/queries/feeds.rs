//! Calendar feeds: made and revoked by their owner, read by whoever knows the secret.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Binary, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::inbox::Told;
use crate::infra::{
    actor::{Actor, Visitor},
    crypto::{random_token, sha256},
    db::Tx,
    error::AppError,
    prepared::prepared,
};

/// How far back a feed goes.
const PAST: TimeDelta = TimeDelta::days(60);
/// How far ahead a feed goes.
const AHEAD: TimeDelta = TimeDelta::days(400);

#[derive(QueryableByName)]
struct Since {
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
}

/// Since when the reader's feed exists.
///
/// # Errors
/// The database's.
pub fn since<K: Told>(tx: &mut Tx<Actor<K>>) -> Result<Option<DateTime<Utc>>, AppError> {
    let feed: Option<Since> =
        prepared("SELECT created_at FROM calendar_feeds WHERE revoked_at IS NULL")
            .get_result(tx.conn())
            .optional()?;
    Ok(feed.map(|feed| feed.created_at))
}

/// Ends the reader's feed.
///
/// # Errors
/// The database's.
pub fn revoke<K: Told>(tx: &mut Tx<Actor<K>>) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    prepared("UPDATE calendar_feeds SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL")
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(me)
        .execute(tx.conn())?;
    Ok(())
}

/// Gives the reader a feed, in place of the one before: its secret, which cannot be read again.
///
/// # Errors
/// The database's; `Constraint` when two are made at once.
pub fn make<K: Told>(tx: &mut Tx<Actor<K>>) -> Result<String, AppError> {
    revoke(tx)?;
    let (me, now) = (tx.user_id()?, tx.now());
    let (token, token_hash) = random_token();
    prepared("INSERT INTO calendar_feeds (user_id, token_hash, created_at) VALUES ($1, $2, $3)")
        .bind::<SqlUuid, _>(me)
        .bind::<Binary, _>(token_hash.as_slice())
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    Ok(token)
}

/// A row of a feed: its owner, and an appointment unless there is none.
#[derive(Clone, Debug, QueryableByName)]
pub struct FeedRow {
    /// The owner's role.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// The owner's language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// The appointment.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub consultation_id: Option<Uuid>,
    /// `consultations.status`.
    #[diesel(sql_type = Nullable<Text>)]
    pub status: Option<String>,
    /// Its start.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub starts_at: Option<DateTime<Utc>>,
    /// Its end.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ends_at: Option<DateTime<Utc>>,
    /// How many times a calendar had something to learn of it since it was booked.
    #[diesel(sql_type = Nullable<Integer>)]
    pub revision: Option<i32>,
}

/// What the feed of a secret holds.
///
/// # Errors
/// `NotFound` for a secret that is none, or no longer.
pub fn read(tx: &mut Tx<Visitor>, token: &str) -> Result<Vec<FeedRow>, AppError> {
    let now = tx.now();
    let rows: Vec<FeedRow> = prepared("SELECT * FROM hz.calendar_feed($1, $2, $3)")
        .bind::<Binary, _>(sha256(token.as_bytes()).to_vec())
        .bind::<Timestamptz, _>(now - PAST)
        .bind::<Timestamptz, _>(now + AHEAD)
        .load(tx.conn())?;
    if rows.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok(rows)
}
