//! How two browsers find a way to each other (ICE, RFC 8445): the servers they may ask.
//!
//! STUN tells a browser its public address; TURN carries the conversation where no direct way exists.
//! TURN credentials are good for one consultation and made from a secret shared with the server
//! (draft-uberti-behave-turn-rest-00, coturn's `use-auth-secret`).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use ring::hmac;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::infra::{config::Ice, error::AppError};

/// Hours after the planned end in which a credential still opens a way.
const GRACE_HOURS: i64 = 2;

#[derive(Serialize)]
struct Server<'a> {
    urls: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<String>,
}

/// The list as `RTCConfiguration.iceServers`, for one person until some time after `ends_at`.
///
/// # Errors
/// None that a caller can bring about.
pub fn servers(config: &Ice, pseudonym: &str, ends_at: DateTime<Utc>) -> Result<String, AppError> {
    let mut servers = Vec::new();
    if !config.stun.is_empty() {
        servers.push(Server {
            urls: &config.stun,
            username: None,
            credential: None,
        });
    }
    if let Some(secret) = &config.turn_secret {
        let expires_at = (ends_at + TimeDelta::hours(GRACE_HOURS)).timestamp();
        let username = format!("{expires_at}:{pseudonym}");
        // What the servers understand; a keyed hash is not what makes SHA-1 weak.
        let key = hmac::Key::new(
            hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            secret.expose_secret().as_bytes(),
        );
        let credential = STANDARD.encode(hmac::sign(&key, username.as_bytes()));
        servers.push(Server {
            urls: &config.turn,
            username: Some(username),
            credential: Some(credential),
        });
    }
    serde_json::to_string(&servers).map_err(AppError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_credential_is_the_one_that_coturn_computes() {
        let ends_at = "2026-11-23T14:20:00Z".parse().expect("an instant");
        let config = Ice {
            stun: vec!["stun:turn.example:3478".to_owned()],
            turn: vec!["turn:turn.example:3478?transport=udp".to_owned()],
            turn_secret: Some("north".into()),
        };
        let list = servers(&config, "5f2a", ends_at).expect("a list");
        // printf 1795450800:5f2a | openssl dgst -sha1 -hmac north -binary | base64
        assert_eq!(
            list,
            r#"[{"urls":["stun:turn.example:3478"]},{"urls":["turn:turn.example:3478?transport=udp"],"username":"1795450800:5f2a","credential":"q1QW4MBka8pjzjuisSSN9E4TZVs="}]"#
        );
    }

    #[test]
    fn on_one_network_no_server_is_asked() {
        let ends_at = "2026-11-23T14:20:00Z".parse().expect("an instant");
        let list = servers(&Ice::default(), "5f2a", ends_at);
        assert_eq!(list.expect("a list"), "[]");
    }
}
