//! What nobody ended: its practitioner is asked, and an hour after the expected end the system ends it.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    consultation::model::{CLOSING_MINUTES, END_REMINDER_MINUTES},
    infra::{
        actor::Worker,
        db::Tx,
        error::AppError,
        jobs,
        live::{self, Topic},
        prepared::prepared,
    },
    notifications::{jobs::MailNotice, model::News, queries::record_and_announce},
};

/// Most consultations ended in one transaction; the next minute goes on.
const BATCH: i64 = 200;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Asks practitioners, once, whether what goes on a quarter of an hour after its expected end is over:
/// how many were asked.
///
/// # Errors
/// The database's.
pub fn remind(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    let written: Vec<Id> = prepared(
        "INSERT INTO notices (recipient_id, consultation_id, company_id, kind, starts_at, created_at)
         SELECT c.practitioner_id, c.id, c.company_id, 'end_reminder', c.starts_at, $1
         FROM consultations c
         WHERE c.status = 'in_progress' AND c.ends_at <= $2 - $3 * interval '1 minute'
           AND (c.started_at <= c.ends_at
                OR c.started_at + (c.ends_at - c.starts_at) <= $4 - $5 * interval '1 minute')
           AND NOT EXISTS (SELECT FROM notices n WHERE n.consultation_id = c.id AND n.kind = 'end_reminder')
         ON CONFLICT DO NOTHING
         RETURNING id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(END_REMINDER_MINUTES)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(END_REMINDER_MINUTES)
    .load(tx.conn())?;
    let mails: Vec<MailNotice> = written
        .iter()
        .map(|notice| MailNotice::now(notice.id))
        .collect();
    jobs::enqueue_all(tx, &mails)?;
    Ok(written.len())
}

/// Ends what nobody has ended an hour after its expected end, and tells both. The end is the last moment
/// at which both were in the room; with one of them alone, when that one left, at the latest the expected
/// end; with nobody, the expected end. Answers how many there were.
///
/// # Errors
/// The database's.
pub fn close(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    let closed: Vec<Id> = prepared(
        "WITH due AS (
             SELECT id, employee_id, practitioner_id, started_at,
                    CASE WHEN started_at > ends_at THEN started_at + (ends_at - starts_at) ELSE ends_at END AS expected
             FROM consultations
             WHERE status = 'in_progress' AND ends_at <= $1 - $2 * interval '1 minute'
               AND (started_at <= ends_at OR started_at + (ends_at - starts_at) <= $3 - $4 * interval '1 minute')
             ORDER BY ends_at LIMIT $5 FOR UPDATE SKIP LOCKED
         ), evidence AS (
             SELECT due.*,
                    (SELECT max(coalesce(p.left_at, p.seen_at)) FROM presences p
                     WHERE p.consultation_id = due.id AND p.person_id = due.employee_id
                       AND coalesce(p.left_at, p.seen_at) > due.started_at) AS employee_until,
                    (SELECT max(coalesce(p.left_at, p.seen_at)) FROM presences p
                     WHERE p.consultation_id = due.id AND p.person_id = due.practitioner_id
                       AND coalesce(p.left_at, p.seen_at) > due.started_at) AS practitioner_until
             FROM due
         )
         UPDATE consultations c
         SET status = 'completed',
             ended_at = least($6, greatest(e.started_at, CASE
                 WHEN e.employee_until IS NOT NULL AND e.practitioner_until IS NOT NULL
                     THEN least(e.employee_until, e.practitioner_until)
                 ELSE least(e.expected, coalesce(e.employee_until, e.practitioner_until)) END))
         FROM evidence e WHERE c.id = e.id
         RETURNING c.id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(CLOSING_MINUTES)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(CLOSING_MINUTES)
    .bind::<BigInt, _>(BATCH)
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    if closed.is_empty() {
        return Ok(0);
    }
    let ids: Vec<Uuid> = closed.iter().map(|row| row.id).collect();
    record_and_announce(tx, &ids, &[("closed", None)], News::Closed)?;
    for row in &closed {
        live::notify(tx, Topic(row.id), "room.changed", row.id);
    }
    Ok(closed.len())
}
