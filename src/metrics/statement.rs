//! One practitioner's activity of a period, as the practitioner and the platform's admins see it.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    model::{Activity, BadPeriod, Period, PeriodKind},
    picker::{self, PeriodPicker, PeriodQuery},
    queries::{
        self,
        statement::{DayLine, ReadsActivity},
    },
    trend,
};
use crate::infra::{
    db::{Db, Tx},
    error::{AppError, PageResult},
    export,
    i18n::{self, Locale},
    page::{Chart, PageContext, Pagination},
    spreadsheet::Cell,
};

/// The figures of a period, as read in one transaction.
pub(super) struct Figures {
    today: NaiveDate,
    period: Period,
    refusal: Option<BadPeriod>,
    months: Vec<(NaiveDate, Activity)>,
    companies: Vec<(String, Activity)>,
}

/// Reads the figures of the period asked for; of this month when it cannot be read.
pub(super) fn read<R: ReadsActivity>(
    tx: &mut Tx<R>,
    practitioner_id: Uuid,
    query: &PeriodQuery,
) -> Result<Figures, AppError> {
    let today = queries::today(tx)?;
    let (period, refusal) = match query.read(today) {
        Ok(period) => (period, None),
        Err(bad) => (Period::month_of(today), Some(bad)),
    };
    Ok(Figures {
        today,
        period,
        refusal,
        months: queries::statement::by_month(tx, practitioner_id, period)?,
        companies: queries::statement::by_company(tx, practitioner_id, period)?,
    })
}

/// A row of the statement's tables.
pub(super) struct Line {
    pub label: String,
    pub activity: Activity,
}

/// What `metrics/statement.html` draws.
pub(super) struct Statement {
    pub picker: PeriodPicker,
    pub total: Activity,
    pub companies: Vec<Line>,
    pub months: Vec<Line>,
    pub chart: Option<Chart>,
    pub pages: Pagination,
    /// The file of the same period; absent when there is nothing to write.
    pub file_href: Option<String>,
}

impl Statement {
    /// The statement at `path`, whose file is at `path.csv`.
    pub fn new(
        page: &PageContext,
        path: &str,
        figures: Figures,
        query: &PeriodQuery,
        number: Option<&str>,
    ) -> Self {
        let Figures { period, today, .. } = figures;
        let mut picker = PeriodPicker::new(page, path, Vec::new(), period, &PeriodKind::ALL, today);
        if let Some(bad) = figures.refusal {
            picker = picker.refused(query, bad);
        }
        let total: Activity = figures.months.iter().map(|(_, activity)| *activity).sum();
        let months = trend::filled(
            &figures.months,
            period.first(),
            period.last().min(today.max(period.first())),
        );
        let chart = (months.len() > 1).then(|| {
            let title = i18n::text(page.locale, "metrics-statement-chart").to_owned();
            trend::count_chart(page, title.into(), &months)
        });
        let pages = Pagination::new(
            number.and_then(|number| number.parse().ok()).unwrap_or(1),
            i64::try_from(figures.companies.len()).unwrap_or(i64::MAX),
            &page.path,
        );
        let companies = figures
            .companies
            .into_iter()
            .skip(usize::try_from(pages.offset()).unwrap_or(0))
            .take(usize::try_from(pages.limit()).unwrap_or(20))
            .map(|(label, activity)| Line { label, activity })
            .collect();
        let months = months
            .into_iter()
            .map(|(month, activity)| Line {
                label: i18n::month_name(page.locale, page.tz, month),
                activity,
            })
            .collect();
        Self {
            file_href: (!total.is_empty()).then(|| format!("{path}.csv?{}", period.to_query())),
            picker,
            total,
            companies,
            months,
            chart,
            pages,
        }
    }
}

/// The statement as a file: a line per day and company, in order. No total line: the file is made to be added up,
/// filtered and pivoted, and a total among the lines would be counted twice.
pub(super) async fn download<R: ReadsActivity + 'static>(
    db: Db<R>,
    practitioner_id: Uuid,
    period: Period,
    locale: Locale,
) -> PageResult {
    let name = format!("{}-{period}", i18n::text(locale, "metrics-statement-file"));
    export::csv_download(db, &name, move |tx, sink| {
        let heads = [
            i18n::text(locale, "metrics-csv-day").into(),
            i18n::text(locale, "metrics-csv-company").into(),
        ];
        sink.row(heads.into_iter().chain(picker::figure_heads(locale)))?;
        queries::statement::each_day(tx, practitioner_id, period, |line: DayLine| {
            let what = [Cell::from(line.day.to_string()), line.company.into()];
            sink.row(
                what.into_iter()
                    .chain(picker::figures(locale, line.activity)),
            )
        })
    })
    .await
}
