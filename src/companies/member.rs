//! The form that invites somebody to a company's HR, for the platform admin and for HR itself.

use serde::Deserialize;

use super::{
    queries::NewMember,
    request::{PERSON_CHARS, Wrong, line, or_noted, work_address},
};
use crate::{auth::email_address::EmailAddress, infra::i18n::Locale};

/// Whoever is to join HR's team.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MemberForm {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The login.
    pub email: String,
    /// The language of the invitation.
    pub locale: String,
}

impl MemberForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<NewMember, Wrong> {
        let mut wrong = Wrong::new();
        let first = or_noted(
            &mut wrong,
            "first_name",
            line(&self.first_name, PERSON_CHARS),
        );
        let last = or_noted(&mut wrong, "last_name", line(&self.last_name, PERSON_CHARS));
        let email: Option<EmailAddress> = or_noted(&mut wrong, "email", work_address(&self.email));
        match (first, last, email) {
            (Some(first_name), Some(last_name), Some(email)) => Ok(NewMember {
                first_name,
                last_name,
                email,
                locale: Locale::from_code(&self.locale).unwrap_or_default(),
            }),
            _ => Err(wrong),
        }
    }
}
