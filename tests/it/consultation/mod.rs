//! Consultations, on both sides.

mod absences;
mod calls;
mod counters;
mod durations;
mod jitsi;
mod lifecycle;
mod lists;
mod machine;
mod rescheduling;
mod series;
mod socket;
