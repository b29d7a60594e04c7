//! The SQL of erasing accounts. The functions of the database answer each person about themselves alone.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    infra::{
        actor::{Member, Worker},
        audit::{self, Severity},
        db::Tx,
        error::AppError,
        jobs,
        prepared::prepared,
    },
    privacy::erasure::{
        REMINDED_BEFORE_DAYS,
        jobs::{EraseAccount, ErasureMail, Told},
    },
};

/// Why an account cannot be erased now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Nobody else is HR of this company.
    LastHr,
    /// Nobody else has this office.
    LastAdmin,
    /// A practitioner with appointments.
    Upcoming,
    /// A practitioner who has met patients.
    Records,
}

impl Obstacle {
    fn parse(text: &str) -> Result<Self, AppError> {
        match text {
            "last_hr" => Ok(Self::LastHr),
            "last_admin" => Ok(Self::LastAdmin),
            "upcoming" => Ok(Self::Upcoming),
            "records" => Ok(Self::Records),
            _ => Err(AppError::internal("an unknown obstacle to an erasure")),
        }
    }
}

/// How it stands with the erasure of one's own account.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// When it is due; none when it was not asked for.
    pub due_at: Option<DateTime<Utc>>,
    /// What is in its way.
    pub obstacle: Option<Obstacle>,
}

#[derive(QueryableByName)]
struct StandingRow {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    due_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    obstacle: Option<String>,
}

/// One's own.
///
/// # Errors
/// The database's.
pub fn own(tx: &mut Tx<Member>) -> Result<Standing, AppError> {
    let now = tx.now();
    let row: StandingRow =
        prepared("SELECT hz.own_erasure() AS due_at, hz.own_erasure_obstacle($1) AS obstacle")
            .bind::<Timestamptz, _>(now)
            .get_result(tx.conn())?;
    Ok(Standing {
        due_at: row.due_at,
        obstacle: row.obstacle.as_deref().map(Obstacle::parse).transpose()?,
    })
}

#[derive(QueryableByName)]
struct Done {
    #[diesel(sql_type = Bool)]
    done: bool,
}

/// Asks for the erasure of one's own account; asked before, or impossible: nothing to do.
///
/// # Errors
/// The database's.
pub fn ask(tx: &mut Tx<Member>) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let asked: Done = prepared("SELECT hz.ask_erasure($1) AS done")
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    if asked.done {
        audit::security_event(tx, "erasure_asked", Severity::Medium, Some(me))?;
        jobs::enqueue_all(tx, &ErasureMail::both(me, Told::Asked, now))?;
    }
    Ok(())
}

/// Takes it back: whether there was anything to take back.
///
/// # Errors
/// The database's.
pub fn cancel(tx: &mut Tx<Member>) -> Result<bool, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let cancelled: Done = prepared("SELECT hz.cancel_erasure($1) AS done")
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    if cancelled.done {
        audit::security_event(tx, "erasure_cancelled", Severity::Low, Some(me))?;
    }
    Ok(cancelled.done)
}

/// Whom to write to about an erasure.
#[derive(Clone, Debug, QueryableByName, Serialize, Deserialize)]
pub struct Recipient {
    /// The account's address.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The address that no employer reads.
    #[diesel(sql_type = Nullable<Text>)]
    pub personal_email: Option<String>,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// `users.role`.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// Their language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// Their zone.
    #[diesel(sql_type = Text)]
    pub timezone: String,
    /// When it is due.
    #[diesel(sql_type = Timestamptz)]
    pub due_at: DateTime<Utc>,
}

/// Whom an erasure is about; `None` once it was taken back or done.
///
/// # Errors
/// The database's.
pub fn recipient(tx: &mut Tx<Worker>, user_id: Uuid) -> Result<Option<Recipient>, AppError> {
    Ok(prepared(
        // Of somebody who left, the address at work is read by nobody or by somebody else.
        "SELECT CASE WHEN u.status = 'suspended' AND p.email IS NOT NULL THEN p.email ELSE u.email END AS email,
                CASE WHEN u.status <> 'suspended' THEN p.email END AS personal_email,
                u.first_name, u.role, u.locale, u.timezone, e.due_at
         FROM erasures e JOIN users u ON u.id = e.user_id LEFT JOIN personal_addresses p ON p.user_id = u.id
         WHERE e.user_id = $1 AND e.cancelled_at IS NULL AND e.done_at IS NULL",
    )
    .bind::<SqlUuid, _>(user_id)
    .get_result(tx.conn())
    .optional()?)
}

#[derive(QueryableByName)]
struct Account {
    #[diesel(sql_type = SqlUuid)]
    user_id: Uuid,
}

/// Reminds those whose time comes near, and has those erased whose time has come: how many of each.
///
/// # Errors
/// The database's.
pub fn begin_due(tx: &mut Tx<Worker>) -> Result<(usize, usize), AppError> {
    let now = tx.now();
    let near: Vec<Account> = prepared(
        "UPDATE erasures SET reminded_at = $1
         WHERE cancelled_at IS NULL AND done_at IS NULL AND reminded_at IS NULL AND due_at <= $2 AND due_at > $3
         RETURNING user_id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + Duration::days(REMINDED_BEFORE_DAYS))
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    for account in &near {
        jobs::enqueue_all(tx, &ErasureMail::both(account.user_id, Told::Soon, now))?;
    }
    let due: Vec<Account> = prepared(
        "SELECT user_id FROM erasures WHERE cancelled_at IS NULL AND done_at IS NULL AND due_at <= $1
         ORDER BY due_at LIMIT 500",
    )
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    let work: Vec<EraseAccount> = due
        .iter()
        .map(|account| EraseAccount {
            user_id: account.user_id,
            begun_at: now,
        })
        .collect();
    jobs::enqueue_all(tx, &work)?;
    Ok((near.len(), due.len()))
}

/// Erases an account whose time has come: whether it is done now.
///
/// # Errors
/// The database's.
pub fn erase(tx: &mut Tx<Worker>, user_id: Uuid) -> Result<bool, AppError> {
    let now = tx.now();
    let erased: Done = prepared("SELECT hz.erase_account($1, $2) AS done")
        .bind::<SqlUuid, _>(user_id)
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    Ok(erased.done)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many appointments of the reader are later than a moment: they would be cancelled then.
///
/// # Errors
/// The database's.
pub fn appointments_after(
    tx: &mut Tx<crate::infra::actor::Employee>,
    moment: DateTime<Utc>,
) -> Result<i64, AppError> {
    let me = tx.user_id()?;
    let row: Count = prepared(
        "SELECT count(*) AS count FROM consultations
         WHERE employee_id = $1 AND status IN ('scheduled', 'confirmed') AND starts_at > $2",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(moment)
    .get_result(tx.conn())?;
    Ok(row.count)
}
