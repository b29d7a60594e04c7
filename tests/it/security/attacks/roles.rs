//! Each signed-in role, one by one.

use uuid::Uuid;

use super::{
    Outcome::{Constraint, Denied, Policy, Rows},
    Stage,
};

#[tokio::test]
async fn an_employee_reaches_itself_the_directory_and_nothing_else() {
    let stage = Stage::set().await;
    let (own, stranger) = (stage.employee.id, stage.stranger.id);
    let insert = |company: Uuid, employee: Uuid, status: &str| {
        format!(
            "INSERT INTO consultations (company_id, employee_id, practitioner_id, format, status, starts_at, ends_at, blocked_until)
             VALUES ('{company}', '{employee}', '{}', 'video', '{status}', '2026-04-01 09:00Z', '2026-04-01 09:50Z', '2026-04-01 10:00Z')",
            stage.practitioner.id
        )
    };
    stage.expect(
        &stage.employee,
        &[
            ("SELECT id, first_name FROM users WHERE role = 'employee'", Rows(1)),
            (&format!("SELECT id FROM users WHERE id IN ('{stranger}', '{}')", stage.colleague.id), Rows(0)),
            ("SELECT email FROM users", Denied),
            ("SELECT id FROM users WHERE role IN ('hr', 'admin', 'super_admin')", Rows(0)),
            (&format!("UPDATE users SET status = 'active' WHERE id = '{own}'"), Denied),
            (&format!("SELECT user_id FROM employees WHERE user_id <> '{own}'"), Rows(0)),
            ("UPDATE employees SET department = 'x'", Denied),
            ("SELECT id, name FROM companies", Rows(1)),
            ("SELECT siret FROM companies", Denied),
            ("UPDATE companies SET name = 'x'", Denied),
            ("SELECT id FROM consultations", Rows(1)),
            (&format!("SELECT id FROM consultations WHERE id = '{}'", stage.other_consultation), Rows(0)),
            (&insert(stage.own.id, own, "scheduled"), Rows(1)),
            (&insert(stage.own.id, stage.colleague.id, "scheduled"), Policy),
            (&insert(stage.other.id, stranger, "scheduled"), Policy),
            (&insert(stage.other.id, own, "scheduled"), Policy),
            (&format!("UPDATE consultations SET employee_id = '{stranger}'"), Denied),
            (&format!("UPDATE consultations SET practitioner_id = '{}'", stage.other_practitioner.id), Denied),
            ("UPDATE consultations SET ended_at = now()", Denied),
            ("UPDATE consultations SET duration_seconds = 1", Denied),
            ("UPDATE consultations SET revision = 9", Denied),
            ("UPDATE consultations SET cancelled_late = false", Denied),
            ("UPDATE consultations SET starts_at = now()", Constraint),
            ("SELECT cancellation_notice_hours FROM companies", Denied),
            ("UPDATE platform_settings SET cancellation_notice_hours = 0", Denied),
            (&format!("UPDATE consultations SET status = 'cancelled' WHERE id = '{}'", stage.other_consultation), Rows(0)),
            // Only what is held is let go.
            ("DELETE FROM consultations", Rows(0)),
            (&format!("UPDATE consultations SET status = 'confirmed' WHERE id = '{}'", stage.consultation), Constraint),
            ("UPDATE consultations SET status = 'held', expires_at = now()", Constraint),
            // The practitioner confirms.
            (&insert(stage.own.id, own, "confirmed"), Constraint),
            ("SELECT * FROM consultation_events", Rows(0)),
            (
                &format!(
                    "INSERT INTO consultation_events (consultation_id, company_id, kind, actor_id) VALUES ('{}', '{}', 'ended', '{own}')",
                    stage.other_consultation, stage.own.id
                ),
                Policy,
            ),
            ("SELECT * FROM employee_activity_daily", Denied),
            ("SELECT * FROM company_activity_daily", Denied),
            ("SELECT * FROM practitioner_activity_daily", Denied),
            ("SELECT * FROM hz.employee_usage('2026-03-01')", Denied),
            ("SELECT * FROM hz.addresses_taken('{a@b.example}')", Denied),
            ("SELECT * FROM employee_imports", Denied),
            ("UPDATE availability_windows SET weekday = 1", Denied),
            (&format!("INSERT INTO consents (user_id, kind, version, locale) VALUES ('{stranger}', 'terms', '1', 'fr')"), Policy),
        ],
    );
}

