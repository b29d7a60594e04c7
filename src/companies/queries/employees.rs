//! The employees as HR sees them: identity, department, position, status of the account.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{invite, invite_again};
use crate::{
    auth::email_address::EmailAddress,
    companies::{
        email_domains::EmailDomains,
        import::{EmployeeEntry, Refusal},
        model::{EmployeeStatus, Seats},
    },
    infra::{
        actor::Hr,
        audit::{self, Deed},
        counts::{CountedList, Counts},
        db::Tx,
        error::AppError,
        i18n::Locale,
        jobs,
        page::initials,
        prepared::prepared,
    },
    privacy::{
        access::{self, What},
        departure::TellLeaver,
    },
    schema::{companies, employees},
};

/// The status of an account `u` with its invitation `i`, as [`EmployeeStatus::code`]. `$1` is now.
pub(super) const STATUS: &str =
    "CASE WHEN u.status = 'pending' AND i.bounced_at IS NOT NULL THEN 'bounced'
    WHEN u.status = 'pending' AND i.expires_at <= $1 THEN 'expired' ELSE u.status END";

/// The rows of a list. `$1` now, `$2` what is searched, `$3` department.
pub(super) const MATCHING: &str = "FROM users u
    JOIN employees e ON e.user_id = u.id
    LEFT JOIN invitations i ON i.user_id = u.id
    WHERE u.role = 'employee' AND u.status <> 'erased'
      AND ($2 = '' OR strpos(hz.searchable(u.first_name || ' ' || u.last_name || ' ' || u.first_name || ' ' || u.email),
                             hz.searchable($2)) > 0)
      AND ($3 = '' OR e.department = $3)";

/// What HR asks the list for.
#[derive(Clone, Debug, Default)]
pub struct EmployeeFilter {
    /// Part of a name or address; empty for everybody.
    pub search: String,
    /// Empty for all.
    pub department: String,
    /// None for all.
    pub status: Option<EmployeeStatus>,
}

/// An employee in a list or alone.
#[derive(Clone, Debug, QueryableByName)]
pub struct EmployeeRow {
    /// The account.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The address the invitation goes to.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    /// Where in the company.
    #[diesel(sql_type = Nullable<Text>)]
    pub department: Option<String>,
    /// As what.
    #[diesel(sql_type = Nullable<Text>)]
    pub position: Option<String>,
    #[diesel(sql_type = Text)]
    status: String,
    /// Which link of the invitation is the current one.
    #[diesel(sql_type = Nullable<Integer>)]
    pub issue: Option<i32>,
    /// When the mail with a link last left.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub invited_at: Option<DateTime<Utc>>,
    /// When the current link ends.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub invitation_ends_at: Option<DateTime<Utc>>,
    /// When the account was created.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
}

impl EmployeeRow {
    /// The status of the account.
    #[must_use]
    pub fn status(&self) -> EmployeeStatus {
        EmployeeStatus::from_code(&self.status).unwrap_or(EmployeeStatus::Suspended)
    }

    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// What stands for the person where there is no portrait.
    #[must_use]
    pub fn initials(&self) -> String {
        initials(&self.first_name, &self.last_name)
    }

    /// Whether the invitation ended unused.
    #[must_use]
    pub fn has_expired(&self) -> bool {
        self.status() == EmployeeStatus::Expired
    }

    /// Whether the account is closed for now.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.status() == EmployeeStatus::Suspended
    }

    /// Whether an invitation may be sent again.
    #[must_use]
    pub fn awaits_activation(&self) -> bool {
        matches!(
            self.status(),
            EmployeeStatus::Pending | EmployeeStatus::Expired | EmployeeStatus::Bounced
        )
    }

    /// Whether the mail of the invitation was given up.
    #[must_use]
    pub fn has_bounced(&self) -> bool {
        self.status() == EmployeeStatus::Bounced
    }
}

