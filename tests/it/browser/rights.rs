//! A person's rights in a browser: the copy that gets ready by itself, and the erasure that can be taken back.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

const COPY: &str = "/account/privacy/export";
const ERASURE: &str = "/account/privacy/erasure";

#[tokio::test]
async fn a_copy_gets_ready_while_one_watches_and_an_erasure_is_taken_back() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let later = app.consultation(&employee, &practitioner);
    later.at("2026-04-07T09:00:00Z").confirmed();
    let mut browser = Browser::open(&app).await;
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto("/account").await;
    browser.inspects("account: with its rights").await;
    browser.goto("/account/privacy").await;
    browser.inspects("privacy: what is seen").await;
    browser.goto(COPY).await;
    browser.inspects("copy: none").await;
    browser.submit(COPY).await;
    browser.reads("Votre copie se prépare").await;
    browser.inspects("copy: on its way").await;
    app.run_jobs().await;
    // The page asks by itself.
    browser.reads("Votre copie est prête").await;
    browser.inspects("copy: ready").await;
    browser.fill("password", "faux").await;
    browser.submit("/account/privacy/export/file").await;
    browser
        .reads("Ce n’est pas votre mot de passe actuel")
        .await;
    browser.inspects_refusal("copy: a wrong password").await;

    browser.goto(ERASURE).await;
    browser.reads("un rendez-vous après cette date").await;
    browser.inspects("erasure: before it is asked for").await;
    browser.fill("password", PASSWORD).await;
    browser.submit(ERASURE).await;
    browser.reads("Effacement prévu le").await;
    browser.inspects("erasure: asked for").await;
    browser
        .submit("/account/privacy/erasure/cancellation")
        .await;
    browser.reads("Votre compte est conservé").await;
    browser.close().await;
}
