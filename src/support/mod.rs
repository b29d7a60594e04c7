//! Tickets: what a company's HR asks the platform, and what it answers.
//!
//! # Vocabulary
//! - **Ticket**: a subject, a category, a priority, and the messages of both sides.
//! - **Open**: it is the platform's turn. **Answered**: it is the company's. **Resolved** by the platform,
//!   **closed** by the company; see [`model::Status`].
//! - **Escalated**: somebody of the platform asks for help with it. **Assignee**: which admin has it.
//! - **Note**: what admins tell each other about a ticket.
//! - **Canned answer**: a text for what is asked often, which admins keep.
//!
//! # Invariants
//! - HR of the company and the platform's admins read a ticket, and nobody else: subject, messages and files
//!   are sealed with a key that row policies show to them alone. Notes have a key that HR never sees.
//! - HR of a suspended company still reaches its tickets: it is their way to the platform.
//! - Forms say not to write of anybody's health here; nothing of consultations is reachable from a ticket.
//! - A mail says that there is an answer, and nothing of it.
//! - How long answers take is counted from the rows whenever it is asked: no figure is kept.
//! - A form that is sent twice is one ticket, one message, one note.

pub mod admin;
pub mod emails;
pub mod hr;
pub mod jobs;
pub mod model;
pub mod queries;
pub mod screen;
