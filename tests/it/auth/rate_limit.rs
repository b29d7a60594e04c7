//! Five failures in fifteen minutes, per account and per address, then a wait.

use chrono::Duration;
use futures_util::future::join_all;
use huntzen::infra::i18n::{Locale, Message, text_with};

use super::{WRONG, attempt, is_in};
use crate::support::{TestApp, actors::PASSWORD, app::Setup, client::Client};

/// Behind a proxy that says where a request came from.
async fn behind_a_proxy() -> TestApp {
    TestApp::start_with(Setup {
        configure: |config| config.trusted_proxy = true,
        ..Setup::default()
    })
    .await
}

fn from_address(app: &TestApp, last: usize) -> Client {
    app.client()
        .with_header("x-forwarded-for", &format!("192.0.2.{last}"))
}

fn wait_of(minutes: i64) -> String {
    let message = Message::new("auth-sign-in-wait").with("minutes", minutes);
    message.text(Locale::Fr).into_owned()
}

fn events(app: &TestApp, kind: &str) -> i64 {
    app.count(&format!(
        "SELECT count(*) FROM security_events WHERE kind = '{kind}'"
    ))
}

#[tokio::test]
async fn the_sixth_attempt_at_an_account_waits_whatever_its_password() {
    let app = TestApp::start().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    for _ in 0..5 {
        attempt(&app.client(), &hr.email, WRONG)
            .await
            .assert_status(422);
    }
    let before = app.hasher.computed();
    for password in [WRONG, PASSWORD] {
        let client = app.client();
        attempt(&client, &hr.email, password)
            .await
            .assert_status(429)
            .assert_text(&wait_of(15));
        assert!(!is_in(&client).await);
    }
    assert_eq!(app.hasher.computed(), before, "no password was looked at");
    assert_eq!(events(&app, "sign_in_failed"), 5);
    assert_eq!(events(&app, "sign_in_locked"), 2);
    assert_eq!(
        app.count(&format!(
            "SELECT count(*) FROM security_events WHERE user_id = '{}'",
            hr.id
        )),
        5
    );
}

#[tokio::test]
async fn the_wait_ends_fifteen_minutes_after_the_first_failure() {
    let app = TestApp::start().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    for _ in 0..5 {
        attempt(&app.client(), &hr.email, WRONG)
            .await
            .assert_status(422);
        app.clock.advance(Duration::minutes(1));
    }
    attempt(&app.client(), &hr.email, PASSWORD)
        .await
        .assert_status(429)
        .assert_text(&wait_of(10));
    app.clock
        .advance(Duration::minutes(9) + Duration::seconds(59));
    attempt(&app.client(), &hr.email, PASSWORD)
        .await
        .assert_status(429);
    app.clock.advance(Duration::seconds(2));
    attempt(&app.client(), &hr.email, PASSWORD)
        .await
        .assert_see_other("/rh");
}

#[tokio::test]
async fn an_account_is_protected_from_many_addresses() {
    let app = behind_a_proxy().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    for address in 1..=5 {
        attempt(&from_address(&app, address), &hr.email, WRONG)
            .await
            .assert_status(422);
    }
    attempt(&from_address(&app, 6), &hr.email, PASSWORD)
        .await
        .assert_status(429);
    // Nor does another spelling help.
    attempt(
        &from_address(&app, 7),
        &format!(" {}", hr.email.to_uppercase()),
        PASSWORD,
    )
    .await
    .assert_status(429);
}

#[tokio::test]
async fn an_address_that_fails_at_many_accounts_waits_and_the_others_do_not() {
    let app = behind_a_proxy().await;
    let company = app.company("TechCorp");
    let hr = app.hr_of(&company);
    let attacker = from_address(&app, 1);
    for number in 0..5 {
        attempt(
            &attacker,
            &format!("guess{number}@{}", company.domain),
            WRONG,
        )
        .await
        .assert_status(422);
    }
    attempt(&attacker, &hr.email, PASSWORD)
        .await
        .assert_status(429);
    attempt(&from_address(&app, 2), &hr.email, PASSWORD)
        .await
        .assert_see_other("/rh");
}

#[tokio::test]
async fn without_a_trusted_proxy_nobody_chooses_their_address() {
    let app = TestApp::start().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    for number in 0..5 {
        let client = from_address(&app, number)
            .with_header("forwarded", &format!("for=198.51.100.{number}"));
        attempt(&client, &format!("guess{number}@x.example"), WRONG)
            .await
            .assert_status(422);
    }
    attempt(&from_address(&app, 9), &hr.email, PASSWORD)
        .await
        .assert_status(429);
}

