//! The written exchange of the two participants of a consultation.
//!
//! # Vocabulary
//! - **Message**: a text, a file, or both. Its sender may change its text for a day and delete it at any
//!   time; both leave a trace that the other sees.
//! - **Change**: the number that a message takes when it is written and whenever it changes. Numbers are
//!   given out one after the other, so that whoever has seen one has seen all below it: a page that was
//!   away asks for what came after the last one it saw.
//! - **Client id**: drawn by the sender before sending: a message sent again is the same message.
//! - **Thread**: what a page shows of it: thirty messages, and the way to those before.
//! - **Reading**: how far each of the two has read. A message is *seen* when the other has read it.
//! - **Typing**: that somebody writes. Told to the other's open pages, kept nowhere.
//!
//! # Invariants
//! - Only the two participants read and write; no other role has a right on these tables, but for the
//!   worker, which sees who has something unread since when, and nothing of what it is.
//! - Text, file names and files are sealed with a key of the chat's own, which the nightly job destroys
//!   with them once the retention time is over. This is encryption by the server, not end to end.
//! - One can write from the booking until a week after the consultation, unless it is cancelled; what was
//!   written stays readable for the retention time.
//! - A file is taken for what its first bytes say, and for nothing else. Images are decoded and written
//!   again, so that what they said beside the picture is gone.
//! - Every way of writing (form, socket) goes through [`queries::send`].

pub mod emails;
pub mod employee;
pub mod jobs;
pub mod model;
pub mod practitioner;
pub mod queries;
pub mod screen;
pub mod socket;

use crate::infra::attachments as files;
