//! The video of a consultation: where the two meet when they do not meet in person.
//!
//! Without anything else, the two browsers speak with each other directly (WebRTC): the page's socket carries
//! their signals ([`super::room`]), and picture and sound never pass through this server.
//!
//! Or a Jitsi server of one's own, when one is configured. The token that opens a Jitsi room is made when
//! somebody clicks "join" and is neither kept nor logged; the room has a random name, and the token says
//! who is who by a pseudonym and the name to show.

pub mod ice;
pub mod jitsi;

use actix_web::HttpResponse;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::model::{Objection, Plan};
use crate::{
    booking::model::{Actor, Format},
    infra::{app::App, error::AppError, shell},
};

/// Before the room opens, from when on the page counts the time, and opens it by itself.
const COUNTED: TimeDelta = TimeDelta::hours(1);

/// What a room calls somebody: the same at each arrival in it, and another in every other room.
pub(super) fn pseudonym(app: &App, consultation: Uuid, person: Uuid) -> String {
    let print = app.fingerprint(&format!("{consultation}:{person}"));
    print[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The room as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// Nothing to enter: in person, over, or not confirmed.
    Shut,
    /// Opens later.
    Waiting {
        /// When.
        opens_at: DateTime<Utc>,
        /// The moment of the page, when it is so close that the page counts the time.
        counts_from: Option<DateTime<Utc>>,
    },
    /// Was open: nobody new is let in so long after the planned end.
    Over,
    /// Open, on the Jitsi server.
    Jitsi {
        /// Sound alone.
        audio_only: bool,
        /// Where its script and its frame come from.
        origin: String,
    },
    /// Open, between the two browsers.
    Call {
        /// Sound alone.
        audio_only: bool,
        /// `RTCConfiguration.iceServers`, as JSON.
        ice: String,
        /// Gives way when both describe themselves at once: the employee.
        polite: bool,
    },
}

impl Room {
    /// What there is to enter now, for `reader`, whom the room calls `pseudonym`.
    ///
    /// # Errors
    /// None that a caller can bring about.
    pub(super) fn of(
        plan: &Plan,
        format: Format,
        app: &App,
        (reader, pseudonym): (Actor, &str),
    ) -> Result<Self, AppError> {
        let now = app.clock.now();
        let audio_only = format == Format::Audio;
        Ok(match (plan.judge_join(now), &app.config.jitsi) {
            _ if format == Format::InPerson => Self::Shut,
            (Err(Objection::TooEarly(opens_at)), _) => Self::Waiting {
                opens_at,
                counts_from: (opens_at - now < COUNTED).then_some(now),
            },
            (Err(_), _) => Self::Shut,
            (Ok(()), Some(_)) if now >= jitsi::closes_at(plan.ends_at) => Self::Over,
            (Ok(()), Some(jitsi)) => Self::Jitsi {
                audio_only,
                origin: format!("https://{}", jitsi.domain),
            },
            (Ok(()), None) => Self::Call {
                audio_only,
                ice: ice::servers(&app.config.ice, pseudonym, plan.ends_at.max(now))?,
                polite: reader == Actor::Employee,
            },
        })
    }

    /// Whether the page needs its socket for it.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Call { .. } | Self::Jitsi { .. })
    }

    /// Lets a page that shows the room bring in what the room needs, and nothing else.
    pub(super) fn admit(&self, response: &mut HttpResponse) {
        if let Self::Jitsi { origin, .. } = self {
            shell::embed(response, origin);
        }
    }
}
