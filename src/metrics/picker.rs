//! What the figures' screens share: the choice of a period, sorted columns, the columns of the files.
//!
//! Everything chosen is in the address, so a figure can be bookmarked, sent and found again.

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

use super::model::{Activity, BadPeriod, Period, PeriodKind};
use crate::infra::{
    i18n::{self, Locale, Message},
    page::{PageContext, Tab},
    spreadsheet::Cell,
};

/// An address with its filters; blank ones are left out.
pub(super) fn address(path: &str, filters: &[(&str, &str)]) -> String {
    let filled: Vec<_> = filters
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    match serde_urlencoded::to_string(&filled) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// A filter as the address has it: blank is absent.
pub(super) fn given(filter: Option<&str>) -> Option<String> {
    filter
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| text.chars().take(SEARCH_MAX).collect())
}

/// Letters of the longest search and department that are looked at.
const SEARCH_MAX: usize = 120;

/// The period of an address.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct PeriodQuery {
    period: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

impl PeriodQuery {
    /// Only a named period (`2026-11`, `2026-T4`, `2026`).
    pub fn named(period: Option<String>) -> Self {
        Self {
            period,
            ..Self::default()
        }
    }

    /// Which period it is; without one, the month of `today`.
    pub fn read(&self, today: NaiveDate) -> Result<Period, BadPeriod> {
        Period::from_query(
            self.period.as_deref(),
            self.from.as_deref(),
            self.to.as_deref(),
            today,
        )
    }
}

/// The sentence for a period that is none.
pub(super) fn explain(bad: BadPeriod) -> Message {
    Message::new(match bad {
        BadPeriod::Unreadable => "metrics-period-unreadable",
        BadPeriod::BadDate => "metrics-period-bad-date",
        BadPeriod::Reversed => "metrics-period-reversed",
        BadPeriod::TooLong => "metrics-period-too-long",
        BadPeriod::OutOfRange => "metrics-period-out-of-range",
    })
}

/// The period in words: "novembre 2026", "4e trimestre 2026", "2026", "du 5 janv. 2026 au 1er févr. 2026".
pub(super) fn label(page: &PageContext, period: &Period) -> String {
    let date = |date: NaiveDate| i18n::date_short(page.locale, page.tz, date);
    let year = period.year().to_string();
    match period.kind() {
        PeriodKind::Month => i18n::month_name(page.locale, page.tz, period.first()),
        PeriodKind::Quarter => i18n::text_with(
            page.locale,
            match period.quarter() {
                1 => "metrics-period-quarter-1",
                2 => "metrics-period-quarter-2",
                3 => "metrics-period-quarter-3",
                _ => "metrics-period-quarter-4",
            },
            &[("year", year.into())],
        ),
        PeriodKind::Year => year,
        PeriodKind::Free => i18n::text_with(
            page.locale,
            "metrics-period-dates",
            &[
                ("first", date(period.first()).into()),
                ("last", date(period.last()).into()),
            ],
        ),
    }
}

/// A step to a neighbouring period.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub href: String,
    pub label: String,
}

