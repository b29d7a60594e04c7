//! Signing in and out of nothing but a browser: sign-in, forgotten password, preferences of visitors.

use actix_web::{HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::{
    email_address::EmailAddress,
    jobs::PasswordResetRequested,
    model,
    password::{self, PasswordHasher, Verdict, Weakness},
    queries::{self, AttemptKeys, SignInAccount},
};
use crate::{
    infra::{
        actor::{Visitor, render, render_status, see_other, see_other_with},
        app::App,
        crypto::{LinkPurpose, LinkToken},
        error::{AppError, PageResult, url_query},
        form::{Form, FormErrors},
        i18n::{Locale, Message},
        jobs,
        page::{Flash, PageContext, Theme, filters},
        role_scope::RoleScope,
        session::{self, FORMER_HOME, Proven},
        shell,
    },
    privacy,
};

/// Mounts the visitor's pages of this domain.
pub fn routes(scope: &mut RoleScope<Visitor>) {
    scope
        .get("/login", show_sign_in)
        .post("/login", sign_in)
        .post("/logout", sign_out)
        .get("/password-reset", show_forgotten)
        .post("/password-reset", request_reset)
        .get("/password-reset/{token}", show_reset)
        .post("/password-reset/{token}", reset)
        .post("/preferences/language", choose_locale)
        .post("/preferences/theme", choose_theme);
}

#[derive(Template)]
#[template(path = "auth/public/sign_in.html")]
struct SignInPage {
    page: PageContext,
    email: String,
    return_to: String,
    errors: FormErrors,
}

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
struct ReturnTo {
    #[serde(default)]
    return_to: String,
}

impl ReturnTo {
    fn path(self) -> String {
        if model::is_local_path(&self.return_to) {
            self.return_to
        } else {
            String::new()
        }
    }
}

async fn show_sign_in(visitor: Visitor, query: web::Query<ReturnTo>) -> PageResult {
    if let Some(identity) = visitor.identity() {
        return Ok(see_other(identity.home()));
    }
    let template = SignInPage {
        page: visitor.page(),
        email: String::new(),
        return_to: query.into_inner().path(),
        errors: FormErrors::default(),
    };
    render(&template.page, &template)
}

/// A sign-in form.
#[derive(Deserialize)]
struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    return_to: String,
}

