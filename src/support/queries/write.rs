//! Tickets as they are written: opened, answered, taken a step further.

use chrono::TimeDelta;
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::{Correspondent, Ticket, content_of, find, name_of, subject_of, text_of};
use crate::{
    infra::{
        actor::{Admin, Hr},
        attachments::File,
        audit::{self, Deed},
        db::Tx,
        error::AppError,
        jobs,
        prepared::prepared,
    },
    support::{
        jobs::MailAnswer,
        model::{Category, MESSAGES_AN_HOUR, Priority, Side, Status, TICKETS_A_DAY},
    },
};

/// A ticket that is to be opened.
pub struct NewTicket {
    /// What it is about.
    pub category: Category,
    /// How much it presses.
    pub priority: Priority,
    /// Its subject.
    pub subject: String,
    /// The first message.
    pub message: NewMessage,
}

/// A message that is to be sent.
pub struct NewMessage {
    /// Drawn with its form.
    pub client: Uuid,
    /// What it says.
    pub text: String,
    /// What is attached.
    pub file: Option<File>,
}

/// So many within a time that there may be no more of them for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn record<R: Correspondent>(
    tx: &mut Tx<R>,
    action: &'static str,
    ticket: Uuid,
) -> Result<(), AppError> {
    let company_id = tx.company_id().ok();
    let deed = Deed {
        action,
        entity: "ticket",
        entity_id: Some(ticket),
        company_id,
        detail: json!({}),
    };
    audit::record(tx, deed)
}

