//! The thread that listens to PostgreSQL and shows the passes to it.

use std::{future::poll_fn, path::Path, pin::pin, sync::Weak, time::Duration};

use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_postgres::{AsyncMessage, NoTls};

use super::{CHANNEL, CHECK_EVERY, Event, Inspect};
use crate::infra::{actor::Worker, app::App, config::DatabaseUrl, error::AppError};

/// Between two tries to connect: doubled from the first to the last.
const RETRY: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(5)];
/// How long a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// In how many shares a round of checks goes, when there is much to check.
const SHARES: usize = 12;

/// Starts the thread; it ends with the application.
pub(super) fn begin(app: Weak<App>, inspect: Inspect) {
    let listen = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(2)
            .build();
        match runtime {
            Ok(runtime) => runtime.block_on(async {
                tokio::join!(listen(&app), check(&app, inspect));
            }),
            Err(error) => tracing::error!(%error, "no runtime to listen with"),
        }
    };
    let started = std::thread::Builder::new()
        .name("live".to_owned())
        .spawn(listen);
    if let Err(error) = started {
        tracing::error!(%error, "no thread to listen with");
    }
}

/// Listens for as long as the application lives.
async fn listen(app: &Weak<App>) {
    let mut pause = RETRY[0];
    while let Some(url) = app.upgrade().map(|app| app.config.care_database.clone()) {
        match hear(app, &url, &mut pause).await {
            Ok(()) => {}
            Err(error) if app.strong_count() == 0 => tracing::debug!(%error, "nobody listens"),
            Err(error) => {
                tracing::warn!(%error, "sockets hear nothing and look every few seconds");
            }
        }
        sleep(pause).await;
        pause = (pause * 2).min(RETRY[1]);
    }
}

/// Until the connection ends.
async fn hear(
    app: &Weak<App>,
    url: &DatabaseUrl,
    pause: &mut Duration,
) -> Result<(), anyhow::Error> {
    let (client, mut connection) = timeout(PATIENCE, settings(url)?.connect(NoTls)).await??;
    let statement = format!("LISTEN {CHANNEL}");
    let mut listening = pin!(client.batch_execute(&statement));
    let mut listens = false;
    loop {
        tokio::select! {
            answer = &mut listening, if !listens => {
                answer?;
                listens = true;
                *pause = RETRY[0];
                // What was said before is unheard.
                if let Some(app) = app.upgrade() {
                    app.live.set_listening(true);
                    app.live.refetch();
                }
            }
            message = poll_fn(|context| connection.poll_message(context)) => {
                let Some(app) = app.upgrade() else {
                    return Ok(());
                };
                match message {
                    Some(Ok(AsyncMessage::Notification(heard))) => {
                        if let Some(event) = Event::parse(heard.payload()) {
                            app.live.tell(event);
                        }
                    }
                    Some(Ok(_)) => {}
                    Some(Err(error)) => {
                        app.live.set_listening(false);
                        return Err(error.into());
                    }
                    None => {
                        app.live.set_listening(false);
                        anyhow::bail!("the connection was closed");
                    }
                }
            }
        }
    }
}

/// As libpq would connect, as far as this client knows how: without TLS unless the server insists.
fn settings(url: &DatabaseUrl) -> anyhow::Result<tokio_postgres::Config> {
    let mut config: tokio_postgres::Config = url.expose().parse()?;
    if config.get_hosts().is_empty() {
        let directory = std::env::var("PGHOST").ok().unwrap_or_else(|| {
            let debian = "/var/run/postgresql";
            if Path::new(debian).is_dir() {
                debian.to_owned()
            } else {
                "/tmp".to_owned()
            }
        });
        config.host(directory);
    }
    config
        .application_name("huntzen live")
        .keepalives_idle(Duration::from_secs(30))
        .keepalives_interval(Duration::from_secs(10))
        .keepalives_retries(3);
    Ok(config)
}

/// Shows every pass to the database again and again. Thousands are shown in shares: all at once would
/// keep the database busy just when somebody writes.
async fn check(app: &Weak<App>, inspect: Inspect) {
    let mut rounds = interval(CHECK_EVERY);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        // Seats are numbered as they are taken: who sits down during a round comes at its end.
        let mut seen = None;
        loop {
            let Some(app) = app.upgrade() else {
                return;
            };
            let (numbers, passes) = app.live.passes_after(seen, SHARES);
            let Some(last) = numbers.last().copied() else {
                break;
            };
            seen = Some(last);
            if let Err(error) = dismiss(&app, numbers, passes, inspect).await {
                tracing::warn!(%error, "who may keep a socket could not be checked");
            }
            drop(app);
            sleep(CHECK_EVERY / SHARES as u32).await;
        }
        let Some(app) = app.upgrade() else {
            return;
        };
        if !app.live.is_listening() {
            app.live.refetch();
        }
    }
}

async fn dismiss(
    app: &App,
    numbers: Vec<u64>,
    passes: Vec<super::Pass>,
    inspect: Inspect,
) -> Result<(), AppError> {
    let shown = passes.clone();
    let bad = Worker::door(app)
        .read(move |tx| inspect(tx, &shown))
        .await?;
    for at in bad {
        if let (Some(pass), Some(number)) = (passes.get(at), numbers.get(at)) {
            app.live.dismiss(pass.topic, *number);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::Host;

    use super::*;

    #[test]
    fn every_address_of_a_database_can_be_listened_at() {
        for (url, host) in [
            (
                "postgres://huntzen_care@/care?host=/tmp/socket",
                "/tmp/socket",
            ),
            (
                "postgres://huntzen_care:p%40ss@db.internal:5433/care",
                "db.internal",
            ),
            (
                "host=/tmp/socket user=huntzen_care dbname=care",
                "/tmp/socket",
            ),
        ] {
            let config = settings(&DatabaseUrl::new(url)).expect(url);
            let found = match &config.get_hosts()[0] {
                Host::Tcp(name) => name.clone(),
                Host::Unix(path) => path.display().to_string(),
            };
            assert_eq!(found, host);
            assert_eq!(config.get_dbname(), Some("care"), "{url}");
            assert_eq!(config.get_user(), Some("huntzen_care"), "{url}");
        }
        let local = settings(&DatabaseUrl::new("postgres:///care")).expect("a local server");
        assert_eq!(local.get_hosts().len(), 1);
    }
}
