//! Where a company stands with the platform, and what the platform admin decides about it.

/// Where a company stands, as `companies.status` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It asked to join.
    Pending,
    /// A client.
    Active,
    /// A client whose people book nothing for now.
    Suspended,
    /// It asked, and the answer was no.
    Refused,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Active, Self::Suspended, Self::Refused];

    /// The column's value.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Refused => "refused",
        }
    }

    /// The standing with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The key of its name.
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Pending => "metrics-company-pending",
            Self::Active => "metrics-company-active",
            Self::Suspended => "metrics-company-suspended",
            Self::Refused => "metrics-company-refused",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Pending => "warning",
            Self::Active => "success",
            Self::Suspended => "danger",
            Self::Refused => "neutral",
        }
    }
}

/// A step in a company's life that the platform admin takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The request becomes a client.
    Validated,
    /// It does not.
    Refused,
    /// Nothing can be booked until further notice.
    Suspended,
    /// It can again.
    Reactivated,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 4] = [
        Self::Validated,
        Self::Refused,
        Self::Suspended,
        Self::Reactivated,
    ];

    /// The value of `company_decisions.kind`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Validated => "validated",
            Self::Refused => "refused",
            Self::Suspended => "suspended",
            Self::Reactivated => "reactivated",
        }
    }

    /// The decision with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// From where to where it leads. The database knows the same four steps.
    #[must_use]
    pub fn step(self) -> (Standing, Standing) {
        match self {
            Self::Validated => (Standing::Pending, Standing::Active),
            Self::Refused => (Standing::Pending, Standing::Refused),
            Self::Suspended => (Standing::Active, Standing::Suspended),
            Self::Reactivated => (Standing::Suspended, Standing::Active),
        }
    }

    /// Whether somebody has to be told why.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Refused | Self::Suspended)
    }

    /// The deed in the audit trail.
    #[must_use]
    pub fn action(self) -> &'static str {
        match self {
            Self::Validated => "COMPANY_VALIDATED",
            Self::Refused => "COMPANY_REFUSED",
            Self::Suspended => "COMPANY_SUSPENDED",
            Self::Reactivated => "COMPANY_REACTIVATED",
        }
    }

    /// The key of the sentence shown once it is done.
    #[must_use]
    pub fn done_key(self) -> &'static str {
        match self {
            Self::Validated => "clients-validated",
            Self::Refused => "clients-refused",
            Self::Suspended => "clients-suspended",
            Self::Reactivated => "clients-reactivated",
        }
    }
}

/// The key of what a deed is called in a company's history.
#[must_use]
pub fn event_key(action: &str) -> &'static str {
    match action {
        "COMPANY_REQUESTED" => "clients-event-requested",
        "COMPANY_VALIDATED" => "clients-event-validated",
        "COMPANY_REFUSED" => "clients-event-refused",
        "COMPANY_SUSPENDED" => "clients-event-suspended",
        "COMPANY_REACTIVATED" => "clients-event-reactivated",
        "CONTRACT_CHANGED" => "clients-event-contract",
        "NOTICE_CHANGED" => "clients-event-notice",
        "HR_INVITED" => "clients-event-hr-invited",
        "HR_SUSPENDED" => "clients-event-hr-suspended",
        "HR_REACTIVATED" => "clients-event-hr-reactivated",
        "DOMAIN_CONFIRMED" => "clients-event-domain-confirmed",
        "DOMAIN_DROPPED" => "clients-event-domain-dropped",
        "COMPANY_CORRECTED" => "clients-event-corrected",
        "COMPANY_PICTURE_CHANGED" => "clients-event-picture",
        _ => "clients-event-other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_name_one_thing() {
        for standing in Standing::ALL {
            assert_eq!(Standing::from_code(standing.code()), Some(standing));
        }
        for decision in Decision::ALL {
            assert_eq!(Decision::from_code(decision.code()), Some(decision));
            assert_ne!(event_key(decision.action()), "clients-event-other");
        }
    }

    #[test]
    fn what_is_refused_stays_refused() {
        let from: Vec<_> = Decision::ALL.iter().map(|one| one.step().0).collect();
        assert!(!from.contains(&Standing::Refused));
    }
}
