//! Tokens for a Jitsi server with token authentication
//! (<https://jitsi.github.io/handbook/docs/devops-guide/devops-guide-docker/>, "Authentication using JWT tokens"):
//! JSON Web Tokens (RFC 7519) signed with HMAC-SHA256 (RFC 7515, `HS256`).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ring::hmac;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::infra::{config::Jitsi, error::AppError};

/// Seconds by which the two servers' clocks may differ.
const CLOCK_SKEW_SECONDS: i64 = 60;
/// Minutes after the planned end until which one may still join.
const GRACE_MINUTES: i64 = 15;

/// Who joins which room, and until when.
#[derive(Clone, Copy, Debug)]
pub struct Admission<'a> {
    /// The room's exact name, in lower case.
    pub room: &'a str,
    /// What this person is called by in the room's own records: a pseudonym.
    pub pseudonym: &'a str,
    /// The name that the other sees.
    pub name: &'a str,
    /// The practitioner leads.
    pub moderator: bool,
    /// The planned end.
    pub ends_at: DateTime<Utc>,
}

/// From when on no token opens the room of a consultation that was planned to end at `ends_at`.
pub fn closes_at(ends_at: DateTime<Utc>) -> DateTime<Utc> {
    ends_at + TimeDelta::minutes(GRACE_MINUTES)
}

#[derive(Serialize)]
struct Header {
    alg: &'static str,
    typ: &'static str,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'static str,
    sub: &'a str,
    room: &'a str,
    nbf: i64,
    exp: i64,
    context: Context<'a>,
}

#[derive(Serialize)]
struct Context<'a> {
    user: User<'a>,
}

#[derive(Serialize)]
struct User<'a> {
    id: &'a str,
    name: &'a str,
    moderator: bool,
}

fn part(value: &impl Serialize) -> Result<String, AppError> {
    let json = serde_json::to_vec(value).map_err(AppError::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

/// The token of an admission: valid from a minute ago until a quarter of an hour after the planned end.
///
/// # Errors
/// None that a caller can bring about.
pub fn token(
    config: &Jitsi,
    admission: &Admission<'_>,
    now: DateTime<Utc>,
) -> Result<String, AppError> {
    let header = Header {
        alg: "HS256",
        typ: "JWT",
    };
    let claims = Claims {
        iss: &config.app_id,
        aud: "jitsi",
        sub: &config.subject,
        room: admission.room,
        nbf: now.timestamp() - CLOCK_SKEW_SECONDS,
        exp: closes_at(admission.ends_at).timestamp(),
        context: Context {
            user: User {
                id: admission.pseudonym,
                name: admission.name,
                moderator: admission.moderator,
            },
        },
    };
    let message = format!("{}.{}", part(&header)?, part(&claims)?);
    let secret = config.secret.expose_secret().as_bytes();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let signature = hmac::sign(&key, message.as_bytes());
    Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
}
