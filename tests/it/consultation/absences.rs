//! Late cancellations, and people who did not come.

use chrono::{DateTime, Duration, Utc};
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

    fn confirmed(&self) -> Uuid {
        self.app
            .consultation(&self.employee, &self.practitioner)
            .confirmed()
    }

    /// To the start, and further.
    fn advance_to_start(&self, further: Duration) {
        let start: DateTime<Utc> = "2026-03-23T09:00:00Z".parse().expect("a date");
        self.app.clock.advance(start - self.app.now() + further);
    }

    fn facts(&self, id: Uuid) -> String {
        self.app
            .text(&format!(
                "SELECT concat_ws(' ', status, CASE WHEN cancelled_late THEN 'late' END,
                        CASE WHEN contested_at IS NOT NULL THEN 'contested' END)
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

    fn counted(&self) -> i64 {
        self.app.count(
            "SELECT (SELECT count(*) FROM practitioner_activity_daily) + (SELECT count(*) FROM employee_activity_daily)
                  + (SELECT count(*) FROM company_activity_daily)",
        )
    }
}

impl World {
    /// How many of the mails sent since the last time were to the employee, and to the practitioner.
    async fn mailed(&self) -> (usize, usize) {
        let before = self.app.mails().len();
        self.app.run_jobs().await;
        let mails = self.app.mails().split_off(before);
        let to = |email: &str| mails.iter().filter(|mail| mail.to == email).count();
        (to(&self.employee.email), to(&self.practitioner.email))
    }

    fn drift(&self) -> i64 {
        self.app
            .count("SELECT hz.recount_activity('2026-03-01', '2026-04-30')")
    }
}

/// What people write to each other.
const REASON: &str = "J’étais là, mais le lien ne s’ouvrait pas : « erreur 500 » <b>";

/// Sends the form and reads what is said.
async fn says(client: &Client, space: &str, id: Uuid, what: &str) -> Page {
    let path = format!("/{space}/consultations/{id}");
    let fields: &[_] = match what {
        "cancellation" | "contestation" => &[("reason", REASON)],
        _ => &[],
    };
    let sent = client.post(&format!("{path}/{what}"), fields).await;
    sent.assert_see_other(&path);
    let page = client.follow(&sent).await;
    page.assert_ok();
    page
}

#[tokio::test]
async fn a_cancellation_with_notice_is_not_late_and_one_without_is_whoever_cancels() {
    for (space, hours, facts) in [
        ("employee", 48, "cancelled"),
        ("employee", 49, "cancelled late"),
        ("practitioner", 48, "cancelled"),
        ("practitioner", 49, "cancelled late"),
    ] {
        let world = World::start().await;
        let id = world.confirmed();
        world.app.clock.advance(Duration::hours(hours));
        let client = if space == "employee" {
            &world.patient
        } else {
            &world.doctor
        };
        let question = client
            .get(&format!("/{space}/consultations/{id}/cancellation"))
            .await;
        question.assert_ok();
        let page = says(client, space, id, "cancellation").await;
        assert_eq!(world.facts(id), facts, "{space} {hours}");
        assert_eq!(
            page.text().contains("Annulé tardivement"),
            facts.ends_with("late")
        );
        assert_eq!(world.counted(), 0);
    }
}

#[tokio::test]
async fn a_late_cancellation_says_beforehand_what_it_means() {
    let world = World::start().await;
    let id = world.confirmed();
    let path = format!("/employee/consultations/{id}/cancellation");
    let page = world.patient.get(&path).await;
    page.assert_text("Déplacez le rendez-vous plutôt que de l’annuler.")
        .assert_nowhere("Le délai de");
    world.app.clock.advance(Duration::hours(60));
    let page = world.patient.get(&path).await;
    page.assert_text("Le délai de 24\u{a0}heures est passé")
        .assert_text("votre employeur n’en sait rien")
        .assert_nowhere("Déplacez le rendez-vous plutôt");
    world
        .app
        .sql("UPDATE companies SET cancellation_notice_hours = 6");
    let page = world.patient.get(&path).await;
    page.assert_nowhere("Le délai de");
}

#[tokio::test]
async fn the_system_and_a_hold_are_never_late() {
    let world = World::start().await;
    let id = world.confirmed();
    world.app.sql(&format!(
        "UPDATE consultations SET status = 'cancelled', cancelled_at = starts_at WHERE id = '{id}'"
    ));
    assert_eq!(world.facts(id), "cancelled");
}

#[tokio::test]
async fn ten_minutes_after_the_start_the_practitioner_says_that_nobody_came() {
    let world = World::start().await;
    let id = world.confirmed();
    world.advance_to_start(Duration::minutes(9));
    says(&world.doctor, "practitioner", id, "no-show")
        .await
        .assert_text("vous pourrez signaler une absence à partir du lundi 23\u{a0}mars 2026 à 10\u{a0}h\u{a0}10");
    assert_eq!(world.facts(id), "confirmed");
    world.app.clock.advance(Duration::minutes(1));
    let path = format!("/practitioner/consultations/{id}");
    let page = world.doctor.get(&path).await;
    let question = format!("{path}/no-show");
    assert!(page.attributes("a", "href").contains(&question));
    let asked = world.doctor.get(&question).await;
    asked.assert_ok();
    let sent = world.doctor.submit(&asked, &question, &[]).await;
    world
        .doctor
        .follow(&sent)
        .await
        .assert_text("L’absence est signalée");
    // A second click is answered like the first.
    says(&world.doctor, "practitioner", id, "no-show").await;
    assert_eq!(world.facts(id), "no_show");
    assert_eq!(world.events(id), "no_show");
    assert_eq!(world.counted(), 0);
    // The employee cannot turn it round.
    says(&world.patient, "employee", id, "absence")
        .await
        .assert_text("Rien n’a changé");
    assert_eq!(world.facts(id), "no_show");
}

#[tokio::test]
async fn a_practitioner_who_started_and_waited_alone_counts_nothing() {
    let world = World::start().await;
    let id = world.confirmed();
    world.advance_to_start(Duration::zero());
    says(&world.doctor, "practitioner", id, "start").await;
    world.app.clock.advance(Duration::minutes(20));
    says(&world.doctor, "practitioner", id, "no-show").await;
    assert_eq!(world.facts(id), "no_show");
    assert_eq!(world.events(id), "started no_show");
    assert_eq!(world.counted(), 0);
}

#[tokio::test]
async fn an_employee_contests_a_no_show_once_and_within_a_week() {
    let world = World::start().await;
    let id = world.confirmed();
    world.advance_to_start(Duration::minutes(15));
    says(&world.doctor, "practitioner", id, "no-show").await;
    // It is not the practitioner's to contest.
    says(&world.doctor, "practitioner", id, "contestation")
        .await
        .assert_text("Rien n’a changé");
    let path = format!("/employee/consultations/{id}/contestation");
    world.patient.get(&path).await.assert_ok();
    says(&world.patient, "employee", id, "contestation")
        .await
        .assert_text("Votre réponse est inscrite à l’historique")
        .assert_text("Absence contestée · vous");
    says(&world.patient, "employee", id, "contestation").await;
    assert_eq!(world.facts(id), "no_show contested");
    assert_eq!(world.events(id), "no_show contested");
    world
        .doctor
        .get(&format!("/practitioner/consultations/{id}"))
        .await
        .assert_text("Elle a répondu que ce n’est pas ce qui s’est passé");

    let late = world
        .app
        .consultation(&world.employee, &world.practitioner)
        .at("2026-03-16T09:00:00Z")
        .no_show();
    let refused = says(&world.patient, "employee", late, "contestation").await;
    refused.assert_text("Ce n’est plus possible depuis");
    assert_eq!(world.facts(late), "no_show");
}

#[tokio::test]
async fn a_practitioner_s_absence_is_its_own_kind_and_can_be_answered() {
    let world = World::start().await;
    let id = world.confirmed();
    world.advance_to_start(Duration::minutes(5));
    let path = format!("/employee/consultations/{id}");
    let page = world.patient.get(&path).await;
    let question = format!("{path}/absence");
    assert!(!page.attributes("a", "href").contains(&question));
    world.app.clock.advance(Duration::minutes(5));
    let page = world.patient.get(&path).await;
    assert!(page.attributes("a", "href").contains(&question));
    let asked = world.patient.get(&question).await;
    let sent = world.patient.submit(&asked, &question, &[]).await;
    world
        .patient
        .follow(&sent)
        .await
        .assert_text("cela ne compte jamais contre vous")
        .assert_text("Praticien absent");
    assert_eq!(world.facts(id), "practitioner_absent");
    assert_eq!(world.counted(), 0);
    // Too late to make it a no-show, or a consultation.
    for step in ["no-show", "start", "cancellation", "end"] {
        says(&world.doctor, "practitioner", id, step)
            .await
            .assert_text("Rien n’a changé");
    }
    says(&world.doctor, "practitioner", id, "contestation").await;
    assert_eq!(world.facts(id), "practitioner_absent contested");
    assert_eq!(world.events(id), "practitioner_absent contested");
    world
        .patient
        .get(&path)
        .await
        .assert_text("Votre praticien a répondu");
    // The slot is nobody's any more, and the lists say what it was.
    let list = world.patient.get("/employee/consultations?tab=past").await;
    assert_eq!(list.texts(".row .badge"), ["Praticien absent"]);
}

#[tokio::test]
async fn a_reason_is_read_by_the_two_and_sealed_for_everybody_else() {
    let world = World::start().await;
    let id = world.confirmed();
    says(&world.doctor, "practitioner", id, "cancellation")
        .await
        .assert_text(REASON);
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_text(REASON)
        .assert_nowhere("<b>");
    let sealed = world.app.text(
        "SELECT encode(reason_sealed, 'escape') FROM consultation_events WHERE reason_sealed IS NOT NULL",
    );
    let sealed = sealed.expect("the reason is kept");
    assert!(!sealed.contains("lien"), "{sealed}");
    // One key for the consultation: without it, nobody reads.
    world.app.sql("DELETE FROM data_keys");
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_ok()
        .assert_text("Ce message ne peut pas être lu.");
}

#[tokio::test]
async fn a_reason_that_is_missing_or_too_long_is_asked_again_and_nothing_is_written() {
    let world = World::start().await;
    let id = world.confirmed();
    let long = "é".repeat(401);
    let path = format!("/practitioner/consultations/{id}/cancellation");
    for (reason, said) in [
        ("", "Écrivez quelques mots."),
        (" \r\n ", "Écrivez quelques mots."),
        (&long, "400 caractères au plus"),
    ] {
        let sent = world.doctor.post(&path, &[("reason", reason)]).await;
        sent.assert_status(422).assert_text(said);
        assert_eq!(sent.attributes("[name=reason]", "aria-invalid"), ["true"]);
    }
    let path = format!("/employee/consultations/{id}/cancellation");
    let sent = world.patient.post(&path, &[("reason", &long)]).await;
    sent.assert_status(422)
        .assert_text("400 caractères au plus")
        .assert_text(&long);
    assert_eq!(world.facts(id), "confirmed");
    assert_eq!(world.events(id), "");
    // Nobody owes a reason for giving up care.
    world.patient.post(&path, &[]).await.assert_status(303);
    assert_eq!(world.facts(id), "cancelled");
    let none = "SELECT count(*) FROM consultation_events WHERE reason_sealed IS NOT NULL";
    assert_eq!(world.app.count(none), 0);
}

#[tokio::test]
async fn what_started_or_was_never_confirmed_is_no_practitioner_s_absence() {
    let world = World::start().await;
    let new = || world.app.consultation(&world.employee, &world.practitioner);
    let running = new().in_progress();
    let waiting = new().at("2026-03-23T08:00:00Z").scheduled();
    world.advance_to_start(Duration::minutes(30));
    for (id, facts) in [(running, "in_progress"), (waiting, "scheduled")] {
        says(&world.patient, "employee", id, "absence")
            .await
            .assert_text("Rien n’a changé");
        assert_eq!(world.facts(id), facts);
    }
}

#[tokio::test]
async fn another_person_s_absence_does_not_exist() {
    let world = World::start().await;
    let id = world.confirmed();
    world.advance_to_start(Duration::minutes(30));
    let stranger = world
        .app
        .client()
        .signed_in_as(&world.app.employee_of(&world.app.company("Rivale")));
    let other_doctor = world.app.client().signed_in_as(&world.app.practitioner());
    for (client, space, steps) in [
        (
            &stranger,
            "employee",
            ["absence", "contestation", "rescheduling"],
        ),
        (
            &other_doctor,
            "practitioner",
            ["no-show", "contestation", "rescheduling"],
        ),
    ] {
        for step in steps {
            let path = format!("/{space}/consultations/{id}/{step}");
            client.get(&path).await.assert_status(404);
            let fields = [("start", "2026-03-24T08:00:00Z"), ("reason", "Non.")];
            client.post(&path, &fields).await.assert_status(404);
        }
    }
    assert_eq!(world.facts(id), "confirmed");
}

#[tokio::test]
async fn whoever_is_contested_is_told_on_either_side() {
    let world = World::start().await;
    let (theirs, ours) = (
        world.confirmed(),
        world
            .app
            .consultation(&world.employee, &world.practitioner)
            .at("2026-03-23T10:00:00Z")
            .confirmed(),
    );
    world.advance_to_start(Duration::minutes(75));
    says(&world.doctor, "practitioner", theirs, "no-show").await;
    assert_eq!(world.mailed().await, (1, 0));
    says(&world.patient, "employee", theirs, "contestation").await;
    assert_eq!(world.mailed().await, (0, 1));
    says(&world.patient, "employee", ours, "absence").await;
    assert_eq!(world.mailed().await, (0, 1));
    says(&world.doctor, "practitioner", ours, "contestation").await;
    assert_eq!(world.mailed().await, (1, 0));
    let mail = world.app.mails().pop().expect("a mail");
    assert_eq!(mail.subject, "Votre rendez-vous");
    assert!(mail.text.contains("est contestée"), "{}", mail.text);
    assert!(mail.attachments.is_empty());
    for text in [&mail.text, &mail.html] {
        assert!(!text.contains(&world.practitioner.last_name) || !text.contains("Psycho"));
        assert!(!text.contains("erreur 500"), "{text}");
    }
    let page = world.patient.get("/employee/notifications").await;
    page.assert_text("Une absence est contestée");
    // It stays contested as long as nobody takes it back, and both pages say so.
    for (client, space) in [
        (&world.patient, "employee"),
        (&world.doctor, "practitioner"),
    ] {
        for id in [theirs, ours] {
            let page = client.get(&format!("/{space}/consultations/{id}")).await;
            page.assert_text("elle reste contestée");
        }
    }
}

#[tokio::test]
async fn a_no_show_taken_back_is_cancelled_by_nobody_and_can_still_count() {
    let world = World::start().await;
    let id = world.confirmed();
    world.advance_to_start(Duration::minutes(12));
    says(&world.doctor, "practitioner", id, "no-show").await;
    says(&world.patient, "employee", id, "contestation").await;
    world.mailed().await;
    let path = format!("/practitioner/consultations/{id}");
    let page = world.doctor.get(&path).await;
    let question = format!("{path}/withdrawal");
    assert!(page.attributes("a", "href").contains(&question));
    // It is not the employee's to take back.
    says(&world.patient, "employee", id, "withdrawal")
        .await
        .assert_text("Rien n’a changé");
    world.app.clock.advance(Duration::hours(2));
    let asked = world.doctor.get(&question).await;
    let sent = world.doctor.submit(asked.assert_ok(), &question, &[]).await;
    let declaration = format!("{path}/declaration");
    sent.assert_see_other(&declaration);
    assert_eq!(world.facts(id), "cancelled contested");
    assert_eq!(world.mailed().await, (1, 0));
    assert_eq!(world.counted(), 0);
    // Asking twice is answered like the first time.
    says(&world.doctor, "practitioner", id, "withdrawal")
        .await
        .assert_text("L’absence est retirée");
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_text("elle ne compte pour personne")
        .assert_text("Absence retirée");

    let asked = world.doctor.follow(&sent).await;
    asked.assert_ok().assert_text("jusqu’au");
    assert_eq!(asked.attributes("#started", "value"), ["10:00"]);
    for (started, ended, said) in [
        ("", "10:40", "Indiquez une heure."),
        ("25:00", "10:40", "Indiquez une heure."),
        ("09:44", "10:40", "qu’entre 9\u{a0}h\u{a0}45 et"),
        ("10:05", "10:05", "Indiquez une fin après le début"),
        ("10:05", "11:51", "au plus tard à 11\u{a0}h\u{a0}50"),
    ] {
        let fields = [("started", started), ("ended", ended)];
        let refused = world.doctor.submit(&asked, &declaration, &fields).await;
        refused.assert_status(422).assert_text(said);
    }
    assert_eq!(world.facts(id), "cancelled contested");
    let fields = [("started", "10:05"), ("ended", "10:50")];
    let sent = world.doctor.submit(&asked, &declaration, &fields).await;
    sent.assert_see_other(&path);
    world
        .doctor
        .follow(&sent)
        .await
        .assert_text("la consultation est comptée");
    assert_eq!(world.facts(id), "completed contested");
    assert_eq!(
        world.events(id),
        "no_show contested absence_withdrawn times_declared"
    );
    assert_eq!(world.mailed().await, (1, 0));
    let seconds = "SELECT sum(total_duration_seconds)::bigint FROM practitioner_activity_daily";
    assert_eq!(world.app.count(seconds), 2_700);
    assert_eq!(world.counted(), 3);
    assert_eq!(world.drift(), 0);
    // Twice is once.
    let sent = world.doctor.post(&declaration, &fields).await;
    sent.assert_see_other(&path);
    assert_eq!(world.app.count(seconds), 2_700);
}

#[tokio::test]
async fn a_practitioner_s_absence_is_taken_back_by_the_employee_alone_and_in_time() {
    let world = World::start().await;
    let id = world.confirmed();
    world.advance_to_start(Duration::minutes(30));
    says(&world.patient, "employee", id, "absence").await;
    // Only after it is taken back is there anything to declare.
    for step in ["withdrawal", "declaration"] {
        let path = format!("/practitioner/consultations/{id}/{step}");
        let fields = [("started", "10:00"), ("ended", "10:20")];
        let sent = world.doctor.post(&path, &fields).await;
        sent.assert_see_other(&format!("/practitioner/consultations/{id}"));
    }
    assert_eq!(world.facts(id), "practitioner_absent");
    world.app.clock.advance(Duration::days(6));
    // Sessions last a week.
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let sent = doctor
        .post(
            &format!("/practitioner/consultations/{id}/contestation"),
            &[("reason", "J’y étais.")],
        )
        .await;
    sent.assert_status(303);
    // A week from the answer, not from the report.
    world.app.clock.advance(Duration::days(6));
    let patient = world.app.client().signed_in_as(&world.employee);
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let question = format!("/employee/consultations/{id}/withdrawal");
    let asked = patient.get(&question).await;
    let sent = patient.submit(asked.assert_ok(), &question, &[]).await;
    patient
        .follow(&sent)
        .await
        .assert_text("L’absence est retirée");
    assert_eq!(world.facts(id), "cancelled contested");
    world.app.clock.advance(Duration::days(6));
    let path = format!("/practitioner/consultations/{id}/declaration");
    doctor.get(&path).await.assert_ok();
    world.app.clock.advance(Duration::days(2));
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let fields = [("started", "10:00"), ("ended", "10:20")];
    let sent = doctor.post(&path, &fields).await;
    doctor
        .follow(&sent)
        .await
        .assert_text("Ce n’est plus possible depuis");
    assert_eq!(world.facts(id), "cancelled contested");
    assert_eq!(world.counted(), 0);
}
