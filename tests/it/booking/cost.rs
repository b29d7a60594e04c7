//! A page costs the same number of queries whatever its size.

use crate::support::{TestApp, client::Client};

/// What a read of the same pages costs, in statements, the opening of the transaction included.
async fn cost(app: &TestApp, client: &Client, paths: &[String]) -> Vec<usize> {
    let mut costs = Vec::new();
    for path in paths {
        let before = app.care_statements();
        client.get(path).await.assert_ok();
        costs.push(app.care_statements() - before);
    }
    costs
}

#[tokio::test]
async fn pages_cost_the_same_queries_whatever_their_size() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let new = || app.consultation(&employee, &practitioner);
    let id = new().at("2026-03-25T08:00:00Z").scheduled();
    new().at("2026-03-01T09:00:00Z").completed(3_000);
    app.message(id, &practitioner, "Bonjour.");
    let paths = |space: &str| {
        vec![
            format!("/{space}/consultations"),
            format!("/{space}/consultations?tab=past"),
            format!("/{space}/consultations/{id}"),
            format!("/{space}/consultations/{id}/messages"),
        ]
    };
    let mut of_employee = vec![
        "/employee/booking".to_owned(),
        "/employee/booking?within=7&q=a".to_owned(),
        format!("/employee/booking/{}", practitioner.id),
        format!("/employee/booking/{}?days=30", practitioner.id),
    ];
    of_employee.extend(paths("employee"));
    let of_practitioner = paths("practitioner");
    let patient = app.client().signed_in_as(&employee);
    let holds = format!("/employee/booking/{}/holds", practitioner.id);
    let kept = patient
        .post(&holds, &[("start", "2026-03-23T09:00:00Z")])
        .await;
    kept.assert_status(303);
    of_employee.push(kept.location().to_owned());
    of_employee.push(format!("{}/series?count=12", kept.location()));
    let doctor = app.client().signed_in_as(&practitioner);
    let small = (
        cost(&app, &patient, &of_employee).await,
        cost(&app, &doctor, &of_practitioner).await,
    );

    for _ in 0..25 {
        app.practitioner();
    }
    for day in 2..18 {
        new()
            .at(&format!("2026-03-{day:02}T09:00:00Z"))
            .completed(3_000);
    }
    for day in 26..31 {
        for hour in 12..16 {
            new()
                .at(&format!("2026-03-{day:02}T{hour:02}:00:00Z"))
                .scheduled();
        }
    }
    for number in 0..35 {
        app.message(id, &employee, &format!("Message {number}"));
    }
    let large = (
        cost(&app, &patient, &of_employee).await,
        cost(&app, &doctor, &of_practitioner).await,
    );
    assert_eq!(small, large);
    // The opening of the transaction, the queries, the commit.
    assert_eq!(small.0, [7, 8, 3, 3, 5, 5, 10, 6, 5, 8]);
    // What is over is counted on its own page only. The lists ask whether a company is suspended; the last
    // statement records whom the page shows, once a minute: the last page shows nobody new.
    assert_eq!(small.1, [6, 7, 12, 6]);
}

#[tokio::test]
async fn a_booking_is_few_round_trips() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let client = app.client().signed_in_as(&employee);
    let holds = format!("/employee/booking/{}/holds", practitioner.id);
    let before = app.care_statements();
    let kept = client
        .post(&holds, &[("start", "2026-03-23T09:00:00Z")])
        .await;
    kept.assert_status(303);
    // Begin, terms, the calendar, the held slot, commit.
    assert_eq!(app.care_statements() - before, 5);

    let before = app.care_statements();
    let confirmation = format!("{}/confirmation", kept.location());
    let done = client.post(&confirmation, &[("format", "video")]).await;
    done.assert_status(303);
    // Begin, the held slot's new status, its event and notices with their mails, commit.
    assert_eq!(app.care_statements() - before, 4);
}
