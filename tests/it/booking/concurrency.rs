//! Many people, one slot.

use futures_util::future::join_all;
use uuid::Uuid;

use crate::support::{TestApp, client::Client, page::Page};

const SLOT: &str = "2026-03-23T09:00:00Z";

async fn book(client: &Client, practitioner: Uuid, start: &str) -> Page {
    let key = Uuid::new_v4().to_string();
    let path = format!("/employee/booking/{practitioner}/confirmation");
    let fields = [("start", start), ("format", "video"), ("request_key", &key)];
    client.post(&path, &fields).await
}

#[tokio::test]
async fn of_64_people_who_want_one_slot_one_has_it_and_63_are_told_what_is_near() {
    let app = TestApp::start().await;
    let companies = [app.company("TechCorp"), app.company("Rivale")];
    let practitioner = app.practitioner();
    let clients: Vec<Client> = (0..64)
        .map(|number| {
            let employee = app.employee_of(&companies[number % 2]);
            app.client().signed_in_as(&employee)
        })
        .collect();
    let attempts = clients
        .iter()
        .map(|client| book(client, practitioner.id, SLOT));
    let (won, lost): (Vec<_>, Vec<_>) = join_all(attempts)
        .await
        .into_iter()
        .partition(|page| page.status == 303);
    assert_eq!((won.len(), lost.len()), (1, 63));
    for page in lost {
        page.assert_status(409)
            .assert_text("Quelqu’un vient de réserver ce créneau. Aucun rendez-vous n’a été pris.");
        let links = page.attributes(".slot-days a", "href");
        assert_eq!(links.len(), 6);
        assert!(links.iter().all(|link| !link.ends_with(SLOT)), "{links:?}");
    }
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 1);
    assert_eq!(app.count("SELECT count(*) FROM consultation_events"), 1);
    assert_eq!(app.count("SELECT count(*) FROM jobs"), 2);
}

#[tokio::test]
async fn one_person_in_many_tabs_has_one_appointment_at_one_hour() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioners: Vec<Uuid> = (0..8).map(|_| app.practitioner().id).collect();
    let client = app.client().signed_in_as(&employee);
    let attempts = practitioners
        .iter()
        .map(|practitioner| book(&client, *practitioner, SLOT));
    let (won, lost): (Vec<_>, Vec<_>) = join_all(attempts)
        .await
        .into_iter()
        .partition(|page| page.status == 303);
    assert_eq!((won.len(), lost.len()), (1, 7));
    for page in lost {
        page.assert_status(409)
            .assert_text("Vous avez déjà un rendez-vous à cette heure");
    }
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 1);
}

#[tokio::test]
async fn the_daily_maximum_holds_when_everybody_books_at_once() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let practitioner = app.practitioner();
    app.sql("UPDATE practitioners SET daily_maximum = 3");
    let clients: Vec<Client> = (0..14)
        .map(|_| app.client().signed_in_as(&app.employee_of(&company)))
        .collect();
    let starts =
        ["08", "09", "10", "13", "14", "15", "16"].map(|hour| format!("2026-03-23T{hour}:00:00Z"));
    let attempts = clients
        .iter()
        .zip(starts.iter().cycle())
        .map(|(client, start)| book(client, practitioner.id, start));
    let answers = join_all(attempts).await;
    assert_eq!(answers.iter().filter(|page| page.status == 303).count(), 3);
    assert!(answers.iter().all(|page| matches!(page.status, 303 | 409)));
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 3);
}
