//! Where a practitioner receives: places, their rooms, and the colleagues who share them.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    prelude::*,
    sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::agenda::take_turn;
use crate::{
    infra::{actor::Practitioner, db::Tx, error::AppError, prepared::prepared},
    schema::{places, rooms},
};

/// A place that the practitioner may use.
#[derive(Clone, Debug, QueryableByName)]
pub struct Place {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// What the practitioner calls it.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Where to go.
    #[diesel(sql_type = Text)]
    pub address: String,
    /// How to get in.
    #[diesel(sql_type = Text)]
    pub directions: String,
    /// What a colleague types to share it; for its owner's eyes.
    #[diesel(sql_type = Nullable<Text>)]
    pub share_code: Option<String>,
    /// Whether this practitioner may change it.
    #[diesel(sql_type = Bool)]
    pub is_mine: bool,
    /// Whether hours without a place of their own are held here.
    #[diesel(sql_type = Bool)]
    pub is_main: bool,
    /// Rooms in use.
    #[diesel(sql_type = BigInt)]
    pub rooms: i64,
}

const PLACES: &str = "SELECT p.id, p.name, p.address, p.directions,
        CASE WHEN p.practitioner_id = me.user_id THEN p.share_code END AS share_code,
        p.practitioner_id = me.user_id AS is_mine, p.id IS NOT DISTINCT FROM me.main_place_id AS is_main,
        (SELECT count(*) FROM rooms r WHERE r.place_id = p.id AND r.removed_at IS NULL) AS rooms
     FROM practitioners me JOIN places p ON p.removed_at IS NULL AND (p.practitioner_id = me.user_id
          OR EXISTS (SELECT FROM place_practitioners s WHERE s.place_id = p.id AND s.practitioner_id = me.user_id))
     WHERE me.user_id = $1";

/// The places that the practitioner may use, the main one first.
///
/// # Errors
/// The database's.
pub fn places(tx: &mut Tx<Practitioner>) -> Result<Vec<Place>, AppError> {
    let me = tx.user_id()?;
    Ok(
        prepared(format!("{PLACES} ORDER BY is_main DESC, p.name, p.id"))
            .bind::<SqlUuid, _>(me)
            .load(tx.conn())?,
    )
}

