//! `huntzen seed scale`: the volume of the benchmarks, a thousand companies and a million
//! consultations, written by a few set-based statements.
//!
//! One transaction: constraints and indexes are taken down and put back as the catalogue spells
//! them, which checks every row; the counters are written by `hz.recount_activity`, the function of
//! production. Then the tables are vacuumed and analysed, so that the first measured request is
//! like the millionth.

mod rebuild;
mod statements;

use std::time::Instant;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{Array, Bool, Date, Integer, Text, Timestamptz},
};
use secrecy::{ExposeSecret as _, SecretString};

use self::rebuild::Keep;
use super::demo;
use crate::{
    auth::password,
    infra::{arguments::Options, clock::Clock},
    privacy::consents::CURRENT_VERSION,
};

/// The password of every scale account: `employee-1@scale.example`, `hr-1@scale.example` (a company
/// of exactly 100 employees), `practitioner-1@scale.example`, `admin-1@…` and `super-admin-1@…`.
pub const PASSWORD: &str = "corail-tambour-42";

/// Days of history: about thirty months.
const PAST_DAYS: u64 = 913;
/// Days to come.
const FUTURE_DAYS: u64 = 30;
/// Days whose counters one statement recounts.
const RECOUNT_DAYS: u64 = 92;
/// Employees of the first company.
const FIRST_COMPANY: u32 = 100;

/// Loaded bare, indexed afterwards.
const LOADED: [&str; 11] = [
    "users",
    "credentials",
    "employees",
    "invitations",
    "consents",
    "practitioners",
    "availability_windows",
    "availability_exceptions",
    "consultations",
    "consultation_events",
    "companies",
];
/// Written by the recount, which needs their primary keys and nothing else.
const COUNTERS: [&str; 6] = [
    "practitioner_activity_daily",
    "employee_activity_daily",
    "company_activity_daily",
    "practitioner_activity_monthly",
    "company_activity_monthly",
    "platform_activity_monthly",
];

/// How much to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Client companies; the first has 100 employees where the total allows it.
    pub companies: u32,
    /// Employees of all companies.
    pub employees: u32,
    /// Practitioners.
    pub practitioners: u32,
    /// Consultations, past and to come.
    pub consultations: u32,
}

impl Size {
    /// From `--companies`, `--employees`, `--practitioners` and `--consultations`.
    ///
    /// # Errors
    /// A word that is not one of them, or a number that cannot be.
    pub fn parse(words: &[&str]) -> anyhow::Result<Self> {
        const NAMES: [&str; 4] = ["companies", "employees", "practitioners", "consultations"];
        let options = Options::parse(words, &NAMES, &[])?;
        let size = Self {
            companies: options.value(NAMES[0], 1000)?,
            employees: options.value(NAMES[1], 100_000)?,
            practitioners: options.value(NAMES[2], 1000)?,
            consultations: options.value(NAMES[3], 1_000_000)?,
        };
        ensure!(
            size.companies > 0 && size.practitioners > 0,
            "at least one company and one practitioner are needed"
        );
        ensure!(
            size.employees >= size.companies,
            "each of the {} companies needs an employee",
            size.companies
        );
        Ok(size)
    }

    /// Employees of the first company.
    fn first_company(&self) -> u32 {
        if self.companies == 1 {
            self.employees
        } else {
            FIRST_COMPANY.min(self.employees - (self.companies - 1))
        }
    }

    /// Practitioners who have patients.
    fn practices(&self) -> u32 {
        self.practitioners.min(self.employees)
    }
}

/// The working days the consultations are spread over.
struct Calendar {
    first_monday: NaiveDate,
    this_monday: NaiveDate,
    working_days: u64,
    now: DateTime<Utc>,
}

impl Calendar {
    fn around(now: DateTime<Utc>) -> Self {
        let monday = |day: NaiveDate| day - Days::new(day.weekday().num_days_from_monday().into());
        let today = now.date_naive();
        let first_monday = monday(today - Days::new(PAST_DAYS));
        let last = today + Days::new(FUTURE_DAYS);
        let working_days = first_monday
            .iter_days()
            .take_while(|day| *day <= last)
            .filter(|day| day.weekday().number_from_monday() <= 5)
            .count();
        Self {
            first_monday,
            this_monday: monday(today),
            working_days: u64::try_from(working_days).unwrap_or(u64::MAX),
            now,
        }
    }

