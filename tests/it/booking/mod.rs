//! Finding a practitioner and booking.

mod concurrency;
mod employee;
mod search;
