//! What employees see of practitioners beside the booking pages: their portraits.

use actix_web::web;
use uuid::Uuid;

use super::{portraits, queries::own};
use crate::infra::{actor::Employee, error::PageResult, role_scope::RoleScope};

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope.get("/portraits/{id}", show_portrait);
}

async fn show_portrait(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let jpeg = employee.db().read(move |tx| own::portrait(tx, id)).await?;
    Ok(portraits::answer(jpeg))
}
