//! All the SQL of notifications. Row policies narrow every query of a person to that person.

pub mod addresses;
pub mod feeds;
pub mod inbox;
pub mod mail;
pub mod preferences;
pub mod reminders;

use chrono::TimeDelta;
use diesel::{
    RunQueryDsl as _,
    sql_types::{Array, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    jobs::MailNotice,
    model::{Kind, News},
};
use crate::infra::{
    actor::{Employee, Practitioner, Worker},
    db::Tx,
    error::AppError,
    jobs,
    prepared::prepared,
};

/// Who can bring news of an appointment: its two people, and time (deadlines, waiting lists).
pub trait Announces {}

impl Announces for Employee {}
impl Announces for Practitioner {}
impl Announces for Worker {}

/// Tells both people of an appointment what has just happened to it: a notice each, and the mail each of
/// them wants. Called in the transaction of the change, after it.
///
/// # Errors
/// `NotFound` for an appointment that this transaction does not see.
pub fn announce<R: Announces>(
    tx: &mut Tx<R>,
    consultation_id: Uuid,
    news: News,
) -> Result<(), AppError> {
    // Nobody makes an offer: it is news to whom it is made, in whose name it is written.
    let author = tx.user_id().ok().filter(|_| news != News::Offered);
    let now = tx.now();
    let (for_employee, for_practitioner) = (Uuid::new_v4(), Uuid::new_v4());
    let told_practitioner = news != News::Offered;
    // What somebody did is not news to them: their own notice is read already.
    let mails = [for_employee, for_practitioner].map(MailNotice::now);
    let jobs = jobs::columns(&mails, now)?;
    let written = prepared(
        "WITH told AS MATERIALIZED (
             SELECT told.id, told.person, c.id AS consultation, c.company_id, c.starts_at
             FROM consultations c
             CROSS JOIN LATERAL (VALUES ($7, c.employee_id), ($8, c.practitioner_id)) AS told (id, person)
             WHERE c.id = $9 AND told.id IS NOT NULL),
         noted AS (
             INSERT INTO notices (id, recipient_id, consultation_id, company_id, kind, starts_at, previous_starts_at,
                                  by_recipient, created_at, read_at)
             SELECT id, person, consultation, company_id, $1, starts_at, $2,
                    person IS NOT DISTINCT FROM $3, $4, CASE WHEN person = $5 THEN $6 END
             FROM told)
         INSERT INTO jobs (kind, payload, dedup_key, run_at)
         SELECT mail.kind, mail.payload, mail.dedup_key, mail.run_at
         FROM unnest($10::uuid[], $11::text[], $12::jsonb[], $13::text[], $14::timestamptz[])
             AS mail (notice, kind, payload, dedup_key, run_at)
         JOIN told ON told.id = mail.notice
         ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(news.kind().as_str())
    .bind::<Nullable<Timestamptz>, _>(news.previous_start())
    .bind::<Nullable<SqlUuid>, _>(author)
    .bind::<Timestamptz, _>(now)
    .bind::<Nullable<SqlUuid>, _>(author)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(for_employee)
    .bind::<Nullable<SqlUuid>, _>(told_practitioner.then_some(for_practitioner))
    .bind::<SqlUuid, _>(consultation_id)
    .bind::<Array<SqlUuid>, _>(vec![for_employee, for_practitioner])
    .bind::<Array<Text>, _>(jobs.kind)
    .bind::<Array<Jsonb>, _>(jobs.payload)
    .bind::<Array<Nullable<Text>>, _>(jobs.dedup_key)
    .bind::<Array<Timestamptz>, _>(jobs.run_at)
    .execute(tx.conn())?;
    if written == 0 {
        return Err(AppError::NotFound);
    }
    Ok(())
}

/// Tells both people of every appointment to come with a company that it is suspended, and that the
/// appointment is theirs to keep or to cancel. In the application alone: a mail each tells of all of them.
///
/// # Errors
/// The database's.
pub fn announce_suspension(tx: &mut Tx<Worker>, company: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    prepared(
        "INSERT INTO notices (recipient_id, consultation_id, company_id, kind, starts_at, created_at)
         SELECT told.person, c.id, c.company_id, $1, c.starts_at, $2
         FROM consultations c CROSS JOIN LATERAL (VALUES (c.employee_id), (c.practitioner_id)) AS told (person)
         WHERE c.company_id = $3 AND c.status IN ('scheduled', 'confirmed') AND c.starts_at > $4
         ORDER BY c.starts_at, c.id",
    )
    .bind::<Text, _>(Kind::CompanySuspended.as_str())
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(company)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(())
}

/// How long notices are kept.
pub const KEEP_DAYS: i64 = 400;

/// Deletes notices nobody looks for any more: how many.
///
/// # Errors
/// The database's.
pub fn delete_old(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let before = tx.now() - TimeDelta::days(KEEP_DAYS);
    Ok(prepared("DELETE FROM notices WHERE created_at < $1")
        .bind::<Timestamptz, _>(before)
        .execute(tx.conn())?)
}
