//! Places, rooms, and colleagues.

use super::{Desk, assert_refused};
use crate::support::{TestApp, actors::Practitioner, client::Client, page::Page};
use futures_util::future::join_all;

const PLACES: &str = "/practitioner/agenda/places";
const MONDAY_TEN: &str = "2026-03-23T09:00:00Z";

/// Somebody who chose a slot.
struct Choice {
    client: Client,
    /// Where it is confirmed.
    confirmation: String,
}

impl Choice {
    async fn of(app: &TestApp, practitioner: &Practitioner, start: &str) -> Self {
        let employee = app.employee_of(&app.company("Cliente"));
        let client = app.client().signed_in_as(&employee);
        let path = format!("/employee/booking/{}/holds", practitioner.id);
        let kept = client.post(&path, &[("start", start)]).await;
        let confirmation = format!("{}/confirmation", kept.location());
        Self {
            client,
            confirmation,
        }
    }

    async fn confirms(&self, format: &str) -> Page {
        self.client
            .post(&self.confirmation, &[("format", format)])
            .await
    }
}

async fn books(app: &TestApp, practitioner: &Practitioner, start: &str, format: &str) -> Page {
    Choice::of(app, practitioner, start)
        .await
        .confirms(format)
        .await
}

#[tokio::test]
async fn the_first_place_is_the_main_one_and_its_address_reaches_the_profile() {
    let desk = Desk::start().await;
    let form = desk.client.get(&format!("{PLACES}/new")).await;
    let fields = [
        ("name", "Cabinet Gambetta"),
        ("address", "27 cours Gambetta, 69003 Lyon"),
        ("directions", "Code 42B"),
    ];
    let page = desk.client.submit(&form, PLACES, &fields).await;
    page.assert_status(303);
    desk.client
        .follow(&page)
        .await
        .assert_text("Lieu principal");
    let second = [
        ("name", "Annexe"),
        ("address", "2 rue Neuve, 69001 Lyon"),
        ("directions", ""),
    ];
    let page = desk.client.post(PLACES, &second).await;
    let annexe = page.location().to_owned();
    let address = "SELECT in_person_address FROM practitioners";
    assert_eq!(
        desk.app.text(address).as_deref(),
        Some("27 cours Gambetta, 69003 Lyon")
    );
    desk.client
        .post(&format!("{annexe}/main"), &[])
        .await
        .assert_status(303);
    assert_eq!(
        desk.app.text(address).as_deref(),
        Some("2 rue Neuve, 69001 Lyon")
    );

    let empty = [("name", " "), ("address", ""), ("directions", "")];
    let page = desk.client.post(PLACES, &empty).await;
    assert_refused(&page, "name", "Donnez un nom");
    assert_refused(&page, "address", "Indiquez l’adresse");
    assert_eq!(desk.app.count("SELECT count(*) FROM places"), 2);
}

#[tokio::test]
async fn an_appointment_is_at_the_place_of_its_hours_in_a_room_of_it() {
    let desk = Desk::start().await;
    let ids = desk.app.agenda_of(&desk.practitioner);
    desk.app.sql(&format!(
        "WITH annexe AS (
            INSERT INTO places (practitioner_id, name, address, directions)
            VALUES ('{}', 'Annexe', '2 rue Neuve', 'Deuxième étage') RETURNING id)
         UPDATE availability_windows SET place_id = (SELECT id FROM annexe) WHERE weekday = 2",
        desk.practitioner.id
    ));
    let booked = books(&desk.app, &desk.practitioner, MONDAY_TEN, "in_person").await;
    booked.assert_status(303);
    let tuesday = Choice::of(&desk.app, &desk.practitioner, "2026-03-24T09:00:00Z").await;
    let page = tuesday.confirmation.trim_end_matches("/confirmation");
    let page = tuesday.client.get(page).await;
    page.assert_text("Annexe, 2 rue Neuve");
    tuesday.confirms("in_person").await.assert_status(303);
    let video = books(
        &desk.app,
        &desk.practitioner,
        "2026-03-25T09:00:00Z",
        "video",
    )
    .await;
    video.assert_status(303);
    let where_to = desk.app.text(
        "SELECT string_agg(concat_ws(' ', coalesce(p.name, 'nowhere'), r.name), ', ' ORDER BY c.starts_at)
         FROM consultations c LEFT JOIN places p ON p.id = c.place_id LEFT JOIN rooms r ON r.id = c.room_id",
    );
    assert_eq!(
        where_to.as_deref(),
        Some("Cabinet Bellecour Salle 1, Annexe, nowhere")
    );
    let path = desk
        .app
        .text("SELECT id::text FROM consultations WHERE starts_at = '2026-03-24T09:00:00Z'")
        .expect("Tuesday");
    desk.client
        .get(&format!("/practitioner/consultations/{path}"))
        .await
        .assert_text("2 rue Neuve · Deuxième étage");
    // A place that is put away keeps what is planned there.
    let page = desk
        .client
        .post(&format!("{PLACES}/{}/removal", ids.place), &[])
        .await;
    page.assert_see_other(PLACES);
    let kept = format!(
        "SELECT count(*) FROM consultations WHERE place_id = '{}'",
        ids.place
    );
    assert_eq!(desk.app.count(&kept), 1);
    assert_eq!(
        desk.app
            .text("SELECT in_person_address FROM practitioners")
            .as_deref(),
        Some("2 rue Neuve")
    );
}

