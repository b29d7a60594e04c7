//! The list, and the badge above every page.

use huntzen::notifications::model::News;

use super::world::World;
use crate::support::{client::Client, page::Page};

fn badge(page: &Page) -> Option<String> {
    page.texts(".bell-count").into_iter().next()
}

async fn bell(client: &Client) -> Option<String> {
    badge(client.get("/employee").await.assert_ok())
}

#[tokio::test]
async fn the_badge_counts_what_is_not_read_and_costs_no_statement() {
    let world = World::start().await;
    let patient = world.app.client().signed_in_as(&world.employee);
    assert_eq!(bell(&patient).await, None);
    let before = world.app.statements();
    patient.get("/employee/notifications").await.assert_ok();
    let quiet = world.app.statements() - before;
    let id = world.booked("video").await;
    world.announces(id, News::Confirmed).await;
    let patient = world.app.client().signed_in_as(&world.employee);
    assert_eq!(bell(&patient).await.as_deref(), Some("2"));
    let before = world.app.statements();
    let page = patient.get("/employee/notifications").await;
    assert_eq!(world.app.statements() - before, quiet);
    page.assert_ok()
        .assert_text("Votre rendez-vous est confirmé")
        .assert_text("lundi 23\u{a0}mars 2026 à 10\u{a0}h\u{a0}00")
        .assert_text(&world.practitioner.last_name);
    assert_eq!(page.texts(".notice[data-unread]").len(), 2);

    let action = page.attributes("form[action$='/reading']", "action");
    assert_eq!(action.len(), 3, "{action:?}");
    patient
        .submit(&page, &action[1], &[])
        .await
        .assert_see_other("/employee/notifications");
    assert_eq!(bell(&patient).await.as_deref(), Some("1"));
    let page = patient.get("/employee/notifications?tab=unread").await;
    assert_eq!(page.texts(".notice").len(), 1);
    let all = "/employee/notifications/reading";
    patient
        .submit(&page, all, &[])
        .await
        .assert_see_other("/employee/notifications");
    assert_eq!(bell(&patient).await, None);
    patient
        .get("/employee/notifications?tab=unread")
        .await
        .assert_text("Tout est lu");
}

#[tokio::test]
async fn what_somebody_did_is_not_news_to_them() {
    let world = World::start().await;
    let id = world
        .app
        .consultation(&world.employee, &world.practitioner)
        .scheduled();
    let patient = world.app.client().signed_in_as(&world.employee);
    let path = format!("/employee/consultations/{id}/cancellation");
    let page = patient.get(&path).await;
    patient.submit(&page, &path, &[]).await.assert_status(303);
    assert_eq!(bell(&patient).await, None);
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let page = doctor.get("/practitioner/notifications").await;
    page.assert_text("Rendez-vous annulé")
        .assert_text(&world.employee.last_name);
    assert_eq!(badge(&page).as_deref(), Some("1"));
    patient
        .get("/employee/notifications")
        .await
        .assert_text("Votre rendez-vous est annulé");
}

#[tokio::test]
async fn notices_are_each_persons_own() {
    let world = World::start().await;
    let id = world.booked("video").await;
    let stranger = world.app.employee_of(&world.app.company("Rivale"));
    let other = world.app.client().signed_in_as(&stranger);
    other
        .get("/employee/notifications")
        .await
        .assert_text("Rien de nouveau")
        .assert_nowhere(&id.to_string());
    for notice in [
        world
            .app
            .text("SELECT id FROM notices ORDER BY position LIMIT 1"),
        world
            .app
            .text("SELECT id FROM notices ORDER BY position DESC LIMIT 1"),
    ] {
        let notice = notice.expect("a notice");
        let path = format!("/employee/notifications/{notice}/reading");
        other.post(&path, &[]).await.assert_status(404);
    }
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM notices WHERE read_at IS NOT NULL"),
        0
    );
    // Nor does one of the two read the other's.
    let patient = world.app.client().signed_in_as(&world.employee);
    let theirs = format!(
        "SELECT id FROM notices WHERE recipient_id = '{}'",
        world.practitioner.id
    );
    let theirs = world.app.text(&theirs).expect("a notice");
    let path = format!("/employee/notifications/{theirs}/reading");
    patient.post(&path, &[]).await.assert_status(404);
}

#[tokio::test]
async fn twenty_to_a_page_and_the_latest_first() {
    let world = World::start().await;
    for day in 1..=25 {
        world
            .booked_at(&format!("2026-04-{day:02}T08:00:00Z"), "video")
            .await;
    }
    let patient = world.app.client().signed_in_as(&world.employee);
    let page = patient.get("/employee/notifications").await;
    assert_eq!(page.texts(".notice").len(), 20);
    assert!(page.texts(".notice")[0].contains("25\u{a0}avril"));
    assert_eq!(badge(&page).as_deref(), Some("25"));
    let page = patient.get("/employee/notifications?page=2").await;
    assert_eq!(page.texts(".notice").len(), 5);
}
