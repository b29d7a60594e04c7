//! The planned appointments of the demo: who met, and will meet, whom and when.

use std::collections::HashSet;

use chrono::{DateTime, Datelike as _, Days, Duration, NaiveDate, TimeZone as _, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::{cast, profiles::Profile};
use crate::seeds::random::{Draws, stable_id};

/// Days of history.
pub(super) const PAST_DAYS: u64 = 92;
/// Days of appointments to come.
const FUTURE_DAYS: u64 = 20;

/// A practitioner with the dates its exceptions close.
pub(super) struct Practice {
    pub(super) id: Uuid,
    pub(super) profile: &'static Profile,
    pub(super) zone: Tz,
    pub(super) closed: Vec<NaiveDate>,
}

/// An employee who consults.
#[derive(Clone, Copy)]
pub(super) struct Client {
    pub(super) id: Uuid,
    pub(super) company_id: Uuid,
    /// No appointment from this moment on (a suspended account).
    pub(super) until: Option<DateTime<Utc>>,
}

/// What became of an appointment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Waits for the practitioner.
    Scheduled,
    Confirmed,
    /// When it began and ended.
    Completed(DateTime<Utc>, DateTime<Utc>),
    /// When, and whether the practitioner cancelled.
    Cancelled(DateTime<Utc>, bool),
    /// Whether the employee contests it.
    NoShow(bool),
    PractitionerAbsent,
}

/// One appointment.
pub(super) struct Appointment {
    pub(super) id: Uuid,
    pub(super) client: Client,
    pub(super) practitioner_id: Uuid,
    pub(super) format: &'static str,
    pub(super) slot: Slot,
    pub(super) booked_at: DateTime<Utc>,
    pub(super) confirmed_at: DateTime<Utc>,
    /// The start that was left, for an appointment that moved once.
    pub(super) moved_from: Option<DateTime<Utc>>,
    pub(super) outcome: Outcome,
}

/// A place on a practitioner's grid.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) starts_at: DateTime<Utc>,
    pub(super) ends_at: DateTime<Utc>,
    pub(super) blocked_until: DateTime<Utc>,
}

impl Practice {
    /// The grid of one local date.
    fn grid(&self, day: NaiveDate, anchor: NaiveDate) -> Vec<Slot> {
        if self.closed.contains(&day) {
            return Vec::new();
        }
        let length = Duration::minutes(self.profile.slot_minutes.into());
        let buffer = Duration::minutes(self.profile.buffer_minutes.into());
        let mut slots = Vec::new();
        for &(weekday, from, until, every) in self.profile.windows {
            let weeks = (monday(day) - monday(anchor)).num_days() / 7;
            if i64::from(weekday) != i64::from(day.weekday().number_from_monday())
                || weeks % i64::from(every) != 0
            {
                continue;
            }
            let local = |hour| {
                let time = day.and_hms_opt(hour, 0, 0)?;
                self.zone.from_local_datetime(&time).single()
            };
            let (Some(mut start), Some(end)) = (local(from), local(until)) else {
                continue;
            };
            while start + length <= end {
                slots.push(Slot {
                    starts_at: start.to_utc(),
                    ends_at: (start + length).to_utc(),
                    blocked_until: (start + length + buffer).to_utc(),
                });
                start += length + buffer;
            }
        }
        slots
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(day.weekday().num_days_from_monday().into())
}

/// Draws the appointments so that nobody is in two places.
pub(super) struct Planner<'a> {
    now: DateTime<Utc>,
    /// The first Monday of every other week.
    anchor: NaiveDate,
    practices: &'a [Practice],
    draws: Draws,
    taken: HashSet<(Uuid, DateTime<Utc>)>,
    appointments: Vec<Appointment>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(now: DateTime<Utc>, anchor: NaiveDate, practices: &'a [Practice]) -> Self {
        Self {
            now,
            anchor,
            practices,
            draws: Draws::new(0x0048_756E_745A_656E),
            taken: HashSet::new(),
            appointments: Vec::new(),
        }
    }

    /// Marc's next appointments with Sophie, the first in a few minutes, the last ones asked for together, then everybody's follow-ups.
    pub(super) fn plan(mut self, clients: &[Client]) -> Vec<Appointment> {
        let Some((sophie, others)) = self.practices.split_first() else {
            return Vec::new();
        };
        let others: Vec<&Practice> = others
            .iter()
            .filter(|practice| practice.profile.verified)
            .collect();
        let marc_id = stable_id(&format!("user:{}", cast::MARC));
        if let Some(marc) = clients.iter().find(|client| client.id == marc_id) {
            self.meet_soon(*marc, sophie);
            self.meet_next(*marc, sophie, 0, Outcome::Confirmed);
            for weeks in 1..=3 {
                self.meet_next(*marc, sophie, 7 * weeks, Outcome::Scheduled);
            }
        }
        for (index, client) in clients.iter().enumerate() {
            // One person in three follows the specification's practitioner.
            let main = if index % 3 == 0 {
                Some(&sophie)
            } else {
                self.draws.pick(&others)
            };
            let main = main.copied();
            let second = self.draws.pick(&others).copied();
            let every = self.draws.between(9, 17);
            if let Some(practice) = main {
                self.follow_up(*client, practice, every);
            }
            if let Some(practice) = second.filter(|_| index % 4 == 1) {
                self.follow_up(*client, practice, 28);
            }
        }
        self.appointments
    }

    fn today(&self, practice: &Practice) -> NaiveDate {
        self.now.with_timezone(&practice.zone).date_naive()
    }

