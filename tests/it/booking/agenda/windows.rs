//! Weekly hours: added, changed from a date on, removed.

use super::{Desk, assert_refused};

/// Saturday mornings, from tomorrow on.
const SATURDAY: [(&str, &str); 7] = [
    ("weekday", "6"),
    ("from", "09:00"),
    ("until", "12:00"),
    ("valid_from", "2026-03-21"),
    ("valid_until", ""),
    ("every_weeks", "1"),
    ("place", ""),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = SATURDAY.to_vec();
    for (name, value) in changes {
        for field in &mut fields {
            if field.0 == *name {
                field.1 = value;
            }
        }
    }
    fields
}

#[tokio::test]
async fn hours_that_were_just_added_can_be_booked() {
    let desk = Desk::start().await;
    let saturday = "2026-03-28T08:00:00Z";
    assert!(!desk.offered().await.contains(&saturday.to_owned()));

    let form = desk
        .client
        .get("/practitioner/agenda/windows/new?day=2026-03-28")
        .await;
    let action = "/practitioner/agenda/windows";
    assert!(
        form.form(action)
            .contains(&("weekday".to_owned(), "6".to_owned()))
    );
    let page = desk.client.submit(&form, action, &[]).await;

    page.assert_see_other("/practitioner/agenda?date=2026-03-28");
    assert_eq!(desk.windows(), 11);
    assert!(desk.offered().await.contains(&saturday.to_owned()));
    let calendar = desk.client.follow(&page).await;
    calendar.assert_text("Vos horaires sont ajoutés.");
}

#[tokio::test]
async fn what_is_wrong_with_hours_is_said_beside_the_field_and_nothing_is_written() {
    let desk = Desk::start().await;
    let refused = [
        (
            vec![("until", "08:00")],
            "until",
            "La fin doit venir après le début",
        ),
        (
            vec![("until", "09:00")],
            "until",
            "La fin doit venir après le début",
        ),
        (
            vec![("until", "09:30")],
            "until",
            "aucun créneau n’y tiendrait",
        ),
        (vec![("from", "")], "from", "Indiquez une heure"),
        (vec![("from", "25:00")], "from", "Indiquez une heure"),
        (vec![("weekday", "8")], "weekday", "Choisissez un jour"),
        (vec![("weekday", "")], "weekday", "Choisissez un jour"),
        (
            vec![("every_weeks", "3")],
            "every_weeks",
            "Choisissez une fréquence",
        ),
        (
            vec![("valid_from", "2026-03-19")],
            "valid_from",
            "Cette date est passée",
        ),
        (
            vec![("valid_from", "2026-02-30")],
            "valid_from",
            "Indiquez une date",
        ),
        (
            vec![("valid_from", "2099-01-01")],
            "valid_from",
            "trop lointaine",
        ),
        (
            vec![("valid_from", "2026-04-02"), ("valid_until", "2026-04-01")],
            "valid_until",
            "La fin doit venir après",
        ),
        (
            vec![("place", "nowhere")],
            "place",
            "Choisissez un de vos lieux",
        ),
        // Monday mornings are there, from 9 to 12.
        (
            vec![("weekday", "1"), ("from", "11:00"), ("until", "13:00")],
            "from",
            "Vous consultez déjà le lundi",
        ),
        (
            vec![
                ("weekday", "1"),
                ("from", "11:00"),
                ("until", "13:00"),
                ("every_weeks", "2"),
            ],
            "from",
            "Vous consultez déjà le lundi",
        ),
    ];
    for (changes, field, message) in refused {
        let page = desk
            .client
            .post("/practitioner/agenda/windows", &with(&changes))
            .await;
        assert_refused(&page, field, message);
        assert_eq!(desk.windows(), 10, "{changes:?}");
    }
}

#[tokio::test]
async fn a_place_of_somebody_else_is_not_a_place_for_hours() {
    let desk = Desk::start().await;
    let other = desk.app.practitioner();
    let place = desk.app.agenda_of(&other).place.to_string();
    let page = desk
        .client
        .post("/practitioner/agenda/windows", &with(&[("place", &place)]))
        .await;
    assert_refused(&page, "place", "Choisissez un de vos lieux");
    assert_eq!(desk.windows(), 10);
}

