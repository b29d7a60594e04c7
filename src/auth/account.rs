//! One's own account, whatever the role: the password.

use actix_web::web;
use askama::Template;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::{
    password::{PasswordHasher, Verdict},
    public::NewPasswordForm,
    queries,
};
use crate::infra::{
    actor::{Member, render_status, see_other_with},
    error::{AppError, PageResult},
    form::{Form, FormErrors},
    page::{Flash, PageContext, filters},
    role_scope::RoleScope,
    session::AccountRole,
};

/// Mounts the member's pages of this domain.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope
        .get("", show_account)
        .post("/password", change_password);
}

#[derive(Template)]
#[template(path = "auth/account/account.html")]
struct AccountPage {
    page: PageContext,
    name: String,
    email: String,
    company: Option<String>,
    /// Whether there is a record of who looked at their data.
    is_recorded: bool,
    errors: FormErrors,
}

fn draw(member: &Member, errors: FormErrors) -> PageResult {
    let status = errors.status();
    let identity = member.identity();
    let template = AccountPage {
        page: member.page(),
        name: format!("{} {}", identity.first_name, identity.last_name),
        email: identity.email.clone(),
        company: identity.company_name.clone(),
        is_recorded: matches!(
            identity.role,
            AccountRole::Employee | AccountRole::Practitioner
        ),
        errors,
    };
    render_status(&template.page, &template, status)
}

async fn show_account(member: Member) -> PageResult {
    draw(&member, FormErrors::default())
}

/// A change of password, with the one that is valid now.
#[derive(Deserialize)]
struct ChangePasswordForm {
    #[serde(default)]
    current_password: SecretString,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    password_again: SecretString,
}

async fn change_password(
    member: Member,
    hasher: web::Data<PasswordHasher>,
    Form(form): Form<ChangePasswordForm>,
) -> PageResult {
    let mut errors = FormErrors::default();
    let identity = member.identity().clone();
    let new = NewPasswordForm {
        password: form.password,
        password_again: form.password_again,
    };
    new.check(
        &[
            &identity.first_name,
            &identity.last_name,
            &identity.email,
            identity.company_name.as_deref().unwrap_or_default(),
        ],
        &mut errors,
    );
    let stored = member.db().read(queries::own_password_hash).await?;
    let verdict = hasher
        .verify(form.current_password, Some(SecretString::from(stored)))
        .await
        .map_err(AppError::internal)?;
    if verdict == Verdict::Wrong {
        errors.add("current_password", "auth-account-current-password-wrong");
    }
    if !errors.is_empty() {
        return draw(&member, errors);
    }
    let hash = hasher
        .hash(new.password)
        .await
        .map_err(AppError::internal)?;
    let keep = identity.session_id;
    member
        .db()
        .write(move |tx| queries::replace_own_password(tx, hash.expose_secret(), Some(keep)))
        .await?;
    member.forget_sessions();
    Ok(see_other_with(
        "/account",
        Flash::success("auth-account-password-changed"),
    ))
}
