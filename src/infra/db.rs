//! The only door to the database.
//!
//! A handler never sees the pools: its actor hands out a [`Db<R>`], whose `read` and `write` run a
//! closure inside one transaction that has first become the actor's PostgreSQL role and set the
//! actor's identity (one round trip). The closure receives a [`Tx<R>`]; query functions name the
//! roles that may call them (`fn latest(tx: &mut Tx<Practitioner>)`).
//!
//! Why the details: `BEGIN` goes through Diesel's transaction manager so that a connection in an
//! unknown state never returns to the pool; the role and the identity are `SET LOCAL`, so they end
//! with the transaction; values are typed (an enum, UUIDs), so nothing is interpolated that a person wrote.

mod identity;

use std::{marker::PhantomData, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use diesel::{
    Connection, PgConnection,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    r2d2::{ConnectionManager, CustomizeConnection, Pool, PooledConnection},
};
use scheduled_thread_pool::ScheduledThreadPool;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use uuid::Uuid;

pub use self::identity::{Identity, PgRole};
use super::{
    clock::Clock,
    config::{Config, DatabaseUrl, Environment},
    envelope::{self, Envelope, FoundKeys, Tampered},
    error::AppError,
    live::CHANNEL,
    traces::{Committed, Traces},
};

type PgPool = Pool<ConnectionManager<PgConnection>>;

/// How long a request waits for a connection before it is told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// Threads that open and retire connections, for all pools together: left alone, each pool starts three.
const HELPERS: usize = 3;

/// The connections of one login, and the queue before them.
#[derive(Clone)]
struct Login {
    /// Each role has connections of its own: under row policies PostgreSQL plans a prepared statement
    /// again whenever another role than the last one runs it, which costs more than running it.
    pools: Arc<[(PgRole, PgPool)]>,
    /// How many transactions may be open at a time, in the order in which they were asked for. Without
    /// these turns waiting requests would each block a thread, and overtake one another: under load the
    /// slowest would wait several times as long as the median.
    turns: Arc<Semaphore>,
}

impl Login {
    fn new(
        config: &Config,
        url: &DatabaseUrl,
        defaults: SessionDefaults,
        (roles, helpers): (&[PgRole], &Arc<ScheduledThreadPool>),
    ) -> Self {
        let pool = || {
            Pool::builder()
                .thread_pool(helpers.clone())
                .max_size(config.pool_size)
                .min_idle(Some(0))
                .test_on_check_out(false)
                .connection_timeout(PATIENCE)
                .connection_customizer(Box::new(defaults))
                .error_handler(Box::new(diesel::r2d2::LoggingErrorHandler))
                .build_unchecked(ConnectionManager::<PgConnection>::new(url.expose()))
        };
        Self {
            pools: roles.iter().map(|role| (*role, pool())).collect(),
            turns: Arc::new(Semaphore::new(config.pool_size as usize)),
        }
    }

    fn get(
        &self,
        role: PgRole,
    ) -> Result<PooledConnection<ConnectionManager<PgConnection>>, AppError> {
        let mut pools = self.pools.iter();
        let (_, pool) = pools
            .find(|(of, _)| *of == role)
            .ok_or_else(|| AppError::internal(format!("{role:?} is not of this login")))?;
        Ok(pool.get()?)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, AppError> {
        let waiting = timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        waiting
            .ok()
            .and_then(Result::ok)
            .ok_or_else(|| AppError::Unavailable("every database connection is busy".to_owned()))
    }
}

/// What every connection begins with.
#[derive(Clone, Copy, Debug)]
enum SessionDefaults {
    /// Employees and practitioners: every query is narrowed by somebody's id. Its first plan stays
    /// good, and planning again at each call would cost more than running it. Never one that reads a
    /// table from end to end: it would be the best while the table is empty, and stay when it fills.
    Care,
    /// Lists and reports, whose best plan depends on what is asked.
    Office,
}

impl CustomizeConnection<PgConnection, diesel::r2d2::Error> for SessionDefaults {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), diesel::r2d2::Error> {
        // No page is long enough to gain by compiling its queries; estimates through row policies are
        // high enough to try, at 150 ms a page. Data is in memory or on disks that do not turn: believing
        // that a page elsewhere costs four times the next one, PostgreSQL would rather read a whole index.
        conn.batch_execute(
            "SET timezone = 'UTC'; SET jit = off; SET random_page_cost = 1.1; \
             SET lock_timeout = '10s'; SET statement_timeout = '30s'; \
             SET idle_in_transaction_session_timeout = '30s'",
        )
        .and_then(|()| match self {
            Self::Care => conn.batch_execute(
                "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off",
            ),
            Self::Office => Ok(()),
        })
        .map_err(diesel::r2d2::Error::QueryError)
    }
}

/// The two pools, the clock and the keys; cheap to clone. Private to this module but for opening doors.
#[derive(Clone)]
pub struct Database {
    care: Login,
    office: Login,
    clock: Clock,
    envelope: Arc<Envelope>,
    /// What is on record already, and need not be written again.
    committed: Arc<Committed>,
    /// Whether doors open a transaction in a role: always, but for [`Database::open_bare`].
    scoped: bool,
}

/// Connections of one pool at one moment, for `/metrics`.
#[derive(Clone, Copy, Debug)]
pub struct PoolState {
    /// The login's name.
    pub login: &'static str,
    /// Open connections.
    pub open: u32,
    /// Of which idle.
    pub idle: u32,
}

impl Database {
    /// Opens both pools and the key file; connections are made as they are needed.
    ///
    /// # Errors
    /// A pool that cannot be built, or no key to seal with.
    pub fn open(config: &Config, clock: Clock) -> anyhow::Result<Self> {
        let helpers = Arc::new(
            ScheduledThreadPool::builder()
                .num_threads(HELPERS)
                .thread_name_pattern("db-{}")
                .build(),
        );
        Ok(Self {
            care: Login::new(
                config,
                &config.care_database,
                SessionDefaults::Care,
                (&PgRole::CARE, &helpers),
            ),
            office: Login::new(
                config,
                &config.office_database,
                SessionDefaults::Office,
                (&PgRole::OFFICE, &helpers),
            ),
            clock,
            envelope: Arc::new(Envelope::from_config(config)?),
            committed: Arc::default(),
            scoped: true,
        })
    }

    /// A database whose doors open no transaction and take no role: the benchmark measures against
    /// it what the locks cost. Its login is the owner's, which the serving process need not have.
    ///
    /// # Errors
    /// In production, and as [`Database::open`].
    pub(crate) fn open_bare(
        config: &Config,
        owner: &DatabaseUrl,
        clock: Clock,
    ) -> anyhow::Result<Self> {
        anyhow::ensure!(
            config.environment != Environment::Production,
            "production reaches its data through the locks only"
        );
        let config = Config {
            care_database: owner.clone(),
            office_database: owner.clone(),
            ..config.clone()
        };
        Ok(Self {
            scoped: false,
            ..Self::open(&config, clock)?
        })
    }

    /// A door for an identity. Only extractors and the job runner call this.
    pub(crate) fn door<R>(&self, identity: Identity) -> Db<R> {
        Db {
            database: self.clone(),
            identity,
            role: PhantomData,
        }
    }

    /// Both pools, for the metrics page.
    pub fn pools(&self) -> [PoolState; 2] {
        [("care", &self.care), ("office", &self.office)].map(|(name, login)| {
            let states = login.pools.iter().map(|(_, pool)| pool.state());
            let (open, idle) = states.fold((0, 0), |(open, idle), state| {
                (open + state.connections, idle + state.idle_connections)
            });
            PoolState {
                login: name,
                open,
                idle,
            }
        })
    }

    /// Runs plain statements as the bare login, outside any role: health and start-up checks.
    ///
    /// # Errors
    /// No connection, or the query's error.
    pub(crate) fn probe<T: Send>(
        &self,
        query: impl Fn(&mut PgConnection) -> diesel::QueryResult<T> + Sync,
    ) -> Result<[T; 2], AppError> {
        let run = |login: &Login, role: PgRole| -> Result<T, AppError> {
            Ok(query(&mut *login.get(role)?)?)
        };
        // Side by side: at the start both have to connect first.
        std::thread::scope(|scope| {
            let care = scope.spawn(|| run(&self.care, PgRole::Employee));
            // The connection stays, for what is asked next at a start.
            let office = run(&self.office, PgRole::Worker);
            let care = care
                .join()
                .map_err(|_| AppError::internal("a probe panicked"))?;
            Ok([care?, office?])
        })
    }

    fn login(&self, role: PgRole) -> &Login {
        if role.is_care() {
            &self.care
        } else {
            &self.office
        }
    }
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// To read what needs no trace.
    Read,
    /// To read, and write down that it did.
    Look,
    /// To change something.
    Write,
}

/// A door for the role type `R`.
pub struct Db<R> {
    database: Database,
    identity: Identity,
    role: PhantomData<fn() -> R>,
}

impl<R> Clone for Db<R> {
    fn clone(&self) -> Self {
        self.database.door(self.identity)
    }
}

impl<R: 'static> Db<R> {
    /// Runs `work` in a READ ONLY transaction on a blocking thread.
    ///
    /// # Errors
    /// Whatever `work` answers; a database error, a lost connection or a panic inside it.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<R>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        self.run(Mode::Read, work).await
    }

    /// Runs `work`, which reads what is of other people and records that it did: a page that changes nothing
    /// but leaves its trace, in the very transaction that read. A trace that cannot be written shows nothing.
    /// For a role that leaves none it is [`Db::read`]: screens of both sides share this door.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<R>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let mode = if self.identity.role.leaves_traces() {
            Mode::Look
        } else {
            Mode::Read
        };
        self.run(mode, work).await
    }

    /// Runs `work` in a transaction that commits on `Ok` and rolls back on `Err` or panic.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<R>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        self.run(Mode::Write, work).await
    }

    async fn run<T: Send + 'static>(
        &self,
        mode: Mode,
        work: impl FnOnce(&mut Tx<R>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let door = self.clone();
        let span = tracing::Span::current();
        let turn = self.database.login(self.identity.role).turn().await?;
        tokio::task::spawn_blocking(move || {
            let _entered = span.enter();
            let outcome = door.run_blocking(mode, work);
            // The connection is back in its pool before the next may ask for one.
            drop(turn);
            outcome
        })
        .await
        .map_err(|lost| AppError::internal(format!("a database closure stopped: {lost}")))?
    }

    fn run_blocking<T>(
        &self,
        mode: Mode,
        work: impl FnOnce(&mut Tx<R>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let mut tx = Tx::<R>::begin(&self.database, self.identity, mode)?;
        let outcome = work(&mut tx);
        let tampered = tx.found_keys.take_tampered();
        let outcome = match outcome {
            Ok(value) => tx.commit(mode).map(|()| value),
            Err(error) => {
                // Dropping the transaction rolls it back, and so does a panic's unwinding.
                drop(tx);
                Err(error)
            }
        };
        if !tampered.is_empty() {
            self.report(&tampered);
        }
        outcome
    }

    /// In a transaction of its own: the one in which it was found may read only, or have failed. Whoever
    /// was reading gets the rest of the page all the same.
    fn report(&self, tampered: &[Tampered]) {
        let reported =
            Tx::<R>::begin(&self.database, self.identity, Mode::Write).and_then(|mut tx| {
                envelope::report(&mut tx, tampered)?;
                tx.commit(Mode::Write)
            });
        if let Err(error) = reported {
            tracing::error!(%error, "the security event of a tampered text cannot be written");
        }
    }
}

