//! The end of the time for which records are kept.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Integer, Timestamptz},
};
use serde_json::json;

use crate::infra::{
    actor::Worker,
    audit::{self, Deed},
    db::Tx,
    error::AppError,
    prepared::prepared,
};

/// What was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryableByName)]
pub struct Forgotten {
    /// Records, with their keys.
    #[diesel(sql_type = Integer)]
    pub records: i32,
    /// Notes in them.
    #[diesel(sql_type = Integer)]
    pub notes: i32,
}

/// Destroys up to a hundred records in which nothing happened since a moment, and says so in the audit
/// trail; each key leaves its line in the ledger of destroyed keys.
///
/// # Errors
/// The database's.
pub fn forget(tx: &mut Tx<Worker>, before: DateTime<Utc>) -> Result<Forgotten, AppError> {
    let gone: Forgotten = prepared("SELECT records, notes FROM hz.forget_clinical_records($1)")
        .bind::<Timestamptz, _>(before)
        .get_result(tx.conn())?;
    if gone.records > 0 {
        let deed = Deed {
            action: "CLINICAL_RECORDS_EXPIRED",
            entity: "clinical_record",
            entity_id: None,
            company_id: None,
            detail: json!({ "records": gone.records, "notes": gone.notes, "before": before }),
        };
        audit::record(tx, deed)?;
    }
    Ok(gone)
}
