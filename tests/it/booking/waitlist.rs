//! The waiting list: who is offered a slot that somebody gave back, and who has it in the end.

mod requests;

use chrono::Duration;
use futures_util::future::join_all;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Company, Employee, Practitioner},
    client::Client,
    page::Page,
};

/// Monday 23 March 2026, 10:00 in Paris.
const MONDAY_TEN: &str = "2026-03-23T09:00:00Z";
/// An hour later.
const MONDAY_ELEVEN: &str = "2026-03-23T10:00:00Z";

const LIST: &str = "/employee/waiting-list";

struct World {
    app: TestApp,
    company: Company,
    practitioner: Practitioner,
    /// Has the appointment that becomes free.
    holder: Client,
    appointment: Uuid,
}

/// Somebody who may wait.
struct Person {
    account: Employee,
    client: Client,
}

impl World {
    /// A practitioner whose Monday at ten is taken.
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let practitioner = app.practitioner();
        let employee = app.employee_of(&company);
        let appointment = app
            .consultation(&employee, &practitioner)
            .at(MONDAY_TEN)
            .confirmed();
        Self {
            holder: app.client().signed_in_as(&employee),
            app,
            company,
            practitioner,
            appointment,
        }
    }

    fn somebody(&self) -> Person {
        let account = self.app.employee_of(&self.company);
        Person {
            client: self.app.client().signed_in_as(&account),
            account,
        }
    }

    /// Somebody in line for the practitioner, after everybody before.
    async fn somebody_waiting(&self) -> Person {
        let person = self.somebody();
        self.waits(&person, &[]).await;
        person
    }

    async fn waits(&self, person: &Person, fields: &[(&str, &str)]) {
        let practitioner = self.practitioner.id.to_string();
        let mut all = vec![("practitioner", practitioner.as_str())];
        if !fields
            .iter()
            .any(|(name, _)| name.ends_with("day") && *name != "last_day")
        {
            all.push(("monday", "true"));
        }
        all.extend(fields);
        person.client.post(LIST, &all).await.assert_status(303);
        self.app.clock.advance(Duration::seconds(1));
    }

    /// The appointment is cancelled by who has it.
    async fn cancels(&self) {
        let path = format!("/employee/consultations/{}/cancellation", self.appointment);
        self.holder.post(&path, &[]).await.assert_status(303);
        assert_eq!(
            self.app.text(&format!(
                "SELECT status FROM consultations WHERE id = '{}'",
                self.appointment
            )),
            Some("cancelled".to_owned())
        );
    }

    /// The appointment is cancelled, and the line is asked.
    async fn is_freed(&self) {
        self.cancels().await;
        self.app.run_jobs().await;
    }

    async fn holds(&self, person: &Person, start: &str) -> Page {
        let path = format!("/employee/booking/{}/holds", self.practitioner.id);
        person.client.post(&path, &[("start", start)]).await
    }

    async fn later(&self, minutes: i64) {
        self.app.clock.advance(Duration::minutes(minutes));
        self.app.run_jobs().await;
    }

    fn offers(&self, status: &str) -> i64 {
        self.app.count(&format!(
            "SELECT count(*) FROM waitlist_offers WHERE status = '{status}'"
        ))
    }

    /// What keeps Monday at ten from being booked.
    fn live_at_ten(&self) -> i64 {
        self.app.count(&format!(
            "SELECT count(*) FROM consultations WHERE starts_at = '{MONDAY_TEN}'
             AND status IN ('held', 'scheduled', 'confirmed')"
        ))
    }
}

impl Person {
    /// The hold that is offered to them, if any.
    fn hold(&self, world: &World) -> Option<Uuid> {
        let text = world.app.text(&format!(
            "SELECT consultation_id FROM waitlist_offers WHERE status = 'pending' AND employee_id = '{}'",
            self.account.id
        ));
        text.map(|id| id.parse().expect("an id"))
    }

    fn is_offered(&self, world: &World) -> bool {
        self.hold(world).is_some()
    }

    async fn accepts(&self, world: &World) -> Page {
        let hold = self.hold(world).expect("an offer");
        self.confirms(world, hold).await
    }

    async fn confirms(&self, world: &World, hold: Uuid) -> Page {
        let path = format!(
            "/employee/booking/{}/holds/{hold}/confirmation",
            world.practitioner.id
        );
        self.client.post(&path, &[("format", "video")]).await
    }

