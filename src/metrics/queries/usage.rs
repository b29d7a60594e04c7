//! What HR sees: count and duration per employee and month, of its own company.
//!
//! HR has no right on any counter table. `hz.employee_usage` answers for the company of the transaction
//! and for months that were lived by name, and gives months only, so no day, practitioner or specialty can
//! leak through a query written here.

use chrono::NaiveDate;
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Date, Integer, Nullable, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::Figures;
use crate::{
    infra::{actor::Hr, db::Tx, error::AppError, export, prepared::prepared},
    metrics::model::Activity,
    privacy::access::{self, What},
};

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsageSort {
    /// Family name, given name.
    #[default]
    Name,
    /// Department, then name.
    Department,
    /// Number of consultations.
    Count,
    /// Total duration.
    Duration,
}

impl UsageSort {
    /// The name in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Department => "department",
            Self::Count => "count",
            Self::Duration => "duration",
        }
    }

    /// Reads what [`Self::code`] writes.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Name, Self::Department, Self::Count, Self::Duration]
            .into_iter()
            .find(|sort| sort.code() == code)
    }
}

/// Which employees, for which month.
#[derive(Clone, Debug)]
pub struct UsageFilter {
    /// Any date of the month.
    pub month: NaiveDate,
    /// Only this department.
    pub department: Option<String>,
    /// A part of the name.
    pub search: Option<String>,
}

/// One employee's month.
#[derive(Debug)]
pub struct UsageLine {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Department, when the company told.
    pub department: Option<String>,
    /// The month.
    pub activity: Activity,
}

/// Every employee of the company that matches, with 0 where nothing was counted.
/// `$1` month, `$2` department, `$3` and `$4` what is searched.
macro_rules! matching {
    () => {
        "SELECT u.id AS employee_id, u.first_name COLLATE \"und-x-icu\" AS first_name,
                u.last_name COLLATE \"und-x-icu\" AS last_name, e.department COLLATE \"und-x-icu\" AS department,
                coalesce(a.consult_count, 0)::bigint AS consult_count,
                coalesce(a.total_duration_seconds, 0)::bigint AS seconds
         FROM users u
         JOIN employees e ON e.user_id = u.id
         LEFT JOIN hz.employee_usage($1) a ON a.employee_id = u.id
         WHERE u.role = 'employee' AND (u.status <> 'erased' OR a.consult_count > 0)
           AND e.department IS NOT DISTINCT FROM coalesce($2::text, e.department)
           AND ($3::text IS NULL
                OR strpos(hz.searchable(u.first_name || ' ' || u.last_name || ' ' || u.first_name),
                          hz.searchable($4)) > 0)"
    };
}

/// The statements of one order: a page of the list with the totals of all of it, and all of it.
macro_rules! ordered_by {
    ($order:literal) => {
        Statements {
            page: concat!(
                "WITH matching AS MATERIALIZED (",
                matching!(),
                "), shown AS (SELECT * FROM matching ORDER BY ",
                $order,
                " OFFSET $5 LIMIT $6)
                 SELECT t.*, s.employee_id, s.first_name, s.last_name, s.department, s.consult_count, s.seconds
                 FROM (SELECT count(*) AS employees, count(*) FILTER (WHERE consult_count > 0) AS supported,
                              coalesce(sum(consult_count), 0)::bigint AS all_consultations,
                              coalesce(sum(seconds), 0)::bigint AS all_seconds
                       FROM matching) t
                 LEFT JOIN shown s ON true ORDER BY ",
                $order
            ),
            all: concat!(matching!(), " ORDER BY ", $order),
        }
    };
}

struct Statements {
    page: &'static str,
    all: &'static str,
}

fn statements(order: UsageOrder) -> Statements {
    match (order.sort, order.descending) {
        (UsageSort::Name, false) => ordered_by!("last_name, first_name, employee_id"),
        (UsageSort::Name, true) => ordered_by!("last_name DESC, first_name DESC, employee_id"),
        (UsageSort::Department, false) => {
            ordered_by!("department NULLS LAST, last_name, first_name, employee_id")
        }
        (UsageSort::Department, true) => {
            ordered_by!("department DESC NULLS LAST, last_name, first_name, employee_id")
        }
        (UsageSort::Count, false) => {
            ordered_by!("consult_count, last_name, first_name, employee_id")
        }
        (UsageSort::Count, true) => {
            ordered_by!("consult_count DESC, last_name, first_name, employee_id")
        }
        (UsageSort::Duration, false) => ordered_by!("seconds, last_name, first_name, employee_id"),
        (UsageSort::Duration, true) => {
            ordered_by!("seconds DESC, last_name, first_name, employee_id")
        }
    }
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default)]
pub struct UsageOrder {
    /// What it is ordered by.
    pub sort: UsageSort,
    /// From the highest.
    pub descending: bool,
}

/// The sums of the whole filter.
#[derive(Clone, Copy, Debug, Default)]
pub struct UsageTotals {
    /// Employees.
    pub employees: i64,
    /// Of which with at least one consultation.
    pub supported: i64,
    /// Their month, added up.
    pub activity: Activity,
}

