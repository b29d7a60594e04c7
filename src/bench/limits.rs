//! The SQL alone: the queries of the slot page, once as the server runs them (in a transaction that
//! has become the role, under row security) and once bare, through a connection of the owner.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Text, Uuid as SqlUuid},
};
use futures_util::future::try_join_all;
use uuid::Uuid;

use super::{Plan, Subject, load::Measured, process, report::Report};
use crate::{
    booking::{self, calendar::days_from},
    infra::{
        actor::Employee,
        clock::Clock,
        db::{Database, Db, Identity, PgRole, Tx},
        error::AppError,
    },
};

/// Turns each way: what else the machine does falls on both.
const TURNS: u32 = 6;
/// Days of the slot page.
const DAYS: u64 = 30;

/// The same queries with and without the locks.
pub(super) struct Locks {
    pub(super) at_a_time: usize,
    pub(super) scoped: Measured,
    pub(super) bare: Measured,
}

#[derive(QueryableByName)]
struct Account {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
}

/// Measures both ways by turns.
pub(super) async fn measure(
    subject: &mut Subject,
    clock: &Clock,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    let account = sql_query("SELECT id, company_id FROM users WHERE email = $1")
        .bind::<Text, _>("employee-1@scale.example")
        .get_result::<Account>(&mut subject.owner)?;
    let identity = Identity {
        role: PgRole::Employee,
        user_id: Some(account.id),
        company_id: Some(account.company_id),
    };
    let owner = subject
        .config
        .owner_database
        .clone()
        .context("DATABASE_URL: missing")?;
    let scoped = Database::open(&subject.config, clock.clone())?.door::<Employee>(identity);
    let bare =
        Database::open_bare(&subject.config, &owner, clock.clone())?.door::<Employee>(identity);
    let mut totals = [Turn::default(), Turn::default()];
    let time = plan.time / TURNS;
    // The first turn of each fills pools and caches.
    for turn in 0..=TURNS {
        for (door, total) in [&scoped, &bare].into_iter().zip(&mut totals) {
            let measured = self::turn(subject, door, plan.connections, time).await?;
            if turn > 0 {
                total.add(measured);
            }
        }
    }
    let [scoped, bare] = totals.map(Turn::measured);
    report.locks(&Locks {
        at_a_time: plan.connections,
        scoped,
        bare,
    });
    Ok(())
}

#[derive(Default)]
struct Turn {
    latencies: Vec<Duration>,
    elapsed: Duration,
    app_cpu: Duration,
    postgres_cpu: Duration,
}

impl Turn {
    fn add(&mut self, turn: Self) {
        self.latencies.extend(turn.latencies);
        self.elapsed += turn.elapsed;
        self.app_cpu += turn.app_cpu;
        self.postgres_cpu += turn.postgres_cpu;
    }

    fn measured(self) -> Measured {
        Measured::new(
            self.latencies,
            self.elapsed,
            self.app_cpu,
            self.postgres_cpu,
        )
    }
}

async fn turn(
    subject: &mut Subject,
    door: &Db<Employee>,
    at_a_time: usize,
    time: Duration,
) -> anyhow::Result<Turn> {
    let me = std::process::id();
    let app_before = process::cpu_of(me)?;
    let postgres_before = subject.postgres.cpu(&mut subject.owner)?;
    let begun = Instant::now();
    let practitioners = &subject.practitioners;
    let loops = (0..at_a_time).map(|index| async move {
        let mut latencies = Vec::new();
        for practitioner in practitioners.iter().cycle().skip(index * 61) {
            let asked = Instant::now();
            if asked.duration_since(begun) >= time {
                break;
            }
            let practitioner = *practitioner;
            door.read(move |tx| slot_page_queries(tx, practitioner))
                .await?;
            latencies.push(asked.elapsed());
        }
        Ok::<_, AppError>(latencies)
    });
    let latencies = try_join_all(loops)
        .await
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let elapsed = begun.elapsed();
    let postgres = subject.postgres.cpu(&mut subject.owner)?;
    Ok(Turn {
        latencies: latencies.into_iter().flatten().collect(),
        elapsed,
        app_cpu: process::cpu_of(me)?.saturating_sub(app_before),
        postgres_cpu: postgres.saturating_sub(postgres_before),
    })
}

/// What the slot page reads: the profile and the calendar of the coming days.
fn slot_page_queries(tx: &mut Tx<Employee>, practitioner: Uuid) -> Result<(), AppError> {
    let zone = chrono_tz::Europe::Paris;
    let range = days_from(zone, tx.now().with_timezone(&zone).date_naive(), DAYS);
    booking::queries::profile::profile_and_calendar(tx, practitioner, &range)?;
    Ok(())
}
