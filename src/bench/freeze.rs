//! A month frozen for every company, with the months before it at hand.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use chrono::{Months, NaiveDate};
use diesel::connection::SimpleConnection as _;

use super::Subject;
use crate::{
    infra::{
        actor::Worker,
        clock::Clock,
        db::{Database, Identity},
    },
    metrics::{jobs, queries},
};

pub(super) const NAME: &str = "month frozen";

/// Months that HR's dashboard shows, and that the last one is compared with.
const MONTHS: u32 = 12;

/// The last of the months.
pub(super) struct Frozen {
    pub(super) companies: usize,
    pub(super) elapsed: Duration,
}

/// Freezes a year; [`undo`] takes it away again.
pub(super) async fn measure(subject: &mut Subject, clock: &Clock) -> anyhow::Result<Frozen> {
    undo(subject)?;
    let db = Database::open(&subject.config, clock.clone())?.door::<Worker>(Identity::WORKER);
    let today: NaiveDate = db.read(queries::today).await?;
    let last = jobs::last_closed(today).context("a month that is over")?;
    let mut frozen = Frozen {
        companies: 0,
        elapsed: Duration::ZERO,
    };
    for back in (0..MONTHS).rev() {
        let month = last
            .checked_sub_months(Months::new(back))
            .context("a month")?;
        let begun = Instant::now();
        let companies = jobs::freeze_month(&db, month).await?;
        frozen = Frozen {
            companies,
            elapsed: begun.elapsed(),
        };
    }
    subject
        .owner
        .batch_execute("ANALYZE disclosure_snapshots, disclosure_cells, disclosure_rosters")?;
    Ok(frozen)
}

/// The database as the seed left it.
pub(super) fn undo(subject: &mut Subject) -> anyhow::Result<()> {
    subject.owner.batch_execute(
        "TRUNCATE disclosure_medians, disclosure_rosters, disclosure_cells, disclosure_snapshots",
    )?;
    Ok(())
}
