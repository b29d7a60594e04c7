//! What appointments do after the answer: both sides are told by mail.
//!
//! A mail says what is true when it leaves: news that something newer has overtaken is not sent.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    emails::{self, News},
    model::Status,
    queries::mail,
};
use crate::infra::jobs::{Job, JobContext, JobError};

macro_rules! appointment_jobs {
    ($($(#[$doc:meta])* $name:ident $kind:literal $handler:ident $news:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Serialize, Deserialize)]
        pub struct $name {
            /// Which appointment.
            pub consultation_id: Uuid,
            /// Whom to tell: its employee or its practitioner.
            pub recipient_id: Uuid,
        }

        impl Job for $name {
            const KIND: &'static str = $kind;

            fn dedup_key(&self) -> Option<String> {
                Some(format!("{}:{}:{}", $kind, self.consultation_id, self.recipient_id))
            }
        }

        /// Tells the recipient.
        ///
        /// # Errors
        /// The database's or the mail server's: tried again.
        pub async fn $handler(context: JobContext, job: $name) -> Result<(), JobError> {
            tell(context, News::$news, job.consultation_id, job.recipient_id).await
        }
    )*};
}
appointment_jobs! {
    /// An employee booked.
    AppointmentBooked "booking.booked" tell_booked Booked,
    /// The practitioner confirmed.
    AppointmentConfirmed "booking.confirmed" tell_confirmed Confirmed,
    /// One of them cancelled.
    AppointmentCancelled "booking.cancelled" tell_cancelled Cancelled,
}

async fn tell(
    context: JobContext,
    news: News,
    consultation: Uuid,
    recipient: Uuid,
) -> Result<(), JobError> {
    let appointment = context
        .db()
        .read(move |tx| mail::appointment(tx, consultation, recipient))
        .await?;
    let Some(appointment) = appointment else {
        return Ok(());
    };
    let status: Status = appointment
        .status
        .parse()
        .map_err(|error| JobError::Hopeless(format!("{error}")))?;
    let is_news = match news {
        News::Booked => matches!(status, Status::Scheduled | Status::Confirmed),
        News::Confirmed => status == Status::Confirmed,
        News::Cancelled => status == Status::Cancelled,
    };
    if !is_news || appointment.ends_at <= context.now() {
        return Ok(());
    }
    let mail = emails::appointment(context.app(), consultation, news, &appointment)
        .map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}
