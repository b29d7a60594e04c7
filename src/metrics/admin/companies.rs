//! `/admin/companies`: every company with its activity.

use actix_web::http::StatusCode;
use askama::Template;

use super::{Badge, ListKind, ListQuery, ListRead, ListView};
use crate::{
    companies::decision::Standing,
    infra::{
        actor::{Admin, render_status},
        error::PageResult,
        export,
        form::Query,
        i18n,
        page::{PageContext, PageOf, filters},
        role_scope::RoleScope,
        spreadsheet::Cell,
    },
    metrics::{
        model::Period,
        picker::{self, Column},
        queries::{self, platform::CompanyLine},
    },
};

const KIND: ListKind = ListKind {
    path: "/admin/companies",
    file: "/admin/companies.csv",
    statuses: &[
        ("active", "metrics-company-active"),
        ("pending", "metrics-company-pending"),
        ("suspended", "metrics-company-suspended"),
        ("refused", "metrics-company-refused"),
    ],
    columns: &[
        Column {
            code: "name",
            label_key: "metrics-company",
            numeric: false,
        },
        Column {
            code: "created",
            label_key: "metrics-created",
            numeric: true,
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
    ],
};

pub(super) fn routes(scope: &mut RoleScope<Admin>) {
    scope
        .get("/companies", show_companies)
        .get("/companies.csv", download_companies);
}

#[derive(Template)]
#[template(path = "metrics/admin/companies.html")]
struct CompaniesPage {
    page: PageContext,
    list: ListView,
    lines: Vec<CompanyLine>,
}

impl CompaniesPage {
    fn badge(&self, line: &CompanyLine) -> Badge {
        badge(&line.status)
    }
}

fn badge(status: &str) -> Badge {
    let standing = Standing::from_code(status).unwrap_or(Standing::Pending);
    Badge {
        key: standing.label_key(),
        tone: standing.tone(),
    }
}

async fn show_companies(admin: Admin, Query(query): Query<ListQuery>) -> PageResult {
    let page = admin.page();
    let (asked, path) = (query.clone(), page.path.clone());
    let (read, lines) = admin
        .db()
        .read(move |tx| {
            let today = queries::today(tx)?;
            let (period, refusal) = match asked.period(today) {
                Ok(period) => (period, None),
                Err(bad) => (Period::month_of(today), Some(bad)),
            };
            let filter = asked.filter(period, KIND.statuses);
            let PageOf {
                pages,
                totals,
                lines,
            } = asked.read(&path, |range| {
                queries::platform::companies(tx, &filter, asked.order(), range)
            })?;
            let read = ListRead {
                today,
                period,
                refusal,
                totals,
                pages,
            };
            Ok((read, lines))
        })
        .await?;
    let status = match read.refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let template = CompaniesPage {
        list: ListView::new(&page, &KIND, &query, read),
        lines,
        page,
    };
    render_status(&template.page, &template, status)
}

async fn download_companies(admin: Admin, Query(query): Query<ListQuery>) -> PageResult {
    let today = admin.db().read(queries::today).await?;
    let Ok(period) = query.period(today) else {
        // The page says what is wrong with the period.
        return show_companies(admin, Query(query)).await;
    };
    let locale = admin.page().locale;
    let name = format!("{}-{period}", i18n::text(locale, "metrics-companies-file"));
    let (filter, order) = (query.filter(period, KIND.statuses), query.order());
    export::csv_download(admin.db(), &name, move |tx, sink| {
        let heads = [
            "metrics-csv-period",
            "metrics-csv-company",
            "metrics-csv-status",
            "metrics-csv-employees",
        ]
        .map(|key| i18n::text(locale, key).into());
        sink.row(heads.into_iter().chain(picker::figure_heads(locale)))?;
        queries::platform::each_company(tx, &filter, order, |line| {
            let what = [
                Cell::from(period.to_string()),
                line.name.into(),
                i18n::text(locale, badge(&line.status).key).into(),
                line.employees.into(),
            ];
            sink.row(
                what.into_iter()
                    .chain(picker::figures(locale, line.activity)),
            )
        })
    })
    .await
}
