//! A chosen slot is kept for ten minutes, for one person, and is nobody's appointment yet.

use chrono::Duration;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Company, Employee, Practitioner},
    client::Client,
    page::Page,
};

/// Monday 23 March 2026, 10:00 in Paris.
const MONDAY_TEN: &str = "2026-03-23T09:00:00Z";
const MONDAY_ELEVEN: &str = "2026-03-23T10:00:00Z";

struct World {
    app: TestApp,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    client: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        Self {
            practitioner: app.practitioner(),
            client: app.client().signed_in_as(&employee),
            employee,
            company,
            app,
        }
    }

    fn profile(&self) -> String {
        format!("/employee/booking/{}", self.practitioner.id)
    }

    fn somebody_else(&self) -> Client {
        let other = self.app.employee_of(&self.company);
        self.app.client().signed_in_as(&other)
    }

    /// Chooses a slot of the practitioner.
    async fn choose(&self, client: &Client, start: &str) -> Page {
        let path = format!("{}/holds", self.profile());
        client.post(&path, &[("start", start)]).await
    }

    /// Chooses a slot that is free; where it is confirmed.
    async fn keep(&self, start: &str) -> String {
        let kept = self.choose(&self.client, start).await;
        kept.assert_status(303);
        kept.location().to_owned()
    }

    async fn confirm(&self, hold: &str) -> Page {
        let path = format!("{hold}/confirmation");
        self.client.post(&path, &[("format", "video")]).await
    }

    async fn offers(&self, client: &Client, start: &str) -> bool {
        let page = client.get(&self.profile()).await;
        let starts = page.attributes(".slot-days button", "value");
        starts.iter().any(|offered| offered == start)
    }

    fn wait(&self, minutes: i64) {
        self.app.clock.advance(Duration::minutes(minutes));
    }

    fn statuses(&self) -> String {
        self.app
            .text("SELECT string_agg(status, ' ' ORDER BY created_at) FROM consultations")
            .unwrap_or_default()
    }

    fn expiry(&self) -> Option<String> {
        self.app.text("SELECT expires_at FROM consultations")
    }
}

#[tokio::test]
async fn a_chosen_slot_is_kept_for_ten_minutes() {
    let world = World::start().await;
    let other = world.somebody_else();
    let hold = world.keep(MONDAY_TEN).await;
    let page = world.client.get(&hold).await;
    page.assert_ok()
        .assert_text("10:00")
        .assert_text("Gardé pour vous jusqu’à 10\u{a0}h\u{a0}10");
    assert_eq!(
        page.attributes("[data-countdown]", "data-countdown"),
        ["2026-03-20T09:10:00Z"]
    );
    world.wait(4);
    world.client.get(&hold).await.assert_text("6:00");

    // Taken for everybody else; whoever holds it may choose again.
    assert!(!world.offers(&other, MONDAY_TEN).await);
    assert!(world.offers(&world.client, MONDAY_TEN).await);
    world
        .choose(&other, MONDAY_TEN)
        .await
        .assert_status(409)
        .assert_text("Aucun rendez-vous n’a été pris.");

    world.wait(6);
    assert!(world.offers(&other, MONDAY_TEN).await);
    world.choose(&other, MONDAY_TEN).await.assert_status(303);
    assert_eq!(world.statuses(), "held");
    world.client.get(&hold).await.assert_status(404);
    world.confirm(&hold).await.assert_status(404);
    assert_eq!(world.statuses(), "held");
}

#[tokio::test]
async fn a_held_slot_is_nobodys_appointment() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    let id = hold.rsplit('/').next().expect("an id");
    for (path, said) in [
        ("/employee", "lundi 23"),
        ("/employee/consultations", "lundi 23"),
        ("/employee/consultations?tab=past", "lundi 23"),
    ] {
        let page = world.client.get(path).await;
        page.assert_ok().assert_nowhere(said).assert_nowhere(id);
    }
    let own = format!("/employee/consultations/{id}");
    world.client.get(&own).await.assert_status(404);
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    for path in [
        "/practitioner",
        "/practitioner/consultations",
        "/practitioner/consultations?tab=upcoming",
        "/practitioner/consultations?tab=past",
    ] {
        let page = doctor.get(path).await;
        page.assert_ok()
            .assert_nowhere(&world.employee.last_name)
            .assert_nowhere(id);
    }
    for action in ["", "/confirmation", "/cancellation"] {
        let path = format!("/practitioner/consultations/{id}{action}");
        let answer = match action {
            "" => doctor.get(&path).await,
            _ => doctor.post(&path, &[]).await,
        };
        answer.assert_status(404);
    }
    world.app.run_jobs().await;
    assert!(world.app.mails().is_empty());
    assert_eq!(
        world.app.count("SELECT count(*) FROM consultation_events"),
        0
    );
    assert_eq!(world.statuses(), "held");
}

