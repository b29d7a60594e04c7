//! The outbox and its runner on a real database.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::{DateTime, Duration, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Integer, Nullable, Text, Timestamptz},
};
use huntzen::infra::{
    actor::Worker,
    jobs::{self, Backlog, Job, JobContext, JobError, LEASE, Occurrence, Registry, retry},
    mailer::Mail,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::TestApp;

#[derive(Serialize, Deserialize)]
struct Greet {
    key: Option<Uuid>,
    at: Option<DateTime<Utc>>,
}

impl Greet {
    const NOW: Self = Self {
        key: None,
        at: None,
    };
}

impl Job for Greet {
    const KIND: &'static str = "test.greet";

    fn dedup_key(&self) -> Option<String> {
        self.key.map(|key| key.to_string())
    }

    fn run_at(&self) -> Option<DateTime<Utc>> {
        self.at
    }
}

#[derive(Clone, Default)]
struct Count(Arc<AtomicUsize>);

impl Count {
    fn add(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Debug, PartialEq, QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Timestamptz)]
    run_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Text>)]
    last_error: Option<String>,
}

async fn enqueue(app: &TestApp, job: Greet) {
    Worker::door(&app.shared)
        .write(move |tx| jobs::enqueue(tx, &job))
        .await
        .expect("a job is written");
}

fn rows(app: &TestApp) -> Vec<Row> {
    sql_query(
        "SELECT status, attempts, run_at, last_error FROM jobs WHERE kind = 'test.greet' ORDER BY created_at",
    )
    .load(&mut *app.owner())
    .expect("the table")
}

