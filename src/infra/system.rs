//! How the process and its machine are, for whoever operates them.

use std::sync::PoisonError;

use chrono::{DateTime, TimeDelta, Utc};
use sysinfo::{
    Disk, DiskRefreshKind, Disks, MemoryRefreshKind, Pid, ProcessRefreshKind, ProcessesToUpdate,
    System,
};

use super::{app::App, db::PoolState, migrate};

/// A volume.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Where it is mounted.
    pub mount: String,
    /// Bytes in use.
    pub used: u64,
    /// Bytes in all.
    pub total: u64,
}

/// Memory, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Resident, of this process.
    pub process: u64,
    /// In use on the machine.
    pub used: u64,
    /// Of the machine.
    pub total: u64,
}

/// One moment of the process and its machine.
#[derive(Clone, Debug)]
pub struct SystemState {
    /// The build's version.
    pub version: &'static str,
    /// When the process started.
    pub started_at: DateTime<Utc>,
    /// Whether the schema is this build's; `None` when a login cannot say.
    pub schema_is_current: Option<bool>,
    /// Both pools, and how many connections each may open.
    pub pools: [PoolState; 2],
    /// See [`Config::pool_size`](super::config::Config::pool_size).
    pub pool_size: u32,
    /// Memory, where the system tells.
    pub memory: Option<Memory>,
    /// The volume that holds the working directory, when it can be told.
    pub volume: Option<Volume>,
}

impl SystemState {
    fn new(app: &App, reading: &Reading) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            started_at: app.started_at,
            schema_is_current: reading.schema_is_current,
            pools: app.database.pools(),
            pool_size: app.config.pool_size,
            memory: reading.memory,
            volume: reading.volume.clone(),
        }
    }
}

/// Looks. Blocks for a few milliseconds: not for an async thread. Everything but the pools may be
/// [`FRESH`] old.
pub fn look(app: &App) -> SystemState {
    if let Some(known) = glance(app) {
        return known;
    }
    let schema_is_current = app
        .database
        .probe(migrate::is_current)
        .ok()
        .map(|current| current == [true, true]);
    let mut machine = app.machine.lock().unwrap_or_else(PoisonError::into_inner);
    SystemState::new(app, machine.read(app.clock.now(), schema_is_current))
}

/// The state that was seen within [`FRESH`], if it was: nothing is asked and nobody waits.
pub fn glance(app: &App) -> Option<SystemState> {
    let machine = app.machine.try_lock().ok()?;
    let reading = machine.fresh(app.clock.now())?;
    Some(SystemState::new(app, reading))
}

/// How long a reading stands for the next ones.
const FRESH: TimeDelta = TimeDelta::seconds(1);

/// What was last read: finding the process and its volume costs more than a page.
#[derive(Default)]
pub struct Machine {
    probe: Option<Probe>,
    read_at: Option<DateTime<Utc>>,
    reading: Reading,
}

#[derive(Default)]
struct Reading {
    schema_is_current: Option<bool>,
    memory: Option<Memory>,
    volume: Option<Volume>,
}

impl Machine {
    fn fresh(&self, now: DateTime<Utc>) -> Option<&Reading> {
        let age = now - self.read_at?;
        // A clock set back makes a reading stale rather than eternal.
        (TimeDelta::zero() <= age && age < FRESH).then_some(&self.reading)
    }

    fn read(&mut self, now: DateTime<Utc>, schema_is_current: Option<bool>) -> &Reading {
        if self.probe.is_none() {
            self.probe = Probe::find();
        }
        self.reading = Reading {
            schema_is_current,
            memory: self.probe.as_mut().and_then(Probe::memory),
            volume: self.probe.as_mut().and_then(Probe::volume),
        };
        self.read_at = Some(now);
        &self.reading
    }
}

/// What is asked of the system, once found.
struct Probe {
    system: System,
    own: Pid,
    disk: Option<Disk>,
}

impl Probe {
    fn find() -> Option<Self> {
        Some(Self {
            system: System::new().ok()?,
            own: sysinfo::get_current_pid().ok()?,
            disk: own_disk(),
        })
    }

    fn memory(&mut self) -> Option<Memory> {
        let ram = MemoryRefreshKind::nothing().with_ram();
        self.system.refresh_memory_specifics(ram);
        self.system.refresh_processes_specifics(
            ProcessesToUpdate::Some(&[self.own]),
            false,
            ProcessRefreshKind::nothing().with_memory(),
        );
        Some(Memory {
            process: self.system.process(self.own)?.memory(),
            used: self.system.used_memory(),
            total: self.system.total_memory(),
        })
    }

    fn volume(&mut self) -> Option<Volume> {
        let disk = self.disk.as_mut()?;
        disk.refresh_specifics(DiskRefreshKind::nothing().with_storage());
        Some(Volume {
            mount: disk.mount_point().display().to_string(),
            used: disk.total_space().saturating_sub(disk.available_space()),
            total: disk.total_space(),
        })
    }
}

/// The volume of the working directory: the longest mount point it is under.
fn own_disk() -> Option<Disk> {
    let here = std::env::current_dir().ok()?;
    let disks = Disks::new_with_refreshed_list().ok()?;
    Vec::from(disks)
        .into_iter()
        .filter(|disk| here.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())
}
