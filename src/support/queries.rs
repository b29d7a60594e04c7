//! All the SQL of tickets.

mod canned;
mod figures;
mod notes;
mod tickets;
pub mod work;
mod write;

pub use canned::*;
pub use figures::*;
pub use notes::*;
pub use tickets::*;
pub use write::*;

use uuid::Uuid;

use super::model::Side;
use crate::infra::{
    actor::{Admin, Hr},
    db::Tx,
    envelope::{CannotRead, Field, Helpdesk, Sealed},
};

/// The two sides of a ticket.
pub trait Correspondent: Helpdesk + Sized {
    /// Which one.
    const SIDE: Side;
}

impl Correspondent for Hr {
    const SIDE: Side = Side::Company;
}

impl Correspondent for Admin {
    const SIDE: Side = Side::Platform;
}

fn field(table: &'static str, column: &'static str, row: Uuid) -> Field {
    Field { table, column, row }
}

fn subject_of(ticket: Uuid) -> Field {
    field("support_tickets", "subject_sealed", ticket)
}

fn text_of(message: Uuid) -> Field {
    field("support_messages", "text_sealed", message)
}

fn name_of(file: Uuid) -> Field {
    field("support_files", "name_sealed", file)
}

fn content_of(file: Uuid) -> Field {
    field("support_files", "content_sealed", file)
}

/// A text of a ticket.
fn opened<R: Helpdesk>(
    tx: &mut Tx<R>,
    ticket: Uuid,
    field: Field,
    sealed: &Sealed,
) -> Result<String, CannotRead> {
    let content = tx.open_ticket(ticket, field, sealed)?;
    String::from_utf8(content).map_err(|_| CannotRead)
}
