//! What happens to clinical notes by itself.

use serde_json::{Value, json};

use super::{model, queries};
use crate::infra::jobs::{JobContext, JobError, Occurrence};

/// Destroys, every night, the records whose time is over: keys, notes and addenda.
///
/// # Errors
/// The database's: tried again.
pub async fn forget(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let years = context.app().config.notes_retention_years;
    let before = model::kept_since(context.now(), years);
    let (mut records, mut notes) = (0, 0);
    loop {
        let gone = context
            .db()
            .write(move |tx| queries::retention::forget(tx, before))
            .await?;
        if gone.records == 0 {
            return Ok(json!({ "records": records, "notes": notes }));
        }
        records += gone.records;
        notes += gone.notes;
    }
}
