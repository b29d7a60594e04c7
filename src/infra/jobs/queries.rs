//! The SQL of `jobs` and `cron_runs`. Every statement but [`insert`] is the worker's.
//!
//! Times come from the injected clock. Replicas' clocks may differ by seconds, which delays a job or
//! shortens a lease by as much and breaks nothing.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, QueryableByName,
    RunQueryDsl as _,
    dsl::{count_star, min},
    sql_query,
    sql_types::{
        Array, BigInt, Binary, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid,
    },
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    LEASE, Occurrence,
    sealed::{self, SealedPayload},
};
use crate::{
    infra::{
        actor::Worker,
        db::Tx,
        envelope::{CannotRead, Sealed},
        error::AppError,
        prepared::prepared,
    },
    schema::{cron_runs, jobs},
};

/// How long finished jobs are kept: also how long their `dedup_key` is remembered.
const KEEP_DONE: Duration = Duration::days(super::KEEP_DONE_DAYS);
/// How long the history of recurring work is kept; longer than a year, so that a yearly period is not run again.
const KEEP_PERIODS: Duration = Duration::days(400);
/// The same for work that runs more often than every two hours.
const KEEP_FREQUENT_PERIODS: Duration = Duration::days(2);

pub(super) struct NewJob {
    pub kind: &'static str,
    pub payload: SealedPayload,
    pub dedup_key: Option<String>,
    pub run_at: DateTime<Utc>,
}

/// Jobs to be written, column by column, each as long as there are jobs.
#[derive(Default)]
pub struct Columns {
    /// `jobs.kind`
    pub kind: Vec<&'static str>,
    /// `jobs.payload`
    pub payload: Vec<Value>,
    /// `jobs.dedup_key`
    pub dedup_key: Vec<Option<String>>,
    /// `jobs.run_at`
    pub run_at: Vec<DateTime<Utc>>,
}

pub(super) fn insert<R>(tx: &mut Tx<R>, jobs: Columns) -> Result<(), AppError> {
    // No RETURNING and no conflict target: the roles that ask may insert here and read nothing.
    prepared(
        "INSERT INTO jobs (kind, payload, dedup_key, run_at)
         SELECT * FROM unnest($1::text[], $2::jsonb[], $3::text[], $4::timestamptz[])
         ON CONFLICT DO NOTHING",
    )
    .bind::<Array<Text>, _>(jobs.kind)
    .bind::<Array<Jsonb>, _>(jobs.payload)
    .bind::<Array<Nullable<Text>>, _>(jobs.dedup_key)
    .bind::<Array<Timestamptz>, _>(jobs.run_at)
    .execute(tx.conn())?;
    Ok(())
}

/// As [`insert`], with the id that the payload was sealed for.
pub(super) fn insert_sealed<R>(tx: &mut Tx<R>, id: Uuid, job: NewJob) -> Result<(), AppError> {
    prepared(
        "INSERT INTO jobs (id, kind, payload, payload_sealed, sealed_by, dedup_key, run_at)
         VALUES ($1, $2, '{}', $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(job.kind)
    .bind::<Binary, _>(job.payload.bytes)
    .bind::<SqlUuid, _>(job.payload.owner)
    .bind::<Nullable<Text>, _>(job.dedup_key)
    .bind::<Timestamptz, _>(job.run_at)
    .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct ClaimedRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Jsonb)]
    payload: Value,
    #[diesel(sql_type = Nullable<Binary>)]
    payload_sealed: Option<Sealed>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    sealed_by: Option<Uuid>,
    #[diesel(sql_type = Integer)]
    attempts: i32,
}

/// A leased job.
pub(super) struct Claimed {
    pub id: Uuid,
    pub kind: String,
    /// In clear, here and nowhere else.
    pub payload: Result<Value, CannotRead>,
    /// This try included. Also the fence: a runner whose lease ended finds another number here.
    pub attempts: i32,
}

