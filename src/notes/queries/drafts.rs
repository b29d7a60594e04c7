//! Notes until they are signed: begun, saved, signed, or thrown away.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Binary, Integer, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{Note, content_of, find};
use crate::{
    booking::model::Status,
    infra::{
        actor::Practitioner, db::Tx, envelope::Scope, error::AppError, prepared::prepared,
        rich_text::RichText,
    },
    notes::model::{Kind, may_be_noted},
};

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// What became of the wish to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// The note: a new one, or the one of this kind that is there.
    There(Uuid),
    /// The consultation has not begun, or will not take place.
    NothingToNote(Status),
}

/// Begins a note of a kind about a consultation, once.
///
/// # Errors
/// `NotFound` for somebody else's consultation; the database's; a key out of reach.
pub fn begin(tx: &mut Tx<Practitioner>, consultation: Uuid, kind: Kind) -> Result<Begun, AppError> {
    #[derive(QueryableByName)]
    struct About {
        #[diesel(sql_type = SqlUuid)]
        employee_id: Uuid,
        #[diesel(sql_type = SqlUuid)]
        company_id: Uuid,
        #[diesel(sql_type = Timestamptz)]
        starts_at: DateTime<Utc>,
        #[diesel(sql_type = Text)]
        status: String,
    }
    let about: About = prepared(
        "SELECT employee_id, company_id, starts_at, status FROM consultations WHERE id = $1 AND status <> 'held'",
    )
    .bind::<SqlUuid, _>(consultation)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)?;
    let there: Option<Id> =
        prepared("SELECT id FROM clinical_notes WHERE consultation_id = $1 AND kind = $2")
            .bind::<SqlUuid, _>(consultation)
            .bind::<Text, _>(kind.as_str())
            .get_result(tx.conn())
            .optional()?;
    if let Some(Id { id }) = there {
        return Ok(Begun::There(id));
    }
    let status: Status = about.status.parse().map_err(AppError::internal)?;
    if !may_be_noted(status) {
        return Ok(Begun::NothingToNote(status));
    }
    let record = record_of(tx, about.employee_id, about.company_id)?;
    let (me, now, id) = (tx.user_id()?, tx.now(), Uuid::new_v4());
    let sealed = tx.seal(Scope::Clinical(record), content_of(id), "")?;
    prepared(
        "INSERT INTO clinical_notes (id, record_id, consultation_id, practitioner_id, company_id, kind, happened_at,
                                     writer, content_sealed, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $1, $8, $9, $9) ON CONFLICT ON CONSTRAINT clinical_notes_kind DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(record)
    .bind::<SqlUuid, _>(consultation)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(about.company_id)
    .bind::<Text, _>(kind.as_str())
    .bind::<Timestamptz, _>(about.starts_at)
    .bind::<Binary, _>(sealed)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    // This one, or that of another tab at the same moment.
    let there: Id =
        prepared("SELECT id FROM clinical_notes WHERE consultation_id = $1 AND kind = $2")
            .bind::<SqlUuid, _>(consultation)
            .bind::<Text, _>(kind.as_str())
            .get_result(tx.conn())?;
    Ok(Begun::There(there.id))
}

/// The record of a patient, opened with the first note.
fn record_of(tx: &mut Tx<Practitioner>, patient: Uuid, company: Uuid) -> Result<Uuid, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    prepared(
        "INSERT INTO clinical_records (id, practitioner_id, employee_id, company_id, opened_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT ON CONSTRAINT clinical_records_pair DO NOTHING",
    )
    .bind::<SqlUuid, _>(Uuid::new_v4())
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(patient)
    .bind::<SqlUuid, _>(company)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    let record: Id =
        prepared("SELECT id FROM clinical_records WHERE practitioner_id = $1 AND employee_id = $2")
            .bind::<SqlUuid, _>(me)
            .bind::<SqlUuid, _>(patient)
            .get_result(tx.conn())?;
    Ok(record.id)
}