    /// In a few minutes, whatever the hour: whoever starts the demo finds a room to enter.
    fn meet_soon(&mut self, client: Client, practice: &Practice) {
        let step = Duration::minutes(5).num_seconds();
        let minutes = |count: i32| Duration::minutes(count.into());
        let next = self.now.timestamp().div_euclid(step) + 2;
        let Some(starts_at) = DateTime::from_timestamp(next * step, 0) else {
            return;
        };
        let ends_at = starts_at + minutes(practice.profile.slot_minutes);
        let slot = Slot {
            starts_at,
            ends_at,
            blocked_until: ends_at + minutes(practice.profile.buffer_minutes),
        };
        self.add(client, practice, slot, Outcome::Confirmed);
        if let Some(appointment) = self.appointments.last_mut() {
            appointment.format = "video";
            appointment.moved_from = None;
        }
    }

    /// The first free slot at least `after` days from now.
    fn meet_next(&mut self, client: Client, practice: &Practice, after: u64, outcome: Outcome) {
        let from = self.now + Days::new(after);
        let first = self.today(practice) + Days::new(after);
        let slot = first
            .iter_days()
            .take(14)
            .flat_map(|day| practice.grid(day, self.anchor))
            .find(|slot| slot.starts_at > from && self.is_free(client, practice, *slot));
        if let Some(slot) = slot {
            self.add(client, practice, slot, outcome);
        }
    }

    fn follow_up(&mut self, client: Client, practice: &Practice, every: i64) {
        let today = self.today(practice);
        let last = today + Days::new(FUTURE_DAYS);
        let mut target =
            today - Days::new(PAST_DAYS) + Days::new(self.draws.between(0, every).unsigned_abs());
        while target <= last {
            let free: Vec<Slot> = target
                .iter_days()
                .take(4)
                .flat_map(|day| practice.grid(day, self.anchor))
                .filter(|slot| self.is_free(client, practice, *slot))
                .collect();
            if let Some(slot) = self.draws.pick(&free).copied()
                && let Some(outcome) = self.outcome(slot)
                && client.until.is_none_or(|until| slot.starts_at < until)
            {
                self.add(client, practice, slot, outcome);
            }
            target = target + Days::new(every.unsigned_abs());
        }
    }

    fn is_free(&self, client: Client, practice: &Practice, slot: Slot) -> bool {
        !self.taken.contains(&(practice.id, slot.starts_at))
            && !self.appointments.iter().any(|other| {
                (other.client.id == client.id || other.practitioner_id == practice.id)
                    && other.slot.starts_at < slot.blocked_until
                    && slot.starts_at < other.slot.blocked_until
            })
    }

    /// `None` for a slot that is running at this moment.
    fn outcome(&mut self, slot: Slot) -> Option<Outcome> {
        let draw = self.draws.between(1, 100);
        if slot.starts_at > self.now {
            let soon = slot.starts_at < self.now + Duration::days(4);
            return Some(match draw {
                1..=7 => Outcome::Cancelled(self.now - Duration::hours(3), draw % 3 == 0),
                8..=45 if !soon => Outcome::Scheduled,
                _ => Outcome::Confirmed,
            });
        }
        if slot.blocked_until + Duration::minutes(15) > self.now {
            return None;
        }
        let notice = Duration::minutes(self.draws.between(26 * 60, 70 * 60));
        Some(match draw {
            1..=7 => Outcome::Cancelled(slot.starts_at - notice, draw % 3 == 0),
            // With a few hours' notice instead of a day's.
            8..=9 => Outcome::Cancelled(slot.starts_at - notice / 8, draw % 3 == 0),
            // Contested the next morning, once it has come.
            10..=13 => {
                Outcome::NoShow(draw == 13 && slot.starts_at + Duration::hours(18) < self.now)
            }
            14 => Outcome::PractitionerAbsent,
            _ => {
                let began = slot.starts_at + Duration::seconds(self.draws.between(0, 240));
                let lasted = Duration::seconds(self.draws.between(35 * 60, 60 * 60));
                // The next client is not kept waiting.
                Outcome::Completed(began, (began + lasted).min(slot.blocked_until))
            }
        })
    }

    fn add(&mut self, client: Client, practice: &Practice, slot: Slot, outcome: Outcome) {
        let days = self.draws.between(4, 12);
        let minutes = self.draws.between(-300, 300);
        let booked_at = (slot.starts_at - Duration::days(days) + Duration::minutes(minutes))
            .min(self.now - Duration::hours(20) + Duration::minutes(minutes));
        let confirmed_at = booked_at + Duration::minutes(self.draws.between(5, 600));
        let format = match (self.draws.between(1, 10), practice.profile) {
            (1..=3, profile) if profile.room.is_some() => "in_person",
            (4..=5, profile) if profile.audio => "audio",
            _ => "video",
        };
        // Some found another day after they had been confirmed.
        let moves = minutes % 7 == 0 && !matches!(outcome, Outcome::Scheduled);
        // A cancelled slot is free again in the database, and stays unused here.
        self.taken.insert((practice.id, slot.starts_at));
        self.appointments.push(Appointment {
            id: stable_id(&format!("consultation:{}:{}", practice.id, slot.starts_at)),
            client,
            practitioner_id: practice.id,
            format,
            slot,
            booked_at,
            confirmed_at,
            moved_from: moves.then(|| slot.starts_at + Duration::days(1)),
            outcome,
        });
    }
}
