//! Sessions: who a cookie belongs to, kept in PostgreSQL, read through actix-session.
//!
//! The browser holds a random token in an encrypted cookie; the database holds its SHA-256. Each
//! request reads the account behind it afresh (its role and status are today's), with a memory of
//! [`CACHE_SECONDS`]: a revoked session or a suspended account is out everywhere within 5 seconds.
//!
//! The token is replaced every 15 minutes. The new one is derived from the old one with a key, so
//! requests that run at the same time agree on it; the old one is honoured for [`GRACE_SECONDS`]
//! (a lost answer, parallel requests). After that its use means that somebody copied it: the
//! session ends and a security event says so.

mod proven;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use actix_session::{
    Session, SessionMiddleware,
    config::{CookieContentSecurity, PersistentSession, TtlExtensionPolicy},
    storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError},
};
use actix_web::{
    cookie::{Key, SameSite, time::Duration as CookieDuration},
    web,
};
use chrono::{DateTime, Duration, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use ring::hmac;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::proven::Proven;
use super::{
    actor::Visitor,
    app::App,
    audit::{self, Severity},
    crypto::{KeyRing, KeyUse, random_token, sha256},
    db::{Identity, PgRole, Tx},
    error::AppError,
    prepared::prepared,
};

/// How long an identity may be served from memory.
pub const CACHE_SECONDS: i64 = 3;
/// How long a replaced token is still honoured.
pub const GRACE_SECONDS: i64 = 120;
/// When a token is replaced.
pub const ROTATION_MINUTES: i64 = 15;
/// The longest a sign-in lasts.
pub const LIFETIME_DAYS: i64 = 7;

const IDENTITY: &str = "identity";
const SIGN_IN: &str = "sign_in";
const ROTATE: &str = "rotate";

/// Who a session belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SessionIdentity {
    /// The session, stable over token rotations.
    pub session_id: Uuid,
    /// The account.
    pub user_id: Uuid,
    /// Its role today.
    pub role: AccountRole,
    /// The company of an employee or HR.
    pub company_id: Option<Uuid>,
    /// Its name.
    pub company_name: Option<String>,
    /// The account's address.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// `fr` or `en`.
    pub locale: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// IANA zone.
    pub timezone: String,
    /// How many notices wait to be read; a hundred is "many".
    #[serde(default)]
    pub unread: i32,
    /// How many messages wait to be read; a hundred is "many".
    #[serde(default)]
    pub unread_messages: i32,
    /// What the company says beside the emergency numbers, for an employee.
    #[serde(default)]
    pub emergency_message: Option<String>,
    /// Whether the company is suspended: its people reach what is theirs, and book nothing.
    #[serde(default)]
    pub company_suspended: bool,
    /// Whether they reach their own things alone: suspended, and signed in with their personal address.
    #[serde(default)]
    pub own_only: bool,
    rotation_due: bool,
}

impl SessionIdentity {
    /// The database role of their transactions.
    pub fn pg_role(&self) -> PgRole {
        if self.own_only {
            PgRole::Former
        } else {
            self.role.pg_role()
        }
    }

    /// Where the person's space begins.
    pub fn home(&self) -> &'static str {
        if self.own_only {
            FORMER_HOME
        } else {
            self.role.home()
        }
    }
}

/// Where somebody who left begins.
pub const FORMER_HOME: &str = "/account/departure";

/// The role of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountRole {
    /// R5.
    Employee,
    /// R4.
    Practitioner,
    /// R3.
    Hr,
    /// R2.
    Admin,
    /// R1.
    SuperAdmin,
}

impl AccountRole {
    /// Every role, for tests and tables.
    pub const ALL: [Self; 5] = [
        Self::Employee,
        Self::Practitioner,
        Self::Hr,
        Self::Admin,
        Self::SuperAdmin,
    ];

