//! `GET /api/v1/metrics/global`: the platform's whole months, with its busiest companies and practitioners.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    infra::{
        actor::Admin,
        db::Tx,
        error::{AppError, PageResult},
        form::Query,
        role_scope::RoleScope,
    },
    metrics::{
        api::{Dates, Figures, Refusal},
        queries::{
            self,
            platform::{self, ListFilter, ListOrder, ListSort},
        },
    },
};

/// Lines of each ranking.
const LINES: i64 = 20;

/// Mounts it.
pub fn routes(scope: &mut RoleScope<Admin>) {
    scope.get("", platform_figures);
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PlatformFigures {
    from: NaiveDate,
    to: NaiveDate,
    #[serde(flatten)]
    total: Figures,
    companies: Ranking,
    practitioners: Ranking,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ranking {
    /// How many there are, active or not.
    known: i64,
    /// The first by total duration, the longest first.
    longest: Vec<Ranked>,
}

#[derive(Serialize)]
struct Ranked {
    id: Uuid,
    name: String,
    #[serde(flatten)]
    figures: Figures,
}

async fn platform_figures(admin: Admin, Query(dates): Query<Dates>) -> PageResult {
    let locale = admin.page().locale;
    let read = admin.db().look(move |tx| read(tx, &dates)).await?;
    Ok(match read {
        Ok(figures) => HttpResponse::Ok().json(figures),
        Err(refusal) => refusal.answer(locale),
    })
}

fn read(tx: &mut Tx<Admin>, dates: &Dates) -> Result<Result<PlatformFigures, Refusal>, AppError> {
    let period = match dates.whole_months(queries::today(tx)?) {
        Ok(period) => period,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let filter = ListFilter {
        period,
        status: None,
        search: None,
    };
    let order = ListOrder {
        sort: ListSort::Duration,
        descending: true,
    };
    let first = (0, LINES);
    let (companies, company_lines) = platform::companies(tx, &filter, order, first)?;
    let (practitioners, practitioner_lines) = platform::practitioners(tx, &filter, order, first)?;
    Ok(Ok(PlatformFigures {
        from: period.first(),
        to: period.last(),
        total: companies.activity.into(),
        companies: Ranking {
            known: companies.rows,
            longest: company_lines
                .into_iter()
                .map(|line| Ranked {
                    id: line.id,
                    name: line.name,
                    figures: line.activity.into(),
                })
                .collect(),
        },
        practitioners: Ranking {
            known: practitioners.rows,
            longest: practitioner_lines
                .into_iter()
                .map(|line| Ranked {
                    id: line.id,
                    name: line.name,
                    figures: line.activity.into(),
                })
                .collect(),
        },
    }))
}
