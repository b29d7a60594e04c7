//! The integration tests: one binary, one module per domain, real PostgreSQL and a real server.
//!
//! Run them with `bin/test` (it starts a throwaway cluster and sets `TEST_DATABASE_URL`).
//! [`support`] explains how a test is written.

mod auth;
mod booking;
mod browser;
mod chat;
mod companies;
mod consultation;
mod content;
mod dashboard;
mod infra;
mod journal;
mod metrics;
mod moderation;
mod notes;
mod notifications;
mod platform;
mod practitioners;
mod privacy;
mod security;
mod seeds;
mod support;
mod tickets;
