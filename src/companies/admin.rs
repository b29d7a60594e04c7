//! The platform admin's pages of companies: each client, and how much notice appointments ask for,
//! everywhere and company by company.

use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::NoticeHours,
    queries::{self, CompanyNotice},
};
use crate::infra::{
    actor::{Admin, render_status, see_other_with},
    error::{AppError, PageResult},
    form::{Form, FormErrors},
    page::{Choice, Flash, PageContext, filters},
    role_scope::RoleScope,
};

mod clients;

const RULES: &str = "/admin/appointment-rules";

/// Mounts the platform admin's pages of this domain.
pub fn routes(scope: &mut RoleScope<Admin>) {
    scope
        .get("/appointment-rules", show_rules)
        .post("/appointment-rules", set_platform_rule)
        .post("/appointment-rules/company", set_company_rule);
    clients::routes(scope);
}

/// The platform's rule, as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PlatformForm {
    hours: String,
}

/// A company's rule, as it is sent; no hours: the platform's.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CompanyForm {
    company: String,
    company_hours: String,
}

#[derive(Template)]
#[template(path = "companies/admin/rules.html")]
struct RulesPage {
    page: PageContext,
    platform: PlatformForm,
    company: CompanyForm,
    companies: Vec<Choice>,
    /// The companies with a rule of their own.
    own: Vec<CompanyNotice>,
    errors: FormErrors,
}

async fn show_rules(admin: Admin) -> PageResult {
    draw(&admin, None, CompanyForm::default(), FormErrors::default()).await
}

async fn draw(
    admin: &Admin,
    platform: Option<PlatformForm>,
    company: CompanyForm,
    errors: FormErrors,
) -> PageResult {
    let (hours, companies) = admin
        .db()
        .read(|tx| {
            Ok::<_, AppError>((queries::platform_notice(tx)?, queries::company_notices(tx)?))
        })
        .await?;
    let status = errors.status();
    let template = RulesPage {
        platform: platform.unwrap_or_else(|| PlatformForm {
            hours: hours.to_string(),
        }),
        company,
        companies: companies
            .iter()
            .map(|company| Choice::new(company.id.to_string(), company.name.clone()))
            .collect(),
        own: companies
            .into_iter()
            .filter(|company| company.hours.is_some())
            .collect(),
        errors,
        page: admin.page(),
    };
    render_status(&template.page, &template, status)
}

async fn set_platform_rule(admin: Admin, Form(form): Form<PlatformForm>) -> PageResult {
    let Some(hours) = NoticeHours::parse(&form.hours) else {
        let mut errors = FormErrors::default();
        errors.add("hours", "companies-rules-hours-error");
        return draw(&admin, Some(form), CompanyForm::default(), errors).await;
    };
    admin
        .db()
        .write(move |tx| queries::set_platform_notice(tx, hours))
        .await?;
    Ok(see_other_with(
        RULES,
        Flash::success("companies-rules-saved"),
    ))
}

async fn set_company_rule(admin: Admin, Form(form): Form<CompanyForm>) -> PageResult {
    let mut errors = FormErrors::default();
    let hours = match form.company_hours.trim() {
        "" => None,
        text => {
            let hours = NoticeHours::parse(text);
            if hours.is_none() {
                errors.add("company_hours", "companies-rules-hours-error");
            }
            hours
        }
    };
    let id: Option<Uuid> = form.company.parse().ok();
    let known = match id.filter(|_| errors.is_empty()) {
        Some(id) => {
            admin
                .db()
                .write(move |tx| queries::set_company_notice(tx, id, hours))
                .await?
        }
        None => id.is_some(),
    };
    if !known {
        errors.add("company", "companies-rules-company-error");
    }
    if !errors.is_empty() {
        return draw(&admin, None, form, errors).await;
    }
    Ok(see_other_with(
        RULES,
        Flash::success("companies-rules-saved"),
    ))
}
