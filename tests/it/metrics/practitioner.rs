//! The practitioner's own activity, on the page and in the file.

use super::{csv_rows, table_rows};
use crate::support::{
    TestApp,
    actors::{Company, Practitioner},
    client::Client,
};

struct Practice {
    app: TestApp,
    practitioner: Practitioner,
    client: Client,
}

impl Practice {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let practitioner = app.practitioner();
        let client = app.client().signed_in_as(&practitioner);
        Self {
            app,
            practitioner,
            client,
        }
    }

    fn completed(&self, company: &Company, start: &str, seconds: u32) {
        let employee = self.app.employee_of(company);
        self.app
            .consultation(&employee, &self.practitioner)
            .at(start)
            .completed(seconds);
    }
}

#[tokio::test]
async fn the_figures_are_the_practitioners_own_completed_consultations() {
    let practice = Practice::start().await;
    let (techcorp, rivale) = (
        practice.app.company("TechCorp"),
        practice.app.company("Rivale"),
    );
    practice.completed(&techcorp, "2026-03-02T09:00:00Z", 3_000);
    practice.completed(&techcorp, "2026-03-16T09:00:00Z", 3_059);
    practice.completed(&rivale, "2026-03-16T13:00:00Z", 1_800);
    // Somebody else's, another month's, and one that did not take place.
    let (employee, other) = (
        practice.app.employee_of(&rivale),
        practice.app.practitioner(),
    );
    practice
        .app
        .consultation(&employee, &other)
        .at("2026-03-03T09:00:00Z")
        .completed(9_999);
    practice.completed(&rivale, "2026-02-27T09:00:00Z", 7_000);
    practice
        .app
        .consultation(&employee, &practice.practitioner)
        .at("2026-03-04T09:00:00Z")
        .no_show();

    let page = practice.client.get("/practitioner/activity").await;

    page.assert_ok()
        .assert_text("Mars 2026".to_lowercase().as_str());
    assert_eq!(
        page.texts(".stat-value"),
        ["3", "2\u{a0}h\u{a0}10", "43\u{a0}min"]
    );
    assert_eq!(
        table_rows(&page, "tbody"),
        [
            ["TechCorp", "2", "1\u{a0}h\u{a0}40"],
            ["Rivale", "1", "30\u{a0}min"],
        ]
    );
    assert_eq!(
        table_rows(&page, "tfoot")[0][1..],
        ["3", "2\u{a0}h\u{a0}10"]
    );
}

#[tokio::test]
async fn the_file_holds_a_line_per_day_and_company_and_adds_up_to_the_page() {
    let practice = Practice::start().await;
    let (techcorp, rivale) = (
        practice.app.company("TechCorp"),
        practice.app.company("Rivale"),
    );
    practice.completed(&rivale, "2026-03-16T13:00:00Z", 1_800);
    practice.completed(&techcorp, "2026-03-16T09:00:00Z", 3_059);
    practice.completed(&techcorp, "2026-03-16T15:00:00Z", 3_000);
    practice.completed(&techcorp, "2026-03-02T09:00:00Z", 2_700);

    let file = practice
        .client
        .get("/practitioner/activity.csv?period=2026-03")
        .await;

    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"activite-2026-03.csv\"")
    );
    assert_eq!(
        csv_rows(&file),
        [
            [
                "Jour",
                "Entreprise",
                "Consultations",
                "Durée (secondes)",
                "Durée (h:min)",
                "Durée (heures)"
            ],
            ["2026-03-02", "TechCorp", "1", "2700", "0:45", "0,75"],
            ["2026-03-16", "Rivale", "1", "1800", "0:30", "0,50"],
            ["2026-03-16", "TechCorp", "2", "6059", "1:40", "1,68"],
        ]
    );
    let page = practice
        .client
        .get("/practitioner/activity?period=2026-03")
        .await;
    assert_eq!(page.texts(".stat-value")[..2], ["4", "2\u{a0}h\u{a0}55"]);
    assert_eq!((2_700 + 1_800 + 6_059) / 60, 175);
}

#[tokio::test]
async fn the_file_is_in_the_readers_language() {
    let practice = Practice::start().await;
    let company = practice.app.company("TechCorp");
    practice.completed(&company, "2026-03-16T09:00:00Z", 3_018);
    practice.app.sql(&format!(
        "UPDATE users SET locale = 'en' WHERE id = '{}'",
        practice.practitioner.id
    ));

    let file = practice
        .client
        .get("/practitioner/activity.csv?period=2026-T1")
        .await;

    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"activity-2026-T1.csv\"")
    );
    let rows = csv_rows(&file);
    assert_eq!(rows[0][..3], ["Day", "Company", "Consultations"]);
    assert_eq!(rows[1][4..], ["0:50", "0.84"]);
}

