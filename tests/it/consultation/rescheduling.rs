//! Another time for the same appointment.

use chrono::Duration;
use futures_util::future::join_all;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Company, Employee, Practitioner},
    client::Client,
    page::Page,
};

/// Where appointments are put: Monday, 10:00 in Paris.
const MONDAY_TEN: &str = "2026-03-23T09:00:00Z";
const TUESDAY_NINE: &str = "2026-03-24T08:00:00Z";

struct World {
    app: TestApp,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    patient: Client,
    doctor: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        let practitioner = app.practitioner();
        Self {
            patient: app.client().signed_in_as(&employee),
            doctor: app.client().signed_in_as(&practitioner),
            company,
            employee,
            practitioner,
            app,
        }
    }

    fn confirmed(&self) -> Uuid {
        self.app
            .consultation(&self.employee, &self.practitioner)
            .confirmed()
    }

    fn state(&self, id: Uuid) -> String {
        self.app
            .text(&format!(
                "SELECT concat_ws(' ', status, starts_at, ends_at - starts_at, blocked_until - ends_at, revision)
                 FROM consultations WHERE id = '{id}'"
            ))
            .expect("the consultation")
    }

    fn events(&self, id: Uuid) -> String {
        self.app
            .text(&format!(
                "SELECT string_agg(concat_ws(' ', kind, previous_starts_at), ', ' ORDER BY kind)
                 FROM consultation_events WHERE consultation_id = '{id}'"
            ))
            .unwrap_or_default()
    }
}

const STAYED: &str = "confirmed 2026-03-23 09:00:00+00 00:50:00 00:10:00 0";

fn path(space: &str, id: Uuid) -> String {
    format!("/{space}/consultations/{id}/rescheduling")
}

async fn moves(client: &Client, space: &str, id: Uuid, start: &str) -> Page {
    client.post(&path(space, id), &[("start", start)]).await
}

#[tokio::test]
async fn an_employee_moves_an_appointment_and_the_old_hour_is_free_again() {
    let world = World::start().await;
    let id = world.confirmed();
    let page = world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await;
    page.assert_text(
        "Vous pouvez déplacer ou annuler ce rendez-vous jusqu’au dimanche 22\u{a0}mars 2026",
    );
    let calendar = world.patient.get(&path("employee", id)).await;
    calendar.assert_ok();
    let offered = calendar.attributes(".slot-days a", "href");
    let link = |start: &str| format!("{}?start={start}", path("employee", id));
    assert!(offered.contains(&link(TUESDAY_NINE)));
    assert!(
        !offered.contains(&link(MONDAY_TEN)),
        "its own hour is no other"
    );
    // Its own buffer is not in its way.
    assert!(offered.contains(&link("2026-03-23T08:00:00Z")));

    let question = world.patient.get(&link(TUESDAY_NINE)).await;
    question
        .assert_ok()
        .assert_text("mardi 24\u{a0}mars 2026 à 9\u{a0}h\u{a0}00")
        .assert_text("À la place du lundi 23\u{a0}mars 2026 à 10\u{a0}h\u{a0}00");
    let sent = world
        .patient
        .submit(&question, &path("employee", id), &[])
        .await;
    sent.assert_see_other(&format!("/employee/consultations/{id}"));
    world
        .patient
        .follow(&sent)
        .await
        .assert_text("Le rendez-vous est déplacé")
        .assert_text("Déplacé · vous")
        .assert_text("Avant\u{a0}: lundi 23\u{a0}mars 2026 à 10\u{a0}h\u{a0}00");
    let moved = "confirmed 2026-03-24 08:00:00+00 00:50:00 00:10:00 1";
    assert_eq!(world.state(id), moved);
    assert_eq!(world.events(id), "rescheduled 2026-03-23 09:00:00+00");
    assert_eq!(world.app.count("SELECT count(*) FROM consultations"), 1);

    let free = world
        .patient
        .get(&format!("/employee/booking/{}", world.practitioner.id))
        .await;
    let free = free.text();
    assert!(free.contains(MONDAY_TEN), "the old hour is not free again");
    assert!(!free.contains(TUESDAY_NINE));

    // A second click, and another tab that asks for the same.
    let again = moves(&world.patient, "employee", id, TUESDAY_NINE).await;
    again.assert_see_other(&format!("/employee/consultations/{id}"));
    assert_eq!(world.state(id), moved);
    assert_eq!(world.events(id), "rescheduled 2026-03-23 09:00:00+00");
}

