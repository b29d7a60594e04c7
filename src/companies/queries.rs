//! All the SQL of companies. HR's company is the transaction's: the row policies leave no other.

mod clients;
mod domains;
mod employees;
mod import;
mod import_run;
mod invitations;
mod profile;
mod registrations;
mod requests;
mod rules;
mod selection;
mod suspension;
mod team;
mod told;

pub use clients::*;
pub use domains::*;
pub use employees::*;
pub use import::*;
pub use import_run::*;
pub use invitations::*;
pub use profile::*;
pub use registrations::*;
pub use requests::*;
pub use rules::*;
pub use selection::*;
pub use suspension::*;
pub use team::*;
pub use told::*;
