//! The nightly rollup: the counters are recomputed and what was wrong is reported.
//!
//! Counters are recomputed in the transaction of every completion, so the rollup should find nothing.
//! It is the proof of that, every night, and the repair when something else (a restore, a hand in the
//! database) touched them.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate};
use serde_json::json;

use super::queries;
use crate::infra::{
    actor::Worker,
    db::Db,
    error::AppError,
    jobs::{JobContext, JobError, Occurrence},
};

/// Days the nightly rollup recounts, today included.
pub const NIGHTLY_DAYS: u32 = 35;

/// What a rollup found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Days it recounted.
    pub days: u32,
    /// Cells that were wrong and were corrected.
    pub cells: i64,
    /// Where they were: the day, or the first day of the month for the cells of a whole month, and how
    /// many each.
    pub wrong: Vec<(NaiveDate, i64)>,
}

impl Drift {
    /// What is kept of the run: figures and dates.
    pub fn detail(&self) -> serde_json::Value {
        let wrong: Vec<_> = self
            .wrong
            .iter()
            .map(|(day, cells)| json!({ "day": day.to_string(), "cells": cells }))
            .collect();
        json!({ "days": self.days, "drift": self.cells, "wrong": wrong })
    }

    fn add(&mut self, day: NaiveDate, cells: i64) {
        if cells > 0 {
            tracing::warn!(%day, cells, "the activity counters had drifted and were corrected");
            self.cells += cells;
            self.wrong.push((day, cells));
        }
    }
}

/// Recounts the last `days` days up to today, then their months, a short transaction each: a
/// completion waits for one of them at most.
///
/// # Errors
/// The database's; what came before stays recounted.
pub async fn roll_up(db: &Db<Worker>, days: u32) -> Result<Drift, AppError> {
    let today = db.read(queries::today).await?;
    let mut drift = Drift {
        days,
        ..Drift::default()
    };
    let mut months = BTreeSet::new();
    for back in (0..days).rev() {
        let Some(day) = today.checked_sub_days(Days::new(back.into())) else {
            continue;
        };
        months.extend(day.with_day(1));
        let cells = db
            .write(move |tx| queries::rollup::recount_day(tx, day))
            .await?;
        drift.add(day, cells);
    }
    for month in months {
        let cells = db
            .write(move |tx| queries::rollup::recount_month(tx, month))
            .await?;
        drift.add(month, cells);
    }
    ::metrics::counter!("activity_drift_cells_total").increment(drift.cells.unsigned_abs());
    Ok(drift)
}

/// The cron entry `nightly-rollup`.
///
/// # Errors
/// The database's: it is tried again.
pub async fn nightly_rollup(
    context: JobContext,
    _: Occurrence,
) -> Result<serde_json::Value, JobError> {
    Ok(roll_up(&context.db(), NIGHTLY_DAYS).await?.detail())
}
