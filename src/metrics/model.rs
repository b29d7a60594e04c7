//! Periods and activity: the pure part of the counters.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

/// First and last year a period may touch. Wide enough for any data, narrow enough that a typing
/// error is noticed.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;
/// Longest free period.
const FREE_MAX: Months = Months::new(24);

/// A number of completed consultations and their total duration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Completed consultations.
    pub count: i64,
    /// Their total duration in seconds.
    pub seconds: i64,
}

impl Activity {
    /// Mean duration in seconds, to the nearest; `None` without consultations.
    #[must_use]
    pub fn mean_seconds(self) -> Option<i64> {
        (self.count > 0).then(|| (self.seconds + self.count / 2) / self.count)
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.count == 0
    }
}

impl Add for Activity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            seconds: self.seconds + other.seconds,
        }
    }
}

impl AddAssign for Activity {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Activity {
    fn sum<I: Iterator<Item = Self>>(activities: I) -> Self {
        activities.fold(Self::default(), Add::add)
    }
}

/// What sort of period it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodKind {
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
    /// Any two dates.
    Free,
}

impl PeriodKind {
    /// Every kind, in the order of the period picker.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Year, Self::Free];

    /// The suffix of the translation key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Free => "free",
        }
    }

    /// Length of a calendar period.
    fn months(self) -> Option<Months> {
        match self {
            Self::Month => Some(Months::new(1)),
            Self::Quarter => Some(Months::new(3)),
            Self::Year => Some(Months::new(12)),
            Self::Free => None,
        }
    }
}

/// Why a text is not a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPeriod {
    /// Neither a month (`2026-11`), a quarter (`2026-T4`, `2026-Q4`) nor a year (`2026`).
    #[error("not a month, a quarter or a year")]
    Unreadable,
    /// One of the two dates is missing or is not a date (`2026-11-20`).
    #[error("the first or the last date is missing or not a date")]
    BadDate,
    /// The last date is before the first.
    #[error("the last date is before the first")]
    Reversed,
    /// Over two years.
    #[error("the period is over two years")]
    TooLong,
    /// Before 2000 or after 2100.
    #[error("the period is out of range")]
    OutOfRange,
}

impl BadPeriod {
    /// Every code, for the test that each has its translation.
    pub const CODES: [&str; 5] = [
        "unreadable",
        "bad-date",
        "reversed",
        "too-long",
        "out-of-range",
    ];

    /// Stable suffix of the translation key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::BadDate => "bad-date",
            Self::Reversed => "reversed",
            Self::TooLong => "too-long",
            Self::OutOfRange => "out-of-range",
        }
    }
}

/// The dates a screen or an export covers, both included, in the accounting zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    kind: PeriodKind,
    first: NaiveDate,
    last: NaiveDate,
}

impl Period {
    /// The calendar month of a date. The date is trusted: it comes from the clock.
    #[must_use]
    pub fn month_of(date: NaiveDate) -> Self {
        let first = date.with_day(1).unwrap_or(date);
        Self::calendar(PeriodKind::Month, first).unwrap_or(Self {
            kind: PeriodKind::Free,
            first: date,
            last: date,
        })
    }

    /// Two dates, both included.
    ///
    /// # Errors
    /// [`BadPeriod::Reversed`], [`BadPeriod::TooLong`] over two years, [`BadPeriod::OutOfRange`].
    pub fn free(first: NaiveDate, last: NaiveDate) -> Result<Self, BadPeriod> {
        if last < first {
            return Err(BadPeriod::Reversed);
        }
        if !YEARS.contains(&first.year()) || !YEARS.contains(&last.year()) {
            return Err(BadPeriod::OutOfRange);
        }
        if first
            .checked_add_months(FREE_MAX)
            .is_none_or(|limit| last >= limit)
        {
            return Err(BadPeriod::TooLong);
        }
        Ok(Self {
            kind: PeriodKind::Free,
            first,
            last,
        })
    }

    /// The period of a query string: `period=2026-11`, or else `from=2026-01-05&to=2026-02-01`, or
    /// else the month of `today`. Blank parameters count as absent: forms send them.
    ///
    /// # Errors
    /// See [`BadPeriod`].
    pub fn from_query(
        period: Option<&str>,
        from: Option<&str>,
        to: Option<&str>,
        today: NaiveDate,
    ) -> Result<Self, BadPeriod> {
        let present = |text: Option<&str>| {
            text.map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let date = |text: Option<String>| {
            text.and_then(|text| text.parse().ok())
                .ok_or(BadPeriod::BadDate)
        };
        match (present(period), present(from), present(to)) {
            (Some(period), ..) => period.parse(),
            (None, None, None) => Ok(Self::month_of(today)),
            (None, from, to) => Self::free(date(from)?, date(to)?),
        }
    }

    /// The query string that [`Self::from_query`] reads back.
    #[must_use]
    pub fn to_query(&self) -> String {
        match self.kind {
            PeriodKind::Free => format!("from={}&to={}", self.first, self.last),
            _ => format!("period={self}"),
        }
    }

    /// What sort of period it is, to choose the words of its label.
    #[must_use]
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// First date, included.
    #[must_use]
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// Last date, included.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.last
    }