enum SignIn {
    Done(Proven, &'static str),
    Wrong,
    Wait(DateTime<Utc>),
}

async fn sign_in(
    visitor: Visitor,
    hasher: web::Data<PasswordHasher>,
    Form(form): Form<SignInForm>,
) -> PageResult {
    let return_to = ReturnTo {
        return_to: form.return_to,
    }
    .path();
    let mut errors = FormErrors::default();
    if form.email.trim().is_empty() {
        errors.add("email", "auth-sign-in-email-missing");
    }
    if form.password.expose_secret().is_empty() {
        errors.add("password", "auth-sign-in-password-missing");
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        match try_sign_in(&visitor, &hasher, &form.email, form.password).await? {
            SignIn::Done(proven, home) => {
                session::begin(&visitor.session(), &proven)?;
                // What somebody who left came from may be theirs no more.
                let target = if return_to.is_empty() || return_to == "/" || home == FORMER_HOME {
                    home
                } else {
                    &return_to
                };
                let asked = visitor
                    .db_as(&proven)
                    .read(privacy::queries::consents::is_to_be_asked)
                    .await?;
                if asked {
                    let texts = "/account/privacy/consents";
                    return Ok(see_other(&url_query(texts, "return_to", target)));
                }
                return Ok(see_other(target));
            }
            SignIn::Wrong => errors.add_form("auth-sign-in-wrong"),
            SignIn::Wait(until) => {
                status = StatusCode::TOO_MANY_REQUESTS;
                let seconds = (until - visitor.app().clock.now()).num_seconds();
                let minutes = (seconds + 59).div_euclid(60);
                errors.add_form(Message::new("auth-sign-in-wait").with("minutes", minutes.max(1)));
            }
        }
    }
    let template = SignInPage {
        page: visitor.page(),
        email: form.email,
        return_to,
        errors,
    };
    render_status(&template.page, &template, status)
}

async fn try_sign_in(
    visitor: &Visitor,
    hasher: &PasswordHasher,
    address: &str,
    password: SecretString,
) -> Result<SignIn, AppError> {
    let app = visitor.app();
    let keys = AttemptKeys {
        account: app.fingerprint(&format!("account:{}", address.trim().to_lowercase())),
        origin: app.fingerprint(&format!("ip:{}", visitor.place())),
    };
    let email = EmailAddress::parse(address).ok();
    let attempt_keys = keys.clone();
    let begun = visitor
        .db()
        .write(move |tx| {
            let attempt = match queries::begin_attempt(tx, &attempt_keys)? {
                Ok(attempt) => attempt,
                Err(until) => return Ok(Err(until)),
            };
            let accounts = match &email {
                Some(email) => queries::sign_in_accounts(tx, email)?,
                None => Vec::new(),
            };
            Ok(Ok((attempt, accounts)))
        })
        .await?;
    let (attempt, accounts) = match begun {
        Ok(begun) => begun,
        Err(until) => return Ok(SignIn::Wait(until)),
    };
    let user_id = accounts.first().map(|account| account.user_id);
    let Some((account, needs_rehash)) = whose(hasher, &password, accounts).await? else {
        visitor
            .db()
            .write(move |tx| queries::attempt_failed(tx, attempt, user_id, &keys))
            .await?;
        return Ok(SignIn::Wrong);
    };
    let proven = Proven::checked(account.user_id, account.company_id);
    let proven = if account.has_left() {
        proven.of_their_own_only()
    } else {
        proven
    };
    let fresh_hash = if needs_rehash {
        Some(hasher.hash(password).await.map_err(AppError::internal)?)
    } else {
        None
    };
    visitor
        .db_as(&proven)
        .write(move |tx| {
            if let Some(hash) = fresh_hash {
                queries::rehash_own_password(tx, hash.expose_secret())?;
            }
            queries::attempt_succeeded(tx, attempt, &keys)
        })
        .await?;
    Ok(SignIn::Done(proven, account.home()?))
}

/// The account whose password it is, and whether its hash is to be made anew. An account that is suspended or
/// pending verifies like an unknown one, at the same cost.
async fn whose(
    hasher: &PasswordHasher,
    password: &SecretString,
    accounts: Vec<SignInAccount>,
) -> Result<Option<(SignInAccount, bool)>, AppError> {
    let mut accounts = accounts
        .into_iter()
        .filter(SignInAccount::may_sign_in)
        .peekable();
    loop {
        let account = accounts.next();
        let stored = account
            .as_ref()
            .and_then(|account| account.password_hash.clone())
            .map(SecretString::from);
        let verdict = hasher
            .verify(password.clone(), stored)
            .await
            .map_err(AppError::internal)?;
        if let (Verdict::Right { needs_rehash }, Some(account)) = (verdict, account) {
            return Ok(Some((account, needs_rehash)));
        }
        if accounts.peek().is_none() {
            return Ok(None);
        }
    }
}

/// The sign-out button.
#[derive(Deserialize)]
struct SignOutForm {}

async fn sign_out(visitor: Visitor, Form(SignOutForm {}): Form<SignOutForm>) -> PageResult {
    session::end(&visitor.session());
    Ok(see_other_with("/login", Flash::success("auth-signed-out")))
}

#[derive(Template)]
#[template(path = "auth/public/forgotten.html")]
struct ForgottenPage {
    page: PageContext,
    email: String,
    errors: FormErrors,
    sent: bool,
}

async fn show_forgotten(visitor: Visitor) -> PageResult {
    let template = ForgottenPage {
        page: visitor.page(),
        email: String::new(),
        errors: FormErrors::default(),
        sent: false,
    };
    render(&template.page, &template)
}

/// A request for a reset link.
#[derive(Deserialize)]
struct ForgottenForm {
    #[serde(default)]
    email: String,
}

async fn request_reset(visitor: Visitor, Form(form): Form<ForgottenForm>) -> PageResult {
    let mut errors = FormErrors::default();
    let email = match EmailAddress::parse(&form.email) {
        Ok(email) => Some(email),
        Err(_) => {
            errors.add("email", "auth-forgotten-email-bad");
            None
        }
    };
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(email) = email {
        // The same rows for every address: whether it has an account is the worker's knowledge.
        let job = PasswordResetRequested {
            address: email.as_str().to_owned(),
            requested_at: visitor.app().clock.now(),
        };
        let place = visitor
            .app()
            .fingerprint(&format!("password-reset:{}", visitor.place()));
        let taken = visitor
            .db()
            .write(move |tx| {
                let taken = queries::may_ask_for_reset(tx, &place)?;
                if taken {
                    jobs::enqueue_sealed(tx, &job)?;
                }
                Ok(taken)
            })
            .await?;
        status = if taken {
            StatusCode::OK
        } else {
            errors.add_form("auth-forgotten-wait");
            StatusCode::TOO_MANY_REQUESTS
        };
    }
    let sent = status == StatusCode::OK;
    let template = ForgottenPage {
        page: visitor.page(),
        email: form.email,
        errors,
        sent,
    };
    render_status(&template.page, &template, status)
}

#[derive(Template)]
#[template(path = "auth/public/reset.html")]
struct ResetPage {
    page: PageContext,
    token: String,
    valid: bool,
    errors: FormErrors,
}

fn verified(app: &App, token: &str) -> Option<LinkToken> {
    app.links.verify(LinkPurpose::PasswordReset, token).ok()
}

async fn show_reset(visitor: Visitor, token: web::Path<String>) -> PageResult {
    let valid = match verified(visitor.app(), &token) {
        Some(link) => {
            let proven = Proven::checked(link.user_id, None);
            visitor
                .db_as(&proven)
                .read(move |tx| queries::find_open_reset(tx, link.id, link.nonce))
                .await?
        }
        None => false,
    };
    draw_reset(&visitor, token.into_inner(), valid, FormErrors::default())
}

fn draw_reset(visitor: &Visitor, token: String, valid: bool, errors: FormErrors) -> PageResult {
    let status = match (valid, errors.is_empty()) {
        (false, _) => StatusCode::GONE,
        (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::OK,
    };
    let template = ResetPage {
        page: visitor.page(),
        token,
        valid,
        errors,
    };
    render_status(&template.page, &template, status)
}

/// A new password, typed twice.
#[derive(Deserialize)]
pub(crate) struct NewPasswordForm {
    #[serde(default)]
    pub(crate) password: SecretString,
    #[serde(default)]
    pub(crate) password_again: SecretString,
}

fn weakness_key(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::TooShort => "auth-password-too-short",
        Weakness::TooLong => "auth-password-too-long",
        Weakness::Personal => "auth-password-personal",
        Weakness::Pattern => "auth-password-pattern",
        Weakness::Guessable => "auth-password-guessable",
    }
}

impl NewPasswordForm {
    /// Judges the password; `personal` is what an acquaintance would try.
    pub(crate) fn check(&self, personal: &[&str], errors: &mut FormErrors) {
        if let Err(weakness) = password::check_strength(&self.password, personal) {
            errors.add("password", weakness_key(weakness));
        } else if self.password.expose_secret() != self.password_again.expose_secret() {
            errors.add("password_again", "auth-password-differs");
        }
    }
}

async fn reset(
    visitor: Visitor,
    hasher: web::Data<PasswordHasher>,
    token: web::Path<String>,
    Form(form): Form<NewPasswordForm>,
) -> PageResult {
    let Some(link) = verified(visitor.app(), &token) else {
        return draw_reset(&visitor, token.into_inner(), false, FormErrors::default());
    };
    let mut errors = FormErrors::default();
    form.check(&[], &mut errors);
    if !errors.is_empty() {
        return draw_reset(&visitor, token.into_inner(), true, errors);
    }
    let hash = hasher
        .hash(form.password)
        .await
        .map_err(AppError::internal)?;
    let proven = Proven::checked(link.user_id, None);
    let used = visitor
        .db_as(&proven)
        .write(move |tx| queries::use_reset(tx, link.id, link.nonce, hash.expose_secret()))
        .await?;
    if !used {
        return draw_reset(&visitor, token.into_inner(), false, FormErrors::default());
    }
    visitor.forget_sessions(link.user_id);
    Ok(see_other_with(
        "/login",
        Flash::success("auth-password-changed"),
    ))
}

/// A choice of language, and where the visitor was.
#[derive(Deserialize)]
struct LocaleForm {
    #[serde(default)]
    locale: String,
    #[serde(default)]
    return_to: String,
}

/// A choice of theme, and where the visitor was.
#[derive(Deserialize)]
struct ThemeForm {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    return_to: String,
}

fn back(return_to: String) -> HttpResponse {
    let path = ReturnTo { return_to }.path();
    see_other(if path.is_empty() { "/" } else { &path })
}

async fn choose_locale(
    visitor: Visitor,
    app: web::Data<App>,
    Form(form): Form<LocaleForm>,
) -> PageResult {
    let locale = Locale::from_code(&form.locale).ok_or(AppError::Malformed)?;
    keep_preference(&visitor, queries::Preference::Locale(locale.code())).await?;
    let mut response = back(form.return_to);
    response
        .add_cookie(&shell::preference_cookie(
            shell::LOCALE_COOKIE,
            locale.code(),
            &app,
        ))
        .map_err(AppError::internal)?;
    Ok(response)
}

async fn choose_theme(
    visitor: Visitor,
    app: web::Data<App>,
    Form(form): Form<ThemeForm>,
) -> PageResult {
    let theme = Theme::from_code(&form.theme).ok_or(AppError::Malformed)?;
    keep_preference(&visitor, queries::Preference::Theme(theme.code())).await?;
    let mut response = back(form.return_to);
    response
        .add_cookie(&shell::preference_cookie(
            shell::THEME_COOKIE,
            theme.code(),
            &app,
        ))
        .map_err(AppError::internal)?;
    Ok(response)
}

/// A member's choice follows the account; a visitor's only the browser.
async fn keep_preference(
    visitor: &Visitor,
    preference: queries::Preference,
) -> Result<(), AppError> {
    if let Some(member) = visitor.member() {
        member
            .write(move |tx| queries::set_own_preference(tx, preference))
            .await?;
        visitor.forget_own_session();
    }
    Ok(())
}
