//! `/rh`: who has an account, and what is published of the company's use. Counts only, of frozen months.

use std::borrow::Cow;

use askama::Template;
use chrono::NaiveDate;

use crate::{
    companies::{model::EmployeeStatus, queries},
    content::{model::Status, queries as content},
    infra::{
        actor::{Hr, render},
        counts,
        error::PageResult,
        i18n,
        page::{Chart, PageContext, Point, filters},
        role_scope::RoleScope,
    },
    metrics::{
        disclosure::Reason,
        jobs::last_closed,
        published::{self, CellView, freezing_day},
        queries::{
            self as metrics,
            disclosure::{self, Median, Snapshot},
        },
    },
    support::{self, model::Status as TicketStatus},
};

/// Months of the trends.
const MONTHS: i64 = 12;

/// Mounts HR's home.
pub fn routes(scope: &mut RoleScope<Hr>) {
    scope.get("", show_home);
}

/// The last frozen month.
struct Latest {
    month: NaiveDate,
    company: CellView,
    half_stars: Option<i64>,
    departments: Vec<CellView>,
    bands: bool,
    median: Option<Median>,
    hidden: i64,
    why: Vec<(Reason, i64)>,
}

impl Latest {
    /// Stars out of five.
    fn stars(&self) -> Option<f64> {
        self.half_stars.map(|half| half as f64 / 2.0)
    }
}

#[derive(Template)]
#[template(path = "dashboard/hr/home.html")]
struct HomePage {
    page: PageContext,
    company: String,
    latest: Option<Latest>,
    /// When the first month will be.
    first_on: Option<NaiveDate>,
    adoption: Chart,
    consultations: Chart,
    active: i64,
    pending: i64,
    expired: i64,
    suspended: i64,
    /// News that are written, that will appear, and that are read.
    drafts: i64,
    scheduled: i64,
    published: i64,
    /// Tickets with an answer, and those that wait for one.
    tickets: (i64, i64),
}

impl HomePage {
    fn employees(&self) -> i64 {
        self.active + self.pending + self.expired + self.suspended
    }
}

/// A trend over the frozen months, the oldest first; a hidden one is a gap that says so.
fn chart(
    page: &PageContext,
    (title, measure): (&'static str, &'static str),
    snapshots: &[Snapshot],
    value: impl Fn(&CellView) -> (i64, String),
) -> Chart {
    let text = |key| Cow::Owned(i18n::text(page.locale, key).to_owned());
    let points = snapshots
        .iter()
        .rev()
        .map(|snapshot| {
            let cell = CellView::company(snapshot);
            let (height, figure) = match cell.hidden {
                Some(_) => (0, i18n::text(page.locale, "metrics-hidden").to_owned()),
                None => value(&cell),
            };
            let label = i18n::month_short(page.locale, page.tz, snapshot.month);
            Point::new(label, height, figure)
        })
        .collect();
    Chart::new(text(title), text("metrics-month"), text(measure), points)
}

/// The home of a suspended company's HR: why the rest is closed, and what stays open.
#[derive(Template)]
#[template(path = "dashboard/hr/suspended.html")]
struct SuspendedPage {
    page: PageContext,
    company: String,
}

/// When the running month will be published.
fn first_figures(today: NaiveDate) -> Option<NaiveDate> {
    last_closed(today)
        .and_then(|closed| closed.checked_add_months(chrono::Months::new(1)))
        .and_then(freezing_day)
}

async fn show_home(hr: Hr) -> PageResult {
    if hr.identity().company_suspended {
        let template = SuspendedPage {
            page: hr.page(),
            company: hr.identity().company_name.clone().unwrap_or_default(),
        };
        return render(&template.page, &template);
    }
    let (first_on, snapshots, latest, [accounts, news, tickets]) = hr
        .db()
        .read(|tx| {
            let snapshots = disclosure::snapshots(tx, MONTHS)?;
            let latest = match snapshots.first() {
                Some(last) => Some(disclosure::cells(tx, last.month)?),
                None => None,
            };
            // From when on there is something to see, where there is nothing yet.
            let first_on = match latest {
                Some(_) => None,
                None => first_figures(metrics::today(tx)?),
            };
            let lists = [
                queries::ACCOUNTS,
                content::POSTS,
                support::queries::counted(),
            ];
            Ok((first_on, snapshots, latest, counts::count(tx, lists)?))
        })
        .await?;
    let page = hr.page();
    let count = |status: EmployeeStatus| accounts.of(Some(status.code()));
    let latest = snapshots.first().zip(latest).map(|(snapshot, cells)| {
        let company = CellView::company(snapshot);
        let departments: Vec<CellView> =
            cells.departments.iter().map(CellView::department).collect();
        Latest {
            month: snapshot.month,
            half_stars: snapshot.half_stars,
            bands: !cells.bands.is_empty(),
            hidden: snapshot.hidden,
            why: published::why(std::iter::once(&company).chain(&departments)),
            company,
            departments,
            median: cells.median,
        }
    });
    let locale = page.locale;
    let template = HomePage {
        company: hr.identity().company_name.clone().unwrap_or_default(),
        adoption: chart(
            &page,
            ("dashboard-trend-adoption", "dashboard-adoption"),
            &snapshots,
            |cell| {
                let share = cell.adoption().unwrap_or_default();
                ((share * 100.0).round() as i64, i18n::percent(locale, share))
            },
        ),
        consultations: chart(
            &page,
            ("dashboard-trend", "metrics-consultations"),
            &snapshots,
            |cell| {
                let count = cell.activity.count;
                (count, i18n::number(locale, count))
            },
        ),
        first_on,
        latest,
        active: count(EmployeeStatus::Active),
        pending: count(EmployeeStatus::Pending),
        expired: count(EmployeeStatus::Expired),
        suspended: count(EmployeeStatus::Suspended),
        drafts: news.of(Some(Status::Draft.as_str())),
        scheduled: news.of(Some(Status::Scheduled.as_str())),
        published: news.of(Some(Status::Published.as_str())),
        tickets: (
            tickets.of(Some(TicketStatus::Answered.as_str())),
            tickets.of(Some(TicketStatus::Open.as_str())),
        ),
        page,
    };
    render(&template.page, &template)
}
