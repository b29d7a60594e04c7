//! Erasing an account (RGPD, article 17).
//!
//! Its person asks with their password; for [`DAYS`] they can change their mind, and lose nothing by
//! having asked: appointments stay on until the day comes. Then one transaction of the database
//! (`hz.anonymise_account`) takes the person out of everything: words and their keys are destroyed, what served
//! the account is deleted, and its row keeps a pseudonym instead of a name. Appointments still to come are
//! cancelled, and their practitioner is told that they are, not why.
//!
//! Counters, durations and clinical notes stay, under that pseudonym (`hz.pseudonym`, the one function that makes
//! them): no foreign key cascades from an account into anybody's health record.
//!
//! The ledger of destroyed keys has a line for each erased account, by a hash. A backup that is restored brings
//! the person back; the replay takes them out again.
//!
//! # Who may not, and why
//! The last active HR of a company (nobody could take leavers' access away), the last admin of a kind, and
//! practitioners who have appointments or have met patients: the law makes them keep the records. They
//! are told what to do instead.

pub mod account;
mod emails;
pub mod jobs;

/// How long one can change one's mind.
pub const DAYS: i64 = 14;
/// How long before the end one is reminded.
pub const REMINDED_BEFORE_DAYS: i64 = 3;
