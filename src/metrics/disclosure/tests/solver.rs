//! Whoever wants to know: has every roster, every cell of every month, and the rules.
//!
//! Nothing here uses the publisher's own reasoning: groups are recomputed, combinations are searched by
//! eliminating columns in random orders, and worlds are tried out one by one.

use std::collections::HashMap;

use super::worlds::Dice;
use crate::metrics::disclosure::{
    DURATION_STEP, FEWEST, Rules,
    people::People,
    rules::{Figures, History, Line, Month, Outcome, Publication, publish},
};

const PRIME: u64 = 2_147_483_629;
/// Orders of columns tried.
const ORDERS: usize = 3;
/// Ways to distribute the remaining users over the hidden departments that are tried at most.
const MOST_WORLDS: usize = 100;

/// How somebody was found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// A figure, or the company less its departments, is about few people, or all of a group do the same.
    Group,
    /// A band holds few people.
    Band,
    /// The remaining hours, known to half an hour each, cannot be nothing.
    Hours,
    /// Groups of some months add up to few people.
    Combination,
    /// A month differs from another by all who joined, or by all who left.
    Difference,
    /// All distributions that would have been published like this agree on somebody.
    Pattern,
}

/// Everything that is found out of a company.
pub fn attack(months: &[Publication], rules: Rules) -> Vec<Way> {
    let mut found = Vec::new();
    for month in months {
        found.extend(groups(month));
    }
    if combinations(months) {
        found.push(Way::Combination);
    }
    if differences(months) {
        found.push(Way::Difference);
    }
    if patterns(months, rules) {
        found.push(Way::Pattern);
    }
    found
}

fn shown_departments(month: &Publication) -> impl Iterator<Item = (&People, Figures)> {
    month.departments.iter().filter_map(|department| {
        let figures = department.outcome.figures()?;
        Some((&department.people, figures))
    })
}

fn groups(month: &Publication) -> Option<Way> {
    let company = month.company.figures()?;
    let mut rest = (month.counted.clone(), company.users);
    let mut hours = (company.seconds as i64, 1);
    let mut groups = vec![(month.counted.len(), company.users)];
    for (people, figures) in shown_departments(month) {
        groups.push((people.len(), figures.users));
        rest = (rest.0.minus(people), rest.1.saturating_sub(figures.users));
        hours = (hours.0 - figures.seconds as i64, hours.1 + 1);
    }
    let remaining = rest.0.len();
    groups.push((remaining, rest.1));
    let is_telling = |(people, users): &(usize, usize)| {
        *people > 0 && (*people < FEWEST || *users < FEWEST || people - users < FEWEST)
    };
    if groups.iter().any(is_telling) {
        return Some(Way::Group);
    }
    if month.bands.iter().any(|band| band.people < FEWEST) {
        return Some(Way::Band);
    }
    let uncertain = hours.1 * DURATION_STEP as i64 / 2;
    (remaining > 0 && remaining < FEWEST && hours.0 > uncertain).then_some(Way::Hours)
}

/// Every group whose figures were looked at: shown, or hidden for what they were.
fn heard(months: &[Publication]) -> Vec<&People> {
    let mut heard: Vec<&People> = Vec::new();
    for month in months {
        let departments = month
            .departments
            .iter()
            .map(|department| (&department.people, department.outcome));
        for (people, outcome) in std::iter::once((&month.counted, month.company)).chain(departments)
        {
            if outcome.was_looked_at() && !heard.contains(&people) {
                heard.push(people);
            }
        }
    }
    heard
}

fn combinations(months: &[Publication]) -> bool {
    let groups = heard(months);
    let mut columns: HashMap<Vec<bool>, usize> = HashMap::new();
    let everybody = groups
        .iter()
        .fold(People::default(), |all, group| all.or(group));
    for person in everybody.iter() {
        let column = groups.iter().map(|group| group.contains(person)).collect();
        *columns.entry(column).or_default() += 1;
    }
    let (mut many, mut few): (Vec<_>, Vec<_>) = columns
        .into_iter()
        .partition(|(_, people)| *people >= FEWEST);
    many.sort();
    few.sort();
    let mut dice = Dice(groups.len() as u64);
    (0..ORDERS).any(|_| {
        for index in (1..few.len()).rev() {
            few.swap(index, dice.below(index + 1));
        }
        let order: Vec<&(Vec<bool>, usize)> = many.iter().chain(&few).collect();
        sparse_rows(&order, groups.len())
            .into_iter()
            .any(|people| (1..FEWEST).contains(&people))
    })
}

/// How many people each row of the reduced echelon form is about.
fn sparse_rows(columns: &[&(Vec<bool>, usize)], rows: usize) -> Vec<usize> {
    let mut matrix: Vec<Vec<u64>> = (0..rows)
        .map(|row| {
            columns
                .iter()
                .map(|(in_row, _)| u64::from(in_row[row]))
                .collect()
        })
        .collect();
    let mut rank = 0;
    for column in 0..columns.len() {
        let Some(pivot) = (rank..rows).find(|row| matrix[*row][column] != 0) else {
            continue;
        };
        matrix.swap(rank, pivot);
        let inverse = inverse(matrix[rank][column]);
        for value in &mut matrix[rank] {
            *value = *value * inverse % PRIME;
        }
        let pivot = matrix[rank].clone();
        for (index, row) in matrix.iter_mut().enumerate() {
            let factor = row[column];
            if index != rank && factor != 0 {
                for (value, known) in row.iter_mut().zip(&pivot) {
                    *value = (*value + (PRIME - factor) * known) % PRIME;
                }
            }
        }
        rank += 1;
    }
    matrix[..rank]
        .iter()
        .map(|row| {
            let about = row.iter().zip(columns).filter(|(value, _)| **value != 0);
            about.map(|(_, (_, people))| people).sum()
        })
        .collect()
}

