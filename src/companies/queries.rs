//! All the SQL of companies. HR's company is the transaction's: the row policies leave no other.

mod clients;
mod domains;
mod employees;
mod import;
mod invitations;
mod profile;
mod requests;
mod rules;
mod suspension;
mod team;

pub use clients::*;
pub use domains::*;
pub use employees::*;
pub use import::*;
pub use invitations::*;
pub use profile::*;
pub use requests::*;
pub use rules::*;
pub use suspension::*;
pub use team::*;
