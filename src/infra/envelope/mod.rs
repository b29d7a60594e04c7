//! Envelope encryption: what only the people concerned may read is sealed before it reaches PostgreSQL.
//!
//! - A **scope** is what a text belongs to: all that is sealed for it shares one data key (DEK), and
//!   destroying that key makes all of it unreadable.
//! - A DEK is 256 random bits, stored in `data_keys` wrapped by a key-encryption key (KEK), which a
//!   [`Kms`] holds outside the database. It is created in the transaction of the first field sealed.
//! - A **field** is one column of one row. Its place is authenticated with the text (AES-256-GCM):
//!   a ciphertext moved to another row, column, table or scope does not open.
//!
//! ```ignore
//! let field = Field { table: "consultations", column: "message_sealed", row: id };
//! let sealed = tx.seal(Scope::Consultation(id), field, "Bonjour")?;   // a bytea column
//! let text = tx.open(Scope::Consultation(id), field, &sealed)?;       // or CannotRead
//! ```
//!
//! # Invariants
//! - Only `Employee` and `Practitioner` transactions seal and open ([`Confidant`]); the other
//!   PostgreSQL roles have no grant on `data_keys`, nor on any column whose name ends in `_sealed`. Two
//!   exceptions, to which row policies show no other key: `Admin` opens what was written to the moderation
//!   ([`Scope::Moderation`]), and the outbox seals as `Visitor` and opens as `Worker` what it must hold of a
//!   person ([`Scope::Outbox`]; see [`super::jobs`]).
//! - What `Hr` and `Admin` write to each other in tickets ([`Helpdesk`]) has its keys in `ticket_keys`, which
//!   inherits from `data_keys`: wrapped and destroyed with the others, reached without a grant on those.
//! - Whatever is wrong (tampered, moved, key absent, destroyed or not one's own), opening answers the
//!   same [`CannotRead`]; the logs say where, and hold nothing of the text. What was tampered with (rather
//!   than destroyed) is a security event too, written when the transaction is over: it may be a reading one.
//! - A key is looked up in each transaction, once, under its row policies: the memory of unwrapped keys
//!   saves the unwrapping, never the right to read.
//! - What the scope belongs to must be in the database before its first field is sealed.

mod data_key;
mod key_file;
mod keys;
mod kms;
pub mod ledger;
mod local;
mod record;
mod renewal;
mod rotation;
mod vault;

use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::{Pg, PgValue},
    serialize::{self, Output, ToSql},
    sql_types::Binary,
};
use uuid::Uuid;

pub use data_key::DataKey;
pub use key_file::{add_key, create_key_file, drop_key, use_key};
pub use keys::{Envelope, FoundKeys, missing_keks, open_kms};
pub(in crate::infra) use keys::{Tampered, report};
pub use kms::{Kms, KmsError, Wrapped};
pub use local::LocalKms;
pub use renewal::{SealedColumn, renew};
pub use rotation::{Kek, Progress, Rotation, connect_keys, keks, rotate_kek, rotations};
pub use vault::VaultKms;

use super::{
    actor::{Admin, Employee, Hr, Practitioner},
    db::Tx,
    error::AppError,
};

/// What a sealed text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A consultation, shared by its employee and its practitioner.
    Consultation(Uuid),
    /// What the two write to each other about a consultation, files included. Destroyed before the rest
    /// of the consultation.
    Chat(Uuid),
    /// Something written for the platform's moderation: a review before it is published, a report.
    Moderation(Uuid),
    /// An employee's journal; nobody else has its key.
    Journal(Uuid),
    /// One page of a journal, or a summary, copied for a practitioner: destroyed when the sharing ends.
    JournalShare(Uuid),
    /// What one practitioner writes about one patient: a clinical record. Its author alone has the key.
    Clinical(Uuid),
    /// What a practitioner calls the days of their agenda that are not like the others.
    Agenda(Uuid),
    /// What the outbox holds of people on one day, until the worker has done with it.
    Outbox(Uuid),
    /// The copy of their data that somebody asked for: destroyed after a week.
    DataExport(Uuid),
    /// What a company's HR and the platform write to each other in a ticket.
    Support(Uuid),
    /// What the platform's admins note of a ticket among themselves.
    SupportNote(Uuid),
}

impl Scope {
    /// The name in the database; part of what is authenticated.
    fn kind(self) -> &'static str {
        match self {
            Self::Consultation(_) => "consultation",
            Self::Chat(_) => "chat",
            Self::Moderation(_) => "moderation",
            Self::Journal(_) => "journal",
            Self::JournalShare(_) => "journal_share",
            Self::Clinical(_) => "clinical",
            Self::Agenda(_) => "agenda",
            Self::Outbox(_) => "outbox",
            Self::DataExport(_) => "data_export",
            Self::Support(_) => "support",
            Self::SupportNote(_) => "support_note",
        }
    }

    /// The scope of a kind, as the database names it.
    fn named(kind: &str, owner: Uuid) -> Option<Self> {
        [
            Self::Consultation,
            Self::Chat,
            Self::Moderation,
            Self::Journal,
            Self::JournalShare,
            Self::Clinical,
            Self::Agenda,
            Self::Outbox,
            Self::DataExport,
            Self::Support,
            Self::SupportNote,
        ]
        .map(|scope| scope(owner))
        .into_iter()
        .find(|scope| scope.kind() == kind)
    }

    fn owner(self) -> Uuid {
        match self {
            Self::Consultation(id)
            | Self::Chat(id)
            | Self::Moderation(id)
            | Self::Journal(id)
            | Self::JournalShare(id)
            | Self::Clinical(id)
            | Self::Agenda(id)
            | Self::Outbox(id)
            | Self::DataExport(id)
            | Self::Support(id)
            | Self::SupportNote(id) => id,
        }
    }
}

