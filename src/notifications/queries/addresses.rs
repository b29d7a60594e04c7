//! Personal addresses: asked for by an employee, proved by a link that a visitor follows.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    auth::email_address::EmailAddress,
    infra::{
        actor::{Employee, Visitor, Worker},
        crypto::LinkToken,
        db::Tx,
        error::AppError,
        jobs,
        prepared::prepared,
    },
    notifications::jobs::ConfirmAddress,
    privacy::departure::TellLeaver,
};

/// How long the link in a mail works.
const LINK: TimeDelta = TimeDelta::hours(48);
/// How many links somebody may ask for within a day.
const MOST_LINKS: i32 = 5;

/// The reader's own personal address.
#[derive(Clone, Debug, Default, QueryableByName)]
pub struct PersonalAddress {
    /// Where mails go.
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    /// Where they will go once its link is followed.
    #[diesel(sql_type = Nullable<Text>)]
    pub pending_email: Option<String>,
}

/// The reader's own personal address; a link that is too old is no longer waited for.
///
/// # Errors
/// The database's.
pub fn own(tx: &mut Tx<Employee>) -> Result<PersonalAddress, AppError> {
    let now = tx.now();
    Ok(prepared(
        "SELECT email, CASE WHEN pending_until > $1 THEN pending_email END AS pending_email FROM personal_addresses",
    )
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?
    .unwrap_or_default())
}

/// Sends a link to an address that is to be the reader's personal one; the links before end. False when too
/// many were asked for today.
///
/// # Errors
/// The database's.
pub fn ask(tx: &mut Tx<Employee>, address: &EmailAddress) -> Result<bool, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let day_ago = now - TimeDelta::days(1);
    let asked = prepared(
        "INSERT INTO personal_addresses AS a (user_id, pending_email, pending_until, asked_count, asked_since)
         VALUES ($1, $2, $3, 1, $4)
         ON CONFLICT (user_id) DO UPDATE
             SET pending_email = EXCLUDED.pending_email, pending_until = EXCLUDED.pending_until,
                 pending_nonce = gen_random_uuid(),
                 asked_count = CASE WHEN a.asked_since > $5 THEN a.asked_count + 1 ELSE 1 END,
                 asked_since = CASE WHEN a.asked_since > $6 THEN a.asked_since ELSE EXCLUDED.asked_since END
             WHERE a.asked_since <= $7 OR a.asked_count < $8",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Text, _>(address.as_str())
    .bind::<Timestamptz, _>(now + LINK)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(day_ago)
    .bind::<Timestamptz, _>(day_ago)
    .bind::<Timestamptz, _>(day_ago)
    .bind::<diesel::sql_types::Integer, _>(MOST_LINKS)
    .execute(tx.conn())?;
    if asked == 0 {
        return Ok(false);
    }
    jobs::enqueue(tx, &ConfirmAddress { user_id: me })?;
    Ok(true)
}

/// Forgets the reader's personal address, and the one that waits for its link. How many links were asked
/// for stays.
///
/// # Errors
/// The database's.
pub fn remove(tx: &mut Tx<Employee>) -> Result<(), AppError> {
    let me = tx.user_id()?;
    prepared(
        "UPDATE personal_addresses
         SET email = NULL, pending_email = NULL, pending_until = NULL, pending_nonce = gen_random_uuid()
         WHERE user_id = $1",
    )
    .bind::<SqlUuid, _>(me)
    .execute(tx.conn())?;
    Ok(())
}

/// The mail with a link.
#[derive(Clone, Debug, QueryableByName)]
pub struct AddressMail {
    /// The account.
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    /// Part of the signed link.
    #[diesel(sql_type = SqlUuid)]
    pub nonce: Uuid,
    /// The address to prove.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The account's language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// The account's zone.
    #[diesel(sql_type = Text)]
    pub timezone: String,
}

/// The address that somebody is to prove; `None` when it is proved or given up already.
///
/// # Errors
/// The database's.
pub fn pending(tx: &mut Tx<Worker>, user_id: Uuid) -> Result<Option<AddressMail>, AppError> {
    let now = tx.now();
    Ok(prepared(
        "SELECT u.id AS user_id, a.pending_nonce AS nonce, a.pending_email AS email, u.locale, u.timezone
         FROM personal_addresses a JOIN users u ON u.id = a.user_id AND u.status IN ('active', 'suspended')
         WHERE a.user_id = $1 AND a.pending_until > $2",
    )
    .bind::<SqlUuid, _>(user_id)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?)
}

#[derive(QueryableByName)]
struct Open {
    #[diesel(sql_type = Bool)]
    is_open: bool,
}

/// Whether a genuine link still proves something. The transaction acts for the link's account.
///
/// # Errors
/// The database's.
pub fn is_open(tx: &mut Tx<Visitor>, link: LinkToken) -> Result<bool, AppError> {
    let now = tx.now();
    let found: Open = prepared(
        "SELECT EXISTS (SELECT FROM personal_addresses a JOIN users u ON u.id = a.user_id AND u.status IN ('active', 'suspended')
                        WHERE a.user_id = $1 AND a.pending_nonce = $2 AND a.pending_until > $3) AS is_open",
    )
    .bind::<SqlUuid, _>(link.user_id)
    .bind::<SqlUuid, _>(link.nonce)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())?;
    Ok(found.is_open)
}

/// Makes the address of a genuine link the personal one, once: whether it did.
///
/// # Errors
/// The database's.
pub fn prove(tx: &mut Tx<Visitor>, link: LinkToken) -> Result<bool, AppError> {
    if !is_open(tx, link)? {
        return Ok(false);
    }
    let now: DateTime<Utc> = tx.now();
    let proved = prepared(
        "UPDATE personal_addresses SET email = pending_email, pending_email = NULL, pending_until = NULL
         WHERE user_id = $1 AND pending_nonce = $2 AND pending_until > $3",
    )
    .bind::<SqlUuid, _>(link.user_id)
    .bind::<SqlUuid, _>(link.nonce)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if proved == 1 {
        // Somebody who left between the link and now.
        jobs::enqueue(
            tx,
            &TellLeaver {
                user_id: link.user_id,
            },
        )?;
    }
    Ok(proved == 1)
}
