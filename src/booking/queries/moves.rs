//! What moving an appointment needs of booking: the practitioner's own calendar, and the turns.

use std::ops::Range;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{agenda, holds::turn, hours, local_days};
use crate::{
    booking::{calendar::Calendar, slots::Busy},
    infra::{actor::Practitioner, db::Tx, error::AppError, prepared::prepared},
    practitioners,
};

/// How far ahead practitioners may place an appointment in their own calendar, in days.
pub const OWN_HORIZON_DAYS: u16 = 365;

#[derive(QueryableByName)]
struct OwnBusy {
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    blocked_until: DateTime<Utc>,
}

/// The practitioner's own calendar for starts in `range`. What is asked of employees (notice,
/// horizon, so many a day) binds no practitioner. The other appointments of whoever comes are not
/// theirs to know: the database alone refuses two at one time.
///
/// # Errors
/// The database's.
pub fn own_calendar(
    tx: &mut Tx<Practitioner>,
    range: &Range<DateTime<Utc>>,
) -> Result<Calendar, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let settings = practitioners::queries::own_settings(tx)?;
    let reads = settings.policy().reads(range);
    let declared = hours(tx, &[me], &local_days(&reads))?.take(me);
    let busy: Vec<OwnBusy> = prepared(
        "SELECT starts_at, blocked_until FROM consultations
         WHERE practitioner_id = $1 AND starts_at < $2 AND blocked_until > $3
           AND status IN ('held', 'scheduled', 'confirmed', 'in_progress')",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(reads.end)
    .bind::<Timestamptz, _>(reads.start)
    .load(tx.conn())?;
    let mut agenda = agenda(&settings, declared);
    agenda.policy.min_notice_hours = 0;
    agenda.policy.horizon_days = OWN_HORIZON_DAYS;
    agenda.policy.daily_maximum = None;
    Ok(Calendar {
        agenda,
        busy: busy
            .into_iter()
            .map(|row| Busy {
                starts_at: row.starts_at,
                blocked_until: row.blocked_until,
                is_consultation: true,
            })
            .collect(),
        client_busy: Vec::new(),
        now,
    })
}

/// Waits until neither person has a booking or a move under way, the employee's turn always first:
/// whoever loses is told what is still free, and nobody a deadlock. Gives back the practitioner's
/// slots whose holds are over.
///
/// # Errors
/// The database's.
pub fn take_turns<R>(tx: &mut Tx<R>, employee: Uuid, practitioner: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    prepared(
        "SELECT pg_advisory_xact_lock($1), pg_advisory_xact_lock($2), hz.free_expired_holds($3, $4)",
    )
        .bind::<BigInt, _>(turn(employee))
        .bind::<BigInt, _>(turn(practitioner))
        .bind::<SqlUuid, _>(practitioner)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    Ok(())
}
