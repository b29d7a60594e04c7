//! The figures as JSON: what the screens show, for whom they show it, as the document says.

use std::{collections::BTreeSet, env, process::Stdio};

use serde_json::{Value, json};
use tokio::process::Command;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Admin, Company, Employee, Hr, Practitioner},
    client::Client,
    page::Page,
};

/// One employee with two consultations in March and one in February, and who may know of it.
struct Office {
    app: TestApp,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    hr: Hr,
    admin: Admin,
}

impl Office {
    async fn start(setting: &str) -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        app.discloses(&company, setting);
        let (employee, practitioner) = (app.employee_of(&company), app.practitioner());
        app.sql(&format!(
            "UPDATE users SET first_name = 'Élodie', last_name = 'Été' WHERE id = '{0}';
             UPDATE employees SET department = 'R&D' WHERE user_id = '{0}'",
            employee.id
        ));
        for (start, seconds) in [
            ("2026-02-27T09:00:00Z", 9_000),
            ("2026-03-02T09:00:00Z", 3_000),
            ("2026-03-16T09:00:00Z", 2_999),
        ] {
            app.consultation(&employee, &practitioner)
                .at(start)
                .completed(seconds);
        }
        Self {
            hr: app.hr_of(&company),
            admin: app.admin(),
            app,
            company,
            employee,
            practitioner,
        }
    }

    fn hr(&self) -> Client {
        self.app.client().signed_in_as(&self.hr)
    }

    fn practitioner(&self) -> Client {
        self.app.client().signed_in_as(&self.practitioner)
    }

    fn admin(&self) -> Client {
        self.app.client().signed_in_as(&self.admin)
    }
}

fn employees(id: Uuid, dates: &str) -> String {
    format!("/api/v1/metrics/employees/{id}{dates}")
}

fn practitioners(id: Uuid, dates: &str) -> String {
    format!("/api/v1/metrics/practitioners/{id}{dates}")
}

const WINTER: &str = "?from=2026-01-01&to=2026-03-31";

fn json_of(page: &Page) -> Value {
    page.assert_ok();
    assert_eq!(page.header("content-type"), Some("application/json"));
    serde_json::from_slice(&page.body).expect("JSON")
}

/// The sentence of a refusal.
fn refusal(page: &Page, status: u16) -> String {
    assert_eq!(page.status, status, "{}", page.text());
    assert_eq!(
        page.header("content-type"),
        Some("application/problem+json")
    );
    let problem: Value = serde_json::from_slice(&page.body).expect("JSON");
    assert_eq!(problem["status"], status);
    problem["detail"].as_str().expect("a sentence").to_owned()
}

fn figures(count: i64, seconds: i64, mean: Option<i64>) -> Value {
    json!({ "consultationCount": count, "totalDurationSeconds": seconds, "averageDurationSeconds": mean })
}

fn of_month(month: &str, figures: Value) -> Value {
    let mut figures = figures;
    figures["month"] = month.into();
    figures
}

#[tokio::test]
async fn hr_reads_the_months_of_an_employee_that_its_list_shows() {
    let office = Office::start("named").await;
    let id = office.employee.id;
    let answer = json_of(&office.hr().get(&employees(id, WINTER)).await);
    assert_eq!(
        answer,
        json!({
            "employeeId": id, "employeeName": "Élodie Été", "department": "R&D",
            "from": "2026-01-01", "to": "2026-03-31",
            "total": figures(3, 14_999, Some(5_000)),
            "months": [
                of_month("2026-01", figures(0, 0, None)),
                of_month("2026-02", figures(1, 9_000, Some(9_000))),
                of_month("2026-03", figures(2, 5_999, Some(3_000))),
            ],
            "withheldMonths": [],
        })
    );
    // Without dates, the running month.
    let answer = json_of(&office.hr().get(&employees(id, "")).await);
    assert_eq!(answer["total"], figures(2, 5_999, Some(3_000)));
}

#[tokio::test]
async fn hr_reads_nothing_of_a_month_in_which_nobody_is_named() {
    for setting in ["banded", "aggregate"] {
        let office = Office::start(setting).await;
        let page = office
            .hr()
            .get(&employees(office.employee.id, WINTER))
            .await;
        let answer = json_of(&page);
        assert_eq!(answer["total"], Value::Null);
        assert_eq!(answer["months"], json!([]));
        assert_eq!(
            answer["withheldMonths"],
            json!(["2026-01", "2026-02", "2026-03"])
        );
    }
}

