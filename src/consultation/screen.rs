//! What both participants' pages are made of.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::{Objection, Reason, Step, TooLong, duration::Times},
    queries::{Event, Line},
};
use crate::{
    booking::{
        model::{Format, Status},
        wording,
    },
    infra::{
        actor::Kind,
        error::AppError,
        form::FormErrors,
        i18n,
        page::{Crumb, Flash, PageContext, Space},
    },
    practitioners::model::full_name,
};

/// The address of a consultation's page in a participant's space.
pub(super) fn path_of<K: Kind>(id: Uuid) -> String {
    format!("{}/consultations/{id}", K::SPACE.home())
}

/// The way back to a participant's list.
pub(super) fn list_crumb<K: Kind>(page: &PageContext) -> Crumb {
    let title = match K::SPACE {
        Space::Employee => "consultation-list-title",
        _ => "consultation-practice-title",
    };
    let path = format!("{}/consultations", K::SPACE.home());
    Crumb::new(path, i18n::text(page.locale, title))
}

/// The way back to the list and to the consultation.
pub(super) fn crumbs<K: Kind>(page: &PageContext, row: &Row) -> Vec<Crumb> {
    vec![
        list_crumb::<K>(page),
        Crumb::new(path_of::<K>(row.id), row.name.clone()),
    ]
}

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
    /// Until when the practitioner may confirm, while that is awaited.
    pub(super) answer_by: Option<DateTime<Utc>>,
    /// The room is open: the two may meet there now.
    pub(super) may_join: bool,
    /// Whose calendar to book in again.
    pub(super) practitioner_id: Uuid,
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
            } else if line.cancelled_late {
                "consultation-status-cancelled-late"
            } else {
                wording::status_key(status)
            },
            tone: if lapsed {
                "neutral"
            } else {
                wording::status_tone(status)
            },
            format: line.format()?,
            may_join: line.plan()?.may_join(line.format()?, now),
            starts_at: line.starts_at,
            minutes: (line.ends_at - line.starts_at).num_minutes(),
            duration_seconds: line.duration_seconds,
            lapsed,
            answer_by: line.answer_by.filter(|until| *until > now),
            practitioner_id: line.practitioner_id,
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
    /// The start that was left, for a move.
    pub(super) left: Option<DateTime<Utc>>,
    /// The duration before, in seconds, for a correction.
    pub(super) lasted: Option<i64>,
    /// What was written to the other.
    pub(super) reason: Option<String>,
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
                "practitioner_absent" => ("consultation-event-practitioner-absent", "circle-x"),
                "rescheduled" => ("consultation-event-rescheduled", "calendar-clock"),
                "contested" => ("consultation-event-contested", "message-circle"),
                "closed" => ("consultation-event-closed", "clock"),
                "corrected" => ("consultation-event-corrected", "pencil"),
                "duration_contested" => ("consultation-event-duration-contested", "message-circle"),
                "absence_withdrawn" => ("consultation-event-absence-withdrawn", "refresh-cw"),
                "times_declared" => ("consultation-event-times-declared", "clock"),
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
                left: event.previous_starts_at,
                lasted: event.previous_times.map(Times::seconds),
                reason: event.reason.map(|reason| {
                    reason.unwrap_or_else(|_| {
                        i18n::text(page.locale, "consultation-reason-unreadable").to_owned()
                    })
                }),
            }
        })
        .collect()
}

/// What one writes to the other, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReasonForm {
    pub(super) reason: String,
}

impl ReasonForm {
    /// The reason that was given, if one was.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(&self) -> Result<Option<Reason>, FormErrors> {
        Reason::parse(&self.reason).map_err(|TooLong| says("consultation-reason-too-long"))
    }

    /// The reason, which must be given.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn must_read(&self) -> Result<Reason, FormErrors> {
        self.read()?
            .ok_or_else(|| says("consultation-reason-missing"))
    }
}

fn says(key: &'static str) -> FormErrors {
    let mut errors = FormErrors::default();
    errors.add("reason", key);
    errors
}

/// What to say after a step was asked for. A step that was done already is answered like the first.
pub(super) fn outcome(step: Step, taken: Result<(), Objection>, page: &PageContext) -> Flash {
    match taken {
        Ok(()) | Err(Objection::Done) => Flash::success(match step {
            Step::Confirm => "consultation-done-confirm",
            Step::Start => "consultation-done-start",
            Step::End => "consultation-done-end",
            Step::Cancel => "consultation-done-cancel",
            Step::ReportNoShow => "consultation-done-no-show",
            Step::ReportAbsence => "consultation-done-absence",
        }),
        Err(why) => {
            let too_early = match step {
                Step::ReportNoShow | Step::ReportAbsence => "consultation-too-early-absence",
                _ => "consultation-too-early",
            };
            objection(why, too_early, page)
        }
    }
}

/// Why nothing changed.
pub(super) fn objection(why: Objection, too_early: &'static str, page: &PageContext) -> Flash {
    let at = |key, moment| {
        Flash::warning(key).with("time", i18n::date_time(page.locale, page.tz, moment))
    };
    match why {
        Objection::Done => Flash::info("consultation-now-done"),
        Objection::Status(status) => Flash::warning(match status {
            Status::Held | Status::Scheduled => "consultation-now-scheduled",
            Status::Confirmed => "consultation-now-confirmed",
            Status::InProgress => "consultation-now-in-progress",
            Status::Completed => "consultation-now-completed",
            Status::Cancelled => "consultation-now-cancelled",
            Status::NoShow | Status::PractitionerAbsent => "consultation-now-absence",
        }),
        Objection::TooEarly(opens) => at(too_early, opens),
        Objection::TooLate(closed) => at("consultation-too-late", closed),
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
