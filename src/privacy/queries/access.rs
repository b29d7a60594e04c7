//! Who looked, as the person whose data it is reads it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};

use crate::infra::{actor::Member, db::Tx, error::AppError, prepared::prepared};

/// What one account read or changed of the reader on one day, however often.
#[derive(Clone, Debug, QueryableByName)]
pub struct Look {
    /// The reader's day.
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    /// The database role it was done in.
    #[diesel(sql_type = Text)]
    pub actor_role: String,
    /// Who, as far as the reader may know.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    /// See [`What::code`](crate::privacy::access::What::code).
    #[diesel(sql_type = Text)]
    pub what: String,
    /// The first minute of that day.
    #[diesel(sql_type = Timestamptz)]
    pub first_at: DateTime<Utc>,
    /// The last.
    #[diesel(sql_type = Timestamptz)]
    pub last_at: DateTime<Utc>,
    /// In how many minutes.
    #[diesel(sql_type = BigInt)]
    pub times: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many lines [`page`] has in all, with days of this zone.
///
/// # Errors
/// The database's: only employees and practitioners have a record.
pub fn count(tx: &mut Tx<Member>, zone: &str) -> Result<i64, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT count(*) AS count FROM (
             SELECT FROM data_accesses WHERE subject_id = $1
             GROUP BY (accessed_at AT TIME ZONE $2)::date, actor_id, what) lines",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Text, _>(zone)
    .get_result::<Count>(tx.conn())?
    .count)
}

/// A page of who looked at the reader's data, the latest first.
///
/// # Errors
/// As [`count`].
pub fn page(
    tx: &mut Tx<Member>,
    zone: &str,
    offset: i64,
    limit: i64,
) -> Result<Vec<Look>, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT l.day, l.actor_role, n.first_name || ' ' || n.last_name AS name, l.what, l.first_at, l.last_at, l.times
         FROM (SELECT (accessed_at AT TIME ZONE $2)::date AS day, actor_id, actor_role, what,
                      min(accessed_at) AS first_at, max(accessed_at) AS last_at, count(*) AS times
               FROM data_accesses WHERE subject_id = $1
               GROUP BY 1, actor_id, actor_role, what
               ORDER BY day DESC, last_at DESC, actor_id, what OFFSET $3 LIMIT $4) l
         LEFT JOIN hz.names_of_those_who_looked() n ON n.actor_id = l.actor_id
         ORDER BY l.day DESC, l.last_at DESC, l.actor_id, l.what",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Text, _>(zone)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?)
}
