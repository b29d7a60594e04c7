//! Forgetting a password, choosing another, changing the one there is.

use chrono::Duration;
use huntzen::infra::crypto::{LinkPurpose, LinkToken};
use uuid::Uuid;

use super::{WRONG, attempt, is_in, says};
use crate::support::{
    TestApp,
    actors::{Account, PASSWORD},
};

const NEW: &str = "neuf hérons survolent Dieppe";

/// A reset as the worker opens it; the signed token of its link.
fn open_reset(app: &TestApp, account: &Account, purpose: LinkPurpose) -> String {
    let token = LinkToken {
        id: Uuid::new_v4(),
        user_id: account.id,
        nonce: Uuid::new_v4(),
    };
    app.sql(&format!(
        "INSERT INTO password_resets (id, user_id, nonce, expires_at) VALUES ('{}', '{}', '{}', '{}')",
        token.id,
        account.id,
        token.nonce,
        (app.now() + Duration::hours(1)).to_rfc3339(),
    ));
    app.shared.links.sign(purpose, &token)
}

fn twice(password: &str) -> [(&'static str, &str); 2] {
    [("password", password), ("password_again", password)]
}

#[tokio::test]
async fn asking_for_a_link_answers_the_same_for_everybody() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let mut answers = Vec::new();
    for email in [employee.email.as_str(), "nobody@nowhere.example"] {
        let client = app.client();
        let page = client.post("/password-reset", &[("email", email)]).await;
        page.assert_ok()
            .assert_text(&says("auth-forgotten-sent-title"));
        let mut text = page.text().replace(email, "ADDRESS");
        for token in page.attributes("input[name=csrf]", "value") {
            text = text.replace(&token, "TOKEN");
        }
        answers.push(text);
    }
    assert_eq!(answers[0], answers[1]);
    // The same work for both: one row in the queue, no reset yet, no hash.
    assert_eq!(app.count("SELECT count(*) FROM jobs"), 2);
    assert_eq!(app.count("SELECT count(*) FROM password_resets"), 0);
    assert_eq!(app.hasher.computed(), 0);
}

#[tokio::test]
async fn one_place_asks_for_so_many_links_and_no_more() {
    let app = TestApp::start().await;
    let client = app.client();
    for number in 0..30 {
        client
            .post(
                "/password-reset",
                &[("email", &format!("nobody{number}@nowhere.example"))],
            )
            .await
            .assert_ok();
    }
    let employee = app.employee_of(&app.company("TechCorp"));
    for email in [employee.email.as_str(), "nobody@nowhere.example"] {
        app.client()
            .post("/password-reset", &[("email", email)])
            .await
            .assert_status(429)
            .assert_text(&says("auth-forgotten-wait"));
    }
    assert_eq!(app.count("SELECT count(*) FROM jobs"), 30);
    // Signing in is counted apart.
    attempt(&app.client(), &employee.email, PASSWORD)
        .await
        .assert_see_other("/employee");
    app.clock.advance(Duration::minutes(16));
    client
        .post("/password-reset", &[("email", &employee.email)])
        .await
        .assert_ok();
}

#[tokio::test]
async fn an_address_that_is_none_is_pointed_out() {
    let app = TestApp::start().await;
    for email in [
        "",
        "x",
        "a@",
        "a b@c.example",
        "<script>alert(1)</script>@x",
    ] {
        app.client()
            .post("/password-reset", &[("email", email)])
            .await
            .assert_status(422)
            .assert_text(&says("auth-forgotten-email-bad"))
            .assert_nowhere("<script>alert");
    }
    assert_eq!(app.count("SELECT count(*) FROM jobs"), 0);
}

#[tokio::test]
async fn a_link_replaces_the_password_once_and_ends_every_session() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let other_device = app.client().signed_in_as(&employee);
    assert!(is_in(&other_device).await);
    let path = format!(
        "/password-reset/{}",
        open_reset(&app, &employee, LinkPurpose::PasswordReset)
    );
    let client = app.client();

    let page = client.get(&path).await;
    page.assert_ok();
    let answer = client.submit(&page, &path, &twice(NEW)).await;

    answer.assert_see_other("/login");
    client
        .follow(&answer)
        .await
        .assert_text(&says("auth-password-changed"));
    assert!(!is_in(&other_device).await);
    attempt(&app.client(), &employee.email, PASSWORD)
        .await
        .assert_status(422);
    attempt(&app.client(), &employee.email, NEW)
        .await
        .assert_see_other("/employee");
    // Once.
    client
        .get(&path)
        .await
        .assert_status(410)
        .assert_text(&says("auth-reset-invalid-title"));
    client
        .post(&path, &twice("dix pélicans survolent Calais"))
        .await
        .assert_status(410);
    attempt(&app.client(), &employee.email, NEW)
        .await
        .assert_see_other("/employee");
    assert_eq!(
        app.count("SELECT count(*) FROM security_events WHERE kind = 'password_changed'"),
        1
    );
}

#[tokio::test]
async fn a_link_used_twice_at_once_changes_the_password_once() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let path = format!(
        "/password-reset/{}",
        open_reset(&app, &employee, LinkPurpose::PasswordReset)
    );
    let (one, other) = (app.client(), app.client());
    let (fields, other_fields) = (twice(NEW), twice(WRONG));
    let (first, second) =
        futures_util::join!(one.post(&path, &fields), other.post(&path, &other_fields));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
}

#[tokio::test]
async fn a_link_ends_after_an_hour() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let path = format!(
        "/password-reset/{}",
        open_reset(&app, &employee, LinkPurpose::PasswordReset)
    );
    app.clock.advance(Duration::minutes(59));
    app.client().get(&path).await.assert_ok();
    app.clock.advance(Duration::minutes(1));
    app.client().get(&path).await.assert_status(410);
    app.client()
        .post(&path, &twice(NEW))
        .await
        .assert_status(410);
    attempt(&app.client(), &employee.email, PASSWORD)
        .await
        .assert_see_other("/employee");
}

