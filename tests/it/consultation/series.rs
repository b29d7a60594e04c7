//! A series that waits for its practitioner, and the deadline that both see.

use chrono::Duration;
use uuid::Uuid;

use crate::{
    notifications::files,
    support::{TestApp, actors::Employee, client::Client},
};

struct World {
    app: TestApp,
    employee: Employee,
    doctor: Client,
    /// Three weeks, one session each.
    sessions: Vec<Uuid>,
}

const STARTS: [&str; 3] = [
    "2026-03-23T09:00:00Z",
    "2026-03-30T08:00:00Z",
    "2026-04-06T08:00:00Z",
];

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        let new = |start| app.consultation(&employee, &practitioner).at(start);
        let sessions: Vec<Uuid> = STARTS.map(|start| new(start).scheduled()).into();
        app.sql(&format!(
            "UPDATE consultations SET series_id = '{}', confirm_by = '{}'",
            sessions[0],
            (app.now() + Duration::hours(24)).to_rfc3339()
        ));
        Self {
            doctor: app.client().signed_in_as(&practitioner),
            employee,
            sessions,
            app,
        }
    }

    fn statuses(&self) -> String {
        self.app
            .text("SELECT string_agg(status, ' ' ORDER BY starts_at) FROM consultations")
            .unwrap_or_default()
    }

    fn path(&self, session: usize) -> String {
        format!("/practitioner/consultations/{}", self.sessions[session])
    }
}

#[tokio::test]
async fn one_click_confirms_a_series_and_one_mail_tells_of_it() {
    let world = World::start().await;
    let page = world.doctor.get(&world.path(1)).await;
    page.assert_text("Confirmer les 3 séances de la série");
    let action = format!("{}/series-confirmation", world.path(1));
    let sent = world.doctor.submit(&page, &action, &[]).await;
    sent.assert_see_other(&world.path(1));
    let page = world.doctor.follow(&sent).await;
    page.assert_text("Les 3 séances sont confirmées")
        .assert_nowhere("de la série");
    assert_eq!(world.statuses(), "confirmed confirmed confirmed");
    let events = "SELECT count(*) FROM consultation_events WHERE kind = 'confirmed'";
    assert_eq!(world.app.count(events), 3);
    world.app.run_jobs().await;
    let mails = world.app.mails();
    assert_eq!(mails.len(), 2);
    let theirs = mails
        .iter()
        .find(|mail| mail.to == world.employee.email)
        .expect("a mail");
    assert!(theirs.text.contains("vos 3 rendez-vous"), "{}", theirs.text);
    assert_eq!(theirs.attachments.len(), 3);
    for (file, id) in theirs.attachments.iter().zip(&world.sessions) {
        let text = std::str::from_utf8(&file.content).expect("UTF-8");
        let event = files::read(text).events.remove(0);
        assert_eq!(
            (event.uid, event.status),
            (id.to_string(), "CONFIRMED".to_owned())
        );
    }
    // Again changes nothing, and says so.
    let sent = world.doctor.post(&action, &[]).await;
    world
        .doctor
        .follow(&sent)
        .await
        .assert_text("Aucune séance de cette série n’attendait");
    assert_eq!(world.app.count(events), 3);
}

#[tokio::test]
async fn a_series_is_confirmed_without_what_was_given_up_or_answered_before() {
    let world = World::start().await;
    let confirms = |session: usize| format!("{}/confirmation", world.path(session));
    world
        .doctor
        .post(&confirms(0), &[])
        .await
        .assert_status(303);
    world.app.clock.advance(Duration::minutes(5));
    world.app.sql(&format!(
        "UPDATE consultations SET status = 'cancelled', cancelled_at = now() WHERE id = '{}'",
        world.sessions[1]
    ));
    // One left is no series: its own button is enough.
    let page = world.doctor.get(&world.path(2)).await;
    page.assert_nowhere("de la série");
    let action = format!("{}/series-confirmation", world.path(2));
    let sent = world.doctor.post(&action, &[]).await;
    world
        .doctor
        .follow(&sent)
        .await
        .assert_text("La séance est confirmée");
    assert_eq!(world.statuses(), "confirmed cancelled confirmed");
    // Two answers at two moments: a mail each.
    world.app.run_jobs().await;
    let mails = world.app.mails();
    let to_employee = mails.iter().filter(|mail| mail.to == world.employee.email);
    assert_eq!(to_employee.count(), 2);
    // Somebody else's series does not exist.
    let stranger = world.app.client().signed_in_as(&world.app.practitioner());
    stranger.post(&action, &[]).await.assert_status(404);
}

#[tokio::test]
async fn both_see_until_when_an_answer_is_expected() {
    let world = World::start().await;
    let until = "samedi 21\u{a0}mars 2026 à 10\u{a0}h\u{a0}00";
    let employee = world.app.client().signed_in_as(&world.employee);
    let path = format!("/employee/consultations/{}", world.sessions[0]);
    employee
        .get(&path)
        .await
        .assert_text(&format!("a jusqu’au {until}"));
    world
        .doctor
        .get(&world.path(0))
        .await
        .assert_text(&format!("avant le {until}"));
    let list = "/practitioner/consultations?tab=to-confirm";
    let page = world.doctor.get(list).await;
    page.assert_text(&format!("Réponse attendue avant le {until}"));
    // Once it is confirmed there is nothing to wait for.
    let action = format!("{}/confirmation", world.path(0));
    world.doctor.post(&action, &[]).await.assert_status(303);
    employee.get(&path).await.assert_nowhere("a jusqu’au");
    world
        .doctor
        .get(&world.path(0))
        .await
        .assert_nowhere("Répondez avant");
}
