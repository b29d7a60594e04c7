//! HR's screens: the list of employees, one employee, the import of a file.
//!
//! HR administers accounts here. Nothing on these screens says who consults whom, when or why: the
//! role has no grant on the tables that would know.

mod employees;
mod import;
mod words;

use crate::infra::{actor::Hr, role_scope::RoleScope};

/// Mounts HR's pages of this domain.
pub fn routes(scope: &mut RoleScope<Hr>) {
    import::routes(scope);
    employees::routes(scope);
}
