//! The door itself.

use huntzen::infra::session::AccountRole;

use super::{WRONG, attempt, is_in, says, sign_in};
use crate::support::{TestApp, actors::PASSWORD, page::Page};

/// An answer without what must differ: the token and the address that was typed.
fn without(page: &Page, email: &str) -> String {
    let mut text = page.text().replace(email, "ADDRESS");
    for token in page.attributes("input[name=csrf]", "value") {
        text = text.replace(&token, "TOKEN");
    }
    text
}

#[tokio::test]
async fn each_role_signs_in_to_its_own_space() {
    let app = TestApp::start().await;
    for account in app.one_of_each(&app.company("TechCorp")) {
        let client = app.client();
        attempt(&client, &account.email, PASSWORD)
            .await
            .assert_see_other(account.role.home());
        assert!(is_in(&client).await);
        client
            .get("/login")
            .await
            .assert_see_other(account.role.home());
    }
    assert_eq!(
        app.count(
            "SELECT count(*) FROM security_events WHERE kind = 'signed_in' AND user_id IS NOT NULL"
        ),
        AccountRole::ALL.len() as i64
    );
}

#[tokio::test]
async fn an_address_is_recognised_however_it_is_typed() {
    let app = TestApp::start().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    attempt(
        &app.client(),
        &format!("  {} ", hr.email.to_uppercase()),
        PASSWORD,
    )
    .await
    .assert_see_other("/rh");
}

#[tokio::test]
async fn every_refusal_looks_the_same_and_costs_the_same() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (active, pending, suspended, invited) = (
        app.employee_of(&company),
        app.employee_of(&company),
        app.employee_of(&company),
        app.employee_of(&company),
    );
    app.sql(&format!(
        "UPDATE users SET status = 'pending' WHERE id IN ('{}', '{}');
         UPDATE users SET status = 'suspended' WHERE id = '{}';
         DELETE FROM credentials WHERE user_id = '{}'",
        pending.id, invited.id, suspended.id, invited.id
    ));
    // Each from its own address: what is compared is the account, not the limit.
    let mut answers = Vec::new();
    for (email, password) in [
        (active.email.as_str(), WRONG),
        ("nobody@nowhere.example", PASSWORD),
        ("not an address", PASSWORD),
        (&pending.email, PASSWORD),
        (&suspended.email, PASSWORD),
    ] {
        let before = app.hasher.computed();
        let client = app.client();
        let page = attempt(&client, email, password).await;
        page.assert_status(422)
            .assert_text(&says("auth-sign-in-wrong"));
        assert_eq!(app.hasher.computed() - before, 1, "{email}");
        assert!(client.session_id().is_none());
        answers.push(without(&page, email));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "the refusals differ");

    app.clock.advance(chrono::Duration::minutes(16));
    let before = app.hasher.computed();
    let page = attempt(&app.client(), &invited.email, PASSWORD).await;
    assert_eq!(without(&page, &invited.email), answers[0]);
    assert_eq!(app.hasher.computed() - before, 1);
}

#[tokio::test]
async fn missing_fields_are_asked_for_and_cost_no_hash() {
    let app = TestApp::start().await;
    let client = app.client();
    for (fields, message) in [
        (
            [("email", ""), ("password", "x")],
            "auth-sign-in-email-missing",
        ),
        (
            [("email", "   "), ("password", "x")],
            "auth-sign-in-email-missing",
        ),
        (
            [("email", "a@b.example"), ("password", "")],
            "auth-sign-in-password-missing",
        ),
    ] {
        let page = client.post("/login", &fields).await;
        page.assert_status(422).assert_text(&says(message));
    }
    client.post("/login", &[]).await.assert_status(422);
    assert_eq!(app.hasher.computed(), 0);
    assert_eq!(app.count("SELECT count(*) FROM sign_in_attempts"), 0);
}