#[tokio::test]
async fn a_practitioner_reaches_its_own_practice_and_nothing_else() {
    let stage = Stage::set().await;
    let other = stage.other_practitioner.id;
    stage.expect(
        &stage.practitioner,
        &[
            ("SELECT id FROM consultations", Rows(1)),
            (
                &format!(
                    "SELECT id FROM consultations WHERE id = '{}'",
                    stage.other_consultation
                ),
                Rows(0),
            ),
            (
                &format!(
                    "UPDATE consultations SET status = 'cancelled' WHERE id = '{}'",
                    stage.other_consultation
                ),
                Rows(0),
            ),
            (
                &format!(
                    "UPDATE consultations SET employee_id = '{}'",
                    stage.stranger.id
                ),
                Denied,
            ),
            ("UPDATE consultations SET duration_seconds = 36000", Denied),
            (
                "UPDATE consultations SET activity_day = '2026-01-01'",
                Denied,
            ),
            ("UPDATE consultations SET starts_at = now()", Constraint),
            // A longer consultation, a longer statement.
            (
                "UPDATE consultations SET started_at = started_at - interval '1 hour'",
                Constraint,
            ),
            (
                "UPDATE consultations SET ended_at = ended_at + interval '1 hour'",
                Constraint,
            ),
            ("UPDATE consultations SET cancelled_late = false", Denied),
            ("UPDATE consultations SET revision = 9", Denied),
            (
                &format!(
                    "UPDATE consultations SET status = 'confirmed' WHERE id = '{}'",
                    stage.consultation
                ),
                Constraint,
            ),
            ("DELETE FROM consultations", Denied),
            // Its patients' names; no address, no colleague of theirs.
            (
                "SELECT id, first_name FROM users WHERE role = 'employee'",
                Rows(1),
            ),
            (
                &format!(
                    "SELECT id FROM users WHERE id IN ('{}', '{}')",
                    stage.stranger.id, stage.colleague.id
                ),
                Rows(0),
            ),
            ("SELECT email FROM users", Denied),
            ("SELECT * FROM employees", Denied),
            ("SELECT id, name FROM companies", Rows(1)),
            ("SELECT email_domains FROM companies", Denied),
            ("SELECT user_id FROM practitioners", Rows(1)),
            ("UPDATE practitioners SET verification = 'verified'", Denied),
            (
                &format!("SELECT id FROM availability_windows WHERE practitioner_id = '{other}'"),
                Rows(0),
            ),
            (
                "SELECT practitioner_id FROM practitioner_activity_daily",
                Rows(1),
            ),
            (
                &format!(
                    "SELECT * FROM practitioner_activity_daily WHERE practitioner_id = '{other}'"
                ),
                Rows(0),
            ),
            ("SELECT * FROM employee_activity_daily", Denied),
            ("SELECT * FROM company_activity_daily", Denied),
            ("SELECT * FROM hz.employee_usage('2026-03-01')", Denied),
            ("SELECT * FROM consents", Denied),
            ("SELECT * FROM employee_imports", Denied),
        ],
    );
}

