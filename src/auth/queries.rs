//! All the SQL of accounts.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Binary, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    email_address::EmailAddress,
    model::{self, RESETS_FROM_ONE_PLACE, Tally, WINDOW_MINUTES},
};
use crate::{
    infra::{
        actor::{Visitor, Worker},
        audit::{self, Severity},
        db::Tx,
        error::AppError,
        session::{AccountRole, FORMER_HOME},
    },
    schema::{credentials, password_resets, sessions, users},
};

/// What signing in needs to know of an account.
#[derive(Debug, QueryableByName)]
pub struct SignInAccount {
    /// The account.
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    /// `users.role`.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// The company of an employee or HR.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub company_id: Option<Uuid>,
    /// `pending`, `active`, `suspended` or `erased`; `former` for somebody who left, found by the address
    /// that they proved to be their own.
    #[diesel(sql_type = Text)]
    pub status: String,
    /// The PHC string; absent until the invitation is accepted.
    #[diesel(sql_type = Nullable<Text>)]
    pub password_hash: Option<String>,
}

impl SignInAccount {
    /// Whether the right password begins a session.
    #[must_use]
    pub fn may_sign_in(&self) -> bool {
        self.status == "active" || self.has_left()
    }

    /// Whether it is somebody who left, known by their personal address.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.status == "former"
    }

    /// Where it leads.
    ///
    /// # Errors
    /// A role that this build does not know.
    pub fn home(&self) -> Result<&'static str, AppError> {
        if self.has_left() {
            return Ok(FORMER_HOME);
        }
        Ok(account_role(&self.role)?.home())
    }
}

/// The accounts that an address may sign in to: the one that has it, then those of people who left and
/// proved it to be their own. Nearly always one at most.
///
/// # Errors
/// The database's.
pub fn sign_in_accounts(
    tx: &mut Tx<Visitor>,
    email: &EmailAddress,
) -> Result<Vec<SignInAccount>, AppError> {
    Ok(
        sql_query("SELECT * FROM hz.sign_in_account($1) ORDER BY status = 'former'")
            .bind::<Text, _>(email.as_str())
            .load(tx.conn())?,
    )
}

/// The two keys an attempt counts for.
#[derive(Clone, Debug)]
pub struct AttemptKeys {
    /// Keyed hash of the address.
    pub account: Vec<u8>,
    /// Keyed hash of the IP.
    pub origin: Vec<u8>,
}

#[derive(QueryableByName)]
struct TallyRow {
    #[diesel(sql_type = BigInt)]
    failed: i64,
    #[diesel(sql_type = BigInt)]
    running: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    oldest: Option<DateTime<Utc>>,
}

impl From<TallyRow> for Tally {
    fn from(row: TallyRow) -> Self {
        Self {
            failed: row.failed,
            running: row.running,
            oldest: row.oldest,
        }
    }
}

fn tally(tx: &mut Tx<Visitor>, column: &str, key: &[u8]) -> Result<Tally, AppError> {
    let since = tx.now() - Duration::minutes(WINDOW_MINUTES);
    // An attempt that has run for a minute lost its process; it no longer counts as running.
    let running_since = tx.now() - Duration::minutes(1);
    let row: TallyRow = sql_query(format!(
        "SELECT count(*) FILTER (WHERE failed) AS failed,
                count(*) FILTER (WHERE NOT failed AND attempted_at > $3) AS running,
                min(attempted_at) AS oldest
         FROM sign_in_attempts WHERE {column} = $1 AND attempted_at > $2"
    ))
    .bind::<Binary, _>(key)
    .bind::<Timestamptz, _>(since)
    .bind::<Timestamptz, _>(running_since)
    .get_result(tx.conn())?;
    Ok(row.into())
}

/// Waits until no other transaction counts what is under this key: two at once would each see the same count.
fn in_turn(tx: &mut Tx<Visitor>, key: &[u8]) -> Result<(), AppError> {
    sql_query("SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))")
        .bind::<Binary, _>(key)
        .execute(tx.conn())?;
    Ok(())
}

