//! What HR does to several employees at a time: the rules, without any database.

use uuid::Uuid;

use super::model::EmployeeStatus;

/// Most people of one selection: their ids fit in a form.
pub const MOST_PEOPLE: usize = 1_000;

/// What is done to everybody who is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sends an invitation, or sends it again.
    Invite,
    /// Gives another department.
    Move,
    /// Takes the access away.
    Suspend,
    /// Gives it back.
    Reactivate,
}

impl Action {
    /// Every action, the most usual first.
    pub const ALL: [Self; 4] = [Self::Invite, Self::Move, Self::Suspend, Self::Reactivate];

    /// The value in addresses, forms and the table.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Move => "move",
            Self::Suspend => "suspend",
            Self::Reactivate => "reactivate",
        }
    }

    /// The action with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }

    /// Whether it changes anything for somebody with this status. Of a department only the database can
    /// tell, when it is known which one.
    #[must_use]
    pub fn concerns(self, status: EmployeeStatus) -> bool {
        let awaits_activation = matches!(
            status,
            EmployeeStatus::Pending | EmployeeStatus::Expired | EmployeeStatus::Bounced
        );
        match self {
            Self::Invite => awaits_activation,
            Self::Move => true,
            Self::Suspend => status != EmployeeStatus::Suspended,
            Self::Reactivate => status == EmployeeStatus::Suspended,
        }
    }

    /// What the trail of deeds calls it.
    #[must_use]
    pub fn deed(self) -> &'static str {
        match self {
            Self::Invite => "EMPLOYEES_INVITED",
            Self::Move => "EMPLOYEES_MOVED",
            Self::Suspend => "EMPLOYEES_SUSPENDED",
            Self::Reactivate => "EMPLOYEES_REACTIVATED",
        }
    }
}

/// Reads the ids of a form, each once; nothing when one of them is none.
#[must_use]
pub fn read_people(text: &str) -> Vec<Uuid> {
    let mut people: Vec<Uuid> = text
        .split_ascii_whitespace()
        .take(MOST_PEOPLE)
        .map_while(|id| id.parse().ok())
        .collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Writes them as [`read_people`] reads them.
#[must_use]
pub fn write_people(people: impl IntoIterator<Item = Uuid>) -> String {
    let people: Vec<String> = people.into_iter().map(|id| id.to_string()).collect();
    people.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_read_as_it_is_written() {
        for action in Action::ALL {
            assert_eq!(Action::from_code(action.code()), Some(action));
        }
        assert_eq!(Action::from_code("promote"), None);
    }

    #[test]
    fn an_action_concerns_those_for_whom_it_changes_something() {
        let concerned = |action: Action| -> Vec<EmployeeStatus> {
            let all = EmployeeStatus::ALL.into_iter();
            all.filter(|status| action.concerns(*status)).collect()
        };
        assert_eq!(concerned(Action::Reactivate), [EmployeeStatus::Suspended]);
        assert_eq!(
            concerned(Action::Suspend).len(),
            EmployeeStatus::ALL.len() - 1
        );
        assert!(!concerned(Action::Invite).contains(&EmployeeStatus::Active));
        assert!(!concerned(Action::Invite).contains(&EmployeeStatus::Suspended));
    }

    #[test]
    fn people_are_read_once_each_and_as_many_as_fit() {
        let ids: Vec<Uuid> = (0..1_200).map(Uuid::from_u128).collect();
        let twice = ids.iter().take(3).chain(ids.iter().take(3)).copied();
        assert_eq!(read_people(&write_people(twice)), ids[..3]);
        assert_eq!(read_people(&write_people(ids)).len(), MOST_PEOPLE);
        assert!(read_people("x' OR 1=1").is_empty());
        assert!(read_people("").is_empty());
    }
}
