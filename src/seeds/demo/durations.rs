//! Durations that some employees of the demo find wrong, and what their practitioners made of it.

use chrono::{DateTime, Utc};
use diesel::{
    PgConnection, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{BigInt, Timestamptz},
};

/// How many of the latest completed consultations are contested.
const CONTESTED: i64 = 6;

/// Contests the latest completed consultations, each by its own employee; every other one is corrected.
pub(super) fn write(conn: &mut PgConnection, now: DateTime<Utc>) -> anyhow::Result<()> {
    sql_query(
        "WITH latest AS (
             SELECT DISTINCT ON (employee_id) id, company_id, employee_id, practitioner_id, duration_seconds, ended_at
             FROM consultations
             WHERE status = 'completed' AND duration_seconds > 2400 AND ended_at BETWEEN $1 - interval '40 days' AND $2 - interval '2 days'
             ORDER BY employee_id, ended_at DESC
         ), chosen AS (
             SELECT *, row_number() OVER (ORDER BY ended_at DESC, id) AS nth FROM latest ORDER BY nth LIMIT $3
         ), contested AS (
             INSERT INTO duration_contests (consultation_id, company_id, declared_seconds, claimed_seconds, reason, contested_at)
             SELECT id, company_id, duration_seconds, (duration_seconds - 60 - nth * 40) / 60 * 60,
                    (ARRAY['ended_earlier', 'started_later', 'interrupted'])[1 + nth % 3], ended_at + interval '5 hours'
             FROM chosen
         )
         INSERT INTO consultation_events (id, consultation_id, company_id, kind, actor_id, occurred_at)
         SELECT md5('event:' || id || ':duration_contested')::uuid, id, company_id, 'duration_contested', employee_id,
                ended_at + interval '5 hours' FROM chosen",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(CONTESTED)
    .execute(conn)?;
    // The practitioner agrees with every other one; the trigger computes the duration and the counters.
    conn.batch_execute(
        "CREATE TEMPORARY TABLE agreed ON COMMIT DROP AS
             SELECT d.consultation_id AS id, c.company_id, c.practitioner_id, c.started_at, c.ended_at,
                    d.claimed_seconds, d.contested_at + interval '20 hours' AS at
             FROM (SELECT *, row_number() OVER (ORDER BY contested_at DESC, consultation_id) AS nth FROM duration_contests) d
             JOIN consultations c ON c.id = d.consultation_id
             WHERE d.nth % 2 = 0;
         UPDATE consultations c
             SET ended_at = c.started_at + a.claimed_seconds * interval '1 second', corrected_at = a.at
             FROM agreed a WHERE c.id = a.id;
         UPDATE duration_contests d
             SET corrected_seconds = c.duration_seconds, correction_reason = 'agreed', corrected_at = a.at
             FROM agreed a JOIN consultations c ON c.id = a.id WHERE d.consultation_id = a.id;
         INSERT INTO consultation_events (id, consultation_id, company_id, kind, actor_id, occurred_at,
                                          previous_started_at, previous_ended_at)
             SELECT md5('event:' || id || ':corrected')::uuid, id, company_id, 'corrected', practitioner_id, at, started_at, ended_at FROM agreed;
         DROP TABLE agreed",
    )?;
    Ok(())
}
