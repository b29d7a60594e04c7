//! What is done about people's data by itself.

use serde_json::{Value, json};

use super::queries::export;
use crate::infra::jobs::{JobContext, JobError, Occurrence};

/// Destroys the copies that are over: files and keys.
///
/// # Errors
/// The database's: tried again.
pub async fn end_exports(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let mut ended = 0;
    loop {
        match context.db().write(export::end).await? {
            0 => return Ok(json!({ "ended": ended })),
            some => ended += some,
        }
    }
}
