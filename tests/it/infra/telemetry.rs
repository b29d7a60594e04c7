//! What machines ask the running server.

use huntzen::infra::telemetry;

use crate::support::TestApp;

#[tokio::test]
async fn the_process_answers_and_the_healthcheck_hears_it() {
    let app = TestApp::start().await;
    app.client().get("/healthz").await.assert_ok();
    let bind = app.address().to_string();
    tokio::task::spawn_blocking(move || telemetry::healthcheck(&bind))
        .await
        .expect("no panic")
        .expect("a healthy server");
}

#[tokio::test]
async fn a_server_is_ready_only_on_a_schema_of_its_build() {
    let app = TestApp::start().await;
    app.client().get("/readyz").await.assert_ok();
    app.sql("DELETE FROM __diesel_schema_migrations");
    app.client().get("/readyz").await.assert_status(503);
}

#[tokio::test]
async fn a_server_that_cannot_read_its_database_is_alive_and_not_ready() {
    let app = TestApp::start().await;
    app.sql("REVOKE SELECT ON __diesel_schema_migrations FROM huntzen_care");
    app.client().get("/readyz").await.assert_status(503);
    app.client().get("/healthz").await.assert_ok();
}

#[tokio::test]
async fn every_answer_carries_its_own_request_id() {
    let app = TestApp::start().await;
    let client = app.client();
    let (page, missing) = (client.get("/login").await, client.get("/nowhere").await);
    let first = page.header("x-request-id").expect("an id").to_owned();
    let second = missing.header("x-request-id").expect("an id").to_owned();
    assert_eq!((first.len(), second.len()), (36, 36));
    assert_ne!(first, second);
}

#[tokio::test]
async fn the_metrics_name_routes_and_never_what_was_asked_for() {
    let app = TestApp::start().await;
    let client = app.client();
    client
        .get("/login?return_to=/employee/zoe-martin")
        .await
        .assert_ok();
    client.get("/zoe-martin/secret").await.assert_status(404);
    let metrics = client.get("/metrics").await;
    metrics.assert_ok();
    for expected in [
        r#"http_requests_total{method="GET",route="/login",status="200"}"#,
        r#"route="unmatched",status="404"}"#,
        r#"http_request_duration_seconds_bucket{route="/login",le="0.25"}"#,
        r#"db_connections{login="office",state="idle"}"#,
        r#"jobs_pending{state="due"}"#,
        "jobs_dead ",
        "jobs_oldest_due_seconds ",
    ] {
        assert!(
            metrics.text().contains(expected),
            "{expected} is missing from\n{}",
            metrics.text()
        );
    }
    assert!(!metrics.text().contains("zoe"), "{}", metrics.text());
}

#[tokio::test]
async fn the_mailbox_and_the_styleguide_exist_in_development_only() {
    let app = TestApp::start().await;
    for path in ["/dev/mailbox", "/styleguide"] {
        app.client().get(path).await.assert_status(404);
    }
}
