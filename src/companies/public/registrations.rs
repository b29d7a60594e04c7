//! `/register`: employees ask for their account themselves, and prove their address.
//!
//! The pages say the same to everybody: whether an address or a company is known is for the mailbox alone.

use actix_web::{http::StatusCode, web};
use askama::Template;

use crate::{
    companies::{
        queries::{self, Confirmed, RegistrationState},
        registration::{LINK_HOURS, RegistrationForm, Wrong},
        words,
    },
    infra::{
        actor::{Visitor, render_status, see_other},
        crypto::{LinkPurpose, LinkToken},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing},
        page::{PageContext, filters},
        role_scope::RoleScope,
    },
};

pub(super) fn routes(scope: &mut RoleScope<Visitor>) {
    scope
        .get("/register", show_form)
        .post("/register", ask)
        .get("/register/{token}", show_link)
        .post("/register/{token}", confirm);
}

#[derive(Template)]
#[template(path = "companies/public/registration.html")]
struct RegistrationPage {
    page: PageContext,
    form: RegistrationForm,
    errors: FormErrors,
    sent: bool,
}

fn draw(
    visitor: &Visitor,
    form: RegistrationForm,
    (errors, sent): (FormErrors, bool),
    status: StatusCode,
) -> PageResult {
    let template = RegistrationPage {
        page: visitor.page(),
        form,
        errors,
        sent,
    };
    render_status(&template.page, &template, status)
}

async fn show_form(visitor: Visitor) -> PageResult {
    let nothing = (FormErrors::default(), false);
    draw(
        &visitor,
        RegistrationForm::default(),
        nothing,
        StatusCode::OK,
    )
}

async fn ask(visitor: Visitor, Form(form): Form<RegistrationForm>) -> PageResult {
    let mut errors = FormErrors::default();
    let entry = match form.read() {
        Ok(entry) => entry,
        Err(wrong) => {
            match wrong {
                Wrong::Address(message) => errors.add("email", message),
                Wrong::Fields(refusals, domains) => words::note(&mut errors, &refusals, &domains),
            }
            let status = errors.status();
            return draw(&visitor, form, (errors, false), status);
        }
    };
    let origin = visitor
        .app()
        .fingerprint(&format!("registration:{}", visitor.place()));
    let locale = visitor.page().locale;
    let taken = visitor
        .db()
        .write(move |tx| queries::register(tx, &entry, (&origin, locale)))
        .await?;
    if taken {
        return draw(&visitor, form, (errors, true), StatusCode::OK);
    }
    errors.add_form("employees-register-too-many");
    draw(
        &visitor,
        form,
        (errors, false),
        StatusCode::TOO_MANY_REQUESTS,
    )
}

/// What following a link shows.
#[derive(Template)]
#[template(path = "companies/public/registration_link.html")]
struct LinkPage {
    page: PageContext,
    token: String,
    state: RegistrationState,
    /// The address has an account, or somebody waits under it.
    known: bool,
}

impl LinkPage {
    fn title_key(&self) -> &'static str {
        match self.state {
            _ if self.known => "employees-register-known-title",
            RegistrationState::Open { .. } => "employees-register-open-title",
            RegistrationState::Waiting { .. } => "employees-register-waiting-title",
            RegistrationState::Closed => "employees-register-closed-title",
        }
    }
}

fn verify(visitor: &Visitor, token: &str) -> Option<LinkToken> {
    let links = &visitor.app().links;
    links.verify(LinkPurpose::Registration, token).ok()
}

async fn state_of(
    visitor: &Visitor,
    link: Option<LinkToken>,
) -> Result<RegistrationState, AppError> {
    match link {
        None => Ok(RegistrationState::Closed),
        Some(link) => {
            visitor
                .db()
                .read(move |tx| queries::registration_state(tx, link))
                .await
        }
    }
}

fn draw_link(
    visitor: &Visitor,
    token: String,
    (state, known): (RegistrationState, bool),
) -> PageResult {
    let status = match state {
        RegistrationState::Closed if !known => StatusCode::GONE,
        _ => StatusCode::OK,
    };
    let template = LinkPage {
        page: visitor.page(),
        token,
        state,
        known,
    };
    render_status(&template.page, &template, status)
}

async fn show_link(visitor: Visitor, token: web::Path<String>) -> PageResult {
    let state = state_of(&visitor, verify(&visitor, &token)).await?;
    draw_link(&visitor, token.into_inner(), (state, false))
}

async fn confirm(
    visitor: Visitor,
    token: web::Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let link = verify(&visitor, &token);
    let confirmed = match link {
        Some(link) => {
            visitor
                .db()
                .write(move |tx| queries::confirm_registration(tx, link))
                .await?
        }
        None => Confirmed::Closed,
    };
    if let Confirmed::Registered(invitation) = confirmed {
        let token = visitor
            .app()
            .links
            .sign(LinkPurpose::Invitation, &invitation);
        return Ok(see_other(&format!("/invitation/{token}")));
    }
    // Whoever sends it twice reads the same.
    let state = state_of(&visitor, link).await?;
    let known = matches!(confirmed, Confirmed::Known);
    draw_link(&visitor, token.into_inner(), (state, known))
}
