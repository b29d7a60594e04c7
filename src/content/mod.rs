//! What anybody may read: the welcome page and what the product promises about confidentiality.
//!
//! # Invariants
//! - These pages state what the running build does, nothing that is planned.
//! - They read nothing: no database, no session needed.

pub mod public;
