//! A date of the calendar: what is drawn on it, and where.

use chrono::{NaiveDate, Timelike as _};
use chrono_tz::Tz;
use uuid::Uuid;

use super::{exceptions, part_text};
use crate::{
    booking::{
        holidays::Holiday,
        hours::{Effect, Part, StoredException, StoredWindow},
        model::Status,
        queries::{outside::Booked, places::Place},
        slots::{Agenda, Recurrence},
        wording,
    },
    infra::{
        error::AppError,
        i18n::{self, Locale},
    },
};

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// What a calendar is drawn from.
pub(super) struct Source {
    pub(super) windows: Vec<StoredWindow>,
    pub(super) exceptions: Vec<StoredException>,
    pub(super) booked: Vec<Booked>,
    pub(super) places: Vec<Place>,
    pub(super) agenda: Agenda,
    pub(super) today: NaiveDate,
    pub(super) locale: Locale,
}

/// What kind of thing a block is; the name is the style's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Regular hours.
    Window,
    /// Hours of this date alone.
    Extra,
    /// Nobody is received.
    Closed,
    /// An appointment.
    Consultation,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Extra => "extra",
            Self::Closed => "closed",
            Self::Consultation => "consultation",
        }
    }
}

/// Something on a date, placed by the clock.
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) href: String,
    /// Minutes of the wall clock since midnight, and how many it lasts.
    pub(super) from: u32,
    pub(super) minutes: u32,
    pub(super) time: String,
    pub(super) title: String,
    pub(super) detail: Option<String>,
    pub(super) icon: &'static str,
    /// For an appointment: its status.
    pub(super) status_key: Option<&'static str>,
    pub(super) tone: &'static str,
    /// An appointment to come outside the hours.
    pub(super) outside: bool,
}

impl Block {
    pub(super) fn hour(&self) -> u32 {
        self.from / 60
    }

    pub(super) fn minute(&self) -> u32 {
        self.from % 60
    }

    pub(super) fn lasts_hours(&self) -> u32 {
        self.minutes / 60
    }

    pub(super) fn lasts_minutes(&self) -> u32 {
        self.minutes % 60
    }

    /// Whether it opens in the dialog; an appointment has a page of its own.
    pub(super) fn is_edited(&self) -> bool {
        self.kind != Kind::Consultation
    }

    fn until(&self) -> u32 {
        self.from + self.minutes
    }
}

/// One date.
pub(super) struct Day {
    pub(super) date: NaiveDate,
    pub(super) is_today: bool,
    pub(super) is_past: bool,
    /// In a month's calendar: a date of the month before or after.
    pub(super) is_outside: bool,
    /// What closes it all day: the exception and its name.
    pub(super) closed: Option<(Uuid, String)>,
    /// A public holiday on which the agenda is open.
    pub(super) holiday_key: Option<&'static str>,
    pub(super) blocks: Vec<Block>,
    /// Its open hours, in words.
    pub(super) hours: Vec<String>,
    pub(super) consultations: usize,
    pub(super) to_confirm: usize,
}

impl Day {
    /// Hours of the clock that must be seen: the first, and the one after the last.
    fn bounds(&self) -> Option<(u32, u32)> {
        let first = self.blocks.iter().map(|block| block.from).min()?;
        let last = self.blocks.iter().map(Block::until).max()?;
        Some((first / 60, last.div_ceil(60)))
    }
}

/// The hours that a week's calendar shows: from eight to six at least.
pub(super) fn shown_hours(days: &[Day]) -> std::ops::Range<u32> {
    days.iter()
        .filter_map(Day::bounds)
        .fold(8..18, |shown, (first, last)| {
            shown.start.min(first)..shown.end.max(last.min(24))
        })
}

fn minutes_of(part: Part) -> (u32, u32) {
    let minute = |time: chrono::NaiveTime| time.hour() * 60 + time.minute();
    let from = minute(part.from);
    (from, minute(part.until).saturating_sub(from).max(1))
}