/// From which state of the note something was written, by which open page, and as its how-manieth saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    /// The revision that the page showed, or last saved.
    pub revision: i32,
    /// The page.
    pub writer: Uuid,
    /// Counts from 1 in each page.
    pub turn: i32,
}

/// What became of a saving.
#[derive(Clone, Debug)]
pub enum Saved {
    /// The note says what was sent, or what the same page has sent since.
    Done {
        /// Its state now.
        revision: i32,
        /// When it came to that.
        at: DateTime<Utc>,
    },
    /// Another page saved since: this is what is there.
    Conflict(Box<Note>),
    /// It is signed: what was sent is not in it.
    Signed(Box<Note>),
}

/// Saves a draft.
///
/// # Errors
/// `NotFound` for another's; the database's.
pub fn save(
    tx: &mut Tx<Practitioner>,
    id: Uuid,
    base: Base,
    text: &RichText,
) -> Result<Saved, AppError> {
    let there = find(tx, id)?;
    if let Some(outcome) = settled(&there, base, text) {
        return Ok(outcome);
    }
    let (record, now) = (there.record_id, tx.now());
    let sealed = tx.seal(Scope::Clinical(record), content_of(id), text.markup())?;
    let saved: Option<Revision> = prepared(
        "UPDATE clinical_notes SET content_sealed = $2, revision = revision + 1, writer = $3, turn = $4, changed_at = $5
         WHERE id = $1 AND signed_at IS NULL AND (revision = $6 OR writer = $3 AND turn < $4)
         RETURNING revision",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Binary, _>(sealed)
    .bind::<SqlUuid, _>(base.writer)
    .bind::<Integer, _>(base.turn)
    .bind::<Timestamptz, _>(now)
    .bind::<Integer, _>(base.revision)
    .get_result(tx.conn())
    .optional()?;
    if let Some(Revision { revision }) = saved {
        return Ok(Saved::Done { revision, at: now });
    }
    // Whoever was faster has committed by now: the update waited for it.
    let there = find(tx, id)?;
    Ok(settled(&there, base, text).unwrap_or_else(|| Saved::Conflict(Box::new(there))))
}

#[derive(QueryableByName)]
struct Revision {
    #[diesel(sql_type = Integer)]
    revision: i32,
}

/// What needs no writing: signed, saying this already, or saying what the same page sent later.
fn settled(there: &Note, base: Base, text: &RichText) -> Option<Saved> {
    if there.signed_at.is_some() {
        return Some(Saved::Signed(Box::new(there.clone())));
    }
    let says_it = there.content.as_ref() == Ok(text);
    let superseded = there.writer == base.writer && there.turn >= base.turn;
    (says_it || superseded).then_some(Saved::Done {
        revision: there.revision,
        at: there.changed_at,
    })
}

/// What became of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// It is signed, now or since before.
    Done,
    /// It was changed since it was read again.
    Changed,
    /// There is nothing to sign.
    Empty,
}

/// Signs a draft as it was when it was read again.
///
/// # Errors
/// `NotFound` for another's; the database's.
pub fn sign(tx: &mut Tx<Practitioner>, id: Uuid, revision: i32) -> Result<Signed, AppError> {
    let there = find(tx, id)?;
    if there.signed_at.is_some() {
        return Ok(Signed::Done);
    }
    // What cannot be read cannot be signed either.
    if there.content.as_ref().map_or(true, RichText::is_empty) {
        return Ok(Signed::Empty);
    }
    let now = tx.now();
    let signed = prepared(
        "UPDATE clinical_notes SET signed_at = $3 WHERE id = $1 AND revision = $2 AND signed_at IS NULL",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Integer, _>(revision)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(match signed {
        1 => Signed::Done,
        _ => Signed::Changed,
    })
}

/// Throws a draft away: whether it was one.
///
/// # Errors
/// `NotFound` for another's; the database's.
pub fn discard(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<bool, AppError> {
    find(tx, id)?;
    let gone = prepared("DELETE FROM clinical_notes WHERE id = $1 AND signed_at IS NULL")
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    Ok(gone == 1)
}
