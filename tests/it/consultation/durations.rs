//! Consultations that nobody ended, durations that are corrected or contested.

use chrono::{DateTime, Duration, Utc};
use diesel::RunQueryDsl as _;
use uuid::Uuid;

use super::counters::{DIFFERENCES, RECOUNT};
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

/// When the consultation is planned to end: ten to eleven in Paris.
const PLANNED_END: &str = "2026-03-23T09:50:00Z";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a date")
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        app.sql(RECOUNT);
        Self {
            patient: app.client().signed_in_as(&employee),
            doctor: app.client().signed_in_as(&practitioner),
            employee,
            practitioner,
            app,
        }
    }

    fn running(&self) -> Uuid {
        self.app
            .consultation(&self.employee, &self.practitioner)
            .in_progress()
    }

    /// Begun on time and ended in the practitioner's own words after so many seconds.
    fn completed(&self, seconds: u32) -> Uuid {
        self.app
            .consultation(&self.employee, &self.practitioner)
            .completed(seconds)
    }

    /// The clock at so many minutes after the planned end, and what time does then.
    async fn after_the_end(&self, minutes: i64) {
        let then = at(PLANNED_END) + Duration::minutes(minutes);
        self.app.clock.advance(then - self.app.now());
        self.app.run_jobs().await;
    }

    /// A stay in the room, in minutes after the start.
    fn present(&self, id: Uuid, person: Uuid, (from, until): (i64, i64)) {
        self.app.sql(&format!(
            "INSERT INTO presences (consultation_id, company_id, person_id, joined_at, seen_at, left_at)
             SELECT id, company_id, '{person}', starts_at + interval '{from} minutes',
                    starts_at + interval '{until} minutes', starts_at + interval '{until} minutes'
             FROM consultations WHERE id = '{id}'"
        ));
    }

    fn facts(&self, id: Uuid) -> String {
        self.app
            .text(&format!(
                "SELECT concat_ws(' ', status, duration_seconds, CASE WHEN closed_automatically THEN 'closed' END,
                        CASE WHEN corrected_at IS NOT NULL THEN 'corrected' END)
                 FROM consultations WHERE id = '{id}'"
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

    /// Seconds of the practitioner's month, as the counters have them; they equal a recount.
    fn counted(&self) -> i64 {
        assert_eq!(self.app.count(DIFFERENCES), 0, "the counters drifted");
        self.app.count(
            "SELECT coalesce(sum(total_duration_seconds), 0) FROM practitioner_activity_daily",
        )
    }

    /// Texts of the mails to somebody.
    fn told(&self, email: &str) -> Vec<String> {
        let mails = self.app.mails();
        let to_them = mails.iter().filter(|mail| mail.to == email);
        to_them.map(|mail| mail.text.clone()).collect()
    }

    async fn claims(&self, id: Uuid, minutes: &str, reason: &str) -> Page {
        let path = format!("/employee/consultations/{id}/duration");
        // Sessions end sooner than some of these stories.
        let patient = self.app.client().signed_in_as(&self.employee);
        patient
            .post(&path, &[("minutes", minutes), ("reason", reason)])
            .await
    }

    async fn corrects(&self, id: Uuid, times: (&str, &str), reason: &str) -> Page {
        let path = format!("/practitioner/consultations/{id}/duration");
        let fields = [("started", times.0), ("ended", times.1), ("reason", reason)];
        let doctor = self.app.client().signed_in_as(&self.practitioner);
        doctor.post(&path, &fields).await
    }
}

#[tokio::test]
async fn a_practitioner_who_forgets_to_end_is_asked_once_and_then_it_is_closed() {
    let world = World::start().await;
    let id = world.running();
    world.after_the_end(14).await;
    assert!(world.told(&world.practitioner.email).is_empty());
    world.after_the_end(15).await;
    world.after_the_end(30).await;
    let asked = world.told(&world.practitioner.email);
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].contains("cette consultation est toujours en cours"));
    assert!(world.told(&world.employee.email).is_empty());
    world.after_the_end(59).await;
    assert_eq!(world.facts(id), "in_progress");
    assert_eq!(world.counted(), 0);

    world.after_the_end(60).await;
    // Nobody was seen in the room: it ended when it was planned to.
    assert_eq!(world.facts(id), "completed 3000 closed");
    assert_eq!(world.events(id), "closed");
    assert_eq!(world.counted(), 3_000);
    let told = world.told(&world.employee.email);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("il l’a été automatiquement"));
    assert!(!told[0].contains("Psychologue"), "{told:?}");
    assert_eq!(world.told(&world.practitioner.email).len(), 2);
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_text("nous l’avons close automatiquement")
        .assert_text("Close automatiquement · HuntZen Care");
    world
        .doctor
        .get(&format!("/practitioner/consultations/{id}"))
        .await
        .assert_text("Vous pouvez corriger la durée jusqu’au lundi 30\u{a0}mars 2026");
    // Another minute changes nothing.
    world.after_the_end(61).await;
    assert_eq!(world.facts(id), "completed 3000 closed");
    assert_eq!(world.events(id), "closed");
}

