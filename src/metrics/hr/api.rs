//! `GET /api/v1/metrics/employees/{id}`: one employee's months, as far as the company's setting of each
//! month lets HR see them by name. The same figures as on `/rh/usage`, whole months alone.

use actix_web::{HttpResponse, web};
use chrono::{Datelike as _, Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    companies,
    infra::{
        actor::Hr,
        db::Tx,
        error::{AppError, PageResult},
        form::Query,
        role_scope::RoleScope,
    },
    metrics::{
        api::{Dates, Figures, MonthFigures, Refusal, month_code},
        model::{Activity, Period},
        queries,
    },
};

/// Mounts it.
pub fn routes(scope: &mut RoleScope<Hr>) {
    scope.get("/{id}", employee_figures);
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EmployeeFigures {
    employee_id: Uuid,
    employee_name: String,
    department: Option<String>,
    from: NaiveDate,
    to: NaiveDate,
    /// Of the months that are told; `null` when none is.
    total: Option<Figures>,
    months: Vec<MonthFigures>,
    /// Months in which the company's setting hides who it was.
    withheld_months: Vec<String>,
}

async fn employee_figures(hr: Hr, id: web::Path<Uuid>, Query(dates): Query<Dates>) -> PageResult {
    let id = id.into_inner();
    let locale = hr.page().locale;
    let read = hr.db().look(move |tx| read(tx, id, &dates)).await?;
    Ok(match read {
        Ok(figures) => HttpResponse::Ok().json(figures),
        Err(refusal) => refusal.answer(locale),
    })
}

fn read(
    tx: &mut Tx<Hr>,
    id: Uuid,
    dates: &Dates,
) -> Result<Result<EmployeeFigures, Refusal>, AppError> {
    let period = match dates.whole_months(queries::today(tx)?) {
        Ok(period) => period,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let employee = companies::queries::find_employee(tx, id)?;
    let asked = months_in(period);
    let count = i32::try_from(asked.len()).map_err(AppError::internal)?;
    let mut told = queries::usage::months_of(tx, id, period.last(), count)?;
    told.reverse();
    let total: Activity = told.iter().map(|(_, activity)| *activity).sum();
    let is_told = |month: &NaiveDate| told.iter().any(|(named, _)| named == month);
    Ok(Ok(EmployeeFigures {
        employee_id: id,
        employee_name: employee.name(),
        department: employee.department,
        from: period.first(),
        to: period.last(),
        total: (!told.is_empty()).then(|| total.into()),
        withheld_months: asked
            .iter()
            .filter(|month| !is_told(month))
            .map(|month| month_code(*month))
            .collect(),
        months: told.into_iter().map(MonthFigures::from).collect(),
    }))
}

/// The first dates of the months of a period, in order.
fn months_in(period: Period) -> Vec<NaiveDate> {
    let first = period.first();
    let first = first.with_day(1).unwrap_or(first);
    (0..)
        .map_while(|step| first.checked_add_months(Months::new(step)))
        .take_while(|month| *month <= period.last())
        .collect()
}