    /// With the button of the page.
    async fn declines(&self) -> Page {
        let page = self.client.get(LIST).await;
        let action = page
            .attributes("form[action$='/decline']", "action")
            .pop()
            .expect("an offer to decline");
        self.client.submit(&page, &action, &[]).await
    }
}

#[tokio::test]
async fn a_freed_slot_is_kept_for_the_first_in_line_who_is_told() {
    let world = World::start().await;
    let first = world.somebody_waiting().await;
    let second = world.somebody_waiting().await;
    let stranger = world.somebody();

    world.is_freed().await;

    assert!(first.is_offered(&world) && !second.is_offered(&world));
    let page = first.client.get(LIST).await;
    page.assert_ok()
        .assert_text("Un créneau s’est libéré pour vous")
        .assert_text("lundi 23\u{a0}mars 2026 à 10\u{a0}h\u{a0}00")
        .assert_text(&world.practitioner.last_name);
    let mails: Vec<_> = world.app.mails();
    assert!(mails.iter().any(|mail| mail.to == first.account.email));
    assert!(!mails.iter().any(|mail| mail.to == second.account.email));
    first
        .client
        .get("/employee/notifications")
        .await
        .assert_ok()
        .assert_text("lundi 23\u{a0}mars 2026");
    // Nobody else can have it, in line or not.
    for other in [&second, &stranger] {
        world.holds(other, MONDAY_TEN).await.assert_status(409);
    }
    second
        .client
        .get(LIST)
        .await
        .assert_ok()
        .assert_nowhere("Un créneau s’est libéré");
    // The practitioner learns of nobody who only thinks about it.
    let practice = world.app.client().signed_in_as(&world.practitioner);
    practice
        .get("/practitioner/consultations")
        .await
        .assert_ok()
        .assert_nowhere(&first.account.last_name);
}

#[tokio::test]
async fn accepting_books_the_slot_and_ends_the_request() {
    let world = World::start().await;
    let first = world.somebody_waiting().await;
    let second = world.somebody_waiting().await;
    world.is_freed().await;
    let page = first.client.get(LIST).await;
    let accept = page
        .attributes("a[href*='/holds/']", "href")
        .pop()
        .expect("a way to accept");
    first.client.get(&accept).await.assert_ok();

    first.accepts(&world).await.assert_status(303);

    assert_eq!((world.offers("accepted"), world.offers("pending")), (1, 0));
    let booked = world.app.text(&format!(
        "SELECT employee_id || ' ' || status FROM consultations WHERE starts_at = '{MONDAY_TEN}' AND status <> 'cancelled'"
    ));
    assert_eq!(booked, Some(format!("{} scheduled", first.account.id)));
    first
        .client
        .get(LIST)
        .await
        .assert_text("Vous n’attendez aucun créneau");
    world.later(60).await;
    assert!(!second.is_offered(&world));
    assert_eq!(world.live_at_ten(), 1);
}

#[tokio::test]
async fn declined_or_unanswered_it_goes_to_the_next_and_then_to_everybody() {
    let world = World::start().await;
    let first = world.somebody_waiting().await;
    let second = world.somebody_waiting().await;
    let stranger = world.somebody();
    world.is_freed().await;

    first.declines().await.assert_status(303);
    world.app.run_jobs().await;
    assert!(!first.is_offered(&world) && second.is_offered(&world));

    world.later(29).await;
    assert!(second.is_offered(&world));
    world.later(2).await;
    assert!(!first.is_offered(&world) && !second.is_offered(&world));
    assert_eq!((world.offers("declined"), world.offers("expired")), (1, 1));
    assert_eq!(
        world.live_at_ten(),
        0,
        "no trace of an offer that came to nothing"
    );
    world.holds(&stranger, MONDAY_TEN).await.assert_status(303);

    // Whoever declined keeps the place, whoever did not answer is last.
    let line = world.app.text(
        "SELECT string_agg(employee_id::text, ' ' ORDER BY queued_at) FROM waitlist_requests WHERE status = 'waiting'",
    );
    assert_eq!(
        line,
        Some(format!("{} {}", first.account.id, second.account.id))
    );
}

