//! The ledger of destroyed keys: a table that only grows, and the same lines in a file elsewhere.
//!
//! A backup holds keys that were destroyed after it was made. Restoring it would make readable what
//! somebody was told is gone; replaying the file destroys those keys again. A server that is given the
//! file refuses a database that does not know its last line.
//!
//! An account that was erased has a line too, so that a restored backup does not bring its person back.
//!
//! The file names nobody: a line is `position time reason key subject check`, where the subject is a
//! SHA-256 of what the key was for, and the check one of the line and all lines before it.

use std::{
    collections::HashSet,
    fmt::Write as _,
    fs::{File, OpenOptions},
    io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::{Context as _, ensure};
use chrono::{DateTime, SecondsFormat, Utc};
use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{Array, BigInt, Binary, Text, Timestamptz, Uuid as SqlUuid},
};
use ring::digest;
use uuid::Uuid;

use crate::infra::{actor::Worker, db::Tx, error::AppError};

/// The first line of a file.
const HEAD: &str = "huntzen ledger of destroyed keys, version 1";
/// Lines per query.
const BATCH: i64 = 5_000;

/// A key that is gone.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Destroyed {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = SqlUuid)]
    key_id: Uuid,
    #[diesel(sql_type = Binary)]
    subject: Vec<u8>,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Timestamptz)]
    destroyed_at: DateTime<Utc>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    (text.is_ascii() && text.len().is_multiple_of(2)).then_some(())?;
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

/// The check of a line: of it and, through the check before it, of all the others.
fn check(before: &str, line: &str) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(before.as_bytes());
    context.update(b"\n");
    context.update(line.as_bytes());
    hex(context.finish().as_ref())
}

impl Destroyed {
    fn line(&self) -> String {
        format!(
            "{} {} {} {} {}",
            self.position,
            self.destroyed_at
                .to_rfc3339_opts(SecondsFormat::Micros, true),
            self.reason,
            self.key_id,
            hex(&self.subject)
        )
    }

    fn parse(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let [position, at, reason, key, subject] = words.as_slice() else {
            return None;
        };
        Some(Self {
            position: position.parse().ok()?,
            destroyed_at: at.parse().ok()?,
            reason: (*reason).to_owned(),
            key_id: key.parse().ok()?,
            subject: from_hex(subject)?,
        })
    }
}

/// The last line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tail {
    /// Its number; 0 for a file without lines.
    pub position: i64,
    /// Its key; none for a file without lines.
    pub key_id: Option<Uuid>,
    check: String,
}

impl Tail {
    fn none() -> Self {
        Self {
            position: 0,
            key_id: None,
            check: HEAD.to_owned(),
        }
    }
}

/// All lines, checked.
///
/// # Errors
/// No such file; a line that was changed, moved or left out.
pub fn read(path: &Path) -> anyhow::Result<Vec<Destroyed>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut lines = complete(&text).lines();
    let head = lines.next();
    ensure!(
        head.is_none_or(|head| head == HEAD),
        "{}: is no ledger of destroyed keys",
        path.display()
    );
    let mut before = HEAD.to_owned();
    let mut entries: Vec<Destroyed> = Vec::new();
    for (number, line) in lines.enumerate() {
        let entry = line
            .rsplit_once(' ')
            .filter(|(entry, said)| check(&before, entry) == **said)
            .and_then(|(entry, said)| {
                before = said.to_owned();
                Destroyed::parse(entry)
            })
            .filter(|entry| {
                entries
                    .last()
                    .is_none_or(|last| last.position < entry.position)
            });
        entries.push(entry.with_context(|| {
            format!(
                "{}: line {} was changed, or one before it is missing",
                path.display(),
                number + 2
            )
        })?);
    }
    Ok(entries)
}

/// Without a last line that was not written to its end.
fn complete(text: &str) -> &str {
    &text[..text.rfind('\n').map_or(0, |end| end + 1)]
}

