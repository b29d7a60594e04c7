//! The process: checks at start, the HTTP server, the end.

use std::time::Duration;

use actix_web::{App as ActixApp, HttpServer, middleware::from_fn, web};
use anyhow::{Context as _, bail};
use tokio_util::sync::CancellationToken;
use tracing_actix_web::TracingLogger;

use crate::{
    auth::password::PasswordHasher,
    infra::{
        actor::Worker,
        app::App,
        assets,
        clock::Clock,
        config::{Config, Environment},
        crypto::KeyRing,
        db::Database,
        envelope::{self, ledger},
        i18n,
        jobs::Runner,
        mailer::Mailer,
        memory, migrate, session, shell,
        telemetry::{self, RequestSpan},
    },
    jobs, routes,
};

/// Seconds that running requests get to finish after SIGTERM.
const SHUTDOWN_SECONDS: u64 = 20;

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// A port in use, a database out of reach, a login too powerful for production.
pub fn run(config: Config) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(serve(config))
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let clock = Clock::system();
    let database = Database::open(&config, clock.clone())?;
    // The texts are read while the database is asked.
    let texts = std::thread::spawn(i18n::warm_up);
    check_database(&config, &database)?;
    let mailer = Mailer::open(&config, clock.clone())?;
    texts
        .join()
        .map_err(|_| anyhow::anyhow!("the texts cannot be read"))?;
    let app = App::new(config, database, clock, routes::navigation)?;
    check_keys(&app).await?;
    check_ledger(&app).await?;
    let bind = app.config.bind.clone();
    let workers = app.config.workers;
    let public_url = app.config.public_url.clone();
    let factory_app = app.clone();
    // Hashing costs 46 MiB and a core each: as many at a time as there are cores.
    let hasher = web::Data::new(PasswordHasher::new(workers));
    let server = HttpServer::new(move || {
        ActixApp::new()
            .configure(|service| {
                mount(service, &factory_app, &hasher);
            })
            .wrap(from_fn(telemetry::observe))
            .wrap(TracingLogger::<RequestSpan>::new())
    })
    .workers(workers)
    .worker_max_blocking_threads(blocking_threads(&app.config))
    .keep_alive(Duration::from_secs(75))
    .client_request_timeout(Duration::from_secs(15))
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .bind(&bind)
    .with_context(|| format!("cannot listen on {bind}"))?;
    println!("HuntZen Care: {public_url}");
    telemetry::metrics();
    tokio::spawn(telemetry::keep_metrics());
    tokio::spawn(memory::keep_giving_back());
    let stop = CancellationToken::new();
    tokio::spawn(close_sockets(app.clone()));
    let background = app
        .config
        .runs_jobs
        .then(|| tokio::spawn(Runner::new(app, mailer, jobs::registry()).run(stop.clone())));
    // Ends on SIGINT and SIGTERM, when the running requests are answered.
    let served = server.run().await;
    stop.cancel();
    if let Some(background) = background {
        background.await.context("the job runner stopped")?;
    }
    Ok(served?)
}

/// A socket never ends by itself: at the signal that ends the server, all of them do.
async fn close_sockets(app: web::Data<App>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        return;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    app.live.close();
}

/// A blocked thread without a connection only waits: one thread per connection is enough.
fn blocking_threads(config: &Config) -> usize {
    let connections = usize::try_from(config.pool_size).unwrap_or(8) * 2;
    (connections / config.workers.max(1)).max(2)
}

/// Mounts the whole application on an actix configuration: the server's and the tests'.
///
/// # Panics
/// Never: the session secret was checked when the application data was built.
pub fn mount(
    service: &mut web::ServiceConfig,
    app: &web::Data<App>,
    hasher: &web::Data<PasswordHasher>,
) -> routes::RouteTable {
    let keys: KeyRing =
        App::keys(&app.config.session_secret).expect("the secret was checked by App::new");
    service.app_data(app.clone());
    service.app_data(hasher.clone());
    service.configure(telemetry::routes);
    service.route("/static/{path:.*}", web::get().to(assets::serve));
    let mut table = routes::RouteTable::default();
    let site = routes::mount(&mut table, app)
        .wrap(session::middleware(app, &keys))
        .wrap(from_fn(shell::wrap));
    service.service(site);
    table
}

/// Everything sealed in this database can be opened by a key at hand.
async fn check_keys(app: &App) -> anyhow::Result<()> {
    let missing = Worker::door(app)
        .read(envelope::missing_keks)
        .await
        .map_err(|error| anyhow::anyhow!("the database does not answer: {error}"))?;
    if !missing.is_empty() {
        bail!(
            "this database holds texts sealed with {}, which is not the key given: add that key's line to \
             the file KEK_FILE, or bring the file back from its copy",
            missing.join(", ")
        );
    }
    Ok(())
}

/// What was destroyed since this database was backed up is destroyed here too.
async fn check_ledger(app: &App) -> anyhow::Result<()> {
    let Some(path) = app.config.key_ledger.clone() else {
        return Ok(());
    };
    let tail = ledger::tail(&path).context("KEY_LEDGER_FILE")?;
    let known = Worker::door(app)
        .read(move |tx| ledger::is_known(tx, &tail))
        .await
        .map_err(|error| anyhow::anyhow!("the database does not answer: {error}"))?;
    if !known {
        bail!(
            "this database is older than its ledger of destroyed keys: what was destroyed since could be read again. \
             Run `huntzen keys ledger replay {}` first",
            path.display()
        );
    }
    Ok(())
}

fn check_database(config: &Config, database: &Database) -> anyhow::Result<()> {
    let current = database
        .probe(migrate::is_current)
        .map_err(|error| anyhow::anyhow!("the database does not answer: {error}"))?;
    if current.contains(&false) {
        bail!("the database schema is older than this build: run `huntzen migrate` first");
    }
    if config.environment == Environment::Production {
        let problems = database
            .probe(migrate::login_problem)
            .map_err(|error| anyhow::anyhow!("the database does not answer: {error}"))?;
        if let Some(problem) = problems.into_iter().flatten().next() {
            bail!("{problem}: refusing to serve in production");
        }
    }
    Ok(())
}
