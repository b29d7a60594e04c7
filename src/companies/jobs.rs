//! What companies do after the answer.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{emails, queries, told::Doing};
use crate::infra::{
    actor::{Asker, Hr, Worker, kinds},
    db::Db,
    error::AppError,
    jobs::{Job, JobContext, JobError, Occurrence},
    session::AccountRole,
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
    if let Err(error) = context.send(mail).await {
        let error = JobError::from(error);
        // HR is told once nobody tries any more: a mail server that is away for a day is no wrong address.
        if context.gives_up(&error) {
            context
                .db()
                .write(move |tx| queries::invitation_bounced(tx, invitation_id, issue))
                .await?;
        }
        return Err(error);
    }
    context
        .db()
        .write(move |tx| queries::invitation_sent(tx, invitation_id, issue))
        .await?;
    Ok(())
}

/// Go on with an import of many rows.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RunImport {
    /// The import.
    pub import_id: Uuid,
}

impl Job for RunImport {
    const KIND: &'static str = "companies.run_import";

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.import_id))
    }
}

/// Imports what is left, in the name of whoever confirmed it and with no more rights than theirs. Each piece
/// is a transaction of its own: a process that dies loses one, and the job goes on from there.
///
/// # Errors
/// The database's.
pub async fn run_import(context: JobContext, job: RunImport) -> Result<(), JobError> {
    let id = job.import_id;
    loop {
        let order = context
            .db()
            .read(move |tx| queries::import_order(tx, id))
            .await?;
        let Some(order) = order else {
            return Ok(());
        };
        let Some(confirmed_by) = order.confirmed_by else {
            context
                .db()
                .write(move |tx| queries::leave_import(tx, id))
                .await?;
            return Ok(());
        };
        let asker = Asker {
            role: AccountRole::Hr,
            user_id: confirmed_by,
            company_id: Some(order.company_id),
            own_only: false,
        };
        let hr: Option<Db<Hr>> = Worker::for_whoever_asked::<kinds::Hr>(context.app(), asker);
        let Some(hr) = hr else {
            return Ok(());
        };
        hr.write(move |tx| queries::import_batch(tx, id)).await?;
    }
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

/// Mail what a registration leads to.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendRegistrationMail {
    /// The registration.
    pub registration_id: Uuid,
    /// Whether HR refused; else the address is to be confirmed.
    pub refused: bool,
}

impl Job for SendRegistrationMail {
    const KIND: &'static str = "companies.send_registration_mail";

    fn dedup_key(&self) -> Option<String> {
        Some(format!(
            "{}:{}:{}",
            Self::KIND,
            self.registration_id,
            self.refused
        ))
    }
}

/// Sends it, to addresses that may register or that have an account already: the others are nobody's here,
/// and get no mail from us.
///
/// # Errors
/// The database's or the mail server's.
pub async fn send_registration_mail(
    context: JobContext,
    job: SendRegistrationMail,
) -> Result<(), JobError> {
    let SendRegistrationMail {
        registration_id: id,
        refused,
    } = job;
    let registration = context
        .db()
        .read(move |tx| queries::registration_mail(tx, id, refused))
        .await?;
    let Some(registration) = registration else {
        return Ok(());
    };
    let mail = emails::registration(context.app(), id, (&registration, refused))
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

/// Tell a member of HR what a colleague, or the platform, did to their team or its domains.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellTeam {
    /// This telling.
    pub id: Uuid,
    /// What: see [`Doing::numbered`].
    pub doing: i16,
    /// Who did it.
    pub author: Uuid,
    /// Another member of HR.
    pub recipient: Uuid,
}

impl Job for TellTeam {
    const KIND: &'static str = "companies.tell_team";

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.id))
    }
}

/// Sends the mail, to whoever wants it.
///
/// # Errors
/// The database's or the mail server's.
pub async fn tell_team(context: JobContext, job: TellTeam) -> Result<(), JobError> {
    let Some(doing) = Doing::numbered(job.doing) else {
        return Err(JobError::Hopeless(format!("no such doing: {}", job.doing)));
    };
    let told = context
        .db()
        .read(move |tx| queries::team_mail(tx, job.recipient, (job.author, doing.topic)))
        .await?;
    let Some(told) = told else {
        return Ok(());
    };
    let mail = emails::team(context.app(), &told, doing)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Forgets requests to join, claims and registrations that came to nothing.
///
/// # Errors
/// The database's.
pub async fn forget_requests(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (requests, claims, registrations) = context
        .db()
        .write(|tx| {
            Ok::<_, AppError>((
                queries::forget_requests(tx)?,
                queries::forget_claims(tx)?,
                queries::forget_registrations(tx)?,
            ))
        })
        .await?;
    Ok(json!({ "requests": requests, "claims": claims, "registrations": registrations }))
}

/// Deletes the previews nobody confirmed, yesterday's refused rows, and what is remembered of yesterday's
/// selections.
///
/// # Errors
/// The database's.
pub async fn purge_imports(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (previews, rows) = context.db().write(queries::purge_imports).await?;
    let selections = context.db().write(queries::forget_selections).await?;
    Ok(json!({ "previews": previews, "rows": rows, "selections": selections }))
}
