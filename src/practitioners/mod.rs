//! Practitioners: who can be consulted, and how employees find them.
//!
//! # Vocabulary
//! - **Profile**: what a practitioner says of themselves: specialty, languages, formats, biography.
//! - **Directory**: the verified profiles, all that employees ever see.
//! - **Settings**: how the practitioner's hours become slots; the slot engine's policy.
//!
//! # Invariants
//! - An employee sees verified practitioners only; PostgreSQL's policy says so, not a filter here.
//! - Taking no new clients never stops those who already consult: they are no new clients.

pub mod model;
pub mod queries;
