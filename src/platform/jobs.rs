//! What the platform does for itself.

use serde_json::{Value, json};

use crate::infra::{
    envelope::ledger,
    jobs::{JobContext, JobError, Occurrence},
};

/// Writes the keys that were destroyed to the ledger outside of the database.
///
/// # Errors
/// A file that cannot be written; the database's.
pub async fn keep_key_ledger(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let Some(path) = context.app().config.key_ledger.clone() else {
        return Ok(json!({}));
    };
    let written = context
        .db()
        .read(move |tx| ledger::export_from(tx, &path))
        .await?;
    Ok(json!({ "written": written }))
}
