//! Which handler runs which kind of job.

use std::{collections::HashMap, pin::Pin, sync::Arc};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Job, JobContext, JobError, Occurrence, cron::Entry, queries};

type Outcome = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;
type Handler = Arc<dyn Fn(JobContext, Value) -> Outcome + Send + Sync>;

/// The one list of everything that runs in the background.
///
/// ```ignore
/// Registry::new()
///     .job(companies::jobs::send_invitation) // async fn(JobContext, SendInvitation) -> Result<(), JobError>
///     .cron("nightly-rollup", "0 15 2 * * *", metrics::jobs::roll_up)
/// ```
#[derive(Default)]
pub struct Registry {
    handlers: HashMap<&'static str, Handler>,
    pub(super) recurring: Vec<Entry>,
}

impl Registry {
    /// With the outbox's own housekeeping.
    pub fn new() -> Self {
        Self::default().cron("jobs-retention", "0 40 3 * * *", purge)
    }

    /// Runs jobs of kind `J` with `handler`.
    ///
    /// # Panics
    /// A kind registered twice: a mistake in the list, seen at the first start.
    #[must_use]
    pub fn job<J, F>(mut self, handler: impl Fn(JobContext, J) -> F + Send + Sync + 'static) -> Self
    where
        J: Job,
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.add(J::KIND, move |context, job: J| handler(context, job));
        self
    }

    /// Runs `handler` once per period of `schedule` (six fields, wall-clock time in Paris; see [`super::cron`]). What it
    /// answers is kept in `cron_runs.detail`: figures, never names. `name` is never reused for something else.
    ///
    /// # Panics
    /// A schedule that is none or a name registered twice: a mistake in the list, seen at the first start.
    #[must_use]
    pub fn cron<F>(
        mut self,
        name: &'static str,
        schedule: &str,
        handler: impl Fn(JobContext, Occurrence) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Value, JobError>> + Send + 'static,
    {
        self.recurring.push(Entry::new(name, schedule));
        self.add(name, move |context, occurrence: Occurrence| {
            let period = occurrence.name();
            let done = handler(context.clone(), occurrence);
            async move { conclude(&context, name, period, done.await).await }
        });
        self
    }

    /// The names of the recurring work.
    pub fn recurring(&self) -> impl Iterator<Item = &'static str> {
        self.recurring.iter().map(|entry| entry.name)
    }

    /// The kinds a runner may claim: during an upgrade, older replicas leave newer kinds alone.
    pub(super) fn kinds(&self) -> Vec<&'static str> {
        self.handlers.keys().copied().collect()
    }

    pub(super) fn run(&self, kind: &str, context: JobContext, payload: Value) -> Outcome {
        match self.handlers.get(kind) {
            Some(handler) => handler(context, payload),
            None => Box::pin(std::future::ready(Err(JobError::Retry(
                "no handler".to_owned(),
            )))),
        }
    }

    fn add<P, F>(
        &mut self,
        kind: &'static str,
        handler: impl Fn(JobContext, P) -> F + Send + Sync + 'static,
    ) where
        P: DeserializeOwned,
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let erased: Handler =
            Arc::new(
                move |context, payload| match serde_json::from_value(payload) {
                    Ok(job) => Box::pin(handler(context, job)),
                    // A newer replica may understand it. The parser's own words would quote the payload.
                    Err(_) => {
                        let refusal = JobError::Retry("unreadable payload".to_owned());
                        Box::pin(std::future::ready(Err(refusal)))
                    }
                },
            );
        assert!(
            self.handlers.insert(kind, erased).is_none(),
            "the kind {kind} is registered twice"
        );
    }
}

async fn conclude(
    context: &JobContext,
    name: &'static str,
    period: String,
    result: Result<Value, JobError>,
) -> Result<(), JobError> {
    let (outcome, detail, verdict) = match result {
        Ok(detail) => ("done", detail, Ok(())),
        Err(error) => {
            let detail = serde_json::json!({ "error": error.to_string() });
            ("failed", detail, Err(error))
        }
    };
    context
        .db()
        .write(move |tx| queries::finish_period(tx, name, &period, outcome, detail))
        .await?;
    verdict
}

/// Forgets what was done 30 days ago. Dead letters stay until somebody has looked at them.
async fn purge(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (jobs, periods) = context.db().write(queries::purge).await?;
    Ok(serde_json::json!({ "jobs": jobs, "periods": periods }))
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Ping;

    impl Job for Ping {
        const KIND: &'static str = "ping";
    }

    async fn answer(_: JobContext, _: Ping) -> Result<(), JobError> {
        Ok(())
    }

    #[test]
    #[should_panic(expected = "the kind ping is registered twice")]
    fn a_kind_has_one_handler() {
        let _ = Registry::new().job(answer).job(answer);
    }
}
