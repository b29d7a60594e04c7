//! Tickets as they are read: the list, one of them, its messages, its files.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{Correspondent, content_of, name_of, opened, subject_of, text_of};
use crate::{
    infra::{
        actor::{Admin, Hr},
        counts::{CountedList, Counts},
        db::Tx,
        envelope::{CannotRead, Sealed},
        error::AppError,
        prepared::prepared,
    },
    support::model::{Category, Priority, Side, Status},
};

#[derive(QueryableByName)]
struct TicketRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    company: String,
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = Text)]
    priority: String,
    #[diesel(sql_type = Nullable<Binary>)]
    subject_sealed: Option<Sealed>,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    assignee_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    assignee: String,
    #[diesel(sql_type = Bool)]
    escalated: bool,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    changed_at: DateTime<Utc>,
}

/// A ticket, without its messages.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Which one.
    pub id: Uuid,
    /// Whose.
    pub company: String,
    /// What it is about.
    pub category: Category,
    /// How much it presses.
    pub priority: Priority,
    /// Its subject, if it can be read.
    pub subject: Result<String, CannotRead>,
    /// Where it is in its life.
    pub status: Status,
    /// The admin who has it; nobody, for a company.
    pub assignee_id: Option<Uuid>,
    /// Their name.
    pub assignee: String,
    /// Whether help was asked for; no, for a company.
    pub escalated: bool,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When something last happened.
    pub changed_at: DateTime<Utc>,
}

impl TicketRow {
    fn open<R: Correspondent>(self, tx: &mut Tx<R>) -> Result<Ticket, AppError> {
        let subject = match &self.subject_sealed {
            Some(sealed) => opened(tx, self.id, subject_of(self.id), sealed),
            None => Err(CannotRead),
        };
        Ok(Ticket {
            id: self.id,
            company: self.company,
            category: self.category.parse().map_err(AppError::internal)?,
            priority: self.priority.parse().map_err(AppError::internal)?,
            subject,
            status: self.status.parse().map_err(AppError::internal)?,
            assignee_id: self.assignee_id,
            assignee: self.assignee,
            escalated: self.escalated,
            created_at: self.created_at,
            changed_at: self.changed_at,
        })
    }
}

/// What a side sees of a ticket: a company neither who has it nor that help was asked for.
fn columns(side: Side) -> &'static str {
    match side {
        Side::Company => {
            "SELECT t.id, c.name AS company, t.category, t.priority, t.subject_sealed, t.status, NULL::uuid AS assignee_id,
                    '' AS assignee, false AS escalated, t.created_at, t.changed_at
             FROM support_tickets t JOIN companies c ON c.id = t.company_id"
        }
        Side::Platform => {
            "SELECT t.id, c.name AS company, t.category, t.priority, t.subject_sealed, t.status, t.assignee_id,
                    coalesce(a.first_name || ' ' || a.last_name, '') AS assignee, t.escalated_at IS NOT NULL AS escalated,
                    t.created_at, t.changed_at
             FROM support_tickets t JOIN companies c ON c.id = t.company_id LEFT JOIN users a ON a.id = t.assignee_id"
        }
    }
}

/// Which tickets a list is of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// In this state; `None`: in any.
    pub status: Option<Status>,
    /// Pressing so much.
    pub priority: Option<Priority>,
    /// About this.
    pub category: Option<Category>,
    /// Of this admin.
    pub assignee: Option<Uuid>,
    /// Those of nobody.
    pub unassigned: bool,
    /// Those for which help was asked.
    pub escalated: bool,
}

/// Which rows of the platform's list are wanted, with the values in their order.
const WANTED: &str =
    "($1 = '' OR t.status = $1) AND ($2 = '' OR t.priority = $2) AND ($3 = '' OR t.category = $3)
       AND ($4 IS NULL OR t.assignee_id = $4) AND (NOT $5 OR t.assignee_id IS NULL)
       AND (NOT $6 OR t.escalated_at IS NOT NULL)";

/// The tickets that the reader sees, by status.
pub const fn counted<R: Correspondent>() -> CountedList<R> {
    CountedList::new("SELECT status, count(*) AS count FROM support_tickets GROUP BY status")
}

/// How many tickets of a list there are, by status; the list's own status is left aside.
///
/// # Errors
/// The database's.
pub fn counts_of(tx: &mut Tx<Admin>, wanted: &Wanted) -> Result<Counts, AppError> {
    let counted = prepared(format!(
        "SELECT t.status, count(*) AS count FROM support_tickets t WHERE {WANTED} GROUP BY t.status"
    ))
    .bind::<Text, _>("")
    .bind::<Text, _>(wanted.priority.map_or("", Priority::as_str))
    .bind::<Text, _>(wanted.category.map_or("", Category::as_str))
    .bind::<Nullable<SqlUuid>, _>(wanted.assignee)
    .bind::<Bool, _>(wanted.unassigned)
    .bind::<Bool, _>(wanted.escalated);
    Counts::load(counted, tx.conn())
}

