//! The night's work: the counters are recomputed and what was wrong is reported; on the 3rd, last month is frozen.
//!
//! Counters are recomputed in the transaction of every completion, so the rollup should find nothing.
//! It is the proof of that, every night, and the repair when something else (a restore, a hand in the
//! database) touched them.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, Months, NaiveDate};
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

/// The day of the next month on which a month is frozen.
pub const FREEZING_DAY: u32 = 3;
/// Months that a process which slept may have to make up for.
const MONTHS_BACK: u32 = 24;
/// Companies of one transaction.
const COMPANIES_AT_ONCE: i64 = 25;

/// The first day of the last month that is to be frozen.
#[must_use]
pub fn last_closed(today: NaiveDate) -> Option<NaiveDate> {
    let back = if today.day() >= FREEZING_DAY { 1 } else { 2 };
    today.with_day(1)?.checked_sub_months(Months::new(back))
}

/// Freezes every closed month that some company has not, the oldest first. Answers how many months of
/// companies it froze. Done again, it finds nothing to do.
///
/// # Errors
/// The database's; what came before stays frozen.
pub async fn freeze(db: &Db<Worker>) -> Result<usize, AppError> {
    let today = db.read(queries::today).await?;
    let Some(last) = last_closed(today) else {
        return Ok(0);
    };
    let mut frozen = 0;
    for back in (0..MONTHS_BACK).rev() {
        if let Some(month) = last.checked_sub_months(Months::new(back)) {
            frozen += freeze_month(db, month).await?;
        }
    }
    Ok(frozen)
}

/// Freezes one month, given by its first day, of every company that has not; then the platform's median of
/// it. Answers how many companies that were.
///
/// # Errors
/// The database's; what came before stays frozen.
pub async fn freeze_month(db: &Db<Worker>, month: NaiveDate) -> Result<usize, AppError> {
    let mut companies = 0;
    loop {
        let batch = db
            .write(move |tx| queries::disclosure::freeze::freeze(tx, month, COMPANIES_AT_ONCE))
            .await?;
        if batch == 0 {
            break;
        }
        companies += batch;
    }
    if companies > 0 {
        db.write(move |tx| queries::disclosure::freeze::freeze_median(tx, month))
            .await?;
    }
    Ok(companies)
}

/// The cron entry `metrics.freeze`.
///
/// # Errors
/// The database's: it is tried again.
pub async fn freeze_months(
    context: JobContext,
    _: Occurrence,
) -> Result<serde_json::Value, JobError> {
    Ok(json!({ "frozen": freeze(&context.db()).await? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_closes_on_the_3rd_of_the_next() {
        for (today, closed) in [
            ("2026-03-02", "2026-01-01"),
            ("2026-03-03", "2026-02-01"),
            ("2026-01-31", "2025-12-01"),
        ] {
            let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
            assert_eq!(last_closed(day(today)), Some(day(closed)));
        }
    }
}
