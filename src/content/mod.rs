//! What people are told: the pages that anybody may read, and a company's news for its employees.
//!
//! # Vocabulary
//! - **News**: a text that a company's HR writes for its employees, with a picture if it likes.
//! - **Draft, scheduled, published, archived**: the life of it; see [`model::Status`]. The clock publishes
//!   what is scheduled, once, however many replicas run.
//! - **Departments**: whom it is for. None means everybody of the company.
//! - **Reading**: that somebody read it. They alone can ask.
//! - **Reach**: how many read it, as HR is told.
//!
//! # Invariants
//! - The public pages state what the running build does, nothing that is planned; they read nothing: no
//!   database, no session needed.
//! - Employees see what is published for their company and their department, and PostgreSQL says so.
//! - Nobody but the reader can read who read what. HR is told a number: counted once a night, rounded down to
//!   five, and only when at least five read it and at least five did not. A number never goes down.
//! - What was published keeps its address, its readers and its hour; its words may be corrected.
//! - Markup is sanitised when it comes in and again when it is shown; pictures are drawn again.
//! - A mail holds the title and a link, for those who want it, outside their quiet hours.

pub mod emails;
pub mod employee;
pub mod hr;
pub mod jobs;
pub mod model;
pub mod public;
pub mod queries;
