//! The platform's figures, for its admins.

use super::{csv_rows, nth_table_rows, table_rows};
use crate::support::{TestApp, actors::Practitioner, client::Client};

struct Platform {
    app: TestApp,
    practitioner: Practitioner,
    client: Client,
}

impl Platform {
    /// TechCorp with two consultations in March, Rivale with one in February and one in March, a
    /// company without any.
    async fn start() -> Self {
        let app = TestApp::start().await;
        let (techcorp, rivale) = (app.company("TechCorp"), app.company("Rivale"));
        let idle = app.company("=Dormante");
        app.sql(&format!(
            "UPDATE companies SET status = 'suspended' WHERE id = '{}'",
            idle.id
        ));
        let (practitioner, other) = (app.practitioner(), app.practitioner());
        app.sql(&format!(
            "UPDATE users SET first_name = 'Prudence', last_name = 'Moreau' WHERE id = '{}';
             UPDATE users SET first_name = 'Agathe', last_name = 'Zola' WHERE id = '{}'",
            practitioner.id, other.id
        ));
        for (company, practitioner, start, seconds) in [
            (&techcorp, &practitioner, "2026-03-02T09:00:00Z", 3_000),
            (&techcorp, &other, "2026-03-03T09:00:00Z", 600),
            (&rivale, &practitioner, "2026-03-04T09:00:00Z", 1_800),
            (&rivale, &practitioner, "2026-02-04T09:00:00Z", 7_200),
        ] {
            let employee = app.employee_of(company);
            app.sql(&format!(
                "UPDATE users SET first_name = 'Intime', last_name = 'Salarié' WHERE id = '{}'",
                employee.id
            ));
            app.consultation(&employee, practitioner)
                .at(start)
                .completed(seconds);
        }
        let client = app.client().signed_in_as(&app.admin());
        Self {
            app,
            practitioner,
            client,
        }
    }
}

fn first_cells(rows: Vec<Vec<String>>) -> Vec<String> {
    rows.into_iter().map(|row| row[0].clone()).collect()
}

#[tokio::test]
async fn companies_are_listed_with_their_activity_of_the_period() {
    let platform = Platform::start().await;
    let page = platform.client.get("/admin/companies").await;
    page.assert_ok();
    let rows = table_rows(&page, "tbody");
    assert_eq!(
        first_cells(rows.clone()),
        ["TechCorp", "Rivale", "=Dormante"]
    );
    assert_eq!(rows[0][4..], ["2", "1\u{a0}h\u{a0}00"]);
    assert_eq!(rows[2][1], "Suspendue");
    assert_eq!(
        table_rows(&page, "tfoot")[0],
        ["3 entreprises", "3", "1\u{a0}h\u{a0}30"]
    );

    for (query, names) in [
        ("period=2026-T1", vec!["Rivale", "TechCorp", "=Dormante"]),
        ("period=2026", vec!["Rivale", "TechCorp", "=Dormante"]),
        ("sort=name", vec!["=Dormante", "Rivale", "TechCorp"]),
        (
            "sort=count&order=desc&period=2026-02",
            vec!["Rivale", "=Dormante", "TechCorp"],
        ),
        ("status=suspended", vec!["=Dormante"]),
        ("status=unknown&sort=name&q=T%C3%89CH", vec!["TechCorp"]),
        ("q=zzz", vec![]),
    ] {
        let page = platform
            .client
            .get(&format!("/admin/companies?{query}"))
            .await;
        assert_eq!(first_cells(table_rows(&page, "tbody")), names, "{query}");
        let file = platform
            .client
            .get(&format!("/admin/companies.csv?{query}"))
            .await;
        let listed: Vec<String> = csv_rows(&file)[1..]
            .iter()
            .map(|row| row[1].replace("'=", "="))
            .collect();
        assert_eq!(listed, names, "{query}");
    }
}

#[tokio::test]
async fn a_page_beyond_the_last_is_the_last_with_the_totals_of_all() {
    let platform = Platform::start().await;
    for number in 0..20 {
        platform.app.company(&format!("Entreprise {number:02}"));
    }
    for page in ["2", "99", "99999999999"] {
        let path = format!("/admin/companies?sort=name&order=asc&page={page}");
        let page = platform.client.get(&path).await;
        assert_eq!(
            first_cells(table_rows(&page, "tbody")),
            ["Entreprise 19", "Rivale", "TechCorp"]
        );
        assert_eq!(
            table_rows(&page, "tfoot")[0],
            ["23 entreprises", "3", "1\u{a0}h\u{a0}30"]
        );
    }
    let nobody = platform.client.get("/admin/practitioners?q=personne").await;
    nobody.assert_ok();
    assert!(table_rows(&nobody, "tbody").iter().all(|row| row.len() < 2));
}

