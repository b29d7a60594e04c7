//! Configuration: environment variables (and a `.env` file beside the process), parsed once at start.
//!
//! [`Config::from_env`] names the variable and says what is wrong with it; [`Config::check_production`]
//! refuses what may run on a laptop but never in production.

mod keys;

use std::{env, fmt, path::PathBuf, str::FromStr};

use secrecy::{ExposeSecret, SecretString};

pub use keys::{KEYS_LOGIN, KeySource, Vault, VaultToken, keys_database};

/// Where the process runs, from `HUNTZEN_ENV`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// A laptop: development secrets, mails kept in a folder, `/dev/mailbox` and `/styleguide`.
    Development,
    /// The test binary.
    Test,
    /// Real people's data: every check is on.
    Production,
}

impl FromStr for Environment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "development" => Ok(Self::Development),
            "test" => Ok(Self::Test),
            "production" => Ok(Self::Production),
            _ => Err("expected development, test or production".to_owned()),
        }
    }
}

/// A variable that is missing or wrong, in one sentence for the person who starts the server.
#[derive(Debug, thiserror::Error)]
#[error("{variable}: {problem}")]
pub struct ConfigError {
    /// The environment variable.
    pub variable: &'static str,
    /// What is wrong with it.
    pub problem: String,
}

impl ConfigError {
    fn new(variable: &'static str, problem: impl fmt::Display) -> Self {
        Self {
            variable,
            problem: problem.to_string(),
        }
    }
}

/// A PostgreSQL connection string whose password never reaches a log.
#[derive(Clone, Debug)]
pub struct DatabaseUrl(SecretString);

impl DatabaseUrl {
    /// Wraps a `postgres://` URL or a libpq key/value string.
    pub fn new(url: impl Into<String>) -> Self {
        Self(SecretString::from(url.into()))
    }

    /// The string for libpq.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The same server and database with another login.
    ///
    /// Understands the URL form only: a key/value string has to be given explicitly per login.
    pub fn with_login(&self, user: &str, password: Option<&str>) -> Option<Self> {
        let url = self.expose();
        let (scheme, rest) = url.split_once("://")?;
        if !matches!(scheme, "postgres" | "postgresql") {
            return None;
        }
        let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(authority_end);
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let login = match password {
            Some(password) => format!("{user}:{}", percent_encode(password)),
            None => user.to_owned(),
        };
        Some(Self::new(format!("{scheme}://{login}@{host}{tail}")))
    }
}

fn percent_encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// How mails leave, from `SMTP_URL`.
#[derive(Clone, Debug)]
pub enum MailTransport {
    /// `smtp://` or `smtps://`, with credentials when the relay wants them.
    Smtp(SecretString),
    /// Files in a folder, read at `/dev/mailbox`.
    Folder(PathBuf),
}

/// A Jitsi server with token authentication.
#[derive(Clone, Debug)]
pub struct Jitsi {
    /// `JITSI_DOMAIN`: its host, and its port where it is not 443.
    pub domain: String,
    /// `JITSI_APP_ID`: who its tokens come from.
    pub app_id: String,
    /// `JITSI_APP_SECRET`: what they are signed with, 32 bytes at least (RFC 7518, 3.2).
    pub secret: SecretString,
    /// `JITSI_SUBJECT`, default `*`: the tenant that they are for.
    pub subject: String,
}

impl Jitsi {
    /// The server that is configured, if one is.
    ///
    /// # Errors
    /// Some of its three variables without the others, a domain that is none, a secret too short to sign with.
    fn from_env() -> Result<Option<Self>, ConfigError> {
        let variables = ["JITSI_DOMAIN", "JITSI_APP_ID", "JITSI_APP_SECRET"];
        let [domain, app_id, secret] = variables.map(optional);
        // The compose file of the Jitsi containers has an identifier and a secret of its own.
        let Some(domain) = domain else {
            return Ok(None);
        };
        let missing = |variable| ConfigError::new(variable, "missing, and JITSI_DOMAIN is set");
        let app_id = app_id.ok_or_else(|| missing("JITSI_APP_ID"))?;
        let secret = secret.ok_or_else(|| missing("JITSI_APP_SECRET"))?;
        Self::check(&domain, &secret)?;
        Ok(Some(Self {
            domain,
            app_id,
            secret: secret.into(),
            subject: optional("JITSI_SUBJECT").unwrap_or_else(|| "*".to_owned()),
        }))
    }

