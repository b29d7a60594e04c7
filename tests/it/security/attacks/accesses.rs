//! The record of who looked at whom: who may write what into it, and who reads it.

use diesel::connection::SimpleConnection as _;

use super::{Denied, Policy, Rows, Stage, outcome};

fn record(subject: uuid::Uuid) -> String {
    format!(
        "INSERT INTO data_accesses (subject_id, accessed_at, what) VALUES ('{subject}', '2026-03-20T09:00Z', 'consultation')"
    )
}

#[tokio::test]
async fn one_records_in_ones_own_name_about_people_one_sees() {
    let stage = Stage::set().await;
    let (employee, hr) = (stage.employee.id, stage.hr.id);
    let stranger = stage.stranger.id;
    stage.expect(
        &stage.hr,
        &[
            (&record(employee), Rows(1)),
            (&record(hr), Policy),
            (&record(stranger), Policy),
            (&record(stage.practitioner.id), Policy),
            ("SELECT * FROM data_accesses", Denied),
            ("SELECT count(*) FROM data_accesses", Denied),
            ("UPDATE data_accesses SET what = 'x'", Denied),
            ("DELETE FROM data_accesses", Denied),
            (
                &format!(
                    "INSERT INTO data_accesses (subject_id, accessed_at, actor_id, what)
                     VALUES ('{employee}', '2026-03-20T09:00Z', '{}', 'consultation')",
                    stage.other_hr.id
                ),
                Denied,
            ),
            (
                &format!(
                    "INSERT INTO data_accesses (subject_id, accessed_at, actor_role, what)
                     VALUES ('{employee}', '2026-03-20T09:00Z', 'hz_practitioner', 'consultation')"
                ),
                Denied,
            ),
            ("SELECT * FROM hz.names_of_those_who_looked()", Denied),
        ],
    );
    stage.expect(
        &stage.practitioner,
        &[
            (&record(employee), Rows(1)),
            (&record(stage.colleague.id), Policy),
            (&record(stranger), Policy),
            ("DELETE FROM data_accesses", Denied),
        ],
    );
    stage.expect(&stage.app.admin(), &[(&record(employee), Policy)]);
    stage.expect(
        &stage.employee,
        &[
            (&record(stage.practitioner.id), Denied),
            ("UPDATE data_accesses SET what = 'x'", Denied),
            ("DELETE FROM data_accesses", Denied),
        ],
    );
}

#[tokio::test]
async fn the_database_says_who_it_was_and_tells_only_the_person() {
    let stage = Stage::set().await;
    let mut conn = stage.transaction(&stage.hr);
    assert_eq!(outcome(&mut conn, &record(stage.employee.id)), Rows(1));
    conn.batch_execute("COMMIT").expect("it is kept");
    let mut conn = stage.transaction(&stage.practitioner);
    assert_eq!(outcome(&mut conn, &record(stage.employee.id)), Rows(1));
    conn.batch_execute("COMMIT").expect("it is kept");
    let written = stage.app.text(
        "SELECT string_agg(actor_id || ' ' || actor_role, ' ' ORDER BY actor_role) FROM data_accesses",
    );
    let wanted = format!(
        "{} hz_hr {} hz_practitioner",
        stage.hr.id, stage.practitioner.id
    );
    assert_eq!(written, Some(wanted));
    let all = "SELECT * FROM data_accesses";
    let names = "SELECT * FROM hz.names_of_those_who_looked()";
    stage.expect(&stage.employee, &[(all, Rows(2)), (names, Rows(2))]);
    stage.expect(&stage.colleague, &[(all, Rows(0)), (names, Rows(0))]);
    stage.expect(&stage.practitioner, &[(all, Rows(0)), (names, Rows(0))]);
}
