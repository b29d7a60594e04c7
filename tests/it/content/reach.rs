//! How many read: a number, late, rounded, or none.

use uuid::Uuid;

use super::{World, id_of};
use crate::support::actors::Employee;

impl World {
    /// So many colleagues, the employee aside.
    fn colleagues(&self, count: usize) -> Vec<Employee> {
        (0..count)
            .map(|_| self.app.employee_of(&self.company))
            .collect()
    }

    fn has_read(&self, post: Uuid, reader: &Employee) {
        let (company, now) = (self.company.id, self.app.now().to_rfc3339());
        self.app.sql(&format!(
            "INSERT INTO news_readings (post_id, reader_id, company_id, read_at) VALUES ('{post}', '{}', '{company}', '{now}')",
            reader.id
        ));
    }

    /// After the next night.
    async fn sleeps(&self) {
        self.app.clock.advance(chrono::Duration::days(1));
        self.app.run_jobs().await;
    }

    fn readers(&self) -> Option<String> {
        self.app.text("SELECT readers FROM news_reach")
    }
}

#[tokio::test]
async fn a_number_is_shown_from_five_on_in_fives_and_never_goes_back() {
    let world = World::start().await;
    let path = world.drafts("Lue", &[]).await;
    world.publishes(&path).await;
    let post = id_of(&path);
    // Thirteen people with the employee.
    let colleagues = world.colleagues(12);
    let later = "Le premier décompte se fait la nuit";
    world.office.get(&path).await.assert_text(later);
    for reader in &colleagues[..4] {
        world.has_read(post, reader);
    }
    world.sleeps().await;
    assert_eq!(world.readers(), None);
    let hidden = "Pas de nombre pour l’instant";
    world.office.get(&path).await.assert_text(hidden);
    world.has_read(post, &colleagues[4]);
    // Not before the night.
    world.office.get(&path).await.assert_text(hidden);
    world.sleeps().await;
    world
        .office
        .get(&path)
        .await
        .assert_text("Au moins 5 personnes sur 13");
    for reader in &colleagues[5..8] {
        world.has_read(post, reader);
    }
    world.sleeps().await;
    assert_eq!(world.readers().as_deref(), Some("5"));
    // Then nearly everybody, and somebody who leaves: what was shown stays as it was.
    for reader in &colleagues[8..] {
        world.has_read(post, reader);
    }
    world.sleeps().await;
    assert_eq!(world.readers().as_deref(), Some("5"));
    world.app.sql(&format!(
        "DELETE FROM news_readings WHERE post_id = '{post}'"
    ));
    world.sleeps().await;
    assert_eq!(world.readers().as_deref(), Some("5"));
    // Joining people do not change for how many it was.
    world.colleagues(10);
    world.sleeps().await;
    assert_eq!(
        world.app.text("SELECT audience FROM news_reach").as_deref(),
        Some("13")
    );
}

#[tokio::test]
async fn nothing_is_shown_where_fewer_than_five_did_not_read() {
    let world = World::start().await;
    let path = world.drafts("Toutes et tous", &[]).await;
    world.publishes(&path).await;
    let post = id_of(&path);
    // Ten people: six of them leave four.
    let colleagues = world.colleagues(9);
    for reader in &colleagues[..6] {
        world.has_read(post, reader);
    }
    world.sleeps().await;
    assert_eq!(world.readers(), None);
    world
        .office
        .get(&path)
        .await
        .assert_text("Pas de nombre pour l’instant");
    assert_eq!(world.app.count("SELECT count(*) FROM news_reach"), 1);
}
