//! What an employer never sees, and the tables where it is.

/// A kind of data that HR has no right on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// With whom, when, where, how.
    Appointments,
    /// What is written to a practitioner.
    Messages,
    /// What a practitioner writes of a session, for themselves.
    Notes,
    /// What is written for oneself, and what of it is shared with a practitioner.
    Journal,
    /// For which hours one waits.
    Waiting,
    /// Reviews and reported problems.
    Opinions,
    /// Notices, their mails, the personal address, the calendar, which news one has read.
    Notices,
    /// Which days something took place.
    Days,
    /// What was agreed to.
    Consents,
    /// Copies of their data that people ask for.
    Rights,
    /// The keys that open what is encrypted.
    Keys,
}

impl Secret {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Appointments,
        Self::Notes,
        Self::Journal,
        Self::Messages,
        Self::Opinions,
        Self::Waiting,
        Self::Notices,
        Self::Days,
        Self::Consents,
        Self::Rights,
        Self::Keys,
    ];

    /// The tables that hold it.
    #[must_use]
    pub const fn tables(self) -> &'static [&'static str] {
        match self {
            Self::Appointments => &[
                "consultations",
                "consultation_events",
                "kept_consultations",
                "presences",
                "video_rooms",
                "call_signals",
                "duration_contests",
            ],
            Self::Messages => &[
                "chat_threads",
                "chat_messages",
                "chat_attachments",
                "chat_reads",
            ],
            Self::Notes => &["clinical_records", "clinical_notes", "clinical_addenda"],
            Self::Journal => &["journal_entries", "journal_shares"],
            Self::Waiting => &["waitlist_requests", "waitlist_offers", "freed_slots"],
            Self::Opinions => &["practitioner_reviews", "problem_reports"],
            Self::Notices => &[
                "notices",
                "notification_preferences",
                "personal_addresses",
                "calendar_feeds",
                "disclosure_acknowledgements",
                "news_readings",
            ],
            Self::Days => &["employee_activity_daily"],
            Self::Consents => &["consents"],
            Self::Rights => &["data_exports", "data_export_parts", "erasures"],
            Self::Keys => &["data_keys"],
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn title_key(self) -> &'static str {
        match self {
            Self::Appointments => "privacy-secret-appointments",
            Self::Messages => "privacy-secret-messages",
            Self::Notes => "privacy-secret-notes",
            Self::Journal => "privacy-secret-journal",
            Self::Waiting => "privacy-secret-waiting",
            Self::Opinions => "privacy-secret-opinions",
            Self::Notices => "privacy-secret-notices",
            Self::Days => "privacy-secret-days",
            Self::Consents => "privacy-secret-consents",
            Self::Rights => "privacy-secret-rights",
            Self::Keys => "privacy-secret-keys",
        }
    }

    /// What it holds.
    #[must_use]
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Appointments => "privacy-secret-appointments-text",
            Self::Messages => "privacy-secret-messages-text",
            Self::Notes => "privacy-secret-notes-text",
            Self::Journal => "privacy-secret-journal-text",
            Self::Waiting => "privacy-secret-waiting-text",
            Self::Opinions => "privacy-secret-opinions-text",
            Self::Notices => "privacy-secret-notices-text",
            Self::Days => "privacy-secret-days-text",
            Self::Consents => "privacy-secret-consents-text",
            Self::Rights => "privacy-secret-rights-text",
            Self::Keys => "privacy-secret-keys-text",
        }
    }

    /// The icon beside it.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Appointments => "calendar-days",
            Self::Messages => "message-circle",
            Self::Notes => "file-text",
            Self::Journal => "notebook-pen",
            Self::Waiting => "clock",
            Self::Opinions => "star",
            Self::Notices => "bell",
            Self::Days => "chart-column",
            Self::Consents => "shield-check",
            Self::Rights => "download",
            Self::Keys => "lock",
        }
    }
}
