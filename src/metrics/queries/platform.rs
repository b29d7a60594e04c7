//! The whole platform's figures, by company and by practitioner, in whole months.
//!
//! They read the monthly counters: one row per company or practitioner and month, however many
//! consultations there are. No function here joins an employee to anything.

mod months;

pub use months::{last_months, months};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::Figures;
use crate::{
    infra::{
        actor::Admin,
        db::Tx,
        error::AppError,
        export,
        prepared::{Prepared, prepared},
    },
    metrics::model::{Activity, Period},
    privacy::access::{self, What},
};

/// What a list of the platform is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListSort {
    /// Name.
    Name,
    /// Number of consultations.
    Count,
    /// Total duration.
    #[default]
    Duration,
    /// When it was registered.
    Created,
}

impl ListSort {
    /// The name in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Count => "count",
            Self::Duration => "duration",
            Self::Created => "created",
        }
    }

    /// Reads what [`Self::code`] writes.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Name, Self::Count, Self::Duration, Self::Created]
            .into_iter()
            .find(|sort| sort.code() == code)
    }
}

/// Which companies or practitioners, with the figures of which months.
#[derive(Clone, Debug)]
pub struct ListFilter {
    /// Whole months.
    pub period: Period,
    /// Only this status (companies) or verification (practitioners).
    pub status: Option<String>,
    /// A part of the name.
    pub search: Option<String>,
}

/// The order of a list.
#[derive(Clone, Copy, Debug)]
pub struct ListOrder {
    /// What it is ordered by.
    pub sort: ListSort,
    /// From the highest.
    pub descending: bool,
}

/// How many rows match, and their figures added up.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListTotals {
    /// Companies or practitioners.
    pub rows: i64,
    /// Their activity.
    pub activity: Activity,
}

/// The totals, the same in each row, and a line where there is one: nobody matches, or the page is beyond the last.
#[derive(QueryableByName)]
struct PageRow<L> {
    #[diesel(sql_type = BigInt)]
    rows: i64,
    #[diesel(sql_type = BigInt)]
    all_consultations: i64,
    #[diesel(sql_type = BigInt)]
    all_seconds: i64,
    #[diesel(embed)]
    line: Option<L>,
}

fn parted<L>(rows: Vec<PageRow<L>>) -> (ListTotals, Vec<L>) {
    let totals = rows
        .first()
        .map_or_else(ListTotals::default, |row| ListTotals {
            rows: row.rows,
            activity: Activity {
                count: row.all_consultations,
                seconds: row.all_seconds,
            },
        });
    (
        totals,
        rows.into_iter().filter_map(|row| row.line).collect(),
    )
}

/// `$1` first and `$2` last date of the period, `$3` status, `$4` and `$5` what is searched.
macro_rules! companies {
    () => {
        "FROM (SELECT c.id, c.name COLLATE \"und-x-icu\" AS name, c.status, c.created_at,
                      coalesce(a.consult_count, 0) AS consult_count, coalesce(a.seconds, 0) AS seconds
               FROM companies c
               LEFT JOIN (SELECT company_id, sum(consult_count)::bigint AS consult_count,
                                 sum(total_duration_seconds)::bigint AS seconds
                          FROM company_activity_monthly WHERE month BETWEEN $1 AND $2 GROUP BY company_id
                         ) a ON a.company_id = c.id
               WHERE ($3::text IS NULL OR c.status = $3)
                 AND ($4::text IS NULL OR strpos(hz.searchable(c.name), hz.searchable($5)) > 0)) matching"
    };
}

/// As [`companies!`]. The activity is looked up practitioner by practitioner: with a few rows expected
/// of the join before, joining sums would read all of them once per practitioner.
macro_rules! practitioners {
    () => {
        "FROM (SELECT u.id, (u.last_name || ' ' || u.first_name) COLLATE \"und-x-icu\" AS name,
                      trim(concat_ws(' ', p.title, u.first_name, u.last_name)) AS full_name,
                      p.specialty, p.verification AS status, p.created_at,
                      a.consult_count, a.seconds
               FROM practitioners p
               JOIN users u ON u.id = p.user_id
               CROSS JOIN LATERAL (
                   SELECT coalesce(sum(consult_count), 0)::bigint AS consult_count,
                          coalesce(sum(total_duration_seconds), 0)::bigint AS seconds
                   FROM practitioner_activity_monthly
                   WHERE practitioner_id = p.user_id AND month BETWEEN $1 AND $2) a
               WHERE ($3::text IS NULL OR p.verification = $3)
                 AND ($4::text IS NULL
                      OR strpos(hz.searchable(u.first_name || ' ' || u.last_name || ' ' || u.first_name),
                                hz.searchable($5)) > 0)) matching"
    };
}