#[tokio::test]
async fn hr_is_told_whole_months_alone_and_says_which() {
    let office = Office::start("named").await;
    let (hr, id) = (office.hr(), office.employee.id);
    for (dates, said) in [
        ("?from=2026-03-02&to=2026-03-31", "mois entiers"),
        ("?from=2026-03-01&to=2026-03-16", "mois entiers"),
        ("?from=2026-03-02&to=2026-03-02", "mois entiers"),
        ("?from=2026-03-01", "deux dates complètes"),
        ("?from=mars&to=avril", "deux dates complètes"),
        ("?from=2026-03-01&to=2026-02-28", "avant la date de début"),
        ("?from=2020-01-01&to=2026-03-31", "deux ans"),
        ("?from=1999-01-01&to=1999-01-31", "trop lointaine"),
        ("?from=%3Cscript%3E&to=%3C", "deux dates complètes"),
        ("?from=&to=", "deux dates complètes"),
    ] {
        let page = hr.get(&employees(id, dates)).await;
        let sentence = refusal(&page, 422);
        assert!(sentence.contains(said), "{dates}: {sentence}");
    }
    refusal(&hr.get(&employees(id, "?from=%00&to=%FF")).await, 400);
}

#[tokio::test]
async fn figures_are_for_whom_the_screens_show_them_and_nobody_else() {
    let office = Office::start("named").await;
    let rival = office.app.company("Rivale");
    let (stranger, other) = (office.app.employee_of(&rival), office.app.practitioner());
    let (mine, theirs) = (office.employee.id, office.practitioner.id);

    // Another company's employee, a colleague of HR's, somebody who is no employee, and no id at all.
    let hr = office.hr();
    let colleague = office.app.hr_of(&office.company);
    for id in [stranger.id, colleague.id, theirs, Uuid::new_v4()] {
        refusal(&hr.get(&employees(id, WINTER)).await, 404);
    }
    refusal(&hr.get("/api/v1/metrics/employees/moi").await, 404);
    refusal(&hr.get(&practitioners(theirs, WINTER)).await, 404);
    refusal(&hr.get("/api/v1/metrics/global").await, 404);

    let practitioner = office.practitioner();
    refusal(
        &practitioner.get(&practitioners(other.id, WINTER)).await,
        404,
    );
    refusal(&practitioner.get(&employees(mine, WINTER)).await, 404);
    refusal(&practitioner.get("/api/v1/metrics/global").await, 404);

    let admin = office.admin();
    refusal(&admin.get(&practitioners(mine, WINTER)).await, 404);
    refusal(&admin.get(&employees(mine, WINTER)).await, 404);

    let employee = office.app.client().signed_in_as(&office.employee);
    let operator = office.app.client().signed_in_as(&office.app.super_admin());
    let anonymous = office.app.client();
    for path in [
        employees(mine, WINTER),
        practitioners(theirs, WINTER),
        "/api/v1/metrics/global".to_owned(),
    ] {
        refusal(&employee.get(&path).await, 404);
        refusal(&operator.get(&path).await, 404);
        let sentence = refusal(&anonymous.get(&path).await, 401);
        assert!(sentence.contains("Connectez-vous"), "{sentence}");
    }
    refusal(&anonymous.get("/api/v2").await, 404);
}

#[tokio::test]
async fn a_practitioner_and_the_admins_read_the_same_activity_to_the_second() {
    let office = Office::start("aggregate").await;
    let id = office.practitioner.id;
    let path = practitioners(id, "?from=2026-02-27&to=2026-03-02");
    let own = json_of(&office.practitioner().get(&path).await);
    assert_eq!(own, json_of(&office.admin().get(&path).await));
    let mut company = figures(2, 12_000, Some(6_000));
    company["companyName"] = "TechCorp".into();
    let mut expected = figures(2, 12_000, Some(6_000));
    for (name, value) in [
        ("practitionerId", json!(id)),
        ("from", json!("2026-02-27")),
        ("to", json!("2026-03-02")),
        (
            "byMonth",
            json!([
                of_month("2026-02", figures(1, 9_000, Some(9_000))),
                of_month("2026-03", figures(1, 3_000, Some(3_000))),
            ]),
        ),
        ("byCompany", json!([company])),
    ] {
        expected[name] = value;
    }
    assert_eq!(own, expected);
}

