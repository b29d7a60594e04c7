//! An import until it is confirmed: its staged rows, compared with the accounts in one statement
//! whatever their number. [`super::import_run`] does it.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    QueryableByName,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::email_domains;
use crate::{
    companies::{
        import::{EmployeeCsv, ParsedRow},
        model::{RowKind, STAGED_HOURS},
    },
    infra::{
        actor::{Hr, Worker},
        db::Tx,
        error::AppError,
    },
    privacy::access::{self, What},
    schema::employee_imports,
};

/// Rows per INSERT: bounds the memory of an import beyond its file.
pub(super) const BATCH: usize = 1_000;

/// Stages a file: every row as it was read, nothing else.
///
/// # Errors
/// The database's.
pub fn stage_import(tx: &mut Tx<Hr>, file_name: &str, csv: &EmployeeCsv) -> Result<Uuid, AppError> {
    let domains = email_domains(tx)?;
    let (company, user, now) = (tx.company_id()?, tx.user_id()?, tx.now());
    let import = Uuid::new_v4();
    diesel::insert_into(employee_imports::table)
        .values((
            employee_imports::id.eq(import),
            employee_imports::company_id.eq(company),
            employee_imports::created_by.eq(user),
            employee_imports::file_name.eq(file_name),
            employee_imports::row_count.eq(i32::try_from(csv.row_count()).unwrap_or(i32::MAX)),
            employee_imports::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    let mut rows = csv.rows(&domains);
    loop {
        let batch: Batch = rows.by_ref().take(BATCH).collect();
        if batch.line.is_empty() {
            return Ok(import);
        }
        batch.insert(tx, import, company)?;
    }
}

/// Rows by column, as PostgreSQL's `unnest` takes them.
#[derive(Default)]
struct Batch {
    line: Vec<i32>,
    email: Vec<String>,
    first_name: Vec<String>,
    last_name: Vec<String>,
    department: Vec<Option<String>>,
    position: Vec<Option<String>>,
    refusal: Vec<Option<&'static str>>,
    refusal_line: Vec<Option<i32>>,
}

fn line_number(line: u32) -> i32 {
    i32::try_from(line).unwrap_or(i32::MAX)
}

impl FromIterator<ParsedRow> for Batch {
    fn from_iter<I: IntoIterator<Item = ParsedRow>>(rows: I) -> Self {
        let mut batch = Self::default();
        for ParsedRow { line, entry } in rows {
            batch.line.push(line_number(line));
            let (refusal, refusal_line) = match entry {
                Ok(entry) => {
                    batch.email.push(entry.email.as_str().to_owned());
                    batch.first_name.push(entry.first_name);
                    batch.last_name.push(entry.last_name);
                    batch.department.push(entry.department);
                    batch.position.push(entry.position);
                    (None, None)
                }
                Err(refused) => {
                    let shown = |text: String| (!text.is_empty()).then_some(text);
                    batch.email.push(refused.email);
                    batch.first_name.push(refused.first_name);
                    batch.last_name.push(refused.last_name);
                    batch.department.push(shown(refused.department));
                    batch.position.push(shown(refused.position));
                    let repeated = refused.reason.first_line().map(line_number);
                    (Some(refused.reason.code()), repeated)
                }
            };
            batch.refusal.push(refusal);
            batch.refusal_line.push(refusal_line);
        }
        batch
    }
}

impl Batch {
    fn insert(&self, tx: &mut Tx<Hr>, import: Uuid, company: Uuid) -> Result<(), AppError> {
        sql_query(
            "INSERT INTO employee_import_rows
                 (import_id, company_id, line, email, first_name, last_name, department, position, refusal, refusal_line)
             SELECT $1, $2, * FROM unnest($3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind::<SqlUuid, _>(import)
        .bind::<SqlUuid, _>(company)
        .bind::<Array<Integer>, _>(&self.line)
        .bind::<Array<Text>, _>(&self.email)
        .bind::<Array<Text>, _>(&self.first_name)
        .bind::<Array<Text>, _>(&self.last_name)
        .bind::<Array<Nullable<Text>>, _>(&self.department)
        .bind::<Array<Nullable<Text>>, _>(&self.position)
        .bind::<Array<Nullable<Text>>, _>(&self.refusal)
        .bind::<Array<Nullable<Integer>>, _>(&self.refusal_line)
        .execute(tx.conn())?;
        Ok(())
    }
}

/// An import, waiting to be confirmed or done.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = employee_imports)]
pub struct Import {
    /// Its address.
    pub id: Uuid,
    /// What the file was called.
    pub file_name: String,
    /// Rows of the file, refused ones included.
    pub row_count: i32,
    /// Accounts created, once confirmed.
    pub created_count: Option<i32>,
    /// Accounts changed, once confirmed.
    pub updated_count: Option<i32>,
    /// Rows refused, once confirmed.
    pub refused_count: Option<i32>,
    /// When the file was uploaded.
    pub created_at: DateTime<Utc>,
    /// When it was confirmed, once.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The last line that was dealt with.
    pub done_line: i32,
    /// How many rows were.
    pub done_count: i32,
    /// When the last one was.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many employees the file does not name, once finished.
    pub absent_count: Option<i32>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
    /// Accounts that went with that.
    pub removed_count: Option<i32>,
    /// Accounts that stayed, because somebody uses them.
    pub kept_count: Option<i32>,
}

impl Import {
    /// What a confirmed import did.
    #[must_use]
    pub fn outcome(&self) -> RowCounts {
        let count = |count: Option<i32>| i64::from(count.unwrap_or(0));
        let (new, changed, refused) = (
            count(self.created_count),
            count(self.updated_count),
            count(self.refused_count),
        );
        RowCounts {
            new,
            changed,
            refused,
            unchanged: i64::from(self.done_count) - new - changed - refused,
        }
    }

    /// When its rows are deleted, and until when it can be taken back.
    #[must_use]
    pub fn kept_until(&self) -> DateTime<Utc> {
        self.finished_at.unwrap_or(self.created_at) + Duration::hours(STAGED_HOURS)
    }

    /// Whether it is being done.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.confirmed_at.is_some() && self.finished_at.is_none()
    }

    /// Whether it can be taken back.
    #[must_use]
    pub fn can_be_undone(&self, now: DateTime<Utc>) -> bool {
        self.finished_at.is_some() && self.undone_at.is_none() && now < self.kept_until()
    }

    /// Rows that nobody dealt with, because whoever confirmed lost their access meanwhile.
    #[must_use]
    pub fn left_out(&self) -> i32 {
        match self.finished_at {
            Some(_) => self.row_count - self.done_count,
            None => 0,
        }
    }
}

/// One import of the company.
///
/// # Errors
/// Not found: absent or another company's.
pub fn find_import(tx: &mut Tx<Hr>, id: Uuid) -> Result<Import, AppError> {
    Ok(employee_imports::table
        .find(id)
        .select(Import::as_select())
        .first(tx.conn())?)
}

/// The rows of import `$1`, from after line `$2` to line `$3`, compared with the accounts of today. What the file says of itself was
/// found when it was read; the company's domains and accounts may have changed since.
pub(super) const CLASSIFIED: &str = "
    SELECT r.*, v.reason, u.id AS account_id, u.first_name AS old_first_name, u.last_name AS old_last_name,
           e.department AS old_department, e.position AS old_position,
           CASE WHEN v.reason IS NOT NULL THEN 'refused'
                WHEN u.id IS NULL THEN 'new'
                WHEN (u.first_name, u.last_name) = (r.first_name, r.last_name)
                     AND (r.department IS NULL OR e.department IS NOT DISTINCT FROM r.department)
                     AND (r.position IS NULL OR e.position IS NOT DISTINCT FROM r.position) THEN 'unchanged'
                ELSE 'changed' END AS kind
    FROM employee_import_rows r
    JOIN companies c ON c.id = r.company_id
    LEFT JOIN users u ON u.email = r.email AND u.role = 'employee'
    LEFT JOIN employees e ON e.user_id = u.id
    LEFT JOIN hz.addresses_taken(ARRAY(
        SELECT email FROM employee_import_rows
        WHERE import_id = $1 AND line > $2 AND line <= $3 AND refusal IS NULL)) t ON t.email = r.email
    CROSS JOIN LATERAL (SELECT coalesce(r.refusal, CASE
        WHEN split_part(r.email, '@', 2) <> ALL (c.email_domains) THEN 'domain-not-allowed'
        WHEN t.in_company THEN 'other-role'
        WHEN t.email IS NOT NULL THEN 'other-company' END) AS reason) v
    WHERE r.import_id = $1 AND r.line > $2 AND r.line <= $3";

/// Some rows of an import, by line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines {
    /// After this one.
    pub after: i32,
    /// To this one, included.
    pub to: i32,
}

impl Lines {
    pub(super) const ALL: Self = Self {
        after: 0,
        to: i32::MAX,
    };
}

#[derive(QueryableByName)]
struct KindCount {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Rows of an import by what confirming does with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// See [`RowKind::New`].
    pub new: i64,
    /// See [`RowKind::Changed`].
    pub changed: i64,
    /// See [`RowKind::Unchanged`].
    pub unchanged: i64,
    /// See [`RowKind::Refused`].
    pub refused: i64,
}

impl RowCounts {
    /// Of one kind; of all for `None`.
    #[must_use]
    pub fn of(&self, kind: Option<RowKind>) -> i64 {
        match kind {
            Some(RowKind::New) => self.new,
            Some(RowKind::Changed) => self.changed,
            Some(RowKind::Unchanged) => self.unchanged,
            Some(RowKind::Refused) => self.refused,
            None => self.new + self.changed + self.unchanged + self.refused,
        }
    }

    /// Whether confirming would write anything.
    #[must_use]
    pub fn change_something(&self) -> bool {
        self.new + self.changed > 0
    }
}

/// Rows that were just staged have no statistics: PostgreSQL would expect a handful and compare
/// each of 10,000 with each of 10,000. Hash joins cost the same whatever it expects.
pub(super) fn join_by_hash(tx: &mut Tx<Hr>) -> Result<(), AppError> {
    sql_query("SELECT set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)")
        .execute(tx.conn())?;
    Ok(())
}

/// Classifies the rows of an import and counts them.
///
/// # Errors
/// The database's.
pub fn count_rows(tx: &mut Tx<Hr>, import: Uuid) -> Result<RowCounts, AppError> {
    join_by_hash(tx)?;
    count_lines(tx, import, Lines::ALL)
}

pub(super) fn count_lines(
    tx: &mut Tx<Hr>,
    import: Uuid,
    lines: Lines,
) -> Result<RowCounts, AppError> {
    let rows = sql_query(format!(
        "SELECT kind, count(*) AS count FROM ({CLASSIFIED}) classified GROUP BY kind"
    ))
    .bind::<SqlUuid, _>(import)
    .bind::<Integer, _>(lines.after)
    .bind::<Integer, _>(lines.to)
    .load::<KindCount>(tx.conn())?;
    let mut counts = RowCounts::default();
    for KindCount { kind, count } in rows {
        match RowKind::from_code(&kind) {
            Some(RowKind::New) => counts.new = count,
            Some(RowKind::Changed) => counts.changed = count,
            Some(RowKind::Unchanged) => counts.unchanged = count,
            Some(RowKind::Refused) => counts.refused = count,
            None => {}
        }
    }
    Ok(counts)
}

/// A row of an import beside what the account says today.
#[derive(Clone, Debug, QueryableByName)]
pub struct ImportRow {
    /// Line of the file on which it starts.
    #[diesel(sql_type = Integer)]
    pub line: i32,
    /// As parsed, or as written when refused.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// As `email`.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// As `email`.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    /// As `email`; none keeps what the account says.
    #[diesel(sql_type = Nullable<Text>)]
    pub department: Option<String>,
    /// As `department`.
    #[diesel(sql_type = Nullable<Text>)]
    pub position: Option<String>,
    /// The code of a refusal.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    /// For a repeated address: the line that has it first.
    #[diesel(sql_type = Nullable<Integer>)]
    pub refusal_line: Option<i32>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    account_id: Option<Uuid>,
    /// The account's; none when there is no account.
    #[diesel(sql_type = Nullable<Text>)]
    pub old_first_name: Option<String>,
    /// As `old_first_name`.
    #[diesel(sql_type = Nullable<Text>)]
    pub old_last_name: Option<String>,
    /// As `old_first_name`.
    #[diesel(sql_type = Nullable<Text>)]
    pub old_department: Option<String>,
    /// As `old_first_name`.
    #[diesel(sql_type = Nullable<Text>)]
    pub old_position: Option<String>,
    #[diesel(sql_type = Text)]
    kind: String,
}

impl ImportRow {
    /// What confirming does with it.
    #[must_use]
    pub fn kind(&self) -> RowKind {
        RowKind::from_code(&self.kind).unwrap_or(RowKind::Refused)
    }
}

/// One page of an import's rows, in the order of the file.
///
/// # Errors
/// The database's.
pub fn list_rows(
    tx: &mut Tx<Hr>,
    import: Uuid,
    kind: Option<RowKind>,
    limit: i64,
    offset: i64,
) -> Result<Vec<ImportRow>, AppError> {
    join_by_hash(tx)?;
    let rows: Vec<ImportRow> = sql_query(format!(
        "SELECT * FROM ({CLASSIFIED}) classified WHERE $4 = '' OR kind = $4 ORDER BY line LIMIT $5 OFFSET $6"
    ))
    .bind::<SqlUuid, _>(import)
    .bind::<Integer, _>(Lines::ALL.after)
    .bind::<Integer, _>(Lines::ALL.to)
    .bind::<Text, _>(kind.map_or("", RowKind::code))
    .bind::<BigInt, _>(limit)
    .bind::<BigInt, _>(offset)
    .load(tx.conn())?;
    let compared = rows.iter().filter_map(|row| row.account_id);
    access::record(tx, compared, What::EmployeeImport);
    Ok(rows)
}

/// Throws a preview away.
///
/// # Errors
/// Not found: absent, another company's, or confirmed.
pub fn discard_import(tx: &mut Tx<Hr>, id: Uuid) -> Result<(), AppError> {
    let discarded = diesel::delete(
        employee_imports::table
            .find(id)
            .filter(employee_imports::confirmed_at.is_null()),
    )
    .execute(tx.conn())?;
    if discarded == 0 {
        Err(AppError::NotFound)
    } else {
        Ok(())
    }
}

/// Deletes the previews nobody confirmed, and of the imports of yesterday the rows and what they did; how
/// many previews and rows.
///
/// # Errors
/// The database's.
pub fn purge_imports(tx: &mut Tx<Worker>) -> Result<(usize, usize), AppError> {
    let before = tx.now() - Duration::hours(STAGED_HOURS);
    let previews =
        sql_query("DELETE FROM employee_imports WHERE confirmed_at IS NULL AND created_at <= $1")
            .bind::<Timestamptz, _>(before)
            .execute(tx.conn())?;
    let mut rows = 0;
    for table in ["employee_import_rows", "employee_import_effects"] {
        rows += sql_query(format!(
            "DELETE FROM {table} r USING employee_imports i WHERE i.id = r.import_id AND i.finished_at <= $1"
        ))
        .bind::<Timestamptz, _>(before)
        .execute(tx.conn())?;
    }
    Ok((previews, rows))
}
