//! The application under measure: this very program, serving on a free loopback port.

use std::{
    fs::{self, File},
    io::Read as _,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

use super::{
    http::{Request, Visitor},
    process,
};
use crate::infra::config::Config;

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// As the image has it (Dockerfile).
const TUNABLES: &str = "glibc.malloc.tcache_count=2";

/// A running `huntzen serve`; killed when dropped.
pub(super) struct Server {
    child: Child,
    pub(super) port: u16,
    /// From the start of the process to the end of its first answer.
    pub(super) first_answer: Duration,
    folder: PathBuf,
}

impl Server {
    pub(super) async fn start(config: &Config) -> anyhow::Result<Self> {
        Self::working(config, true).await
    }

    /// One that leaves the mails and the recurring work to others.
    pub(super) async fn start_without_jobs(config: &Config) -> anyhow::Result<Self> {
        Self::working(config, false).await
    }

    async fn working(config: &Config, runs_jobs: bool) -> anyhow::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder =
            std::env::temp_dir().join(format!("huntzen-bench-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let log = File::create(folder.join("server.log"))?;
        let owner = config
            .owner_database
            .as_ref()
            .context("DATABASE_URL: missing")?;
        let begun = Instant::now();
        let child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .env("HUNTZEN_ENV", "test")
            .env("BIND", format!("127.0.0.1:{port}"))
            .env("PUBLIC_URL", format!("http://localhost:{port}"))
            .env("DATABASE_URL", owner.expose())
            .env("DATABASE_CARE_URL", config.care_database.expose())
            .env("DATABASE_OFFICE_URL", config.office_database.expose())
            .env("BACKGROUND_JOBS", runs_jobs.to_string())
            .env("MAILBOX_DIR", folder.join("mailbox"))
            .env("GLIBC_TUNABLES", TUNABLES)
            .env_remove("SMTP_URL")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("the server cannot be started")?;
        let mut server = Self {
            child,
            port,
            first_answer: Duration::ZERO,
            folder,
        };
        server.wait(begun).await?;
        server.first_answer = begun.elapsed();
        Ok(server)
    }

    async fn wait(&mut self, begun: Instant) -> anyhow::Result<()> {
        let request = Request::get("/healthz");
        loop {
            if let Ok(answer) = Visitor::new(self.port).exchange(&request).await
                && answer.status == 200
            {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended at its start ({status}):\n{}", self.log());
            }
            if begun.elapsed() > PATIENCE {
                bail!("the server does not answer:\n{}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// What the server said.
    pub(super) fn log(&self) -> String {
        let mut text = String::new();
        // Best effort: it explains another error.
        let _ = File::open(self.folder.join("server.log"))
            .and_then(|file| file.take(64 * 1024).read_to_string(&mut text));
        text
    }

    /// The times to the first answer of several starts, shortest first.
    pub(super) async fn starts(config: &Config, count: usize) -> anyhow::Result<Vec<Duration>> {
        let mut times = Vec::with_capacity(count);
        for _ in 0..count {
            times.push(Self::start(config).await?.first_answer);
        }
        times.sort_unstable();
        Ok(times)
    }

    /// Processor time so far.
    pub(super) fn cpu(&self) -> anyhow::Result<Duration> {
        process::cpu_of(self.child.id())
    }

    /// Proportional memory in bytes.
    pub(super) fn memory(&self) -> anyhow::Result<u64> {
        process::memory_of(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ours, and started by us: it holds nothing that a kill could lose.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
