//! Reviews and reports: written, read by the moderation, published or closed.

use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Company, Employee, Practitioner},
    client::Client,
    page::Page,
};

struct World {
    app: TestApp,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    patient: Client,
    doctor: Client,
    admin: Client,
}

/// Words that nobody may find before they are published.
const WORDS: &str = "Une écoute précieuse. <b>Merci</b>\nVraiment.";

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        let practitioner = app.practitioner();
        let admin = app.admin();
        Self {
            patient: app.client().signed_in_as(&employee),
            doctor: app.client().signed_in_as(&practitioner),
            admin: app.client().signed_in_as(&admin),
            company,
            employee,
            practitioner,
            app,
        }
    }

    /// A consultation that took place at this hour of the week before.
    fn completed(&self, hour: u32) -> Uuid {
        self.app
            .consultation(&self.employee, &self.practitioner)
            .at(&format!("2026-03-16T{hour:02}:00:00Z"))
            .completed(3_000)
    }

    async fn reviews(&self, id: Uuid, rating: &str, comment: &str) -> Page {
        let path = format!("/employee/consultations/{id}");
        let asked = self.patient.get(&format!("{path}/review")).await;
        let fields = [("rating", rating), ("comment", comment)];
        let action = format!("{path}/review");
        let sent = self
            .patient
            .submit(asked.assert_ok(), &action, &fields)
            .await;
        sent.assert_see_other(&path);
        self.patient.follow(&sent).await
    }

    /// The one review that waits.
    fn pending(&self) -> String {
        self.app
            .text("SELECT id::text FROM practitioner_reviews WHERE status = 'pending'")
            .expect("a review waits")
    }

    async fn decides(&self, decision: &str, fields: &[(&str, &str)]) -> Page {
        let action = format!("/admin/moderation/{decision}");
        let list = if decision.starts_with("reports") {
            "/admin/moderation?tab=reports"
        } else {
            "/admin/moderation"
        };
        let page = self.admin.get(list).await;
        let sent = self.admin.submit(page.assert_ok(), &action, fields).await;
        sent.assert_see_other(list);
        self.admin.follow(&sent).await
    }

    /// Mean and count, as the directory sorts by them.
    fn rating(&self) -> String {
        self.app
            .text("SELECT concat_ws(' ', round(average_rating::numeric, 2), review_count) FROM practitioners")
            .unwrap_or_default()
    }

    fn keys(&self) -> i64 {
        self.app
            .count("SELECT count(*) FROM data_keys WHERE scope = 'moderation'")
    }

    /// Everything that the database holds, as text.
    fn holds(&self, words: &str) -> bool {
        [
            "practitioner_reviews",
            "problem_reports",
            "jobs",
            "audit_logs",
        ]
        .iter()
        .any(|table| {
            let found =
                format!("SELECT count(*) FROM {table} t WHERE strpos(t::text, '{words}') > 0");
            self.app.count(&found) > 0
        })
    }
}

#[tokio::test]
async fn a_review_is_read_then_published_without_a_name() {
    let world = World::start().await;
    let id = world.completed(9);
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_text("Comment s’est passée cette consultation");
    world
        .reviews(id, "4", WORDS)
        .await
        .assert_text("dès qu’il aura été relu")
        .assert_text("Il sera relu avant d’être publié");
    assert!(!world.holds("précieuse"));
    assert_eq!(world.rating(), "0");
    let profile = format!("/employee/booking/{}", world.practitioner.id);
    world
        .patient
        .get(&profile)
        .await
        .assert_nowhere("précieuse");

    let page = world.admin.get("/admin/moderation").await;
    page.assert_ok()
        .assert_text("Une écoute précieuse. <b>Merci</b>")
        .assert_nowhere("<b>Merci")
        .assert_text(&world.practitioner.last_name)
        .assert_nowhere(&id.to_string())
        .assert_nowhere(&world.employee.id.to_string())
        .assert_nowhere(&world.employee.email)
        .assert_nowhere(&world.company.name);
    let review = world.pending();
    world
        .decides(&format!("reviews/{review}/publication"), &[])
        .await
        .assert_text("L’avis est publié")
        .assert_text("Aucun avis à relire");
    assert_eq!(world.rating(), "4.00 1");
    assert_eq!(world.keys(), 0);
    let stranger = world.app.employee_of(&world.app.company("Rivale"));
    let page = world
        .app
        .client()
        .signed_in_as(&stranger)
        .get(&profile)
        .await;
    page.assert_text("Une écoute précieuse")
        .assert_nowhere(&id.to_string())
        .assert_nowhere(&world.employee.id.to_string());
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_text("Il est publié sur le profil");
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM audit_logs WHERE action = 'REVIEW_PUBLISHED'"),
        1
    );
    // The mean follows the next ones, refused ones excepted.
    let second = world.completed(10);
    world.reviews(second, "1", "").await;
    let review = world.pending();
    world
        .decides(&format!("reviews/{review}/publication"), &[])
        .await;
    assert_eq!(world.rating(), "2.50 2");
}

