//! All the SQL of the journal. Row policies narrow every query to the owner.

pub mod shares;

use std::ops::Range;

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Array, BigInt, Binary, Integer, Nullable, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::model::{Content, Summary, Words};
use crate::infra::{
    actor::Employee,
    db::Tx,
    envelope::{CannotRead, Field, Scope, Sealed},
    error::AppError,
    prepared::prepared,
};

/// Summaries that one page opens at most: the newest. Thirteen years of a page a day.
pub const SUMMARIES_MOST: i64 = 5_000;
/// Sealed bytes of texts that one search opens at most: the newest.
pub const SEARCH_BYTES_MOST: usize = 16 * 1024 * 1024;
/// Entries that a search has in memory at a time.
const SEARCHED_AT_ONCE: usize = 200;

fn summary_of(entry: Uuid) -> Field {
    Field {
        table: "journal_entries",
        column: "summary_sealed",
        row: entry,
    }
}

fn text_of(entry: Uuid) -> Field {
    Field {
        table: "journal_entries",
        column: "text_sealed",
        row: entry,
    }
}

/// Title, mood and tags of an entry, opened.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The entry.
    pub id: Uuid,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// What stands above its text.
    pub summary: Result<Summary, CannotRead>,
}

/// An entry, opened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The entry.
    pub id: Uuid,
    /// Which state of it this is.
    pub version: i32,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: Option<DateTime<Utc>>,
    /// All of it, or nothing when any of it cannot be opened.
    pub content: Result<Content, CannotRead>,
}

#[derive(QueryableByName)]
struct HeadingRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    written_at: DateTime<Utc>,
    #[diesel(sql_type = Binary)]
    summary_sealed: Sealed,
}

impl HeadingRow {
    fn open(self, tx: &mut Tx<Employee>, scope: Scope) -> Heading {
        Heading {
            id: self.id,
            written_at: self.written_at,
            summary: open_summary(tx, scope, self.id, &self.summary_sealed),
        }
    }
}

fn open_summary(
    tx: &mut Tx<Employee>,
    scope: Scope,
    id: Uuid,
    sealed: &Sealed,
) -> Result<Summary, CannotRead> {
    let json = tx.open(scope, summary_of(id), sealed)?;
    serde_json::from_str(&json).map_err(|_| CannotRead)
}

const COLUMNS: &str =
    "SELECT id, version, written_at, changed_at, summary_sealed, text_sealed FROM journal_entries";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Timestamptz)]
    written_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    changed_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Binary)]
    summary_sealed: Sealed,
    #[diesel(sql_type = Binary)]
    text_sealed: Sealed,
}

impl Row {
    fn open(self, tx: &mut Tx<Employee>, scope: Scope) -> Entry {
        let content = open_summary(tx, scope, self.id, &self.summary_sealed).and_then(|summary| {
            let text = tx.open(scope, text_of(self.id), &self.text_sealed)?;
            Ok(Content { summary, text })
        });
        Entry {
            id: self.id,
            version: self.version,
            written_at: self.written_at,
            changed_at: self.changed_at,
            content,
        }
    }
}

/// The journal of whoever asks.
fn own(tx: &Tx<Employee>) -> Result<Scope, AppError> {
    tx.user_id().map(Scope::Journal)
}

struct SealedContent {
    summary: Sealed,
    text: Sealed,
}

