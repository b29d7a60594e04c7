//! What a clinical note is, without a database: its kinds, its limits, how long it is kept.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Months, Utc};
use uuid::Uuid;

use crate::{
    booking::model::Status,
    infra::i18n::{self, Locale},
    practitioners::model::full_name,
};

/// Years that a record is kept after its last act, unless `NOTES_RETENTION_YEARS` says otherwise.
///
/// Article R. 1112-7 of the French Code de la santé publique: twenty years from the patient's last stay or
/// consultation. It binds health establishments; the orders and the CNIL (its guideline for practices of
/// health professionals) have independent practitioners follow it. The last act is the last consultation
/// of the two that was not called off, or the last thing written, whichever is later.
pub const RETENTION_YEARS: u32 = 20;

/// Whatever happened last before this moment has been kept long enough.
pub fn kept_since(now: DateTime<Utc>, years: u32) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(years.saturating_mul(12)))
        .unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// What a note is about: one of each at most for a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What was said and done.
    Session,
    /// The first assessment.
    Assessment,
    /// Where the patient stands since the last time.
    FollowUp,
    /// What was prescribed.
    Prescription,
    /// To whom the patient was referred, and why.
    Referral,
}

/// No kind of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of note")]
pub struct NoKind;

impl Kind {
    /// The most frequent first.
    pub const ALL: [Self; 5] = [
        Self::Session,
        Self::Assessment,
        Self::FollowUp,
        Self::Prescription,
        Self::Referral,
    ];

    /// Its name in the database and in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Assessment => "assessment",
            Self::FollowUp => "follow_up",
            Self::Prescription => "prescription",
            Self::Referral => "referral",
        }
    }

    /// The key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Session => "notes-kind-session",
            Self::Assessment => "notes-kind-assessment",
            Self::FollowUp => "notes-kind-follow-up",
            Self::Prescription => "notes-kind-prescription",
            Self::Referral => "notes-kind-referral",
        }
    }

    /// The key of what it is for.
    pub const fn detail_key(self) -> &'static str {
        match self {
            Self::Session => "notes-kind-session-detail",
            Self::Assessment => "notes-kind-assessment-detail",
            Self::FollowUp => "notes-kind-follow-up-detail",
            Self::Prescription => "notes-kind-prescription-detail",
            Self::Referral => "notes-kind-referral-detail",
        }
    }
}

impl FromStr for Kind {
    type Err = NoKind;

    fn from_str(text: &str) -> Result<Self, NoKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(NoKind)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether there is something to write about: it goes on or is over, or nobody came. The policy
/// `author_begins` says the same.
pub const fn may_be_noted(status: Status) -> bool {
    matches!(
        status,
        Status::InProgress | Status::Completed | Status::NoShow
    )
}

/// What stands for a patient whose account is erased, always the same: four digits of the random id, which
/// tell apart the patients of one practitioner and say nothing.
pub fn pseudonym(locale: Locale, patient: Uuid) -> String {
    let code = patient.simple().to_string()[..4].to_uppercase();
    i18n::text_with(locale, "notes-pseudonym", &[("code", code.into())])
}

/// How a patient is called, everywhere in this domain: by the name of the `users` row, by a pseudonym once
/// that has none.
pub fn patient_name(locale: Locale, patient: &Patient) -> String {
    let name = full_name("", &patient.first_name, &patient.last_name);
    match name.is_empty() {
        true => pseudonym(locale, patient.id),
        false => name,
    }
}

/// A patient, as the `users` row has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// The account.
    pub id: Uuid,
    /// Empty once the account is erased.
    pub first_name: String,
    /// Empty once the account is erased.
    pub last_name: String,
}

impl Patient {
    /// Whether there is still somebody: an account that is erased is nobody's.
    pub fn is_known(&self) -> bool {
        !self.first_name.is_empty() || !self.last_name.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("".parse::<Kind>(), Err(NoKind));
    }

    #[test]
    fn twenty_years_are_twenty_years() {
        let now: DateTime<Utc> = "2026-02-28T03:00:00Z".parse().expect("a moment");
        let then: DateTime<Utc> = "2006-02-28T03:00:00Z".parse().expect("a moment");
        assert_eq!(kept_since(now, RETENTION_YEARS), then);
        assert_eq!(kept_since(now, u32::MAX), DateTime::<Utc>::MIN_UTC);
    }

    #[test]
    fn somebody_without_a_name_has_a_pseudonym() {
        let mut patient = Patient {
            id: Uuid::from_u128(0x7f3a_1234 << 96),
            first_name: "Marc".to_owned(),
            last_name: "Petit".to_owned(),
        };
        assert_eq!(patient_name(Locale::Fr, &patient), "Marc Petit");
        patient.first_name.clear();
        patient.last_name.clear();
        assert_eq!(patient_name(Locale::Fr, &patient), "Dossier 7F3A");
        assert_eq!(patient_name(Locale::En, &patient), "Patient 7F3A");
    }
}