#[tokio::test]
async fn a_refused_review_is_erased_and_its_author_learns_why() {
    let world = World::start().await;
    let id = world.completed(9);
    world.reviews(id, "1", WORDS).await;
    let review = world.pending();
    let action = format!("/admin/moderation/reviews/{review}/refusal");
    for refusal in ["", "nonsense", "Insult"] {
        let sent = world.admin.post(&action, &[("refusal", refusal)]).await;
        sent.assert_status(422).assert_text("Choisissez pourquoi");
    }
    let fields = [("refusal", "privacy")];
    world
        .decides(&format!("reviews/{review}/refusal"), &fields)
        .await
        .assert_text("L’avis est refusé");
    world
        .patient
        .get(&format!("/employee/consultations/{id}"))
        .await
        .assert_text("une personne pourrait être reconnue");
    assert_eq!((world.rating().as_str(), world.keys()), ("0", 0));
    let left = "SELECT count(*) FROM practitioner_reviews WHERE comment_sealed IS NOT NULL OR comment IS NOT NULL";
    assert_eq!(world.app.count(left), 0);
    // It is decided: neither again, nor otherwise.
    for (decision, fields) in [("refusal", &fields[..]), ("publication", &[])] {
        let action = format!("/admin/moderation/reviews/{review}/{decision}");
        world.admin.post(&action, fields).await.assert_status(404);
    }
}

#[tokio::test]
async fn one_review_of_each_completed_consultation() {
    let world = World::start().await;
    let id = world.completed(9);
    world.reviews(id, "5", "").await;
    let path = format!("/employee/consultations/{id}/review");
    let sent = world.patient.post(&path, &[("rating", "1")]).await;
    world
        .patient
        .follow(&sent)
        .await
        .assert_text("Vous avez déjà donné votre avis");
    let stars = "SELECT sum(rating)::bigint FROM practitioner_reviews";
    assert_eq!(world.app.count(stars), 5);
    let new = || world.app.consultation(&world.employee, &world.practitioner);
    for id in [
        new().at("2026-03-23T08:00:00Z").confirmed(),
        new().at("2026-03-23T10:00:00Z").in_progress(),
        new().at("2026-03-16T12:00:00Z").no_show(),
        new().at("2026-03-25T10:00:00Z").cancelled(),
    ] {
        let path = format!("/employee/consultations/{id}/review");
        for sent in [
            world.patient.get(&path).await,
            world.patient.post(&path, &[("rating", "5")]).await,
        ] {
            sent.assert_status(303);
        }
    }
    assert_eq!(world.app.count(stars), 5);
}

#[tokio::test]
async fn a_review_says_what_is_missing_and_keeps_what_was_typed() {
    let world = World::start().await;
    let id = world.completed(9);
    let path = format!("/employee/consultations/{id}/review");
    for rating in ["", "0", "6", "4.5", "quatre"] {
        let fields = [("rating", rating), ("comment", "Très bien.")];
        world
            .patient
            .post(&path, &fields)
            .await
            .assert_status(422)
            .assert_text("Choisissez de une à cinq étoiles")
            .assert_text("Très bien.");
    }
    let long = "é".repeat(2_001);
    world
        .patient
        .post(&path, &[("rating", "4"), ("comment", &long)])
        .await
        .assert_status(422)
        .assert_text("caractères au plus");
    assert_eq!(
        world.app.count("SELECT count(*) FROM practitioner_reviews"),
        0
    );
}