#[tokio::test]
async fn colleagues_share_a_place_by_its_code_and_nobody_else_enters() {
    let desk = Desk::start().await;
    let place = desk.app.agenda_of(&desk.practitioner).place;
    let path = format!("{PLACES}/{place}");
    let colleague = desk.app.practitioner();
    let client = desk.app.client().signed_in_as(&colleague);
    client.get(&path).await.assert_status(404);
    for wrong in ["", "ABCD", "ABCDEFGHJKLM", "' OR 1=1"] {
        let page = client
            .post(&format!("{PLACES}/shared"), &[("code", wrong)])
            .await;
        assert_refused(&page, "code", "Ce code n’ouvre aucun lieu");
    }
    desk.client
        .post(&format!("{path}/code"), &[])
        .await
        .assert_status(303);
    let code = desk
        .app
        .text("SELECT share_code FROM places")
        .expect("a code");
    let shown = desk.client.get(&path).await.texts(".share-code strong");
    assert_eq!(shown[0].replace(' ', ""), code);

    let typed = shown[0].to_lowercase();
    let page = client
        .post(&format!("{PLACES}/shared"), &[("code", &typed)])
        .await;
    page.assert_see_other(&path);
    let page = client.get(&path).await;
    page.assert_text(&desk.practitioner.last_name)
        .assert_text("Salle 1");
    page.assert_nowhere(&code);
    // Its owner alone changes it; whoever receives there follows.
    client
        .post(&format!("{path}/main"), &[])
        .await
        .assert_status(303);
    let moved = [
        ("name", "Cabinet"),
        ("address", "8 quai de Saône"),
        ("directions", ""),
    ];
    desk.client.post(&path, &moved).await.assert_status(303);
    let addresses = "SELECT string_agg(DISTINCT in_person_address, ', ') FROM practitioners";
    assert_eq!(desk.app.text(addresses).as_deref(), Some("8 quai de Saône"));
    let fields = [
        ("name", "À moi"),
        ("address", "Ailleurs"),
        ("directions", ""),
    ];
    client.post(&path, &fields).await.assert_status(404);
    client
        .post(&format!("{path}/rooms"), &[("room", "Salle 9")])
        .await
        .assert_status(404);
    client
        .post(&format!("{path}/code"), &[])
        .await
        .assert_status(404);
    // And not before colleagues have left it.
    let second = [
        ("name", "Annexe"),
        ("address", "2 rue Neuve"),
        ("directions", ""),
    ];
    desk.client.post(PLACES, &second).await.assert_status(303);
    desk.client
        .post(&format!("{path}/removal"), &[])
        .await
        .assert_see_other(&path);
    client.post(PLACES, &second).await.assert_status(303);
    client
        .post(&format!("{path}/removal"), &[])
        .await
        .assert_see_other(PLACES);
    client.get(&path).await.assert_status(404);
    desk.client
        .post(&format!("{path}/removal"), &[])
        .await
        .assert_see_other(PLACES);
}

/// Practitioners who share a place with so many rooms.
async fn practice(desk: &Desk, colleagues: usize, rooms: usize) -> Vec<Practitioner> {
    let place = desk.app.agenda_of(&desk.practitioner).place;
    for number in 2..=rooms {
        desk.app.sql(&format!(
            "INSERT INTO rooms (place_id, name) VALUES ('{place}', 'Salle {number}')"
        ));
    }
    let others: Vec<Practitioner> = (0..colleagues).map(|_| desk.app.practitioner()).collect();
    for other in &others {
        desk.app.sql(&format!(
            "INSERT INTO place_practitioners (place_id, practitioner_id, owner_id)
             VALUES ('{place}', '{other}', '{owner}');
             UPDATE practitioners SET main_place_id = '{place}' WHERE user_id = '{other}'",
            other = other.id,
            owner = desk.practitioner.id
        ));
    }
    others
}

#[tokio::test]
async fn of_eight_colleagues_booked_at_once_three_have_the_three_rooms() {
    let desk = Desk::start().await;
    let colleagues = practice(&desk, 8, 3).await;
    let mut choices = Vec::new();
    for colleague in &colleagues {
        choices.push(Choice::of(&desk.app, colleague, MONDAY_TEN).await);
    }
    let answers = join_all(choices.iter().map(|choice| choice.confirms("in_person"))).await;
    let lost: Vec<usize> = (0..8).filter(|at| answers[*at].status != 303).collect();
    assert_eq!(lost.len(), 5);
    for at in &lost {
        assert_refused(
            &answers[*at],
            "format",
            "Toutes les salles sont prises à cette heure",
        );
    }
    let rooms = "SELECT count(DISTINCT room_id) FROM consultations WHERE room_id IS NOT NULL";
    assert_eq!(desk.app.count(rooms), 3);
    // The hour is still theirs, by video.
    choices[lost[0]].confirms("video").await.assert_status(303);
}

#[tokio::test]
async fn the_database_has_the_last_word_on_rooms_and_places() {
    let desk = Desk::start().await;
    let colleagues = practice(&desk, 1, 1).await;
    books(&desk.app, &desk.practitioner, MONDAY_TEN, "in_person")
        .await
        .assert_status(303);
    let stranger = desk.app.practitioner();
    let copy = |practitioner: &Practitioner| {
        let employee = desk.app.employee_of(&desk.app.company("Rivale"));
        format!(
            "INSERT INTO consultations (company_id, employee_id, practitioner_id, format, starts_at, ends_at,
                                        blocked_until, place_id, room_id)
             SELECT '{}', '{}', '{}', format, starts_at, ends_at, blocked_until, place_id, room_id FROM consultations
             LIMIT 1",
            employee.company_id.expect("a company"),
            employee.id,
            practitioner.id
        )
    };
    for (practitioner, constraint) in [
        (&colleagues[0], "consultations_room_free"),
        (&stranger, "not a place of this practitioner"),
    ] {
        let refused = desk.app.refused(&copy(practitioner));
        assert!(refused.contains(constraint), "{refused}");
    }
}