/// Writes an attempt down before the password is looked at, or answers when the next may begin.
///
/// # Errors
/// The database's.
pub fn begin_attempt(
    tx: &mut Tx<Visitor>,
    keys: &AttemptKeys,
) -> Result<Result<Uuid, DateTime<Utc>>, AppError> {
    // Attempts at one account, then of one origin, queue here: parallel ones would each see the
    // same count. Always in this order, so that two never wait for each other.
    for key in [&keys.account, &keys.origin] {
        in_turn(tx, key)?;
    }
    let account = tally(tx, "account_key", &keys.account)?;
    let origin = tally(tx, "ip_key", &keys.origin)?;
    if let Err(until) = model::next_attempt(account, origin) {
        audit::security_event_from(
            tx,
            "sign_in_locked",
            Severity::Medium,
            None,
            Some(keys.origin.clone()),
        )?;
        return Ok(Err(until));
    }
    let id = Uuid::new_v4();
    let now = tx.now();
    sql_query("INSERT INTO sign_in_attempts (id, account_key, ip_key, attempted_at) VALUES ($1, $2, $3, $4)")
        .bind::<SqlUuid, _>(id)
        .bind::<Binary, _>(&keys.account)
        .bind::<Binary, _>(&keys.origin)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    Ok(Ok(id))
}

/// Counts a request for a reset link among the attempts of its place (a key of its own, apart from those of signing in);
/// false when there were too many.
///
/// # Errors
/// The database's.
pub fn may_ask_for_reset(tx: &mut Tx<Visitor>, place: &[u8]) -> Result<bool, AppError> {
    in_turn(tx, place)?;
    let now = tx.now();
    let written = sql_query(
        "INSERT INTO sign_in_attempts (id, account_key, ip_key, attempted_at)
         SELECT $1, $2, $2, $3
         WHERE (SELECT count(*) FROM sign_in_attempts WHERE ip_key = $2 AND attempted_at > $4) < $5",
    )
    .bind::<SqlUuid, _>(Uuid::new_v4())
    .bind::<Binary, _>(place)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now - Duration::minutes(WINDOW_MINUTES))
    .bind::<BigInt, _>(RESETS_FROM_ONE_PLACE)
    .execute(tx.conn())?;
    Ok(written == 1)
}

/// Notes that an attempt failed.
///
/// # Errors
/// The database's.
pub fn attempt_failed(
    tx: &mut Tx<Visitor>,
    attempt: Uuid,
    user_id: Option<Uuid>,
    keys: &AttemptKeys,
) -> Result<(), AppError> {
    sql_query("UPDATE sign_in_attempts SET failed = true WHERE id = $1")
        .bind::<SqlUuid, _>(attempt)
        .execute(tx.conn())?;
    audit::security_event_from(
        tx,
        "sign_in_failed",
        Severity::Low,
        user_id,
        Some(keys.origin.clone()),
    )
}

/// Notes a sign-in: the account's failures are forgiven, the origin's are not.
///
/// # Errors
/// The database's.
pub fn attempt_succeeded(
    tx: &mut Tx<Visitor>,
    attempt: Uuid,
    keys: &AttemptKeys,
) -> Result<(), AppError> {
    forgive_attempts(tx, attempt, keys)?;
    let user_id = tx.user_id()?;
    let now = tx.now();
    diesel::update(users::table.find(user_id))
        .set(users::last_login_at.eq(now))
        .execute(tx.conn())?;
    audit::security_event(tx, "signed_in", Severity::Low, Some(user_id))
}

/// Forgets the account's failures: its person is here.
///
/// # Errors
/// The database's.
pub fn forgive_attempts(
    tx: &mut Tx<Visitor>,
    attempt: Uuid,
    keys: &AttemptKeys,
) -> Result<(), AppError> {
    sql_query("DELETE FROM sign_in_attempts WHERE id = $1 OR account_key = $2")
        .bind::<SqlUuid, _>(attempt)
        .bind::<Binary, _>(&keys.account)
        .execute(tx.conn())?;
    Ok(())
}