/// A page of what matches, `$6` first and `$7` of them, each with `$more` columns of its own, beside the totals of all
/// of it.
macro_rules! page_with_totals {
    ($matching:expr, $more:literal, $order:literal) => {
        concat!(
            "WITH matching AS MATERIALIZED (SELECT * ",
            $matching,
            ")
             SELECT t.*, shown.*
             FROM (SELECT count(*) AS rows, coalesce(sum(consult_count), 0)::bigint AS all_consultations,
                          coalesce(sum(seconds), 0)::bigint AS all_seconds FROM matching) t
             LEFT JOIN (SELECT p.*",
            $more,
            " FROM (SELECT * FROM matching ORDER BY ",
            $order,
            " OFFSET $6 LIMIT $7) p) shown ON true
             ORDER BY ",
            $order
        )
    };
}

/// The statement that `$make` writes for an order.
macro_rules! in_order {
    ($order:expr, $make:ident) => {
        match ($order.sort, $order.descending) {
            (ListSort::Name, false) => $make!("name, id"),
            (ListSort::Name, true) => $make!("name DESC, id"),
            (ListSort::Count, false) => $make!("consult_count, name, id"),
            (ListSort::Count, true) => $make!("consult_count DESC, name, id"),
            (ListSort::Duration, false) => $make!("seconds, name, id"),
            (ListSort::Duration, true) => $make!("seconds DESC, name, id"),
            (ListSort::Created, false) => $make!("created_at, name, id"),
            (ListSort::Created, true) => $make!("created_at DESC, name, id"),
        }
    };
}

/// The employees are counted for the rows of the page only.
macro_rules! company_page {
    ($order:literal) => {
        page_with_totals!(
            companies!(),
            ", (SELECT count(*) FROM employees e WHERE e.company_id = p.id) AS employees",
            $order
        )
    };
}

macro_rules! every_company {
    ($order:literal) => {
        concat!(
            "SELECT matching.*, (SELECT count(*) FROM employees e WHERE e.company_id = matching.id) AS employees ",
            companies!(),
            " ORDER BY ",
            $order
        )
    };
}

macro_rules! practitioner_page {
    ($order:literal) => {
        page_with_totals!(practitioners!(), "", $order)
    };
}

/// A statement over [`companies!`] or [`practitioners!`], with the filter bound.
pub(super) fn filtered<'a>(sql: &'static str, filter: &'a ListFilter) -> Prepared<'a> {
    prepared(sql)
        .bind::<Date, _>(filter.period.first())
        .bind::<Date, _>(filter.period.last())
        .bind::<Nullable<Text>, _>(filter.status.as_deref())
        .bind::<Nullable<Text>, _>(filter.search.as_deref())
        .bind::<Nullable<Text>, _>(filter.search.as_deref())
}

/// A company and its activity.
#[derive(Debug)]
pub struct CompanyLine {
    /// Which one.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// As the `companies.status` column spells it.
    pub status: String,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
    /// How many employees it has, whatever their account's status.
    pub employees: i64,
    /// What was done for it.
    pub activity: Activity,
}

#[derive(QueryableByName)]
struct CompanyRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    employees: i64,
    #[diesel(embed)]
    figures: Figures,
}

impl From<CompanyRow> for CompanyLine {
    fn from(row: CompanyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            status: row.status,
            created_at: row.created_at,
            employees: row.employees,
            activity: row.figures.into(),
        }
    }
}

/// The companies that match, from the `offset`th on, and the totals of all that match.
///
/// # Errors
/// The database's.
pub fn companies(
    tx: &mut Tx<Admin>,
    filter: &ListFilter,
    order: ListOrder,
    (offset, limit): (i64, i64),
) -> Result<(ListTotals, Vec<CompanyLine>), AppError> {
    let rows = filtered(in_order!(order, company_page), filter)
        .bind::<BigInt, _>(offset)
        .bind::<BigInt, _>(limit)
        .load(tx.conn())?;
    let (totals, lines): (_, Vec<CompanyRow>) = parted(rows);
    Ok((totals, lines.into_iter().map(CompanyLine::from).collect()))
}

/// Every company of a period with its activity, one by one, for a file of any length.
///
/// # Errors
/// The database's, or what `each` answers.
pub fn each_company(
    tx: &mut Tx<Admin>,
    filter: &ListFilter,
    order: ListOrder,
    mut each: impl FnMut(CompanyLine) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let query = filtered(in_order!(order, every_company), filter);
    export::each_row(tx, query, |row: CompanyRow| each(row.into()))
}

/// A practitioner and their activity.
#[derive(Debug)]
pub struct PractitionerLine {
    /// The account.
    pub id: Uuid,
    /// Title, given and family name.
    pub name: String,
    /// As the `practitioners.specialty` column spells it.
    pub specialty: String,
    /// `pending`, `verified` or `rejected`.
    pub verification: String,
    /// What they did.
    pub activity: Activity,
}

#[derive(QueryableByName)]
struct PractitionerRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    full_name: String,
    #[diesel(sql_type = Text)]
    specialty: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(embed)]
    figures: Figures,
}

impl From<PractitionerRow> for PractitionerLine {
    fn from(row: PractitionerRow) -> Self {
        Self {
            id: row.id,
            name: row.full_name,
            specialty: row.specialty,
            verification: row.status,
            activity: row.figures.into(),
        }
    }
}

