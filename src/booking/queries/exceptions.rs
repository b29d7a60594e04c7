//! The dates that are not like the others, as they are kept and changed.

use std::{collections::HashMap, ops::Range};

use chrono::{NaiveDate, NaiveTime};
use diesel::{
    OptionalExtension as _, RunQueryDsl as _,
    dsl::sql,
    prelude::*,
    sql_types::{Nullable, Time},
};
use uuid::Uuid;

use super::agenda::{Books, take_turn};
use crate::{
    booking::hours::{Clash, Effect, ExceptionDraft, Part, StoredException, clash},
    infra::{
        actor::Practitioner,
        db::Tx,
        envelope::{CannotRead, Field, Scope, Sealed},
        error::AppError,
    },
    schema::availability_exceptions as exceptions,
};

type ExceptionRow = (
    Uuid,
    NaiveDate,
    String,
    Option<NaiveTime>,
    Option<NaiveTime>,
    Option<String>,
    Option<Uuid>,
    Option<Uuid>,
);

fn stored_exception(row: ExceptionRow) -> Option<StoredException> {
    let (id, day, kind, from, until, holiday, batch_id, place_id) = row;
    let part = from.zip(until).map(|(from, until)| Part { from, until });
    Some(StoredException {
        id,
        day,
        effect: match kind.as_str() {
            "closed" => Effect::Closed(part),
            _ => Effect::Open(part?),
        },
        label: None,
        holiday: holiday.and_then(|name| name.parse().ok()),
        batch_id,
        place_id,
    })
}

/// Without the names that the practitioner gave them.
pub(super) fn exceptions_of<R: Books>(
    tx: &mut Tx<R>,
    practitioner: Uuid,
    days: Range<NaiveDate>,
) -> Result<Vec<StoredException>, AppError> {
    let rows: Vec<ExceptionRow> = exceptions::table
        .filter(exceptions::practitioner_id.eq(practitioner))
        .filter(exceptions::day.ge(days.start))
        .filter(exceptions::day.lt(days.end))
        .order((
            exceptions::day,
            sql::<Nullable<Time>>("start_time NULLS FIRST"),
        ))
        .select((
            exceptions::id,
            exceptions::day,
            exceptions::kind,
            exceptions::start_time,
            exceptions::end_time,
            exceptions::holiday,
            exceptions::batch_id,
            exceptions::place_id,
        ))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(stored_exception).collect())
}

/// The exceptions of some dates, whole days first.
///
/// # Errors
/// The database's.
pub fn exceptions(
    tx: &mut Tx<Practitioner>,
    days: Range<NaiveDate>,
) -> Result<Vec<StoredException>, AppError> {
    let me = tx.user_id()?;
    let mut found = exceptions_of(tx, me, days.clone())?;
    let mut labels = labels(tx, me, days)?;
    for exception in &mut found {
        exception.label = labels.remove(&exception.id);
    }
    Ok(found)
}

type Labels = HashMap<Uuid, Result<String, CannotRead>>;

fn field(row: Uuid) -> Field {
    Field {
        table: "availability_exceptions",
        column: "label_sealed",
        row,
    }
}

/// The names that exceptions were given.
fn labels(tx: &mut Tx<Practitioner>, me: Uuid, days: Range<NaiveDate>) -> Result<Labels, AppError> {
    let rows: Vec<(Uuid, Option<Sealed>)> = exceptions::table
        .filter(exceptions::practitioner_id.eq(me))
        .filter(exceptions::day.ge(days.start))
        .filter(exceptions::day.lt(days.end))
        .filter(exceptions::label_sealed.is_not_null())
        .select((exceptions::id, exceptions::label_sealed))
        .load(tx.conn())?;
    let mut labels = HashMap::with_capacity(rows.len());
    for (id, sealed) in rows {
        let Some(sealed) = sealed else {
            continue;
        };
        labels.insert(id, tx.open(Scope::Agenda(me), field(id), &sealed));
    }
    Ok(labels)
}

fn seal_label(
    tx: &mut Tx<Practitioner>,
    me: Uuid,
    (id, label): (Uuid, Option<&str>),
) -> Result<Option<Sealed>, AppError> {
    label
        .map(|label| tx.seal(Scope::Agenda(me), field(id), label))
        .transpose()
}

/// One exception of the practitioner, and how many days were closed with it, itself included.
///
/// # Errors
/// `NotFound` for another's.
pub fn exception(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<(StoredException, i64), AppError> {
    let found: Option<NaiveDate> = exceptions::table
        .find(id)
        .select(exceptions::day)
        .first(tx.conn())
        .optional()?;
    let day = found.ok_or(AppError::NotFound)?;
    let next = day.succ_opt().ok_or(AppError::NotFound)?;
    let found = exceptions(tx, day..next)?
        .into_iter()
        .find(|exception| exception.id == id)
        .ok_or(AppError::NotFound)?;
    let together = match found.batch_id {
        Some(batch) => exceptions::table
            .filter(exceptions::batch_id.eq(batch))
            .count()
            .get_result(tx.conn())?,
        None => 1,
    };
    Ok((found, together))
}

/// What became of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exceptional {
    /// Written on so many dates.
    Written(usize),
    /// Not written, anywhere.
    Clash(Clash),
    /// Not a place of this practitioner.
    UnknownPlace,
}

