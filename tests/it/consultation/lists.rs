//! The lists of appointments.

use chrono::Duration;

use crate::support::TestApp;

fn hours(day: u32) -> impl Iterator<Item = String> {
    (8..16).map(move |hour| format!("2026-03-{day:02}T{hour:02}:00:00Z"))
}

#[tokio::test]
async fn appointments_are_upcoming_or_past_and_twenty_to_a_page() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let new = || app.consultation(&employee, &practitioner);
    for start in (23..26).flat_map(hours) {
        new().at(&start).scheduled();
    }
    new().at("2026-03-10T09:00:00Z").completed(3_000);
    new().at("2026-03-11T09:00:00Z").no_show();
    new().at("2026-03-30T09:00:00Z").cancelled();
    // Nobody started it: its hour is over.
    new().at("2026-03-12T09:00:00Z").confirmed();
    // It began before its planned end and goes on.
    new().at("2026-03-20T08:05:00Z").in_progress();

    let client = app.client().signed_in_as(&employee);
    let first = client.get("/employee/consultations").await;
    assert_eq!(first.texts(".tab-count"), ["25", "4"]);
    assert_eq!(first.texts(".row").len(), 20);
    assert!(first.texts(".row")[0].contains("En cours"));
    let next = first.attributes("a[rel=next]", "href");
    let second = client.get(&next[0]).await;
    assert_eq!(second.texts(".row").len(), 5);
    let past = client.get("/employee/consultations?tab=past").await;
    let said: Vec<String> = past.texts(".row .badge");
    assert_eq!(said, ["Annulé", "Horaire passé", "Absence", "Terminé"]);

    let client = app.client().signed_in_as(&practitioner);
    let page = client.get("/practitioner/consultations").await;
    assert_eq!(page.texts(".tab-count"), ["24", "1"]);
    // What waits for an answer comes first, and is answered from the list.
    assert_eq!(page.texts(".row form").len(), 20);
    for (tab, rows) in [("to-confirm", 20), ("upcoming", 1), ("past", 4), ("x", 20)] {
        let page = client
            .get(&format!("/practitioner/consultations?tab={tab}"))
            .await;
        page.assert_ok();
        assert_eq!(page.texts(".row").len(), rows, "{tab}");
    }
}

#[tokio::test]
async fn a_room_is_entered_from_both_lists_and_homes_while_it_is_open() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let new = |minutes: i64, format| {
        let start = app.now() + Duration::minutes(minutes);
        app.consultation(&employee, &practitioner)
            .format(format)
            .at(&start.to_rfc3339())
    };
    let open = new(14, "video").confirmed();
    new(80, "video").confirmed();
    let patient = app.client().signed_in_as(&employee);
    let doctor = app.client().signed_in_as(&practitioner);
    for (client, space) in [(&patient, "employee"), (&doctor, "practitioner")] {
        for path in [
            format!("/{space}"),
            format!("/{space}/consultations?tab=upcoming"),
        ] {
            let page = client.get(&path).await;
            let ways = page.attributes("a[href$='#room']", "href");
            assert_eq!(
                ways,
                [format!("/{space}/consultations/{open}#room")],
                "{path}"
            );
        }
        let page = client.get(&format!("/{space}/consultations/{open}")).await;
        assert_eq!(page.texts("#room").len(), 1);
    }
}

#[tokio::test]
async fn who_meets_in_person_is_offered_no_room() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let start = app.now() + Duration::minutes(5);
    app.consultation(&employee, &practitioner)
        .format("in_person")
        .at(&start.to_rfc3339())
        .confirmed();
    for (client, path) in [
        (
            app.client().signed_in_as(&employee),
            "/employee/consultations",
        ),
        (
            app.client().signed_in_as(&practitioner),
            "/practitioner/consultations",
        ),
    ] {
        let page = client.get(path).await;
        assert_eq!(page.texts(".row").len(), 1, "{path}");
        assert!(
            page.attributes("a[href$='#room']", "href").is_empty(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn empty_lists_say_what_to_do() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let client = app.client().signed_in_as(&employee);
    let page = client.get("/employee/consultations").await;
    page.assert_text("Aucun rendez-vous à venir");
    assert_eq!(page.attributes(".empty a", "href"), ["/employee/booking"]);
    let page = client.get("/employee/consultations?tab=past&page=9").await;
    page.assert_text("Rien ici pour le moment");
    let client = app.client().signed_in_as(&app.practitioner());
    for (tab, said) in [
        ("to-confirm", "Tout est confirmé"),
        ("upcoming", "Aucune consultation à venir"),
        ("past", "Rien ici pour le moment"),
    ] {
        let page = client
            .get(&format!("/practitioner/consultations?tab={tab}"))
            .await;
        page.assert_ok().assert_text(said);
    }
}
