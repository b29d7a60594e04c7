//! Months in a row: gaps filled, drawn as a chart.

use std::borrow::Cow;

use chrono::{Datelike as _, Months, NaiveDate};

use super::model::Activity;
use crate::infra::{
    i18n,
    page::{Chart, PageContext, Point},
};

/// The last `months` months up to the one of `today`, the ones without activity included.
pub fn last_months(
    known: &[(NaiveDate, Activity)],
    today: NaiveDate,
    months: u32,
) -> Vec<(NaiveDate, Activity)> {
    let back = Months::new(months.saturating_sub(1));
    filled(
        known,
        today.checked_sub_months(back).unwrap_or(today),
        today,
    )
}

/// Every month of a span, the ones without activity included.
pub fn filled(
    known: &[(NaiveDate, Activity)],
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<(NaiveDate, Activity)> {
    let months = std::iter::successors(first.with_day(1), |month| {
        month.checked_add_months(Months::new(1))
    });
    months
        .take_while(|month| *month <= last)
        .map(|month| {
            let activity = known.iter().find(|(known, _)| *known == month);
            (
                month,
                activity.map(|(_, activity)| *activity).unwrap_or_default(),
            )
        })
        .collect()
}

/// The consultations of months as a chart.
pub fn count_chart(
    page: &PageContext,
    title: Cow<'static, str>,
    months: &[(NaiveDate, Activity)],
) -> Chart {
    let text = |key| Cow::Owned(i18n::text(page.locale, key).to_owned());
    let points = months
        .iter()
        .map(|(month, activity)| {
            Point::new(
                i18n::month_short(page.locale, page.tz, *month),
                activity.count,
                i18n::number(page.locale, activity.count),
            )
        })
        .collect();
    Chart::new(
        title,
        text("metrics-month"),
        text("metrics-consultations"),
        points,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn months_without_activity_are_there_with_nothing() {
        let one = Activity {
            count: 1,
            seconds: 60,
        };
        let months = filled(
            &[(date("2026-01-01"), one)],
            date("2025-12-15"),
            date("2026-02-03"),
        );
        assert_eq!(
            months,
            [
                (date("2025-12-01"), Activity::default()),
                (date("2026-01-01"), one),
                (date("2026-02-01"), Activity::default()),
            ]
        );
    }

    #[test]
    fn a_year_ends_with_this_month() {
        let months = last_months(&[], date("2026-01-31"), 12);
        assert_eq!(months.len(), 12);
        assert_eq!(months[0].0, date("2025-02-01"));
        assert_eq!(months[11].0, date("2026-01-01"));
    }
}
