//! The nightly rollup finds what drifted, says so, and repairs it once.

use chrono::Duration;
use huntzen::{
    infra::actor::Worker,
    metrics::jobs::{self, Drift},
};

use super::wrong_cells;
use crate::support::TestApp;

/// A company with completed consultations on three days of March and one of January.
async fn busy_app() -> TestApp {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, practitioner) = (app.employee_of(&company), app.practitioner());
    for (start, seconds) in [
        ("2026-01-05T09:00:00Z", 2_400),
        ("2026-03-02T09:00:00Z", 3_000),
        ("2026-03-02T13:00:00Z", 1_800),
        ("2026-03-16T09:00:00Z", 2_999),
        ("2026-03-19T09:00:00Z", 3_600),
    ] {
        app.consultation(&employee, &practitioner)
            .at(start)
            .completed(seconds);
    }
    app
}

async fn roll_up(app: &TestApp) -> Drift {
    jobs::roll_up(&Worker::door(&app.shared), jobs::NIGHTLY_DAYS)
        .await
        .expect("the rollup runs")
}

#[tokio::test]
async fn counters_that_were_never_touched_do_not_drift() {
    let app = busy_app().await;
    assert_eq!(
        roll_up(&app).await,
        Drift {
            days: 35,
            cells: 0,
            wrong: Vec::new()
        }
    );
}

#[tokio::test]
async fn drift_is_found_where_it_is_and_repaired_once() {
    let app = busy_app().await;
    // A cell too high, a cell lost, a cell out of nothing.
    app.sql(
        "UPDATE practitioner_activity_daily SET consult_count = consult_count + 5 WHERE day = '2026-03-02';
         DELETE FROM employee_activity_daily WHERE day = '2026-03-16';
         INSERT INTO company_activity_daily (company_id, day, consult_count, total_duration_seconds, active_users_count)
         SELECT id, '2026-03-18', 7, 7, 7 FROM companies;
         UPDATE platform_activity_monthly SET total_duration_seconds = 1 WHERE month = '2026-03-01'",
    );
    assert_eq!(wrong_cells(&app), 6, "each wrong cell differs both ways");

    let drift = roll_up(&app).await;

    assert_eq!(drift.cells, 4);
    let wrong: Vec<String> = drift
        .wrong
        .iter()
        .map(|(day, cells)| format!("{day}: {cells}"))
        .collect();
    let days = [
        "2026-03-02: 1",
        "2026-03-16: 1",
        "2026-03-18: 1",
        "2026-03-01: 1",
    ];
    assert_eq!(wrong, days, "the days, then the month");
    assert_eq!(wrong_cells(&app), 0);
    assert_eq!(roll_up(&app).await.cells, 0, "repaired once");
}

#[tokio::test]
async fn the_night_keeps_what_it_found() {
    let app = busy_app().await;
    app.sql(
        "UPDATE company_activity_daily SET total_duration_seconds = 0 WHERE day = '2026-03-19'",
    );
    // 20 March 10:00 in Paris, then the night after: once, however often the scheduler looks.
    app.run_jobs().await;
    assert_eq!(wrong_cells(&app), 0);
    app.clock.advance(Duration::hours(17));
    app.run_jobs().await;
    app.run_jobs().await;

    let runs = "SELECT string_agg(outcome || ' ' || (detail->>'drift'), ', ' ORDER BY period)
                FROM cron_runs WHERE job = 'nightly-rollup'";
    assert_eq!(app.text(runs).as_deref(), Some("done 1, done 0"));
}

#[tokio::test]
async fn a_longer_rollup_reaches_older_days() {
    let app = busy_app().await;
    app.sql("DELETE FROM employee_activity_daily WHERE day = '2026-01-05'");
    assert_eq!(roll_up(&app).await.cells, 0, "beyond the 35 days");
    let longer = jobs::roll_up(&Worker::door(&app.shared), 100)
        .await
        .expect("the rollup runs");
    assert_eq!(longer.cells, 1);
    assert_eq!(wrong_cells(&app), 0);
}
