//! The whole platform's months.

use chrono::{Months, NaiveDate};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Date, Nullable, Timestamptz},
};

use crate::{
    infra::{actor::Admin, db::Tx, error::AppError, prepared::prepared},
    metrics::{model::Activity, queries::Figures},
};

#[derive(QueryableByName)]
struct MonthRow {
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(embed)]
    figures: Figures,
}

/// The platform's last `months` months that have activity, the one of `last` included, in order.
///
/// # Errors
/// The database's.
pub fn months(
    tx: &mut Tx<Admin>,
    last: NaiveDate,
    months: u32,
) -> Result<Vec<(NaiveDate, Activity)>, AppError> {
    let from = last.checked_sub_months(Months::new(months)).unwrap_or(last);
    let rows: Vec<MonthRow> = prepared(
        "SELECT month, consult_count::bigint AS consult_count, total_duration_seconds AS seconds
         FROM platform_activity_monthly WHERE month > $1 AND month <= $2 ORDER BY month",
    )
    .bind::<Date, _>(from)
    .bind::<Date, _>(last)
    .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(|row| (row.month, row.figures.into()))
        .collect())
}

#[derive(QueryableByName)]
struct LastMonthRow {
    #[diesel(sql_type = Date)]
    today: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    month: Option<NaiveDate>,
    #[diesel(embed)]
    figures: Figures,
}

/// The date it is in the accounting zone, and the platform's last `months` months up to it that have
/// activity, in order.
///
/// # Errors
/// The database's.
pub fn last_months(
    tx: &mut Tx<Admin>,
    months: u32,
) -> Result<(NaiveDate, Vec<(NaiveDate, Activity)>), AppError> {
    let now = tx.now();
    let rows: Vec<LastMonthRow> = prepared(
        "SELECT today, month, coalesce(consult_count, 0)::bigint AS consult_count,
                coalesce(total_duration_seconds, 0) AS seconds
         FROM (SELECT ($1 AT TIME ZONE (SELECT accounting_zone FROM platform_settings))::date AS today OFFSET 0) t
         LEFT JOIN platform_activity_monthly
             ON month > (today - $2 * interval '1 month')::date AND month <= today
         ORDER BY month",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(i64::from(months))
    .load(tx.conn())?;
    // Without activity there is one row all the same.
    let today = rows.first().map(|row| row.today);
    let known = rows
        .into_iter()
        .filter_map(|row| Some((row.month?, row.figures.into())))
        .collect();
    Ok((today.ok_or(AppError::NotFound)?, known))
}