#[tokio::test]
async fn hr_reaches_its_own_company_s_files_and_figures_and_no_consultation() {
    let stage = Stage::set().await;
    let (own, other) = (stage.own.id, stage.other.id);
    let new_user = |company: Uuid, role: &str| {
        format!(
            "INSERT INTO users (id, email, role, company_id, first_name, last_name)
             VALUES (gen_random_uuid(), 'new@x.example', '{role}', '{company}', 'N', 'N')"
        )
    };
    stage.app.sql(&format!(
        "UPDATE users SET status = 'pending', email_verified_at = NULL WHERE id = '{}';
         INSERT INTO employee_imports (company_id, created_by, file_name, row_count) VALUES ('{other}', '{}', 'x.csv', 1)",
        stage.colleague.id, stage.other_hr.id
    ));
    stage.expect(
        &stage.hr,
        &[
            ("SELECT id FROM consultations", Denied),
            ("SELECT count(*) FROM consultations", Denied),
            ("SELECT id FROM consultation_events", Denied),
            ("UPDATE consultations SET status = 'cancelled'", Denied),
            ("SELECT * FROM employee_activity_daily", Denied),
            ("SELECT * FROM company_activity_daily", Denied),
            ("SELECT * FROM practitioner_activity_daily", Denied),
            ("SELECT * FROM practitioners", Denied),
            (
                "SELECT * FROM hz.busy_ranges_of(ARRAY[gen_random_uuid()], now(), now(), now())",
                Denied,
            ),
            ("SELECT * FROM consents", Denied),
            // Months of its own company, nothing of the other's.
            ("SELECT * FROM hz.employee_usage('2026-03-01')", Rows(1)),
            (
                &format!(
                    "SELECT * FROM hz.employee_usage('2026-03-01') WHERE employee_id = '{}'",
                    stage.stranger.id
                ),
                Rows(0),
            ),
            // Nobody of a company chooses what its HR sees, nor reads whom figures are about.
            ("SELECT id, setting FROM disclosure_settings", Rows(1)),
            ("SELECT agreed_with FROM disclosure_settings", Denied),
            (
                &format!(
                    "INSERT INTO disclosure_settings (company_id, setting, chosen_at, agreed_with)
                     VALUES ('{}', 'named', now(), 'x')",
                    stage.own.id
                ),
                Denied,
            ),
            ("UPDATE disclosure_settings SET setting = 'named'", Denied),
            ("DELETE FROM disclosure_settings", Denied),
            ("SELECT * FROM disclosure_rosters", Denied),
            ("SELECT * FROM disclosure_snapshots", Rows(0)),
            ("DELETE FROM disclosure_snapshots", Denied),
            ("UPDATE disclosure_cells SET hidden = NULL", Denied),
            (
                &format!(
                    "SELECT * FROM hz.disclosure_material(ARRAY['{}']::uuid[], '2026-03-01')",
                    stage.own.id
                ),
                Denied,
            ),
            // Its people: itself, its employees.
            ("SELECT id, email FROM users", Rows(3)),
            (
                &format!("SELECT id FROM users WHERE company_id = '{other}'"),
                Rows(0),
            ),
            ("SELECT id FROM users WHERE role = 'practitioner'", Rows(0)),
            (
                &format!("UPDATE users SET status = 'suspended' WHERE company_id = '{other}'"),
                Rows(0),
            ),
            (
                &format!(
                    "UPDATE users SET first_name = 'X' WHERE id = '{}'",
                    stage.employee.id
                ),
                Rows(1),
            ),
            (
                &format!(
                    "UPDATE users SET role = 'hr' WHERE id = '{}'",
                    stage.employee.id
                ),
                Denied,
            ),
            (
                &format!(
                    "UPDATE users SET email = 'x@y.example' WHERE id = '{}'",
                    stage.employee.id
                ),
                Denied,
            ),
            // An invited account is activated by its person alone.
            (
                &format!(
                    "UPDATE users SET status = 'active' WHERE id = '{}'",
                    stage.colleague.id
                ),
                Constraint,
            ),
            (
                &format!(
                    "UPDATE users SET status = 'suspended' WHERE id = '{}'",
                    stage.employee.id
                ),
                Rows(1),
            ),
            (&new_user(own, "employee"), Rows(1)),
            // A colleague is invited, and nobody becomes one.
            (&new_user(own, "hr"), Rows(1)),
            (&new_user(other, "hr"), Policy),
            (&new_user(own, "admin"), Policy),
            (&new_user(other, "employee"), Policy),
            (
                "INSERT INTO credentials (user_id, password_hash) VALUES (hz.user_id(), 'x')",
                Denied,
            ),
            (
                &format!("SELECT user_id FROM employees WHERE company_id = '{other}'"),
                Rows(0),
            ),
            (
                &format!("UPDATE employees SET department = 'x' WHERE company_id = '{other}'"),
                Rows(0),
            ),
            (
                &format!("UPDATE employees SET company_id = '{other}'"),
                Denied,
            ),
            ("SELECT id, name FROM companies", Rows(1)),
            ("UPDATE companies SET max_employees = 100000", Denied),
            ("UPDATE companies SET max_consultations = 300", Denied),
            ("UPDATE companies SET status = 'active'", Denied),
            ("UPDATE companies SET email_domains = '{x.example}'", Denied),
            (
                &format!("UPDATE companies SET name = 'x' WHERE id = '{other}'"),
                Rows(0),
            ),
            ("SELECT id FROM company_requests", Denied),
            ("SELECT id FROM company_decisions", Denied),
            ("SELECT domain FROM company_domains", Denied),
            (
                "SELECT hz.confirm_company_request(gen_random_uuid(), gen_random_uuid(), now())",
                Denied,
            ),
            ("SELECT id FROM employee_imports", Rows(0)),
            ("DELETE FROM employee_imports", Rows(0)),
        ],
    );
}

