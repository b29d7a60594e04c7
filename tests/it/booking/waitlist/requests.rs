//! Asking to be told: what is kept, what is refused, how one leaves the line.

use chrono::{DateTime, Duration, Utc};
use futures_util::future::join_all;

use super::{LIST, World};

#[tokio::test]
async fn a_request_is_seen_and_withdrawn_by_its_person() {
    let world = World::start().await;
    let first = world.somebody();
    world
        .waits(
            &first,
            &[
                ("monday", "true"),
                ("wednesday", "true"),
                ("from", "08:00"),
                ("until", "12:30"),
            ],
        )
        .await;
    let page = first.client.get(LIST).await;
    page.assert_ok()
        .assert_text(&world.practitioner.last_name)
        .assert_text("lun., mer. · de 8\u{a0}h\u{a0}00 à 12\u{a0}h\u{a0}30");
    let action = page
        .attributes("form[action$='/withdrawal']", "action")
        .pop()
        .expect("a way out");
    let other = world.somebody();
    other.client.post(&action, &[]).await.assert_status(404);
    first
        .client
        .submit(&page, &action, &[])
        .await
        .assert_status(303);
    first
        .client
        .submit(&page, &action, &[])
        .await
        .assert_status(303);
    world.is_freed().await;
    assert!(!first.is_offered(&world));
}

#[tokio::test]
async fn withdrawing_gives_the_offer_to_the_next() {
    let world = World::start().await;
    let first = world.somebody_waiting().await;
    let second = world.somebody_waiting().await;
    world.is_freed().await;
    let page = first.client.get(LIST).await;
    let action = page
        .attributes("form[action$='/withdrawal']", "action")
        .pop()
        .expect("a way out");
    first
        .client
        .submit(&page, &action, &[])
        .await
        .assert_status(303);
    world.app.run_jobs().await;
    assert!(!first.is_offered(&world) && second.is_offered(&world));
}

#[tokio::test]
async fn anybody_who_fits_will_do() {
    let world = World::start().await;
    let german = world.somebody();
    let english = world.somebody();
    let psychiatry = world.somebody();
    for (person, fields) in [
        (&german, [("specialty", ""), ("language", "de")]),
        (
            &psychiatry,
            [("specialty", "psychiatrist"), ("language", "")],
        ),
        (
            &english,
            [("specialty", "clinical_psychologist"), ("language", "en")],
        ),
    ] {
        let mut all = vec![("monday", "true")];
        all.extend(fields);
        person.client.post(LIST, &all).await.assert_status(303);
        world.app.clock.advance(Duration::seconds(1));
    }
    world.is_freed().await;
    assert!(!german.is_offered(&world) && !psychiatry.is_offered(&world));
    assert!(english.is_offered(&world));
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_beside_its_field_and_nothing_is_written() {
    let world = World::start().await;
    let person = world.somebody();
    for (fields, sentence) in [
        (vec![], "Choisissez au moins un jour."),
        (
            vec![("monday", "true"), ("from", "25:00")],
            "Indiquez une heure",
        ),
        (
            vec![("monday", "true"), ("from", "14:00"), ("until", "09:00")],
            "L’heure de fin doit venir après l’heure de début.",
        ),
        (
            vec![("monday", "true"), ("last_day", "2026-02-30")],
            "Indiquez une date",
        ),
        (
            vec![("monday", "true"), ("last_day", "2026-03-19")],
            "Choisissez une date à partir d’aujourd’hui",
        ),
        (
            vec![("monday", "true"), ("specialty", "astrologer")],
            "Choisissez une réponse de la liste.",
        ),
        (
            vec![("monday", "true"), ("language", "x'; --")],
            "Choisissez une réponse de la liste.",
        ),
    ] {
        let page = person.client.post(LIST, &fields).await;
        page.assert_status(422).assert_text(sentence);
    }
    for nobody in ["0", "00000000-0000-0000-0000-000000000000"] {
        let fields = [("monday", "true"), ("practitioner", nobody)];
        person.client.post(LIST, &fields).await.assert_status(404);
        let form = format!("{LIST}/new?practitioner={nobody}");
        person.client.get(&form).await.assert_status(404);
    }
    assert_eq!(world.app.count("SELECT count(*) FROM waitlist_requests"), 0);
}

#[tokio::test]
async fn five_requests_can_wait_and_one_per_practitioner() {
    let world = World::start().await;
    let person = world.somebody_waiting().await;
    world.waits(&person, &[]).await;
    let waiting = "SELECT count(*) FROM waitlist_requests WHERE status = 'waiting'";
    assert_eq!(world.app.count(waiting), 1, "once per practitioner");
    let anybody = [("tuesday", "true")];
    let attempts = join_all((0..12).map(|_| person.client.post(LIST, &anybody))).await;
    let accepted = attempts.iter().filter(|page| page.status == 303).count();
    assert_eq!(accepted, 4);
    assert_eq!(world.app.count(waiting), 5);
    let refused = attempts
        .iter()
        .find(|page| page.status == 422)
        .expect("a refusal");
    refused.assert_text("Vous avez déjà cinq demandes en attente");
}

#[tokio::test]
async fn nobody_is_asked_at_night_and_the_first_in_line_is_asked_in_the_morning() {
    let world = World::start().await;
    let first = world.somebody_waiting().await;
    let second = world.somebody_waiting().await;
    // Saturday, 23:30 in Paris.
    let late: DateTime<Utc> = "2026-03-21T22:30:00Z".parse().expect("a date");
    world.app.clock.advance(late - world.app.now());
    world.is_freed().await;
    assert!(!first.is_offered(&world) && !second.is_offered(&world));
    world.later(7 * 60).await;
    assert!(!first.is_offered(&world) && !second.is_offered(&world));
    // Seven o'clock.
    world.later(30).await;
    assert!(first.is_offered(&world) && !second.is_offered(&world));
}

#[tokio::test]
async fn whoever_is_awake_elsewhere_is_asked_about_what_begins_before_others_wake() {
    let world = World::start().await;
    let asleep = world.somebody_waiting().await;
    let awake = world.somebody_waiting().await;
    for (person, zone) in [(&asleep, "America/New_York"), (&awake, "Europe/Paris")] {
        world.app.sql(&format!(
            "UPDATE users SET timezone = '{zone}' WHERE id = '{}'",
            person.account.id
        ));
    }
    world
        .app
        .sql("UPDATE practitioners SET minimum_notice_hours = 0");
    // Monday, 9:00 in Paris and 4:00 in New York, where the morning comes at 12:00 in Paris.
    let monday: DateTime<Utc> = "2026-03-23T08:00:00Z".parse().expect("a date");
    world.app.clock.advance(monday - world.app.now());
    world.is_freed().await;
    assert!(!asleep.is_offered(&world) && awake.is_offered(&world));
}
