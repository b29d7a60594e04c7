//! From the rows of the file to entries and refusals.

use std::collections::HashMap;

use csv::StringRecord;

use super::header::{Header, Records, is_space};
use super::{Field, FileError, ROWS_MAX};
use crate::auth::email_address::EmailAddress;
use crate::companies::email_domains::EmailDomains;

/// Why a row is not imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The e-mail cell is blank.
    MissingEmail,
    /// The e-mail cell is not an address we accept.
    BadEmail,
    /// The address is not in one of the company's domains.
    DomainNotAllowed,
    /// An earlier row of the file has the same address.
    DuplicateInFile {
        /// Line of that row.
        first_line: u32,
    },
    /// The address belongs to another company's account (found by the queries).
    OtherCompany,
    /// The address belongs to an account that is not an employee's (found by the queries).
    OtherRole,
    /// The contract has no place left for a newcomer (found by the queries).
    ContractFull,
    /// The first name is blank.
    MissingFirstName,
    /// The last name is blank.
    MissingLastName,
    /// A cell is over [`Field::max_chars`].
    TooLong(Field),
    /// A cell holds control characters, text direction marks, or letters lost by an earlier
    /// conversion (U+FFFD).
    BadCharacters(Field),
    /// Not as many cells as the header: they may have slipped into another column.
    Ragged,
}

impl Refusal {
    /// Every code, for the test that each has its translation.
    pub const CODES: [&str; 20] = [
        "missing-email",
        "bad-email",
        "domain-not-allowed",
        "duplicate-in-file",
        "other-company",
        "other-role",
        "contract-full",
        "missing-first-name",
        "missing-last-name",
        "too-long-email",
        "too-long-first-name",
        "too-long-last-name",
        "too-long-department",
        "too-long-position",
        "bad-characters-email",
        "bad-characters-first-name",
        "bad-characters-last-name",
        "bad-characters-department",
        "bad-characters-position",
        "ragged",
    ];

    /// Stable code: stored with the preview, and the suffix of the translation key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::MissingEmail => "missing-email",
            Self::BadEmail => "bad-email",
            Self::DomainNotAllowed => "domain-not-allowed",
            Self::DuplicateInFile { .. } => "duplicate-in-file",
            Self::OtherCompany => "other-company",
            Self::OtherRole => "other-role",
            Self::ContractFull => "contract-full",
            Self::MissingFirstName => "missing-first-name",
            Self::MissingLastName => "missing-last-name",
            Self::TooLong(Field::Email) => "too-long-email",
            Self::TooLong(Field::FirstName) => "too-long-first-name",
            Self::TooLong(Field::LastName) => "too-long-last-name",
            Self::TooLong(Field::Department) => "too-long-department",
            Self::TooLong(Field::Position) => "too-long-position",
            Self::BadCharacters(Field::Email) => "bad-characters-email",
            Self::BadCharacters(Field::FirstName) => "bad-characters-first-name",
            Self::BadCharacters(Field::LastName) => "bad-characters-last-name",
            Self::BadCharacters(Field::Department) => "bad-characters-department",
            Self::BadCharacters(Field::Position) => "bad-characters-position",
            Self::Ragged => "ragged",
        }
    }

    /// The field it is about; none for the row as a whole.
    #[must_use]
    pub fn field(self) -> Option<Field> {
        match self {
            Self::MissingEmail
            | Self::BadEmail
            | Self::DomainNotAllowed
            | Self::DuplicateInFile { .. }
            | Self::OtherCompany
            | Self::OtherRole => Some(Field::Email),
            Self::MissingFirstName => Some(Field::FirstName),
            Self::MissingLastName => Some(Field::LastName),
            Self::TooLong(field) | Self::BadCharacters(field) => Some(field),
            Self::ContractFull | Self::Ragged => None,
        }
    }

    /// Line of the row this one repeats.
    #[must_use]
    pub fn first_line(self) -> Option<u32> {
        match self {
            Self::DuplicateInFile { first_line } => Some(first_line),
            _ => None,
        }
    }
}

