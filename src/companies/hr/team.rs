//! `/rh/company/team`: who shares the company's HR.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::company::tabs;
use crate::{
    companies::{
        member::MemberForm,
        queries::{self, NotInvited, TeamMember},
    },
    infra::{
        actor::{Hr, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors, Nothing},
        i18n::Locale,
        page::{Choice, Flash, PageContext, Tab, filters},
        role_scope::RoleScope,
    },
};

const TEAM: &str = "/rh/company/team";

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/company/team", show_team)
        .post("/company/team", invite)
        .post("/company/team/{member}/invitation", resend)
        .post("/company/team/{member}/suspension", suspend)
        .post("/company/team/{member}/reactivation", reactivate);
}

#[derive(Template)]
#[template(path = "companies/hr/team.html")]
struct TeamPage {
    page: PageContext,
    tabs: Vec<Tab>,
    team: Vec<TeamMember>,
    me: Uuid,
    /// Whether suspending an active account would leave nobody.
    is_last: bool,
    form: MemberForm,
    locales: Vec<Choice>,
    errors: FormErrors,
}

async fn show_team(hr: Hr) -> PageResult {
    draw(&hr, MemberForm::default(), FormErrors::default()).await
}

async fn draw(hr: &Hr, form: MemberForm, errors: FormErrors) -> PageResult {
    let team = hr.db().read(queries::own_team).await?;
    let page = hr.page();
    let status = errors.status();
    let active = team.iter().filter(|member| member.is_active()).count();
    let template = TeamPage {
        tabs: tabs(&page, TEAM),
        page,
        team,
        me: hr.user_id(),
        is_last: active < 2,
        form,
        locales: Locale::ALL
            .into_iter()
            .map(|locale| Choice::new(locale.code(), locale.endonym()))
            .collect(),
        errors,
    };
    render_status(&template.page, &template, status)
}

async fn invite(hr: Hr, Form(form): Form<MemberForm>) -> PageResult {
    let mut errors = FormErrors::default();
    let invited = match form.read() {
        Err(wrong) => {
            for (field, message) in wrong {
                errors.add(field, message);
            }
            None
        }
        Ok(member) => Some(
            hr.db()
                .write(move |tx| queries::invite_colleague(tx, &member))
                .await?,
        ),
    };
    match invited {
        Some(Ok(_)) => {
            let flash = Flash::success("clients-member-invited").with("email", form.email.trim());
            return Ok(see_other_with(TEAM, flash));
        }
        Some(Err(NotInvited::Taken)) => errors.add("email", "clients-member-taken"),
        Some(Err(NotInvited::Elsewhere | NotInvited::Closed)) => {
            errors.add("email", "clients-address-not-allowed");
        }
        None => {}
    }
    draw(&hr, form, errors).await
}

/// The link that the page showed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ResendForm {
    issue: String,
}

async fn resend(hr: Hr, member: web::Path<Uuid>, Form(form): Form<ResendForm>) -> PageResult {
    let member = member.into_inner();
    let issue = form.issue.parse::<i32>();
    let sent = hr
        .db()
        .write(move |tx| {
            // Whose it is comes first: another company's is not found, whatever is sent with it.
            queries::resend_to_colleague(tx, member, issue.unwrap_or(0))
        })
        .await?;
    let flash = if sent {
        Flash::success("clients-member-resent")
    } else {
        Flash::info("companies-invitation-not-needed")
    };
    Ok(see_other_with(TEAM, flash))
}

async fn suspend(hr: Hr, member: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let member = member.into_inner();
    let suspended = hr
        .db()
        .write(move |tx| queries::suspend_colleague(tx, member))
        .await;
    let flash = match suspended {
        Ok(person) => Flash::success("clients-member-suspended").with("name", person.name()),
        Err(error) if error.is_constraint("users_last_hr") => Flash::error("clients-member-last"),
        Err(error) => return Err(error),
    };
    Ok(see_other_with(TEAM, flash))
}

async fn reactivate(
    hr: Hr,
    member: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let member = member.into_inner();
    let person = hr
        .db()
        .write(move |tx| queries::reactivate_colleague(tx, member))
        .await?;
    Ok(see_other_with(
        TEAM,
        Flash::success("clients-member-reactivated").with("name", person.name()),
    ))
}