    fn check(domain: &str, secret: &str) -> Result<(), ConfigError> {
        // It becomes part of the pages' security policy.
        let is_domain = domain
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b':'));
        if domain.is_empty() || !is_domain {
            return Err(ConfigError::new(
                "JITSI_DOMAIN",
                "expected a host name in lower case, such as visio.example.org",
            ));
        }
        if secret.len() < 32 {
            return Err(ConfigError::new(
                "JITSI_APP_SECRET",
                "too short; generate it with `openssl rand -hex 32`",
            ));
        }
        Ok(())
    }
}

/// How two browsers that speak with each other directly find a way.
#[derive(Clone, Debug, Default)]
pub struct Ice {
    /// `STUN_URLS`, separated by commas: servers that tell a browser its public address.
    pub stun: Vec<String>,
    /// `TURN_URLS`, separated by commas: servers that carry the conversation where no direct way exists.
    pub turn: Vec<String>,
    /// `TURN_SECRET`: shared with those, to make credentials that expire.
    pub turn_secret: Option<SecretString>,
}

impl Ice {
    /// # Errors
    /// An address that is none, TURN servers without their secret or the other way round.
    fn from_env() -> Result<Self, ConfigError> {
        let list = |variable, schemes: [&str; 2]| -> Result<Vec<String>, ConfigError> {
            let text = optional(variable).unwrap_or_default();
            let urls: Vec<String> = text
                .split(',')
                .map(|url| url.trim().to_owned())
                .filter(|url| !url.is_empty())
                .collect();
            match urls
                .iter()
                .find(|url| !schemes.iter().any(|scheme| url.starts_with(scheme)))
            {
                Some(url) => Err(ConfigError::new(
                    variable,
                    format!(
                        "{url}: expected an address such as {}turn.example.org:3478",
                        schemes[0]
                    ),
                )),
                None => Ok(urls),
            }
        };
        let stun = list("STUN_URLS", ["stun:", "stuns:"])?;
        let turn = list("TURN_URLS", ["turn:", "turns:"])?;
        let turn_secret = optional("TURN_SECRET").map(SecretString::from);
        if !turn.is_empty() && turn_secret.is_none() {
            return Err(ConfigError::new(
                "TURN_SECRET",
                "missing, and TURN_URLS is set",
            ));
        }
        Ok(Self {
            turn_secret: turn_secret.filter(|_| !turn.is_empty()),
            stun,
            turn,
        })
    }
}

/// Everything the process reads from its environment.
#[derive(Clone, Debug)]
pub struct Config {
    /// `HUNTZEN_ENV`, default `development`.
    pub environment: Environment,
    /// `BIND`, default `127.0.0.1:8080`.
    pub bind: String,
    /// `PUBLIC_URL`, default `http://localhost:8080`; what links in mails begin with, no final slash.
    pub public_url: String,
    /// `DATABASE_URL`: the owner's connection, for `migrate`, `seed` and nothing else.
    pub owner_database: Option<DatabaseUrl>,
    /// `DATABASE_CARE_URL`: login `huntzen_care`.
    pub care_database: DatabaseUrl,
    /// `DATABASE_OFFICE_URL`: login `huntzen_office`.
    pub office_database: DatabaseUrl,
    /// `DATABASE_POOL`, default 8: transactions at a time per login, and connections per role.
    pub pool_size: u32,
    /// `WORKERS`, default the number of cores: HTTP worker threads.
    pub workers: usize,
    /// `BACKGROUND_JOBS`, default `true`: whether this process works off the outbox (mails, recurring work).
    pub runs_jobs: bool,
    /// `SESSION_SECRET`: base64 of at least 64 random bytes; signs cookies, links and form tokens.
    pub session_secret: SecretString,
    /// `KEK_FILE` (default `var/kek` outside production), or `KEK`; or a Vault's key (`KMS=vault`).
    pub kek: KeySource,
    /// `SMTP_URL`, or `MAILBOX_DIR` (default `var/mailbox`) outside production.
    pub mail: MailTransport,
    /// `MAIL_FROM`, default `HuntZen Care <bonjour@huntzen.example>` outside production.
    pub mail_from: String,
    /// `MAIL_FROM_DISCREET`: the address that discreet mails come from, one that says nothing of the product.
    pub mail_from_discreet: Option<String>,
    /// `TRUSTED_PROXY=true` when a reverse proxy sets `X-Forwarded-For`, or adds to it: see [`super::origin::place`].
    pub trusted_proxy: bool,
    /// `CHAT_RETENTION_DAYS`, default 365: how long after a consultation its chat is kept.
    pub chat_retention_days: u32,
    /// `NOTES_RETENTION_YEARS`, default 20: how long after the last act a patient's clinical notes are kept.
    pub notes_retention_years: u32,
    /// `KEY_LEDGER_FILE`: where the ledger of destroyed keys is kept outside of the database.
    pub key_ledger: Option<PathBuf>,
    /// `METRICS_TOKEN`: bearer token for `/metrics` outside loopback.
    pub metrics_token: Option<SecretString>,
    /// Where video consultations take place.
    pub jitsi: Option<Jitsi>,
    /// Without a Jitsi server: how the two browsers find each other.
    pub ice: Ice,
}