/// What somebody wrote about one employee: the cells of a row, or the fields of a form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cells<'a> {
    /// See [`Field::Email`].
    pub email: &'a str,
    /// See [`Field::FirstName`].
    pub first_name: &'a str,
    /// See [`Field::LastName`].
    pub last_name: &'a str,
    /// See [`Field::Department`].
    pub department: &'a str,
    /// See [`Field::Position`].
    pub position: &'a str,
}

/// Everything that is wrong with one employee; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusals(Vec<Refusal>);

impl Refusals {
    /// The reason given for a row of a file.
    #[must_use]
    pub fn first(&self) -> Refusal {
        self.0[0]
    }

    /// All of them, at most one per field, in the order of [`Field::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Refusal> {
        self.0.iter().copied()
    }
}

/// A row that can be imported, as far as the file alone can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployeeEntry {
    /// In one of the company's domains, and once in the file.
    pub email: EmailAddress,
    /// Not blank.
    pub first_name: String,
    /// Not blank.
    pub last_name: String,
    /// `None` when the column is absent or the cell blank.
    pub department: Option<String>,
    /// `None` when the column is absent or the cell blank.
    pub position: Option<String>,
}

impl EmployeeEntry {
    /// Checks what was written, by the same rules wherever it was.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn check(cells: &Cells<'_>, domains: &EmailDomains) -> Result<Self, Refusals> {
        let mut refusals = Vec::new();
        let email = noted(&mut refusals, check_email(cells.email, domains));
        let mut required = |field, cell, missing| {
            let text = clean(field, cell).and_then(|text| {
                if text.is_empty() {
                    Err(missing)
                } else {
                    Ok(text)
                }
            });
            noted(&mut refusals, text)
        };
        let first_name = required(
            Field::FirstName,
            cells.first_name,
            Refusal::MissingFirstName,
        );
        let last_name = required(Field::LastName, cells.last_name, Refusal::MissingLastName);
        let mut optional = |field, cell| {
            let text = clean(field, cell).map(|text| (!text.is_empty()).then_some(text));
            noted(&mut refusals, text)
        };
        let department = optional(Field::Department, cells.department);
        let position = optional(Field::Position, cells.position);
        match (email, first_name, last_name, department, position) {
            (Some(email), Some(first_name), Some(last_name), Some(department), Some(position)) => {
                Ok(Self {
                    email,
                    first_name,
                    last_name,
                    department,
                    position,
                })
            }
            _ => Err(Refusals(refusals)),
        }
    }
}

/// Checks a department alone, by the rules of a row.
///
/// # Errors
/// What is wrong with it.
pub fn check_department(cell: &str) -> Result<Option<String>, Refusal> {
    clean(Field::Department, cell).map(|text| (!text.is_empty()).then_some(text))
}

fn noted<T>(refusals: &mut Vec<Refusal>, outcome: Result<T, Refusal>) -> Option<T> {
    outcome.map_err(|refusal| refusals.push(refusal)).ok()
}

fn check_email(cell: &str, domains: &EmailDomains) -> Result<EmailAddress, Refusal> {
    let email = clean(Field::Email, cell)?;
    if email.is_empty() {
        return Err(Refusal::MissingEmail);
    }
    let email = EmailAddress::parse(&email).map_err(|_| Refusal::BadEmail)?;
    if domains.allow(&email) {
        Ok(email)
    } else {
        Err(Refusal::DomainNotAllowed)
    }
}

/// A row that is not imported, with enough of it for HR to recognise the person. The texts are
/// for display only: control characters removed, cut to the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedEntry {
    /// The first reason found.
    pub reason: Refusal,
    /// The e-mail cell.
    pub email: String,
    /// The first name cell.
    pub first_name: String,
    /// The last name cell.
    pub last_name: String,
    /// The department cell.
    pub department: String,
    /// The position cell.
    pub position: String,
}

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedRow {
    /// Line of the file on which the row starts, from 1, as a text editor counts them.
    pub line: u32,
    /// What it says.
    pub entry: Result<EmployeeEntry, RefusedEntry>,
}

