//! Language and theme: the browser's for visitors, the account's for members.

use super::{WRONG, attempt, says};
use crate::support::TestApp;

#[tokio::test]
async fn a_visitor_s_language_is_the_browser_s_until_it_is_chosen() {
    let app = TestApp::start().await;
    let language = |page: &crate::support::page::Page| page.attributes("html", "lang");
    assert_eq!(language(&app.client().get("/login").await), ["fr"]);
    let client = app
        .client()
        .with_header("accept-language", "de, en;q=0.8, fr;q=0.2");
    assert_eq!(language(&client.get("/login").await), ["en"]);

    let answer = client
        .post(
            "/preferences/language",
            &[("locale", "fr"), ("return_to", "/login")],
        )
        .await;

    answer.assert_see_other("/login");
    let page = client.follow(&answer).await;
    assert_eq!(language(&page), ["fr"]);
    page.assert_text(&says("auth-sign-in-title"));
}

#[tokio::test]
async fn a_member_s_choices_follow_the_account_to_another_device() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let (phone, laptop) = (
        app.client().signed_in_as(&employee),
        app.client().signed_in_as(&employee),
    );
    laptop.get("/account").await.assert_ok();

    phone
        .post(
            "/preferences/language",
            &[("locale", "en"), ("return_to", "/account")],
        )
        .await;
    phone
        .post(
            "/preferences/theme",
            &[("theme", "dark"), ("return_to", "/account")],
        )
        .await;

    for client in [&phone, &laptop] {
        let page = client.get("/account").await;
        assert_eq!(page.attributes("html", "lang"), ["en"]);
        assert_eq!(page.attributes("html", "data-theme"), ["dark"]);
    }
}

#[tokio::test]
async fn a_value_that_does_not_exist_is_refused() {
    let app = TestApp::start().await;
    let client = app.client().signed_in_as(&app.admin());
    for (path, field) in [
        ("/preferences/language", "locale"),
        ("/preferences/theme", "theme"),
    ] {
        for value in ["", "xx", "fr\u{0}", "'; DROP TABLE users; --"] {
            client
                .post(path, &[(field, value)])
                .await
                .assert_status(400);
        }
        client.post(path, &[]).await.assert_status(400);
    }
    assert_eq!(
        app.count("SELECT count(*) FROM users WHERE locale = 'fr' AND theme = 'system'"),
        1
    );
}

#[tokio::test]
async fn a_choice_never_leads_to_another_site() {
    let app = TestApp::start().await;
    for target in [
        "https://evil.example",
        "//evil.example",
        "/\t/evil.example",
        "/\\evil.example",
        "",
    ] {
        app.client()
            .post(
                "/preferences/theme",
                &[("theme", "dark"), ("return_to", target)],
            )
            .await
            .assert_see_other("/");
    }
}

#[tokio::test]
async fn a_form_that_was_drawn_again_leads_back_to_its_page() {
    let app = TestApp::start().await;
    let client = app
        .client()
        .with_header("referer", &app.url("/login?return_to=/account"));
    let page = attempt(&client, "nobody@nowhere.example", WRONG).await;
    page.assert_status(422);
    client
        .submit(&page, "/preferences/language", &[("locale", "en")])
        .await
        .assert_see_other("/login?return_to=/account");
    let without = attempt(&app.client(), "nobody@nowhere.example", WRONG).await;
    assert!(
        without
            .form("/preferences/language")
            .contains(&("return_to".to_owned(), "/".to_owned()))
    );
}
