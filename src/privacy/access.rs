//! Who looked at a person's data, or changed it: written by the transaction that did it, shown to that
//! person alone.
//!
//! # How to record
//! A query that gives one person's rows to another account calls [`record`] (or
//! [`record_of_consultations`], where it knows consultations and not people) itself, right where it reads.
//! The transaction writes the rows as its last statement, so it must be one that may: pages open it with
//! [`Db::look`](crate::infra::db::Db::look), a read that leaves a trace. Under `read` it fails, so that a
//! page that forgot does not pass its first test. `tests/it/security/traces.rs` asks every page of every
//! role for names that no row accounts for. What streams (a file) is recorded and committed before its
//! first byte leaves.
//!
//! # What is not recorded
//! - What somebody does with their own data, and what employees see of practitioners: the directory is
//!   published by them, an appointment is of both.
//! - Sums in which nobody is named.
//! - That something was reported about somebody, or a review of them refused: whoever wrote it did so in
//!   confidence. The page of it counts as any page of the administration that names them.
//! - What the service does by itself to run (reminders, counters, renewed keys): no person looks. What it
//!   destroys or ends is told where it happened, in a consultation's history and in the table of
//!   retention.
//!
//! # Storage
//! One row per person, actor, kind and minute: a page that is refreshed, or a chat that goes on, adds
//! nothing within the minute and costs no commit to disk. The screen groups what repeats over a day. Actor
//! and role are filled in by the database from the transaction itself; no role may name another.

pub mod account;

use uuid::Uuid;

use crate::infra::db::{PgRole, Tx};

