//! The search of the directory.

use uuid::Uuid;

use crate::support::{TestApp, actors::Practitioner, client::Client};

struct World {
    app: TestApp,
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
            app,
        }
    }

    /// Whom a search finds, in order.
    async fn found(&self, query: &str) -> Vec<String> {
        // The order is that of the minute's computation.
        self.app.run_jobs().await;
        let page = self.client.get(&format!("/employee/booking?{query}")).await;
        page.assert_ok();
        page.attributes(".result h2 a", "href")
    }
}

fn profile(id: Uuid) -> String {
    format!("/employee/booking/{id}")
}

#[tokio::test]
async fn every_filter_narrows_the_search() {
    let world = World::start().await;
    let other = world.app.practitioner();
    world.app.sql(&format!(
        "UPDATE practitioners SET specialty = 'psychiatrist', languages = '{{fr,de}}', offers_in_person = false,
                sub_specialties = '{{Anxiété,EMDR}}' WHERE user_id = '{id}';
         UPDATE users SET first_name = 'Hélène', last_name = 'Østergård-Lefèvre' WHERE id = '{id}';
         DELETE FROM availability_windows WHERE practitioner_id = '{id}' AND weekday <> 3",
        id = other.id
    ));
    let (first, second) = ([profile(world.practitioner.id)], [profile(other.id)]);
    // The soonest available first: Monday before Wednesday.
    assert_eq!(
        world.found("").await,
        [first.clone(), second.clone()].concat()
    );
    assert_eq!(world.found("specialty=psychiatrist").await, second);
    assert_eq!(world.found("language=en").await, first);
    assert_eq!(world.found("language=de").await, second);
    assert_eq!(world.found("format=in_person").await, first);
    assert_eq!(world.found("within=3").await, first);
    assert_eq!(world.found("within=7&specialty=psychiatrist").await, second);
    assert_eq!(world.found("q=ostergard").await, second);
    assert_eq!(world.found("q=HELENE+lefevre").await, second);
    assert_eq!(world.found("q=anxiete").await, second);
    assert_eq!(world.found("q=psychiatrie").await, second);
    assert!(world.found("q=personne").await.is_empty());
}

#[tokio::test]
async fn the_filters_stay_on_the_page_and_strange_ones_filter_nothing() {
    let world = World::start().await;
    let strange = "specialty=king&language=xx&format=telepathy&within=-4&page=zero";
    assert_eq!(world.found(strange).await.len(), 1);
    assert_eq!(world.found("page=99999999999999999999").await.len(), 1);
    let page = world
        .client
        .get("/employee/booking?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E&format=video")
        .await;
    page.assert_ok()
        .assert_text("Personne ne correspond")
        .assert_nowhere("<script>alert");
    assert_eq!(
        page.attributes("#format option[selected]", "value"),
        ["video"]
    );
    assert_eq!(
        page.attributes("#q", "value"),
        ["<script>alert(1)</script>"]
    );
}

#[tokio::test]
async fn htmx_gets_the_results_alone() {
    let world = World::start().await;
    let client = world
        .client
        .copy()
        .with_header("hx-request-type", "partial");
    let part = client.get("/employee/booking?q=").await;
    part.assert_ok()
        .assert_nowhere("<html")
        .assert_text(&world.practitioner.last_name);
    let vary = part.header("vary").unwrap_or_default();
    assert!(vary.contains("HX-Request-Type"), "{vary}");
}

#[tokio::test]
async fn results_come_twenty_to_a_page() {
    let world = World::start().await;
    for _ in 0..24 {
        world.app.practitioner();
    }
    let first = world.client.get("/employee/booking?language=fr").await;
    assert_eq!(first.texts(".result h2").len(), 20);
    let next = first.attributes("a[rel=next]", "href");
    assert_eq!(next, ["/employee/booking?language=fr&page=2"]);
    let second = world.client.get(&next[0]).await;
    assert_eq!(second.texts(".result h2").len(), 5);
}

#[tokio::test]
async fn results_are_sorted_by_availability_rating_or_experience() {
    let world = World::start().await;
    let [rated, old] = [world.app.practitioner(), world.app.practitioner()];
    world.app.sql(&format!(
        "UPDATE practitioners SET average_rating = 4.5, review_count = 2, experience_years = 3 WHERE user_id = '{rated}';
         UPDATE practitioners SET experience_years = 30 WHERE user_id = '{old}';
         UPDATE practitioners SET experience_years = 5 WHERE user_id = '{first}';
         DELETE FROM availability_windows WHERE practitioner_id = '{rated}' AND weekday <> 4;
         DELETE FROM availability_windows WHERE practitioner_id = '{old}' AND weekday <> 3",
        rated = rated.id,
        old = old.id,
        first = world.practitioner.id,
    ));
    let [first, rated, old] = [world.practitioner.id, rated.id, old.id].map(profile);
    let order = |all: [&String; 3]| all.map(String::clone).to_vec();
    assert_eq!(world.found("").await, order([&first, &old, &rated]));
    assert_eq!(world.found("sort=rating").await[0], rated);
    assert_eq!(
        world.found("sort=experience").await,
        order([&old, &first, &rated])
    );
    assert_eq!(
        world.found("sort=%3B+DROP+TABLE+users").await,
        order([&first, &old, &rated])
    );
}

