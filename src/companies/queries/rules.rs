//! The notice that appointments ask for: the platform's, and the companies' own.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Integer, Nullable, Text, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    companies::model::NoticeHours,
    infra::{
        actor::Admin,
        audit::{self, Deed},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
};

/// A company, and its own notice if it has one.
#[derive(Clone, Debug, QueryableByName)]
pub struct CompanyNotice {
    /// Which company.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Hours; `None`: the platform's.
    #[diesel(sql_type = Nullable<Integer>)]
    pub hours: Option<i32>,
}

#[derive(QueryableByName)]
struct Hours {
    #[diesel(sql_type = Integer)]
    hours: i32,
}

/// The platform's notice, in hours.
///
/// # Errors
/// The database's.
pub fn platform_notice(tx: &mut Tx<Admin>) -> Result<i32, AppError> {
    let row: Hours = prepared("SELECT cancellation_notice_hours AS hours FROM platform_settings")
        .get_result(tx.conn())?;
    Ok(row.hours)
}

/// Every company with its notice, by name.
///
/// # Errors
/// The database's.
pub fn company_notices(tx: &mut Tx<Admin>) -> Result<Vec<CompanyNotice>, AppError> {
    Ok(prepared(
        "SELECT id, name, cancellation_notice_hours AS hours FROM companies ORDER BY lower(name), id",
    )
    .load(tx.conn())?)
}

/// Sets the platform's notice.
///
/// # Errors
/// The database's.
pub fn set_platform_notice(tx: &mut Tx<Admin>, hours: NoticeHours) -> Result<(), AppError> {
    prepared("UPDATE platform_settings SET cancellation_notice_hours = $1")
        .bind::<Integer, _>(hours.get())
        .execute(tx.conn())?;
    audit::record(
        tx,
        Deed {
            action: "NOTICE_CHANGED",
            entity: "platform_settings",
            entity_id: None,
            company_id: None,
            detail: json!({ "hours": hours.get() }),
        },
    )
}

/// Sets a company's notice, or leaves it to the platform's; whether there is such a company.
///
/// # Errors
/// The database's.
pub fn set_company_notice(
    tx: &mut Tx<Admin>,
    company: Uuid,
    hours: Option<NoticeHours>,
) -> Result<bool, AppError> {
    let hours = hours.map(NoticeHours::get);
    let found = prepared("UPDATE companies SET cancellation_notice_hours = $1 WHERE id = $2")
        .bind::<Nullable<Integer>, _>(hours)
        .bind::<SqlUuid, _>(company)
        .execute(tx.conn())?;
    if found == 0 {
        return Ok(false);
    }
    audit::record(
        tx,
        Deed {
            action: "NOTICE_CHANGED",
            entity: "companies",
            entity_id: Some(company),
            company_id: Some(company),
            detail: json!({ "hours": hours }),
        },
    )?;
    Ok(true)
}
