//! What happens to the journal by itself.

use serde_json::{Value, json};

use super::queries::shares;
use crate::infra::jobs::{JobContext, JobError, Occurrence};

/// Destroys what was shared until a moment that has come: copies and keys.
///
/// # Errors
/// The database's: tried again.
pub async fn end_shares(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let now = context.now();
    let mut ended = 0;
    loop {
        match context
            .db()
            .write(move |tx| shares::expire(tx, now))
            .await?
        {
            0 => return Ok(json!({ "ended": ended })),
            some => ended += some,
        }
    }
}
