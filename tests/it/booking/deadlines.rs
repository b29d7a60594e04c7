//! A booking that its practitioner does not confirm in time is released, and both are told.

use chrono::Duration;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    client::Client,
};

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

    /// Books; the path of the appointment.
    async fn books(&self, start: &str) -> String {
        let holds = format!("/employee/booking/{}/holds", self.practitioner.id);
        let kept = self.client.post(&holds, &[("start", start)]).await;
        kept.assert_status(303);
        let path = format!("{}/confirmation", kept.location());
        let done = self.client.post(&path, &[("format", "video")]).await;
        done.assert_status(303);
        done.location().to_owned()
    }

    async fn after(&self, wait: Duration) {
        self.app.clock.advance(wait);
        self.app.run_jobs().await;
    }

    fn status(&self) -> Option<String> {
        self.app.text("SELECT status FROM consultations")
    }

    /// Subjects of the mails to somebody.
    fn told(&self, email: &str) -> Vec<String> {
        let mails = self.app.mails();
        let to_them = mails.iter().filter(|mail| mail.to == email);
        to_them.map(|mail| mail.text.clone()).collect()
    }
}

#[tokio::test]
async fn a_day_without_confirmation_gives_the_slot_back_and_tells_both() {
    let world = World::start().await;
    let path = world.books("2026-03-25T09:00:00Z").await;
    world
        .after(Duration::hours(24) - Duration::minutes(1))
        .await;
    assert_eq!(world.status().as_deref(), Some("scheduled"));
    world.after(Duration::minutes(1)).await;
    assert_eq!(world.status().as_deref(), Some("cancelled"));

    let employee = world.told(&world.employee.email);
    let practitioner = world.told(&world.practitioner.email);
    assert_eq!((employee.len(), practitioner.len()), (2, 2));
    assert!(
        employee[1].contains("n’a pas été confirmé"),
        "{}",
        employee[1]
    );
    assert!(
        practitioner[1].contains("pas été confirmé à temps"),
        "{}",
        practitioner[1]
    );

    let client = world.app.client().signed_in_as(&world.employee);
    let page = client.get(&path).await;
    page.assert_ok().assert_text("Annulé · HuntZen Care");
    let event = world.app.text(
        "SELECT concat_ws(' ', kind, actor_id) FROM consultation_events ORDER BY occurred_at DESC LIMIT 1",
    );
    assert_eq!(event.as_deref(), Some("cancelled"));
    let slots = client
        .get(&format!("/employee/booking/{}", world.practitioner.id))
        .await;
    let free = slots.attributes(".slot-days button", "value");
    assert!(free.contains(&"2026-03-25T09:00:00Z".to_owned()));

    // Too late to confirm, and told once.
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let practice = path.replace("/employee/", "/practitioner/");
    doctor.post(&format!("{practice}/confirmation"), &[]).await;
    assert_eq!(world.status().as_deref(), Some("cancelled"));
    world.after(Duration::minutes(5)).await;
    assert_eq!(world.app.mails().len(), 4);
}

#[tokio::test]
async fn the_deadline_is_never_after_the_start() {
    let world = World::start().await;
    world
        .app
        .sql("UPDATE practitioners SET minimum_notice_hours = 1");
    // In seven hours: today at 17:00 in Paris.
    world.books("2026-03-20T16:00:00Z").await;
    assert_eq!(
        world
            .app
            .text("SELECT confirm_by = starts_at FROM consultations"),
        Some("true".to_owned())
    );
    world.after(Duration::hours(7) - Duration::minutes(1)).await;
    assert_eq!(world.status().as_deref(), Some("scheduled"));
    world.after(Duration::minutes(1)).await;
    assert_eq!(world.status().as_deref(), Some("cancelled"));
}

#[tokio::test]
async fn what_was_confirmed_in_time_stays() {
    let world = World::start().await;
    let path = world.books("2026-03-25T09:00:00Z").await;
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let practice = path.replace("/employee/", "/practitioner/");
    doctor.post(&format!("{practice}/confirmation"), &[]).await;
    world.after(Duration::hours(25)).await;
    assert_eq!(world.status().as_deref(), Some("confirmed"));
}
