//! The public holidays of France (code du travail, article L3133-1), with the two more of Alsace and
//! Moselle (article L3134-13).

use std::str::FromStr;

use chrono::{Datelike as _, Days, NaiveDate};

use super::model::Unknown;

macro_rules! holidays {
    ($($(#[$doc:meta])* $variant:ident $name:literal $key:literal),* $(,)?) => {
        /// A public holiday.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Holiday {
            $($(#[$doc])* $variant),*
        }

        impl Holiday {
            /// Every holiday, in the order of the year.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// The name in the database and in forms.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The key of its label.
            #[must_use]
            pub fn label_key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }
        }
    };
}
holidays! {
    /// 1 January.
    NewYear "new_year" "agenda-holiday-new-year",
    /// The Friday before Easter; Alsace and Moselle.
    GoodFriday "good_friday" "agenda-holiday-good-friday",
    /// The day after Easter.
    EasterMonday "easter_monday" "agenda-holiday-easter-monday",
    /// 1 May.
    LabourDay "labour_day" "agenda-holiday-labour-day",
    /// 8 May.
    VictoryDay "victory_day" "agenda-holiday-victory-day",
    /// 39 days after Easter.
    Ascension "ascension" "agenda-holiday-ascension",
    /// 50 days after Easter.
    WhitMonday "whit_monday" "agenda-holiday-whit-monday",
    /// 14 July.
    NationalDay "national_day" "agenda-holiday-national-day",
    /// 15 August.
    Assumption "assumption" "agenda-holiday-assumption",
    /// 1 November.
    AllSaints "all_saints" "agenda-holiday-all-saints",
    /// 11 November.
    Armistice "armistice" "agenda-holiday-armistice",
    /// 25 December.
    Christmas "christmas" "agenda-holiday-christmas",
    /// 26 December; Alsace and Moselle.
    SaintStephen "saint_stephen" "agenda-holiday-saint-stephen",
}

impl FromStr for Holiday {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        let mut all = Self::ALL.into_iter();
        all.find(|holiday| holiday.as_str() == text)
            .ok_or(Unknown::HOLIDAY)
    }
}

impl Holiday {
    /// Whether only Alsace and Moselle rest on that day.
    #[must_use]
    pub fn is_regional(self) -> bool {
        matches!(self, Self::GoodFriday | Self::SaintStephen)
    }

    /// Its date in a year; `None` only beyond the years chrono can hold.
    #[must_use]
    pub fn date(self, year: i32) -> Option<NaiveDate> {
        let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let after_easter = |days| easter(year)?.checked_add_days(Days::new(days));
        match self {
            Self::NewYear => on(1, 1),
            Self::GoodFriday => easter(year)?.checked_sub_days(Days::new(2)),
            Self::EasterMonday => after_easter(1),
            Self::LabourDay => on(5, 1),
            Self::VictoryDay => on(5, 8),
            Self::Ascension => after_easter(39),
            Self::WhitMonday => after_easter(50),
            Self::NationalDay => on(7, 14),
            Self::Assumption => on(8, 15),
            Self::AllSaints => on(11, 1),
            Self::Armistice => on(11, 11),
            Self::Christmas => on(12, 25),
            Self::SaintStephen => on(12, 26),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm).
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let (leap_centuries, century_rest) = (century.div_euclid(4), century.rem_euclid(4));
    let lunar = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - leap_centuries - lunar + 15).rem_euclid(30);
    let (leaps, years) = (rest.div_euclid(4), rest.rem_euclid(4));
    let to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - years).rem_euclid(7);
    let shift = (golden + 11 * epact + 22 * to_sunday).div_euclid(451);
    let day = epact + to_sunday - 7 * shift + 114;
    let (month, day) = (day.div_euclid(31), day.rem_euclid(31) + 1);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// The holidays of the twelve months from `today` on, in order. In some years two fall on one date:
/// the first of [`Holiday::ALL`] names it.
#[must_use]
pub fn ahead(today: NaiveDate) -> Vec<(NaiveDate, Holiday)> {
    let last = today.checked_add_days(Days::new(365)).unwrap_or(today);
    let mut found: Vec<(NaiveDate, Holiday)> = [today.year(), today.year() + 1]
        .into_iter()
        .flat_map(|year| {
            Holiday::ALL
                .into_iter()
                .filter_map(move |holiday| Some((holiday.date(year)?, holiday)))
        })
        .filter(|(date, _)| (today..last).contains(date))
        .collect();
    found.sort_by_key(|(date, _)| *date);
    found.dedup_by_key(|(date, _)| *date);
    found
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        let almanac = [
            "1583-04-10",
            "1818-03-22",
            "1943-04-25",
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2038-04-25",
            "2049-04-18",
            "2285-03-22",
        ];
        for text in almanac {
            assert_eq!(easter(date(text).year()), Some(date(text)));
        }
    }

    /// The definition: the first Sunday after the full moon of the church's calendar on or after
    /// 21 March, from its tables of golden numbers and epacts.
    fn easter_by_the_tables(year: i32) -> NaiveDate {
        let golden = year % 19 + 1;
        let century = year / 100 + 1;
        let solar = 3 * century / 4 - 12;
        let lunar = (8 * century + 5) / 25 - 5;
        let mut epact = (11 * golden + 20 + lunar - solar).rem_euclid(30);
        if epact == 24 || epact == 25 && golden > 11 {
            epact += 1;
        }
        let march = NaiveDate::from_ymd_opt(year, 3, 1).expect("a date");
        let mut moon = 44 - epact;
        if moon < 21 {
            moon += 30;
        }
        let full_moon = march + Days::new(u64::try_from(moon - 1).expect("positive"));
        full_moon
            .iter_days()
            .skip(1)
            .find(|day| day.weekday() == Weekday::Sun)
            .expect("a Sunday")
    }

    #[test]
    fn easter_is_that_of_the_tables_in_every_year() {
        for year in 1583..9999 {
            assert_eq!(easter(year), Some(easter_by_the_tables(year)), "{year}");
        }
    }

    #[test]
    fn the_holidays_of_2027_are_these() {
        let dates: Vec<String> = Holiday::ALL
            .into_iter()
            .filter(|holiday| !holiday.is_regional())
            .filter_map(|holiday| Some(format!("{} {}", holiday.date(2027)?, holiday.as_str())))
            .collect();
        assert_eq!(
            dates,
            [
                "2027-01-01 new_year",
                "2027-03-29 easter_monday",
                "2027-05-01 labour_day",
                "2027-05-08 victory_day",
                "2027-05-06 ascension",
                "2027-05-17 whit_monday",
                "2027-07-14 national_day",
                "2027-08-15 assumption",
                "2027-11-01 all_saints",
                "2027-11-11 armistice",
                "2027-12-25 christmas",
            ]
        );
    }

    #[test]
    fn the_next_twelve_months_have_each_holiday_once_and_in_order() {
        let ahead = ahead(date("2026-11-20"));
        assert_eq!(
            ahead.first(),
            Some(&(date("2026-12-25"), Holiday::Christmas))
        );
        assert_eq!(
            ahead.last(),
            Some(&(date("2027-11-11"), Holiday::Armistice))
        );
        assert_eq!(ahead.len(), 13);
        assert!(ahead.windows(2).all(|pair| pair[0].0 < pair[1].0));
        // In 2008 Ascension was the first of May.
        let shared = super::ahead(date("2008-01-01"));
        assert!(shared.contains(&(date("2008-05-01"), Holiday::LabourDay)));
        assert_eq!(shared.len(), 12);
    }

    #[test]
    fn names_are_read_back() {
        for holiday in Holiday::ALL {
            assert_eq!(holiday.as_str().parse(), Ok(holiday));
        }
        assert!("noel".parse::<Holiday>().is_err());
    }
}
