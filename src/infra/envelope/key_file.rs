//! The key file: one key a line, readable by its owner alone.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString, zeroize::Zeroize as _};

use super::{
    data_key::{KEY, fill_random},
    local::name_of_line,
};

/// The content of a file that nobody but its owner may read or write.
pub(super) fn read_private(path: &Path) -> anyhow::Result<SecretString> {
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
    let mut text = random_line();
    let written = write_new(path, &text);
    text.zeroize();
    written.with_context(|| format!("KEK_FILE: {} cannot be made", path.display()))
}

fn random_line() -> String {
    let mut key = [0; KEY];
    fill_random(&mut key);
    let line = STANDARD.encode(key) + "\n";
    key.zeroize();
    line
}

/// Adds a random key below the others, and answers its name: known, and wrapping nothing yet.
///
/// # Errors
/// A file that cannot be read or replaced.
pub fn add_key(path: &Path) -> anyhow::Result<String> {
    let mut line = random_line();
    let name = name_of_line(&line).context("a random key is no key")?;
    let changed = change(path, |lines| {
        lines.push(line.trim().to_owned());
        Ok(())
    });
    line.zeroize();
    changed?;
    Ok(name)
}

/// Makes a key of the file the one that wraps.
///
/// # Errors
/// No such key in the file; a file that cannot be read or replaced.
pub fn use_key(path: &Path, name: &str) -> anyhow::Result<()> {
    change(path, |lines| {
        let at = position(lines, name)?;
        let line = lines.remove(at);
        let first = lines
            .iter()
            .position(|line| name_of_line(line).is_some())
            .unwrap_or(0);
        lines.insert(first, line);
        Ok(())
    })
}

/// Takes a key out of the file. Whether anything still needs it is the caller's question.
///
/// # Errors
/// No such key in the file, or the one that wraps; a file that cannot be read or replaced.
pub fn drop_key(path: &Path, name: &str) -> anyhow::Result<()> {
    change(path, |lines| {
        let at = position(lines, name)?;
        let wraps = lines.iter().position(|line| name_of_line(line).is_some());
        ensure!(wraps != Some(at), "{name} is the key that wraps");
        lines.remove(at).zeroize();
        Ok(())
    })
}

fn position(lines: &[String], name: &str) -> anyhow::Result<usize> {
    lines
        .iter()
        .position(|line| name_of_line(line).is_some_and(|held| held == name))
        .with_context(|| format!("holds no key {name}"))
}

/// Replaces the file by a changed one, in one step.
fn change(
    path: &Path,
    work: impl FnOnce(&mut Vec<String>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let replaced = read_private(path).and_then(|text| {
        let mut lines: Vec<String> = text.expose_secret().lines().map(str::to_owned).collect();
        let done = work(&mut lines).and_then(|()| {
            let mut text = lines.join("\n") + "\n";
            let replaced = replace(path, &text);
            text.zeroize();
            Ok(replaced?)
        });
        lines.zeroize();
        done
    });
    replaced.with_context(|| format!("KEK_FILE: {}", path.display()))
}

/// Written under another name first, so that nobody ever reads half a file; the name.
fn draft(path: &Path, text: &str) -> io::Result<PathBuf> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", uuid::Uuid::new_v4().simple()));
    let draft = PathBuf::from(draft);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o400)
        .open(&draft)?;
    match file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
    {
        Ok(()) => Ok(draft),
        Err(error) => {
            fs::remove_file(&draft)?;
            Err(error)
        }
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let draft = draft(path, text)?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    }
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let draft = draft(path, text)?;
    fs::rename(&draft, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infra::{
        config::KeySource,
        envelope::{DataKey, Kms as _, LocalKms},
    };

    #[test]
    fn keys_are_added_used_and_dropped_while_a_process_goes_on() {
        let directory = std::env::temp_dir().join(format!("huntzen-keys-{}", uuid::Uuid::new_v4()));
        let path = directory.join("kek");
        let running = LocalKms::open(&KeySource::File(path.clone()), true).expect("a key file");
        let old = running.current().expect("a name");
        let wrapped = running.wrap(&DataKey::random(), b"x").expect("wrapped");
        assert_eq!(wrapped.kek, old);

        let new = add_key(&path).expect("added");
        assert_ne!(new, old);
        assert_eq!(running.current().expect("a name"), old, "known, not used");
        assert!(running.knows(&new).expect("an answer"));
        assert!(drop_key(&path, &old).is_err(), "the one that wraps");

        use_key(&path, &new).expect("used");
        let rewrapped = running.wrap(&DataKey::random(), b"x").expect("wrapped");
        assert_eq!(rewrapped.kek, new, "without being started again");
        assert!(running.unwrap(&old, &wrapped.bytes, b"x").is_ok());

        drop_key(&path, &old).expect("dropped");
        assert!(drop_key(&path, &old).is_err(), "not there any more");
        assert!(use_key(&path, "local:0").is_err());
        let again = LocalKms::open(&KeySource::File(path.clone()), false).expect("read");
        assert!(!again.knows(&old).expect("an answer"));
        assert!(again.unwrap(&new, &rewrapped.bytes, b"x").is_ok());
        let mode = fs::metadata(&path).expect("the file").mode() & 0o777;
        assert_eq!(mode, 0o400);
        assert_eq!(fs::read_dir(&directory).expect("a folder").count(), 1);
        fs::remove_dir_all(&directory).expect("cleaned up");
    }

    #[test]
    fn a_spoilt_file_stops_no_process_that_knows_its_keys() {
        let directory = std::env::temp_dir().join(format!("huntzen-keys-{}", uuid::Uuid::new_v4()));
        let path = directory.join("kek");
        let running = LocalKms::open(&KeySource::File(path.clone()), true).expect("a key file");
        let current = running.current().expect("a name");
        replace(&path, "spoilt\n").expect("replaced");
        assert_eq!(
            running.wrap(&DataKey::random(), b"").expect("wrapped").kek,
            current
        );
        fs::remove_file(&path).expect("removed");
        assert_eq!(
            running.wrap(&DataKey::random(), b"").expect("wrapped").kek,
            current
        );
        assert!(add_key(&path).is_err());
        fs::remove_dir_all(&directory).expect("cleaned up");
    }
}
