//! Finding a practitioner and booking.

mod agenda;
mod concurrency;
mod cost;
mod crash;
mod deadlines;
mod employee;
mod holds;
mod limit;
mod search;
mod series;
mod waitlist;
