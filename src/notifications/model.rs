//! What can be told, what may be turned off, and when a mail may leave.

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::booking::model::Status;

/// Something that happened to an appointment, as its writer announces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The employee booked it, whether or not it still has to be confirmed.
    Booked,
    /// The practitioner confirmed it.
    Confirmed,
    /// It was moved.
    Rescheduled {
        /// Its start before.
        from: DateTime<Utc>,
    },
    /// One of the two cancelled it.
    Cancelled,
    /// It was not confirmed in time, and its slot was given back.
    Released,
    /// The practitioner says that the employee did not come.
    NoShow,
    /// The employee says otherwise.
    NoShowContested,
    /// The employee says that the practitioner did not come.
    PractitionerAbsent,
    /// The practitioner says otherwise.
    AbsenceContested,
    /// Whoever said that the other did not come takes it back.
    AbsenceWithdrawn,
    /// They met after all, and the practitioner says when.
    TimesDeclared,
    /// A freed slot is held for somebody on the waiting list: told to the employee alone.
    Offered,
    /// Nobody ended it: the system did.
    Closed,
    /// The practitioner corrected its times.
    DurationCorrected,
    /// The employee says that it lasted otherwise.
    DurationContested,
}

impl News {
    /// What is written down of it.
    pub fn kind(self) -> Kind {
        match self {
            Self::Booked => Kind::Booked,
            Self::Confirmed => Kind::Confirmed,
            Self::Rescheduled { .. } => Kind::Rescheduled,
            Self::Cancelled => Kind::Cancelled,
            Self::Released => Kind::Released,
            Self::NoShow => Kind::NoShow,
            Self::NoShowContested => Kind::NoShowContested,
            Self::PractitionerAbsent => Kind::PractitionerAbsent,
            Self::AbsenceContested => Kind::AbsenceContested,
            Self::AbsenceWithdrawn => Kind::AbsenceWithdrawn,
            Self::TimesDeclared => Kind::TimesDeclared,
            Self::Offered => Kind::Offered,
            Self::Closed => Kind::Closed,
            Self::DurationCorrected => Kind::DurationCorrected,
            Self::DurationContested => Kind::DurationContested,
        }
    }

    /// Where the appointment was before, when it was moved.
    pub fn previous_start(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Rescheduled { from } => Some(from),
            _ => None,
        }
    }
}

/// How long before the start a reminder is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lead {
    /// 48 hours.
    TwoDays,
    /// 24 hours.
    OneDay,
    /// One hour.
    OneHour,
}

impl Lead {
    /// Every lead, the longest first.
    pub const ALL: [Self; 3] = [Self::TwoDays, Self::OneDay, Self::OneHour];

    /// Before the start, when the reminder is due.
    pub fn due(self) -> TimeDelta {
        match self {
            Self::TwoDays => TimeDelta::hours(48),
            Self::OneDay => TimeDelta::hours(24),
            Self::OneHour => TimeDelta::hours(1),
        }
    }

    /// Before the start, when it is worth nothing any more: the next one says it better, or it is too late
    /// to be read in time.
    pub fn useless(self) -> TimeDelta {
        match self {
            Self::TwoDays => TimeDelta::hours(24),
            Self::OneDay => TimeDelta::hours(2),
            Self::OneHour => TimeDelta::minutes(15),
        }
    }
}

/// What a notice tells; `notices.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// See [`News::Booked`].
    Booked,
    /// See [`News::Confirmed`].
    Confirmed,
    /// See [`News::Rescheduled`].
    Rescheduled,
    /// See [`News::Cancelled`].
    Cancelled,
    /// See [`News::Released`].
    Released,
    /// See [`News::NoShow`].
    NoShow,
    /// See [`News::NoShowContested`].
    NoShowContested,
    /// See [`News::PractitionerAbsent`].
    PractitionerAbsent,
    /// See [`News::AbsenceContested`].
    AbsenceContested,
    /// See [`News::AbsenceWithdrawn`].
    AbsenceWithdrawn,
    /// See [`News::TimesDeclared`].
    TimesDeclared,
    /// See [`News::Offered`].
    Offered,
    /// See [`News::Closed`].
    Closed,
    /// See [`News::DurationCorrected`].
    DurationCorrected,
    /// See [`News::DurationContested`].
    DurationContested,
    /// Time passes.
    Reminder(Lead),
    /// It should be over, and its practitioner has not ended it: told to the practitioner alone.
    EndReminder,
    /// The employee's company is suspended: the appointment stands until one of the two cancels it. Told in the
    /// application; one mail tells of all of them (`companies::jobs`).
    CompanySuspended,
    /// The company tells its employees something: of no appointment.
    CompanyNews,
}

/// When a mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// At once.
    Now,
    /// When the quiet hours end.
    At(DateTime<Utc>),
    /// Not at all: it would come too late to be of use.
    Never,
}

