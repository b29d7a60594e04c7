//! What becomes of people's data: what they agreed to, and who sees what of them.
//!
//! # Vocabulary
//! - **Consent**: one person's agreement to one [versioned text](consents::CURRENT_VERSION), given by
//!   ticking its own box (RGPD, articles 7 and 9.2.a).
//!   Taken back and given again on the person's own pages; what a withdrawal stops, the database enforces.
//! - **A rule of retention**: what is kept, [how long and why](retention); applied at night, shown to the public.
//! - **The employer's window**: what HR is shown of one person, read with HR's own PostgreSQL role and shown
//!   to that person. What HR [cannot see](secrets::Secret) stands beside it, checked in the same transaction.
//! - **An access**: one account reads or changes what is of another; [recorded](access) by the transaction
//!   that does it, and read by that other alone.
//! - **Copy**: all that is kept of a person, in one file: see [`export`].
//! - **Erasure**: the end of an account at its person's wish: see [`erasure`].
//! - **Departure**: what is left to an employee whom HR suspended: see [`departure`].
//!
//! # Invariants
//! - A consent names the version and the language of the text that was read; a row is taken back once, and
//!   never changed otherwise.
//! - Every table is named by one rule of retention.
//! - Whatever of a person HR could read is on that person's page: a table that refers to people is either
//!   among the secrets or one of those that HR's pages show. A test compares the list with the catalogue.
//! - No page shows a person to another account without an access being recorded: a test asks them all.
//! - No box is ticked beforehand, and no box stands for two consents.

pub mod access;
pub mod account;
pub mod consents;
pub mod departure;
pub mod erasure;
pub mod export;
pub mod jobs;
pub mod queries;
pub mod retention;
pub mod secrets;