#[tokio::test]
async fn within_the_notice_the_employee_stays_and_the_practitioner_may_still_move() {
    let world = World::start().await;
    let id = world.confirmed();
    // To 24 hours before, and a second.
    world
        .app
        .clock
        .advance(Duration::hours(48) + Duration::seconds(1));
    let own = format!("/employee/consultations/{id}");
    let page = world.patient.get(&own).await;
    page.assert_ok()
        .assert_text("ce rendez-vous ne peut plus être déplacé");
    let links = page.attributes("a", "href");
    assert!(!links.contains(&path("employee", id)));
    world
        .patient
        .get(&path("employee", id))
        .await
        .assert_see_other(&own);
    let sent = moves(&world.patient, "employee", id, TUESDAY_NINE).await;
    sent.assert_see_other(&own);
    world.patient.follow(&sent).await.assert_text(
        "Ce n’est plus possible depuis le dimanche 22\u{a0}mars 2026 à 10\u{a0}h\u{a0}00",
    );
    assert_eq!(world.state(id), STAYED);

    let sent = moves(&world.doctor, "practitioner", id, TUESDAY_NINE).await;
    sent.assert_see_other(&format!("/practitioner/consultations/{id}"));
    assert_eq!(
        world.state(id),
        "confirmed 2026-03-24 08:00:00+00 00:50:00 00:10:00 1"
    );
}

#[tokio::test]
async fn the_notice_is_the_company_s_own_or_else_the_platform_s() {
    let world = World::start().await;
    let id = world.confirmed();
    let may_move = async || {
        let page = world
            .patient
            .get(&format!("/employee/consultations/{id}"))
            .await;
        page.attributes("a", "href").contains(&path("employee", id))
    };
    // It is 72 hours before.
    assert!(may_move().await);
    world
        .app
        .sql("UPDATE platform_settings SET cancellation_notice_hours = 73");
    assert!(!may_move().await);
    world.app.sql(&format!(
        "UPDATE companies SET cancellation_notice_hours = 72 WHERE id = '{}'",
        world.company.id
    ));
    assert!(may_move().await);
    world
        .app
        .sql("UPDATE companies SET cancellation_notice_hours = 0");
    world.app.clock.advance(Duration::hours(72));
    assert!(may_move().await, "until the start, without notice");
}

#[tokio::test]
async fn a_start_that_no_page_offered_moves_nothing_and_says_why() {
    let world = World::start().await;
    let id = world.confirmed();
    let stranger = world.app.employee_of(&world.app.company("Rivale"));
    world
        .app
        .consultation(&stranger, &world.practitioner)
        .at(TUESDAY_NINE)
        .confirmed();
    for (start, status, said) in [
        ("2026-03-16T09:00:00Z", 422, "déjà passée"),
        ("2026-03-20T13:00:00Z", 409, "trop proche"),
        ("2026-09-21T08:00:00Z", 422, "pas encore ouvert"),
        ("2026-03-24T09:07:00Z", 422, "ne propose pas"),
        ("2026-03-29T00:30:00Z", 422, "ne propose pas"),
        (TUESDAY_NINE, 409, "Ce créneau n’est pas libre"),
        ("demain matin", 422, "pas pu être lue"),
        ("", 422, "pas pu être lue"),
        ("<script>alert(1)</script>", 422, "pas pu être lue"),
    ] {
        let sent = moves(&world.patient, "employee", id, start).await;
        sent.assert_status(status)
            .assert_text(said)
            .assert_text("Votre rendez-vous n’a pas changé")
            .assert_nowhere("<script>alert")
            .assert_nowhere(&stranger.id.to_string());
        if !start.is_empty() {
            let query = serde_urlencoded::to_string([("start", start)]).expect("a query");
            let shown = world
                .patient
                .get(&format!("{}?{query}", path("employee", id)))
                .await;
            shown.assert_status(status).assert_text(said);
        }
    }
    assert_eq!(world.state(id), STAYED);
    assert_eq!(world.events(id), "");
}

