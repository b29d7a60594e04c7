//! A month's cells: which are shown, and why the others are not.

use std::collections::BTreeMap;

use super::{
    DURATION_STEP, FEWEST, Reason, Rule, Rules, SMALLEST_GROUP, Setting,
    audit::Ledger,
    bands::{self, Band},
    people::People,
};

/// One person's month, as the database has it and nobody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The department.
    pub department: Option<String>,
    /// Completed consultations.
    pub consultations: u32,
    /// Their duration in seconds.
    pub seconds: u64,
    /// Published reviews.
    pub reviews: u32,
    /// The stars of all of them.
    pub stars: u32,
}

/// A month before anything is decided: the lines of its roster.
#[derive(Clone, Debug, Default)]
pub struct Month {
    /// In force during the month.
    pub setting: Setting,
    /// Everybody of the roster, by number.
    pub lines: BTreeMap<usize, Line>,
}

/// The figures of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Who had a consultation.
    pub users: usize,
    /// Completed consultations.
    pub consultations: u64,
    /// Their duration in seconds; rounded when it is published.
    pub seconds: u64,
}

/// What is published of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its figures.
    Shown(Figures),
    /// Nothing.
    Hidden(Reason),
}

impl Outcome {
    /// The figures, when they are shown.
    #[must_use]
    pub fn figures(self) -> Option<Figures> {
        match self {
            Self::Shown(figures) => Some(figures),
            Self::Hidden(_) => None,
        }
    }

    /// Whether the figures were looked at: what is known of the group then, shown or hidden.
    #[must_use]
    pub fn was_looked_at(self) -> bool {
        match self {
            Self::Shown(_) => true,
            Self::Hidden(reason) => reason.was_looked_at(),
        }
    }
}

/// A department's cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Its name.
    pub name: String,
    /// Who is counted in it.
    pub people: People,
    /// What is published of it.
    pub outcome: Outcome,
}

/// A month as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// In force during the month.
    pub setting: Setting,
    /// How many the roster has.
    pub headcount: usize,
    /// Whom the figures are about.
    pub counted: People,
    /// The company's cell.
    pub company: Outcome,
    /// The departments' cells.
    pub departments: Vec<Department>,
    /// How many people had how many consultations.
    pub bands: Vec<Band>,
    /// Mean of the published reviews in half stars, of five people at least.
    pub half_stars: Option<u32>,
}

/// Whose cell it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Company,
    Department(String),
}

/// A group and how its people were divided, in a month that was shown.
#[derive(Clone, Debug)]
struct Shown {
    key: Key,
    people: People,
    users: usize,
    bands: Vec<Band>,
}

/// What was published of a company before, as far as it bears on what may follow.
#[derive(Clone, Debug, Default)]
pub struct History {
    ledger: Ledger,
    last: Option<People>,
    shown: Vec<Shown>,
}

impl History {
    /// Remembers a month that was published.
    pub fn keep(&mut self, month: &Publication, rules: Rules) {
        if month.setting == Setting::Named {
            return;
        }
        let heard = |outcome: Outcome| match outcome {
            Outcome::Shown(_) => true,
            Outcome::Hidden(_) => outcome.was_looked_at() && rules.on(Rule::Silence),
        };
        if heard(month.company) {
            self.ledger.note(&month.counted);
            self.last = Some(month.counted.clone());
        }
        if let Some(figures) = month.company.figures() {
            self.shown.push(Shown {
                key: Key::Company,
                people: month.counted.clone(),
                users: figures.users,
                bands: month.bands.clone(),
            });
        }
        for department in &month.departments {
            if heard(department.outcome) {
                self.ledger.note(&department.people);
            }
            if let Some(figures) = department.outcome.figures() {
                self.shown.push(Shown {
                    key: Key::Department(department.name.clone()),
                    people: department.people.clone(),
                    users: figures.users,
                    bands: Vec::new(),
                });
            }
        }
    }

    /// Whether the difference from a month before would be that of all who joined since, or of all who left.
    fn forces(&self, key: &Key, people: &People, users: usize) -> bool {
        self.shown
            .iter()
            .filter(|past| past.key == *key)
            .any(|past| {
                let (users_before, before) = (past.users, past.people.len());
                is_forced(&past.people, people, (users_before, users))
                    || is_forced(
                        &past.people,
                        people,
                        (before - users_before, people.len() - users),
                    )
            })
    }

