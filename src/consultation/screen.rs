//! What both participants' pages are made of.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{Objection, Step},
    queries::{Event, Line},
};
use crate::{
    booking::{
        model::{Format, Status},
        wording,
    },
    infra::{
        error::AppError,
        i18n,
        page::{Flash, PageContext},
    },
    practitioners::model::full_name,
};

/// A line of a list, or the head of a page.
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) company: String,
    pub(super) status_key: &'static str,
    pub(super) tone: &'static str,
    pub(super) format: Format,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) minutes: i64,
    pub(super) duration_seconds: Option<i32>,
    /// Not confirmed, or never held, and its time is over.
    pub(super) lapsed: bool,
}

impl Row {
    pub(super) fn new(
        line: &Line,
        page: &PageContext,
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        let status = line.status()?;
        let lapsed = matches!(status, Status::Scheduled | Status::Confirmed) && line.ends_at <= now;
        let name = full_name(&line.title, &line.first_name, &line.last_name);
        Ok(Self {
            id: line.id,
            name: if name.is_empty() {
                i18n::text(page.locale, "consultation-practitioner-gone").to_owned()
            } else {
                name
            },
            company: line.company.clone(),
            status_key: if lapsed {
                "consultation-status-lapsed"
            } else {
                wording::status_key(status)
            },
            tone: if lapsed {
                "neutral"
            } else {
                wording::status_tone(status)
            },
            format: line.format()?,
            starts_at: line.starts_at,
            minutes: (line.ends_at - line.starts_at).num_minutes(),
            duration_seconds: line.duration_seconds,
            lapsed,
        })
    }

    pub(super) fn format_key(&self) -> &'static str {
        wording::format_key(self.format)
    }

    pub(super) fn format_icon(&self) -> &'static str {
        wording::format_icon(self.format)
    }
}

/// A line of the history.
pub(super) struct HistoryLine {
    pub(super) text_key: &'static str,
    pub(super) icon: &'static str,
    pub(super) who: String,
    pub(super) at: DateTime<Utc>,
}

/// The history in the reader's words; `other` is the other participant's name.
pub(super) fn history(
    events: Vec<Event>,
    page: &PageContext,
    me: Uuid,
    other: &str,
) -> Vec<HistoryLine> {
    events
        .into_iter()
        .map(|event| {
            let (text_key, icon) = match event.kind.as_str() {
                "confirmed" => ("consultation-event-confirmed", "calendar-check"),
                "started" => ("consultation-event-started", "video"),
                "ended" => ("consultation-event-ended", "circle-check"),
                "cancelled" => ("consultation-event-cancelled", "calendar-x"),
                "no_show" => ("consultation-event-no-show", "circle-x"),
                _ => ("consultation-event-scheduled", "calendar-plus"),
            };
            let who = match event.actor_id {
                None => i18n::text(page.locale, "consultation-by-system").to_owned(),
                Some(actor) if actor == me => {
                    i18n::text(page.locale, "consultation-by-you").to_owned()
                }
                Some(_) => other.to_owned(),
            };
            HistoryLine {
                text_key,
                icon,
                who,
                at: event.occurred_at,
            }
        })
        .collect()
}

/// What to say after a step was asked for. A step that was done already is answered like the first.
pub(super) fn outcome(step: Step, taken: Result<(), Objection>, page: &PageContext) -> Flash {
    match taken {
        Ok(()) | Err(Objection::Done) => Flash::success(match step {
            Step::Confirm => "consultation-done-confirm",
            Step::Start => "consultation-done-start",
            Step::End => "consultation-done-end",
            Step::Cancel => "consultation-done-cancel",
        }),
        Err(Objection::Status(status)) => Flash::warning(match status {
            Status::Held | Status::Scheduled => "consultation-now-scheduled",
            Status::Confirmed => "consultation-now-confirmed",
            Status::InProgress => "consultation-now-in-progress",
            Status::Completed => "consultation-now-completed",
            Status::Cancelled => "consultation-now-cancelled",
            Status::NoShow => "consultation-now-no-show",
        }),
        Err(Objection::TooEarly(opens)) => Flash::warning("consultation-too-early")
            .with("time", i18n::date_time(page.locale, page.tz, opens)),
        Err(Objection::TooLate(closed)) => Flash::warning("consultation-too-late")
            .with("time", i18n::date_time(page.locale, page.tz, closed)),
    }
}

/// Time gone by as a clock shows it: "7:05", "1:02:30". The page's script goes on from there.
pub(super) fn elapsed(since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (now - since).num_seconds().max(0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The page number of an address.
pub(super) fn page_number(text: &str) -> i64 {
    text.parse().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elapsed_time_reads_like_a_clock() {
        let start: DateTime<Utc> = "2026-11-23T13:30:00Z".parse().expect("an instant");
        let after = |seconds| elapsed(start, start + chrono::TimeDelta::seconds(seconds));
        assert_eq!(after(0), "0:00");
        assert_eq!(after(425), "7:05");
        assert_eq!(after(3_750), "1:02:30");
        assert_eq!(after(-5), "0:00");
    }
}
