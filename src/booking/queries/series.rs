//! Booking a series: all of it, or nothing.

use chrono::{DateTime, Utc};
use diesel::{
    RunQueryDsl as _,
    sql_types::{Array, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    agenda::PlaceAndRoom,
    book::{self, Kept, Request, Verdict},
    calendar,
    holds::{self, Held, NotBooked},
};
use crate::{
    booking::{
        series::{self, Choice, Rhythm, Session, Wish},
        slots::Slot,
    },
    infra::{actor::Employee, db::Tx, error::AppError, prepared::prepared},
    practitioners::model::Settings,
};

/// The sessions after the first, as they were asked for.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How often.
    pub rhythm: Rhythm,
    /// What is chosen for each, in order.
    pub choices: Vec<Choice>,
}

/// Why no series was booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSeries {
    /// As for one appointment.
    NotBooked(NotBooked),
    /// A session cannot be had.
    Conflicts,
}

/// A series as it could be booked now, session by session after the held one.
///
/// # Errors
/// The database's.
pub fn preview(
    tx: &mut Tx<Employee>,
    held: &Held,
    settings: &Settings,
    plan: &Plan,
) -> Result<Vec<(Wish, Session)>, AppError> {
    let first = held.slot();
    let count = plan.choices.len() + 1;
    let wishes = series::wishes(first.starts_at, settings.zone(), plan.rhythm, count);
    let reach = series::reach(first.starts_at, &wishes);
    let mut calendar = calendar(tx, held.practitioner_id, settings, &reach)?;
    let chosen: Vec<(Wish, Choice)> = wishes
        .iter()
        .copied()
        .zip(plan.choices.iter().copied())
        .collect();
    let sessions = series::judge(&mut calendar, first, chosen);
    Ok(wishes.into_iter().zip(sessions).collect())
}

/// Books the held slot and every session of the plan that is not skipped, or says why none of them.
/// The same form sent twice books once.
///
/// # Errors
/// `Constraint` when somebody was faster than the turn-taking; the database's; a key out of reach.
pub fn book(
    tx: &mut Tx<Employee>,
    request: &Request,
    plan: &Plan,
) -> Result<Result<Uuid, NotSeries>, AppError> {
    let over = Ok(Err(NotSeries::NotBooked(NotBooked::HoldOver)));
    let held = holds::held(tx, request.hold)?;
    let Some(held) = held.filter(|held| held.practitioner_id == request.practitioner_id) else {
        return over;
    };
    let terms = holds::terms(tx, held.practitioner_id)?;
    if let Err(why) = terms.admit() {
        return Ok(Err(NotSeries::NotBooked(why)));
    }
    let kept = match book::judge(tx, request)? {
        Verdict::Bookable(kept) => kept,
        Verdict::Done => return Ok(Ok(request.hold)),
        Verdict::Refused(why) => return Ok(Err(NotSeries::NotBooked(why))),
    };
    let mut slots = Vec::with_capacity(plan.choices.len());
    for (_, session) in preview(tx, &held, &terms.settings, plan)? {
        match session {
            Session::Free(slot) => slots.push(slot),
            Session::Skipped => {}
            Session::Conflict { .. } => return Ok(Err(NotSeries::Conflicts)),
        }
    }
    let mut places = Vec::with_capacity(slots.len() + 1);
    for slot in std::iter::once(&kept.slot()).chain(&slots) {
        match book::venue(tx, request, slot)? {
            Ok(place) => places.push(place),
            Err(why) => return Ok(Err(NotSeries::NotBooked(why))),
        }
    }
    let series = (!slots.is_empty()).then_some(request.hold);
    let first = places.remove(0);
    if !book::settle(tx, request, (first, series))? {
        return Ok(book::overtaken(tx, request)?.map_err(NotSeries::NotBooked));
    }
    if series.is_some() {
        let booked = insert(tx, request, &kept, &slots, &places)?;
        book::write_down(tx, kept.auto_confirm, &booked)?;
    }
    Ok(Ok(request.hold))
}

/// The sessions after the first, in one statement; their ids.
fn insert(
    tx: &mut Tx<Employee>,
    request: &Request,
    kept: &Kept,
    slots: &[Slot],
    places: &[Option<PlaceAndRoom>],
) -> Result<Vec<Uuid>, AppError> {
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    let ids: Vec<Uuid> = slots.iter().map(|_| Uuid::new_v4()).collect();
    let starts: Vec<DateTime<Utc>> = slots.iter().map(|slot| slot.starts_at).collect();
    let ends: Vec<DateTime<Utc>> = slots.iter().map(|slot| slot.ends_at).collect();
    let blocked: Vec<DateTime<Utc>> = slots.iter().map(|slot| slot.blocked_until).collect();
    let deadlines: Vec<Option<DateTime<Utc>>> = starts
        .iter()
        .map(|start| kept.deadline(*start, now))
        .collect();
    let (place_ids, room_ids): (Vec<Option<Uuid>>, Vec<Option<Uuid>>) = places
        .iter()
        .map(|place| {
            let place = place.as_ref();
            (
                place.map(|place| place.place_id),
                place.and_then(|place| place.room_id),
            )
        })
        .unzip();
    prepared(
        "INSERT INTO consultations (id, company_id, employee_id, practitioner_id, format, status, series_id,
                                    starts_at, ends_at, blocked_until, confirm_by, place_id, room_id)
         SELECT id, $1, $2, $3, $4, $5, $6, starts_at, ends_at, blocked_until, confirm_by, place_id, room_id
         FROM unnest($7, $8, $9, $10, $11, $12, $13)
              AS session (id, starts_at, ends_at, blocked_until, confirm_by, place_id, room_id)",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(request.practitioner_id)
    .bind::<Text, _>(request.format.as_str())
    .bind::<Text, _>(kept.status().as_str())
    .bind::<SqlUuid, _>(request.hold)
    .bind::<Array<SqlUuid>, _>(ids.clone())
    .bind::<Array<Timestamptz>, _>(starts)
    .bind::<Array<Timestamptz>, _>(ends)
    .bind::<Array<Timestamptz>, _>(blocked)
    .bind::<Array<Nullable<Timestamptz>>, _>(deadlines)
    .bind::<Array<Nullable<SqlUuid>>, _>(place_ids)
    .bind::<Array<Nullable<SqlUuid>>, _>(room_ids)
    .execute(tx.conn())?;
    Ok(ids)
}
