//! Activity: how many consultations, for how long. Never money, and for an employer never more.
//!
//! # Vocabulary
//! - **Activity**: a count of completed consultations and their total duration in seconds.
//! - **Cell**: the activity of one day for one practitioner, employee or company. The day is that of
//!   `ended_at` in the accounting zone. The cells of a month are added up by month as well.
//! - **[Period](model::Period)**: the dates a screen or an export covers, both included.
//! - **Statement**: one practitioner's activity of a period, by company and by month; as a file, a line
//!   per day and company. What the practitioner is paid by, outside the product.
//! - **Usage**: what HR sees of its company, as the [setting](disclosure::Setting) of the month has it: by
//!   person a count and a total duration, or else the published figures of groups.
//! - **Snapshot**: a company's month as it was published, frozen on the 3rd of the next one.
//! - **Report**: the platform's month, by company and by practitioner.
//! - **Rollup**: the nightly recount of the last 35 days; a difference is a drift, and is reported.
//!
//! # Invariants
//! - The counters equal a recount of the completed consultations, to the second. Cells are
//!   recomputed, never incremented, in the transaction that completes the consultation.
//! - Only completed consultations count.
//! - HR reads no counter table: a function of the database answers for its own company, in months that
//!   were lived by name; of all others it reads snapshots, in which what is hidden was never written.
//! - A snapshot never changes, and a setting is in force for months that begin after it was chosen.
//! - Nothing here joins an employee to a practitioner.

pub mod admin;
pub mod api;
pub mod disclosure;
pub mod hr;
pub mod jobs;
pub mod model;
mod picker;
pub mod practitioner;
pub mod published;
pub mod queries;
mod statement;
pub mod trend;