    /// Appointments one practitioner can have.
    fn cells(&self) -> u64 {
        self.working_days * statements::HOURS_A_DAY
    }

    /// About 0.618 of the cells, so that a practitioner's consultations are spread evenly, and
    /// coprime to them, so that no cell comes twice.
    fn stride(&self) -> u64 {
        let cells = self.cells();
        (cells * 618 / 1000..cells)
            .find(|stride| coprime(*stride, cells))
            .unwrap_or(1)
    }
}

fn coprime(mut a: u64, mut b: u64) -> bool {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a == 1
}

#[derive(QueryableByName)]
struct Flag {
    #[diesel(sql_type = Bool)]
    flag: bool,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Integer)]
    count: i32,
}

/// Says how long each step took.
struct Steps {
    begun: Instant,
    step: Instant,
}

impl Steps {
    fn begin() -> Self {
        let now = Instant::now();
        Self {
            begun: now,
            step: now,
        }
    }

    fn done(&mut self, what: &str, rows: usize) {
        println!(
            "{what:<28} {rows:>9} rows  {:>6.1} s",
            self.step.elapsed().as_secs_f64()
        );
        self.step = Instant::now();
    }

    fn finish(&self) {
        println!(
            "{:<28} {:>9}       {:>6.1} s",
            "in all",
            "",
            self.begun.elapsed().as_secs_f64()
        );
    }
}

/// Writes the volume and prints the time of each step.
///
/// # Errors
/// A database that has a scale seed already, a size that does not fit the calendar, or the
/// database's error.
pub fn run(conn: &mut PgConnection, clock: &Clock, size: &Size) -> anyhow::Result<()> {
    let calendar = Calendar::around(clock.now());
    let most = u64::from(size.practices()) * calendar.cells();
    ensure!(
        u64::from(size.consultations) <= most,
        "{} practitioners have room for {most} consultations: ask for fewer, or for more practitioners",
        size.practices()
    );
    let mut steps = Steps::begin();
    conn.transaction(|conn| {
        conn.batch_execute(
            "SELECT pg_advisory_xact_lock(hashtext('huntzen.seed'));
             SET LOCAL work_mem = '128MB'; SET LOCAL maintenance_work_mem = '256MB';
             SET LOCAL synchronous_commit = off; SET LOCAL jit = off",
        )?;
        let exists =
            sql_query("SELECT EXISTS (SELECT FROM companies WHERE slug = 'scale-1') AS flag")
                .get_result::<Flag>(conn)?;
        ensure!(
            !exists.flag,
            "this database holds a scale seed already: begin with an empty one"
        );
        write(conn, size, &calendar, &mut steps)?;
        // The company that is signed in to sees its people by name.
        conn.batch_execute(
            "INSERT INTO disclosure_settings (company_id, setting, effective_from, chosen_at, agreed_with)
             SELECT id, 'named', '2000-01-01', created_at, 'RH' FROM companies WHERE slug = 'scale-1'",
        )?;
        Ok::<_, anyhow::Error>(())
    })?;
    for table in LOADED.iter().chain(&COUNTERS) {
        conn.batch_execute(&format!("VACUUM (ANALYZE) {table}"))?;
    }
    steps.done("vacuum and analyse", 0);
    steps.finish();
    println!(
        "sign in as employee-1, hr-1, practitioner-1, admin-1 or super-admin-1 @scale.example: {PASSWORD}"
    );
    Ok(())
}

