//! The employee's way from a practitioner's calendar to a booked appointment.

use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    client::Client,
    page::Page,
};

/// Monday 23 March 2026, 10:00 in Paris.
const MONDAY_TEN: &str = "2026-03-23T09:00:00Z";

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    client: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        Self {
            practitioner: app.practitioner(),
            client: app.client().signed_in_as(&employee),
            employee,
            app,
        }
    }

    fn profile(&self) -> String {
        format!("/employee/booking/{}", self.practitioner.id)
    }

    fn holds(&self) -> String {
        format!("{}/holds", self.profile())
    }

    /// Chooses a slot: where it is confirmed, when it is kept.
    async fn chooses(&self, start: &str) -> Page {
        self.client.post(&self.holds(), &[("start", start)]).await
    }

    /// Chooses a slot and sends the confirmation.
    async fn books(&self, start: &str, format: &str) -> Page {
        let kept = self.chooses(start).await;
        if kept.status != 303 {
            return kept;
        }
        let confirmation = format!("{}/confirmation", kept.location());
        self.client.post(&confirmation, &[("format", format)]).await
    }

    /// The slots that the practitioner's page offers.
    async fn offered(&self, query: &str) -> Vec<String> {
        let page = self.client.get(&format!("{}{query}", self.profile())).await;
        page.assert_ok();
        page.attributes(".slot-days button", "value")
    }

    fn bookings(&self) -> i64 {
        self.app.count("SELECT count(*) FROM consultations")
    }
}

#[tokio::test]
async fn an_employee_finds_a_practitioner_chooses_a_slot_and_books_it() {
    let world = World::start().await;
    let results = world.client.get("/employee/booking").await;
    results
        .assert_ok()
        .assert_text(&world.practitioner.last_name);
    let slots = results.attributes(".result-times button", "value");
    let offered = world.offered("").await;
    assert!(offered.contains(&slots[0]), "{slots:?} in {offered:?}");
    assert!(offered.contains(&MONDAY_TEN.to_owned()));

    let kept = world.chooses(MONDAY_TEN).await;
    kept.assert_status(303);
    let page = world.client.follow(&kept).await;
    page.assert_ok()
        .assert_text("lundi 23\u{a0}mars 2026 à 10\u{a0}h\u{a0}00")
        .assert_text("12 rue de la République, 69002 Lyon");
    let confirmation = format!("{}/confirmation", kept.location());
    let video = [("format", "video")];
    let done = world.client.submit(&page, &confirmation, &video).await;
    done.assert_status(303);
    world
        .client
        .follow(&done)
        .await
        .assert_ok()
        .assert_text("Votre rendez-vous est enregistré")
        .assert_text("En attente de confirmation");

    let row = world.app.text(
        "SELECT concat_ws(' ', status, format, ends_at - starts_at, blocked_until - ends_at, expires_at) FROM consultations",
    );
    assert_eq!(row.as_deref(), Some("scheduled video 00:50:00 00:10:00"));
    let event = world
        .app
        .text("SELECT kind || ' ' || actor_id FROM consultation_events");
    assert_eq!(event, Some(format!("scheduled {}", world.employee.id)));
    let mails = world.app.text(
        "SELECT string_agg(n.kind || ' ' || n.recipient_id, ',' ORDER BY n.recipient_id)
         FROM jobs j JOIN notices n ON n.id::text = j.payload->>'notice_id'",
    );
    let mut both = [world.employee.id, world.practitioner.id];
    both.sort();
    let both = both.map(|id| format!("booked {id}")).join(",");
    assert_eq!(mails, Some(both));
    assert!(
        !world.offered("").await.contains(&MONDAY_TEN.to_owned()),
        "a booked slot is still offered"
    );
}