/// An open transaction in the name of an `R`.
pub struct Tx<R> {
    conn: PooledConnection<ConnectionManager<PgConnection>>,
    identity: Identity,
    now: DateTime<Utc>,
    envelope: Arc<Envelope>,
    found_keys: FoundKeys,
    /// What is told to the open sockets of every process once this is committed.
    news: Vec<String>,
    /// What it read or changed of other people.
    traces: Traces,
    committed: Arc<Committed>,
    open: bool,
    role: PhantomData<fn() -> R>,
}

impl<R> Tx<R> {
    fn begin(database: &Database, identity: Identity, mode: Mode) -> Result<Self, AppError> {
        let mut conn = database.login(identity.role).get(identity.role)?;
        if database.scoped
            && let Err(error) = AnsiTransactionManager::begin_transaction_sql(
                &mut *conn,
                &identity.opening(mode == Mode::Read),
            )
        {
            // The batch may have failed after its BEGIN: Diesel does not know of that transaction.
            // On a connection that is gone this fails too, and the pool discards it as broken.
            let _ = conn.batch_execute("ROLLBACK");
            return Err(error.into());
        }
        Ok(Self {
            conn,
            identity,
            now: database.clock.now(),
            envelope: database.envelope.clone(),
            found_keys: FoundKeys::default(),
            news: Vec::new(),
            traces: Traces::default(),
            committed: database.committed.clone(),
            open: database.scoped,
            role: PhantomData,
        })
    }

