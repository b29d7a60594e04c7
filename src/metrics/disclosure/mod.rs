//! What of a company's use its HR may learn, and what it may not: the rules, without any database.
//!
//! # Vocabulary
//! - **[Setting](Setting)**: how much a company's HR sees: people by name, counts in bands, or the figures
//!   of the company and of its departments.
//! - **Roster**: who could have used the service in a month, by department: whose account was opened before its end. HR
//!   knows it by heart.
//! - **Counted**: those of the roster whom a month's figures are about. Newcomers may wait.
//! - **Cell**: a figure about a known group: the company, a department.
//! - **Hidden**: a cell without its figures, with the [reason](Reason).
//! - **[Rule](Rule)**: one reason to hide. Tests switch them off one by one to see what each prevents.
//!
//! # What is promised
//! Under [`Setting::Aggregate`] and [`Setting::Banded`], whoever knows every roster and reads every cell of
//! every month finds out nothing about fewer than five people. The assumptions are those that help the
//! reader most: these rules are known to them, and everybody does the same every month.
//!
//! - A figure is about ten people at least, of whom five used the service and five did not.
//! - The same is true of what remains of the company without the departments that are shown.
//! - No combination of figures, of any months, is [about fewer than five people](audit).
//! - Whether a figure is looked at is decided by the rosters alone. One that was looked at counts as if it
//!   had been shown: that it is hidden says something too.
//! - Newcomers alone never darken a month: it is then about the people of the last one.

pub mod audit;
pub mod bands;
pub mod people;
pub mod rules;
#[cfg(test)]
mod tests;

/// The fewest people anything may be about.
pub const FEWEST: usize = 5;
/// The smallest group that has figures: five who used the service and five who did not.
pub const SMALLEST_GROUP: usize = 2 * FEWEST;
/// Durations are rounded to this many seconds: half an hour.
pub const DURATION_STEP: u64 = 1_800;

/// How much a company's HR sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Setting {
    /// Figures of the company and of its departments.
    #[default]
    Aggregate,
    /// How many people had how many consultations, in bands.
    Banded,
    /// Each employee's count and duration, by name.
    Named,
}

impl Setting {
    /// Every setting, the most discreet first.
    pub const ALL: [Self; 3] = [Self::Aggregate, Self::Banded, Self::Named];

    /// The name in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Aggregate => "aggregate",
            Self::Banded => "banded",
            Self::Named => "named",
        }
    }

    /// Reads what [`Self::code`] writes.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.code() == code)
    }

    /// Its name.
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Aggregate => "metrics-setting-aggregate",
            Self::Banded => "metrics-setting-banded",
            Self::Named => "metrics-setting-named",
        }
    }

    /// What HR sees then, in words for everybody.
    #[must_use]
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Aggregate => "metrics-setting-aggregate-text",
            Self::Banded => "metrics-setting-banded-text",
            Self::Named => "metrics-setting-named-text",
        }
    }
}

/// Why a cell is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The group has fewer than ten people.
    Headcount,
    /// Too few used the service or too few did not, here or in the rest of the company.
    People,
    /// The rest of the company would be a few people.
    Complement,
    /// With figures of other months it would be about a few people.
    Neighbours,
    /// The company's own figure is hidden.
    Company,
}

impl Reason {
    /// Every reason, in the order in which a page explains them.
    pub const ALL: [Self; 5] = [
        Self::Headcount,
        Self::People,
        Self::Complement,
        Self::Neighbours,
        Self::Company,
    ];

    /// The name in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Headcount => "headcount",
            Self::People => "people",
            Self::Complement => "complement",
            Self::Neighbours => "neighbours",
            Self::Company => "company",
        }
    }

    /// Reads what [`Self::code`] writes.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The sentence that says so.
    #[must_use]
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Headcount => "metrics-hidden-headcount",
            Self::People => "metrics-hidden-people",
            Self::Complement => "metrics-hidden-complement",
            Self::Neighbours => "metrics-hidden-neighbours",
            Self::Company => "metrics-hidden-company",
        }
    }

    /// Whether figures were looked at to decide it: the only one that says something of them.
    #[must_use]
    pub fn was_looked_at(self) -> bool {
        self == Self::People
    }
}

/// What keeps a cell from being shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Ten people at least.
    Headcount,
    /// Five of them used the service.
    Users,
    /// Five of them did not.
    Others,
    /// Both are true of the rest of the company.
    Rest,
    /// No combination of groups leaves a few people.
    Differences,
    /// What was looked at and hidden counts as a group.
    Silence,
    /// No difference between two months is that of all who joined or of all who left.
    Forced,
    /// Durations in half hours.
    Rounding,
    /// A band has five people.
    Bands,
}

/// The rules in force.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    off: Option<Rule>,
}

impl Rules {
    /// All of them.
    pub const STRICT: Self = Self { off: None };

    /// All but one, to see what it prevents.
    #[cfg(test)]
    fn without(rule: Rule) -> Self {
        Self { off: Some(rule) }
    }

    fn on(self, rule: Rule) -> bool {
        self.off != Some(rule)
    }
}
