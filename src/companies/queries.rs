//! All the SQL of companies. HR's company is the transaction's: the row policies leave no other.

mod employees;
mod import;
mod invitations;
mod rules;

pub use employees::*;
pub use import::*;
pub use invitations::*;
pub use rules::*;