#[tokio::test]
async fn the_admins_read_the_platform_in_whole_months() {
    let office = Office::start("aggregate").await;
    let admin = office.admin();
    let answer = json_of(&admin.get(&format!("/api/v1/metrics/global{WINTER}")).await);
    assert_eq!(answer["consultationCount"], 3);
    assert_eq!(answer["totalDurationSeconds"], 14_999);
    assert_eq!(answer["companies"]["longest"][0]["name"], "TechCorp");
    assert_eq!(
        answer["practitioners"]["longest"][0]["id"],
        office.practitioner.id.to_string()
    );
    let page = admin
        .get("/api/v1/metrics/global?from=2026-03-02&to=2026-03-31")
        .await;
    refusal(&page, 422);
}

#[tokio::test]
async fn an_employee_finds_what_hr_read_as_json_among_who_looked() {
    let office = Office::start("named").await;
    json_of(
        &office
            .hr()
            .get(&employees(office.employee.id, WINTER))
            .await,
    );
    let seen = office.app.text(&format!(
        "SELECT string_agg(DISTINCT what, ' ' ORDER BY what) FROM data_accesses
         WHERE subject_id = '{}' AND actor_id = '{}'",
        office.employee.id, office.hr.id
    ));
    let seen = seen.expect("HR's reading");
    assert!(seen.contains("usage"), "{seen}");
}

#[tokio::test]
async fn the_document_describes_every_route_and_none_that_is_not_there() {
    let office = Office::start("named").await;
    let document = json_of(&office.app.client().get("/api/openapi.json").await);
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .expect("paths")
        .keys()
        .cloned()
        .collect();
    let mounted: BTreeSet<String> = office
        .app
        .routes
        .0
        .iter()
        .filter(|route| route.path.starts_with("/api/v1/metrics"))
        .map(|route| route.path.clone())
        .collect();
    assert_eq!(described, mounted);
}

/// Lets Schemathesis ask one operation whatever the document allows, and what it does not.
async fn judge(office: &Office, client: &Client, operation: &str, id: Uuid) {
    let program = env::var_os("SCHEMATHESIS")
        .unwrap_or_else(|| panic!("SCHEMATHESIS is not set: bin/test installs it and sets it"));
    let home = env::temp_dir().join(format!("huntzen-schemathesis-{}", Uuid::new_v4().simple()));
    std::fs::create_dir_all(&home).expect("a folder");
    // An id that exists, so that its questions reach the figures.
    let session = client.cookie("hz_session").expect("a session");
    let known = format!(
        "[parameters]\n\"path.id\" = \"{id}\"\n[auth.openapi.session]\napi_key = '{session}'\n"
    );
    std::fs::write(home.join("schemathesis.toml"), known).expect("a file");
    let base = format!("http://{}", office.app.address());
    let output = Command::new(program)
        .arg("--no-color")
        .arg("run")
        .arg(format!("{base}/api/openapi.json"))
        .args(["--url", &base, "--include-operation-id", operation])
        .args([
            "--phases",
            "examples,coverage,fuzzing",
            "--max-examples",
            "60",
        ])
        .args(["--seed", "20260301", "--generation-database", "none"])
        // Dates of the right form may still be a period that is none; other methods do not exist here.
        .args([
            "--exclude-checks",
            "positive_data_acceptance,unsupported_method",
        ])
        .current_dir(&home)
        .env("HOME", &home)
        .stdin(Stdio::null())
        .output()
        .await
        .expect("Schemathesis runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        said.contains("1 selected") || said.contains("Tested: 1"),
        "{said}"
    );
    std::fs::remove_dir_all(&home).expect("the folder goes");
}

#[tokio::test]
async fn schemathesis_finds_no_answer_that_the_document_does_not_describe() {
    let office = Office::start("named").await;
    let (employee, practitioner) = (office.employee.id, office.practitioner.id);
    for (client, operation, id) in [
        (office.hr(), "employeeFigures", employee),
        (office.practitioner(), "practitionerFigures", practitioner),
        (office.admin(), "practitionerFigures", practitioner),
        (office.admin(), "platformFigures", practitioner),
    ] {
        judge(&office, &client, operation, id).await;
    }
}
