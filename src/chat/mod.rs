//! The written exchange of the two participants of a consultation.
//!
//! # Vocabulary
//! - **Typing**: that somebody writes. Told to the other's open pages, kept nowhere.

pub mod socket;
