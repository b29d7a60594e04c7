//! The loop that claims jobs and runs their handlers.

use std::{
    collections::HashMap,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::web;
use chrono::NaiveDateTime;
use futures_util::FutureExt as _;
use ring::rand::SystemRandom;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::{
    HANDLER_TIMEOUT, JobContext, JobError, Registry,
    queries::{self, Claimed, Verdict},
    retry,
};
use crate::infra::{actor::Worker, app::App, error::AppError, mailer::Mailer};

/// Handlers at work at one time. They mostly wait for the mail server, and share the database pool with requests.
const CONCURRENCY: usize = 4;
/// How long an idle runner waits before it looks again.
const POLL: Duration = Duration::from_secs(1);
/// How often schedules are looked at.
const PLAN: Duration = Duration::from_secs(10);
/// How long running handlers get once the process is asked to stop; those cut short run again after their lease.
const DRAIN: Duration = Duration::from_secs(20);

/// Runs what the registry lists. Cheap to clone; any number of runners, in any number of processes, share the table.
#[derive(Clone)]
pub struct Runner(Arc<Shared>);

struct Shared {
    app: web::Data<App>,
    mailer: Mailer,
    registry: Registry,
    random: SystemRandom,
    /// The last period this process saw begun, per recurring work: saves asking the database again.
    begun: Mutex<HashMap<&'static str, NaiveDateTime>>,
}

impl Runner {
    /// A runner for this process.
    pub fn new(app: web::Data<App>, mailer: Mailer, registry: Registry) -> Self {
        Self(Arc::new(Shared {
            app,
            mailer,
            registry,
            random: SystemRandom::new(),
            begun: Mutex::default(),
        }))
    }

    /// Works until `stop`, then lets running handlers finish for a while.
    pub async fn run(self, stop: CancellationToken) {
        let mut running = JoinSet::new();
        let mut next_plan = Instant::now();
        while !stop.is_cancelled() {
            if Instant::now() >= next_plan {
                next_plan = Instant::now() + PLAN;
                report(self.plan().await);
            }
            report(self.fill(&mut running).await);
            tokio::select! {
                () = stop.cancelled() => {}
                () = sleep(POLL) => {}
                Some(_) = running.join_next() => {}
            }
        }
        let drained = timeout(DRAIN, async {
            while running.join_next().await.is_some() {}
        })
        .await;
        if drained.is_err() {
            tracing::warn!(
                jobs = running.len(),
                "stopped with jobs still running: they run again after their lease"
            );
        }
    }

    /// Begins every period that is due, then runs jobs until none is due: how many tries that were.
    /// For tests and for commands that do the background work of one moment.
    ///
    /// # Errors
    /// The database's. A handler's failure is not an error here: it is written to its job.
    pub async fn run_until_idle(&self) -> Result<usize, AppError> {
        self.plan().await?;
        let mut tries = 0;
        loop {
            let mut running = JoinSet::new();
            let claimed = self.fill(&mut running).await?;
            if claimed == 0 {
                return Ok(tries);
            }
            while running.join_next().await.is_some() {}
            tries += claimed;
        }
    }

    /// Begins the periods that are due and that nobody began.
    async fn plan(&self) -> Result<(), AppError> {
        let now = self.0.app.clock.now();
        for entry in &self.0.registry.recurring {
            let Some(occurrence) = entry.latest_due(now) else {
                continue;
            };
            let (name, period) = (entry.name, occurrence.period);
            if self.begun().get(name) == Some(&period) {
                continue;
            }
            let ours = Worker::door(&self.0.app)
                .write(move |tx| queries::begin_period(tx, name, &occurrence))
                .await?;
            if ours {
                // Some are due every minute: in a log that people read, they would hide what matters.
                tracing::debug!(name, %period, "a period of recurring work is due");
            }
            self.begun().insert(name, period);
        }
        Ok(())
    }

    fn begun(&self) -> std::sync::MutexGuard<'_, HashMap<&'static str, NaiveDateTime>> {
        self.0.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Claims as many due jobs as there are free places and starts them: how many.
    async fn fill(&self, running: &mut JoinSet<()>) -> Result<usize, AppError> {
        let free = CONCURRENCY.saturating_sub(running.len());
        let limit = i64::try_from(free).unwrap_or(0);
        if limit == 0 {
            return Ok(0);
        }
        let kinds = self.0.registry.kinds();
        let claimed = Worker::door(&self.0.app)
            .write(move |tx| queries::claim(tx, &kinds, limit))
            .await?;
        let count = claimed.len();
        for job in claimed {
            let span =
                tracing::info_span!("job", kind = job.kind, id = %job.id, attempt = job.attempts);
            running.spawn(self.clone().perform(job).instrument(span));
        }
        Ok(count)
    }

    async fn perform(self, job: Claimed) {
        let (id, attempt) = (job.id, job.attempts);
        let kind = job.kind.clone();
        let started = Instant::now();
        let result = self.attempt(job).await;
        let verdict = self.judge(attempt, result);
        let outcome = match &verdict {
            Verdict::Done => "done",
            Verdict::RetryAt(at, error) => {
                tracing::warn!(error, retry_at = %at, "a job failed");
                "retried"
            }
            Verdict::Dead(error) => {
                tracing::error!(error, "a job is a dead letter");
                "dead"
            }
        };
        metrics::counter!("jobs_total", "kind" => kind.clone(), "outcome" => outcome).increment(1);
        metrics::histogram!("job_duration_seconds", "kind" => kind)
            .record(started.elapsed().as_secs_f64());
        // Not written: the lease ends and the job runs again.
        report(
            Worker::door(&self.0.app)
                .write(move |tx| queries::settle(tx, id, attempt, &verdict))
                .await,
        );
    }

    async fn attempt(&self, job: Claimed) -> Result<(), JobError> {
        // Failures are settled, so a count beyond the limit comes from processes that died of this job.
        if job.attempts > retry::MAX_ATTEMPTS {
            return Err(JobError::Hopeless(
                "every process that ran it died".to_owned(),
            ));
        }
        // Tampered with (the operator is told), or a key-management service out of reach.
        let payload = job
            .payload
            .map_err(|_| JobError::Retry("a sealed payload that cannot be read".to_owned()))?;
        let context = JobContext {
            app: self.0.app.clone(),
            mailer: self.0.mailer.clone(),
            id: job.id,
            attempt: job.attempts,
        };
        let shared = self.0.clone();
        let work = async move { shared.registry.run(&job.kind, context, payload).await };
        match timeout(HANDLER_TIMEOUT, AssertUnwindSafe(work).catch_unwind()).await {
            Ok(Ok(result)) => result,
            // The panic hook has printed what and where.
            Ok(Err(_)) => Err(JobError::Retry("the handler panicked".to_owned())),
            Err(_) => Err(JobError::Retry("the handler took too long".to_owned())),
        }
    }

    fn judge(&self, attempt: i32, result: Result<(), JobError>) -> Verdict {
        match result {
            Ok(()) => Verdict::Done,
            Err(JobError::Retry(error)) if attempt < retry::MAX_ATTEMPTS => {
                let delay = retry::delay(attempt, retry::jitter(&self.0.random));
                Verdict::RetryAt(self.0.app.clock.now() + delay, error)
            }
            Err(error) => Verdict::Dead(error.to_string()),
        }
    }
}

/// The loop outlives a database that is away for a while.
fn report<T>(result: Result<T, AppError>) {
    if let Err(error) = result {
        tracing::error!(%error, "the job runner could not reach its table");
    }
}