/// One of them.
///
/// # Errors
/// `NotFound` for a place of somebody else, or one that was put away.
pub fn place(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<Place, AppError> {
    let me = tx.user_id()?;
    prepared(format!("{PLACES} AND p.id = $2"))
        .bind::<SqlUuid, _>(me)
        .bind::<SqlUuid, _>(id)
        .get_result(tx.conn())
        .optional()?
        .ok_or(AppError::NotFound)
}

/// Whether hours may be held there.
pub(super) fn may_use(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<bool, AppError> {
    match place(tx, id) {
        Ok(_) => Ok(true),
        Err(AppError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Its owner's.
fn own_place(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<Place, AppError> {
    let place = place(tx, id)?;
    place.is_mine.then_some(place).ok_or(AppError::NotFound)
}

/// What a form says of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceDraft {
    /// What the practitioner calls it.
    pub name: String,
    /// Where to go.
    pub address: String,
    /// How to get in.
    pub directions: String,
}

/// Adds a place; the first one is the main one.
///
/// # Errors
/// The database's.
pub fn add_place(tx: &mut Tx<Practitioner>, draft: &PlaceDraft) -> Result<Uuid, AppError> {
    take_turn(tx)?;
    let (id, me) = (Uuid::new_v4(), tx.user_id()?);
    diesel::insert_into(places::table)
        .values((
            places::id.eq(id),
            places::practitioner_id.eq(me),
            places::name.eq(&draft.name),
            places::address.eq(&draft.address),
            places::directions.eq(&draft.directions),
        ))
        .execute(tx.conn())?;
    settle_main_place(tx, None)?;
    Ok(id)
}

/// Changes a place of one's own.
///
/// # Errors
/// `NotFound` for somebody else's.
pub fn change_place(
    tx: &mut Tx<Practitioner>,
    id: Uuid,
    draft: &PlaceDraft,
) -> Result<(), AppError> {
    take_turn(tx)?;
    own_place(tx, id)?;
    diesel::update(places::table.find(id))
        .set((
            places::name.eq(&draft.name),
            places::address.eq(&draft.address),
            places::directions.eq(&draft.directions),
        ))
        .execute(tx.conn())?;
    settle_main_place(tx, None)
}

/// Makes a place the one where hours without a place of their own are held.
///
/// # Errors
/// `NotFound` for a place that may not be used.
pub fn choose_main_place(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<(), AppError> {
    take_turn(tx)?;
    place(tx, id)?;
    settle_main_place(tx, Some(id))
}

/// Keeps one of the usable places as the main one, and its address on the profile.
fn settle_main_place(tx: &mut Tx<Practitioner>, chosen: Option<Uuid>) -> Result<(), AppError> {
    let usable = places(tx)?;
    let main = usable
        .iter()
        .find(|place| Some(place.id) == chosen)
        // The main one comes first, when there is one.
        .or(usable.first());
    let me = tx.user_id()?;
    prepared(
        "UPDATE practitioners SET main_place_id = $1, in_person_address = $2
         WHERE user_id = $3 AND (main_place_id, in_person_address) IS DISTINCT FROM ($4, $5)",
    )
    .bind::<Nullable<SqlUuid>, _>(main.map(|place| place.id))
    .bind::<Nullable<Text>, _>(main.map(|place| place.address.clone()))
    .bind::<SqlUuid, _>(me)
    .bind::<Nullable<SqlUuid>, _>(main.map(|place| place.id))
    .bind::<Nullable<Text>, _>(main.map(|place| place.address.clone()))
    .execute(tx.conn())?;
    Ok(())
}

/// Why a place is not put away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InUse {
    /// It is the last one, and people are received in person.
    LastOne,
    /// Colleagues still use it.
    Shared,
}

/// Puts a place away, or leaves a colleague's: hours held there go on at the main place, appointments
/// stay where they were made.
///
/// # Errors
/// `NotFound` for a place that may not be used.
pub fn remove_place(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<Result<(), InUse>, AppError> {
    take_turn(tx)?;
    let place = place(tx, id)?;
    let (me, now) = (tx.user_id()?, tx.now());
    let received = super::agenda::settings(tx)?;
    let others = places(tx)?.iter().filter(|other| other.id != id).count();
    if others == 0
        && received
            .formats
            .offers(crate::booking::model::Format::InPerson)
    {
        return Ok(Err(InUse::LastOne));
    }
    if place.is_mine && people(tx, id)?.len() > 1 {
        return Ok(Err(InUse::Shared));
    }
    for table in ["availability_windows", "availability_exceptions"] {
        prepared(format!(
            "UPDATE {table} SET place_id = NULL WHERE practitioner_id = $1 AND place_id = $2"
        ))
        .bind::<SqlUuid, _>(me)
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    }
    if place.is_mine {
        prepared("UPDATE places SET removed_at = $1, share_code = NULL WHERE id = $2")
            .bind::<Timestamptz, _>(now)
            .bind::<SqlUuid, _>(id)
            .execute(tx.conn())?;
    } else {
        prepared("DELETE FROM place_practitioners WHERE place_id = $1 AND practitioner_id = $2")
            .bind::<SqlUuid, _>(id)
            .bind::<SqlUuid, _>(me)
            .execute(tx.conn())?;
    }
    settle_main_place(tx, None)?;
    Ok(Ok(()))
}

/// A room.
#[derive(Clone, Debug, QueryableByName)]
pub struct Room {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// This practitioner's appointments to come in it.
    #[diesel(sql_type = BigInt)]
    pub upcoming: i64,
}

/// The rooms of a place, by name.
///
/// # Errors
/// The database's.
pub fn rooms_of(tx: &mut Tx<Practitioner>, place: Uuid) -> Result<Vec<Room>, AppError> {
    let now = tx.now();
    Ok(prepared(
        "SELECT r.id, r.name, (SELECT count(*) FROM consultations c WHERE c.room_id = r.id AND c.starts_at > $1
                AND c.status IN ('scheduled', 'confirmed')) AS upcoming
         FROM rooms r WHERE r.place_id = $2 AND r.removed_at IS NULL ORDER BY r.name, r.id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(place)
    .load(tx.conn())?)
}

/// Adds a room to a place of one's own. Answers `false` when the place has one of that name.
///
/// # Errors
/// `NotFound` for somebody else's place.
pub fn add_room(tx: &mut Tx<Practitioner>, place: Uuid, name: &str) -> Result<bool, AppError> {
    own_place(tx, place)?;
    let written = tx.savepoint(|tx| {
        diesel::insert_into(rooms::table)
            .values((rooms::place_id.eq(place), rooms::name.eq(name)))
            .execute(tx.conn())?;
        Ok(())
    });
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.is_constraint("rooms_name") => Ok(false),
        Err(error) => Err(error),
    }
}

/// Puts a room away: nobody is booked into it any more. Answers its place.
///
/// # Errors
/// `NotFound` for a room of somebody else's place.
pub fn remove_room(tx: &mut Tx<Practitioner>, room: Uuid) -> Result<Uuid, AppError> {
    let place: Option<Uuid> = rooms::table
        .find(room)
        .filter(rooms::removed_at.is_null())
        .select(rooms::place_id)
        .first(tx.conn())
        .optional()?;
    let place = place.ok_or(AppError::NotFound)?;
    own_place(tx, place)?;
    let now = tx.now();
    diesel::update(rooms::table.find(room))
        .set(rooms::removed_at.eq(now))
        .execute(tx.conn())?;
    Ok(place)
}

/// Somebody who uses a place.
#[derive(Clone, Debug, QueryableByName)]
pub struct Colleague {
    /// The name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Whether the place is this one's.
    #[diesel(sql_type = Bool)]
    pub is_owner: bool,
}

/// Who uses a place, its owner first.
///
/// # Errors
/// The database's.
pub fn people(tx: &mut Tx<Practitioner>, place: Uuid) -> Result<Vec<Colleague>, AppError> {
    Ok(prepared("SELECT name, is_owner FROM hz.place_people($1)")
        .bind::<SqlUuid, _>(place)
        .load(tx.conn())?)
}

/// Gives a place of one's own a code to share it by, or takes the code back.
///
/// # Errors
/// `NotFound` for somebody else's place.
pub fn set_share_code(
    tx: &mut Tx<Practitioner>,
    place: Uuid,
    code: Option<&str>,
) -> Result<(), AppError> {
    own_place(tx, place)?;
    diesel::update(places::table.find(place))
        .set(places::share_code.eq(code))
        .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Joined {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    place: Option<Uuid>,
}

/// Enters the place of a code; `None` for a code that opens none.
///
/// # Errors
/// The database's.
pub fn join_place(tx: &mut Tx<Practitioner>, code: &str) -> Result<Option<Uuid>, AppError> {
    take_turn(tx)?;
    let joined: Joined = prepared("SELECT hz.join_place($1) AS place")
        .bind::<Text, _>(code.to_owned())
        .get_result(tx.conn())?;
    if joined.place.is_some() {
        settle_main_place(tx, None)?;
    }
    Ok(joined.place)
}
