//! What HR sees of its employees: a count and a duration per month, and nothing else.

use super::{csv_rows, table_rows};
use crate::support::{
    TestApp,
    actors::{Company, Employee, Practitioner},
    client::Client,
};

/// Gives an employee a name and a department of its own.
fn name(app: &TestApp, employee: &Employee, first: &str, last: &str, department: Option<&str>) {
    let department = department.map_or("NULL".to_owned(), |name| format!("'{name}'"));
    app.sql(&format!(
        "UPDATE users SET first_name = '{first}', last_name = '{last}' WHERE id = '{0}';
         UPDATE employees SET department = {department} WHERE user_id = '{0}'",
        employee.id
    ));
}

struct Office {
    app: TestApp,
    company: Company,
    practitioner: Practitioner,
    client: Client,
}

impl Office {
    /// Three employees: Élodie with two consultations in March and one in February, Zoé with one,
    /// Marc with none.
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        app.discloses(&company, "named");
        let practitioner = app.practitioner();
        app.sql(&format!(
            "UPDATE users SET first_name = 'Prudence', last_name = 'Secret' WHERE id = '{}'",
            practitioner.id
        ));
        let (elodie, zoe, marc) = (
            app.employee_of(&company),
            app.employee_of(&company),
            app.employee_of(&company),
        );
        name(&app, &elodie, "Élodie", "Été", Some("R&D"));
        name(&app, &zoe, "Zoé", "Abitbol", Some("Finance"));
        name(&app, &marc, "Marc", "Dupont", None);
        for (employee, start, seconds) in [
            (&elodie, "2026-02-27T09:00:00Z", 9_000),
            (&elodie, "2026-03-02T09:00:00Z", 3_000),
            (&elodie, "2026-03-16T09:00:00Z", 2_999),
            (&zoe, "2026-03-17T09:00:00Z", 1_800),
        ] {
            app.consultation(employee, &practitioner)
                .at(start)
                .completed(seconds);
        }
        let client = app.client().signed_in_as(&app.hr_of(&company));
        Self {
            app,
            company,
            practitioner,
            client,
        }
    }
}

const NONE: &str = "0\u{a0}min";

#[tokio::test]
async fn every_employee_has_a_line_with_the_count_and_the_duration_of_the_month() {
    let office = Office::start().await;

    let page = office.client.get("/rh/usage").await;

    page.assert_ok();
    assert_eq!(
        table_rows(&page, "tbody"),
        [
            ["Abitbol Zoé", "Finance", "1", "30\u{a0}min"],
            ["Dupont Marc", "–", "0", NONE],
            ["Été Élodie", "R&D", "2", "1\u{a0}h\u{a0}39"],
        ]
    );
    assert_eq!(
        table_rows(&page, "tfoot")[0],
        ["Total pour 3 salariés", "", "3", "2\u{a0}h\u{a0}09"]
    );
    assert_eq!(page.texts(".stat-value"), ["2", "3", "2\u{a0}h\u{a0}09"]);
}

#[tokio::test]
async fn the_page_says_what_hr_sees_and_shows_nothing_else() {
    let office = Office::start().await;
    for path in [
        "/rh/usage",
        "/rh/usage.csv",
        "/rh/usage?sort=duration&order=desc",
    ] {
        let page = office.client.get(path).await;
        page.assert_ok();
        let practitioner = office.practitioner.id.to_string();
        for secret in [
            "Prudence",
            "Secret",
            practitioner.as_str(),
            // The days, however they are written.
            "2026-03-02",
            "2026-03-16",
            "16 mars",
            "psycholog",
            "video",
        ] {
            page.assert_nowhere(secret);
        }
    }
    office
        .client
        .get("/rh/usage")
        .await
        .assert_text("Vous ne voyez jamais avec qui, quel jour, pour quelle raison");
}

