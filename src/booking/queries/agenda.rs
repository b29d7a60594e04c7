//! The practitioner's agenda as it is kept and changed; and where an in-person appointment takes place.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    prelude::*,
    sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{exceptions::exceptions_of, holds::turn};
use crate::{
    booking::{
        hours::{Change, Effect, Part, StoredException, StoredWindow, WindowDraft, in_the_way},
        model::Format,
        slots::{Policy, Recurrence, Slot},
    },
    infra::{
        actor::{Employee, Practitioner},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    practitioners::model::{Formats, Settings},
    schema::availability_windows as windows,
};

/// Whose transaction may ask where an appointment takes place: those who book or move one.
pub trait Books {}
impl Books for Employee {}
impl Books for Practitioner {}

/// What a practitioner has settled about its agenda.
#[derive(Clone, Debug, QueryableByName)]
pub struct AgendaSettings {
    /// How hours become slots.
    #[diesel(embed)]
    pub settings: Settings,
    /// The ways of meeting.
    #[diesel(embed)]
    pub formats: Formats,
    /// Whether somebody who has never come may book.
    #[diesel(sql_type = Bool)]
    pub accepting_new_clients: bool,
    /// Whether a booking is confirmed at once.
    #[diesel(sql_type = Bool)]
    pub auto_confirm: bool,
    /// Where hours without a place of their own are held.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub main_place_id: Option<Uuid>,
}

/// The practitioner's own settings.
///
/// # Errors
/// The database's; `NotFound` without a profile.
pub fn settings(tx: &mut Tx<Practitioner>) -> Result<AgendaSettings, AppError> {
    let me = tx.user_id()?;
    prepared(
        "SELECT timezone, slot_minutes, buffer_minutes, minimum_notice_hours, horizon_days, daily_maximum,
                offers_video, offers_audio, offers_in_person, accepting_new_clients, auto_confirm, main_place_id
         FROM practitioners WHERE user_id = $1",
    )
    .bind::<SqlUuid, _>(me)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}

/// New settings, every figure checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSettings {
    /// IANA name.
    pub timezone: String,
    /// How hours become slots.
    pub policy: Policy,
    /// The ways of meeting; at least one.
    pub formats: Vec<Format>,
    /// Whether somebody who has never come may book.
    pub accepting_new_clients: bool,
    /// Whether a booking is confirmed at once.
    pub auto_confirm: bool,
}

/// Writes the practitioner's settings. Answers `false`, and writes nothing, when people are to be
/// received in person and there is no place for it.
///
/// # Errors
/// The database's.
pub fn save_settings(tx: &mut Tx<Practitioner>, new: &NewSettings) -> Result<bool, AppError> {
    take_turn(tx)?;
    let me = tx.user_id()?;
    let offers = |format| new.formats.contains(&format);
    if offers(Format::InPerson) && !has_address(tx)? {
        return Ok(false);
    }
    let policy = &new.policy;
    prepared(
        "UPDATE practitioners SET timezone = $1, slot_minutes = $2, buffer_minutes = $3, minimum_notice_hours = $4,
                horizon_days = $5, daily_maximum = $6, offers_video = $7, offers_audio = $8, offers_in_person = $9,
                accepting_new_clients = $10, auto_confirm = $11
         WHERE user_id = $12",
    )
    .bind::<Text, _>(new.timezone.clone())
    .bind::<Integer, _>(i32::from(policy.slot_minutes))
    .bind::<Integer, _>(i32::from(policy.buffer_minutes))
    .bind::<Integer, _>(i32::from(policy.min_notice_hours))
    .bind::<Integer, _>(i32::from(policy.horizon_days))
    .bind::<Nullable<Integer>, _>(policy.daily_maximum.map(i32::from))
    .bind::<Bool, _>(offers(Format::Video))
    .bind::<Bool, _>(offers(Format::Audio))
    .bind::<Bool, _>(offers(Format::InPerson))
    .bind::<Bool, _>(new.accepting_new_clients)
    .bind::<Bool, _>(new.auto_confirm)
    .bind::<SqlUuid, _>(me)
    .execute(tx.conn())?;
    Ok(true)
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    answer: bool,
}

