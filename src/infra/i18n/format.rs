//! Dates, times, durations and numbers as each language writes them.
//!
//! French follows the Imprimerie nationale: "vendredi 20 novembre 2026", "14 h 30", "2 h 05", "12 500". The space before a
//! unit does not break (U+00A0); the one between thousands is narrow as well (U+202F). English keeps the European order and
//! the 24-hour clock, so that the two languages never disagree about an appointment.

use std::fmt::Write;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;

use super::Locale;

/// U+202F, the narrow no-break space.
const NARROW_SPACE: char = '\u{202f}';

/// U+00A0, the no-break space.
const SPACE: char = '\u{a0}';

/// Something that falls on a calendar day, in the reader's zone when it is an instant.
pub trait CalendarDay {
    /// The day it falls on in `zone`; plain dates are the same in every zone.
    fn calendar_day(&self, zone: Tz) -> NaiveDate;
}

impl CalendarDay for NaiveDate {
    fn calendar_day(&self, _zone: Tz) -> NaiveDate {
        *self
    }
}

impl CalendarDay for NaiveDateTime {
    fn calendar_day(&self, _zone: Tz) -> NaiveDate {
        self.date()
    }
}

impl CalendarDay for DateTime<Utc> {
    fn calendar_day(&self, zone: Tz) -> NaiveDate {
        self.with_timezone(&zone).date_naive()
    }
}

impl<T: CalendarDay + ?Sized> CalendarDay for &T {
    fn calendar_day(&self, zone: Tz) -> NaiveDate {
        T::calendar_day(self, zone)
    }
}

/// Something that has a time of day, in the reader's zone when it is an instant.
pub trait ClockTime {
    /// Its wall-clock time in `zone`.
    fn clock(&self, zone: Tz) -> NaiveTime;
}

impl ClockTime for NaiveTime {
    fn clock(&self, _zone: Tz) -> NaiveTime {
        *self
    }
}

impl ClockTime for NaiveDateTime {
    fn clock(&self, _zone: Tz) -> NaiveTime {
        self.time()
    }
}

impl ClockTime for DateTime<Utc> {
    fn clock(&self, zone: Tz) -> NaiveTime {
        self.with_timezone(&zone).time()
    }
}

impl<T: ClockTime + ?Sized> ClockTime for &T {
    fn clock(&self, zone: Tz) -> NaiveTime {
        T::clock(self, zone)
    }
}

const WEEKDAYS: [[&str; 7]; 2] = [
    [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ],
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
];

