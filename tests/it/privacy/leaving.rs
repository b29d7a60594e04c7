//! Leaving the company: what is left, how it is reached, and what is not.

use crate::support::{
    TestApp,
    actors::{Company, Employee, Hr, PASSWORD, Practitioner},
    client::Client,
};

const HOME: &str = "/account/departure";
const PERSONAL: &str = "chez.moi@perso.example";

struct World {
    app: TestApp,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    hr: Hr,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let (employee, practitioner) = (app.employee_of(&company), app.practitioner());
        let met = app.consultation(&employee, &practitioner);
        let met = met.at("2026-03-12T09:00:00Z").completed(2_700);
        let said = app.message(met, &employee, "SAID");
        app.attachment(met, said, "lettre.pdf");
        app.journal_entry(&employee, ("TITLE", "JOURNAL"), Some(2), 5);
        app.sql(&format!(
            "INSERT INTO personal_addresses (user_id, email, asked_since) VALUES ('{}', '{PERSONAL}', now())",
            employee.id
        ));
        let hr = app.hr_of(&company);
        Self {
            app,
            company,
            employee,
            practitioner,
            hr,
        }
    }

    async fn suspends(&self) {
        let hr = self.app.client().signed_in_as(&self.hr);
        let path = format!("/rh/employees/{}", self.employee.id);
        hr.post(&format!("{path}/suspension"), &[])
            .await
            .assert_see_other(&path);
        self.app.run_jobs().await;
    }

    async fn signs_in(&self, email: &str) -> (Client, u16) {
        let client = self.app.client();
        let page = client
            .post("/login", &[("email", email), ("password", PASSWORD)])
            .await;
        (client, page.status)
    }
}

#[tokio::test]
async fn somebody_who_left_reaches_what_is_theirs_with_their_personal_address_alone() {
    let world = World::start().await;
    let (app, me) = (&world.app, &world.employee);
    let at_work = app.client().signed_in_as(me);
    at_work.get("/employee").await.assert_ok();
    // Before leaving, the personal address opens nothing.
    assert_eq!(world.signs_in(PERSONAL).await.1, 422);
    world.suspends().await;
    let mails = app.mails();
    let mail = mails.iter().find(|mail| mail.to == PERSONAL).expect("told");
    assert!(mail.text.contains("/login") && !mail.text.contains("HuntZen Care"));
    app.clock.advance(chrono::Duration::seconds(4));
    // The browser at work is out, and the work address is unknown.
    at_work.get("/employee/journal").await.assert_status(303);
    assert_eq!(world.signs_in(&me.email).await.1, 422);

    let (browser, status) = world.signs_in(PERSONAL).await;
    assert_eq!(status, 303);
    let page = browser.get(HOME).await;
    page.assert_ok()
        .assert_text("Ce qui reste à vous")
        .assert_text("3114");
    for link in page.attributes("main a, nav a", "href") {
        let page = browser.get(&link).await;
        assert!(page.status < 400, "{link}: {}", page.status);
    }
    browser
        .get("/employee/journal")
        .await
        .assert_ok()
        .assert_text("JOURNAL");
    let new = browser.get("/employee/journal/new").await;
    let wrote = browser
        .submit(&new, "/employee/journal", &[("text", "après le départ")])
        .await;
    assert_eq!(wrote.status, 303, "{}", wrote.readable());
    let past = browser.get("/employee/consultations?tab=past").await;
    past.assert_ok().assert_text(&world.practitioner.last_name);
    let link = past.attributes("a[href^='/employee/consultations/']", "href");
    browser.get(&link[0]).await.assert_ok().assert_text("SAID");
    browser.get("/account/privacy").await.assert_ok();
    // The copy is prepared in their own name, with what rights they have left.
    browser.post("/account/privacy/export", &[]).await;
    app.run_jobs().await;
    let file = browser
        .post("/account/privacy/export/file", &[("password", PASSWORD)])
        .await;
    file.assert_ok();
    assert_eq!(file.header("content-type"), Some("application/zip"));
}

#[tokio::test]
async fn nothing_else_is_left_to_them_not_even_by_sql() {
    let world = World::start().await;
    world.suspends().await;
    let (browser, _) = world.signs_in(PERSONAL).await;
    for path in [
        "/employee",
        "/employee/booking",
        "/employee/waiting-list",
        "/employee/messages",
        "/employee/notifications",
        "/employee/notifications/preferences",
        "/rh",
        "/practitioner",
    ] {
        browser.get(path).await.assert_status(404);
    }
    let met = world.app.text("SELECT id FROM consultations").expect("one");
    let page = browser
        .post(
            &format!("/employee/consultations/{met}/messages"),
            &[("text", "bonjour")],
        )
        .await;
    assert!(page.status >= 400, "{}", page.status);
    assert_eq!(world.app.count("SELECT count(*) FROM chat_messages"), 1);
    let writable = world.app.text(
        "SELECT string_agg(DISTINCT table_name, ' ' ORDER BY table_name) FROM information_schema.column_privileges
         WHERE grantee = 'hz_former' AND privilege_type IN ('INSERT', 'UPDATE') AND table_schema = 'public'",
    );
    assert_eq!(
        writable.as_deref(),
        Some(
            "audit_logs consents credentials data_export_parts data_exports data_keys jobs journal_entries security_events sessions users"
        )
    );
}

#[tokio::test]
async fn back_in_the_company_everything_is_as_before_and_the_personal_address_opens_nothing() {
    let world = World::start().await;
    world.suspends().await;
    let (browser, _) = world.signs_in(PERSONAL).await;
    browser.get(HOME).await.assert_ok();
    let hr = world.app.client().signed_in_as(&world.hr);
    let path = format!("/rh/employees/{}", world.employee.id);
    // HR sees nothing of the visit.
    let page = hr.get(&path).await;
    page.assert_ok().assert_nowhere(PERSONAL);
    hr.post(&format!("{path}/reactivation"), &[])
        .await
        .assert_see_other(&path);
    world.app.clock.advance(chrono::Duration::seconds(4));
    browser.get(HOME).await.assert_status(303);
    assert_eq!(world.signs_in(PERSONAL).await.1, 422);
    let (browser, status) = world.signs_in(&world.employee.email).await;
    assert_eq!(status, 303);
    browser.get("/employee").await.assert_ok();
    browser.get(HOME).await.assert_see_other("/employee");
}

#[tokio::test]
async fn somebody_who_left_and_forgot_their_password_gets_a_link_at_their_own_address() {
    let world = World::start().await;
    world.suspends().await;
    let client = world.app.client();
    for address in [PERSONAL, world.employee.email.as_str()] {
        client
            .post("/password-reset", &[("email", address)])
            .await
            .assert_ok();
    }
    world.app.run_jobs().await;
    let resets: Vec<String> = world
        .app
        .mails()
        .iter()
        .filter(|mail| mail.text.contains("/password-reset/"))
        .map(|mail| mail.to.clone())
        .collect();
    assert_eq!(resets, [PERSONAL]);
}

#[tokio::test]
async fn employees_are_told_to_add_an_address_before_they_leave() {
    let world = World::start().await;
    let other = world.app.employee_of(&world.company);
    let page = world
        .app
        .client()
        .signed_in_as(&other)
        .get("/account/privacy")
        .await;
    page.assert_ok().assert_text("Aucune adresse personnelle");
    let page = world
        .app
        .client()
        .signed_in_as(&world.employee)
        .get("/account/privacy")
        .await;
    page.assert_ok().assert_text(PERSONAL);
}
