//! The PostgreSQL server of a run: one migrated template database, one clone per test.
//!
//! Databases are named after the run, which holds an advisory lock for as long as its process
//! lives: several runs share a server. A thread beside the tests drops a clone once its test is
//! over, and what runs that are over left behind; a drop may take longer than a test.

use std::{
    env,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
};

use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _, sql_query, sql_types::Text,
};
use huntzen::infra::{
    config::DatabaseUrl,
    migrate::{self, LoginPasswords},
};
use uuid::Uuid;

/// The server, with this run's template.
pub struct Cluster {
    url: String,
    run: String,
    next: AtomicU32,
    /// Creates the clones, and holds the run's lock.
    conn: Mutex<PgConnection>,
    /// To the thread that drops databases.
    discarded: mpsc::Sender<Discarded>,
}

/// A database that nobody needs any more, once this server has stopped.
struct Discarded {
    database: String,
    server: thread::JoinHandle<()>,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

impl Cluster {
    /// The server named by `TEST_DATABASE_URL`, prepared at the first call.
    pub fn shared() -> &'static Self {
        static CLUSTER: OnceLock<Cluster> = OnceLock::new();
        CLUSTER.get_or_init(Self::prepare)
    }

    fn prepare() -> Self {
        let url = env::var("TEST_DATABASE_URL").unwrap_or_else(|_| {
            panic!("TEST_DATABASE_URL is not set: bin/test starts a throwaway cluster and sets it")
        });
        let mut conn = PgConnection::establish(&url)
            .unwrap_or_else(|error| panic!("no server at TEST_DATABASE_URL: {error}"));
        let run = Uuid::new_v4().simple().to_string()[..12].to_owned();
        run_sql(
            &mut conn,
            &format!("SELECT pg_advisory_lock(hashtext('hz_test_{run}'))"),
        );
        let (discarded, to_drop) = mpsc::channel();
        let cluster = Self {
            url,
            run,
            next: AtomicU32::new(0),
            conn: Mutex::new(conn),
            discarded,
        };
        let (url, own_run) = (cluster.url.clone(), cluster.run.clone());
        thread::spawn(move || clean_up(&url, &own_run, &to_drop));
        let template = cluster.name("template");
        cluster.run(&format!("CREATE DATABASE {template}"));
        cluster.migrate(&template);
        cluster
    }

    /// Migrates a database of this run. Roles belong to the whole server: one run at a time.
    pub fn migrate(&self, database: &str) {
        self.run("SELECT pg_advisory_lock(hashtext('huntzen.tests.migrate'))");
        let migrated = migrate::migrate(&mut self.connect(database), &LoginPasswords::default());
        self.run("SELECT pg_advisory_unlock(hashtext('huntzen.tests.migrate'))");
        migrated.expect("the migrations run on an empty database");
    }

    /// A migrated database of one's own; its name.
    pub fn clone_template(&self) -> String {
        let name = self.empty_name();
        // Without fsync, copying files costs half of writing each page to the log.
        self.run(&format!(
            "CREATE DATABASE {name} TEMPLATE {} STRATEGY file_copy",
            self.name("template")
        ));
        name
    }

    /// Gives a clone back, with the thread of the server that used it.
    pub fn discard(&self, database: String, server: thread::JoinHandle<()>) {
        // The thread is gone when the server was out of reach: the next run cleans up.
        let _ = self.discarded.send(Discarded { database, server });
    }

    /// A database with nothing in it; its name.
    pub fn empty_database(&self) -> String {
        let name = self.empty_name();
        self.run(&format!("CREATE DATABASE {name}"));
        name
    }

    /// Lets nobody in any more, and throws out who is.
    pub fn close(&self, database: &str) {
        self.run(&format!(
            "ALTER DATABASE {database} ALLOW_CONNECTIONS false;
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
        ));
    }

    /// The address of a database, as the owner.
    pub fn url_of(&self, database: &str) -> DatabaseUrl {
        let (server, parameters) = match self.url.split_once('?') {
            Some((server, parameters)) => (server, format!("?{parameters}")),
            None => (self.url.as_str(), String::new()),
        };
        let (server, _) = server
            .rsplit_once('/')
            .expect("TEST_DATABASE_URL is postgres://user@host/database");
        DatabaseUrl::new(format!("{server}/{database}{parameters}"))
    }

    /// A connection as the owner.
    pub fn connect(&self, database: &str) -> PgConnection {
        let mut conn = PgConnection::establish(self.url_of(database).expose())
            .expect("the owner connects to a test database");
        run_sql(&mut conn, "SET timezone = 'UTC'");
        conn
    }

    fn name(&self, suffix: impl std::fmt::Display) -> String {
        format!("hz_test_{}_{suffix}", self.run)
    }

    fn empty_name(&self) -> String {
        self.name(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn run(&self, sql: &str) {
        run_sql(
            &mut self.conn.lock().unwrap_or_else(PoisonError::into_inner),
            sql,
        );
    }
}

fn clean_up(url: &str, own_run: &str, to_drop: &mpsc::Receiver<Discarded>) {
    let Ok(mut conn) = PgConnection::establish(url) else {
        return;
    };
    // Nobody holds the lock of a run that is over.
    let left_over = sql_query(
        "SELECT datname::text AS name FROM pg_database
         WHERE datname LIKE 'hz\\_test\\_%' AND split_part(datname, '_', 3) <> $1
           AND pg_try_advisory_xact_lock(hashtext('hz_test_' || split_part(datname, '_', 3)))",
    )
    .bind::<Text, _>(own_run)
    .load::<Name>(&mut conn)
    .unwrap_or_default();
    // Other runs may be at it too, so a failure means nothing.
    let mut drop_database = |name: &str| {
        let _ = conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    };
    for Name { name } in left_over {
        drop_database(&name);
    }
    for Discarded { database, server } in to_drop {
        if server.join().is_ok() {
            drop_database(&database);
        }
    }
}

fn run_sql(conn: &mut PgConnection, sql: &str) {
    conn.batch_execute(sql)
        .unwrap_or_else(|error| panic!("{error}\nin: {sql}"));
}