/// The practitioners that match, from the `offset`th on, and the totals of all that match.
///
/// # Errors
/// The database's.
pub fn practitioners(
    tx: &mut Tx<Admin>,
    filter: &ListFilter,
    order: ListOrder,
    (offset, limit): (i64, i64),
) -> Result<(ListTotals, Vec<PractitionerLine>), AppError> {
    let rows = filtered(in_order!(order, practitioner_page), filter)
        .bind::<BigInt, _>(offset)
        .bind::<BigInt, _>(limit)
        .load(tx.conn())?;
    let (totals, lines): (_, Vec<PractitionerRow>) = parted(rows);
    let named = lines.iter().map(|row| row.id);
    access::record(tx, named, What::AdminPage);
    Ok((
        totals,
        lines.into_iter().map(PractitionerLine::from).collect(),
    ))
}

/// The first of those with activity in a month, the most hours first, and how many there are.
#[derive(Debug)]
pub struct Ranking {
    /// How many had any activity.
    pub rows: i64,
    /// The first of them.
    pub first: Vec<RankedLine>,
}

/// A line of a [`Ranking`].
#[derive(Debug)]
pub struct RankedLine {
    /// The company or the practitioner.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their month.
    pub activity: Activity,
}

#[derive(QueryableByName)]
struct RankedRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(embed)]
    figures: Figures,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

impl From<Vec<RankedRow>> for Ranking {
    fn from(rows: Vec<RankedRow>) -> Self {
        let line = |row: RankedRow| RankedLine {
            id: row.id,
            name: row.name,
            activity: row.figures.into(),
        };
        Self {
            rows: rows.first().map_or(0, |row| row.rows),
            first: rows.into_iter().map(line).collect(),
        }
    }
}

/// The companies that were served most in a month, given by its first day.
///
/// # Errors
/// The database's.
pub fn busiest_companies(
    tx: &mut Tx<Admin>,
    month: NaiveDate,
    limit: i64,
) -> Result<Ranking, AppError> {
    let rows: Vec<RankedRow> = prepared(
        "SELECT c.id, c.name, a.consult_count::bigint AS consult_count, a.total_duration_seconds AS seconds, a.rows
         FROM (SELECT *, count(*) OVER () AS rows FROM company_activity_monthly WHERE month = $1
               ORDER BY total_duration_seconds DESC, company_id LIMIT $2) a
         JOIN companies c ON c.id = a.company_id
         ORDER BY a.total_duration_seconds DESC, a.company_id",
    )
    .bind::<Date, _>(month)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    Ok(rows.into())
}

/// The practitioners who worked most in a month, given by its first day.
///
/// # Errors
/// The database's.
pub fn busiest_practitioners(
    tx: &mut Tx<Admin>,
    month: NaiveDate,
    limit: i64,
) -> Result<Ranking, AppError> {
    let rows: Vec<RankedRow> = prepared(
        "SELECT u.id, trim(concat_ws(' ', p.title, u.first_name, u.last_name)) AS name,
                a.consult_count::bigint AS consult_count, a.total_duration_seconds AS seconds, a.rows
         FROM (SELECT *, count(*) OVER () AS rows FROM practitioner_activity_monthly WHERE month = $1
               ORDER BY total_duration_seconds DESC, practitioner_id LIMIT $2) a
         JOIN practitioners p ON p.user_id = a.practitioner_id
         JOIN users u ON u.id = a.practitioner_id
         ORDER BY a.total_duration_seconds DESC, a.practitioner_id",
    )
    .bind::<Date, _>(month)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let named = rows.iter().map(|row| row.id);
    access::record(tx, named, What::AdminPage);
    Ok(rows.into())
}

#[derive(Clone, Debug, QueryableByName)]
struct StatusRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// How many companies and practitioners there are, by status.
#[derive(Clone, Debug, Default)]
pub struct Census {
    rows: Vec<StatusRow>,
}

impl Census {
    /// How many companies have a status.
    pub fn companies(&self, status: &str) -> i64 {
        self.of("company", status)
    }

    /// How many practitioners have a verification.
    pub fn practitioners(&self, verification: &str) -> i64 {
        self.of("practitioner", verification)
    }

    fn of(&self, kind: &str, status: &str) -> i64 {
        self.rows
            .iter()
            .find(|row| row.kind == kind && row.status == status)
            .map_or(0, |row| row.rows)
    }
}

/// Counts companies by status and practitioners by verification.
///
/// # Errors
/// The database's.
pub fn census(tx: &mut Tx<Admin>) -> Result<Census, AppError> {
    let rows = prepared(
        "SELECT 'company' AS kind, status, count(*) AS rows FROM companies GROUP BY status
         UNION ALL
         SELECT 'practitioner', verification, count(*) FROM practitioners GROUP BY verification",
    )
    .load(tx.conn())?;
    Ok(Census { rows })
}
