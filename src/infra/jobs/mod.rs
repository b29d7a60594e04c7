//! The outbox: work to do after the answer, written in the transaction that causes it.
//!
//! A payload holds ids; whoever runs the job reads what they mean then, in the worker's role.

use chrono::{DateTime, Utc};
use diesel::{
    PgConnection, QueryResult, RunQueryDsl as _, sql_query,
    sql_types::{Jsonb, Nullable, Text, Timestamptz},
};
use serde::{Serialize, de::DeserializeOwned};

/// A kind of work.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// The kind's name in the table; never reused for something else.
    const KIND: &'static str;

    /// Two jobs with one key are one job.
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
/// The database's.
pub fn enqueue<J: Job>(conn: &mut PgConnection, job: &J) -> QueryResult<()> {
    let payload = serde_json::to_value(job)
        .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    // No RETURNING and no conflict target: the roles that ask may insert here and read nothing.
    sql_query(
        "INSERT INTO jobs (kind, payload, dedup_key, run_at) VALUES ($1, $2, $3, coalesce($4, now()))
         ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(J::KIND)
    .bind::<Jsonb, _>(payload)
    .bind::<Nullable<Text>, _>(job.dedup_key())
    .bind::<Nullable<Timestamptz>, _>(job.run_at())
    .execute(conn)?;
    Ok(())
}
