//! HR's screens: the list of employees, one employee, the import of a file; the company, its domains
//! HR's own team and what each of it wants to be told.
//!
//! HR administers accounts here. Nothing on these screens says who consults whom, when or why: the
//! role has no grant on the tables that would know.

mod company;
mod domains;
mod employee;
mod employees;
mod import;
mod registrations;
mod report;
mod selection;
mod settings;
mod team;

use super::words;
use crate::infra::{actor::Hr, role_scope::RoleScope};

/// Mounts HR's pages of this domain.
pub fn routes(scope: &mut RoleScope<Hr>) {
    import::routes(scope);
    report::routes(scope);
    employees::routes(scope);
    registrations::routes(scope);
    selection::routes(scope);
    employee::routes(scope);
    company::routes(scope);
    domains::routes(scope);
    team::routes(scope);
    settings::routes(scope);
}
