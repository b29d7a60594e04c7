//! The table of what is kept, and the night that applies it.

use std::collections::BTreeSet;

use huntzen::{
    jobs,
    privacy::retention::{By, Keep, RULES},
};

use crate::support::TestApp;

#[tokio::test]
async fn every_table_is_named_by_one_rule() {
    let app = TestApp::start().await;
    let tables = app
        .text(
            "SELECT string_agg(relname, ' ') FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
               AND relname <> '__diesel_schema_migrations'",
        )
        .expect("tables");
    let mut named = BTreeSet::new();
    for rule in RULES {
        for table in rule.tables {
            assert!(named.insert(*table), "{table} has two rules");
        }
    }
    let there: BTreeSet<&str> = tables.split(' ').collect();
    let without: Vec<_> = there.difference(&named).collect();
    assert!(without.is_empty(), "how long are these kept? {without:?}");
    let gone: Vec<_> = named.difference(&there).collect();
    assert!(gone.is_empty(), "rules of no table: {gone:?}");
}

#[test]
fn what_a_rule_leaves_to_other_work_is_done_by_work_that_exists() {
    let registry = jobs::registry();
    let works: BTreeSet<&str> = registry.recurring().collect();
    for rule in RULES {
        match rule.by {
            By::Work(name) => {
                assert!(
                    works.contains(name),
                    "{}: no work is called {name}",
                    rule.code
                );
                assert!(!matches!(rule.keep, Keep::AsLongAs(_)), "{}", rule.code);
            }
            By::Night => assert!(
                matches!(rule.keep, Keep::Days(_) | Keep::Years(_)),
                "{}: the night needs a time",
                rule.code
            ),
            By::Erasure => assert!(matches!(rule.keep, Keep::AsLongAs(_)), "{}", rule.code),
        }
    }
}

#[tokio::test]
async fn the_public_page_shows_every_rule_in_both_languages() {
    let app = TestApp::start().await;
    let client = app.client();
    let page = client.get("/confidentiality").await;
    page.assert_ok()
        .assert_text("Combien de temps nous gardons quoi")
        .assert_text("365\u{a0}jours");
    assert_eq!(page.texts("tbody tr").len(), RULES.len());
    let english = app.client().with_header("accept-language", "en");
    let page = english.get("/confidentiality").await;
    page.assert_ok()
        .assert_text("How long we keep what")
        .assert_text("3 years");
    assert_eq!(page.texts("tbody tr").len(), RULES.len());
}

/// A row that is over since long, and one that is not, of every table of the night.
#[tokio::test]
async fn the_night_deletes_what_is_over_and_nothing_else() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, practitioner) = (app.employee_of(&company), app.practitioner());
    let hr = app.hr_of(&company);
    let met = app
        .consultation(&employee, &practitioner)
        .at("2020-01-15T09:00:00Z")
        .completed(2_700);
    let again = app
        .consultation(&employee, &practitioner)
        .at("2026-03-10T09:00:00Z")
        .completed(2_700);
    let (own, of, here) = (employee.id, practitioner.id, company.id);
    for (at, consultation) in [("2020-01-15 10:00Z", met), ("2026-03-10 10:00Z", again)] {
        app.sql(&format!(
            "INSERT INTO data_accesses (subject_id, accessed_at, actor_id, actor_role, what)
                 VALUES ('{own}', '{at}', '{of}', 'hz_practitioner', 'consultation');
             INSERT INTO security_events (kind, severity, user_id, occurred_at) VALUES ('x', 'low', '{own}', '{at}');
             INSERT INTO audit_logs (actor_role, action, entity, created_at) VALUES ('hr', 'X', 'y', '{at}');
             INSERT INTO employee_imports (company_id, created_by, file_name, row_count, created_at, confirmed_at,
                                           created_count, updated_count, refused_count)
                 VALUES ('{here}', '{hr}', 'a.csv', 1, '{at}', '{at}', 1, 0, 0);
             INSERT INTO presences (consultation_id, company_id, person_id, joined_at, seen_at, left_at)
                 VALUES ('{consultation}', '{here}', '{own}', '{at}', '{at}', '{at}');
             INSERT INTO waitlist_requests (company_id, employee_id, practitioner_id, weekdays, status, created_at, queued_at)
                 VALUES ('{here}', '{own}', '{of}', '{{1}}', 'withdrawn', '{at}', '{at}');
             INSERT INTO journal_shares (employee_id, company_id, practitioner_id, client_id, shared_at, expires_at, ended_at)
                 VALUES ('{own}', '{here}', '{of}', gen_random_uuid(), timestamptz '{at}' - interval '1 day', '{at}', '{at}');
             INSERT INTO practitioner_reviews (consultation_id, practitioner_id, rating, status, refusal, created_at, decided_at)
                 VALUES ('{consultation}', '{of}', 2, 'rejected', 'privacy', '{at}', '{at}');
             INSERT INTO problem_reports (consultation_id, company_id, practitioner_id, reporter, category, created_at, closed_at, closed_by)
                 VALUES ('{consultation}', '{here}', '{of}', 'employee', 'other', '{at}', '{at}', '{hr}')",
            hr = hr.id
        ));
    }
    // Old, and not over.
    app.sql(&format!(
        "INSERT INTO waitlist_requests (company_id, employee_id, specialty, weekdays, status, created_at, queued_at)
             VALUES ('{here}', '{own}', 'clinical_psychologist', '{{1}}', 'waiting', '2020-01-01', '2020-01-01')"
    ));
    let of_the_night = || RULES.iter().filter(|rule| rule.by == By::Night);
    let rows = |table: &str| app.count(&format!("SELECT count(*) FROM {table}"));
    let before: Vec<(&str, i64)> = of_the_night()
        .flat_map(|rule| rule.tables)
        .filter(|table| **table != "waitlist_offers")
        .map(|table| (*table, rows(table)))
        .collect();
    assert!(before.iter().all(|(_, rows)| *rows >= 2), "{before:?}");
    // Half past four, by the clock of the jobs.
    app.clock.advance(chrono::TimeDelta::days(1));
    app.run_jobs().await;
    let failed = app.text(
        "SELECT detail::text FROM cron_runs WHERE job = 'privacy.retention' AND outcome <> 'done'",
    );
    assert_eq!(failed, None);
    for (table, before) in before {
        // The jobs of the night write down their own deeds.
        let left = app.count(&format!(
            "SELECT count(*) FROM {table} t WHERE t::text LIKE '%2020-01-15%'"
        ));
        assert_eq!(left, 0, "{table} had {before}");
        assert!(rows(table) >= before - 1, "{table} had {before}");
    }
}

#[tokio::test]
async fn a_trail_is_never_emptied_and_batches_are_bounded() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    app.sql(&format!(
        "INSERT INTO data_accesses (subject_id, accessed_at, actor_id, actor_role, what)
         SELECT '{}', date_bin('1 minute', now() - months * interval '1 month' + interval '1 hour', '2000-01-01'), '{}', 'hz_hr', 'employee_list'
         FROM generate_series(1, 12) AS months",
        employee.id, employee.id
    ));
    // Whoever asks for everything gets what is older than six months, a few at a time.
    let forget = "SELECT hz.forget_old('accesses', now() + interval '1 year', 4)";
    assert_eq!(app.count(forget), 4);
    assert_eq!(app.count(forget), 2);
    assert_eq!(app.count(forget), 0);
    assert_eq!(app.count("SELECT count(*) FROM data_accesses"), 6);
}
