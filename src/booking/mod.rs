//! Booking: when a practitioner can be met, and the appointment that results.
//!
//! # Vocabulary
//! - **Agenda**: a practitioner's weekly windows, exceptions and booking policy, in local time
//!   with an IANA zone. Wall-clock time exists nowhere else; the database stores instants.
//! - **Window**: hours of one weekday, every week or every other week, between validity dates.
//! - **Exception**: hours of one date. `open` replaces the windows of that date; `closed` is
//!   subtracted last, so that a closure always wins.
//! - **Place**: where a practitioner receives in person; it may have rooms, and colleagues may share it.
//! - **Slot**: an instant at which a consultation may start, with its end and the end of its buffer.
//! - **Hold**: a slot kept for ten minutes while the employee confirms: a consultation that is `held`
//!   until [`expires_at`](crate::schema::consultations). An employee holds one slot at most; choosing
//!   another lets it go. What is let go, or expires, is deleted: nothing happened.
//! - **Offer**: a hold that the waiting list made for somebody; the waiting list ends it.
//! - **Series**: sessions at one local hour, every week or two, booked together.
//! - **Deadline**: until when the practitioner may confirm; then the slot is released.
//! - **Consultation**: the appointment and what becomes of it; see [`model::Status`].
//!
//! # Invariants
//! - Two slots of an agenda never overlap, buffers included; the database has the last word with
//!   an exclusion constraint.
//! - What the page offers is what the POST accepts: both run [`slots::Agenda`], and a start that
//!   was not on offer is refused with its reason.
//! - Local times that do not exist, or exist twice (clock changes), are never offered.
//! - Changing the agenda never moves or cancels a consultation: those that now lie outside the hours are
//!   listed, and the practitioner keeps or reschedules each.
//! - A room holds one consultation at a time, whichever practitioner's it is.
//! - A held slot becomes an appointment by its employee's confirmation alone, once: its id is the
//!   consultation's, and the key that makes a form sent twice book once.
//! - A hold is nobody's appointment: no list, count, mail or practitioner's page knows of it.
//! - A series is booked whole or not at all.

pub mod calendar;
pub mod employee;
pub mod holidays;
pub mod hours;
pub mod jobs;
pub mod model;
pub mod practitioner;
pub mod queries;
pub mod series;
pub mod slots;
pub mod waitlist;
pub mod wording;
