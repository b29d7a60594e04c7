//! Who holds the key-encryption key (KEK).

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::Path,
};

use anyhow::{Context as _, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hmac,
    rand::{SecureRandom, SystemRandom},
};
use secrecy::{ExposeSecret, SecretBox, SecretString, zeroize::Zeroize as _};

use crate::infra::config::KeySource;

/// Bytes of a key: AES-256.
const KEY: usize = 32;
/// Bytes of a nonce (NIST SP 800-38D: 96 bits).
pub(super) const NONCE: usize = 12;
/// Bytes of a tag.
pub(super) const TAG: usize = 16;
/// What the fingerprint of a KEK is a signature of.
const FINGERPRINT: &[u8] = b"huntzen-care/kek/fingerprint/v1";

/// 256 bits, wiped from memory when dropped.
///
/// `ring`'s expanded form of it exists on the stack for one operation.
pub struct DataKey(SecretBox<[u8; KEY]>);

impl DataKey {
    /// A new key from the operating system's generator.
    pub fn random() -> Self {
        Self(SecretBox::init_with_mut(fill_random))
    }

    /// `None` unless there are exactly 32 bytes.
    fn from_slice(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == KEY).then(|| {
            Self(SecretBox::init_with_mut(|key: &mut [u8; KEY]| {
                key.copy_from_slice(bytes)
            }))
        })
    }

    fn expanded(&self) -> LessSafeKey {
        let key = UnboundKey::new(&AES_256_GCM, self.0.expose_secret())
            .expect("AES-256 takes the 32 bytes of a key");
        LessSafeKey::new(key)
    }

    /// Encrypts in place; answers the nonce it drew and the tag.
    pub(super) fn encrypt(&self, aad: &[u8], text: &mut [u8]) -> ([u8; NONCE], [u8; TAG]) {
        let mut nonce = [0; NONCE];
        fill_random(&mut nonce);
        let sealed = self
            .expanded()
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), text)
            .expect("no text comes near AES-GCM's limit of 64 GiB");
        let mut tag = [0; TAG];
        tag.copy_from_slice(sealed.as_ref());
        (nonce, tag)
    }

    /// Decrypts `ciphertext | tag` in place; `None` when it is not genuine.
    pub(super) fn decrypt<'a>(
        &self,
        nonce: [u8; NONCE],
        aad: &[u8],
        sealed: &'a mut [u8],
    ) -> Option<&'a [u8]> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let text = self
            .expanded()
            .open_in_place(nonce, Aad::from(aad), sealed)
            .ok()?;
        Some(text)
    }
}

fn fill_random<const N: usize>(bytes: &mut [u8; N]) {
    SystemRandom::new()
        .fill(bytes)
        .expect("the operating system provides random bytes");
}

/// Why a data key could not be wrapped or unwrapped. For the logs: readers are told nothing.
#[derive(Debug, thiserror::Error)]
pub enum KmsError {
    /// The KEK that wrapped it is not here.
    #[error("no key-encryption key {0}")]
    UnknownKek(String),
    /// The wrapped key was tampered with, or belongs elsewhere.
    #[error("the wrapped key is not genuine")]
    NotGenuine,
}

/// Keeps the KEK and uses it; the KEK itself never leaves it.
///
/// `context` is what the data key is for; it is authenticated with the key.
pub trait Kms: Send + Sync {
    /// The name of the KEK that wraps now.
    fn current(&self) -> &str;

    /// Whether a KEK of this name is at hand.
    fn knows(&self, kek: &str) -> bool;

    /// The key, wrapped by the current KEK.
    ///
    /// # Errors
    /// A KMS out of reach.
    fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Vec<u8>, KmsError>;

    /// The key that a KEK wrapped in this context.
    ///
    /// # Errors
    /// An unknown KEK, another context, a tampered key.
    fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError>;
}