/// Signs cookies on a laptop. Public, therefore refused in production.
const DEVELOPMENT_SECRET: &str = "ZGV2ZWxvcG1lbnQtc2VjcmV0LWRldmVsb3BtZW50LXNlY3JldC1kZXZlbG9wbWVudC1zZWNyZXQtZGV2ZWxvcG1lbnQtc2VjcmV0";

fn optional(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.is_empty())
}

fn parsed<T: FromStr>(variable: &'static str, default: T) -> Result<T, ConfigError>
where
    T::Err: fmt::Display,
{
    optional(variable).map_or(Ok(default), |text| {
        text.parse()
            .map_err(|error| ConfigError::new(variable, error))
    })
}

/// `HUNTZEN_ENV`, default `development`.
///
/// # Errors
/// A word that is no environment.
pub fn environment() -> Result<Environment, ConfigError> {
    parsed("HUNTZEN_ENV", Environment::Development)
}

/// `BIND`, default `127.0.0.1:8080`; alone, because the health check needs nothing else.
pub fn bind() -> String {
    optional("BIND").unwrap_or_else(|| "127.0.0.1:8080".to_owned())
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// The first variable that is missing or malformed.
    pub fn from_env() -> Result<Self, ConfigError> {
        let environment = environment()?;
        let production = environment == Environment::Production;
        let owner_database = optional("DATABASE_URL").map(DatabaseUrl::new);
        let login = |variable: &'static str, password: &'static str, user: &str| {
            if let Some(url) = optional(variable) {
                return Ok(DatabaseUrl::new(url));
            }
            owner_database
                .as_ref()
                .and_then(|url| url.with_login(user, optional(password).as_deref()))
                .ok_or_else(|| {
                    ConfigError::new(variable, "set it, or DATABASE_URL as a postgres:// URL")
                })
        };
        let care_database = login("DATABASE_CARE_URL", "DATABASE_CARE_PASSWORD", CARE_LOGIN)?;
        let office_database = login(
            "DATABASE_OFFICE_URL",
            "DATABASE_OFFICE_PASSWORD",
            OFFICE_LOGIN,
        )?;
        let session_secret = match optional("SESSION_SECRET") {
            Some(secret) => SecretString::from(secret),
            None if production => {
                return Err(ConfigError::new(
                    "SESSION_SECRET",
                    "missing; generate it with `openssl rand -base64 64 | tr -d '\\n'`",
                ));
            }
            None => SecretString::from(DEVELOPMENT_SECRET),
        };
        let mail = match optional("SMTP_URL") {
            Some(url) => MailTransport::Smtp(SecretString::from(url)),
            None if production => {
                return Err(ConfigError::new(
                    "SMTP_URL",
                    "missing; invitations and appointments are sent by mail",
                ));
            }
            None => MailTransport::Folder(parsed("MAILBOX_DIR", PathBuf::from("var/mailbox"))?),
        };
        let config = Self {
            environment,
            bind: bind(),
            public_url: parsed("PUBLIC_URL", "http://localhost:8080".to_owned())?
                .trim_end_matches('/')
                .to_owned(),
            owner_database,
            care_database,
            office_database,
            pool_size: parsed("DATABASE_POOL", 8)?,
            workers: parsed(
                "WORKERS",
                std::thread::available_parallelism().map_or(2, usize::from),
            )?,
            runs_jobs: parsed("BACKGROUND_JOBS", true)?,
            session_secret,
            kek: KeySource::from_env(environment)?,
            mail,
            mail_from: parsed(
                "MAIL_FROM",
                "HuntZen Care <bonjour@huntzen.example>".to_owned(),
            )?,
            mail_from_discreet: optional("MAIL_FROM_DISCREET"),
            trusted_proxy: parsed("TRUSTED_PROXY", false)?,
            chat_retention_days: parsed("CHAT_RETENTION_DAYS", 365)?,
            notes_retention_years: parsed("NOTES_RETENTION_YEARS", 20)?,
            key_ledger: optional("KEY_LEDGER_FILE").map(PathBuf::from),
            metrics_token: optional("METRICS_TOKEN").map(SecretString::from),
            jitsi: Jitsi::from_env()?,
            ice: Ice::from_env()?,
        };
        if production {
            config.check_production()?;
        }
        Ok(config)
    }

    /// What may run on a laptop and never with real people's data.
    ///
    /// # Errors
    /// The first variable that would make production unsafe.
    pub fn check_production(&self) -> Result<(), ConfigError> {
        if self.session_secret.expose_secret() == DEVELOPMENT_SECRET {
            return Err(ConfigError::new(
                "SESSION_SECRET",
                "this is the development secret",
            ));
        }
        if !self.public_url.starts_with("https://") {
            return Err(ConfigError::new(
                "PUBLIC_URL",
                "must begin with https:// in production",
            ));
        }
        if optional("MAIL_FROM").is_none() {
            return Err(ConfigError::new(
                "MAIL_FROM",
                "missing; mails need a sender people can recognise",
            ));
        }
        if !matches!(self.mail, MailTransport::Smtp(_)) {
            return Err(ConfigError::new(
                "SMTP_URL",
                "missing; a folder of mails reaches nobody",
            ));
        }
        Ok(())
    }

    /// Whether development pages are mounted.
    pub fn is_development(&self) -> bool {
        self.environment == Environment::Development
    }

    /// Whether cookies need TLS and the `__Host-` prefix.
    pub fn secure_cookies(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The login that may become an employee or a practitioner.
pub const CARE_LOGIN: &str = "huntzen_care";
/// The login that may become everybody else.
pub const OFFICE_LOGIN: &str = "huntzen_office";
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_replaces_user_and_password_and_keeps_the_rest() {
        let owner =
            DatabaseUrl::new("postgres://owner:p%40ss@db.internal:5433/huntzen?sslmode=require");
        let care = owner
            .with_login("huntzen_care", Some("s/e@c"))
            .expect("a URL");
        assert_eq!(
            care.expose(),
            "postgres://huntzen_care:s%2Fe%40c@db.internal:5433/huntzen?sslmode=require"
        );
    }

    #[test]
    fn a_socket_url_keeps_its_host_parameter() {
        let owner = DatabaseUrl::new("postgres:///huntzen?host=/tmp/socket");
        let care = owner.with_login("huntzen_care", None).expect("a URL");
        assert_eq!(
            care.expose(),
            "postgres://huntzen_care@/huntzen?host=/tmp/socket"
        );
    }

    #[test]
    fn a_key_value_string_needs_its_logins_spelled_out() {
        assert!(
            DatabaseUrl::new("host=/tmp dbname=huntzen")
                .with_login("x", None)
                .is_none()
        );
    }

    #[test]
    fn a_jitsi_server_has_a_host_and_a_secret_long_enough_to_sign() {
        let secret = "0123456789abcdef0123456789abcdef";
        assert!(Jitsi::check("visio.example.org:8443", secret).is_ok());
        for domain in [
            "",
            "https://visio.example.org",
            "Visio.example",
            "a b",
            "x;script-src *",
        ] {
            assert!(Jitsi::check(domain, secret).is_err(), "{domain}");
        }
        assert!(Jitsi::check("visio.example.org", &secret[1..]).is_err());
    }

    #[test]
    fn a_password_is_never_printed() {
        let url = DatabaseUrl::new("postgres://owner:hunter2@db/huntzen");
        assert!(!format!("{url:?}").contains("hunter2"));
    }
}
