//! Whatever shows or changes something of somebody else leaves its trace: every page and every form of
//! every role is asked, and whoever it names must find it in the record of who looked at their data.

use std::{cell::Cell, collections::BTreeMap};

use actix_web::http::Method;
use huntzen::infra::session::AccountRole;
use uuid::Uuid;

use super::{fixtures::World, forms, matrix};
use crate::support::TestApp;

/// Pages of lists that their bare address does not open.
const QUERIES: [&str; 6] = [
    "",
    "?tab=past",
    "?tab=upcoming",
    "?tab=reports",
    "?month=2026-03",
    "?date=2026-03-24",
];

/// Somebody whom no page names by chance.
struct Subject {
    id: Uuid,
    marker: String,
    is_employee: bool,
}

struct Stage {
    app: TestApp,
    world: World,
    subjects: Vec<Subject>,
    /// How many have passed since it began.
    minutes: Cell<i64>,
}

impl Stage {
    async fn set() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app);
        let accounts = app
            .text("SELECT string_agg(id || ' ' || role, ',') FROM users WHERE role IN ('employee', 'practitioner')")
            .expect("people");
        let subjects: Vec<Subject> = accounts
            .split(',')
            .zip(1..)
            .map(|(account, number)| {
                let (id, role) = account.split_once(' ').expect("an id and a role");
                Subject {
                    id: id.parse().expect("an id"),
                    marker: format!("Zyxw{number}vut"),
                    is_employee: role == "employee",
                }
            })
            .collect();
        for subject in &subjects {
            app.sql(&format!(
                "UPDATE users SET last_name = '{}' WHERE id = '{}'",
                subject.marker, subject.id
            ));
        }
        Self {
            app,
            world,
            subjects,
            minutes: Cell::new(0),
        }
    }

    /// Whether the record says that this actor looked at that subject.
    fn is_recorded(&self, subject: &Subject, actor: Uuid) -> bool {
        self.app.count(&format!(
            "SELECT count(*) FROM data_accesses WHERE subject_id = '{}' AND actor_id = '{actor}'",
            subject.id
        )) > 0
    }

    fn forget(&self) {
        self.app.sql("DELETE FROM data_accesses");
        // What is on record for a minute is not written again within it.
        self.app.clock.advance(chrono::Duration::minutes(1));
        self.minutes.set(self.minutes.get() + 1);
    }

    /// When it began again: for somebody else, whose minutes are their own.
    fn begins_again(&self) {
        let passed = chrono::Duration::minutes(self.minutes.take());
        self.app.clock.advance(-passed);
    }

    /// What is somebody's own, as it is now.
    fn rows_of(&self, subject: &Subject) -> String {
        let id = subject.id;
        self.app
            .text(&format!(
                "SELECT concat(
                     (SELECT string_agg(u::text, ',') FROM users u WHERE u.id = '{id}'),
                     (SELECT string_agg(e::text, ',') FROM employees e WHERE e.user_id = '{id}'),
                     (SELECT string_agg(i::text, ',') FROM invitations i WHERE i.user_id = '{id}'),
                     (SELECT string_agg(c::text, ',' ORDER BY c.id) FROM consultations c WHERE c.employee_id = '{id}'),
                     (SELECT string_agg(r::text, ',' ORDER BY r.id) FROM practitioner_reviews r
                      WHERE r.practitioner_id = '{id}' AND r.status = 'published'))"
            ))
            .unwrap_or_default()
    }
}

/// What employees see of practitioners is published, or shared with them.
fn is_watched(role: AccountRole, subject: &Subject) -> bool {
    subject.is_employee || role != AccountRole::Employee
}

#[tokio::test]
async fn no_page_names_somebody_to_another_account_without_a_trace() {
    let stage = Stage::set().await;
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for role in AccountRole::ALL {
        stage.begins_again();
        let account = stage.world.account(role);
        let client = stage.app.client().signed_in_as(account);
        for route in &stage.app.routes.0 {
            if route.method != Method::GET || !matrix::admits(route, role) {
                continue;
            }
            for query in QUERIES {
                stage.forget();
                let page = client
                    .get(&format!("{}{query}", matrix::own_path(&stage.world, route)))
                    .await;
                let text = page.text();
                for subject in &stage.subjects {
                    let shown = subject.id != account.id && text.contains(&subject.marker);
                    if !shown || !is_watched(role, subject) {
                        continue;
                    }
                    *named.entry(role.as_str()).or_default() += 1;
                    if !stage.is_recorded(subject, account.id) {
                        failures.push(format!("{} as {}", page.request, role.as_str()));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
    // The search itself finds people where there are some.
    for (role, least) in [("practitioner", 20), ("hr", 6), ("admin", 4)] {
        let found = named.get(role).copied().unwrap_or_default();
        assert!(found >= least, "{role} met {found} names only: {named:?}");
    }
    assert_eq!(named.get("employee"), None, "no employee meets another one");
    assert_eq!(named.get("super_admin"), None);
}

#[tokio::test]
async fn no_form_changes_what_is_of_another_account_without_a_trace() {
    let mut changed: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for role in [
        AccountRole::Practitioner,
        AccountRole::Hr,
        AccountRole::Admin,
        AccountRole::SuperAdmin,
    ] {
        let stage = Stage::set().await;
        let account = stage.world.account(role);
        let offers = forms::offers(&stage.app, &stage.world, role).await;
        for ((action, _), fields) in &offers.forms {
            let before: Vec<String> = stage
                .subjects
                .iter()
                .map(|one| stage.rows_of(one))
                .collect();
            stage.forget();
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let client = stage.app.client().signed_in_as(account);
            let page = client.post(action, &fields).await;
            for (subject, before) in stage.subjects.iter().zip(before) {
                if subject.id == account.id || stage.rows_of(subject) == before {
                    continue;
                }
                *changed.entry(role.as_str()).or_default() += 1;
                if !stage.is_recorded(subject, account.id) {
                    failures.push(format!("{} as {}", page.request, role.as_str()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
    for (role, least) in [("practitioner", 1), ("hr", 2), ("admin", 1)] {
        let found = changed.get(role).copied().unwrap_or_default();
        assert!(found >= least, "{role} changed {found} only: {changed:?}");
    }
}
