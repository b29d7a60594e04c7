//! From a company's request to its own HR, as each of them sees it.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

const PERSON: &str = "quatre renards dansent lundi";

/// The latest mail's link below an address of ours.
fn link(app: &TestApp, below: &str) -> String {
    let mails = app.mails();
    let rest = mails
        .iter()
        .rev()
        .find_map(|mail| mail.text.split(below).nth(1))
        .expect("a mail with such a link");
    let token = rest.split_whitespace().next().unwrap_or_default();
    format!("{below}{token}")
}

#[tokio::test]
async fn a_company_asks_is_validated_and_describes_itself() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let mut browser = Browser::open(&app).await;

    browser.goto("/company-request").await;
    browser.leaves_the_checks_to_the_server().await;
    browser.submit("/company-request").await;
    browser.sees("[aria-invalid=true]").await;
    browser.inspects_refusal("an empty request").await;
    let long =
        "Compagnie générale des verreries, cristalleries et miroiteries réunies de la rive gauche";
    for (field, value) in [
        ("name", long),
        ("legal_name", long),
        ("siret", "123 456 782 00010"),
        ("sector", "Artisanat"),
        ("first_name", "Marie-Charlotte"),
        ("last_name", "de La Rochefoucauld-Montmorency"),
        ("email", "marie-charlotte@verrerie.example"),
        ("domain", "verrerie.example"),
        ("message", "Nous sommes douze."),
    ] {
        browser.fill(field, value).await;
    }
    browser.set("size", "small").await;
    browser.submit("/company-request").await;
    browser.sees(".request-sent").await;
    browser.inspects("a request that was sent").await;
    app.run_jobs().await;
    let path = link(&app, "/company-request/");
    browser.goto(&path).await;
    browser.inspects("a request to confirm").await;
    browser.submit(&path).await;
    browser.reads("Votre demande nous est parvenue").await;

    browser.sign_in(&admin.email, PASSWORD).await;
    browser.arrives_at("/admin").await;
    browser.goto("/admin/companies?status=pending").await;
    browser.click("td a").await;
    browser.reads("Une décision est attendue").await;
    browser.inspects("admin: a pending company").await;
    let company = browser.path().await;
    browser.submit(&format!("{company}/validation")).await;
    browser.reads("L’entreprise est validée").await;
    browser.inspects("admin: a company without HR").await;
    browser.submit(&format!("{company}/team")).await;
    browser.reads("L’invitation part à").await;
    browser.inspects("admin: a company and its HR").await;
    browser.sign_out().await;

    app.run_jobs().await;
    let path = link(&app, "/invitation/");
    browser.goto(&path).await;
    browser.inspects("the invitation to HR").await;
    browser.fill("password", PERSON).await;
    browser.fill("password_again", PERSON).await;
    browser.click("#terms").await;
    browser.submit(&path).await;
    browser.arrives_at("/rh").await;
    browser.goto("/rh/company").await;
    browser.inspects("HR: the company").await;
    browser.fill("back_color", "#777777").await;
    browser.fill("ink_color", "#ffffff").await;
    browser.submit("/rh/company").await;
    browser.reads("un contraste de 4.47").await;
    browser
        .inspects_refusal("HR: colours that cannot be read")
        .await;
    browser.goto("/rh/company/domains").await;
    browser.inspects("HR: domains").await;
    browser.fill("address", "paul@filiale.example").await;
    browser.submit("/rh/company/domains").await;
    browser.reads("Code attendu").await;
    browser
        .inspects("HR: a domain that waits for its code")
        .await;
    browser.goto("/rh/company/team").await;
    browser.inspects("HR: the team").await;
    browser.close().await;
}
