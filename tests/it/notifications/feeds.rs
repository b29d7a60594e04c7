//! Calendar feeds: for whoever knows the secret, as long as it is one.

use chrono::{DateTime, Utc};

use super::{files, world::World};
use crate::support::actors::Account;

impl World {
    async fn makes_feed(&self, account: &Account, space: &str) -> String {
        let client = self.app.client().signed_in_as(account);
        let page = client
            .get(&format!("/{space}/notifications/preferences"))
            .await;
        let action = format!("/{space}/notifications/calendar");
        let page = client.submit(&page, &action, &[]).await;
        let shown = page.assert_ok().attributes("#feed", "value");
        let path = shown[0].strip_prefix(&self.app.shared.config.public_url);
        path.expect("our own address").to_owned()
    }

    async fn feed_status(&self, path: &str) -> u16 {
        self.app.client().get(path).await.status
    }
}

#[tokio::test]
async fn a_feed_gives_times_and_nothing_else() {
    let world = World::start().await;
    let id = world.confirmed_at("2026-03-30T08:00:00Z");
    let new = || world.app.consultation(&world.employee, &world.practitioner);
    new().at("2026-03-31T08:00:00Z").scheduled();
    new().at("2026-04-01T08:00:00Z").cancelled();
    for (account, space, title) in [
        (&*world.employee as &Account, "employee", "Rendez-vous"),
        (&world.practitioner, "practitioner", "Consultation"),
    ] {
        let path = world.makes_feed(account, space).await;
        let page = world.app.client().get(&path).await;
        page.assert_ok();
        assert_eq!(
            page.header("content-type"),
            Some("text/calendar; charset=utf-8")
        );
        let file = files::read(&page.text());
        assert_eq!(
            (file.method.as_str(), file.name.as_deref()),
            ("PUBLISH", Some("Rendez-vous"))
        );
        let statuses: Vec<_> = file
            .events
            .iter()
            .map(|event| event.status.as_str())
            .collect();
        assert_eq!(statuses, ["CONFIRMED", "TENTATIVE"]);
        let first = &file.events[0];
        assert_eq!(
            (first.uid.as_str(), first.summary.as_str()),
            (id.to_string().as_str(), title)
        );
        let start: DateTime<Utc> = "2026-03-30T08:00:00Z".parse().expect("a date");
        assert_eq!(first.starts_at, start);
        assert!(
            first
                .description
                .contains(&format!("/{space}/consultations/{id}"))
        );
        assert_eq!(
            (&first.location, &first.attendee, &first.class),
            (&None, &None, &"PRIVATE".to_owned())
        );
        for name in [&world.employee.last_name, &world.practitioner.last_name] {
            page.assert_nowhere(name);
        }
    }
}

#[tokio::test]
async fn a_feed_numbers_an_appointment_like_its_mails() {
    let world = World::start().await;
    let id = world.booked("video").await;
    world.moves(id, "2026-03-24T09:00:00Z").await;
    world.moves(id, "2026-03-25T09:00:00Z").await;
    let (employee, _) = world.mails().await;
    let (_, mailed) = files::attached(&employee.expect("a mail"));
    let path = world.makes_feed(&world.employee, "employee").await;
    let page = world.app.client().get(&path).await;
    let read = files::read(&page.text()).events.remove(0);
    assert_eq!((read.sequence.as_str(), &read.uid), ("2", &mailed.uid));
    assert_eq!(read.sequence, mailed.sequence);
}

#[tokio::test]
async fn a_secret_that_is_revoked_replaced_tampered_or_another_s_shows_nothing_of_mine() {
    let world = World::start().await;
    let id = world.confirmed_at("2026-03-30T08:00:00Z");
    let stranger = world.app.employee_of(&world.app.company("Rivale"));
    let theirs = world.makes_feed(&stranger, "employee").await;
    let page = world.app.client().get(&theirs).await;
    page.assert_ok().assert_nowhere(&id.to_string());
    assert!(files::read(&page.text()).events.is_empty());

    let first = world.makes_feed(&world.employee, "employee").await;
    assert_eq!(world.feed_status(&first).await, 200);
    let token = first
        .strip_prefix("/calendar/")
        .and_then(|rest| rest.strip_suffix(".ics"));
    let token = token.expect("a token");
    let flipped: String = token
        .char_indices()
        .map(|(at, letter)| match (at, letter) {
            (7, 'A') => 'B',
            (7, _) => 'A',
            _ => letter,
        })
        .collect();
    let hash = world
        .app
        .text("SELECT encode(token_hash, 'hex') FROM calendar_feeds LIMIT 1");
    for wrong in [
        flipped.as_str(),
        &token[..42],
        &format!("{token}A"),
        &token.to_lowercase(),
        &hash.expect("a hash"),
        &world.employee.id.to_string(),
        "%00",
        "..%2f..%2fetc",
        "'%20OR%201=1--",
    ] {
        let status = world.feed_status(&format!("/calendar/{wrong}.ics")).await;
        assert!(matches!(status, 400 | 404), "{wrong}: {status}");
    }
    assert_eq!(world.feed_status(&format!("/calendar/{token}")).await, 404);

    let second = world.makes_feed(&world.employee, "employee").await;
    assert_ne!(first, second);
    assert_eq!(world.feed_status(&first).await, 404);
    assert_eq!(world.feed_status(&second).await, 200);
    let client = world.app.client().signed_in_as(&world.employee);
    let page = client.get("/employee/notifications/preferences").await;
    page.assert_nowhere(second.trim_start_matches("/calendar/"));
    let action = "/employee/notifications/calendar/revocation";
    client.submit(&page, action, &[]).await.assert_status(303);
    assert_eq!(world.feed_status(&second).await, 404);
    // Nobody else's feed ends with mine.
    assert_eq!(world.feed_status(&theirs).await, 200);
}

#[tokio::test]
async fn a_suspended_account_has_no_feed() {
    let world = World::start().await;
    let path = world.makes_feed(&world.employee, "employee").await;
    world
        .app
        .sql("UPDATE users SET status = 'suspended' WHERE role = 'employee'");
    assert_eq!(world.feed_status(&path).await, 404);
}

#[tokio::test]
async fn no_secret_is_stored() {
    let world = World::start().await;
    let path = world.makes_feed(&world.employee, "employee").await;
    let token = path
        .trim_start_matches("/calendar/")
        .trim_end_matches(".ics");
    let found = world.app.count(&format!(
        "SELECT count(*) FROM calendar_feeds f WHERE f::text LIKE '%{token}%'"
    ));
    assert_eq!(found, 0);
}
