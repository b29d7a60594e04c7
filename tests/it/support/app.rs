//! The real application on its own database, its own clock and its own port.

use std::{
    cell::{Cell, RefCell, RefMut},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    rc::Rc,
    thread,
};

use actix_web::{App as ActixApp, HttpServer, Scope, dev::ServerHandle, middleware::from_fn, web};
use chrono::{DateTime, Utc};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{BigInt, Nullable, Text},
};
use huntzen::{
    auth::password::PasswordHasher,
    infra::{
        app::App,
        clock::Clock,
        config::{
            CARE_LOGIN, Config, DatabaseUrl, Environment, Ice, KeySource, MailTransport,
            OFFICE_LOGIN,
        },
        crypto::KeyRing,
        db::Database,
        mailer::Mailer,
        session, shell,
        telemetry::{self, RequestSpan},
    },
    routes::{self, RouteTable},
    server,
};
use secrecy::SecretString;
use tracing_actix_web::TracingLogger;

use super::{client::Client, cluster::Cluster, statements};

/// Friday 20 March 2026, 10:00 in Paris: nine days before the clocks change.
pub const NOW: &str = "2026-03-20T09:00:00Z";

/// How a test's application differs from the usual one.
pub struct Setup {
    /// Changes to the configuration.
    pub configure: fn(&mut Config),
    /// Extra routes under the application's own middlewares.
    pub probes: Option<fn() -> Scope>,
    /// Threads on which database closures run.
    pub blocking_threads: usize,
    /// Stands still at [`NOW`] unless a test needs another.
    pub clock: Clock,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            configure: |_| {},
            probes: None,
            blocking_threads: 16,
            clock: Clock::fixed(NOW.parse().expect("a date")),
        }
    }
}

/// The application under test. Clones are the same application.
#[derive(Clone)]
pub struct TestApp(Rc<Running>);

/// The parts of a [`TestApp`].
pub struct Running {
    /// Moves only when a test advances it.
    pub clock: Clock,
    /// The server's own shared parts.
    pub shared: web::Data<App>,
    /// Keeps what jobs send: see [`TestApp::mails`].
    pub mailer: Mailer,
    /// Counts the work of signing in.
    pub hasher: PasswordHasher,
    /// Its keys, to make cookies and tokens like the server's.
    pub keys: KeyRing,
    /// Every mounted route.
    pub routes: RouteTable,
    /// The clone's name.
    pub database: String,
    address: SocketAddr,
    owner: RefCell<PgConnection>,
    counter: Cell<u32>,
    server: ServerHandle,
    server_thread: Option<thread::JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // Sent at once; the server's own thread ends by itself.
        drop(self.server.stop(false));
        if let Some(thread) = self.server_thread.take() {
            Cluster::shared().discard(std::mem::take(&mut self.database), thread);
        }
    }
}

impl std::ops::Deref for TestApp {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.0
    }
}

impl TestApp {
    /// Starts the application on a fresh clone.
    pub async fn start() -> Self {
        Self::start_with(Setup::default()).await
    }

    /// As [`TestApp::start`], set up differently.
    pub async fn start_with(setup: Setup) -> Self {
        logs();
        statements::watch();
        telemetry::metrics();
        let cluster = Cluster::shared();
        let database = cluster.clone_template();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("the port");
        let mut config = config_for(&cluster.url_of(&database), address);
        (setup.configure)(&mut config);
        let clock = setup.clock.clone();
        let keys = App::keys(&config.session_secret).expect("a long secret");
        let mailer = Mailer::in_memory(&config, clock.clone()).expect("a sender's address");
        let pools = Database::open(&config, clock.clone()).expect("the pools");
        let shared = App::new(config, pools, clock.clone(), routes::navigation)
            .expect("the application data");
        let mut routes = RouteTable::default();
        drop(routes::mount(&mut routes, &shared));
        let hasher = PasswordHasher::new(2);
        let (server, server_thread) = serve(listener, shared.clone(), hasher.clone(), setup).await;
        Self(Rc::new(Running {
            clock,
            shared,
            hasher,
            mailer,
            keys,
            routes,
            owner: RefCell::new(cluster.connect(&database)),
            database,
            address,
            counter: Cell::new(0),
            server,
            server_thread: Some(server_thread),
        }))
    }