    /// As the `users.role` column spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Practitioner => "practitioner",
            Self::Hr => "hr",
            Self::Admin => "admin",
            Self::SuperAdmin => "super_admin",
        }
    }

    /// From the `users.role` column.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// The database role of a signed-in person.
    pub fn pg_role(self) -> PgRole {
        match self {
            Self::Employee => PgRole::Employee,
            Self::Practitioner => PgRole::Practitioner,
            Self::Hr => PgRole::Hr,
            Self::Admin => PgRole::Admin,
            Self::SuperAdmin => PgRole::SuperAdmin,
        }
    }

    /// Where the person's space begins.
    pub fn home(self) -> &'static str {
        match self {
            Self::Employee => "/employee",
            Self::Practitioner => "/practitioner",
            Self::Hr => "/rh",
            Self::Admin => "/admin",
            Self::SuperAdmin => "/super-admin",
        }
    }
}

/// Begins a session for the account; any session before it ends.
pub(crate) fn begin(session: &Session, proven: &Proven) -> Result<(), AppError> {
    session.renew();
    session.insert(SIGN_IN, proven).map_err(AppError::internal)
}

/// Ends the session.
pub(crate) fn end(session: &Session) {
    session.purge();
}

/// The identity behind the request, if any. Asks for a rotation when one is due.
pub(in crate::infra) fn identity(session: &Session) -> Option<SessionIdentity> {
    let identity = session.get::<SessionIdentity>(IDENTITY).ok().flatten()?;
    if identity.rotation_due && session.insert(ROTATE, true).is_err() {
        tracing::warn!("a session could not be marked for rotation");
    }
    Some(identity)
}

/// An identity and when it was read.
type ReadIdentity = (DateTime<Utc>, SessionIdentity);

/// Identities read in the last seconds, by token hash.
#[derive(Default)]
pub struct SessionCache(Mutex<HashMap<[u8; 32], ReadIdentity>>);

/// A clock set back makes an entry stale rather than eternal.
fn is_fresh(read_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (0..CACHE_SECONDS).contains(&(now - read_at).num_seconds()) && now >= read_at
}

impl SessionCache {
    /// Above this many entries the stale ones are dropped.
    const SWEEP_AT: usize = 4096;

    fn get(&self, token_hash: &[u8; 32], now: DateTime<Utc>) -> Option<SessionIdentity> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (read_at, identity) = entries.get(token_hash)?;
        is_fresh(*read_at, now).then(|| identity.clone())
    }

    fn put(&self, token_hash: [u8; 32], identity: SessionIdentity, now: DateTime<Utc>) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= Self::SWEEP_AT {
            entries.retain(|_, (read_at, _)| is_fresh(*read_at, now));
        }
        entries.insert(token_hash, (now, identity));
    }

    /// Forgets an account at once: its preferences, password or status just changed.
    pub(crate) fn forget(&self, user_id: Uuid) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, (_, identity)| identity.user_id != user_id);
    }
}

#[derive(QueryableByName)]
struct IdentityRow {
    #[diesel(sql_type = SqlUuid)]
    session_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    company_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    company_name: Option<String>,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    last_name: String,
    #[diesel(sql_type = Text)]
    locale: String,
    #[diesel(sql_type = Text)]
    theme: String,
    #[diesel(sql_type = Text)]
    timezone: String,
    #[diesel(sql_type = Bool)]
    current_token: bool,
    #[diesel(sql_type = Timestamptz)]
    rotated_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    expires_at: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    unread: i32,
    #[diesel(sql_type = Integer)]
    unread_messages: i32,
    #[diesel(sql_type = Bool)]
    own_only: bool,
}

enum Found {
    Nobody,
    Somebody(Box<SessionIdentity>),
    Stolen { session_id: Uuid, user_id: Uuid },
}

fn find(tx: &mut Tx<Visitor>, token_hash: &[u8; 32]) -> Result<Found, AppError> {
    use diesel::OptionalExtension as _;
    let now = tx.now();
    let row = prepared("SELECT * FROM hz.session_identity($1)")
        .bind::<Binary, _>(token_hash.as_slice())
        .get_result::<IdentityRow>(tx.conn())
        .optional()?;
    let Some(row) = row else {
        return Ok(Found::Nobody);
    };
    if row.expires_at <= now {
        return Ok(Found::Nobody);
    }
    let age = now - row.rotated_at;
    if !row.current_token && age > Duration::seconds(GRACE_SECONDS) {
        return Ok(Found::Stolen {
            session_id: row.session_id,
            user_id: row.user_id,
        });
    }
    let Some(role) = AccountRole::parse(&row.role) else {
        return Err(AppError::internal("an account has an unknown role"));
    };
    let company = match row.company_id {
        Some(company) => company_now(tx, company)?,
        None => CompanyNow::default(),
    };
    Ok(Found::Somebody(Box::new(SessionIdentity {
        emergency_message: company
            .emergency_message
            .filter(|_| role == AccountRole::Employee),
        company_suspended: company.suspended,
        session_id: row.session_id,
        user_id: row.user_id,
        role,
        company_id: row.company_id,
        company_name: row.company_name,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        locale: row.locale,
        theme: row.theme,
        timezone: row.timezone,
        unread: row.unread,
        unread_messages: row.unread_messages,
        own_only: row.own_only,
        rotation_due: !row.current_token || age > Duration::minutes(ROTATION_MINUTES),
    })))
}

