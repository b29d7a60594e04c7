//! The slot engine: from an agenda in local time to the instants that can be booked.
//!
//! Pure and deterministic: the clock and the calendars are arguments. For each local date, each
//! window (or the `open` hours that replace the windows) lays a grid of starts from its own start,
//! one slot and buffer apart. A start is on the grid when
//! - its local time exists once,
//! - at every instant of the consultation, the wall clock is inside the window and outside the
//!   date's closures (the buffer may overhang either),
//! - the starts before it are over, buffers included. Only unusual cases come near: a buffer that
//!   overhangs into the next window, an hour that a clock change took away.
//!
//! Windows that overlap, although the forms refuse them, count as one.
//!
//! A slot of the grid is free when it is neither too soon nor beyond the horizon, its range with
//! buffer meets no busy range of the practitioner, its range without buffer meets no consultation
//! of the client, and its date has not reached the daily maximum.
//!
//! Instants are seconds since the epoch inside the engine, local times are seconds of an imaginary
//! UTC clock that shows them, and the zone is resolved once per query into the few spans of
//! constant offset ([`zone`]): a slot then costs a handful of integer comparisons.

mod agenda;
mod coverage;
mod engine;
mod ranges;
mod zone;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use agenda::{
    Agenda, BadHours, DateException, ExceptionKind, Hours, Policy, Recurrence, Window,
};
pub use engine::{Busy, Refusal, Situation, Slot};
