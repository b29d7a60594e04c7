//! What was planned with a company that was suspended since: for the two of each to decide.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::Participant;
use crate::{
    infra::{db::Tx, error::AppError, prepared::prepared},
    privacy::access::{self, What},
};

/// How many are listed; the lists themselves hold the others.
const LISTED: i64 = 20;

/// A consultation to decide about.
#[derive(Clone, Debug, QueryableByName)]
pub struct ToDecide {
    /// Which one.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// When it begins.
    #[diesel(sql_type = Timestamptz)]
    pub starts_at: DateTime<Utc>,
}

/// The reader's consultations to come whose company is suspended, the soonest first.
///
/// # Errors
/// The database's.
pub fn to_decide<R: Participant>(tx: &mut Tx<R>) -> Result<Vec<ToDecide>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let found: Vec<ToDecide> = prepared(
        "SELECT c.id, c.starts_at
         FROM consultations c JOIN companies o ON o.id = c.company_id AND o.status = 'suspended'
         WHERE (c.employee_id = $1 OR c.practitioner_id = $2)
           AND c.status IN ('scheduled', 'confirmed') AND c.starts_at > $3
         ORDER BY c.starts_at, c.id LIMIT $4",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(LISTED)
    .load(tx.conn())?;
    access::record_of_consultations(tx, found.iter().map(|one| one.id), What::ConsultationList);
    Ok(found)
}
