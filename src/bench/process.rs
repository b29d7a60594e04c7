//! What a process has used, from `/proc` (proc(5)): processor time and memory.

use std::{collections::HashSet, fs, io, time::Duration};

use anyhow::Context as _;
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Bool, Integer},
};

/// The unit of /proc/PID/stat on Linux, whatever the kernel's own tick (USER_HZ).
const TICKS_A_SECOND: u64 = 100;

/// The fields of /proc/PID/stat that count here.
struct Stat {
    name: String,
    parent: u32,
    /// User and system time of the process and its threads.
    own: u64,
    /// The same of its children that have ended.
    ended_children: u64,
}

fn stat(pid: u32) -> io::Result<Stat> {
    parse_stat(&fs::read_to_string(format!("/proc/{pid}/stat"))?)
        .ok_or_else(|| io::Error::other("an unreadable /proc/PID/stat"))
}

fn parse_stat(text: &str) -> Option<Stat> {
    // The name is in parentheses and may hold anything, parentheses included.
    let (head, tail) = text.rsplit_once(')')?;
    let (_, name) = head.split_once('(')?;
    let fields: Vec<&str> = tail.split_ascii_whitespace().collect();
    // proc(5) counts from 1 with the state as field 3.
    let ticks = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
    Some(Stat {
        name: name.to_owned(),
        parent: fields.get(1)?.parse().ok()?,
        own: ticks(14)? + ticks(15)?,
        ended_children: ticks(16)? + ticks(17)?,
    })
}

fn duration(ticks: u64) -> Duration {
    Duration::from_millis(ticks * 1000 / TICKS_A_SECOND)
}

/// Processor time of a process and its threads so far.
pub(super) fn cpu_of(pid: u32) -> anyhow::Result<Duration> {
    Ok(duration(stat(pid)?.own))
}

/// Proportional memory of a process in bytes: what it holds alone, and its share of what it holds
/// with others.
pub(super) fn memory_of(pid: u32) -> anyhow::Result<u64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let kib: u64 = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB"))
        .context("no Pss in smaps_rollup")?
        .trim()
        .parse()?;
    Ok(kib * 1024)
}

/// How the database server's processor time can be read.
#[derive(Clone, Debug)]
pub(super) enum Postgres {
    /// Ours alone: every process of the server counts, with those that have ended.
    Whole { postmaster: u32 },
    /// Other databases are in use on the same server: only the processes of ours count.
    Backends,
    /// On another machine, in another container, or under another system.
    Unreadable,
}

#[derive(QueryableByName)]
struct Server {
    #[diesel(sql_type = Integer)]
    pid: i32,
    #[diesel(sql_type = Bool)]
    shared: bool,
}

#[derive(QueryableByName)]
struct Pid {
    #[diesel(sql_type = Integer)]
    pid: i32,
}

impl Postgres {
    pub(super) fn find(conn: &mut PgConnection) -> anyhow::Result<Self> {
        let server = sql_query(
            "SELECT pg_backend_pid() AS pid, EXISTS (SELECT FROM pg_stat_activity
                WHERE datname <> current_database() AND backend_type = 'client backend') AS shared",
        )
        .get_result::<Server>(conn)?;
        let backend = u32::try_from(server.pid)?;
        // The number could be another process' here when the server is elsewhere.
        let postmaster = match stat(backend) {
            Ok(found) if found.name.starts_with("postgres") => found.parent,
            _ => return Ok(Self::Unreadable),
        };
        Ok(match server.shared {
            true => Self::Backends,
            false => Self::Whole { postmaster },
        })
    }

    /// What the report says about it.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::Whole { .. } => "PostgreSQL: all its processes, those that have ended included",
            Self::Backends => {
                "PostgreSQL: the processes of this database only (others are in use on the server), \
                 without parallel workers that have ended"
            }
            Self::Unreadable => {
                "PostgreSQL: its processor time cannot be read here, CPU is the application's alone"
            }
        }
    }

    /// Processor time so far. `conn`'s own process, which only asks, is left out where possible.
    pub(super) fn cpu(&self, conn: &mut PgConnection) -> anyhow::Result<Duration> {
        match self {
            Self::Unreadable => Ok(Duration::ZERO),
            Self::Whole { postmaster } => whole(*postmaster),
            Self::Backends => {
                let pids = sql_query(
                    "SELECT pid FROM pg_stat_activity
                     WHERE datname = current_database() AND pid <> pg_backend_pid()",
                )
                .load::<Pid>(conn)?;
                let pids: HashSet<u32> = pids
                    .into_iter()
                    .filter_map(|row| u32::try_from(row.pid).ok())
                    .collect();
                // A process may end between the question and the reading.
                Ok(duration(
                    pids.into_iter()
                        .filter_map(|pid| stat(pid).ok())
                        .map(|stat| stat.own)
                        .sum(),
                ))
            }
        }
    }
}

fn whole(postmaster: u32) -> anyhow::Result<Duration> {
    let mut ticks = 0;
    let server = stat(postmaster)?;
    ticks += server.own + server.ended_children;
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if let Ok(child) = stat(pid)
            && child.parent == postmaster
        {
            ticks += child.own;
        }
    }
    Ok(duration(ticks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stat_line_is_read_whatever_the_name() {
        let line = "4242 (postgres: a (b) c) S 17 4242 4242 0 -1 4194560 1 2 3 4 250 50 7 3 20 0 1 0 1 2 3";
        let stat = parse_stat(line).expect("a line of proc(5)");
        assert_eq!(stat.name, "postgres: a (b) c");
        assert_eq!((stat.parent, stat.own, stat.ended_children), (17, 300, 10));
        assert_eq!(duration(stat.own), Duration::from_secs(3));
        assert!(parse_stat("nonsense").is_none());
    }

    #[test]
    fn this_process_uses_memory_and_time() {
        let pid = std::process::id();
        assert!(memory_of(pid).expect("readable") > 1024 * 1024);
        assert!(cpu_of(pid).is_ok());
    }
}
