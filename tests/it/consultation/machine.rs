//! The state machine in the code and the one in the database's trigger are the same machine.

use diesel::{Connection as _, PgConnection, RunQueryDsl as _, connection::SimpleConnection as _};
use huntzen::{
    booking::model::{Actor, Status},
    infra::config::{CARE_LOGIN, OFFICE_LOGIN},
};
use uuid::Uuid;

use crate::support::{TestApp, actors::Account};

/// The columns that come with a status, whoever writes it.
fn facts_of(from: Status, to: Status) -> String {
    let hold = match from {
        Status::Held => ", expires_at = NULL",
        _ => "",
    };
    let facts = match to {
        Status::Cancelled if matches!(from, Status::NoShow | Status::PractitionerAbsent) => {
            ", cancelled_at = now(), absence_withdrawn_at = now()"
        }
        Status::Completed if from == Status::Cancelled => {
            ", started_at = starts_at, ended_at = starts_at + interval '50 minutes'"
        }
        Status::InProgress => ", started_at = starts_at",
        Status::Completed => ", ended_at = started_at + interval '50 minutes'",
        Status::Cancelled => ", cancelled_at = now(), cancelled_by = hz.user_id()",
        Status::NoShow | Status::PractitionerAbsent => ", absence_reported_at = now()",
        Status::Held | Status::Scheduled | Status::Confirmed => "",
    };
    format!("{facts}{hold}")
}

/// A transaction in the person's name, as the application opens it.
fn transaction(app: &TestApp, account: &Account) -> PgConnection {
    let mut conn = PgConnection::establish(app.login_url(CARE_LOGIN).expose()).expect("a login");
    conn.batch_execute(&format!(
        "BEGIN; SET LOCAL ROLE {}; SELECT set_config('hz.user_id', '{}', true), set_config('hz.company_id', '{}', true)",
        account.role.pg_role().name(),
        account.id,
        account.company_id.map(|id| id.to_string()).unwrap_or_default(),
    ))
    .expect("the transaction opens");
    conn
}

/// How many rows a statement of somebody's changes; none when it is refused. It is taken back.
fn changes(app: &TestApp, account: &Account, statement: &str) -> usize {
    diesel::sql_query(statement)
        .execute(&mut transaction(app, account))
        .unwrap_or(0)
}

struct World {
    app: TestApp,
    employee: Account,
    practitioner: Account,
    /// One consultation in each status, in the order of [`Status::ALL`].
    consultations: Vec<(Status, Uuid)>,
}

async fn world() -> World {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    // An employee's booking is confirmed at once where the practitioner asks for nothing else.
    app.sql("UPDATE practitioners SET auto_confirm = true");
    let consultations = Status::ALL
        .into_iter()
        .zip(8_u32..)
        .map(|(status, hour)| {
            let start = format!("2026-03-23T{hour:02}:00:00Z");
            let new = app.consultation(&employee, &practitioner).at(&start);
            let id = match status {
                Status::Held => new.held(),
                Status::Scheduled => new.scheduled(),
                Status::Confirmed => new.confirmed(),
                Status::InProgress => new.in_progress(),
                Status::Completed => new.completed(3_000),
                Status::Cancelled => new.cancelled(),
                Status::NoShow => new.no_show(),
                Status::PractitionerAbsent => new.practitioner_absent(),
            };
            (status, id)
        })
        .collect();
    World {
        employee: (*employee).clone(),
        practitioner: (*practitioner).clone(),
        consultations,
        app,
    }
}

#[tokio::test]
async fn the_database_takes_the_steps_of_the_model_and_no_other() {
    let world = world().await;
    let mut taken = 0;
    for (from, id) in &world.consultations {
        for to in Status::ALL.into_iter().filter(|to| to != from) {
            for (actor, account) in [
                (Actor::Employee, &world.employee),
                (Actor::Practitioner, &world.practitioner),
            ] {
                let statement = format!(
                    "UPDATE consultations SET status = '{to}'{} WHERE id = '{id}'",
                    facts_of(*from, to)
                );
                let wanted = from.may_become(to, actor);
                let rows = changes(&world.app, account, &statement);
                assert_eq!(rows == 1, wanted, "{actor:?}: {from} -> {to}");
                taken += rows;
            }
        }
    }
    assert_eq!(taken, 15);
}

#[tokio::test]
async fn time_ends_what_goes_on_and_says_that_it_did() {
    let world = world().await;
    let mut taken = Vec::new();
    for (from, id) in &world.consultations {
        for to in Status::ALL.into_iter().filter(|to| to != from) {
            let facts = match to {
                Status::Completed => ", ended_at = now()",
                Status::Cancelled => ", cancelled_at = now()",
                _ => "",
            };
            let mut conn = PgConnection::establish(world.app.login_url(OFFICE_LOGIN).expose())
                .expect("a login");
            conn.batch_execute("BEGIN; SET LOCAL ROLE hz_worker")
                .expect("the worker's role");
            let rows = diesel::sql_query(format!(
                "UPDATE consultations SET status = '{to}'{facts} WHERE id = '{id}'"
            ))
            .execute(&mut conn)
            .unwrap_or(0);
            if rows == 1 {
                taken.push(format!("{from} -> {to}"));
            }
            let allowed = from.may_become(to, Actor::System);
            assert!(rows == 0 || allowed, "the worker may not: {from} -> {to}");
        }
    }
    // Holds are deleted, and what was confirmed is nobody's to cancel but the two's: no work does it.
    let wanted = ["scheduled -> cancelled", "in_progress -> completed"];
    assert_eq!(taken, wanted);
    let running = world.consultations[3].1;
    let mut conn =
        PgConnection::establish(world.app.login_url(OFFICE_LOGIN).expose()).expect("a login");
    conn.batch_execute(&format!(
        "BEGIN; SET LOCAL ROLE hz_worker;
         UPDATE consultations SET status = 'completed', ended_at = now() WHERE id = '{running}'; COMMIT"
    ))
    .expect("the worker ends it");
    let closed = "SELECT count(*) FROM consultations WHERE closed_automatically";
    assert_eq!(world.app.count(closed), 1);
}

