//! What a seeded database must hold true.

mod demo;
mod scale;

use chrono::{DateTime, Utc};
use diesel::PgConnection;
use huntzen::{
    infra::{clock::Clock, config::Environment},
    seeds,
};

use crate::support::TestApp;

/// As the commands connect.
fn seeding(app: &TestApp) -> PgConnection {
    seeds::connect(&config(app, Environment::Development)).expect("the owner connects")
}

fn config(app: &TestApp, environment: Environment) -> huntzen::infra::config::Config {
    let mut config = app.shared.config.clone();
    config.environment = environment;
    config.owner_database = Some(crate::support::cluster::Cluster::shared().url_of(&app.database));
    config
}

fn at(moment: &str) -> Clock {
    Clock::fixed(moment.parse::<DateTime<Utc>>().expect("a moment"))
}

/// One text for everything a table holds, but for what the database stamps by its own clock.
fn content(app: &TestApp, table: &str) -> String {
    app.text(&format!(
        "SELECT md5(string_agg((to_jsonb(t) - 'updated_at' - 'password_hash')::text, E'\\n' ORDER BY to_jsonb(t)::text))
         FROM {table} t"
    ))
    .unwrap_or_default()
}

const TABLES: [&str; 18] = [
    "companies",
    "users",
    "credentials",
    "employees",
    "invitations",
    "consents",
    "practitioners",
    "places",
    "rooms",
    "availability_windows",
    "availability_exceptions",
    "consultations",
    "consultation_events",
    "notices",
    "practitioner_activity_daily",
    "employee_activity_daily",
    "company_activity_daily",
    "jobs",
];

fn everything(app: &TestApp) -> Vec<(&'static str, String)> {
    TABLES.map(|table| (table, content(app, table))).to_vec()
}

/// Nobody is in two places, whatever became of the appointments.
fn assert_no_overlaps(app: &TestApp) {
    for (person, until) in [
        ("practitioner_id", "blocked_until"),
        ("employee_id", "ends_at"),
    ] {
        let overlaps = app.count(&format!(
            "SELECT count(*) FROM consultations a JOIN consultations b ON a.{person} = b.{person} AND a.id < b.id
                 AND tstzrange(a.starts_at, a.{until}) && tstzrange(b.starts_at, b.{until})"
        ));
        assert_eq!(overlaps, 0, "{person}");
    }
}

/// The counters say what a recount says.
fn assert_counters_are_right(app: &TestApp) {
    assert!(app.count("SELECT count(*) FROM company_activity_daily") > 0);
    let wrong = "SELECT hz.recount_activity('2000-01-01', '2040-01-01')";
    assert_eq!(app.count(wrong), 0);
}
