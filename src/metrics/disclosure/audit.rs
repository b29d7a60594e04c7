//! What sums over groups of people say together.
//!
//! Each published figure is a sum over a group of people whom HR knows by name. Whoever reads several of
//! them can add and subtract them: a company less its departments, a month less the one before it, with
//! who joined and who left in between. The danger is a combination in which nearly everybody cancels out.
//!
//! A [`Ledger`] keeps the groups of all months, as if everybody did the same every month, which is the
//! best that a reader can hope for. A group is *isolating* when, with all those before it, some linear
//! combination (any number of them, any coefficients) is about a few people only. That is the minimum
//! distance of a linear code; it is decided exactly here, because people who are in the same groups share
//! a column, and only the columns of few people can be left over.
//!
//! Arithmetic is that of the integers modulo a prime: a combination with whole coefficients stays one, so
//! none is missed; a false alarm, were there one, hides a figure.

use super::people::People;

/// 2^31 − 1: products of two residues fit in 64 bits.
const PRIME: u64 = (1 << 31) - 1;
/// Branches tried before a group is called isolating unseen.
const MOST_BRANCHES: usize = 2_000;

/// People who are in the same groups, and in which.
#[derive(Clone, Debug)]
struct Class {
    people: People,
    groups: Vec<usize>,
}

/// The groups that figures were given for, or looked at to decide whether to give them.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    groups: Vec<People>,
    classes: Vec<Class>,
    everybody: People,
}

/// What one class asks of the coefficients so that it cancels out.
struct Equation {
    groups: Vec<usize>,
    value: u64,
    people: usize,
}

impl Ledger {
    /// Adds a group.
    pub fn note(&mut self, group: &People) {
        if self.groups.contains(group) || self.implies(group) {
            return;
        }
        let number = self.groups.len();
        let mut classes = Vec::with_capacity(self.classes.len() + 2);
        for class in self.classes.drain(..) {
            let inside = class.people.and(group);
            let outside = class.people.minus(group);
            if !outside.is_empty() {
                classes.push(Class {
                    people: outside,
                    groups: class.groups.clone(),
                });
            }
            if !inside.is_empty() {
                let mut groups = class.groups;
                groups.push(number);
                classes.push(Class {
                    people: inside,
                    groups,
                });
            }
        }
        let new = group.minus(&self.everybody);
        if !new.is_empty() {
            classes.push(Class {
                people: new,
                groups: vec![number],
            });
        }
        self.classes = classes;
        self.everybody = self.everybody.or(group);
        self.groups.push(group.clone());
    }

    /// Whether the groups before add up to this one: it adds nothing to them then.
    fn implies(&self, group: &People) -> bool {
        let (many, few) = self.equations(group, 1);
        let mut system = System::new(self.groups.len());
        many.iter()
            .chain(&few)
            .all(|equation| system.holds(equation))
    }

    /// Whether a figure about `group`, added to all the others, would say something of fewer than `fewest`
    /// people.
    #[must_use]
    pub fn isolates(&self, group: &People, fewest: usize) -> bool {
        if group.is_empty() || self.groups.contains(group) {
            return false;
        }
        let few = 1..fewest;
        if few.contains(&group.len())
            || self
                .groups
                .iter()
                .any(|other| few.contains(&other.differing(group)))
        {
            return true;
        }
        let (many, few) = self.equations(group, fewest);
        let mut system = System::new(self.groups.len());
        if !many.iter().all(|equation| system.holds(equation)) {
            return false;
        }
        let mut whole = system.clone();
        if few.iter().all(|equation| whole.holds(equation)) {
            // What the others say already.
            return false;
        }
        let mut branches = 0;
        system.cancels_but(&few, fewest - 1, &mut branches)
    }

    /// The equations of classes of many people, and those of few, the greatest of these first.
    fn equations(&self, group: &People, fewest: usize) -> (Vec<Equation>, Vec<Equation>) {
        let mut equations = Vec::with_capacity(2 * self.classes.len() + 1);
        let mut ask = |groups: &[usize], value, people: usize| {
            if people > 0 {
                equations.push(Equation {
                    groups: groups.to_vec(),
                    value,
                    people,
                });
            }
        };
        for class in &self.classes {
            let inside = class.people.and(group).len();
            ask(&class.groups, 1, inside);
            ask(&class.groups, 0, class.people.len() - inside);
        }
        ask(&[], 1, group.minus(&self.everybody).len());
        let (many, mut few): (Vec<_>, Vec<_>) = equations
            .into_iter()
            .partition(|equation| equation.people >= fewest);
        few.sort_by_key(|equation| std::cmp::Reverse(equation.people));
        (many, few)
    }
}

/// Linear equations of the groups' coefficients, in echelon form.
#[derive(Clone)]
struct System {
    unknowns: usize,
    /// The position of the leading one, the coefficients, the value.
    rows: Vec<(usize, Vec<u64>, u64)>,
}

/// What an equation is to those before it.
enum Standing {
    Implied,
    Contradicted,
    /// Reduced by them.
    Independent(Vec<u64>, u64),
}

impl System {
    fn new(unknowns: usize) -> Self {
        Self {
            unknowns,
            rows: Vec::new(),
        }
    }

    fn standing(&self, equation: &Equation) -> Standing {
        let mut row = vec![0; self.unknowns];
        for group in &equation.groups {
            row[*group] = 1;
        }
        let mut value = equation.value;
        for (lead, known, known_value) in &self.rows {
            let factor = row[*lead];
            if factor != 0 {
                let taken = PRIME - factor;
                for (own, known) in row.iter_mut().zip(known) {
                    if *known != 0 {
                        *own = (*own + taken * known) % PRIME;
                    }
                }
                value = (value + taken * known_value) % PRIME;
            }
        }
        if row.iter().any(|coefficient| *coefficient != 0) {
            Standing::Independent(row, value)
        } else if value == 0 {
            Standing::Implied
        } else {
            Standing::Contradicted
        }
    }

    fn add(&mut self, mut row: Vec<u64>, value: u64) {
        let Some(lead) = row.iter().position(|coefficient| *coefficient != 0) else {
            return;
        };
        let inverse = power(row[lead], PRIME - 2);
        for coefficient in &mut row {
            *coefficient = *coefficient * inverse % PRIME;
        }
        self.rows.push((lead, row, value * inverse % PRIME));
    }

    /// Asks for an equation; false when it cannot hold with those before it.
    fn holds(&mut self, equation: &Equation) -> bool {
        match self.standing(equation) {
            Standing::Implied => true,
            Standing::Contradicted => false,
            Standing::Independent(row, value) => {
                self.add(row, value);
                true
            }
        }
    }

    /// Whether coefficients exist for which all of `few` cancel out but for `spared` people at most.
    fn cancels_but(&self, few: &[Equation], mut spared: usize, branches: &mut usize) -> bool {
        *branches += 1;
        if *branches > MOST_BRANCHES {
            return true;
        }
        for (index, equation) in few.iter().enumerate() {
            match self.standing(equation) {
                Standing::Implied => {}
                Standing::Contradicted if equation.people <= spared => spared -= equation.people,
                Standing::Contradicted => return false,
                Standing::Independent(row, value) => {
                    let rest = &few[index + 1..];
                    let mut asked = self.clone();
                    asked.add(row, value);
                    return asked.cancels_but(rest, spared, branches)
                        || (equation.people <= spared
                            && self.cancels_but(rest, spared - equation.people, branches));
                }
            }
        }
        true
    }
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
