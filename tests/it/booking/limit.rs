//! The consultations a year that the contract gives each employee.

use futures_util::future::join;

use crate::support::{
    TestApp,
    actors::{Company, Employee, Practitioner},
    client::Client,
    page::Page,
};

const REFUSED: &str = "Vos consultations de l’année sont toutes réservées";

/// An app where one consultation a year is given, its employee signed in, and two practitioners.
struct Year {
    app: TestApp,
    client: Client,
    employee: Employee,
    one: Practitioner,
    other: Practitioner,
}

impl Year {
    async fn of(most: i32) -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        app.sql(&format!(
            "UPDATE companies SET max_consultations = {most} WHERE id = '{}'",
            company.id
        ));
        let employee = app.employee_of(&company);
        Self {
            client: app.client().signed_in_as(&employee),
            one: app.practitioner(),
            other: app.practitioner(),
            employee,
            app,
        }
    }

    async fn hold(&self, practitioner: &Practitioner, start: &str) -> Page {
        let path = format!("/employee/booking/{}/holds", practitioner.id);
        self.client.post(&path, &[("start", start)]).await
    }

    async fn confirm(&self, hold: &Page) -> Page {
        hold.assert_status(303);
        let path = format!("{}/confirmation", hold.location());
        self.client.post(&path, &[("format", "video")]).await
    }

    fn booked(&self) -> i64 {
        self.app
            .count("SELECT count(*) FROM consultations WHERE status IN ('scheduled', 'confirmed')")
    }
}

#[tokio::test]
async fn an_employee_books_what_the_contract_gives_and_no_more() {
    let year = Year::of(2).await;
    let search = "/employee/booking";
    year.client
        .get(search)
        .await
        .assert_text("Il vous reste 2 consultations cette année, sur 2");
    for (start, left) in [
        ("2026-03-23T09:00:00Z", "Il vous reste une consultation"),
        (
            "2026-03-24T09:00:00Z",
            "Vous avez réservé vos 2 consultations",
        ),
    ] {
        let hold = year.hold(&year.one, start).await;
        year.confirm(&hold).await.assert_status(303);
        year.client.get(search).await.assert_text(left);
    }
    let refused = year.hold(&year.one, "2026-03-25T09:00:00Z").await;
    refused.assert_status(409).assert_text(REFUSED);
    assert_eq!(year.booked(), 2);
    // Somebody else of the company has a share of their own.
    let colleague = year.app.employee_of(&Company {
        id: year.employee.company_id.expect("a company"),
        name: String::new(),
        domain: "ailleurs.example".to_owned(),
    });
    let path = format!("/employee/booking/{}/holds", year.one.id);
    let theirs = year.app.client().signed_in_as(&colleague);
    theirs
        .post(&path, &[("start", "2026-03-25T09:00:00Z")])
        .await
        .assert_status(303);
}

#[tokio::test]
async fn two_bookings_at_once_find_the_last_one_once() {
    let year = Year::of(1).await;
    let app = &year.app;
    let confirmation_of = |practitioner: &Practitioner, start: &str| {
        let id = app
            .consultation(&year.employee, practitioner)
            .at(start)
            .held();
        format!(
            "/employee/booking/{}/holds/{id}/confirmation",
            practitioner.id
        )
    };
    let first = confirmation_of(&year.one, "2026-03-23T09:00:00Z");
    let second = confirmation_of(&year.other, "2026-03-24T09:00:00Z");
    let again = app.client().signed_in_as(&year.employee);
    let format = [("format", "video")];
    let (one, two) = join(
        year.client.post(&first, &format),
        again.post(&second, &format),
    )
    .await;
    let mut answers = [one.status, two.status];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    assert_eq!(year.booked(), 1);
}

#[tokio::test]
async fn what_was_given_back_in_time_can_be_booked_again() {
    let year = Year::of(1).await;
    let (app, employee, one) = (&year.app, &year.employee, &year.one);
    let free = |year: &Year| {
        year.app.count(&format!(
            "SELECT 1 - hz.consultations_counted('{}', '2026-03-20T09:00:00Z', NULL)",
            year.employee.id
        ))
    };
    let id = app
        .consultation(employee, one)
        .at("2026-03-25T09:00:00Z")
        .scheduled();
    assert_eq!(free(&year), 0);
    let cancellation = format!("/employee/consultations/{id}/cancellation");
    year.client
        .post(&cancellation, &[])
        .await
        .assert_status(303);
    assert_eq!(free(&year), 1, "in time");

    let change = |set: &str| {
        // The owner tells what no employee may: how it ended.
        app.sql(&format!(
            "ALTER TABLE consultations DISABLE TRIGGER USER; UPDATE consultations SET {set} WHERE id = '{id}';
             ALTER TABLE consultations ENABLE TRIGGER USER"
        ));
    };
    change("cancelled_late = true");
    assert_eq!(free(&year), 0, "late");
    change("cancelled_by = practitioner_id");
    assert_eq!(free(&year), 1, "by the practitioner");
    change("status = 'no_show', cancelled_by = NULL, cancelled_at = NULL, cancelled_late = false");
    assert_eq!(free(&year), 0, "missed");
    change("contested_at = '2026-03-25T12:00:00Z', absence_reported_at = '2026-03-25T11:00:00Z'");
    assert_eq!(free(&year), 1, "missed, as only the practitioner says");
    change("status = 'practitioner_absent', contested_at = NULL");
    assert_eq!(free(&year), 1, "the practitioner did not come");
}

#[tokio::test]
async fn each_calendar_year_has_its_own_share() {
    let year = Year::of(1).await;
    let counted = |at: &str| {
        year.app.count(&format!(
            "SELECT hz.consultations_counted('{}', '{at}', NULL)",
            year.employee.id
        ))
    };
    // Half past midnight on the first of January in Paris, still the old year in UTC.
    year.app
        .consultation(&year.employee, &year.one)
        .at("2026-12-31T23:30:00Z")
        .scheduled();
    assert_eq!(counted("2026-12-31T12:00:00Z"), 0);
    assert_eq!(counted("2026-12-31T23:00:00Z"), 1);
    assert_eq!(counted("2027-06-01T12:00:00Z"), 1);
    year.hold(&year.one, "2026-03-23T09:00:00Z")
        .await
        .assert_status(303);
}

#[tokio::test]
async fn a_series_is_booked_whole_or_not_at_all() {
    let year = Year::of(2).await;
    let hold = year.hold(&year.one, "2026-03-23T09:00:00Z").await;
    hold.assert_status(303);
    let path = format!("{}/series", hold.location());
    let page = year.client.get(&format!("{path}?count=4")).await;
    page.assert_ok();
    let sent = year.client.submit(&page, &path, &[]).await;
    assert!(matches!(sent.status, 409 | 422), "{}", sent.status);
    assert_eq!(year.booked(), 0);
}