/// The control that chooses a period: a tab per kind, steps to the neighbours, two dates.
#[derive(Clone, Debug)]
pub(super) struct PeriodPicker {
    pub label: String,
    pub tabs: Vec<Tab>,
    pub previous: Option<Step>,
    pub next: Option<Step>,
    /// The two date fields, when the period is free: what they hold.
    pub dates: Option<(String, String)>,
    /// The page, and what its address keeps beside the period.
    pub path: String,
    pub kept: Vec<(&'static str, String)>,
    pub error: Option<Message>,
}

impl PeriodPicker {
    /// The control at `path` for `period`; `kept` are the page's other filters.
    pub fn new(
        page: &PageContext,
        path: &str,
        kept: Vec<(&'static str, String)>,
        period: Period,
        kinds: &[PeriodKind],
        today: NaiveDate,
    ) -> Self {
        let href = |period: &Period| {
            let text = period.to_string();
            let (first, last) = (period.first().to_string(), period.last().to_string());
            let mut filters: Vec<(&str, &str)> = match period.kind() {
                PeriodKind::Free => vec![("from", &first), ("to", &last)],
                _ => vec![("period", &text)],
            };
            filters.extend(kept.iter().map(|(name, value)| (*name, value.as_str())));
            address(path, &filters)
        };
        let step = |period: Option<Period>| {
            period.map(|period| Step {
                href: href(&period),
                label: label(page, &period),
            })
        };
        let tabs = kinds
            .iter()
            .map(|kind| {
                let same = containing(*kind, period, today);
                let name = i18n::text(page.locale, kind_key(*kind));
                Tab::new(href(&same), name, *kind == period.kind())
            })
            .collect();
        Self {
            label: label(page, &period),
            tabs,
            previous: step(period.previous()),
            // What has not begun holds nothing to see.
            next: step(period.next().filter(|next| next.first() <= today)),
            dates: (period.kind() == PeriodKind::Free)
                .then(|| (period.first().to_string(), period.last().to_string())),
            path: path.to_owned(),
            kept,
            error: None,
        }
    }

    /// The same control over a period that could not be read: the dates that were typed stay.
    pub fn refused(mut self, query: &PeriodQuery, bad: BadPeriod) -> Self {
        let typed = |text: &Option<String>| text.clone().unwrap_or_default();
        if query.from.is_some() || query.to.is_some() {
            self.dates = Some((typed(&query.from), typed(&query.to)));
            // The page is about dates, although it falls back on a month: free periods are the last tab.
            let last = self.tabs.len().saturating_sub(1);
            for (index, tab) in self.tabs.iter_mut().enumerate() {
                tab.current = index == last;
            }
        }
        self.error = Some(explain(bad));
        self
    }
}

fn kind_key(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Month => "metrics-period-month",
        PeriodKind::Quarter => "metrics-period-quarter",
        PeriodKind::Year => "metrics-period-year",
        PeriodKind::Free => "metrics-period-free",
    }
}

/// The period of another kind where the one shown leads: the one around its last day, or around
/// today when that is inside it.
fn containing(kind: PeriodKind, shown: Period, today: NaiveDate) -> Period {
    let around = if shown.contains(today) {
        today
    } else {
        shown.last()
    };
    let year = around.year();
    let named = |text: String| text.parse().unwrap_or(shown);
    match kind {
        kind if kind == shown.kind() => shown,
        PeriodKind::Month => Period::month_of(around),
        PeriodKind::Quarter => named(format!("{year}-T{}", around.month0() / 3 + 1)),
        PeriodKind::Year => named(format!("{year:04}")),
        PeriodKind::Free => Period::free(shown.first(), shown.last()).unwrap_or(shown),
    }
}

/// The head of a column that sorts.
#[derive(Clone, Debug)]
pub(super) struct SortHead {
    pub href: String,
    pub label_key: &'static str,
    pub numeric: bool,
    /// `ascending`, `descending`, or nothing when another column sorts: the value of `aria-sort`.
    pub state: &'static str,
}

/// One column of a list that sorts by `code`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub code: &'static str,
    pub label_key: &'static str,
    pub numeric: bool,
}

/// The heads of a list: a click on the sorted column turns its order round, on another one sorts
/// names from A and figures from the highest.
pub(super) fn sort_heads(
    path: &str,
    kept: &[(&str, &str)],
    columns: &[Column],
    (sorted, descending): (&str, bool),
) -> Vec<SortHead> {
    let head = |column: &Column| {
        let is_sorted = column.code == sorted;
        let next_descending = if is_sorted {
            !descending
        } else {
            column.numeric
        };
        let mut filters = kept.to_vec();
        filters.push(("sort", column.code));
        filters.push(("order", if next_descending { "desc" } else { "asc" }));
        SortHead {
            href: address(path, &filters),
            label_key: column.label_key,
            numeric: column.numeric,
            state: match (is_sorted, descending) {
                (true, true) => "descending",
                (true, false) => "ascending",
                (false, _) => "",
            },
        }
    };
    columns.iter().map(head).collect()
}