/// Where a sealed text is kept; authenticated with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The table.
    pub table: &'static str,
    /// The column: a `bytea` whose name ends in `_sealed`.
    pub column: &'static str,
    /// The row's id.
    pub row: Uuid,
}

/// A sealed text, as its column holds it.
///
/// `format (1) | key version (2) | nonce (12) | ciphertext (multiple of 256) | tag (16)`
#[derive(Clone, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Bytes from elsewhere, genuine or not: opening tells.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// As `to_jsonb` writes a column; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Self> {
        ledger::from_hex(text.strip_prefix("\\x")?).map(Self)
    }

    /// What the column holds.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl ToSql<Binary, Pg> for Sealed {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <[u8] as ToSql<Binary, Pg>>::to_sql(&self.0, out)
    }
}

impl FromSql<Binary, Pg> for Sealed {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        <Vec<u8> as FromSql<Binary, Pg>>::from_sql(bytes).map(Self)
    }
}

/// The text cannot be read: not by this person, or by nobody any more. Deliberately no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this text cannot be read")]
pub struct CannotRead;

/// The roles that hold confidential texts.
pub trait Confidant: 'static {}
impl Confidant for Employee {}
impl Confidant for Practitioner {}

impl<R: Confidant> Tx<R> {
    /// Seals a text for its place. Creates the scope's key with the first.
    ///
    /// # Errors
    /// `Forbidden` when the scope is not this person's; the database's; a KEK out of reach.
    pub fn seal(&mut self, scope: Scope, field: Field, text: &str) -> Result<Sealed, AppError> {
        self.seal_bytes(scope, field, text.as_bytes())
    }

    /// As [`Tx::seal`], for what is no text.
    ///
    /// # Errors
    /// As [`Tx::seal`].
    pub fn seal_bytes(
        &mut self,
        scope: Scope,
        field: Field,
        content: &[u8],
    ) -> Result<Sealed, AppError> {
        let (envelope, conn, found) = self.envelope();
        envelope.seal_with(conn, found, scope, field, content)
    }

    /// Opens what [`Tx::seal`] made for the same place.
    ///
    /// # Errors
    /// [`CannotRead`], the same whatever is wrong.
    pub fn open(
        &mut self,
        scope: Scope,
        field: Field,
        sealed: &Sealed,
    ) -> Result<String, CannotRead> {
        let content = self.open_bytes(scope, field, sealed)?;
        String::from_utf8(content).map_err(|_| CannotRead)
    }

    /// Opens what [`Tx::seal_bytes`] made for the same place.
    ///
    /// # Errors
    /// [`CannotRead`], the same whatever is wrong.
    pub fn open_bytes(
        &mut self,
        scope: Scope,
        field: Field,
        sealed: &Sealed,
    ) -> Result<Vec<u8>, CannotRead> {
        let (envelope, conn, found) = self.envelope();
        envelope.open_with(conn, found, scope, field, sealed)
    }
}

impl Tx<Admin> {
    /// Opens what somebody wrote to the moderation.
    ///
    /// # Errors
    /// [`CannotRead`], the same whatever is wrong.
    pub fn open_submitted(
        &mut self,
        submission: Uuid,
        field: Field,
        sealed: &Sealed,
    ) -> Result<String, CannotRead> {
        let (envelope, conn, found) = self.envelope();
        let content =
            envelope.open_with(conn, found, Scope::Moderation(submission), field, sealed)?;
        String::from_utf8(content).map_err(|_| CannotRead)
    }
}

/// The two sides of a ticket: a company's HR, and the platform's admins.
pub trait Helpdesk: 'static {}
impl Helpdesk for Hr {}
impl Helpdesk for Admin {}

impl<R: Helpdesk> Tx<R> {
    /// Seals something of a ticket. HR makes its key with the first.
    ///
    /// # Errors
    /// As [`Tx::seal`].
    pub fn seal_ticket(
        &mut self,
        ticket: Uuid,
        field: Field,
        content: &[u8],
    ) -> Result<Sealed, AppError> {
        let (envelope, conn, found) = self.envelope();
        envelope.seal_with(conn, found, Scope::Support(ticket), field, content)
    }

    /// Opens what [`Tx::seal_ticket`] made for the same place.
    ///
    /// # Errors
    /// [`CannotRead`], the same whatever is wrong.
    pub fn open_ticket(
        &mut self,
        ticket: Uuid,
        field: Field,
        sealed: &Sealed,
    ) -> Result<Vec<u8>, CannotRead> {
        let (envelope, conn, found) = self.envelope();
        envelope.open_with(conn, found, Scope::Support(ticket), field, sealed)
    }
}

impl Tx<Admin> {
    /// Seals a note of a ticket.
    ///
    /// # Errors
    /// As [`Tx::seal`].
    pub fn seal_ticket_note(
        &mut self,
        ticket: Uuid,
        field: Field,
        text: &str,
    ) -> Result<Sealed, AppError> {
        let (envelope, conn, found) = self.envelope();
        let scope = Scope::SupportNote(ticket);
        envelope.seal_with(conn, found, scope, field, text.as_bytes())
    }

    /// Opens what [`Tx::seal_ticket_note`] made for the same place.
    ///
    /// # Errors
    /// [`CannotRead`], the same whatever is wrong.
    pub fn open_ticket_note(
        &mut self,
        ticket: Uuid,
        field: Field,
        sealed: &Sealed,
    ) -> Result<String, CannotRead> {
        let (envelope, conn, found) = self.envelope();
        let content = envelope.open_with(conn, found, Scope::SupportNote(ticket), field, sealed)?;
        String::from_utf8(content).map_err(|_| CannotRead)
    }
}
