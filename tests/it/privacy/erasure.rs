//! Erasing an account: the wish, the days to think, what is gone and what is not.

use std::net::SocketAddr;

use chrono::Duration;
use diesel::{
    QueryableByName, RunQueryDsl as _, connection::SimpleConnection as _, sql_query,
    sql_types::Text,
};
use huntzen::{
    infra::{
        config::{DatabaseUrl, KEYS_LOGIN, MailTransport},
        envelope::{connect_keys, ledger},
        jobs::Runner,
        mailer::Mailer,
    },
    jobs,
};
use secrecy::SecretString;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Account, Company, Employee, PASSWORD, Practitioner},
    app::config_for,
    cluster::Cluster,
    dump,
};

const PATH: &str = "/account/privacy/erasure";
const CANCELLATION: &str = "/account/privacy/erasure/cancellation";

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    value: String,
}

/// What another database answers.
fn text_of(database: &str, query: &str) -> String {
    sql_query(format!("SELECT ({query})::text AS value"))
        .get_result::<Answer>(&mut Cluster::shared().connect(database))
        .expect("an answer")
        .value
}

struct World {
    app: TestApp,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    /// Completed, with a message.
    met: Uuid,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let (employee, practitioner) = (app.employee_of(&company), app.practitioner());
        let met = app.consultation(&employee, &practitioner);
        let met = met.at("2026-03-12T09:00:00Z").completed(2_700);
        app.message(met, &employee, "SAID");
        app.journal_entry(&employee, ("TITLE", "JOURNAL"), Some(2), 5);
        app.notice(met, &employee, "booked");
        app.sql(&format!(
            "INSERT INTO personal_addresses (user_id, email, asked_since) VALUES ('{}', 'chez.moi@perso.example', now())",
            employee.id
        ));
        Self {
            app,
            company,
            employee,
            practitioner,
            met,
        }
    }

    async fn asked(&self, account: &Account) {
        let browser = self.app.client().signed_in_as(account);
        let page = browser.get(PATH).await;
        page.assert_ok();
        let asked = browser.submit(&page, PATH, &[("password", PASSWORD)]).await;
        asked.assert_see_other(PATH);
    }

    async fn days_later(&self, days: i64) {
        self.app.clock.advance(Duration::days(days));
        self.app.run_jobs().await;
    }

    fn status_of(&self, account: &Account) -> String {
        let status = format!("SELECT status FROM users WHERE id = '{}'", account.id);
        self.app.text(&status).expect("the account")
    }

    fn counters(&self) -> Option<String> {
        self.app.text(
            "SELECT string_agg(t, ' ' ORDER BY t) FROM (
                SELECT a::text AS t FROM employee_activity_daily a UNION ALL SELECT b::text FROM company_activity_daily b
                UNION ALL SELECT c::text FROM practitioner_activity_daily c) every",
        )
    }
}

#[tokio::test]
async fn an_account_is_erased_fourteen_days_after_its_person_asked_and_leaves_no_name() {
    let world = World::start().await;
    let (app, me) = (&world.app, &world.employee);
    // The day before the erasure, and the day after.
    let before = app.consultation(me, &world.practitioner);
    let before = before.at("2026-04-02T09:00:00Z").confirmed();
    let after = app.consultation(me, &world.practitioner);
    let after = after.at("2026-04-07T09:00:00Z").confirmed();
    let counters = world.counters();
    world.asked(me).await;
    let browser = app.client().signed_in_as(me);
    let page = browser.get(PATH).await;
    page.assert_ok()
        .assert_text("vendredi 3\u{a0}avril 2026")
        .assert_text("un rendez-vous après cette date");
    app.run_jobs().await;
    let mails = app.mails();
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert!(
        to.contains(&me.email.as_str()) && to.contains(&"chez.moi@perso.example"),
        "{to:?}"
    );
    assert!(
        mails.iter().all(|mail| !mail.text.contains("HuntZen Care")),
        "discreet"
    );

    world.days_later(11).await;
    assert_eq!(world.status_of(me), "active");
    let soon = app
        .mails()
        .iter()
        .filter(|mail| mail.subject.contains("trois jours"))
        .count();
    assert_eq!(soon, 2);
    world.days_later(3).await;
    assert_eq!(world.status_of(me), "erased");
    let done = app
        .mails()
        .iter()
        .filter(|mail| mail.subject == "Votre compte est effacé")
        .count();
    assert_eq!(done, 2);

    let status = |id: Uuid| {
        app.text(&format!(
            "SELECT status FROM consultations WHERE id = '{id}'"
        ))
    };
    assert_eq!(
        status(before).as_deref(),
        Some("confirmed"),
        "it took place, or not: that is theirs to say"
    );
    assert_eq!(status(after).as_deref(), Some("cancelled"));
    let told = format!(
        "SELECT count(*) FROM notices WHERE recipient_id = '{}' AND consultation_id = '{after}' AND kind = 'cancelled'",
        world.practitioner.id
    );
    assert_eq!(app.count(&told), 1);
    assert_eq!(world.counters(), counters, "counted as before");
    assert_eq!(
        app.count("SELECT hz.recount_activity('2026-01-01', '2026-12-31')"),
        0,
        "and as a recount counts"
    );

    for gone in [
        "journal_entries",
        "chat_messages",
        "chat_threads",
        "personal_addresses",
        "data_keys WHERE scope IN ('journal', 'chat', 'consultation')",
    ] {
        assert_eq!(
            app.count(&format!("SELECT count(*) FROM {gone}")),
            0,
            "{gone}"
        );
    }
    let mine = format!("'{}'", me.id);
    for (table, column) in [
        ("notices", "recipient_id"),
        ("credentials", "user_id"),
        ("sessions", "user_id"),
        ("security_events", "user_id"),
        ("presences", "person_id"),
    ] {
        let left = format!("SELECT count(*) FROM {table} WHERE {column} = {mine}");
        assert_eq!(app.count(&left), 0, "{table}");
    }
    let dump = dump::dump(&app.database);
    for word in [me.email.as_str(), "chez.moi@perso.example", "Comptable"] {
        assert!(!dump.contains(word), "{word} is still somewhere");
    }
    let practice = app.client().signed_in_as(&world.practitioner);
    let page = practice
        .get(&format!("/practitioner/consultations/{}", world.met))
        .await;
    page.assert_ok().assert_text("Anon.");
    let hr = app.client().signed_in_as(&app.hr_of(&world.company));
    hr.get("/rh/employees")
        .await
        .assert_ok()
        .assert_nowhere("Anon.");
    hr.get(&format!("/rh/employees/{}", me.id))
        .await
        .assert_status(404);
    hr.get("/rh/usage?month=2026-03")
        .await
        .assert_ok()
        .assert_nowhere("Anon.");
    browser.get("/employee").await.assert_status(303);
}

