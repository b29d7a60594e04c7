//! Frozen months: what HR sees where people are not seen by name, and what it cannot get at.

use std::collections::BTreeMap;

use chrono::Duration;
use huntzen::{
    infra::actor::Worker,
    metrics::{
        disclosure::{
            Rules, Setting,
            rules::{History, Line, Month, Outcome, publish},
        },
        jobs,
    },
};

use super::{csv_rows, nth_table_rows, table_rows};
use crate::support::{
    TestApp,
    actors::{Company, Employee},
    client::Client,
};

/// A company since last year, whose first employees of each department had a consultation in February.
struct Firm {
    app: TestApp,
    company: Company,
    employees: Vec<Employee>,
    hr: Client,
}

const DEPARTMENTS: [(&str, usize, usize); 3] =
    [("Atelier", 8, 24), ("Ventes", 7, 18), ("Direction", 1, 3)];

fn people(
    app: &TestApp,
    company: &Company,
    (name, users, people): (&str, usize, usize),
) -> Vec<Employee> {
    let practitioner = app.practitioner();
    let employees: Vec<Employee> = (0..people).map(|_| app.employee_of(company)).collect();
    for (index, employee) in employees.iter().enumerate() {
        app.sql(&format!(
            "UPDATE employees SET department = '{name}', created_at = '2025-06-01' WHERE user_id = '{}'",
            employee.id
        ));
        if index < users {
            app.consultation(employee, &practitioner)
                .at("2026-02-10T09:00:00Z")
                .completed(3_000);
        }
    }
    employees
}

impl Firm {
    async fn start(setting: &str) -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        app.sql("UPDATE companies SET created_at = '2026-02-01'");
        app.discloses(&company, setting);
        let employees = DEPARTMENTS
            .into_iter()
            .flat_map(|department| people(&app, &company, department))
            .collect();
        let hr = app.client().signed_in_as(&app.hr_of(&company));
        Self {
            app,
            company,
            employees,
            hr,
        }
    }

    async fn freeze(&self) -> usize {
        jobs::freeze(&Worker::door(&self.app.shared))
            .await
            .expect("months are frozen")
    }

    fn cells(&self) -> String {
        self.app
            .text("SELECT string_agg(c::text, ' ' ORDER BY kind, label, month) FROM disclosure_cells c")
            .unwrap_or_default()
    }
}

#[tokio::test]
async fn accounts_that_nobody_opened_hide_nobody() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.sql("UPDATE companies SET created_at = '2026-02-01'");
    app.discloses(&company, "aggregate");
    // All who opened their account used it; the others never did, or did after the month.
    let employees = people(&app, &company, ("Atelier", 7, 21));
    for (at, state) in [
        (7, "status = 'pending', email_verified_at = NULL"),
        (14, "email_verified_at = '2026-03-02'"),
    ] {
        for employee in &employees[at..at + 7] {
            app.sql(&format!(
                "UPDATE users SET {state} WHERE id = '{}'",
                employee.id
            ));
        }
    }
    jobs::freeze(&Worker::door(&app.shared))
        .await
        .expect("months are frozen");
    assert_eq!(
        app.count("SELECT count(*) FROM disclosure_cells WHERE hidden IS NULL"),
        0
    );
    assert!(
        app.count("SELECT count(*) FROM disclosure_cells") > 0,
        "the month was looked at"
    );
}

