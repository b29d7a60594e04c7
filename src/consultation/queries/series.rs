//! Confirming at once what was booked at once.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{Details, steps::take_step};
use crate::{
    consultation::model::Step,
    infra::{actor::Practitioner, db::Tx, error::AppError, prepared::prepared},
};

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// What still waits for the practitioner of the appointments booked together, in order.
fn waiting(tx: &mut Tx<Practitioner>, series: Uuid) -> Result<Vec<Uuid>, AppError> {
    let now = tx.now();
    let rows: Vec<Waiting> = prepared(
        "SELECT id FROM consultations
         WHERE series_id = $1 AND status = 'scheduled' AND ends_at > $2 ORDER BY starts_at",
    )
    .bind::<SqlUuid, _>(series)
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// How many appointments wait for the practitioner together with this one, itself included; 0 for one
/// that was booked alone.
///
/// # Errors
/// The database's.
pub fn waiting_together(tx: &mut Tx<Practitioner>, details: &Details) -> Result<usize, AppError> {
    match details.series_id {
        Some(series) => Ok(waiting(tx, series)?.len()),
        None => Ok(0),
    }
}

/// Confirms every appointment of the series of this one that waits: how many. One mail tells of all.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub fn confirm(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<usize, AppError> {
    let details = super::practitioner_details(tx, id)?;
    let mut confirmed = 0;
    let series = details.series_id.unwrap_or(id);
    for id in waiting(tx, series)? {
        if take_step(tx, id, Step::Confirm, None)?.is_ok() {
            confirmed += 1;
        }
    }
    Ok(confirmed)
}
