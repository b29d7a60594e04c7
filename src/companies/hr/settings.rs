//! `/rh/settings`: what a member of HR is told, and in which language.

use std::collections::HashMap;

use askama::Template;

use crate::{
    companies::{queries, told::Topic},
    infra::{
        actor::{Hr, render, see_other_with},
        error::PageResult,
        form::Form,
        i18n::Locale,
        page::{Choice, Flash, PageContext, filters},
        role_scope::RoleScope,
    },
};

const SETTINGS: &str = "/rh/settings";

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/settings", show_settings)
        .post("/settings", change_settings);
}

#[derive(Template)]
#[template(path = "companies/hr/settings.html")]
struct SettingsPage {
    page: PageContext,
    locales: Vec<Choice>,
    email: String,
    team: bool,
    domains: bool,
}

async fn show_settings(hr: Hr) -> PageResult {
    let muted = hr.db().read(queries::muted).await?;
    let template = SettingsPage {
        page: hr.page(),
        locales: Locale::ALL
            .into_iter()
            .map(|locale| Choice::new(locale.code(), locale.endonym()))
            .collect(),
        email: hr.identity().email.clone(),
        team: !muted.contains(&Topic::Team),
        domains: !muted.contains(&Topic::Domains),
    };
    render(&template.page, &template)
}

/// What is not ticked is not there.
async fn change_settings(hr: Hr, Form(fields): Form<HashMap<String, String>>) -> PageResult {
    let is_ticked = |topic: &Topic| {
        fields
            .get(topic.code())
            .is_some_and(|value| value == "true")
    };
    let muted: Vec<_> = Topic::ALL
        .into_iter()
        .filter(|topic| !is_ticked(topic))
        .collect();
    hr.db().write(move |tx| queries::mute(tx, &muted)).await?;
    Ok(see_other_with(
        SETTINGS,
        Flash::success("clients-settings-saved"),
    ))
}