#[tokio::test]
async fn a_month_is_frozen_on_the_3rd_and_no_correction_changes_it() {
    let firm = Firm::start("aggregate").await;
    assert_eq!(firm.freeze().await, 1, "February");
    let frozen = firm.cells();
    assert!(!frozen.is_empty());
    assert_eq!(firm.freeze().await, 0, "once");
    firm.app.sql(
        "UPDATE employee_activity_daily SET total_duration_seconds = total_duration_seconds + 2400",
    );
    assert_eq!(firm.freeze().await, 0);
    assert_eq!(firm.cells(), frozen);
    firm.hr
        .get("/rh/usage?month=2026-02")
        .await
        .assert_ok()
        .assert_text("Chiffres figés le vendredi 20\u{a0}mars 2026")
        .assert_text("ne les change pas");
    // March closes on the 3rd of April.
    firm.hr
        .get("/rh/usage?month=2026-03")
        .await
        .assert_ok()
        .assert_text("Pas encore de chiffres pour mars 2026")
        .assert_text("3\u{a0}avril 2026");
    firm.app.clock.advance(Duration::days(13));
    assert_eq!(firm.freeze().await, 0, "the 2nd of April");
    firm.app.clock.advance(Duration::days(1));
    assert_eq!(firm.freeze().await, 1, "the 3rd");
}

/// What the rules say of the firm, without the database.
fn expected(setting: Setting) -> huntzen::metrics::disclosure::rules::Publication {
    let mut lines = BTreeMap::new();
    for (name, users, people) in DEPARTMENTS {
        for index in 0..people {
            let used = u32::from(index < users);
            let line = Line {
                department: Some(name.to_owned()),
                consultations: used,
                seconds: 3_000 * u64::from(used),
                ..Line::default()
            };
            lines.insert(lines.len(), line);
        }
    }
    publish(
        &Month { setting, lines },
        &History::default(),
        Rules::STRICT,
    )
}

#[tokio::test]
async fn the_page_and_the_file_publish_what_the_rules_say_and_nothing_else() {
    let firm = Firm::start("aggregate").await;
    firm.freeze().await;
    let rules = expected(Setting::Aggregate);
    let page = firm.hr.get("/rh/usage").await;
    page.assert_ok();
    let company = rules.company.figures().expect("the company is shown");
    assert_eq!(
        page.texts(".stat-value")[..3],
        [
            company.users.to_string(),
            company.consultations.to_string(),
            "13\u{a0}h\u{a0}30".to_owned(),
        ]
    );
    let rows = nth_table_rows(&page, 0, "tbody");
    assert_eq!(rows.len(), rules.departments.len());
    for (row, department) in rows.iter().zip(&rules.departments) {
        assert_eq!(
            row[..2],
            [department.name.clone(), department.people.len().to_string()]
        );
        match department.outcome {
            Outcome::Shown(figures) => {
                assert_eq!(
                    row[2..4],
                    [figures.users.to_string(), figures.consultations.to_string()]
                );
            }
            Outcome::Hidden(_) => {
                assert!(row[2].starts_with("Masqué") && row.len() == 3, "{row:?}")
            }
        }
    }
    let hidden = rules
        .departments
        .iter()
        .filter(|department| department.outcome.figures().is_none())
        .count();
    assert_eq!(
        hidden, 2,
        "the small one, and the one that would give it away"
    );
    page.assert_text("2 chiffres masqués");
    for employee in &firm.employees {
        page.assert_nowhere(&employee.email)
            .assert_nowhere(&employee.id.to_string());
    }
    let file = csv_rows(&firm.hr.get("/rh/usage.csv?month=2026-02").await);
    assert_eq!(file.len(), 1 + 1 + rules.departments.len());
    assert_eq!(
        file[1][..6],
        ["2026-02", "Toute l’entreprise", "45", "16", "16", "48600"]
    );
    for (row, department) in file[2..].iter().zip(&rules.departments) {
        assert_eq!(row[1], department.name);
        assert_eq!(row[3].is_empty(), department.outcome.figures().is_none());
    }
    // Hidden figures were never written.
    assert_eq!(
        firm.app.count("SELECT count(*) FROM disclosure_cells WHERE hidden IS NOT NULL AND (users, consultations, seconds) IS NOT NULL"),
        0
    );
}

