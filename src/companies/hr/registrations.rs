//! `/rh/employees/registrations`: whether employees may register themselves, and who waits.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::employees::{crumbs, full};
use crate::{
    companies::{
        queries::{self, Approval, WaitingPerson},
        registration::SelfRegistration,
    },
    infra::{
        actor::{Hr, render, see_other_with},
        error::{AppError, PageResult},
        form::{Form, Nothing},
        i18n::text,
        page::{Choice, Crumb, Flash, PageContext, filters},
        role_scope::RoleScope,
    },
};

const PATH: &str = "/rh/employees/registrations";
/// People on the page: those who wait longest.
const SHOWN: i64 = 50;

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/employees/registrations", show_registrations)
        .post("/employees/registrations", set_rule)
        .post("/employees/registrations/{id}/approval", approve)
        .post("/employees/registrations/{id}/refusal", refuse);
}

#[derive(Template)]
#[template(path = "companies/hr/registrations.html")]
struct RegistrationsPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    rules: Vec<Choice>,
    rule: SelfRegistration,
    address: String,
    people: Vec<WaitingPerson>,
    waiting: i64,
}

impl RegistrationsPage {
    fn is_open(&self) -> bool {
        self.rule != SelfRegistration::Off
    }
}

fn rule_keys(rule: SelfRegistration) -> (&'static str, &'static str) {
    match rule {
        SelfRegistration::Off => ("employees-rule-off", "employees-rule-off-text"),
        SelfRegistration::Approval => ("employees-rule-approval", "employees-rule-approval-text"),
        SelfRegistration::Automatic => {
            ("employees-rule-automatic", "employees-rule-automatic-text")
        }
    }
}

async fn show_registrations(hr: Hr) -> PageResult {
    let (rule, waiting, people) = hr
        .db()
        .read(|tx| {
            Ok::<_, AppError>((
                queries::self_registration(tx)?,
                queries::count_waiting(tx)?,
                queries::waiting_people(tx, SHOWN)?,
            ))
        })
        .await?;
    let page = hr.page();
    let template = RegistrationsPage {
        crumbs: crumbs(&page),
        rules: SelfRegistration::ALL
            .into_iter()
            .map(|rule| {
                let (label, detail) = rule_keys(rule);
                Choice::new(rule.code(), text(page.locale, label)).detail(text(page.locale, detail))
            })
            .collect(),
        rule,
        address: format!("{}/register", hr.app().config.public_url),
        people,
        waiting,
        page,
    };
    render(&template.page, &template)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RuleForm {
    rule: String,
}

async fn set_rule(hr: Hr, Form(form): Form<RuleForm>) -> PageResult {
    let Some(rule) = SelfRegistration::from_code(&form.rule) else {
        return Ok(see_other_with(PATH, Flash::info("employees-rule-which")));
    };
    hr.db()
        .write(move |tx| queries::set_self_registration(tx, rule))
        .await?;
    Ok(see_other_with(PATH, Flash::success("employees-rule-saved")))
}

async fn approve(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    let approval = hr
        .db()
        .write(move |tx| queries::approve_registration(tx, id))
        .await?;
    let flash = match approval {
        Approval::Done(person) => {
            Flash::success("employees-registration-approved").with("email", person.email)
        }
        Approval::Impossible(person) => {
            Flash::warning("employees-registration-impossible").with("email", person.email)
        }
        Approval::Full(seats) => Flash::error(full(seats)),
    };
    Ok(see_other_with(PATH, flash))
}

async fn refuse(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    let person = hr
        .db()
        .write(move |tx| queries::refuse_registration(tx, id))
        .await?;
    let flash = Flash::success("employees-registration-refused").with("email", person.email);
    Ok(see_other_with(PATH, flash))
}
