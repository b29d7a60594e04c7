//! What news do after the answer, and by the clock.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{emails, queries::work};
use crate::infra::{
    error::AppError,
    jobs::{self, Job, JobContext, JobError, Occurrence},
};

/// Something was published: those whom it is for are told.
#[derive(Debug, Serialize, Deserialize)]
pub struct Announce {
    /// Which post.
    pub post_id: Uuid,
}

impl Job for Announce {
    const KIND: &'static str = "content.announce";

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.post_id))
    }
}

/// Something was archived: nobody is told of it any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Withdraw {
    /// Which post.
    pub post_id: Uuid,
    /// When: it may be restored and archived again.
    pub archived_at: DateTime<Utc>,
}

impl Job for Withdraw {
    const KIND: &'static str = "content.withdraw";

    fn dedup_key(&self) -> Option<String> {
        let Self {
            post_id,
            archived_at,
        } = self;
        Some(format!(
            "{}:{post_id}:{}",
            Self::KIND,
            archived_at.timestamp_micros()
        ))
    }
}

/// A notice of news whose reader may want it by mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailNews {
    /// Which notice; everything else is read when the mail is written.
    pub notice_id: Uuid,
    /// The end of the quiet hours it waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<DateTime<Utc>>,
}

impl MailNews {
    /// As soon as possible.
    pub fn now(notice_id: Uuid) -> Self {
        Self {
            notice_id,
            not_before: None,
        }
    }
}

impl Job for MailNews {
    const KIND: &'static str = "content.mail";

    fn dedup_key(&self) -> Option<String> {
        let wait = self.not_before.map_or(0, |instant| instant.timestamp());
        Some(format!("{}:{}:{wait}", Self::KIND, self.notice_id))
    }

    fn run_at(&self) -> Option<DateTime<Utc>> {
        self.not_before
    }
}

/// Tells those whom a post is for; told already is told.
///
/// # Errors
/// The database's: tried again.
pub async fn announce(context: JobContext, job: Announce) -> Result<(), JobError> {
    let post = job.post_id;
    Ok(context
        .db()
        .write(move |tx| work::announce(tx, post))
        .await?)
}

/// Takes back what was told of a post.
///
/// # Errors
/// The database's: tried again.
pub async fn withdraw(context: JobContext, job: Withdraw) -> Result<(), JobError> {
    let post = job.post_id;
    Ok(context
        .db()
        .write(move |tx| work::withdraw(tx, post))
        .await?)
}

/// Mails the title of a piece of news, unless it was read meanwhile; later when it falls in quiet hours.
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn mail_news(context: JobContext, job: MailNews) -> Result<(), JobError> {
    let notice_id = job.notice_id;
    let letter = context
        .db()
        .read(move |tx| work::letter(tx, notice_id))
        .await?;
    let Some(letter) = letter else {
        return Ok(());
    };
    if let Some(morning) = letter.quiet_until {
        let later = MailNews {
            notice_id,
            not_before: Some(morning),
        };
        let enqueue = move |tx: &mut _| jobs::enqueue(tx, &later);
        return Ok(context.db().write::<()>(enqueue).await?);
    }
    let mail = emails::news(context.app(), &letter)
        .map_err(|error: AppError| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

/// Publishes what is due, every minute.
///
/// # Errors
/// The database's: tried again.
pub async fn publish_due(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let published = context.db().write(work::publish_due).await?;
    Ok(json!({ "published": published }))
}

/// Counts who read what was published, every night, and forgets what was read long ago.
///
/// # Errors
/// The database's: tried again.
pub async fn count_readers(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let posts = context.db().write(work::count_readers).await?;
    Ok(json!({ "posts": posts }))
}
