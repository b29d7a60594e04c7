//! Declared, corrected and contested durations.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    prelude::*,
    sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{Details, Participant, steps};
use crate::{
    booking::model::Status,
    consultation::model::{
        Objection,
        duration::{Claim, ContestReason, CorrectionReason, Declared, Times},
    },
    infra::{
        actor::{Admin, Employee, Practitioner},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    notifications::{model::News, queries::announce},
    schema::{consultation_events, consultations, duration_contests},
};

/// What was said about a duration since it was declared.
#[derive(Clone, Debug, Default, QueryableByName)]
pub struct Dispute {
    /// The system ended the consultation.
    #[diesel(sql_type = Bool)]
    pub closed_automatically: bool,
    /// When its practitioner last corrected it.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub corrected_at: Option<DateTime<Utc>>,
    /// When its employee contested it.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub contested_at: Option<DateTime<Utc>>,
    /// How long it lasted, says the employee: seconds.
    #[diesel(sql_type = Nullable<Integer>)]
    pub claimed_seconds: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
    /// Whether the practitioner corrected it after that.
    #[diesel(sql_type = Bool)]
    pub answered: bool,
}

impl Dispute {
    /// Why the employee contests it.
    pub fn reason(&self) -> Option<ContestReason> {
        ContestReason::parse(self.reason.as_deref()?)
    }

    /// What decides who may still say something; `None` before the end.
    ///
    /// # Errors
    /// A status that the state machine does not know.
    pub fn declared(&self, details: &Details) -> Result<Option<Declared>, AppError> {
        let plan = details.plan()?;
        let times = details.started_at.zip(details.ended_at);
        Ok(times.map(|(started_at, ended_at)| Declared {
            plan,
            times: Times {
                started_at,
                ended_at,
            },
            closed_automatically: self.closed_automatically,
            corrected_at: self.corrected_at,
            contested_at: self.contested_at,
        }))
    }
}

/// What was said about the duration of one of the participant's consultations.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn dispute<R: Participant>(tx: &mut Tx<R>, id: Uuid) -> Result<Dispute, AppError> {
    prepared(
        "SELECT c.closed_automatically, c.corrected_at, d.contested_at, d.claimed_seconds, d.reason,
                d.corrected_at IS NOT NULL AS answered
         FROM consultations c LEFT JOIN duration_contests d ON d.consultation_id = c.id
         WHERE c.id = $1",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)
}

/// The consultation, and what decides about its duration; the objection when it has none.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn declared<R: Participant>(
    tx: &mut Tx<R>,
    id: Uuid,
) -> Result<(Details, Dispute, Result<Declared, Objection>), AppError> {
    let details = R::details(tx, id)?;
    let dispute = dispute(tx, id)?;
    let status = details.line.status()?;
    let declared = dispute
        .declared(&details)?
        .filter(|_| status == Status::Completed)
        .ok_or(Objection::Status(status));
    Ok((details, dispute, declared))
}

/// Says, once, that the consultation lasted otherwise.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn contest(
    tx: &mut Tx<Employee>,
    id: Uuid,
    claim: Claim,
) -> Result<Result<(), Objection>, AppError> {
    let now = tx.now();
    let company = steps::lock(tx, id)?.company_id;
    let (details, _, declared) = declared(tx, id)?;
    if let Err(objection) = declared.and_then(|declared| declared.judge_contest(now)) {
        return Ok(Err(objection));
    }
    let seconds = details
        .line
        .duration_seconds
        .ok_or_else(|| AppError::internal("a completed consultation has no duration"))?;
    diesel::insert_into(duration_contests::table)
        .values((
            duration_contests::consultation_id.eq(id),
            duration_contests::company_id.eq(company),
            duration_contests::declared_seconds.eq(seconds),
            duration_contests::claimed_seconds.eq(claim.seconds),
            duration_contests::reason.eq(claim.reason.as_str()),
            duration_contests::contested_at.eq(now),
        ))
        .execute(tx.conn())?;
    let event = steps::NewEvent::of("duration_contested");
    steps::record(tx, id, company, &event)?;
    announce(tx, id, News::DurationContested)?;
    Ok(Ok(()))
}

