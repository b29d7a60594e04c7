//! Moods over a month, by the day, and over weeks, on average.

use chrono::{Datelike as _, Days, NaiveDate};

use super::{Month, Mood};

/// Weeks that the trend shows.
pub const WEEKS: u64 = 12;

/// A day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which one.
    pub date: NaiveDate,
    /// The moods noted that day.
    pub moods: Vec<Mood>,
}

impl Day {
    /// The mood that stands for the day.
    pub fn mood(&self) -> Option<Mood> {
        Mood::mean(&self.moods)
    }
}

/// The weeks of a month, Monday to Sunday; `None` for days of other months.
pub fn calendar(month: Month, moods: &[(NaiveDate, Mood)]) -> Vec<[Option<Day>; 7]> {
    let mut weeks: Vec<[Option<Day>; 7]> = Vec::with_capacity(6);
    for date in month.days() {
        let column = date.weekday().num_days_from_monday() as usize;
        if column == 0 || weeks.is_empty() {
            weeks.push(Default::default());
        }
        let moods = moods
            .iter()
            .filter(|(day, _)| *day == date)
            .map(|(_, mood)| *mood)
            .collect();
        if let Some(day) = weeks.last_mut().and_then(|week| week.get_mut(column)) {
            *day = Some(Day { date, moods });
        }
    }
    weeks
}

/// A week of the trend.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// The mean of its moods, 1.0 to 5.0; `None` when none was noted.
    pub mean: Option<f64>,
    /// How many were noted.
    pub count: usize,
}

/// The Monday of the first of the [`WEEKS`] weeks that end with this day's.
pub fn first_monday(today: NaiveDate) -> NaiveDate {
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    monday - Days::new(7 * (WEEKS - 1))
}

/// The last weeks, the oldest first.
pub fn weeks(today: NaiveDate, moods: &[(NaiveDate, Mood)]) -> Vec<Week> {
    (0..WEEKS)
        .map(|week| {
            let monday = first_monday(today) + Days::new(7 * week);
            let end = monday + Days::new(7);
            let values: Vec<f64> = moods
                .iter()
                .filter(|(day, _)| (monday..end).contains(day))
                .map(|(_, mood)| f64::from(mood.value()))
                .collect();
            let count = values.len();
            Week {
                monday,
                mean: (count > 0).then(|| values.iter().sum::<f64>() / count as f64),
                count,
            }
        })
        .collect()
}

/// A point of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: String,
    /// From the top.
    pub y: String,
    /// The nearest mood, which colours it.
    pub mood: Mood,
}

/// Width and height of the drawing.
pub const BOX: (f64, f64) = (640.0, 260.0);
/// Where its first week stands: the faces of the scale are on the left of it.
const LEFT: f64 = 64.0;
/// Free space at the other edges.
const EDGE: f64 = 20.0;

/// How far from the top a mood is drawn.
pub fn height_of(value: f64) -> f64 {
    let (_, height) = BOX;
    EDGE + (5.0 - value) / 4.0 * (height - 2.0 * EDGE)
}

/// The trend as points, and as lines that join neighbouring weeks: a week without moods is a gap.
pub fn drawing(weeks: &[Week]) -> (Vec<Point>, Vec<String>) {
    let (width, _) = BOX;
    let step = (width - LEFT - EDGE) / (weeks.len().saturating_sub(1).max(1) as f64);
    let (mut points, mut lines, mut line) = (Vec::new(), Vec::new(), Vec::new());
    for (index, week) in weeks.iter().enumerate() {
        let Some(mean) = week.mean else {
            lines.push(std::mem::take(&mut line));
            continue;
        };
        let x = format!("{:.1}", LEFT + step * index as f64);
        let y = format!("{:.1}", height_of(mean));
        line.push(format!("{x},{y}"));
        let nearest = Mood::ALL
            .into_iter()
            .min_by(|one, other| distance(*one, mean).total_cmp(&distance(*other, mean)));
        points.extend(nearest.map(|mood| Point { x, y, mood }));
    }
    lines.push(line);
    let lines = lines.into_iter().filter(|line| line.len() > 1);
    (points, lines.map(|line| line.join(" ")).collect())
}

fn distance(mood: Mood, mean: f64) -> f64 {
    (f64::from(mood.value()) - mean).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn mood(value: u8) -> Mood {
        Mood::try_from(value).expect("a mood")
    }

    #[test]
    fn a_month_is_laid_out_in_weeks() {
        let month = Month::of(day("2026-03-20"));
        let weeks = calendar(
            month,
            &[(day("2026-03-20"), mood(2)), (day("2026-03-20"), mood(5))],
        );
        // March 2026 begins on a Sunday and ends on a Tuesday.
        assert_eq!(weeks.len(), 6);
        assert!(weeks[0][..6].iter().all(Option::is_none));
        assert_eq!(
            weeks[0][6].as_ref().map(|day| day.date),
            Some(day("2026-03-01"))
        );
        assert_eq!(weeks[5].iter().flatten().count(), 2);
        let friday = weeks[3][4].as_ref().expect("20 March");
        assert_eq!(
            (friday.date, friday.mood()),
            (day("2026-03-20"), Some(mood(4)))
        );
        assert_eq!(weeks.iter().flatten().flatten().count(), 31);
    }

    #[test]
    fn the_trend_is_twelve_weeks_with_their_means() {
        let today = day("2026-03-20");
        let weeks = weeks(
            today,
            &[
                (day("2026-03-16"), mood(2)),
                (day("2026-03-20"), mood(5)),
                (day("2026-03-15"), mood(1)),
                (day("2025-12-29"), mood(3)),
                (day("2025-12-28"), mood(5)),
            ],
        );
        assert_eq!(weeks.len(), 12);
        assert_eq!(
            (weeks[11].monday, weeks[11].mean, weeks[11].count),
            (day("2026-03-16"), Some(3.5), 2)
        );
        assert_eq!(weeks[10].mean, Some(1.0));
        assert_eq!(
            (weeks[0].monday, weeks[0].mean),
            (day("2025-12-29"), Some(3.0))
        );
        assert_eq!(weeks[5].mean, None);
        let (points, lines) = drawing(&weeks);
        assert_eq!(points.len(), 3);
        assert_eq!(points[2].x, "620.0");
        // The first week has no neighbour.
        assert_eq!(
            lines,
            [format!(
                "{},{} 620.0,{:.1}",
                points[1].x,
                points[1].y,
                height_of(3.5)
            )]
        );
        assert_eq!((height_of(5.0), height_of(1.0)), (20.0, 240.0));
    }
}