/// Adds an exception on each of its dates. In a leave of several days those that are closed already
/// are passed over.
///
/// # Errors
/// The database's.
pub fn add_exceptions(
    tx: &mut Tx<Practitioner>,
    draft: &ExceptionDraft,
) -> Result<Exceptional, AppError> {
    take_turn(tx)?;
    if let Some(place) = draft.place_id
        && !super::places::may_use(tx, place)?
    {
        return Ok(Exceptional::UnknownPlace);
    }
    let after = draft.last_day.succ_opt().unwrap_or(draft.last_day);
    let there = exceptions(tx, draft.first_day..after)?;
    let mut days = Vec::new();
    let mut refusal = None;
    for day in draft.days() {
        match clash(day, draft.effect, &there, None) {
            None => days.push(day),
            Some(Clash::ClosedAllDay(_)) if draft.effect == Effect::Closed(None) => {
                refusal = refusal.or(Some(Clash::ClosedAllDay(day)));
            }
            Some(clash) => return Ok(Exceptional::Clash(clash)),
        }
    }
    if let (true, Some(refusal)) = (days.is_empty(), refusal) {
        return Ok(Exceptional::Clash(refusal));
    }
    let me = tx.user_id()?;
    let batch = (days.len() > 1).then(Uuid::new_v4);
    let part = draft.effect.part();
    let mut rows = Vec::with_capacity(days.len());
    for day in &days {
        let id = Uuid::new_v4();
        let label = seal_label(tx, me, (id, draft.label.as_deref()))?;
        rows.push((
            exceptions::id.eq(id),
            exceptions::practitioner_id.eq(me),
            exceptions::day.eq(*day),
            exceptions::kind.eq(draft.effect.kind()),
            exceptions::start_time.eq(part.map(|part| part.from)),
            exceptions::end_time.eq(part.map(|part| part.until)),
            exceptions::label_sealed.eq(label),
            exceptions::place_id.eq(draft.place_id),
            exceptions::batch_id.eq(batch),
        ));
    }
    diesel::insert_into(exceptions::table)
        .values(rows)
        .execute(tx.conn())?;
    Ok(Exceptional::Written(days.len()))
}

/// Changes one exception; whether it opens or closes stays.
///
/// # Errors
/// `NotFound` for another's.
pub fn change_exception(
    tx: &mut Tx<Practitioner>,
    id: Uuid,
    draft: &ExceptionDraft,
) -> Result<Exceptional, AppError> {
    take_turn(tx)?;
    exception(tx, id)?;
    if let Some(place) = draft.place_id
        && !super::places::may_use(tx, place)?
    {
        return Ok(Exceptional::UnknownPlace);
    }
    let day = draft.first_day;
    let there = exceptions(tx, day..day.succ_opt().unwrap_or(day))?;
    if let Some(clash) = clash(day, draft.effect, &there, Some(id)) {
        return Ok(Exceptional::Clash(clash));
    }
    let part = draft.effect.part();
    let me = tx.user_id()?;
    let label = seal_label(tx, me, (id, draft.label.as_deref()))?;
    diesel::update(exceptions::table.find(id))
        .set((
            exceptions::day.eq(day),
            exceptions::start_time.eq(part.map(|part| part.from)),
            exceptions::end_time.eq(part.map(|part| part.until)),
            exceptions::label_sealed.eq(label),
            exceptions::place_id.eq(draft.place_id),
        ))
        .execute(tx.conn())?;
    Ok(Exceptional::Written(1))
}

/// Removes an exception, or all the days that were closed with it from today on.
///
/// # Errors
/// `NotFound` for another's.
pub fn remove_exception(
    tx: &mut Tx<Practitioner>,
    id: Uuid,
    whole: Option<NaiveDate>,
) -> Result<usize, AppError> {
    take_turn(tx)?;
    let (found, _) = exception(tx, id)?;
    Ok(match (whole, found.batch_id) {
        (Some(today), Some(batch)) => diesel::delete(
            exceptions::table
                .filter(exceptions::batch_id.eq(batch))
                .filter(exceptions::day.ge(today)),
        )
        .execute(tx.conn())?,
        _ => diesel::delete(exceptions::table.find(id)).execute(tx.conn())?,
    })
}

/// Closes public holidays; those closed already stay as they are. Answers how many were closed.
///
/// # Errors
/// The database's.
pub fn close_holidays(
    tx: &mut Tx<Practitioner>,
    holidays: &[(NaiveDate, &'static str)],
) -> Result<usize, AppError> {
    take_turn(tx)?;
    let me = tx.user_id()?;
    let rows: Vec<_> = holidays
        .iter()
        .map(|(day, name)| {
            (
                exceptions::practitioner_id.eq(me),
                exceptions::day.eq(*day),
                exceptions::kind.eq("closed"),
                exceptions::holiday.eq(*name),
            )
        })
        .collect();
    Ok(diesel::insert_into(exceptions::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(tx.conn())?)
}
