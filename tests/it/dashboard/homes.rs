//! What each home page says, empty and full.

use chrono::Duration;
use huntzen::{infra::actor::Worker, metrics};

use crate::support::{TestApp, actors::Employee, page::Page};

fn rename(app: &TestApp, employee: &Employee, first_name: &str) {
    app.sql(&format!(
        "UPDATE users SET first_name = '{first_name}' WHERE id = '{}'",
        employee.id
    ));
}

fn stats(page: &Page) -> Vec<String> {
    page.texts(".stat-value")
}

#[tokio::test]
async fn an_employee_without_appointment_is_greeted_and_invited() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    rename(&app, &employee, "Anouk");
    let page = app.client().signed_in_as(&employee).get("/employee").await;
    page.assert_ok()
        .assert_text("Bonjour Anouk")
        .assert_text("Parler à quelqu’un fait du bien")
        .assert_text("3114");
    assert!(
        page.attributes(".feature a", "href")
            .contains(&"/employee/booking".to_owned())
    );
}

#[tokio::test]
async fn an_employee_sees_the_next_appointment_and_what_to_do_now() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let at = |start| app.consultation(&employee, &practitioner).at(start);
    at("2026-03-02T09:00:00Z").completed(3_000);
    let next = at("2026-03-20T10:00:00Z").format("in_person").confirmed();
    at("2026-03-27T10:00:00Z").scheduled();
    let client = app.client().signed_in_as(&employee);

    // An hour before.
    let page = client.get("/employee").await;
    page.assert_ok()
        .assert_text("vendredi 20\u{a0}mars 2026 à 11\u{a0}h\u{a0}00")
        .assert_text("12 rue de la République, 69002 Lyon")
        .assert_text("Prévoyez d’arriver quelques minutes avant")
        .assert_text("En attente de confirmation")
        .assert_text("1 rendez-vous passé");
    let links = page.attributes(".feature a", "href");
    assert_eq!(
        links,
        [
            format!("/employee/consultations/{next}"),
            format!("/employee/consultations/{next}/cancellation"),
        ]
    );
    for link in links {
        client.get(&link).await.assert_ok();
    }
    // A quarter of an hour before it may begin.
    app.clock.advance(Duration::minutes(45));
    client.get("/employee").await.assert_text("C’est le moment");
    app.sql(&format!(
        "UPDATE consultations SET status = 'in_progress', started_at = starts_at WHERE id = '{next}'"
    ));
    client
        .get("/employee")
        .await
        .assert_text("Votre consultation est en cours");
}

#[tokio::test]
async fn a_practitioners_month_is_compared_with_the_same_days_of_the_month_before() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (practitioner, other) = (app.practitioner(), app.practitioner());
    let completed = |practitioner, start, seconds| {
        let employee = app.employee_of(&company);
        app.consultation(&employee, practitioner)
            .at(start)
            .completed(seconds);
    };
    completed(&practitioner, "2026-03-02T09:00:00Z", 3_600);
    completed(&practitioner, "2026-03-19T09:00:00Z", 1_800);
    completed(&practitioner, "2026-02-20T09:00:00Z", 2_400);
    // After the same date of the month before, and somebody else's.
    completed(&practitioner, "2026-02-21T09:00:00Z", 2_400);
    completed(&other, "2026-03-03T09:00:00Z", 6_000);

    let page = app
        .client()
        .signed_in_as(&practitioner)
        .get("/practitioner")
        .await;

    page.assert_ok();
    assert_eq!(stats(&page), ["2", "1\u{a0}h\u{a0}30", "45\u{a0}min"]);
    page.assert_text("1 à la même date en février 2026")
        .assert_text("40\u{a0}min à la même date en février 2026");
}

#[tokio::test]
async fn a_practitioner_confirms_from_the_home_page() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let id = app.consultation(&employee, &practitioner).scheduled();
    let client = app.client().signed_in_as(&practitioner);
    let page = client.get("/practitioner").await;
    let action = format!("/practitioner/consultations/{id}/confirmation");
    page.assert_text(&employee.last_name);

    client.submit(&page, &action, &[]).await.assert_status(303);

    let page = client.get("/practitioner").await;
    page.assert_text("Tout est confirmé")
        .assert_text(&employee.last_name);
    assert_eq!(
        app.count("SELECT count(*) FROM consultations WHERE status = 'confirmed'"),
        1
    );
}

#[tokio::test]
async fn hr_sees_accounts_and_months_and_no_consultation() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let practitioner = app.practitioner();
    let employees: Vec<_> = (0..4).map(|_| app.employee_of(&company)).collect();
    app.sql(&format!(
        "UPDATE users SET status = 'pending' WHERE id = '{}'; UPDATE users SET status = 'suspended' WHERE id = '{}'",
        employees[2].id, employees[3].id
    ));
    app.discloses(&company, "named");
    app.sql("UPDATE companies SET created_at = '2026-01-01'; UPDATE employees SET created_at = '2026-01-01'");
    for (employee, start, seconds) in [
        (&employees[0], "2026-02-02T09:00:00Z", 3_600),
        (&employees[1], "2026-02-03T09:00:00Z", 1_800),
        (&employees[1], "2026-01-05T09:00:00Z", 1_800),
    ] {
        app.consultation(employee, &practitioner)
            .at(start)
            .completed(seconds);
    }
    let rival = app.company("Rivale");
    let rivals = app.employee_of(&rival);
    app.consultation(&rivals, &practitioner)
        .at("2026-02-04T09:00:00Z")
        .completed(9_000);
    metrics::jobs::freeze(&Worker::door(&app.shared))
        .await
        .expect("months are frozen");

    let page = app
        .client()
        .signed_in_as(&app.hr_of(&company))
        .get("/rh")
        .await;

    page.assert_ok()
        .assert_text("2 sur 2 comptes actifs")
        .assert_text("pour 2 personnes")
        .assert_nowhere(&practitioner.id.to_string());
    assert_eq!(stats(&page), ["100\u{202f}%", "2", "45\u{a0}min", "–"]);
    // The charts' figures, as their tables say them: January and February.
    assert_eq!(
        page.texts(".chart-data td"),
        ["50\u{202f}%", "100\u{202f}%", "1", "2"]
    );
}

#[tokio::test]
async fn a_new_company_and_a_new_practitioner_are_told_how_to_begin() {
    let app = TestApp::start().await;
    let hr = app.client().signed_in_as(&app.hr_of(&app.company("Neuve")));
    hr.get("/rh")
        .await
        .assert_ok()
        .assert_text("Importez votre liste");
    let practitioner = app.client().signed_in_as(&app.practitioner());
    practitioner
        .get("/practitioner")
        .await
        .assert_ok()
        .assert_text("Aucune consultation à venir");
}

#[tokio::test]
async fn the_admin_sees_what_waits_for_a_decision() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.company("Autre");
    app.sql("UPDATE companies SET status = 'pending' WHERE name = 'Autre'");
    let (practitioner, waiting) = (app.practitioner(), app.practitioner());
    app.sql(&format!(
        "UPDATE practitioners SET verification = 'pending' WHERE user_id = '{}'",
        waiting.id
    ));
    app.consultation(&app.employee_of(&company), &practitioner)
        .at("2026-03-02T09:00:00Z")
        .completed(3_600);
    let page = app.client().signed_in_as(&app.admin()).get("/admin").await;
    page.assert_ok()
        .assert_text("1 entreprise en attente")
        .assert_text("1 praticien à vérifier")
        .assert_text("0 en février 2026");
    assert_eq!(stats(&page), ["1", "1\u{a0}h\u{a0}00", "1", "1"]);
}
