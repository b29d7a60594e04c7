//! One's own data in a browser: who looked, what one agreed to, and changing one's mind.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn one_sees_who_looked_and_changes_ones_mind_and_back() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, hr) = (app.employee_of(&company), app.hr_of(&company));
    app.consultation(&employee, &app.practitioner()).scheduled();
    let mut browser = Browser::open(&app).await;
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto("/account/privacy/access").await;
    browser.reads("Personne, pour l’instant").await;
    browser.inspects("privacy: nobody looked").await;
    app.client()
        .signed_in_as(&hr)
        .get("/rh/employees")
        .await
        .assert_ok();
    browser.goto("/account/privacy").await;
    browser.inspects("privacy: my data").await;
    browser.click("a[href='/account/privacy/access']").await;
    browser.reads("a consulté la liste des salariés").await;
    browser.inspects("privacy: who looked").await;

    browser.goto("/account/privacy/consents").await;
    browser.inspects("privacy: what I agreed to").await;
    browser.goto("/account/privacy/consents/health_data").await;
    browser.inspects("privacy: a text").await;
    browser
        .click("a[href='/account/privacy/consents/health_data/withdrawal']")
        .await;
    browser.reads("Votre rendez-vous à venir est annulé").await;
    browser.inspects("privacy: what a withdrawal stops").await;
    browser
        .submit("/account/privacy/consents/health_data/withdrawal")
        .await;
    browser.reads("Votre accord est retiré").await;
    browser.inspects("privacy: withdrawn").await;
    browser.goto("/account/privacy/consents/health_data").await;
    browser.leaves_the_checks_to_the_server().await;
    browser
        .submit("/account/privacy/consents/health_data")
        .await;
    browser.inspects_refusal("privacy: a box not ticked").await;
    browser.click("[name=agreed]").await;
    browser
        .submit("/account/privacy/consents/health_data")
        .await;
    browser.reads("Votre accord est enregistré").await;
    browser.close().await;
}
