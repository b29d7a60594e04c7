//! What accounts do after the answer.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{emails, model, queries};
use crate::infra::{
    crypto::{LinkPurpose, LinkToken},
    jobs::{Job, JobContext, JobError, Occurrence},
};

/// Somebody asked for a reset link. Whether the address has an account is found out later, so that
/// asking takes the same time for everybody.
#[derive(Serialize, Deserialize)]
pub struct PasswordResetRequested {
    /// The address as typed, parsed. The one payload that is no id, and sealed therefore: nobody knows yet
    /// whose it is.
    pub address: String,
    /// When.
    pub requested_at: DateTime<Utc>,
}

impl Job for PasswordResetRequested {
    const KIND: &'static str = "auth.password_reset_requested";
}

/// Sends the link, when the address has an active account and did not ask too often.
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn send_password_reset(
    context: JobContext,
    job: PasswordResetRequested,
) -> Result<(), JobError> {
    let deadline = job.requested_at + Duration::minutes(model::RESET_MINUTES);
    if context.now() >= deadline {
        // The mail server was away for so long that the person has asked again or given up.
        return Ok(());
    }
    let id = context.id;
    let reset = context
        .db()
        .write(move |tx| queries::open_reset(tx, id, &job.address))
        .await?;
    let Some(reset) = reset else {
        return Ok(());
    };
    let app = context.app();
    let token = app.links.sign(
        LinkPurpose::PasswordReset,
        &LinkToken {
            id: reset.reset_id,
            user_id: reset.user_id,
            nonce: reset.nonce,
        },
    );
    let mail = emails::password_reset(&app.config.public_url, &reset, &token)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Deletes what has served: old attempts, ended sessions, used links. Every night.
///
/// # Errors
/// The database's: tried again.
pub async fn tidy_up(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let deleted = context.db().write(queries::delete_expired).await?;
    Ok(json!({ "deleted": deleted }))
}
