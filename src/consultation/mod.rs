//! Consultations: what becomes of an appointment once it is booked.
//!
//! # Vocabulary
//! - **Step**: confirming, starting, ending, cancelling, or saying that the other did not come; each
//!   moves the status by one edge of [the state machine](crate::booking::model::Status).
//! - **Move**: another time for the same appointment: the same row, the same link, one more line of
//!   history.
//! - **Notice**: the hours before the start until which an employee may still move an appointment. Giving
//!   up is always possible; later than that it is marked as late. The platform has a notice and a company
//!   may have its own.
//! - **Absence**: the employee's (`no_show`) or the practitioner's (`practitioner_absent`), as the other
//!   said it. The one of whom it was said may contest it, once and within a week.
//! - **Withdrawal**: whoever said it takes it back, within a week of the last word: the appointment is then
//!   cancelled, by nobody and never late. Otherwise the absence stays, contested if it was.
//! - **Declaration**: after a withdrawal, the times at which the two met after all, as the practitioner
//!   says within a week: the consultation is then completed and counts.
//! - **Room**: where the two meet, from a quarter of an hour before the start: a video room, or the place.
//! - **Presence**: a stay of one of the two in the video room; evidence beside the declared times.
//! - **Declared duration**: from the practitioner's start to their end. What nobody ended is closed by the
//!   system an hour after its expected end, at the last moment both were present; the practitioner may
//!   correct it for a week, and the employee may contest any duration once.
//! - **Event**: a step as it happened: what, who, when. Written with the step, never changed.
//! - **To confirm**, **upcoming**, **past**: where a consultation is listed, by status and time.
//!
//! # Invariants
//! - Only the two participants see a consultation; anybody else's request finds nothing, and other
//!   PostgreSQL roles have no grant on it.
//! - A step is judged by [`model::Plan::judge`] on the locked row, and again by the database's
//!   trigger. Asking twice for a step that is done is harmless.
//! - The duration is the database's: the seconds between `started_at` and `ended_at`. The counters
//!   move in the same transaction.
//! - Cancelling and moving free the slot at once, whoever does it, and both are told.
//! - A move goes through the engine that makes the booking pages, and through the same constraints.
//! - A correction keeps the times before it in the history, and moves the counters in its transaction.
//! - Of a contested duration the platform's admin reads the consultation's id, the durations and the
//!   categories: no person, no words.
//! - Absences and late cancellations are seen by the two participants; no counter counts them.

mod absence;
pub mod account;
pub mod admin;
mod cancellation;
pub mod employee;
pub mod jobs;
pub mod model;
pub mod practitioner;
pub mod queries;
mod rescheduling;
pub mod room;
mod screen;
mod video;
