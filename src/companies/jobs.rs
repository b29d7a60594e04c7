//! What companies do after the answer.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::infra::jobs::Job;

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
