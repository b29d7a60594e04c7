//! What admins tell each other about a ticket.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Binary, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{field, find};
use crate::infra::{
    actor::Admin,
    db::Tx,
    envelope::{CannotRead, Field, Sealed},
    error::AppError,
    prepared::prepared,
};

fn note_of(note: Uuid) -> Field {
    field("support_notes", "text_sealed", note)
}

#[derive(QueryableByName)]
struct NoteRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    author: String,
    #[diesel(sql_type = Binary)]
    text_sealed: Sealed,
    #[diesel(sql_type = Timestamptz)]
    written_at: DateTime<Utc>,
}

/// A note.
#[derive(Clone, Debug)]
pub struct Note {
    /// Who wrote it.
    pub author: String,
    /// What it says, if it can be read.
    pub text: Result<String, CannotRead>,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// A ticket's notes, in their order.
///
/// # Errors
/// The database's.
pub fn notes(tx: &mut Tx<Admin>, ticket: Uuid) -> Result<Vec<Note>, AppError> {
    let rows: Vec<NoteRow> = prepared(
        "SELECT n.id, coalesce(u.first_name || ' ' || u.last_name, '') AS author, n.text_sealed, n.written_at
         FROM support_notes n LEFT JOIN users u ON u.id = n.author_id
         WHERE n.ticket_id = $1 ORDER BY n.position",
    )
    .bind::<SqlUuid, _>(ticket)
    .load(tx.conn())?;
    let open = |row: NoteRow| Note {
        author: row.author,
        text: tx.open_ticket_note(ticket, note_of(row.id), &row.text_sealed),
        written_at: row.written_at,
    };
    Ok(rows.into_iter().map(open).collect())
}

/// Writes a note. The same form sent again is the same note.
///
/// # Errors
/// `NotFound`; the database's; a key out of reach.
pub fn add_note(
    tx: &mut Tx<Admin>,
    ticket: Uuid,
    client: Uuid,
    text: &str,
) -> Result<(), AppError> {
    find(tx, ticket)?;
    let (id, me, now) = (Uuid::new_v4(), tx.user_id()?, tx.now());
    let sealed = tx.seal_ticket_note(ticket, note_of(id), text)?;
    prepared(
        "INSERT INTO support_notes (id, ticket_id, author_id, client_id, text_sealed, written_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT support_notes_client DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(ticket)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(client)
    .bind::<Binary, _>(sealed)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(())
}