    /// The same for the people of a band, or of bands that follow each other, and for all others.
    fn forces_a_band(&self, people: &People, bands: &[Band]) -> bool {
        self.shown
            .iter()
            .filter(|past| past.key == Key::Company)
            .any(|past| {
                let everybody = (past.people.len(), people.len());
                bands::alike(&past.bands, bands)
                    .into_iter()
                    .any(|(before, now)| {
                        let others = (everybody.0 - before, everybody.1 - now);
                        is_forced(&past.people, people, (before, now))
                            || is_forced(&past.people, people, others)
                    })
            })
    }
}

/// Whether a number of people changed by just as many as joined, or fell by just as many as left.
fn is_forced(before: &People, now: &People, (then, since): (usize, usize)) -> bool {
    let (joined, left) = (now.minus(before).len(), before.minus(now).len());
    (joined > 0 && since == then + joined) || (left > 0 && then == since + left)
}

/// Figures of those of a month's roster who are in a group.
fn figures(month: &Month, group: &People) -> Figures {
    let of_group = month
        .lines
        .iter()
        .filter(|(number, _)| group.contains(**number));
    of_group.fold(Figures::default(), |sum, (_, line)| Figures {
        users: sum.users + usize::from(line.consultations > 0),
        consultations: sum.consultations + u64::from(line.consultations),
        seconds: sum.seconds + line.seconds,
    })
}

/// To the nearest half hour.
fn rounded(figures: Figures) -> Figures {
    Figures {
        seconds: (figures.seconds + DURATION_STEP / 2) / DURATION_STEP * DURATION_STEP,
        ..figures
    }
}

/// Decides one month with its predecessors.
struct Decision<'a> {
    month: &'a Month,
    history: &'a History,
    rules: Rules,
}

/// What is published of a month, after all that was published before.
#[must_use]
pub fn publish(month: &Month, history: &History, rules: Rules) -> Publication {
    let decision = Decision {
        month,
        history,
        rules,
    };
    match month.setting {
        Setting::Named => decision.named(),
        Setting::Aggregate | Setting::Banded => decision.anonymous(),
    }
}