fn inverse(value: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, value, PRIME - 2);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent /= 2;
    }
    result
}

fn differences(months: &[Publication]) -> bool {
    let mut cells: HashMap<String, Vec<(&People, usize)>> = HashMap::new();
    for month in months {
        if let Some(figures) = month.company.figures() {
            cells
                .entry(String::new())
                .or_default()
                .push((&month.counted, figures.users));
            for (index, low) in month.bands.iter().enumerate() {
                let mut people = 0;
                for high in &month.bands[index..] {
                    people += high.people;
                    cells
                        .entry(format!("{}–{:?}", low.from, high.to))
                        .or_default()
                        .push((&month.counted, people));
                }
            }
        }
        for department in &month.departments {
            if let Some(figures) = department.outcome.figures() {
                cells
                    .entry(department.name.clone())
                    .or_default()
                    .push((&department.people, figures.users));
            }
        }
    }
    cells.values().any(|seen| {
        seen.iter().enumerate().any(|(index, (people, users))| {
            seen[..index].iter().any(|(before, then)| {
                let joined = people.minus(before).len() as i64;
                let left = before.minus(people).len() as i64;
                let change = *users as i64 - *then as i64;
                let quiet = joined - left - change;
                (joined > 0 && (change == joined || quiet == joined))
                    || (left > 0 && (-change == left || -quiet == left))
            })
        })
    })
}

/// Tries all distributions of the users that remain over the departments that are hidden.
fn patterns(months: &[Publication], rules: Rules) -> bool {
    let mut history = History::default();
    let mut tried = 0;
    for month in months {
        if tried < 1
            && month.company.figures().is_some()
            && let Some(told) = pattern(month, &history, rules)
        {
            tried += 1;
            if told {
                return true;
            }
        }
        history.keep(month, rules);
    }
    false
}

/// `None` when there is nothing to try, or too much.
fn pattern(month: &Publication, history: &History, rules: Rules) -> Option<bool> {
    let company = month.company.figures()?;
    if !month
        .departments
        .iter()
        .any(|department| department.outcome.figures().is_none())
    {
        return None;
    }
    let mut users_left = company.users;
    let mut rest = month.counted.clone();
    for (people, figures) in shown_departments(month) {
        users_left = users_left.checked_sub(figures.users)?;
        rest = rest.minus(people);
    }
    let mut hidden: Vec<&People> = month
        .departments
        .iter()
        .filter(|department| department.outcome.figures().is_none())
        .map(|department| &department.people)
        .filter(|people| !people.is_empty())
        .collect();
    let placed = hidden
        .iter()
        .fold(People::default(), |all, group| all.or(group));
    let nowhere = rest.minus(&placed);
    if !nowhere.is_empty() {
        hidden.push(&nowhere);
    }
    let mut worlds = Vec::new();
    distribute(&hidden, users_left, &mut Vec::new(), &mut worlds);
    if worlds.len() > MOST_WORLDS {
        return None;
    }
    let mut bounds = vec![(usize::MAX, 0); hidden.len()];
    for world in worlds {
        if looks_the_same(month, (&hidden, &world), history, rules) {
            for (bound, users) in bounds.iter_mut().zip(world) {
                *bound = (bound.0.min(users), bound.1.max(users));
            }
        }
    }
    Some(hidden.iter().zip(bounds).any(|(people, (least, most))| {
        let all = people.len();
        least <= most && (most == 0 || least == all || (all < FEWEST && (least > 0 || most < all)))
    }))
}

fn distribute(
    groups: &[&People],
    users: usize,
    so_far: &mut Vec<usize>,
    worlds: &mut Vec<Vec<usize>>,
) {
    let Some((first, others)) = groups.split_first() else {
        if users == 0 {
            worlds.push(so_far.clone());
        }
        return;
    };
    // The others hold no more than they are.
    let room: usize = others.iter().map(|group| group.len()).sum();
    for here in users.saturating_sub(room)..=users.min(first.len()) {
        if worlds.len() > MOST_WORLDS {
            return;
        }
        so_far.push(here);
        distribute(others, users - here, so_far, worlds);
        so_far.pop();
    }
}

/// Whether a world would have been published with the same figures and the same holes.
fn looks_the_same(
    month: &Publication,
    (hidden, world): (&[&People], &[usize]),
    history: &History,
    rules: Rules,
) -> bool {
    let mut imagined = Month {
        setting: month.setting,
        ..Month::default()
    };
    for person in month.counted.iter() {
        let department = month
            .departments
            .iter()
            .find(|department| department.people.contains(person));
        imagined.lines.insert(
            person,
            Line {
                department: department.map(|department| department.name.clone()),
                ..Line::default()
            },
        );
    }
    let shown = shown_departments(month).map(|(people, figures)| (people, figures.users));
    for (people, users) in shown.chain(hidden.iter().copied().zip(world.iter().copied())) {
        for person in people.iter().take(users) {
            if let Some(line) = imagined.lines.get_mut(&person) {
                line.consultations = 1;
            }
        }
    }
    let again = publish(&imagined, history, rules);
    let users = |outcome: Outcome| match outcome {
        Outcome::Shown(figures) => Ok(figures.users),
        Outcome::Hidden(reason) => Err(reason),
    };
    users(again.company) == users(month.company)
        && again.departments.len() == month.departments.len()
        && again
            .departments
            .iter()
            .zip(&month.departments)
            .all(|(one, other)| {
                one.name == other.name && users(one.outcome) == users(other.outcome)
            })
}
