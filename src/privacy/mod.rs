//! What people agreed to about their data.
//!
//! # Vocabulary
//! - **Consent**: one person's agreement to one [versioned text](consents::CURRENT_VERSION), given by
//!   ticking its own box (RGPD, articles 7 and 9.2.a).
//!
//! # Invariants
//! - A consent names the version and the language of the text that was read; a row is never changed.
//! - No box is ticked beforehand, and no box stands for two consents.

pub mod consents;
pub mod queries;