pub(super) fn claim(
    tx: &mut Tx<Worker>,
    kinds: &[&str],
    limit: i64,
) -> Result<Vec<Claimed>, AppError> {
    let now = tx.now();
    let rows: Vec<ClaimedRow> = prepared(
        "UPDATE jobs SET leased_until = $1, attempts = attempts + 1
         WHERE id IN (
             SELECT id FROM jobs
             WHERE status = 'pending' AND run_at <= $2
                 AND (leased_until IS NULL OR leased_until <= $2) AND kind = ANY ($3)
             ORDER BY run_at
             LIMIT $4
             FOR UPDATE SKIP LOCKED
         )
         RETURNING id, kind, payload, payload_sealed, sealed_by, attempts",
    )
    .bind::<Timestamptz, _>(now + LEASE)
    .bind::<Timestamptz, _>(now)
    .bind::<Array<Text>, _>(kinds)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let opened = rows.into_iter().map(|row| Claimed {
        id: row.id,
        kind: row.kind,
        payload: match row.payload_sealed.zip(row.sealed_by) {
            Some((bytes, owner)) => sealed::open(tx, row.id, &SealedPayload { owner, bytes }),
            None => Ok(row.payload),
        },
        attempts: row.attempts,
    });
    Ok(opened.collect())
}

/// What became of a try.
pub(super) enum Verdict {
    Done,
    RetryAt(DateTime<Utc>, String),
    Dead(String),
}

/// Writes a try's verdict, unless its lease ended and somebody else has the job now.
pub(super) fn settle(
    tx: &mut Tx<Worker>,
    id: Uuid,
    attempt: i32,
    verdict: &Verdict,
) -> Result<(), AppError> {
    let now = tx.now();
    let ours = jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::attempts.eq(attempt))
        .filter(jobs::status.eq("pending"));
    let released = jobs::leased_until.eq(None::<DateTime<Utc>>);
    match verdict {
        Verdict::Done => diesel::update(ours)
            .set((
                released,
                jobs::status.eq("done"),
                // What is done needs no payload: nothing about anybody stays in the queue.
                jobs::payload.eq(Value::Object(serde_json::Map::new())),
                jobs::payload_sealed.eq(None::<Sealed>),
                jobs::sealed_by.eq(None::<Uuid>),
                jobs::finished_at.eq(now),
                jobs::last_error.eq(None::<String>),
            ))
            .execute(tx.conn())?,
        Verdict::RetryAt(at, error) => diesel::update(ours)
            .set((released, jobs::run_at.eq(at), jobs::last_error.eq(error)))
            .execute(tx.conn())?,
        Verdict::Dead(error) => diesel::update(ours)
            .set((
                released,
                jobs::status.eq("dead"),
                jobs::finished_at.eq(now),
                jobs::last_error.eq(error),
            ))
            .execute(tx.conn())?,
    };
    Ok(())
}