/// News of an appointment that begins sooner than this after the quiet hours does not wait for their end.
const SOON: TimeDelta = TimeDelta::hours(2);

impl Kind {
    /// Every kind, in the order of an appointment's life.
    pub const ALL: [Self; 21] = [
        Self::Offered,
        Self::Booked,
        Self::Confirmed,
        Self::Rescheduled,
        Self::Reminder(Lead::TwoDays),
        Self::Reminder(Lead::OneDay),
        Self::Reminder(Lead::OneHour),
        Self::CompanySuspended,
        Self::Cancelled,
        Self::Released,
        Self::NoShow,
        Self::NoShowContested,
        Self::PractitionerAbsent,
        Self::AbsenceContested,
        Self::AbsenceWithdrawn,
        Self::TimesDeclared,
        Self::EndReminder,
        Self::Closed,
        Self::DurationCorrected,
        Self::DurationContested,
        Self::CompanyNews,
    ];

    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Confirmed => "confirmed",
            Self::Rescheduled => "rescheduled",
            Self::Cancelled => "cancelled",
            Self::Released => "released",
            Self::NoShow => "no_show",
            Self::NoShowContested => "no_show_contested",
            Self::PractitionerAbsent => "practitioner_absent",
            Self::AbsenceContested => "absence_contested",
            Self::AbsenceWithdrawn => "absence_withdrawn",
            Self::TimesDeclared => "times_declared",
            Self::Offered => "offered",
            Self::EndReminder => "end_reminder",
            Self::CompanySuspended => "company_suspended",
            Self::CompanyNews => "company_news",
            Self::Closed => "closed",
            Self::DurationCorrected => "duration_corrected",
            Self::DurationContested => "duration_contested",
            Self::Reminder(Lead::TwoDays) => "reminder_48h",
            Self::Reminder(Lead::OneDay) => "reminder_24h",
            Self::Reminder(Lead::OneHour) => "reminder_1h",
        }
    }

    /// From the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What a reader may turn off; an offer asks for an answer within minutes and is always told.
    pub fn topic(self) -> Option<Topic> {
        match self {
            Self::Offered => None,
            Self::Booked => Some(Topic::Booked),
            Self::Confirmed => Some(Topic::Confirmed),
            Self::Reminder(lead) => Some(Topic::Reminder(lead)),
            Self::CompanyNews => Some(Topic::CompanyNews),
            Self::Rescheduled
            | Self::Cancelled
            | Self::Released
            | Self::NoShow
            | Self::NoShowContested
            | Self::PractitionerAbsent
            | Self::EndReminder
            | Self::CompanySuspended
            | Self::Closed
            | Self::DurationCorrected
            | Self::DurationContested
            | Self::AbsenceContested
            | Self::AbsenceWithdrawn
            | Self::TimesDeclared => Some(Topic::Changed),
        }
    }

    /// Whether it tells what was said of an appointment after its hour: no calendar changes, and it stays
    /// true.
    pub fn is_aftermath(self) -> bool {
        matches!(
            self,
            Self::NoShow
                | Self::NoShowContested
                | Self::PractitionerAbsent
                | Self::AbsenceContested
                | Self::AbsenceWithdrawn
                | Self::TimesDeclared
                | Self::EndReminder
                | Self::Closed
                | Self::DurationCorrected
                | Self::DurationContested
        )
    }

    /// Whether somebody who did it themselves gets no mail: it would say nothing new and change no calendar.
    pub fn spares_its_author(self) -> bool {
        self.is_aftermath()
    }

    /// When a mail about an appointment at `start` may leave; `quiet_until` is the end of the quiet hours
    /// that `now` falls in, if it does.
    ///
    /// A reminder waits for that end, and is dropped when it would then be useless: the one before it has
    /// told the time. News waits as well, unless the appointment begins so soon that waiting could cost it.
    pub fn departure(
        self,
        now: DateTime<Utc>,
        start: DateTime<Utc>,
        quiet_until: Option<DateTime<Utc>>,
    ) -> Departure {
        match (self, quiet_until) {
            (Self::Reminder(lead), until) => {
                let useless = start - lead.useless();
                match until {
                    _ if now >= useless => Departure::Never,
                    None => Departure::Now,
                    Some(until) if until < useless => Departure::At(until),
                    Some(_) => Departure::Never,
                }
            }
            // Answered within minutes, or of no use.
            (Self::Offered | Self::EndReminder, _) | (_, None) => Departure::Now,
            (_, Some(until)) if (now..until + SOON).contains(&start) => Departure::Now,
            (_, Some(until)) => Departure::At(until),
        }
    }
}

/// What may be turned off, as one line of the preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// New appointments.
    Booked,
    /// Confirmations.
    Confirmed,
    /// Changes, cancellations and absences. Always shown in the application.
    Changed,
    /// A reminder.
    Reminder(Lead),
    /// What the company tells its employees.
    CompanyNews,
}