    /// PostgreSQL answers the COMMIT of a transaction in which a statement failed with a quiet
    /// rollback; a statement before it, in the same round trip, fails aloud: the cheapest, for there is
    /// nothing to close. Where nothing was written but traces there is nothing to lose.
    fn commit(mut self, mode: Mode) -> Result<(), AppError> {
        let mut traces = std::mem::take(&mut self.traces);
        if !traces.is_empty() {
            if mode == Mode::Read {
                return Err(AppError::internal("what is read of others needs Db::look"));
            }
            traces = self
                .committed
                .without_known(traces, &self.identity, self.now);
            traces.write(&mut self.conn, self.now)?;
        }
        let ending = match (self.news.is_empty(), mode) {
            (true, Mode::Read | Mode::Look) => "COMMIT",
            (true, Mode::Write) => "CLOSE ALL; COMMIT",
            (false, _) => &telling(&self.news),
        };
        self.conn.batch_execute(ending)?;
        self.open = false;
        if !traces.is_empty() {
            self.committed.remember(&traces, &self.identity, self.now);
        }
        Ok(())
    }

    /// Has this told to every open socket by the COMMIT itself; through [`super::live::notify`].
    pub(in crate::infra) fn tell(&mut self, payload: String) {
        self.news.push(payload);
    }

