//! KEKs in a file of this machine.

use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::{Context as _, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::hmac;
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroize as _};

use super::{
    data_key::{DataKey, NONCE},
    key_file::{create_key_file, read_private},
    kms::{Kms, KmsError, Wrapped},
};
use crate::infra::config::KeySource;

/// What the fingerprint of a KEK is a signature of.
const FINGERPRINT: &[u8] = b"huntzen-care/kek/fingerprint/v1";

/// KEKs in this process' memory, from a key file: one key a line, the first one wraps, the others
/// are kept for what they wrapped, or known before they wrap. A file that was replaced is read again
/// when a key is wrapped and when a KEK is not known: no process need start again for a new key.
pub struct LocalKms {
    file: Option<PathBuf>,
    loaded: RwLock<Arc<Loaded>>,
}

/// The keys of a file as it was when it was read.
struct Loaded {
    keys: Vec<LocalKey>,
    stamp: Option<Stamp>,
}

/// Another file under the same name has another.
type Stamp = (u64, u64, i64, i64);

struct LocalKey {
    /// `local:` and a fingerprint of the key, so that a key under a wrong name is impossible.
    name: String,
    key: DataKey,
}

impl LocalKms {
    /// Reads the KEKs from where the configuration says. Where `create` is true (never in
    /// production), a missing file is made first.
    ///
    /// # Errors
    /// No file, a file that others than its owner can read, or no key in it. Says so without
    /// saying anything of its content.
    pub fn open(source: &KeySource, create: bool) -> anyhow::Result<Self> {
        let (file, loaded) = match source {
            KeySource::Value(keys) => (None, Loaded::parse(keys, None).context("KEK")?),
            KeySource::File(path) => {
                if create && !path.exists() {
                    create_key_file(path)?;
                }
                (Some(path.clone()), Loaded::read(path)?)
            }
            KeySource::Vault(..) | KeySource::LocalAfterVault(..) => {
                bail!("KMS: these keys are not on this machine alone")
            }
        };
        Ok(Self {
            file,
            loaded: RwLock::new(Arc::new(loaded)),
        })
    }

    fn loaded(&self) -> Arc<Loaded> {
        self.loaded
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The keys of the file as it is now. One that cannot be read (any more) changes nothing: what is
    /// known goes on working, and the log says what is wrong.
    fn fresh(&self) -> Arc<Loaded> {
        let known = self.loaded();
        let Some(file) = &self.file else { return known };
        if stamp(file).is_some_and(|stamp| Some(stamp) == known.stamp) {
            return known;
        }
        match Loaded::read(file) {
            Ok(loaded) => {
                let loaded = Arc::new(loaded);
                *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = loaded.clone();
                tracing::info!(current = loaded.current(), "the key file was read again");
                loaded
            }
            Err(error) => {
                tracing::error!(%error, "the key file has changed and cannot be read");
                known
            }
        }
    }

    /// The keys, read again unless this one is among them.
    fn with(&self, kek: &str) -> Arc<Loaded> {
        let loaded = self.loaded();
        match loaded.key(kek) {
            Some(_) => loaded,
            None => self.fresh(),
        }
    }
}

impl Loaded {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let stamp = stamp(path);
        read_private(path)
            .and_then(|keys| Self::parse(&keys, stamp))
            .with_context(|| format!("KEK_FILE: {}", path.display()))
    }

    fn parse(keys: &SecretString, stamp: Option<Stamp>) -> anyhow::Result<Self> {
        let keys = keys
            .expose_secret()
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(LocalKey::parse)
            .collect::<Option<Vec<_>>>()
            .context("a line is not 32 bytes in base64 (`openssl rand -base64 32` makes one)")?;
        if keys.is_empty() {
            bail!("holds no key (`openssl rand -base64 32` makes one)");
        }
        Ok(Self { keys, stamp })
    }

    fn current(&self) -> &str {
        &self.keys[0].name
    }

    fn key(&self, name: &str) -> Option<&LocalKey> {
        self.keys.iter().find(|key| key.name == name)
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let of = fs::metadata(path).ok()?;
    Some((of.ino(), of.size(), of.mtime(), of.mtime_nsec()))
}

impl LocalKey {
    fn parse(line: &str) -> Option<Self> {
        let mut bytes = STANDARD.decode(line).ok()?;
        let key = DataKey::from_slice(&bytes);
        bytes.zeroize();
        let key = key?;
        let signer = hmac::Key::new(hmac::HMAC_SHA256, key.expose());
        let fingerprint = hmac::sign(&signer, FINGERPRINT);
        let name = fingerprint.as_ref()[..8]
            .iter()
            .fold("local:".to_owned(), |name, byte| {
                format!("{name}{byte:02x}")
            });
        Some(Self { name, key })
    }
}

/// The name of the key that a line of a key file holds, if it holds one.
pub(super) fn name_of_line(line: &str) -> Option<String> {
    LocalKey::parse(line.trim()).map(|key| key.name)
}

impl Kms for LocalKms {
    fn current(&self) -> Result<String, KmsError> {
        Ok(self.fresh().current().to_owned())
    }