#[tokio::test]
async fn what_is_closed_ended_when_both_were_last_there() {
    let world = World::start().await;
    let (patient, doctor) = (world.employee.id, world.practitioner.id);
    let new = |hour: u32| {
        let start = format!("2026-03-23T{hour:02}:00:00Z");
        let new = world.app.consultation(&world.employee, &world.practitioner);
        new.at(&start).in_progress()
    };
    // Both left after a cut; the practitioner's window stayed open for hours.
    let both = new(5);
    world.present(both, patient, (-5, 20));
    world.present(both, patient, (22, 43));
    world.present(both, doctor, (-3, 109));
    // They went on for longer than was planned.
    let longer = new(6);
    world.present(longer, patient, (0, 58));
    world.present(longer, doctor, (0, 59));
    // The practitioner alone: no longer than was planned, and until they left.
    let waited = new(7);
    world.present(waited, doctor, (-10, 80));
    let left = new(8);
    world.present(left, doctor, (0, 25));
    // Somebody looked in before the start and never came back.
    let early = new(9);
    world.present(early, patient, (-14, -12));
    world.after_the_end(60).await;
    assert_eq!(world.facts(both), "completed 2580 closed");
    assert_eq!(world.facts(longer), "completed 3480 closed");
    assert_eq!(world.facts(waited), "completed 3000 closed");
    assert_eq!(world.facts(left), "completed 1500 closed");
    assert_eq!(world.facts(early), "completed 3000 closed");
    assert_eq!(world.counted(), 2_580 + 3_480 + 3_000 + 1_500 + 3_000);
    // The practitioner sees who was there; the employee does not.
    world
        .doctor
        .get(&format!("/practitioner/consultations/{both}"))
        .await
        .assert_text("Présences dans la salle");
    world
        .patient
        .get(&format!("/employee/consultations/{both}"))
        .await
        .assert_nowhere("Présences dans la salle");
}

#[tokio::test]
async fn what_began_after_its_planned_end_may_last_as_long_as_was_planned() {
    let world = World::start().await;
    let id = world
        .app
        .consultation(&world.employee, &world.practitioner)
        .confirmed();
    world.app.sql(&format!(
        "UPDATE consultations SET status = 'in_progress', started_at = ends_at + interval '40 minutes' WHERE id = '{id}'"
    ));
    world.after_the_end(149).await;
    assert_eq!(world.facts(id), "in_progress");
    world.after_the_end(150).await;
    assert_eq!(world.facts(id), "completed 3000 closed");
}

