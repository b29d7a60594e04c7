//! Several HR accounts: invited, suspended, never the last one, never out of an employee.

use futures_util::future::join;

use super::Office;
use crate::support::TestApp;

const TEAM: &str = "/rh/company/team";

#[tokio::test]
async fn hr_invites_a_colleague_who_shares_its_space() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let first = app.hr_of(&company);
    let hr = app.client().signed_in_as(&first);
    let office = Office { app, company, hr };
    let email = office.address("denis");
    let fields = [
        ("first_name", "Denis"),
        ("last_name", "Aubry"),
        ("email", email.as_str()),
        ("locale", "fr"),
    ];
    office.hr.post(TEAM, &fields).await.assert_see_other(TEAM);
    office.app.run_jobs().await;
    assert_eq!(
        office.app.mails()[0].subject,
        "Votre espace RH pour TechCorp"
    );
    let link = office.link_of(&email);
    let password = "quatre renards dansent lundi";
    let accepted = [
        ("password", password),
        ("password_again", password),
        ("locale", "fr"),
        ("terms", "true"),
    ];
    let colleague = office.app.client();
    colleague
        .post(&link, &accepted)
        .await
        .assert_see_other("/rh");
    colleague.get(TEAM).await.assert_ok().assert_text(&email);

    // Whoever was invited takes the access of whoever invited away, and gives it back.
    let id = office.app.text(&format!(
        "SELECT id FROM users WHERE role = 'hr' AND email <> '{email}'"
    ));
    let path = format!("{TEAM}/{}", id.expect("an account"));
    colleague
        .post(&format!("{path}/suspension"), &[])
        .await
        .assert_see_other(TEAM);
    office.app.clock.advance(chrono::Duration::seconds(5));
    assert!(office.hr.get(TEAM).await.location().starts_with("/login"));
    colleague
        .post(&format!("{path}/reactivation"), &[])
        .await
        .assert_see_other(TEAM);
    office.app.clock.advance(chrono::Duration::seconds(5));
    // What was open before stays closed: they sign in again.
    assert!(office.hr.get(TEAM).await.location().starts_with("/login"));
    let again = office.app.client().signed_in_as(&first);
    again.get(TEAM).await.assert_ok();
    assert_eq!(
        office
            .app
            .text("SELECT string_agg(action, ' ' ORDER BY created_at) FROM audit_logs WHERE entity = 'companies'")
            .as_deref(),
        Some("HR_INVITED HR_SUSPENDED HR_REACTIVATED")
    );
}

#[tokio::test]
async fn the_last_one_stays_also_when_the_last_two_suspend_each_other_at_once() {
    let office = Office::open().await;
    let app = &office.app;
    let own = app
        .text("SELECT id FROM users WHERE role = 'hr'")
        .expect("an account");
    let own = format!("{TEAM}/{own}/suspension");
    let page = office.hr.post(&own, &[]).await;
    office
        .hr
        .follow(&page)
        .await
        .assert_text("dernier compte RH actif");

    let second = app.hr_of(&office.company);
    let other = app.client().signed_in_as(&second);
    let theirs = format!("{TEAM}/{}/suspension", second.id);
    join(office.hr.post(&theirs, &[]), other.post(&own, &[])).await;
    assert_eq!(
        app.count("SELECT count(*) FROM users WHERE role = 'hr' AND status = 'active'"),
        1
    );
}

#[tokio::test]
async fn an_employee_does_not_become_hr_and_hr_nothing_else() {
    let office = Office::open().await;
    let app = &office.app;
    let employee = app.employee_of(&office.company);
    for (email, said) in [
        (employee.email.as_str(), "elle a déjà un compte"),
        ("denis@ailleurs.example", "aucun des domaines confirmés"),
        ("denis@gmail.com", "une adresse personnelle"),
    ] {
        let fields = [
            ("first_name", "Denis"),
            ("last_name", "Aubry"),
            ("email", email),
        ];
        office
            .hr
            .post(TEAM, &fields)
            .await
            .assert_status(422)
            .assert_text(said);
    }
    // What no form sends is not read either.
    let email = office.address("denis");
    let fields = [
        ("first_name", "Denis"),
        ("last_name", "Aubry"),
        ("email", email.as_str()),
        ("role", "admin"),
        ("status", "active"),
        ("company_id", "00000000-0000-0000-0000-000000000000"),
    ];
    office.hr.post(TEAM, &fields).await.assert_status(303);
    assert_eq!(
        app.text(&format!(
            "SELECT role || ' ' || status FROM users WHERE email = '{email}'"
        ))
        .as_deref(),
        Some("hr pending")
    );
    for path in ["invitation", "suspension", "reactivation"] {
        let path = format!("{TEAM}/{}/{path}", employee.id);
        office
            .hr
            .post(&path, &[("issue", "1")])
            .await
            .assert_status(404);
    }
    assert_eq!(
        app.count("SELECT count(*) FROM users WHERE role = 'employee' AND status = 'active'"),
        1
    );
}

#[tokio::test]
async fn another_company_s_team_does_not_exist() {
    let office = Office::open().await;
    let rival = office.app.hr_of(&office.app.company("Rivale"));
    office.app.hr_of(&office.company);
    for path in ["invitation", "suspension", "reactivation"] {
        let path = format!("{TEAM}/{}/{path}", rival.id);
        office
            .hr
            .post(&path, &[("issue", "1")])
            .await
            .assert_status(404);
    }
    office.hr.get(TEAM).await.assert_nowhere(&rival.email);
}