fn seal(tx: &mut Tx<Employee>, id: Uuid, content: &Content) -> Result<SealedContent, AppError> {
    let scope = own(tx)?;
    let summary = serde_json::to_string(&content.summary).map_err(AppError::internal)?;
    Ok(SealedContent {
        summary: tx.seal(scope, summary_of(id), &summary)?,
        text: tx.seal(scope, text_of(id), &content.text)?,
    })
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many entries there are.
///
/// # Errors
/// The database's.
pub fn count(tx: &mut Tx<Employee>) -> Result<i64, AppError> {
    let me = tx.user_id()?;
    let row: Count =
        prepared("SELECT count(*) AS count FROM journal_entries WHERE employee_id = $1")
            .bind::<SqlUuid, _>(me)
            .get_result(tx.conn())?;
    Ok(row.count)
}

/// The newest summaries of a period, the newest first: `limit` of them at most.
///
/// # Errors
/// The database's.
pub fn headings(
    tx: &mut Tx<Employee>,
    period: &Range<DateTime<Utc>>,
    limit: i64,
) -> Result<Vec<Heading>, AppError> {
    let (me, scope) = (tx.user_id()?, own(tx)?);
    let rows: Vec<HeadingRow> = prepared(
        "SELECT id, written_at, summary_sealed FROM journal_entries
         WHERE employee_id = $1 AND written_at >= $2 AND written_at < $3
         ORDER BY written_at DESC, id DESC LIMIT $4",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(period.start)
    .bind::<Timestamptz, _>(period.end)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.open(tx, scope)).collect())
}

/// Entries by their ids, the newest first.
///
/// # Errors
/// The database's.
pub fn entries(tx: &mut Tx<Employee>, ids: &[Uuid]) -> Result<Vec<Entry>, AppError> {
    let scope = own(tx)?;
    let rows: Vec<Row> = prepared(format!(
        "{COLUMNS} WHERE id = ANY ($1) ORDER BY written_at DESC, id DESC"
    ))
    .bind::<Array<SqlUuid>, _>(ids.to_vec())
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.open(tx, scope)).collect())
}

