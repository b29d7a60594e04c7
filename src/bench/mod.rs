//! `huntzen bench`: what a page costs, on a scale-seeded database (`huntzen seed scale`).
//!
//! # How it measures
//! - It starts its own `serve` on a free loopback port, signs one session in per connection through
//!   the sign-in form, and loads each page in a closed loop: every connection asks, reads the whole
//!   answer, asks again, for a bounded time.
//! - What counts is processor time per request, application and PostgreSQL together, read from
//!   `/proc`: unlike the wall clock it hardly depends on what else the machine does.
//! - Beside the pages it measures the limits of the same run: a static answer, a template without a
//!   query, and the SQL of the slot page without server, transaction, role or row security.
//! - Writes are undone: bookings and journals are deleted, the counters of the large export are recounted.
//!
//! [`scenarios`] lists the pages: a new one is a line there. [`http`] is the client, [`load`] the
//! closed loop, [`freeze`] a year of published months, [`journal`] what two employees wrote, [`process`] the accounting, [`server`] the child process,
//! [`booking`], [`exports`], [`imports`], [`keys`] and
//! [`sockets`] the loads that are no plain page, [`limits`] the SQL alone, [`report`] the table and its
//! verdict.

mod booking;
mod exports;
mod freeze;
mod http;
mod imports;
mod journal;
mod keys;
mod limits;
mod load;
mod process;
mod report;
mod scenarios;
mod server;
mod sockets;

use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, Bool, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use self::{
    booking::Booked,
    load::Rounds,
    process::Postgres,
    report::Report,
    scenarios::{Actor, Crowd, PAGES, Page},
    server::Server,
};
use crate::{
    infra::{
        arguments::Options,
        clock::Clock,
        config::{CARE_LOGIN, Config, DatabaseUrl, Environment, OFFICE_LOGIN},
        memory,
    },
    seeds,
};

/// What `huntzen bench --help` prints.
pub const USAGE: &str = "usage: huntzen bench [options]

Measures the pages on a database that `huntzen seed scale` has filled (DATABASE_URL, as the owner),
with a server of its own on a free loopback port. Use a release build:

  cargo build --release
  export DATABASE_URL=postgres:///huntzen_scale
  target/release/huntzen migrate && target/release/huntzen seed scale
  target/release/huntzen bench --check

  --connections N     connections, one signed-in session each (default 8)
  --seconds N         time per page (default 2)
  --rounds N          measure pages and booking N times, one after the other, and judge the cheapest of
                      each (default 1): what else the machine does only adds
  --only TEXT         only the pages whose name contains TEXT
  --check             exit with an error when a target is missed
  --compare-with URL  measure the pages on this database too and compare: 1.3 times the
                      processor time is the limit. A tenth of everything (seed scale --companies
                      100 --employees 10000 --practitioners 100 --consultations 100000) shows
                      the same lines; a tenth of the consultations alone shows fewer
";

/// How to measure.
#[derive(Clone, Debug)]
pub struct Plan {
    connections: usize,
    time: Duration,
    rounds: usize,
    only: Option<String>,
    check: bool,
    compare_with: Option<DatabaseUrl>,
}

impl Plan {
    /// From the options of [`USAGE`].
    ///
    /// # Errors
    /// An option that is not one of them, or its value.
    pub fn parse(words: &[&str]) -> anyhow::Result<Self> {
        let valued = ["connections", "seconds", "rounds", "only", "compare-with"];
        let options = Options::parse(words, &valued, &["check"])?;
        let text = |name| -> anyhow::Result<Option<String>> {
            Ok(Some(options.value(name, String::new())?).filter(|text| !text.is_empty()))
        };
        let connections = options.value("connections", 8)?;
        let seconds = options.value("seconds", 2.0_f64)?;
        let rounds = options.value("rounds", 1)?;
        ensure!((1..=64).contains(&connections), "--connections: 1 to 64");
        ensure!((1..=20).contains(&rounds), "--rounds: 1 to 20");
        ensure!((0.1..=60.0).contains(&seconds), "--seconds: 0.1 to 60");
        Ok(Self {
            connections,
            time: Duration::from_secs_f64(seconds),
            rounds,
            only: text("only")?,
            check: options.has("check"),
            compare_with: text("compare-with")?.map(DatabaseUrl::new),
        })
    }

    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only))
    }
}

