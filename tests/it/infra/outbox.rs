//! What the outbox holds of people: sealed for as long as it waits, and gone when it is done.

use std::sync::{Arc, Mutex};

use chrono::Duration;
use huntzen::infra::{
    actor::Worker,
    jobs::{self, Job, JobContext, JobError, Registry},
};
use serde::{Deserialize, Serialize};

use crate::support::{TestApp, dump, process::keys_command};

const ADDRESS: &str = "inconnue.4711@ailleurs.example";

/// Something that a job must know and no id tells.
#[derive(Serialize, Deserialize)]
struct Whisper {
    to: String,
    key: Option<i32>,
}

impl Job for Whisper {
    const KIND: &'static str = "test.whisper";

    fn dedup_key(&self) -> Option<String> {
        self.key.map(|key| format!("{}:{key}", Self::KIND))
    }
}

fn whisper() -> Whisper {
    Whisper {
        to: ADDRESS.to_owned(),
        key: None,
    }
}

async fn enqueue(app: &TestApp, job: Whisper) {
    Worker::door(&app.shared)
        .write(move |tx| jobs::enqueue_sealed(tx, &job))
        .await
        .expect("a job is written");
}

/// Runs the whispers that are due: whom they were for.
async fn heard(app: &TestApp) -> Vec<String> {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let ears = heard.clone();
    let registry = Registry::default().job(move |_: JobContext, job: Whisper| {
        ears.lock().expect("not poisoned").push(job.to);
        async { Ok(()) }
    });
    let run = app.runner(registry).run_until_idle().await;
    run.expect("a database");
    let heard = heard.lock().expect("not poisoned");
    heard.clone()
}

fn state(app: &TestApp) -> String {
    app.text(
        "SELECT concat_ws(' ', status, attempts, payload, payload_sealed IS NOT NULL, sealed_by IS NOT NULL)
         FROM jobs WHERE kind = 'test.whisper'",
    )
    .expect("a job")
}

#[tokio::test]
async fn whoever_asks_for_a_link_is_in_the_queue_under_seal_and_gets_the_mail() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    for address in [ADDRESS, employee.email.as_str()] {
        app.client()
            .post("/password-reset", &[("email", address)])
            .await
            .assert_ok();
    }
    let waiting = dump::dump(&app.database);
    assert!(!waiting.contains(ADDRESS), "the address is in the dump");
    assert_eq!(
        app.count("SELECT count(*) FROM jobs WHERE payload = '{}' AND payload_sealed IS NOT NULL"),
        2
    );
    assert_eq!(
        app.count("SELECT count(*) FROM data_keys WHERE scope = 'outbox'"),
        1,
        "one key a day"
    );
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, employee.email);
    // Neither the mail nor its link was ever there, nor is what asked for it any more.
    let link = mails[0]
        .text
        .split_whitespace()
        .find(|word| word.contains("/password-reset/"))
        .expect("a link");
    let (_, token) = link.rsplit_once('/').expect("a token");
    let done = dump::dump(&app.database);
    assert!(!done.contains(ADDRESS) && !done.contains(token));
    assert_eq!(
        app.count(
            "SELECT count(*) FROM jobs WHERE payload_sealed IS NOT NULL OR sealed_by IS NOT NULL"
        ),
        0
    );
}

#[tokio::test]
async fn what_waits_in_clear_of_the_version_before_is_sent_and_emptied() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    app.sql(&format!(
        "INSERT INTO jobs (kind, payload, run_at) VALUES
         ('auth.password_reset_requested', '{{\"address\": \"{}\", \"requested_at\": \"{}\"}}', '{}')",
        employee.email,
        app.now().to_rfc3339(),
        app.now().to_rfc3339(),
    ));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    assert_eq!(
        app.text("SELECT payload FROM jobs WHERE kind = 'auth.password_reset_requested'"),
        Some("{}".to_owned())
    );
}

#[tokio::test]
async fn a_payload_that_tells_of_somebody_is_refused_in_clear() {
    let app = TestApp::start().await;
    let refused = Worker::door(&app.shared)
        .write(|tx| jobs::enqueue(tx, &whisper()))
        .await
        .expect_err("refused");
    assert!(!format!("{refused:?}").contains(ADDRESS), "{refused:?}");
    let refused = Worker::door(&app.shared)
        .write(|tx| jobs::enqueue_all(tx, &[whisper(), whisper()]))
        .await;
    assert!(refused.is_err());
    assert_eq!(
        app.count("SELECT count(*) FROM jobs WHERE kind = 'test.whisper'"),
        0
    );
}

#[tokio::test]
async fn two_sealed_jobs_with_one_key_are_one_job() {
    let app = TestApp::start().await;
    for _ in 0..2 {
        let job = Whisper {
            key: Some(7),
            ..whisper()
        };
        enqueue(&app, job).await;
    }
    assert_eq!(heard(&app).await, [ADDRESS]);
}