impl Source {
    /// What a date looks like.
    pub(super) fn day(&self, date: NaiveDate) -> Result<Day, AppError> {
        let of_the_day: Vec<&StoredException> = self
            .exceptions
            .iter()
            .filter(|exception| exception.day == date)
            .collect();
        let closed = of_the_day
            .iter()
            .find(|exception| exception.closes_all_day());
        let opened = of_the_day
            .iter()
            .any(|exception| matches!(exception.effect, Effect::Open(_)));
        let mut blocks = Vec::new();
        if closed.is_none() {
            blocks.extend(
                of_the_day
                    .iter()
                    .filter_map(|exception| self.exception(exception)),
            );
            if !opened {
                let applying = self.windows.iter();
                let applying = applying.filter(|window| window.draft.applies_on(date));
                blocks.extend(applying.map(|window| self.window(window, date)));
            }
        }
        let hours = blocks
            .iter()
            .filter(|block| matches!(block.kind, Kind::Window | Kind::Extra))
            .map(|block| block.time.clone())
            .collect();
        let (mut consultations, mut to_confirm) = (0, 0);
        for booked in &self.booked {
            let starts = booked.starts_at.with_timezone(&self.zone()).naive_local();
            if starts.date() == date {
                consultations += 1;
                to_confirm += usize::from(booked.status()? == Status::Scheduled);
                blocks.push(self.consultation(booked, starts.time())?);
            }
        }
        blocks.sort_by_key(|block| (block.from, block.kind));
        let closed =
            closed.map(|exception| (exception.id, exceptions::label(self.locale, exception)));
        Ok(Day {
            date,
            is_today: date == self.today,
            is_past: date < self.today,
            is_outside: false,
            holiday_key: holiday(date)
                .filter(|_| closed.is_none())
                .map(Holiday::label_key),
            closed,
            blocks,
            hours,
            consultations,
            to_confirm,
        })
    }

    pub(super) fn zone(&self) -> Tz {
        self.agenda.zone
    }

    fn place(&self, id: Option<Uuid>) -> Option<String> {
        let place = self.places.iter().find(|place| Some(place.id) == id);
        place.map(|place| place.name.clone())
    }

    fn window(&self, window: &StoredWindow, date: NaiveDate) -> Block {
        let draft = &window.draft;
        let (from, minutes) = minutes_of(draft.part);
        let key = match draft.recurrence {
            Recurrence::Weekly => "agenda-block-window",
            Recurrence::EveryOtherWeek => "agenda-block-alternate",
        };
        Block {
            kind: Kind::Window,
            href: format!("/practitioner/agenda/windows/{}?day={date}", window.id),
            from,
            minutes,
            time: part_text(self.locale, draft.part),
            title: i18n::text(self.locale, key).to_owned(),
            detail: self.place(draft.place_id),
            icon: "clock",
            status_key: None,
            tone: "brand",
            outside: false,
        }
    }

    /// `None` for what closes the whole date.
    fn exception(&self, exception: &StoredException) -> Option<Block> {
        let part = exception.effect.part()?;
        let (from, minutes) = minutes_of(part);
        let (kind, icon) = match exception.effect {
            Effect::Open(_) => (Kind::Extra, "calendar-plus"),
            Effect::Closed(_) => (Kind::Closed, "calendar-x"),
        };
        Some(Block {
            kind,
            href: format!("/practitioner/agenda/exceptions/{}", exception.id),
            from,
            minutes,
            time: part_text(self.locale, part),
            title: exceptions::label(self.locale, exception),
            detail: self.place(exception.place_id),
            icon,
            status_key: None,
            tone: "neutral",
            outside: false,
        })
    }

    fn consultation(&self, booked: &Booked, starts: chrono::NaiveTime) -> Result<Block, AppError> {
        let (status, format) = (booked.status()?, booked.format()?);
        let lasts = (booked.ends_at - booked.starts_at).num_minutes();
        let from = starts.hour() * 60 + starts.minute();
        let minutes = u32::try_from(lasts).unwrap_or(1).clamp(1, DAY - from);
        let is_ahead = matches!(status, Status::Scheduled | Status::Confirmed);
        Ok(Block {
            kind: Kind::Consultation,
            href: format!("/practitioner/consultations/{}", booked.id),
            from,
            minutes,
            time: i18n::time(self.locale, self.zone(), starts),
            title: booked.name.clone(),
            detail: booked.place.clone(),
            icon: wording::format_icon(format),
            status_key: Some(wording::status_key(status)),
            tone: wording::status_tone(status),
            outside: is_ahead
                && !booked.kept
                && booked.starts_at.with_timezone(&self.zone()).date_naive() >= self.today
                && !self.agenda.covers(&(booked.starts_at..booked.ends_at)),
        })
    }
}

