//! Where keys come from, and who may change them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use secrecy::SecretString;

use super::{ConfigError, DatabaseUrl, Environment, optional};

/// Where the key-encryption keys come from; see [`envelope`](super::envelope).
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A file that only its owner can read.
    File(PathBuf),
    /// The keys themselves, as the file would hold them: for platforms without files.
    Value(SecretString),
    /// `KMS=vault`: a key of a Vault wraps; a local one is kept for what it wrapped, if one is given.
    Vault(Vault, Option<Box<KeySource>>),
    /// `KMS=local` with a Vault's key named: the way back.
    LocalAfterVault(Box<KeySource>, Vault),
}

/// The transit engine of a HashiCorp Vault or an OpenBao.
#[derive(Clone, Debug)]
pub struct Vault {
    /// `VAULT_ADDR`: `https://vault.internal:8200`; without TLS on this machine only.
    pub address: String,
    /// `VAULT_TRANSIT_MOUNT`, default `transit`: where the engine is mounted.
    pub mount: String,
    /// `VAULT_TRANSIT_KEY`, default `huntzen`: a key of type `aes256-gcm96`.
    pub key: String,
    /// `VAULT_NAMESPACE`.
    pub namespace: Option<String>,
    /// `VAULT_CACERT`: who signed its certificate, where no public authority did.
    pub ca_file: Option<PathBuf>,
    /// `VAULT_TOKEN_FILE`, or `VAULT_TOKEN`.
    pub token: VaultToken,
}

/// What a Vault wants to see.
#[derive(Clone, Debug)]
pub enum VaultToken {
    /// A file that an agent keeps up to date; read again when the token is refused.
    File(PathBuf),
    /// The token itself.
    Value(SecretString),
}

impl VaultToken {
    /// The token now.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(&self) -> io::Result<SecretString> {
        match self {
            Self::File(path) => Ok(fs::read_to_string(path)?.trim().to_owned().into()),
            Self::Value(token) => Ok(token.clone()),
        }
    }
}

impl Vault {
    fn from_env() -> Result<Self, ConfigError> {
        let missing = |variable, problem: &str| ConfigError::new(variable, problem);
        let address = optional("VAULT_ADDR")
            .ok_or_else(|| missing("VAULT_ADDR", "missing, and a Vault's key is to be used"))?;
        let token = match (optional("VAULT_TOKEN_FILE"), optional("VAULT_TOKEN")) {
            (Some(path), None) => VaultToken::File(path.into()),
            (None, Some(token)) => VaultToken::Value(token.into()),
            _ => {
                return Err(missing(
                    "VAULT_TOKEN_FILE",
                    "set it or VAULT_TOKEN, one of the two",
                ));
            }
        };
        let vault = Self {
            address: address.trim_end_matches('/').to_owned(),
            mount: optional("VAULT_TRANSIT_MOUNT").unwrap_or_else(|| "transit".to_owned()),
            key: optional("VAULT_TRANSIT_KEY").unwrap_or_else(|| "huntzen".to_owned()),
            namespace: optional("VAULT_NAMESPACE"),
            ca_file: optional("VAULT_CACERT").map(PathBuf::from),
            token,
        };
        vault.check()?;
        Ok(vault)
    }

    /// The unwrapped data keys come back through this connection, and both names become part of its address.
    fn check(&self) -> Result<(), ConfigError> {
        let host = self.address.strip_prefix("http://");
        let own = host.is_some_and(|host| {
            ["localhost", "127.0.0.1", "[::1]"]
                .iter()
                .any(|name| host == *name || host.starts_with(&format!("{name}:")))
        });
        if !own && !self.address.starts_with("https://") {
            return Err(ConfigError::new(
                "VAULT_ADDR",
                "expected https://host:port (http:// on this machine only)",
            ));
        }
        let plain = |name: &str| {
            let mut bytes = name.bytes();
            !name.is_empty()
                && name.len() <= 60
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte))
        };
        for (variable, name) in [
            ("VAULT_TRANSIT_MOUNT", &self.mount),
            ("VAULT_TRANSIT_KEY", &self.key),
        ] {
            if !plain(name) {
                return Err(ConfigError::new(
                    variable,
                    "expected letters, digits, - and _",
                ));
            }
        }
        Ok(())
    }
}

