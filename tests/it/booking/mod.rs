//! Finding a practitioner and booking.

mod concurrency;
mod cost;
mod crash;
mod deadlines;
mod employee;
mod holds;
mod mails;
mod search;
mod series;