/// The last line, without reading the others. A file that is not there has none.
///
/// # Errors
/// A file that cannot be read, or is no ledger.
pub fn tail(path: &Path) -> anyhow::Result<Tail> {
    match File::open(path) {
        Ok(mut file) => tail_of(&mut file).with_context(|| path.display().to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Tail::none()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

fn tail_of(file: &mut File) -> anyhow::Result<Tail> {
    /// More than two lines.
    const END: u64 = 1024;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(END)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = std::str::from_utf8(&bytes).context("is no ledger of destroyed keys")?;
    match complete(text).lines().next_back() {
        None => Ok(Tail::none()),
        Some(HEAD) => Ok(Tail::none()),
        Some(line) => {
            let (entry, check) = line.rsplit_once(' ').context("its last line is none")?;
            let entry = Destroyed::parse(entry).context("its last line is none")?;
            Ok(Tail {
                position: entry.position,
                key_id: Some(entry.key_id),
                check: check.to_owned(),
            })
        }
    }
}

/// Writes what a file lacks; how many lines that were. Several processes may do it at once.
///
/// # Errors
/// A file that cannot be written, or one that goes on where this database does not: the ledger of
/// another one, or of this one before it was restored and not replayed.
pub fn export(conn: &mut PgConnection, path: &Path) -> anyhow::Result<usize> {
    let mut pen = Pen::open(path)?;
    let from = position_of(conn, &pen.tail)?.with_context(|| {
        format!(
            "{}: goes on after what this database knows; replay it first",
            path.display()
        )
    })?;
    pen.write_after(conn, from, &HashSet::new())
}

/// A file that is written to, and by nobody else meanwhile.
struct Pen {
    file: File,
    tail: Tail,
}

impl Pen {
    fn open(path: &Path) -> anyhow::Result<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(path)
            .with_context(|| path.display().to_string())?;
        file.lock()?;
        let tail = tail_of(&mut file).with_context(|| path.display().to_string())?;
        cut_the_unfinished(&mut file)?;
        if file.metadata()?.len() == 0 {
            writeln!(file, "{HEAD}")?;
        }
        Ok(Self { file, tail })
    }

    /// Numbers are the file's own: they differ from the table's where two databases came of one backup.
    fn write_after(
        &mut self,
        conn: &mut PgConnection,
        mut from: i64,
        known: &HashSet<Uuid>,
    ) -> anyhow::Result<usize> {
        let mut written = 0;
        loop {
            let entries = after(conn, from)?;
            let Some(last) = entries.last() else {
                self.file.sync_all()?;
                return Ok(written);
            };
            from = last.position;
            let mut text = String::new();
            for entry in entries {
                if known.contains(&entry.key_id) {
                    continue;
                }
                self.tail.position += 1;
                let line = Destroyed {
                    position: self.tail.position,
                    ..entry
                }
                .line();
                self.tail.check = check(&self.tail.check, &line);
                // Writing to a String cannot fail.
                let _ = writeln!(text, "{line} {}", self.tail.check);
                written += 1;
            }
            self.file.write_all(text.as_bytes())?;
        }
    }
}

/// As [`export`], from the serving process.
///
/// # Errors
/// As [`export`].
pub fn export_from(tx: &mut Tx<Worker>, path: &Path) -> Result<usize, AppError> {
    export(tx.conn(), path).map_err(AppError::internal)
}

/// A line that was interrupted is written again.
fn cut_the_unfinished(file: &mut File) -> anyhow::Result<()> {
    let mut text = String::new();
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(1024)))?;
    file.read_to_string(&mut text)?;
    let surplus = text.len() - complete(&text).len();
    if surplus > 0 {
        file.set_len(length - u64::try_from(surplus)?)?;
    }
    Ok(())
}

fn after(conn: &mut PgConnection, position: i64) -> anyhow::Result<Vec<Destroyed>> {
    Ok(sql_query(
        "SELECT position, key_id, subject, reason, destroyed_at FROM destroyed_keys
         WHERE position > $1 ORDER BY position LIMIT $2",
    )
    .bind::<BigInt, _>(position)
    .bind::<BigInt, _>(BATCH)
    .load(conn)?)
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = SqlUuid)]
    key_id: Uuid,
}

#[derive(QueryableByName)]
struct Position {
    #[diesel(sql_type = BigInt)]
    position: i64,
}

/// Where a file's last line is in the table; 0 for a file without lines, none where it is not.
fn position_of(conn: &mut PgConnection, tail: &Tail) -> anyhow::Result<Option<i64>> {
    let Some(key) = tail.key_id else {
        return Ok(Some(0));
    };
    let found = sql_query("SELECT position FROM destroyed_keys WHERE key_id = $1")
        .bind::<SqlUuid, _>(key)
        .load::<Position>(conn)?;
    Ok(found.first().map(|found| found.position))
}

