//! What is added to signed notes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Binary, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{Note, find, open};
use crate::infra::{
    actor::Practitioner,
    db::Tx,
    envelope::{CannotRead, Field, Scope, Sealed},
    error::AppError,
    prepared::prepared,
    rich_text::RichText,
};

fn content_of(addendum: Uuid) -> Field {
    Field {
        table: "clinical_addenda",
        column: "content_sealed",
        row: addendum,
    }
}

/// What was added to a note.
#[derive(Clone, Debug)]
pub struct Addendum {
    /// When it was written and signed.
    pub signed_at: DateTime<Utc>,
    /// What it says.
    pub content: Result<RichText, CannotRead>,
}

/// What was added to each of some notes, in the order of time.
///
/// # Errors
/// The database's.
pub fn addenda(
    tx: &mut Tx<Practitioner>,
    notes: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Addendum>>, AppError> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = SqlUuid)]
        note_id: Uuid,
        #[diesel(sql_type = SqlUuid)]
        record_id: Uuid,
        #[diesel(sql_type = Binary)]
        content_sealed: Sealed,
        #[diesel(sql_type = Timestamptz)]
        signed_at: DateTime<Utc>,
    }
    let rows: Vec<Row> = prepared(
        "SELECT id, note_id, record_id, content_sealed, signed_at FROM clinical_addenda
         WHERE note_id = ANY ($1) ORDER BY signed_at, id",
    )
    .bind::<Array<SqlUuid>, _>(notes.to_vec())
    .load(tx.conn())?;
    let mut addenda: HashMap<Uuid, Vec<Addendum>> = HashMap::new();
    for row in rows {
        let content = open(tx, row.record_id, content_of(row.id), &row.content_sealed);
        addenda.entry(row.note_id).or_default().push(Addendum {
            signed_at: row.signed_at,
            content,
        });
    }
    Ok(addenda)
}

/// What became of an addendum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is there, now or since it was sent before.
    Done,
    /// The note is a draft: it can be changed itself.
    Draft,
}

/// Adds to a signed note, once however often the form is sent; other words from the same form are another
/// addendum.
///
/// # Errors
/// `NotFound` for another's; the database's.
pub fn add(
    tx: &mut Tx<Practitioner>,
    note: Uuid,
    client_id: Uuid,
    text: &RichText,
) -> Result<Added, AppError> {
    let there = find(tx, note)?;
    if there.signed_at.is_none() {
        return Ok(Added::Draft);
    }
    if insert(tx, &there, client_id, text)? {
        return Ok(Added::Done);
    }
    let known = addenda(tx, &[note])?;
    let says_it = |addendum: &Addendum| addendum.content.as_ref() == Ok(text);
    if !known.values().flatten().any(says_it) {
        insert(tx, &there, Uuid::new_v4(), text)?;
    }
    Ok(Added::Done)
}

/// Whether this form was not sent before.
fn insert(
    tx: &mut Tx<Practitioner>,
    note: &Note,
    client_id: Uuid,
    text: &RichText,
) -> Result<bool, AppError> {
    let (me, now, id) = (tx.user_id()?, tx.now(), Uuid::new_v4());
    let sealed = tx.seal(
        Scope::Clinical(note.record_id),
        content_of(id),
        text.markup(),
    )?;
    let written = prepared(
        "INSERT INTO clinical_addenda (id, note_id, record_id, practitioner_id, company_id, client_id, content_sealed, signed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT clinical_addenda_client DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(note.id)
    .bind::<SqlUuid, _>(note.record_id)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(note.company_id)
    .bind::<SqlUuid, _>(client_id)
    .bind::<Binary, _>(sealed)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(written == 1)
}
