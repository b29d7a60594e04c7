//! The command line.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use huntzen::{
    bench,
    infra::{
        actor::Worker,
        app::App,
        clock::Clock,
        config::{self, Config, Environment, KeySource},
        db, envelope,
        error::AppError,
        memory, migrate, telemetry,
    },
    metrics, platform, routes, seeds, server,
};
use secrecy::SecretString;

const USAGE: &str = "usage: huntzen <command>

  serve         serve the application (the configuration is in the environment)
  migrate       create roles and bring the schema up to date (DATABASE_URL)
  keygen        make the key file KEK_FILE (default var/kek), unless it is there; keep a copy of it
  keys          change keys while the application serves: keys --help
  rollup        recount the activity counters of the last 35 days (--days N) and print what had drifted
  freeze        freeze the months that are over and were not yet: what HR sees where people are not named
  seed demo     the demo company and its accounts, once (DATABASE_URL; never in production)
  seed scale    the volume of the benchmarks, in an empty database: [--companies 1000]
                [--employees 100000] [--practitioners 1000] [--consultations 1000000]
  bench         what each page costs, on a scale-seeded database (bench --help)
  healthcheck   ask the server on this machine whether it answers (BIND)
";

fn main() -> ExitCode {
    // Absent is fine; malformed is not.
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        eprintln!("huntzen: .env: {error}");
        return ExitCode::FAILURE;
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("huntzen: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve"] => {
            memory::keep_little();
            telemetry::init_logs()?;
            server::run(Config::from_env()?)
        }
        ["healthcheck"] => telemetry::healthcheck(&config::bind()),
        ["migrate"] => run_migrations(),
        ["keygen"] => make_key_file(),
        ["keys", command @ ..] => {
            telemetry::init_logs()?;
            platform::keys::run(command, &Clock::system())
        }
        ["rollup"] => roll_up(metrics::jobs::NIGHTLY_DAYS),
        ["rollup", "--days", days] => roll_up(days.parse().context("--days: a number of days")?),
        ["freeze"] => freeze(),
        ["seed", "demo"] => seed_demo(),
        ["seed", "scale", options @ ..] => seed_scale(options),
        ["bench", "help" | "--help" | "-h"] => {
            print!("{}", bench::USAGE);
            Ok(())
        }
        ["bench", options @ ..] => {
            let plan = bench::Plan::parse(options)?;
            bench::run(&Config::from_env()?, &Clock::system(), &plan)
        }
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => bail!("unknown command: {}\n\n{USAGE}", words.join(" ")),
    }
}

fn run_migrations() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let url = config
        .owner_database
        .as_ref()
        .context("DATABASE_URL: missing; migrations run as the owner")?;
    let password = |variable| std::env::var(variable).ok().map(SecretString::from);
    let passwords = migrate::LoginPasswords {
        care: password("DATABASE_CARE_PASSWORD"),
        office: password("DATABASE_OFFICE_PASSWORD"),
        keys: password("DATABASE_KEYS_PASSWORD"),
    };
    let mut conn = db::connect_owner(url)?;
    let applied = migrate::migrate(&mut conn, &passwords)?;
    println!("{applied} migrations applied");
    if config.environment == Environment::Production {
        println!("the schema is current");
    }
    Ok(())
}

fn make_key_file() -> anyhow::Result<()> {
    let source = KeySource::from_env(config::environment()?)?;
    let path = source
        .file()
        .context("the keys are in no file of this machine: there is none to make")?;
    envelope::create_key_file(path)?;
    println!("{} holds the key-encryption key", path.display());
    Ok(())
}

/// What the nightly rollup does, now: the same recount, in the same role.
fn roll_up(days: u32) -> anyhow::Result<()> {
    let drift = with_worker(Config::from_env()?, async |worker| {
        metrics::jobs::roll_up(&worker, days).await
    })?;
    for (day, cells) in &drift.wrong {
        println!("{day}: {cells} cells corrected");
    }
    println!(
        "{} days recounted, {} cells corrected",
        drift.days, drift.cells
    );
    Ok(())
}

/// Freezes what is to be frozen, now: what the night does from the 3rd on.
fn freeze() -> anyhow::Result<()> {
    let begun = std::time::Instant::now();
    let frozen = with_worker(Config::from_env()?, async |worker| {
        metrics::jobs::freeze(&worker).await
    })?;
    println!(
        "{frozen} months of companies frozen in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Runs work in the worker's role.
fn with_worker<T>(
    config: Config,
    work: impl AsyncFnOnce(db::Db<Worker>) -> Result<T, AppError>,
) -> anyhow::Result<T> {
    let clock = Clock::system();
    let database = db::Database::open(&config, clock.clone())?;
    let app = App::new(config, database, clock, routes::navigation)?;
    Ok(actix_web::rt::System::new().block_on(work(Worker::door(&app)))?)
}

fn seed_demo() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let (mut conn, clock) = (seeds::connect(&config)?, Clock::system());
    seeds::demo::run(&mut conn, &clock)?;
    seeds::demo::confide(
        &mut conn,
        &clock,
        &envelope::Envelope::from_config(&config)?,
    )?;
    let table = seeds::demo::sign_in_table(&config.public_url);
    // Months that are over are frozen, as they would have been.
    with_worker(config, async |worker| metrics::jobs::freeze(&worker).await)?;
    print!("{table}");
    Ok(())
}

fn seed_scale(options: &[&str]) -> anyhow::Result<()> {
    let size = seeds::scale::Size::parse(options)?;
    let config = Config::from_env()?;
    seeds::scale::run(&mut seeds::connect(&config)?, &Clock::system(), &size)
}
