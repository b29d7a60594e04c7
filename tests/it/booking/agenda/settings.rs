//! How hours become appointments.

use super::{Desk, assert_refused};

const SETTINGS: &str = "/practitioner/agenda/settings";

#[tokio::test]
async fn settings_are_saved_and_the_slots_follow() {
    let desk = Desk::start().await;
    let form = desk.client.get(SETTINGS).await;
    form.assert_ok().assert_text(
        "donne ces débuts\u{a0}: 9\u{a0}h\u{a0}00, 10\u{a0}h\u{a0}00, 11\u{a0}h\u{a0}00",
    );
    let changes = [
        ("slot_minutes", "30"),
        ("buffer_minutes", "0"),
        ("minimum_notice_hours", "72"),
        ("horizon_days", "10"),
        ("daily_maximum", "3"),
        ("auto_confirm", "true"),
    ];
    desk.client
        .submit(&form, SETTINGS, &changes)
        .await
        .assert_see_other(SETTINGS);
    let saved = desk.app.text(&format!(
        "SELECT concat_ws(' ', slot_minutes, buffer_minutes, minimum_notice_hours, horizon_days, daily_maximum,
                auto_confirm, accepting_new_clients, offers_video, offers_in_person)
         FROM practitioners WHERE user_id = '{}'",
        desk.practitioner.id
    ));
    assert_eq!(saved.as_deref(), Some("30 0 72 10 3 t t t t"));
    let offered = desk.offered().await;
    // Monday at ten is 72 hours away.
    assert_eq!(
        offered.first().map(String::as_str),
        Some("2026-03-23T09:00:00Z")
    );
    assert_eq!(
        offered.get(1).map(String::as_str),
        Some("2026-03-23T09:30:00Z")
    );
    assert!(
        offered
            .last()
            .is_some_and(|last| last.as_str() < "2026-03-31")
    );
}

#[tokio::test]
async fn what_is_wrong_with_settings_is_said_beside_the_field_and_nothing_is_written() {
    let desk = Desk::start().await;
    let form = desk.client.get(SETTINGS).await;
    let before = desk
        .app
        .text("SELECT practitioners::text FROM practitioners");
    for (field, value, message) in [
        ("slot_minutes", "5", "entre 10 et 240"),
        ("slot_minutes", "cinquante", "entre 10 et 240"),
        ("buffer_minutes", "-1", "entre 0 et 120"),
        ("minimum_notice_hours", "999999999999", "entre 0 et 336"),
        ("horizon_days", "0", "entre 1 et 365"),
        ("daily_maximum", "49", "entre 1 et 48"),
        ("timezone", "Europe/Atlantis", "Choisissez un fuseau"),
    ] {
        let page = desk.client.submit(&form, SETTINGS, &[(field, value)]).await;
        assert_refused(&page, field, message);
    }
    let none = [
        ("offers_video", ""),
        ("offers_audio", ""),
        ("offers_in_person", ""),
    ];
    let page = desk.client.submit(&form, SETTINGS, &none).await;
    assert_refused(&page, "offers_video", "Choisissez au moins un format");
    assert_eq!(
        desk.app
            .text("SELECT practitioners::text FROM practitioners"),
        before
    );
}

#[tokio::test]
async fn nobody_is_received_in_person_without_a_place() {
    let desk = Desk::start().await;
    desk.app
        .sql("UPDATE practitioners SET offers_in_person = false, in_person_address = NULL");
    let form = desk.client.get(SETTINGS).await;
    let page = desk
        .client
        .submit(&form, SETTINGS, &[("offers_in_person", "true")])
        .await;
    assert_refused(&page, "offers_in_person", "Ajoutez d’abord un lieu");

    let place = [
        ("name", "Cabinet"),
        ("address", "1 rue Neuve, 69001 Lyon"),
        ("directions", ""),
    ];
    desk.client
        .post("/practitioner/agenda/places", &place)
        .await
        .assert_status(303);
    desk.client
        .submit(&form, SETTINGS, &[("offers_in_person", "true")])
        .await
        .assert_see_other(SETTINGS);
}