/// Opens a ticket: which. The same form sent again is the same ticket.
///
/// # Errors
/// The database's; a key out of reach.
pub fn open(tx: &mut Tx<Hr>, new: &NewTicket) -> Result<Result<Uuid, TooMany>, AppError> {
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    // One after the other, so that they are counted.
    prepared("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 310))")
        .bind::<Text, _>(company.to_string())
        .execute(tx.conn())?;
    let there: Option<Id> = prepared("SELECT id FROM support_tickets WHERE client_id = $1")
        .bind::<SqlUuid, _>(new.message.client)
        .get_result(tx.conn())
        .optional()?;
    if let Some(there) = there {
        return Ok(Ok(there.id));
    }
    let today: Count =
        prepared("SELECT count(*) AS count FROM support_tickets WHERE created_at > $1")
            .bind::<Timestamptz, _>(now - TimeDelta::days(1))
            .get_result(tx.conn())?;
    if today.count >= TICKETS_A_DAY {
        return Ok(Err(TooMany));
    }
    let id = Uuid::new_v4();
    prepared(
        "INSERT INTO support_tickets (id, company_id, author_id, client_id, category, priority, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(new.message.client)
    .bind::<Text, _>(new.category.as_str())
    .bind::<Text, _>(new.priority.as_str())
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    let subject = tx.seal_ticket(id, subject_of(id), new.subject.as_bytes())?;
    prepared("UPDATE support_tickets SET subject_sealed = $1 WHERE id = $2")
        .bind::<Binary, _>(subject)
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    insert(tx, (id, company), &new.message)?;
    record(tx, "TICKET_OPENED", id)?;
    Ok(Ok(id))
}

/// Writes a message into its ticket; `None` when it was there.
fn insert<R: Correspondent>(
    tx: &mut Tx<R>,
    (ticket, company): (Uuid, Uuid),
    message: &NewMessage,
) -> Result<Option<Uuid>, AppError> {
    let (id, me, now) = (Uuid::new_v4(), tx.user_id()?, tx.now());
    let text = tx.seal_ticket(ticket, text_of(id), message.text.as_bytes())?;
    let written = prepared(
        "INSERT INTO support_messages (id, ticket_id, company_id, author_id, from_platform, client_id, text_sealed, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT support_messages_client DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(ticket)
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(me)
    .bind::<Bool, _>(R::SIDE == Side::Platform)
    .bind::<SqlUuid, _>(message.client)
    .bind::<Binary, _>(text)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if written == 0 {
        return Ok(None);
    }
    if let Some(file) = &message.file {
        attach(tx, (ticket, company, id), file)?;
    }
    Ok(Some(id))
}

fn attach<R: Correspondent>(
    tx: &mut Tx<R>,
    (ticket, company, message): (Uuid, Uuid, Uuid),
    file: &File,
) -> Result<(), AppError> {
    let id = Uuid::new_v4();
    let name = tx.seal_ticket(ticket, name_of(id), file.name.as_bytes())?;
    let content = tx.seal_ticket(ticket, content_of(id), &file.content)?;
    let size = i32::try_from(file.content.len()).map_err(AppError::internal)?;
    prepared(
        "INSERT INTO support_files (id, message_id, ticket_id, company_id, kind, size, name_sealed, content_sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(message)
    .bind::<SqlUuid, _>(ticket)
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(file.kind.as_str())
    .bind::<Integer, _>(size)
    .bind::<Binary, _>(name)
    .bind::<Binary, _>(content)
    .execute(tx.conn())?;
    Ok(())
}

/// A ticket that nobody else changes until this transaction is over, and its company.
fn hold<R: Correspondent>(tx: &mut Tx<R>, id: Uuid) -> Result<(Ticket, Uuid), AppError> {
    let place: Option<Place> =
        prepared("SELECT company_id FROM support_tickets WHERE id = $1 FOR UPDATE")
            .bind::<SqlUuid, _>(id)
            .get_result(tx.conn())
            .optional()?;
    let place = place.ok_or(AppError::NotFound)?;
    Ok((find(tx, id)?, place.company_id))
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is there, perhaps since the click before.
    Done,
    /// Nobody writes into a ticket in this state.
    Ended,
    /// Not so many within an hour.
    TooMany,
}

/// Writes into a ticket: then it is the other side's turn. The other side is told of an answer by mail.
///
/// # Errors
/// `NotFound`; the database's; a key out of reach.
pub fn send<R: Correspondent>(
    tx: &mut Tx<R>,
    ticket: Uuid,
    message: &NewMessage,
) -> Result<Sent, AppError> {
    let (there, company) = hold(tx, ticket)?;
    let me = tx.user_id()?;
    let known: Count = prepared(
        "SELECT count(*) AS count FROM support_messages WHERE ticket_id = $1 AND client_id = $2",
    )
    .bind::<SqlUuid, _>(ticket)
    .bind::<SqlUuid, _>(message.client)
    .get_result(tx.conn())?;
    if known.count > 0 {
        return Ok(Sent::Done);
    }
    let Some(status) = there.status.after_message(R::SIDE) else {
        return Ok(Sent::Ended);
    };
    let since = tx.now() - TimeDelta::hours(1);
    let lately: Count = prepared(
        "SELECT count(*) AS count FROM support_messages WHERE author_id = $1 AND sent_at > $2",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(since)
    .get_result(tx.conn())?;
    if lately.count >= MESSAGES_AN_HOUR {
        return Ok(Sent::TooMany);
    }
    let Some(id) = insert(tx, (ticket, company), message)? else {
        return Ok(Sent::Done);
    };
    turn(tx, ticket, status)?;
    if R::SIDE == Side::Platform {
        jobs::enqueue(tx, &MailAnswer::now(id))?;
        record(tx, "TICKET_ANSWERED", ticket)?;
    }
    Ok(Sent::Done)
}

fn turn<R: Correspondent>(tx: &mut Tx<R>, ticket: Uuid, status: Status) -> Result<(), AppError> {
    let now = tx.now();
    prepared(
        "UPDATE support_tickets SET status = $1, changed_at = $2,
                ended_at = CASE WHEN $3 THEN coalesce(ended_at, $4) END
         WHERE id = $5",
    )
    .bind::<Text, _>(status.as_str())
    .bind::<Timestamptz, _>(now)
    .bind::<Bool, _>(status.has_ended())
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(ticket)
    .execute(tx.conn())?;
    Ok(())
}

/// Takes a ticket to another state. A second click is answered like the first.
///
/// # Errors
/// `NotFound`; `Conflict` for a step that its state does not have; the database's.
pub fn step<R: Correspondent>(
    tx: &mut Tx<R>,
    ticket: Uuid,
    status: Status,
) -> Result<(), AppError> {
    let (there, _) = hold(tx, ticket)?;
    if there.status == status {
        return Ok(());
    }
    if !there.status.may_become(status, R::SIDE) {
        return Err(AppError::Conflict("support-step-refused"));
    }
    turn(tx, ticket, status)?;
    let action = match status {
        Status::Open => "TICKET_REOPENED",
        Status::Answered => "TICKET_ANSWERED",
        Status::Resolved => "TICKET_RESOLVED",
        Status::Closed => "TICKET_CLOSED",
    };
    record(tx, action, ticket)
}

#[derive(QueryableByName)]
struct ColleagueRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
}

/// An admin who may have a ticket.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// The account.
    pub id: Uuid,
    /// First and last name.
    pub name: String,
}

/// The platform's active admins, by name.
///
/// # Errors
/// The database's.
pub fn colleagues(tx: &mut Tx<Admin>) -> Result<Vec<Colleague>, AppError> {
    let rows: Vec<ColleagueRow> = prepared(
        "SELECT id, first_name || ' ' || last_name AS name FROM users
         WHERE role = 'admin' AND status = 'active' ORDER BY last_name, first_name, id",
    )
    .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(|row| Colleague {
            id: row.id,
            name: row.name,
        })
        .collect())
}

/// Gives a ticket to an admin, or to nobody in particular: false when that is no active admin.
///
/// # Errors
/// `NotFound`; the database's.
pub fn assign(tx: &mut Tx<Admin>, ticket: Uuid, assignee: Option<Uuid>) -> Result<bool, AppError> {
    let (there, _) = hold(tx, ticket)?;
    let known = colleagues(tx)?;
    if assignee.is_some_and(|wanted| !known.iter().any(|one| one.id == wanted)) {
        return Ok(false);
    }
    if there.assignee_id != assignee {
        prepared("UPDATE support_tickets SET assignee_id = $1 WHERE id = $2")
            .bind::<Nullable<SqlUuid>, _>(assignee)
            .bind::<SqlUuid, _>(ticket)
            .execute(tx.conn())?;
        record(tx, "TICKET_TRANSFERRED", ticket)?;
    }
    Ok(true)
}

/// Asks for help with a ticket, or says that there is no need any more.
///
/// # Errors
/// `NotFound`; the database's.
pub fn escalate(tx: &mut Tx<Admin>, ticket: Uuid, escalated: bool) -> Result<(), AppError> {
    let (there, _) = hold(tx, ticket)?;
    if there.escalated == escalated {
        return Ok(());
    }
    let since = escalated.then_some(tx.now());
    prepared("UPDATE support_tickets SET escalated_at = $1 WHERE id = $2")
        .bind::<Nullable<Timestamptz>, _>(since)
        .bind::<SqlUuid, _>(ticket)
        .execute(tx.conn())?;
    let action = match escalated {
        true => "TICKET_ESCALATED",
        false => "TICKET_CALMED",
    };
    record(tx, action, ticket)
}
