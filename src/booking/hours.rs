//! The hours as their practitioner writes them down: windows and exceptions with what the screens
//! say about them, and which of them get in each other's way.

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Weekday};
use uuid::Uuid;

use super::{
    holidays::Holiday,
    slots::{DateException, ExceptionKind, Hours, Recurrence, Window},
};
use crate::infra::envelope::CannotRead;

/// Most days that one exception closes at once: a year's leave.
pub const LONGEST_LEAVE: u64 = 366;

/// Hours of one day as a form takes them: the end is after the start, on the same date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Start.
    pub from: NaiveTime,
    /// End.
    pub until: NaiveTime,
}

impl Part {
    /// The engine's hours; `None` for an end that is not after the start.
    pub fn hours(self) -> Option<Hours> {
        (self.from < self.until).then(|| Hours::new(self.from, self.until).ok())?
    }

    fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// A window, saved or about to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowDraft {
    /// Day of the week.
    pub weekday: Weekday,
    /// Hours of that day.
    pub part: Part,
    /// First date, included.
    pub valid_from: NaiveDate,
    /// Last date, included.
    pub valid_until: Option<NaiveDate>,
    /// Which weeks.
    pub recurrence: Recurrence,
    /// Where in-person appointments of these hours are; `None`: at the main place.
    pub place_id: Option<Uuid>,
}

impl WindowDraft {
    /// The engine's window; `None` for an end that is not after the start.
    pub fn window(&self) -> Option<Window> {
        Some(Window {
            weekday: self.weekday,
            hours: self.part.hours()?,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            recurrence: self.recurrence,
        })
    }

    /// Whether it applies on this date.
    pub fn applies_on(&self, date: NaiveDate) -> bool {
        self.window().is_some_and(|window| window.applies_on(date))
    }

    /// Whether there is a date on which both apply and their hours overlap.
    pub fn meets(&self, other: &Self) -> bool {
        matches!((self.window(), other.window()), (Some(one), Some(other)) if one.meets(&other))
    }
}

/// A window of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredWindow {
    /// Its id.
    pub id: Uuid,
    /// What it says.
    pub draft: WindowDraft,
}

/// How a change of a window is written, so that the weeks before it stay what they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The window had not begun: it becomes this.
    Whole(WindowDraft),
    /// The window ends the day before, and this one takes over.
    From {
        /// Last date of what was.
        last_day: NaiveDate,
        /// What is from then on.
        next: WindowDraft,
    },
}

impl Change {
    /// The change of `old` into `new`, which holds from `new.valid_from` on.
    pub fn of(old: &WindowDraft, mut new: WindowDraft) -> Self {
        let both_alternate = [old.recurrence, new.recurrence] == [Recurrence::EveryOtherWeek; 2];
        if both_alternate
            && new.valid_from > old.valid_from
            && !same_turn(old.valid_from, new.valid_from)
        {
            // The weeks of the old rhythm remain the weeks of the new one.
            new.valid_from = monday_after(new.valid_from);
        }
        match new.valid_from.pred_opt() {
            Some(day) if new.valid_from > old.valid_from => Self::From {
                last_day: old.valid_until.map_or(day, |last| last.min(day)),
                next: new,
            },
            _ => Self::Whole(new),
        }
    }

    /// The window that results.
    pub fn result(&self) -> &WindowDraft {
        match self {
            Self::Whole(window) | Self::From { next: window, .. } => window,
        }
    }
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    let since = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

fn monday_after(date: NaiveDate) -> NaiveDate {
    monday_of(date)
        .checked_add_days(Days::new(7))
        .unwrap_or(date)
}

/// Whether a rhythm of every other week that holds the week of one date holds that of the other.
fn same_turn(one: NaiveDate, other: NaiveDate) -> bool {
    let weeks = (monday_of(other) - monday_of(one)).num_days() / 7;
    weeks % 2 == 0
}

/// The first window that gets in the way of a draft, that of `but` aside.
pub fn in_the_way<'a>(
    windows: &'a [StoredWindow],
    draft: &WindowDraft,
    but: Option<Uuid>,
) -> Option<&'a StoredWindow> {
    windows
        .iter()
        .filter(|window| Some(window.id) != but)
        .find(|window| window.draft.meets(draft))
}