    fn knows(&self, kek: &str) -> Result<bool, KmsError> {
        Ok(self.with(kek).key(kek).is_some())
    }

    /// `nonce (12) | encrypted key (32) | tag (16)`
    fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Wrapped, KmsError> {
        let loaded = self.fresh();
        let by = &loaded.keys[0];
        let mut bytes = *key.expose();
        let (nonce, tag) = by.key.encrypt(context, &mut bytes);
        Ok(Wrapped {
            kek: by.name.clone(),
            bytes: [nonce.as_slice(), &bytes, &tag].concat(),
        })
    }

    fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError> {
        let loaded = self.with(kek);
        let by = loaded
            .key(kek)
            .ok_or_else(|| KmsError::UnknownKek(kek.to_owned()))?;
        let (nonce, sealed) = wrapped
            .split_first_chunk::<NONCE>()
            .ok_or(KmsError::NotGenuine)?;
        let mut sealed = sealed.to_vec();
        let key = by
            .key
            .decrypt(*nonce, context, &mut sealed)
            .and_then(DataKey::from_slice);
        sealed.zeroize();
        key.ok_or(KmsError::NotGenuine)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const ONE: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const TWO: &str = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

    fn kms(keys: &str) -> LocalKms {
        LocalKms::open(&KeySource::Value(SecretString::from(keys)), false).expect("keys")
    }

    fn current(kms: &LocalKms) -> String {
        kms.current().expect("a name")
    }

    fn problem(source: &KeySource, create: bool) -> String {
        match LocalKms::open(source, create) {
            Ok(_) => panic!("refused"),
            Err(error) => format!("{error:#}"),
        }
    }

    #[test]
    fn a_wrapped_key_opens_in_its_own_context_under_its_own_kek() {
        let kms = kms(ONE);
        let key = DataKey::random();
        let wrapped = kms.wrap(&key, b"here").expect("wrapped").bytes;
        let kek = current(&kms);
        let opened = kms.unwrap(&kek, &wrapped, b"here").expect("the key");
        assert_eq!(opened.expose(), key.expose());

        assert!(kms.unwrap(&kek, &wrapped, b"elsewhere").is_err());
        assert!(
            kms.unwrap("local:0000000000000000", &wrapped, b"here")
                .is_err()
        );
        for index in 0..wrapped.len() {
            let mut bent = wrapped.clone();
            bent[index] ^= 1;
            assert!(kms.unwrap(&kek, &bent, b"here").is_err(), "byte {index}");
        }
        for length in 0..wrapped.len() {
            assert!(kms.unwrap(&kek, &wrapped[..length], b"here").is_err());
        }
    }

    #[test]
    fn a_new_first_line_wraps_and_the_old_line_still_opens() {
        let old = kms(ONE);
        let wrapped = old.wrap(&DataKey::random(), b"").expect("wrapped").bytes;
        let both = kms(&format!("# since June\n{TWO}\n\n{ONE}\n"));
        let name = current(&old);
        assert_ne!(current(&both), name);
        assert!(both.knows(&name).expect("an answer"));
        assert!(both.unwrap(&name, &wrapped, b"").is_ok());
        assert!(!kms(TWO).knows(&name).expect("an answer"));
    }

    #[test]
    fn a_name_tells_the_keys_apart_and_never_changes() {
        assert_eq!(current(&kms(ONE)), "local:c150d991e2d5140a");
        assert_ne!(current(&kms(ONE)), current(&kms(TWO)));
    }

    #[test]
    fn what_is_no_key_is_refused_without_being_shown() {
        for bad in [
            "",
            "# nothing",
            "c2hvcnQ=",
            "not base64 at all: geheim",
            &format!("{ONE}\nx"),
        ] {
            let problem = problem(&KeySource::Value(SecretString::from(bad)), true);
            assert!(problem.starts_with("KEK: "), "{problem}");
            assert!(!problem.contains("geheim") && !problem.contains("AAECAw"));
        }
    }

    #[test]
    fn a_key_file_is_made_once_and_for_its_owner_alone() {
        let directory = std::env::temp_dir().join(format!("huntzen-kek-{}", uuid::Uuid::new_v4()));
        let path = directory.join("var/kek");
        let source = KeySource::File(path.clone());

        let missing = problem(&source, false);
        assert!(
            missing.contains("KEK_FILE") && missing.contains("no such file"),
            "{missing}"
        );

        let made = LocalKms::open(&source, true).expect("made");
        let mode = fs::metadata(&path).expect("the file").mode() & 0o777;
        assert_eq!(mode, 0o400);
        create_key_file(&path).expect("there already");
        let again = LocalKms::open(&source, false).expect("read");
        assert_eq!(current(&made), current(&again));

        for loose in [0o440, 0o404, 0o644, 0o420] {
            fs::set_permissions(&path, fs::Permissions::from_mode(loose)).expect("chmod");
            let loose = problem(&source, true);
            assert!(loose.contains("chmod 0400"), "{loose}");
        }
        let left = fs::read_dir(directory.join("var")).expect("var").count();
        assert_eq!(left, 1, "no draft is left behind");
        fs::remove_dir_all(&directory).expect("cleaned up");
    }
}
