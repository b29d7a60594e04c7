//! Two trails, written in the transaction of the deed: `audit_logs` (who did what) and
//! `security_events` (attempts, locks, reuse). Neither holds content, names or addresses.

use diesel::{
    RunQueryDsl as _, sql_query,
    sql_types::{Binary, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::Value;
use uuid::Uuid;

use super::{db::Tx, error::AppError};

/// How much a security event matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Ordinary life: a mistyped password.
    Low,
    /// Worth a look when repeated.
    Medium,
    /// Somebody should look.
    High,
}

impl Severity {
    fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Records a security event about an account, if one is known.
///
/// # Errors
/// The database's.
pub fn security_event<R>(
    tx: &mut Tx<R>,
    kind: &'static str,
    severity: Severity,
    user_id: Option<Uuid>,
) -> Result<(), AppError> {
    security_event_from(tx, kind, severity, user_id, None)
}

/// Records a security event about an account, if one is known, with ids and names of columns.
///
/// # Errors
/// The database's.
pub fn security_event_about<R>(
    tx: &mut Tx<R>,
    kind: &'static str,
    (severity, user_id): (Severity, Option<Uuid>),
    detail: Value,
) -> Result<(), AppError> {
    let now = tx.now();
    sql_query(
        "INSERT INTO security_events (kind, severity, user_id, detail, occurred_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind::<Text, _>(kind)
    .bind::<Text, _>(severity.as_str())
    .bind::<Nullable<SqlUuid>, _>(user_id)
    .bind::<Jsonb, _>(detail)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(())
}

/// Records a security event with the fingerprint of the address it came from.
///
/// # Errors
/// The database's.
pub fn security_event_from<R>(
    tx: &mut Tx<R>,
    kind: &'static str,
    severity: Severity,
    user_id: Option<Uuid>,
    ip_key: Option<Vec<u8>>,
) -> Result<(), AppError> {
    let now = tx.now();
    sql_query(
        "INSERT INTO security_events (kind, severity, user_id, ip_key, occurred_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind::<Text, _>(kind)
    .bind::<Text, _>(severity.as_str())
    .bind::<Nullable<SqlUuid>, _>(user_id)
    .bind::<Nullable<Binary>, _>(ip_key)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(())
}

/// One deed of the transaction's person.
#[derive(Clone, Debug)]
pub struct Deed {
    /// What was done, in the spec's terms: `EMPLOYEE_IMPORTED`.
    pub action: &'static str,
    /// To what kind of thing.
    pub entity: &'static str,
    /// To which one.
    pub entity_id: Option<Uuid>,
    /// In which company.
    pub company_id: Option<Uuid>,
    /// Counts and ids only.
    pub detail: Value,
}

/// Records a deed.
///
/// # Errors
/// The database's.
pub fn record<R>(tx: &mut Tx<R>, deed: Deed) -> Result<(), AppError> {
    let now = tx.now();
    let actor = tx.user_id().ok();
    let role = tx.role().name();
    sql_query(
        "INSERT INTO audit_logs (actor_id, actor_role, action, entity, entity_id, company_id, detail, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind::<Nullable<SqlUuid>, _>(actor)
    .bind::<Text, _>(role.trim_start_matches("hz_"))
    .bind::<Text, _>(deed.action)
    .bind::<Text, _>(deed.entity)
    .bind::<Nullable<SqlUuid>, _>(deed.entity_id)
    .bind::<Nullable<SqlUuid>, _>(deed.company_id)
    .bind::<Jsonb, _>(deed.detail)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(())
}
