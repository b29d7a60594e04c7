//! What time does to consultations that go on.

use serde_json::{Value, json};

use super::queries::{forgotten, room};
use crate::infra::jobs::{JobContext, JobError, Occurrence};

/// Every minute: asks practitioners who have not ended whether it is over, ends what was forgotten, and
/// deletes the signals of calls that nobody will read any more.
///
/// # Errors
/// The database's: tried again.
pub async fn keep_durations(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (closed, reminded) = context
        .db()
        .write(|tx| {
            let closed = forgotten::close(tx)?;
            let reminded = forgotten::remind(tx)?;
            room::forget_signals(tx)?;
            Ok((closed, reminded))
        })
        .await?;
    Ok(json!({ "reminded": reminded, "closed": closed }))
}