#[tokio::test]
async fn bands_list_pseudonyms_that_belong_to_nobody() {
    let firm = Firm::start("banded").await;
    firm.freeze().await;
    let page = firm.hr.get("/rh/usage").await;
    page.assert_ok().assert_nowhere("Direction");
    assert_eq!(
        table_rows(&page, "tbody"),
        [["1 consultation ou plus", "16"]]
    );
    assert_eq!(nth_table_rows(&page, 1, "tbody").len(), 16);
    for employee in &firm.employees {
        page.assert_nowhere(&employee.email);
    }
    let file = csv_rows(&firm.hr.get("/rh/usage.csv").await);
    assert_eq!(file.len(), 1 + 1 + 16);
}

#[tokio::test]
async fn newcomers_are_counted_once_they_are_five() {
    let firm = Firm::start("aggregate").await;
    firm.freeze().await;
    let newcomers = people(&firm.app, &firm.company, ("Atelier", 0, 2));
    for newcomer in newcomers {
        firm.app.sql(&format!(
            "UPDATE employees SET created_at = '2026-03-10' WHERE user_id = '{}'",
            newcomer.id
        ));
    }
    for employee in firm.employees.iter().take(9) {
        let practitioner = firm.app.practitioner();
        firm.app
            .consultation(employee, &practitioner)
            .at("2026-03-11T09:00:00Z")
            .completed(1_800);
    }
    firm.app.clock.advance(Duration::days(14));
    assert_eq!(firm.freeze().await, 1);
    // Sessions end after a week.
    let hr = firm
        .app
        .client()
        .signed_in_as(&firm.app.hr_of(&firm.company));
    assert_eq!(
        firm.app.text("SELECT counted || ' of ' || headcount FROM disclosure_snapshots WHERE month = '2026-03-01'"),
        Some("45 of 47".to_owned())
    );
    hr.get("/rh/usage?month=2026-03")
        .await
        .assert_ok()
        .assert_text("2 personnes arrivées récemment");
}

#[tokio::test]
async fn a_new_setting_says_nothing_of_months_lived_before_it() {
    let firm = Firm::start("aggregate").await;
    let admin = firm.app.admin();
    let client = firm.app.client().signed_in_as(&admin);
    let path = format!("/admin/companies/{}/disclosure", firm.company.id);
    let page = client.get(&path).await;
    page.assert_ok().assert_text("Chiffres de groupe");
    for (setting, agreed) in [
        ("named", " "),
        ("everything", "M. Roy"),
        ("named", &"x".repeat(201)),
    ] {
        client
            .post(&path, &[("setting", setting), ("agreed_with", agreed)])
            .await
            .assert_status(422);
    }
    let fields = [("setting", "named"), ("agreed_with", "Claire Roy, DRH")];
    client
        .submit(&page, &path, &fields)
        .await
        .assert_see_other(&path);
    assert_eq!(
        firm.app.text("SELECT setting || ' ' || effective_from FROM disclosure_settings ORDER BY position DESC LIMIT 1"),
        Some("named 2026-04-01".to_owned())
    );
    assert_eq!(
        firm.app
            .count("SELECT count(*) FROM audit_logs WHERE action = 'DISCLOSURE_CHANGED'"),
        1
    );
    // Everybody is told, until they have read it.
    let employee = firm.app.client().signed_in_as(&firm.employees[0]);
    let home = employee.get("/employee").await;
    home.assert_ok()
        .assert_text("Ce que voit votre entreprise change dès avril 2026");
    employee
        .submit(&home, "/account/privacy/disclosure", &[])
        .await
        .assert_see_other("/employee");
    employee
        .get("/employee")
        .await
        .assert_nowhere("Ce que voit votre entreprise change");
    employee
        .get("/account/privacy")
        .await
        .assert_ok()
        .assert_text("Choisi le vendredi 20\u{a0}mars 2026, en vigueur dès avril 2026");
    // In April by name, and February and March as before.
    firm.app.clock.advance(Duration::days(20));
    firm.freeze().await;
    // Sessions end after a week.
    let hr = firm
        .app
        .client()
        .signed_in_as(&firm.app.hr_of(&firm.company));
    let employee = firm.app.client().signed_in_as(&firm.employees[0]);
    let by_name = "Total pour 45 salariés";
    hr.get("/rh/usage").await.assert_ok().assert_text(by_name);
    for month in ["2026-02", "2026-03"] {
        for path in ["/rh/usage", "/rh/usage.csv"] {
            hr.get(&format!("{path}?month={month}"))
                .await
                .assert_ok()
                .assert_nowhere(by_name)
                .assert_nowhere("Comptable");
        }
    }
    employee
        .get("/account/privacy")
        .await
        .assert_text("Par personne");
}