    /// Year of the first date.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.first.year()
    }

    /// Quarter of the first date, from 1 to 4.
    #[must_use]
    pub fn quarter(&self) -> u32 {
        self.first.month0() / 3 + 1
    }

    /// Number of dates.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Whether the date is in the period.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// The period just before: the previous month, quarter or year, or as many days. `None` before
    /// the first year.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        match self.kind.months() {
            Some(months) => Self::calendar(self.kind, self.first.checked_sub_months(months)?).ok(),
            None => {
                let length = Days::new(self.days().unsigned_abs());
                let first = self.first.checked_sub_days(length)?;
                Self::free(first, self.first.pred_opt()?).ok()
            }
        }
    }

    /// The period just after; see [`Self::previous`].
    #[must_use]
    pub fn next(&self) -> Option<Self> {
        let first = self.last.succ_opt()?;
        match self.kind {
            PeriodKind::Free => {
                let length = Days::new(self.days().unsigned_abs());
                Self::free(first, self.last.checked_add_days(length)?).ok()
            }
            kind => Self::calendar(kind, first).ok(),
        }
    }

    /// `first` is the first date of a month, quarter or year.
    fn calendar(kind: PeriodKind, first: NaiveDate) -> Result<Self, BadPeriod> {
        if !YEARS.contains(&first.year()) {
            return Err(BadPeriod::OutOfRange);
        }
        let last = kind
            .months()
            .and_then(|months| first.checked_add_months(months)?.pred_opt())
            .ok_or(BadPeriod::OutOfRange)?;
        Ok(Self { kind, first, last })
    }
}

/// The form used in URLs and file names: `2026-11`, `2026-T4`, `2026`, `2026-01-05_2026-02-01`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year();
        match self.kind {
            PeriodKind::Month => write!(f, "{year}-{:02}", self.first.month()),
            PeriodKind::Quarter => write!(f, "{year}-T{}", self.quarter()),
            PeriodKind::Year => write!(f, "{year}"),
            PeriodKind::Free => write!(f, "{}_{}", self.first, self.last),
        }
    }
}

/// Reads what `Display` writes, and `Q` for `T` in either case.
impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        if let Some((first, last)) = text.split_once('_') {
            let date = |text: &str| text.parse().map_err(|_| BadPeriod::BadDate);
            return Self::free(date(first)?, date(last)?);
        }
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        let year = digits(year, 4)?;
        let (kind, month) = match rest {
            None => (PeriodKind::Year, 1),
            Some(rest) => match rest.strip_prefix(['T', 't', 'Q', 'q']) {
                Some(quarter) => match digits(quarter, 1)? {
                    quarter @ 1..=4 => (PeriodKind::Quarter, quarter * 3 - 2),
                    _ => return Err(BadPeriod::Unreadable),
                },
                None => (PeriodKind::Month, digits(rest, 2)?),
            },
        };
        let year = i32::try_from(year).map_err(|_| BadPeriod::OutOfRange)?;
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or(BadPeriod::Unreadable)?;
        Self::calendar(kind, first)
    }
}