impl Decision<'_> {
    fn roster(&self) -> People {
        self.month.lines.keys().copied().collect()
    }

    /// By name: HR has each line, so sums hide nothing. Reviews stay anonymous.
    fn named(&self) -> Publication {
        let counted = self.roster();
        let shown = |group: &People| Outcome::Shown(figures(self.month, group));
        Publication {
            setting: Setting::Named,
            headcount: counted.len(),
            company: shown(&counted),
            departments: self
                .departments(&counted)
                .into_iter()
                .map(|(name, people)| Department {
                    outcome: shown(&people),
                    name,
                    people,
                })
                .collect(),
            bands: Vec::new(),
            half_stars: self.half_stars(&counted),
            counted,
        }
    }

    fn anonymous(&self) -> Publication {
        let roster = self.roster();
        let headcount = roster.len();
        let (counted, company) = match self.whom_to_count(&roster) {
            Ok(counted) => {
                let sums = figures(self.month, &counted);
                let company = if self.is_balanced(sums.users, counted.len())
                    && !(self.rules.on(Rule::Forced)
                        && self.history.forces(&Key::Company, &counted, sums.users))
                {
                    Outcome::Shown(self.published(sums))
                } else {
                    Outcome::Hidden(Reason::People)
                };
                (counted, company)
            }
            Err(reason) => (roster, Outcome::Hidden(reason)),
        };
        let shown = company.figures().is_some();
        let aggregate = self.month.setting == Setting::Aggregate;
        Publication {
            setting: self.month.setting,
            headcount,
            departments: match (aggregate, shown) {
                (true, true) => self.department_cells(&counted),
                (true, false) => self.all_hidden(&counted),
                (false, _) => Vec::new(),
            },
            bands: if shown && !aggregate {
                self.bands(&counted)
            } else {
                Vec::new()
            },
            half_stars: self.half_stars(&counted).filter(|_| shown),
            company,
            counted,
        }
    }

    /// The roster, or the people of the last month while only newcomers tell the two apart. Decided
    /// without a look at what anybody did.
    fn whom_to_count(&self, roster: &People) -> Result<People, Reason> {
        if self.rules.on(Rule::Headcount) && roster.len() < SMALLEST_GROUP {
            return Err(Reason::Headcount);
        }
        if !self.rules.on(Rule::Differences) || !self.history.ledger.isolates(roster, FEWEST) {
            return Ok(roster.clone());
        }
        match &self.history.last {
            Some(last) if last.are_among(roster) => Ok(last.clone()),
            _ => Err(Reason::Neighbours),
        }
    }

    /// Whether enough people of a group used the service, and enough did not.
    fn is_balanced(&self, users: usize, people: usize) -> bool {
        (!self.rules.on(Rule::Users) || users >= FEWEST)
            && (!self.rules.on(Rule::Others) || people - users >= FEWEST)
    }

    fn published(&self, sums: Figures) -> Figures {
        if self.rules.on(Rule::Rounding) {
            rounded(sums)
        } else {
            sums
        }
    }

    /// The departments of a group, the greatest first.
    fn departments(&self, group: &People) -> Vec<(String, People)> {
        let mut departments: BTreeMap<&str, People> = BTreeMap::new();
        for (number, line) in &self.month.lines {
            if let Some(name) = &line.department {
                let people = departments.entry(name).or_default();
                if group.contains(*number) {
                    people.insert(*number);
                }
            }
        }
        let mut departments: Vec<(String, People)> = departments
            .into_iter()
            .map(|(name, people)| (name.to_owned(), people))
            .collect();
        departments.sort_by_key(|(_, people)| std::cmp::Reverse(people.len()));
        departments
    }

    fn all_hidden(&self, counted: &People) -> Vec<Department> {
        self.departments(counted)
            .into_iter()
            .map(|(name, people)| Department {
                name,
                people,
                outcome: Outcome::Hidden(Reason::Company),
            })
            .collect()
    }

    fn department_cells(&self, counted: &People) -> Vec<Department> {
        let mut ledger = self.history.ledger.clone();
        ledger.note(counted);
        let mut this_month = Ledger::default();
        this_month.note(counted);
        let mut rest = counted.clone();
        let mut cells = Vec::new();
        for (name, people) in self.departments(counted) {
            let looked_at = if self.rules.on(Rule::Headcount) && people.len() < SMALLEST_GROUP {
                Err(Reason::Headcount)
            } else if !self.rules.on(Rule::Differences) || !ledger.isolates(&people, FEWEST) {
                Ok(())
            } else if this_month.isolates(&people, FEWEST) {
                Err(Reason::Complement)
            } else {
                Err(Reason::Neighbours)
            };
            let outcome = match looked_at {
                Err(reason) => Outcome::Hidden(reason),
                Ok(()) => {
                    ledger.note(&people);
                    this_month.note(&people);
                    self.department_cell(&name, &people, &rest)
                }
            };
            if outcome.figures().is_some() {
                rest = rest.minus(&people);
            }
            cells.push(Department {
                name,
                people,
                outcome,
            });
        }
        cells
    }

    /// A department, while `rest` is the company without those that are shown.
    fn department_cell(&self, name: &str, people: &People, rest: &People) -> Outcome {
        let sums = figures(self.month, people);
        let remaining = rest.minus(people);
        let remaining_users = figures(self.month, &remaining).users;
        let key = Key::Department(name.to_owned());
        let may_show = self.is_balanced(sums.users, people.len())
            && (!self.rules.on(Rule::Rest)
                || remaining.is_empty()
                || self.is_balanced(remaining_users, remaining.len()))
            && !(self.rules.on(Rule::Forced) && self.history.forces(&key, people, sums.users));
        if may_show {
            Outcome::Shown(self.published(sums))
        } else {
            Outcome::Hidden(Reason::People)
        }
    }

    fn bands(&self, counted: &People) -> Vec<Band> {
        let counts: Vec<u32> = self
            .month
            .lines
            .iter()
            .filter(|(number, _)| counted.contains(**number))
            .map(|(_, line)| line.consultations)
            .collect();
        let fine = bands::bands(&counts, self.rules);
        if self.rules.on(Rule::Forced) && self.history.forces_a_band(counted, &fine) {
            // As one band it says what the company's cell says.
            return bands::one_band(&fine);
        }
        fine
    }

    /// Who reviewed is nobody's to know, so five people are enough, and five who did not.
    fn half_stars(&self, counted: &People) -> Option<u32> {
        let lines = self.month.lines.iter();
        let (reviewers, reviews, stars) = lines
            .filter(|(number, line)| counted.contains(**number) && line.reviews > 0)
            .fold((0, 0, 0), |(people, reviews, stars), (_, line)| {
                (people + 1, reviews + line.reviews, stars + line.stars)
            });
        (reviewers >= FEWEST && counted.len() - reviewers >= FEWEST)
            .then(|| (4 * stars + reviews) / (2 * reviews))
    }
}