#[tokio::test]
async fn that_it_is_done_is_said_even_when_the_mail_server_was_away_and_the_address_waits_sealed() {
    let world = World::start().await;
    let (app, me) = (&world.app, &world.employee);
    world.asked(me).await;
    world.days_later(11).await;
    app.clock.advance(Duration::days(3));
    let mut config = config_for(
        &DatabaseUrl::new("postgres://unused/unused"),
        SocketAddr::from(([127, 0, 0, 1], 0)),
    );
    config.mail = MailTransport::Smtp(SecretString::from("smtp://127.0.0.1:1"));
    let away = Mailer::open(&config, app.clock.clone()).expect("a mailer");
    let runner = Runner::new(app.shared.clone(), away, jobs::registry());
    runner.run_until_idle().await.expect("the outbox answers");
    assert_eq!(world.status_of(me), "erased");
    let waiting =
        "SELECT count(*) FROM jobs WHERE kind = 'privacy.erased_mail' AND status = 'pending'";
    assert_eq!(app.count(waiting), 2);
    let dump = dump::dump(&app.database);
    for word in [me.email.as_str(), "chez.moi@perso.example"] {
        assert!(!dump.contains(word), "{word} waits in clear");
    }
    let before = app.mails().len();
    app.clock.advance(Duration::hours(2));
    app.run_jobs().await;
    let to: Vec<String> = app.mails()[before..]
        .iter()
        .filter(|mail| mail.subject.contains("effacé"))
        .map(|mail| mail.to.clone())
        .collect();
    assert_eq!(to.len(), 2, "{to:?}");
    assert!(to.contains(&me.email) && to.contains(&"chez.moi@perso.example".to_owned()));
    assert_eq!(app.count(waiting), 0);
    assert_eq!(
        app.count("SELECT count(*) FROM jobs WHERE payload_sealed IS NOT NULL"),
        0
    );
}

#[tokio::test]
async fn whoever_changes_their_mind_has_lost_nothing() {
    let world = World::start().await;
    let (app, me) = (&world.app, &world.employee);
    let later = app.consultation(me, &world.practitioner);
    let later = later.at("2026-04-07T09:00:00Z").confirmed();
    world.asked(me).await;
    world.days_later(10).await;
    let browser = app.client().signed_in_as(me);
    let page = browser.get(PATH).await;
    browser
        .submit(&page, CANCELLATION, &[])
        .await
        .assert_see_other(PATH);
    // Twice is once.
    browser.post(CANCELLATION, &[]).await.assert_see_other(PATH);
    world.days_later(30).await;
    assert_eq!(world.status_of(me), "active");
    let status = format!("SELECT status FROM consultations WHERE id = '{later}'");
    assert_eq!(app.text(&status).as_deref(), Some("confirmed"));
    assert_eq!(app.count("SELECT count(*) FROM journal_entries"), 1);
    assert!(
        app.mails()
            .iter()
            .all(|mail| mail.subject != "Votre compte est effacé")
    );
    // And may ask again.
    world.asked(me).await;
}

#[tokio::test]
async fn the_password_is_asked_and_a_wrong_one_erases_nothing() {
    let world = World::start().await;
    let browser = world.app.client().signed_in_as(&world.employee);
    for wrong in ["", "faux"] {
        let page = browser.post(PATH, &[("password", wrong)]).await;
        page.assert_status(422)
            .assert_text("Ce n’est pas votre mot de passe actuel");
    }
    assert_eq!(world.app.count("SELECT count(*) FROM erasures"), 0);
    world.asked(&world.employee).await;
    world.asked_again_is_once().await;
}

