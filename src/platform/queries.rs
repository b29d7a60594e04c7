//! All the SQL of the platform's own state.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz},
};

use crate::infra::{actor::SuperAdmin, db::Tx, error::AppError, prepared::prepared};

/// Jobs by what they wait for.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Backlog {
    /// Due now.
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    /// Wanted or tried again later; above [`Backlog::MANY`] it is not counted on.
    #[diesel(sql_type = BigInt)]
    pub scheduled: i64,
    /// Given up.
    #[diesel(sql_type = BigInt)]
    pub dead: i64,
    /// Since when the oldest due job waits.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest_due: Option<DateTime<Utc>>,
}

impl Backlog {
    /// A growing platform has thousands of reminders waiting for their hour: how many more than this says nothing.
    pub const MANY: i64 = 1_000;
}

/// The database server and what waits in it.
#[derive(Clone, Debug, QueryableByName)]
pub struct DatabaseState {
    /// The server's version, such as `15.8`. That it answers is the news.
    #[diesel(sql_type = Text)]
    pub version: String,
    /// The outbox's backlog.
    #[diesel(embed)]
    pub backlog: Backlog,
}

/// The last period of a recurring work.
#[derive(Clone, Debug, QueryableByName)]
pub struct CronRun {
    /// The work's name.
    #[diesel(sql_type = Text)]
    pub job: String,
    /// When it was due and put in the outbox.
    #[diesel(sql_type = Timestamptz)]
    pub started_at: DateTime<Utc>,
    /// When its last try ended.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub finished_at: Option<DateTime<Utc>>,
    /// `done` or `failed`; absent while it waits or runs.
    #[diesel(sql_type = Nullable<Text>)]
    pub outcome: Option<String>,
    /// Its figures.
    #[diesel(sql_type = Jsonb)]
    pub detail: serde_json::Value,
}

impl CronRun {
    /// How many cells the rollup corrected; absent for other work.
    pub fn drift(&self) -> Option<i64> {
        self.detail.get("drift")?.as_i64()
    }
}

/// The last period of every recurring work, by name.
///
/// # Errors
/// The database's.
pub fn last_cron_runs(tx: &mut Tx<SuperAdmin>) -> Result<Vec<CronRun>, AppError> {
    Ok(prepared(
        // From name to name along the primary key, from the last on, to the last period of each: work that runs
        // every minute has many.
        "WITH RECURSIVE last AS (
             (SELECT * FROM cron_runs ORDER BY job DESC, period DESC LIMIT 1)
             UNION ALL
             SELECT r.* FROM last CROSS JOIN LATERAL (
                 SELECT * FROM cron_runs c WHERE c.job < last.job ORDER BY job DESC, period DESC LIMIT 1) r)
         SELECT job, started_at, finished_at, outcome, detail FROM last ORDER BY job",
    )
    .load(tx.conn())?)
}

/// How often something happened.
#[derive(Clone, Debug, QueryableByName)]
pub struct EventCount {
    /// What: the event's kind.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// The worst severity among them.
    #[diesel(sql_type = Text)]
    pub severity: String,
    /// How often.
    #[diesel(sql_type = BigInt)]
    pub events: i64,
}

/// The state, the same in each row, and an event where there is one.
#[derive(QueryableByName)]
struct StateRow {
    #[diesel(embed)]
    state: DatabaseState,
    #[diesel(embed)]
    event: Option<EventCount>,
}

/// How the database is, and the security events of the last 24 hours by kind, the worst first: never whose, never
/// from where.
///
/// # Errors
/// The database's.
pub fn state_and_events(
    tx: &mut Tx<SuperAdmin>,
) -> Result<(DatabaseState, Vec<EventCount>), AppError> {
    let now = tx.now();
    let rows: Vec<StateRow> = prepared(
        "SELECT state.*, kind, (array['low', 'medium', 'high', 'critical'])[worst] AS severity, events
         FROM (SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
                      count(*) AS due, min(run_at) AS oldest_due,
                      (SELECT count(*) FROM (SELECT FROM jobs WHERE status = 'pending' AND run_at > $1
                                             LIMIT $3 + 1) later) AS scheduled,
                      (SELECT count(*) FROM jobs WHERE status = 'dead') AS dead
               FROM jobs WHERE status = 'pending' AND run_at <= $1) state
         LEFT JOIN (
             SELECT kind, count(*) AS events,
                    max(array_position(array['low', 'medium', 'high', 'critical'], severity)) AS worst
             FROM security_events WHERE occurred_at > $2 GROUP BY kind) event ON true
         ORDER BY worst DESC, events DESC, kind",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now - Duration::hours(24))
    .bind::<BigInt, _>(Backlog::MANY)
    .load(tx.conn())?;
    // Without an event there is one row all the same.
    let state = rows.first().map(|row| row.state.clone());
    let events = rows.into_iter().filter_map(|row| row.event).collect();
    Ok((state.ok_or(AppError::NotFound)?, events))
}
