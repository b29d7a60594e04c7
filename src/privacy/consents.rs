//! The texts people agree to, in the versions that were shown.
//!
//! # What an agreement is worth
//! - **Terms**: the contract of use. It is not withdrawn; who no longer wants it deletes the account.
//! - **Health data** (RGPD, article 9.2.a): without it nothing new about one's health is written. The
//!   database refuses the employee's role every new appointment, journal page, message, sharing and place in
//!   a line (the policies named `consented`); what is ahead is cancelled, what is shared ends. What is there
//!   stays readable by its owner, and deletable: withdrawing does not undo what was lawful (article 7.3).
//!
//! # Versions
//! A change of meaning of a text gets a new version here, with its own keys in `i18n/*/privacy.ftl`; a
//! corrected spelling does not. The texts of older versions stay: each person can read what they agreed to.
//! Who agreed to an older version is asked again at the next sign-in, and goes on under the old one until
//! they have answered.

pub mod account;

/// The version that is asked for.
pub const CURRENT_VERSION: &str = "2026-12";

/// What can be agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// The terms of use: what the service is and is not.
    Terms,
    /// Keeping data about one's health (RGPD, article 9.2.a).
    HealthData,
}

/// A paragraph of a text.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// The icon beside it.
    pub icon: &'static str,
    /// i18n key of its first words; it may name the company.
    pub title_key: Option<&'static str>,
    /// i18n key of the rest.
    pub text_key: &'static str,
}

const fn clause(icon: &'static str, title_key: &'static str, text_key: &'static str) -> Clause {
    Clause {
        icon,
        title_key: Some(title_key),
        text_key,
    }
}

const fn plain(icon: &'static str, text_key: &'static str) -> Clause {
    Clause {
        icon,
        title_key: None,
        text_key,
    }
}

const STORED: Clause = clause(
    "clipboard-list",
    "privacy-data-stored",
    "privacy-data-stored-text",
);
const SEEN: Clause = clause("eye", "privacy-data-seen", "privacy-data-seen-text");
const EMPLOYER: Clause = clause(
    "building-2",
    "privacy-data-employer",
    "privacy-data-employer-text",
);
const ENCRYPTION: Clause = clause(
    "lock",
    "privacy-data-encryption",
    "privacy-data-encryption-text",
);

/// How one changed one's mind before there was a page for it.
const HEALTH_DATA_2026_11: [Clause; 5] = [
    STORED,
    SEEN,
    EMPLOYER,
    ENCRYPTION,
    clause(
        "circle-x",
        "privacy-data-withdraw",
        "privacy-data-withdraw-text-2026-11",
    ),
];

const HEALTH_DATA: [Clause; 5] = [
    STORED,
    SEEN,
    EMPLOYER,
    ENCRYPTION,
    clause(
        "circle-x",
        "privacy-data-withdraw",
        "privacy-data-withdraw-text",
    ),
];

const TERMS: [Clause; 3] = [
    plain("heart-handshake", "privacy-terms-service"),
    plain("life-buoy", "privacy-terms-emergency"),
    plain("lock-keyhole", "privacy-terms-account"),
];

impl Consent {
    /// What activating an account asks for.
    pub const ALL: [Self; 2] = [Self::Terms, Self::HealthData];

    /// The value of `consents.kind`, and the name of its box.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::HealthData => "health_data",
        }
    }

    /// Reads what [`Self::kind`] writes.
    #[must_use]
    pub fn from_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|consent| consent.kind() == kind)
    }

    /// The title of the text.
    #[must_use]
    pub const fn title_key(self) -> &'static str {
        match self {
            Self::Terms => "privacy-terms-title",
            Self::HealthData => "privacy-data-title",
        }
    }

    /// What its box says.
    #[must_use]
    pub const fn box_key(self) -> &'static str {
        match self {
            Self::Terms => "privacy-consent-terms",
            Self::HealthData => "privacy-consent-health-data",
        }
    }

    /// Whether it can be taken back while the account stays.
    #[must_use]
    pub const fn is_withdrawable(self) -> bool {
        matches!(self, Self::HealthData)
    }

    /// The text of a version; `None` for a version that never was.
    #[must_use]
    pub fn text(self, version: &str) -> Option<&'static [Clause]> {
        match (self, version) {
            (Self::Terms, "2026-11" | CURRENT_VERSION) => Some(&TERMS),
            (Self::HealthData, "2026-11") => Some(&HEALTH_DATA_2026_11),
            (Self::HealthData, CURRENT_VERSION) => Some(&HEALTH_DATA),
            _ => None,
        }
    }

    /// The text that is asked for today.
    #[must_use]
    pub const fn current_text(self) -> &'static [Clause] {
        match self {
            Self::Terms => &TERMS,
            Self::HealthData => &HEALTH_DATA,
        }
    }
}
