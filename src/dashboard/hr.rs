//! `/rh`: who has an account, and how much the company uses its access. Counts only.

use askama::Template;
use chrono::{Months, NaiveDate};

use crate::{
    companies::{
        model::EmployeeStatus,
        queries::{self, StatusCounts},
    },
    infra::{
        actor::{Hr, render},
        error::PageResult,
        i18n,
        page::{Chart, PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::{self, model::Activity, queries::usage, trend},
};

/// Months of the trend.
const MONTHS: u32 = 12;

/// Mounts HR's home.
pub fn routes(scope: &mut RoleScope<Hr>) {
    scope.get("", show_home);
}

#[derive(Template)]
#[template(path = "dashboard/hr/home.html")]
struct HomePage {
    page: PageContext,
    company: String,
    month: NaiveDate,
    before: NaiveDate,
    this_month: Activity,
    last_month: Activity,
    chart: Chart,
    used: bool,
    active: i64,
    pending: i64,
    expired: i64,
    suspended: i64,
}

impl HomePage {
    fn employees(&self) -> i64 {
        self.active + self.pending + self.expired + self.suspended
    }

    /// Of those who may have an account: the suspended are left out.
    fn invited(&self) -> i64 {
        self.active + self.pending + self.expired
    }

    /// The share of activated accounts, or none without anybody to invite.
    fn activated(&self) -> Option<f64> {
        let invited = self.invited();
        (invited > 0).then(|| self.active as f64 / invited as f64)
    }
}

async fn show_home(hr: Hr) -> PageResult {
    let (today, months, accounts) = hr
        .db()
        .read(|tx| {
            let today = metrics::queries::today(tx)?;
            let months = usage::company_months(tx, today, MONTHS)?;
            let accounts = queries::count_accounts(tx)?;
            Ok((today, months, accounts))
        })
        .await?;
    let page = hr.page();
    let months = trend::last_months(&months, today, MONTHS);
    let of = |back: usize| months.iter().rev().nth(back).map(|(_, activity)| *activity);
    let count = |accounts: &StatusCounts, status| accounts.of(Some(status));
    let title = i18n::text(page.locale, "dashboard-trend").to_owned();
    let template = HomePage {
        company: hr.identity().company_name.clone().unwrap_or_default(),
        chart: trend::count_chart(&page, title.into(), &months),
        used: months.iter().any(|(_, activity)| !activity.is_empty()),
        this_month: of(0).unwrap_or_default(),
        last_month: of(1).unwrap_or_default(),
        before: today.checked_sub_months(Months::new(1)).unwrap_or(today),
        month: today,
        active: count(&accounts, EmployeeStatus::Active),
        pending: count(&accounts, EmployeeStatus::Pending),
        expired: count(&accounts, EmployeeStatus::Expired),
        suspended: count(&accounts, EmployeeStatus::Suspended),
        page,
    };
    render(&template.page, &template)
}
