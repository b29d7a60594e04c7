//! What a change of the hours leaves outside them.

use uuid::Uuid;

use super::Desk;

/// Monday 23 March, 10:00 in Paris.
const MONDAY_TEN: &str = "2026-03-23T09:00:00Z";
const OUTSIDE: &str = "/practitioner/agenda/outside";

impl Desk {
    fn books(&self, start: &str) -> Uuid {
        let employee = self.app.employee_of(&self.app.company("TechCorp"));
        self.app
            .consultation(&employee, &self.practitioner)
            .at(start)
            .confirmed()
    }

    async fn closes(&self, day: &str) -> String {
        let fields = [("kind", "closed"), ("first_day", day)];
        let page = self
            .client
            .post("/practitioner/agenda/exceptions", &fields)
            .await;
        page.assert_status(303).location().to_owned()
    }
}

#[tokio::test]
async fn closing_a_day_moves_nothing_and_asks_about_what_is_there() {
    let desk = Desk::start().await;
    let id = desk.books(MONDAY_TEN);
    desk.books("2026-03-24T09:00:00Z");
    let before = desk.app.text(&format!(
        "SELECT consultations::text FROM consultations WHERE id = '{id}'"
    ));

    assert_eq!(desk.closes("2026-03-23").await, OUTSIDE);

    let after = desk.app.text(&format!(
        "SELECT consultations::text FROM consultations WHERE id = '{id}'"
    ));
    assert_eq!(before, after);
    let page = desk.client.get(OUTSIDE).await;
    assert_eq!(page.texts("form[action*='/outside/'] button").len(), 1);
    page.assert_text("Rien n’a été déplacé ni annulé");
    assert_eq!(
        page.attributes(".row-title a", "href"),
        [format!("/practitioner/consultations/{id}")]
    );
    let calendar = desk
        .client
        .get("/practitioner/agenda?date=2026-03-23")
        .await;
    calendar.assert_text("Un rendez-vous est hors de vos horaires");
    assert_eq!(calendar.texts("[data-outside]").len(), 1);
}

#[tokio::test]
async fn keeping_an_appointment_is_remembered_until_its_hour_changes() {
    let desk = Desk::start().await;
    let id = desk.books(MONDAY_TEN);
    desk.closes("2026-03-23").await;
    let page = desk.client.post(&format!("{OUTSIDE}/{id}"), &[]).await;
    page.assert_see_other("/practitioner/agenda");
    desk.client
        .follow(&page)
        .await
        .assert_text("Ce rendez-vous est gardé à son heure.");

    // Another change asks about nothing that was decided.
    assert_eq!(
        desk.closes("2026-03-31").await,
        "/practitioner/agenda?date=2026-03-31"
    );
    let page = desk.client.get(OUTSIDE).await;
    page.assert_text("Gardés à leur heure");
    assert!(page.texts("form[action*='/outside/']").is_empty());
    let calendar = desk
        .client
        .get("/practitioner/agenda?date=2026-03-23")
        .await;
    assert!(calendar.texts("[data-outside]").is_empty());

    desk.app.sql(&format!(
        "UPDATE consultations SET starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour',
                blocked_until = blocked_until + interval '1 hour' WHERE id = '{id}'"
    ));
    assert_eq!(desk.closes("2026-04-02").await, OUTSIDE);
}

#[tokio::test]
async fn every_kind_of_change_finds_what_it_leaves_outside() {
    let desk = Desk::start().await;
    let window = desk.app.agenda_of(&desk.practitioner).window;
    desk.books(MONDAY_TEN);
    let edit = format!("/practitioner/agenda/windows/{window}");
    let form = desk.client.get(&edit).await;
    let page = desk.client.submit(&form, &edit, &[("from", "10:30")]).await;
    assert_eq!(page.location(), OUTSIDE);
    // Hours that touch cover what reaches from one into the other.
    let fields = [
        ("weekday", "1"),
        ("from", "08:00"),
        ("until", "10:30"),
        ("valid_from", "2026-03-20"),
        ("every_weeks", "1"),
    ];
    let page = desk
        .client
        .post("/practitioner/agenda/windows", &fields)
        .await;
    assert_eq!(page.location(), "/practitioner/agenda?date=2026-03-23");
    // The same local hours in another zone are other instants.
    let settings = "/practitioner/agenda/settings";
    let form = desk.client.get(settings).await;
    let page = desk
        .client
        .submit(&form, settings, &[("timezone", "America/New_York")])
        .await;
    assert_eq!(page.location(), OUTSIDE);
}

#[tokio::test]
async fn only_one_s_own_appointments_ahead_are_kept() {
    let desk = Desk::start().await;
    let other = desk.app.practitioner();
    let employee = desk.app.employee_of(&desk.app.company("Rivale"));
    let foreign = desk.app.consultation(&employee, &other).confirmed();
    let past = desk.books("2026-03-18T09:00:00Z");
    for id in [foreign, past, Uuid::nil()] {
        let page = desk.client.post(&format!("{OUTSIDE}/{id}"), &[]).await;
        page.assert_status(404);
    }
    assert_eq!(desk.app.count("SELECT count(*) FROM kept_consultations"), 0);
}