#[tokio::test]
async fn a_problem_is_signalled_by_either_side_once_and_closed() {
    let world = World::start().await;
    let id = world.completed(9);
    for (client, space, details) in [
        (&world.patient, "employee", "Le son coupait."),
        (&world.doctor, "practitioner", ""),
    ] {
        let path = format!("/{space}/consultations/{id}");
        let action = format!("{path}/report");
        let asked = client.get(&action).await;
        let fields = [("category", "technical"), ("details", details)];
        let sent = client.submit(asked.assert_ok(), &action, &fields).await;
        sent.assert_see_other(&path);
        client
            .follow(&sent)
            .await
            .assert_text("Merci de nous l’avoir dit")
            .assert_text("Vous avez signalé un problème");
        // Once.
        let sent = client.post(&action, &[("category", "other")]).await;
        client
            .follow(&sent)
            .await
            .assert_text("Vous avez déjà signalé");
        client.get(&action).await.assert_status(303);
    }
    assert!(!world.holds("coupait"));
    assert_eq!(world.keys(), 1);
    let page = world.admin.get("/admin/moderation?tab=reports").await;
    page.assert_ok()
        .assert_text("Le son coupait.")
        .assert_text("Rien n’est joint")
        .assert_nowhere(&id.to_string())
        .assert_nowhere(&world.employee.email)
        .assert_nowhere(&world.company.name);
    assert_eq!(page.texts(".submission").len(), 2);
    for _ in 0..2 {
        let report = world
            .app
            .text("SELECT id::text FROM problem_reports WHERE closed_at IS NULL LIMIT 1")
            .expect("a report is open");
        world
            .decides(&format!("reports/{report}/closing"), &[])
            .await
            .assert_text("Le signalement est traité");
        let again = format!("/admin/moderation/reports/{report}/closing");
        world.admin.post(&again, &[]).await.assert_status(404);
    }
    assert_eq!(world.keys(), 0);
    let path = format!("/employee/consultations/{id}");
    world.patient.get(&path).await.assert_text("a été traité");
}

#[tokio::test]
async fn danger_comes_first_and_a_category_is_asked_for() {
    let world = World::start().await;
    for (hour, category) in [(9, "technical"), (10, "safety")] {
        let path = format!("/employee/consultations/{}/report", world.completed(hour));
        world
            .patient
            .post(&path, &[("category", "gossip")])
            .await
            .assert_status(422)
            .assert_text("Choisissez ce qui s’est passé");
        let sent = world.patient.post(&path, &[("category", category)]).await;
        sent.assert_status(303);
    }
    let page = world.admin.get("/admin/moderation?tab=reports").await;
    assert!(page.texts(".submission")[0].contains("danger"));
    world
        .admin
        .get("/admin")
        .await
        .assert_text("2 signalements")
        .assert_text("Aucun avis à relire");
}

#[tokio::test]
async fn nobody_else_reviews_reports_or_reads() {
    let world = World::start().await;
    let id = world.completed(9);
    let colleague = world.app.employee_of(&world.company);
    let colleague = world.app.client().signed_in_as(&colleague);
    let other_doctor = world.app.client().signed_in_as(&world.app.practitioner());
    for (client, path) in [
        (&colleague, format!("/employee/consultations/{id}/review")),
        (&colleague, format!("/employee/consultations/{id}/report")),
        (
            &other_doctor,
            format!("/practitioner/consultations/{id}/report"),
        ),
    ] {
        client.get(&path).await.assert_status(404);
        let fields = [("rating", "1"), ("category", "conduct")];
        client.post(&path, &fields).await.assert_status(404);
    }
    assert_eq!(
        world.app.count(
            "SELECT (SELECT count(*) FROM practitioner_reviews) + (SELECT count(*) FROM problem_reports)"
        ),
        0
    );
    world.reviews(id, "2", WORDS).await;
    let review = world.pending();
    // A practitioner does not read what is not published, and publishes nothing.
    for client in [&world.doctor, &world.patient] {
        client.get("/admin/moderation").await.assert_status(404);
        let action = format!("/admin/moderation/reviews/{review}/publication");
        client.post(&action, &[]).await.assert_status(404);
    }
    // Without its key it is not published either.
    world.app.sql("DELETE FROM data_keys");
    let page = world.admin.get("/admin/moderation").await;
    page.assert_ok().assert_text("Ce texte ne peut pas être lu");
    let action = format!("/admin/moderation/reviews/{review}/publication");
    world.admin.post(&action, &[]).await.assert_status(409);
    assert_eq!(world.pending(), review);
}
