//! Finding a practitioner and booking.

mod concurrency;
mod cost;
mod employee;
mod search;
