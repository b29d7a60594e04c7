//! The files of messages.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Binary, Integer, Nullable, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    chat::files::File,
    consultation::queries::Participant,
    infra::{
        db::Tx,
        envelope::{Field, Scope, Sealed},
        error::AppError,
        prepared::prepared,
    },
    privacy::access::{self, What},
};

pub(super) fn name_of(file: Uuid) -> Field {
    Field {
        table: "chat_attachments",
        column: "name_sealed",
        row: file,
    }
}

fn content_of(file: Uuid) -> Field {
    Field {
        table: "chat_attachments",
        column: "content_sealed",
        row: file,
    }
}

/// Keeps the file of a message that was just written; `place` is its consultation and company.
///
/// # Errors
/// The database's.
pub(super) fn attach<R: Participant>(
    tx: &mut Tx<R>,
    place: (Uuid, Uuid),
    message: Uuid,
    file: &File,
) -> Result<(), AppError> {
    let (consultation, company) = place;
    let id = Uuid::new_v4();
    let scope = Scope::Chat(consultation);
    let name = tx.seal(scope, name_of(id), &file.name)?;
    let content = tx.seal_bytes(scope, content_of(id), &file.content)?;
    let number = |value: usize| i32::try_from(value).map_err(AppError::internal);
    let side = |value: Option<u32>| {
        value
            .map(|value| i32::try_from(value).map_err(AppError::internal))
            .transpose()
    };
    prepared(
        "INSERT INTO chat_attachments (id, message_id, consultation_id, company_id, kind, size, width, height,
                                       name_sealed, content_sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(message)
    .bind::<SqlUuid, _>(consultation)
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(file.kind.as_str())
    .bind::<Integer, _>(number(file.content.len())?)
    .bind::<Nullable<Integer>, _>(side(file.pixels.map(|pixels| pixels.0))?)
    .bind::<Nullable<Integer>, _>(side(file.pixels.map(|pixels| pixels.1))?)
    .bind::<Binary, _>(name)
    .bind::<Binary, _>(content)
    .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Binary)]
    name_sealed: Sealed,
    #[diesel(sql_type = Binary)]
    content_sealed: Sealed,
}

/// A file, opened.
pub struct Opened {
    /// Its content type.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// A file of this consultation.
///
/// # Errors
/// `NotFound` for another consultation's, and for one that cannot be read any more.
pub fn open<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    file: Uuid,
) -> Result<Opened, AppError> {
    let row: Option<Row> = prepared(
        "SELECT kind, name_sealed, content_sealed FROM chat_attachments WHERE id = $1 AND consultation_id = $2",
    )
    .bind::<SqlUuid, _>(file)
    .bind::<SqlUuid, _>(consultation)
    .get_result(tx.conn())
    .optional()?;
    let row = row.ok_or(AppError::NotFound)?;
    let scope = Scope::Chat(consultation);
    let name = tx.open(scope, name_of(file), &row.name_sealed);
    let content = tx.open_bytes(scope, content_of(file), &row.content_sealed);
    access::record_of_consultations(tx, [consultation], What::Attachment);
    match (name, content) {
        (Ok(name), Ok(content)) => Ok(Opened {
            kind: row.kind,
            name,
            content,
        }),
        _ => Err(AppError::NotFound),
    }
}