/// What an exception does to its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nobody is received: all day, or during these hours.
    Closed(Option<Part>),
    /// These hours replace the date's usual ones.
    Open(Part),
}

impl Effect {
    /// The name in the database and in forms.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Closed(_) => "closed",
            Self::Open(_) => "open",
        }
    }

    /// Its hours; `None` for a whole day.
    pub fn part(self) -> Option<Part> {
        match self {
            Self::Closed(part) => part,
            Self::Open(part) => Some(part),
        }
    }
}

/// An exception about to be written on each date from the first to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionDraft {
    /// First date.
    pub first_day: NaiveDate,
    /// Last date, included.
    pub last_day: NaiveDate,
    /// What it does.
    pub effect: Effect,
    /// The practitioner's own name for it.
    pub label: Option<String>,
    /// Where in-person appointments of open hours are; `None`: at the main place.
    pub place_id: Option<Uuid>,
}

impl ExceptionDraft {
    /// Its dates.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last_day;
        self.first_day
            .iter_days()
            .take_while(move |day| *day <= last)
    }
}

/// An exception of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredException {
    /// Its id.
    pub id: Uuid,
    /// Its date.
    pub day: NaiveDate,
    /// What it does.
    pub effect: Effect,
    /// The practitioner's own name for it; nobody else reads it.
    pub label: Option<Result<String, CannotRead>>,
    /// The public holiday it was offered for.
    pub holiday: Option<Holiday>,
    /// Shared by the days that were closed together.
    pub batch_id: Option<Uuid>,
    /// Where in-person appointments of open hours are.
    pub place_id: Option<Uuid>,
}

impl StoredException {
    /// The engine's exception; `None` for hours that end before they start.
    pub fn exception(&self) -> Option<DateException> {
        let kind = match self.effect {
            Effect::Closed(None) => ExceptionKind::Closed(None),
            Effect::Closed(Some(part)) => ExceptionKind::Closed(Some(part.hours()?)),
            Effect::Open(part) => ExceptionKind::Open(part.hours()?),
        };
        Some(DateException {
            date: self.day,
            kind,
        })
    }

    /// Whether it closes the whole date.
    pub fn closes_all_day(&self) -> bool {
        self.effect == Effect::Closed(None)
    }
}

/// Why an exception is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// The date is closed all day already.
    ClosedAllDay(NaiveDate),
    /// Hours of the same kind are there already.
    Overlaps(NaiveDate, Part),
}

