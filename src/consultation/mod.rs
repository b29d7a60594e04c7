//! Consultations: what becomes of an appointment once it is booked.
//!
//! # Vocabulary
//! - **Step**: confirming, starting, ending or cancelling; each moves the status by one edge of
//!   [the state machine](crate::booking::model::Status).
//! - **Event**: a step as it happened: what, who, when. Written with the step, never changed.
//! - **To confirm**, **upcoming**, **past**: where a consultation is listed, by status and time.
//!
//! # Invariants
//! - Only the two participants see a consultation; anybody else's request finds nothing. There is no
//!   screen for other roles here, and their PostgreSQL roles have no grant.
//! - A step is judged by [`model::Plan::judge`] on the locked row, and again by the database's
//!   trigger. Asking twice for a step that is done is harmless.
//! - The duration is the database's: the seconds between `started_at` and `ended_at`. The counters
//!   move in the same transaction.
//! - Cancelling frees the slot at once, whoever cancels, and both are told.

pub mod employee;
pub mod model;
pub mod practitioner;
pub mod queries;
mod screen;
