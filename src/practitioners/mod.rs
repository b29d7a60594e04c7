//! Practitioners: who can be consulted, and how employees find them.
//!
//! # Vocabulary
//! - **Profile**: what a practitioner says of themselves: specialty, languages, formats, biography.
//! - **Portrait**: their picture; their initials stand for it where there is none.
//! - **Directory**: the verified profiles, all that employees ever see.
//! - **Settings**: how the practitioner's hours become slots; the slot engine's policy.
//!
//! # Invariants
//! - An employee sees verified practitioners only; PostgreSQL's policy says so, not a filter here.
//! - A portrait is what the server drew of the file that was sent: pixels, and nothing that came with them.
//! - Taking no new clients never stops those who already consult: they are no new clients.

pub mod employee;
pub mod model;
pub mod portraits;
pub mod practitioner;
pub mod queries;
