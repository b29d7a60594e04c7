//! Reminders: notices that time writes.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Array, BigInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    infra::{actor::Worker, db::Tx, error::AppError, jobs, prepared::prepared},
    notifications::{
        jobs::MailNotice,
        model::{Kind, Lead},
    },
};

#[derive(QueryableByName)]
struct Written {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Writes every reminder that is due and not written, with its mail: how many. A reminder is due from its
/// lead before the start until it would be useless; whoever was told of the appointment in the meantime
/// (booked, confirmed or moved since) needs none. Two runners at once write one: the index decides.
///
/// # Errors
/// The database's.
pub fn write_due(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    let kinds = Lead::ALL.map(|lead| Kind::Reminder(lead).as_str());
    let due = Lead::ALL.map(|lead| lead.due().num_seconds());
    let useless = Lead::ALL.map(|lead| lead.useless().num_seconds());
    let horizon = now + Lead::TwoDays.due();
    let written: Vec<Written> = prepared(
        "INSERT INTO notices (recipient_id, consultation_id, company_id, kind, starts_at, created_at)
         SELECT person.id, c.id, c.company_id, lead.kind, c.starts_at, $1
         FROM consultations c
         CROSS JOIN unnest($2, $3, $4) AS lead (kind, due, useless)
         CROSS JOIN LATERAL (VALUES (c.employee_id), (c.practitioner_id)) AS person (id)
         WHERE c.status = 'confirmed' AND c.starts_at > $5 AND c.starts_at <= $6
           AND c.starts_at <= $7 + lead.due * interval '1 second'
           AND c.starts_at > $8 + lead.useless * interval '1 second'
           AND NOT EXISTS (
               SELECT FROM notices n
               WHERE n.consultation_id = c.id AND n.recipient_id = person.id
                 AND (n.kind = lead.kind AND n.starts_at = c.starts_at
                      OR n.kind IN ('booked', 'confirmed', 'rescheduled')
                         AND n.created_at >= c.starts_at - lead.due * interval '1 second'))
         ON CONFLICT DO NOTHING
         RETURNING id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Array<Text>, _>(kinds.to_vec())
    .bind::<Array<BigInt>, _>(due.to_vec())
    .bind::<Array<BigInt>, _>(useless.to_vec())
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(horizon)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    let mails: Vec<MailNotice> = written
        .iter()
        .map(|notice| MailNotice::now(notice.id))
        .collect();
    jobs::enqueue_all(tx, &mails)?;
    Ok(written.len())
}
