//! The counters equal a recount, whatever happened.

use proptest::prelude::*;

use crate::support::TestApp;

/// Rows of the counters that a recount does not have, and the other way round.
pub(super) const DIFFERENCES: &str = "
    SELECT (SELECT count(*) FROM (
        (TABLE recount_practitioner EXCEPT TABLE practitioner_activity_daily)
        UNION ALL (TABLE practitioner_activity_daily EXCEPT TABLE recount_practitioner)) p)
     + (SELECT count(*) FROM (
        (TABLE recount_employee EXCEPT TABLE employee_activity_daily)
        UNION ALL (TABLE employee_activity_daily EXCEPT TABLE recount_employee)) e)
     + (SELECT count(*) FROM (
        (TABLE recount_company EXCEPT TABLE company_activity_daily)
        UNION ALL (TABLE company_activity_daily EXCEPT TABLE recount_company)) c)";

/// The obvious recount, written without the function under test.
pub(super) const RECOUNT: &str = "
    CREATE VIEW recount_practitioner AS
        SELECT practitioner_id, company_id, (ended_at AT TIME ZONE 'Europe/Paris')::date AS day,
               count(*)::integer AS n, sum(floor(extract(epoch FROM ended_at - started_at)))::bigint AS s
        FROM consultations WHERE status = 'completed' GROUP BY 1, 2, 3;
    CREATE VIEW recount_employee AS
        SELECT employee_id, company_id, (ended_at AT TIME ZONE 'Europe/Paris')::date AS day,
               count(*)::integer AS n, sum(floor(extract(epoch FROM ended_at - started_at)))::bigint AS s
        FROM consultations WHERE status = 'completed' GROUP BY 1, 2, 3;
    CREATE VIEW recount_company AS
        SELECT company_id, (ended_at AT TIME ZONE 'Europe/Paris')::date AS day,
               count(*)::integer AS n, sum(floor(extract(epoch FROM ended_at - started_at)))::bigint AS s,
               count(DISTINCT employee_id)::integer AS users
        FROM consultations WHERE status = 'completed' GROUP BY 1, 2;";

/// What becomes of one consultation: who, when, and for how long it lasts (none: it is cancelled).
#[derive(Clone, Debug)]
struct Story {
    employee: usize,
    practitioner: usize,
    day: u32,
    /// Around midnight too: the accounting day is the day of the end, in Paris.
    hour: u32,
    seconds: Option<u32>,
}

fn stories() -> impl Strategy<Value = Vec<Story>> {
    let story = (
        0..4_usize,
        0..3_usize,
        1..6_u32,
        prop_oneof![8..18_u32, 21..24_u32],
        prop::option::weighted(0.8, 0..7_300_u32),
    )
        .prop_map(|(employee, practitioner, day, hour, seconds)| Story {
            employee,
            practitioner,
            day,
            hour,
            seconds,
        });
    prop::collection::vec(story, 1..24)
}

#[tokio::test]
async fn counters_equal_a_recount_after_any_completions() {
    let app = TestApp::start().await;
    let companies = [app.company("TechCorp"), app.company("Rivale")];
    let employees: Vec<_> = (0..4)
        .map(|number| app.employee_of(&companies[number % 2]))
        .collect();
    let practitioners: Vec<_> = (0..3).map(|_| app.practitioner()).collect();
    app.sql(RECOUNT);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(24)
    });
    // A month for each case, so that they do not meet.
    let months = std::cell::Cell::new(0);
    runner
        .run(&stories(), |stories| {
            months.set(months.get() + 1);
            let month = months.get();
            let mut taken = std::collections::HashSet::new();
            for story in stories {
                let Story {
                    employee,
                    practitioner,
                    day,
                    hour,
                    seconds,
                } = story;
                // Nobody is in two places: the constraints are not what is tested here.
                if !taken.insert((day, hour, "employee", employee))
                    || !taken.insert((day, hour, "practitioner", practitioner))
                {
                    continue;
                }
                let start = format!(
                    "{}-{:02}-{day:02}T{hour:02}:00:00Z",
                    2020 + month / 12,
                    month % 12 + 1
                );
                let new = app
                    .consultation(&employees[employee], &practitioners[practitioner])
                    .at(&start);
                match seconds {
                    Some(seconds) => new.completed(seconds),
                    None => new.cancelled(),
                };
            }
            prop_assert_eq!(app.count(DIFFERENCES), 0);
            Ok(())
        })
        .expect("the counters are right");
    assert!(app.count("SELECT count(*) FROM practitioner_activity_daily") > 20);
    // And the nightly rollup finds nothing to correct.
    assert_eq!(
        app.count("SELECT hz.recount_activity('2020-01-01', '2023-12-31')"),
        0
    );
}
