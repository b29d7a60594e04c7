//! How the process and its machine are, for whoever operates them.

use chrono::{DateTime, Utc};
use sysinfo::{
    Disks, MemoryRefreshKind, ProcessRefreshKind, ProcessesToUpdate, RefreshKind, System,
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

/// Looks. Blocks for a few milliseconds: not for an async thread.
pub fn look(app: &App) -> SystemState {
    SystemState {
        version: env!("CARGO_PKG_VERSION"),
        started_at: app.started_at,
        schema_is_current: app
            .database
            .probe(migrate::is_current)
            .ok()
            .map(|current| current == [true, true]),
        pools: app.database.pools(),
        pool_size: app.config.pool_size,
        memory: memory(),
        volume: volume(),
    }
}

fn memory() -> Option<Memory> {
    let ram = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let mut system = System::new_with_specifics(ram).ok()?;
    let own = sysinfo::get_current_pid().ok()?;
    system.refresh_processes_specifics(
        ProcessesToUpdate::Some(&[own]),
        false,
        ProcessRefreshKind::nothing().with_memory(),
    );
    Some(Memory {
        process: system.process(own)?.memory(),
        used: system.used_memory(),
        total: system.total_memory(),
    })
}

/// The volume of the working directory: the longest mount point it is under.
fn volume() -> Option<Volume> {
    let here = std::env::current_dir().ok()?;
    let disks = Disks::new_with_refreshed_list().ok()?;
    let disk = disks
        .iter()
        .filter(|disk| here.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())?;
    Some(Volume {
        mount: disk.mount_point().display().to_string(),
        used: disk.total_space().saturating_sub(disk.available_space()),
        total: disk.total_space(),
    })
}
