//! What the members of a company's HR are told by mail about each other's doings.

/// What somebody may turn off, as one line of the preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Who joins the team, is suspended, comes back.
    Team,
    /// Which domains employees' addresses may have.
    Domains,
}

impl Topic {
    /// Every topic, in the order of the preferences.
    pub const ALL: [Self; 2] = [Self::Team, Self::Domains];

    /// The name in `hr_preferences.muted_mail`, and of its field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Domains => "domains",
        }
    }
}

/// Something that one of them did and the others may want to know, by the name of its deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doing {
    /// Its number in the queue, which holds no words; never reused for something else.
    pub number: i16,
    /// As the audit trail has it.
    pub action: &'static str,
    /// What mutes it.
    pub topic: Topic,
    /// The key of its sentence.
    pub lead_key: &'static str,
}

const DOINGS: [Doing; 5] = [
    Doing {
        number: 1,
        action: "HR_INVITED",
        topic: Topic::Team,
        lead_key: "clients-mail-team-invited",
    },
    Doing {
        number: 2,
        action: "HR_SUSPENDED",
        topic: Topic::Team,
        lead_key: "clients-mail-team-suspended",
    },
    Doing {
        number: 3,
        action: "HR_REACTIVATED",
        topic: Topic::Team,
        lead_key: "clients-mail-team-reactivated",
    },
    Doing {
        number: 4,
        action: "DOMAIN_CONFIRMED",
        topic: Topic::Domains,
        lead_key: "clients-mail-domain-confirmed",
    },
    Doing {
        number: 5,
        action: "DOMAIN_DROPPED",
        topic: Topic::Domains,
        lead_key: "clients-mail-domain-dropped",
    },
];

impl Doing {
    /// What a deed is to the team; nothing for the others.
    #[must_use]
    pub fn of(action: &str) -> Option<Self> {
        DOINGS.into_iter().find(|doing| doing.action == action)
    }

    /// The one with this number.
    #[must_use]
    pub fn numbered(number: i16) -> Option<Self> {
        DOINGS.into_iter().find(|doing| doing.number == number)
    }

    /// Where to look at it.
    #[must_use]
    pub fn page(self) -> &'static str {
        match self.topic {
            Topic::Team => "/rh/company/team",
            Topic::Domains => "/rh/company/domains",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_something_to_tell() {
        for topic in Topic::ALL {
            assert!(DOINGS.iter().any(|doing| doing.topic == topic));
        }
        assert_eq!(Doing::of("COMPANY_CORRECTED"), None);
        for doing in DOINGS {
            assert_eq!(Doing::of(doing.action), Some(doing));
            assert_eq!(Doing::numbered(doing.number), Some(doing));
        }
    }
}
