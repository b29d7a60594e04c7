//! Choosing a slot: it is kept for ten minutes, while the employee decides.

use actix_web::web;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    parse_start,
    refused::{Why, refuse},
};
use crate::{
    booking::{
        model::Format,
        queries::{
            agenda,
            holds::{self, Held, NotBooked},
            waitlist,
        },
        slots::Refusal,
    },
    infra::{
        actor::{Employee, see_other, see_other_with},
        error::{AppError, PageResult},
        form::{Form, Nothing},
        page::Flash,
    },
    practitioners::{self, queries::Profile},
};

/// The slot that was chosen, as its button spells it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HoldForm {
    start: String,
}

pub(super) async fn hold(
    employee: Employee,
    practitioner: web::Path<Uuid>,
    Form(form): Form<HoldForm>,
) -> PageResult {
    let practitioner = practitioner.into_inner();
    let Some(start) = parse_start(&form.start) else {
        return refuse(&employee, practitioner, None, Why::Unreadable).await;
    };
    let kept = employee
        .db()
        .write(move |tx| holds::hold(tx, practitioner, start))
        .await;
    let why = match kept {
        Ok(Ok(id)) => return Ok(see_other(&path(practitioner, id))),
        Ok(Err(why)) => why,
        Err(error) => NotBooked::by_constraint(&error).ok_or(error)?,
    };
    if why == NotBooked::Slot(Refusal::OwnConflict) {
        // The back button after booking, and the same slot again: it is theirs.
        let booked = employee
            .db()
            .read(move |tx| holds::booked_at(tx, practitioner, start))
            .await?;
        if let Some(id) = booked {
            return Ok(see_other_with(
                &format!("/employee/consultations/{id}"),
                Flash::info("booking-already"),
            ));
        }
    }
    refuse(&employee, practitioner, Some(start), Why::NotBooked(why)).await
}

/// Back to the calendar: the address of a choice that was refused, opened again.
pub(super) async fn back(_: Employee, practitioner: web::Path<Uuid>) -> PageResult {
    Ok(see_other(&format!(
        "/employee/booking/{practitioner}#slots"
    )))
}

/// Where a held slot is confirmed.
pub(super) fn path(practitioner: Uuid, hold: Uuid) -> String {
    format!("/employee/booking/{practitioner}/holds/{hold}")
}

/// What a held slot turns out to be when its page is asked for.
pub(super) enum Found {
    /// It can be confirmed.
    Live(Box<Profile>, Held),
    /// It is an appointment by now.
    Booked,
    /// It cannot be confirmed any more; the slot that it was, if that is known.
    Over(Option<DateTime<Utc>>, Why),
}

/// Looks a held slot up.
pub(super) async fn find(
    employee: &Employee,
    practitioner: Uuid,
    hold: Uuid,
) -> Result<Found, AppError> {
    employee
        .db()
        .read(move |tx| {
            let held = holds::held(tx, hold)?;
            let Some(held) = held.filter(|held| held.practitioner_id == practitioner) else {
                return Ok(Found::Over(None, Why::NoSuchHold));
            };
            if held.is_booked() {
                return Ok(Found::Booked);
            }
            if !held.is_live(tx.now()) {
                let why = Why::NotBooked(NotBooked::HoldOver);
                return Ok(Found::Over(Some(held.slot().starts_at), why));
            }
            let mut profile = practitioners::queries::profile(tx, practitioner)?;
            if profile.formats.offers(Format::InPerson)
                && agenda::has_several_places(tx, practitioner)?
            {
                let there = agenda::address_at(tx, practitioner, held.slot().starts_at)?;
                profile.in_person_address = there.or(profile.in_person_address);
            }
            Ok(Found::Live(Box::new(profile), held))
        })
        .await
}

/// Lets the slot go and goes back to the calendar.
pub(super) async fn release(
    employee: Employee,
    ids: web::Path<(Uuid, Uuid)>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let (practitioner, hold) = ids.into_inner();
    let found = find(&employee, practitioner, hold).await?;
    match found {
        Found::Booked => Ok(see_other(&format!("/employee/consultations/{hold}"))),
        Found::Over(_, Why::NoSuchHold) => {
            refuse(&employee, practitioner, None, Why::NoSuchHold).await
        }
        Found::Live(_, held) if held.offered => {
            employee
                .db()
                .write(move |tx| waitlist::decline_hold(tx, hold))
                .await?;
            Ok(see_other_with(
                "/employee/waiting-list",
                Flash::success("booking-waitlist-declined"),
            ))
        }
        Found::Live(..) | Found::Over(..) => {
            employee
                .db()
                .write(move |tx| holds::let_go(tx, hold))
                .await?;
            Ok(see_other_with(
                &format!("/employee/booking/{practitioner}#slots"),
                Flash::info("booking-hold-released"),
            ))
        }
    }
}