/// What was read or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The list of a company's employees.
    EmployeeList,
    /// One employee's account: name, address, department, status.
    EmployeeAccount,
    /// The number and duration of an employee's consultations, by month.
    EmployeeUsage,
    /// The same, as a file.
    EmployeeUsageFile,
    /// A file of employees that waits for its confirmation, compared with the accounts.
    EmployeeImport,
    /// An account was made, and its person invited.
    AccountCreated,
    /// Name, department or position were corrected.
    AccountCorrected,
    /// The same, from a file.
    AccountImported,
    /// An invitation was sent again.
    InvitationSent,
    /// The account was suspended.
    AccountSuspended,
    /// The account was brought back.
    AccountReactivated,
    /// A list in which an appointment is.
    ConsultationList,
    /// An appointment: its hour, its message, its history.
    Consultation,
    /// An appointment was confirmed, moved, started, ended or cancelled, its times corrected.
    ConsultationChanged,
    /// The list of conversations.
    Conversations,
    /// The messages of a consultation.
    Messages,
    /// A file of a message.
    Attachment,
    /// What of a journal was shared.
    SharedJournal,
    /// What a practitioner wrote about a patient, or the list of those about whom they wrote.
    ClinicalNotes,
    /// Notices that name somebody.
    Notices,
    /// A page of the platform's administration that names a practitioner.
    AdminPage,
    /// A file of the platform's that names a practitioner: what the invoices are made from.
    AdminFile,
    /// A review of a practitioner was published.
    ReviewPublished,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::EmployeeList,
        Self::EmployeeAccount,
        Self::EmployeeUsage,
        Self::EmployeeUsageFile,
        Self::EmployeeImport,
        Self::AccountCreated,
        Self::AccountCorrected,
        Self::AccountImported,
        Self::InvitationSent,
        Self::AccountSuspended,
        Self::AccountReactivated,
        Self::ConsultationList,
        Self::Consultation,
        Self::ConsultationChanged,
        Self::Conversations,
        Self::Messages,
        Self::Attachment,
        Self::SharedJournal,
        Self::ClinicalNotes,
        Self::Notices,
        Self::AdminPage,
        Self::AdminFile,
        Self::ReviewPublished,
    ];

    /// The value of `data_accesses.what`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EmployeeList => "employee_list",
            Self::EmployeeAccount => "employee_account",
            Self::EmployeeUsage => "employee_usage",
            Self::EmployeeUsageFile => "employee_usage_file",
            Self::EmployeeImport => "employee_import",
            Self::AccountCreated => "account_created",
            Self::AccountCorrected => "account_corrected",
            Self::AccountImported => "account_imported",
            Self::InvitationSent => "invitation_sent",
            Self::AccountSuspended => "account_suspended",
            Self::AccountReactivated => "account_reactivated",
            Self::ConsultationList => "consultation_list",
            Self::Consultation => "consultation",
            Self::ConsultationChanged => "consultation_changed",
            Self::Conversations => "conversations",
            Self::Messages => "messages",
            Self::Attachment => "attachment",
            Self::SharedJournal => "shared_journal",
            Self::ClinicalNotes => "clinical_notes",
            Self::Notices => "notices",
            Self::AdminPage => "admin_page",
            Self::AdminFile => "admin_file",
            Self::ReviewPublished => "review_published",
        }
    }

    /// What its actor did, as the screen says it after a name.
    #[must_use]
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::EmployeeList => "privacy-access-employee-list",
            Self::EmployeeAccount => "privacy-access-employee-account",
            Self::EmployeeUsage => "privacy-access-employee-usage",
            Self::EmployeeUsageFile => "privacy-access-employee-usage-file",
            Self::EmployeeImport => "privacy-access-employee-import",
            Self::AccountCreated => "privacy-access-account-created",
            Self::AccountCorrected => "privacy-access-account-corrected",
            Self::AccountImported => "privacy-access-account-imported",
            Self::InvitationSent => "privacy-access-invitation-sent",
            Self::AccountSuspended => "privacy-access-account-suspended",
            Self::AccountReactivated => "privacy-access-account-reactivated",
            Self::ConsultationList => "privacy-access-consultation-list",
            Self::Consultation => "privacy-access-consultation",
            Self::ConsultationChanged => "privacy-access-consultation-changed",
            Self::Conversations => "privacy-access-conversations",
            Self::Messages => "privacy-access-messages",
            Self::Attachment => "privacy-access-attachment",
            Self::SharedJournal => "privacy-access-shared-journal",
            Self::ClinicalNotes => "privacy-access-clinical-notes",
            Self::Notices => "privacy-access-notices",
            Self::AdminPage => "privacy-access-admin-page",
            Self::AdminFile => "privacy-access-admin-file",
            Self::ReviewPublished => "privacy-access-review-published",
        }
    }

    /// The icon beside it: looked at, taken along, or changed.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::EmployeeUsageFile | Self::AdminFile | Self::Attachment => "download",
            Self::AccountCreated
            | Self::AccountCorrected
            | Self::AccountImported
            | Self::InvitationSent
            | Self::AccountSuspended
            | Self::AccountReactivated
            | Self::ConsultationChanged
            | Self::ReviewPublished => "pencil",
            _ => "eye",
        }
    }

    /// Reads what [`Self::code`] writes.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }
}

/// Records that the transaction's person, in their role, reads or changes something of these people. Of
/// oneself nothing is recorded.
pub fn record<R>(tx: &mut Tx<R>, subjects: impl IntoIterator<Item = Uuid>, what: What) {
    if is_not_recorded(tx) {
        return;
    }
    let me = tx.user_id().ok();
    for subject in subjects {
        if Some(subject) != me {
            tx.trace_person(subject, what.code());
        }
    }
}

/// As [`record`], of the employees of these consultations, as far as the transaction's person sees them.
pub fn record_of_consultations<R>(
    tx: &mut Tx<R>,
    consultations: impl IntoIterator<Item = Uuid>,
    what: What,
) {
    if is_not_recorded(tx) {
        return;
    }
    for consultation in consultations {
        tx.trace_consultation(consultation, what.code());
    }
}

/// Screens of both sides of a consultation share their queries; and the employer's window is looked
/// through by the person themselves, with HR's rights and in nobody's name.
fn is_not_recorded<R>(tx: &Tx<R>) -> bool {
    !tx.role().leaves_traces() || (tx.user_id().is_err() && tx.role() != PgRole::Worker)
}

#[cfg(test)]
mod tests {
    use super::What;

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        for what in What::ALL {
            assert_eq!(What::from_code(what.code()), Some(what));
        }
        assert_eq!(What::from_code("something_of_tomorrow"), None);
    }
}