/// Declares other times for what the system ended, or for what the employee contests. The counters follow
/// in the same transaction; the times before stay in the history.
///
/// # Errors
/// `NotFound` for anybody else's consultation; times that [`Declared::check`] refuses are refused by the
/// database as well.
pub fn correct(
    tx: &mut Tx<Practitioner>,
    id: Uuid,
    times: Times,
    reason: CorrectionReason,
) -> Result<Result<(), Objection>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let company = steps::lock(tx, id)?.company_id;
    let (_, dispute, declared) = declared(tx, id)?;
    let before = match declared.and_then(|declared| {
        declared.judge_correction(now)?;
        Ok(declared.times)
    }) {
        Ok(before) => before,
        Err(objection) => return Ok(Err(objection)),
    };
    diesel::update(consultations::table.find(id))
        .set((
            consultations::started_at.eq(times.started_at),
            consultations::ended_at.eq(times.ended_at),
            consultations::corrected_at.eq(now),
        ))
        .execute(tx.conn())?;
    diesel::insert_into(consultation_events::table)
        .values((
            consultation_events::consultation_id.eq(id),
            consultation_events::company_id.eq(company),
            consultation_events::kind.eq("corrected"),
            consultation_events::actor_id.eq(me),
            consultation_events::occurred_at.eq(now),
            consultation_events::previous_started_at.eq(before.started_at),
            consultation_events::previous_ended_at.eq(before.ended_at),
        ))
        .execute(tx.conn())?;
    if dispute.contested_at.is_some() {
        // The database's own figure: what the counters count.
        prepared(
            "UPDATE duration_contests d
             SET corrected_seconds = c.duration_seconds, correction_reason = $1, corrected_at = $2
             FROM consultations c WHERE c.id = d.consultation_id AND d.consultation_id = $3",
        )
        .bind::<Text, _>(reason.as_str())
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    }
    announce(tx, id, News::DurationCorrected)?;
    Ok(Ok(()))
}

/// A contested duration as the platform's admin reads it: no person, no words.
#[derive(Clone, Debug, QueryableByName)]
pub struct ContestLine {
    /// Which consultation.
    #[diesel(sql_type = SqlUuid)]
    pub consultation_id: Uuid,
    /// Seconds, as declared when it was contested.
    #[diesel(sql_type = Integer)]
    pub declared_seconds: i32,
    /// Seconds, says the employee.
    #[diesel(sql_type = Integer)]
    pub claimed_seconds: i32,
    #[diesel(sql_type = Text)]
    reason: String,
    /// When it was contested.
    #[diesel(sql_type = Timestamptz)]
    pub contested_at: DateTime<Utc>,
    /// Seconds, once the practitioner has corrected it.
    #[diesel(sql_type = Nullable<Integer>)]
    pub corrected_seconds: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    correction_reason: Option<String>,
}

impl ContestLine {
    /// The key of the employee's category.
    pub fn reason_key(&self) -> &'static str {
        ContestReason::parse(&self.reason)
            .unwrap_or(ContestReason::Other)
            .label_key()
    }

    /// The key of the practitioner's category.
    pub fn correction_key(&self) -> Option<&'static str> {
        CorrectionReason::parse(self.correction_reason.as_deref()?).map(CorrectionReason::label_key)
    }
}

/// How many durations are contested: all of them, or those that were not corrected.
///
/// # Errors
/// The database's.
pub fn contests_count(tx: &mut Tx<Admin>, only_open: bool) -> Result<i64, AppError> {
    let all = duration_contests::table.count();
    Ok(if only_open {
        duration_contests::table
            .filter(duration_contests::corrected_at.is_null())
            .count()
            .get_result(tx.conn())?
    } else {
        all.get_result(tx.conn())?
    })
}

/// One page of the contested durations, the latest first.
///
/// # Errors
/// The database's.
pub fn contests(
    tx: &mut Tx<Admin>,
    only_open: bool,
    offset: i64,
    limit: i64,
) -> Result<Vec<ContestLine>, AppError> {
    Ok(prepared(
        "SELECT consultation_id, declared_seconds, claimed_seconds, reason, contested_at, corrected_seconds,
                correction_reason
         FROM duration_contests WHERE corrected_at IS NULL OR NOT $1
         ORDER BY contested_at DESC, consultation_id OFFSET $2 LIMIT $3",
    )
    .bind::<Bool, _>(only_open)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?)
}
