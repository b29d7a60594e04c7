//! What companies do after the answer.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{emails, queries};
use crate::infra::jobs::{Job, JobContext, JobError, Occurrence};

/// Mail an invitation's link.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendInvitation {
    /// The invitation.
    pub invitation_id: Uuid,
    /// Which of its links: a mail whose link was replaced before it left does not leave.
    pub issue: i32,
}

impl Job for SendInvitation {
    const KIND: &'static str = "companies.send_invitation";

    fn dedup_key(&self) -> Option<String> {
        Some(format!(
            "{}:{}:{}",
            Self::KIND,
            self.invitation_id,
            self.issue
        ))
    }
}

/// Sends the mail, unless nobody needs it any more.
///
/// # Errors
/// The database's or the mail server's.
pub async fn send_invitation(context: JobContext, job: SendInvitation) -> Result<(), JobError> {
    let SendInvitation {
        invitation_id,
        issue,
    } = job;
    let invitation = context
        .db()
        .read(move |tx| queries::invitation_mail(tx, invitation_id, issue))
        .await?;
    let Some(invitation) = invitation else {
        return Ok(());
    };
    let mail = emails::invitation(context.app(), invitation_id, &invitation)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    context.send(mail).await?;
    context
        .db()
        .write(move |tx| queries::invitation_sent(tx, invitation_id, issue))
        .await?;
    Ok(())
}

/// Deletes the previews nobody confirmed and yesterday's refused rows.
///
/// # Errors
/// The database's.
pub async fn purge_imports(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (previews, rows) = context.db().write(queries::purge_imports).await?;
    Ok(json!({ "previews": previews, "rows": rows }))
}