#[tokio::test]
async fn practitioners_are_listed_with_their_activity_and_exported_by_company() {
    let platform = Platform::start().await;
    let page = platform.client.get("/admin/practitioners").await;
    let rows = table_rows(&page, "tbody");
    assert!(rows[0][0].ends_with("Prudence Moreau"));
    assert_eq!(rows[0][3..], ["2", "1\u{a0}h\u{a0}20", "40\u{a0}min"]);
    let found = platform
        .client
        .get("/admin/practitioners?q=agathe+zola")
        .await;
    assert_eq!(table_rows(&found, "tbody").len(), 1);

    let rows = csv_rows(
        &platform
            .client
            .get("/admin/practitioners.csv?period=2026-03")
            .await,
    );
    let lines: Vec<String> = rows[1..]
        .iter()
        .map(|row| format!("{} {} {}", row[2], row[3], row[4]))
        .collect();
    assert_eq!(
        lines,
        ["Rivale 1 1800", "TechCorp 1 3000", "TechCorp 1 600"]
    );
    let total: i64 = rows[1..]
        .iter()
        .map(|row| row[4].parse::<i64>().expect("seconds"))
        .sum();
    assert_eq!(total, 5_400);
}

#[tokio::test]
async fn a_practitioners_statement_is_the_one_they_see_themselves() {
    let platform = Platform::start().await;
    let id = platform.practitioner.id;
    let own = platform.app.client().signed_in_as(&platform.practitioner);
    let admins = platform
        .client
        .get(&format!("/admin/practitioners/{id}/activity?period=2026"))
        .await;
    let theirs = own.get("/practitioner/activity?period=2026").await;
    assert_eq!(admins.texts(".stat-value"), theirs.texts(".stat-value"));
    assert_eq!(table_rows(&admins, "tbody"), table_rows(&theirs, "tbody"));
    let file = platform
        .client
        .get(&format!(
            "/admin/practitioners/{id}/activity.csv?period=2026"
        ))
        .await;
    let their_file = own.get("/practitioner/activity.csv?period=2026").await;
    assert_eq!(csv_rows(&file), csv_rows(&their_file));

    let employee: String = platform
        .app
        .text("SELECT user_id FROM employees LIMIT 1")
        .expect("an employee");
    for nobody in [
        employee.as_str(),
        "00000000-0000-4000-8000-000000000000",
        "1",
        "%00",
    ] {
        for file in ["activity", "activity.csv"] {
            let path = format!("/admin/practitioners/{nobody}/{file}");
            platform.client.get(&path).await.assert_status(404);
        }
    }
}

#[tokio::test]
async fn the_report_adds_the_month_up_twice_to_the_same_total() {
    let platform = Platform::start().await;
    let page = platform.client.get("/admin/reports?month=2026-03").await;
    page.assert_ok().assert_text("1 en février 2026");
    assert_eq!(
        page.texts(".stat-value"),
        ["3", "1\u{a0}h\u{a0}30", "30\u{a0}min", "2", "2"]
    );
    for (table, last) in [(0, "2 entreprises"), (1, "2 praticiens")] {
        let total = &nth_table_rows(&page, table, "tfoot")[0];
        assert_eq!(total[..], [last, "3", "1\u{a0}h\u{a0}30"]);
        let rows = nth_table_rows(&page, table, "tbody");
        let count: i64 = rows
            .iter()
            .map(|row| row[1].parse::<i64>().expect("a count"))
            .sum();
        assert_eq!(count, 3);
    }
    platform
        .client
        .get("/admin/reports?month=2025-01")
        .await
        .assert_ok()
        .assert_text("Aucune consultation");
    let before = page.attributes("a[rel=prev]", "href").remove(0);
    platform
        .client
        .get(&before)
        .await
        .assert_ok()
        .assert_text("en janvier 2026");
}

#[tokio::test]
async fn a_period_that_is_none_is_explained() {
    let platform = Platform::start().await;
    for path in [
        "/admin/companies?period=x",
        "/admin/companies.csv?period=2026-13",
        "/admin/practitioners?period=2026-03-01_2026-03-05",
        "/admin/practitioners.csv?period=x",
        "/admin/reports?month=2026",
        "/admin/reports?month=-1",
    ] {
        let page = platform.client.get(path).await;
        page.assert_status(422)
            .assert_text("Cette période n’existe pas");
    }
}

/// The platform knows companies and practitioners; whom they met is not its business.
#[tokio::test]
async fn no_employee_is_named_anywhere() {
    let platform = Platform::start().await;
    let id = platform.practitioner.id;
    let employees = platform
        .app
        .text("SELECT string_agg(user_id::text, ' ') FROM employees")
        .expect("employees");
    for path in [
        "/admin".to_owned(),
        "/admin/companies?period=2026".to_owned(),
        "/admin/companies.csv?period=2026".to_owned(),
        "/admin/practitioners?period=2026".to_owned(),
        "/admin/practitioners.csv?period=2026".to_owned(),
        "/admin/reports?month=2026-03".to_owned(),
        format!("/admin/practitioners/{id}/activity?period=2026"),
        format!("/admin/practitioners/{id}/activity.csv?period=2026"),
    ] {
        let page = platform.client.get(&path).await;
        page.assert_ok()
            .assert_nowhere("Salarié</")
            .assert_nowhere("Intime");
        for employee in employees.split(' ') {
            page.assert_nowhere(employee);
        }
    }
}
