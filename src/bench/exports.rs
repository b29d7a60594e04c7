//! Files: how fast they stream and how much the application grows meanwhile.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use anyhow::ensure;
use chrono::{Datelike as _, NaiveDate};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Date, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    Subject,
    http::{Answer, Request, Visitor},
    scenarios::{Actor, Crowd},
    server::Server,
};

pub(super) const NAME: &str = "CSV of";

/// How often the memory is looked at during a download.
const LOOK: Duration = Duration::from_millis(5);
/// Lines of the large file.
const LINES: i32 = 100_000;
/// Whose activity it is.
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

/// A practitioner's last full year, as the practitioner downloads it; then with a hundred thousand
/// lines, as the platform's admin does: a practitioner sees the companies it works for only.
pub(super) async fn measure(
    subject: &mut Subject,
    server: &Server,
    crowd: &mut Crowd,
) -> anyhow::Result<Vec<Export>> {
    let heavy = sql_query(
        "SELECT id, (SELECT max(day) FROM company_activity_daily) AS newest FROM users WHERE email = $1",
    )
    .bind::<Text, _>(HEAVY)
    .get_result::<Heavy>(&mut subject.owner)?;
    let year = heavy.newest.year() - 1;
    let own = Request::get(format!("/practitioner/activity.csv?period={year}"));
    let theirs = Request::get(format!(
        "/admin/practitioners/{}/activity.csv?period={year}",
        heavy.id
    ));
    let practitioner = crowd.first_signed_in(Actor::Practitioner).await?;
    if practitioner.drain(&own).await?.status == 404 {
        return Ok(Vec::new());
    }
    let usual = download(server, practitioner, &own, "CSV of a year").await?;
    let admin = crowd.first_signed_in(Actor::Admin).await?;
    inflate(&mut subject.owner, year)?;
    let large = download(server, admin, &theirs, "CSV of 100,000 lines").await;
    recount(&mut subject.owner, year)?;
    Ok(vec![usual, large?])
}

#[derive(QueryableByName)]
struct Heavy {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Date)]
    newest: NaiveDate,
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
    // A hundred thousand rows are dead: the next measure is not to share a core with who takes them away.
    sql_query("VACUUM (ANALYZE) practitioner_activity_daily").execute(owner)?;
    Ok(())
}