/// Starts a period of a recurring work: whether this call was the one that did.
pub(super) fn begin_period(
    tx: &mut Tx<Worker>,
    name: &'static str,
    occurrence: &Occurrence,
) -> Result<bool, AppError> {
    #[derive(QueryableByName)]
    struct Locked {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        locked: bool,
    }
    // Replicas find a period due within the same second: one writes, the others do not queue up behind it.
    let lock = sql_query(
        "SELECT pg_try_advisory_xact_lock(hashtextextended('huntzen.cron.' || $1, 0)) AS locked",
    )
    .bind::<Text, _>(name)
    .get_result::<Locked>(tx.conn())?;
    if !lock.locked {
        return Ok(false);
    }
    let period = occurrence.name();
    let begun = diesel::insert_into(cron_runs::table)
        .values((
            cron_runs::job.eq(name),
            cron_runs::period.eq(&period),
            cron_runs::started_at.eq(tx.now()),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())?
        == 1;
    if begun {
        let run = Columns {
            kind: vec![name],
            payload: vec![serde_json::to_value(occurrence).map_err(AppError::internal)?],
            dedup_key: vec![Some(format!("{name} {period}"))],
            run_at: vec![tx.now()],
        };
        insert(tx, run)?;
    }
    Ok(begun)
}

pub(super) fn finish_period(
    tx: &mut Tx<Worker>,
    name: &'static str,
    period: &str,
    outcome: &'static str,
    detail: Value,
) -> Result<(), AppError> {
    diesel::update(cron_runs::table.find((name, period)))
        .set((
            cron_runs::finished_at.eq(tx.now()),
            cron_runs::outcome.eq(outcome),
            cron_runs::detail.eq(detail),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Deletes what is past keeping: how many jobs and how many periods. And empties what was given up of
/// people, days after, with the keys that sealed it.
pub(super) fn purge(tx: &mut Tx<Worker>) -> Result<(usize, usize), AppError> {
    let now = tx.now();
    let oldest = sealed::oldest_kept(now);
    prepared(
        "UPDATE jobs SET payload_sealed = NULL, sealed_by = NULL WHERE status = 'dead' AND sealed_by < $1",
    )
    .bind::<SqlUuid, _>(oldest)
    .execute(tx.conn())?;
    prepared(
        "DELETE FROM data_keys d WHERE d.scope = 'outbox' AND d.owner_id < $1
           AND NOT EXISTS (SELECT FROM jobs j WHERE j.sealed_by = d.owner_id)",
    )
    .bind::<SqlUuid, _>(oldest)
    .execute(tx.conn())?;
    let done = diesel::delete(
        jobs::table
            .filter(jobs::status.eq("done"))
            .filter(jobs::finished_at.lt(now - KEEP_DONE)),
    )
    .execute(tx.conn())?;
    let periods = prepared(
        "DELETE FROM cron_runs c
         USING (SELECT job, period,
                       lead(started_at) OVER (PARTITION BY job ORDER BY period) - started_at < interval '2 hours'
                           AS is_frequent
                FROM cron_runs) n
         WHERE (c.job, c.period) = (n.job, n.period)
           AND (c.started_at < $1 OR n.is_frequent AND c.started_at < $2)",
    )
    .bind::<Timestamptz, _>(now - KEEP_PERIODS)
    .bind::<Timestamptz, _>(now - KEEP_FREQUENT_PERIODS)
    .execute(tx.conn())?;
    Ok((done, periods))
}

/// The outbox at one moment, for `/metrics` and the operator's dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Jobs that should run now or are running.
    pub due: i64,
    /// Jobs for later: reminders, and retries that wait.
    pub scheduled: i64,
    /// Jobs that were given up.
    pub dead: i64,
    /// Seconds since the oldest due job should have run; 0 when none is due.
    pub oldest_due_seconds: i64,
}

/// Counts the outbox.
///
/// # Errors
/// The database's.
pub fn backlog(tx: &mut Tx<Worker>) -> Result<Backlog, AppError> {
    let now = tx.now();
    let count = |tx: &mut Tx<Worker>, status: &str| {
        jobs::table
            .filter(jobs::status.eq(status.to_owned()))
            .select(count_star())
            .get_result::<i64>(tx.conn())
    };
    let pending = count(tx, "pending")?;
    let dead = count(tx, "dead")?;
    let (due, oldest) = jobs::table
        .filter(jobs::status.eq("pending"))
        .filter(jobs::run_at.le(now))
        .select((count_star(), min(jobs::run_at)))
        .get_result::<(i64, Option<DateTime<Utc>>)>(tx.conn())
        .optional()?
        .unwrap_or((0, None));
    Ok(Backlog {
        due,
        scheduled: pending - due,
        dead,
        oldest_due_seconds: oldest.map_or(0, |oldest| (now - oldest).num_seconds().max(0)),
    })
}
