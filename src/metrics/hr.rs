//! What HR sees of its employees, as the company's setting has it: by name a count and a duration per
//! month ([`queries::usage`]), or else [`figures`] of groups. There is nothing else to see here.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{Datelike as _, Months, NaiveDate};
use serde::Deserialize;

use super::{
    disclosure::Setting,
    model::{BadPeriod, Period, PeriodKind},
    picker::{self, Column, PeriodQuery, SortHead, Step},
    queries::{
        self,
        usage::{UsageFilter, UsageLine, UsageOrder, UsageSort, UsageTotals},
    },
};
use crate::{
    companies,
    infra::{
        actor::{Hr, render_status},
        db::Tx,
        error::{AppError, PageResult},
        export,
        form::Query,
        i18n::{self, Message},
        page::{Choice, PageContext, PageOf, Pagination, filters},
        role_scope::RoleScope,
        spreadsheet::Cell,
    },
};

pub mod api;
mod figures;

const PATH: &str = "/rh/usage";
/// Months the list offers; older ones are reached by their address.
const MONTHS_OFFERED: u32 = 24;

const COLUMNS: [Column; 4] = [
    Column {
        code: "name",
        label_key: "metrics-name",
        numeric: false,
    },
    Column {
        code: "department",
        label_key: "metrics-department",
        numeric: false,
    },
    Column {
        code: "count",
        label_key: "metrics-consultations",
        numeric: true,
    },
    Column {
        code: "duration",
        label_key: "metrics-duration",
        numeric: true,
    },
];

/// Mounts HR's pages of this domain.
pub fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/usage", show_usage)
        .get("/usage.csv", download_usage);
}

/// The address of the page.
#[derive(Clone, Default, Deserialize)]
struct UsageQuery {
    month: Option<String>,
    department: Option<String>,
    q: Option<String>,
    sort: Option<String>,
    order: Option<String>,
    page: Option<String>,
}

impl UsageQuery {
    fn month(&self, today: NaiveDate) -> Result<Period, BadPeriod> {
        match PeriodQuery::named(self.month.clone()).read(today)? {
            month if month.kind() == PeriodKind::Month => Ok(month),
            _ => Err(BadPeriod::Unreadable),
        }
    }

    fn filter(&self, month: Period) -> UsageFilter {
        UsageFilter {
            month: month.first(),
            department: picker::given(self.department.as_deref()),
            search: picker::given(self.q.as_deref()),
        }
    }

    fn order(&self) -> UsageOrder {
        UsageOrder {
            sort: self
                .sort
                .as_deref()
                .and_then(UsageSort::from_code)
                .unwrap_or_default(),
            descending: self.order.as_deref() == Some("desc"),
        }
    }
}

/// What one transaction reads.
struct Usage {
    month: Period,
    refusal: Option<BadPeriod>,
    today: NaiveDate,
    departments: Vec<String>,
    totals: UsageTotals,
    pages: Pagination,
    lines: Vec<UsageLine>,
}

fn read(
    tx: &mut Tx<Hr>,
    query: &UsageQuery,
    (month, today): (Result<Period, BadPeriod>, NaiveDate),
    path: &str,
) -> Result<Usage, AppError> {
    let (month, refusal) = match month {
        Ok(month) => (month, None),
        Err(bad) => (Period::month_of(today), Some(bad)),
    };
    let (filter, order) = (query.filter(month), query.order());
    let number = query.page.as_deref().and_then(|page| page.parse().ok());
    let PageOf {
        pages,
        totals,
        lines,
    } = PageOf::read(
        number.unwrap_or(1),
        path,
        |totals: &UsageTotals| totals.employees,
        |range| queries::usage::page(tx, &filter, order, range),
    )?;
    Ok(Usage {
        departments: companies::queries::departments(tx)?,
        month,
        refusal,
        today,
        totals,
        pages,
        lines,
    })
}

#[derive(Template)]
#[template(path = "metrics/hr/usage.html")]
struct UsagePage {
    page: PageContext,
    error: Option<Message>,
    months: Vec<Choice>,
    chosen_month: String,
    previous: Option<Step>,
    next: Option<Step>,
    departments: Vec<Choice>,
    department: String,
    search: String,
    sort: &'static str,
    order: &'static str,
    narrowed: bool,
    heads: Vec<SortHead>,
    totals: UsageTotals,
    lines: Vec<UsageLine>,
    pages: Pagination,
    file_href: String,
    all_href: String,
}