#[tokio::test]
async fn a_job_that_is_tried_again_stays_sealed_and_a_dead_one_is_emptied_days_later() {
    let app = TestApp::start().await;
    enqueue(&app, whisper()).await;
    let failing =
        app.runner(Registry::default().job(|_: JobContext, _: Whisper| async {
            Err(JobError::Retry("not today".to_owned()))
        }));
    failing.run_until_idle().await.expect("a database");
    assert_eq!(state(&app), "pending 1 {} t t");
    app.clock.advance(Duration::hours(1));
    let hopeless = app.runner(
        Registry::default().job(|_: JobContext, job: Whisper| async move {
            assert_eq!(job.to, ADDRESS);
            Err(JobError::Hopeless("never".to_owned()))
        }),
    );
    hopeless.run_until_idle().await.expect("a database");
    assert_eq!(state(&app), "dead 2 {} t t");
    assert!(!dump::dump(&app.database).contains(ADDRESS));

    // Long after its last try, and with the key of its day.
    app.clock.advance(Duration::days(6));
    app.run_jobs().await;
    assert_eq!(state(&app), "dead 2 {} t t");
    app.clock.advance(Duration::days(2));
    app.run_jobs().await;
    assert_eq!(state(&app), "dead 2 {} f f");
    assert_eq!(
        app.count("SELECT count(*) FROM data_keys WHERE scope = 'outbox'"),
        0
    );
    assert_eq!(
        app.count("SELECT count(*) FROM destroyed_keys"),
        1,
        "a backup's key is destroyed again with it"
    );
}

#[tokio::test]
async fn a_key_is_kept_for_as_long_as_work_waits_for_it() {
    let app = TestApp::start().await;
    enqueue(&app, whisper()).await;
    app.clock.advance(Duration::days(30));
    // Nobody here runs whispers; everything else runs.
    app.run_jobs().await;
    assert_eq!(heard(&app).await, [ADDRESS]);
}

#[tokio::test]
async fn a_tampered_payload_is_told_and_stops_nothing_else() {
    let app = TestApp::start().await;
    enqueue(&app, whisper()).await;
    app.sql(
        "UPDATE jobs SET payload_sealed = set_byte(payload_sealed, 40, get_byte(payload_sealed, 40) # 1)",
    );
    enqueue(
        &app,
        Whisper {
            to: "autre@ailleurs.example".to_owned(),
            key: Some(1),
        },
    )
    .await;
    assert_eq!(heard(&app).await, ["autre@ailleurs.example"]);
    assert_eq!(
        app.text("SELECT last_error FROM jobs WHERE status = 'pending' AND kind = 'test.whisper'"),
        Some("a sealed payload that cannot be read".to_owned())
    );
    assert_eq!(
        app.text("SELECT concat_ws(' ', severity, detail->>'table', detail->>'column') FROM security_events
                  WHERE kind = 'sealed_text_tampered'"),
        Some("high jobs payload_sealed".to_owned())
    );
}

#[tokio::test]
async fn sealed_payloads_moved_between_jobs_are_neither_read() {
    let app = TestApp::start().await;
    for key in [1, 2] {
        let job = Whisper {
            key: Some(key),
            ..whisper()
        };
        enqueue(&app, job).await;
    }
    app.sql(
        "UPDATE jobs j SET payload_sealed = o.payload_sealed FROM jobs o
         WHERE o.id <> j.id AND o.kind = 'test.whisper' AND j.kind = 'test.whisper'",
    );
    assert!(heard(&app).await.is_empty());
}

#[tokio::test]
async fn new_keys_of_either_kind_lose_nothing_that_waits() {
    let app = TestApp::start().await;
    enqueue(&app, whisper()).await;
    let before = app.text("SELECT md5(payload_sealed) FROM jobs");
    keys_command(&app, &["renew", "outbox"]).expect("renewed");
    assert_ne!(app.text("SELECT md5(payload_sealed) FROM jobs"), before);
    assert_eq!(
        app.text("SELECT string_agg(version::text, ' ') FROM data_keys"),
        Some("2".to_owned())
    );
    keys_command(&app, &["rotate"]).expect("rotated");
    assert_eq!(heard(&app).await, [ADDRESS]);
}

#[tokio::test]
async fn the_worker_and_visitors_find_the_keys_of_the_outbox_and_no_other() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let consultation = app.consultation(&employee, &practitioner).scheduled();
    app.message(consultation, &employee, "Je dors mal");
    app.journal_entry(&employee, ("Lundi", "Bonjour"), Some(3), 1);
    enqueue(&app, whisper()).await;
    assert!(app.count("SELECT count(*) FROM data_keys") >= 3);
    for role in ["hz_worker", "hz_visitor"] {
        app.sql(&format!("BEGIN; SET LOCAL ROLE {role}"));
        let seen = app.text("SELECT string_agg(scope, ' ') FROM data_keys");
        app.sql("ROLLBACK");
        assert_eq!(seen.as_deref(), Some("outbox"), "{role}");
    }
    let others = "SELECT count(*) FROM data_keys WHERE scope <> 'outbox'";
    let before = app.count(others);
    app.sql("BEGIN; SET LOCAL ROLE hz_worker; DELETE FROM data_keys; RESET ROLE");
    assert_eq!(app.count(others), before);
    assert_eq!(app.count("SELECT count(*) FROM data_keys"), before);
    app.sql("ROLLBACK");
}