impl Topic {
    /// Every topic, in the order of the preferences.
    pub const ALL: [Self; 7] = [
        Self::Booked,
        Self::Confirmed,
        Self::Changed,
        Self::Reminder(Lead::TwoDays),
        Self::Reminder(Lead::OneDay),
        Self::Reminder(Lead::OneHour),
        Self::CompanyNews,
    ];

    /// The name in the database; where the application may be muted, that of its only kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Confirmed => "confirmed",
            Self::Changed => "changed",
            Self::Reminder(lead) => Kind::Reminder(lead).as_str(),
            Self::CompanyNews => Kind::CompanyNews.as_str(),
        }
    }

    /// Whether it is for employees alone.
    pub fn is_for_employees(self) -> bool {
        self == Self::CompanyNews
    }

    /// Whether it can be turned off in the application.
    pub fn may_leave_the_application(self) -> bool {
        self != Self::Changed
    }
}

/// Local hours in which no mail leaves, from `from` until `until`, which may be the next morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// Their first minute.
    pub from: NaiveTime,
    /// The first minute after them.
    pub until: NaiveTime,
}

impl QuietHours {
    /// From 22:00 to 7:00, what everybody begins with.
    pub const NIGHT: Self = Self {
        from: NaiveTime::from_hms_opt(22, 0, 0).expect("an hour of the day"),
        until: NaiveTime::from_hms_opt(7, 0, 0).expect("an hour of the day"),
    };

    /// When the quiet hours that `now` falls in end; `None` outside them.
    pub fn end_after(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let local = now.with_timezone(&zone).naive_local();
        let (date, time) = (local.date(), local.time());
        let overnight = self.from > self.until;
        let end_date = match (self.from <= time, time < self.until) {
            (true, true) => date,
            (true, false) if overnight => date.succ_opt()?,
            (false, true) if overnight => date,
            _ => return None,
        };
        let end = end_date.and_time(self.until);
        // An hour that the clocks skip ends when they have.
        let end = zone
            .from_local_datetime(&end)
            .earliest()
            .or_else(|| {
                zone.from_local_datetime(&(end + TimeDelta::hours(1)))
                    .earliest()
            })?
            .to_utc();
        (end > now).then_some(end)
    }
}

/// What somebody wants to be told, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Turned off in the application.
    pub muted_in_app: Vec<Topic>,
    /// Turned off by mail.
    pub muted_mail: Vec<Topic>,
    /// When no mail leaves.
    pub quiet: Option<QuietHours>,
    /// An employee's mails say neither with whom nor why.
    pub discreet: bool,
}

impl Preferences {
    /// What somebody who never chose gets. A practitioner with eight consultations a day is reminded by mail
    /// of the day before only; the rest is in the application.
    pub fn initial(for_employee: bool) -> Self {
        let muted_mail = if for_employee {
            Vec::new()
        } else {
            vec![
                Topic::Reminder(Lead::TwoDays),
                Topic::Reminder(Lead::OneHour),
            ]
        };
        Self {
            muted_in_app: Vec::new(),
            muted_mail,
            quiet: Some(QuietHours::NIGHT),
            discreet: for_employee,
        }
    }
}

/// What is known of an appointment when a notice about it is about to be mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where the appointment is in its life.
    pub status: Status,
    /// Its start now.
    pub starts_at: DateTime<Utc>,
    /// Its end now.
    pub ends_at: DateTime<Utc>,
    /// Its start when the notice was written.
    pub told_start: DateTime<Utc>,
    /// Whether the recipient was told something newer of it.
    pub overtaken: bool,
}

impl Facts {
    /// Whether a notice of this kind still tells the truth.
    pub fn bear_out(&self, kind: Kind, now: DateTime<Utc>) -> bool {
        let ahead = self.ends_at > now;
        let unmoved = self.starts_at == self.told_start;
        let on = matches!(self.status, Status::Scheduled | Status::Confirmed);
        match kind {
            Kind::Reminder(_) => self.status == Status::Confirmed && unmoved && ahead,
            _ if self.overtaken => false,
            Kind::Booked | Kind::Rescheduled | Kind::CompanySuspended => on && unmoved && ahead,
            Kind::Confirmed => self.status == Status::Confirmed && unmoved && ahead,
            Kind::Cancelled | Kind::Released => self.status == Status::Cancelled && ahead,
            Kind::Offered => self.status == Status::Held && ahead,
            // What happened at the appointment stays true after it.
            Kind::NoShow
            | Kind::NoShowContested
            | Kind::PractitionerAbsent
            | Kind::Closed
            | Kind::DurationCorrected
            | Kind::DurationContested
            | Kind::AbsenceContested
            | Kind::AbsenceWithdrawn
            | Kind::TimesDeclared
            | Kind::CompanyNews => true,
            Kind::EndReminder => self.status == Status::InProgress,
        }
    }
}

#[cfg(test)]
mod tests;
