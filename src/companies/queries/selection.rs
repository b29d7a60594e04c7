//! Several employees at a time. Every id is looked for in the company by the row policies: another
//! company's are not refused, they are not there.

use chrono::Duration;
use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    EmployeeFilter, EmployeeRow,
    employees::{EMPLOYEE, MATCHING, STATUS},
    invite_again, lock_employees, seats,
};
use crate::{
    companies::{
        model::{EmployeeStatus, STAGED_HOURS, Seats},
        selection::Action,
    },
    infra::{
        actor::{Hr, Worker},
        audit::{self, Deed},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    privacy::access::{self, What},
};

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

fn ids(rows: Vec<Id>) -> Vec<Uuid> {
    rows.into_iter().map(|row| row.id).collect()
}

/// The first `limit` employees who match.
///
/// # Errors
/// The database's.
pub fn matching(
    tx: &mut Tx<Hr>,
    filter: &EmployeeFilter,
    limit: usize,
) -> Result<Vec<Uuid>, AppError> {
    let now = tx.now();
    let rows = prepared(format!(
        "SELECT u.id {MATCHING} AND ($4 = '' OR {STATUS} = $4)
         ORDER BY hz.searchable(u.last_name), hz.searchable(u.first_name), u.id LIMIT $5"
    ))
    .bind::<Timestamptz, _>(now)
    .bind::<Text, _>(&filter.search)
    .bind::<Text, _>(&filter.department)
    .bind::<Text, _>(filter.status.map_or("", EmployeeStatus::code))
    .bind::<BigInt, _>(i64::try_from(limit).unwrap_or(i64::MAX))
    .load(tx.conn())?;
    Ok(ids(rows))
}

/// These employees, by family name; ids that are nobody's here are left out.
///
/// # Errors
/// The database's.
pub fn selected(tx: &mut Tx<Hr>, people: &[Uuid]) -> Result<Vec<EmployeeRow>, AppError> {
    let now = tx.now();
    let employees: Vec<EmployeeRow> = prepared(format!(
        "SELECT {EMPLOYEE}, {STATUS} AS status FROM users u JOIN employees e ON e.user_id = u.id
         LEFT JOIN invitations i ON i.user_id = u.id
         WHERE u.role = 'employee' AND u.status <> 'erased' AND u.id = ANY ($2)
         ORDER BY hz.searchable(u.last_name), hz.searchable(u.first_name), u.id"
    ))
    .bind::<Timestamptz, _>(now)
    .bind::<Array<SqlUuid>, _>(people)
    .load(tx.conn())?;
    let shown = employees.iter().map(|employee| employee.id);
    access::record(tx, shown, What::EmployeeList);
    Ok(employees)
}

/// What is asked for, by one form.
#[derive(Clone, Debug)]
pub struct Order {
    /// Drawn with the form: sent twice, it is done once.
    pub request_key: Uuid,
    /// To do what.
    pub action: Action,
    /// To whom.
    pub people: Vec<Uuid>,
    /// For [`Action::Move`]; none for no department.
    pub department: Option<String>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// So many accounts changed, by this form or by the same one before.
    Changed(i32),
    /// So many more seats would be needed; nothing changed.
    Full {
        /// How many.
        missing: i64,
        /// The contract's.
        seats: Seats,
    },
}

#[derive(QueryableByName)]
struct Changed {
    #[diesel(sql_type = Integer)]
    changed: i32,
}

/// Does it, once: a second form with the same key waits for the first and reads what it did.
///
/// # Errors
/// The database's.
pub fn apply(tx: &mut Tx<Hr>, order: &Order) -> Result<Done, AppError> {
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    if order.action == Action::Reactivate {
        lock_employees(tx)?;
        let (seats, back) = (seats(tx)?, still_suspended(tx, &order.people)?);
        let missing = seats.missing_for(back);
        if missing > 0 {
            return Ok(Done::Full { missing, seats });
        }
    }
    let first = sql_query(
        "INSERT INTO employee_selections (company_id, request_key, asked_by, action, asked_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(order.request_key)
    .bind::<SqlUuid, _>(me)
    .bind::<Text, _>(order.action.code())
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if first == 0 {
        let before: Changed =
            sql_query("SELECT changed FROM employee_selections WHERE request_key = $1")
                .bind::<SqlUuid, _>(order.request_key)
                .get_result(tx.conn())?;
        return Ok(Done::Changed(before.changed));
    }
    let (changed, what) = match order.action {
        Action::Invite => (invite_again(tx, &order.people)?, None),
        Action::Move => (move_to(tx, order)?, Some(What::AccountCorrected)),
        Action::Suspend => (
            set_status(tx, &order.people, "status = 'suspended'", "u.status IN ('pending', 'active')")?,
            Some(What::AccountSuspended),
        ),
        Action::Reactivate => (
            set_status(
                tx,
                &order.people,
                "status = CASE WHEN EXISTS (SELECT FROM invitations i WHERE i.user_id = u.id AND i.accepted_at IS NULL)
                               THEN 'pending' ELSE 'active' END",
                "u.status = 'suspended'",
            )?,
            Some(What::AccountReactivated),
        ),
    };
    if let Some(what) = what {
        access::record(tx, changed.iter().copied(), what);
    }
    let count = i32::try_from(changed.len()).unwrap_or(i32::MAX);
    sql_query("UPDATE employee_selections SET changed = $2 WHERE request_key = $1")
        .bind::<SqlUuid, _>(order.request_key)
        .bind::<Integer, _>(count)
        .execute(tx.conn())?;
    audit::record(
        tx,
        Deed {
            action: order.action.deed(),
            entity: "employee_selection",
            entity_id: Some(order.request_key),
            company_id: Some(company),
            detail: serde_json::json!({ "employees": changed }),
        },
    )?;
    Ok(Done::Changed(count))
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn still_suspended(tx: &mut Tx<Hr>, people: &[Uuid]) -> Result<i64, AppError> {
    let row: Count = sql_query(
        "SELECT count(*) AS count FROM users u WHERE u.role = 'employee' AND u.status = 'suspended' AND u.id = ANY ($1)",
    )
    .bind::<Array<SqlUuid>, _>(people)
    .get_result(tx.conn())?;
    Ok(row.count)
}

fn set_status(
    tx: &mut Tx<Hr>,
    people: &[Uuid],
    change: &'static str,
    from: &'static str,
) -> Result<Vec<Uuid>, AppError> {
    let rows = sql_query(format!(
        "UPDATE users u SET {change} WHERE u.role = 'employee' AND {from} AND u.id = ANY ($1) RETURNING u.id"
    ))
    .bind::<Array<SqlUuid>, _>(people)
    .load(tx.conn())?;
    Ok(ids(rows))
}

fn move_to(tx: &mut Tx<Hr>, order: &Order) -> Result<Vec<Uuid>, AppError> {
    let rows = sql_query(
        "UPDATE employees e SET department = $2 FROM users u
         WHERE u.id = e.user_id AND u.role = 'employee' AND u.status <> 'erased'
           AND e.user_id = ANY ($1) AND e.department IS DISTINCT FROM $2 RETURNING e.user_id AS id",
    )
    .bind::<Array<SqlUuid>, _>(&order.people)
    .bind::<Nullable<Text>, _>(&order.department)
    .load(tx.conn())?;
    Ok(ids(rows))
}

/// Forgets yesterday's selections: how many.
///
/// # Errors
/// The database's.
pub fn forget_selections(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let before = tx.now() - Duration::hours(STAGED_HOURS);
    Ok(
        sql_query("DELETE FROM employee_selections WHERE asked_at <= $1")
            .bind::<Timestamptz, _>(before)
            .execute(tx.conn())?,
    )
}
