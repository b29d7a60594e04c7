//! Keys over time: changed while people read, destroyed for good, kept elsewhere.

mod ledger;
mod rotation;
mod start;
