//! What every request can reach: one value, shared by all worker threads.

use std::sync::Mutex;

use actix_web::web;
use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::{
    clock::Clock,
    config::Config,
    crypto::{CsrfTokens, KeyRing, KeyUse, LinkSigner},
    db::{Database, PgRole},
    live::Hub,
    page::NavItem,
    session::SessionCache,
    system::Machine,
};

/// The navigation entries of a role, in order. Composed by `routes.rs`, which knows the domains.
pub type Navigation = fn(PgRole) -> &'static [NavItem];

/// The process' shared parts. Handlers reach it through their actor, never directly.
pub struct App {
    /// The parsed environment.
    pub config: Config,
    /// Private to `infra`: domains get a door from their actor.
    pub(in crate::infra) database: Database,
    /// The injected clock.
    pub clock: Clock,
    /// When the process was set up, by that clock.
    pub started_at: DateTime<Utc>,
    /// Signs the links of mails.
    pub links: LinkSigner,
    pub(in crate::infra) csrf: CsrfTokens,
    pub(in crate::infra) sessions: SessionCache,
    pub(in crate::infra) navigation: Navigation,
    /// Who has a socket open.
    pub live: Hub,
    /// See [`system::look`](super::system::look).
    pub(in crate::infra) machine: Mutex<Machine>,
    fingerprint_key: [u8; 32],
}

impl App {
    /// Forgets what this process remembers of an account: it is closed.
    pub(crate) fn forget_sessions(&self, user_id: uuid::Uuid) {
        self.sessions.forget(user_id);
    }

    /// Builds the shared parts.
    ///
    /// # Errors
    /// A session secret that is too short.
    pub fn new(
        config: Config,
        database: Database,
        clock: Clock,
        navigation: Navigation,
    ) -> anyhow::Result<web::Data<Self>> {
        let keys = Self::keys(&config.session_secret)?;
        Ok(web::Data::new(Self {
            links: keys.link_signer(),
            csrf: keys.csrf_tokens(),
            fingerprint_key: keys.derive(KeyUse::Fingerprint),
            sessions: SessionCache::default(),
            live: Hub::default(),
            machine: Mutex::default(),
            navigation,
            started_at: clock.now(),
            config,
            database,
            clock,
        }))
    }

    /// The keys derived from the session secret.
    ///
    /// # Errors
    /// A secret that is too short.
    pub fn keys(secret: &SecretString) -> anyhow::Result<KeyRing> {
        KeyRing::new(secret).map_err(|error| anyhow::anyhow!("SESSION_SECRET: {error}"))
    }

    /// A keyed hash for values that must be recognised but not kept (addresses, IPs).
    pub fn fingerprint(&self, value: &str) -> Vec<u8> {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &self.fingerprint_key);
        ring::hmac::sign(&key, value.as_bytes()).as_ref().to_vec()
    }
}
