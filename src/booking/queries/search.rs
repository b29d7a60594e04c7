//! One page of the directory, with what is free.

use std::collections::HashMap;

use chrono::TimeDelta;
use uuid::Uuid;

use super::calendars;
use crate::{
    booking::slots::Slot,
    infra::{actor::Employee, db::Tx, error::AppError},
    practitioners::{
        self,
        model::Settings,
        queries::{Candidate, Wanted},
    },
};

/// Slots shown with a result.
pub const SLOTS_FOUND: usize = 3;

/// A practitioner who fits a search, with the first free slots.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who.
    pub candidate: Candidate,
    /// The first free slots of the period, for this employee.
    pub slots: Vec<Slot>,
}

/// One page of who fits. A fixed number of queries, whatever the number of practitioners: the free
/// slots are computed for the page's, in one read.
///
/// # Errors
/// The database's.
pub fn page(
    tx: &mut Tx<Employee>,
    wanted: &Wanted,
    window: (i64, i64),
    period: TimeDelta,
) -> Result<Vec<Found>, AppError> {
    let candidates = practitioners::queries::directory(tx, wanted, window)?;
    let range = tx.now()..tx.now() + period;
    let bookable: Vec<(Uuid, &Settings)> = candidates
        .iter()
        .filter(|candidate| candidate.takes_me)
        .map(|candidate| (candidate.user_id, &candidate.settings))
        .collect();
    let calendars = calendars(tx, &bookable, &range)?;
    let mut slots: HashMap<Uuid, Vec<Slot>> = bookable
        .iter()
        .zip(calendars)
        .map(|((id, _), calendar)| (*id, calendar.first_slots(range.clone(), SLOTS_FOUND)))
        .collect();
    Ok(candidates
        .into_iter()
        .map(|candidate| Found {
            slots: slots.remove(&candidate.user_id).unwrap_or_default(),
            candidate,
        })
        .collect())
}
