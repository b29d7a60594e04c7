//! The journal: what an employee writes for themselves.
//!
//! # Vocabulary
//! - **Entry**: a title, a text, a mood and tags, or any of them; written at one moment.
//! - **Mood**: from 1 (very hard) to 5 (very good).
//! - **Summary**: title, mood and tags, sealed apart from the text: lists, calendars and filters open
//!   thousands of them, and texts only for what they show.
//! - **Version**: which state of an entry it is. A form says from which one it was made.
//! - **Client id**: drawn when a form is shown; a form that is sent again is the same entry.
//! - **Prompt**: a few questions to begin with.
//! - **Sharing**: a copy of a page, or a summary written for it, that one practitioner reads until a day.
//! - **Distress**: what a text or a row of moods may show. Then the page offers help, to its writer alone.
//!
//! # Invariants
//! - Only the owner reads and writes: no other role has a right on the entries, and the key is the
//!   owner's. This is encryption by the server, not end to end.
//! - A practitioner reads copies alone, each under a key of its own; what the owner changes later stays
//!   the owner's. Taking back, the last day, and deleting the page destroy copy and key, and until a job
//!   has done so the row policy shows the practitioner nothing that is over.
//! - Whatever is read is opened for the owner in the request and kept nowhere: search, calendar and
//!   trend are computed from what was opened, and no figure about moods or distress is stored or logged.
//! - Nothing typed is lost in silence: what is refused comes back in its form, what was changed elsewhere
//!   meanwhile is shown beside it, what is sent twice is there once.
//! - An entry that cannot be opened says so in its place, is a security event, and hinders no other.

pub mod employee;
pub mod jobs;
pub mod markdown;
pub mod model;
pub mod pdf;
pub mod practitioner;
pub mod queries;
