//! An import from its confirmation to its end, piece by piece, and back again.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    EmployeeRow, Import, count_rows, find_import,
    import::{BATCH, CLASSIFIED, Lines, count_lines, join_by_hash},
    invite, lock_employees, seats, selected,
};
use crate::{
    companies::jobs::RunImport,
    infra::{
        actor::{Hr, Worker},
        audit::{self, Deed},
        db::Tx,
        error::AppError,
        jobs,
    },
    privacy::access::{self, What},
    schema::{employee_import_rows, employee_imports},
};

/// How a confirmation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// Imported, by this confirmation or by an earlier one.
    Done,
    /// That many new employees have no seat; nothing was imported.
    Full {
        /// How many.
        missing: i64,
    },
}

/// Imports what the preview showed, once, compared with the accounts as they are now.
///
/// # Errors
/// Not found: absent or another company's.
pub fn confirm_import(tx: &mut Tx<Hr>, id: Uuid) -> Result<Confirmation, AppError> {
    lock_employees(tx)?;
    // A second confirmation waits here, then sees the first one's.
    let import: Import = employee_imports::table
        .find(id)
        .select(Import::as_select())
        .for_update()
        .first(tx.conn())?;
    if import.confirmed_at.is_some() {
        return Ok(Confirmation::Done);
    }
    let expected = count_rows(tx, id)?;
    let missing = seats(tx)?.missing_for(expected.new);
    if missing > 0 {
        return Ok(Confirmation::Full { missing });
    }
    let (now, me) = (tx.now(), tx.user_id()?);
    diesel::update(employee_imports::table.find(id))
        .set((
            employee_imports::confirmed_at.eq(now),
            employee_imports::confirmed_by.eq(me),
            employee_imports::created_count.eq(0),
            employee_imports::updated_count.eq(0),
            employee_imports::refused_count.eq(0),
        ))
        .execute(tx.conn())?;
    if import.row_count > i32::try_from(BATCH).unwrap_or(i32::MAX) {
        jobs::enqueue(tx, &RunImport { import_id: id })?;
    } else {
        while import_batch(tx, id)? {}
    }
    Ok(Confirmation::Done)
}

