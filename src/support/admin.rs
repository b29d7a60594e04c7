//! `/admin/support`: what companies ask, answered by the platform.

mod canned;
mod list;
mod ticket;

use uuid::Uuid;

use crate::infra::{
    actor::Admin,
    i18n,
    page::{Crumb, PageContext},
    role_scope::RoleScope,
};

/// Where the tickets are.
const HOME: &str = "/admin/support";

/// Mounts the platform admin's pages of this domain.
pub fn routes(scope: &mut RoleScope<Admin>) {
    scope
        .get("/support", list::show_tickets)
        .get("/support/answers", canned::show_answers)
        .post("/support/answers", canned::keep)
        .get("/support/answers/{answer}", canned::show_answer)
        .post("/support/answers/{answer}", canned::change)
        .post("/support/answers/{answer}/deletion", canned::delete)
        .get("/support/{case}", ticket::show_ticket)
        .post("/support/{case}/messages", ticket::answer)
        .post("/support/{case}/notes", ticket::add_note)
        .post("/support/{case}/transfer", ticket::transfer)
        .post("/support/{case}/escalation", ticket::escalate)
        .post("/support/{case}/calming", ticket::calm)
        .post("/support/{case}/resolution", ticket::resolve)
        .get("/support/{case}/files/{file}", ticket::show_file);
}

fn path_of(ticket: Uuid) -> String {
    format!("{HOME}/{ticket}")
}

fn home_crumb(page: &PageContext) -> Crumb {
    Crumb::new(HOME, i18n::text(page.locale, "support-admin-title"))
}
