//! The sentences for what the rules of employees and files refuse.

use crate::{
    companies::{
        email_domains::EmailDomains,
        import::{Field, FileError, Refusal, Refusals},
    },
    infra::{form::FormErrors, i18n::Message},
};

/// Why a row is refused, and how to correct it.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// What is wrong.
    pub reason: Message,
    /// What to do about it.
    pub fix: Message,
}

/// The domains as HR reads them: `@techcorp.com, @techcorp.fr`.
pub fn domain_list(domains: &EmailDomains) -> String {
    let domains: Vec<String> = domains.iter().map(|domain| format!("@{domain}")).collect();
    domains.join(", ")
}

/// Explains the refusal with this code (see [`Refusal::code`]).
pub fn explain(code: &str, repeated_line: Option<i32>, domains: &EmailDomains) -> Explanation {
    let domains = domain_list(domains);
    let (reason, fix) = match code {
        "missing-email" => (
            "companies-refusal-missing-email",
            "companies-fix-missing-email",
        ),
        "bad-email" => ("companies-refusal-bad-email", "companies-fix-bad-email"),
        "domain-not-allowed" => ("companies-refusal-domain", "companies-fix-domain"),
        "duplicate-in-file" => ("companies-refusal-duplicate", "companies-fix-duplicate"),
        "other-company" => (
            "companies-refusal-other-company",
            "companies-fix-other-company",
        ),
        "other-role" => ("companies-refusal-other-role", "companies-fix-other-role"),
        "contract-full" => (
            "companies-refusal-contract-full",
            "companies-fix-contract-full",
        ),
        "missing-first-name" => (
            "companies-refusal-missing-first-name",
            "companies-fix-missing-name",
        ),
        "missing-last-name" => (
            "companies-refusal-missing-last-name",
            "companies-fix-missing-name",
        ),
        "too-long-email" => (
            "companies-refusal-too-long-email",
            "companies-fix-bad-email",
        ),
        "too-long-first-name" => (
            "companies-refusal-too-long-first-name",
            "companies-fix-too-long",
        ),
        "too-long-last-name" => (
            "companies-refusal-too-long-last-name",
            "companies-fix-too-long",
        ),
        "too-long-department" => (
            "companies-refusal-too-long-department",
            "companies-fix-too-long",
        ),
        "too-long-position" => (
            "companies-refusal-too-long-position",
            "companies-fix-too-long",
        ),
        "bad-characters-email" => (
            "companies-refusal-characters-email",
            "companies-fix-characters",
        ),
        "bad-characters-first-name" => (
            "companies-refusal-characters-first-name",
            "companies-fix-characters",
        ),
        "bad-characters-last-name" => (
            "companies-refusal-characters-last-name",
            "companies-fix-characters",
        ),
        "bad-characters-department" => (
            "companies-refusal-characters-department",
            "companies-fix-characters",
        ),
        "bad-characters-position" => (
            "companies-refusal-characters-position",
            "companies-fix-characters",
        ),
        _ => ("companies-refusal-ragged", "companies-fix-ragged"),
    };
    let line = i64::from(repeated_line.unwrap_or(0));
    Explanation {
        reason: Message::new(reason)
            .with("line", line)
            .with("domains", domains.clone()),
        fix: Message::new(fix)
            .with("line", line)
            .with("domains", domains),
    }
}

/// Notes what is wrong with a form beside its fields.
pub fn note(errors: &mut FormErrors, refusals: &Refusals, domains: &EmailDomains) {
    for refusal in refusals.iter() {
        let message = field_error(refusal, domains);
        match refusal.field() {
            Some(field) => errors.add(field_name(field), message),
            None => errors.add_form(message),
        }
    }
}

/// The sentence beside a form's field.
pub fn field_error(refusal: Refusal, domains: &EmailDomains) -> Message {
    explain(refusal.code(), None, domains).reason
}

/// The name of a form's field.
pub fn field_name(field: Field) -> &'static str {
    match field {
        Field::Email => "email",
        Field::FirstName => "first_name",
        Field::LastName => "last_name",
        Field::Department => "department",
        Field::Position => "position",
    }
}

/// The name of a column in the model file and in the exports.
pub fn column_key(field: Field) -> &'static str {
    match field {
        Field::Email => "companies-column-email",
        Field::FirstName => "companies-column-first-name",
        Field::LastName => "companies-column-last-name",
        Field::Department => "companies-column-department",
        Field::Position => "companies-column-position",
    }
}

/// What is wrong with a file, and what to do about it.
pub fn file_error(error: &FileError) -> Message {
    match error {
        FileError::TooLarge => Message::new("companies-file-too-large"),
        FileError::Empty => Message::new("companies-file-empty"),
        FileError::NotText => Message::new("companies-file-not-text"),
        FileError::Spreadsheet => Message::new("companies-file-spreadsheet"),
        FileError::NoHeader => Message::new("companies-file-no-header"),
        FileError::NoEmailColumn => Message::new("companies-file-no-email-column"),
        FileError::NoNameColumns => Message::new("companies-file-no-name-columns"),
        FileError::DuplicateColumn { first, second } => {
            Message::new("companies-file-duplicate-column")
                .with("first", first.clone())
                .with("second", second.clone())
        }
        FileError::NoRows => Message::new("companies-file-no-rows"),
        FileError::TooManyRows => Message::new("companies-file-too-many-rows")
            .with("maximum", crate::companies::import::ROWS_MAX),
        FileError::UnclosedQuote { line } => {
            Message::new("companies-file-unclosed-quote").with("line", *line)
        }
    }
}