/// One page of the platform's tickets: those that press and wait first.
///
/// # Errors
/// The database's.
pub fn queue(
    tx: &mut Tx<Admin>,
    wanted: &Wanted,
    offset: i64,
    limit: i64,
) -> Result<Vec<Ticket>, AppError> {
    let rows: Vec<TicketRow> = prepared(format!(
        "{} WHERE {WANTED}
         ORDER BY t.status = 'open' DESC, t.escalated_at IS NOT NULL AND t.status IN ('open', 'answered') DESC,
                  CASE WHEN t.status = 'open' THEN array_position(ARRAY['urgent', 'high', 'normal', 'low'], t.priority) END,
                  CASE WHEN t.status = 'open' THEN t.changed_at END, t.changed_at DESC, t.id
         OFFSET $7 LIMIT $8",
        columns(Side::Platform)
    ))
    .bind::<Text, _>(wanted.status.map_or("", Status::as_str))
    .bind::<Text, _>(wanted.priority.map_or("", Priority::as_str))
    .bind::<Text, _>(wanted.category.map_or("", Category::as_str))
    .bind::<Nullable<SqlUuid>, _>(wanted.assignee)
    .bind::<Bool, _>(wanted.unassigned)
    .bind::<Bool, _>(wanted.escalated)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    rows.into_iter().map(|row| row.open(tx)).collect()
}

/// One page of a company's tickets, those with an answer first.
///
/// # Errors
/// The database's.
pub fn own(
    tx: &mut Tx<Hr>,
    status: Option<Status>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Ticket>, AppError> {
    let rows: Vec<TicketRow> = prepared(format!(
        "{} WHERE $1 = '' OR t.status = $1
         ORDER BY t.status = 'answered' DESC, t.changed_at DESC, t.id OFFSET $2 LIMIT $3",
        columns(Side::Company)
    ))
    .bind::<Text, _>(status.map_or("", Status::as_str))
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    rows.into_iter().map(|row| row.open(tx)).collect()
}

/// A ticket that the reader sees.
///
/// # Errors
/// `NotFound`; the database's.
pub fn find<R: Correspondent>(tx: &mut Tx<R>, id: Uuid) -> Result<Ticket, AppError> {
    let row: Option<TicketRow> = prepared(format!("{} WHERE t.id = $1", columns(R::SIDE)))
        .bind::<SqlUuid, _>(id)
        .get_result(tx.conn())
        .optional()?;
    row.ok_or(AppError::NotFound)?.open(tx)
}

#[derive(QueryableByName)]
struct MessageRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Bool)]
    from_platform: bool,
    #[diesel(sql_type = Text)]
    author: String,
    #[diesel(sql_type = Binary)]
    text_sealed: Sealed,
    #[diesel(sql_type = Timestamptz)]
    sent_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    file_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Integer>)]
    size: Option<i32>,
    #[diesel(sql_type = Nullable<Binary>)]
    name_sealed: Option<Sealed>,
}

/// A message of a ticket.
#[derive(Clone, Debug)]
pub struct Message {
    /// Whether the platform wrote it.
    pub from_platform: bool,
    /// Who; empty where the reader does not learn it.
    pub author: String,
    /// What it says, if it can be read.
    pub text: Result<String, CannotRead>,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// What is attached.
    pub file: Option<Attached>,
}

/// A file of a message, but for its content.
#[derive(Clone, Debug)]
pub struct Attached {
    /// Which one.
    pub id: Uuid,
    /// Its name, if it can be read.
    pub name: Result<String, CannotRead>,
    /// Kilobytes, rounded up.
    pub kilobytes: i32,
}

/// A ticket's messages, in their order.
///
/// # Errors
/// The database's.
pub fn messages<R: Correspondent>(tx: &mut Tx<R>, ticket: Uuid) -> Result<Vec<Message>, AppError> {
    let rows: Vec<MessageRow> = prepared(
        "SELECT m.id, m.from_platform, coalesce(u.first_name || ' ' || u.last_name, '') AS author, m.text_sealed, m.sent_at,
                f.id AS file_id, f.size, f.name_sealed
         FROM support_messages m
         LEFT JOIN users u ON u.id = m.author_id
         LEFT JOIN support_files f ON f.message_id = m.id
         WHERE m.ticket_id = $1 ORDER BY m.position",
    )
    .bind::<SqlUuid, _>(ticket)
    .load(tx.conn())?;
    let open = |row: MessageRow| {
        let file = match (row.file_id, row.size, row.name_sealed) {
            (Some(id), Some(size), Some(sealed)) => Some(Attached {
                id,
                name: opened(tx, ticket, name_of(id), &sealed),
                kilobytes: (size + 1_023) / 1_024,
            }),
            _ => None,
        };
        Message {
            from_platform: row.from_platform,
            author: row.author,
            text: opened(tx, ticket, text_of(row.id), &row.text_sealed),
            sent_at: row.sent_at,
            file,
        }
    };
    Ok(rows.into_iter().map(open).collect())
}

#[derive(QueryableByName)]
struct FileRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Binary)]
    name_sealed: Sealed,
    #[diesel(sql_type = Binary)]
    content_sealed: Sealed,
}

/// A file, opened.
pub struct OpenedFile {
    /// Its content type.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// A file of this ticket.
///
/// # Errors
/// `NotFound` for another ticket's, and for one that cannot be read any more.
pub fn file<R: Correspondent>(
    tx: &mut Tx<R>,
    ticket: Uuid,
    file: Uuid,
) -> Result<OpenedFile, AppError> {
    let row: Option<FileRow> = prepared(
        "SELECT kind, name_sealed, content_sealed FROM support_files WHERE id = $1 AND ticket_id = $2",
    )
    .bind::<SqlUuid, _>(file)
    .bind::<SqlUuid, _>(ticket)
    .get_result(tx.conn())
    .optional()?;
    let row = row.ok_or(AppError::NotFound)?;
    let name = opened(tx, ticket, name_of(file), &row.name_sealed);
    let content = tx.open_ticket(ticket, content_of(file), &row.content_sealed);
    match (name, content) {
        (Ok(name), Ok(content)) => Ok(OpenedFile {
            kind: row.kind,
            name,
            content,
        }),
        _ => Err(AppError::NotFound),
    }
}
