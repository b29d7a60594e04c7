//! `huntzen seed demo`.

use huntzen::{infra::config::Environment, seeds};

use super::{assert_counters_are_right, assert_no_overlaps, at, config, everything, seeding};
use crate::support::TestApp;

#[tokio::test]
async fn the_accounts_of_the_specification_sign_in() {
    let app = TestApp::start().await;
    seeds::demo::run(&mut seeding(&app), &app.clock).expect("the demo is written");
    for (email, password, home) in [
        ("admin@primesynergy.com", "SuperAdmin2025!", "/super-admin"),
        ("admin@huntzen.care", "HuntZen2025!", "/admin"),
        ("claire.rousseau@techcorp.com", "AdminRH2025!", "/rh"),
        (
            "dr.sophie.martin@huntzen.care",
            "Praticien2025!",
            "/practitioner",
        ),
        ("marc.dupont@techcorp.com", "Employee2025!", "/employee"),
    ] {
        let fields = [("email", email), ("password", password)];
        let answer = app.client().post("/login", &fields).await;
        assert_eq!(answer.location(), home, "{email}");
        assert!(seeds::demo::sign_in_table("http://localhost").contains(email));
    }
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    let app = TestApp::start().await;
    seeds::demo::run(&mut seeding(&app), &app.clock).expect("the demo is written");
    let before = everything(&app);
    app.clock.advance(chrono::Duration::days(3));
    seeds::demo::run(&mut seeding(&app), &app.clock).expect("the demo is there");
    assert_eq!(everything(&app), before);
}

#[tokio::test]
async fn the_same_day_gives_the_same_demo() {
    let (one, other) = (TestApp::start().await, TestApp::start().await);
    for app in [&one, &other] {
        seeds::demo::run(&mut seeding(app), &app.clock).expect("the demo is written");
    }
    // Stamped by the database's clock and not the demo's.
    for app in [&one, &other] {
        app.sql("UPDATE availability_windows SET created_at = '2026-01-01'");
        app.sql("UPDATE availability_exceptions SET created_at = '2026-01-01'");
    }
    let differing: Vec<&str> = everything(&one)
        .into_iter()
        .zip(everything(&other))
        .filter(|(one, other)| one != other)
        .map(|((table, _), _)| table)
        .collect();
    assert_eq!(differing, Vec::<&str>::new());
}

/// Nights, week-ends, clock changes and the turn of the year.
#[tokio::test]
async fn the_demo_is_alive_on_any_day() {
    for moment in [
        "2026-03-29T00:30:00Z",
        "2026-11-02T12:30:00Z",
        "2026-12-31T23:30:00Z",
        "2027-02-13T03:00:00Z",
    ] {
        let app = TestApp::start().await;
        seeds::demo::run(&mut seeding(&app), &at(moment)).expect("the demo is written");
        assert_no_overlaps(&app);
        assert_counters_are_right(&app);
        let marc = "SELECT id FROM users WHERE email = 'marc.dupont@techcorp.com'";
        let sophie = "SELECT id FROM users WHERE email = 'dr.sophie.martin@huntzen.care'";
        let soon = app.count(&format!(
            "SELECT count(*) FROM consultations WHERE employee_id = ({marc}) AND practitioner_id = ({sophie})
                 AND status = 'confirmed' AND starts_at BETWEEN '{moment}' AND timestamptz '{moment}' + interval '3 days'"
        ));
        assert!(soon >= 1, "{moment}: Marc meets Sophie soon");
        let months = app.count(
            "SELECT count(DISTINCT date_trunc('month', activity_day)) FROM consultations WHERE status = 'completed'",
        );
        assert!(months >= 3, "{moment}: {months} months of history");
        for status in [
            "scheduled",
            "confirmed",
            "completed",
            "cancelled",
            "no_show",
            "practitioner_absent",
        ] {
            let some = format!("SELECT count(*) FROM consultations WHERE status = '{status}'");
            assert!(app.count(&some) > 1, "{moment}: {status}");
        }
        let odd = app.count(
            "SELECT count(*) FROM consultations
             WHERE status = 'completed' AND duration_seconds NOT BETWEEN 35 * 60 AND 60 * 60",
        );
        assert_eq!(odd, 0, "{moment}: durations are those of real sessions");
        let early = app.count(&format!(
            "SELECT count(*) FROM consultation_events WHERE occurred_at > '{moment}'"
        ));
        assert_eq!(early, 0, "{moment}: nothing has happened in the future");
    }
}

#[tokio::test]
async fn seeds_are_refused_in_production() {
    let app = TestApp::start().await;
    let refused = seeds::connect(&config(&app, Environment::Production));
    let reason = refused.err().map(|error| error.to_string());
    assert_eq!(
        reason.as_deref(),
        Some("seeds are refused in production: their passwords are public")
    );
}
