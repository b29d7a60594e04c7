//! `/admin`: the platform at a glance.

use askama::Template;
use chrono::{Months, NaiveDate};

use crate::{
    infra::{
        actor::{Admin, render},
        counts,
        error::PageResult,
        i18n,
        page::{Chart, PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::{
        model::Activity,
        queries::platform::{self, Census},
        trend,
    },
    moderation::{self, queries::Waiting},
    support::{self, model::Status},
};

/// Months of the trend.
const MONTHS: u32 = 12;

/// Mounts the platform admin's home.
pub fn routes(scope: &mut RoleScope<Admin>) {
    scope.get("", show_home);
}

#[derive(Template)]
#[template(path = "dashboard/admin/home.html")]
struct HomePage {
    page: PageContext,
    month: NaiveDate,
    before: NaiveDate,
    this_month: Activity,
    last_month: Activity,
    chart: Chart,
    active: bool,
    census: Census,
    waiting: Waiting,
    /// Tickets that wait for the platform, and for their company.
    tickets: (i64, i64),
}

async fn show_home(admin: Admin) -> PageResult {
    let (today, months, census, waiting, tickets) = admin
        .db()
        .read(|tx| {
            let (today, months) = platform::last_months(tx, MONTHS)?;
            let waiting = moderation::queries::waiting(tx)?;
            let [tickets] = counts::count(tx, [support::queries::counted()])?;
            Ok((today, months, platform::census(tx)?, waiting, tickets))
        })
        .await?;
    let page = admin.page();
    let months = trend::last_months(&months, today, MONTHS);
    let of = |back: usize| months.iter().rev().nth(back).map(|(_, activity)| *activity);
    let title = i18n::text(page.locale, "dashboard-trend").to_owned();
    let template = HomePage {
        chart: trend::count_chart(&page, title.into(), &months),
        active: months.iter().any(|(_, activity)| !activity.is_empty()),
        this_month: of(0).unwrap_or_default(),
        last_month: of(1).unwrap_or_default(),
        before: today.checked_sub_months(Months::new(1)).unwrap_or(today),
        month: today,
        census,
        waiting,
        tickets: (
            tickets.of(Some(Status::Open.as_str())),
            tickets.of(Some(Status::Answered.as_str())),
        ),
        page,
    };
    render(&template.page, &template)
}
