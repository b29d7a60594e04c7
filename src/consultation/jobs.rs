//! What time does to consultations that go on.

use serde_json::{Value, json};

use super::queries::forgotten;
use crate::infra::jobs::{JobContext, JobError, Occurrence};

/// Every minute: asks practitioners who have not ended whether it is over, and ends what was forgotten.
///
/// # Errors
/// The database's: tried again.
pub async fn keep_durations(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (closed, reminded) = context
        .db()
        .write(|tx| {
            let closed = forgotten::close(tx)?;
            Ok((closed, forgotten::remind(tx)?))
        })
        .await?;
    Ok(json!({ "reminded": reminded, "closed": closed }))
}
