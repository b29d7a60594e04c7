//! The rules of employees, seats and invitations.

use chrono::Duration;

/// How long an invitation's link works.
pub const INVITATION_DAYS: i64 = 7;
/// How long the rows of an import are kept: to confirm it, then to correct what was refused.
pub const STAGED_HOURS: i64 = 24;
/// Within this long after an acceptance, the same form sent again is a double click.
pub const DOUBLE_SUBMIT: Duration = Duration::minutes(2);

/// The most notice that an appointment may ask for: a week, in hours.
const MOST_NOTICE: i32 = 168;

/// Hours of notice, as the rules of appointments have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeHours(i32);

impl NoticeHours {
    /// Whole hours, from none to a week; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let hours = text.parse().ok().filter(|_| digits)?;
        (0..=MOST_NOTICE).contains(&hours).then_some(Self(hours))
    }

    /// The hours.
    pub fn get(self) -> i32 {
        self.0
    }
}

/// What HR needs to know of an employee's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmployeeStatus {
    /// Invited; the link still works.
    Pending,
    /// Invited; the link has ended unused.
    Expired,
    /// Invited; the mail was given up, nobody seems to read that address.
    Bounced,
    /// May sign in.
    Active,
    /// May not sign in until HR says so.
    Suspended,
}

impl EmployeeStatus {
    /// Every status, in the order of an account's life.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Expired,
        Self::Bounced,
        Self::Active,
        Self::Suspended,
    ];

    /// The value in addresses and queries.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Bounced => "bounced",
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// The status with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The key of its name.
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Pending => "companies-status-pending",
            Self::Expired => "companies-status-expired",
            Self::Bounced => "companies-status-bounced",
            Self::Active => "companies-status-active",
            Self::Suspended => "companies-status-suspended",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Pending => "info",
            Self::Expired => "warning",
            Self::Bounced => "danger",
            Self::Active => "success",
            Self::Suspended => "neutral",
        }
    }
}

/// What confirming an import does with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Creates an account and invites.
    New,
    /// Changes the name, department or position of an account.
    Changed,
    /// Finds the account as the file describes it.
    Unchanged,
    /// Does nothing, for a reason.
    Refused,
}

impl RowKind {
    /// Every kind, what asks for attention first.
    pub const ALL: [Self; 4] = [Self::Refused, Self::New, Self::Changed, Self::Unchanged];

    /// The value in addresses and queries.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The key of its name.
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::New => "companies-kind-new",
            Self::Changed => "companies-kind-changed",
            Self::Unchanged => "companies-kind-unchanged",
            Self::Refused => "companies-kind-refused",
        }
    }

    /// The key of what one row of it says.
    #[must_use]
    pub fn row_key(self) -> &'static str {
        match self {
            Self::New => "companies-row-new",
            Self::Changed => "companies-row-changed",
            Self::Unchanged => "companies-row-unchanged",
            Self::Refused => "companies-row-refused",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::New => "success",
            Self::Changed => "info",
            Self::Unchanged => "neutral",
            Self::Refused => "danger",
        }
    }
}

/// The accounts a company's contract covers. A suspended employee holds no seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seats {
    /// `companies.max_employees`; none: no limit.
    pub limit: Option<i64>,
    /// Pending and active employees.
    pub used: i64,
}

impl Seats {
    /// How many of `wanted` more employees do not fit.
    #[must_use]
    pub fn missing_for(self, wanted: i64) -> i64 {
        self.limit
            .map_or(0, |limit| (self.used + wanted - limit).clamp(0, wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_whole_hours_up_to_a_week() {
        for (text, hours) in [("0", 0), (" 24 ", 24), ("168", 168), ("007", 7)] {
            assert_eq!(NoticeHours::parse(text).map(NoticeHours::get), Some(hours));
        }
        for text in [
            "",
            "-1",
            "+5",
            "169",
            "24h",
            "1e2",
            "99999999999999999999",
            "٣",
        ] {
            assert_eq!(NoticeHours::parse(text), None, "{text}");
        }
    }

    #[test]
    fn codes_name_one_status_and_one_kind() {
        for status in EmployeeStatus::ALL {
            assert_eq!(EmployeeStatus::from_code(status.code()), Some(status));
        }
        for kind in RowKind::ALL {
            assert_eq!(RowKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(EmployeeStatus::from_code("deleted"), None);
    }

    #[test]
    fn seats_are_counted_to_the_last() {
        let seats = |limit, used| Seats { limit, used };
        assert_eq!(seats(None, 1_000_000).missing_for(10_000), 0);
        assert_eq!(seats(Some(50), 45).missing_for(5), 0);
        assert_eq!(seats(Some(50), 45).missing_for(6), 1);
        // A limit lowered below what is used refuses the newcomers, not the colleagues.
        assert_eq!(seats(Some(50), 60).missing_for(3), 3);
        assert_eq!(seats(Some(50), 60).missing_for(0), 0);
    }
}
