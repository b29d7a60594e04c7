//! The outbox: work to do after the answer, written in the transaction that causes it.
//!
//! A payload holds ids; whoever runs the job reads what they mean then, in the worker's role. No mail waits
//! in the table: it is rendered when it leaves, and its link is signed then. A payload that must hold more
//! ([`enqueue_sealed`]) is sealed with a key that opens nothing else; in clear it is refused.
//!
//! # Life of a job
//! [`enqueue`] inserts a row. A [`Runner`] claims due rows in batches (`FOR UPDATE SKIP LOCKED`), which
//! gives it a lease of [`LEASE`] on each; a handler that succeeds makes the row `done`, a handler that
//! fails, panics or takes longer than [`HANDLER_TIMEOUT`] puts it back with a growing delay
//! ([`retry::delay`]: more than 24 hours in all), and after [`retry::MAX_ATTEMPTS`] it is `dead`:
//! kept, counted in `/metrics`, run by nobody. A process that dies holding a lease loses it when the
//! lease ends, and the job runs again.
//!
//! So **a job runs at least once**, and a handler must bear being run twice. The usual ways: check in
//! the handler's transaction whether the work is still to do, and send one mail per job, last.
//!
//! # Recurring work
//! [`Registry::cron`] gives a handler a schedule in wall-clock time of Paris. When a period is due, one
//! transaction writes `cron_runs(job, period)` and an ordinary job: the two unique keys make it once per
//! period however many replicas run, and the job brings lease, retries and dead letters. Periods missed
//! while nothing ran are caught up by one run, the latest. See [`cron`].
//!
//! Everything that exists is registered in one list, `crate::jobs`.

pub mod cron;
mod queries;
mod registry;
pub mod retry;
mod runner;
mod sealed;

use std::time::Duration;

use actix_web::web;
use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// How long finished jobs are kept.
pub const KEEP_DONE_DAYS: i64 = 30;

pub use self::{
    cron::Occurrence,
    queries::{Backlog, Columns, backlog},
    registry::Registry,
    runner::Runner,
    sealed::Seals,
};
use super::{
    actor::Worker,
    app::App,
    db::{Db, Tx},
    error::AppError,
    mailer::{Mail, MailError, Mailer},
};

/// How long a claimed job belongs to its runner.
pub const LEASE: Duration = Duration::from_secs(5 * 60);

/// A handler that is not done by then has failed. Shorter than [`LEASE`], so that nobody else starts it meanwhile.
pub const HANDLER_TIMEOUT: Duration = Duration::from_secs(4 * 60);

/// Rows per statement of [`enqueue_all`].
const BATCH: usize = 1_000;

/// A kind of work.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// The kind's name in the table; never reused for something else.
    const KIND: &'static str;

    /// Two jobs with one key are one job, for as long as the first one is kept (30 days once done).
    fn dedup_key(&self) -> Option<String> {
        None
    }

    /// When to run it; as soon as possible by default.
    fn run_at(&self) -> Option<DateTime<Utc>> {
        None
    }
}

/// Writes a job in the caller's transaction. Enqueued before under the same key: nothing to do.
///
/// # Errors
/// The database's; a payload that holds more than ids, moments and figures.
pub fn enqueue<R, J: Job>(tx: &mut Tx<R>, job: &J) -> Result<(), AppError> {
    queries::insert(tx, columns(std::slice::from_ref(job), tx.now())?)
}

/// As [`enqueue`], with a payload that holds something of a person: sealed until the job is done.
///
/// # Errors
/// The database's; a key-management service out of reach.
pub fn enqueue_sealed<R: Seals, J: Job>(tx: &mut Tx<R>, job: &J) -> Result<(), AppError> {
    let id = Uuid::new_v4();
    let now = tx.now();
    let payload = serde_json::to_value(job).map_err(AppError::internal)?;
    let payload = sealed::seal(tx, id, &payload)?;
    let row = queries::NewJob {
        kind: J::KIND,
        payload,
        dedup_key: job.dedup_key(),
        run_at: job.run_at().unwrap_or(now),
    };
    queries::insert_sealed(tx, id, row)
}

/// As [`enqueue`], for many jobs of a kind in few statements.
///
/// # Errors
/// As [`enqueue`].
pub fn enqueue_all<R, J: Job>(tx: &mut Tx<R>, jobs: &[J]) -> Result<(), AppError> {
    let now = tx.now();
    for batch in jobs.chunks(BATCH) {
        queries::insert(tx, columns(batch, now)?)?;
    }
    Ok(())
}

/// Jobs of a kind as columns, for a statement that writes them with what they are about: a round trip
/// less than [`enqueue_all`].
///
/// # Errors
/// A payload that holds more than ids, moments and figures.
pub fn columns<J: Job>(jobs: &[J], now: DateTime<Utc>) -> Result<Columns, AppError> {
    let mut columns = Columns::default();
    for job in jobs {
        let payload = serde_json::to_value(job).map_err(AppError::internal)?;
        if !sealed::names_nobody(&payload) {
            return Err(AppError::internal(format!(
                "a payload of {} holds more than ids, moments and figures: enqueue it sealed",
                J::KIND
            )));
        }
        columns.kind.push(J::KIND);
        columns.payload.push(payload);
        columns.dedup_key.push(job.dedup_key());
        columns.run_at.push(job.run_at().unwrap_or(now));
    }
    Ok(columns)
}

/// Why a handler did not do its work. The text is stored and logged: no names, addresses or content in it.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may succeed later: try again.
    #[error("{0}")]
    Retry(String),
    /// It never will: a dead letter at once.
    #[error("{0}")]
    Hopeless(String),
}

impl From<AppError> for JobError {
    fn from(error: AppError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl From<MailError> for JobError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Malformed(_) => Self::Hopeless(error.to_string()),
            MailError::Transport(_) => Self::Retry(error.to_string()),
        }
    }
}

/// What a handler works with.
#[derive(Clone)]
pub struct JobContext {
    app: web::Data<App>,
    mailer: Mailer,
    /// The job's id.
    pub id: Uuid,
    /// Which try this is, from 1.
    pub attempt: i32,
}

impl JobContext {
    /// The worker's door to the database.
    pub fn db(&self) -> Db<Worker> {
        Worker::door(&self.app)
    }

    /// The shared parts (links, configuration).
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Now, by the injected clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// Whether this try is the last one when it ends like that: what has to be told then is told now.
    pub fn gives_up(&self, error: &JobError) -> bool {
        matches!(error, JobError::Hopeless(_)) || self.attempt >= retry::MAX_ATTEMPTS
    }

    /// Sends this job's mail. Its Message-ID is the job's, so that a mailbox that receives it twice (the process
    /// died just after sending) can tell; a job therefore sends one mail.
    ///
    /// # Errors
    /// See [`MailError`].
    pub async fn send(&self, mail: Mail) -> Result<(), MailError> {
        self.mailer.send(mail.with_id(self.id)).await
    }
}
