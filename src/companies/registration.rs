//! Employees who register themselves: what a company allows, and what somebody types.

use serde::Deserialize;

use super::{
    email_domains::EmailDomains,
    import::{Cells, EmployeeEntry, Refusals},
    request::work_address,
};
use crate::infra::i18n::Message;

/// How long the link that proves the address works, in hours.
pub const LINK_HOURS: i64 = 24;
/// Registrations from one place within [`COUNTED_HOURS`]: the employees of a site share its address.
pub const MOST_FROM_ONE_PLACE: i64 = 30;
/// Mails to one address within [`COUNTED_HOURS`]: nobody fills a stranger's mailbox from here.
pub const MOST_TO_ONE_ADDRESS: i64 = 3;
/// Over how long registrations are counted.
pub const COUNTED_HOURS: i64 = 24;
/// How long somebody waits for their HR before the registration is forgotten, in days.
pub const WAITING_DAYS: i64 = 90;

/// Whether a company's employees may register themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SelfRegistration {
    /// They may not: HR adds them.
    #[default]
    Off,
    /// They may, and HR decides about each.
    Approval,
    /// They may, as long as the contract has places.
    Automatic,
}

impl SelfRegistration {
    /// Every rule, the strictest first.
    pub const ALL: [Self; 3] = [Self::Off, Self::Approval, Self::Automatic];

    /// The column's value.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Approval => "approval",
            Self::Automatic => "automatic",
        }
    }

    /// The rule with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

/// What a visitor types.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RegistrationForm {
    /// The address at work.
    pub email: String,
    /// The given name.
    pub first_name: String,
    /// The family name.
    pub last_name: String,
}

/// What is wrong with a form.
pub enum Wrong {
    /// The address is none, or one that anybody can have.
    Address(Message),
    /// The names.
    Fields(Refusals, EmailDomains),
}

impl RegistrationForm {
    /// Reads the form by the rules of a file's row. Whether any company has the domain makes no difference.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<EmployeeEntry, Wrong> {
        let address = work_address(&self.email).map_err(Wrong::Address)?;
        let domains = EmailDomains::new([address.domain()]);
        let cells = Cells {
            email: address.as_str(),
            first_name: &self.first_name,
            last_name: &self.last_name,
            ..Cells::default()
        };
        EmployeeEntry::check(&cells, &domains).map_err(|refusals| Wrong::Fields(refusals, domains))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_as_it_is_written_and_none_is_the_strictest() {
        for rule in SelfRegistration::ALL {
            assert_eq!(SelfRegistration::from_code(rule.code()), Some(rule));
        }
        assert_eq!(SelfRegistration::from_code("everybody"), None);
        assert_eq!(SelfRegistration::default(), SelfRegistration::Off);
    }

    #[test]
    fn an_address_that_anybody_can_have_proves_nothing() {
        let form = |email: &str| RegistrationForm {
            email: email.to_owned(),
            first_name: "Chloé".to_owned(),
            last_name: "Durand".to_owned(),
        };
        assert!(form("chloe@techcorp.example").read().is_ok());
        for email in [
            "",
            "chloe",
            "chloe@gmail.com",
            "chloe@techcorp.example, b@c.example",
        ] {
            assert!(
                matches!(form(email).read(), Err(Wrong::Address(_))),
                "{email}"
            );
        }
    }
}