impl UsagePage {
    fn new(page: PageContext, query: &UsageQuery, usage: Usage) -> Self {
        let filter = query.filter(usage.month);
        let order = query.order();
        let direction = if order.descending { "desc" } else { "asc" };
        let month = usage.month.to_string();
        let department = filter.department.unwrap_or_default();
        let search = filter.search.unwrap_or_default();
        let sorting = [("sort", order.sort.code()), ("order", direction)];
        let narrowing = |month: &'_ str| -> Vec<(&'static str, String)> {
            vec![
                ("month", month.to_owned()),
                ("department", department.clone()),
                ("q", search.clone()),
            ]
        };
        let at_month = |month: Period| {
            let kept = narrowing(&month.to_string());
            let mut kept = borrowed(&kept);
            kept.extend(sorting);
            Step {
                href: picker::address(PATH, &kept),
                label: picker::label(&page, &month),
            }
        };
        let kept = narrowing(&month);
        let kept = borrowed(&kept);
        let mut exported = kept.clone();
        exported.extend(sorting);
        Self {
            error: usage.refusal.map(picker::explain),
            months: months_offered(&page, usage.today, usage.month),
            previous: usage.month.previous().map(at_month),
            next: usage
                .month
                .next()
                .filter(|next| next.first() <= usage.today)
                .map(at_month),
            departments: usage
                .departments
                .into_iter()
                .map(|name| Choice::new(name.clone(), name))
                .collect(),
            sort: order.sort.code(),
            order: direction,
            narrowed: !department.is_empty() || !search.is_empty(),
            heads: picker::sort_heads(PATH, &kept, &COLUMNS, (order.sort.code(), order.descending)),
            totals: usage.totals,
            lines: usage.lines,
            pages: usage.pages,
            file_href: picker::address("/rh/usage.csv", &exported),
            all_href: picker::address(PATH, &[("month", &month)]),
            chosen_month: month,
            department,
            search,
            page,
        }
    }
}

fn borrowed<'a>(filters: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    filters
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

/// The last months, and the one shown when it is older.
fn months_offered(page: &PageContext, today: NaiveDate, shown: Period) -> Vec<Choice> {
    let choice = |month: Period| Choice::new(month.to_string(), picker::label(page, &month));
    let this_month = today.with_day(1).unwrap_or(today);
    let mut offered: Vec<Period> = (0..MONTHS_OFFERED)
        .filter_map(|back| this_month.checked_sub_months(Months::new(back)))
        .map(Period::month_of)
        .collect();
    if !offered.contains(&shown) {
        offered.push(shown);
        offered.sort_by_key(|month| std::cmp::Reverse(month.first()));
    }
    offered.into_iter().map(choice).collect()
}

/// What the page is made of, which the setting of its month decides.
enum View {
    Named(Box<Usage>),
    Figures(Box<figures::Figures>),
}

/// The month that is asked for and its setting; without one, this month by name, or the last one that is
/// closed.
fn month_and_setting(
    tx: &mut Tx<Hr>,
    query: &UsageQuery,
) -> Result<(Result<Period, BadPeriod>, Setting, NaiveDate), AppError> {
    let today = queries::today(tx)?;
    let month = query.month(today);
    let first = month.map_or(today, |month| month.first());
    let setting = queries::disclosure::own_setting(tx, first)?;
    let asked = picker::given(query.month.as_deref()).is_some();
    if setting == Setting::Named || asked {
        return Ok((month, setting, today));
    }
    match (month, super::jobs::last_closed(today)) {
        (Ok(_), Some(closed)) => {
            let setting = queries::disclosure::own_setting(tx, closed)?;
            Ok((Ok(Period::month_of(closed)), setting, today))
        }
        _ => Ok((month, setting, today)),
    }
}

async fn show_usage(hr: Hr, Query(query): Query<UsageQuery>) -> PageResult {
    let page = hr.page();
    let (asked, path) = (query.clone(), page.path.clone());
    let view = hr
        .db()
        .look(move |tx| {
            let (month, setting, today) = month_and_setting(tx, &asked)?;
            Ok(match setting {
                Setting::Named => View::Named(Box::new(read(tx, &asked, (month, today), &path)?)),
                _ => {
                    let number = asked.page.as_deref().and_then(|page| page.parse().ok());
                    View::Figures(Box::new(figures::read(tx, (month, today), number, &path)?))
                }
            })
        })
        .await?;
    let usage = match view {
        View::Named(usage) => *usage,
        View::Figures(figures) => return figures::render(page, *figures),
    };
    let status = match usage.refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let template = UsagePage::new(page, &query, usage);
    render_status(&template.page, &template, status)
}

async fn download_usage(hr: Hr, Query(query): Query<UsageQuery>) -> PageResult {
    let asked = query.clone();
    let (month, setting, _) = hr
        .db()
        .read(move |tx| month_and_setting(tx, &asked))
        .await?;
    let Ok(month) = month else {
        // The page says what is wrong with the month.
        return show_usage(hr, Query(query)).await;
    };
    if setting != Setting::Named {
        return figures::download(hr, month).await;
    }
    let locale = hr.page().locale;
    let name = format!("{}-{month}", i18n::text(locale, "metrics-usage-file"));
    let (filter, order) = (query.filter(month), query.order());
    let named = filter.clone();
    hr.db()
        .write(move |tx| queries::usage::record_file(tx, &named, order))
        .await?;
    export::csv_download(hr.db(), &name, move |tx, sink| {
        let heads = [
            "metrics-csv-month",
            "metrics-csv-last-name",
            "metrics-csv-first-name",
            "metrics-csv-department",
        ]
        .map(|key| i18n::text(locale, key).into());
        sink.row(heads.into_iter().chain(picker::figure_heads(locale)))?;
        queries::usage::each(tx, &filter, order, |line: UsageLine| {
            let who = [
                Cell::from(month.to_string()),
                line.last_name.into(),
                line.first_name.into(),
                line.department.into(),
            ];
            sink.row(
                who.into_iter()
                    .chain(picker::figures(locale, line.activity)),
            )
        })
    })
    .await
}