#[tokio::test]
async fn the_address_is_kept_and_the_password_is_not() {
    let app = TestApp::start().await;
    let page = attempt(&app.client(), "someone@techcorp.example", WRONG).await;
    assert_eq!(
        page.attributes("input[name=email]", "value"),
        ["someone@techcorp.example"]
    );
    page.assert_nowhere(WRONG);
}

#[tokio::test]
async fn signing_in_leads_back_to_where_one_was_going() {
    let app = TestApp::start().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    let client = app.client();
    let refused = client.get("/account?tab=1").await;
    assert_eq!(refused.location(), "/login?return_to=/account%3Ftab%3D1");

    let page = client.follow(&refused).await;
    let answer = client
        .submit(
            &page,
            "/login",
            &[("email", &hr.email), ("password", PASSWORD)],
        )
        .await;

    answer.assert_see_other("/account?tab=1");
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let app = TestApp::start().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    for target in [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "data:text/html,x",
        " /evil",
        "http:evil.example",
        "/\u{85}/evil.example",
        "/é",
        &format!("/{}", "a".repeat(5_000)),
    ] {
        let client = app.client();
        let fields = [
            ("email", hr.email.as_str()),
            ("password", PASSWORD),
            ("return_to", target),
        ];
        let page = client.post("/login", &fields).await;
        page.assert_see_other("/rh");
        assert!(page.header("set-cookie").is_some(), "{target:?}");

        let shown = app
            .client()
            .get(&format!(
                "/login?{}",
                serde_urlencoded::to_string([("return_to", target)]).expect("a query")
            ))
            .await;
        assert_eq!(
            shown.attributes("form[action='/login'] input[name=return_to]", "value"),
            [""],
            "{target:?}"
        );
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_everywhere_at_once() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let client = app.client();
    sign_in(&client, &employee.email).await;
    let thief = client.copy();
    assert!(is_in(&thief).await);

    let page = client.post("/logout", &[]).await;

    page.assert_see_other("/login");
    client
        .follow(&page)
        .await
        .assert_text(&says("auth-signed-out"));
    assert!(!is_in(&client).await);
    assert!(!is_in(&thief).await);
    assert_eq!(client.cookie("hz_session"), None);
    // Nothing happens the second time.
    client.post("/logout", &[]).await.assert_see_other("/login");
}

#[tokio::test]
async fn a_link_cannot_sign_anybody_out() {
    let app = TestApp::start().await;
    let client = app.client().signed_in_as(&app.admin());
    client.get("/logout").await.assert_status(404);
    assert!(is_in(&client).await);
}

#[tokio::test]
async fn signing_in_ends_the_session_that_the_browser_had() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (planted, victim) = (app.employee_of(&company), app.employee_of(&company));
    // Session fixation: somebody else's session is planted in the victim's browser.
    let attacker = app.client().signed_in_as(&planted);
    let browser = attacker.copy();

    sign_in(&browser, &victim.email).await;

    assert_ne!(browser.session_id(), None);
    assert!(!is_in(&attacker).await, "the planted session lives on");
    browser.get("/account").await.assert_text(&victim.email);
}

#[tokio::test]
async fn two_devices_are_two_sessions() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let (phone, laptop) = (app.client(), app.client());
    sign_in(&phone, &employee.email).await;
    sign_in(&laptop, &employee.email).await;
    phone.post("/logout", &[]).await;
    assert!(!is_in(&phone).await);
    assert!(is_in(&laptop).await);
}

#[tokio::test]
async fn what_is_stored_of_a_session_signs_nobody_in() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let client = app.client();
    sign_in(&client, &employee.email).await;
    let token = client.session_token().expect("a token");
    let stored = app
        .text("SELECT string_agg(s::text, ' ') FROM sessions s")
        .expect("a session");
    assert!(!stored.contains(&token));
    let thief = app.client();
    let hash = app
        .text("SELECT encode(token_hash, 'hex') FROM sessions")
        .expect("a hash");
    thief.use_session_token(&hash);
    assert!(!is_in(&thief).await);
}
