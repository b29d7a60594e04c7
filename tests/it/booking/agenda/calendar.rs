//! What the calendar shows.

use super::Desk;

#[tokio::test]
async fn a_week_shows_hours_exceptions_and_appointments_with_their_state() {
    let desk = Desk::start().await;
    let company = desk.app.company("TechCorp");
    let (one, other) = (
        desk.app.employee_of(&company),
        desk.app.employee_of(&company),
    );
    desk.app.consultation(&one, &desk.practitioner).confirmed();
    desk.app
        .consultation(&other, &desk.practitioner)
        .at("2026-03-24T13:00:00Z")
        .scheduled();
    desk.app.agenda_of(&desk.practitioner);

    let page = desk
        .client
        .get("/practitioner/agenda?date=2026-03-25")
        .await;
    page.assert_ok()
        .assert_text("23\u{a0}– 29\u{a0}mars 2026")
        .assert_text(&one.last_name)
        .assert_text("Confirmé")
        .assert_text("En attente de confirmation");
    assert_eq!(page.texts(".week-day").len(), 7);
    assert_eq!(page.texts(".block[data-kind-of=window]").len(), 10);
    let hours = page.attributes(".block[data-kind-of=consultation]", "data-h");
    assert_eq!(hours, ["10", "14"]);

    let page = desk
        .client
        .get("/practitioner/agenda?date=2026-04-01")
        .await;
    assert_eq!(page.texts(".lane-closed").len(), 1);
}

#[tokio::test]
async fn a_month_counts_what_each_day_holds() {
    let desk = Desk::start().await;
    let employee = desk.app.employee_of(&desk.app.company("TechCorp"));
    desk.app
        .consultation(&employee, &desk.practitioner)
        .scheduled();
    let page = desk
        .client
        .get("/practitioner/agenda?view=month&date=2026-03-20")
        .await;
    page.assert_ok()
        .assert_text("mars 2026")
        .assert_text("1 rendez-vous, dont 1 à confirmer");
    // From 23 February to 5 April.
    assert_eq!(page.texts(".month-day").len(), 42);
    let next = page.attributes(".stepper a", "href");
    assert_eq!(
        next,
        [
            "/practitioner/agenda?view=month&date=2026-02-01",
            "/practitioner/agenda?view=month&date=2026-04-01",
            "/practitioner/agenda?view=month&date=2026-03-20",
        ]
    );
}

#[tokio::test]
async fn the_week_of_a_clock_change_keeps_the_hours_of_the_clock() {
    let desk = Desk::start().await;
    let employee = desk.app.employee_of(&desk.app.company("TechCorp"));
    for start in ["2026-03-27T09:00:00Z", "2026-03-30T08:00:00Z"] {
        desk.app
            .consultation(&employee, &desk.practitioner)
            .at(start)
            .confirmed();
    }
    for date in ["2026-03-27", "2026-03-30"] {
        let page = desk
            .client
            .get(&format!("/practitioner/agenda?date={date}"))
            .await;
        let hours = page.attributes(".block[data-kind-of=consultation]", "data-h");
        assert_eq!(hours, ["10"], "{date}");
    }
}

#[tokio::test]
async fn a_new_practitioner_is_told_where_to_begin() {
    let desk = Desk::start().await;
    desk.app.sql("DELETE FROM availability_windows");
    desk.client
        .get("/practitioner/agenda")
        .await
        .assert_ok()
        .assert_text("Ouvrez votre agenda");
}

#[tokio::test]
async fn any_date_has_a_calendar() {
    let desk = Desk::start().await;
    for query in [
        "date=",
        "date=x",
        "date=0001-01-01",
        "date=9999-12-31",
        "view=month&date=9999-12-31",
        "view=year",
    ] {
        desk.client
            .get(&format!("/practitioner/agenda?{query}"))
            .await
            .assert_ok();
    }
}
