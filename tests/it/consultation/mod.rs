//! Consultations, on both sides.

mod counters;
mod lifecycle;
mod lists;
