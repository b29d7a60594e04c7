//! What a practitioner may read, and until when. The row policies ask PostgreSQL's clock too, so these
//! tests stand at today.

use chrono::{DateTime, Duration, Utc};
use huntzen::infra::clock::Clock;
use uuid::Uuid;

use super::{HOME, World};
use crate::support::{TestApp, actors::Practitioner, app::Setup, client::Client};

const SHARES: &str = "/employee/journal/shares";

struct Pair {
    world: World,
    practitioner: Practitioner,
    doctor: Client,
    now: DateTime<Utc>,
}

impl Pair {
    async fn start() -> Self {
        let now = Clock::system().now();
        let clock = Clock::fixed(now);
        let world = World::of(
            TestApp::start_with(Setup {
                clock,
                ..Setup::default()
            })
            .await,
        );
        let practitioner = world.app.practitioner();
        let when = (now - Duration::days(3)).to_rfc3339();
        world
            .app
            .consultation(&world.employee, &practitioner)
            .at(&when)
            .completed(2_700);
        Self {
            doctor: world.app.client().signed_in_as(&practitioner),
            practitioner,
            world,
            now,
        }
    }

    fn day(&self, days: i64) -> String {
        (self.now + Duration::days(days))
            .format("%Y-%m-%d")
            .to_string()
    }

    async fn shares(&self, entry: Option<Uuid>, fields: &[(&str, &str)]) -> String {
        let query = entry.map(|id| format!("?entry={id}")).unwrap_or_default();
        let form = self
            .world
            .browser
            .get(&format!("{SHARES}/new{query}"))
            .await;
        let sent = self
            .world
            .browser
            .submit(form.assert_ok(), SHARES, fields)
            .await;
        sent.assert_see_other(SHARES);
        self.world
            .app
            .text("SELECT id::text FROM journal_shares ORDER BY shared_at DESC, ended_at NULLS FIRST LIMIT 1")
            .expect("a sharing")
    }

    fn keys(&self) -> i64 {
        self.world
            .app
            .count("SELECT count(*) FROM data_keys WHERE scope = 'journal_share'")
    }
}

#[tokio::test]
async fn a_page_is_shared_read_and_taken_back() {
    let pair = Pair::start().await;
    let app = &pair.world.app;
    let entry = app.journal_entry(
        &pair.world.employee,
        ("Lundi", "Trop de <b>bruit</b>."),
        Some(2),
        5,
    );
    app.journal_entry(&pair.world.employee, ("Secret", "Autre chose."), Some(2), 4);
    let share = pair.shares(Some(entry), &[]).await;
    let list = pair.doctor.get("/practitioner/journal").await;
    list.assert_ok()
        .assert_text(&pair.world.employee.last_name)
        .assert_text("Lundi")
        .assert_nowhere("Secret");
    let path = format!("/practitioner/journal/{share}");
    pair.doctor
        .get(&path)
        .await
        .assert_ok()
        .assert_text("Partagé par votre patient")
        .assert_text("Trop de <b>bruit</b>.")
        .assert_text("Difficile")
        .assert_nowhere("<b>bruit");
    let own = World::path_of(entry);
    pair.world
        .browser
        .get(&own)
        .await
        .assert_text("Partagé avec");

    // A copy: what changes later stays at home.
    let edit = pair.world.browser.get(&format!("{own}/edit")).await;
    pair.world
        .browser
        .submit(&edit, &own, &[("text", "Réécrit.")])
        .await
        .assert_see_other(&own);
    pair.doctor
        .get(&path)
        .await
        .assert_text("bruit")
        .assert_nowhere("Réécrit");

    // Nobody else reads it, and its key is not the journal's.
    let other = app.client().signed_in_as(&app.practitioner());
    other.get(&path).await.assert_status(404);
    other
        .get("/practitioner/journal")
        .await
        .assert_nowhere("Lundi");
    assert_eq!(pair.keys(), 1);
    let colleague = app.employee_of(&pair.world.company);
    let stranger = app.employee_of(&app.company("Rivale"));
    let revocation = format!("{SHARES}/{share}/revocation");
    for who in [&colleague, &stranger] {
        let browser = app.client().signed_in_as(who);
        browser.post(&revocation, &[]).await.assert_status(404);
        browser.get(SHARES).await.assert_nowhere("Lundi");
        browser
            .get(&format!("{SHARES}/new?entry={entry}"))
            .await
            .assert_status(404);
    }
    pair.doctor.get(&path).await.assert_ok();

    let shares = pair.world.browser.get(SHARES).await;
    pair.world
        .browser
        .submit(&shares, &revocation, &[])
        .await
        .assert_see_other(SHARES);
    pair.doctor.get(&path).await.assert_status(404);
    pair.doctor
        .get("/practitioner/journal")
        .await
        .assert_text("Rien n’est partagé");
    assert_eq!(pair.keys(), 0);
    assert_eq!(
        app.count("SELECT count(*) FROM journal_shares WHERE content_sealed IS NOT NULL"),
        0
    );
    pair.world
        .browser
        .get(SHARES)
        .await
        .assert_text("Partages terminés");
    // Twice is once.
    pair.world
        .browser
        .post(&revocation, &[])
        .await
        .assert_see_other(SHARES);
}

