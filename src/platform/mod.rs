//! The platform itself: how it runs, what it did in the background, what tried to get in.
//!
//! # Vocabulary
//! - **Backlog**: jobs of the outbox that wait, and the dead ones nobody runs any more.
//! - **Cron run**: one period of a recurring work, with its outcome and its figures; the rollup's is
//!   the drift of the activity counters.
//! - **Security event**: a failed sign-in, a lock, a token used twice.
//! - **Rotation**: another key-encryption key wraps every data key; [`keys`] is its command.
//!
//! # Invariants
//! - The operator sees counts, kinds and dates: no name, no address, no IP, no content of a job.

pub mod jobs;
pub mod keys;
pub mod queries;
pub mod wording;
