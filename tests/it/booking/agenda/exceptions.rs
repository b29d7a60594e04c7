//! Dates that are not like the others.

use super::{Desk, assert_refused};

const EXCEPTIONS: &str = "/practitioner/agenda/exceptions";

fn closing<'a>(first: &'a str, last: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("kind", "closed"),
        ("first_day", first),
        ("last_day", last),
        ("from", ""),
        ("until", ""),
        ("label", "Congés"),
        ("place", ""),
    ]
}

fn opening<'a>(day: &'a str, from: &'a str, until: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("kind", "open"),
        ("first_day", day),
        ("last_day", ""),
        ("from", from),
        ("until", until),
        ("label", ""),
        ("place", ""),
    ]
}

#[tokio::test]
async fn a_leave_closes_each_of_its_days_and_can_be_taken_back_whole() {
    let desk = Desk::start().await;
    let page = desk
        .client
        .post(EXCEPTIONS, &closing("2026-03-23", "2026-03-27"))
        .await;
    page.assert_see_other("/practitioner/agenda?date=2026-03-23");
    assert_eq!(desk.exceptions(), 5);
    let calendar = desk.client.follow(&page).await;
    calendar.assert_text("5 jours sont fermés");
    assert_eq!(calendar.texts(".lane-closed").len(), 5);
    assert!(
        desk.offered()
            .await
            .iter()
            .all(|start| start.as_str() > "2026-03-28")
    );

    // The days that are closed already are passed over.
    desk.client
        .post(EXCEPTIONS, &closing("2026-03-26", "2026-03-28"))
        .await
        .assert_status(303);
    assert_eq!(desk.exceptions(), 6);
    let again = desk
        .client
        .post(EXCEPTIONS, &closing("2026-03-26", ""))
        .await;
    assert_refused(&again, "first_day", "déjà fermé toute la journée");

    let id = desk
        .app
        .text("SELECT id::text FROM availability_exceptions WHERE day = '2026-03-24'")
        .expect("the Tuesday");
    let form = desk.client.get(&format!("{EXCEPTIONS}/{id}")).await;
    form.assert_text("Rouvrir toute la période (5 jours)");
    let removal = format!("{EXCEPTIONS}/{id}/removal");
    desk.client
        .post(&removal, &[("whole", "true")])
        .await
        .assert_status(303);
    assert_eq!(desk.exceptions(), 1);
}

#[tokio::test]
async fn what_is_wrong_with_an_exception_is_said_beside_the_field_and_nothing_is_written() {
    let desk = Desk::start().await;
    desk.app.agenda_of(&desk.practitioner);
    let mut long = closing("2026-03-23", "2027-06-01");
    let long_name = "é".repeat(61);
    let mut named = closing("2026-03-23", "");
    named[5].1 = &long_name;
    let mut neither = closing("2026-03-23", "");
    neither[0].1 = "";
    let mut half = closing("2026-03-23", "");
    half[3].1 = "09:00";
    let mut elsewhere = opening("2026-03-23", "09:00", "12:00");
    elsewhere[6].1 = "00000000-0000-0000-0000-000000000000";
    long[5].1 = "";
    let refused = [
        (
            closing("2026-03-19", ""),
            "first_day",
            "Cette date est passée",
        ),
        (closing("2026-02-30", ""), "first_day", "Indiquez une date"),
        (
            closing("2026-03-25", "2026-03-24"),
            "last_day",
            "La fin doit venir après le début",
        ),
        (long, "last_day", "un an au plus"),
        (named, "label", "60 caractères au plus"),
        (half, "until", "Indiquez une heure"),
        (
            opening("2026-03-23", "12:00", "09:00"),
            "until",
            "La fin doit venir après le début",
        ),
        (opening("2026-03-23", "", ""), "from", "Indiquez une heure"),
        (
            opening("2026-03-23", "09:00", "09:20"),
            "until",
            "aucun créneau n’y tiendrait",
        ),
        (
            opening("2026-04-01", "09:00", "12:00"),
            "first_day",
            "déjà fermé toute la journée",
        ),
        (elsewhere, "place", "Choisissez un de vos lieux"),
    ];
    for (fields, field, message) in refused {
        let page = desk.client.post(EXCEPTIONS, &fields).await;
        assert_refused(&page, field, message);
        assert_eq!(desk.exceptions(), 1, "{fields:?}");
    }
    let page = desk.client.post(EXCEPTIONS, &neither).await;
    page.assert_status(422)
        .assert_text("Choisissez si vous fermez");
    assert_eq!(desk.exceptions(), 1);
}

