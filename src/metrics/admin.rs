//! The platform's figures: companies, practitioners, the month's report. Names of companies and of
//! practitioners; never an employee's, and never who consulted whom.

use serde::Deserialize;

use super::{
    model::{BadPeriod, Period, PeriodKind},
    picker::{self, PeriodPicker, PeriodQuery},
    queries::platform::{ListFilter, ListOrder, ListSort, ListTotals},
};
use crate::infra::{
    actor::Admin,
    error::AppError,
    i18n,
    page::{Choice, PageContext, PageOf, Pagination},
    role_scope::RoleScope,
};

pub mod api;
mod companies;
mod disclosure;
mod practitioners;
mod reports;

/// Mounts the platform admin's pages of this domain.
pub fn routes(scope: &mut RoleScope<Admin>) {
    companies::routes(scope);
    disclosure::routes(scope);
    practitioners::routes(scope);
    reports::routes(scope);
}

/// Lists add up whole months: a day of one million consultations is not looked at one by one.
const PERIODS: [PeriodKind; 3] = [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year];

/// The address of a list.
#[derive(Clone, Default, Deserialize)]
struct ListQuery {
    period: Option<String>,
    status: Option<String>,
    q: Option<String>,
    sort: Option<String>,
    order: Option<String>,
    page: Option<String>,
}

impl ListQuery {
    fn period(&self, today: chrono::NaiveDate) -> Result<Period, BadPeriod> {
        match PeriodQuery::named(self.period.clone()).read(today)? {
            period if PERIODS.contains(&period.kind()) => Ok(period),
            _ => Err(BadPeriod::Unreadable),
        }
    }

    /// A status that is none of `known` is no filter.
    fn filter(&self, period: Period, known: &[(&str, &str)]) -> ListFilter {
        ListFilter {
            period,
            status: picker::given(self.status.as_deref())
                .filter(|status| known.iter().any(|(code, _)| code == status)),
            search: picker::given(self.q.as_deref()),
        }
    }

    fn order(&self) -> ListOrder {
        let sort = self
            .sort
            .as_deref()
            .and_then(ListSort::from_code)
            .unwrap_or_default();
        let descending = match self.order.as_deref() {
            Some(order) => order == "desc",
            None => sort != ListSort::Name,
        };
        ListOrder { sort, descending }
    }

    /// Reads the page that is asked for.
    fn read<L>(
        &self,
        path: &str,
        read: impl FnMut((i64, i64)) -> Result<(ListTotals, Vec<L>), AppError>,
    ) -> Result<PageOf<ListTotals, L>, AppError> {
        let number = self.page.as_deref().and_then(|page| page.parse().ok());
        PageOf::read(
            number.unwrap_or(1),
            path,
            |totals: &ListTotals| totals.rows,
            read,
        )
    }
}

/// What the two lists' pages have in common.
struct ListView {
    picker: PeriodPicker,
    statuses: Vec<Choice>,
    status: String,
    search: String,
    sort: &'static str,
    order: &'static str,
    narrowed: bool,
    heads: Vec<picker::SortHead>,
    totals: ListTotals,
    pages: Pagination,
    file_href: String,
    all_href: String,
    period: String,
}

/// What differs between them.
struct ListKind {
    path: &'static str,
    file: &'static str,
    statuses: &'static [(&'static str, &'static str)],
    columns: &'static [picker::Column],
}

/// What one transaction read of a list beside its lines.
struct ListRead {
    today: chrono::NaiveDate,
    period: Period,
    refusal: Option<BadPeriod>,
    totals: ListTotals,
    pages: Pagination,
}

impl ListView {
    fn new(page: &PageContext, kind: &ListKind, query: &ListQuery, read: ListRead) -> Self {
        let filter = query.filter(read.period, kind.statuses);
        let order = query.order();
        let direction = if order.descending { "desc" } else { "asc" };
        let status = filter.status.unwrap_or_default();
        let search = filter.search.unwrap_or_default();
        let period = read.period.to_string();
        let kept = vec![
            ("status", status.clone()),
            ("q", search.clone()),
            ("sort", order.sort.code().to_owned()),
            ("order", direction.to_owned()),
        ];
        let filters = [
            ("period", period.as_str()),
            ("status", &status),
            ("q", &search),
        ];
        let mut exported = filters.to_vec();
        exported.extend([("sort", order.sort.code()), ("order", direction)]);
        let mut picker =
            PeriodPicker::new(page, kind.path, kept, read.period, &PERIODS, read.today);
        picker.error = read.refusal.map(picker::explain);
        Self {
            statuses: kind
                .statuses
                .iter()
                .map(|(code, key)| Choice::new(*code, i18n::text(page.locale, key)))
                .collect(),
            heads: picker::sort_heads(
                kind.path,
                &filters,
                kind.columns,
                (order.sort.code(), order.descending),
            ),
            file_href: picker::address(kind.file, &exported),
            all_href: picker::address(kind.path, &[("period", &period)]),
            narrowed: !status.is_empty() || !search.is_empty(),
            sort: order.sort.code(),
            order: direction,
            totals: read.totals,
            pages: read.pages,
            picker,
            status,
            search,
            period,
        }
    }
}

/// A row's label and the tone of its badge.
#[derive(Clone, Copy)]
struct Badge {
    key: &'static str,
    tone: &'static str,
}
