//! What each database role can do with SQL of its own choosing: what an injection would have.
//! The statements run as the application's logins, in the transaction the application would open.

mod accesses;
mod keys;
mod notes;
mod roles;

use diesel::{
    Connection as _, PgConnection, RunQueryDsl as _, connection::SimpleConnection as _,
    result::Error as DieselError, sql_query,
};
use huntzen::infra::{
    config::{CARE_LOGIN, KEYS_LOGIN, OFFICE_LOGIN},
    session::AccountRole,
};
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Account, Company, Employee, Hr, Practitioner},
};

/// How an attack ended.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// So many rows were seen or changed.
    Rows(usize),
    /// No right on the table, the column or the function.
    Denied,
    /// A row policy refused what was written.
    Policy,
    /// A constraint or a trigger refused it.
    Constraint,
    /// Anything else, to be looked at.
    Other(String),
}
use Outcome::{Constraint, Denied, Policy, Rows};

struct Stage {
    app: TestApp,
    own: Company,
    employee: Employee,
    colleague: Employee,
    hr: Hr,
    practitioner: Practitioner,
    consultation: Uuid,
    other: Company,
    stranger: Employee,
    other_hr: Hr,
    other_practitioner: Practitioner,
    other_consultation: Uuid,
}

impl Stage {
    async fn set() -> Self {
        let app = TestApp::start().await;
        let (own, other) = (app.company("TechCorp"), app.company("Rivale"));
        app.discloses(&own, "named");
        let (employee, stranger) = (app.employee_of(&own), app.employee_of(&other));
        let (practitioner, other_practitioner) = (app.practitioner(), app.practitioner());
        let consultation = app.consultation(&employee, &practitioner).completed(2_400);
        let other_consultation = app
            .consultation(&stranger, &other_practitioner)
            .completed(1_800);
        Self {
            colleague: app.employee_of(&own),
            hr: app.hr_of(&own),
            other_hr: app.hr_of(&other),
            app,
            own,
            employee,
            practitioner,
            consultation,
            other,
            stranger,
            other_practitioner,
            other_consultation,
        }
    }

    /// A transaction in the person's name, as the application opens it.
    fn transaction(&self, account: &Account) -> PgConnection {
        let login = match account.role {
            AccountRole::Employee | AccountRole::Practitioner => CARE_LOGIN,
            _ => OFFICE_LOGIN,
        };
        let mut conn =
            PgConnection::establish(self.app.login_url(login).expose()).expect("a login");
        conn.batch_execute(&format!(
            "BEGIN; SET LOCAL ROLE {}; SELECT set_config('hz.user_id', '{}', true), set_config('hz.company_id', '{}', true)",
            account.role.pg_role().name(),
            account.id,
            account.company_id.map(|id| id.to_string()).unwrap_or_default(),
        ))
        .expect("the transaction opens");
        conn
    }

    fn runs(&self, account: &Account, statement: &str) -> Outcome {
        outcome(&mut self.transaction(account), statement)
    }

    /// Asserts the outcome of each statement in the person's name.
    fn expect(&self, account: &Account, attacks: &[(&str, Outcome)]) {
        for (statement, wanted) in attacks {
            let got = self.runs(account, statement);
            assert_eq!(&got, wanted, "{} ran: {statement}", account.role.as_str());
        }
    }
}

fn outcome(conn: &mut PgConnection, statement: &str) -> Outcome {
    match sql_query(statement).execute(conn) {
        Ok(rows) => Rows(rows),
        Err(DieselError::DatabaseError(_, info)) => {
            let message = info.message();
            if message.starts_with("permission denied") {
                Denied
            } else if message.contains("row-level security") {
                Policy
            } else if info.constraint_name().is_some() || message.contains("changes hands") {
                Constraint
            } else {
                Outcome::Other(message.to_owned())
            }
        }
        Err(error) => Outcome::Other(error.to_string()),
    }
}

