//! The practitioner's say: a report of a problem.

use super::report;
use crate::infra::{
    actor::{Practitioner, kinds},
    role_scope::RoleScope,
};

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    type Side = kinds::Practitioner;
    scope
        .get("/consultations/{id}/report", report::show_report::<Side>)
        .post("/consultations/{id}/report", report::send_report::<Side>);
}