/// The own password's hash.
///
/// # Errors
/// The database's; not found for an account without a password.
pub fn own_password_hash<R>(tx: &mut Tx<R>) -> Result<String, AppError> {
    let user_id = tx.user_id()?;
    Ok(credentials::table
        .find(user_id)
        .select(credentials::password_hash)
        .first(tx.conn())?)
}

/// Gives an account that was just activated its first password.
///
/// # Errors
/// The database's; an account that has one keeps it and refuses this one.
pub fn set_first_password(tx: &mut Tx<Visitor>, hash: &str) -> Result<(), AppError> {
    let user_id = tx.user_id()?;
    let now = tx.now();
    diesel::insert_into(credentials::table)
        .values((
            credentials::user_id.eq(user_id),
            credentials::password_hash.eq(hash),
            credentials::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Stores the same password under today's parameters.
///
/// # Errors
/// The database's.
pub fn rehash_own_password<R>(tx: &mut Tx<R>, hash: &str) -> Result<(), AppError> {
    let user_id = tx.user_id()?;
    diesel::update(credentials::table.find(user_id))
        .set(credentials::password_hash.eq(hash))
        .execute(tx.conn())?;
    Ok(())
}

/// Replaces the own password and ends every session but `keep`.
///
/// # Errors
/// The database's.
pub fn replace_own_password<R>(
    tx: &mut Tx<R>,
    hash: &str,
    keep: Option<Uuid>,
) -> Result<(), AppError> {
    let user_id = tx.user_id()?;
    let now = tx.now();
    diesel::update(credentials::table.find(user_id))
        .set((
            credentials::password_hash.eq(hash),
            credentials::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    end_sessions(tx, keep)?;
    audit::security_event(tx, "password_changed", Severity::Medium, Some(user_id))
}

/// Ends the own sessions, but for `keep`.
///
/// # Errors
/// The database's.
pub fn end_sessions<R>(tx: &mut Tx<R>, keep: Option<Uuid>) -> Result<(), AppError> {
    let user_id = tx.user_id()?;
    let now = tx.now();
    let keep = keep.unwrap_or_else(Uuid::nil);
    diesel::update(
        sessions::table
            .filter(sessions::user_id.eq(user_id))
            .filter(sessions::revoked_at.is_null())
            .filter(sessions::id.ne(keep)),
    )
    .set(sessions::revoked_at.eq(now))
    .execute(tx.conn())?;
    Ok(())
}

/// A language or a theme, kept with the account.
#[derive(Clone, Copy, Debug)]
pub enum Preference {
    /// `fr` or `en`.
    Locale(&'static str),
    /// `system`, `light` or `dark`.
    Theme(&'static str),
}

/// Keeps a preference of one's own.
///
/// # Errors
/// The database's.
pub fn set_own_preference<R>(tx: &mut Tx<R>, preference: Preference) -> Result<(), AppError> {
    let user_id = tx.user_id()?;
    let own = users::table.find(user_id);
    match preference {
        Preference::Locale(locale) => diesel::update(own)
            .set(users::locale.eq(locale))
            .execute(tx.conn())?,
        Preference::Theme(theme) => diesel::update(own)
            .set(users::theme.eq(theme))
            .execute(tx.conn())?,
    };
    Ok(())
}

/// An open reset: its account may choose a new password.
///
/// # Errors
/// The database's.
pub fn find_open_reset(tx: &mut Tx<Visitor>, id: Uuid, nonce: Uuid) -> Result<bool, AppError> {
    let now = tx.now();
    Ok(diesel::select(diesel::dsl::exists(
        password_resets::table
            .find(id)
            .filter(password_resets::nonce.eq(nonce))
            .filter(password_resets::used_at.is_null())
            .filter(password_resets::expires_at.gt(now)),
    ))
    .get_result(tx.conn())?)
}

/// Uses a reset once: replaces the password, ends every session. False when it was used or expired.
///
/// # Errors
/// The database's.
pub fn use_reset(
    tx: &mut Tx<Visitor>,
    id: Uuid,
    nonce: Uuid,
    hash: &str,
) -> Result<bool, AppError> {
    let now = tx.now();
    let used = diesel::update(
        password_resets::table
            .find(id)
            .filter(password_resets::nonce.eq(nonce))
            .filter(password_resets::used_at.is_null())
            .filter(password_resets::expires_at.gt(now)),
    )
    .set(password_resets::used_at.eq(now))
    .execute(tx.conn())?;
    if used == 0 {
        return Ok(false);
    }
    replace_own_password(tx, hash, None)?;
    Ok(true)
}

/// The reset that a mail is about.
#[derive(Clone, Debug)]
pub struct ResetMail {
    /// The reset.
    pub reset_id: Uuid,
    /// Part of the signed link.
    pub nonce: Uuid,
    /// The account.
    pub user_id: Uuid,
    /// Where to send it.
    pub email: String,
    /// The recipient's first name.
    pub first_name: String,
    /// The recipient's language.
    pub locale: String,
    /// The recipient's IANA zone.
    pub timezone: String,
}

#[derive(QueryableByName)]
struct ResetAccount {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    locale: String,
    #[diesel(sql_type = Text)]
    timezone: String,
}

/// Opens the reset `id` for an active account that asked for few of them lately; opened before, it
/// is answered again.
///
/// # Errors
/// The database's.
pub fn open_reset(
    tx: &mut Tx<Worker>,
    id: Uuid,
    email: &str,
) -> Result<Option<ResetMail>, AppError> {
    let now = tx.now();
    let account: Option<ResetAccount> = sql_query(
        // Somebody who left has their personal address alone.
        "SELECT u.id, u.first_name, u.locale, u.timezone FROM users u
         LEFT JOIN personal_addresses a ON a.user_id = u.id AND a.email = $1
         WHERE u.email = $1 AND u.status = 'active'
            OR u.role = 'employee' AND u.status = 'suspended' AND a.email IS NOT NULL
         ORDER BY u.status, u.id LIMIT 1",
    )
    .bind::<Text, _>(email)
    .get_result(tx.conn())
    .optional()?;
    let Some(account) = account else {
        return Ok(None);
    };
    let (user_id, email) = (account.id, email.to_owned());
    let (first_name, locale, timezone) = (account.first_name, account.locale, account.timezone);
    let recent: i64 = password_resets::table
        .filter(password_resets::user_id.eq(user_id))
        .filter(password_resets::id.ne(id))
        .filter(password_resets::created_at.gt(now - Duration::hours(1)))
        .count()
        .get_result(tx.conn())?;
    if recent >= model::RESETS_PER_HOUR {
        return Ok(None);
    }
    diesel::insert_into(password_resets::table)
        .values((
            password_resets::id.eq(id),
            password_resets::user_id.eq(user_id),
            password_resets::expires_at.eq(now + Duration::minutes(model::RESET_MINUTES)),
            password_resets::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    let nonce = password_resets::table
        .find(id)
        .select(password_resets::nonce)
        .first(tx.conn())?;
    Ok(Some(ResetMail {
        reset_id: id,
        nonce,
        user_id,
        email,
        first_name,
        locale,
        timezone,
    }))
}

/// How long attempts to sign in are kept.
pub const ATTEMPT_DAYS: i64 = 1;
/// How long links to a new password are kept.
pub const RESET_DAYS: i64 = 30;

/// Deletes old attempts and resets, and sessions past their end.
/// Answers how many rows went.
///
/// # Errors
/// The database's.
pub fn delete_expired(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    let attempts = sql_query("DELETE FROM sign_in_attempts WHERE attempted_at < $1")
        .bind::<Timestamptz, _>(now - Duration::days(ATTEMPT_DAYS))
        .execute(tx.conn())?;
    let ended = sql_query("DELETE FROM sessions WHERE expires_at < $1")
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    let resets = sql_query("DELETE FROM password_resets WHERE created_at < $1")
        .bind::<Timestamptz, _>(now - Duration::days(RESET_DAYS))
        .execute(tx.conn())?;
    Ok(attempts + ended + resets)
}

/// The role of an account as the database spells it.
///
/// # Errors
/// A role this build does not know.
pub fn account_role(text: &str) -> Result<AccountRole, AppError> {
    AccountRole::parse(text).ok_or_else(|| AppError::internal("an account has an unknown role"))
}