/// Counts the list by status, whatever status is asked for.
///
/// # Errors
/// The database's.
pub fn count_employees(tx: &mut Tx<Hr>, filter: &EmployeeFilter) -> Result<Counts, AppError> {
    let now = tx.now();
    let counted = prepared(format!(
        "SELECT {STATUS} AS status, count(*) AS count {MATCHING} GROUP BY 1"
    ))
    .bind::<Timestamptz, _>(now)
    .bind::<Text, _>(&filter.search)
    .bind::<Text, _>(&filter.department);
    Counts::load(counted, tx.conn())
}

/// Everybody by status, for HR's home: neither departments nor the invitations of those who have long
/// signed in are read.
pub const ACCOUNTS: CountedList<Hr> = CountedList::new(
    "SELECT CASE WHEN u.status = 'pending'
                  AND (SELECT i.expires_at <= $1 FROM invitations i WHERE i.user_id = u.id)
                 THEN 'expired' ELSE u.status END AS status, count(*) AS count
     FROM users u WHERE u.role = 'employee' GROUP BY 1",
);

pub(super) const EMPLOYEE: &str =
    "u.id, u.email, u.first_name, u.last_name, e.department, e.position, i.issue,
    i.last_sent_at AS invited_at, i.expires_at AS invitation_ends_at, u.created_at";

/// One page of the list, by family name.
///
/// # Errors
/// The database's.
pub fn list_employees(
    tx: &mut Tx<Hr>,
    filter: &EmployeeFilter,
    limit: i64,
    offset: i64,
) -> Result<Vec<EmployeeRow>, AppError> {
    let now = tx.now();
    let employees: Vec<EmployeeRow> = prepared(format!(
        "SELECT {EMPLOYEE}, {STATUS} AS status {MATCHING} AND ($4 = '' OR {STATUS} = $4)
         ORDER BY hz.searchable(u.last_name), hz.searchable(u.first_name), u.id
         LIMIT $5 OFFSET $6"
    ))
    .bind::<Timestamptz, _>(now)
    .bind::<Text, _>(&filter.search)
    .bind::<Text, _>(&filter.department)
    .bind::<Text, _>(filter.status.map_or("", EmployeeStatus::code))
    .bind::<BigInt, _>(limit)
    .bind::<BigInt, _>(offset)
    .load(tx.conn())?;
    let shown = employees.iter().map(|employee| employee.id);
    access::record(tx, shown, What::EmployeeList);
    Ok(employees)
}

/// One employee of the company.
///
/// # Errors
/// Not found: absent, another company's, or no employee.
pub fn find_employee(tx: &mut Tx<Hr>, id: Uuid) -> Result<EmployeeRow, AppError> {
    let now = tx.now();
    let employee = prepared(format!(
        "SELECT {EMPLOYEE}, {STATUS} AS status FROM users u JOIN employees e ON e.user_id = u.id
         LEFT JOIN invitations i ON i.user_id = u.id WHERE u.role = 'employee' AND u.status <> 'erased' AND u.id = $2"
    ))
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())?;
    access::record(tx, [id], What::EmployeeAccount);
    Ok(employee)
}

#[derive(QueryableByName)]
struct Department {
    #[diesel(sql_type = Text)]
    department: String,
}

/// The departments in use, in alphabetical order.
///
/// # Errors
/// The database's.
pub fn departments(tx: &mut Tx<Hr>) -> Result<Vec<String>, AppError> {
    let rows: Vec<Department> = prepared(
        "SELECT department FROM employees WHERE department IS NOT NULL
         GROUP BY department ORDER BY hz.searchable(department)",
    )
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.department).collect())
}

/// The domains an employee's address may have.
///
/// # Errors
/// The database's.
pub fn email_domains(tx: &mut Tx<Hr>) -> Result<EmailDomains, AppError> {
    let company = tx.company_id()?;
    let domains: Vec<Option<String>> = companies::table
        .find(company)
        .select(companies::email_domains)
        .first(tx.conn())?;
    Ok(EmailDomains::new(domains.into_iter().flatten()))
}

#[derive(QueryableByName)]
struct SeatsRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    seat_limit: Option<i64>,
    #[diesel(sql_type = BigInt)]
    used: i64,
}