fn row(app: &TestApp) -> Row {
    let mut rows = rows(app);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

fn counting(count: &Count) -> Registry {
    let count = count.clone();
    Registry::default().job(move |_: JobContext, _: Greet| {
        count.add();
        async { Ok(()) }
    })
}

fn failing() -> Registry {
    Registry::default()
        .job(|_: JobContext, _: Greet| async { Err(JobError::Retry("not today".to_owned())) })
}

#[tokio::test]
async fn a_job_runs_once_and_is_done() {
    let app = TestApp::start().await;
    let count = Count::default();
    let runner = app.runner(counting(&count));
    enqueue(&app, Greet::NOW).await;
    assert_eq!(runner.run_until_idle().await.expect("a database"), 1);
    assert_eq!(runner.run_until_idle().await.expect("a database"), 0);
    assert_eq!(count.get(), 1);
    assert_eq!(row(&app).status, "done");
}

#[tokio::test]
async fn a_rolled_back_transaction_enqueues_nothing() {
    let app = TestApp::start().await;
    let refused = Worker::door(&app.shared)
        .write(|tx| {
            jobs::enqueue(tx, &Greet::NOW)?;
            Err::<(), _>(huntzen::infra::error::AppError::Malformed)
        })
        .await;
    assert!(refused.is_err());
    assert!(rows(&app).is_empty());
}

#[tokio::test]
async fn two_jobs_with_one_key_are_one_job() {
    let app = TestApp::start().await;
    let once = Uuid::new_v4();
    for _ in 0..2 {
        enqueue(
            &app,
            Greet {
                key: Some(once),
                at: None,
            },
        )
        .await;
    }
    assert_eq!(rows(&app).len(), 1);
}

#[tokio::test]
async fn a_job_for_later_waits_for_its_time() {
    let app = TestApp::start().await;
    let count = Count::default();
    let runner = app.runner(counting(&count));
    let later = app.clock.now() + Duration::hours(24);
    enqueue(
        &app,
        Greet {
            key: None,
            at: Some(later),
        },
    )
    .await;
    runner.run_until_idle().await.expect("a database");
    assert_eq!(count.get(), 0);
    app.clock.advance(Duration::hours(24));
    runner.run_until_idle().await.expect("a database");
    assert_eq!(count.get(), 1);
    assert_eq!(row(&app).status, "done");
}

#[tokio::test]
async fn a_failed_job_comes_back_later_for_more_than_a_day_and_then_is_a_dead_letter() {
    let app = TestApp::start().await;
    let start = app.clock.now();
    let runner = app.runner(failing());
    enqueue(&app, Greet::NOW).await;
    let mut tries = 0;
    loop {
        tries += runner.run_until_idle().await.expect("a database");
        let row = row(&app);
        if row.status == "dead" {
            break;
        }
        assert_eq!(row.last_error.as_deref(), Some("not today"));
        let wait = row.run_at - app.clock.now();
        assert!(wait >= Duration::seconds(30), "{wait}");
        app.clock.advance(wait);
    }
    assert_eq!(
        tries,
        usize::try_from(retry::MAX_ATTEMPTS).expect("positive")
    );
    assert!(app.clock.now() - start >= Duration::hours(24));
    assert_eq!(runner.run_until_idle().await.expect("a database"), 0);
}

#[tokio::test]
async fn a_hopeless_job_is_a_dead_letter_at_once() {
    let app = TestApp::start().await;
    let runner = app.runner(
        Registry::default()
            .job(|_: JobContext, _: Greet| async { Err(JobError::Hopeless("never".to_owned())) }),
    );
    enqueue(&app, Greet::NOW).await;
    runner.run_until_idle().await.expect("a database");
    let row = row(&app);
    assert_eq!((row.status.as_str(), row.attempts), ("dead", 1));
}

#[tokio::test]
async fn a_panic_is_a_failure_and_the_runner_goes_on() {
    let app = TestApp::start().await;
    let runner = app.runner(
        Registry::default().job(|_: JobContext, job: Greet| async move {
            assert!(job.key.is_some(), "a panic this test wants to see");
            Ok(())
        }),
    );
    enqueue(&app, Greet::NOW).await;
    enqueue(
        &app,
        Greet {
            key: Some(Uuid::new_v4()),
            at: None,
        },
    )
    .await;
    assert_eq!(runner.run_until_idle().await.expect("a database"), 2);
    let outcomes: Vec<_> = rows(&app)
        .into_iter()
        .map(|row| (row.status, row.last_error))
        .collect();
    assert_eq!(
        outcomes,
        [
            (
                "pending".to_owned(),
                Some("the handler panicked".to_owned())
            ),
            ("done".to_owned(), None)
        ]
    );
}

#[tokio::test]
async fn two_runners_never_run_the_same_job() {
    let app = TestApp::start().await;
    let count = Count::default();
    let (left, right) = (app.runner(counting(&count)), app.runner(counting(&count)));
    for _ in 0..60 {
        enqueue(&app, Greet::NOW).await;
    }
    let (left, right) = tokio::join!(left.run_until_idle(), right.run_until_idle());
    assert_eq!(left.expect("a database") + right.expect("a database"), 60);
    assert_eq!(count.get(), 60);
    assert!(
        rows(&app)
            .iter()
            .all(|row| row.status == "done" && row.attempts == 1)
    );
}

#[tokio::test]
async fn a_job_whose_process_died_runs_again_when_its_lease_ends() {
    let app = TestApp::start().await;
    let started = Arc::new(Notify::new());
    let signal = started.clone();
    let stuck = app.runner(Registry::default().job(move |_: JobContext, _: Greet| {
        signal.notify_one();
        std::future::pending()
    }));
    enqueue(&app, Greet::NOW).await;
    let dying = tokio::spawn(stuck.run(CancellationToken::new()));
    started.notified().await;
    dying.abort();
    assert!(dying.await.is_err_and(|error| error.is_cancelled()));

    let count = Count::default();
    let survivor = app.runner(counting(&count));
    app.clock.advance(Duration::seconds(1));
    survivor.run_until_idle().await.expect("a database");
    assert_eq!(count.get(), 0, "the lease still holds");
    app.clock
        .advance(Duration::from_std(LEASE).expect("a short time"));
    survivor.run_until_idle().await.expect("a database");
    assert_eq!(count.get(), 1);
    assert_eq!(row(&app).attempts, 2);
}

#[tokio::test]
async fn a_job_that_kills_every_process_becomes_a_dead_letter() {
    let app = TestApp::start().await;
    let count = Count::default();
    let runner = app.runner(counting(&count));
    enqueue(&app, Greet::NOW).await;
    app.sql("UPDATE jobs SET attempts = 14");
    runner.run_until_idle().await.expect("a database");
    assert_eq!(count.get(), 0);
    assert_eq!(row(&app).status, "dead");
}

#[tokio::test]
async fn stopping_waits_for_the_running_handler() {
    let app = TestApp::start().await;
    let (started, finish) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (signal, wait) = (started.clone(), finish.clone());
    let runner = app.runner(Registry::default().job(move |_: JobContext, _: Greet| {
        let wait = wait.clone();
        signal.notify_one();
        async move {
            wait.notified().await;
            Ok(())
        }
    }));
    enqueue(&app, Greet::NOW).await;
    let stop = CancellationToken::new();
    let working = tokio::spawn(runner.run(stop.clone()));
    started.notified().await;
    stop.cancel();
    finish.notify_one();
    working.await.expect("a clean end");
    assert_eq!(row(&app).status, "done");
}

#[tokio::test]
async fn kinds_that_nobody_here_knows_are_left_to_others() {
    let app = TestApp::start().await;
    enqueue(&app, Greet::NOW).await;
    assert_eq!(
        app.runner(Registry::default())
            .run_until_idle()
            .await
            .expect("a database"),
        0
    );
    assert_eq!(row(&app).attempts, 0);
}

#[tokio::test]
async fn a_recurring_work_runs_once_per_period_however_many_runners_there_are() {
    let app = TestApp::start().await;
    let count = Count::default();
    let nightly = || {
        let count = count.clone();
        Registry::default().cron("test-nightly", "0 15 2 * * *", move |_, _: Occurrence| {
            count.add();
            async { Ok(json!({ "drift": 0 })) }
        })
    };
    let runners = [app.runner(nightly()), app.runner(nightly())];
    for nights in 1..=2 {
        let (left, right) = tokio::join!(runners[0].run_until_idle(), runners[1].run_until_idle());
        left.and(right).expect("a database");
        // Another process that starts later finds the period taken.
        app.runner(nightly())
            .run_until_idle()
            .await
            .expect("a database");
        assert_eq!(count.get(), nights);
        app.clock.advance(Duration::days(1));
    }
    assert_eq!(
        app.count("SELECT count(*) FROM cron_runs WHERE job = 'test-nightly' AND outcome = 'done' AND detail = '{\"drift\": 0}'"),
        2
    );
}

#[tokio::test]
async fn a_long_stop_is_caught_up_by_one_run_of_the_latest_period() {
    let app = TestApp::start().await;
    let count = Count::default();
    let counted = count.clone();
    let runner =
        app.runner(
            Registry::default().cron("test-nightly", "0 15 2 * * *", move |_, _| {
                counted.add();
                async { Ok(json!({})) }
            }),
        );
    runner.run_until_idle().await.expect("a database");
    app.clock.advance(Duration::days(10));
    runner.run_until_idle().await.expect("a database");
    assert_eq!(count.get(), 2);
    assert_eq!(
        app.count("SELECT count(*) FROM cron_runs WHERE period = '2026-03-30T02:15:00'"),
        1
    );
}

#[tokio::test]
async fn a_failed_period_is_written_down_and_tried_again() {
    let app = TestApp::start().await;
    let count = Count::default();
    let counted = count.clone();
    let runner =
        app.runner(
            Registry::default().cron("test-nightly", "0 15 2 * * *", move |_, _| {
                counted.add();
                let first = counted.get() == 1;
                async move {
                    if first {
                        Err(JobError::Retry("no disk".to_owned()))
                    } else {
                        Ok(json!({}))
                    }
                }
            }),
        );
    runner.run_until_idle().await.expect("a database");
    assert_eq!(
        app.count("SELECT count(*) FROM cron_runs WHERE outcome = 'failed' AND detail->>'error' = 'no disk'"),
        1
    );
    app.clock.advance(Duration::minutes(1));
    runner.run_until_idle().await.expect("a database");
    assert_eq!(
        app.count("SELECT count(*) FROM cron_runs WHERE outcome = 'done'"),
        1
    );
}

#[tokio::test]
async fn done_jobs_are_forgotten_after_thirty_days_and_dead_letters_are_kept() {
    let app = TestApp::start().await;
    enqueue(&app, Greet::NOW).await;
    app.runner(counting(&Count::default()))
        .run_until_idle()
        .await
        .expect("a database");
    enqueue(&app, Greet::NOW).await;
    app.sql("UPDATE jobs SET status = 'dead', finished_at = run_at WHERE status = 'pending'");
    app.clock.advance(Duration::days(29));
    app.run_jobs().await;
    assert_eq!(rows(&app).len(), 2);
    app.clock.advance(Duration::days(2));
    app.run_jobs().await;
    assert_eq!(row(&app).status, "dead");
}

#[tokio::test]
async fn the_backlog_counts_what_waits_and_for_how_long() {
    let app = TestApp::start().await;
    enqueue(&app, Greet::NOW).await;
    enqueue(
        &app,
        Greet {
            key: None,
            at: Some(app.clock.now() + Duration::hours(2)),
        },
    )
    .await;
    app.clock.advance(Duration::minutes(3));
    let backlog = Worker::door(&app.shared)
        .read(jobs::backlog)
        .await
        .expect("a database");
    assert_eq!(
        backlog,
        Backlog {
            due: 1,
            scheduled: 1,
            dead: 0,
            oldest_due_seconds: 180
        }
    );
    assert_eq!(app.count("SELECT count(*) FROM jobs"), 2);
}

#[tokio::test]
async fn a_mail_sent_by_a_job_carries_the_jobs_id() {
    let app = TestApp::start().await;
    let registry = Registry::default().job(|context: JobContext, _: Greet| async move {
        Ok(context
            .send(Mail::new(
                "zoe@techcorp.example",
                "Bonjour",
                "<p>Bonjour</p>",
                "Bonjour",
            ))
            .await?)
    });
    let runner = app.runner(registry);
    enqueue(&app, Greet::NOW).await;
    runner.run_until_idle().await.expect("a database");
    let [mail] = app.mails().try_into().expect("one mail");
    assert_eq!(
        app.count(&format!(
            "SELECT count(*) FROM jobs WHERE id = '{}' AND status = 'done'",
            mail.id
        )),
        1
    );
}