#[tokio::test]
async fn the_same_form_sent_twice_books_once_and_is_answered_alike() {
    let world = World::start().await;
    let kept = world.chooses(MONDAY_TEN).await;
    let page = world.client.follow(&kept).await;
    let video = [("format", "video"), ("message", "Merci d’avance.")];
    let action = format!("{}/confirmation", kept.location());
    let clicks = (0..6).map(|_| world.client.submit(&page, &action, &video));
    let answers = futures_util::future::join_all(clicks).await;
    let one = &answers[0];
    one.assert_status(303);
    for other in &answers {
        other.assert_see_other(one.location());
    }
    assert_eq!(world.bookings(), 1);
    for (table, rows) in [
        ("consultation_events", 1),
        ("notices", 2),
        ("jobs", 2),
        ("data_keys", 1),
    ] {
        let counted = world.app.count(&format!("SELECT count(*) FROM {table}"));
        assert_eq!(counted, rows, "{table}");
    }

    // The back button after cancelling sends it again: it does not book anew.
    let cancellation = format!("{}/cancellation", one.location());
    world
        .client
        .post(&cancellation, &[])
        .await
        .assert_status(303);
    let again = world.client.submit(&page, &action, &video).await;
    again.assert_see_other(one.location());
    world
        .client
        .get(kept.location())
        .await
        .assert_see_other(one.location());
    assert_eq!(world.bookings(), 1);
}

#[tokio::test]
async fn a_start_that_no_page_offered_is_refused_with_its_reason() {
    let world = World::start().await;
    for (start, status, said) in [
        ("2026-03-16T09:00:00Z", 422, "déjà passée"),
        ("2026-03-20T13:00:00Z", 409, "trop proche"),
        ("2026-09-21T08:00:00Z", 422, "pas encore ouvert"),
        ("2026-03-23T09:07:00Z", 422, "ne propose pas"),
        ("2026-03-22T09:00:00Z", 422, "ne propose pas"),
        ("2026-03-23T02:00:00Z", 422, "ne propose pas"),
        // An hour after 01:30 it is 03:30 in Paris on that Sunday.
        ("2026-03-29T00:30:00Z", 422, "ne propose pas"),
        ("9999-12-31T23:59:59Z", 422, "pas encore ouvert"),
        ("0000-01-01T00:00:00Z", 422, "déjà passée"),
        ("lundi à dix heures", 422, "pas pu être lue"),
        ("2026-03-23T09:00:00+01:00", 422, "pas pu être lue"),
        ("<script>alert(1)</script>", 422, "pas pu être lue"),
    ] {
        let sent = world.chooses(start).await;
        sent.assert_status(status).assert_text(said);
        sent.assert_nowhere("<script>alert");
        assert!(
            !sent.attributes(".slot-days button", "value").is_empty(),
            "{start}: no alternative"
        );
    }
    world.chooses("").await.assert_status(422);
    assert_eq!(world.bookings(), 0);
}

#[tokio::test]
async fn a_slot_of_another_practitioner_is_not_on_offer() {
    let world = World::start().await;
    let other = world.app.practitioner();
    world.app.sql(&format!(
        "DELETE FROM availability_windows WHERE practitioner_id = '{}' AND weekday = 1",
        other.id
    ));
    let path = format!("/employee/booking/{}/holds", other.id);
    let sent = world.client.post(&path, &[("start", MONDAY_TEN)]).await;
    sent.assert_status(422)
        .assert_text("ne propose pas de rendez-vous à cette heure");
    assert_eq!(world.bookings(), 0);
}

#[tokio::test]
async fn an_hour_that_the_practitioners_clock_skips_or_repeats_is_not_on_offer() {
    let world = World::start().await;
    // Lord Howe Island puts its clocks back by half an hour on 5 April 2026, at 02:00 local time:
    // from 01:30 on, every local time there exists twice.
    world.app.sql(
        "UPDATE practitioners SET timezone = 'Australia/Lord_Howe';
         INSERT INTO availability_windows (practitioner_id, weekday, start_time, end_time, valid_from)
         SELECT user_id, 7, '00:45', '06:00', '2026-01-01' FROM practitioners",
    );
    let offered = world.offered("?days=30").await;
    let that_night: Vec<&String> = offered
        .iter()
        .filter(|start| start.as_str() > "2026-04-04T12" && start.as_str() < "2026-04-04T23")
        .collect();
    assert!(!that_night.is_empty());
    // 01:45, twice.
    for start in ["2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"] {
        assert!(!offered.contains(&start.to_owned()));
        world
            .chooses(start)
            .await
            .assert_status(422)
            .assert_text("ne propose pas de rendez-vous à cette heure");
    }
    assert_eq!(world.bookings(), 0);
}

