//! From a held slot to an appointment.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Binary, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    agenda::{self, PlaceAndRoom},
    holds::NotBooked,
};
use crate::{
    booking::{
        model::{Format, Status},
        slots::Slot,
    },
    infra::{
        actor::Employee,
        db::Tx,
        envelope::{CannotRead, Confidant, Field, Scope, Sealed},
        error::AppError,
        prepared::prepared,
    },
    notifications::{model::News, queries::record_and_announce},
    practitioners::model::Formats,
};

/// How long a practitioner has to confirm.
pub const DEADLINE: TimeDelta = TimeDelta::hours(24);

/// What an employee asks for with the confirmation's button. The held slot's own id is the key: the
/// same form sent twice books once.
#[derive(Clone, Debug)]
pub struct Request {
    /// With whom.
    pub practitioner_id: Uuid,
    /// The held slot.
    pub hold: Uuid,
    /// How to meet.
    pub format: Format,
    /// To the practitioner, for both to read and nobody else.
    pub message: Option<String>,
}

/// A held slot.
#[derive(QueryableByName)]
pub(super) struct Kept {
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Timestamptz)]
    pub(super) starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    blocked_until: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    live: bool,
    #[diesel(sql_type = Bool)]
    company_active: bool,
    /// Whether the practitioner asks for no confirmation.
    #[diesel(sql_type = Bool)]
    pub(super) auto_confirm: bool,
    #[diesel(embed)]
    formats: Formats,
}

/// What a slot can still become.
pub(super) enum Verdict {
    /// An appointment, now.
    Bookable(Kept),
    /// It is one already, or was: the same form, again.
    Done,
    /// Nothing.
    Refused(NotBooked),
}

impl Kept {
    /// The slot.
    pub(super) fn slot(&self) -> Slot {
        Slot {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            blocked_until: self.blocked_until,
        }
    }

    /// What becomes of a booking with this practitioner.
    pub(super) fn status(&self) -> Status {
        if self.auto_confirm {
            Status::Confirmed
        } else {
            Status::Scheduled
        }
    }

    /// Until when the practitioner may confirm a session: a day, and never after its start.
    pub(super) fn deadline(
        &self,
        start: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        (!self.auto_confirm).then(|| start.min(now + DEADLINE))
    }
}

