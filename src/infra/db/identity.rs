//! In whose name a transaction runs, and as which PostgreSQL role.

use std::fmt::Write as _;

use uuid::Uuid;

/// A PostgreSQL role that a transaction may become. Each belongs to exactly one of the two logins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PgRole {
    /// Signing in, sessions, links from mails.
    Visitor,
    /// An employee of a client company.
    Employee,
    /// An employee who left: reads what is theirs, keeps the journal.
    Former,
    /// A practitioner.
    Practitioner,
    /// A company's HR.
    Hr,
    /// HuntZen's platform admin.
    Admin,
    /// The technical operator.
    SuperAdmin,
    /// Background jobs.
    Worker,
}

impl PgRole {
    /// The role's name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visitor => "hz_visitor",
            Self::Employee => "hz_employee",
            Self::Former => "hz_former",
            Self::Practitioner => "hz_practitioner",
            Self::Hr => "hz_hr",
            Self::Admin => "hz_admin",
            Self::SuperAdmin => "hz_super_admin",
            Self::Worker => "hz_worker",
        }
    }

    /// Whether what this role reads of other people is recorded. Employees see of others what these publish
    /// or share with them; visitors are nobody yet.
    pub fn leaves_traces(self) -> bool {
        !matches!(self, Self::Employee | Self::Former | Self::Visitor)
    }

    /// Of the login that reaches what people say to each other.
    pub(super) const CARE: [Self; 3] = [Self::Employee, Self::Former, Self::Practitioner];
    /// Of the other.
    pub(super) const OFFICE: [Self; 5] = [
        Self::Visitor,
        Self::Hr,
        Self::Admin,
        Self::SuperAdmin,
        Self::Worker,
    ];

    pub(super) fn is_care(self) -> bool {
        Self::CARE.contains(&self)
    }
}

/// In whose name a transaction runs.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    /// The role it becomes.
    pub role: PgRole,
    /// `hz.user_id`; absent for anonymous visitors and jobs.
    pub user_id: Option<Uuid>,
    /// `hz.company_id`; absent for people without a company.
    pub company_id: Option<Uuid>,
}

impl Identity {
    /// Nobody yet.
    pub const VISITOR: Self = Self {
        role: PgRole::Visitor,
        user_id: None,
        company_id: None,
    };
    /// The background worker.
    pub const WORKER: Self = Self {
        role: PgRole::Worker,
        user_id: None,
        company_id: None,
    };

    pub(super) fn opening(&self, read_only: bool) -> String {
        let mut sql = String::with_capacity(240);
        let mode = if read_only { " READ ONLY" } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(
            sql,
            "BEGIN{mode}; SET LOCAL ROLE {}; SET LOCAL hz.user_id = '{}'; SET LOCAL hz.company_id = '{}'",
            self.role.name(),
            self.user_id.map(|id| id.to_string()).unwrap_or_default(),
            self.company_id.map(|id| id.to_string()).unwrap_or_default(),
        );
        sql
    }
}
