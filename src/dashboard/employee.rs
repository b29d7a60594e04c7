//! `/employee`, the "Safe Space": what comes next, or an invitation.

use askama::Template;

use super::appointments::Appointment;
use crate::{
    booking::model::Format,
    companies::queries::{Look, look},
    consultation::queries::{
        self, home,
        suspended::{ToDecide, to_decide},
    },
    content::queries::{self as content, Article},
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
/// Pieces of news shown.
const NEWS: i64 = 3;

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
    /// What their company published last.
    news: Vec<Article>,
    /// What their company will see from now on, until they have read of it.
    change: Option<disclosure::Choice>,
    company: String,
    /// How the company looks, where it says so.
    look: Look,
    /// What was planned before the company was suspended.
    to_decide: Vec<ToDecide>,
}

async fn show_home(employee: Employee) -> PageResult {
    let suspended = employee.identity().company_suspended;
    let (counts, lines, address, news, change, look, to_decide) = employee
        .db()
        .read(move |tx| {
            let (counts, lines) = home::employee_home(tx, 1 + FOLLOWING)?;
            let address = match lines.first() {
                Some(next) if next.format()? == Format::InPerson => {
                    queries::employee_details(tx, next.id)?.address
                }
                _ => None,
            };
            let news = content::for_reader(tx, 0, NEWS)?;
            let change = disclosure::unread_choice(tx)?;
            let to_decide = if suspended {
                to_decide(tx)?
            } else {
                Vec::new()
            };
            Ok((counts, lines, address, news, change, look(tx)?, to_decide))
        })
        .await?;
    let mut upcoming = Appointment::all(&lines, employee.app().clock.now())?.into_iter();
    let next = upcoming.next();
    let template = HomePage {
        page: employee.page(),
        first_name: employee.identity().first_name.clone(),
        address,
        next,
        following: upcoming.collect(),
        past: counts.past,
        news,
        change,
        company: employee.identity().company_name.clone().unwrap_or_default(),
        look,
        to_decide,
    };
    render(&template.page, &template)
}