#[tokio::test]
async fn what_happened_stays_as_it_was_written() {
    let world = world().await;
    let facts = [
        "started_at = starts_at + interval '5 minutes'",
        "ended_at = starts_at + interval '9 hours'",
        "cancelled_at = now()",
        "cancelled_by = CASE WHEN cancelled_by IS NULL THEN hz.user_id() END",
        "absence_reported_at = now()",
        "absence_withdrawn_at = now()",
    ];
    for (status, id) in &world.consultations {
        let says = |account: &Account, change: &str| {
            let statement = format!("UPDATE consultations SET {change} WHERE id = '{id}'");
            changes(&world.app, account, &statement)
        };
        for account in [&world.employee, &world.practitioner] {
            for fact in facts {
                assert_eq!(says(account, fact), 0, "{status}: {fact}");
            }
            let moves =
                "starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day',
                         blocked_until = blocked_until + interval '1 day'";
            let movable = matches!(status, Status::Scheduled | Status::Confirmed);
            assert_eq!(says(account, moves) == 1, movable, "{status}: a move");
        }
        // Only the one of whom the absence was said contests it.
        let contests = "contested_at = now()";
        assert_eq!(
            says(&world.employee, contests) == 1,
            *status == Status::NoShow,
            "{status}"
        );
        assert_eq!(
            says(&world.practitioner, contests) == 1,
            *status == Status::PractitionerAbsent,
            "{status}"
        );
    }
}

#[tokio::test]
async fn only_an_absence_taken_back_leaves_times_to_be_declared() {
    let world = world().await;
    let takes = |account: &Account, id: Uuid, change: &str| {
        let statement = format!("UPDATE consultations SET {change} WHERE id = '{id}'");
        changes(&world.app, account, &statement)
    };
    let declared = "status = 'completed', started_at = starts_at, ended_at = starts_at + interval '40 minutes'";
    for (_, id) in &world.consultations[5..] {
        assert_eq!(takes(&world.practitioner, *id, declared), 0);
    }
    let withdrawn = "status = 'cancelled', cancelled_at = now(), absence_withdrawn_at = now()";
    for (account, (status, id)) in [
        (&world.practitioner, world.consultations[6]),
        (&world.employee, world.consultations[7]),
    ] {
        // Not without the moment, not in anybody's name.
        let silent = "status = 'cancelled', cancelled_at = now()";
        assert_eq!(takes(account, id, silent), 0, "{status}");
        let signed = format!("{withdrawn}, cancelled_by = hz.user_id()");
        assert_eq!(takes(account, id, &signed), 0, "{status}");
        world.app.sql(&format!(
            "UPDATE consultations SET {withdrawn} WHERE id = '{id}'"
        ));
        let again = "absence_withdrawn_at = now() + interval '1 day'";
        assert_eq!(takes(account, id, again), 0, "{status}");
        assert_eq!(takes(&world.employee, id, declared), 0, "{status}");
        assert_eq!(takes(&world.practitioner, id, declared), 1, "{status}");
        world.app.sql(&format!(
            "UPDATE consultations SET {declared} WHERE id = '{id}'"
        ));
        let facts = world.app.text(&format!(
            "SELECT concat_ws(' ', duration_seconds, cancelled_at, cancelled_by, cancelled_late) FROM consultations WHERE id = '{id}'"
        ));
        assert_eq!(facts.as_deref(), Some("2400 f"), "{status}");
    }
}

#[tokio::test]
async fn nobody_signs_a_cancellation_with_another_s_name() {
    let world = world().await;
    let scheduled = world.consultations[1].1;
    let cancels = |account: &Account, by: &str| {
        let statement = format!(
            "UPDATE consultations SET status = 'cancelled', cancelled_at = now(), cancelled_by = {by}
             WHERE id = '{scheduled}'"
        );
        changes(&world.app, account, &statement)
    };
    for (account, other) in [
        (&world.employee, &world.practitioner),
        (&world.practitioner, &world.employee),
    ] {
        assert_eq!(cancels(account, &format!("'{}'", other.id)), 0);
        assert_eq!(cancels(account, "NULL"), 0);
        assert_eq!(cancels(account, "hz.user_id()"), 1);
    }
}

#[tokio::test]
async fn a_revision_counts_moves_and_ends_and_nothing_else() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let id = app.consultation(&employee, &practitioner).scheduled();
    let after = |change: &str| {
        app.sql(&format!(
            "UPDATE consultations SET {change} WHERE id = '{id}'"
        ));
        app.count(&format!(
            "SELECT revision FROM consultations WHERE id = '{id}'"
        ))
    };
    assert_eq!(after("status = status"), 0);
    assert_eq!(after("status = 'confirmed'"), 0);
    let later = "starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour',
                 blocked_until = blocked_until + interval '1 hour'";
    assert_eq!(after(later), 1);
    assert_eq!(after("format = 'audio'"), 2);
    assert_eq!(after("revision = 40"), 2);
    assert_eq!(after("status = 'cancelled', cancelled_at = now()"), 3);
    assert_eq!(after("status = status"), 3);
}
