//! What happens between the wish and its fulfilment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::emails;
use crate::{
    infra::jobs::{Job, JobContext, JobError, Occurrence},
    privacy::queries::erasure as queries,
};

/// What a mail tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was asked for.
    Asked,
    /// It is near.
    Soon,
    /// It is done.
    Done,
}

/// A mail to one of somebody's addresses.
#[derive(Debug, Serialize, Deserialize)]
pub struct ErasureMail {
    user_id: Uuid,
    /// That it is near; else that it was asked for. The queue takes no word in clear.
    reminds: bool,
    to_personal: bool,
    asked_at: DateTime<Utc>,
}

impl ErasureMail {
    /// To both addresses: whoever did not ask for it must learn of it.
    #[must_use]
    pub fn both(user_id: Uuid, told: Told, asked_at: DateTime<Utc>) -> [Self; 2] {
        [false, true].map(|to_personal| Self {
            user_id,
            reminds: told == Told::Soon,
            to_personal,
            asked_at,
        })
    }

    fn told(&self) -> Told {
        if self.reminds {
            Told::Soon
        } else {
            Told::Asked
        }
    }
}

impl Job for ErasureMail {
    const KIND: &'static str = "privacy.erasure_mail";
}

/// Sends it, if the erasure is still on and there is such an address.
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn mail_erasure(context: JobContext, job: ErasureMail) -> Result<(), JobError> {
    let recipient = context
        .db()
        .read(move |tx| queries::recipient(tx, job.user_id))
        .await?;
    let Some(recipient) = recipient else {
        return Ok(());
    };
    let address = if job.to_personal {
        recipient.personal_email.clone()
    } else {
        Some(recipient.email.clone())
    };
    let Some(address) = address else {
        return Ok(());
    };
    let mail = emails::erasure(context.app(), &recipient, &address, job.told())
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// An account whose time has come.
#[derive(Debug, Serialize, Deserialize)]
pub struct EraseAccount {
    /// Whose.
    pub user_id: Uuid,
    /// When this try was planned.
    pub begun_at: DateTime<Utc>,
}

impl Job for EraseAccount {
    const KIND: &'static str = "privacy.erase_account";

    fn dedup_key(&self) -> Option<String> {
        Some(format!(
            "{}:{}:{}",
            Self::KIND,
            self.user_id,
            self.begun_at.timestamp()
        ))
    }
}

/// Erases it, then says so at the addresses it had: they are known to nobody afterwards, so this mail is
/// not tried again.
///
/// # Errors
/// The database's: tried again.
pub async fn erase_account(context: JobContext, job: EraseAccount) -> Result<(), JobError> {
    let user_id = job.user_id;
    let recipient = context
        .db()
        .read(move |tx| queries::recipient(tx, user_id))
        .await?;
    let erased = context
        .db()
        .write(move |tx| queries::erase(tx, user_id))
        .await?;
    let (true, Some(recipient)) = (erased, recipient) else {
        return Ok(());
    };
    context.app().forget_sessions(user_id);
    let addresses = [
        Some(recipient.email.clone()),
        recipient.personal_email.clone(),
    ];
    for address in addresses.into_iter().flatten() {
        let mail = emails::erasure(context.app(), &recipient, &address, Told::Done)
            .map_err(|error| JobError::Hopeless(error.to_string()))?;
        if context.send(mail).await.is_err() {
            tracing::warn!("the mail about an erased account could not be sent");
        }
    }
    Ok(())
}

/// Looks for those whose time is near or has come, every hour.
///
/// # Errors
/// The database's: tried again.
pub async fn keep_wishes(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (reminded, due) = context.db().write(queries::begin_due).await?;
    Ok(json!({ "reminded": reminded, "due": due }))
}
