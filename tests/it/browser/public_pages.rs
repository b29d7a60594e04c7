//! What everybody can see without an account.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn the_public_pages_are_sound_in_both_themes_and_languages() {
    let app = TestApp::start().await;
    let mut browser = Browser::open(&app).await;
    for (theme, language) in [("light", "fr"), ("dark", "en")] {
        browser.goto("/login").await;
        browser
            .click(&format!(
                "form[action='/preferences/theme'] [value={theme}]"
            ))
            .await;
        browser.sees(&format!("html[data-theme={theme}]")).await;
        browser
            .click(&format!(
                "form[action='/preferences/language'] [value={language}]"
            ))
            .await;
        browser.sees(&format!("html[lang={language}]")).await;
        for path in [
            "/",
            "/confidentiality",
            "/company-request",
            "/login",
            "/password-reset",
        ] {
            browser.goto(path).await;
            browser
                .inspects(&format!("{path} {theme} {language}"))
                .await;
        }
        for path in [
            "/password-reset/x",
            "/invitation/x",
            "/company-request/x",
            "/nothing",
        ] {
            browser.goto(path).await;
            browser
                .inspects_refusal(&format!("{path} {theme} {language}"))
                .await;
        }
    }
    browser.close().await;
}

#[tokio::test]
async fn each_role_signs_in_and_out_in_a_browser() {
    let app = TestApp::start().await;
    let mut browser = Browser::open(&app).await;
    browser.sign_in("nobody@nowhere.example", PASSWORD).await;
    browser.sees("form[action='/login'] [role=alert]").await;
    browser.sees("input[name=password]:focus").await;
    browser.inspects_refusal("sign-in refused").await;
    for account in app.one_of_each(&app.company("TechCorp")) {
        browser.sign_in(&account.email, PASSWORD).await;
        browser.arrives_at(account.role.home()).await;
        browser.goto("/account").await;
        browser.inspects("account").await;
        browser.sign_out().await;
    }
    browser.close().await;
}
