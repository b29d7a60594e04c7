//! An appointment as the home pages of its two participants show it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    booking::{
        model::{Format, Status},
        wording,
    },
    consultation::queries::Line,
    infra::error::AppError,
    practitioners::model::full_name,
};

/// One appointment ahead, or going on.
pub(super) struct Appointment {
    pub id: Uuid,
    /// The other participant; empty when they have left the directory.
    pub name: String,
    pub company: String,
    pub status: Status,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    /// Whether it may begin now.
    pub open: bool,
    /// The room is open: the two may meet there now.
    pub may_join: bool,
    format: Format,
}

impl Appointment {
    pub fn new(line: &Line, now: DateTime<Utc>) -> Result<Self, AppError> {
        let plan = line.plan()?;
        Ok(Self {
            id: line.id,
            name: full_name(&line.title, &line.first_name, &line.last_name),
            company: line.company.clone(),
            status: plan.status,
            starts_at: line.starts_at,
            minutes: (line.ends_at - line.starts_at).num_minutes(),
            may_join: plan.may_join(line.format()?, now),
            open: now >= plan.opens_at() && now <= plan.closes_at(),
            format: line.format()?,
        })
    }

    pub fn all(lines: &[Line], now: DateTime<Utc>) -> Result<Vec<Self>, AppError> {
        lines.iter().map(|line| Self::new(line, now)).collect()
    }

    pub fn is_running(&self) -> bool {
        self.status == Status::InProgress
    }

    pub fn is_confirmed(&self) -> bool {
        self.status == Status::Confirmed
    }

    pub fn status_key(&self) -> &'static str {
        wording::status_key(self.status)
    }

    pub fn tone(&self) -> &'static str {
        wording::status_tone(self.status)
    }

    pub fn format_key(&self) -> &'static str {
        wording::format_key(self.format)
    }

    pub fn format_icon(&self) -> &'static str {
        wording::format_icon(self.format)
    }

    pub fn is_in_person(&self) -> bool {
        self.format == Format::InPerson
    }
}
