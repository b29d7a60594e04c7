//! `/company-request`: a company asks to join, and proves its address.

use actix_web::{http::StatusCode, web};
use askama::Template;

use crate::{
    companies::{
        queries::{self, RequestState},
        request::{CompanySize, LINK_HOURS, MESSAGE_CHARS, RequestForm},
    },
    infra::{
        actor::{Visitor, render_status},
        crypto::{LinkPurpose, LinkToken},
        error::PageResult,
        form::{Form, FormErrors, Nothing},
        i18n::text,
        page::{Choice, PageContext, filters},
        role_scope::RoleScope,
    },
};

pub(super) fn routes(scope: &mut RoleScope<Visitor>) {
    scope
        .get("/company-request", show_form)
        .post("/company-request", ask)
        .get("/company-request/{token}", show_link)
        .post("/company-request/{token}", confirm);
}

#[derive(Template)]
#[template(path = "companies/public/request.html")]
struct RequestPage {
    page: PageContext,
    form: RequestForm,
    sizes: Vec<Choice>,
    errors: FormErrors,
    sent: bool,
}

fn draw(
    visitor: &Visitor,
    form: RequestForm,
    (errors, sent): (FormErrors, bool),
    status: StatusCode,
) -> PageResult {
    let page = visitor.page();
    let template = RequestPage {
        sizes: CompanySize::ALL
            .into_iter()
            .map(|size| Choice::new(size.code(), text(page.locale, size.label_key())))
            .collect(),
        page,
        form,
        errors,
        sent,
    };
    render_status(&template.page, &template, status)
}

async fn show_form(visitor: Visitor) -> PageResult {
    let nothing = (FormErrors::default(), false);
    draw(&visitor, RequestForm::default(), nothing, StatusCode::OK)
}

async fn ask(visitor: Visitor, Form(form): Form<RequestForm>) -> PageResult {
    let mut errors = FormErrors::default();
    let draft = match form.read() {
        Ok(draft) => draft,
        Err(wrong) => {
            for (field, message) in wrong {
                errors.add(field, message);
            }
            let status = errors.status();
            return draw(&visitor, form, (errors, false), status);
        }
    };
    let origin = visitor
        .app()
        .fingerprint(&format!("company-request:{}", visitor.place()));
    let locale = visitor.page().locale;
    let taken = visitor
        .db()
        .write(move |tx| queries::ask_to_join(tx, &draft, (&origin, locale)))
        .await?;
    if taken {
        return draw(&visitor, form, (errors, true), StatusCode::OK);
    }
    errors.add_form("clients-request-too-many");
    draw(
        &visitor,
        form,
        (errors, false),
        StatusCode::TOO_MANY_REQUESTS,
    )
}

/// What following a request's link shows.
#[derive(Template)]
#[template(path = "companies/public/request_link.html")]
struct LinkPage {
    page: PageContext,
    token: String,
    state: RequestState,
}

impl LinkPage {
    fn title_key(&self) -> &'static str {
        match self.state {
            RequestState::Open { .. } => "clients-link-open",
            RequestState::Confirmed => "clients-link-confirmed",
            RequestState::Expired | RequestState::Unknown => "clients-link-closed",
        }
    }
}

fn verify(visitor: &Visitor, token: &str) -> Option<LinkToken> {
    let links = &visitor.app().links;
    links.verify(LinkPurpose::CompanyRequest, token).ok()
}

async fn state_of(
    visitor: &Visitor,
    link: Option<LinkToken>,
) -> Result<RequestState, crate::infra::error::AppError> {
    match link {
        None => Ok(RequestState::Unknown),
        Some(link) => {
            visitor
                .db()
                .read(move |tx| queries::request_state(tx, link))
                .await
        }
    }
}

fn draw_link(visitor: &Visitor, token: String, state: RequestState) -> PageResult {
    let status = match state {
        RequestState::Open { .. } | RequestState::Confirmed => StatusCode::OK,
        RequestState::Expired | RequestState::Unknown => StatusCode::GONE,
    };
    let template = LinkPage {
        page: visitor.page(),
        token,
        state,
    };
    render_status(&template.page, &template, status)
}

async fn show_link(visitor: Visitor, token: web::Path<String>) -> PageResult {
    let state = state_of(&visitor, verify(&visitor, &token)).await?;
    draw_link(&visitor, token.into_inner(), state)
}

async fn confirm(
    visitor: Visitor,
    token: web::Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let link = verify(&visitor, &token);
    if let Some(link) = link {
        visitor
            .db()
            .write(move |tx| queries::confirm_request(tx, link))
            .await?;
    }
    // Whoever sends it twice reads the same: it is confirmed.
    let state = state_of(&visitor, link).await?;
    draw_link(&visitor, token.into_inner(), state)
}