/// The heads of [`figures`] in a file.
pub(super) fn figure_heads(locale: Locale) -> [Cell; 4] {
    [
        "metrics-csv-consultations",
        "metrics-csv-seconds",
        "metrics-csv-clock",
        "metrics-csv-hours",
    ]
    .map(|key| i18n::text(locale, key).into())
}

/// The figures of a row in a file: count, seconds (exact), hours:minutes (to the minute below) and
/// hours with two decimals as the reader's spreadsheet writes them.
pub(super) fn figures(locale: Locale, activity: Activity) -> [Cell; 4] {
    let Activity { count, seconds } = activity;
    let hundredths = (seconds + 18) / 36;
    let mark = match locale {
        Locale::Fr => ',',
        Locale::En => '.',
    };
    [
        count.into(),
        seconds.into(),
        format!("{}:{:02}", seconds / 3600, seconds / 60 % 60).into(),
        format!("{}{mark}{:02}", hundredths / 100, hundredths % 100).into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infra::page::Space;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn period(text: &str) -> Period {
        text.parse().expect("a period")
    }

    fn picker(shown: &str) -> PeriodPicker {
        let page = PageContext::new(Space::Practitioner, Locale::Fr, "/practitioner/activity");
        let kept = vec![("q", "é&x".to_owned()), ("status", String::new())];
        let today = date("2026-11-20");
        PeriodPicker::new(&page, "/p", kept, period(shown), &PeriodKind::ALL, today)
    }

    #[test]
    fn every_kind_leads_to_the_period_around_the_one_shown() {
        let hrefs = |shown| {
            picker(shown)
                .tabs
                .into_iter()
                .map(|tab| tab.href)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            hrefs("2026-11"),
            [
                "/p?period=2026-11&q=%C3%A9%26x",
                "/p?period=2026-T4&q=%C3%A9%26x",
                "/p?period=2026&q=%C3%A9%26x",
                "/p?from=2026-11-01&to=2026-11-30&q=%C3%A9%26x",
            ]
        );
        // This year leads to this month, a past year to its December.
        assert!(hrefs("2026")[0].contains("period=2026-11"));
        assert!(hrefs("2025")[0].contains("period=2025-12"));
    }

    #[test]
    fn the_next_period_is_offered_once_it_has_begun() {
        let november = picker("2026-11");
        assert!(november.next.is_none());
        assert!(
            november
                .previous
                .is_some_and(|step| step.label == "octobre 2026")
        );
        assert!(
            picker("2026-10")
                .next
                .is_some_and(|step| step.label == "novembre 2026")
        );
        assert!(picker("2026-T3").next.is_some());
        assert!(picker("2026-T4").next.is_none());
    }

    #[test]
    fn a_sorted_column_turns_round_and_figures_begin_with_the_highest() {
        let columns = [
            Column {
                code: "name",
                label_key: "metrics-name",
                numeric: false,
            },
            Column {
                code: "count",
                label_key: "metrics-consultations",
                numeric: true,
            },
        ];
        let heads = sort_heads("/p", &[("month", "2026-11")], &columns, ("name", false));
        assert_eq!(heads[0].href, "/p?month=2026-11&sort=name&order=desc");
        assert_eq!(heads[0].state, "ascending");
        assert_eq!(heads[1].href, "/p?month=2026-11&sort=count&order=desc");
        assert_eq!(heads[1].state, "");
    }

    #[test]
    fn hours_are_written_for_the_readers_spreadsheet() {
        let activity = Activity {
            count: 3,
            seconds: 9_001,
        };
        let french = figures(Locale::Fr, activity);
        assert_eq!(
            french,
            [3.into(), 9_001.into(), "2:30".into(), "2,50".into()]
        );
        let english = figures(
            Locale::En,
            Activity {
                count: 1,
                seconds: 3_018,
            },
        );
        assert_eq!(english[2..], ["0:50".into(), "0.84".into()]);
    }
}
