//! `/api/v1/metrics`: the figures as JSON, for the tools of whoever may see them. Each answer is what a
//! screen of the same person shows, under the same role and row policies; `/api/openapi.json` describes it.

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    model::{Activity, BadPeriod, Period},
    queries::{
        self,
        statement::{self, ReadsActivity},
    },
};
use crate::infra::{
    actor::{Member, Visitor},
    db::{Db, Tx},
    error::{AppError, PageResult},
    form::Query,
    i18n::{self, Locale},
    problem,
    role_scope::RoleScope,
    session,
};

/// The document, an OpenAPI 3.1 file.
const DOCUMENT: &str = include_str!("openapi.json");

/// Mounts what describes all this, for anybody.
pub fn document_routes(scope: &mut RoleScope<Visitor>) {
    scope.get("/api/openapi.json", show_document);
}

async fn show_document(visitor: Visitor) -> PageResult {
    // The file names the cookie as it is over TLS; it is told as it is here.
    let here = session::cookie_name(visitor.app().config.secure_cookies());
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(DOCUMENT.replace(&session::cookie_name(true), &here)))
}

/// Mounts a practitioner's figures, for that practitioner and the platform's admins.
pub fn practitioner_routes(scope: &mut RoleScope<Member>) {
    scope.get("/{id}", practitioner_figures);
}

/// The dates of a question, both included; without any, the running month.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Dates {
    from: Option<String>,
    to: Option<String>,
}

/// Why there are no figures for some dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Dates(BadPeriod),
    /// They cut a month, where only whole ones are told.
    CutsMonth,
}

impl Refusal {
    /// 422, in the asker's language.
    pub(super) fn answer(self, locale: Locale) -> HttpResponse {
        let key = match self {
            Self::Dates(BadPeriod::Reversed) => "metrics-api-reversed",
            Self::Dates(BadPeriod::TooLong) => "metrics-api-too-long",
            Self::Dates(BadPeriod::OutOfRange) => "metrics-api-out-of-range",
            Self::Dates(BadPeriod::Unreadable | BadPeriod::BadDate) => "metrics-api-bad-date",
            Self::CutsMonth => "metrics-api-whole-months",
        };
        problem::answer(StatusCode::UNPROCESSABLE_ENTITY, i18n::text(locale, key))
    }
}

impl Dates {
    /// The period they mean.
    pub(super) fn read(&self, today: NaiveDate) -> Result<Period, Refusal> {
        // Both, or neither: half a period is a slip, and so is what a form would take for no date.
        let dates = [self.from.as_deref(), self.to.as_deref()];
        if dates.into_iter().flatten().any(|text| !is_full_date(text)) {
            return Err(Refusal::Dates(BadPeriod::BadDate));
        }
        Period::from_query(None, self.from.as_deref(), self.to.as_deref(), today)
            .map_err(Refusal::Dates)
    }

    /// The same where only whole months are told.
    pub(super) fn whole_months(&self, today: NaiveDate) -> Result<Period, Refusal> {
        let period = self.read(today)?;
        let starts = Period::month_of(period.first()).first() == period.first();
        let ends = Period::month_of(period.last()).last() == period.last();
        (starts && ends).then_some(period).ok_or(Refusal::CutsMonth)
    }
}

/// Whether this is a date as RFC 3339 §5.6 writes it, which `parse` alone takes in other forms too.
fn is_full_date(text: &str) -> bool {
    text.parse::<NaiveDate>()
        .is_ok_and(|date| date.to_string() == text)
}

/// Completed consultations and their duration.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Figures {
    consultation_count: i64,
    total_duration_seconds: i64,
    /// To the nearest second; `null` without consultations.
    average_duration_seconds: Option<i64>,
}

impl From<Activity> for Figures {
    fn from(activity: Activity) -> Self {
        Self {
            consultation_count: activity.count,
            total_duration_seconds: activity.seconds,
            average_duration_seconds: activity.mean_seconds(),
        }
    }
}

