//! One company's figures for the platform admin: sums of the counters, nobody's.

use chrono::{Datelike as _, NaiveDate};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Date, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::today;
use crate::{
    infra::{actor::Admin, db::Tx, error::AppError, prepared::prepared},
    metrics::model::Activity,
};

/// What was done for a company.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// In the month it is.
    pub month: Activity,
    /// Since the first of January.
    pub year: Activity,
    /// Ever.
    pub ever: Activity,
}

#[derive(QueryableByName)]
struct Sums {
    #[diesel(sql_type = BigInt)]
    month_count: i64,
    #[diesel(sql_type = BigInt)]
    month_seconds: i64,
    #[diesel(sql_type = BigInt)]
    year_count: i64,
    #[diesel(sql_type = BigInt)]
    year_seconds: i64,
    #[diesel(sql_type = BigInt)]
    ever_count: i64,
    #[diesel(sql_type = BigInt)]
    ever_seconds: i64,
}

/// What was done for a company, as the monthly counters have it.
///
/// # Errors
/// The database's.
pub fn usage(tx: &mut Tx<Admin>, company: Uuid) -> Result<Usage, AppError> {
    let today = today(tx)?;
    let month = today.with_day(1).unwrap_or(today);
    let year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(month);
    let sums: Sums = prepared(
        "SELECT coalesce(sum(consult_count) FILTER (WHERE month = $2), 0)::bigint AS month_count,
                coalesce(sum(total_duration_seconds) FILTER (WHERE month = $3), 0)::bigint AS month_seconds,
                coalesce(sum(consult_count) FILTER (WHERE month >= $4), 0)::bigint AS year_count,
                coalesce(sum(total_duration_seconds) FILTER (WHERE month >= $5), 0)::bigint AS year_seconds,
                coalesce(sum(consult_count), 0)::bigint AS ever_count,
                coalesce(sum(total_duration_seconds), 0)::bigint AS ever_seconds
         FROM company_activity_monthly WHERE company_id = $1",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<Date, _>(month)
    .bind::<Date, _>(month)
    .bind::<Date, _>(year)
    .bind::<Date, _>(year)
    .get_result(tx.conn())?;
    let activity = |count, seconds| Activity { count, seconds };
    Ok(Usage {
        month: activity(sums.month_count, sums.month_seconds),
        year: activity(sums.year_count, sums.year_seconds),
        ever: activity(sums.ever_count, sums.ever_seconds),
    })
}