/// Judges whether a held slot can be booked, and says why not. It is not locked: [`settle`] books what can still be
/// booked then.
pub(super) fn judge(tx: &mut Tx<Employee>, request: &Request) -> Result<Verdict, AppError> {
    let now = tx.now();
    let kept: Option<Kept> = prepared(
        "SELECT c.status, c.starts_at, c.ends_at, c.blocked_until, coalesce(c.expires_at > $1, false) AS live,
                p.auto_confirm, p.offers_video, p.offers_audio, p.offers_in_person,
                EXISTS (SELECT FROM companies o WHERE o.status = 'active') AS company_active
         FROM consultations c
         JOIN practitioners p ON p.user_id = c.practitioner_id
         JOIN users u ON u.id = c.practitioner_id AND u.status = 'active'
         WHERE c.id = $2 AND c.practitioner_id = $3",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(request.hold)
    .bind::<SqlUuid, _>(request.practitioner_id)
    .get_result(tx.conn())
    .optional()?;
    Ok(match kept {
        None => Verdict::Refused(NotBooked::HoldOver),
        Some(kept) if kept.status != Status::Held.as_str() => Verdict::Done,
        Some(kept) if !kept.live => Verdict::Refused(NotBooked::HoldOver),
        Some(kept) if !kept.company_active => Verdict::Refused(NotBooked::CompanySuspended),
        Some(kept) if !kept.formats.offers(request.format) => {
            Verdict::Refused(NotBooked::FormatNotOffered)
        }
        Some(kept) => Verdict::Bookable(kept),
    })
}

/// Turns the held slot into an appointment, or says why not. Nobody judges it before, but for a place: the
/// statement that books does.
///
/// # Errors
/// The database's; a key out of reach.
pub fn confirm(
    tx: &mut Tx<Employee>,
    request: &Request,
) -> Result<Result<Uuid, NotBooked>, AppError> {
    let mut place = None;
    if request.format == Format::InPerson {
        let kept = match judge(tx, request)? {
            Verdict::Bookable(kept) => kept,
            Verdict::Done => return Ok(Ok(request.hold)),
            Verdict::Refused(why) => return Ok(Err(why)),
        };
        place = match venue(tx, request, &kept.slot())? {
            Ok(place) => place,
            Err(why) => return Ok(Err(why)),
        };
    }
    if settle(tx, request, (place, None))? {
        Ok(Ok(request.hold))
    } else {
        overtaken(tx, request)
    }
}

/// What became of a slot that could not be booked, or not any more.
pub(super) fn overtaken(
    tx: &mut Tx<Employee>,
    request: &Request,
) -> Result<Result<Uuid, NotBooked>, AppError> {
    Ok(match judge(tx, request)? {
        Verdict::Done => Ok(request.hold),
        Verdict::Refused(why) => Err(why),
        Verdict::Bookable(_) => Err(NotBooked::HoldOver),
    })
}

/// Where a session of a request takes place; nowhere, for those that are not in person.
pub(super) fn venue(
    tx: &mut Tx<Employee>,
    request: &Request,
    slot: &Slot,
) -> Result<Result<Option<PlaceAndRoom>, NotBooked>, AppError> {
    if request.format != Format::InPerson {
        return Ok(Ok(None));
    }
    match agenda::place_for(tx, request.practitioner_id, slot, None) {
        Ok(place) => Ok(Ok(place)),
        Err(error) if error.is_constraint("consultations_room_free") => Ok(Err(NotBooked::NoRoom)),
        Err(error) => Err(error),
    }
}

#[derive(QueryableByName)]
struct Settled {
    #[diesel(sql_type = Bool)]
    auto_confirm: bool,
}

/// Books the slot at a place, as the first of a series or alone; false when [`judge`] would not have it booked, whose
/// conditions these are: because the same form was faster, or its time ran out.
pub(super) fn settle(
    tx: &mut Tx<Employee>,
    request: &Request,
    (place, series): (Option<PlaceAndRoom>, Option<Uuid>),
) -> Result<bool, AppError> {
    let (id, now) = (request.hold, tx.now());
    let settled: Option<Settled> = prepared(
        "UPDATE consultations c
         SET status = CASE WHEN p.auto_confirm THEN 'confirmed' ELSE 'scheduled' END, format = $1,
             expires_at = NULL, offered = false,
             confirm_by = CASE WHEN NOT p.auto_confirm THEN least(c.starts_at, $2) END,
             series_id = $3, place_id = $4, room_id = $5
         FROM practitioners p JOIN users u ON u.id = p.user_id AND u.status = 'active'
         WHERE c.id = $6 AND c.practitioner_id = $7 AND p.user_id = $7 AND c.status = 'held' AND c.expires_at > $8
           AND CASE $1 WHEN 'video' THEN p.offers_video WHEN 'audio' THEN p.offers_audio ELSE p.offers_in_person END
           AND EXISTS (SELECT FROM companies o WHERE o.status = 'active')
         RETURNING p.auto_confirm",
    )
    .bind::<Text, _>(request.format.as_str())
    .bind::<Timestamptz, _>(now + DEADLINE)
    .bind::<Nullable<SqlUuid>, _>(series)
    .bind::<Nullable<SqlUuid>, _>(place.as_ref().map(|place| place.place_id))
    .bind::<Nullable<SqlUuid>, _>(place.and_then(|place| place.room_id))
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(request.practitioner_id)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?;
    let Some(Settled { auto_confirm }) = settled else {
        return Ok(false);
    };
    // After that: what is not booked leaves no key behind.
    if let Some(text) = &request.message {
        let sealed = tx.seal(Scope::Consultation(id), message_of(id), text)?;
        prepared("UPDATE consultations SET message_sealed = $1 WHERE id = $2")
            .bind::<Binary, _>(sealed)
            .bind::<SqlUuid, _>(id)
            .execute(tx.conn())?;
    }
    write_down(tx, auto_confirm, &[id])?;
    Ok(true)
}

/// Where a consultation's message is sealed.
fn message_of(consultation: Uuid) -> Field {
    Field {
        table: "consultations",
        column: "message_sealed",
        row: consultation,
    }
}

/// What the employee wrote to the practitioner when booking, for either of them.
///
/// # Errors
/// The one of sealed texts.
pub fn open_message<R: Confidant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    sealed: &Sealed,
) -> Result<String, CannotRead> {
    tx.open(
        Scope::Consultation(consultation),
        message_of(consultation),
        sealed,
    )
}

/// The history of what was just booked, and the news of it.
pub(super) fn write_down(
    tx: &mut Tx<Employee>,
    auto_confirm: bool,
    booked: &[Uuid],
) -> Result<(), AppError> {
    let mut history = vec![("scheduled", Some(tx.user_id()?))];
    if auto_confirm {
        // By the practitioner's rule: nobody confirms it.
        history.push(("confirmed", None));
    }
    record_and_announce(tx, booked, &history, News::Booked)
}
