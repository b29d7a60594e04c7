//! `/employee`, the "Safe Space": what comes next, or an invitation.

use askama::Template;

use super::appointments::Appointment;
use crate::{
    consultation::queries::{self, Tab},
    infra::{
        actor::{Employee, render},
        error::PageResult,
        page::{PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::queries::disclosure,
};

/// Appointments shown after the next one.
const FOLLOWING: i64 = 3;

/// Mounts the employee's home.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope.get("", show_home);
}

#[derive(Template)]
#[template(path = "dashboard/employee/home.html")]
struct HomePage {
    page: PageContext,
    first_name: String,
    next: Option<Appointment>,
    /// Where to go, when the next one is in person.
    address: Option<String>,
    following: Vec<Appointment>,
    past: i64,
    /// What their company will see from now on, until they have read of it.
    change: Option<disclosure::Choice>,
}

async fn show_home(employee: Employee) -> PageResult {
    let (counts, lines, address, change) = employee
        .db()
        .read(|tx| {
            let counts = queries::employee_counts(tx)?;
            let lines = queries::employee_lines(tx, Tab::Upcoming, 0, 1 + FOLLOWING)?;
            let address = match lines.first() {
                Some(next) => queries::employee_details(tx, next.id)?.address,
                None => None,
            };
            Ok((counts, lines, address, disclosure::unread_choice(tx)?))
        })
        .await?;
    let mut upcoming = Appointment::all(&lines, employee.app().clock.now())?.into_iter();
    let next = upcoming.next();
    let template = HomePage {
        page: employee.page(),
        first_name: employee.identity().first_name.clone(),
        address: address.filter(|_| next.as_ref().is_some_and(Appointment::is_in_person)),
        next,
        following: upcoming.collect(),
        past: counts.past,
        change,
    };
    render(&template.page, &template)
}
