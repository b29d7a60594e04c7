//! Clinical notes: what a practitioner writes about a patient, for themselves.
//!
//! # Vocabulary
//! - **Record**: everything that one practitioner writes about one patient. It has a key of its own.
//! - **Note**: of one kind about one consultation; a draft until it is signed.
//! - **Revision**: which state of a draft it is. A form says from which one it was made.
//! - **Writer**: an open page, by an id drawn when it is shown; its **turn** counts what it sends.
//! - **Addendum**: what is added to a signed note, dated and signed as it is written.
//! - **Timeline**: the record of a patient in the order of time.
//! - **Pseudonym**: what stands for a patient whose account is erased.
//!
//! # Invariants
//! - The author reads and nobody else: no other role, the patient's included, has a right on the tables or
//!   finds the key. This is encryption by the server, not end to end.
//! - A note is written about one's own consultation once it has begun, or nobody came to it.
//! - A signature locks: a trigger refuses every later change, whoever asks. What is corrected is an addendum.
//! - Nothing typed is lost or overwritten in silence: what is refused comes back in its form; a page that was
//!   made from an older revision is shown both versions; what is written to a note that was signed meanwhile
//!   is offered as an addendum. Until the server has it, the browser's tab keeps it, and forgets it when its
//!   person signs out.
//! - Markup is sanitised when it comes in and again when it is read ([`crate::infra::rich_text`]).
//! - A note that cannot be opened says so in its place, is a security event, and hinders no other.
//! - Notes outlive the patient's account: nothing here is deleted with it, and the patient's name is always
//!   that of the `users` row ([`model::patient_name`]).
//! - A record is kept for [`model::RETENTION_YEARS`] years after its last act, then destroyed with its key.

pub mod jobs;
pub mod model;
pub mod practitioner;
pub mod queries;