#[tokio::test]
async fn the_month_is_in_the_address_and_a_bad_one_is_explained() {
    let office = Office::start().await;
    let page = office.client.get("/rh/usage?month=2026-02").await;
    assert_eq!(
        table_rows(&page, "tfoot")[0][2..],
        ["1", "2\u{a0}h\u{a0}30"]
    );
    let page = office.client.get("/rh/usage?month=2025-12").await;
    assert_eq!(table_rows(&page, "tfoot")[0][2..], ["0", NONE]);
    for month in [
        "2026-13",
        "2026",
        "2026-T1",
        "2026-03-01_2026-03-02",
        "mars",
        "%3Cb%3E",
    ] {
        for path in ["/rh/usage", "/rh/usage.csv"] {
            let page = office.client.get(&format!("{path}?month={month}")).await;
            page.assert_status(422)
                .assert_text("Cette période n’existe pas");
        }
    }
    // A day is no month: HR cannot narrow its view to one.
    let page = office
        .client
        .get("/rh/usage?from=2026-03-16&to=2026-03-16")
        .await;
    assert_eq!(table_rows(&page, "tfoot")[0][2], "3");
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_sorted_with_the_totals_of_what_matches() {
    let office = Office::start().await;
    for (query, names) in [
        ("q=elodie", vec!["Été Élodie"]),
        ("q=%C3%89T%C3%89+%C3%A9lo", vec!["Été Élodie"]),
        ("q=marc+dupont", vec!["Dupont Marc"]),
        ("q=dupont+marc", vec!["Dupont Marc"]),
        ("q=%25", vec![]),
        ("department=Finance", vec!["Abitbol Zoé"]),
        ("department=R%26D&q=zo", vec![]),
        (
            "sort=duration&order=desc",
            vec!["Été Élodie", "Abitbol Zoé", "Dupont Marc"],
        ),
        (
            "sort=count&order=asc",
            vec!["Dupont Marc", "Abitbol Zoé", "Été Élodie"],
        ),
        (
            "sort=name&order=desc",
            vec!["Été Élodie", "Dupont Marc", "Abitbol Zoé"],
        ),
        (
            "sort=department",
            vec!["Abitbol Zoé", "Été Élodie", "Dupont Marc"],
        ),
        (
            "sort=salary",
            vec!["Abitbol Zoé", "Dupont Marc", "Été Élodie"],
        ),
    ] {
        let page = office.client.get(&format!("/rh/usage?{query}")).await;
        page.assert_ok();
        let found: Vec<String> = table_rows(&page, "tbody")
            .into_iter()
            .map(|row| row[0].clone())
            .collect();
        assert_eq!(found, names, "{query}");
        if !names.is_empty() {
            let total: i64 = table_rows(&page, "tbody")
                .iter()
                .map(|row| row[2].parse::<i64>().expect("a count"))
                .sum();
            assert_eq!(
                table_rows(&page, "tfoot")[0][2],
                total.to_string(),
                "{query}"
            );
        }
        // The file is the same list.
        let rows = csv_rows(&office.client.get(&format!("/rh/usage.csv?{query}")).await);
        let listed: Vec<String> = rows[1..]
            .iter()
            .map(|row| format!("{} {}", row[1], row[2]))
            .collect();
        assert_eq!(listed, names, "{query}");
    }
}

#[tokio::test]
async fn the_file_is_the_whole_list_with_exact_figures() {
    let office = Office::start().await;
    name(
        &office.app,
        &office.app.employee_of(&office.company),
        "@SUM(A1)",
        "=1+1",
        Some("+33"),
    );
    let file = office.client.get("/rh/usage.csv?month=2026-03").await;
    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"utilisation-2026-03.csv\"")
    );
    assert_eq!(
        csv_rows(&file),
        [
            [
                "Mois",
                "Nom",
                "Prénom",
                "Service",
                "Consultations",
                "Durée (secondes)",
                "Durée (h:min)",
                "Durée (heures)"
            ],
            [
                "2026-03",
                "'=1+1",
                "'@SUM(A1)",
                "'+33",
                "0",
                "0",
                "0:00",
                "0,00"
            ],
            [
                "2026-03", "Abitbol", "Zoé", "Finance", "1", "1800", "0:30", "0,50"
            ],
            ["2026-03", "Dupont", "Marc", "", "0", "0", "0:00", "0,00"],
            [
                "2026-03", "Été", "Élodie", "R&D", "2", "5999", "1:39", "1,67"
            ],
        ]
    );
}

#[tokio::test]
async fn pages_hold_twenty_and_the_totals_are_those_of_the_whole_list() {
    let office = Office::start().await;
    for number in 0..20 {
        let employee = office.app.employee_of(&office.company);
        name(
            &office.app,
            &employee,
            "Anne",
            &format!("B{number:02}"),
            Some("Ventes"),
        );
    }
    let first = office.client.get("/rh/usage").await;
    let second = office.client.get("/rh/usage?page=2").await;
    assert_eq!(table_rows(&first, "tbody").len(), 20);
    assert_eq!(table_rows(&second, "tbody").len(), 3);
    assert_eq!(table_rows(&first, "tfoot"), table_rows(&second, "tfoot"));
    assert_eq!(
        table_rows(&first, "tfoot")[0],
        ["Total pour 23 salariés", "", "3", "2\u{a0}h\u{a0}09"]
    );
    let beyond = office.client.get("/rh/usage?page=99").await;
    assert_eq!(table_rows(&beyond, "tbody").len(), 3);
}

#[tokio::test]
async fn a_company_never_sees_another_ones_rows_and_its_sums_are_its_own() {
    let office = Office::start().await;
    let rival = office.app.company("Rivale");
    office.app.discloses(&rival, "named");
    let employee = office.app.employee_of(&rival);
    name(
        &office.app,
        &employee,
        "Agent",
        "Double",
        Some("Espionnage"),
    );
    office
        .app
        .consultation(&employee, &office.practitioner)
        .at("2026-03-18T09:00:00Z")
        .completed(7_200);
    let rival_hr = office.app.client().signed_in_as(&office.app.hr_of(&rival));

    for path in [
        "/rh/usage",
        "/rh/usage?department=Espionnage",
        "/rh/usage?q=double",
        "/rh/usage.csv",
    ] {
        let page = office.client.get(path).await;
        page.assert_nowhere("Double")
            .assert_nowhere("Espionnage</option>");
        let page = rival_hr.get(path).await;
        page.assert_ok()
            .assert_nowhere("Abitbol")
            .assert_nowhere("Finance");
    }
    let sum = |rows: Vec<Vec<String>>| -> i64 {
        rows[1..]
            .iter()
            .map(|row| row[5].parse::<i64>().expect("seconds"))
            .sum()
    };
    let own = sum(csv_rows(
        &office.client.get("/rh/usage.csv?month=2026-03").await,
    ));
    let theirs = sum(csv_rows(&rival_hr.get("/rh/usage.csv?month=2026-03").await));
    assert_eq!((own, theirs), (7_799, 7_200));
    let platform =
        "SELECT total_duration_seconds FROM platform_activity_monthly WHERE month = '2026-03-01'";
    assert_eq!(office.app.count(platform), own + theirs);
}

#[tokio::test]
async fn a_company_without_employees_is_told_how_to_begin() {
    let app = TestApp::start().await;
    let company = app.company("Neuve");
    app.discloses(&company, "named");
    let client = app.client().signed_in_as(&app.hr_of(&company));
    client
        .get("/rh/usage")
        .await
        .assert_ok()
        .assert_text("Pas encore de salariés");
    assert_eq!(csv_rows(&client.get("/rh/usage.csv").await).len(), 1);
}
