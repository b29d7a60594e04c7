//! The texts people agree to.

/// The version of the texts in `i18n/*/privacy.ftl`. A change of meaning there gets a new version
/// here, and is asked for again; a corrected spelling does not.
pub const CURRENT_VERSION: &str = "2026-11";

/// What can be agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// The terms of use: what the service is and is not.
    Terms,
    /// Keeping data about one's health (RGPD, article 9.2.a).
    HealthData,
}

impl Consent {
    /// What activating an account asks for.
    pub const ALL: [Self; 2] = [Self::Terms, Self::HealthData];

    /// The value of `consents.kind`, and the name of its box.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::HealthData => "health_data",
        }
    }

    /// The title of the text.
    #[must_use]
    pub fn title_key(self) -> &'static str {
        match self {
            Self::Terms => "privacy-terms-title",
            Self::HealthData => "privacy-data-title",
        }
    }
}