#[tokio::test]
async fn between_giving_back_and_asking_the_line_nobody_is_faster() {
    let world = World::start().await;
    let stranger = world.somebody();
    let waiting = world.somebody_waiting().await;
    world.cancels().await;
    world.holds(&stranger, MONDAY_TEN).await.assert_status(409);
    let profile = format!("/employee/booking/{}", world.practitioner.id);
    stranger
        .client
        .get(&profile)
        .await
        .assert_ok()
        .assert_nowhere(MONDAY_TEN);
    world.app.run_jobs().await;
    assert!(waiting.is_offered(&world));
}

#[tokio::test]
async fn a_slot_that_nobody_waits_for_is_everybody_s_at_once() {
    let world = World::start().await;
    let stranger = world.somebody();
    world.cancels().await;
    assert_eq!(world.app.count("SELECT count(*) FROM freed_slots"), 0);
    world.holds(&stranger, MONDAY_TEN).await.assert_status(303);
}

#[tokio::test]
async fn nobody_is_offered_what_they_could_not_book() {
    let world = World::start().await;
    let elsewhere = world.app.practitioner();
    let busy = world.somebody_waiting().await;
    world
        .app
        .consultation(&busy.account, &elsewhere)
        .at(MONDAY_TEN)
        .confirmed();
    let suspended = world.somebody_waiting().await;
    world.app.sql(&format!(
        "UPDATE users SET status = 'suspended' WHERE id = '{}'",
        suspended.account.id
    ));
    let tuesdays = world.somebody();
    world.waits(&tuesdays, &[("tuesday", "true")]).await;
    let afternoons = world.somebody();
    world.waits(&afternoons, &[("from", "14:00")]).await;
    let sooner = world.somebody();
    world.waits(&sooner, &[("last_day", "2026-03-22")]).await;
    // Sees the practitioner before that already.
    let served = world.somebody_waiting().await;
    world
        .app
        .consultation(&served.account, &world.practitioner)
        .at("2026-03-23T08:00:00Z")
        .confirmed();
    let free = world.somebody_waiting().await;

    world.is_freed().await;

    for person in [&busy, &suspended, &tuesdays, &afternoons, &sooner, &served] {
        assert!(!person.is_offered(&world), "{}", person.account.email);
    }
    assert!(free.is_offered(&world));
}

#[tokio::test]
async fn a_suspended_company_and_a_full_practice_are_offered_nothing() {
    for obstacle in [
        "UPDATE companies SET status = 'suspended'",
        "UPDATE practitioners SET accepting_new_clients = false",
        "UPDATE practitioners SET minimum_notice_hours = 200",
        "UPDATE practitioners SET verification = 'rejected'",
        "INSERT INTO availability_exceptions (practitioner_id, day, kind)
         SELECT user_id, '2026-03-23', 'closed' FROM practitioners",
    ] {
        let world = World::start().await;
        let waiting = world.somebody_waiting().await;
        world.cancels().await;
        world.app.sql(obstacle);
        world.app.run_jobs().await;
        assert!(!waiting.is_offered(&world), "{obstacle}");
        assert_eq!(world.live_at_ten(), 0, "{obstacle}");
        assert_eq!(
            world
                .app
                .count("SELECT count(*) FROM freed_slots WHERE settled_at IS NULL"),
            0,
            "{obstacle}"
        );
    }
}

#[tokio::test]
async fn whoever_gave_it_back_is_not_asked_to_take_it() {
    let world = World::start().await;
    let practitioner = world.practitioner.id.to_string();
    let fields = [("practitioner", practitioner.as_str()), ("monday", "true")];
    world.holder.post(LIST, &fields).await.assert_status(303);
    world.is_freed().await;
    assert_eq!(world.app.count("SELECT count(*) FROM waitlist_offers"), 0);
}

