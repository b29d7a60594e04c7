//! A thousand companies, two years each, and somebody who reads all of it.

mod rules;
mod solver;
mod worlds;

use std::{collections::HashSet, thread};

use self::solver::Way;
use super::{
    Rule, Rules, Setting,
    rules::{History, Outcome, Publication, publish},
};

const COMPANIES: u64 = 1_000;

/// Everything published of a company.
fn published(seed: u64, setting: Setting, rules: Rules) -> Vec<Publication> {
    let mut history = History::default();
    worlds::company(seed, setting)
        .iter()
        .map(|month| {
            let publication = publish(month, &history, rules);
            history.keep(&publication, rules);
            publication
        })
        .collect()
}

/// What happens to many companies.
#[derive(Default)]
struct Toll {
    found: HashSet<Way>,
    companies_shown: usize,
    departments_shown: usize,
    bands_shown: usize,
    hidden: HashSet<super::Reason>,
}

fn toll(seeds: std::ops::Range<u64>, setting: Setting, rules: Rules) -> Toll {
    let mut toll = Toll::default();
    for seed in seeds {
        let months = published(seed, setting, rules);
        toll.found.extend(solver::attack(&months, rules));
        for month in &months {
            toll.companies_shown += usize::from(month.company.figures().is_some());
            toll.bands_shown += month.bands.len();
            let departments = month
                .departments
                .iter()
                .map(|department| department.outcome);
            for outcome in departments.chain([month.company]) {
                match outcome {
                    Outcome::Hidden(reason) => {
                        toll.hidden.insert(reason);
                    }
                    Outcome::Shown(_) => toll.departments_shown += 1,
                }
            }
        }
        toll.departments_shown -= months
            .iter()
            .filter(|month| month.company.figures().is_some())
            .count();
    }
    toll
}

fn of_a_thousand(setting: Setting) -> Vec<Toll> {
    let half = COMPANIES / 2;
    thread::scope(|scope| {
        let halves = [0..half, half..COMPANIES]
            .map(|seeds| scope.spawn(move || toll(seeds, setting, Rules::STRICT)));
        halves
            .into_iter()
            .map(|half| half.join().expect("a toll"))
            .collect()
    })
}

#[test]
fn nobody_is_found_out_by_figures_of_companies_and_departments() {
    let tolls = of_a_thousand(Setting::Aggregate);
    let sum = |of: fn(&Toll) -> usize| tolls.iter().map(of).sum::<usize>();
    let found: HashSet<Way> = tolls.iter().flat_map(|toll| toll.found.clone()).collect();
    assert_eq!(found, HashSet::new());
    // Silence would be safe as well: much is published, and everything that hides does hide.
    let (companies, departments) = (
        sum(|toll| toll.companies_shown),
        sum(|toll| toll.departments_shown),
    );
    println!("{companies} months of companies and {departments} of departments are shown");
    assert!(companies > 4_000, "{companies}");
    assert!(departments > 1_000, "{departments}");
    let hidden: HashSet<_> = tolls.iter().flat_map(|toll| toll.hidden.clone()).collect();
    assert_eq!(hidden.len(), super::Reason::ALL.len(), "{hidden:?}");
}

#[test]
fn nobody_is_found_out_by_bands() {
    let tolls = of_a_thousand(Setting::Banded);
    let found: HashSet<Way> = tolls.iter().flat_map(|toll| toll.found.clone()).collect();
    assert_eq!(found, HashSet::new());
    let bands: usize = tolls.iter().map(|toll| toll.bands_shown).sum();
    assert!(bands > 4_000, "{bands}");
}

/// The first companies are enough to see what each rule is for.
fn ways_without(rule: Rule, setting: Setting) -> HashSet<Way> {
    toll(0..120, setting, Rules::without(rule)).found
}

#[test]
fn each_rule_left_out_lets_somebody_be_found_out() {
    for (rule, way) in [
        (Rule::Users, Way::Group),
        (Rule::Others, Way::Group),
        (Rule::Rest, Way::Group),
        (Rule::Differences, Way::Combination),
        (Rule::Silence, Way::Combination),
        (Rule::Forced, Way::Difference),
    ] {
        let ways = ways_without(rule, Setting::Aggregate);
        assert!(ways.contains(&way), "without {rule:?}: {ways:?}");
    }
    let ways = ways_without(Rule::Bands, Setting::Banded);
    assert!(ways.contains(&Way::Band), "{ways:?}");
    let ways = ways_without(Rule::Forced, Setting::Banded);
    assert!(ways.contains(&Way::Difference), "{ways:?}");
}

#[test]
fn ten_people_are_what_five_and_five_make() {
    // The smallest group follows from the other rules, and saves a look at smaller ones.
    assert_eq!(
        ways_without(Rule::Headcount, Setting::Aggregate),
        HashSet::new()
    );
}
