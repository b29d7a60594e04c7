//! Leaving the company: what is left, how it is reached, and what is not.

use huntzen::auth::password::hash_blocking;
use secrecy::{ExposeSecret as _, SecretString};

use super::export::{all_text, unzip};
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
    for (path, shared) in [("/new", ""), ("", "?entry=1")] {
        let path = format!("/employee/journal/shares{path}{shared}");
        if path.ends_with("/new") {
            browser.get(&path).await.assert_status(404);
        } else {
            browser.post(&path, &[]).await.assert_status(404);
        }
    }
    browser.get("/account/privacy").await.assert_ok();
    // The copy is prepared in their own name, with what rights they have left: all that was theirs is in it.
    browser.post("/account/privacy/export", &[]).await;
    app.run_jobs().await;
    let file = browser
        .post("/account/privacy/export/file", &[("password", PASSWORD)])
        .await;
    let copy = all_text(&unzip(&file));
    for theirs in ["SAID", "JOURNAL", "après le départ", PERSONAL] {
        assert!(copy.contains(theirs), "{theirs}");
    }
}

#[tokio::test]
async fn nothing_else_is_left_to_them_not_even_by_sql() {
    let world = World::start().await;
    world.suspends().await;
    let (browser, _) = world.signs_in(PERSONAL).await;
    for path in [
        "/employee",
        "/employee/booking",
        "/employee/consultations",
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
    let chat = format!("/employee/consultations/{met}/messages");
    browser
        .post(&chat, &[("text", "bonjour")])
        .await
        .assert_status(404);
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
async fn who_tries_addresses_learns_nothing_from_the_answers() {
    let world = World::start().await;
    world.suspends().await;
    let answer = async |email: &str, password: &str| {
        let client = world.app.client();
        let form = [("email", email), ("password", password)];
        let page = client.post("/login", &form).await;
        page.assert_status(422);
        page.texts(".alert")
    };
    let unknown = answer("personne@perso.example", PASSWORD).await;
    assert!(!unknown.is_empty());
    for (email, password) in [
        (PERSONAL, "Autre-chose-42!"),
        (world.employee.email.as_str(), PASSWORD),
        (world.employee.email.as_str(), "Autre-chose-42!"),
    ] {
        assert_eq!(answer(email, password).await, unknown, "{email}");
    }
}

#[tokio::test]
async fn an_address_that_two_people_have_opens_to_each_what_is_theirs() {
    let world = World::start().await;
    let app = &world.app;
    let spouse = app.employee_of(&world.company);
    app.journal_entry(&spouse, ("AUTRE", "AUTRE"), None, 2);
    app.sql(&format!(
        "INSERT INTO personal_addresses (user_id, email, asked_since) VALUES ('{}', '{PERSONAL}', now());
         UPDATE users SET status = 'suspended' WHERE id IN ('{}', '{}')",
        spouse.id, spouse.id, world.employee.id
    ));
    let theirs = hash_blocking(&SecretString::from("Mot-de-passe-autre-7!"));
    let theirs = theirs.expect("hashing works");
    let theirs = theirs.expose_secret();
    app.sql(&format!(
        "UPDATE credentials SET password_hash = '{theirs}' WHERE user_id = '{}'",
        spouse.id
    ));
    for (password, own, other) in [
        (PASSWORD, "TITLE", "AUTRE"),
        ("Mot-de-passe-autre-7!", "AUTRE", "TITLE"),
    ] {
        let client = app.client();
        let form = [("email", PERSONAL), ("password", password)];
        client.post("/login", &form).await.assert_see_other(HOME);
        let page = client.get("/employee/journal").await;
        page.assert_ok().assert_text(own).assert_nowhere(other);
    }
    // An account that has this very address is the first to be asked, and does not shut the others out.
    let practitioner = &world.practitioner;
    app.sql(&format!(
        "UPDATE users SET email = '{PERSONAL}' WHERE id = '{}';
         UPDATE credentials SET password_hash = '{theirs}' WHERE user_id = '{}'",
        practitioner.id, practitioner.id
    ));
    let (_, status) = world.signs_in(PERSONAL).await;
    assert_eq!(status, 303);
}

#[tokio::test]
async fn a_link_sent_before_the_end_still_proves_the_address_and_the_way_back_is_told() {
    let world = World::start().await;
    let app = &world.app;
    app.sql("DELETE FROM personal_addresses");
    let at_work = app.client().signed_in_as(&world.employee);
    let asks = async |password: &str| {
        let form = [("email", PERSONAL), ("password", password)];
        at_work
            .post("/employee/notifications/personal-address", &form)
            .await
            .status
    };
    // A browser left open at work gives no way back to anybody else.
    assert_eq!((asks("").await, asks("faux").await), (422, 422));
    assert_eq!(app.count("SELECT count(*) FROM personal_addresses"), 0);
    assert_eq!(asks(PASSWORD).await, 303);
    world.suspends().await;
    let mails = app.mails();
    assert!(mails.iter().all(|mail| !mail.text.contains("/login")));
    let mail = mails.last().expect("a link");
    let url = app.url("/personal-address/");
    let at = mail.text.find(&url).expect("a link") + app.url("").len();
    let link = mail.text[at..].split_whitespace().next().expect("a link");
    app.client().post(link, &[]).await.assert_ok();
    app.run_jobs().await;
    let mail = app.mails().pop().expect("told");
    assert_eq!(mail.to, PERSONAL);
    assert!(mail.text.contains("/login"));
    assert_eq!(world.signs_in(PERSONAL).await.1, 303);
}

#[tokio::test]
async fn they_erase_what_is_theirs_and_the_mailbox_at_work_hears_nothing_of_it() {
    let world = World::start().await;
    let app = &world.app;
    world.suspends().await;
    let (browser, _) = world.signs_in(PERSONAL).await;
    let before = app.mails().len();
    let asked = browser
        .post("/account/privacy/erasure", &[("password", PASSWORD)])
        .await;
    asked.assert_status(303);
    app.run_jobs().await;
    for days in [11, 4] {
        app.clock.advance(chrono::Duration::days(days));
        app.run_jobs().await;
    }
    let told = app.mails().split_off(before);
    assert!(told.len() == 3, "asked for, near, done: {told:?}");
    assert!(told.iter().all(|mail| mail.to == PERSONAL), "{told:?}");
    assert_eq!(app.count("SELECT count(*) FROM journal_entries"), 0);
    assert_eq!(world.signs_in(PERSONAL).await.1, 422);
}

#[tokio::test]
async fn their_agreement_can_be_taken_back_and_ends_what_was_still_planned() {
    let world = World::start().await;
    let app = &world.app;
    let ahead = app.consultation(&world.employee, &world.practitioner);
    let ahead = ahead.at("2026-04-02T09:00:00Z").confirmed();
    world.suspends().await;
    let (browser, _) = world.signs_in(PERSONAL).await;
    let path = "/account/privacy/consents/health_data/withdrawal";
    let page = browser.get(path).await;
    page.assert_ok();
    let sent = browser.submit(&page, path, &[]).await;
    sent.assert_see_other("/account/privacy/consents");
    let status = format!("SELECT status FROM consultations WHERE id = '{ahead}'");
    assert_eq!(app.text(&status).as_deref(), Some("cancelled"));
    // What is written stays theirs to read; nothing new is written.
    let page = browser.get("/employee/journal").await;
    page.assert_ok().assert_text("JOURNAL");
    let sent = browser.post("/employee/journal", &[("text", "x")]).await;
    assert_ne!(sent.status, 200);
    assert_eq!(app.count("SELECT count(*) FROM journal_entries"), 1);
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
    page.assert_ok()
        .assert_text("pas encore indiqué d’adresse personnelle");
    let page = world
        .app
        .client()
        .signed_in_as(&world.employee)
        .get("/account/privacy")
        .await;
    page.assert_ok().assert_text(PERSONAL);
}