#[tokio::test]
async fn a_choice_is_in_force_at_once_where_nobody_has_an_account() {
    let app = TestApp::start().await;
    let company = app.company("Neuve");
    let client = app.client().signed_in_as(&app.admin());
    let path = format!("/admin/companies/{}/disclosure", company.id);
    let fields = [("setting", "banded"), ("agreed_with", "Claire Roy, DRH")];
    client.post(&path, &fields).await.assert_see_other(&path);
    assert_eq!(
        app.text("SELECT effective_from::text FROM disclosure_settings"),
        Some("2026-03-01".to_owned())
    );
    let nobody = format!("/admin/companies/{}/disclosure", uuid::Uuid::new_v4());
    client.get(&nobody).await.assert_status(404);
    client.post(&nobody, &fields).await.assert_status(404);
}

#[tokio::test]
async fn hr_sees_its_own_company_s_cells_and_nobody_else_s() {
    let firm = Firm::start("aggregate").await;
    let rival = firm.app.company("Rivale");
    firm.app
        .sql("UPDATE companies SET created_at = '2026-02-01'");
    people(&firm.app, &rival, ("Espionnage", 7, 20));
    firm.freeze().await;
    let rival_hr = firm.app.client().signed_in_as(&firm.app.hr_of(&rival));
    for path in [
        "/rh",
        "/rh/usage",
        "/rh/usage?month=2026-02",
        "/rh/usage.csv",
    ] {
        firm.hr
            .get(path)
            .await
            .assert_ok()
            .assert_nowhere("Espionnage");
        rival_hr
            .get(path)
            .await
            .assert_ok()
            .assert_nowhere("Atelier");
    }
    // Neither can acknowledge or choose for the other.
    let choice = firm
        .app
        .text("SELECT id::text FROM disclosure_settings LIMIT 1")
        .expect("a choice");
    let stranger = firm.app.employee_of(&rival);
    firm.app
        .client()
        .signed_in_as(&stranger)
        .post(
            "/account/privacy/disclosure",
            &[("choice", choice.as_str())],
        )
        .await
        .assert_status(404);
    let path = format!("/admin/companies/{}/disclosure", firm.company.id);
    firm.hr
        .post(&path, &[("setting", "named"), ("agreed_with", "Moi")])
        .await
        .assert_status(404);
}

#[tokio::test]
async fn the_dashboard_shows_frozen_months_and_the_platform_s_median() {
    let firm = Firm::start("aggregate").await;
    for number in 0..4 {
        let other = firm.app.company(&format!("Entreprise {number}"));
        people(&firm.app, &other, ("Atelier", 5 + number, 20));
    }
    firm.app
        .sql("UPDATE companies SET created_at = '2026-02-01'");
    firm.freeze().await;
    let page = firm.hr.get("/rh").await;
    // 16 of 45, where the others have 5 to 8 of 20.
    page.assert_ok()
        .assert_text("36\u{202f}%")
        .assert_text("Médiane de 5 entreprises\u{a0}: 35\u{202f}%");
    assert_eq!(page.texts(".chart-data td"), ["36\u{202f}%", "16"]);
}
