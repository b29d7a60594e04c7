//! The CSV import of employees, the part that needs no database: from the bytes HR uploaded to
//! rows that are either [entries](EmployeeEntry) or [refused](RefusedEntry) with a reason.
//!
//! 1. [`EmployeeCsv::open`] decodes the bytes (UTF-8 with or without BOM, UTF-16 with BOM,
//!    Windows-1252), finds the delimiter and maps the header; what is wrong with the file as a
//!    whole is a [`FileError`].
//! 2. [`EmployeeCsv::rows`] walks the rows one by one, in memory bounded by the file itself; what
//!    is wrong with one row is a [`Refusal`] and stops nothing.
//!
//! A cell that looks like a formula is ordinary data here; it is neutralised where it could do
//! harm, in the exports (`infra::spreadsheet`).

mod header;
mod rows;
mod text;

#[cfg(test)]
mod tests;

pub use rows::{
    Cells, EmployeeEntry, ParsedRow, Refusal, Refusals, RefusedEntry, Rows, check_department,
};

use header::Header;

/// Largest file accepted, in bytes.
pub const FILE_MAX_BYTES: usize = 5 * 1024 * 1024;
/// Most rows accepted in one file, header not counted.
pub const ROWS_MAX: usize = 20_000;

/// A column we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The work address; identifies the employee.
    Email,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Department, optional.
    Department,
    /// Position, optional.
    Position,
}

impl Field {
    /// Every field, in the order of the documented model file.
    pub const ALL: [Self; 5] = [
        Self::Email,
        Self::FirstName,
        Self::LastName,
        Self::Department,
        Self::Position,
    ];

    /// Most characters of a cell.
    #[must_use]
    pub fn max_chars(self) -> usize {
        match self {
            Self::Email => crate::auth::email_address::EMAIL_MAX_BYTES,
            Self::FirstName | Self::LastName => 100,
            Self::Department | Self::Position => 120,
        }
    }
}

/// What is wrong with the file as a whole. Nothing of it is imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Over [`FILE_MAX_BYTES`].
    #[error("the file is over {FILE_MAX_BYTES} bytes")]
    TooLarge,
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Binary data: a PDF, an image, an archive that is not a workbook.
    #[error("the file is not text")]
    NotText,
    /// A workbook (Excel, LibreOffice): to be exported as CSV first.
    #[error("the file is a spreadsheet, not a CSV")]
    Spreadsheet,
    /// The first row holds an address: the header is missing.
    #[error("the first row is not a header")]
    NoHeader,
    /// The header names no e-mail column.
    #[error("no e-mail column")]
    NoEmailColumn,
    /// The header lacks the first name, the last name or both.
    #[error("no first name or last name column")]
    NoNameColumns,
    /// Two columns mean the same field; their names as written.
    #[error("the columns {first:?} and {second:?} mean the same field")]
    DuplicateColumn {
        /// The leftmost one.
        first: String,
        /// The other one.
        second: String,
    },
    /// A header and nothing under it.
    #[error("the file has a header and no rows")]
    NoRows,
    /// Over [`ROWS_MAX`].
    #[error("the file has over {ROWS_MAX} rows")]
    TooManyRows,
    /// A quotation mark that is opened and never closed: the rows after it cannot be told apart.
    #[error("a quotation mark opened on line {line} is never closed")]
    UnclosedQuote {
        /// Line of the row that opens it.
        line: u32,
    },
}

impl FileError {
    /// Every code, for the test that each has its translation.
    pub const CODES: [&str; 11] = [
        "too-large",
        "empty",
        "not-text",
        "spreadsheet",
        "no-header",
        "no-email-column",
        "no-name-columns",
        "duplicate-column",
        "no-rows",
        "too-many-rows",
        "unclosed-quote",
    ];

    /// Stable suffix of the translation key.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Empty => "empty",
            Self::NotText => "not-text",
            Self::Spreadsheet => "spreadsheet",
            Self::NoHeader => "no-header",
            Self::NoEmailColumn => "no-email-column",
            Self::NoNameColumns => "no-name-columns",
            Self::DuplicateColumn { .. } => "duplicate-column",
            Self::NoRows => "no-rows",
            Self::TooManyRows => "too-many-rows",
            Self::UnclosedQuote { .. } => "unclosed-quote",
        }
    }
}

/// An employee file that can be read: decoded, delimiter and columns known, rows counted.
pub struct EmployeeCsv {
    text: String,
    header: Header,
    row_count: usize,
}

impl EmployeeCsv {
    /// Checks everything that concerns the file as a whole.
    ///
    /// # Errors
    /// See [`FileError`].
    pub fn open(bytes: Vec<u8>) -> Result<Self, FileError> {
        if bytes.len() > FILE_MAX_BYTES {
            return Err(FileError::TooLarge);
        }
        let text = text::decode(bytes)?;
        let header = Header::find(&text)?;
        let row_count = rows::count(&text, &header)?;
        Ok(Self {
            text,
            header,
            row_count,
        })
    }

    /// Rows under the header, blank ones not counted; at least one.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.row_count
    }

    /// The rows in file order.
    #[must_use]
    pub fn rows<'a>(&'a self, domains: &'a super::email_domains::EmailDomains) -> Rows<'a> {
        Rows::new(&self.text, &self.header, domains)
    }
}