#[tokio::test]
async fn nobody_reads_or_changes_what_only_the_application_may() {
    let stage = Stage::set().await;
    let (admin, super_admin) = (stage.app.admin(), stage.app.super_admin());
    let everybody: [&Account; 5] = [
        &stage.employee,
        &stage.practitioner,
        &stage.hr,
        &admin,
        &super_admin,
    ];
    for account in everybody {
        let id = account.id;
        stage.expect(
            account,
            &[
                // Secrets.
                ("SELECT token_hash FROM sessions", Denied),
                ("SELECT * FROM sign_in_attempts", Denied),
                ("SELECT nonce FROM password_resets", Denied),
                ("SELECT nonce FROM invitations", Denied),
                ("SELECT * FROM hz.sign_in_account('a@b.example')", Denied),
                ("SELECT * FROM hz.session_identity('\\x00')", Denied),
                (&format!("SELECT password_hash FROM credentials WHERE user_id <> '{id}'"), Rows(0)),
                (&format!("UPDATE credentials SET password_hash = '' WHERE user_id <> '{id}'"), Rows(0)),
                (&format!("UPDATE credentials SET user_id = '{}'", stage.stranger.id), Policy),
                ("DELETE FROM credentials", Denied),
                (&format!("UPDATE sessions SET revoked_at = now() WHERE user_id <> '{id}'"), Rows(0)),
                // Promotion.
                (&format!("UPDATE users SET role = 'super_admin' WHERE id = '{id}'"), Denied),
                (&format!("UPDATE users SET company_id = '{}' WHERE id = '{id}'", stage.other.id), Denied),
                (&format!("UPDATE users SET email = 'x@y.example' WHERE id = '{id}'"), Denied),
                (&format!("UPDATE users SET theme = 'dark' WHERE id = '{id}'"), Rows(1)),
                (&format!("UPDATE users SET theme = 'dark' WHERE id = '{}'", stage.stranger.id), Rows(0)),
                ("DELETE FROM users", Denied),
                // Trails.
                ("DELETE FROM audit_logs", Denied),
                ("UPDATE audit_logs SET action = 'X'", Denied),
                ("DELETE FROM security_events", Denied),
                (
                    &format!(
                        "INSERT INTO audit_logs (actor_id, actor_role, action, entity) VALUES ('{}', 'hr', 'X', 'y')",
                        stage.stranger.id
                    ),
                    Policy,
                ),
                // Jobs: asked for, never read or changed.
                ("SELECT payload FROM jobs", Denied),
                ("UPDATE jobs SET status = 'done'", Denied),
                ("INSERT INTO jobs (kind, payload, status) VALUES ('x', '{}', 'done')", Denied),
                // Counters are recomputed, by the trigger and the worker.
                ("UPDATE practitioner_activity_daily SET consult_count = 9", Denied),
                ("DELETE FROM employee_activity_daily", Denied),
                ("SELECT hz.recount_activity('2026-01-01', '2026-12-31')", Denied),
                // The schema.
                ("CREATE TABLE public.mine (id int)", Denied),
                ("CREATE FUNCTION hz.mine() RETURNS int LANGUAGE sql RETURN 1", Denied),
                ("ALTER TABLE users DISABLE ROW LEVEL SECURITY", Outcome::Other("must be owner of table users".to_owned())),
                ("TRUNCATE users", Denied),
                ("CALL hz.protect('users')", Denied),
                ("COPY users TO '/tmp/users'", Outcome::Other(
                    "must be superuser or have privileges of the pg_write_server_files role to COPY to a file".to_owned())),
            ],
        );
    }
}

