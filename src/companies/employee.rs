//! What employees see of their company: its pictures and its colours.

use actix_web::{HttpResponse, http::header, web};
use uuid::Uuid;

use super::{pictures, queries};
use crate::infra::{actor::Employee, error::PageResult, role_scope::RoleScope};

/// Mounts the employee's addresses of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope
        .get("/company/pictures/{picture}", show_picture)
        .get("/company/colours.css", show_colours);
}

async fn show_picture(employee: Employee, picture: web::Path<Uuid>) -> PageResult {
    let id = picture.into_inner();
    let jpeg = employee
        .db()
        .read(move |tx| queries::picture(tx, id))
        .await?;
    Ok(pictures::answer(jpeg))
}

/// The company's two colours as custom properties: pages hold no style of their own.
async fn show_colours(employee: Employee) -> PageResult {
    let look = employee.db().read(queries::look).await?;
    // Six hexadecimal digits each, by the columns' check.
    let sheet = match (look.back_color, look.ink_color) {
        (Some(back), Some(ink)) => {
            format!(":root{{--company-back:{back};--company-ink:{ink}}}")
        }
        _ => String::new(),
    };
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(sheet))
}
