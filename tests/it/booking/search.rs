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