#[tokio::test]
async fn only_what_waits_for_its_hour_moves() {
    let world = World::start().await;
    let new = || world.app.consultation(&world.employee, &world.practitioner);
    for id in [
        new().at("2026-03-23T08:00:00Z").in_progress(),
        new().at("2026-03-23T10:00:00Z").completed(3_000),
        new().at("2026-03-23T13:00:00Z").cancelled(),
        new().at("2026-03-23T14:00:00Z").no_show(),
    ] {
        let before = world.state(id);
        for (client, space) in [
            (&world.patient, "employee"),
            (&world.doctor, "practitioner"),
        ] {
            let sent = moves(client, space, id, TUESDAY_NINE).await;
            sent.assert_see_other(&format!("/{space}/consultations/{id}"));
            client.follow(&sent).await.assert_text("Rien n’a changé");
        }
        assert_eq!(world.state(id), before);
    }
}

#[tokio::test]
async fn a_practitioner_who_chooses_the_hour_confirms_it() {
    let world = World::start().await;
    let id = world
        .app
        .consultation(&world.employee, &world.practitioner)
        .scheduled();
    let page = world.doctor.get(&path("practitioner", id)).await;
    page.assert_ok();
    // Their own calendar, without the notice that employees give.
    let today = format!("{}?start=2026-03-20T13:00:00Z", path("practitioner", id));
    assert!(page.attributes(".slot-days a", "href").contains(&today));
    let sent = moves(&world.doctor, "practitioner", id, "2026-03-20T13:00:00Z").await;
    sent.assert_see_other(&format!("/practitioner/consultations/{id}"));
    assert_eq!(
        world.state(id),
        "confirmed 2026-03-20 13:00:00+00 00:50:00 00:10:00 1"
    );
    assert_eq!(
        world.events(id),
        "confirmed, rescheduled 2026-03-23 09:00:00+00"
    );
    // The employee's own move asks nobody, and confirms nothing.
    let other = world
        .app
        .consultation(&world.employee, &world.practitioner)
        .scheduled();
    moves(&world.patient, "employee", other, TUESDAY_NINE)
        .await
        .assert_status(303);
    assert!(world.state(other).starts_with("scheduled 2026-03-24 08:00"));
}

#[tokio::test]
async fn a_practitioner_learns_nothing_of_the_other_appointments_of_whoever_comes() {
    let world = World::start().await;
    let id = world.confirmed();
    let other = world.app.practitioner();
    world
        .app
        .consultation(&world.employee, &other)
        .at(TUESDAY_NINE)
        .confirmed();
    let page = world.doctor.get(&path("practitioner", id)).await;
    let link = format!("{}?start={TUESDAY_NINE}", path("practitioner", id));
    assert!(page.attributes(".slot-days a", "href").contains(&link));
    let sent = moves(&world.doctor, "practitioner", id, TUESDAY_NINE).await;
    sent.assert_status(409)
        .assert_text("Ce créneau n’est pas libre")
        .assert_nowhere(&other.last_name);
    assert_eq!(world.state(id), STAYED);
    // The employee is told what it is.
    let sent = moves(&world.patient, "employee", id, TUESDAY_NINE).await;
    sent.assert_status(409)
        .assert_text("Un de vos rendez-vous a lieu en même temps");
}

