//! Accounts: who someone is, and how they prove it.
//!
//! # Vocabulary
//! - **Account**: one person, one [e-mail address](email_address::EmailAddress), one role. The
//!   address is the identity: parsed once at the edge, stored trimmed and in lower case.
//! - **Password**: [judged](password::check_strength) by how hard it is to guess, kept only as an
//!   argon2id hash.
//! - **Attempt**: a try to sign in, counted by account and by origin (keyed hashes, no address at rest).
//! - **Reset**: a link by mail, valid one hour, once.
//!
//! # Invariants
//! - No answer tells whether an address has an account, neither by its text nor by its duration:
//!   an unknown account costs the same hash as a known one, and a reset request only enqueues a job.
//! - An attempt is written down before the password is looked at: parallel guesses share one allowance.
//! - A changed password ends every other session of the account.
//! - A password in memory is a `SecretString`: absent from `Debug`, wiped when dropped.

pub mod account;
pub mod confirmation;
pub mod email_address;
pub mod emails;
pub mod jobs;
pub mod model;
pub mod password;
pub mod public;
pub mod queries;
