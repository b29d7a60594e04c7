//! The platform's own state, as its operator sees it.

use chrono::Duration;

use crate::support::TestApp;

#[tokio::test]
async fn the_operator_sees_how_the_system_is() {
    let app = TestApp::start().await;
    let client = app.client().signed_in_as(&app.super_admin());
    app.clock.advance(Duration::hours(2));

    let page = client.get("/super-admin").await;

    page.assert_ok()
        .assert_text(env!("CARGO_PKG_VERSION"))
        .assert_text("En marche depuis 2\u{a0}h\u{a0}00")
        .assert_text("Schéma à jour")
        .assert_text("Tout avance")
        .assert_text("Aucun passage pour le moment")
        .assert_text("Mémoire du processus");
}

#[tokio::test]
async fn late_and_dead_jobs_are_seen() {
    let app = TestApp::start().await;
    let client = app.client().signed_in_as(&app.super_admin());
    app.sql("INSERT INTO jobs (kind, payload, run_at) VALUES ('x', '{\"secret\": \"Payload\"}', '2026-03-20T08:30:00Z')");
    let page = client.get("/super-admin").await;
    page.assert_text("En retard")
        .assert_text("30\u{a0}min")
        .assert_nowhere("Payload");
    app.sql("UPDATE jobs SET status = 'dead', last_error = 'Erreur intime', finished_at = now()");
    let page = client.get("/super-admin").await;
    page.assert_text("Des tâches ont été abandonnées")
        .assert_nowhere("intime");
}

#[tokio::test]
async fn what_waits_for_its_hour_is_counted_up_to_a_thousand() {
    let app = TestApp::start().await;
    let client = app.client().signed_in_as(&app.super_admin());
    let later = |count: usize| {
        app.sql(&format!(
            "INSERT INTO jobs (kind, payload, run_at)
             SELECT 'x', '{{}}', '2026-03-21T08:30:00Z' FROM generate_series(1, {count})"
        ));
    };
    later(1_000);
    let page = client.get("/super-admin").await;
    assert!(page.texts("dd").contains(&"1\u{202f}000".to_owned()));
    later(1);
    let page = client.get("/super-admin").await;
    page.assert_text("plus de 1\u{202f}000")
        .assert_text("Tout avance");
}

#[tokio::test]
async fn the_last_rollup_and_its_drift_are_seen() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, practitioner) = (app.employee_of(&company), app.practitioner());
    app.consultation(&employee, &practitioner)
        .at("2026-03-19T09:00:00Z")
        .completed(600);
    app.sql("UPDATE employee_activity_daily SET consult_count = 42");
    app.run_jobs().await;
    let page = app
        .client()
        .signed_in_as(&app.super_admin())
        .get("/super-admin")
        .await;
    let rows = page.texts("tbody tr");
    let rollup = rows
        .iter()
        .find(|row| row.contains("Recompte des compteurs"))
        .expect("the rollup");
    assert!(
        rollup.contains("Réussie") && rollup.ends_with(" 1"),
        "{rollup}"
    );
}

#[tokio::test]
async fn security_events_are_counted_without_anybody() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    app.sql(&format!(
        "UPDATE users SET last_name = 'Caché' WHERE id = '{}'",
        employee.id
    ));
    let event = |kind: &str, severity: &str, at: &str| {
        app.sql(&format!(
            "INSERT INTO security_events (kind, severity, user_id, ip_key, detail, occurred_at)
             VALUES ('{kind}', '{severity}', '{}', '\\xdeadbeef', '{{\"x\": \"Intime\"}}', '{at}')",
            employee.id
        ));
    };
    event("sign_in_failed", "low", "2026-03-20T08:00:00Z");
    event("sign_in_failed", "low", "2026-03-19T10:00:00Z");
    event("sign_in_failed", "low", "2026-03-19T08:00:00Z");
    event("session_reuse", "high", "2026-03-20T07:00:00Z");
    event("something_new", "medium", "2026-03-20T07:00:00Z");

    let page = app
        .client()
        .signed_in_as(&app.super_admin())
        .get("/super-admin")
        .await;

    let rows: Vec<String> = page.texts("tbody tr");
    assert_eq!(
        rows,
        [
            "Jeton de session réutilisé À examiner 1",
            "something_new À surveiller 1",
            "Connexion refusée Normale 2",
        ]
    );
    page.assert_nowhere("deadbeef")
        .assert_nowhere("Intime")
        .assert_nowhere(&employee.id.to_string());
    page.assert_nowhere("Caché");
}
