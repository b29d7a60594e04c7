//! `huntzen keys …`: what the operator does to keys, under a login of its own.

use std::{
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use diesel::PgConnection;

use crate::{
    infra::{
        clock::Clock,
        config::{self, KeySource},
        envelope::{self, Kms, Progress, ledger},
    },
    sealed::COLUMNS,
};

/// What `huntzen keys` without a command prints.
pub const USAGE: &str = "usage: huntzen keys <command>

  status               the key-encryption keys: which one wraps, how many data keys each of them holds
  add                  add a random key to KEK_FILE: known, and wrapping nothing yet
  use NAME             let a key of KEK_FILE wrap from now on; running servers notice by themselves
  rotate               wrap every data key with the key that wraps now; interrupted, it goes on where it was
  renew KIND           give every consultation, chat, moderation, journal, journal_share, clinical, agenda or outbox a
                       new data key, and seal again what the old one sealed: for when data keys may have
                       become known
  drop NAME            take a key out of KEK_FILE, unless a data key still needs it

  ledger export FILE   write what the file lacks of the keys that were destroyed, or begin it
  ledger replay FILE   after a restore: destroy and erase again what the file says is gone
  ledger check FILE    whether the file is whole, and this database knows its last line

They sign in as huntzen_keys (DATABASE_KEYS_URL, or DATABASE_URL with DATABASE_KEYS_PASSWORD), which may
change wrapped keys and read no content. Servers have no such login.
";

/// Runs one of the commands.
///
/// # Errors
/// An unknown command; no login, no key file, a key that is still needed.
pub fn run(words: &[&str], clock: &Clock) -> anyhow::Result<()> {
    match words {
        ["status"] => status(),
        ["add"] => {
            let path = key_file()?;
            let name = envelope::add_key(&path)?;
            println!("{name} is known from now on and wraps nothing yet.");
            println!(
                "Next: copy {} to every server and to its safe place, then `huntzen keys use {name}`.",
                path.display()
            );
            Ok(())
        }
        ["use", name] => {
            envelope::use_key(&key_file()?, name)?;
            println!("{name} wraps from now on. Next: `huntzen keys rotate`.");
            Ok(())
        }
        ["rotate"] => rotate(clock),
        ["renew", kind] => renew(kind),
        ["drop", name] => drop_key(name),
        ["ledger", what, file] => keep_ledger(what, Path::new(file)),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => bail!("unknown command: keys {}\n\n{USAGE}", words.join(" ")),
    }
}

fn source() -> anyhow::Result<KeySource> {
    Ok(KeySource::from_env(config::environment()?)?)
}

fn key_file() -> anyhow::Result<PathBuf> {
    let source = source()?;
    source.file().map(Path::to_owned).context(
        "the keys are in no file of this machine: rotate the key in Vault, or change the variable KEK (its first \
         line wraps) and start every process again; then `huntzen keys rotate`",
    )
}

fn connect() -> anyhow::Result<PgConnection> {
    envelope::connect_keys(&config::keys_database()?)
}

fn status() -> anyhow::Result<()> {
    let kms = envelope::open_kms(&source()?, false)?;
    let current = kms.current()?;
    let keks = envelope::keks(&mut connect()?)?;
    if !keks.iter().any(|kek| kek.name == current) {
        println!("{current}: wraps, and holds no data key yet");
    }
    for kek in keks {
        let role = match (kek.name == current, kms.knows(&kek.name)?) {
            (true, _) => "wraps",
            (false, true) => "known: `huntzen keys rotate` moves its keys",
            (false, false) => "NOT AT HAND: what its keys sealed cannot be read",
        };
        println!("{}: {} data keys, {role}", kek.name, kek.keys);
    }
    Ok(())
}

fn rotate(clock: &Clock) -> anyhow::Result<()> {
    let kms = envelope::open_kms(&source()?, false)?;
    let mut conn = connect()?;
    let terminal = std::io::stdout().is_terminal();
    let mut said = clock.now();
    let done = envelope::rotate_kek(&mut conn, &*kms, clock, |progress| {
        let now = clock.now();
        // Lines of a log are worth reading every few seconds, a terminal's at once.
        if terminal {
            print!("\r{}", line(progress));
            let _ = std::io::stdout().flush();
        } else if (now - said).num_seconds() >= 5 {
            println!("{}", line(progress));
            said = now;
        }
    })?;
    println!("{}{}", if terminal { "\r" } else { "" }, line(done));
    ensure!(
        done.failed == 0,
        "{} keys are not genuine and were left as they are: the log names them",
        done.failed
    );
    println!("every data key is wrapped by {}", kms.current()?);
    Ok(())
}

fn renew(kind: &str) -> anyhow::Result<()> {
    let kms = envelope::open_kms(&source()?, false)?;
    let done = envelope::renew(&mut connect()?, &*kms, COLUMNS, kind, |progress| {
        println!("{}", line(progress));
    })?;
    ensure!(
        done.failed == 0,
        "{} keys still hold something that cannot be read and were left: the log says what",
        done.failed
    );
    Ok(())
}

fn line(progress: Progress) -> String {
    format!("{} of {} keys", progress.done, progress.total)
}

fn keep_ledger(what: &str, file: &Path) -> anyhow::Result<()> {
    match what {
        "export" => {
            let written = ledger::export(&mut connect()?, file)?;
            println!("{written} lines written to {}", file.display());
        }
        "replay" => {
            let done = ledger::replay(&mut connect()?, file)?;
            println!(
                "{} lines were unknown here; {} keys destroyed again, {} accounts erased again",
                done.lines, done.keys, done.accounts
            );
        }
        "check" => {
            let lines = ledger::read(file)?.len();
            let known = ledger::knows(&mut connect()?, &ledger::tail(file)?)?;
            println!("{}: {lines} lines, whole", file.display());
            ensure!(
                known,
                "this database does not know the last of them: replay the file"
            );
        }
        _ => bail!("unknown command: keys ledger {what}\n\n{USAGE}"),
    }
    Ok(())
}

fn drop_key(name: &str) -> anyhow::Result<()> {
    let path = key_file()?;
    let used = envelope::keks(&mut connect()?)?;
    if let Some(kek) = used.iter().find(|kek| kek.name == name) {
        bail!(
            "{name} still holds {} data keys: `huntzen keys rotate` first",
            kek.keys
        );
    }
    envelope::drop_key(&path, name).context("nothing was changed")?;
    println!(
        "{name} is gone from {}. A backup made before the rotation still needs it: keep a copy apart until the \
         last of them is gone, and no longer.",
        path.display()
    );
    Ok(())
}