#[derive(QueryableByName)]
struct PageRow {
    #[diesel(sql_type = BigInt)]
    employees: i64,
    #[diesel(sql_type = BigInt)]
    supported: i64,
    #[diesel(sql_type = BigInt)]
    all_consultations: i64,
    #[diesel(sql_type = BigInt)]
    all_seconds: i64,
    // Absent where the totals stand alone: nobody matches, or the page is beyond the last.
    #[diesel(embed)]
    line: Option<UsageRow>,
}

#[derive(QueryableByName)]
struct UsageRow {
    #[diesel(sql_type = SqlUuid)]
    employee_id: Uuid,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    last_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    department: Option<String>,
    #[diesel(embed)]
    figures: Figures,
}

impl From<UsageRow> for UsageLine {
    fn from(row: UsageRow) -> Self {
        Self {
            first_name: row.first_name,
            last_name: row.last_name,
            department: row.department,
            activity: row.figures.into(),
        }
    }
}

/// The employees that match from the `offset`th on, and the totals of all that match.
///
/// # Errors
/// The database's.
pub fn page(
    tx: &mut Tx<Hr>,
    filter: &UsageFilter,
    order: UsageOrder,
    (offset, limit): (i64, i64),
) -> Result<(UsageTotals, Vec<UsageLine>), AppError> {
    let rows: Vec<PageRow> = prepared(statements(order).page)
        .bind::<Date, _>(filter.month)
        .bind::<Nullable<Text>, _>(filter.department.as_deref())
        .bind::<Nullable<Text>, _>(filter.search.as_deref())
        .bind::<Nullable<Text>, _>(filter.search.as_deref())
        .bind::<BigInt, _>(offset)
        .bind::<BigInt, _>(limit)
        .load(tx.conn())?;
    let totals = rows
        .first()
        .map_or_else(UsageTotals::default, |row| UsageTotals {
            employees: row.employees,
            supported: row.supported,
            activity: Activity {
                count: row.all_consultations,
                seconds: row.all_seconds,
            },
        });
    let lines: Vec<UsageRow> = rows.into_iter().filter_map(|row| row.line).collect();
    let shown = lines.iter().map(|line| line.employee_id);
    access::record(tx, shown, What::EmployeeUsage);
    Ok((totals, lines.into_iter().map(UsageLine::from).collect()))
}

/// One employee's last `months` months, the one of `today` first, as far as they were lived by name: the
/// figures of HR's own list.
///
/// # Errors
/// The database's.
pub fn months_of(
    tx: &mut Tx<Hr>,
    employee: Uuid,
    today: NaiveDate,
    months: i32,
) -> Result<Vec<(NaiveDate, Activity)>, AppError> {
    let rows: Vec<MonthRow> = prepared(
        "SELECT m.month::date AS month, coalesce(a.consult_count, 0) AS consult_count,
                coalesce(a.total_duration_seconds, 0) AS total_duration_seconds
         FROM generate_series(date_trunc('month', $1::timestamp) - make_interval(months => $2 - 1),
                              date_trunc('month', $1::timestamp), interval '1 month') AS m (month)
         LEFT JOIN LATERAL hz.employee_usage(m.month::date) a ON a.employee_id = $3
         WHERE hz.own_disclosure_in(m.month::date) = 'named'
         ORDER BY m.month DESC",
    )
    .bind::<Date, _>(today)
    .bind::<Integer, _>(months)
    .bind::<SqlUuid, _>(employee)
    .load(tx.conn())?;
    if !rows.is_empty() {
        access::record(tx, [employee], What::EmployeeUsage);
    }
    Ok(rows.into_iter().map(MonthRow::read).collect())
}

/// Records that a file of all the employees that match is made, before it is: a download that breaks off
/// has shown some of them.
///
/// # Errors
/// The database's.
pub fn record_file(
    tx: &mut Tx<Hr>,
    filter: &UsageFilter,
    order: UsageOrder,
) -> Result<(), AppError> {
    let rows: Vec<UsageRow> = prepared(statements(order).all)
        .bind::<Date, _>(filter.month)
        .bind::<Nullable<Text>, _>(filter.department.as_deref())
        .bind::<Nullable<Text>, _>(filter.search.as_deref())
        .bind::<Nullable<Text>, _>(filter.search.as_deref())
        .load(tx.conn())?;
    let all = rows.iter().map(|row| row.employee_id);
    access::record(tx, all, What::EmployeeUsageFile);
    Ok(())
}

/// All the employees that match, one by one, for a file of any length; see [`record_file`].
///
/// # Errors
/// The database's, or what `each` answers.
pub fn each(
    tx: &mut Tx<Hr>,
    filter: &UsageFilter,
    order: UsageOrder,
    mut each: impl FnMut(UsageLine) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let query = prepared(statements(order).all)
        .bind::<Date, _>(filter.month)
        .bind::<Nullable<Text>, _>(filter.department.as_deref())
        .bind::<Nullable<Text>, _>(filter.search.as_deref())
        .bind::<Nullable<Text>, _>(filter.search.as_deref());
    export::each_row(tx, query, |row: UsageRow| each(row.into()))
}

#[derive(QueryableByName)]
struct MonthRow {
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = Integer)]
    consult_count: i32,
    #[diesel(sql_type = BigInt)]
    total_duration_seconds: i64,
}

impl MonthRow {
    fn read(self) -> (NaiveDate, Activity) {
        let activity = Activity {
            count: self.consult_count.into(),
            seconds: self.total_duration_seconds,
        };
        (self.month, activity)
    }
}
