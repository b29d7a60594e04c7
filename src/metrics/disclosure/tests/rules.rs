//! What is shown of months that one can count on one's fingers.

use proptest::prelude::*;

use crate::metrics::disclosure::{
    Reason, Rules, Setting,
    audit::Ledger,
    people::People,
    rules::{Figures, History, Line, Month, Outcome, Publication, publish},
};

fn group(numbers: impl IntoIterator<Item = usize>) -> People {
    numbers.into_iter().collect()
}

/// `users` of `people` had one consultation of fifty minutes; numbered from `first`.
fn department(month: &mut Month, name: &str, first: usize, (users, people): (usize, usize)) {
    for index in 0..people {
        let consultations = u32::from(index < users);
        month.lines.insert(
            first + index,
            Line {
                department: (!name.is_empty()).then(|| name.to_owned()),
                consultations,
                seconds: 3_000 * u64::from(consultations),
                ..Line::default()
            },
        );
    }
}

fn month(departments: &[(&str, usize, (usize, usize))]) -> Month {
    let mut month = Month::default();
    for (name, first, people) in departments {
        department(&mut month, name, *first, *people);
    }
    month
}

fn first(month: &Month) -> Publication {
    publish(month, &History::default(), Rules::STRICT)
}

fn after(before: &[&Month], month: &Month) -> Publication {
    let mut history = History::default();
    for month in before {
        let published = publish(month, &history, Rules::STRICT);
        history.keep(&published, Rules::STRICT);
    }
    publish(month, &history, Rules::STRICT)
}

fn outcomes(published: &Publication) -> Vec<(&str, Result<usize, Reason>)> {
    published
        .departments
        .iter()
        .map(|department| (department.name.as_str(), users(department.outcome)))
        .collect()
}

fn users(outcome: Outcome) -> Result<usize, Reason> {
    match outcome {
        Outcome::Shown(figures) => Ok(figures.users),
        Outcome::Hidden(reason) => Err(reason),
    }
}

#[test]
fn a_company_needs_ten_people_five_who_came_and_five_who_did_not() {
    for (people, users_of, expected) in [
        (9, 5, Err(Reason::Headcount)),
        (10, 4, Err(Reason::People)),
        (10, 5, Ok(5)),
        (10, 6, Err(Reason::People)),
        (40, 35, Ok(35)),
        (40, 36, Err(Reason::People)),
        (40, 0, Err(Reason::People)),
    ] {
        let published = first(&month(&[("", 0, (users_of, people))]));
        assert_eq!(users(published.company), expected, "{users_of} of {people}");
    }
}

#[test]
fn durations_are_rounded_to_the_half_hour() {
    // 8 × 50 minutes are 6 h 40.
    let published = first(&month(&[("", 0, (8, 20))]));
    let expected = Figures {
        users: 8,
        consultations: 8,
        seconds: 6 * 3_600 + 1_800,
    };
    assert_eq!(published.company, Outcome::Shown(expected));
}

#[test]
fn a_hidden_department_is_never_what_remains() {
    let published = first(&month(&[
        ("Ventes", 0, (10, 30)),
        ("Finance", 30, (6, 20)),
        ("Direction", 50, (2, 3)),
    ]));
    assert_eq!(
        outcomes(&published),
        [
            ("Ventes", Ok(10)),
            ("Finance", Err(Reason::Complement)),
            ("Direction", Err(Reason::Headcount)),
        ]
    );
    // Twenty people remain, but only three of them came.
    let published = first(&month(&[("Ventes", 0, (10, 30)), ("Finance", 30, (3, 20))]));
    assert_eq!(
        outcomes(&published),
        [
            ("Ventes", Err(Reason::People)),
            ("Finance", Err(Reason::People)),
        ]
    );
}

#[test]
fn without_the_company_s_figure_there_is_none_of_a_department() {
    let published = first(&month(&[("Ventes", 0, (2, 20)), ("Finance", 20, (2, 15))]));
    assert_eq!(users(published.company), Err(Reason::People));
    assert_eq!(outcomes(&published)[0].1, Err(Reason::Company));
}

#[test]
fn newcomers_wait_until_they_are_five() {
    let before = month(&[("", 0, (8, 30))]);
    let three_more = month(&[("", 0, (9, 30)), ("", 30, (3, 3))]);
    let published = after(&[&before], &three_more);
    assert_eq!(users(published.company), Ok(9));
    assert_eq!((published.counted.len(), published.headcount), (30, 33));
    let six_more = month(&[("", 0, (9, 30)), ("", 30, (2, 6))]);
    let published = after(&[&before, &three_more], &six_more);
    assert_eq!(published.counted.len(), 36);
    assert_eq!(users(published.company), Ok(11));
}

#[test]
fn who_leaves_darkens_the_months_until_five_have_changed() {
    let before = month(&[("", 0, (8, 30))]);
    let one_left = month(&[("", 1, (8, 29))]);
    let published = after(&[&before], &one_left);
    assert_eq!(users(published.company), Err(Reason::Neighbours));
    let five_left = month(&[("", 5, (6, 25))]);
    let published = after(&[&before, &one_left], &five_left);
    assert_eq!(users(published.company), Ok(6));
}

