//! What is said when a slot cannot be held or booked, with what is near and free.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{profile::Card, weeks};
use crate::{
    booking::{
        calendar::Day,
        queries::holds::{self, NotBooked},
        slots::Refusal,
        wording,
    },
    infra::{
        actor::{Employee, render_status},
        error::{AppError, PageResult},
        i18n,
        page::{Crumb, PageContext, filters},
    },
    practitioners,
};

/// Why a slot cannot be held or booked.
#[derive(Clone, Copy)]
pub(super) enum Why {
    /// The form holds no date of ours.
    Unreadable,
    /// There is no such held slot: let go, given back, or never this person's.
    NoSuchHold,
    NotBooked(NotBooked),
}

impl Why {
    /// 409 for what was true a moment ago, 410 for what this person had, 422 for what no page offered.
    fn status(self) -> StatusCode {
        match self {
            Self::Unreadable
            | Self::NotBooked(NotBooked::Slot(
                Refusal::Past | Refusal::BeyondHorizon | Refusal::OutsideHours,
            )) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NoSuchHold => StatusCode::NOT_FOUND,
            Self::NotBooked(NotBooked::HoldOver) => StatusCode::GONE,
            Self::NotBooked(_) => StatusCode::CONFLICT,
        }
    }

    fn title_key(self) -> &'static str {
        match self {
            Self::NotBooked(NotBooked::CompanySuspended) => "booking-refused-company-title",
            Self::NotBooked(NotBooked::NoNewClients) => "booking-refused-clients-title",
            Self::NotBooked(NotBooked::LimitReached) => "booking-refused-limit-title",
            Self::NotBooked(NotBooked::Slot(Refusal::OwnConflict)) => "booking-refused-own-title",
            Self::NoSuchHold | Self::NotBooked(NotBooked::HoldOver) => "booking-hold-over-title",
            _ => "booking-refused-title",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Self::Unreadable => "booking-refused-unreadable",
            Self::NoSuchHold => "booking-hold-gone",
            Self::NotBooked(NotBooked::HoldOver) => "booking-hold-over",
            Self::NotBooked(NotBooked::CompanySuspended) => "booking-refused-company",
            Self::NotBooked(NotBooked::NoNewClients) => "booking-refused-clients",
            Self::NotBooked(NotBooked::LimitReached) => "booking-refused-limit",
            Self::NotBooked(NotBooked::FormatNotOffered) => "booking-confirmation-format-missing",
            Self::NotBooked(NotBooked::NoRoom) => "booking-refused-room",
            Self::NotBooked(NotBooked::Slot(refusal)) => wording::refusal_key(refusal),
        }
    }

    fn has_alternatives(self) -> bool {
        !matches!(
            self,
            Self::NotBooked(
                NotBooked::CompanySuspended | NotBooked::NoNewClients | NotBooked::LimitReached
            )
        )
    }
}

#[derive(Template)]
#[template(path = "booking/employee/refused.html")]
struct RefusedPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    card: Card,
    title_key: &'static str,
    text_key: &'static str,
    wanted: Option<DateTime<Utc>>,
    own_conflict: bool,
    may_book: bool,
    /// The wanted slot, when it is still free.
    again: Option<DateTime<Utc>>,
    /// The nearest free slots, one tap away.
    weeks: Vec<Vec<Day>>,
}

/// The page that says why, around the wanted start.
pub(super) async fn refuse(
    employee: &Employee,
    practitioner: Uuid,
    wanted: Option<DateTime<Utc>>,
    why: Why,
) -> PageResult {
    let (profile, mut slots) = employee
        .db()
        .read(move |tx| {
            let profile = practitioners::queries::profile(tx, practitioner)?;
            let may_book = profile.company_active && profile.takes_me && why.has_alternatives();
            let slots = if may_book {
                let near = wanted.unwrap_or(tx.now());
                holds::alternatives(tx, practitioner, &profile.settings, near)?
            } else {
                Vec::new()
            };
            Ok::<_, AppError>((profile, slots))
        })
        .await?;
    let page = employee.page();
    let card = Card::new(&profile);
    let again = wanted.filter(|start| slots.iter().any(|slot| slot.starts_at == *start));
    slots.retain(|slot| Some(slot.starts_at) != again);
    let template = RefusedPage {
        crumbs: crumbs(&page, &card),
        card,
        title_key: why.title_key(),
        text_key: why.text_key(),
        wanted,
        own_conflict: matches!(why, Why::NotBooked(NotBooked::Slot(Refusal::OwnConflict))),
        may_book: why.has_alternatives(),
        again,
        weeks: weeks(page.tz, &slots),
        page,
    };
    render_status(&template.page, &template, why.status())
}

/// Where the pages about a slot are.
pub(super) fn crumbs(page: &PageContext, card: &Card) -> Vec<Crumb> {
    vec![
        Crumb::new(
            "/employee/booking",
            i18n::text(page.locale, "booking-search-title"),
        ),
        Crumb::new(format!("/employee/booking/{}", card.id), card.name.clone()),
    ]
}