#[tokio::test]
async fn the_platform_sees_companies_and_figures_and_no_employee() {
    let stage = Stage::set().await;
    let (admin, super_admin) = (stage.app.admin(), stage.app.super_admin());
    for account in [&*admin, &*super_admin] {
        stage.expect(
            account,
            &[
                ("SELECT id FROM consultations", Denied),
                ("SELECT count(*) FROM consultation_events", Denied),
                ("SELECT * FROM employee_activity_daily", Denied),
                ("SELECT * FROM hz.employee_usage('2026-03-01')", Denied),
                ("SELECT department FROM employees", Denied),
                ("SELECT user_id, company_id FROM employees", Rows(3)),
                ("SELECT id, name FROM companies", Rows(2)),
                ("SELECT * FROM company_activity_daily", Rows(2)),
                ("SELECT * FROM consents", Denied),
                ("SELECT * FROM employee_imports", Denied),
            ],
        );
    }
    stage.expect(
        &admin,
        &[
            (
                "SELECT id, first_name, email FROM users WHERE role = 'employee'",
                Rows(0),
            ),
            ("SELECT * FROM practitioner_activity_daily", Rows(2)),
        ],
    );
    stage.expect(
        &super_admin,
        &[
            ("SELECT email FROM users", Denied),
            ("SELECT first_name FROM users", Denied),
            ("SELECT * FROM practitioner_activity_daily", Denied),
        ],
    );
}

#[tokio::test]
async fn a_suspended_company_books_nothing_and_its_hr_reads_itself_alone() {
    let stage = Stage::set().await;
    let (company, employee) = (stage.own.id, stage.employee.id);
    let consultation = |status: &str, until: &str| {
        format!(
            "INSERT INTO consultations (company_id, employee_id, practitioner_id, format, status, starts_at, ends_at, blocked_until, expires_at)
             VALUES ('{company}', '{employee}', '{}', 'video', '{status}', '2026-04-01 09:00Z', '2026-04-01 09:50Z', '2026-04-01 10:00Z', {until})",
            stage.practitioner.id
        )
    };
    stage.app.sql(&consultation("held", "'2026-04-01 08:00Z'"));
    stage.app.sql(&format!(
        "UPDATE companies SET status = 'suspended' WHERE id = '{company}'"
    ));
    stage.expect(
        &stage.employee,
        &[
            (&consultation("scheduled", "NULL"), Constraint),
            (
                "UPDATE consultations SET status = 'scheduled', expires_at = NULL WHERE status = 'held'",
                Constraint,
            ),
            ("DELETE FROM consultations WHERE status = 'held'", Rows(1)),
        ],
    );
    let new_user = format!(
        "INSERT INTO users (id, email, role, company_id, first_name, last_name, locale)
         VALUES (gen_random_uuid(), 'eve@{}', 'hr', '{company}', 'Ève', 'Ott', 'fr')",
        stage.own.domain
    );
    stage.expect(
        &stage.hr,
        &[
            ("SELECT id FROM users", Rows(1)),
            ("SELECT user_id FROM employees", Rows(0)),
            ("UPDATE employees SET department = 'x'", Rows(0)),
            ("SELECT id FROM invitations", Rows(0)),
            ("SELECT company_id FROM company_profiles", Rows(0)),
            (&new_user, Policy),
            ("SELECT name FROM companies", Rows(1)),
            ("UPDATE companies SET name = 'x'", Rows(0)),
            ("UPDATE users SET locale = 'en'", Rows(1)),
        ],
    );
}
