//! What the chat does after the answer.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{emails, model::PATIENCE_MINUTES, queries::mail};
use crate::infra::jobs::{self, Job, JobContext, JobError, Occurrence};

/// Messages may be left unread: a mail says so, once for all that came since the last reading.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindUnread {
    /// Where.
    pub consultation_id: Uuid,
    /// Who may not have read.
    pub recipient_id: Uuid,
    /// How far they had read when the first of them was written.
    pub last_read: i64,
    /// When to look: not before.
    pub due_at: DateTime<Utc>,
}

impl RemindUnread {
    /// After the time that a message may wait.
    pub fn after(
        consultation_id: Uuid,
        recipient_id: Uuid,
        last_read: i64,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            consultation_id,
            recipient_id,
            last_read,
            due_at: now + TimeDelta::minutes(PATIENCE_MINUTES),
        }
    }
}

impl Job for RemindUnread {
    const KIND: &'static str = "chat.remind_unread";

    fn dedup_key(&self) -> Option<String> {
        let Self {
            consultation_id,
            recipient_id,
            last_read,
            ..
        } = self;
        Some(format!(
            "{}:{consultation_id}:{recipient_id}:{last_read}",
            Self::KIND
        ))
    }

    fn run_at(&self) -> Option<DateTime<Utc>> {
        Some(self.due_at)
    }
}

/// The night is over: the same reminder, whose key is taken by the one that came at night.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindInTheMorning(RemindUnread);

impl Job for RemindInTheMorning {
    const KIND: &'static str = "chat.remind_in_the_morning";

    fn dedup_key(&self) -> Option<String> {
        let key = self.0.dedup_key()?;
        Some(format!("{key}:{}", self.0.due_at.timestamp()))
    }

    fn run_at(&self) -> Option<DateTime<Utc>> {
        self.0.run_at()
    }
}

/// Says by mail that something waits to be read, unless it was read. At night it waits for the morning.
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn remind_unread(context: JobContext, job: RemindUnread) -> Result<(), JobError> {
    let (consultation, recipient) = (job.consultation_id, job.recipient_id);
    let recipient = context
        .db()
        .read(move |tx| mail::recipient(tx, consultation, recipient))
        .await?;
    let Some(recipient) = recipient else {
        return Ok(());
    };
    if let Some(morning) = recipient.quiet_until {
        let later = RemindInTheMorning(RemindUnread {
            due_at: morning,
            ..job
        });
        let enqueue = move |tx: &mut _| jobs::enqueue(tx, &later);
        return Ok(context.db().write::<()>(enqueue).await?);
    }
    let mail = emails::unread(context.app(), &recipient, consultation)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// As [`remind_unread`].
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn remind_in_the_morning(
    context: JobContext,
    job: RemindInTheMorning,
) -> Result<(), JobError> {
    remind_unread(context, job.0).await
}

/// Destroys, every night, the chats whose time is over: rows, files and keys.
///
/// # Errors
/// The database's: tried again.
pub async fn forget(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let days = context.app().config.chat_retention_days;
    let before = context.now() - TimeDelta::days(days.into());
    let mut forgotten = 0;
    loop {
        match context
            .db()
            .write(move |tx| mail::forget(tx, before))
            .await?
        {
            0 => return Ok(json!({ "forgotten": forgotten })),
            some => forgotten += some,
        }
    }
}