#[tokio::test]
async fn a_link_that_was_altered_or_made_for_something_else_is_none() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, other) = (app.employee_of(&company), app.employee_of(&company));
    let genuine = open_reset(&app, &employee, LinkPurpose::PasswordReset);
    let invitation = open_reset(&app, &employee, LinkPurpose::Invitation);
    let for_somebody_else = {
        let row = app
            .text("SELECT id || ' ' || nonce FROM password_resets LIMIT 1")
            .expect("a reset");
        let (id, nonce) = row.split_once(' ').expect("two ids");
        let token = LinkToken {
            id: id.parse().expect("an id"),
            user_id: other.id,
            nonce: nonce.parse().expect("an id"),
        };
        app.shared.links.sign(LinkPurpose::PasswordReset, &token)
    };
    let never_opened = app.shared.links.sign(
        LinkPurpose::PasswordReset,
        &LinkToken {
            id: Uuid::new_v4(),
            user_id: employee.id,
            nonce: Uuid::new_v4(),
        },
    );
    let mut altered = genuine.clone();
    altered.replace_range(40..41, if &genuine[40..41] == "A" { "B" } else { "A" });
    for token in [
        altered.as_str(),
        &genuine[..genuine.len() - 1],
        &format!("{genuine}A"),
        &invitation,
        &for_somebody_else,
        &never_opened,
        "x",
        &"A".repeat(108),
        "..%2F..%2Fetc%2Fpasswd",
        "%00",
    ] {
        let path = format!("/password-reset/{token}");
        let page = app.client().get(&path).await;
        assert!(
            matches!(page.status, 400 | 404 | 410),
            "{token}: {}",
            page.status
        );
        let page = app.client().post(&path, &twice(NEW)).await;
        assert!(
            matches!(page.status, 400 | 404 | 410),
            "{token}: {}",
            page.status
        );
    }
    for person in [&employee, &other] {
        attempt(&app.client(), &person.email, PASSWORD)
            .await
            .assert_see_other("/employee");
    }
}

#[tokio::test]
async fn a_weak_password_is_refused_and_the_link_still_works() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let path = format!(
        "/password-reset/{}",
        open_reset(&app, &employee, LinkPurpose::PasswordReset)
    );
    let client = app.client();
    for (fields, message) in [
        (twice(""), "auth-password-too-short"),
        (twice("court"), "auth-password-too-short"),
        (twice("azertyuiop123"), "auth-password-guessable"),
        (
            [("password", NEW), ("password_again", WRONG)],
            "auth-password-differs",
        ),
    ] {
        let page = client.post(&path, &fields).await;
        page.assert_status(422)
            .assert_text(&says(message))
            .assert_nowhere(NEW);
    }
    let long = "é".repeat(129);
    client
        .post(&path, &twice(&long))
        .await
        .assert_status(422)
        .assert_text(&says("auth-password-too-long"));
    client
        .post(&path, &twice(NEW))
        .await
        .assert_see_other("/login");
}

#[tokio::test]
async fn a_suspended_account_is_not_brought_back_by_a_link() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let path = format!(
        "/password-reset/{}",
        open_reset(&app, &employee, LinkPurpose::PasswordReset)
    );
    app.sql(&format!(
        "UPDATE users SET status = 'suspended' WHERE id = '{}'",
        employee.id
    ));
    app.client().post(&path, &twice(NEW)).await;
    attempt(&app.client(), &employee.email, NEW)
        .await
        .assert_status(422);
    assert_eq!(
        app.count("SELECT count(*) FROM users WHERE status = 'suspended'"),
        1
    );
}

#[tokio::test]
async fn changing_the_password_keeps_this_session_and_ends_the_others() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let (here, there) = (
        app.client().signed_in_as(&employee),
        app.client().signed_in_as(&employee),
    );
    assert!(is_in(&there).await);
    let page = here.get("/account").await;

    let answer = here
        .submit(
            &page,
            "/account/password",
            &[
                ("current_password", PASSWORD),
                ("password", NEW),
                ("password_again", NEW),
            ],
        )
        .await;

    answer.assert_see_other("/account");
    here.follow(&answer)
        .await
        .assert_text(&says("auth-account-password-changed"));
    assert!(is_in(&here).await);
    assert!(!is_in(&there).await);
    attempt(&app.client(), &employee.email, PASSWORD)
        .await
        .assert_status(422);
    attempt(&app.client(), &employee.email, NEW)
        .await
        .assert_see_other("/employee");
}

#[tokio::test]
async fn changing_the_password_needs_the_one_there_is_and_a_good_one() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let client = app.client().signed_in_as(&employee);
    let with_name = format!("{}1", employee.email);
    for (current, new, again, message) in [
        (WRONG, NEW, NEW, "auth-account-current-password-wrong"),
        ("", NEW, NEW, "auth-account-current-password-wrong"),
        (PASSWORD, "court", "court", "auth-password-too-short"),
        (PASSWORD, NEW, WRONG, "auth-password-differs"),
        (
            PASSWORD,
            with_name.as_str(),
            with_name.as_str(),
            "auth-password-personal",
        ),
    ] {
        client
            .post(
                "/account/password",
                &[
                    ("current_password", current),
                    ("password", new),
                    ("password_again", again),
                ],
            )
            .await
            .assert_status(422)
            .assert_text(&says(message));
    }
    assert!(is_in(&client).await);
    attempt(&app.client(), &employee.email, PASSWORD)
        .await
        .assert_see_other("/employee");
}
