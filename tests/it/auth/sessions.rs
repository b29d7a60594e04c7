//! What a session token is worth, and for how long.

use chrono::Duration;
use futures_util::future::join_all;

use super::{is_in, sign_in};
use crate::support::{TestApp, client::Client};

async fn signed_in() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let client = app.client();
    sign_in(&client, &employee.email).await;
    (app, client)
}

#[tokio::test]
async fn the_token_is_replaced_every_fifteen_minutes_and_the_session_stays() {
    let (app, client) = signed_in().await;
    let (token, session) = (client.session_token(), client.session_id());
    app.clock.advance(Duration::minutes(14));
    assert!(is_in(&client).await);
    assert_eq!(client.session_token(), token, "too early");
    app.clock.advance(Duration::minutes(2));
    assert!(is_in(&client).await);
    assert_ne!(client.session_token(), token, "not replaced");
    assert_eq!(client.session_id(), session);
    assert!(is_in(&client).await);
    // A form drawn before the change is still accepted.
    client
        .post("/preferences/theme", &[("theme", "dark")])
        .await
        .assert_status(303);
}

#[tokio::test]
async fn a_form_drawn_before_the_token_changed_is_accepted_after() {
    let (app, client) = signed_in().await;
    let page = client.get("/account").await;
    app.clock.advance(Duration::minutes(16));
    assert!(is_in(&client).await);
    client
        .submit(
            &page,
            "/account/password",
            &[("current_password", "x"), ("password", "y")],
        )
        .await
        .assert_status(422);
}

#[tokio::test]
async fn requests_at_the_same_time_survive_the_change_of_token() {
    let (app, client) = signed_in().await;
    let session = client.session_id();
    app.clock.advance(Duration::minutes(16));
    // Each tab sends the same old cookie, and each gets the same new one.
    let tabs: Vec<Client> = (0..16).map(|_| client.copy()).collect();
    let pages = join_all(tabs.iter().map(|tab| tab.get("/account"))).await;
    for page in &pages {
        page.assert_ok();
    }
    let tokens: std::collections::BTreeSet<_> = tabs.iter().map(Client::session_token).collect();
    assert_eq!(tokens.len(), 1, "the tabs disagree");
    for tab in &tabs {
        assert_eq!(tab.session_id(), session);
        assert!(is_in(tab).await);
    }
    assert_eq!(
        app.count("SELECT count(*) FROM sessions WHERE revoked_at IS NULL"),
        1
    );
}

#[tokio::test]
async fn an_answer_that_got_lost_does_not_sign_anybody_out() {
    let (app, client) = signed_in().await;
    app.clock.advance(Duration::minutes(16));
    let unlucky = client.copy();
    assert!(is_in(&client.copy()).await);
    // The browser never saw the new cookie and asks again with the old one, within the grace.
    app.clock.advance(Duration::seconds(100));
    assert!(is_in(&unlucky).await);
    app.clock.advance(Duration::minutes(5));
    assert!(is_in(&unlucky).await, "it received the new token");
}

#[tokio::test]
async fn a_copied_token_used_after_its_replacement_ends_the_session() {
    let (app, client) = signed_in().await;
    let thief = client.copy();
    app.clock.advance(Duration::minutes(16));
    assert!(is_in(&client).await);
    app.clock.advance(Duration::minutes(3));

    assert!(!is_in(&thief).await);

    assert!(
        !is_in(&client).await,
        "thief or owner: nobody knows, so both sign in again"
    );
    assert_eq!(
        app.count("SELECT count(*) FROM security_events WHERE kind = 'session_reuse' AND severity = 'high' AND user_id IS NOT NULL"),
        1
    );
    assert_eq!(
        app.count("SELECT count(*) FROM sessions WHERE revoked_at IS NULL"),
        0
    );
}

