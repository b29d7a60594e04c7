//! Accounts: signing in and out, sessions, passwords, and what every answer carries.

mod headers;
mod hostile_input;
mod passwords;
mod preferences;
mod rate_limit;
mod sessions;
mod sign_in;

use huntzen::infra::i18n::{Locale, text};

use crate::support::{actors::PASSWORD, client::Client, page::Page};

/// A password that nobody has.
const WRONG: &str = "huit cormorans traversent Brest";

/// What the French interface says.
fn says(key: &str) -> String {
    text(Locale::Fr, key).to_string()
}

/// Tries to sign in; the page that follows.
async fn attempt(client: &Client, email: &str, password: &str) -> Page {
    client
        .post("/login", &[("email", email), ("password", password)])
        .await
}

/// Signs in for real.
async fn sign_in(client: &Client, email: &str) {
    attempt(client, email, PASSWORD).await.assert_status(303);
}

/// Whether somebody is signed in, as the server sees it.
async fn is_in(client: &Client) -> bool {
    client.get("/account").await.status == 200
}
