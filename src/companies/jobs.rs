//! What companies do after the answer.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{emails, queries};
use crate::infra::{
    error::AppError,
    jobs::{Job, JobContext, JobError, Occurrence},
};

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

/// Mail the link that confirms a company's request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendRequestLink {
    /// The request.
    pub request_id: Uuid,
}

impl Job for SendRequestLink {
    const KIND: &'static str = "companies.send_request_link";

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.request_id))
    }
}

/// Sends the link, unless it was followed or is too old already.
///
/// # Errors
/// The database's or the mail server's.
pub async fn send_request_link(context: JobContext, job: SendRequestLink) -> Result<(), JobError> {
    let id = job.request_id;
    let request = context
        .db()
        .read(move |tx| queries::request_mail(tx, id))
        .await?;
    let Some(request) = request else {
        return Ok(());
    };
    let mail = emails::request_link(context.app(), id, &request)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Tell somebody what was decided about their company.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellDecision {
    /// The decision.
    pub decision_id: Uuid,
    /// A member of HR; `None`: whoever asked to join.
    pub recipient: Option<Uuid>,
}

impl Job for TellDecision {
    const KIND: &'static str = "companies.tell_decision";

    fn dedup_key(&self) -> Option<String> {
        let to = self.recipient.unwrap_or_default();
        Some(format!("{}:{}:{to}", Self::KIND, self.decision_id))
    }
}

/// Sends the mail of a decision.
///
/// # Errors
/// The database's or the mail server's.
pub async fn tell_decision(context: JobContext, job: TellDecision) -> Result<(), JobError> {
    let told = context
        .db()
        .read(move |tx| queries::decision_mail(tx, job.decision_id, job.recipient))
        .await?;
    let Some(told) = told else {
        return Ok(());
    };
    let mail = emails::decision(context.app(), &told)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Mail the code that proves a domain.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendDomainCode {
    /// The claim.
    pub claim_id: Uuid,
}

impl Job for SendDomainCode {
    const KIND: &'static str = "companies.send_domain_code";
}

/// Sends the claim's code of now: of two mails that were asked for, both bring the one that works.
///
/// # Errors
/// The database's or the mail server's.
pub async fn send_domain_code(context: JobContext, job: SendDomainCode) -> Result<(), JobError> {
    let claim = context
        .db()
        .read(move |tx| queries::code_mail(tx, job.claim_id))
        .await?;
    let Some(claim) = claim else {
        return Ok(());
    };
    let mail = emails::domain_code(context.app(), &claim)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Find out whom a suspension concerns.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct FindConcerned {
    /// The decision.
    pub decision_id: Uuid,
}

impl Job for FindConcerned {
    const KIND: &'static str = "companies.find_concerned";

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.decision_id))
    }
}

/// Has a mail sent to each of them.
///
/// # Errors
/// The database's.
pub async fn find_concerned(context: JobContext, job: FindConcerned) -> Result<(), JobError> {
    context
        .db()
        .write(move |tx| queries::tell_concerned(tx, job.decision_id))
        .await?;
    Ok(())
}

/// Tell somebody that a company with which they have something planned is suspended.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellConcerned {
    /// The decision.
    pub decision_id: Uuid,
    /// An employee or a practitioner.
    pub recipient: Uuid,
}

impl Job for TellConcerned {
    const KIND: &'static str = "companies.tell_concerned";

    fn dedup_key(&self) -> Option<String> {
        Some(format!(
            "{}:{}:{}",
            Self::KIND,
            self.decision_id,
            self.recipient
        ))
    }
}

/// Sends the mail, while there is something to decide.
///
/// # Errors
/// The database's or the mail server's.
pub async fn tell_one_concerned(context: JobContext, job: TellConcerned) -> Result<(), JobError> {
    let told = context
        .db()
        .read(move |tx| queries::concerned_mail(tx, job.decision_id, job.recipient))
        .await?;
    let Some(told) = told else {
        return Ok(());
    };
    let mail = emails::concerned(context.app(), &told)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Forgets requests to join and claims that came to nothing.
///
/// # Errors
/// The database's.
pub async fn forget_requests(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (requests, claims) = context
        .db()
        .write(|tx| Ok::<_, AppError>((queries::forget_requests(tx)?, queries::forget_claims(tx)?)))
        .await?;
    Ok(json!({ "requests": requests, "claims": claims }))
}

/// Deletes the previews nobody confirmed and yesterday's refused rows.
///
/// # Errors
/// The database's.
pub async fn purge_imports(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (previews, rows) = context.db().write(queries::purge_imports).await?;
    Ok(json!({ "previews": previews, "rows": rows }))
}