/// KEKs in this process' memory, from a key file: one key a line, the first one wraps, the others
/// are kept for what they wrapped.
pub struct LocalKms {
    keys: Vec<LocalKey>,
}

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
        match source {
            KeySource::Value(keys) => Self::parse(keys).context("KEK"),
            KeySource::File(path) => {
                if create && !path.exists() {
                    create_key_file(path)?;
                }
                read_private(path)
                    .and_then(|keys| Self::parse(&keys))
                    .with_context(|| format!("KEK_FILE: {}", path.display()))
            }
        }
    }

    fn parse(keys: &SecretString) -> anyhow::Result<Self> {
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
        Ok(Self { keys })
    }

    fn key(&self, name: &str) -> Option<&LocalKey> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl LocalKey {
    fn parse(line: &str) -> Option<Self> {
        let mut bytes = STANDARD.decode(line).ok()?;
        let key = DataKey::from_slice(&bytes);
        bytes.zeroize();
        let key = key?;
        let signer = hmac::Key::new(hmac::HMAC_SHA256, key.0.expose_secret());
        let fingerprint = hmac::sign(&signer, FINGERPRINT);
        let name = fingerprint.as_ref()[..8]
            .iter()
            .fold("local:".to_owned(), |name, byte| {
                format!("{name}{byte:02x}")
            });
        Some(Self { name, key })
    }
}

impl Kms for LocalKms {
    fn current(&self) -> &str {
        &self.keys[0].name
    }

    fn knows(&self, kek: &str) -> bool {
        self.key(kek).is_some()
    }

    /// `nonce (12) | encrypted key (32) | tag (16)`
    fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Vec<u8>, KmsError> {
        let mut bytes = *key.0.expose_secret();
        let (nonce, tag) = self.keys[0].key.encrypt(context, &mut bytes);
        Ok([nonce.as_slice(), &bytes, &tag].concat())
    }

    fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError> {
        let by = self
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

/// The content of a file that nobody but its owner may read or write.
fn read_private(path: &Path) -> anyhow::Result<SecretString> {
    let mut file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow::anyhow!(
            "there is no such file; `huntzen keygen` makes it. Keep a copy of it apart from the \
             database's backups: without it, nothing that was sealed can ever be read"
        ),
        _ => anyhow::anyhow!(error),
    })?;
    let mode = file.metadata()?.mode() & 0o777;
    if mode & 0o077 != 0 {
        bail!("others than its owner may use it (mode {mode:04o}): chmod 0400");
    }
    let mut text = String::new();
    file.read_to_string(&mut text)
        .context("is not a text file")?;
    Ok(SecretString::from(text))
}

/// Makes a key file with one random key, readable by its owner alone (0400). Whoever comes second
/// finds the first one's: a key is never replaced.
///
/// # Errors
/// A directory that cannot be written.
pub fn create_key_file(path: &Path) -> anyhow::Result<()> {
    let mut key = [0; KEY];
    fill_random(&mut key);
    let mut text = STANDARD.encode(key) + "\n";
    key.zeroize();
    let written = write_new(path, &text);
    text.zeroize();
    written.with_context(|| format!("KEK_FILE: {} cannot be made", path.display()))
}

/// Written under another name first, so that nobody ever reads half a key.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", uuid::Uuid::new_v4().simple()));
    let draft = Path::new(&draft);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o400)
        .open(draft)?;
    let linked = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(draft, path));
    fs::remove_file(draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const ONE: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const TWO: &str = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

    fn kms(keys: &str) -> LocalKms {
        LocalKms::parse(&SecretString::from(keys)).expect("keys")
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
        let wrapped = kms.wrap(&key, b"here").expect("wrapped");
        let kek = kms.current().to_owned();
        let opened = kms.unwrap(&kek, &wrapped, b"here").expect("the key");
        assert_eq!(opened.0.expose_secret(), key.0.expose_secret());

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
        let wrapped = old.wrap(&DataKey::random(), b"").expect("wrapped");
        let both = kms(&format!("# since June\n{TWO}\n\n{ONE}\n"));
        assert_ne!(both.current(), old.current());
        assert!(both.knows(old.current()));
        assert!(both.unwrap(old.current(), &wrapped, b"").is_ok());
        assert!(!kms(TWO).knows(old.current()));
    }

    #[test]
    fn a_name_tells_the_keys_apart_and_never_changes() {
        assert_eq!(kms(ONE).current(), "local:c150d991e2d5140a");
        assert_ne!(kms(ONE).current(), kms(TWO).current());
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
        assert_eq!(made.current(), again.current());

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