/// The rows of an [`EmployeeCsv`](super::EmployeeCsv), read one at a time. Of the rows already
/// read only the accepted addresses are kept, to find duplicates.
pub struct Rows<'a> {
    records: Records<'a>,
    header: &'a Header,
    domains: &'a EmailDomains,
    accepted: HashMap<EmailAddress, u32>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str, header: &'a Header, domains: &'a EmailDomains) -> Self {
        Self {
            records: body(text, header),
            header,
            domains,
            accepted: HashMap::new(),
        }
    }

    fn parse(&self, row: &StringRecord) -> Result<EmployeeEntry, Refusal> {
        let header = self.header;
        let mut overflow = row.iter().skip(header.width);
        if row.len() < header.width || overflow.any(|cell| !super::header::is_blank(cell)) {
            return Err(Refusal::Ragged);
        }
        let entry = EmployeeEntry::check(&self.cells(row), self.domains)
            .map_err(|refusals| refusals.first())?;
        match self.accepted.get(&entry.email) {
            Some(&first_line) => Err(Refusal::DuplicateInFile { first_line }),
            None => Ok(entry),
        }
    }

    fn cells<'r>(&self, row: &'r StringRecord) -> Cells<'r> {
        let header = self.header;
        let cell = |column: usize| row.get(column).unwrap_or_default();
        Cells {
            email: cell(header.email),
            first_name: cell(header.first_name),
            last_name: cell(header.last_name),
            department: header.department.map_or("", cell),
            position: header.position.map_or("", cell),
        }
    }

    fn refused(&self, row: &StringRecord, reason: Refusal) -> RefusedEntry {
        let display = |field: Field, cell: &str| {
            let printable = cell.trim_matches(is_space).chars();
            let printable = printable.filter(|letter| !is_forbidden(*letter));
            printable.take(field.max_chars()).collect()
        };
        let cells = self.cells(row);
        RefusedEntry {
            reason,
            email: display(Field::Email, cells.email),
            first_name: display(Field::FirstName, cells.first_name),
            last_name: display(Field::LastName, cells.last_name),
            department: display(Field::Department, cells.department),
            position: display(Field::Position, cells.position),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = ParsedRow;

    fn next(&mut self) -> Option<ParsedRow> {
        let line = self.records.advance()?;
        let row = self.records.current();
        let entry = self.parse(row).map_err(|reason| self.refused(row, reason));
        if let Ok(entry) = &entry {
            self.accepted.insert(entry.email.clone(), line);
        }
        Some(ParsedRow { line, entry })
    }
}

/// Counts the rows, and makes sure that each of them has an end.
pub(super) fn count(text: &str, header: &Header) -> Result<usize, FileError> {
    let mut records = body(text, header);
    let mut rows = 0;
    let mut last = header.body;
    loop {
        let start = header.body.0 + records.position().0;
        let Some(line) = records.advance() else { break };
        last = (start, line);
        rows += 1;
        if rows > ROWS_MAX {
            return Err(FileError::TooManyRows);
        }
    }
    if rows == 0 {
        return Err(FileError::NoRows);
    }
    if is_unclosed(&text[last.0..], header.delimiter) {
        return Err(FileError::UnclosedQuote { line: last.1 });
    }
    Ok(rows)
}

fn body<'a>(text: &'a str, header: &Header) -> Records<'a> {
    let (offset, line) = header.body;
    Records::new(&text[offset..], header.delimiter, line)
}

/// An open quotation mark swallows whatever follows: add a line and see whether it is still there.
fn is_unclosed(last_row: &str, delimiter: u8) -> bool {
    let probed = format!("{last_row}\nprobe");
    let mut records = Records::new(&probed, delimiter, 1);
    let mut found = false;
    while records.advance().is_some() {
        found = records.current().iter().eq(["probe"]);
    }
    !found
}

/// The cell trimmed, inner white space reduced to single spaces, so that importing the same person
/// twice from two tools changes nothing.
fn clean(field: Field, cell: &str) -> Result<String, Refusal> {
    let cell = cell.trim_matches(is_space);
    if cell.chars().any(is_forbidden) {
        return Err(Refusal::BadCharacters(field));
    }
    let mut text = String::with_capacity(cell.len());
    for word in cell.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    if text.chars().count() > field.max_chars() {
        return Err(Refusal::TooLong(field));
    }
    Ok(text)
}

/// Control characters, line and paragraph separators, text direction overrides, lost letters.
fn is_forbidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{fffd}')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}
