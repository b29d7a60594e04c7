//! From a company's request to its own HR and the first booking, as each of them sees it.

use super::Browser;
use crate::support::{
    TestApp,
    actors::{PASSWORD, Practitioner},
};

const PERSON: &str = "quatre renards dansent lundi";
/// The next Monday, 10:00 in Paris: free in every practitioner's week.
const SLOT: &str = "2026-03-23T09:00:00Z";

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

async fn asks_to_join(app: &TestApp, browser: &mut Browser) {
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
    let path = link(app, "/company-request/");
    browser.goto(&path).await;
    browser.inspects("a request to confirm").await;
    browser.submit(&path).await;
    browser.reads("Votre demande nous est parvenue").await;
}

async fn is_validated(app: &TestApp, browser: &mut Browser) {
    let admin = app.admin();
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
    browser.becomes_somebody_else().await;
}

async fn opens_its_own_space(app: &TestApp, browser: &mut Browser) {
    app.run_jobs().await;
    let path = link(app, "/invitation/");
    browser.goto(&path).await;
    browser.inspects("the invitation to HR").await;
    browser.fill("password", PERSON).await;
    browser.fill("password_again", PERSON).await;
    browser.click("label[for=terms]").await;
    browser.submit(&path).await;
    browser.arrives_at("/rh").await;
}

/// What HR says of its company, looked at screen by screen.
async fn describes_itself(browser: &mut Browser) {
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
}

async fn invites_an_employee_who_books(
    app: &TestApp,
    browser: &mut Browser,
    practitioner: &Practitioner,
) {
    browser.goto("/rh/employees/new").await;
    for (field, value) in [
        ("email", "chloe@verrerie.example"),
        ("first_name", "Chloé"),
        ("last_name", "Brunel"),
    ] {
        browser.fill(field, value).await;
    }
    browser.submit("/rh/employees").await;
    browser.reads("chloe@verrerie.example").await;
    app.run_jobs().await;
    browser.becomes_somebody_else().await;
    let path = link(app, "/invitation/");
    browser.goto(&path).await;
    browser.fill("password", PERSON).await;
    browser.fill("password_again", PERSON).await;
    browser.click("label[for=health_data]").await;
    browser.click("label[for=terms]").await;
    browser.submit(&path).await;
    browser.arrives_at("/employee").await;
    browser
        .inspects("employee: the home of a new company")
        .await;

    let profile = format!("/employee/booking/{}", practitioner.id);
    browser.goto("/employee/booking").await;
    browser.click(&format!("h2 a[href='{profile}']")).await;
    browser.arrives_at(&profile).await;
    browser.click(&format!("button.slot[value='{SLOT}']")).await;
    browser.sees("[data-countdown]").await;
    browser
        .click("label:has(input[name=format][value=video])")
        .await;
    browser
        .click("form[action$='/confirmation'] button[type=submit]:not([form])")
        .await;
    browser.sees("ol.timeline").await;
    browser.reads(&practitioner.last_name).await;
    assert_eq!(
        app.text("SELECT starts_at::text FROM consultations WHERE status = 'scheduled'")
            .as_deref(),
        Some("2026-03-23 09:00:00+00")
    );
}

#[tokio::test]
async fn a_company_asks_is_validated_describes_itself_and_its_employee_books() {
    let app = TestApp::start().await;
    let practitioner = app.practitioner();
    let mut browser = Browser::open(&app).await;
    asks_to_join(&app, &mut browser).await;
    is_validated(&app, &mut browser).await;
    opens_its_own_space(&app, &mut browser).await;
    describes_itself(&mut browser).await;
    invites_an_employee_who_books(&app, &mut browser, &practitioner).await;
    browser.close().await;
}

#[tokio::test]
async fn the_same_from_the_request_to_the_first_booking_on_a_phone() {
    let app = TestApp::start().await;
    let practitioner = app.practitioner();
    let mut browser = Browser::open(&app).await;
    browser.picks_up_a_phone().await;
    asks_to_join(&app, &mut browser).await;
    is_validated(&app, &mut browser).await;
    opens_its_own_space(&app, &mut browser).await;
    invites_an_employee_who_books(&app, &mut browser, &practitioner).await;
    browser.close().await;
}

#[tokio::test]
async fn a_suspended_company_is_told_on_the_screens_of_its_people() {
    let app = TestApp::start().await;
    let company = app.company("Compagnie générale des verreries et cristalleries réunies");
    let (hr, employee) = (app.hr_of(&company), app.employee_of(&company));
    let practitioner = app.practitioner();
    app.consultation(&employee, &practitioner)
        .at("2026-03-25T09:00:00Z")
        .confirmed();
    let admin = app.client().signed_in_as(&app.admin());
    let path = format!("/admin/companies/{}/suspension", company.id);
    admin
        .post(&path, &[("reason", "Contrat échu.")])
        .await
        .assert_status(303);
    app.run_jobs().await;
    let mut browser = Browser::open(&app).await;
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.reads("Les réservations sont en pause").await;
    browser.inspects("employee: a suspended company").await;
    browser.goto("/employee/notifications").await;
    browser
        .reads("Un rendez-vous est à garder ou à annuler")
        .await;
    browser.inspects("employee: told of it").await;
    browser.goto("/employee/consultations").await;
    browser.inspects("employee: what is to be decided").await;
    browser.becomes_somebody_else().await;
    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser
        .reads("L’accès de votre entreprise est suspendu")
        .await;
    browser.inspects("HR: a suspended company").await;
    browser.close().await;
}