#[tokio::test]
async fn without_an_identity_there_is_nothing_to_see() {
    let stage = Stage::set().await;
    for (login, roles) in [
        (CARE_LOGIN, ["hz_employee", "hz_practitioner"].as_slice()),
        (OFFICE_LOGIN, ["hz_visitor", "hz_hr"].as_slice()),
    ] {
        for role in roles {
            for table in [
                "users",
                "companies",
                "credentials",
                "employees",
                "sessions",
                "consultations",
                "invitations",
            ] {
                let mut conn =
                    PgConnection::establish(stage.app.login_url(login).expose()).expect("a login");
                conn.batch_execute(&format!("BEGIN; SET LOCAL ROLE {role}"))
                    .expect("the role");
                let column = match table {
                    "companies" | "users" | "sessions" | "consultations" | "invitations" => "id",
                    _ => "user_id",
                };
                let seen = outcome(&mut conn, &format!("SELECT {column} FROM {table}"));
                let directory = (*role, table) == ("hz_employee", "users");
                let wanted = if directory { Rows(2) } else { Rows(0) };
                assert!(
                    seen == wanted || seen == Denied,
                    "{role} on {table}: {seen:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_login_is_nobody_until_it_becomes_a_role_of_its_own() {
    let stage = Stage::set().await;
    for (login, foreign) in [
        (
            CARE_LOGIN,
            [
                "hz_hr",
                "hz_admin",
                "hz_super_admin",
                "hz_visitor",
                "hz_worker",
                "hz_keys",
                "hz_reseal",
            ]
            .as_slice(),
        ),
        (
            OFFICE_LOGIN,
            ["hz_employee", "hz_practitioner", "hz_keys", "hz_reseal"].as_slice(),
        ),
        (
            KEYS_LOGIN,
            [
                "hz_employee",
                "hz_practitioner",
                "hz_visitor",
                "hz_hr",
                "hz_admin",
                "hz_super_admin",
                "hz_worker",
            ]
            .as_slice(),
        ),
    ] {
        let connect =
            || PgConnection::establish(stage.app.login_url(login).expose()).expect("a login");
        assert_eq!(
            outcome(&mut connect(), "SELECT id FROM users"),
            Denied,
            "{login}"
        );
        assert_eq!(
            outcome(&mut connect(), "SELECT hz.user_id()"),
            Denied,
            "{login}"
        );
        for role in foreign.iter().chain(&[
            "hz_owner",
            "postgres",
            "pg_read_all_data",
            "pg_write_all_data",
        ]) {
            for statement in [
                format!("SET ROLE {role}"),
                format!("SET SESSION AUTHORIZATION {role}"),
            ] {
                let got = outcome(&mut connect(), &statement);
                let absent =
                    matches!(&got, Outcome::Other(message) if message.contains("does not exist"));
                assert!(got == Denied || absent, "{login}: {statement}: {got:?}");
            }
        }
        for power in ["BYPASSRLS", "SUPERUSER", "CREATEROLE", "INHERIT"] {
            let got = outcome(&mut connect(), &format!("ALTER ROLE CURRENT_USER {power}"));
            assert!(got != Rows(0), "{login} gives itself {power}");
        }
    }
}

#[tokio::test]
async fn jobs_read_what_a_mail_needs_and_no_secret() {
    let stage = Stage::set().await;
    stage.app.sql(
        "INSERT INTO data_keys (scope, owner_id, version, kek, wrapped)
         SELECT 'consultation', id, 1, 'local:0', decode(repeat('00', 60), 'hex') FROM consultations",
    );
    let make = |scope: &str| {
        format!(
            "INSERT INTO data_keys (id, scope, owner_id, version, kek, wrapped)
             VALUES (gen_random_uuid(), '{scope}', gen_random_uuid(), 1, 'local:0', decode(repeat('00', 60), 'hex'))"
        )
    };
    let mut conn =
        PgConnection::establish(stage.app.login_url(OFFICE_LOGIN).expose()).expect("a login");
    for (statement, wanted) in [
        ("SELECT email FROM users WHERE role = 'employee'", Rows(3)),
        ("SELECT password_hash FROM credentials", Denied),
        ("SELECT token_hash FROM sessions", Denied),
        ("SELECT * FROM sign_in_attempts", Denied),
        ("SELECT * FROM consents", Denied),
        ("SELECT duration_seconds FROM consultations", Denied),
        ("SELECT message_sealed FROM consultations", Denied),
        ("UPDATE consultations SET status = 'cancelled'", Rows(0)),
        ("UPDATE users SET status = 'active'", Denied),
        ("SELECT * FROM employee_activity_daily", Denied),
        // The keys of what the outbox holds are its own; no other is there.
        ("SELECT id FROM data_keys", Rows(0)),
        ("DELETE FROM data_keys", Rows(0)),
        ("UPDATE data_keys SET wrapped = wrapped", Denied),
        (&make("outbox"), Rows(1)),
        (&make("consultation"), Policy),
        ("UPDATE key_rotations SET done = 0", Denied),
    ] {
        conn.batch_execute("BEGIN; SET LOCAL ROLE hz_worker")
            .expect("the worker");
        let got = outcome(&mut conn, statement);
        conn.batch_execute("ROLLBACK").expect("the end");
        assert_eq!(got, wanted, "{statement}");
    }
}
