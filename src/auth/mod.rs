//! Accounts: who someone is, and how they prove it.
//!
//! # Vocabulary
//! - **Account**: one person, one [e-mail address](email_address::EmailAddress), one role. The
//!   address is the identity: parsed once at the edge, stored trimmed and in lower case.
//! - **Password**: [judged](password::check_strength) by how hard it is to guess, kept only as an
//!   argon2id hash.
//!
//! # Invariants
//! - No answer tells whether an address has an account, neither by its text nor by its duration:
//!   an unknown account costs the same hash as a known one.
//! - A password in memory is a `SecretString`: absent from `Debug`, wiped when dropped.

pub mod email_address;
pub mod password;