/// Those of a month, written `2026-11`.
#[derive(Debug, Serialize)]
pub(super) struct MonthFigures {
    month: String,
    #[serde(flatten)]
    figures: Figures,
}

impl From<(NaiveDate, Activity)> for MonthFigures {
    fn from((month, activity): (NaiveDate, Activity)) -> Self {
        Self {
            month: month_code(month),
            figures: activity.into(),
        }
    }
}

/// The month of a date, as the answers write it.
pub(super) fn month_code(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CompanyFigures {
    company_name: String,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PractitionerFigures {
    practitioner_id: Uuid,
    from: NaiveDate,
    to: NaiveDate,
    #[serde(flatten)]
    total: Figures,
    by_month: Vec<MonthFigures>,
    by_company: Vec<CompanyFigures>,
}

async fn practitioner_figures(
    member: Member,
    id: web::Path<Uuid>,
    Query(dates): Query<Dates>,
) -> PageResult {
    let id = id.into_inner();
    let locale = member.page().locale;
    let read = if let Some(practitioner) = member.practitioner() {
        if practitioner.user_id() != id {
            return Err(AppError::NotFound);
        }
        figures_of(practitioner.db(), id, dates).await?
    } else if let Some(admin) = member.admin() {
        // Whoever is no practitioner has no figures, rather than none yet.
        admin
            .db()
            .look(move |tx| statement::practitioner_name(tx, id))
            .await?;
        figures_of(admin.db(), id, dates).await?
    } else {
        return Err(AppError::NotFound);
    };
    Ok(match read {
        Ok(figures) => HttpResponse::Ok().json(figures),
        Err(refusal) => refusal.answer(locale),
    })
}

async fn figures_of<R: ReadsActivity + 'static>(
    db: Db<R>,
    id: Uuid,
    dates: Dates,
) -> Result<Result<PractitionerFigures, Refusal>, AppError> {
    db.read(move |tx: &mut Tx<R>| {
        let period = match dates.read(queries::today(tx)?) {
            Ok(period) => period,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let months = statement::by_month(tx, id, period)?;
        let companies = statement::by_company(tx, id, period)?;
        let total: Activity = months.iter().map(|(_, activity)| *activity).sum();
        let company = |(company_name, activity): (String, Activity)| CompanyFigures {
            company_name,
            figures: activity.into(),
        };
        Ok(Ok(PractitionerFigures {
            practitioner_id: id,
            from: period.first(),
            to: period.last(),
            total: total.into(),
            by_month: months.into_iter().map(MonthFigures::from).collect(),
            by_company: companies.into_iter().map(company).collect(),
        }))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(from: &str, to: &str) -> Dates {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Dates {
            from: some(from),
            to: some(to),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn whole_months_are_told_and_nothing_that_cuts_one() {
        let today = day("2026-11-30");
        let whole = dates("2024-02-01", "2024-02-29").whole_months(today);
        assert_eq!(whole.map(|period| period.last()), Ok(day("2024-02-29")));
        let running = dates("", "").whole_months(today);
        assert_eq!(running.map(|period| period.first()), Ok(day("2026-11-01")));
        for (from, to) in [
            ("2024-02-01", "2024-02-28"),
            ("2024-02-02", "2024-02-29"),
            ("2024-02-05", "2024-02-05"),
        ] {
            let cut = dates(from, to).whole_months(today);
            assert_eq!(cut.err(), Some(Refusal::CutsMonth), "{from} {to}");
        }
        let half = dates("2024-02-01", "").whole_months(today);
        assert_eq!(half.err(), Some(Refusal::Dates(BadPeriod::BadDate)));
        for from in [" ", "2024-2-1", " 2024-02-01", "2024-02-01T00:00"] {
            let slip = dates(from, "2024-02-29").whole_months(today);
            assert_eq!(
                slip.err(),
                Some(Refusal::Dates(BadPeriod::BadDate)),
                "{from:?}"
            );
        }
    }
}
