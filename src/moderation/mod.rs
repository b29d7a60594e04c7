//! After the consultation: what people say of it, and who reads that before anybody else does.
//!
//! # Vocabulary
//! - **Review**: stars, and a few words if one likes, of an employee about a completed consultation.
//! - **Report**: a signal that something went wrong, by either of the two: a category, and words only if
//!   the reporter attaches them.
//! - **Decision**: the platform admin publishes a review or refuses it, saying why; closes a report.
//!
//! # Invariants
//! - One review per completed consultation, by its employee; one report per consultation and side.
//! - Nothing is shown before it is decided, and nothing published says who wrote it or after which
//!   consultation. The moderation itself does not know: PostgreSQL grants it no such column.
//! - Words are sealed until then, with a key of their own that no consultation shares, which the decision
//!   destroys: what is refused or closed can be read by nobody.
//! - A practitioner's mean and count are recomputed from the published reviews by the database.

pub mod admin;
pub mod employee;
pub mod model;
pub mod practitioner;
pub mod queries;
mod report;
