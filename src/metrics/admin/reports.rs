//! `/admin/reports`: the platform's month, by company and by practitioner.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::{
    infra::{
        actor::{Admin, render_status},
        db::Tx,
        error::{AppError, PageResult},
        form::Query,
        i18n::{self, Message},
        page::{PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::{
        model::{Activity, BadPeriod, Period, PeriodKind},
        picker::{self, PeriodPicker, PeriodQuery},
        queries::{self, platform::Ranking},
    },
};

const PATH: &str = "/admin/reports";
/// Rows of each table; the lists and the files have them all.
const ROWS: i64 = 20;

pub(super) fn routes(scope: &mut RoleScope<Admin>) {
    scope.get("/reports", show_report);
}

/// The address of the report.
#[derive(Clone, Deserialize)]
struct ReportQuery {
    month: Option<String>,
    /// The same, as the control that steps from month to month names it.
    period: Option<String>,
}

impl ReportQuery {
    fn month(&self, today: NaiveDate) -> Result<Period, BadPeriod> {
        match PeriodQuery::named(self.month.clone().or_else(|| self.period.clone())).read(today)? {
            month if month.kind() == PeriodKind::Month => Ok(month),
            _ => Err(BadPeriod::Unreadable),
        }
    }
}

/// What one transaction reads.
struct Report {
    today: NaiveDate,
    month: Period,
    refusal: Option<BadPeriod>,
    total: Activity,
    before: Activity,
    companies: Ranking,
    practitioners: Ranking,
}

fn read(tx: &mut Tx<Admin>, query: &ReportQuery) -> Result<Report, AppError> {
    let today = queries::today(tx)?;
    let (month, refusal) = match query.month(today) {
        Ok(month) => (month, None),
        Err(bad) => (Period::month_of(today), Some(bad)),
    };
    let months = queries::platform::months(tx, month.first(), 2)?;
    let of = |wanted: NaiveDate| {
        let found = months.iter().find(|(month, _)| *month == wanted);
        found.map(|(_, activity)| *activity).unwrap_or_default()
    };
    let before = month.previous().map(|before| of(before.first()));
    Ok(Report {
        today,
        month,
        refusal,
        total: of(month.first()),
        before: before.unwrap_or_default(),
        companies: queries::platform::busiest_companies(tx, month.first(), ROWS)?,
        practitioners: queries::platform::busiest_practitioners(tx, month.first(), ROWS)?,
    })
}

#[derive(Template)]
#[template(path = "metrics/admin/report.html")]
struct ReportPage {
    page: PageContext,
    picker: PeriodPicker,
    month: String,
    total: Activity,
    before: Activity,
    before_month: Option<NaiveDate>,
    companies: Ranking,
    practitioners: Ranking,
}

impl ReportPage {
    /// What the month is compared with.
    fn before_hint(&self) -> Option<Message> {
        let before = self.before_month?;
        let month = i18n::month_name(self.page.locale, self.page.tz, before);
        let count = self.before.count;
        Some(
            Message::new("metrics-report-before")
                .with("count", count)
                .with("month", month),
        )
    }

    fn at_month(&self, path: &str) -> String {
        picker::address(path, &[("period", &self.month)])
    }

    fn companies_href(&self) -> String {
        self.at_month("/admin/companies")
    }

    fn companies_file(&self) -> String {
        self.at_month("/admin/companies.csv")
    }

    fn practitioners_href(&self) -> String {
        self.at_month("/admin/practitioners")
    }

    fn practitioners_file(&self) -> String {
        self.at_month("/admin/practitioners.csv")
    }
}

async fn show_report(admin: Admin, Query(query): Query<ReportQuery>) -> PageResult {
    let report = admin.db().look(move |tx| read(tx, &query)).await?;
    let page = admin.page();
    let mut picker = PeriodPicker::new(
        &page,
        PATH,
        Vec::new(),
        report.month,
        &[PeriodKind::Month],
        report.today,
    );
    picker.error = report.refusal.map(picker::explain);
    let status = match report.refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let template = ReportPage {
        picker,
        month: report.month.to_string(),
        total: report.total,
        before: report.before,
        before_month: report.month.previous().map(|month| month.first()),
        companies: report.companies,
        practitioners: report.practitioners,
        page,
    };
    render_status(&template.page, &template, status)
}
