//! The steps of a consultation, through the screens.

use chrono::Duration;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    client::Client,
    page::Page,
};

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    patient: Client,
    doctor: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        Self {
            patient: app.client().signed_in_as(&employee),
            doctor: app.client().signed_in_as(&practitioner),
            employee,
            practitioner,
            app,
        }
    }

    fn scheduled(&self) -> Uuid {
        self.app
            .consultation(&self.employee, &self.practitioner)
            .scheduled()
    }

    /// The practitioner takes a step and reads what is said.
    async fn step(&self, id: Uuid, step: &str) -> Page {
        let path = format!("/practitioner/consultations/{id}");
        let fields: &[_] = match step {
            "cancellation" => &[("reason", "Un empêchement, pardon.")],
            _ => &[],
        };
        let sent = self.doctor.post(&format!("{path}/{step}"), fields).await;
        sent.assert_see_other(&path);
        let page = self.doctor.follow(&sent).await;
        page.assert_ok();
        page
    }

    /// To a quarter of an hour before the start, and further.
    fn advance_to_start(&self, further: Duration) {
        let start = "2026-03-23T09:00:00Z".parse::<chrono::DateTime<chrono::Utc>>();
        let start = start.expect("a date");
        // Sessions last seven days; three are nothing to them.
        self.app.clock.advance(start - self.app.now() + further);
    }

    fn state(&self, id: Uuid) -> String {
        self.app
            .text(&format!(
                "SELECT concat_ws(' ', status, duration_seconds) FROM consultations WHERE id = '{id}'"
            ))
            .expect("the consultation")
    }

    fn events(&self, id: Uuid) -> String {
        self.app
            .text(&format!(
                "SELECT string_agg(kind, ' ' ORDER BY occurred_at) FROM consultation_events WHERE consultation_id = '{id}'"
            ))
            .unwrap_or_default()
    }
}

#[tokio::test]
async fn a_consultation_is_confirmed_started_and_ended_and_counted_to_the_second() {
    let world = World::start().await;
    let id = world.scheduled();
    let list = world.doctor.get("/practitioner/consultations").await;
    list.assert_ok()
        .assert_text(&world.employee.last_name)
        .assert_text("TechCorp");

    let page = world.step(id, "confirmation").await;
    page.assert_text("Le rendez-vous est confirmé").assert_text(
        "Vous pourrez démarrer à partir du lundi 23\u{a0}mars 2026 à 9\u{a0}h\u{a0}45",
    );
    world.advance_to_start(Duration::minutes(-15));
    let page = world.step(id, "start").await;
    page.assert_text("La consultation a démarré");
    assert_eq!(page.texts("[data-elapsed]"), ["0:00"]);
    world.app.clock.advance(Duration::seconds(3_007));
    let path = format!("/practitioner/consultations/{id}");
    let page = world.doctor.get(&path).await;
    assert_eq!(page.texts("[data-elapsed]"), ["50:07"]);
    let page = world.step(id, "end").await;
    page.assert_text("La consultation est terminée")
        .assert_text("50\u{a0}min");

    assert_eq!(world.state(id), "completed 3007");
    assert_eq!(world.events(id), "confirmed started ended");
    let counted = world.app.text(
        "SELECT concat_ws(' ', consult_count, total_duration_seconds, day) FROM practitioner_activity_daily",
    );
    assert_eq!(counted.as_deref(), Some("1 3007 2026-03-23"));
    let mails = world
        .app
        .count("SELECT count(*) FROM notices WHERE kind = 'confirmed'");
    assert_eq!(mails, 2);
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_text("Cette consultation a duré 50\u{a0}min")
        .assert_text(&world.practitioner.last_name);
}

#[tokio::test]
async fn a_second_click_is_harmless() {
    let world = World::start().await;
    let id = world.scheduled();
    for _ in 0..2 {
        world
            .step(id, "confirmation")
            .await
            .assert_text("Le rendez-vous est confirmé");
    }
    world.advance_to_start(Duration::zero());
    let path = format!("/practitioner/consultations/{id}/start");
    let (one, other) = tokio::join!(world.doctor.post(&path, &[]), world.doctor.post(&path, &[]));
    assert_eq!((one.status, other.status), (303, 303));
    world.app.clock.advance(Duration::seconds(60));
    world.step(id, "start").await;
    world.step(id, "end").await;
    world.app.clock.advance(Duration::seconds(60));
    world
        .step(id, "end")
        .await
        .assert_text("La consultation est terminée");
    assert_eq!(world.state(id), "completed 60");
    assert_eq!(world.events(id), "confirmed started ended");
}