#[derive(QueryableByName)]
struct Next {
    #[diesel(sql_type = Nullable<Integer>)]
    to: Option<i32>,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Does the next rows of a confirmed import, all or none of them: whether there may be more.
///
/// # Errors
/// Not found: absent or another company's.
pub fn import_batch(tx: &mut Tx<Hr>, id: Uuid) -> Result<bool, AppError> {
    lock_employees(tx)?;
    let import: Import = employee_imports::table
        .find(id)
        .select(Import::as_select())
        .for_update()
        .first(tx.conn())?;
    if !import.is_under_way() {
        return Ok(false);
    }
    let next: Next = sql_query(
        "SELECT max(line) AS to, count(*) AS count FROM (
             SELECT line FROM employee_import_rows WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3) next",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Integer, _>(import.done_line)
    .bind::<BigInt, _>(i64::try_from(BATCH).unwrap_or(i64::MAX))
    .get_result(tx.conn())?;
    if let Some(to) = next.to {
        let lines = Lines {
            after: import.done_line,
            to,
        };
        import_lines(tx, id, lines, i32::try_from(next.count).unwrap_or(i32::MAX))?;
        if import.done_count + i32::try_from(next.count).unwrap_or(i32::MAX) < import.row_count {
            return Ok(true);
        }
    }
    finish(tx, id)?;
    Ok(false)
}

fn import_lines(tx: &mut Tx<Hr>, id: Uuid, lines: Lines, count: i32) -> Result<(), AppError> {
    join_by_hash(tx)?;
    keep_refusals(tx, id, lines)?;
    refuse_without_seat(tx, id, lines)?;
    let updated = update_accounts(tx, id, lines)?;
    let created = create_accounts(tx, id, lines)?;
    let refused = refuse_overtaken(tx, id, lines)?;
    let [created_count, updated, refused] =
        [created.len(), updated, refused].map(|count| i32::try_from(count).unwrap_or(i32::MAX));
    sql_query(
        "UPDATE employee_imports SET done_line = $2, done_count = done_count + $3, created_count = created_count + $4,
             updated_count = updated_count + $5, refused_count = refused_count + $6 WHERE id = $1",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Integer, _>(lines.to)
    .bind::<Integer, _>(count)
    .bind::<Integer, _>(created_count)
    .bind::<Integer, _>(updated)
    .bind::<Integer, _>(refused)
    .execute(tx.conn())?;
    if !created.is_empty() {
        let company = tx.company_id()?;
        invite(tx, company, &created)?;
    }
    Ok(())
}

/// While a large file is imported, somebody may add colleagues by hand: whoever finds no seat left then is
/// refused, and the others are not.
fn refuse_without_seat(tx: &mut Tx<Hr>, import: Uuid, lines: Lines) -> Result<(), AppError> {
    let seats = seats(tx)?;
    let Some(limit) = seats.limit else {
        return Ok(());
    };
    let new = count_lines(tx, import, lines)?.new;
    if seats.missing_for(new) == 0 {
        return Ok(());
    }
    sql_query(format!(
        "UPDATE employee_import_rows r SET refusal = 'contract-full'
         FROM (SELECT line, row_number() OVER (ORDER BY line) AS number FROM ({CLASSIFIED}) classified
               WHERE kind = 'new') n
         WHERE r.import_id = $1 AND r.line = n.line AND n.number > $4"
    ))
    .bind::<SqlUuid, _>(import)
    .bind::<Integer, _>(lines.after)
    .bind::<Integer, _>(lines.to)
    .bind::<BigInt, _>((limit - seats.used).max(0))
    .execute(tx.conn())?;
    Ok(())
}

/// Writes down what comparing found, so that the result page can still say it.
fn keep_refusals(tx: &mut Tx<Hr>, import: Uuid, lines: Lines) -> Result<(), AppError> {
    sql_query(format!(
        "UPDATE employee_import_rows r SET refusal = classified.reason FROM ({CLASSIFIED}) classified
         WHERE r.import_id = $1 AND r.line = classified.line AND r.refusal IS NULL AND classified.reason IS NOT NULL"
    ))
    .bind::<SqlUuid, _>(import)
    .bind::<Integer, _>(lines.after)
    .bind::<Integer, _>(lines.to)
    .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Account {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Changes names, departments and positions where the file says otherwise, and remembers what they were;
/// how many employees.
fn update_accounts(tx: &mut Tx<Hr>, import: Uuid, lines: Lines) -> Result<usize, AppError> {
    let changed: Vec<Account> = sql_query(
        "WITH known AS (
             SELECT u.id, u.company_id, u.first_name AS old_first, u.last_name AS old_last,
                    e.department AS old_department, e.position AS old_position, r.first_name, r.last_name,
                    coalesce(r.department, e.department) AS department, coalesce(r.position, e.position) AS position
             FROM employee_import_rows r
             JOIN users u ON u.email = r.email AND u.role = 'employee'
             JOIN employees e ON e.user_id = u.id
             WHERE r.import_id = $1 AND r.line > $2 AND r.line <= $3 AND r.refusal IS NULL
         ), different AS (
             SELECT * FROM known
             WHERE (old_first, old_last) <> (first_name, last_name)
                OR old_department IS DISTINCT FROM department OR old_position IS DISTINCT FROM position
         ), renamed AS (
             UPDATE users u SET first_name = d.first_name, last_name = d.last_name FROM different d WHERE u.id = d.id
         ), moved AS (
             UPDATE employees e SET department = d.department, position = d.position FROM different d WHERE e.user_id = d.id
         ), remembered AS (
             INSERT INTO employee_import_effects
                 (import_id, company_id, user_id, kind, old_first_name, old_last_name, old_department, old_position,
                  new_first_name, new_last_name, new_department, new_position)
             SELECT $1, company_id, id, 'changed', old_first, old_last, old_department, old_position,
                    first_name, last_name, department, position
             FROM different ON CONFLICT DO NOTHING
         )
         SELECT id FROM different",
    )
    .bind::<SqlUuid, _>(import)
    .bind::<Integer, _>(lines.after)
    .bind::<Integer, _>(lines.to)
    .load(tx.conn())?;
    let accounts = changed.iter().map(|account| account.id);
    access::record(tx, accounts, What::AccountImported);
    Ok(changed.len())
}

/// Creates the accounts that are missing. In the order of the addresses, so that two companies
/// creating the same ones at the same time wait for each other instead of deadlocking.
fn create_accounts(tx: &mut Tx<Hr>, import: Uuid, lines: Lines) -> Result<Vec<Uuid>, AppError> {
    let created = sql_query(
        "WITH created AS (
             INSERT INTO users (email, role, company_id, first_name, last_name)
             SELECT r.email, 'employee', r.company_id, r.first_name, r.last_name
             FROM employee_import_rows r
             WHERE r.import_id = $1 AND r.line > $2 AND r.line <= $3 AND r.refusal IS NULL
               AND NOT EXISTS (SELECT FROM users u WHERE u.email = r.email)
             ORDER BY r.email
             ON CONFLICT (email) DO NOTHING
             RETURNING id, email, company_id
         ), remembered AS (
             INSERT INTO employee_import_effects (import_id, company_id, user_id, kind)
             SELECT $1, company_id, id, 'created' FROM created
         )
         INSERT INTO employees (user_id, company_id, department, position)
         SELECT created.id, created.company_id, r.department, r.position
         FROM created JOIN employee_import_rows r
              ON r.import_id = $1 AND r.line > $2 AND r.line <= $3 AND r.email = created.email AND r.refusal IS NULL
         RETURNING user_id AS id",
    )
    .bind::<SqlUuid, _>(import)
    .bind::<Integer, _>(lines.after)
    .bind::<Integer, _>(lines.to)
    .load::<Account>(tx.conn())?;
    let created: Vec<Uuid> = created.into_iter().map(|account| account.id).collect();
    access::record(tx, created.iter().copied(), What::AccountCreated);
    Ok(created)
}

/// An address that somebody else took in the meantime is refused too; how many of these rows are, in all.
fn refuse_overtaken(tx: &mut Tx<Hr>, import: Uuid, lines: Lines) -> Result<usize, AppError> {
    sql_query(
        "UPDATE employee_import_rows r SET refusal = 'other-company'
         WHERE r.import_id = $1 AND r.line > $2 AND r.line <= $3 AND r.refusal IS NULL
           AND NOT EXISTS (SELECT FROM users u WHERE u.email = r.email AND u.role = 'employee')",
    )
    .bind::<SqlUuid, _>(import)
    .bind::<Integer, _>(lines.after)
    .bind::<Integer, _>(lines.to)
    .execute(tx.conn())?;
    let refused: i64 = employee_import_rows::table
        .filter(employee_import_rows::import_id.eq(import))
        .filter(employee_import_rows::line.gt(lines.after))
        .filter(employee_import_rows::line.le(lines.to))
        .filter(employee_import_rows::refusal.is_not_null())
        .count()
        .get_result(tx.conn())?;
    Ok(usize::try_from(refused).unwrap_or(0))
}

/// Ends an import: who of the company is not in the file is written down, and of the file only what is left
/// to correct stays.
fn finish(tx: &mut Tx<Hr>, id: Uuid) -> Result<(), AppError> {
    let (now, company_id) = (tx.now(), tx.company_id()?);
    join_by_hash(tx)?;
    let absent = sql_query(
        "INSERT INTO employee_import_effects (import_id, company_id, user_id, kind)
         SELECT $1, u.company_id, u.id, 'absent' FROM users u
         WHERE u.role = 'employee' AND u.status IN ('pending', 'active')
           AND NOT EXISTS (SELECT FROM employee_import_rows r WHERE r.import_id = $1 AND lower(btrim(r.email)) = u.email)
         ON CONFLICT DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    // What was imported now lives in the accounts.
    diesel::delete(
        employee_import_rows::table
            .filter(employee_import_rows::import_id.eq(id))
            .filter(employee_import_rows::refusal.is_null()),
    )
    .execute(tx.conn())?;
    let import: Import = diesel::update(employee_imports::table.find(id))
        .set((
            employee_imports::finished_at.eq(now),
            employee_imports::absent_count.eq(i32::try_from(absent).unwrap_or(i32::MAX)),
        ))
        .returning(Import::as_select())
        .get_result(tx.conn())?;
    audit::record(
        tx,
        Deed {
            action: "EMPLOYEE_IMPORTED",
            entity: "employee_import",
            entity_id: Some(id),
            company_id: Some(company_id),
            detail: serde_json::json!({
                "rows": import.row_count,
                "created": import.created_count,
                "updated": import.updated_count,
                "refused": import.refused_count,
            }),
        },
    )
}

/// In whose name a confirmed import goes on.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct ImportOrder {
    /// The company.
    #[diesel(sql_type = SqlUuid)]
    pub company_id: Uuid,
    /// Whoever confirmed it, while they are of the company's HR and the company is in good standing.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub confirmed_by: Option<Uuid>,
}

/// Reads it; none when nothing is left to do.
///
/// # Errors
/// The database's.
pub fn import_order(tx: &mut Tx<Worker>, id: Uuid) -> Result<Option<ImportOrder>, AppError> {
    Ok(sql_query(
        "SELECT i.company_id, u.id AS confirmed_by FROM employee_imports i
         LEFT JOIN users u ON u.id = i.confirmed_by AND u.role = 'hr' AND u.status = 'active' AND u.company_id = i.company_id
              AND EXISTS (SELECT FROM companies c WHERE c.id = i.company_id AND c.status = 'active')
         WHERE i.id = $1 AND i.confirmed_at IS NOT NULL AND i.finished_at IS NULL",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())
    .optional()?)
}

/// Ends an import whose author or company lost their access before it was done: the rest is left out.
///
/// # Errors
/// The database's.
pub fn leave_import(tx: &mut Tx<Worker>, id: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    sql_query("UPDATE employee_imports SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL")
        .bind::<SqlUuid, _>(id)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    Ok(())
}

/// What undoing would do now.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Undoing {
    /// Accounts that would go.
    #[diesel(sql_type = BigInt)]
    pub removed: i64,
    /// Accounts that would stay, because somebody uses them.
    #[diesel(sql_type = BigInt)]
    pub kept: i64,
    /// Accounts that were changed.
    #[diesel(sql_type = BigInt)]
    pub changed: i64,
}

/// Counts it.
///
/// # Errors
/// The database's.
pub fn undoing(tx: &mut Tx<Hr>, id: Uuid) -> Result<Undoing, AppError> {
    Ok(sql_query(
        "SELECT count(*) FILTER (WHERE x.kind = 'created' AND u.status IN ('pending', 'suspended') AND i.accepted_at IS NULL) AS removed,
                count(*) FILTER (WHERE x.kind = 'created' AND NOT (u.status IN ('pending', 'suspended') AND i.accepted_at IS NULL)) AS kept,
                count(*) FILTER (WHERE x.kind = 'changed') AS changed
         FROM employee_import_effects x JOIN users u ON u.id = x.user_id LEFT JOIN invitations i ON i.user_id = u.id
         WHERE x.import_id = $1",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())?)
}

#[derive(QueryableByName)]
struct Undone {
    #[diesel(sql_type = Integer)]
    removed: i32,
    #[diesel(sql_type = Integer)]
    kept: i32,
    #[diesel(sql_type = Array<SqlUuid>)]
    restored: Vec<Uuid>,
}

/// Takes an import back, once: whether this did.
///
/// # Errors
/// Not found: absent or another company's.
pub fn undo_import(tx: &mut Tx<Hr>, id: Uuid) -> Result<bool, AppError> {
    lock_employees(tx)?;
    find_import(tx, id)?;
    let (now, company_id) = (tx.now(), tx.company_id()?);
    let undone: Option<Undone> =
        sql_query("SELECT removed, kept, restored FROM hz.undo_import($1, $2)")
            .bind::<SqlUuid, _>(id)
            .bind::<Timestamptz, _>(now)
            .get_result(tx.conn())
            .optional()?;
    let Some(undone) = undone else {
        return Ok(false);
    };
    access::record(tx, undone.restored.iter().copied(), What::AccountCorrected);
    audit::record(
        tx,
        Deed {
            action: "EMPLOYEE_IMPORT_UNDONE",
            entity: "employee_import",
            entity_id: Some(id),
            company_id: Some(company_id),
            detail: serde_json::json!({
                "removed": undone.removed,
                "kept": undone.kept,
                "restored": undone.restored.len(),
            }),
        },
    )?;
    Ok(true)
}

/// How many refused rows an import still shows.
///
/// # Errors
/// The database's.
pub fn count_refused(tx: &mut Tx<Hr>, id: Uuid) -> Result<i64, AppError> {
    Ok(employee_import_rows::table
        .filter(employee_import_rows::import_id.eq(id))
        .filter(employee_import_rows::refusal.is_not_null())
        .count()
        .get_result(tx.conn())?)
}

/// How many of those whom a file does not name have their access still.
///
/// # Errors
/// The database's.
pub fn count_absent(tx: &mut Tx<Hr>, id: Uuid) -> Result<i64, AppError> {
    let row: Next = sql_query(format!(
        "SELECT NULL::integer AS to, count(*) AS count {ABSENT}"
    ))
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())?;
    Ok(row.count)
}

const ABSENT: &str = "FROM employee_import_effects x JOIN users u ON u.id = x.user_id
    WHERE x.import_id = $1 AND x.kind = 'absent' AND u.role = 'employee' AND u.status IN ('pending', 'active')";

/// One page of them, by family name.
///
/// # Errors
/// The database's.
pub fn absent(
    tx: &mut Tx<Hr>,
    id: Uuid,
    (limit, offset): (i64, i64),
) -> Result<Vec<EmployeeRow>, AppError> {
    let people: Vec<Account> = sql_query(format!(
        "SELECT u.id {ABSENT} ORDER BY hz.searchable(u.last_name), hz.searchable(u.first_name), u.id LIMIT $2 OFFSET $3"
    ))
    .bind::<SqlUuid, _>(id)
    .bind::<BigInt, _>(limit)
    .bind::<BigInt, _>(offset)
    .load(tx.conn())?;
    let people: Vec<Uuid> = people.into_iter().map(|account| account.id).collect();
    selected(tx, &people)
}

/// An import in the company's list of them.
#[derive(Clone, Debug, QueryableByName)]
pub struct PastImport {
    /// Its address.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// What the file was called.
    #[diesel(sql_type = Text)]
    pub file_name: String,
    /// Whoever confirmed it, or uploaded it.
    #[diesel(sql_type = Text)]
    pub by: String,
    /// When it was uploaded.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Whether it was confirmed.
    #[diesel(sql_type = Bool)]
    pub confirmed: bool,
    /// Whether it is done.
    #[diesel(sql_type = Bool)]
    pub finished: bool,
    /// Whether it was taken back.
    #[diesel(sql_type = Bool)]
    pub undone: bool,
    /// Accounts it created.
    #[diesel(sql_type = Integer)]
    pub created: i32,
    /// Accounts it changed.
    #[diesel(sql_type = Integer)]
    pub updated: i32,
    /// Rows it refused.
    #[diesel(sql_type = Integer)]
    pub refused: i32,
}

/// The company's last imports, the latest first.
///
/// # Errors
/// The database's.
pub fn past_imports(tx: &mut Tx<Hr>, limit: i64) -> Result<Vec<PastImport>, AppError> {
    Ok(sql_query(
        "SELECT i.id, i.file_name, u.first_name || ' ' || u.last_name AS by, i.created_at,
                i.confirmed_at IS NOT NULL AS confirmed, i.finished_at IS NOT NULL AS finished,
                i.undone_at IS NOT NULL AS undone, coalesce(i.created_count, 0) AS created,
                coalesce(i.updated_count, 0) AS updated, coalesce(i.refused_count, 0) AS refused
         FROM employee_imports i JOIN users u ON u.id = coalesce(i.confirmed_by, i.created_by)
         ORDER BY i.created_at DESC, i.id LIMIT $1",
    )
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?)
}
