//! The counters equal a recount, whatever happened and in whatever order.

use std::{sync::Barrier, thread};

use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};
use huntzen::infra::config::CARE_LOGIN;
use proptest::test_runner::{Config, TestRunner};
use uuid::Uuid;

use super::wrong_cells;
use crate::support::TestApp;

#[tokio::test]
async fn only_completed_consultations_count_to_the_second() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, practitioner) = (app.employee_of(&company), app.practitioner());
    let at = |start| app.consultation(&employee, &practitioner).at(start);

    at("2026-03-02T09:00:00Z").completed(3_001);
    at("2026-03-02T13:00:00Z").completed(59);
    at("2026-03-03T09:00:00Z").no_show();
    at("2026-03-04T09:00:00Z").cancelled();
    at("2026-03-05T09:00:00Z").in_progress();

    let figures = "consult_count || ' ' || total_duration_seconds";
    for table in [
        "practitioner_activity_daily",
        "employee_activity_daily",
        "company_activity_daily",
        "practitioner_activity_monthly",
        "company_activity_monthly",
        "platform_activity_monthly",
    ] {
        assert_eq!(
            app.text(&format!("SELECT {figures} FROM {table}"))
                .as_deref(),
            Some("2 3060"),
            "{table}"
        );
    }
    assert_eq!(wrong_cells(&app), 0);
}

/// Any completions, over two companies, three employees and two practitioners, in any order, around
/// the end of a month.
#[tokio::test]
async fn counters_equal_the_recount_after_any_sequence_of_completions() {
    let app = TestApp::start().await;
    let companies = [app.company("TechCorp"), app.company("Rivale")];
    let employees = [
        app.employee_of(&companies[0]),
        app.employee_of(&companies[0]),
        app.employee_of(&companies[1]),
    ];
    let practitioners = [app.practitioner(), app.practitioner()];
    let step = (0..3_usize, 0..2_usize, 0..96_i64, 0..7_200_u32);
    let mut runner = TestRunner::new(Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&proptest::collection::vec(step, 1..20), |steps| {
            app.sql("SET session_replication_role = replica; DELETE FROM consultations; SET session_replication_role = origin");
            app.sql("SELECT hz.recount_activity('2026-01-01', '2026-12-31')");
            let mut last = None;
            for (employee, practitioner, hour, seconds) in steps {
                let start = format!("2026-03-{:02}T{:02}:10:00Z", 28 + hour / 24, hour % 24);
                // One at a time, as the exclusion constraints want it.
                let taken = app.count(&format!(
                    "SELECT count(*) FROM consultations WHERE starts_at = '{start}'"
                ));
                if taken == 0 {
                    let consultation = app
                        .consultation(&employees[employee], &practitioners[practitioner])
                        .at(&start);
                    last = Some(consultation.completed(seconds));
                }
                proptest::prop_assert_eq!(wrong_cells(&app), 0);
            }
            proptest::prop_assert!(last.is_some());
            Ok(())
        })
        .expect("the counters are right");
}

/// Completes a consultation as its practitioner does: through the application's login and role.
fn complete_as(conn: &mut PgConnection, practitioner: Uuid, id: Uuid) {
    conn.batch_execute(&format!(
        "BEGIN; SET LOCAL ROLE hz_practitioner; SELECT set_config('hz.user_id', '{practitioner}', true);
         UPDATE consultations SET status = 'completed', ended_at = started_at + interval '47 minutes 11 seconds'
         WHERE id = '{id}'; COMMIT"
    ))
    .expect("the practitioner ends the consultation");
}

#[tokio::test]
async fn thirty_two_completions_at_once_are_all_counted() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let practitioners: Vec<_> = (0..4).map(|_| app.practitioner()).collect();
    let mut begun = Vec::new();
    for hour in 6..14 {
        for practitioner in &practitioners {
            let employee = app.employee_of(&company);
            let start = format!("2026-03-19T{hour:02}:00:00Z");
            let id = app
                .consultation(&employee, practitioner)
                .at(&start)
                .in_progress();
            begun.push((practitioner.id, id));
        }
    }
    assert_eq!(begun.len(), 32);
    let url = app.login_url(CARE_LOGIN);
    let together = Barrier::new(begun.len());
    thread::scope(|scope| {
        for (practitioner, id) in &begun {
            let (url, together) = (&url, &together);
            scope.spawn(move || {
                let mut conn = PgConnection::establish(url.expose()).expect("a connection");
                together.wait();
                complete_as(&mut conn, *practitioner, *id);
            });
        }
    });

    assert_eq!(wrong_cells(&app), 0);
    let total = "SELECT consult_count || ' ' || total_duration_seconds || ' ' || active_users_count
                 FROM company_activity_daily";
    let seconds = 32 * (47 * 60 + 11);
    assert_eq!(app.text(total), Some(format!("32 {seconds} 32")));
}

#[tokio::test]
async fn a_consultation_counts_on_the_day_it_ends_in_paris() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let practitioner = app.practitioner();
    for (ends, day) in [
        // Summer: Paris is two hours ahead.
        ("2026-07-01T21:59:59Z", "2026-07-01"),
        ("2026-07-02T22:00:00Z", "2026-07-03"),
        ("2026-07-07T23:30:00Z", "2026-07-08"),
        // Winter: one hour.
        ("2026-01-10T22:59:59Z", "2026-01-10"),
        ("2026-01-12T23:30:00Z", "2026-01-13"),
        // The nights of the clock changes.
        ("2026-03-28T23:30:00Z", "2026-03-29"),
        ("2026-10-24T22:30:00Z", "2026-10-25"),
        // Over the end of a month and of a year.
        ("2026-06-30T22:30:00Z", "2026-07-01"),
        ("2026-12-31T23:30:00Z", "2027-01-01"),
    ] {
        let start = chrono::DateTime::parse_from_rfc3339(ends).expect("an instant")
            - chrono::Duration::minutes(50);
        let employee = app.employee_of(&company);
        app.consultation(&employee, &practitioner)
            .at(&start.to_utc().to_rfc3339())
            .completed(3_000);
        let counted = format!(
            "SELECT day FROM employee_activity_daily WHERE employee_id = '{}'",
            employee.id
        );
        assert_eq!(app.text(&counted).as_deref(), Some(day), "ends {ends}");
    }
    assert_eq!(wrong_cells(&app), 0);
    let july = "SELECT consult_count FROM platform_activity_monthly WHERE month = '2026-07-01'";
    assert_eq!(app.count(july), 4);
}
