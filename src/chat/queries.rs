//! All the SQL of the chat. Row policies narrow every query to the two participants.

pub mod attachments;
pub mod conversations;
pub mod mail;
pub mod place;
pub mod reading;

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Binary, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    files::File,
    jobs::RemindUnread,
    model::{Standing, Words, changes_until},
};
use crate::{
    consultation::queries::Participant,
    infra::{
        db::Tx,
        envelope::{CannotRead, Field, Scope, Sealed},
        error::AppError,
        jobs,
        live::{self, Topic},
        prepared::prepared,
    },
    privacy::access::{self, What},
};

/// The event of a message that was written, changed or deleted; its id is the message's.
pub const MESSAGE_EVENT: &str = "chat.message";

fn text_of(message: Uuid) -> Field {
    Field {
        table: "chat_messages",
        column: "text_sealed",
        row: message,
    }
}

/// What is to be sent.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Drawn by the sender.
    pub client_id: Uuid,
    /// The text.
    pub words: Option<Words>,
    /// The file.
    pub file: Option<File>,
}

/// One cannot write here (any more).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

#[derive(QueryableByName)]
struct Position {
    #[diesel(sql_type = BigInt)]
    position: i64,
}

/// A message that is kept.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// The message; `None` when it was kept before.
    pub id: Option<Uuid>,
    /// Its place.
    pub position: i64,
}

impl Sent {
    fn before(position: i64) -> Self {
        let id = None;
        Self { id, position }
    }
}

/// Writes a message, once however often it is sent.
///
/// # Errors
/// `NotFound` for a consultation of others; the database's; [`Closed`] inside.
pub fn send<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    draft: &Draft,
) -> Result<Result<Sent, Closed>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let place = place::before_sending(tx, consultation, Some(draft.client_id))?;
    if let Some(position) = place.sent {
        return Ok(Ok(Sent::before(position)));
    }
    if !place.standing.is_open() {
        return Ok(Err(Closed));
    }
    let id = Uuid::new_v4();
    let sealed = match &draft.words {
        Some(words) => Some(tx.seal(Scope::Chat(consultation), text_of(id), words.as_str())?),
        None => None,
    };
    let written = prepared(
        "INSERT INTO chat_messages (id, consultation_id, company_id, sender_id, client_id, text_sealed, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT chat_messages_client DO NOTHING
         RETURNING position",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(consultation)
    .bind::<SqlUuid, _>(place.company_id)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(draft.client_id)
    .bind::<Nullable<Binary>, _>(sealed)
    .bind::<Timestamptz, _>(now)
    .get_result::<Position>(tx.conn())
    .optional()?;
    let Some(Position { position }) = written else {
        // The same message, sent twice at once: the other was first.
        return place::before_sending(tx, consultation, Some(draft.client_id))?
            .sent
            .map(|position| Ok(Sent::before(position)))
            .ok_or_else(|| AppError::internal("a message was written and cannot be seen"));
    };
    if let Some(file) = &draft.file {
        attachments::attach(tx, (consultation, place.company_id), id, file)?;
    }
    jobs::enqueue(
        tx,
        &RemindUnread::after(consultation, place.other_id, place.other_read, now),
    )?;
    live::notify(tx, Topic(consultation), MESSAGE_EVENT, id);
    let id = Some(id);
    Ok(Ok(Sent { id, position }))
}

/// Changes the text of one's own message.
///
/// # Errors
/// `NotFound` for another's message, a deleted one, or one that can no longer be changed.
pub fn edit<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    message: Uuid,
    words: &Words,
) -> Result<(), AppError> {
    let now = tx.now();
    let (entry, standing) = own(tx, consultation, message)?;
    if !standing.is_open() || now >= changes_until(entry.sent_at) {
        return Err(AppError::NotFound);
    }
    if entry
        .text
        .is_some_and(|text| text.as_deref() == Ok(words.as_str()))
    {
        return Ok(());
    }
    let sealed = tx.seal(Scope::Chat(consultation), text_of(message), words.as_str())?;
    prepared("UPDATE chat_messages SET text_sealed = $2, edited_at = $3 WHERE id = $1")
        .bind::<SqlUuid, _>(message)
        .bind::<Binary, _>(sealed)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    live::notify(tx, Topic(consultation), MESSAGE_EVENT, message);
    Ok(())
}

/// Deletes one's own message, its file included. That there was one stays visible.
///
/// # Errors
/// `NotFound` for another's message. Deleted before: nothing to do.
pub fn delete<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    message: Uuid,
) -> Result<(), AppError> {
    let now = tx.now();
    let (entry, _) = own(tx, consultation, message)?;
    if entry.deleted_at.is_some() {
        return Ok(());
    }
    prepared("UPDATE chat_messages SET text_sealed = NULL, deleted_at = $2 WHERE id = $1")
        .bind::<SqlUuid, _>(message)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    live::notify(tx, Topic(consultation), MESSAGE_EVENT, message);
    Ok(())
}

