//! The invitation's link: from an e-mail to an account of one's own. And a company's request to join.

use actix_web::{http::StatusCode, web};
use askama::Template;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::queries::{self, Acceptance, Invited, LinkState};
use crate::{
    auth::{
        self,
        password::{PasswordHasher, Verdict},
        public::NewPasswordForm,
    },
    infra::{
        actor::{Visitor, render_status, see_other},
        crypto::{LinkPurpose, LinkToken},
        error::{AppError, PageResult},
        form::{Form, FormErrors},
        i18n::Locale,
        page::{Choice, PageContext, filters},
        role_scope::RoleScope,
        session::{self, AccountRole, Proven},
    },
    privacy::consents::{CURRENT_VERSION, Consent},
};

mod registrations;
mod requests;

/// Mounts the visitor's pages of this domain.
pub fn routes(scope: &mut RoleScope<Visitor>) {
    scope
        .get("/invitation/{token}", show_invitation)
        .post("/invitation/{token}", accept);
    requests::routes(scope);
    registrations::routes(scope);
}

#[derive(Template)]
#[template(path = "companies/public/invitation.html")]
struct InvitationPage {
    page: PageContext,
    token: String,
    invited: Invited,
    locales: Vec<Choice>,
    locale: String,
    agreed: Vec<Consent>,
    errors: FormErrors,
}

impl InvitationPage {
    fn agrees(&self, consent: Consent) -> bool {
        self.agreed.contains(&consent)
    }

    fn asks(&self, consent: Consent) -> bool {
        asked_of(self.invited.role).contains(&consent)
    }
}

/// What activating an account asks somebody to agree to: HR has no data of its own health here.
fn asked_of(role: AccountRole) -> &'static [Consent] {
    match role {
        AccountRole::Employee => &Consent::ALL,
        _ => &[Consent::Terms],
    }
}

/// What a link that cannot be used says: what happened, and the next step.
#[derive(Template)]
#[template(path = "companies/public/closed_link.html")]
struct ClosedLinkPage {
    page: PageContext,
    icon: &'static str,
    title_key: &'static str,
    text_key: &'static str,
    next_key: &'static str,
    may_sign_in: bool,
}

fn draw_closed(visitor: &Visitor, state: &LinkState) -> PageResult {
    let (icon, [title_key, text_key, next_key]) = match state {
        LinkState::Open(_) | LinkState::Unknown => (
            "circle-help",
            [
                "companies-link-unknown-title",
                "companies-link-unknown-text",
                "companies-link-unknown-next",
            ],
        ),
        LinkState::Replaced => (
            "mail",
            [
                "companies-link-replaced-title",
                "companies-link-replaced-text",
                "companies-link-replaced-next",
            ],
        ),
        LinkState::Expired => (
            "clock",
            [
                "companies-link-expired-title",
                "companies-link-expired-text",
                "companies-link-expired-next",
            ],
        ),
        LinkState::Used { .. } => (
            "circle-check",
            [
                "companies-link-used-title",
                "companies-link-used-text",
                "companies-link-used-next",
            ],
        ),
        LinkState::Closed => (
            "lock",
            [
                "companies-link-closed-title",
                "companies-link-closed-text",
                "companies-link-closed-next",
            ],
        ),
    };
    let template = ClosedLinkPage {
        page: visitor.page(),
        icon,
        title_key,
        text_key,
        next_key,
        may_sign_in: matches!(state, LinkState::Used { .. }),
    };
    render_status(&template.page, &template, StatusCode::GONE)
}

/// A genuine link, and what it proves: whoever holds it reads the invited person's mail.
struct Followed {
    link: LinkToken,
    proven: Proven,
}

impl Followed {
    fn verify(visitor: &Visitor, token: &str) -> Option<Self> {
        let link = visitor
            .app()
            .links
            .verify(LinkPurpose::Invitation, token)
            .ok()?;
        Some(Self {
            link,
            proven: Proven::checked(link.user_id, None),
        })
    }

    async fn state(&self, visitor: &Visitor) -> Result<LinkState, AppError> {
        let link = self.link;
        visitor
            .db_as(&self.proven)
            .read(move |tx| queries::follow_link(tx, link))
            .await
    }
}

async fn show_invitation(visitor: Visitor, token: web::Path<String>) -> PageResult {
    let state = match Followed::verify(&visitor, &token) {
        Some(followed) => followed.state(&visitor).await?,
        None => LinkState::Unknown,
    };
    match state {
        LinkState::Open(invited) => {
            let locale = visitor.page().locale;
            let form = AcceptanceForm {
                locale: locale.code().to_owned(),
                ..AcceptanceForm::default()
            };
            draw_open(
                &visitor,
                token.into_inner(),
                *invited,
                &form,
                FormErrors::default(),
            )
        }
        closed => draw_closed(&visitor, &closed),
    }
}