#[tokio::test]
async fn steps_out_of_order_change_nothing_and_say_where_things_are() {
    let world = World::start().await;
    let id = world.scheduled();
    world
        .step(id, "start")
        .await
        .assert_text("attend d’abord d’être confirmé");
    world
        .step(id, "end")
        .await
        .assert_text("attend d’abord d’être confirmé");
    assert_eq!(world.state(id), "scheduled");
    world.step(id, "confirmation").await;
    world
        .step(id, "start")
        .await
        .assert_text("Vous pourrez démarrer à partir du");
    world
        .step(id, "end")
        .await
        .assert_text("n’a pas encore démarré");
    assert_eq!(world.state(id), "confirmed");
    // More than an hour after the planned end.
    world.advance_to_start(Duration::minutes(50 + 61));
    world
        .step(id, "start")
        .await
        .assert_text("Ce n’est plus possible depuis");
    world.step(id, "cancellation").await;
    for step in ["confirmation", "start", "end"] {
        world
            .step(id, step)
            .await
            .assert_text("a été annulé entre-temps");
    }
    assert_eq!(world.state(id), "cancelled");
    assert_eq!(world.events(id), "confirmed cancelled");
}

#[tokio::test]
async fn what_goes_on_can_be_cancelled_by_nobody() {
    let world = World::start().await;
    let id = world
        .app
        .consultation(&world.employee, &world.practitioner)
        .in_progress();
    world
        .step(id, "cancellation")
        .await
        .assert_text("a déjà démarré");
    let path = format!("/employee/consultations/{id}");
    let sent = world
        .patient
        .post(&format!("{path}/cancellation"), &[])
        .await;
    sent.assert_see_other(&path);
    let page = world.patient.follow(&sent).await;
    page.assert_text("a déjà démarré");
    assert_eq!(world.state(id), "in_progress");
    let question = world.patient.get(&format!("{path}/cancellation")).await;
    question.assert_see_other(&path);
}

#[tokio::test]
async fn cancelling_asks_first_frees_the_slot_and_tells_both() {
    let world = World::start().await;
    let id = world.scheduled();
    let path = format!("/employee/consultations/{id}");
    let calendar = format!("/employee/booking/{}", world.practitioner.id);
    let slot = "2026-03-23T09:00:00Z".to_owned();
    let offered = async || {
        let page = world.patient.get(&calendar).await;
        page.attributes(".slot-days button", "value")
            .contains(&slot)
    };
    assert!(!offered().await);
    let page = world.patient.get(&path).await;
    let question = format!("{path}/cancellation");
    assert!(page.attributes("a", "href").contains(&question));
    let asked = world.patient.get(&question).await;
    asked.assert_ok().assert_text("Annuler ce rendez-vous");
    let sent = world.patient.submit(&asked, &question, &[]).await;
    sent.assert_see_other(&path);
    let page = world.patient.follow(&sent).await;
    page.assert_text("Le rendez-vous est annulé")
        .assert_text("Annulé · vous");
    assert!(offered().await, "the slot is not free again");
    assert_eq!(world.state(id), "cancelled");
    let by = world.app.text("SELECT cancelled_by FROM consultations");
    assert_eq!(by, Some(world.employee.id.to_string()));
    let mails = world
        .app
        .count("SELECT count(*) FROM notices WHERE kind = 'cancelled'");
    assert_eq!(mails, 2);
}

#[tokio::test]
async fn an_appointment_whose_hour_is_over_is_no_longer_the_employees_to_cancel() {
    let world = World::start().await;
    let id = world.scheduled();
    world.advance_to_start(Duration::minutes(51));
    let path = format!("/employee/consultations/{id}");
    let page = world.patient.get(&path).await;
    page.assert_ok().assert_text("Horaire passé");
    let sent = world
        .patient
        .post(&format!("{path}/cancellation"), &[])
        .await;
    let page = world.patient.follow(&sent).await;
    page.assert_text("Ce n’est plus possible depuis");
    assert_eq!(world.state(id), "scheduled");
}

#[tokio::test]
async fn another_persons_consultation_does_not_exist() {
    let world = World::start().await;
    let id = world.scheduled();
    let colleague = world
        .app
        .client()
        .signed_in_as(&world.app.employee_of(&world.app.company("Rivale")));
    let other_doctor = world.app.client().signed_in_as(&world.app.practitioner());
    for (client, space) in [(&colleague, "employee"), (&other_doctor, "practitioner")] {
        for suffix in ["", "/cancellation"] {
            let path = format!("/{space}/consultations/{id}{suffix}");
            client.get(&path).await.assert_status(404);
        }
        for step in ["cancellation", "confirmation", "start", "end"] {
            let path = format!("/{space}/consultations/{id}/{step}");
            client.post(&path, &[]).await.assert_status(404);
        }
        let list = client.get(&format!("/{space}/consultations")).await;
        list.assert_ok().assert_nowhere(&id.to_string());
    }
    assert_eq!(world.state(id), "scheduled");
}
