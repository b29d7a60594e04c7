//! One practitioner's activity. The row policies leave a practitioner only their own; the platform's
//! admins read everybody's, for the invoices.

use chrono::NaiveDate;
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Date, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::Figures;
use crate::{
    infra::{
        actor::{Admin, Practitioner},
        db::Tx,
        error::AppError,
        export,
        prepared::prepared,
    },
    metrics::model::{Activity, Period},
    privacy::access::{self, What},
};

/// Who may read a practitioner's activity.
pub trait ReadsActivity: super::CountsDays {}
impl ReadsActivity for Practitioner {}
impl ReadsActivity for Admin {}

#[derive(QueryableByName)]
struct MonthRow {
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(embed)]
    figures: Figures,
}

/// The months of a period that have activity, in order. A month that the period cuts has only the
/// days inside it.
///
/// # Errors
/// The database's.
pub fn by_month<R: ReadsActivity>(
    tx: &mut Tx<R>,
    practitioner_id: Uuid,
    period: Period,
) -> Result<Vec<(NaiveDate, Activity)>, AppError> {
    let rows: Vec<MonthRow> = prepared(
        "SELECT date_trunc('month', day)::date AS month,
                sum(consult_count)::bigint AS consult_count, sum(total_duration_seconds)::bigint AS seconds
         FROM practitioner_activity_daily
         WHERE practitioner_id = $1 AND day BETWEEN $2 AND $3
         GROUP BY 1 ORDER BY 1",
    )
    .bind::<SqlUuid, _>(practitioner_id)
    .bind::<Date, _>(period.first())
    .bind::<Date, _>(period.last())
    .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(|row| (row.month, row.figures.into()))
        .collect())
}

#[derive(QueryableByName)]
struct CompanyRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(embed)]
    figures: Figures,
}

/// The companies a practitioner worked for in a period, the most hours first.
///
/// # Errors
/// The database's.
pub fn by_company<R: ReadsActivity>(
    tx: &mut Tx<R>,
    practitioner_id: Uuid,
    period: Period,
) -> Result<Vec<(String, Activity)>, AppError> {
    let rows: Vec<CompanyRow> = prepared(
        "SELECT c.name, a.consult_count, a.seconds
         FROM (SELECT company_id, sum(consult_count)::bigint AS consult_count,
                      sum(total_duration_seconds)::bigint AS seconds
               FROM practitioner_activity_daily
               WHERE practitioner_id = $1 AND day BETWEEN $2 AND $3
               GROUP BY company_id) a
         JOIN companies c ON c.id = a.company_id
         ORDER BY a.seconds DESC, c.name",
    )
    .bind::<SqlUuid, _>(practitioner_id)
    .bind::<Date, _>(period.first())
    .bind::<Date, _>(period.last())
    .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(|row| (row.name, row.figures.into()))
        .collect())
}

#[derive(QueryableByName)]
struct DayRow {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Text)]
    company: String,
    #[diesel(embed)]
    figures: Figures,
}

/// A line of the exported statement: one day for one company.
#[derive(Debug)]
pub struct DayLine {
    /// The day, in the accounting zone.
    pub day: NaiveDate,
    /// The company's name.
    pub company: String,
    /// What was done for it that day.
    pub activity: Activity,
}

/// Every day of a period for every company, in order, for a file of any length.
///
/// # Errors
/// The database's, or what `each` answers.
pub fn each_day<R: ReadsActivity>(
    tx: &mut Tx<R>,
    practitioner_id: Uuid,
    period: Period,
    mut each: impl FnMut(DayLine) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let query = prepared(
        "SELECT a.day, c.name AS company, a.consult_count::bigint AS consult_count,
                a.total_duration_seconds AS seconds
         FROM practitioner_activity_daily a JOIN companies c ON c.id = a.company_id
         WHERE a.practitioner_id = $1 AND a.day BETWEEN $2 AND $3
         ORDER BY a.day, c.name, a.company_id",
    )
    .bind::<SqlUuid, _>(practitioner_id)
    .bind::<Date, _>(period.first())
    .bind::<Date, _>(period.last());
    export::each_row(tx, query, |row: DayRow| {
        each(DayLine {
            day: row.day,
            company: row.company,
            activity: row.figures.into(),
        })
    })
}

/// A month so far, and the month before up to the same day of the month: what can be compared.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct MonthSoFar {
    /// Today in the accounting zone.
    #[diesel(sql_type = Date)]
    pub today: NaiveDate,
    #[diesel(sql_type = BigInt)]
    current_count: i64,
    #[diesel(sql_type = BigInt)]
    current_seconds: i64,
    #[diesel(sql_type = BigInt)]
    previous_count: i64,
    #[diesel(sql_type = BigInt)]
    previous_seconds: i64,
}

impl MonthSoFar {
    /// From the first of the month until today.
    #[must_use]
    pub fn current(&self) -> Activity {
        Activity {
            count: self.current_count,
            seconds: self.current_seconds,
        }
    }

    /// From the first of the month before until the same day of it.
    #[must_use]
    pub fn previous(&self) -> Activity {
        Activity {
            count: self.previous_count,
            seconds: self.previous_seconds,
        }
    }
}

/// Selects the one row of a practitioner's [`MonthSoFar`]; `$1` is now, `$2` the practitioner. For a statement that
/// selects more: the practitioner's home asks once.
pub const MONTH_SO_FAR: &str = "SELECT t.today, a.*
     FROM (SELECT today, date_trunc('month', today)::date AS first,
                  (date_trunc('month', today) - interval '1 month')::date AS previous_first,
                  (today - interval '1 month')::date AS previous_last
           FROM (SELECT ($1 AT TIME ZONE (SELECT accounting_zone FROM platform_settings))::date AS today OFFSET 0) d OFFSET 0) t
     CROSS JOIN LATERAL (
         SELECT coalesce(sum(consult_count) FILTER (WHERE day >= first), 0)::bigint AS current_count,
                coalesce(sum(total_duration_seconds) FILTER (WHERE day >= first), 0)::bigint AS current_seconds,
                coalesce(sum(consult_count) FILTER (WHERE day <= previous_last), 0)::bigint AS previous_count,
                coalesce(sum(total_duration_seconds) FILTER (WHERE day <= previous_last), 0)::bigint AS previous_seconds
         FROM practitioner_activity_daily
         WHERE practitioner_id = $2 AND day BETWEEN previous_first AND today) a";

#[derive(QueryableByName)]
struct NameRow {
    #[diesel(sql_type = Text)]
    name: String,
}

/// A practitioner's name; not found when the account is no practitioner's.
///
/// # Errors
/// The database's, or not found.
pub fn practitioner_name(tx: &mut Tx<Admin>, practitioner_id: Uuid) -> Result<String, AppError> {
    let row: NameRow = prepared(
        "SELECT trim(concat_ws(' ', p.title, u.first_name, u.last_name)) AS name
         FROM practitioners p JOIN users u ON u.id = p.user_id WHERE p.user_id = $1",
    )
    .bind::<SqlUuid, _>(practitioner_id)
    .get_result(tx.conn())?;
    access::record(tx, [practitioner_id], What::AdminPage);
    Ok(row.name)
}