impl KeySource {
    /// `KMS` says who wraps (`local`, the default, or `vault`), the rest where it is.
    ///
    /// # Errors
    /// What is missing, or not to be told apart.
    pub fn from_env(environment: Environment) -> Result<Self, ConfigError> {
        match optional("KMS").as_deref() {
            None | Some("local") => {
                let local = Self::local(environment)?;
                match optional("VAULT_TRANSIT_KEY") {
                    None => Ok(local),
                    Some(_) => Ok(Self::LocalAfterVault(Box::new(local), Vault::from_env()?)),
                }
            }
            Some("vault") => {
                let given = optional("KEK_FILE").or_else(|| optional("KEK")).is_some();
                let kept = given.then(|| Self::local(environment)).transpose()?;
                Ok(Self::Vault(Vault::from_env()?, kept.map(Box::new)))
            }
            Some(_) => Err(ConfigError::new("KMS", "expected local or vault")),
        }
    }

    /// The key file that wraps, or is kept; none where the keys are elsewhere.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Value(_) => None,
            Self::Vault(_, kept) => kept.as_deref()?.file(),
            Self::LocalAfterVault(local, _) => local.file(),
        }
    }

    /// `KEK_FILE` or `KEK`; outside production, `var/kek` by default.
    fn local(environment: Environment) -> Result<Self, ConfigError> {
        match (optional("KEK_FILE"), optional("KEK")) {
            (Some(path), None) => Ok(Self::File(path.into())),
            (None, Some(keys)) => Ok(Self::Value(keys.into())),
            (Some(_), Some(_)) => Err(ConfigError::new(
                "KEK",
                "set it or KEK_FILE, not both: it must be plain which key is used",
            )),
            (None, None) if environment == Environment::Production => Err(ConfigError::new(
                "KEK_FILE",
                "missing; the file of the key that seals what people confide (`huntzen keygen` makes it)",
            )),
            (None, None) => Ok(Self::File("var/kek".into())),
        }
    }
}

/// The login that changes keys: for `huntzen keys`, never for a server.
pub const KEYS_LOGIN: &str = "huntzen_keys";

/// `DATABASE_KEYS_URL`, or `DATABASE_URL` with the login [`KEYS_LOGIN`] and `DATABASE_KEYS_PASSWORD`. No part
/// of [`Config`]: a server that knew it could change keys.
///
/// # Errors
/// Neither is set.
pub fn keys_database() -> Result<DatabaseUrl, ConfigError> {
    optional("DATABASE_KEYS_URL")
        .map(DatabaseUrl::new)
        .or_else(|| {
            let owner = DatabaseUrl::new(optional("DATABASE_URL")?);
            owner.with_login(KEYS_LOGIN, optional("DATABASE_KEYS_PASSWORD").as_deref())
        })
        .ok_or_else(|| {
            ConfigError::new(
                "DATABASE_KEYS_URL",
                "set it, or DATABASE_URL as a postgres:// URL",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(address: &str, key: &str) -> Result<(), ConfigError> {
        Vault {
            address: address.to_owned(),
            mount: "transit".to_owned(),
            key: key.to_owned(),
            namespace: None,
            ca_file: None,
            token: VaultToken::Value("hvs.geheim".into()),
        }
        .check()
    }

    #[test]
    fn a_vault_is_reached_through_tls_or_on_this_machine() {
        for good in [
            "https://vault.internal:8200",
            "http://127.0.0.1:8200",
            "http://localhost:8200",
        ] {
            assert!(vault(good, "huntzen").is_ok(), "{good}");
        }
        for bad in [
            "http://vault.internal:8200",
            "http://localhost.evil.example",
            "vault:8200",
            "",
        ] {
            assert!(vault(bad, "huntzen").is_err(), "{bad}");
        }
        for bad in ["", "../sys", "a?b", "é"] {
            assert!(vault("https://vault", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_token_is_never_printed() {
        let token = VaultToken::Value("hvs.geheim".into());
        assert!(!format!("{token:?}").contains("geheim"));
    }
}
