//! Companies that never were, with everything that happened in two years.

use std::collections::BTreeMap;

use crate::metrics::disclosure::{
    Setting,
    rules::{Line, Month},
};

/// Months that HR can look at.
pub const MONTHS: usize = 24;

/// SplitMix64: the same companies at every run.
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// One of `0..sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        (self.roll() % sides as u64) as usize
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }
}

/// How people come and go.
#[derive(Clone, Copy)]
enum Turnover {
    None,
    OneByOne,
    Steady,
    /// By fives and more, and then some of the same leave again.
    InGroups,
    Reorganised,
}

struct Person {
    number: usize,
    department: Option<String>,
    consultations: u32,
    seconds: u64,
}

struct Company {
    dice: Dice,
    people: Vec<Person>,
    departments: usize,
    adoption: usize,
    next: usize,
}

impl Company {
    fn hires(&mut self) {
        let department = self.dice.below(self.departments + 1);
        // The first departments are the great ones, and some people are in none.
        let department = (department > 0).then(|| {
            let rank = self.dice.below(department) + 1;
            format!("Service {rank}")
        });
        self.people.push(Person {
            number: self.next,
            department,
            consultations: 0,
            seconds: 0,
        });
        self.next += 1;
        if let Some(newcomer) = self.people.len().checked_sub(1) {
            self.behaves(newcomer);
        }
    }

    fn behaves(&mut self, index: usize) {
        let consultations = if self.dice.percent(self.adoption) {
            1 + self.dice.below(2) as u32 * self.dice.below(5) as u32
        } else {
            0
        };
        let seconds = (0..consultations)
            .map(|_| 1_200 + self.dice.below(2_400) as u64)
            .sum();
        self.people[index].consultations = consultations;
        self.people[index].seconds = seconds;
    }

    fn leaves(&mut self) {
        if self.people.len() > 1 {
            let index = self.dice.below(self.people.len());
            self.people.swap_remove(index);
        }
    }

    fn a_month_passes(&mut self, turnover: Turnover) {
        match turnover {
            Turnover::None => {}
            Turnover::OneByOne => {
                if self.dice.percent(40) {
                    self.hires();
                }
                if self.dice.percent(30) {
                    self.leaves();
                }
            }
            Turnover::Steady => {
                for _ in 0..self.people.len().div_ceil(25) {
                    self.hires();
                    self.leaves();
                }
            }
            Turnover::InGroups => match self.dice.below(4) {
                0 => (0..5 + self.dice.below(3)).for_each(|_| self.hires()),
                1 => {
                    // Most of the last who came, and some others.
                    for _ in 0..4 {
                        if self.people.len() > 12 {
                            self.people.pop();
                        }
                    }
                    (0..1 + self.dice.below(4)).for_each(|_| self.leaves());
                }
                _ => {}
            },
            Turnover::Reorganised => {
                if self.dice.percent(25) {
                    for _ in 0..1 + self.dice.below(8) {
                        let index = self.dice.below(self.people.len());
                        let rank = self.dice.below(self.departments) + 1;
                        self.people[index].department = Some(format!("Service {rank}"));
                    }
                }
            }
        }
    }

    fn month(&self, setting: Setting) -> Month {
        let lines: BTreeMap<usize, Line> = self
            .people
            .iter()
            .map(|person| {
                let line = Line {
                    department: person.department.clone(),
                    consultations: person.consultations,
                    seconds: person.seconds,
                    ..Line::default()
                };
                (person.number, line)
            })
            .collect();
        Month { setting, lines }
    }
}

/// Two years of a company of 5 to 100 employees. In every other one everybody does the same every month,
/// which is the best that whoever compares months can hope for.
pub fn company(seed: u64, setting: Setting) -> Vec<Month> {
    let mut dice = Dice(seed);
    let size = 5 + dice.below(96);
    let turnover = [
        Turnover::None,
        Turnover::OneByOne,
        Turnover::Steady,
        Turnover::InGroups,
        Turnover::Reorganised,
    ][dice.below(5)];
    let steadfast = dice.percent(50);
    let mut company = Company {
        departments: 1 + dice.below(5),
        adoption: [5, 15, 30, 50, 70, 90][dice.below(6)],
        people: Vec::new(),
        next: 0,
        dice,
    };
    for _ in 0..size {
        company.hires();
    }
    (0..MONTHS)
        .map(|number| {
            if number > 0 {
                company.a_month_passes(turnover);
                if !steadfast {
                    (0..company.people.len()).for_each(|index| company.behaves(index));
                }
            }
            company.month(setting)
        })
        .collect()
}