#[tokio::test]
async fn a_practitioner_corrects_what_was_closed_for_a_week_and_the_counters_follow() {
    let world = World::start().await;
    let id = world.running();
    world.after_the_end(60).await;
    let path = format!("/practitioner/consultations/{id}/duration");
    let asked = world.doctor.get(&path).await;
    asked.assert_ok().assert_text("Corriger la durée");
    assert_eq!(
        asked.form(&path)[1..3],
        [
            ("started".to_owned(), "10:00".to_owned()),
            ("ended".to_owned(), "10:50".to_owned())
        ]
    );
    let sent = world
        .corrects(id, ("10:05", "10:41"), "forgot_to_end")
        .await;
    sent.assert_see_other(&format!("/practitioner/consultations/{id}"));
    world
        .doctor
        .get(sent.location())
        .await
        .assert_text("Durée avant\u{a0}: 50\u{a0}min")
        .assert_text("36\u{a0}min");
    assert_eq!(world.facts(id), "completed 2160 closed corrected");
    assert_eq!(world.counted(), 2_160);
    world.app.run_jobs().await;
    let told = world.told(&world.employee.email);
    assert!(told[1].contains("vient d’être corrigée"), "{told:?}");
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_text("Votre praticien a corrigé cette durée");

    world.app.clock.advance(Duration::days(6));
    let sent = world.corrects(id, ("10:05", "10:45"), "other").await;
    sent.assert_status(303);
    assert_eq!(world.counted(), 2_400);
    world.app.clock.advance(Duration::days(1));
    let sent = world.corrects(id, ("10:05", "10:50"), "other").await;
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    doctor.get(&path).await.assert_status(303);
    sent.assert_status(303);
    assert_eq!(world.counted(), 2_400);
    assert_eq!(world.events(id), "closed corrected corrected");
}

#[tokio::test]
async fn times_that_cannot_be_are_asked_again_with_what_was_typed() {
    let world = World::start().await;
    let id = world.running();
    world.after_the_end(60).await;
    for (times, reason, said) in [
        (
            ("09:44", "10:40"),
            "other",
            "ne pouvait pas commencer avant le lundi 23",
        ),
        (("10:30", "10:20"), "other", "La fin est avant le début"),
        (
            ("10:00", "11:51"),
            "other",
            "ne peut pas s’être terminée après le lundi 23",
        ),
        (("25:00", "10:40"), "other", "Indiquez une heure"),
        (("", ""), "other", "Indiquez une heure"),
        (("10:00", "10:40"), "", "Choisissez un motif"),
        (("10:00", "10:40"), "longer", "Choisissez un motif"),
    ] {
        let page = world.corrects(id, times, reason).await;
        page.assert_status(422).assert_text(said);
        assert_eq!(page.attributes("[name=ended]", "value").join(""), times.1);
    }
    assert_eq!(world.facts(id), "completed 3000 closed");
}

#[tokio::test]
async fn what_the_practitioner_ended_is_corrected_only_when_it_is_contested() {
    let world = World::start().await;
    let id = world.completed(3_000);
    world.after_the_end(10).await;
    let page = world
        .doctor
        .get(&format!("/practitioner/consultations/{id}"))
        .await;
    page.assert_ok().assert_nowhere("Corriger la durée");
    world
        .corrects(id, ("10:00", "10:10"), "other")
        .await
        .assert_status(303);
    assert_eq!(world.facts(id), "completed 3000");
    // Nor by another way in.
    let forced = diesel::sql_query(format!(
        "UPDATE consultations SET ended_at = ended_at - interval '5 minutes', corrected_at = now() WHERE id = '{id}'"
    ))
    .execute(&mut *world.app.owner());
    assert!(forced.is_err(), "the database lets anybody correct");

    world
        .claims(id, "35", "ended_earlier")
        .await
        .assert_status(303);
    let page = world
        .doctor
        .get(&format!("/practitioner/consultations/{id}"))
        .await;
    page.assert_text("La personne indique une durée de 35\u{a0}min")
        .assert_text("La consultation s’est terminée plus tôt");
    world
        .corrects(id, ("10:00", "10:35"), "agreed")
        .await
        .assert_status(303);
    assert_eq!(world.facts(id), "completed 2100 corrected");
    assert_eq!(world.counted(), 2_100);
    let answer = world.app.text(
        "SELECT concat_ws(' ', declared_seconds, claimed_seconds, reason, corrected_seconds, correction_reason)
         FROM duration_contests",
    );
    assert_eq!(
        answer.as_deref(),
        Some("3000 2100 ended_earlier 2100 agreed")
    );
}

