//! The visitor's pages: welcome, confidentiality.

use askama::Template;

use crate::infra::{
    actor::{Visitor, render, see_other},
    error::PageResult,
    page::{PageContext, filters},
    role_scope::RoleScope,
};

/// Mounts the visitor's pages of this domain.
pub fn routes(scope: &mut RoleScope<Visitor>) {
    scope
        .get("/", show_welcome)
        .get("/confidentiality", show_confidentiality);
}

#[derive(Template)]
#[template(path = "content/public/welcome.html")]
struct WelcomePage {
    page: PageContext,
}

async fn show_welcome(visitor: Visitor) -> PageResult {
    if let Some(identity) = visitor.identity() {
        return Ok(see_other(identity.role.home()));
    }
    let template = WelcomePage {
        page: visitor.page(),
    };
    render(&template.page, &template)
}

#[derive(Template)]
#[template(path = "content/public/confidentiality.html")]
struct ConfidentialityPage {
    page: PageContext,
}

async fn show_confidentiality(visitor: Visitor) -> PageResult {
    let template = ConfidentialityPage {
        page: visitor.page(),
    };
    render(&template.page, &template)
}
