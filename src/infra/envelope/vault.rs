//! KEKs that never leave HashiCorp Vault or OpenBao: the transit engine over HTTP.
//!
//! The key is an `aes256-gcm96` key of the engine; what a data key is for is the `associated_data` of
//! its encryption, so that a wrapped key opens nowhere else. A KEK's name is the key and its version:
//! `vault:transit/huntzen:v3`. Rotating the key in Vault makes a new version, which wraps from then on,
//! and `huntzen keys rotate` moves the rest to it.
//!
//! The unwrapped data keys are remembered by the envelope: Vault is asked once per data key and process,
//! not once per text. The client is blocking, as its callers are: database closures on threads of theirs.

use std::{fs, sync::Mutex, time::Duration};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString, zeroize::Zeroize as _};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ureq::{
    Agent, Body,
    http::Response,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use super::{
    data_key::DataKey,
    kms::{Kms, KmsError, Wrapped},
};
use crate::infra::config::{Vault, VaultToken};

/// To reach it; it is a machine of ours.
const CONNECT: Duration = Duration::from_secs(2);
/// For the whole answer: somebody's page waits for it.
const ANSWER: Duration = Duration::from_secs(5);

/// The transit engine of a Vault.
pub struct VaultKms {
    agent: Agent,
    /// `https://vault.internal:8200/v1/transit`
    engine: String,
    key: String,
    /// `vault:transit/huntzen:v`
    prefix: String,
    namespace: Option<String>,
    token: VaultToken,
    /// The token as it was last read.
    known: Mutex<SecretString>,
}

#[derive(Deserialize)]
struct Answer<T> {
    data: T,
}

#[derive(Deserialize)]
struct KeyInfo {
    #[serde(rename = "type")]
    kind: String,
    latest_version: u32,
    min_decryption_version: u32,
}

#[derive(Serialize)]
struct Encrypt<'a> {
    plaintext: &'a str,
    associated_data: String,
}

#[derive(Deserialize)]
struct Encrypted {
    ciphertext: String,
}

#[derive(Serialize)]
struct Decrypt<'a> {
    ciphertext: &'a str,
    associated_data: String,
}

#[derive(Deserialize)]
struct Decrypted {
    plaintext: String,
}

impl VaultKms {
    /// Reads the token and asks for the key: a server that cannot seal says so at start.
    ///
    /// # Errors
    /// No token, a certificate that is none, a Vault out of reach, sealed or without that key.
    pub fn open(vault: &Vault) -> anyhow::Result<Self> {
        let roots = match &vault.ca_file {
            None => RootCerts::WebPki,
            Some(path) => {
                let pem =
                    fs::read(path).with_context(|| format!("VAULT_CACERT: {}", path.display()))?;
                let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
                    .filter_map(|item| match item {
                        Ok(PemItem::Certificate(certificate)) => Some(certificate),
                        _ => None,
                    })
                    .collect();
                anyhow::ensure!(
                    !certificates.is_empty(),
                    "VAULT_CACERT: holds no certificate"
                );
                RootCerts::new_with_certs(&certificates)
            }
        };
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ANSWER))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build()
            .into();
        let token = vault.token.read().context("VAULT_TOKEN_FILE")?;
        let kms = Self {
            agent,
            engine: format!("{}/v1/{}", vault.address, vault.mount),
            key: vault.key.clone(),
            prefix: format!("vault:{}/{}:v", vault.mount, vault.key),
            namespace: vault.namespace.clone(),
            token: vault.token.clone(),
            known: Mutex::new(token),
        };
        let info = kms.info().context("VAULT_ADDR")?;
        anyhow::ensure!(
            info.kind == "aes256-gcm96",
            "VAULT_TRANSIT_KEY: a key of type {}; expected aes256-gcm96",
            info.kind
        );
        Ok(kms)
    }

    fn version(&self, kek: &str) -> Option<u32> {
        kek.strip_prefix(&self.prefix)?.parse().ok()
    }

    fn info(&self) -> Result<KeyInfo, KmsError> {
        self.ask("keys", None::<&()>)
    }

    /// Asks once more when the connection was lost (every question may be repeated), or when the token
    /// was refused and its file holds another one by now.
    fn ask<T: DeserializeOwned>(
        &self,
        what: &str,
        body: Option<&impl Serialize>,
    ) -> Result<T, KmsError> {
        let mut response = match self.send(what, body) {
            Err(ureq::Error::Io(_) | ureq::Error::ConnectionFailed) => self.send(what, body),
            outcome => outcome,
        }
        .map_err(|error| unavailable(&error))?;
        if response.status() == 403 && self.renewed_token() {
            response = self.send(what, body).map_err(|error| unavailable(&error))?;
        }
        match response.status().as_u16() {
            200 => response
                .body_mut()
                .read_json::<Answer<T>>()
                .map(|answer| answer.data)
                .map_err(|error| unavailable(&error)),
            // What it says beside the number may quote what was sent.
            400 if what == "decrypt" => Err(KmsError::NotGenuine),
            403 => Err(KmsError::Unavailable(
                "Vault refuses the token, or the token this key (403)".to_owned(),
            )),
            404 => Err(KmsError::Unavailable(
                "Vault has no such engine or key (404)".to_owned(),
            )),
            503 => Err(KmsError::Unavailable("Vault is sealed (503)".to_owned())),
            status => Err(KmsError::Unavailable(format!("Vault answers {status}"))),
        }
    }

    fn send(
        &self,
        what: &str,
        body: Option<&impl Serialize>,
    ) -> Result<Response<Body>, ureq::Error> {
        let url = format!("{}/{what}/{}", self.engine, self.key);
        let token = self.token();
        let namespace = self.namespace.as_deref();
        match body {
            None => {
                let mut request = self.agent.get(url);
                if let Some(namespace) = namespace {
                    request = request.header("X-Vault-Namespace", namespace);
                }
                request
                    .header("X-Vault-Token", token.expose_secret())
                    .call()
            }
            Some(body) => {
                let mut request = self.agent.post(url);
                if let Some(namespace) = namespace {
                    request = request.header("X-Vault-Namespace", namespace);
                }
                request
                    .header("X-Vault-Token", token.expose_secret())
                    .send_json(body)
            }
        }
    }

    fn token(&self) -> SecretString {
        self.known
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// An agent beside us renews the token's file.
    fn renewed_token(&self) -> bool {
        let Ok(token) = self.token.read() else {
            return false;
        };
        let mut known = self
            .known
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let renewed = token.expose_secret() != known.expose_secret();
        *known = token;
        renewed
    }
}