#[tokio::test]
async fn a_summary_is_read_until_its_last_day() {
    let pair = Pair::start().await;
    let app = &pair.world.app;
    let share = pair
        .shares(
            None,
            &[
                ("text", "Semaine difficile, canari-5521."),
                ("until", &pair.day(2)),
            ],
        )
        .await;
    let path = format!("/practitioner/journal/{share}");
    pair.doctor.get(&path).await.assert_text("canari-5521");
    assert_eq!(
        app.count("SELECT count(*) FROM journal_shares s WHERE s::text LIKE '%canari%'"),
        0
    );
    pair.world.browser.get(HOME).await.assert_nowhere("canari");
    // The application's clock passes the day: gone at once, destroyed by the next job.
    app.clock.advance(Duration::days(3));
    pair.doctor.get(&path).await.assert_status(404);
    pair.doctor
        .get("/practitioner/journal")
        .await
        .assert_nowhere(&share);
    app.run_jobs().await;
    assert_eq!(pair.keys(), 0);
    assert_eq!(
        app.count("SELECT count(*) FROM journal_shares WHERE ended_at IS NULL"),
        0
    );
}

#[tokio::test]
async fn what_is_over_is_hidden_by_the_row_policy_itself() {
    let pair = Pair::start().await;
    let share = pair.shares(None, &[("text", "Mots.")]).await;
    let path = format!("/practitioner/journal/{share}");
    pair.doctor.get(&path).await.assert_ok();
    // As if the application's clock were wrong.
    pair.world.app.sql(
        "UPDATE journal_shares SET shared_at = now() - interval '2 days', expires_at = now() - interval '1 minute'",
    );
    pair.world.app.clock.advance(Duration::days(-2));
    pair.doctor.get(&path).await.assert_status(404);
}

#[tokio::test]
async fn deleting_a_page_ends_its_sharing() {
    let pair = Pair::start().await;
    let entry = pair
        .world
        .app
        .journal_entry(&pair.world.employee, ("Lundi", "Bonjour."), None, 5);
    let share = pair.shares(Some(entry), &[]).await;
    let path = World::path_of(entry);
    pair.world
        .browser
        .post(&format!("{path}/deletion"), &[])
        .await
        .assert_see_other(HOME);
    pair.doctor
        .get(&format!("/practitioner/journal/{share}"))
        .await
        .assert_status(404);
    assert_eq!(pair.keys(), 0);
}