#[tokio::test]
async fn behind_a_proxy_nobody_chooses_what_the_proxy_adds() {
    let app = behind_a_proxy().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    let from = |number: usize| {
        app.client()
            .with_header("forwarded", &format!("for=198.51.100.{number}"))
            .with_header(
                "x-forwarded-for",
                &format!("203.0.113.{number}, 198.51.100.{number}, 192.0.2.1"),
            )
    };
    for number in 0..5 {
        attempt(&from(number), &format!("guess{number}@x.example"), WRONG)
            .await
            .assert_status(422);
    }
    attempt(&from(9), &hr.email, PASSWORD)
        .await
        .assert_status(429);
    attempt(&from_address(&app, 2), &hr.email, PASSWORD)
        .await
        .assert_see_other("/rh");
}

#[tokio::test]
async fn a_success_forgives_the_account_s_failures() {
    let app = behind_a_proxy().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    for round in 0..3 {
        for number in 0..4 {
            attempt(&from_address(&app, 10 * round + number), &hr.email, WRONG)
                .await
                .assert_status(422);
        }
        attempt(&from_address(&app, 10 * round + 9), &hr.email, PASSWORD)
            .await
            .assert_see_other("/rh");
    }
}

#[tokio::test]
async fn an_unknown_account_is_limited_like_a_known_one() {
    let app = behind_a_proxy().await;
    for address in 0..5 {
        attempt(
            &from_address(&app, address),
            "nobody@nowhere.example",
            WRONG,
        )
        .await
        .assert_status(422);
    }
    attempt(&from_address(&app, 9), "nobody@nowhere.example", WRONG)
        .await
        .assert_status(429)
        .assert_text(&wait_of(15));
}

#[tokio::test]
async fn sixty_four_guesses_at_once_at_one_account_look_at_five_passwords() {
    let app = behind_a_proxy().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    let clients: Vec<Client> = (0..64).map(|address| from_address(&app, address)).collect();
    let pages = join_all(
        clients
            .iter()
            .map(|client| attempt(client, &hr.email, WRONG)),
    )
    .await;
    let refused = pages.iter().filter(|page| page.status == 422).count();
    let waiting = pages.iter().filter(|page| page.status == 429).count();
    assert_eq!((refused, waiting), (5, 59));
    assert_eq!(app.hasher.computed(), 5);
}

#[tokio::test]
async fn sixty_four_guesses_at_once_from_one_address_look_at_twenty_passwords_at_most() {
    let app = TestApp::start().await;
    let clients: Vec<Client> = (0..64).map(|_| app.client()).collect();
    let emails: Vec<String> = (0..64)
        .map(|number| format!("guess{number}@x.example"))
        .collect();
    let attempts = clients
        .iter()
        .zip(&emails)
        .map(|(client, email)| attempt(client, email, WRONG));
    let pages = join_all(attempts).await;
    assert!(pages.iter().all(|page| matches!(page.status, 422 | 429)));
    assert!(
        app.hasher.computed() <= 20,
        "{} passwords were looked at",
        app.hasher.computed()
    );
}

#[tokio::test]
async fn an_office_behind_one_address_signs_in_together() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let people: Vec<_> = (0..12).map(|_| app.employee_of(&company)).collect();
    let clients: Vec<Client> = people.iter().map(|_| app.client()).collect();
    let attempts = clients
        .iter()
        .zip(&people)
        .map(|(client, person)| attempt(client, &person.email, PASSWORD));
    for page in join_all(attempts).await {
        page.assert_see_other("/employee");
    }
}

#[tokio::test]
async fn no_trail_holds_an_address_or_an_ip() {
    let app = behind_a_proxy().await;
    let hr = app.hr_of(&app.company("TechCorp"));
    for address in 1..=6 {
        attempt(&from_address(&app, address), &hr.email, WRONG).await;
    }
    attempt(&from_address(&app, 7), "typo@techcorp.example", WRONG).await;
    for table in [
        "sign_in_attempts",
        "security_events",
        "audit_logs",
        "jobs",
        "sessions",
    ] {
        let rows = app
            .text(&format!(
                "SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t"
            ))
            .unwrap_or_default();
        for secret in [hr.email.as_str(), "typo@", "192.0.2.", WRONG] {
            assert!(!rows.contains(secret), "{table} holds {secret:?}");
        }
    }
}

#[tokio::test]
async fn the_wait_is_said_in_the_reader_s_language() {
    let app = TestApp::start().await;
    let client = app.client().with_header("accept-language", "en-GB");
    for _ in 0..5 {
        attempt(&client, "nobody@nowhere.example", WRONG).await;
    }
    let message = text_with(
        Locale::En,
        "auth-sign-in-wait",
        &[("minutes", 15_i64.into())],
    );
    attempt(&client, "nobody@nowhere.example", WRONG)
        .await
        .assert_status(429)
        .assert_text(&message);
}
