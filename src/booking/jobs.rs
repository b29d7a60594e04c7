//! What time does to bookings.

use serde_json::Value;

use super::queries::{deadlines, openings};
use crate::infra::jobs::{JobContext, JobError, Occurrence};

/// Every minute: gives back the slots held for too long, and releases what nobody confirmed in time.
///
/// # Errors
/// The database's: tried again.
pub async fn keep_deadlines(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (freed, released) = context
        .db()
        .write(|tx| {
            let freed = deadlines::free_expired_holds(tx)?;
            Ok((freed, deadlines::release_unconfirmed(tx)?))
        })
        .await?;
    Ok(serde_json::json!({ "freed": freed, "released": released }))
}

/// Every minute: writes down when each practitioner is next free, which a search sorts by.
///
/// # Errors
/// The database's.
pub async fn refresh_openings(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let openings = context.db().write(openings::refresh).await?;
    Ok(serde_json::json!({ "practitioners": openings }))
}
