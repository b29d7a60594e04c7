//! Activity: how many consultations, for how long. Never money, and for an employer never more.
//!
//! # Vocabulary
//! - **Activity**: a count of completed consultations and their total duration in seconds.
//! - **Cell**: the activity of one day for one practitioner, employee or company. The day is that of
//!   `ended_at` in the accounting zone.
//! - **[Period](model::Period)**: the dates a screen or an export covers.
//! - **Rollup**: the nightly recount of the last 35 days; a difference is a drift, and is reported.
//!
//! # Invariants
//! - The counters equal a recount of the completed consultations, to the second. Cells are
//!   recomputed, never incremented, in the transaction that completes the consultation.
//! - Only completed consultations count.

pub mod model;
