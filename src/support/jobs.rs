//! What tickets do after the answer: a mail, and in the end nothing that remains.

use chrono::Months;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{emails, model::KEEP_YEARS, queries::work};
use crate::infra::{
    error::AppError,
    jobs::{Job, JobContext, JobError, Occurrence},
};

/// The platform answered: whoever opened the ticket is told that it did.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailAnswer {
    /// Which message; everything else is read when the mail is written.
    pub message_id: Uuid,
}

impl MailAnswer {
    /// As soon as possible.
    pub fn now(message_id: Uuid) -> Self {
        Self { message_id }
    }
}

impl Job for MailAnswer {
    const KIND: &'static str = "support.mail";

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.message_id))
    }
}

/// Says by mail that there is an answer, and nothing of it.
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn mail_answer(context: JobContext, job: MailAnswer) -> Result<(), JobError> {
    let message = job.message_id;
    let letter = context
        .db()
        .read(move |tx| work::letter(tx, message))
        .await?;
    let Some(letter) = letter else {
        return Ok(());
    };
    let mail = emails::answer(context.app(), &letter)
        .map_err(|error: AppError| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Destroys, every night, the tickets whose time is over: rows, files and keys.
///
/// # Errors
/// The database's: tried again.
pub async fn forget(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let months = Months::new(12 * u32::try_from(KEEP_YEARS).unwrap_or(2));
    let Some(before) = context.now().checked_sub_months(months) else {
        return Ok(json!({ "forgotten": 0 }));
    };
    let mut forgotten = 0;
    loop {
        match context
            .db()
            .write(move |tx| work::forget(tx, before))
            .await?
        {
            0 => return Ok(json!({ "forgotten": forgotten })),
            some => forgotten += some,
        }
    }
}
