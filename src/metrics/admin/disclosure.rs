//! `/admin/companies/{id}/disclosure`: how much of its people's use a company's HR sees, chosen with it.

use actix_web::web;
use askama::Template;
use chrono::{Months, NaiveDate};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    infra::{
        actor::{Admin, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors},
        i18n,
        page::{Choice, Crumb, Flash, PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::{
        disclosure::Setting,
        queries::{self, disclosure},
    },
};

/// Characters of who agreed.
const AGREED_MAX: usize = 200;

pub(super) fn routes(scope: &mut RoleScope<Admin>) {
    scope
        .get("/companies/{id}/disclosure", show_disclosure)
        .post("/companies/{id}/disclosure", choose);
}

/// A choice, as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DisclosureForm {
    setting: String,
    agreed_with: String,
}

#[derive(Template)]
#[template(path = "metrics/admin/disclosure.html")]
struct DisclosurePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    action: String,
    company: String,
    current: Setting,
    next_month: NaiveDate,
    settings: Vec<Choice>,
    form: DisclosureForm,
    errors: FormErrors,
    choices: Vec<disclosure::Choice>,
}

async fn show_disclosure(admin: Admin, id: web::Path<Uuid>) -> PageResult {
    draw(
        &admin,
        *id,
        DisclosureForm::default(),
        FormErrors::default(),
    )
    .await
}

async fn draw(
    admin: &Admin,
    company: Uuid,
    mut form: DisclosureForm,
    errors: FormErrors,
) -> PageResult {
    let (today, subject, choices) = admin
        .db()
        .read(move |tx| {
            let today = queries::today(tx)?;
            let (subject, choices) = disclosure::choices_of(tx, company, today)?;
            Ok((today, subject, choices))
        })
        .await?;
    let page = admin.page();
    let text = |key| i18n::text(page.locale, key);
    if form.setting.is_empty() {
        // What is in force, or will be.
        let latest = choices.first().map(|choice| choice.setting);
        form.setting = latest.unwrap_or(subject.setting()).code().to_owned();
    }
    let status = errors.status();
    let template = DisclosurePage {
        crumbs: vec![Crumb::new("/admin/companies", text("metrics-companies"))],
        action: format!("/admin/companies/{company}/disclosure"),
        current: subject.setting(),
        company: subject.name,
        next_month: today.checked_add_months(Months::new(1)).unwrap_or(today),
        settings: Setting::ALL
            .into_iter()
            .map(|setting| {
                Choice::new(setting.code(), text(setting.label_key()))
                    .detail(text(setting.text_key()))
            })
            .collect(),
        form,
        errors,
        choices,
        page,
    };
    render_status(&template.page, &template, status)
}

async fn choose(admin: Admin, id: web::Path<Uuid>, Form(form): Form<DisclosureForm>) -> PageResult {
    let company = *id;
    let setting = Setting::from_code(&form.setting);
    let agreed_with = form.agreed_with.trim().to_owned();
    let mut errors = FormErrors::default();
    if setting.is_none() {
        errors.add("setting", "metrics-setting-error");
    }
    if agreed_with.is_empty() || agreed_with.chars().count() > AGREED_MAX {
        errors.add("agreed_with", "metrics-setting-agreed-error");
    }
    match setting {
        Some(setting) if errors.is_empty() => {
            admin
                .db()
                .write(move |tx| disclosure::choose(tx, company, setting, &agreed_with))
                .await?;
            Ok(see_other_with(
                &format!("/admin/companies/{company}/disclosure"),
                Flash::success("metrics-setting-saved"),
            ))
        }
        _ => draw(&admin, company, form, errors).await,
    }
}
