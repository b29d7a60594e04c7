//! What appointments do after the answer: both sides are told by mail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::infra::jobs::Job;

macro_rules! appointment_jobs {
    ($($(#[$doc:meta])* $name:ident $kind:literal),* $(,)?) => {$(
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
    )*};
}
appointment_jobs! {
    /// An employee booked.
    AppointmentBooked "booking.booked",
    /// The practitioner confirmed.
    AppointmentConfirmed "booking.confirmed",
    /// One of them cancelled.
    AppointmentCancelled "booking.cancelled",
}
