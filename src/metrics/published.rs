//! Frozen months as pages show them: to HR, and to the employees they are about.

use chrono::NaiveDate;

use super::{
    disclosure::{Reason, rules::Outcome},
    model::Activity,
    queries::disclosure::{DepartmentCell, Snapshot},
};

/// A cell, with its figures or the reason for which it has none.
#[derive(Clone, Debug)]
pub struct CellView {
    /// The department; empty for the company.
    pub name: String,
    /// How many people it is about.
    pub people: i64,
    /// Who had a consultation.
    pub users: i64,
    /// What they had.
    pub activity: Activity,
    /// Why nothing of that is shown.
    pub hidden: Option<Reason>,
}

impl CellView {
    fn new(name: String, people: i64, outcome: Outcome) -> Self {
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let (users, activity, hidden) = match outcome {
            Outcome::Hidden(reason) => (0, Activity::default(), Some(reason)),
            Outcome::Shown(figures) => {
                let activity = Activity {
                    count: whole(figures.consultations),
                    seconds: whole(figures.seconds),
                };
                (whole(figures.users as u64), activity, None)
            }
        };
        Self {
            name,
            people,
            users,
            activity,
            hidden,
        }
    }

    /// The company's cell of a month.
    pub fn company(snapshot: &Snapshot) -> Self {
        Self::new(String::new(), snapshot.counted, snapshot.company)
    }

    /// A department's.
    pub fn department(cell: &DepartmentCell) -> Self {
        Self::new(cell.name.clone(), cell.people, cell.outcome)
    }

    /// The share of people who used the service, when it is shown.
    pub fn adoption(&self) -> Option<f64> {
        (self.hidden.is_none() && self.people > 0).then(|| self.users as f64 / self.people as f64)
    }
}

/// Why some cells are hidden, and how many for each reason.
pub fn why<'a>(cells: impl Iterator<Item = &'a CellView>) -> Vec<(Reason, i64)> {
    let hidden: Vec<Reason> = cells.filter_map(|cell| cell.hidden).collect();
    Reason::ALL
        .into_iter()
        .map(|reason| {
            let of = hidden.iter().filter(|other| **other == reason).count();
            (reason, i64::try_from(of).unwrap_or(i64::MAX))
        })
        .filter(|(_, cells)| *cells > 0)
        .collect()
}

/// The day on which a month is frozen.
#[must_use]
pub fn freezing_day(month: NaiveDate) -> Option<NaiveDate> {
    use chrono::{Datelike as _, Months};
    month
        .with_day(super::jobs::FREEZING_DAY)?
        .checked_add_months(Months::new(1))
}