#[tokio::test]
async fn the_same_slot_chosen_again_is_kept_once_and_no_longer() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    let until = world.expiry();
    world.wait(5);
    assert_eq!(world.keep(MONDAY_TEN).await, hold);
    assert_eq!(world.expiry(), until);
    let path = format!("{}/holds", world.profile());
    let start = [("start", MONDAY_ELEVEN)];
    let (one, other) = tokio::join!(
        world.client.post(&path, &start),
        world.client.post(&path, &start)
    );
    one.assert_see_other(other.location());
    assert_eq!(world.statuses(), "held");
}

#[tokio::test]
async fn choosing_another_slot_lets_the_former_go() {
    let world = World::start().await;
    let former = world.keep(MONDAY_TEN).await;
    world.keep(MONDAY_ELEVEN).await;
    assert_eq!(world.statuses(), "held");
    world
        .confirm(&former)
        .await
        .assert_status(404)
        .assert_text("Rien n’a été réservé ici");
    // One that cannot be had leaves the former alone.
    let stranger = world.app.employee_of(&world.company);
    let theirs = world.app.consultation(&stranger, &world.practitioner);
    theirs.at("2026-03-23T14:00:00Z").confirmed();
    let refused = world.choose(&world.client, "2026-03-23T14:00:00Z").await;
    refused.assert_status(409);
    assert_eq!(
        world
            .app
            .text("SELECT starts_at FROM consultations WHERE status = 'held'"),
        Some("2026-03-23 10:00:00+00".to_owned())
    );
    // Overlapping its own place is no conflict, with another practitioner either.
    let other = world.app.practitioner();
    let path = format!("/employee/booking/{}/holds", other.id);
    let kept = world.client.post(&path, &[("start", MONDAY_ELEVEN)]).await;
    kept.assert_status(303);
}

#[tokio::test]
async fn a_hold_that_is_over_books_nothing_and_can_be_taken_again() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    world.wait(10);
    for page in [world.confirm(&hold).await, world.client.get(&hold).await] {
        page.assert_status(410)
            .assert_text("Ce créneau n’est plus gardé pour vous")
            .assert_text("Garder ce créneau de nouveau");
    }
    assert_eq!(world.statuses(), "held");
    let again = world.keep(MONDAY_TEN).await;
    world.confirm(&again).await.assert_status(303);
    assert_eq!(world.statuses(), "scheduled");
}

#[tokio::test]
async fn holds_that_are_over_are_given_back_without_anybody_booking() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    world.wait(9);
    world.app.run_jobs().await;
    assert_eq!(world.statuses(), "held");
    world.wait(1);
    world.app.run_jobs().await;
    assert_eq!(world.statuses(), "");
    world.client.get(&hold).await.assert_status(404);
    assert!(world.app.mails().is_empty());
}

#[tokio::test]
async fn whoever_prefers_another_slot_lets_it_go_at_once() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    let other = world.somebody_else();
    let release = format!("{hold}/release");
    let back = world.client.post(&release, &[]).await;
    back.assert_see_other(&format!("{}#slots", world.profile()));
    assert!(world.offers(&other, MONDAY_TEN).await);
    assert_eq!(world.statuses(), "");
    // What was booked stays.
    let hold = world.keep(MONDAY_TEN).await;
    let booked = world.confirm(&hold).await;
    let release = format!("{hold}/release");
    let answer = world.client.post(&release, &[]).await;
    answer.assert_see_other(booked.location());
    assert_eq!(world.statuses(), "scheduled");
}

#[tokio::test]
async fn a_tampered_hold_is_nothing() {
    let world = World::start().await;
    let stranger = world.app.employee_of(&world.company);
    let theirs = world.app.consultation(&stranger, &world.practitioner);
    let theirs = theirs.at(MONDAY_ELEVEN).held();
    let mine = world.keep(MONDAY_TEN).await;
    let mine = mine.rsplit('/').next().expect("an id");
    let elsewhere = world.app.practitioner();
    let before = world
        .app
        .text("SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM consultations c");
    for hold in [
        format!("{}/holds/{theirs}", world.profile()),
        format!("{}/holds/{}", world.profile(), Uuid::new_v4()),
        // Mine, but with somebody else.
        format!("/employee/booking/{}/holds/{mine}", elsewhere.id),
    ] {
        world
            .client
            .get(&hold)
            .await
            .assert_status(404)
            .assert_text("Ce créneau n’est plus gardé pour vous");
        world
            .client
            .get(&format!("{hold}/series"))
            .await
            .assert_status(404);
        for (action, fields) in [
            ("confirmation", vec![("format", "video")]),
            ("confirmation", vec![]),
            ("release", vec![]),
            (
                "series",
                vec![("format", "video"), ("every", "1"), ("count", "3")],
            ),
        ] {
            let path = format!("{hold}/{action}");
            let answer = world.client.post(&path, &fields).await;
            answer
                .assert_status(404)
                .assert_text("Ce créneau n’est plus gardé pour vous");
        }
    }
    let after = world
        .app
        .text("SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM consultations c");
    assert_eq!(after, before, "something was written");
}