#[tokio::test]
async fn an_employee_contests_a_duration_once_and_the_admin_learns_nothing_of_who() {
    let world = World::start().await;
    let id = world.completed(3_000);
    world.after_the_end(10).await;
    let path = format!("/employee/consultations/{id}");
    let page = world.patient.get(&path).await;
    let question = format!("{path}/duration");
    assert!(page.attributes("a", "href").contains(&question));
    for (minutes, reason, said) in [
        ("", "longer", "un nombre de minutes"),
        ("481", "longer", "un nombre de minutes"),
        ("cinq", "longer", "un nombre de minutes"),
        ("40", "", "Choisissez ce qui s’est passé"),
        ("40", "agreed", "Choisissez ce qui s’est passé"),
    ] {
        let sent = world.claims(id, minutes, reason).await;
        sent.assert_status(422).assert_text(said);
    }
    let asked = world.patient.get(&question).await;
    let fields = [("minutes", "40"), ("reason", "interrupted")];
    let sent = world.patient.submit(&asked, &question, &fields).await;
    world
        .patient
        .follow(&sent)
        .await
        .assert_text("votre employeur n’en sait rien")
        .assert_text("Vous avez indiqué une durée de 40\u{a0}min");
    // A second click is answered like the first, and changes nothing.
    world.claims(id, "10", "other").await.assert_status(303);
    assert_eq!(world.events(id), "duration_contested");
    let claimed = "SELECT claimed_seconds FROM duration_contests";
    assert_eq!(world.app.count(claimed), 2_400);
    // Saying it changes no figure.
    assert_eq!(world.counted(), 3_000);
    world.app.run_jobs().await;
    let told = world.told(&world.practitioner.email);
    assert!(told[0].contains("indique une autre durée"), "{told:?}");
    assert!(world.told(&world.employee.email).is_empty());

    let admin = world.app.client().signed_in_as(&world.app.admin());
    let list = admin.get("/admin/durations").await;
    list.assert_ok()
        .assert_text(&id.to_string())
        .assert_text("50\u{a0}min")
        .assert_text("40\u{a0}min")
        .assert_text("La consultation a été interrompue")
        .assert_nowhere(&world.employee.last_name)
        .assert_nowhere(&world.employee.email)
        .assert_nowhere(&world.practitioner.last_name)
        .assert_nowhere("TechCorp");
    world
        .corrects(id, ("10:00", "10:42"), "interrupted")
        .await
        .assert_status(303);
    let list = admin.get("/admin/durations").await;
    list.assert_nowhere(&id.to_string())
        .assert_text("Chaque durée contestée a reçu une correction");
    let list = admin.get("/admin/durations?tab=all").await;
    list.assert_text("42\u{a0}min");
}

#[tokio::test]
async fn a_duration_is_contested_within_a_week_and_only_by_its_employee() {
    let world = World::start().await;
    let id = world.completed(3_000);
    let running = world
        .app
        .consultation(&world.employee, &world.practitioner)
        .at("2026-03-23T14:00:00Z")
        .in_progress();
    world.after_the_end(0).await;
    let sent = world.claims(running, "40", "other").await;
    sent.assert_see_other(&format!("/employee/consultations/{running}"));
    let contests = "SELECT count(*) FROM duration_contests";
    assert_eq!(world.app.count(contests), 0);
    let rival = world.app.employee_of(&world.app.company("Rivale"));
    let stranger = world.app.client().signed_in_as(&rival);
    let other_doctor = world.app.client().signed_in_as(&world.app.practitioner());
    for (client, space) in [(&stranger, "employee"), (&other_doctor, "practitioner")] {
        let path = format!("/{space}/consultations/{id}/duration");
        client.get(&path).await.assert_status(404);
        let fields = [
            ("minutes", "40"),
            ("reason", "other"),
            ("started", "10:00"),
            ("ended", "10:10"),
        ];
        client.post(&path, &fields).await.assert_status(404);
    }
    world
        .app
        .clock
        .advance(Duration::days(7) + Duration::seconds(1));
    let patient = world.app.client().signed_in_as(&world.employee);
    let path = format!("/employee/consultations/{id}/duration");
    let sent = patient
        .post(&path, &[("minutes", "40"), ("reason", "other")])
        .await;
    patient
        .follow(&sent)
        .await
        .assert_text("Ce n’est plus possible depuis");
    assert_eq!(world.app.count(contests), 0);
    assert_eq!(world.facts(id), "completed 3000");
}
