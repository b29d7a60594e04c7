//! How long a first answer takes: counted from the messages, whenever it is asked.

use chrono::TimeDelta;
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Double, Nullable, Text, Timestamptz},
};

use crate::{
    infra::{actor::Admin, db::Tx, error::AppError, prepared::prepared},
    support::model::{FIGURE_DAYS, Priority},
};

#[derive(QueryableByName)]
struct FigureRow {
    #[diesel(sql_type = Nullable<Text>)]
    priority: Option<String>,
    #[diesel(sql_type = BigInt)]
    tickets: i64,
    #[diesel(sql_type = BigInt)]
    answered: i64,
    #[diesel(sql_type = Nullable<Double>)]
    median: Option<f64>,
}

/// The tickets of a priority, or of all, that were opened lately.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Of which priority; `None`: of all.
    pub priority: Option<Priority>,
    /// How many were opened.
    pub tickets: i64,
    /// How many of them have an answer.
    pub answered: i64,
    /// Seconds until the first answer of the middle one of those.
    pub median_seconds: Option<i64>,
}

/// How long the first answers took of what was opened within [`FIGURE_DAYS`]: of all, then by priority.
///
/// # Errors
/// The database's.
pub fn figures(tx: &mut Tx<Admin>) -> Result<Vec<Figure>, AppError> {
    let since = tx.now() - TimeDelta::days(FIGURE_DAYS);
    let rows: Vec<FigureRow> = prepared(
        "SELECT t.priority, count(*) AS tickets, count(f.first_at) AS answered,
                percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM f.first_at - t.created_at))::float8 AS median
         FROM support_tickets t
         LEFT JOIN LATERAL (
             SELECT min(m.sent_at) AS first_at FROM support_messages m WHERE m.ticket_id = t.id AND m.from_platform) f ON true
         WHERE t.created_at > $1
         GROUP BY GROUPING SETS ((), (t.priority))
         ORDER BY t.priority IS NOT NULL, array_position(ARRAY['urgent', 'high', 'normal', 'low'], t.priority)",
    )
    .bind::<Timestamptz, _>(since)
    .load(tx.conn())?;
    rows.into_iter()
        .map(|row| {
            let priority = row
                .priority
                .map(|text| text.parse::<Priority>())
                .transpose();
            Ok(Figure {
                priority: priority.map_err(AppError::internal)?,
                tickets: row.tickets,
                answered: row.answered,
                median_seconds: row.median.map(|seconds| seconds.round() as i64),
            })
        })
        .collect()
}