#[tokio::test]
async fn a_slot_chosen_again_after_it_was_booked_is_ones_own() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    let booked = world.confirm(&hold).await;
    let again = world.choose(&world.client, MONDAY_TEN).await;
    again.assert_see_other(booked.location());
    world
        .client
        .follow(&again)
        .await
        .assert_text("Ce rendez-vous est déjà le vôtre");
    assert_eq!(world.statuses(), "scheduled");
}

#[tokio::test]
async fn a_company_that_is_suspended_meanwhile_books_nothing() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    world.app.sql("UPDATE companies SET status = 'suspended'");
    world
        .confirm(&hold)
        .await
        .assert_status(409)
        .assert_text("L’accès de votre entreprise est suspendu");
    assert_eq!(world.statuses(), "held");
}

#[tokio::test]
async fn where_no_confirmation_is_asked_the_appointment_is_confirmed_at_once() {
    let world = World::start().await;
    world
        .app
        .sql("UPDATE practitioners SET auto_confirm = true");
    let hold = world.keep(MONDAY_TEN).await;
    let page = world.client.get(&hold).await;
    assert!(!page.readable().contains("24\u{a0}heures pour confirmer"));
    let done = world.confirm(&hold).await;
    done.assert_status(303);
    world
        .client
        .follow(&done)
        .await
        .assert_text("Confirmé")
        .assert_text("Confirmé · HuntZen Care");
    assert_eq!(
        world
            .app
            .text("SELECT concat_ws(' ', status, confirm_by) FROM consultations"),
        Some("confirmed".to_owned())
    );
    assert_eq!(
        world.app.text(
            "SELECT string_agg(concat_ws(' ', kind, actor_id), ', ' ORDER BY occurred_at) FROM consultation_events"
        ),
        Some(format!("scheduled {}, confirmed", world.employee.id))
    );
}

#[tokio::test]
async fn a_word_for_the_practitioner_is_sealed() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    let path = format!("{hold}/confirmation");
    let word = "Je préfère en parler de vive voix.\r\nÀ lundi !";
    let fields = [("format", "video"), ("message", word)];
    let done = world.client.post(&path, &fields).await;
    done.assert_status(303);
    let sealed = world
        .app
        .text("SELECT encode(message_sealed, 'escape') FROM consultations")
        .expect("a message");
    assert!(!sealed.contains("vive voix"));
    let elsewhere = world.app.count(
        "SELECT count(*) FROM jobs, consultation_events e WHERE jobs::text || e::text LIKE '%vive voix%'",
    );
    assert_eq!(elsewhere, 0);
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let practice = done.location().replace("/employee/", "/practitioner/");
    for page in [
        doctor.get(&practice).await,
        world.client.follow(&done).await,
    ] {
        page.assert_ok()
            .assert_text("Je préfère en parler de vive voix. À lundi !");
    }
}

#[tokio::test]
async fn a_message_that_is_too_long_is_kept_on_the_page_and_nowhere_else() {
    let world = World::start().await;
    let hold = world.keep(MONDAY_TEN).await;
    let path = format!("{hold}/confirmation");
    // Ends of lines count once, whatever the browser sends.
    let fits = format!("{}\r\n{}", "é".repeat(149), "é".repeat(150));
    for (message, status) in [("é".repeat(400), 422), ("é".repeat(301), 422), (fits, 303)] {
        let fields = [("format", "audio"), ("message", message.as_str())];
        let sent = world.client.post(&path, &fields).await;
        sent.assert_status(status);
        if status == 422 {
            sent.assert_text("Votre message est trop long")
                .assert_text(&message);
            assert_eq!(
                sent.attributes("input[name=format][checked]", "value"),
                ["audio"]
            );
            assert_eq!(world.statuses(), "held");
            assert_eq!(world.app.count("SELECT count(*) FROM data_keys"), 0);
        }
    }
    assert_eq!(world.statuses(), "scheduled");
}