    /// Has it recorded, by this transaction's last statement, that something of this person was read or
    /// changed; through `privacy::access`.
    pub(crate) fn trace_person(&mut self, id: Uuid, what: &'static str) {
        self.traces.of_person(id, what);
    }

    /// As [`Tx::trace_person`], of the employee of a consultation that the role sees.
    pub(crate) fn trace_consultation(&mut self, id: Uuid, what: &'static str) {
        self.traces.of_consultation(id, what);
    }

    /// The connection; for `queries.rs` files only.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.conn
    }

    /// The moment the transaction began, by the injected clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// What seals and opens confidential texts, and where it looks for keys; reached through `Tx::seal`
    /// and `Tx::open`.
    pub(in crate::infra) fn envelope(&mut self) -> (&Envelope, &mut PgConnection, &mut FoundKeys) {
        (&self.envelope, &mut self.conn, &mut self.found_keys)
    }

    /// The identified person.
    ///
    /// # Errors
    /// Refused for an anonymous visitor or a job.
    pub fn user_id(&self) -> Result<Uuid, AppError> {
        self.identity.user_id.ok_or(AppError::Forbidden)
    }

    /// The person's company.
    ///
    /// # Errors
    /// Refused for people without one.
    pub fn company_id(&self) -> Result<Uuid, AppError> {
        self.identity.company_id.ok_or(AppError::Forbidden)
    }

    /// The role as the audit trail writes it.
    pub fn role(&self) -> PgRole {
        self.identity.role
    }

    /// Runs `work` under a savepoint: the way to handle a database error without losing the rest.
    ///
    /// # Errors
    /// What `work` answers, its changes undone.
    pub fn savepoint<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        AnsiTransactionManager::begin_transaction(&mut *self.conn)?;
        let (told, traced) = (self.news.len(), self.traces.mark());
        match work(self) {
            Ok(value) => {
                AnsiTransactionManager::commit_transaction(&mut *self.conn)?;
                Ok(value)
            }
            Err(error) => {
                AnsiTransactionManager::rollback_transaction(&mut *self.conn)?;
                self.news.truncate(told);
                self.traces.return_to(traced);
                // One of them may have been made here, and be gone.
                self.found_keys = FoundKeys::default();
                Err(error)
            }
        }
    }
}

/// A COMMIT that tells these. Payloads are ids and words of our own: nothing in them needs quoting.
fn telling(news: &[String]) -> String {
    let calls: Vec<String> = news
        .iter()
        .map(|payload| format!("pg_notify('{CHANNEL}', '{payload}')"))
        .collect();
    format!("SELECT {}; COMMIT", calls.join(", "))
}

impl<R> Drop for Tx<R> {
    fn drop(&mut self) {
        if self.open
            && let Err(error) = AnsiTransactionManager::rollback_transaction(&mut *self.conn)
        {
            // The manager marks the connection broken; the pool then closes it.
            tracing::warn!(%error, "a transaction could not be rolled back");
        }
    }
}

/// A connection of its own as the owner, for migrations and seeds.
///
/// # Errors
/// No connection.
pub fn connect_owner(url: &DatabaseUrl) -> anyhow::Result<PgConnection> {
    use anyhow::Context as _;
    let mut conn = PgConnection::establish(url.expose())
        .context("cannot reach the database at DATABASE_URL")?;
    conn.batch_execute("SET timezone = 'UTC'")?;
    Ok(conn)
}

/// Shared by the server and its jobs.
pub type SharedDatabase = Arc<Database>;