#[tokio::test]
async fn a_practitioner_who_left_or_a_suspended_company_moves_nothing() {
    let world = World::start().await;
    let id = world.confirmed();
    let own = format!("/employee/consultations/{id}");
    world.app.sql("UPDATE companies SET status = 'suspended'");
    let sent = moves(&world.patient, "employee", id, TUESDAY_NINE).await;
    sent.assert_see_other(&own);
    let page = world.patient.follow(&sent).await;
    page.assert_text("ne peut pas être déplacé, mais il a bien lieu");
    world.app.sql(
        "UPDATE companies SET status = 'active'; UPDATE practitioners SET verification = 'pending'",
    );
    let sent = moves(&world.patient, "employee", id, TUESDAY_NINE).await;
    sent.assert_see_other(&own);
    let page = world.patient.follow(&sent).await;
    page.assert_text("Ce praticien ne propose plus de créneaux");
    assert_eq!(world.state(id), STAYED);
}

#[tokio::test]
async fn of_64_people_who_move_to_one_hour_one_has_it_and_63_keep_theirs() {
    let app = TestApp::start().await;
    let companies = [app.company("TechCorp"), app.company("Rivale")];
    let practitioner = app.practitioner();
    // Every hour of two weeks, from the second week on.
    let starts: Vec<String> = [30, 31]
        .into_iter()
        .map(|day| format!("2026-03-{day}"))
        .chain((1..11).map(|day| format!("2026-04-{day:02}")))
        .flat_map(|day| (7..15).map(move |hour| format!("{day}T{hour:02}:00:00Z")))
        .take(64)
        .collect();
    let people: Vec<(Client, Uuid)> = starts
        .iter()
        .enumerate()
        .map(|(number, start)| {
            let employee = app.employee_of(&companies[number % 2]);
            let id = app
                .consultation(&employee, &practitioner)
                .at(start)
                .confirmed();
            (app.client().signed_in_as(&employee), id)
        })
        .collect();
    let attempts = people
        .iter()
        .map(|(client, id)| moves(client, "employee", *id, TUESDAY_NINE));
    let (won, lost): (Vec<_>, Vec<_>) = join_all(attempts)
        .await
        .into_iter()
        .partition(|page| page.status == 303);
    assert_eq!((won.len(), lost.len()), (1, 63));
    for page in lost {
        page.assert_status(409)
            .assert_text("Ce créneau n’est pas libre. Votre rendez-vous n’a pas changé.");
        assert!(!page.attributes(".slot-days a", "href").is_empty());
    }
    let there = format!("SELECT count(*) FROM consultations WHERE starts_at = '{TUESDAY_NINE}'");
    assert_eq!(app.count(&there), 1);
    assert_eq!(
        app.count("SELECT count(*) FROM consultations WHERE revision = 0"),
        63
    );
    assert_eq!(app.count("SELECT count(*) FROM consultation_events"), 1);
}

#[tokio::test]
async fn one_appointment_moved_from_many_tabs_is_in_one_place() {
    let world = World::start().await;
    let id = world.confirmed();
    let starts: Vec<String> = (24..28)
        .flat_map(|day| [8, 9, 13, 14].map(|hour| format!("2026-03-{day}T{hour:02}:00:00Z")))
        .collect();
    let attempts = starts.iter().enumerate().map(|(number, start)| {
        if number % 2 == 0 {
            moves(&world.patient, "employee", id, start)
        } else {
            moves(&world.doctor, "practitioner", id, start)
        }
    });
    for page in join_all(attempts).await {
        page.assert_status(303);
    }
    // One after the other, each a move of its own.
    let moved = world.app.count("SELECT revision FROM consultations");
    assert_eq!(moved, 16);
    assert_eq!(
        world.app.count("SELECT count(*) FROM consultation_events"),
        16
    );
    assert_eq!(world.app.count("SELECT count(*) FROM consultations"), 1);
}