/// Exactly `length` digits: `parse` alone would also take a sign.
fn digits(text: &str, length: usize) -> Result<u32, BadPeriod> {
    if text.len() != length || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BadPeriod::Unreadable);
    }
    text.parse().map_err(|_| BadPeriod::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn bounds(text: &str) -> (NaiveDate, NaiveDate) {
        let period: Period = text.parse().expect(text);
        (period.first(), period.last())
    }

    #[test]
    fn periods_are_read_with_inclusive_bounds() {
        for (text, first, last) in [
            ("2026-11", "2026-11-01", "2026-11-30"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2026-T4", "2026-10-01", "2026-12-31"),
            ("2026-q1", "2026-01-01", "2026-03-31"),
            ("2026", "2026-01-01", "2026-12-31"),
            ("2100", "2100-01-01", "2100-12-31"),
            ("2026-01-05_2026-02-01", "2026-01-05", "2026-02-01"),
        ] {
            assert_eq!(bounds(text), (date(first), date(last)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_period_is_explained() {
        for (text, reason) in [
            ("", BadPeriod::Unreadable),
            ("2026-13", BadPeriod::Unreadable),
            ("2026-0", BadPeriod::Unreadable),
            ("2026-1", BadPeriod::Unreadable),
            ("2026-T5", BadPeriod::Unreadable),
            ("2026-T", BadPeriod::Unreadable),
            ("26", BadPeriod::Unreadable),
            ("+026", BadPeriod::Unreadable),
            ("2026-11-20", BadPeriod::Unreadable),
            ("novembre", BadPeriod::Unreadable),
            ("<script>", BadPeriod::Unreadable),
            ("٢٠٢٦", BadPeriod::Unreadable),
            ("1999", BadPeriod::OutOfRange),
            ("2101-01", BadPeriod::OutOfRange),
            ("2026-02-30_2026-03-01", BadPeriod::BadDate),
            ("2026-03-01_2026-02-28", BadPeriod::Reversed),
        ] {
            assert_eq!(text.parse::<Period>(), Err(reason), "{text}");
            assert!(BadPeriod::CODES.contains(&reason.code()));
        }
    }

    #[test]
    fn a_free_period_is_two_years_at_most() {
        let first = date("2024-11-20");
        assert!(Period::free(first, date("2026-11-19")).is_ok());
        assert_eq!(
            Period::free(first, date("2026-11-20")),
            Err(BadPeriod::TooLong)
        );
        assert_eq!(
            Period::free(first, first).map(|period| period.days()),
            Ok(1)
        );
        assert_eq!(
            Period::free(date("1999-12-31"), first),
            Err(BadPeriod::OutOfRange)
        );
        assert_eq!(
            Period::free(NaiveDate::MIN, NaiveDate::MAX),
            Err(BadPeriod::OutOfRange)
        );
    }

    #[test]
    fn a_query_without_period_means_this_month() {
        let today = date("2026-11-20");
        let query = |period, from, to| {
            Period::from_query(period, from, to, today).map(|period| period.to_query())
        };
        assert_eq!(query(None, None, None).as_deref(), Ok("period=2026-11"));
        assert_eq!(
            query(Some(" "), Some(""), None).as_deref(),
            Ok("period=2026-11")
        );
        assert_eq!(
            query(Some("2026-Q3"), Some("x"), None).as_deref(),
            Ok("period=2026-T3")
        );
        assert_eq!(
            query(None, Some("2026-01-05"), Some(" 2026-02-01 ")).as_deref(),
            Ok("from=2026-01-05&to=2026-02-01")
        );
        assert_eq!(
            query(None, Some("2026-01-05"), None),
            Err(BadPeriod::BadDate)
        );
        assert_eq!(
            query(None, Some("5 janvier"), Some("2026-02-01")),
            Err(BadPeriod::BadDate)
        );
    }

    #[test]
    fn neighbours_follow_each_other() {
        for (text, previous, next) in [
            ("2026-01", Some("2025-12"), Some("2026-02")),
            ("2026-T1", Some("2025-T4"), Some("2026-T2")),
            ("2026", Some("2025"), Some("2027")),
            (
                "2026-01-08_2026-01-14",
                Some("2026-01-01_2026-01-07"),
                Some("2026-01-15_2026-01-21"),
            ),
            ("2000", None, Some("2001")),
            ("2100-12", Some("2100-11"), None),
        ] {
            let period: Period = text.parse().expect(text);
            let text_of = |period: Option<Period>| period.map(|period| period.to_string());
            assert_eq!(text_of(period.previous()).as_deref(), previous, "{text}");
            assert_eq!(text_of(period.next()).as_deref(), next, "{text}");
        }
    }

    #[test]
    fn activities_add_up_and_their_mean_is_rounded() {
        let activity = |count, seconds| Activity { count, seconds };
        let total: Activity = [activity(2, 6_000), activity(1, 3_001), Activity::default()]
            .into_iter()
            .sum();
        assert_eq!(total, activity(3, 9_001));
        assert_eq!(total.mean_seconds(), Some(3_000));
        assert_eq!(activity(2, 3).mean_seconds(), Some(2));
        assert_eq!(Activity::default().mean_seconds(), None);
        assert!(Activity::default().is_empty());
    }

    proptest! {
        #[test]
        fn a_period_is_read_back_and_touches_its_neighbours(
            first in 0..36_000_i32, days in 0..730_i32, kind in 0..4_u8,
        ) {
            let first = date("2000-01-01") + chrono::TimeDelta::days(first.into());
            let period = match kind {
                0 => Period::month_of(first),
                1 => format!("{}-T{}", first.year(), first.month0() / 3 + 1).parse().expect("a quarter"),
                2 => first.year().to_string().parse().expect("a year"),
                _ => Period::free(first, first + chrono::TimeDelta::days(days.into())).expect("two dates"),
            };
            prop_assert_eq!(period.to_string().parse(), Ok(period));
            prop_assert!(period.contains(first) && period.days() > 0);
            if let Some(next) = period.next() {
                prop_assert_eq!(period.last().succ_opt(), Some(next.first()));
                if period.kind() == PeriodKind::Free {
                    prop_assert_eq!(next.days(), period.days());
                } else {
                    prop_assert_eq!(next.previous(), Some(period));
                }
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in any::<String>(), close in "[0-9TQ_-]{0,22}") {
            let today = date("2026-11-20");
            let _ = (text.parse::<Period>(), close.parse::<Period>());
            let _ = Period::from_query(None, Some(&text), Some(&close), today);
        }
    }
}