/// The entries that come after one in time, the oldest first: for exports, a batch at a time.
///
/// # Errors
/// The database's.
pub fn entries_after(
    tx: &mut Tx<Employee>,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Entry>, AppError> {
    let (me, scope) = (tx.user_id()?, own(tx)?);
    let (at, id) = after.unwrap_or((DateTime::UNIX_EPOCH, Uuid::nil()));
    let rows: Vec<Row> = prepared(format!(
        "{COLUMNS} WHERE employee_id = $1 AND (written_at, id) > ($2, $3) ORDER BY written_at, id LIMIT $4"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(at)
    .bind::<SqlUuid, _>(id)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.open(tx, scope)).collect())
}

/// What a search went through.
#[derive(Clone, Debug, Default)]
pub struct Searched {
    /// The entries that hold every word, the newest first.
    pub found: Vec<Heading>,
    /// Since when it looked, when that is not everything.
    pub since: Option<DateTime<Utc>>,
}

/// The entries of a period that hold every word. Opens the newest until there is too much to open.
///
/// # Errors
/// The database's.
pub fn search(
    tx: &mut Tx<Employee>,
    words: &Words,
    period: &Range<DateTime<Utc>>,
) -> Result<Searched, AppError> {
    let scope = own(tx)?;
    let mut searched = Searched::default();
    let (mut bytes, mut opened) = (0, 0);
    // No entry has the nil id: what was written before the end of the period.
    let mut before = (period.end, Uuid::nil());
    loop {
        let rows = newest_before(tx, period.start, before)?;
        let are_all = rows.len() < SEARCHED_AT_ONCE;
        for row in rows {
            bytes += row.text_sealed.as_bytes().len();
            opened += 1;
            if bytes > SEARCH_BYTES_MOST || opened > SUMMARIES_MOST {
                searched.since = Some(before.0);
                return Ok(searched);
            }
            before = (row.written_at, row.id);
            searched.look_at(row.open(tx, scope), words);
        }
        if are_all {
            return Ok(searched);
        }
    }
}

impl Searched {
    fn look_at(&mut self, entry: Entry, words: &Words) {
        if let Ok(content) = entry.content
            && words.are_in(&content)
        {
            self.found.push(Heading {
                id: entry.id,
                written_at: entry.written_at,
                summary: Ok(content.summary),
            });
        }
    }
}

fn newest_before(
    tx: &mut Tx<Employee>,
    from: DateTime<Utc>,
    (at, id): (DateTime<Utc>, Uuid),
) -> Result<Vec<Row>, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(format!(
        "{COLUMNS} WHERE employee_id = $1 AND written_at >= $2 AND (written_at, id) < ($3, $4)
         ORDER BY written_at DESC, id DESC LIMIT $5"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(from)
    .bind::<Timestamptz, _>(at)
    .bind::<SqlUuid, _>(id)
    .bind::<BigInt, _>(SEARCHED_AT_ONCE as i64)
    .load(tx.conn())?)
}

/// One entry.
///
/// # Errors
/// `NotFound` for another's.
pub fn find(tx: &mut Tx<Employee>, id: Uuid) -> Result<Entry, AppError> {
    let scope = own(tx)?;
    let row: Row = prepared(format!("{COLUMNS} WHERE id = $1"))
        .bind::<SqlUuid, _>(id)
        .get_result(tx.conn())
        .optional()?
        .ok_or(AppError::NotFound)?;
    Ok(row.open(tx, scope))
}

/// What became of an entry that was sent.
#[derive(Clone, Debug)]
pub enum Written {
    /// It is there, now or since it was sent before.
    There(Uuid),
    /// Its form was sent before with other words: this is what is there.
    Different(Box<Entry>),
}

/// Writes an entry, once however often its form is sent.
///
/// # Errors
/// The database's; a key out of reach.
pub fn write(
    tx: &mut Tx<Employee>,
    client_id: Uuid,
    content: &Content,
) -> Result<Written, AppError> {
    let (me, company, now, id) = (tx.user_id()?, tx.company_id()?, tx.now(), Uuid::new_v4());
    let sealed = seal(tx, id, content)?;
    let written = prepared(
        "INSERT INTO journal_entries (id, employee_id, company_id, client_id, summary_sealed, text_sealed, written_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT journal_entries_client DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(client_id)
    .bind::<Binary, _>(sealed.summary)
    .bind::<Binary, _>(sealed.text)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if written == 1 {
        return Ok(Written::There(id));
    }
    let scope = own(tx)?;
    let row: Row = prepared(format!(
        "{COLUMNS} WHERE employee_id = $1 AND client_id = $2"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(client_id)
    .get_result(tx.conn())?;
    let there = row.open(tx, scope);
    if there.content.as_ref() == Ok(content) {
        return Ok(Written::There(there.id));
    }
    Ok(Written::Different(Box::new(there)))
}

/// What became of a change.
#[derive(Clone, Debug)]
pub enum Changed {
    /// The entry says what was sent.
    Done,
    /// It was changed elsewhere since the form was shown: this is what it says.
    Conflict(Box<Entry>),
}

/// Changes an entry whose form was made from this version.
///
/// # Errors
/// `NotFound` for another's; the database's.
pub fn change(
    tx: &mut Tx<Employee>,
    id: Uuid,
    version: i32,
    content: &Content,
) -> Result<Changed, AppError> {
    let there = find(tx, id)?;
    if there.content.as_ref() == Ok(content) {
        return Ok(Changed::Done);
    }
    let (now, sealed) = (tx.now(), seal(tx, id, content)?);
    let changed = prepared(
        "UPDATE journal_entries SET summary_sealed = $3, text_sealed = $4, changed_at = $5, version = version + 1
         WHERE id = $1 AND version = $2",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Integer, _>(version)
    .bind::<Binary, _>(sealed.summary)
    .bind::<Binary, _>(sealed.text)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if changed == 1 {
        return Ok(Changed::Done);
    }
    // Whoever was faster has committed by now: the update waited for it.
    Ok(Changed::Conflict(Box::new(find(tx, id)?)))
}

/// Deletes an entry, and what was shared of it. Deleted before: nothing to do.
///
/// # Errors
/// The database's.
pub fn delete(tx: &mut Tx<Employee>, id: Uuid) -> Result<(), AppError> {
    shares::revoke_entry(tx, id)?;
    prepared("DELETE FROM journal_entries WHERE id = $1")
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    Ok(())
}