fn has_address(tx: &mut Tx<Practitioner>) -> Result<bool, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT in_person_address IS NOT NULL AS answer FROM practitioners WHERE user_id = $1",
    )
    .bind::<SqlUuid, _>(me)
    .get_result::<Answer>(tx.conn())?
    .answer)
}

/// Waits until nobody books this practitioner and nobody else changes this agenda, to the end of the
/// transaction: the lock of the booking.
pub(super) fn take_turn(tx: &mut Tx<Practitioner>) -> Result<(), AppError> {
    let me = tx.user_id()?;
    prepared("SELECT pg_advisory_xact_lock($1)")
        .bind::<BigInt, _>(turn(me))
        .execute(tx.conn())?;
    Ok(())
}

type WindowRow = (
    Uuid,
    i16,
    NaiveTime,
    NaiveTime,
    NaiveDate,
    Option<NaiveDate>,
    i16,
    Option<Uuid>,
);

fn stored_window(row: WindowRow) -> Option<StoredWindow> {
    let (id, weekday, from, until, valid_from, valid_until, every_weeks, place_id) = row;
    let weekday = u8::try_from(weekday - 1).ok()?;
    Some(StoredWindow {
        id,
        draft: WindowDraft {
            weekday: Weekday::try_from(weekday).ok()?,
            part: Part { from, until },
            valid_from,
            valid_until,
            recurrence: match every_weeks {
                1 => Recurrence::Weekly,
                _ => Recurrence::EveryOtherWeek,
            },
            place_id,
        },
    })
}

fn windows_of<R: Books>(tx: &mut Tx<R>, practitioner: Uuid) -> Result<Vec<StoredWindow>, AppError> {
    let rows: Vec<WindowRow> = windows::table
        .filter(windows::practitioner_id.eq(practitioner))
        .order((windows::weekday, windows::start_time, windows::valid_from))
        .select((
            windows::id,
            windows::weekday,
            windows::start_time,
            windows::end_time,
            windows::valid_from,
            windows::valid_until,
            windows::every_weeks,
            windows::place_id,
        ))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(stored_window).collect())
}

/// Every window of the practitioner, past ones included, by weekday and hour.
///
/// # Errors
/// The database's.
pub fn windows(tx: &mut Tx<Practitioner>) -> Result<Vec<StoredWindow>, AppError> {
    let me = tx.user_id()?;
    windows_of(tx, me)
}

/// One window of the practitioner.
///
/// # Errors
/// `NotFound` for another's.
pub fn window(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<StoredWindow, AppError> {
    let mut all = windows(tx)?.into_iter();
    all.find(|window| window.id == id).ok_or(AppError::NotFound)
}

/// Why a window is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// This one is there already.
    Overlaps(StoredWindow),
    /// Not a place of this practitioner.
    UnknownPlace,
}

/// Adds a window.
///
/// # Errors
/// The database's.
pub fn add_window(
    tx: &mut Tx<Practitioner>,
    draft: &WindowDraft,
) -> Result<Result<Uuid, NotWritten>, AppError> {
    take_turn(tx)?;
    if let Err(refusal) = admit(tx, draft, None)? {
        return Ok(Err(refusal));
    }
    Ok(Ok(insert_window(tx, draft)?))
}

/// Changes a window from `draft.valid_from` on; the weeks before stay what they were.
///
/// # Errors
/// `NotFound` for another's.
pub fn change_window(
    tx: &mut Tx<Practitioner>,
    id: Uuid,
    draft: WindowDraft,
) -> Result<Result<(), NotWritten>, AppError> {
    take_turn(tx)?;
    let change = Change::of(&window(tx, id)?.draft, draft);
    if let Err(refusal) = admit(tx, change.result(), Some(id))? {
        return Ok(Err(refusal));
    }
    match change {
        Change::Whole(draft) => {
            diesel::update(windows::table.find(id))
                .set((
                    windows::weekday.eq(weekday_number(draft.weekday)),
                    windows::start_time.eq(draft.part.from),
                    windows::end_time.eq(draft.part.until),
                    windows::valid_from.eq(draft.valid_from),
                    windows::valid_until.eq(draft.valid_until),
                    windows::every_weeks.eq(every_weeks(draft.recurrence)),
                    windows::place_id.eq(draft.place_id),
                ))
                .execute(tx.conn())?;
        }
        Change::From { last_day, next } => {
            end_on(tx, id, last_day)?;
            insert_window(tx, &next)?;
        }
    }
    Ok(Ok(()))
}

