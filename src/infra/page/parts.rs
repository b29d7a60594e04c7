//! What the component macros of `templates/components/` are given.

use std::borrow::Cow;

/// An option of a `<select>` or a group of radio cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the reader sees, already in their language.
    pub label: String,
    /// A second line, for radio cards; may be empty.
    pub detail: String,
    /// An icon of the sprite, for radio cards; may be empty.
    pub icon: &'static str,
}

impl Choice {
    /// An option with a label alone.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Choice {
            value: value.into(),
            label: label.into(),
            ..Choice::default()
        }
    }

    /// Adds a second line.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Adds an icon.
    #[must_use]
    pub const fn icon(mut self, icon: &'static str) -> Self {
        self.icon = icon;
        self
    }
}

/// A tab that is a page of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// Its label, already in the reader's language.
    pub label: String,
    /// Whether it is the page shown.
    pub current: bool,
    /// How many things it holds, when that is worth saying.
    pub count: Option<i64>,
}

impl Tab {
    /// A tab without a count.
    pub fn new(href: impl Into<String>, label: impl Into<String>, current: bool) -> Self {
        Tab {
            href: href.into(),
            label: label.into(),
            current,
            count: None,
        }
    }

    /// Adds how many things it holds.
    #[must_use]
    pub const fn count(mut self, count: i64) -> Self {
        self.count = Some(count);
        self
    }
}

/// A page above the one shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Where it leads.
    pub href: String,
    /// Its name, already in the reader's language.
    pub label: String,
}

impl Crumb {
    /// A page above the one shown.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Crumb {
            href: href.into(),
            label: label.into(),
        }
    }
}

/// A series of figures, drawn as bars or as a line and given as a table.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows.
    pub title: Cow<'static, str>,
    /// What the labels are: "Month".
    pub category: Cow<'static, str>,
    /// What the figures are: "Consultations".
    pub measure: Cow<'static, str>,
    points: Vec<Point>,
}

/// A figure of a [`Chart`].
#[derive(Clone, Debug)]
pub struct Point {
    /// Its place on the horizontal axis.
    pub label: String,
    /// The figure as it is written.
    pub text: String,
    value: i64,
    /// Height between 0 and 100, of the highest.
    share: f64,
}

impl Point {
    /// A figure; negative ones are drawn as zero.
    pub fn new(label: impl Into<String>, value: i64, text: impl Into<String>) -> Self {
        Point {
            label: label.into(),
            text: text.into(),
            value: value.max(0),
            share: 0.0,
        }
    }

    /// The height of its bar, in percent.
    pub fn height(&self) -> String {
        format!("{:.1}", self.share)
    }

    /// What is above its bar, in percent.
    pub fn top(&self) -> String {
        format!("{:.1}", 100.0 - self.share)
    }
}

impl Chart {
    /// The chart of `points`, in order.
    pub fn new(
        title: impl Into<Cow<'static, str>>,
        category: impl Into<Cow<'static, str>>,
        measure: impl Into<Cow<'static, str>>,
        mut points: Vec<Point>,
    ) -> Self {
        let highest = points.iter().map(|point| point.value).max().unwrap_or(0);
        for point in &mut points {
            if highest > 0 {
                point.share = point.value as f64 * 100.0 / highest as f64;
            }
        }
        Chart {
            title: title.into(),
            category: category.into(),
            measure: measure.into(),
            points,
        }
    }

    /// Its figures, in order.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The highest figure as it is written.
    pub fn max_text(&self) -> &str {
        self.points
            .iter()
            .max_by_key(|point| point.value)
            .map_or("", |point| &point.text)
    }

    /// The points of an SVG polyline in a box of 100 by 100.
    pub fn polyline(&self) -> String {
        let gaps = self.points.len().saturating_sub(1).max(1) as f64;
        let points: Vec<String> = self
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| {
                let x = index as f64 * 100.0 / gaps;
                format!("{x:.2},{:.2}", 100.0 - point.share)
            })
            .collect();
        points.join(" ")
    }
}
