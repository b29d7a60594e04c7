//! Files: how fast they stream and how much the application grows meanwhile.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use anyhow::ensure;
use chrono::{Datelike as _, NaiveDate};
use diesel::{
    PgConnection, RunQueryDsl as _, sql_query,
    sql_types::{Date, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    Subject,
    http::{Answer, Request, Visitor},
    server::Server,
};

pub(super) const NAME: &str = "CSV of";

/// How often the memory is looked at during a download.
const LOOK: Duration = Duration::from_millis(5);
/// Lines of the large file.
const LINES: i32 = 100_000;
/// Whose activity is inflated for it: a connection of the load, so that it is signed in.
const HEAVY: &str = "practitioner-1@scale.example";

/// One download.
pub(super) struct Export {
    pub(super) name: &'static str,
    pub(super) bytes: u64,
    pub(super) elapsed: Duration,
    pub(super) app_cpu: Duration,
    /// The most the application grew by, in bytes of proportional memory.
    pub(super) growth: u64,
}

/// A practitioner's last full year, as it is and with a hundred thousand lines.
pub(super) async fn measure(
    subject: &mut Subject,
    server: &Server,
    visitors: &mut [Visitor],
) -> anyhow::Result<Vec<Export>> {
    let Some(visitor) = visitors.first_mut() else {
        return Ok(Vec::new());
    };
    let newest = newest_day(&mut subject.owner)?;
    let year = newest.year() - 1;
    let request = Request::get(format!("/practitioner/activity.csv?period={year}"));
    if visitor.drain(&request).await?.status == 404 {
        return Ok(Vec::new());
    }
    let usual = download(server, visitor, &request, "CSV of a year").await?;
    inflate(&mut subject.owner, year)?;
    let large = download(server, visitor, &request, "CSV of 100,000 lines").await;
    recount(&mut subject.owner, year)?;
    Ok(vec![usual, large?])
}

async fn download(
    server: &Server,
    visitor: &mut Visitor,
    request: &Request,
    name: &'static str,
) -> anyhow::Result<Export> {
    let before = server.memory()?;
    let cpu_before = server.cpu()?;
    let most = Cell::new(before);
    let begun = Instant::now();
    let answer = tokio::select! {
        answer = visitor.drain(request) => answer?,
        lost = watch(server, &most) => lost?,
    };
    ensure!(answer.status == 200, "{name}: status {}", answer.status);
    Ok(Export {
        name,
        bytes: answer.length,
        elapsed: begun.elapsed(),
        app_cpu: server.cpu()?.saturating_sub(cpu_before),
        growth: most.get().saturating_sub(before),
    })
}

/// Notes the most memory until the download is over; ends only when the server is gone.
async fn watch(server: &Server, most: &Cell<u64>) -> anyhow::Result<Answer> {
    loop {
        tokio::time::sleep(LOOK).await;
        most.set(most.get().max(server.memory()?));
    }
}

#[derive(diesel::QueryableByName)]
struct Day {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
}

fn newest_day(owner: &mut PgConnection) -> anyhow::Result<NaiveDate> {
    let newest = sql_query("SELECT max(day) AS day FROM company_activity_daily").get_result::<Day>(owner)?;
    Ok(newest.day)
}

/// Lines that no consultation stands behind; [`recount`] takes them away again.
fn inflate(owner: &mut PgConnection, year: i32) -> anyhow::Result<()> {
    sql_query(format!(
        "INSERT INTO practitioner_activity_daily (practitioner_id, company_id, day, consult_count, total_duration_seconds)
         SELECT u.id, c.id, day, 1, 3000
         FROM users u, generate_series(date '{year}-01-01', date '{year}-12-31', interval '1 day') day, companies c
         WHERE u.email = $1
         LIMIT {LINES} ON CONFLICT DO NOTHING"
    ))
    .bind::<Text, _>(HEAVY)
    .execute(owner)?;
    Ok(())
}

fn recount(owner: &mut PgConnection, year: i32) -> anyhow::Result<()> {
    sql_query(format!(
        "SELECT hz.recount_activity(date '{year}-01-01', date '{year}-12-31', id, $1, $2) FROM users WHERE email = $3"
    ))
    // Nobody: the counters of employees and companies have not changed.
    .bind::<SqlUuid, _>(Uuid::nil())
    .bind::<SqlUuid, _>(Uuid::nil())
    .bind::<Text, _>(HEAVY)
    .execute(owner)?;
    Ok(())
}