/// The kind of the failure; `ureq` quotes no header and no body in it.
fn unavailable(error: &ureq::Error) -> KmsError {
    KmsError::Unavailable(format!("Vault: {error}"))
}

impl Kms for VaultKms {
    fn current(&self) -> Result<String, KmsError> {
        Ok(format!("{}{}", self.prefix, self.info()?.latest_version))
    }

    fn knows(&self, kek: &str) -> Result<bool, KmsError> {
        let Some(version) = self.version(kek) else {
            return Ok(false);
        };
        let info = self.info()?;
        Ok((info.min_decryption_version..=info.latest_version).contains(&version))
    }

    /// Vault's own text: `vault:v3:…`
    fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Wrapped, KmsError> {
        let mut plaintext = STANDARD.encode(key.expose());
        let encrypted = self.ask::<Encrypted>(
            "encrypt",
            Some(&Encrypt {
                plaintext: &plaintext,
                associated_data: STANDARD.encode(context),
            }),
        );
        plaintext.zeroize();
        let ciphertext = encrypted?.ciphertext;
        let version = version_of(&ciphertext).ok_or_else(|| {
            KmsError::Unavailable("Vault answers with no ciphertext of its own".to_owned())
        })?;
        Ok(Wrapped {
            kek: format!("{}{version}", self.prefix),
            bytes: ciphertext.into_bytes(),
        })
    }

    fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError> {
        let version = self
            .version(kek)
            .ok_or_else(|| KmsError::UnknownKek(kek.to_owned()))?;
        let ciphertext = std::str::from_utf8(wrapped).map_err(|_| KmsError::NotGenuine)?;
        if version_of(ciphertext) != Some(version) {
            return Err(KmsError::NotGenuine);
        }
        let decrypted: Result<Decrypted, KmsError> = self.ask(
            "decrypt",
            Some(&Decrypt {
                ciphertext,
                associated_data: STANDARD.encode(context),
            }),
        );
        let decrypted = match decrypted {
            // Answered alike, and nobody's tampering: a version that is not to be opened any more.
            Err(KmsError::NotGenuine) if version < self.info()?.min_decryption_version => {
                return Err(KmsError::UnknownKek(kek.to_owned()));
            }
            outcome => outcome?,
        };
        let mut plaintext = decrypted.plaintext;
        let bytes = STANDARD.decode(&plaintext);
        plaintext.zeroize();
        let mut bytes = bytes.map_err(|_| KmsError::NotGenuine)?;
        let key = DataKey::from_slice(&bytes);
        bytes.zeroize();
        key.ok_or(KmsError::NotGenuine)
    }
}

fn version_of(ciphertext: &str) -> Option<u32> {
    let (version, _) = ciphertext.strip_prefix("vault:v")?.split_once(':')?;
    version.parse().ok()
}

/// The KMS that wraps, and another one for what it wrapped before: to move from one to the other.
pub struct Both {
    /// Wraps from now on.
    pub wraps: Box<dyn Kms>,
    /// Kept for what it wrapped.
    pub kept: Box<dyn Kms>,
}

impl Kms for Both {
    fn current(&self) -> Result<String, KmsError> {
        self.wraps.current()
    }

    fn knows(&self, kek: &str) -> Result<bool, KmsError> {
        Ok(self.wraps.knows(kek)? || self.kept.knows(kek)?)
    }

    fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Wrapped, KmsError> {
        self.wraps.wrap(key, context)
    }

    fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError> {
        match self.wraps.unwrap(kek, wrapped, context) {
            Err(KmsError::UnknownKek(_)) => self.kept.unwrap(kek, wrapped, context),
            outcome => outcome,
        }
    }
}
