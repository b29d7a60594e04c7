//! A real `huntzen serve` beside the test's own server, on the same database and with the same secrets.

use std::{
    env,
    ffi::OsString,
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use huntzen::infra::config::{CARE_LOGIN, KEYS_LOGIN, KeySource, OFFICE_LOGIN};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::TestApp;

/// Between two looks at what happens elsewhere.
pub const PAUSE: Duration = Duration::from_millis(5);

/// The process; killed when dropped. Its clock is the system's.
pub struct Server {
    /// Our child.
    pub process: Child,
    /// Where it listens.
    pub address: SocketAddr,
    folder: PathBuf,
}

impl Server {
    /// Ready when this returns.
    pub async fn start(app: &TestApp) -> Self {
        Self::start_with(app, false).await
    }

    /// As [`Server::start`], and everything that it can log is in [`Server::log`].
    pub async fn start_logging(app: &TestApp) -> Self {
        Self::start_with(app, true).await
    }

    /// Where it runs, with its mails.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What it logged.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    async fn start_with(app: &TestApp, logging: bool) -> Self {
        let address = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port");
        let folder = env::temp_dir().join(format!("huntzen-process-{}", Uuid::new_v4().simple()));
        fs::create_dir_all(&folder).expect("a folder for its mails");
        let (kek, unset, value) = kek_of(app);
        let output = || match logging {
            false => Stdio::null(),
            true => fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(folder.join("log"))
                .expect("a log")
                .into(),
        };
        let process = Command::new(env!("CARGO_BIN_EXE_huntzen"))
            .arg("serve")
            .current_dir(&folder)
            .env("HUNTZEN_ENV", "test")
            .env("BIND", address.to_string())
            .env("PUBLIC_URL", format!("http://localhost:{}", address.port()))
            .env("DATABASE_CARE_URL", app.login_url(CARE_LOGIN).expose())
            .env("DATABASE_OFFICE_URL", app.login_url(OFFICE_LOGIN).expose())
            .env_remove("DATABASE_URL")
            .env(
                "SESSION_SECRET",
                app.shared.config.session_secret.expose_secret(),
            )
            .env("MAILBOX_DIR", folder.join("mailbox"))
            .env(kek, value)
            .env_remove(unset)
            .env_remove("SMTP_URL")
            .stdin(Stdio::null())
            .env("RUST_LOG", if logging { "trace" } else { "info" })
            .stdout(output())
            .stderr(output())
            .spawn()
            .expect("the server starts");
        let mut server = Self {
            process,
            address,
            folder,
        };
        server.is_ready(app).await;
        server
    }

    async fn is_ready(&mut self, app: &TestApp) {
        let visitor = app.client().at(self.address);
        while visitor.try_post("/login", &[]).await.is_none() {
            let ended = self.process.try_wait().expect("it is our child");
            assert!(ended.is_none(), "the server ended: {ended:?}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// SIGKILL: no handler runs, no buffer is flushed.
    pub fn kill(&mut self) {
        self.process.kill().expect("the server is killed");
        self.process.wait().expect("it is gone");
    }
}

/// The variable that gives a process the application's keys, the one that must not be set, and its value.
fn kek_of(app: &TestApp) -> (&'static str, &'static str, OsString) {
    match &app.shared.config.kek {
        KeySource::Value(keys) => ("KEK", "KEK_FILE", keys.expose_secret().into()),
        KeySource::File(path) => ("KEK_FILE", "KEK", path.into()),
        other => panic!("keys of this machine: {other:?}"),
    }
}

/// `huntzen keys …` on the application's database, with its keys: what it says, or its complaint.
///
/// # Errors
/// What it wrote before it failed.
pub fn keys_command(app: &TestApp, words: &[&str]) -> Result<String, String> {
    let (kek, unset, value) = kek_of(app);
    let output = Command::new(env!("CARGO_BIN_EXE_huntzen"))
        .arg("keys")
        .args(words)
        .current_dir(env::temp_dir())
        .env("HUNTZEN_ENV", "test")
        .env("DATABASE_KEYS_URL", app.login_url(KEYS_LOGIN).expose())
        .env_remove("DATABASE_URL")
        .env(kek, value)
        .env_remove(unset)
        .output()
        .expect("the command runs");
    let said = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    match output.status.success() {
        true => Ok(said(output.stdout)),
        false => Err(said(output.stdout) + &said(output.stderr)),
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Killed already, as a rule.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