/// Whether the database has a file's last line: if not, it is older than the file.
///
/// # Errors
/// The database's.
pub fn knows(conn: &mut PgConnection, tail: &Tail) -> anyhow::Result<bool> {
    Ok(position_of(conn, tail)?.is_some())
}

/// As [`knows`], from the serving process.
///
/// # Errors
/// As [`knows`].
pub fn is_known(tx: &mut Tx<Worker>, tail: &Tail) -> Result<bool, AppError> {
    knows(tx.conn(), tail).map_err(AppError::internal)
}

/// What a replay did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Lines that the database did not know.
    pub lines: usize,
    /// Keys that were there again, and were destroyed again.
    pub keys: usize,
    /// Accounts that were there again, and were erased again.
    pub accounts: usize,
}

/// Destroys again what the ledger says is destroyed, and completes the database's own lines, in one
/// transaction; then the file's. A second time it finds nothing to do.
///
/// # Errors
/// A file as [`read`] refuses it, or that cannot be written; the database's.
pub fn replay(conn: &mut PgConnection, path: &Path) -> anyhow::Result<Replayed> {
    let mut entries = read(path)?;
    let mut keys = HashSet::new();
    entries.retain(|entry| keys.insert(entry.key_id));
    let done = conn.transaction(|conn| -> anyhow::Result<Replayed> {
        conn.batch_execute("SELECT pg_advisory_xact_lock(hashtext('huntzen.keys.ledger'))")?;
        let mut done = Replayed::default();
        for entries in entries.chunks(usize::try_from(BATCH)?) {
            let some = replay_some(conn, entries)?;
            done.lines += some.lines;
            done.keys += some.keys;
        }
        done.accounts = erase_again(conn)?;
        Ok(done)
    })?;
    Pen::open(path)?.write_after(conn, 0, &keys)?;
    Ok(done)
}

fn replay_some(conn: &mut PgConnection, entries: &[Destroyed]) -> anyhow::Result<Replayed> {
    let known: HashSet<Uuid> =
        sql_query("SELECT key_id FROM destroyed_keys WHERE key_id = ANY ($1)")
            .bind::<Array<SqlUuid>, _>(entries.iter().map(|entry| entry.key_id).collect::<Vec<_>>())
            .load::<Key>(conn)?
            .into_iter()
            .map(|key| key.key_id)
            .collect();
    let new: Vec<&Destroyed> = entries
        .iter()
        .filter(|entry| !known.contains(&entry.key_id))
        .collect();
    let lines = sql_query(
        "INSERT INTO destroyed_keys (position, key_id, subject, reason, destroyed_at)
         SELECT greatest(n.position, coalesce((SELECT max(d.position) FROM destroyed_keys d), 0)
                                     + row_number() OVER (ORDER BY n.position)),
                n.key_id, n.subject, n.reason, n.destroyed_at
         FROM unnest($1, $2, $3, $4, $5) AS n (position, key_id, subject, reason, destroyed_at)",
    )
    .bind::<Array<BigInt>, _>(new.iter().map(|e| e.position).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(new.iter().map(|e| e.key_id).collect::<Vec<_>>())
    .bind::<Array<Binary>, _>(new.iter().map(|e| e.subject.as_slice()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|e| e.reason.as_str()).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(new.iter().map(|e| e.destroyed_at).collect::<Vec<_>>())
    .execute(conn)?;
    // Every version of the scope that the backup had: newer ones came later and went with it.
    let subjects: Vec<&[u8]> = new
        .iter()
        .filter(|entry| entry.reason == "destroyed")
        .map(|entry| entry.subject.as_slice())
        .collect();
    let keys = sql_query(
        "DELETE FROM data_keys d USING (SELECT DISTINCT unnest($1) AS subject) gone
         WHERE hz.key_subject(d.scope, d.owner_id) = gone.subject",
    )
    .bind::<Array<Binary>, _>(subjects)
    .execute(conn)?;
    Ok(Replayed {
        lines,
        keys,
        accounts: 0,
    })
}

#[derive(QueryableByName)]
struct Again {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    accounts: i32,
}

/// Accounts whose erasure the ledger tells of.
fn erase_again(conn: &mut PgConnection) -> anyhow::Result<usize> {
    let again: Again = sql_query("SELECT hz.erase_again() AS accounts").get_result(conn)?;
    Ok(usize::try_from(again.accounts)?)
}
