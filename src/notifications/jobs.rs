//! What notices do after the answer: mails, when they may leave.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    emails,
    model::Departure,
    queries::{self, mail},
};
use crate::infra::{
    crypto::{LinkPurpose, LinkToken},
    error::AppError,
    jobs::{self, Job, JobContext, JobError, Occurrence},
};

/// A notice that its recipient may want by mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailNotice {
    /// Which one; everything else is read when the mail is written.
    pub notice_id: Uuid,
    /// The end of the quiet hours it waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<DateTime<Utc>>,
}

impl MailNotice {
    /// As soon as possible.
    pub fn now(notice_id: Uuid) -> Self {
        Self {
            notice_id,
            not_before: None,
        }
    }
}

impl Job for MailNotice {
    const KIND: &'static str = "notifications.mail";

    fn dedup_key(&self) -> Option<String> {
        let wait = self.not_before.map_or(0, |instant| instant.timestamp());
        Some(format!("{}:{}:{wait}", Self::KIND, self.notice_id))
    }

    fn run_at(&self) -> Option<DateTime<Utc>> {
        self.not_before
    }
}

/// Mails a notice if it is still true, wanted and of use; later when it falls in quiet hours.
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn mail_notice(context: JobContext, job: MailNotice) -> Result<(), JobError> {
    let notice_id = job.notice_id;
    let letter = context
        .db()
        .read(move |tx| mail::letter(tx, notice_id))
        .await?;
    let Some(letter) = letter else {
        return Ok(());
    };
    match letter.departure(context.now()) {
        Departure::Never => Ok(()),
        Departure::At(instant) => {
            let later = MailNotice {
                notice_id,
                not_before: Some(instant),
            };
            let enqueue = move |tx: &mut _| jobs::enqueue(tx, &later);
            Ok(context.db().write::<()>(enqueue).await?)
        }
        Departure::Now => {
            let mail = emails::notice(context.app(), &letter, context.now())
                .map_err(|error: AppError| JobError::Hopeless(error.to_string()))?;
            Ok(context.send(mail).await?)
        }
    }
}

/// Somebody wants their mails at another address, which has to be theirs.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConfirmAddress {
    /// Who; the address is read when the mail is written.
    pub user_id: Uuid,
}

impl Job for ConfirmAddress {
    const KIND: &'static str = "notifications.confirm_address";
}

/// Sends the link that proves an address.
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn confirm_address(context: JobContext, job: ConfirmAddress) -> Result<(), JobError> {
    let pending = context
        .db()
        .read(move |tx| queries::addresses::pending(tx, job.user_id))
        .await?;
    let Some(pending) = pending else {
        return Ok(());
    };
    let token = context.app().links.sign(
        LinkPurpose::PersonalAddress,
        &LinkToken {
            id: pending.user_id,
            user_id: pending.user_id,
            nonce: pending.nonce,
        },
    );
    let mail = emails::address(context.app(), &pending, &token)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Writes the reminders that are due, every five minutes. The mails are theirs, as of every notice.
///
/// # Errors
/// The database's: tried again.
pub async fn remind(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let written = context.db().write(queries::reminders::write_due).await?;
    Ok(json!({ "reminders": written }))
}

/// Forgets what was told long ago, every night.
///
/// # Errors
/// The database's: tried again.
pub async fn tidy_up(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let deleted = context.db().write(queries::delete_old).await?;
    Ok(json!({ "deleted": deleted }))
}
