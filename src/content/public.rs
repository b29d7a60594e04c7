//! The visitor's pages: welcome, confidentiality.

use askama::Template;

use crate::{
    infra::{
        actor::{Visitor, render, see_other},
        error::PageResult,
        i18n::Message,
        page::{PageContext, filters},
        role_scope::RoleScope,
    },
    privacy::retention::RULES,
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
        return Ok(see_other(identity.home()));
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
    kept: Vec<Kept>,
}

/// A line of the table of what is kept.
struct Kept {
    what_key: &'static str,
    long: Message,
    why_key: &'static str,
}

async fn show_confidentiality(visitor: Visitor) -> PageResult {
    let config = &visitor.app().config;
    let kept = RULES.iter().map(|rule| Kept {
        what_key: rule.what_key,
        long: rule.long(config),
        why_key: rule.why_key,
    });
    let template = ConfidentialityPage {
        kept: kept.collect(),
        page: visitor.page(),
    };
    render(&template.page, &template)
}
