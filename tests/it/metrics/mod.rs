//! The figures: right to the second, for the right reader, the same on the page and in the file.

mod admin;
mod api;
mod counters;
mod disclosure;
mod hr;
mod practitioner;
mod rollup;

use crate::support::{TestApp, page::Page};

/// How many cells of all the counters differ from a recount of the completed consultations.
fn wrong_cells(app: &TestApp) -> i64 {
    const TABLES: [(&str, &str); 6] = [
        (
            "practitioner_activity_daily",
            "practitioner_id, company_id, activity_day",
        ),
        (
            "employee_activity_daily",
            "employee_id, company_id, activity_day",
        ),
        ("company_activity_daily", "company_id, activity_day"),
        (
            "practitioner_activity_monthly",
            "practitioner_id, date_trunc('month', activity_day)::date",
        ),
        (
            "company_activity_monthly",
            "company_id, date_trunc('month', activity_day)::date",
        ),
        (
            "platform_activity_monthly",
            "date_trunc('month', activity_day)::date",
        ),
    ];
    TABLES
        .into_iter()
        .map(|(table, key)| {
            let columns = key
                .replace("date_trunc('month', activity_day)::date", "month")
                .replace("activity_day", "day");
            let users = if table == "company_activity_daily" {
                (
                    ", active_users_count",
                    ", count(DISTINCT employee_id)::integer",
                )
            } else {
                ("", "")
            };
            app.count(&format!(
                "WITH kept AS (SELECT {columns}, consult_count, total_duration_seconds{} FROM {table}),
                      truth AS (SELECT {key}, count(*)::integer, sum(duration_seconds)::bigint{}
                               FROM consultations WHERE status = 'completed' GROUP BY {key})
                 SELECT count(*) FROM ((TABLE kept EXCEPT TABLE truth) UNION ALL (TABLE truth EXCEPT TABLE kept)) d",
                users.0, users.1
            ))
        })
        .sum()
}

/// The rows of a CSV file as a spreadsheet reads them, the heads first.
fn csv_rows(page: &Page) -> Vec<Vec<String>> {
    page.assert_ok();
    assert_eq!(page.header("content-type"), Some("text/csv; charset=utf-8"));
    let text = page.text();
    let text = text.strip_prefix('\u{feff}').expect("a BOM");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|row| {
            let row = row.expect("a row as long as the first");
            row.iter().map(str::to_owned).collect()
        })
        .collect()
}

/// The rows of a page's first table, cell by cell.
fn table_rows(page: &Page, part: &str) -> Vec<Vec<String>> {
    nth_table_rows(page, 0, part)
}

/// The rows of one of a page's tables, cell by cell, as a wide screen shows them.
fn nth_table_rows(page: &Page, table: usize, part: &str) -> Vec<Vec<String>> {
    let selector = |text: &str| scraper::Selector::parse(text).expect("a selector");
    let narrow = selector(".narrow-only");
    let html = page.html();
    let Some(table) = html.select(&selector(".table-scroll")).nth(table) else {
        return Vec::new();
    };
    let words = |element: scraper::ElementRef<'_>| {
        let text: String = element.text().collect();
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    };
    table
        .select(&selector(&format!("{part} tr")))
        .map(|row| {
            row.select(&selector("td, th"))
                .map(|cell| {
                    let hidden: String = cell.select(&narrow).map(words).collect();
                    words(cell).trim_end_matches(&hidden).to_owned()
                })
                .collect()
        })
        .collect()
}
