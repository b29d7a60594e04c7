//! Notifications: what people are told about their appointments, where, and when.
//!
//! # Vocabulary
//! - **News**: something that happened to an appointment. [`queries::announce`] tells both of its people,
//!   in the transaction in which it happens.
//! - **Notice**: one thing told to one person: a line of the in-app list, and what a mail is written from.
//!   It holds no sentence; the words depend on who reads and on what is true then.
//! - **Reminder**: a notice that time writes, 48 hours, 24 hours and one hour before the start.
//! - **Topic**: what somebody may turn off, in the application and by mail.
//! - **Quiet hours**: local hours in which no mail leaves.
//! - **Discreet**: an employee's mails and calendar entries say neither with whom nor why; on unless turned off.
//! - **Feed**: an appointment calendar at a secret address, for a calendar application.
//!
//! # Invariants
//! - Exactly one notice per person and news, because it is written with the change it tells of; exactly one
//!   reminder per person, kind and start, by a unique index. A change of time therefore arms them again, a
//!   restart repeats nothing, and any number of runners agree.
//! - A mail says what is true when it leaves: one that something newer has overtaken is not sent
//!   ([`model::Facts`]).
//! - Quiet hours delay; they never make a mail useless. A reminder that could only leave too late is
//!   dropped, since an earlier one has said the same; news of an appointment that begins soon does not wait
//!   ([`model::Kind::departure`]).
//! - The queue holds ids and instants. Names, addresses and links are read when the mail is written.
//! - A calendar entry keeps its UID for life, and its SEQUENCE grows with every change (RFC 5545, RFC 5546).
//! - A feed's secret is kept as a hash, and gives times only.

pub mod emails;
pub mod employee;
pub mod ics;
pub mod jobs;
pub mod model;
pub mod practitioner;
pub mod public;
pub mod queries;
mod screen;
pub mod wording;