impl World {
    async fn asked_again_is_once(&self) {
        let browser = self.app.client().signed_in_as(&self.employee);
        browser
            .post(PATH, &[("password", PASSWORD)])
            .await
            .assert_see_other(PATH);
        assert_eq!(self.app.count("SELECT count(*) FROM erasures"), 1);
    }
}

#[tokio::test]
async fn the_last_hr_the_last_admin_and_practitioners_with_patients_are_told_why_not() {
    let world = World::start().await;
    let app = &world.app;
    let (hr, admin) = (app.hr_of(&world.company), app.admin());
    for (account, says) in [
        (&*hr, "la seule personne des RH"),
        (&*admin, "la dernière personne à cette fonction"),
        (&*world.practitioner, "conserver les dossiers"),
    ] {
        let browser = app.client().signed_in_as(account);
        let page = browser.get(PATH).await;
        page.assert_ok().assert_text(says);
        browser.post(PATH, &[("password", PASSWORD)]).await;
        assert_eq!(app.count("SELECT count(*) FROM erasures"), 0, "{says}");
    }
    let coming = app.consultation(&world.employee, &world.practitioner);
    coming.at("2026-04-07T09:00:00Z").confirmed();
    let browser = app.client().signed_in_as(&world.practitioner);
    browser
        .get(PATH)
        .await
        .assert_text("Des patients vous attendent");
    // With a colleague, HR may go; and is asked again on the day, when it may be the last by then.
    let colleague = app.hr_of(&world.company);
    world.asked(&hr).await;
    app.sql(&format!(
        "UPDATE users SET status = 'suspended' WHERE id = '{}'",
        colleague.id
    ));
    world.days_later(14).await;
    assert_eq!(world.status_of(&hr), "active");
    app.sql(&format!(
        "UPDATE users SET status = 'active' WHERE id = '{}'",
        colleague.id
    ));
    world.days_later(1).await;
    assert_eq!(world.status_of(&hr), "erased");
}

#[tokio::test]
async fn a_practitioner_who_met_nobody_can_be_erased() {
    let world = World::start().await;
    let new = world.app.practitioner();
    world.app.portrait_of(&new);
    world.asked(&new).await;
    world.days_later(14).await;
    assert_eq!(world.status_of(&new), "erased");
    let left = format!(
        "SELECT count(*) FROM portraits WHERE practitioner_id = '{}'",
        new.id
    );
    assert_eq!(world.app.count(&left), 0);
    let employee = world.app.client().signed_in_as(&world.employee);
    employee
        .get("/employee/booking")
        .await
        .assert_ok()
        .assert_nowhere("Anon.");
}

#[tokio::test]
async fn a_restored_backup_does_not_bring_the_person_back() {
    let world = World::start().await;
    let (app, me) = (&world.app, &world.employee);
    let backup = dump::dump(&app.database);
    world.asked(me).await;
    world.days_later(14).await;
    let file = std::env::temp_dir().join(format!("huntzen-erased-{}", Uuid::new_v4()));
    let keys = |database: &str| {
        let url = Cluster::shared().url_of(database);
        let login = url.with_login(KEYS_LOGIN, None).expect("a URL");
        connect_keys(&login).expect("the login")
    };
    ledger::export(&mut keys(&app.database), &file).expect("exported");
    assert!(
        !std::fs::read_to_string(&file)
            .expect("the ledger")
            .contains(&me.id.to_string()),
        "the file names nobody"
    );
    let restored = dump::restore(&backup);
    let ask = |query: &str| text_of(&restored, query);
    let status = format!("SELECT status FROM users WHERE id = '{}'", me.id);
    assert_eq!(ask(&status), "active");
    let replayed = ledger::replay(&mut keys(&restored), &file).expect("replayed");
    assert_eq!(replayed.accounts, 1);
    assert_eq!(ask(&status), "erased");
    assert_eq!(ask("SELECT count(*)::text FROM journal_entries"), "0");
    let again = ledger::replay(&mut keys(&restored), &file).expect("replayed");
    assert_eq!(again.accounts, 0);
    let _ = std::fs::remove_file(&file);
}

#[tokio::test]
async fn no_role_erases_with_an_update_nor_brings_back() {
    let world = World::start().await;
    let (app, me) = (&world.app, &world.employee);
    let as_hr =
        |statement: &str| {
            Cluster::shared().connect(&app.database).batch_execute(&format!(
            "BEGIN; SET LOCAL ROLE hz_hr; SET LOCAL hz.company_id = '{}'; {statement}; COMMIT",
            world.company.id
        ))
        };
    let erase = format!("UPDATE users SET status = 'erased' WHERE id = '{}'", me.id);
    assert!(as_hr(&erase).is_err());
    world.asked(me).await;
    world.days_later(14).await;
    let name = format!(
        "UPDATE users SET first_name = 'Camille' WHERE id = '{}'",
        me.id
    );
    assert!(as_hr(&name).is_err());
    assert_eq!(world.status_of(me), "erased");
}