#[tokio::test]
async fn a_thief_who_came_first_is_out_when_the_owner_comes_back() {
    let (app, client) = signed_in().await;
    let thief = client.copy();
    app.clock.advance(Duration::minutes(16));
    assert!(is_in(&thief).await);
    app.clock.advance(Duration::minutes(30));
    assert!(is_in(&thief).await);
    app.clock.advance(Duration::minutes(3));
    assert!(!is_in(&client).await);
    app.clock.advance(Duration::minutes(3));
    // The owner's token is two replacements old and no longer known: it is merely refused.
    client.get("/login").await.assert_ok();
}

#[tokio::test]
async fn a_session_ends_after_seven_days_however_busy() {
    let (app, client) = signed_in().await;
    for _ in 0..13 {
        app.clock.advance(Duration::hours(12));
        assert!(is_in(&client).await);
    }
    app.clock
        .advance(Duration::hours(12) + Duration::seconds(1));
    assert!(!is_in(&client).await);
}

#[tokio::test]
async fn a_suspended_account_is_out_within_five_seconds() {
    let (app, client) = signed_in().await;
    assert!(is_in(&client).await);
    app.sql("UPDATE users SET status = 'suspended' WHERE role = 'employee'");
    app.clock.advance(Duration::seconds(5));
    assert!(!is_in(&client).await);
}

#[tokio::test]
async fn a_session_ended_elsewhere_is_out_within_five_seconds() {
    let (app, client) = signed_in().await;
    assert!(is_in(&client).await);
    // As another process of the application would.
    app.sql("UPDATE sessions SET revoked_at = now()");
    app.clock.advance(Duration::seconds(5));
    assert!(!is_in(&client).await);
}

#[tokio::test]
async fn a_changed_role_counts_within_five_seconds() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let client = app.client().signed_in_as(&admin);
    client.get("/login").await.assert_see_other("/admin");
    app.sql(&format!(
        "UPDATE users SET role = 'super_admin' WHERE id = '{}'",
        admin.id
    ));
    app.clock.advance(Duration::seconds(5));
    client.get("/login").await.assert_see_other("/super-admin");
}

#[tokio::test]
async fn a_cookie_that_was_tampered_with_is_nobody_s() {
    let (_app, client) = signed_in().await;
    let cookie = client.cookie("hz_session").expect("a session");
    let flipped = |at: usize| -> String {
        let mut bytes = cookie.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).expect("ASCII")
    };
    let cases = [
        flipped(2),
        flipped(cookie.len() / 2),
        cookie[..cookie.len() - 6].to_owned(),
        format!("{cookie}{cookie}"),
        "x".repeat(4_000),
        "%00%ff".to_owned(),
        String::new(),
    ];
    for case in cases {
        let thief = client.copy();
        thief.set_cookie("hz_session", &case);
        thief.get("/account").await.assert_status(303);
        thief.get("/login").await.assert_ok();
    }
    assert!(is_in(&client).await);
}

#[tokio::test]
async fn a_token_of_the_right_form_that_was_never_given_is_nobody_s() {
    let (app, client) = signed_in().await;
    for token in ["", "x", &"0".repeat(64), &"a".repeat(4_000), "' OR 1=1 --"] {
        let thief = app.client();
        thief.use_session_token(token);
        thief.get("/account").await.assert_status(303);
    }
    assert!(is_in(&client).await);
}

#[tokio::test]
async fn a_token_of_another_session_does_not_fit_its_forms() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let one = app.client().signed_in_as(&app.employee_of(&company));
    let other = app.client().signed_in_as(&app.employee_of(&company));
    let token = other.form_token();
    one.post_as_is("/preferences/theme", &[("theme", "dark"), ("csrf", &token)])
        .await
        .assert_status(403);
    one.post_as_is("/preferences/theme", &[("theme", "dark"), ("csrf", "")])
        .await
        .assert_status(403);
    // Nor does the token that the same browser had before signing in.
    let browser = app.client();
    let before = browser.form_token();
    let browser = browser.signed_in_as(&app.employee_of(&company));
    browser
        .post_as_is(
            "/preferences/theme",
            &[("theme", "dark"), ("csrf", &before)],
        )
        .await
        .assert_status(403);
}