/// One's own message, to change it.
///
/// # Errors
/// `NotFound` for another's.
fn own<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    message: Uuid,
) -> Result<(Entry, Standing), AppError> {
    let me = tx.user_id()?;
    let found = find(tx, consultation, message)?;
    if found.0.sender_id != me {
        return Err(AppError::NotFound);
    }
    Ok(found)
}

/// A message of this consultation, and whether one may write there.
///
/// # Errors
/// `NotFound` for another consultation's.
pub fn find<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    message: Uuid,
) -> Result<(Entry, Standing), AppError> {
    let standing = place::find(tx, consultation)?.standing;
    let row: Option<Row> = prepared(format!(
        "{COLUMNS} WHERE m.id = $1 AND m.consultation_id = $2"
    ))
    .bind::<SqlUuid, _>(message)
    .bind::<SqlUuid, _>(consultation)
    .get_result(tx.conn())
    .optional()?;
    let entry = row.ok_or(AppError::NotFound)?.open(tx, consultation);
    Ok((entry, standing))
}

const COLUMNS: &str = "SELECT m.id, m.client_id, m.sender_id, m.position, m.change, m.text_sealed, m.sent_at, m.edited_at, m.deleted_at,
            a.id AS file_id, a.kind, a.size, a.width, a.height, a.name_sealed
     FROM chat_messages m LEFT JOIN chat_attachments a ON a.message_id = m.id";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    client_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    sender_id: Uuid,
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = BigInt)]
    change: i64,
    #[diesel(sql_type = Nullable<Binary>)]
    text_sealed: Option<Sealed>,
    #[diesel(sql_type = Timestamptz)]
    sent_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    edited_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    deleted_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    file_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    kind: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    size: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    width: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    height: Option<i32>,
    #[diesel(sql_type = Nullable<Binary>)]
    name_sealed: Option<Sealed>,
}

/// A message as its two people read it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The message.
    pub id: Uuid,
    /// Drawn by its sender.
    pub client_id: Uuid,
    /// Who wrote it.
    pub sender_id: Uuid,
    /// Its place.
    pub position: i64,
    /// Its last change.
    pub change: i64,
    /// What it says, if it says something.
    pub text: Option<Result<String, CannotRead>>,
    /// When it was written.
    pub sent_at: DateTime<Utc>,
    /// When its text was last changed.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was deleted.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Its file.
    pub file: Option<FileLine>,
}

/// What a message shows of its file.
#[derive(Clone, Debug)]
pub struct FileLine {
    /// The file.
    pub id: Uuid,
    /// Its name.
    pub name: Result<String, CannotRead>,
    /// Its content type.
    pub kind: String,
    /// Its bytes.
    pub size: i32,
    /// Width and height of an image.
    pub pixels: Option<(i32, i32)>,
}

impl Row {
    fn open<R: Participant>(self, tx: &mut Tx<R>, consultation: Uuid) -> Entry {
        let scope = Scope::Chat(consultation);
        let text = self
            .text_sealed
            .map(|sealed| tx.open(scope, text_of(self.id), &sealed));
        let file = self
            .file_id
            .zip(self.name_sealed)
            .map(|(id, name)| FileLine {
                id,
                name: tx.open(scope, attachments::name_of(id), &name),
                kind: self.kind.unwrap_or_default(),
                size: self.size.unwrap_or_default(),
                pixels: self.width.zip(self.height),
            });
        Entry {
            id: self.id,
            client_id: self.client_id,
            sender_id: self.sender_id,
            position: self.position,
            change: self.change,
            text,
            sent_at: self.sent_at,
            edited_at: self.edited_at,
            deleted_at: self.deleted_at,
            file,
        }
    }
}

/// The last messages before a position, oldest first: `limit` of them at most.
///
/// # Errors
/// The database's.
pub fn latest<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    before: i64,
    limit: i64,
) -> Result<Vec<Entry>, AppError> {
    let rows: Vec<Row> = prepared(format!(
        "{COLUMNS} WHERE m.consultation_id = $1 AND m.position < $2 ORDER BY m.position DESC LIMIT $3"
    ))
    .bind::<SqlUuid, _>(consultation)
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    record_reading(tx, consultation, &rows)?;
    Ok(rows
        .into_iter()
        .rev()
        .map(|row| row.open(tx, consultation))
        .collect())
}

/// Of what the other wrote: to see one's own message again is no reading.
fn record_reading<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    rows: &[Row],
) -> Result<(), AppError> {
    let me = tx.user_id()?;
    if rows.iter().any(|row| row.sender_id != me) {
        access::record_of_consultations(tx, [consultation], What::Messages);
    }
    Ok(())
}

/// What changed after a change, in order: `limit` messages at most.
///
/// # Errors
/// The database's.
pub fn changes_after<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    after: i64,
    limit: i64,
) -> Result<Vec<Entry>, AppError> {
    let rows: Vec<Row> = prepared(format!(
        "{COLUMNS} WHERE m.consultation_id = $1 AND m.change > $2 ORDER BY m.change LIMIT $3"
    ))
    .bind::<SqlUuid, _>(consultation)
    .bind::<BigInt, _>(after)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    record_reading(tx, consultation, &rows)?;
    Ok(rows
        .into_iter()
        .map(|row| row.open(tx, consultation))
        .collect())
}