fn write(
    conn: &mut PgConnection,
    size: &Size,
    calendar: &Calendar,
    steps: &mut Steps,
) -> anyhow::Result<()> {
    let hash = password::hash_blocking(&SecretString::from(PASSWORD))?;
    let opened_at = calendar
        .first_monday
        .and_hms_opt(6, 0, 0)
        .context("six o'clock")?
        .and_utc()
        - Days::new(14);
    let taken_down = rebuild::take_down(conn, &LOADED, Keep::ForeignTargets)?;
    let first_names = demo::first_names();
    let last_names = demo::last_names();

    let companies = sql_query(statements::companies(size))
        .bind::<Timestamptz, _>(opened_at)
        .execute(conn)?;
    let users = sql_query(statements::users(size))
        .bind::<Array<Text>, _>(first_names)
        .bind::<Array<Text>, _>(last_names)
        .bind::<Timestamptz, _>(opened_at)
        .execute(conn)?;
    conn.batch_execute("ANALYZE users")?;
    sql_query(statements::CREDENTIALS)
        .bind::<Text, _>(hash.expose_secret())
        .bind::<Timestamptz, _>(opened_at)
        .execute(conn)?;
    for statement in [statements::EMPLOYEES, statements::INVITATIONS] {
        sql_query(statement)
            .bind::<Timestamptz, _>(opened_at)
            .execute(conn)?;
    }
    sql_query(statements::CONSENTS)
        .bind::<Timestamptz, _>(opened_at)
        .bind::<Text, _>(CURRENT_VERSION)
        .execute(conn)?;
    steps.done("companies and people", companies + users);

    let practitioners = sql_query(statements::practitioners(size))
        .bind::<Timestamptz, _>(opened_at)
        .execute(conn)?;
    let windows = sql_query(statements::windows(size))
        .bind::<Date, _>(calendar.first_monday)
        .execute(conn)?;
    let exceptions = sql_query(statements::exceptions(size))
        .bind::<Date, _>(calendar.this_monday)
        .execute(conn)?;
    steps.done(
        "practitioners and agendas",
        practitioners + windows + exceptions,
    );

    let consultations = sql_query(statements::consultations(size, calendar))
        .bind::<Date, _>(calendar.first_monday)
        .bind::<Timestamptz, _>(calendar.now)
        .execute(conn)?;
    steps.done("consultations", consultations);
    let events = sql_query(statements::EVENTS).execute(conn)?;
    steps.done("their history", events);
    taken_down.put_back(conn)?;
    // What the triggers write elsewhere.
    conn.batch_execute(
        "SELECT hz.write_directory_entry(user_id) FROM practitioners;
         ANALYZE directory_entries; ANALYZE consultations",
    )?;
    steps.done("indexes and constraints", 0);
    let cells = recount(conn, calendar)?;
    steps.done("counters", cells);
    Ok(())
}

/// Recounts the past, a quarter at a time.
fn recount(conn: &mut PgConnection, calendar: &Calendar) -> anyhow::Result<usize> {
    let taken_down = rebuild::take_down(conn, &COUNTERS, Keep::PrimaryKeys)?;
    let mut cells = 0;
    let mut from = calendar.first_monday;
    while from <= calendar.now.date_naive() {
        let next = from + Days::new(RECOUNT_DAYS);
        cells += sql_query("SELECT hz.recount_activity($1, $2) AS count")
            .bind::<Date, _>(from)
            .bind::<Date, _>(next - Days::new(1))
            .get_result::<Count>(conn)?
            .count;
        from = next;
    }
    taken_down.put_back(conn)?;
    Ok(usize::try_from(cells).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stride_visits_every_cell_once() {
        let start = DateTime::parse_from_rfc3339("2026-11-20T09:00:00Z")
            .expect("a moment")
            .to_utc();
        for days in 0..30 {
            let calendar = Calendar::around(start + Days::new(days));
            let (cells, stride) = (calendar.cells(), calendar.stride());
            let visited: std::collections::HashSet<u64> =
                (0..cells).map(|k| k * stride % cells).collect();
            assert_eq!(u64::try_from(visited.len()), Ok(cells));
            assert!(
                stride > cells / 2,
                "spread over the calendar from the first on"
            );
        }
    }

    #[test]
    fn a_size_is_read_and_judged() {
        let size = Size::parse(&["--companies", "3", "--employees", "40"]).expect("a size");
        assert_eq!(
            (size.companies, size.employees, size.consultations),
            (3, 40, 1_000_000)
        );
        assert_eq!(size.first_company(), 38);
        assert!(Size::parse(&["--companies", "3", "--employees", "2"]).is_err());
        assert!(Size::parse(&["--practitioners", "0"]).is_err());
    }
}
