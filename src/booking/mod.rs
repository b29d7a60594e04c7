//! Booking: when a practitioner can be met, and the appointment that results.
//!
//! # Vocabulary
//! - **Agenda**: a practitioner's weekly windows, exceptions and booking policy, in local time
//!   with an IANA zone. Wall-clock time exists nowhere else; the database stores instants.
//! - **Window**: hours of one weekday, every week or every other week, between validity dates.
//! - **Exception**: hours of one date. `open` replaces the windows of that date; `closed` is
//!   subtracted last, so that a closure always wins.
//! - **Slot**: an instant at which a consultation may start, with its end and the end of its buffer.
//! - **Hold**: a slot kept for a few minutes while the employee confirms.
//! - **Consultation**: the appointment and what becomes of it; see [`model::Status`].
//!
//! # Invariants
//! - Two slots of an agenda never overlap, buffers included; the database has the last word with
//!   an exclusion constraint.
//! - What the page offers is what the POST accepts: both run [`slots::Agenda`], and a start that
//!   was not on offer is refused with its reason.
//! - Local times that do not exist, or exist twice (clock changes), are never offered.
//! - Changing the agenda never moves or cancels a consultation.

pub mod calendar;
pub mod employee;
pub mod model;
pub mod queries;
pub mod slots;
pub mod wording;
