//! What happens between the wish and its fulfilment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::emails;
use crate::{
    infra::jobs::{self, Job, JobContext, JobError, Occurrence},
    privacy::queries::erasure::{self as queries, Recipient},
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

/// Erases it, and has it said at the addresses that it had: they are known to nobody afterwards but to this work,
/// which is sealed, written in the same transaction and tried again like any other.
///
/// # Errors
/// The database's: tried again.
pub async fn erase_account(context: JobContext, job: EraseAccount) -> Result<(), JobError> {
    let user_id = job.user_id;
    let erased = context
        .db()
        .write(move |tx| {
            let recipient = queries::recipient(tx, user_id)?;
            let erased = queries::erase(tx, user_id)?;
            if let (true, Some(recipient)) = (erased, recipient) {
                for mail in ErasedMail::of(recipient) {
                    jobs::enqueue_sealed(tx, &mail)?;
                }
            }
            Ok(erased)
        })
        .await?;
    if erased {
        context.app().forget_sessions(user_id);
    }
    Ok(())
}

/// The last mail to one of the addresses of somebody who is erased.
#[derive(Debug, Serialize, Deserialize)]
pub struct ErasedMail {
    address: String,
    recipient: Recipient,
}

impl ErasedMail {
    fn of(mut recipient: Recipient) -> Vec<Self> {
        let personal = recipient.personal_email.take();
        [Some(recipient.email.clone()), personal]
            .into_iter()
            .flatten()
            .map(|address| Self {
                address,
                recipient: recipient.clone(),
            })
            .collect()
    }
}

impl Job for ErasedMail {
    const KIND: &'static str = "privacy.erased_mail";
}

/// Sends it.
///
/// # Errors
/// The mail server's: tried again.
pub async fn mail_erased(context: JobContext, job: ErasedMail) -> Result<(), JobError> {
    let mail = emails::erasure(context.app(), &job.recipient, &job.address, Told::Done)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Looks for those whose time is near or has come, every hour.
///
/// # Errors
/// The database's: tried again.
pub async fn keep_wishes(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let (reminded, due) = context.db().write(queries::begin_due).await?;
    Ok(json!({ "reminded": reminded, "due": due }))
}
