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

/// What the history of an appointment says of a change: the event's kind, and who acted; nobody when the
/// system did.
pub type HistoryEntry = (&'static str, Option<Uuid>);

/// Tells both people of an appointment what has just happened to it: a notice each, and the mail each of
/// them wants. Called in the transaction of the change, after it.
///
/// # Errors
/// `NotFound` for an appointment that this transaction does not see.
pub fn announce<R: Announces>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    news: News,
) -> Result<(), AppError> {
    record_and_announce(tx, &[consultation], &[], news)
}

/// The statement that tells, with more to write in between. Each consultation is looked up by its id: joined,
/// PostgreSQL would read all those of the author.
macro_rules! telling {
    ($more:literal) => {
        concat!(
            "WITH about AS MATERIALIZED (
                 SELECT c.id, c.company_id, c.starts_at, c.employee_id, c.practitioner_id,
                        asked.for_employee, asked.for_practitioner
                 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS asked (id, for_employee, for_practitioner)
                 CROSS JOIN LATERAL (
                     SELECT id, company_id, starts_at, employee_id, practitioner_id FROM consultations
                     WHERE id = asked.id OFFSET 0) c),
             told AS MATERIALIZED (
                 SELECT told.notice, told.person, about.id AS consultation, about.company_id, about.starts_at
                 FROM about CROSS JOIN LATERAL (
                     VALUES (about.for_employee, about.employee_id), (about.for_practitioner, about.practitioner_id)
                 ) AS told (notice, person)
                 WHERE told.notice IS NOT NULL),
             noted AS (
                 INSERT INTO notices (id, recipient_id, consultation_id, company_id, kind, starts_at,
                                      previous_starts_at, by_recipient, created_at, read_at)
                 SELECT notice, person, consultation, company_id, $4, starts_at, $5,
                        person IS NOT DISTINCT FROM $6, $7, CASE WHEN person = $6 THEN $7 END
                 FROM told)",
            $more,
            " INSERT INTO jobs (kind, payload, dedup_key, run_at)
             SELECT mail.kind, mail.payload, mail.dedup_key, mail.run_at
             FROM unnest($8::uuid[], $9::text[], $10::jsonb[], $11::text[], $12::timestamptz[])
                 AS mail (notice, kind, payload, dedup_key, run_at)
             JOIN told ON told.notice = mail.notice
             ON CONFLICT DO NOTHING"
        )
    };
}

const TELLING: &str = telling!("");
/// What one transaction writes into a history keeps its order.
const RECORDING_AND_TELLING: &str = telling!(
    ", recorded AS (
         INSERT INTO consultation_events (consultation_id, company_id, kind, actor_id, occurred_at)
         SELECT about.id, about.company_id, entry.kind, entry.actor,
                $7 + (entry.place - 1) * interval '1 microsecond'
         FROM about CROSS JOIN unnest($13::text[], $14::uuid[]) WITH ORDINALITY AS entry (kind, actor, place))"
);

/// As [`announce`], of several appointments to which the same has happened, and writes these entries into
/// the history of each: in one statement, because that is what booking mostly costs.
///
/// # Errors
/// As [`announce`].
pub fn record_and_announce<R: Announces>(
    tx: &mut Tx<R>,
    consultations: &[Uuid],
    history: &[HistoryEntry],
    news: News,
) -> Result<(), AppError> {
    // Nobody makes an offer: it is news to whom it is made, in whose name it is written.
    let author = tx.user_id().ok().filter(|_| news != News::Offered);
    let now = tx.now();
    let new_ids = || -> Vec<Uuid> { consultations.iter().map(|_| Uuid::new_v4()).collect() };
    let for_employees = new_ids();
    let for_practitioners = match news {
        News::Offered => Vec::new(),
        _ => new_ids(),
    };
    let notices = [for_employees.as_slice(), &for_practitioners].concat();
    let mails: Vec<MailNotice> = notices.iter().copied().map(MailNotice::now).collect();
    let jobs = jobs::columns(&mails, now)?;
    let sql = if history.is_empty() {
        TELLING
    } else {
        RECORDING_AND_TELLING
    };
    let mut statement = prepared(sql)
        .bind::<Array<SqlUuid>, _>(consultations)
        .bind::<Array<SqlUuid>, _>(for_employees)
        // A shorter list is filled up with nothing.
        .bind::<Array<SqlUuid>, _>(for_practitioners)
        .bind::<Text, _>(news.kind().as_str())
        .bind::<Nullable<Timestamptz>, _>(news.previous_start())
        // What somebody did is not news to them: their own notice is read already.
        .bind::<Nullable<SqlUuid>, _>(author)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<SqlUuid>, _>(notices)
        .bind::<Array<Text>, _>(jobs.kind)
        .bind::<Array<Jsonb>, _>(jobs.payload)
        .bind::<Array<Nullable<Text>>, _>(jobs.dedup_key)
        .bind::<Array<Timestamptz>, _>(jobs.run_at);
    if !history.is_empty() {
        let (kinds, actors): (Vec<&str>, Vec<Option<Uuid>>) = history.iter().copied().unzip();
        statement = statement
            .bind::<Array<Text>, _>(kinds)
            .bind::<Array<Nullable<SqlUuid>>, _>(actors);
    }
    if statement.execute(tx.conn())? < mails.len() {
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