#[tokio::test]
async fn a_change_begins_on_its_date_and_the_weeks_before_stay() {
    let desk = Desk::start().await;
    let id = desk.app.agenda_of(&desk.practitioner).window;
    let path = format!("/practitioner/agenda/windows/{id}");
    let form = desk.client.get(&format!("{path}?day=2026-03-30")).await;
    let page = desk
        .client
        .submit(&form, &path, &[("from", "10:00"), ("until", "13:00")])
        .await;
    page.assert_see_other("/practitioner/agenda?date=2026-03-30");

    let written = desk.app.text(&format!(
        "SELECT string_agg(concat_ws(' ', start_time, end_time, valid_from, valid_until), ', ' ORDER BY valid_from)
         FROM availability_windows
         WHERE practitioner_id = '{}' AND weekday = 1 AND start_time < '13:00'",
        desk.practitioner.id
    ));
    assert_eq!(
        written.as_deref(),
        Some("09:00:00 12:00:00 2026-01-01 2026-03-29, 10:00:00 13:00:00 2026-03-30")
    );
    let offered = desk.offered().await;
    assert!(offered.contains(&"2026-03-23T08:00:00Z".to_owned()));
    // Summer time has begun on the 29th: ten o'clock is 08:00 UTC.
    assert!(offered.contains(&"2026-03-30T08:00:00Z".to_owned()));
    assert!(!offered.contains(&"2026-03-30T07:00:00Z".to_owned()));
}

#[tokio::test]
async fn a_change_into_other_hours_is_refused_and_one_back_onto_itself_is_not() {
    let desk = Desk::start().await;
    let id = desk.app.agenda_of(&desk.practitioner).window;
    let path = format!("/practitioner/agenda/windows/{id}");
    let form = desk.client.get(&path).await;
    let page = desk
        .client
        .submit(&form, &path, &[("until", "15:00")])
        .await;
    assert_refused(&page, "from", "Vous consultez déjà le lundi");
    let page = desk
        .client
        .submit(&form, &path, &[("until", "12:30")])
        .await;
    page.assert_status(303);
}

#[tokio::test]
async fn removed_hours_end_the_day_before() {
    let desk = Desk::start().await;
    let id = desk.app.agenda_of(&desk.practitioner).window;
    let action = format!("/practitioner/agenda/windows/{id}/removal");
    let page = desk.client.post(&action, &[("day", "2026-03-19")]).await;
    assert_refused(&page, "day", "Cette date est passée");

    desk.client
        .post(&action, &[("day", "2026-03-30")])
        .await
        .assert_see_other("/practitioner/agenda?date=2026-03-30");
    let last = desk.app.text(&format!(
        "SELECT valid_until::text FROM availability_windows WHERE id = '{id}'"
    ));
    assert_eq!(last.as_deref(), Some("2026-03-29"));
    // Hours that have not begun leave no trace.
    let new = desk
        .client
        .post(
            "/practitioner/agenda/windows",
            &with(&[("valid_from", "2026-04-04")]),
        )
        .await;
    new.assert_status(303);
    let id = desk
        .app
        .text("SELECT id::text FROM availability_windows WHERE weekday = 6")
        .expect("Saturdays");
    let action = format!("/practitioner/agenda/windows/{id}/removal");
    desk.client
        .post(&action, &[("day", "2026-03-30")])
        .await
        .assert_status(303);
    assert_eq!(desk.windows(), 10);
}

#[tokio::test]
async fn the_dialog_gets_the_form_alone_and_then_sends_the_page_on() {
    let desk = Desk::start().await;
    let dialog = desk
        .app
        .client()
        .signed_in_as(&desk.practitioner)
        .with_header("hx-request", "true")
        .with_header("hx-request-type", "partial");
    let form = dialog.get("/practitioner/agenda/windows/new").await;
    form.assert_ok();
    assert!(!form.text().contains("<html"));
    assert_eq!(form.texts("h2"), ["Ajouter des horaires"]);
    let page = dialog
        .post("/practitioner/agenda/windows", &with(&[("until", "08:00")]))
        .await;
    assert_refused(&page, "until", "La fin doit venir après le début");
    assert!(!page.text().contains("<html"));
    let page = dialog
        .post("/practitioner/agenda/windows", &with(&[]))
        .await;
    page.assert_status(204);
    assert_eq!(
        page.header("hx-redirect"),
        Some("/practitioner/agenda?date=2026-03-21")
    );
    assert_eq!(page.header("location"), None);
}

#[tokio::test]
async fn the_list_says_what_each_part_of_the_week_holds() {
    let desk = Desk::start().await;
    desk.client
        .post(
            "/practitioner/agenda/windows",
            &with(&[("every_weeks", "2"), ("valid_until", "2026-06-27")]),
        )
        .await
        .assert_status(303);
    let page = desk.client.get("/practitioner/agenda/hours").await;
    page.assert_ok()
        .assert_text("3 créneaux · Une semaine sur deux")
        .assert_text("jusqu’au 27")
        .assert_text("Pas de consultation");
    assert_eq!(page.texts(".hours-line").len(), 11);
}