#[tokio::test]
async fn a_date_may_have_several_exceptions_that_do_not_overlap() {
    let desk = Desk::start().await;
    for (from, until) in [("08:00", "10:00"), ("17:00", "20:00")] {
        desk.client
            .post(EXCEPTIONS, &opening("2026-03-23", from, until))
            .await
            .assert_status(303);
    }
    let page = desk
        .client
        .post(EXCEPTIONS, &opening("2026-03-23", "19:00", "21:00"))
        .await;
    assert_refused(
        &page,
        "from",
        "une exception couvre déjà 17\u{a0}h\u{a0}00\u{a0}– 20\u{a0}h\u{a0}00",
    );
    let mut closed = closing("2026-03-23", "");
    (closed[3].1, closed[4].1) = ("18:00", "18:30");
    desk.client
        .post(EXCEPTIONS, &closed)
        .await
        .assert_status(303);

    let starts: Vec<String> = desk
        .offered()
        .await
        .into_iter()
        .filter(|start| start.starts_with("2026-03-23"))
        .collect();
    assert_eq!(
        starts,
        [
            "2026-03-23T07:00:00Z",
            "2026-03-23T08:00:00Z",
            "2026-03-23T16:00:00Z",
            "2026-03-23T18:00:00Z"
        ]
    );
}

#[tokio::test]
async fn an_exception_is_changed_and_keeps_its_kind() {
    let desk = Desk::start().await;
    let id = desk.app.agenda_of(&desk.practitioner).exception;
    let path = format!("{EXCEPTIONS}/{id}");
    let form = desk.client.get(&path).await;
    desk.client
        .submit(
            &form,
            &path,
            &[
                ("first_day", "2026-04-02"),
                ("from", "09:00"),
                ("until", "10:00"),
                ("kind", "open"),
            ],
        )
        .await
        .assert_see_other("/practitioner/agenda?date=2026-04-02");
    let written = desk.app.text(&format!(
        "SELECT concat_ws(' ', day, kind, start_time, end_time) FROM availability_exceptions WHERE id = '{id}'"
    ));
    assert_eq!(
        written.as_deref(),
        Some("2026-04-02 closed 09:00:00 10:00:00")
    );
    let page = desk
        .client
        .submit(&form, &path, &[("first_day", "2026-03-01")])
        .await;
    assert_refused(&page, "first_day", "Cette date est passée");
}

#[tokio::test]
async fn one_button_closes_the_public_holidays_of_a_year_and_a_second_time_changes_nothing() {
    let desk = Desk::start().await;
    let path = "/practitioner/agenda/holidays";
    let form = desk.client.get(path).await;
    form.assert_ok()
        .assert_text("Lundi de Pâques lundi 6")
        .assert_text("Alsace-Moselle");
    let page = desk.client.submit(&form, path, &[]).await;
    page.assert_see_other("/practitioner/agenda/hours");
    // From Easter Monday to New Year's Day, without Good Friday and Saint Stephen's.
    assert_eq!(desk.exceptions(), 11);
    let closed = desk
        .app
        .text("SELECT string_agg(day::text, ' ' ORDER BY day) FROM availability_exceptions");
    assert_eq!(
        closed.as_deref(),
        Some(
            "2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-08-15 2026-11-01 2026-11-11 \
             2026-12-25 2027-01-01"
        )
    );
    desk.client
        .submit(&form, path, &[])
        .await
        .assert_status(303);
    assert_eq!(desk.exceptions(), 11);
    desk.client
        .get("/practitioner/agenda?date=2026-04-06")
        .await
        .assert_text("Lundi de Pâques");
    for fields in [&[("day", "2026-04-07")][..], &[("day", "x")][..], &[][..]] {
        let page = desk.client.post(path, fields).await;
        page.assert_status(422);
        assert_eq!(desk.exceptions(), 11);
    }
}

#[tokio::test]
async fn the_name_of_a_day_off_is_the_practitioners_alone() {
    let desk = Desk::start().await;
    let fields = [
        ("kind", "closed"),
        ("first_day", "2026-03-24"),
        ("last_day", "2026-03-26"),
        ("from", ""),
        ("until", ""),
        ("label", "Opération du genou"),
        ("place", ""),
    ];
    desk.client
        .post(EXCEPTIONS, &fields)
        .await
        .assert_status(303);
    assert_eq!(
        desk.app
            .count("SELECT count(DISTINCT label_sealed) FROM availability_exceptions"),
        3
    );
    let page = desk
        .client
        .get("/practitioner/agenda?date=2026-03-23")
        .await;
    page.assert_ok().assert_text("Opération du genou");
    // Who books sees that the day is closed; its name is not theirs to read, not even sealed.
    for role in ["hz_employee", "hz_worker"] {
        let may =
            "has_column_privilege('{role}', 'availability_exceptions', 'label_sealed', 'SELECT')";
        let may = may.replace("{role}", role);
        assert_eq!(
            desk.app.text(&format!("SELECT {may}")).as_deref(),
            Some("false"),
            "{role}"
        );
    }
}
