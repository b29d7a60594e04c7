//! When each practitioner is next free, written down so that a search can sort by it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{BusyOf, BusyRow, agenda, hours, local_days};
use crate::{
    booking::calendar::Calendar,
    infra::{actor::Worker, db::Tx, error::AppError, prepared::prepared},
    practitioners::model::Settings,
};

#[derive(QueryableByName)]
struct PracticeRow {
    #[diesel(sql_type = SqlUuid)]
    user_id: Uuid,
    #[diesel(embed)]
    settings: Settings,
}

/// Writes the next free start of every practitioner of the directory, as somebody without
/// appointments would be offered it, and forgets whoever has none. Answers how many have one.
///
/// # Errors
/// The database's.
pub fn refresh(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let practices: Vec<PracticeRow> = prepared(
        "SELECT p.user_id, p.timezone, p.slot_minutes, p.buffer_minutes, p.minimum_notice_hours,
                p.horizon_days, p.daily_maximum
         FROM practitioners p JOIN users u ON u.id = p.user_id
         WHERE p.verification = 'verified' AND u.status = 'active'",
    )
    .load(tx.conn())?;
    let openings = next_starts(tx, &practices)?;
    let (ids, starts): (Vec<Uuid>, Vec<DateTime<Utc>>) = openings.into_iter().unzip();
    prepared(
        "UPDATE directory_entries d SET next_start = o.next_start
         FROM directory_entries e LEFT JOIN unnest($1, $2) AS o (practitioner_id, next_start) USING (practitioner_id)
         WHERE d.practitioner_id = e.practitioner_id AND d.next_start IS DISTINCT FROM o.next_start",
    )
    .bind::<Array<SqlUuid>, _>(ids.clone())
    .bind::<Array<Timestamptz>, _>(starts)
    .execute(tx.conn())?;
    Ok(ids.len())
}

fn next_starts(
    tx: &mut Tx<Worker>,
    practices: &[PracticeRow],
) -> Result<Vec<(Uuid, DateTime<Utc>)>, AppError> {
    let now = tx.now();
    let ids: Vec<Uuid> = practices.iter().map(|practice| practice.user_id).collect();
    let period = |settings: &Settings| now..now + TimeDelta::days(settings.horizon_days() + 1);
    let reads = practices.iter().fold(now..now, |all, practice| {
        let settings = &practice.settings;
        let reads = settings.policy().reads(&period(settings));
        all.start.min(reads.start)..all.end.max(reads.end)
    });
    let mut hours = hours(tx, &ids, &local_days(&reads))?;
    let rows: Vec<BusyRow> = prepared(
        "SELECT practitioner_id, starts_at, blocked_until FROM hz.busy_ranges_of($1, $2, $3, $4)",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Timestamptz, _>(reads.start)
    .bind::<Timestamptz, _>(reads.end)
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    let mut busy = BusyOf::default();
    for row in rows {
        busy.add(row.practitioner_id, &(row.starts_at..row.blocked_until));
    }
    Ok(practices
        .iter()
        .filter_map(|practice| {
            let id = practice.user_id;
            let calendar = Calendar {
                agenda: agenda(&practice.settings, hours.take(id)),
                busy: busy.take(id),
                client_busy: Vec::new(),
                now,
            };
            let first = calendar.first_slots(period(&practice.settings), 1).pop()?;
            Some((id, first.starts_at))
        })
        .collect())
}