/// The seats of the company's contract.
///
/// # Errors
/// The database's.
pub fn seats(tx: &mut Tx<Hr>) -> Result<Seats, AppError> {
    let row: SeatsRow = prepared(
        "SELECT c.max_employees::bigint AS seat_limit,
                (SELECT count(*) FROM users u WHERE u.role = 'employee' AND u.status NOT IN ('suspended', 'erased')) AS used
         FROM companies c",
    )
    .get_result(tx.conn())?;
    Ok(Seats {
        limit: row.seat_limit,
        used: row.used,
    })
}

/// Lets one transaction at a time add employees to the company: two at once would each find the
/// last seat free.
///
/// # Errors
/// The database's.
pub fn lock_employees(tx: &mut Tx<Hr>) -> Result<(), AppError> {
    let company = tx.company_id()?;
    sql_query("SELECT pg_advisory_xact_lock(hashtextextended('employees of ' || $1::text, 0))")
        .bind::<SqlUuid, _>(company)
        .execute(tx.conn())?;
    Ok(())
}

/// Why an employee could not be added or let back in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// The address is already somebody's.
    Taken(Refusal),
    /// The address is already this employee's.
    AlreadyHere(Uuid),
    /// Every seat is taken.
    Full(Seats),
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    in_company: bool,
}

