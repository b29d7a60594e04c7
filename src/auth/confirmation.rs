//! The password, asked again before something that a browser left open must not give away or destroy.
//! Counted with the attempts to sign in: guessing here is guessing there.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    password::{PasswordHasher, Verdict},
    queries::{self, AttemptKeys},
};
use crate::infra::{
    actor::{Member, Visitor},
    error::AppError,
    form::FormErrors,
    i18n::Message,
    session::Proven,
};

/// What became of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// It is theirs.
    Right,
    /// It is not.
    Wrong,
    /// Too many wrong ones: not before then.
    Wait(DateTime<Utc>),
}

impl Confirmation {
    /// Puts what is wrong beside the field `password`: whether it was the right one.
    pub fn note(self, errors: &mut FormErrors, now: DateTime<Utc>) -> bool {
        match self {
            Self::Right => return true,
            Self::Wrong => errors.add("password", "auth-account-current-password-wrong"),
            Self::Wait(until) => {
                let minutes = ((until - now).num_seconds() + 59).div_euclid(60).max(1);
                errors.add(
                    "password",
                    Message::new("auth-sign-in-wait").with("minutes", minutes),
                );
            }
        }
        false
    }
}

/// Checks the password of whoever is signed in. `visitor` is the same request.
///
/// # Errors
/// The database's.
pub async fn confirm(
    member: &Member,
    visitor: &Visitor,
    hasher: &PasswordHasher,
    password: SecretString,
) -> Result<Confirmation, AppError> {
    if password.expose_secret().is_empty() {
        return Ok(Confirmation::Wrong);
    }
    let (app, identity) = (visitor.app(), member.identity());
    let keys = AttemptKeys {
        account: app.fingerprint(&format!("account:{}", identity.email)),
        origin: app.fingerprint(&format!("ip:{}", visitor.place())),
    };
    let door = visitor.db_as(&Proven::checked(identity.user_id, identity.company_id));
    let asked = keys.clone();
    let begun = door
        .write(move |tx| match queries::begin_attempt(tx, &asked)? {
            Ok(attempt) => Ok(Ok((attempt, queries::own_password_hash(tx)?))),
            Err(until) => Ok(Err(until)),
        })
        .await?;
    let (attempt, stored) = match begun {
        Ok(begun) => begun,
        Err(until) => return Ok(Confirmation::Wait(until)),
    };
    let verdict = hasher
        .verify(password, Some(SecretString::from(stored)))
        .await
        .map_err(AppError::internal)?;
    let user_id = identity.user_id;
    if verdict == Verdict::Wrong {
        door.write(move |tx| queries::attempt_failed(tx, attempt, Some(user_id), &keys))
            .await?;
        return Ok(Confirmation::Wrong);
    }
    door.write(move |tx| queries::forgive_attempts(tx, attempt, &keys))
        .await?;
    Ok(Confirmation::Right)
}