/// Takes a window away from a date on; it is deleted when it had not begun by then.
///
/// # Errors
/// `NotFound` for another's.
pub fn end_window(tx: &mut Tx<Practitioner>, id: Uuid, from: NaiveDate) -> Result<(), AppError> {
    take_turn(tx)?;
    let window = window(tx, id)?;
    match from.pred_opt() {
        Some(last_day) if window.draft.valid_from < from => {
            let last_day = window
                .draft
                .valid_until
                .map_or(last_day, |until| until.min(last_day));
            end_on(tx, id, last_day)
        }
        _ => {
            diesel::delete(windows::table.find(id)).execute(tx.conn())?;
            Ok(())
        }
    }
}

fn end_on(tx: &mut Tx<Practitioner>, id: Uuid, last_day: NaiveDate) -> Result<(), AppError> {
    diesel::update(windows::table.find(id))
        .set(windows::valid_until.eq(last_day))
        .execute(tx.conn())?;
    Ok(())
}

fn admit(
    tx: &mut Tx<Practitioner>,
    draft: &WindowDraft,
    but: Option<Uuid>,
) -> Result<Result<(), NotWritten>, AppError> {
    if let Some(place) = draft.place_id
        && !super::places::may_use(tx, place)?
    {
        return Ok(Err(NotWritten::UnknownPlace));
    }
    let all = windows(tx)?;
    Ok(match in_the_way(&all, draft, but) {
        Some(there) => Err(NotWritten::Overlaps(*there)),
        None => Ok(()),
    })
}