#[tokio::test]
async fn only_those_who_said_so_are_found_by_gender() {
    let world = World::start().await;
    let silent = world.app.practitioner();
    world.app.sql(&format!(
        "UPDATE practitioners SET gender = 'female' WHERE user_id = '{}'",
        world.practitioner.id
    ));
    assert_eq!(
        world.found("gender=female").await,
        [profile(world.practitioner.id)]
    );
    assert!(world.found("gender=male").await.is_empty());
    assert!(world.found("gender=x").await.contains(&profile(silent.id)));
}

#[tokio::test]
async fn whoever_has_no_hour_left_is_forgotten_by_the_next_computation() {
    let world = World::start().await;
    world.found("").await;
    let openings = "SELECT count(*) FROM directory_entries WHERE next_start IS NOT NULL";
    assert_eq!(world.app.count(openings), 1);
    world.app.sql("DELETE FROM availability_windows");
    world.app.clock.advance(chrono::Duration::minutes(2));
    assert!(world.found("within=14").await.is_empty());
    assert_eq!(world.app.count(openings), 0);
}

#[tokio::test]
async fn a_result_without_an_hour_in_these_days_says_when_the_next_is() {
    let world = World::start().await;
    world.app.sql(
        "UPDATE availability_windows SET valid_from = '2026-06-01';
         UPDATE practitioners SET horizon_days = 120",
    );
    world.found("").await;
    let page = world.client.get("/employee/booking").await;
    page.assert_ok().assert_text("Prochaine disponibilité");
    assert_eq!(page.texts(".slot").len(), 0);
}

#[tokio::test]
async fn the_mean_follows_the_published_reviews_and_names_nobody() {
    let world = World::start().await;
    let employee = world.app.employee_of(&world.app.company("Autre"));
    let consultation = |day: u32| {
        world
            .app
            .consultation(&employee, &world.practitioner)
            .at(&format!("2026-03-{day:02}T09:00:00Z"))
            .completed(3_000)
    };
    for (day, rating, status, comment) in [
        (2, 5, "published", "'Une écoute rare <b>'"),
        (3, 4, "published", "NULL"),
        (4, 1, "pending", "NULL"),
        (5, 1, "rejected", "NULL"),
    ] {
        world.app.sql(&format!(
            "INSERT INTO practitioner_reviews (consultation_id, practitioner_id, rating, comment, status, published_at, refusal)
             VALUES ('{}', '{}', {rating}, {comment}, '{status}', CASE WHEN '{status}' = 'published' THEN now() END,
                     CASE WHEN '{status}' = 'rejected' THEN 'insult' END)",
            consultation(day),
            world.practitioner.id
        ));
    }
    let page = world.client.get(&profile(world.practitioner.id)).await;
    page.assert_ok()
        .assert_text("4,5 sur 5 · 2 avis")
        .assert_text("Une écoute rare <b>")
        .assert_nowhere(&employee.last_name);
    world
        .app
        .sql("DELETE FROM practitioner_reviews WHERE rating = 5");
    let page = world.client.get("/employee/booking").await;
    page.assert_text("4,0 sur 5 · 1 avis");
}

/// The narrow entries that a search reads follow whatever they repeat.
#[tokio::test]
async fn the_directory_follows_profiles_and_accounts() {
    let world = World::start().await;
    let id = world.practitioner.id;
    let entry = profile(id);
    for (change, query) in [
        ("UPDATE practitioners SET languages = '{de}'", "language=de"),
        (
            "UPDATE practitioners SET offers_audio = false",
            "format=video",
        ),
        (
            "UPDATE users SET last_name = 'Østergård' WHERE role = 'practitioner'",
            "q=%C3%B8sterg%C3%A5rd",
        ),
    ] {
        world.app.sql(change);
        assert!(world.found(query).await.contains(&entry), "{change}");
    }
    assert!(world.found("format=audio").await.is_empty());
    for (away, back) in [
        (
            format!("UPDATE users SET status = 'suspended' WHERE id = '{id}'"),
            format!("UPDATE users SET status = 'active' WHERE id = '{id}'"),
        ),
        (
            format!("UPDATE practitioners SET verification = 'rejected' WHERE user_id = '{id}'"),
            format!("UPDATE practitioners SET verification = 'verified' WHERE user_id = '{id}'"),
        ),
    ] {
        world.app.sql(&away);
        assert!(world.found("").await.is_empty(), "{away}");
        let answer = world.client.get(&entry).await;
        assert_eq!(answer.status, 404, "{away}");
        world.app.sql(&back);
        assert!(world.found("").await.contains(&entry), "{back}");
    }
}
