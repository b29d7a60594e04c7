//! What people are told of their appointments.

mod calendars;
mod feeds;
pub mod files;
mod inbox;
mod mails;
mod preferences;
mod reminders;
mod world;
