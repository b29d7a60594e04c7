//! The tests that keep the three locks: routes, the database door, PostgreSQL.
//!
//! - [`matrix`]: every mounted route for everybody, generated from the routes themselves.
//! - [`catalogue`]: every table, policy, grant and function, against a file a person can read.
//! - [`clear`]: every column in clear, with the reason.
//! - [`pool`]: identities do not leak between the requests that share a connection.
//! - [`attacks`]: what each database role can do with SQL of its own choosing.
//! - [`forms`]: every form of every page with hostile fields.
//! - [`migrations`]: up, down and up again.
//! - [`traces`]: nothing of somebody is shown to another account without being recorded.
//! - [`sources`]: rules of the design that the compiler does not know.

mod attacks;
mod catalogue;
mod clear;
mod fixtures;
mod forms;
pub mod matrix;
mod migrations;
mod pool;
mod sources;
mod traces;
