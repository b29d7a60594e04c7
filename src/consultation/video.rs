//! The video of a consultation: where the two meet when they do not meet in person.
//!
//! A Jitsi server of one's own, when one is configured. The token that opens a Jitsi room is made when
//! somebody clicks "join" and is neither kept nor logged; the room has a random name, and the token says
//! who is who by a pseudonym and the name to show.

pub mod jitsi;

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};

use super::model::{Objection, Plan};
use crate::{
    booking::model::Format,
    infra::{app::App, shell},
};

/// The room as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// Nothing to enter: in person, over, or not confirmed.
    Shut,
    /// Opens at this moment.
    Waiting(DateTime<Utc>),
    /// Was open: nobody new is let in so long after the planned end.
    Over,
    /// Open, on the Jitsi server.
    Jitsi {
        /// Sound alone.
        audio_only: bool,
        /// Where its script and its frame come from.
        origin: String,
    },
}

impl Room {
    /// What there is to enter now.
    pub(super) fn of(plan: &Plan, format: Format, app: &App) -> Self {
        let now = app.clock.now();
        let Some(jitsi) = &app.config.jitsi else {
            return Self::Shut;
        };
        match plan.judge_join(now) {
            _ if format == Format::InPerson => Self::Shut,
            Err(Objection::TooEarly(opens_at)) => Self::Waiting(opens_at),
            Err(_) => Self::Shut,
            Ok(()) if now >= jitsi::closes_at(plan.ends_at) => Self::Over,
            Ok(()) => Self::Jitsi {
                audio_only: format == Format::Audio,
                origin: format!("https://{}", jitsi.domain),
            },
        }
    }

    /// Lets a page that shows the room bring in what the room needs, and nothing else.
    pub(super) fn admit(&self, response: &mut HttpResponse) {
        if let Self::Jitsi { origin, .. } = self {
            shell::embed(response, origin);
        }
    }
}