    /// A browser that has not been here before.
    pub fn client(&self) -> Client {
        Client::new(self)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where a browser finds it.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.shared.config.public_url)
    }

    /// Now, for the application.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The owner's connection, to arrange and to look. Row policies do not bind it.
    /// Never held over an `.await`.
    pub fn owner(&self) -> RefMut<'_, PgConnection> {
        self.owner.borrow_mut()
    }

    /// Runs statements as the owner.
    pub fn sql(&self, statements: &str) {
        self.owner()
            .batch_execute(statements)
            .unwrap_or_else(|error| panic!("{error}\nin: {statements}"));
    }

    /// Runs a statement that must fail, as the owner: what refused it, and why.
    pub fn refuses(&self, statement: &str) -> String {
        let refused = sql_query(statement).execute(&mut *self.owner());
        match refused {
            Err(diesel::result::Error::DatabaseError(_, info)) => format!(
                "{}: {}",
                info.constraint_name().unwrap_or_default(),
                info.message()
            ),
            other => panic!("{other:?}: {statement}"),
        }
    }

    /// The whole number that a query answers, as the owner.
    pub fn count(&self, query: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            value: i64,
        }
        sql_query(format!("SELECT ({query})::bigint AS value"))
            .get_result::<Row>(&mut *self.owner())
            .unwrap_or_else(|error| panic!("{error}\nin: {query}"))
            .value
    }

    /// The text that a query answers, as the owner; `None` for no row or NULL.
    pub fn text(&self, query: &str) -> Option<String> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Nullable<Text>)]
            value: Option<String>,
        }
        sql_query(format!("SELECT ({query})::text AS value"))
            .get_result::<Row>(&mut *self.owner())
            .unwrap_or_else(|error| panic!("{error}\nin: {query}"))
            .value
    }

    /// How many rows of all tables hold a text: in clear, in hexadecimal or in base64.
    pub fn rows_holding(&self, text: &str) -> i64 {
        let tables = self
            .text(&format!(
                "SELECT string_agg(format('SELECT count(*) AS n FROM %I x WHERE x::text LIKE ''%%{text}%%''
                                           OR x::text LIKE ''%%%s%%'' OR x::text LIKE ''%%%s%%''', relname,
                                          encode('{text}', 'hex'), rtrim(encode('{text}', 'base64'), '=')), ' UNION ALL ')
                 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            ))
            .expect("tables");
        self.count(&format!("SELECT sum(n) FROM ({tables}) t"))
    }

    /// The address of its database for a login.
    pub fn login_url(&self, login: &str) -> DatabaseUrl {
        login_url(&Cluster::shared().url_of(&self.database), login)
    }

    /// Takes the database away from the application, as a failing server would.
    pub fn lose_database(&self) {
        Cluster::shared().close(&self.database);
    }

    /// 1, 2, 3: for names that must differ.
    pub fn next_number(&self) -> u32 {
        self.counter.set(self.counter.get() + 1);
        self.counter.get()
    }
}

fn login_url(owner: &DatabaseUrl, login: &str) -> DatabaseUrl {
    owner
        .with_login(login, None)
        .expect("TEST_DATABASE_URL is a postgres:// URL")
}

/// The configuration of a test's application on a database.
pub fn config_for(owner: &DatabaseUrl, address: SocketAddr) -> Config {
    Config {
        environment: Environment::Test,
        bind: address.to_string(),
        public_url: format!("http://localhost:{}", address.port()),
        owner_database: None,
        care_database: login_url(owner, CARE_LOGIN),
        office_database: login_url(owner, OFFICE_LOGIN),
        pool_size: 6,
        workers: 1,
        session_secret: SecretString::from(
            "a secret of the tests, long enough to be one, and no other: 0123456789",
        ),
        kek: KeySource::Value(SecretString::from(
            "dGVzdHMgZW5jcnlwdCB3aXRoIHRoaXMga2V5LCBvaz8=",
        )),
        mail: MailTransport::Folder(PathBuf::from("/nonexistent")),
        mail_from: "HuntZen Care <bonjour@huntzen.example>".to_owned(),
        mail_from_discreet: None,
        runs_jobs: true,
        trusted_proxy: false,
        chat_retention_days: 365,
        notes_retention_years: 20,
        key_ledger: None,
        metrics_token: None,
        jitsi: None,
        ice: Ice::default(),
    }
}

/// Serves on a thread of its own, as the process would; ready when this returns.
async fn serve(
    listener: TcpListener,
    shared: web::Data<App>,
    hasher: PasswordHasher,
    setup: Setup,
) -> (ServerHandle, thread::JoinHandle<()>) {
    let (started, handle) = tokio::sync::oneshot::channel();
    let hasher = web::Data::new(hasher);
    let thread = thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                let app = ActixApp::new();
                let app = match setup.probes {
                    None => app.configure(|service| {
                        server::mount(service, &shared, &hasher);
                    }),
                    Some(probes) => {
                        app.configure(|service| mount_with(service, &shared, &hasher, probes()))
                    }
                };
                app.wrap(from_fn(telemetry::observe))
                    .wrap(TracingLogger::<RequestSpan>::new())
            })
            .workers(1)
            .worker_max_blocking_threads(setup.blocking_threads)
            .shutdown_timeout(1)
            .disable_signals()
            .listen(listener)
            .expect("the listener is open")
            .run();
            if started.send(server.handle()).is_ok() {
                server.await.expect("the server runs until it is stopped");
            }
        });
    });
    (handle.await.expect("the server starts"), thread)
}

/// The application with a test's own routes before it, under the same middlewares.
fn mount_with(
    service: &mut web::ServiceConfig,
    shared: &web::Data<App>,
    hasher: &web::Data<PasswordHasher>,
    probes: Scope,
) {
    let keys = App::keys(&shared.config.session_secret).expect("a long secret");
    service.app_data(shared.clone());
    service.app_data(hasher.clone());
    service.service(
        web::scope("")
            .service(probes)
            .service(routes::mount(&mut RouteTable::default(), shared))
            .wrap(session::middleware(shared, &keys))
            .wrap(from_fn(shell::wrap)),
    );
}

/// `RUST_LOG=huntzen=debug bin/test name -- --nocapture` shows what the server logs.
fn logs() {
    if std::env::var_os("RUST_LOG").is_some() {
        // Set by the first test of the binary.
        let _ = tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
            .with_test_writer()
            .try_init();
    }
}
