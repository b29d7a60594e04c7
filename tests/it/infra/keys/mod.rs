//! Keys over time: changed while people read, destroyed for good, kept elsewhere.

mod canary;
mod ledger;
mod openbao;
mod property;
mod renewal;
mod rotation;
mod start;
mod tampered;
mod vault;
