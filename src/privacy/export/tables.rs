//! Which rows the copy of somebody's data holds, and how each column is shown.

use uuid::Uuid;

use super::{of_employees, of_everybody, of_practitioners};
use crate::infra::{envelope::Scope, session::AccountRole};

/// One page of the copy.
pub struct Chapter {
    /// The name of its page.
    pub name: &'static str,
    /// The key of its title.
    pub title: &'static str,
    /// What is on it.
    pub tables: &'static [Table],
}

/// The rows of a kind.
pub struct Table {
    /// The name of its file.
    pub name: &'static str,
    /// The key of its title.
    pub title: &'static str,
    /// The tables of the database that it shows.
    pub shows: &'static [&'static str],
    /// Reads the rows in the person's own role, in the order of the file; `$1` is the person.
    pub sql: &'static str,
    /// Its columns, in the order of the page.
    pub fields: &'static [Field],
}

/// A column.
pub struct Field {
    /// Its name in the row and in the JSON.
    pub name: &'static str,
    /// The key of its label.
    pub label: &'static str,
    /// What it holds.
    pub value: Value,
}

/// What a column holds.
pub enum Value {
    /// A word, a name, a few of them, or a number.
    Text,
    /// Words of some length.
    Long,
    /// An instant.
    Instant,
    /// A day.
    Day,
    /// Yes or no.
    Flag,
    /// A number of seconds.
    Seconds,
    /// A code, with the key of its name.
    Code(fn(&str) -> Option<&'static str>),
    /// Sealed words.
    Sealed(Place),
    /// Sealed JSON, with the name of each of its values and the key of its label.
    SealedJson(Place, &'static [(&'static str, Field)]),
    /// A file beside the pages: its row's id, for its kind.
    File,
}

/// Where sealed words are; the row is the row's `id`.
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What its key is of.
    pub scope: fn(Uuid) -> Scope,
    /// Which column of the row says whose.
    pub owner: &'static str,
}

/// The chapters of a role.
#[must_use]
pub fn chapters(role: AccountRole) -> &'static [Chapter] {
    match role {
        AccountRole::Employee => &of_employees::CHAPTERS,
        AccountRole::Practitioner => &of_practitioners::CHAPTERS,
        AccountRole::Hr => &of_everybody::HR,
        AccountRole::Admin => &of_everybody::ADMIN,
        AccountRole::SuperAdmin => &of_everybody::SUPER_ADMIN,
    }
}

macro_rules! kinds {
    ($($function:ident $kind:ident),*) => {$(
        pub(super) const fn $function(name: &'static str, label: &'static str) -> Field {
            Field { name, label, value: Value::$kind }
        }
    )*};
}
kinds!(text Text, long Long, instant Instant, day Day, flag Flag, seconds Seconds, file File);

pub(super) const fn code(
    name: &'static str,
    label: &'static str,
    named: fn(&str) -> Option<&'static str>,
) -> Field {
    let value = Value::Code(named);
    Field { name, label, value }
}

pub(super) const fn sealed(name: &'static str, label: &'static str, place: Place) -> Field {
    let value = Value::Sealed(place);
    Field { name, label, value }
}

/// What names an extension of the files that are kept.
#[must_use]
pub fn extension(kind: &str) -> &'static str {
    match kind {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        _ => "pdf",
    }
}
