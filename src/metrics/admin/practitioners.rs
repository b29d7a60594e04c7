//! `/admin/practitioners`: every practitioner with their activity, and each one's statement.

use actix_web::{http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{Badge, ListKind, ListQuery, ListRead, ListView};
use crate::{
    infra::{
        actor::{Admin, render_status},
        error::{AppError, PageResult},
        export,
        form::Query,
        i18n,
        page::{Crumb, PageContext, PageOf, filters},
        role_scope::RoleScope,
        spreadsheet::Cell,
    },
    metrics::{
        model::Period,
        picker::{self, Column, PeriodQuery},
        queries::{self, platform::PractitionerLine},
        statement::{self, Statement},
    },
    practitioners::model::Specialty,
};

const KIND: ListKind = ListKind {
    path: "/admin/practitioners",
    file: "/admin/practitioners.csv",
    statuses: &[
        ("verified", "metrics-practitioner-verified"),
        ("pending", "metrics-practitioner-pending"),
        ("rejected", "metrics-practitioner-rejected"),
    ],
    columns: &[
        Column {
            code: "name",
            label_key: "metrics-practitioner",
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
    ],
};

pub(super) fn routes(scope: &mut RoleScope<Admin>) {
    scope
        .get("/practitioners", show_practitioners)
        .get("/practitioners.csv", download_practitioners)
        .get("/practitioners/{id}/activity", show_activity)
        .get("/practitioners/{id}/activity.csv", download_activity);
}

#[derive(Template)]
#[template(path = "metrics/admin/practitioners.html")]
struct PractitionersPage {
    page: PageContext,
    list: ListView,
    lines: Vec<PractitionerLine>,
}

impl PractitionersPage {
    fn badge(&self, line: &PractitionerLine) -> Badge {
        match line.verification.as_str() {
            "verified" => Badge {
                key: "metrics-practitioner-verified",
                tone: "success",
            },
            "rejected" => Badge {
                key: "metrics-practitioner-rejected",
                tone: "danger",
            },
            _ => Badge {
                key: "metrics-practitioner-pending",
                tone: "warning",
            },
        }
    }

    fn specialty_key(&self, line: &PractitionerLine) -> Option<&'static str> {
        let specialty: Specialty = line.specialty.parse().ok()?;
        Some(specialty.label_key())
    }
}

async fn show_practitioners(admin: Admin, Query(query): Query<ListQuery>) -> PageResult {
    let page = admin.page();
    let (asked, path) = (query.clone(), page.path.clone());
    let (read, lines) = admin
        .db()
        .look(move |tx| {
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
                queries::platform::practitioners(tx, &filter, asked.order(), range)
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
    let template = PractitionersPage {
        list: ListView::new(&page, &KIND, &query, read),
        lines,
        page,
    };
    render_status(&template.page, &template, status)
}

/// What each practitioner did for each company in the period: what the invoices are made from.
async fn download_practitioners(admin: Admin, Query(query): Query<ListQuery>) -> PageResult {
    let today = admin.db().read(queries::today).await?;
    let Ok(period) = query.period(today) else {
        // The page says what is wrong with the period.
        return show_practitioners(admin, Query(query)).await;
    };
    let locale = admin.page().locale;
    let name = format!(
        "{}-{period}",
        i18n::text(locale, "metrics-practitioners-file")
    );
    let filter = query.filter(period, KIND.statuses);
    let named = filter.clone();
    admin
        .db()
        .write(move |tx| queries::invoices::record_file(tx, &named))
        .await?;
    export::csv_download(admin.db(), &name, move |tx, sink| {
        let heads = [
            "metrics-csv-period",
            "metrics-csv-practitioner",
            "metrics-csv-company",
        ]
        .map(|key| i18n::text(locale, key).into());
        sink.row(heads.into_iter().chain(picker::figure_heads(locale)))?;
        queries::invoices::each_line(tx, &filter, |line| {
            let what = [
                Cell::from(period.to_string()),
                line.practitioner.into(),
                line.company.into(),
            ];
            sink.row(
                what.into_iter()
                    .chain(picker::figures(locale, line.activity)),
            )
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "metrics/admin/activity.html")]
struct ActivityPage {
    page: PageContext,
    name: String,
    crumbs: Vec<Crumb>,
    statement: Statement,
}

/// The address of a practitioner's statement.
#[derive(Clone, Deserialize)]
struct ActivityQuery {
    #[serde(flatten)]
    period: PeriodQuery,
    page: Option<String>,
}

/// An id that is none is an absence, not a mistake of form.
fn practitioner_id(text: &str) -> Result<Uuid, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

async fn show_activity(
    admin: Admin,
    id: web::Path<String>,
    Query(query): Query<ActivityQuery>,
) -> PageResult {
    let id = practitioner_id(&id)?;
    let asked = query.period.clone();
    let (name, figures) = admin
        .db()
        .look(move |tx| {
            let name = queries::statement::practitioner_name(tx, id)?;
            Ok((name, statement::read(tx, id, &asked)?))
        })
        .await?;
    let page = admin.page();
    let path = format!("/admin/practitioners/{id}/activity");
    let statement = Statement::new(&page, &path, figures, &query.period, query.page.as_deref());
    let status = match statement.picker.error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let template = ActivityPage {
        crumbs: vec![Crumb::new(
            KIND.path,
            i18n::text(page.locale, "metrics-practitioners"),
        )],
        page,
        name,
        statement,
    };
    render_status(&template.page, &template, status)
}

async fn download_activity(
    admin: Admin,
    id: web::Path<String>,
    Query(query): Query<ActivityQuery>,
) -> PageResult {
    let practitioner = practitioner_id(&id)?;
    let today = admin
        .db()
        .look(move |tx| {
            queries::statement::practitioner_name(tx, practitioner)?;
            queries::today(tx)
        })
        .await?;
    let Ok(period) = query.period.read(today) else {
        // The page says what is wrong with the period.
        return show_activity(admin, id, Query(query)).await;
    };
    let locale = admin.page().locale;
    statement::download(admin.db(), practitioner, period, locale).await
}
