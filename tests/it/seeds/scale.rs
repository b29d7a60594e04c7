//! `huntzen seed scale`, at a small scale.

use diesel::PgConnection;
use huntzen::seeds::scale::{self, Size};

use super::{assert_counters_are_right, assert_no_overlaps, content, seeding};
use crate::support::TestApp;

const SMALL: Size = Size {
    companies: 7,
    employees: 300,
    practitioners: 9,
    consultations: 4000,
};

/// Everything a load takes down, as the catalogue spells it.
const CATALOGUE: &str = "SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS line
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text
    FROM pg_trigger WHERE NOT tgisinternal) lines";

async fn loaded() -> TestApp {
    let app = TestApp::start().await;
    scale::run(&mut seeding(&app), &app.clock, &SMALL).expect("the volume is written");
    app
}

#[tokio::test]
async fn a_load_leaves_the_schema_as_it_was() {
    let app = TestApp::start().await;
    let before = app.text(CATALOGUE);
    scale::run(&mut seeding(&app), &app.clock, &SMALL).expect("the volume is written");
    assert_eq!(app.text(CATALOGUE), before);
}

#[tokio::test]
async fn every_row_asked_for_is_there() {
    let app = loaded().await;
    for (table, rows) in [
        ("companies", 7),
        ("employees", 300),
        ("practitioners", 9),
        ("consultations", 4000),
    ] {
        assert_eq!(
            app.count(&format!("SELECT count(*) FROM {table}")),
            rows,
            "{table}"
        );
    }
    let first = "SELECT count(*) FROM employees e JOIN companies c ON c.id = e.company_id WHERE c.slug = 'scale-1'";
    assert_eq!(app.count(first), 100);
    let smallest =
        "SELECT min(n) FROM (SELECT count(*) AS n FROM employees GROUP BY company_id) sizes";
    assert!(app.count(smallest) >= 1);
    let months = "SELECT count(DISTINCT date_trunc('month', starts_at)) FROM consultations";
    assert!(app.count(months) >= 31);
    let future = format!(
        "SELECT count(*) FROM consultations WHERE starts_at > '{}'",
        app.now()
    );
    assert!(app.count(&future) > 50);
}

#[tokio::test]
async fn nobody_is_in_two_places() {
    assert_no_overlaps(&loaded().await);
}

/// The triggers are off during the load: what they would have written is what the load wrote.
#[tokio::test]
async fn the_load_writes_what_the_triggers_would() {
    let app = loaded().await;
    let before = content(&app, "consultations");
    app.sql("UPDATE consultations SET format = format");
    assert_eq!(content(&app, "consultations"), before);
    assert_counters_are_right(&app);
}

#[tokio::test]
async fn its_accounts_sign_in() {
    let app = loaded().await;
    for (name, home) in [
        ("employee-1", "/employee"),
        ("employee-100", "/employee"),
        ("hr-1", "/rh"),
        ("practitioner-1", "/practitioner"),
        ("admin-1", "/admin"),
        ("super-admin-1", "/super-admin"),
    ] {
        let email = format!("{name}@scale.example");
        let fields = [("email", email.as_str()), ("password", scale::PASSWORD)];
        let answer = app.client().post("/login", &fields).await;
        assert_eq!(answer.location(), home, "{email}");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_before_it_is_written() {
    let app = TestApp::start().await;
    let mut conn: PgConnection = seeding(&app);
    let crowded = Size {
        consultations: 1_000_000,
        ..SMALL
    };
    let reason = scale::run(&mut conn, &app.clock, &crowded)
        .err()
        .map(|error| error.to_string());
    assert!(reason.is_some_and(|reason| reason.starts_with("9 practitioners have room for ")));
    assert_eq!(app.count("SELECT count(*) FROM users"), 0);
    scale::run(&mut conn, &app.clock, &SMALL).expect("the volume is written");
    let again = scale::run(&mut conn, &app.clock, &SMALL)
        .err()
        .map(|error| error.to_string());
    assert_eq!(
        again.as_deref(),
        Some("this database holds a scale seed already: begin with an empty one")
    );
}