/// What every page shows of the company.
#[derive(Default, QueryableByName)]
struct CompanyNow {
    #[diesel(sql_type = Nullable<Text>)]
    emergency_message: Option<String>,
    #[diesel(sql_type = Bool)]
    suspended: bool,
}

fn company_now(tx: &mut Tx<Visitor>, company: Uuid) -> Result<CompanyNow, AppError> {
    Ok(
        prepared("SELECT emergency_message, suspended FROM hz.company_now($1)")
            .bind::<SqlUuid, _>(company)
            .get_result(tx.conn())?,
    )
}

fn revoke(tx: &mut Tx<Visitor>, session_id: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    sql_query("UPDATE sessions SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
        .bind::<SqlUuid, _>(session_id)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    Ok(())
}

/// The PostgreSQL store behind actix-session.
pub struct PgSessionStore {
    app: web::Data<App>,
    rotation_key: hmac::Key,
}

impl PgSessionStore {
    fn door(&self, user_id: Option<Uuid>) -> super::db::Db<Visitor> {
        self.app.database.door(Identity {
            user_id,
            ..Identity::VISITOR
        })
    }

    fn next_token(&self, token: &str) -> String {
        use std::fmt::Write as _;
        let tag = hmac::sign(&self.rotation_key, token.as_bytes());
        tag.as_ref().iter().fold(String::new(), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn state_of(identity: &SessionIdentity) -> Result<HashMap<String, String>, LoadError> {
        let json = serde_json::to_string(identity)
            .map_err(|error| LoadError::Deserialization(error.into()))?;
        Ok(HashMap::from([(IDENTITY.to_owned(), json)]))
    }
}

impl SessionStore for PgSessionStore {
    async fn load(&self, key: &SessionKey) -> Result<Option<HashMap<String, String>>, LoadError> {
        let token_hash = sha256(key.as_ref().as_bytes());
        if let Some(identity) = self.app.sessions.get(&token_hash, self.app.clock.now()) {
            return Self::state_of(&identity).map(Some);
        }
        let found = self
            .door(None)
            .read(move |tx| find(tx, &token_hash))
            .await
            .map_err(|error| LoadError::Other(error.into()))?;
        match found {
            Found::Nobody => Ok(None),
            Found::Stolen {
                session_id,
                user_id,
            } => {
                self.door(Some(user_id))
                    .write(move |tx| {
                        revoke(tx, session_id)?;
                        audit::security_event(tx, "session_reuse", Severity::High, Some(user_id))
                    })
                    .await
                    .map_err(|error| LoadError::Other(error.into()))?;
                self.app.sessions.forget(user_id);
                Ok(None)
            }
            Found::Somebody(identity) => {
                let state = Self::state_of(&identity)?;
                let now = self.app.clock.now();
                self.app.sessions.put(token_hash, *identity, now);
                Ok(Some(state))
            }
        }
    }

    async fn save(
        &self,
        state: HashMap<String, String>,
        _ttl: &CookieDuration,
    ) -> Result<SessionKey, SaveError> {
        let proven: Proven = state
            .get(SIGN_IN)
            .ok_or_else(|| SaveError::Other(anyhow::anyhow!("a session begins with a sign-in")))
            .and_then(|json| {
                serde_json::from_str(json).map_err(|error| SaveError::Serialization(error.into()))
            })?;
        let (token, token_hash) = random_token();
        let Proven {
            user_id, own_only, ..
        } = proven;
        self.door(Some(user_id))
            .write(move |tx| {
                let now = tx.now();
                sql_query(
                    "INSERT INTO sessions (user_id, token_hash, rotated_at, expires_at, own_only) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind::<SqlUuid, _>(user_id)
                .bind::<Binary, _>(token_hash.as_slice())
                .bind::<Timestamptz, _>(now)
                .bind::<Timestamptz, _>(now + Duration::days(LIFETIME_DAYS))
                .bind::<Bool, _>(own_only)
                .execute(tx.conn())?;
                Ok(())
            })
            .await
            .map_err(|error| SaveError::Other(error.into()))?;
        SessionKey::try_from(token).map_err(|error| SaveError::Other(error.into()))
    }

    async fn update(
        &self,
        key: SessionKey,
        state: HashMap<String, String>,
        _ttl: &CookieDuration,
    ) -> Result<SessionKey, UpdateError> {
        let identity: Option<SessionIdentity> = state
            .get(IDENTITY)
            .and_then(|json| serde_json::from_str(json).ok());
        let (Some(identity), true) = (identity, state.contains_key(ROTATE)) else {
            return Ok(key);
        };
        let old_hash = sha256(key.as_ref().as_bytes());
        let token = self.next_token(key.as_ref());
        let new_hash = sha256(token.as_bytes());
        self.door(Some(identity.user_id))
            .write(move |tx| {
                let now = tx.now();
                // No row: a request beside this one has rotated already, to the same token.
                sql_query(
                    "UPDATE sessions SET previous_token_hash = token_hash, token_hash = $3, rotated_at = $4
                     WHERE id = $1 AND token_hash = $2",
                )
                .bind::<SqlUuid, _>(identity.session_id)
                .bind::<Binary, _>(old_hash.as_slice())
                .bind::<Binary, _>(new_hash.as_slice())
                .bind::<Timestamptz, _>(now)
                .execute(tx.conn())?;
                Ok(())
            })
            .await
            .map_err(|error| UpdateError::Other(error.into()))?;
        self.app.sessions.forget(identity.user_id);
        SessionKey::try_from(token).map_err(|error| UpdateError::Other(error.into()))
    }

    async fn update_ttl(
        &self,
        _key: &SessionKey,
        _ttl: &CookieDuration,
    ) -> Result<(), anyhow::Error> {
        // A sign-in has a fixed end.
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let token_hash = sha256(key.as_ref().as_bytes());
        let found = self
            .door(None)
            .read(move |tx| find(tx, &token_hash))
            .await?;
        let (session_id, user_id) = match found {
            Found::Nobody => return Ok(()),
            Found::Somebody(identity) => (identity.session_id, identity.user_id),
            Found::Stolen {
                session_id,
                user_id,
            } => (session_id, user_id),
        };
        self.door(Some(user_id))
            .write(move |tx| revoke(tx, session_id))
            .await?;
        self.app.sessions.forget(user_id);
        Ok(())
    }
}

/// The session cookie's name: `__Host-` binds it to this host and to TLS.
pub fn cookie_name(secure: bool) -> String {
    if secure {
        "__Host-hz_session"
    } else {
        "hz_session"
    }
    .to_owned()
}

/// The middleware of everything that knows people (not of static files).
///
/// # Errors
/// A session secret that is too short.
pub fn middleware(app: &web::Data<App>, keys: &KeyRing) -> SessionMiddleware<PgSessionStore> {
    let secure = app.config.secure_cookies();
    let store = PgSessionStore {
        app: app.clone(),
        rotation_key: hmac::Key::new(
            hmac::HMAC_SHA256,
            &keys.derive::<32>(KeyUse::SessionRotation),
        ),
    };
    let cookie_key = Key::from(&keys.derive::<64>(KeyUse::Cookies));
    SessionMiddleware::builder(store, cookie_key)
        .cookie_name(cookie_name(secure))
        .cookie_secure(secure)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .cookie_content_security(CookieContentSecurity::Private)
        .session_lifecycle(
            PersistentSession::default()
                .session_ttl(CookieDuration::days(LIFETIME_DAYS))
                .session_ttl_extension_policy(TtlExtensionPolicy::OnStateChanges),
        )
        .build()
}
