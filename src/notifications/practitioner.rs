//! The practitioner's notices.

use super::screen;
use crate::infra::{actor::Practitioner, role_scope::RoleScope};

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    screen::routes(scope);
}