/// Creates one employee and the invitation.
///
/// # Errors
/// The database's.
pub fn create_employee(
    tx: &mut Tx<Hr>,
    entry: &EmployeeEntry,
    locale: Locale,
) -> Result<Result<Uuid, NotAdded>, AppError> {
    lock_employees(tx)?;
    let email = entry.email.as_str();
    if let Some(refusal) = taken_elsewhere(tx, email)? {
        return Ok(Err(NotAdded::Taken(refusal)));
    }
    let seats = seats(tx)?;
    if seats.missing_for(1) > 0 {
        return Ok(Err(NotAdded::Full(seats)));
    }
    let company = tx.company_id()?;
    let id = Uuid::new_v4();
    let created = sql_query(
        "INSERT INTO users (id, email, role, company_id, first_name, last_name, locale)
         VALUES ($1, $2, 'employee', $3, $4, $5, $6) ON CONFLICT (email) DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(email)
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(&entry.first_name)
    .bind::<Text, _>(&entry.last_name)
    .bind::<Text, _>(locale.code())
    .execute(tx.conn())?;
    if created == 0 {
        let own = find_by_email(tx, email)?;
        return Ok(Err(own.map_or(
            NotAdded::Taken(Refusal::OtherCompany),
            NotAdded::AlreadyHere,
        )));
    }
    diesel::insert_into(employees::table)
        .values((
            employees::user_id.eq(id),
            employees::company_id.eq(company),
            employees::department.eq(&entry.department),
            employees::position.eq(&entry.position),
        ))
        .execute(tx.conn())?;
    invite(tx, company, &[id])?;
    deed(tx, "EMPLOYEE_CREATED", id)?;
    access::record(tx, [id], What::AccountCreated);
    Ok(Ok(id))
}

fn taken_elsewhere(tx: &mut Tx<Hr>, email: &str) -> Result<Option<Refusal>, AppError> {
    let taken: Option<Taken> = sql_query("SELECT in_company FROM hz.addresses_taken($1)")
        .bind::<Array<Text>, _>(vec![email])
        .get_result(tx.conn())
        .optional()?;
    Ok(taken.map(|taken| {
        if taken.in_company {
            Refusal::OtherRole
        } else {
            Refusal::OtherCompany
        }
    }))
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

fn find_by_email(tx: &mut Tx<Hr>, email: &str) -> Result<Option<Uuid>, AppError> {
    Ok(
        sql_query("SELECT id FROM users WHERE email = $1 AND role = 'employee'")
            .bind::<Text, _>(email)
            .get_result::<Id>(tx.conn())
            .optional()?
            .map(|row| row.id),
    )
}

#[derive(QueryableByName)]
struct Corrected {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    corrected: bool,
}

/// Corrects the address of somebody who has not opened the account, and sends the invitation there: the
/// links that went to the other address stop working. Whether it did, or who has the address.
///
/// # Errors
/// The database's.
pub fn correct_address(
    tx: &mut Tx<Hr>,
    id: Uuid,
    address: &EmailAddress,
) -> Result<Result<bool, NotAdded>, AppError> {
    if let Some(own) = find_by_email(tx, address.as_str())? {
        return Ok(if own == id {
            Ok(true)
        } else {
            Err(NotAdded::AlreadyHere(own))
        });
    }
    if let Some(refusal) = taken_elsewhere(tx, address.as_str())? {
        return Ok(Err(NotAdded::Taken(refusal)));
    }
    let row: Corrected = sql_query("SELECT hz.correct_address($1, $2) AS corrected")
        .bind::<SqlUuid, _>(id)
        .bind::<Text, _>(address.as_str())
        .get_result(tx.conn())?;
    if row.corrected {
        invite_again(tx, &[id])?;
        access::record(tx, [id], What::AccountCorrected);
        deed(tx, "EMPLOYEE_ADDRESS_CORRECTED", id)?;
    }
    Ok(Ok(row.corrected))
}

/// Corrects the name, department or position of an employee.
///
/// # Errors
/// Not found, as [`find_employee`].
pub fn correct_employee(tx: &mut Tx<Hr>, id: Uuid, entry: &EmployeeEntry) -> Result<(), AppError> {
    let corrected = sql_query(
        "UPDATE users SET first_name = $2, last_name = $3 WHERE id = $1 AND role = 'employee'",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(&entry.first_name)
    .bind::<Text, _>(&entry.last_name)
    .execute(tx.conn())?;
    if corrected == 0 {
        return Err(AppError::NotFound);
    }
    diesel::update(employees::table.find(id))
        .set((
            employees::department.eq(&entry.department),
            employees::position.eq(&entry.position),
        ))
        .execute(tx.conn())?;
    access::record(tx, [id], What::AccountCorrected);
    deed(tx, "EMPLOYEE_CORRECTED", id)
}

/// Takes an employee's access away. Suspended already: nothing to do.
///
/// # Errors
/// Not found, as [`find_employee`].
pub fn suspend_employee(tx: &mut Tx<Hr>, id: Uuid) -> Result<EmployeeRow, AppError> {
    let employee = find_employee(tx, id)?;
    let suspended = sql_query("UPDATE users SET status = 'suspended' WHERE id = $1 AND role = 'employee' AND status <> 'suspended'")
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    if suspended > 0 {
        deed(tx, "EMPLOYEE_SUSPENDED", id)?;
        jobs::enqueue(tx, &TellLeaver { user_id: id })?;
        access::record(tx, [id], What::AccountSuspended);
    }
    Ok(employee)
}

/// Gives it back: active as before, or pending when the invitation was never accepted.
///
/// # Errors
/// Not found, as [`find_employee`].
pub fn reactivate_employee(
    tx: &mut Tx<Hr>,
    id: Uuid,
) -> Result<Result<EmployeeRow, NotAdded>, AppError> {
    lock_employees(tx)?;
    let employee = find_employee(tx, id)?;
    if employee.status() != EmployeeStatus::Suspended {
        return Ok(Ok(employee));
    }
    let seats = seats(tx)?;
    if seats.missing_for(1) > 0 {
        return Ok(Err(NotAdded::Full(seats)));
    }
    sql_query(
        "UPDATE users u SET status = CASE
             WHEN EXISTS (SELECT FROM invitations i WHERE i.user_id = u.id AND i.accepted_at IS NULL) THEN 'pending'
             ELSE 'active' END
         WHERE id = $1 AND role = 'employee' AND status = 'suspended'",
    )
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    deed(tx, "EMPLOYEE_REACTIVATED", id)?;
    access::record(tx, [id], What::AccountReactivated);
    Ok(Ok(employee))
}

fn deed(tx: &mut Tx<Hr>, action: &'static str, employee: Uuid) -> Result<(), AppError> {
    let company_id = tx.company_id()?;
    audit::record(
        tx,
        Deed {
            action,
            entity: "employee",
            entity_id: Some(employee),
            company_id: Some(company_id),
            detail: serde_json::json!({}),
        },
    )
}