#[test]
fn a_difference_that_all_who_joined_explain_is_hidden() {
    let before = month(&[("", 0, (8, 30))]);
    for (joined, expected) in [
        (5, Err(Reason::People)),
        (3, Ok(11)),
        (0, Err(Reason::People)),
    ] {
        let now = month(&[("", 0, (8, 30)), ("", 30, (joined, 5))]);
        assert_eq!(users(after(&[&before], &now).company), expected);
    }
}

#[test]
fn bands_come_without_departments_and_add_up() {
    let mut month = month(&[("Ventes", 0, (12, 30)), ("Finance", 30, (6, 20))]);
    month.setting = Setting::Banded;
    let published = first(&month);
    assert!(published.departments.is_empty());
    let people: usize = published.bands.iter().map(|band| band.people).sum();
    assert_eq!(users(published.company), Ok(people));
}

#[test]
fn satisfaction_needs_five_who_reviewed() {
    let mut month = month(&[("", 0, (9, 30))]);
    for number in 0..4 {
        let line = month.lines.get_mut(&number).expect("a line");
        (line.reviews, line.stars) = (2, 9);
    }
    assert_eq!(first(&month).half_stars, None);
    let line = month.lines.get_mut(&4).expect("a line");
    (line.reviews, line.stars) = (1, 3);
    // 39 stars in 9 reviews: 4.33.
    assert_eq!(first(&month).half_stars, Some(9));
}

#[test]
fn by_name_nothing_is_hidden_but_reviews() {
    let mut month = month(&[("Direction", 0, (1, 2))]);
    month.setting = Setting::Named;
    month.lines.get_mut(&0).expect("a line").reviews = 1;
    let published = first(&month);
    assert_eq!(users(published.company), Ok(1));
    assert_eq!(outcomes(&published), [("Direction", Ok(1))]);
    assert_eq!(published.half_stars, None);
}

#[test]
fn the_audit_sees_through_four_months_at_once() {
    let mut ledger = Ledger::default();
    let staff = group(0..40);
    let five_joined = group(0..45);
    let then_four_of_them_left = group((0..41).chain(50..56));
    for group in [&staff, &five_joined] {
        assert!(!ledger.isolates(group, 5));
        ledger.note(group);
    }
    // Another base, five more, of whom four are the same as before: one against one is left.
    let later = group((0..40).chain(60..70));
    let later_joined = group((0..40).chain(60..70).chain(40..44).chain([50]));
    assert!(!ledger.isolates(&later, 5));
    ledger.note(&later);
    assert!(ledger.isolates(&later_joined, 5));
    assert!(!ledger.isolates(&then_four_of_them_left, 5));
}

/// Whether some combination with coefficients −2 to 2 is about one to four people.
fn by_hand(groups: &[People]) -> bool {
    let count = 5_usize.pow(groups.len() as u32);
    (0..count).any(|code| {
        let about = (0..24).filter(|person| {
            let sum: i64 = groups
                .iter()
                .enumerate()
                .filter(|(_, group)| group.contains(*person))
                .map(|(index, _)| (code / 5_usize.pow(index as u32) % 5) as i64 - 2)
                .sum();
            sum != 0
        });
        (1..5).contains(&about.count())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// What the audit lets through has no isolating combination, and what it refuses has one.
    #[test]
    fn the_audit_agrees_with_all_small_combinations(masks in prop::collection::vec(0_u32..1 << 24, 1..5)) {
        let mut ledger = Ledger::default();
        let mut kept: Vec<People> = Vec::new();
        for mask in masks {
            // Runs of people, so that groups overlap in few classes.
            let group = group((0..24).filter(|person| mask >> (person / 3 * 3) & 1 == 1 || mask >> person & 7 == 7));
            kept.push(group.clone());
            let isolates = ledger.isolates(&group, 5);
            if by_hand(&kept) {
                prop_assert!(isolates, "{kept:?}");
            }
            if isolates {
                kept.pop();
            } else {
                ledger.note(&group);
            }
        }
    }

    /// However a company is made up, what is shown is about five and five.
    #[test]
    fn every_cell_is_about_ten_people(sizes in prop::collection::vec((0_usize..30, 0_usize..30), 1..6)) {
        let mut month = Month::default();
        let mut next = 0;
        for (index, (users, others)) in sizes.iter().enumerate() {
            department(&mut month, &format!("S{index}"), next, (*users, users + others));
            next += users + others;
        }
        let published = first(&month);
        let mut rest = (published.counted.len(), published.company.figures().map_or(0, |f| f.users));
        for department in &published.departments {
            if let Outcome::Shown(figures) = department.outcome {
                prop_assert!(figures.users >= 5 && department.people.len() - figures.users >= 5);
                rest = (rest.0 - department.people.len(), rest.1 - figures.users);
            }
        }
        if published.company.figures().is_some() && rest.0 > 0 {
            prop_assert!(rest.1 >= 5 && rest.0 - rest.1 >= 5);
        }
    }
}