/// The database under measure and who lives in it.
struct Subject {
    config: Config,
    owner: PgConnection,
    postgres: Postgres,
    practitioners: Vec<Uuid>,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct Flag {
    #[diesel(sql_type = Bool)]
    flag: bool,
}

impl Subject {
    fn open(config: &Config) -> anyhow::Result<Self> {
        let mut owner = seeds::connect(config)?;
        let seeded =
            sql_query("SELECT EXISTS (SELECT FROM companies WHERE slug = 'scale-1') AS flag")
                .get_result::<Flag>(&mut owner)?;
        ensure!(
            seeded.flag,
            "this database has no scale seed: run `huntzen seed scale` on it first"
        );
        let practitioners = sql_query(
            "SELECT p.user_id AS id FROM practitioners p JOIN users u ON u.id = p.user_id
             WHERE u.email LIKE 'practitioner-%@scale.example' ORDER BY u.id LIMIT 500",
        )
        .load::<Id>(&mut owner)?;
        Ok(Self {
            config: config.clone(),
            postgres: Postgres::find(&mut owner)?,
            owner,
            practitioners: practitioners.into_iter().map(|row| row.id).collect(),
        })
    }

    /// Ends the sessions of the measure.
    fn sign_out(&mut self, addresses: &[String]) -> anyhow::Result<()> {
        sql_query("DELETE FROM sessions USING users u WHERE u.id = user_id AND u.email = ANY ($1)")
            .bind::<Array<Text>, _>(addresses)
            .execute(&mut self.owner)?;
        Ok(())
    }
}

/// Measures, prints the table, and with `--check` fails when a target is missed.
///
/// # Errors
/// No scale seed, a server that does not start, an answer that is not the page, a missed target.
pub fn run(config: &Config, clock: &Clock, plan: &Plan) -> anyhow::Result<()> {
    if config.environment == Environment::Production {
        bail!("the benchmark books and signs in: never in production");
    }
    if cfg!(debug_assertions) {
        println!("note: a debug build; its figures say nothing about the release build\n");
    }
    let other = plan
        .compare_with
        .as_ref()
        .map(|url| other(config, url))
        .transpose()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut report = Report::begin(plan);
    runtime.block_on(async {
        measure(config, clock, plan, &mut report).await?;
        if let Some(other) = &other {
            compare(other, clock, plan, &mut report).await?;
        }
        anyhow::Ok(())
    })?;
    let missed = report.finish();
    if plan.check && missed > 0 {
        bail!("{missed} targets are missed");
    }
    Ok(())
}

/// The configuration of the database to compare with.
fn other(config: &Config, url: &DatabaseUrl) -> anyhow::Result<Config> {
    let login = |name, password| {
        url.with_login(name, std::env::var(password).ok().as_deref())
            .context("--compare-with: expected a postgres:// URL")
    };
    Ok(Config {
        care_database: login(CARE_LOGIN, "DATABASE_CARE_PASSWORD")?,
        office_database: login(OFFICE_LOGIN, "DATABASE_OFFICE_PASSWORD")?,
        owner_database: Some(url.clone()),
        ..config.clone()
    })
}

async fn measure(
    config: &Config,
    clock: &Clock,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut subject = Subject::open(config)?;
    report.subject(&subject.postgres);
    if plan.wants("start") {
        report.starts(&Server::starts(config, 5).await?);
    }
    if plan.wants("HR's dashboard") || plan.wants(freeze::NAME) {
        let frozen = freeze::measure(&mut subject, clock).await?;
        report.frozen(&frozen);
    }
    let booked = book_everything(&mut subject, clock, plan, report).await?;
    let server = Server::start(config).await?;
    if let Some(booked) = booked {
        let mailed = booking::mail(&mut subject, &server, &booked, clock).await;
        booking::clean_up(&mut subject.owner, &booked)?;
        report.mailed(&mailed?);
    }
    let mut crowd = Crowd::gather(&server, plan.connections, clock, &subject.practitioners);
    journal::fill(&mut subject, plan)?;
    let measured = load_everything(&mut subject, &server, &mut crowd, plan, report).await;
    journal::empty(&mut subject)?;
    freeze::undo(&mut subject)?;
    subject.sign_out(&crowd.addresses())?;
    measured?;
    drop(server);
    if plan.wants(exports::NAME) {
        export_everything(&mut subject, clock, report).await?;
    }
    if plan.wants(sockets::NAME) {
        let server = Server::start(config).await?;
        let measured = sockets::measure(&mut subject, &server, clock).await?;
        report.sockets(&measured);
    }
    if plan.wants(keys::NAME) {
        let measured = keys::measure(&mut subject, clock).await?;
        report.keys(&measured);
    }
    if plan.wants(imports::NAME) {
        let imported = imports::measure(&mut subject, clock).await?;
        report.imported(&imported);
    }
    if plan.wants("bare SQL") {
        limits::measure(&mut subject, clock, plan, report).await?;
    }
    Ok(())
}

async fn load_everything(
    subject: &mut Subject,
    server: &Server,
    crowd: &mut Crowd,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    load_pages(
        (subject, server, crowd),
        plan,
        |_| true,
        |page, rounds| {
            report.page(page, rounds);
        },
    )
    .await?;
    // What it keeps, once what the last page left between the blocks that stay has gone back.
    tokio::time::sleep(memory::GIVE_BACK_EVERY + Duration::from_secs(1)).await;
    report.memory(server.memory()?);
    Ok(())
}

/// Every round goes through all pages: what is busy for a minute is not so for all rounds of one page.
async fn load_pages(
    (subject, server, crowd): (&mut Subject, &Server, &mut Crowd),
    plan: &Plan,
    which: impl Fn(&Page) -> bool,
    mut done: impl FnMut(&'static Page, &Rounds),
) -> anyhow::Result<()> {
    let pages = PAGES.iter();
    let mut pages: Vec<(&Page, Rounds)> = pages
        .filter(|page| plan.wants(page.name) && which(page))
        .map(|page| (page, Rounds::default()))
        .collect();
    for round in 1..=plan.rounds {
        for (page, rounds) in &mut pages {
            if let Some(measured) = scenarios::measure(page, subject, server, crowd, plan).await? {
                rounds.add(measured);
            }
            if round == plan.rounds {
                done(page, rounds);
            }
        }
    }
    Ok(())
}

/// Books with servers that do nothing else; the last round's bookings stay, for their mails.
async fn book_everything(
    subject: &mut Subject,
    clock: &Clock,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<Option<Booked>> {
    if !plan.wants(booking::NAME) {
        return Ok(None);
    }
    let (mut held, mut confirmed) = (Rounds::default(), Rounds::default());
    let mut last = None;
    for _ in 0..plan.rounds {
        if let Some(before) = last.take() {
            booking::clean_up(&mut subject.owner, &before)?;
        }
        last = book_once(subject, clock, plan).await?;
        if let Some(booked) = &last {
            held.add(booked.held.clone());
            confirmed.add(booked.confirmed.clone());
        }
    }
    report.booking(&held, &confirmed);
    Ok(last)
}

async fn book_once(
    subject: &mut Subject,
    clock: &Clock,
    plan: &Plan,
) -> anyhow::Result<Option<Booked>> {
    let server = Server::start_without_jobs(&subject.config).await?;
    let mut crowd = Crowd::gather(&server, plan.connections, clock, &subject.practitioners);
    let addresses = crowd.addresses_of(Actor::Employee);
    let visitors = crowd.signed_in(Actor::Employee).await?;
    let booked = booking::measure(subject, &server, visitors, &addresses).await;
    subject.sign_out(&crowd.addresses())?;
    booked
}

/// The files, from a server that has served nothing else: what earlier pages have left in its memory
/// would hide its growth.
async fn export_everything(
    subject: &mut Subject,
    clock: &Clock,
    report: &mut Report,
) -> anyhow::Result<()> {
    let server = Server::start(&subject.config).await?;
    let mut crowd = Crowd::gather(&server, 1, clock, &subject.practitioners);
    let exports = exports::measure(subject, &server, &mut crowd).await;
    subject.sign_out(&crowd.addresses())?;
    for export in exports? {
        report.export(&export);
    }
    Ok(())
}

async fn compare(
    other: &Config,
    clock: &Clock,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut subject = Subject::open(other)?;
    let server = Server::start(other).await?;
    let mut crowd = Crowd::gather(&server, plan.connections, clock, &subject.practitioners);
    report.comparison();
    journal::fill(&mut subject, plan)?;
    load_pages(
        (&mut subject, &server, &mut crowd),
        plan,
        Page::reads_the_database,
        |page, rounds| report.compared(page, rounds),
    )
    .await?;
    journal::empty(&mut subject)?;
    subject.sign_out(&crowd.addresses())
}