const MONTHS: [[&str; 12]; 2] = [
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

const SHORT_MONTHS: [[&str; 12]; 2] = [
    [
        "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ],
    [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
];

/// "vendredi 20 novembre 2026", "Friday 20 November 2026".
pub fn date_long(locale: Locale, zone: Tz, day: impl CalendarDay) -> String {
    let day = day.calendar_day(zone);
    let weekday = WEEKDAYS[locale.index()][day.weekday().num_days_from_monday() as usize];
    let month = MONTHS[locale.index()][day.month0() as usize];
    format!(
        "{weekday} {}\u{a0}{month} {}",
        day_of_month(locale, day),
        day.year()
    )
}

/// "20 nov. 2026", "20 Nov 2026".
pub fn date_short(locale: Locale, zone: Tz, day: impl CalendarDay) -> String {
    let day = day.calendar_day(zone);
    let month = SHORT_MONTHS[locale.index()][day.month0() as usize];
    format!(
        "{}\u{a0}{month}\u{a0}{}",
        day_of_month(locale, day),
        day.year()
    )
}

/// "novembre 2026", "November 2026".
pub fn month_name(locale: Locale, zone: Tz, day: impl CalendarDay) -> String {
    let day = day.calendar_day(zone);
    let month = MONTHS[locale.index()][day.month0() as usize];
    format!("{month} {}", day.year())
}

/// "vendredi", "Friday".
pub fn weekday(locale: Locale, zone: Tz, day: impl CalendarDay) -> &'static str {
    let day = day.calendar_day(zone);
    WEEKDAYS[locale.index()][day.weekday().num_days_from_monday() as usize]
}

/// "20 novembre", "20 November".
pub fn day_month(locale: Locale, zone: Tz, day: impl CalendarDay) -> String {
    let day = day.calendar_day(zone);
    let month = MONTHS[locale.index()][day.month0() as usize];
    format!("{}\u{a0}{month}", day_of_month(locale, day))
}

/// "nov.", "Nov": for the axis of a chart, where the year is said elsewhere.
pub fn month_short(locale: Locale, zone: Tz, day: impl CalendarDay) -> &'static str {
    SHORT_MONTHS[locale.index()][day.calendar_day(zone).month0() as usize]
}

/// "14 h 30", "14:30".
pub fn time(locale: Locale, zone: Tz, at: impl ClockTime) -> String {
    let at = at.clock(zone);
    let (hour, minute) = (at.hour(), at.minute());
    // By hand: a page of free slots says some two hundred of them.
    let mut written = String::with_capacity(12);
    if hour >= 10 || locale == Locale::En {
        written.push(digit(hour / 10));
    }
    written.push(digit(hour));
    match locale {
        Locale::Fr => written.extend([SPACE, 'h', SPACE]),
        Locale::En => written.push(':'),
    }
    written.push(digit(minute / 10));
    written.push(digit(minute));
    written
}

/// The last digit of a number.
fn digit(number: u32) -> char {
    char::from_digit(number % 10, 10).unwrap_or('0')
}

/// "vendredi 20 novembre 2026 à 14 h 30", "Friday 20 November 2026 at 14:30".
pub fn date_time(locale: Locale, zone: Tz, at: impl CalendarDay + ClockTime) -> String {
    let joint = match locale {
        Locale::Fr => " à ",
        Locale::En => " at ",
    };
    let mut written = date_long(locale, zone, &at);
    written.push_str(joint);
    written.push_str(&time(locale, zone, &at));
    written
}

/// A duration given in seconds, to the minute below: "2 h 05", "2h 05m"; "45 min" under an hour; "40 s" under a minute.
pub fn duration(locale: Locale, seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let space = SPACE;
    match (hours, minutes) {
        (0, 0) if seconds > 0 => format!("{seconds}{space}s"),
        (0, _) => format!("{minutes}{space}min"),
        _ => {
            let hours = number(locale, hours);
            match locale {
                Locale::Fr => format!("{hours}{space}h{space}{minutes:02}"),
                Locale::En => format!("{hours}h{space}{minutes:02}m"),
            }
        }
    }
}

/// A whole number with its thousands grouped: "12 500", "12,500".
pub fn number(locale: Locale, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    if digits.len() <= 3 && value >= 0 {
        return digits;
    }
    let separator = match locale {
        Locale::Fr => NARROW_SPACE,
        Locale::En => ',',
    };
    let mut written = String::with_capacity(digits.len() * 2);
    if value < 0 {
        written.push('\u{2212}');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

/// A number to one decimal: "4,8", "4.8".
pub fn decimal(locale: Locale, value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let mark = match locale {
        Locale::Fr => ',',
        Locale::En => '.',
    };
    let sign = if tenths < 0 { "\u{2212}" } else { "" };
    let whole = number(locale, (tenths / 10).abs());
    format!("{sign}{whole}{mark}{}", (tenths % 10).abs())
}

/// A share between 0 and 1 as a whole percentage: "42 %", "42%".
pub fn percent(locale: Locale, share: f64) -> String {
    let mut written = number(locale, (share * 100.0).round() as i64);
    match locale {
        Locale::Fr => {
            written.push(NARROW_SPACE);
            written.push('%');
        }
        Locale::En => written.push('%'),
    }
    written
}

/// The day of the month; French alone says "1er".
fn day_of_month(locale: Locale, day: NaiveDate) -> String {
    let mut written = String::with_capacity(3);
    match (locale, day.day()) {
        (Locale::Fr, 1) => written.push_str("1er"),
        (_, number) => {
            // Writing to a String does not fail.
            let _ = write!(written, "{number}");
        }
    }
    written
}