#[tokio::test]
async fn two_freed_slots_go_to_two_people_however_many_workers_ask() {
    let world = World::start().await;
    let other = world.somebody();
    let second_appointment = world
        .app
        .consultation(&other.account, &world.practitioner)
        .at(MONDAY_ELEVEN)
        .confirmed();
    let (first, second) = (
        world.somebody_waiting().await,
        world.somebody_waiting().await,
    );
    world.cancels().await;
    let path = format!("/employee/consultations/{second_appointment}/cancellation");
    other.client.post(&path, &[]).await.assert_status(303);

    // The bell rings often, on several servers at once.
    world.app.sql(
        "INSERT INTO jobs (kind, payload, run_at)
         SELECT 'booking.offer_freed_slots', '{}', '2026-03-20' FROM generate_series(1, 8)",
    );
    join_all((0..4).map(|_| world.app.run_jobs())).await;

    assert!(first.is_offered(&world) && second.is_offered(&world));
    assert_eq!(world.offers("pending"), 2);
    assert_eq!(
        world
            .app
            .count("SELECT count(DISTINCT starts_at) FROM waitlist_offers"),
        2
    );
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM consultations WHERE status = 'held'"),
        2
    );
}

#[tokio::test]
async fn one_person_gets_one_offer_at_a_time() {
    let world = World::start().await;
    let other = world.somebody();
    let second_appointment = world
        .app
        .consultation(&other.account, &world.practitioner)
        .at(MONDAY_ELEVEN)
        .confirmed();
    let only = world.somebody_waiting().await;
    world.cancels().await;
    let path = format!("/employee/consultations/{second_appointment}/cancellation");
    other.client.post(&path, &[]).await.assert_status(303);
    join_all((0..3).map(|_| world.app.run_jobs())).await;
    assert!(only.is_offered(&world));
    assert_eq!(world.app.count("SELECT count(*) FROM waitlist_offers"), 1);
    let held = world
        .app
        .count("SELECT count(*) FROM consultations WHERE status = 'held'");
    assert_eq!(held, 1, "the other slot is everybody's");
}

#[tokio::test]
async fn an_answer_that_races_the_end_of_the_offer_has_one_outcome() {
    for _ in 0..6 {
        let world = World::start().await;
        let first = world.somebody_waiting().await;
        world.is_freed().await;
        let hold = first.hold(&world).expect("an offer");
        // The clock of the worker that ends it is a minute ahead of the half hour.
        let end = "DO $$ BEGIN
             PERFORM hz.end_offer(id, expires_at + interval '1 minute') FROM waitlist_offers; END $$";
        let mut worker = crate::support::cluster::Cluster::shared().connect(&world.app.database);
        let ended = tokio::task::spawn_blocking(move || {
            use diesel::connection::SimpleConnection as _;
            worker.batch_execute(end)
        });
        let (accepted, ended) = futures_util::join!(first.confirms(&world, hold), ended);
        ended.expect("no panic").expect("no deadlock");
        let outcome = (
            world.offers("accepted"),
            world.offers("expired"),
            world.live_at_ten(),
        );
        match accepted.status {
            303 => assert_eq!(outcome, (1, 0, 1)),
            _ => assert_eq!(outcome, (0, 1, 0)),
        }
    }
}

#[tokio::test]
async fn accepting_and_declining_at_once_have_one_outcome() {
    let world = World::start().await;
    let first = world.somebody_waiting().await;
    world.is_freed().await;
    let hold = first.hold(&world).expect("an offer");
    let offer = world
        .app
        .text("SELECT id FROM waitlist_offers")
        .expect("an offer");
    let decline = format!("{LIST}/offers/{offer}/decline");
    let accepts = join_all((0..4).map(|_| first.confirms(&world, hold)));
    let declines = join_all((0..4).map(|_| first.client.post(&decline, &[])));
    let (accepts, declines) = futures_util::join!(accepts, declines);
    assert!(accepts.iter().all(|page| page.status < 500));
    assert!(declines.iter().all(|page| page.status == 303));
    let outcome = (
        world.offers("accepted"),
        world.offers("declined"),
        world.live_at_ten(),
    );
    assert!(outcome == (1, 0, 1) || outcome == (0, 1, 0), "{outcome:?}");
}

#[tokio::test]
async fn after_the_half_hour_it_cannot_be_accepted() {
    let world = World::start().await;
    let first = world.somebody_waiting().await;
    world.is_freed().await;
    world.app.clock.advance(Duration::minutes(31));
    let refused = first.accepts(&world).await;
    assert!(
        matches!(refused.status, 404 | 409 | 410),
        "{}",
        refused.status
    );
    first
        .client
        .get(LIST)
        .await
        .assert_ok()
        .assert_nowhere("Un créneau s’est libéré");
    assert_eq!(world.offers("accepted"), 0);
}