#[tokio::test]
async fn one_shares_with_one_s_own_practitioner_and_no_other() {
    let pair = Pair::start().await;
    let app = &pair.world.app;
    let stranger = app.practitioner().id.to_string();
    let cancelled = app.practitioner();
    let consultation = app
        .consultation(&pair.world.employee, &cancelled)
        .at(&(pair.now + Duration::days(2)).to_rfc3339())
        .scheduled();
    app.sql(&format!(
        "UPDATE consultations SET status = 'cancelled', cancelled_at = now(), cancelled_by = employee_id WHERE id = '{consultation}'"
    ));
    let form = pair.world.browser.get(&format!("{SHARES}/new")).await;
    let far = pair.day(200);
    let yesterday = pair.day(-2);
    let cancelled = cancelled.id.to_string();
    for (field, value, said) in [
        ("practitioner", stranger.as_str(), "l’un de vos praticiens"),
        ("practitioner", &cancelled, "l’un de vos praticiens"),
        ("practitioner", "", "l’un de vos praticiens"),
        ("until", &far, "Choisissez un jour"),
        ("until", &yesterday, "Choisissez un jour"),
        ("until", "x", "Choisissez un jour"),
        ("text", "", "Écrivez quelques mots à partager"),
    ] {
        let mut fields = vec![("text", "Gardé mot pour mot.")];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let refused = pair.world.browser.submit(&form, SHARES, &fields).await;
        refused.assert_status(422).assert_text(said);
        if field != "text" {
            assert!(
                refused
                    .form(SHARES)
                    .contains(&("text".to_owned(), "Gardé mot pour mot.".to_owned()))
            );
        }
    }
    assert_eq!(app.count("SELECT count(*) FROM journal_shares"), 0);
    // The database says the same to whoever asks it directly.
    let (own, theirs) = (pair.practitioner.id, &stranger);
    for (practitioner, allowed) in [
        (own.to_string(), true),
        (theirs.clone(), false),
        (cancelled, false),
    ] {
        let insert = format!(
            "SET LOCAL ROLE hz_employee;
             SELECT set_config('hz.user_id', '{}', true), set_config('hz.company_id', '{}', true);
             INSERT INTO journal_shares (id, employee_id, company_id, practitioner_id, client_id, shared_at, expires_at)
             VALUES (gen_random_uuid(), '{}', '{}', '{practitioner}', gen_random_uuid(), now(), now() + interval '1 day');",
            pair.world.employee.id, pair.world.company.id, pair.world.employee.id, pair.world.company.id
        );
        let done = {
            use diesel::connection::SimpleConnection as _;
            app.owner()
                .batch_execute(&format!("BEGIN; {insert} ROLLBACK;"))
        };
        if done.is_err() {
            app.sql("ROLLBACK");
        }
        assert_eq!(done.is_ok(), allowed, "{practitioner}: {done:?}");
    }
    // Twice is once.
    let sent = [("text", "Une fois.")];
    for _ in 0..2 {
        pair.world
            .browser
            .submit(&form, SHARES, &sent)
            .await
            .assert_see_other(SHARES);
    }
    assert_eq!(app.count("SELECT count(*) FROM journal_shares"), 1);
}

#[tokio::test]
async fn a_copy_that_was_tampered_with_says_so() {
    let pair = Pair::start().await;
    let share = pair.shares(None, &[("text", "Mots.")]).await;
    pair.world.app.sql(
        "UPDATE journal_shares SET content_sealed = set_byte(content_sealed, 30, get_byte(content_sealed, 30) # 1)",
    );
    pair.doctor
        .get(&format!("/practitioner/journal/{share}"))
        .await
        .assert_ok()
        .assert_text("ne peut pas être lue")
        .assert_nowhere("Mots.");
    pair.world
        .browser
        .get(SHARES)
        .await
        .assert_ok()
        .assert_text("ne peut pas être lue");
    assert_eq!(
        pair.world
            .app
            .count("SELECT count(*) FROM security_events WHERE kind = 'sealed_text_tampered'"),
        1
    );
}