#[tokio::test]
async fn a_companys_name_that_is_a_formula_stays_a_text() {
    let practice = Practice::start().await;
    let company = practice.app.company("=cmd|' /C calc'!A0");
    practice.completed(&company, "2026-03-16T09:00:00Z", 60);

    let file = practice.client.get("/practitioner/activity.csv").await;

    assert_eq!(csv_rows(&file)[1][1], "'=cmd|' /C calc'!A0");
    let page = practice.client.get("/practitioner/activity").await;
    page.assert_text("=cmd|' /C calc'!A0");
}

#[tokio::test]
async fn both_bounds_of_a_period_are_inside_it() {
    let practice = Practice::start().await;
    let company = practice.app.company("TechCorp");
    // Days of Paris: 28 February, 1, 31 March and 1 April.
    for start in [
        "2026-02-28T21:00:00Z",
        "2026-02-28T23:00:00Z",
        "2026-03-31T20:00:00Z",
        "2026-03-31T22:00:00Z",
    ] {
        practice.completed(&company, start, 600);
    }
    for (query, days) in [
        ("period=2026-03", vec!["2026-03-01", "2026-03-31"]),
        (
            "from=2026-03-01&to=2026-03-31",
            vec!["2026-03-01", "2026-03-31"],
        ),
        ("from=2026-03-31&to=2026-03-31", vec!["2026-03-31"]),
        ("from=2026-03-02&to=2026-03-30", vec![]),
        (
            "period=2026-T1",
            vec!["2026-02-28", "2026-03-01", "2026-03-31"],
        ),
        (
            "period=2026",
            vec!["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"],
        ),
    ] {
        let file = practice
            .client
            .get(&format!("/practitioner/activity.csv?{query}"))
            .await;
        let rows = csv_rows(&file);
        let found: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(found, days, "{query}");
    }
}

#[tokio::test]
async fn a_period_that_is_none_is_explained_and_nothing_is_downloaded() {
    let practice = Practice::start().await;
    for (query, sentence) in [
        ("period=2026-13", "Cette période n’existe pas"),
        ("period=%3Cscript%3E", "Cette période n’existe pas"),
        ("from=2026-03-01", "deux dates complètes"),
        ("from=hier&to=2026-03-01", "deux dates complètes"),
        ("from=2026-03-02&to=2026-03-01", "avant la date de début"),
        ("from=2020-01-01&to=2026-03-01", "dépasse deux ans"),
        ("period=0001", "trop lointaine"),
    ] {
        for path in ["/practitioner/activity", "/practitioner/activity.csv"] {
            let page = practice.client.get(&format!("{path}?{query}")).await;
            page.assert_status(422).assert_text(sentence);
            page.assert_nowhere("<script>");
        }
    }
    // The typed dates stay.
    let page = practice
        .client
        .get("/practitioner/activity?from=2026-03-02&to=2026-03-01")
        .await;
    assert_eq!(page.attributes("input[name=from]", "value"), ["2026-03-02"]);
    // What is no text at all, twice the same filter, and filters of another page.
    practice
        .client
        .get("/practitioner/activity?period=%00")
        .await
        .assert_status(400);
    practice
        .client
        .get("/practitioner/activity?period=2025&period=2026")
        .await
        .assert_ok();
    practice
        .client
        .get("/practitioner/activity?unknown=1")
        .await
        .assert_ok();
    practice
        .client
        .get("/practitioner/activity?page=-3")
        .await
        .assert_ok();
    practice
        .client
        .get("/practitioner/activity?page=99999999999999999999")
        .await
        .assert_ok();
}

/// Twenty companies a page; the totals are those of all pages.
#[tokio::test]
async fn many_companies_are_paged_and_the_total_is_whole() {
    let practice = Practice::start().await;
    for number in 0..23 {
        let company = practice.app.company(&format!("Entreprise {number:02}"));
        let start = format!("2026-03-{:02}T09:00:00Z", number % 20 + 1);
        let start = if number >= 20 {
            start.replace("T09", "T14")
        } else {
            start
        };
        practice.completed(&company, &start, 600);
    }
    let page = practice.client.get("/practitioner/activity?page=2").await;
    assert_eq!(table_rows(&page, "tbody").len(), 3);
    assert_eq!(table_rows(&page, "tfoot")[0][1], "23");
}

#[tokio::test]
async fn a_long_file_arrives_whole() {
    let practice = Practice::start().await;
    let company = practice.app.company("TechCorp");
    practice.completed(&company, "2024-12-31T09:00:00Z", 600);
    practice.app.sql(&format!(
        "INSERT INTO practitioner_activity_daily (practitioner_id, company_id, day, consult_count, total_duration_seconds)
         SELECT '{}', '{}', day, 1, 3000 FROM generate_series(date '2025-01-01', date '2026-12-31', '1 day') day",
        practice.practitioner.id, company.id
    ));
    let file = practice
        .client
        .get("/practitioner/activity.csv?from=2025-01-01&to=2026-12-31")
        .await;
    let rows = csv_rows(&file);
    assert_eq!(rows.len(), 1 + 730);
    assert_eq!(rows[730][0], "2026-12-31");
}
