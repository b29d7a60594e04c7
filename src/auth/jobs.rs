//! What accounts do after the answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::infra::jobs::Job;

/// Somebody asked for a reset link. Whether the address has an account is found out later, so that
/// asking takes the same time for everybody.
#[derive(Debug, Serialize, Deserialize)]
pub struct PasswordResetRequested {
    /// The address as typed, parsed.
    pub address: String,
    /// When.
    pub requested_at: DateTime<Utc>,
}

impl Job for PasswordResetRequested {
    const KIND: &'static str = "auth.password_reset_requested";
}