/// What stands in the way of an exception on one date, `but` aside: what would say the same twice, or
/// open a date that is closed.
pub fn clash(
    day: NaiveDate,
    effect: Effect,
    existing: &[StoredException],
    but: Option<Uuid>,
) -> Option<Clash> {
    let mut others = existing
        .iter()
        .filter(|other| other.day == day && Some(other.id) != but);
    others.find_map(|other| match (effect, other.effect) {
        (_, Effect::Closed(None)) => Some(Clash::ClosedAllDay(day)),
        (Effect::Closed(Some(part)), Effect::Closed(Some(there)))
        | (Effect::Open(part), Effect::Open(there))
            if part.overlaps(there) =>
        {
            Some(Clash::Overlaps(day, there))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn part(text: &str) -> Part {
        let (from, until) = text.split_once('-').expect("two times");
        let time = |text| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
        Part {
            from: time(from),
            until: time(until),
        }
    }

    fn window(from: &str, recurrence: Recurrence) -> WindowDraft {
        WindowDraft {
            weekday: Weekday::Mon,
            part: part("09:00-12:00"),
            valid_from: date(from),
            valid_until: None,
            recurrence,
            place_id: None,
        }
    }

    fn exception(effect: Effect) -> StoredException {
        StoredException {
            id: Uuid::from_u128(7),
            day: date("2026-12-24"),
            effect,
            label: None,
            holiday: None,
            batch_id: None,
            place_id: None,
        }
    }

    #[test]
    fn a_change_keeps_the_weeks_before_it() {
        let old = window("2026-01-05", Recurrence::Weekly);
        let new = window("2026-11-23", Recurrence::Weekly);
        assert_eq!(
            Change::of(&old, new),
            Change::From {
                last_day: date("2026-11-22"),
                next: new
            }
        );
        let over = WindowDraft {
            valid_until: Some(date("2026-06-30")),
            ..old
        };
        let Change::From { last_day, .. } = Change::of(&over, new) else {
            panic!("the old one stays");
        };
        assert_eq!(last_day, date("2026-06-30"));
        let not_begun = window("2026-12-07", Recurrence::Weekly);
        assert_eq!(Change::of(&not_begun, new), Change::Whole(new));
    }

    #[test]
    fn every_other_week_stays_the_same_weeks() {
        let old = window("2026-11-02", Recurrence::EveryOtherWeek);
        for (from, starts) in [
            ("2026-11-16", "2026-11-16"),
            ("2026-11-19", "2026-11-19"),
            ("2026-11-23", "2026-11-30"),
            ("2026-11-26", "2026-11-30"),
        ] {
            let change = Change::of(&old, window(from, Recurrence::EveryOtherWeek));
            assert_eq!(change.result().valid_from, date(starts), "{from}");
        }
        let weekly = Change::of(&old, window("2026-11-23", Recurrence::Weekly));
        assert_eq!(weekly.result().valid_from, date("2026-11-23"));
    }

    #[test]
    fn windows_of_alternate_weeks_are_not_in_each_other_s_way() {
        let odd = StoredWindow {
            id: Uuid::from_u128(1),
            draft: window("2026-11-02", Recurrence::EveryOtherWeek),
        };
        let even = window("2026-11-09", Recurrence::EveryOtherWeek);
        assert_eq!(in_the_way(&[odd], &even, None), None);
        let weekly = window("2026-11-09", Recurrence::Weekly);
        assert_eq!(in_the_way(&[odd], &weekly, None), Some(&odd));
        assert_eq!(in_the_way(&[odd], &weekly, Some(odd.id)), None);
        let after_noon = WindowDraft {
            part: part("12:00-13:00"),
            ..weekly
        };
        assert_eq!(in_the_way(&[odd], &after_noon, None), None);
    }

    #[test]
    fn exceptions_clash_where_they_say_the_same_twice() {
        let day = date("2026-12-24");
        let closed = |text| Effect::Closed(Some(part(text)));
        let open = |text| Effect::Open(part(text));
        let asked = |effect, there| clash(day, effect, &[exception(there)], None);
        assert_eq!(
            asked(Effect::Closed(None), Effect::Closed(None)),
            Some(Clash::ClosedAllDay(day))
        );
        assert_eq!(
            asked(open("09:00-10:00"), Effect::Closed(None)),
            Some(Clash::ClosedAllDay(day))
        );
        assert_eq!(
            asked(closed("09:00-10:00"), closed("09:30-11:00")),
            Some(Clash::Overlaps(day, part("09:30-11:00")))
        );
        assert_eq!(
            asked(open("09:00-10:00"), open("08:00-09:30")),
            Some(Clash::Overlaps(day, part("08:00-09:30")))
        );
        // A break inside extra hours, a day off that was a half day, hours that touch.
        assert_eq!(asked(closed("09:00-10:00"), open("08:00-12:00")), None);
        assert_eq!(asked(Effect::Closed(None), closed("09:00-10:00")), None);
        assert_eq!(asked(open("09:00-10:00"), open("10:00-11:00")), None);
        let other_day = clash(
            date("2026-12-23"),
            open("09:00-10:00"),
            &[exception(Effect::Closed(None))],
            None,
        );
        assert_eq!(other_day, None);
        let itself = clash(
            day,
            Effect::Closed(None),
            &[exception(Effect::Closed(None))],
            Some(Uuid::from_u128(7)),
        );
        assert_eq!(itself, None);
    }
}
