//! What people can know of their own data.

mod access;
mod consents;
mod erasure;
pub mod export;
mod leaving;
mod retention;

use std::collections::BTreeSet;

use huntzen::privacy::secrets::Secret;

use crate::support::TestApp;

#[tokio::test]
async fn employees_see_what_hr_sees_of_them_and_nobody_else() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.discloses(&company, "named");
    let (employee, colleague) = (app.employee_of(&company), app.employee_of(&company));
    let practitioner = app.practitioner();
    for (who, start, seconds) in [
        (&employee, "2026-03-03T09:00:00Z", 3_000),
        (&employee, "2026-03-10T09:00:00Z", 2_400),
        (&employee, "2026-02-10T09:00:00Z", 600),
        (&colleague, "2026-03-11T09:00:00Z", 1_260),
    ] {
        app.consultation(who, &practitioner)
            .at(start)
            .completed(seconds);
    }
    let page = app
        .client()
        .signed_in_as(&employee)
        .get("/account/privacy")
        .await;
    page.assert_ok()
        .assert_text(&employee.email)
        .assert_text("la base de données refuse");
    let cells = page.texts(".table tbody tr > *");
    assert_eq!(cells.len(), 6 * 3);
    assert_eq!(cells[..3], ["mars 2026", "2", "1\u{a0}h\u{a0}30"]);
    assert_eq!(cells[3..6], ["février 2026", "1", "10\u{a0}min"]);
    assert!(!page.text().contains(&colleague.email));
    assert_eq!(
        page.texts(".badge"),
        vec!["Fermé"; Secret::ALL.len()],
        "all of it is checked"
    );
    // The very figures of HR's page.
    let hr = app.client().signed_in_as(&app.hr_of(&company));
    let usage = hr.get("/rh/usage?month=2026-03").await;
    usage.assert_ok().assert_text("1\u{a0}h\u{a0}30");
}

#[tokio::test]
async fn who_has_no_employer_here_reads_the_public_page() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let practitioner = app.practitioner();
    for account in [
        &*practitioner,
        &*app.hr_of(&company),
        &*app.admin(),
        &*app.super_admin(),
    ] {
        let client = app.client().signed_in_as(account);
        let page = client.get("/account/privacy").await;
        page.assert_see_other("/confidentiality");
        client
            .get("/account")
            .await
            .assert_ok()
            .assert_nowhere("Voir mes données");
    }
    app.client()
        .get("/account/privacy")
        .await
        .assert_status(303);
}

#[tokio::test]
async fn a_right_that_hr_should_not_have_is_shown_and_not_hidden() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    app.sql("GRANT SELECT (id) ON consultations TO hz_hr");
    let page = app
        .client()
        .signed_in_as(&employee)
        .get("/account/privacy")
        .await;
    page.assert_ok()
        .assert_text("La vérification a échoué")
        .assert_nowhere("la base de données refuse");
    assert!(page.texts(".badge").contains(&"À vérifier".to_owned()));
}

/// What HR's pages show of people, and tables without anything of an employee.
const SHOWN_OR_OF_OTHERS: [&str; 25] = [
    // Accounts and invitations, as HR manages them.
    "users",
    "employees",
    "invitations",
    "employee_imports",
    "employee_import_rows",
    "employee_import_effects",
    "employee_selections",
    "companies",
    // Of the company's contract, its domains and its HR team.
    "company_decisions",
    "company_domain_claims",
    "hr_preferences",
    // What HR and the platform write to each other.
    "support_tickets",
    "support_messages",
    "support_notes",
    // How one signs in; no page of HR's reads them of others.
    "credentials",
    "sessions",
    "password_resets",
    "security_events",
    "audit_logs",
    // Of practitioners.
    "practitioners",
    "portraits",
    "places",
    "practitioner_activity_daily",
    "platform_settings",
    // Of the admin who chose with the company; employees see what and when.
    "disclosure_settings",
];

#[tokio::test]
async fn every_table_that_refers_to_people_is_among_the_secrets_or_accounted_for() {
    let app = TestApp::start().await;
    let referring = app
        .text(
            "SELECT string_agg(DISTINCT c.conrelid::regclass::text, ' ')
             FROM pg_constraint c
             WHERE c.contype = 'f' AND c.confrelid IN ('users'::regclass, 'employees'::regclass, 'consultations'::regclass)",
        )
        .expect("tables");
    let known: BTreeSet<&str> = Secret::ALL
        .iter()
        .flat_map(|secret| secret.tables())
        .copied()
        .chain(SHOWN_OR_OF_OTHERS)
        .collect();
    let unknown: Vec<&str> = referring
        .split(' ')
        .filter(|table| !known.contains(table))
        .collect();
    assert!(unknown.is_empty(), "who sees these? {unknown:?}");
}