#[tokio::test]
async fn a_format_that_is_missing_or_not_offered_is_asked_again() {
    let world = World::start().await;
    world
        .app
        .sql("UPDATE practitioners SET offers_audio = false");
    for format in ["", "audio", "telepathy", "<script>", &"x".repeat(5000)] {
        let sent = world.books(MONDAY_TEN, format).await;
        sent.assert_status(422)
            .assert_text("Choisissez comment vous souhaitez échanger.")
            .assert_nowhere("telepathy");
        assert_eq!(
            sent.attributes("input[name=format]", "value"),
            ["video", "in_person"]
        );
    }
    assert_eq!(
        world
            .app
            .text("SELECT string_agg(status, ' ') FROM consultations"),
        Some("held".to_owned())
    );
}

#[tokio::test]
async fn a_taken_slot_is_refused_with_the_nearest_ones_a_click_away() {
    let world = World::start().await;
    let stranger = world.app.employee_of(&world.app.company("Rivale"));
    let theirs = world.app.consultation(&stranger, &world.practitioner);
    theirs.at(MONDAY_TEN).confirmed();
    let sent = world.books(MONDAY_TEN, "video").await;
    sent.assert_status(409)
        .assert_text("Quelqu’un vient de réserver ce créneau");
    // Whose it is stays unknown.
    sent.assert_nowhere(&stranger.id.to_string());
    let starts = sent.attributes(".slot-days button", "value");
    assert_eq!(starts.len(), 6, "{starts:?}");
    assert_eq!(starts[0], "2026-03-23T08:00:00Z");
    world.chooses(&starts[0]).await.assert_status(303);
    assert_eq!(world.bookings(), 2);
}

#[tokio::test]
async fn two_appointments_at_one_hour_are_refused_in_their_own_words() {
    let world = World::start().await;
    let other = world.app.practitioner();
    let mine = world.app.consultation(&world.employee, &other);
    mine.at("2026-03-23T09:30:00Z").confirmed();
    let sent = world.books(MONDAY_TEN, "video").await;
    sent.assert_status(409)
        .assert_text("Vous avez déjà un rendez-vous à cette heure");
    let links = sent.attributes("main .alert a", "href");
    assert_eq!(links, ["/employee/consultations"]);
    let offered = world.offered("").await;
    assert!(!offered.contains(&MONDAY_TEN.to_owned()));
    assert_eq!(world.bookings(), 1);
}

#[tokio::test]
async fn a_suspended_company_books_nothing_and_is_told_why() {
    let world = World::start().await;
    world.app.sql("UPDATE companies SET status = 'suspended'");
    assert!(world.offered("").await.is_empty());
    let page = world.client.get(&world.profile()).await;
    page.assert_text("La prise de rendez-vous est suspendue");
    let sent = world.books(MONDAY_TEN, "video").await;
    sent.assert_status(409)
        .assert_text("L’accès de votre entreprise est suspendu");
    assert_eq!(world.bookings(), 0);
}

#[tokio::test]
async fn a_practitioner_without_room_for_new_people_keeps_those_who_already_come() {
    let world = World::start().await;
    world
        .app
        .sql("UPDATE practitioners SET accepting_new_clients = false");
    let sent = world.books(MONDAY_TEN, "video").await;
    sent.assert_status(409)
        .assert_text("n’accueille pas de nouvelles personnes");
    let results = world.client.get("/employee/booking").await;
    results.assert_text("N’accueille pas de nouvelles personnes");

    let earlier = || world.app.consultation(&world.employee, &world.practitioner);
    earlier().at("2026-03-02T09:00:00Z").cancelled();
    let sent = world.books(MONDAY_TEN, "video").await;
    sent.assert_status(409);

    earlier().at("2026-03-03T09:00:00Z").completed(3_000);
    let sent = world.books(MONDAY_TEN, "video").await;
    sent.assert_status(303);
}

