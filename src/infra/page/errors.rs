//! The pages that say what went wrong, in the layout of one calm card. `infra::error` chooses among them.

use askama::Template;

use super::{PageContext, filters};
use crate::infra::i18n::Message;

/// 403: a right is missing inside the reader's own space.
#[derive(Template)]
#[template(path = "errors/403.html")]
pub struct ForbiddenPage {
    /// The page around it.
    pub page: PageContext,
}

/// 404: no such page, or another role's or tenant's.
#[derive(Template)]
#[template(path = "errors/404.html")]
pub struct NotFoundPage {
    /// The page around it.
    pub page: PageContext,
}

/// 409: what was asked cannot be done any more.
#[derive(Template)]
#[template(path = "errors/409.html")]
pub struct ConflictPage {
    /// The page around it.
    pub page: PageContext,
    /// What happened, and what to do next.
    pub message: Message,
    /// Where to go on from.
    pub back: String,
}

/// 422: the request cannot be understood, and it is not a form that could be shown again.
#[derive(Template)]
#[template(path = "errors/422.html")]
pub struct UnprocessablePage {
    /// The page around it.
    pub page: PageContext,
    /// What is wrong, and what to do next.
    pub message: Message,
    /// Where to go on from.
    pub back: String,
}

/// 500: our fault.
#[derive(Template)]
#[template(path = "errors/500.html")]
pub struct FailurePage {
    /// The page around it.
    pub page: PageContext,
    /// The request id, to be quoted to support; may be empty.
    pub reference: String,
}

/// 503: closed for a while, on purpose.
#[derive(Template)]
#[template(path = "errors/maintenance.html")]
pub struct MaintenancePage {
    /// The page around it.
    pub page: PageContext,
}