/// The public holiday of a date in the whole of France.
fn holiday(date: NaiveDate) -> Option<Holiday> {
    use chrono::Datelike as _;
    Holiday::ALL
        .into_iter()
        .find(|holiday| !holiday.is_regional() && holiday.date(date.year()) == Some(date))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveTime, Weekday};

    use super::*;
    use crate::booking::{hours::WindowDraft, slots::Policy};

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn part(from: u32, until: u32) -> Part {
        let time = |hour| NaiveTime::from_hms_opt(hour, 30, 0).expect("a time");
        Part {
            from: time(from),
            until: time(until),
        }
    }

    fn source(exceptions: Vec<StoredException>) -> Source {
        let draft = WindowDraft {
            weekday: Weekday::Fri,
            part: part(9, 12),
            valid_from: date("2026-01-01"),
            valid_until: None,
            recurrence: Recurrence::Weekly,
            place_id: None,
        };
        Source {
            windows: vec![StoredWindow {
                id: Uuid::nil(),
                draft,
            }],
            agenda: Agenda {
                zone: Tz::Europe__Paris,
                windows: Vec::new(),
                exceptions: Vec::new(),
                policy: Policy::default(),
            },
            exceptions,
            booked: Vec::new(),
            places: Vec::new(),
            today: date("2026-12-24"),
            locale: Locale::Fr,
        }
    }

    fn exception(effect: Effect, holiday: Option<Holiday>) -> StoredException {
        StoredException {
            id: Uuid::from_u128(1),
            day: date("2026-12-25"),
            effect,
            label: None,
            holiday,
            batch_id: None,
            place_id: None,
        }
    }

    fn kinds(day: &Day) -> Vec<&'static str> {
        day.blocks.iter().map(|block| block.kind.name()).collect()
    }

    #[test]
    fn a_holiday_is_told_until_it_is_closed() {
        let open = source(Vec::new()).day(date("2026-12-25")).expect("a day");
        assert_eq!(open.holiday_key, Some("agenda-holiday-christmas"));
        assert_eq!(kinds(&open), ["window"]);
        let closed = exception(Effect::Closed(None), Some(Holiday::Christmas));
        let closed = source(vec![closed]).day(date("2026-12-25")).expect("a day");
        assert_eq!(closed.holiday_key, None);
        assert_eq!(
            closed.closed.map(|(_, label)| label),
            Some("Noël".to_owned())
        );
        assert!(closed.blocks.is_empty() && closed.hours.is_empty());
    }

    #[test]
    fn hours_of_one_date_take_the_place_of_the_usual_ones() {
        let exceptions = vec![
            exception(Effect::Open(part(14, 18)), None),
            exception(Effect::Closed(Some(part(15, 16))), None),
        ];
        let day = source(exceptions).day(date("2026-12-25")).expect("a day");
        assert_eq!(kinds(&day), ["extra", "closed"]);
        let block = &day.blocks[0];
        let place = (
            block.hour(),
            block.minute(),
            block.lasts_hours(),
            block.lasts_minutes(),
        );
        assert_eq!(place, (14, 30, 4, 0));
    }

    #[test]
    fn the_calendar_shows_every_hour_that_holds_something() {
        let quiet = source(Vec::new()).day(date("2026-12-21")).expect("a day");
        assert_eq!(shown_hours(&[quiet]), 8..18);
        let early = exception(Effect::Open(part(6, 21)), None);
        let early = source(vec![early]).day(date("2026-12-25")).expect("a day");
        assert_eq!(shown_hours(&[early]), 6..22);
    }
}