fn insert_window(tx: &mut Tx<Practitioner>, draft: &WindowDraft) -> Result<Uuid, AppError> {
    let (id, me) = (Uuid::new_v4(), tx.user_id()?);
    diesel::insert_into(windows::table)
        .values((
            windows::id.eq(id),
            windows::practitioner_id.eq(me),
            windows::weekday.eq(weekday_number(draft.weekday)),
            windows::start_time.eq(draft.part.from),
            windows::end_time.eq(draft.part.until),
            windows::valid_from.eq(draft.valid_from),
            windows::valid_until.eq(draft.valid_until),
            windows::every_weeks.eq(every_weeks(draft.recurrence)),
            windows::place_id.eq(draft.place_id),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

fn weekday_number(weekday: Weekday) -> i16 {
    i16::try_from(weekday.number_from_monday()).unwrap_or(1)
}

fn every_weeks(recurrence: Recurrence) -> i16 {
    match recurrence {
        Recurrence::Weekly => 1,
        Recurrence::EveryOtherWeek => 2,
    }
}

/// Where an in-person appointment takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceAndRoom {
    /// For `consultations.place_id`.
    pub place_id: Uuid,
    /// As the practitioner calls it.
    pub name: String,
    /// Where to go.
    pub address: String,
    /// For `consultations.room_id`; `None` for a place without rooms.
    pub room_id: Option<Uuid>,
    /// The room's name.
    pub room: Option<String>,
}

#[derive(QueryableByName)]
struct Clock {
    #[diesel(sql_type = Text)]
    timezone: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    main_place_id: Option<Uuid>,
}

#[derive(QueryableByName)]
struct PlaceRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    address: String,
    #[diesel(sql_type = Bool)]
    has_rooms: bool,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    room_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    room_name: Option<String>,
}

/// The place of the hours that hold an instant, else the main one.
fn place_at<R: Books>(
    tx: &mut Tx<R>,
    practitioner: Uuid,
    start: DateTime<Utc>,
) -> Result<Option<Uuid>, AppError> {
    let clock: Clock =
        prepared("SELECT timezone, main_place_id FROM practitioners WHERE user_id = $1")
            .bind::<SqlUuid, _>(practitioner)
            .get_result(tx.conn())
            .optional()?
            .ok_or(AppError::NotFound)?;
    let zone = clock.timezone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let local = start.with_timezone::<chrono_tz::Tz>(&zone).naive_local();
    let (day, time) = (local.date(), local.time());
    let is_then = |part: Part| part.from <= time && time < part.until;
    let opened: Vec<StoredException> =
        exceptions_of(tx, practitioner, day..day.succ_opt().unwrap_or(day))?
            .into_iter()
            .filter(|exception| matches!(exception.effect, Effect::Open(_)))
            .collect();
    let of_the_hours = if opened.is_empty() {
        windows_of(tx, practitioner)?
            .iter()
            .find(|window| window.draft.applies_on(day) && is_then(window.draft.part))
            .and_then(|window| window.draft.place_id)
    } else {
        opened
            .iter()
            .find(|exception| exception.effect.part().is_some_and(is_then))
            .and_then(|exception| exception.place_id)
    };
    Ok(of_the_hours.or(clock.main_place_id))
}

/// Whether some of the practitioner's hours are held elsewhere than at the main place.
///
/// # Errors
/// The database's.
pub fn has_several_places(tx: &mut Tx<Employee>, practitioner: Uuid) -> Result<bool, AppError> {
    let row: Answer = prepared(
        "SELECT EXISTS (SELECT FROM availability_windows WHERE practitioner_id = $1 AND place_id IS NOT NULL)
             OR EXISTS (SELECT FROM availability_exceptions
                        WHERE practitioner_id = $1 AND place_id IS NOT NULL) AS answer",
    )
    .bind::<SqlUuid, _>(practitioner)
    .get_result(tx.conn())?;
    Ok(row.answer)
}

#[derive(QueryableByName)]
struct Address {
    #[diesel(sql_type = Text)]
    address: String,
}

/// Name and address of the place where an in-person appointment would be: what [`place_for`] will
/// choose, without choosing a room.
///
/// # Errors
/// The database's.
pub fn address_at<R: Books>(
    tx: &mut Tx<R>,
    practitioner: Uuid,
    start: DateTime<Utc>,
) -> Result<Option<String>, AppError> {
    let Some(place) = place_at(tx, practitioner, start)? else {
        return Ok(None);
    };
    let found: Option<Address> =
        prepared("SELECT concat_ws(', ', name, address) AS address FROM places WHERE id = $1")
            .bind::<SqlUuid, _>(place)
            .get_result(tx.conn())
            .optional()?;
    Ok(found.map(|found| found.address))
}

/// Where an in-person appointment in this slot takes place: the place of its hours, else the main
/// one, and a room that is free. `None` for a practitioner who has written down no place (its
/// profile has an address, then). `but` is an appointment that is being moved.
///
/// Whoever asks has the place's turn until the end of its transaction, so that a room that is free
/// here is free when the appointment is written.
///
/// # Errors
/// `Constraint("consultations_room_free")` when the place has rooms and all are taken.
pub fn place_for<R: Books>(
    tx: &mut Tx<R>,
    practitioner: Uuid,
    slot: &Slot,
    but: Option<Uuid>,
) -> Result<Option<PlaceAndRoom>, AppError> {
    let Some(place_id) = place_at(tx, practitioner, slot.starts_at)? else {
        return Ok(None);
    };
    prepared("SELECT pg_advisory_xact_lock($1)")
        .bind::<BigInt, _>(turn(place_id))
        .execute(tx.conn())?;
    let found: Option<PlaceRow> = prepared(
        "SELECT p.name, p.address, f.has_rooms, f.room_id, f.room_name
         FROM places p, hz.free_room(p.id, $1, $2, $3) f WHERE p.id = $4",
    )
    .bind::<Timestamptz, _>(slot.starts_at)
    .bind::<Timestamptz, _>(slot.blocked_until)
    .bind::<Nullable<SqlUuid>, _>(but)
    .bind::<SqlUuid, _>(place_id)
    .get_result(tx.conn())
    .optional()?;
    match found {
        None => Ok(None),
        Some(place) if place.has_rooms && place.room_id.is_none() => {
            Err(AppError::Constraint("consultations_room_free".to_owned()))
        }
        Some(place) => Ok(Some(PlaceAndRoom {
            place_id,
            name: place.name,
            address: place.address,
            room_id: place.room_id,
            room: place.room_name,
        })),
    }
}
