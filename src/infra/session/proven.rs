//! The proof that begins a session.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::infra::db::{Identity, PgRole};

/// Proof that somebody showed a secret of an account: its password, or a signed link.
/// Only `auth` makes one, after the check.
#[derive(Clone, Copy, Debug)]
pub struct Proven {
    pub(super) user_id: Uuid,
    company_id: Option<Uuid>,
    pub(super) own_only: bool,
}

impl Proven {
    /// States that the secret of `user_id` was just checked.
    pub(crate) fn checked(user_id: Uuid, company_id: Option<Uuid>) -> Self {
        Self {
            user_id,
            company_id,
            own_only: false,
        }
    }

    /// The same of somebody who left, known by their personal address.
    #[must_use]
    pub(crate) fn of_their_own_only(self) -> Self {
        Self {
            own_only: true,
            ..self
        }
    }

    /// The account.
    pub fn user_id(&self) -> Uuid {
        self.user_id
    }

    pub(in crate::infra) fn identity(&self) -> Identity {
        Identity {
            role: PgRole::Visitor,
            user_id: Some(self.user_id),
            company_id: self.company_id,
        }
    }
}

impl Serialize for Proven {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.user_id, self.company_id, self.own_only).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Proven {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (user_id, company_id, own_only) = Deserialize::deserialize(deserializer)?;
        Ok(Self {
            user_id,
            company_id,
            own_only,
        })
    }
}
