//! What a member of HR is told of its colleagues, and in which language.

use super::Office;
use crate::support::{TestApp, actors::Account};

const SETTINGS: &str = "/rh/settings";

/// To whom news of the team or of the domains went.
fn told(app: &TestApp) -> Vec<String> {
    let mut told: Vec<String> = app
        .mails()
        .into_iter()
        .filter(|mail| mail.subject.starts_with("Du nouveau dans l’espace RH"))
        .map(|mail| mail.to)
        .collect();
    told.sort();
    told
}

async fn invites(office: &Office, name: &str) {
    let email = office.address(name);
    let fields = [
        ("first_name", "Ève"),
        ("last_name", "Ott"),
        ("email", email.as_str()),
    ];
    let sent = office.hr.post("/rh/company/team", &fields).await;
    sent.assert_see_other("/rh/company/team");
}

#[tokio::test]
async fn the_others_of_the_team_are_told_unless_they_do_not_want_it() {
    let office = Office::open().await;
    let app = &office.app;
    let colleague: &Account = &app.hr_of(&office.company);
    let _stranger = app.hr_of(&app.company("Rivale"));
    invites(&office, "eve").await;
    app.run_jobs().await;
    assert_eq!(
        told(app),
        std::slice::from_ref(&colleague.email),
        "neither the author nor another company"
    );
    let mails = app.mails();
    let mail = mails.iter().find(|mail| mail.to == colleague.email);
    let mail = mail.expect("the mail");
    assert!(mail.text.contains("a invité une personne dans l’équipe RH"));
    assert!(!mail.text.contains("eve@"), "not whom: the page says so");

    let client = app.client().signed_in_as(colleague);
    let page = client.get(SETTINGS).await;
    page.assert_ok().assert_text(&colleague.email);
    // What is not ticked is not sent.
    client
        .post(SETTINGS, &[("domains", "true")])
        .await
        .assert_see_other(SETTINGS);
    let page = client.get(SETTINGS).await;
    assert_eq!(
        page.attributes("input[type=checkbox][checked]", "name"),
        ["domains"]
    );
    invites(&office, "zoe").await;
    app.run_jobs().await;
    assert_eq!(told(app).len(), 1, "no second one");

    client
        .post(SETTINGS, &[("team", "true"), ("unknown", "true")])
        .await
        .assert_see_other(SETTINGS);
    invites(&office, "lea").await;
    app.run_jobs().await;
    assert_eq!(told(app).len(), 2);
}

#[tokio::test]
async fn the_language_of_the_space_is_chosen_there() {
    let office = Office::open().await;
    let page = office.hr.get(SETTINGS).await;
    page.assert_ok().assert_text("Réglages");
    office
        .hr
        .submit(&page, "/preferences/language", &[("locale", "en")])
        .await
        .assert_see_other(SETTINGS);
    office
        .hr
        .get(SETTINGS)
        .await
        .assert_ok()
        .assert_text("Settings");
    assert_eq!(
        office
            .app
            .text("SELECT locale FROM users WHERE role = 'hr'")
            .as_deref(),
        Some("en")
    );
}

#[tokio::test]
async fn an_erased_account_leaves_no_settings() {
    let office = Office::open().await;
    office.hr.post(SETTINGS, &[]).await.assert_status(303);
    assert_eq!(office.app.count("SELECT count(*) FROM hr_preferences"), 1);
    office
        .app
        .sql("UPDATE users SET status = 'erased' WHERE role = 'hr'");
    assert_eq!(office.app.count("SELECT count(*) FROM hr_preferences"), 0);
}
