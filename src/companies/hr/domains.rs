//! `/rh/company/domains`: the domains that employees' addresses may have.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::company::tabs;
use crate::{
    companies::{
        domain_code::DomainCode,
        email_domains::EmailDomains,
        queries::{self, Claim, Claimed, Proved},
        request::work_address,
    },
    infra::{
        actor::{Hr, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors},
        i18n::Message,
        page::{Flash, PageContext, Tab, filters},
        role_scope::RoleScope,
    },
};

const DOMAINS: &str = "/rh/company/domains";

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/company/domains", show_domains)
        .post("/company/domains", claim)
        .post("/company/domains/removal", remove)
        .post("/company/domains/{claim}/code", prove);
}

/// An address at the domain.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ClaimForm {
    address: String,
}

#[derive(Template)]
#[template(path = "companies/hr/domains.html")]
struct DomainsPage {
    page: PageContext,
    tabs: Vec<Tab>,
    domains: EmailDomains,
    claims: Vec<Claim>,
    form: ClaimForm,
    /// Whose code was wrong.
    wrong: Option<Uuid>,
    errors: FormErrors,
}

impl DomainsPage {
    fn code_error(&self, claim: &Claim) -> Option<&Message> {
        self.errors
            .of("code")
            .filter(|_| self.wrong == Some(claim.id))
    }

    fn may_remove(&self) -> bool {
        self.domains.iter().count() > 1
    }
}

async fn show_domains(hr: Hr) -> PageResult {
    draw(&hr, ClaimForm::default(), (None, FormErrors::default())).await
}

async fn draw(hr: &Hr, form: ClaimForm, (wrong, errors): (Option<Uuid>, FormErrors)) -> PageResult {
    let (domains, claims) = hr
        .db()
        .read(|tx| {
            Ok::<_, crate::infra::error::AppError>((
                queries::email_domains(tx)?,
                queries::claims(tx)?,
            ))
        })
        .await?;
    let page = hr.page();
    let status = errors.status();
    let template = DomainsPage {
        tabs: tabs(&page, DOMAINS),
        page,
        domains,
        claims,
        form,
        wrong,
        errors,
    };
    render_status(&template.page, &template, status)
}

async fn claim(hr: Hr, Form(form): Form<ClaimForm>) -> PageResult {
    let mut errors = FormErrors::default();
    let claimed = match work_address(&form.address) {
        Err(message) => {
            errors.add("address", message);
            None
        }
        Ok(address) => Some(
            hr.db()
                .write(move |tx| queries::claim(tx, &address))
                .await?,
        ),
    };
    match claimed {
        Some(Claimed::Sent) => {
            let flash = Flash::success("clients-code-sent").with("email", form.address.trim());
            return Ok(see_other_with(DOMAINS, flash));
        }
        Some(Claimed::Own) => errors.add("address", "clients-domain-own"),
        Some(Claimed::TooMany) => errors.add("address", "clients-code-too-many"),
        None => {}
    }
    draw(&hr, form, (None, errors)).await
}

/// What somebody read in the mail.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CodeForm {
    code: String,
}

async fn prove(hr: Hr, claim: web::Path<Uuid>, Form(form): Form<CodeForm>) -> PageResult {
    let claim = claim.into_inner();
    let codes = DomainCode::of(hr.app());
    let proved = hr
        .db()
        .write(move |tx| queries::prove(tx, claim, &form.code, &codes))
        .await;
    let mut errors = FormErrors::default();
    match proved {
        Ok(Proved::Done(domain)) => {
            let flash = Flash::success("clients-domain-confirmed").with("domain", domain);
            return Ok(see_other_with(DOMAINS, flash));
        }
        Ok(Proved::Wrong(left)) => {
            errors.add(
                "code",
                Message::new("clients-code-wrong").with("count", left),
            );
        }
        Ok(Proved::Over) => errors.add("code", "clients-code-over"),
        Err(error) if error.is_constraint("company_domains_pkey") => {
            errors.add("code", "clients-domain-elsewhere");
        }
        Err(error) => return Err(error),
    }
    draw(&hr, ClaimForm::default(), (Some(claim), errors)).await
}

/// The domain to give up.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RemovalForm {
    domain: String,
}

async fn remove(hr: Hr, Form(form): Form<RemovalForm>) -> PageResult {
    let domain = form.domain.clone();
    let dropped = hr
        .db()
        .write(move |tx| queries::drop_domain(tx, &domain))
        .await?;
    let flash = if dropped {
        Flash::success("clients-domain-removed").with("domain", form.domain)
    } else {
        Flash::info("clients-domain-kept")
    };
    Ok(see_other_with(DOMAINS, flash))
}