#[tokio::test]
async fn only_verified_and_active_practitioners_exist() {
    let world = World::start().await;
    let hidden = [world.app.practitioner(), world.app.practitioner()];
    world.app.sql(&format!(
        "UPDATE practitioners SET verification = 'pending' WHERE user_id = '{}';
         UPDATE users SET status = 'suspended' WHERE id = '{}'",
        hidden[0].id, hidden[1].id
    ));
    let results = world.client.get("/employee/booking").await;
    assert_eq!(results.texts(".result h2").len(), 1);
    let nobody = Uuid::new_v4();
    for id in [hidden[0].id, hidden[1].id, world.employee.id, nobody] {
        let path = format!("/employee/booking/{id}");
        world.client.get(&path).await.assert_status(404);
        let holds = format!("{path}/holds");
        let sent = world.client.post(&holds, &[("start", MONDAY_TEN)]).await;
        sent.assert_status(404);
    }
    for text in ["42", "%00", "'--"] {
        let path = format!("/employee/booking/{text}");
        world.client.get(&path).await.assert_status(404);
    }
    assert_eq!(world.bookings(), 0);
}

#[tokio::test]
async fn hours_are_the_employees_own_and_the_practitioners_are_told_when_they_differ() {
    let world = World::start().await;
    world
        .app
        .sql("UPDATE users SET timezone = 'America/Montreal' WHERE role = 'employee'");
    let profile = world.client.get(&world.profile()).await;
    profile.assert_text("Montreal").assert_text("Paris");
    // Clocks changed in Montreal two weeks before those of Paris.
    let kept = world.chooses(MONDAY_TEN).await;
    world
        .client
        .follow(&kept)
        .await
        .assert_text("lundi 23\u{a0}mars 2026 à 5\u{a0}h\u{a0}00")
        .assert_text("lundi 23\u{a0}mars 2026 à 10\u{a0}h\u{a0}00");
}

#[tokio::test]
async fn days_are_paged_up_to_the_horizon() {
    let world = World::start().await;
    // Seven a day: from 9 to 12 and from 14 to 18. Today is a Friday, and too close.
    assert_eq!(world.offered("?days=1&from=2026-03-23").await.len(), 7);
    assert_eq!(world.offered("").await.len(), 9 * 7);
    assert_eq!(world.offered("?days=30").await.len(), 20 * 7);
    let all = world.offered("?days=400").await;
    assert_eq!(all, world.offered("?days=60").await);
    for strange in [
        "?days=x&from=y",
        "?from=1999-01-01",
        "?days=0",
        "?from=9999-12-31",
        "?days=-9223372036854775808",
    ] {
        world.offered(strange).await;
    }
    // Beyond the last day that can be booked there is that day.
    let last = world.offered("?days=1&from=2026-05-19").await;
    assert_eq!(last.len(), 7);
    assert_eq!(world.offered("?from=9999-12-31").await, last);
    let beyond = format!("{}?from=9999-12-31", world.profile());
    world
        .client
        .get(&beyond)
        .await
        .assert_text("Le 19\u{a0}mai");
    let page = world.client.get(&world.profile()).await;
    let next = page.attributes(".slots-more a", "href");
    assert_eq!(next, [format!("{}?from=2026-04-03#slots", world.profile())]);
}

#[tokio::test]
async fn a_period_without_a_free_slot_says_where_the_next_is() {
    let world = World::start().await;
    world.app.sql(
        "INSERT INTO availability_exceptions (practitioner_id, day, kind)
         SELECT user_id, day::date, 'closed'
         FROM practitioners, generate_series(date '2026-03-20', date '2026-04-05', interval '1 day') AS day",
    );
    let page = world.client.get(&world.profile()).await;
    page.assert_text("Aucun créneau libre sur ces dates")
        .assert_text("lundi 6\u{a0}avril 2026");
    assert_eq!(
        page.attributes(".empty a", "href"),
        [format!("{}?from=2026-04-06#slots", world.profile())]
    );
}