fn draw_open(
    visitor: &Visitor,
    token: String,
    invited: Invited,
    form: &AcceptanceForm,
    errors: FormErrors,
) -> PageResult {
    let status = errors.status();
    let template = InvitationPage {
        page: visitor.page(),
        token,
        invited,
        locales: Locale::ALL
            .into_iter()
            .map(|locale| Choice::new(locale.code(), locale.endonym()))
            .collect(),
        locale: form.locale.clone(),
        agreed: form.agreed(),
        errors,
    };
    render_status(&template.page, &template, status)
}

/// Everything an invited person decides on one page.
#[derive(Default, Deserialize)]
struct AcceptanceForm {
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    password_again: SecretString,
    #[serde(default)]
    locale: String,
    #[serde(default)]
    terms: String,
    #[serde(default)]
    health_data: String,
}

impl AcceptanceForm {
    fn agreed(&self) -> Vec<Consent> {
        let ticked = |consent: &Consent| match consent {
            Consent::Terms => self.terms == "true",
            Consent::HealthData => self.health_data == "true",
        };
        Consent::ALL.into_iter().filter(ticked).collect()
    }

    fn check(&self, invited: &Invited) -> FormErrors {
        let mut errors = FormErrors::default();
        let password = NewPasswordForm {
            password: self.password.clone(),
            password_again: self.password_again.clone(),
        };
        let personal = [
            invited.first_name.as_str(),
            &invited.last_name,
            &invited.email,
            &invited.company,
        ];
        password.check(&personal, &mut errors);
        let agreed = self.agreed();
        for consent in asked_of(invited.role) {
            if !agreed.contains(consent) {
                errors.add(consent.kind(), "companies-consent-missing");
            }
        }
        errors
    }
}

async fn accept(
    visitor: Visitor,
    hasher: web::Data<PasswordHasher>,
    token: web::Path<String>,
    Form(form): Form<AcceptanceForm>,
) -> PageResult {
    let Some(followed) = Followed::verify(&visitor, &token) else {
        return draw_closed(&visitor, &LinkState::Unknown);
    };
    let invited = match followed.state(&visitor).await? {
        LinkState::Open(invited) => *invited,
        closed => {
            return already_accepted(&visitor, &hasher, &followed, form.password, closed).await;
        }
    };
    let errors = form.check(&invited);
    if !errors.is_empty() {
        return draw_open(&visitor, token.into_inner(), invited, &form, errors);
    }
    let page_locale = visitor.page().locale;
    let acceptance = Acceptance {
        link: followed.link,
        password_hash: hasher
            .hash(form.password.clone())
            .await
            .map_err(AppError::internal)?,
        locale: Locale::from_code(&form.locale).unwrap_or(page_locale),
        read_in: page_locale,
        consents: asked_of(invited.role)
            .iter()
            .copied()
            .filter(|consent| form.agreed().contains(consent))
            .collect(),
        role: invited.role,
    };
    let role = invited.role;
    let accepted = visitor
        .db_as(&followed.proven)
        .write(move |tx| queries::accept_invitation(tx, &acceptance))
        .await?;
    if accepted {
        return enter(&visitor, &followed.proven, role);
    }
    let state = followed.state(&visitor).await?;
    already_accepted(&visitor, &hasher, &followed, form.password, state).await
}

fn enter(visitor: &Visitor, proven: &Proven, role: AccountRole) -> PageResult {
    session::begin(&visitor.session(), proven)?;
    Ok(see_other(role.home()))
}

/// The second of two clicks holds the password that the first one set, so it signs in as well.
/// Later than that, a used link is worth nothing: whoever holds it has to sign in.
async fn already_accepted(
    visitor: &Visitor,
    hasher: &PasswordHasher,
    followed: &Followed,
    password: SecretString,
    state: LinkState,
) -> PageResult {
    let role = match state {
        LinkState::Used {
            just_now: true,
            role,
        } if !password.expose_secret().is_empty() => role,
        _ => return draw_closed(visitor, &state),
    };
    let stored = visitor
        .db_as(&followed.proven)
        .read(auth::queries::own_password_hash)
        .await?;
    let verdict = hasher
        .verify(password, Some(SecretString::from(stored)))
        .await
        .map_err(AppError::internal)?;
    match verdict {
        Verdict::Right { .. } => enter(visitor, &followed.proven, role),
        _ => draw_closed(visitor, &state),
    }
}
