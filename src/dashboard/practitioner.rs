//! `/practitioner`: the month so far, what to confirm, who comes next.

use askama::Template;
use chrono::{Months, NaiveDate};

use super::appointments::Appointment;
use crate::{
    consultation::queries::{OpenCounts, home},
    infra::{
        actor::{Practitioner, render},
        error::PageResult,
        page::{PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::{model::Activity, queries::statement::MonthSoFar},
};

/// Lines of each list; the consultations' page has them all.
const LINES: i64 = 5;

/// Mounts the practitioner's home.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    scope.get("", show_home);
}

#[derive(Template)]
#[template(path = "dashboard/practitioner/home.html")]
struct HomePage {
    page: PageContext,
    first_name: String,
    month: MonthSoFar,
    counts: OpenCounts,
    to_confirm: Vec<Appointment>,
    upcoming: Vec<Appointment>,
}

impl HomePage {
    /// The last day of last month that its figures go to: the same day of the month as today, so
    /// that a month that has just begun is not compared with a whole one.
    fn compared_to(&self) -> NaiveDate {
        let today = self.month.today;
        today.checked_sub_months(Months::new(1)).unwrap_or(today)
    }

    fn this_month(&self) -> Activity {
        self.month.current()
    }

    fn last_month(&self) -> Activity {
        self.month.previous()
    }
}

async fn show_home(practitioner: Practitioner) -> PageResult {
    let (month, open) = practitioner
        .db()
        .look(|tx| home::practitioner_home(tx, LINES))
        .await?;
    let now = practitioner.app().clock.now();
    let template = HomePage {
        page: practitioner.page(),
        first_name: practitioner.identity().first_name.clone(),
        month,
        counts: open.counts,
        to_confirm: Appointment::all(&open.to_confirm, now)?,
        upcoming: Appointment::all(&open.upcoming, now)?,
    };
    render(&template.page, &template)
}
