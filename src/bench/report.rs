//! The table and its verdict. Targets are those of the issue, for two cores.

use std::{collections::HashMap, time::Duration};

use super::{
    Plan,
    booking::{self, Mailed},
    exports::Export,
    freeze::Frozen,
    imports::{self, Imported},
    keys::Measured as Keys,
    limits::Locks,
    load::Rounds,
    process::Postgres,
    scenarios::Page,
    sockets::Measured as Sockets,
};

/// Processor milliseconds of a booking.
const BOOKING_MS: f64 = 1.5;
/// Proportional memory after the load.
const MEMORY_MIB: f64 = 40.0;
/// Growth while a file streams.
const GROWTH_MIB: f64 = 16.0;
/// From the start of the process to its first answer.
const START_MS: f64 = 50.0;
/// What the queries of a page keep of their throughput under its transaction.
const LOCKS_RATIO: f64 = 0.6;
/// How much more a page may cost with ten times the consultations.
const SCALE_RATIO: f64 = 1.3;
/// From one socket to the other, 99 messages in 100.
const FAN_OUT_MS: f64 = 200.0;
/// Proportional memory of an open socket.
const SOCKET_KIB: f64 = 60.0;
/// Texts of 1,000 bytes in a second of a core.
const SEALED: f64 = 20_000.0;
/// For a month of 1,000 companies.
const FREEZE_SECONDS: f64 = 60.0;
/// For a file of 10,000 new employees, their invitations queued.
const IMPORT_SECONDS: f64 = 20.0;
/// Growth meanwhile.
const IMPORT_MIB: f64 = 100.0;
/// For 100,000 data keys.
const ROTATION_SECONDS: f64 = 600.0;
/// Differences in milliseconds below which a ratio says nothing: the unit of /proc is 10 ms in all.
const NOISE_MS: f64 = 0.03;

/// Prints as it goes, and counts the targets that are missed.
pub(super) struct Report {
    missed: usize,
    /// Processor milliseconds of the first database, to compare with.
    costs: HashMap<&'static str, f64>,
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

impl Report {
    pub(super) fn begin(plan: &Plan) -> Self {
        println!(
            "{} connections, one session each; {:.1} s per page; KiB of one answer, \
             MiB of the application (PSS); app, pg and CPU in ms of processor time per request",
            plan.connections,
            plan.time.as_secs_f64()
        );
        if plan.rounds > 1 {
            println!(
                "the cheapest of {} rounds, and up to what the others cost",
                plan.rounds
            );
        }
        Self {
            missed: 0,
            costs: HashMap::new(),
        }
    }

    pub(super) fn subject(&self, postgres: &Postgres) {
        println!("{}\n", postgres.describe());
        self.heads();
    }

    fn heads(&self) {
        println!(
            "{:<32}{:>9}{:>9}{:>9}{:>8}{:>8}{:>8}{:>8}{:>8}  target",
            "page", "median", "p99", "req/s", "KiB", "MiB", "app", "pg", "CPU"
        );
    }

    /// `measured <= limit`, said and counted.
    fn verdict(&mut self, measured: f64, limit: f64, unit: &str) -> String {
        let passed = measured <= limit;
        self.missed += usize::from(!passed);
        format!(
            "<= {limit} {unit}  {}",
            if passed { "ok" } else { "MISSED" }
        )
    }

    fn line(&mut self, name: &str, rounds: &Rounds, limit_ms: Option<f64>) {
        let Some(measured) = rounds.least() else {
            return self.absent(name, limit_ms.is_some());
        };
        let target = limit_ms
            .map(|limit| self.verdict(measured.cpu_ms(), limit, "ms"))
            .unwrap_or_default();
        let most = rounds
            .most_ms()
            .map(|most| format!("  (up to {most:.3})"))
            .unwrap_or_default();
        println!(
            "{name:<32}{:>9.2}{:>9.2}{:>9.0}{:>8.1}{:>8.1}{:>8.3}{:>8.3}{:>8.3}  {target}{most}",
            ms(measured.median),
            ms(measured.p99),
            measured.rate(),
            measured.bytes as f64 / 1024.0,
            mib(measured.memory),
            measured.app_ms(),
            measured.postgres_ms(),
            measured.cpu_ms(),
        );
    }

    pub(super) fn page(&mut self, page: &Page, rounds: &Rounds) {
        let Some(measured) = rounds.least() else {
            let has_target = page.limit_ms.is_some() || page.readers.is_some();
            return self.absent(page.name, has_target);
        };
        self.line(page.name, rounds, page.limit_ms);
        self.costs.insert(page.name, measured.cpu_ms());
        if let Some(readers) = page.readers {
            let p99 = ms(measured.p99);
            let target = self.verdict(p99, readers.p99_ms, "ms for 99 in 100");
            println!("{:<32}{p99:>9.2} ms  {target}", "");
        }
    }

    pub(super) fn booking(&mut self, held: &Rounds, confirmed: &Rounds) {
        self.line(booking::HOLD_NAME, held, Some(BOOKING_MS));
        self.line(booking::NAME, confirmed, Some(BOOKING_MS));
    }

    pub(super) fn mailed(&self, mailed: &Mailed) {
        let each = |time: Duration| ms(time) / mailed.bookings.max(1) as f64;
        println!(
            "{:<32}{} of {} bookings in {:.1} s; ms of CPU a booking: application {:.3}, PostgreSQL {:.3}, in all {:.3}",
            "their mails, afterwards",
            mailed.mails,
            mailed.bookings,
            mailed.elapsed.as_secs_f64(),
            each(mailed.app_cpu),
            each(mailed.postgres_cpu),
            each(mailed.app_cpu + mailed.postgres_cpu),
        );
    }

    fn absent(&mut self, name: &str, has_target: bool) {
        self.missed += usize::from(has_target);
        println!("{name:<32}{:>9}", "not there");
    }

    pub(super) fn export(&mut self, export: &Export) {
        let target = self.verdict(mib(export.growth), GROWTH_MIB, "MiB of growth");
        println!(
            "{:<32}{:>9.1} ms, {:.0} KiB, {:.1} ms of CPU in the application, grew by {:.1} MiB  {target}",
            export.name,
            ms(export.elapsed),
            export.bytes as f64 / 1024.0,
            ms(export.app_cpu),
            mib(export.growth),
        );
    }

    pub(super) fn starts(&mut self, times: &[Duration]) {
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let target = self.verdict(ms(median), START_MS, "ms");
        let all: Vec<String> = times
            .iter()
            .map(|time| format!("{:.0}", ms(*time)))
            .collect();
        println!(
            "start to first answer: {:.0} ms (of {})  {target}\n",
            ms(median),
            all.join(", ")
        );
        self.heads();
    }

    pub(super) fn sockets(&mut self, measured: &Sockets) {
        println!(
            "\n{} sockets, {} messages in {:.1} s, {:.3} ms of CPU each (application {:.3}, PostgreSQL {:.3})",
            measured.sockets,
            measured.sent,
            measured.elapsed.as_secs_f64(),
            ms(measured.app_cpu + measured.postgres_cpu) / measured.sent.max(1) as f64,
            ms(measured.app_cpu) / measured.sent.max(1) as f64,
            ms(measured.postgres_cpu) / measured.sent.max(1) as f64,
        );
        let target = self.verdict(ms(measured.p99), FAN_OUT_MS, "ms for 99 in 100");
        println!(
            "{:<32}{:>9.2} ms median{:>9.2} ms p99  {target}",
            "from one socket to the other",
            ms(measured.median),
            ms(measured.p99),
        );
        let kib = measured.per_socket as f64 / 1024.0;
        let target = self.verdict(kib, SOCKET_KIB, "KiB");
        println!("{:<32}{kib:>9.1} KiB  {target}", "memory of a socket (PSS)");
        let wrong = (measured.lost + measured.twice) as f64;
        let target = self.verdict(wrong, 0.0, "messages");
        println!("{:<32}{wrong:>9.0}  {target}", "lost, or received twice");
    }

    pub(super) fn frozen(&mut self, frozen: &Frozen) {
        let seconds = frozen.elapsed.as_secs_f64();
        let target = self.verdict(seconds, FREEZE_SECONDS, "s");
        println!(
            "{:<32}{seconds:>9.1} s  {target}",
            format!("month frozen, {} firms", frozen.companies)
        );
    }

    pub(super) fn imported(&mut self, imported: &Imported) {
        let (seconds, growth) = (imported.elapsed.as_secs_f64(), mib(imported.growth));
        let time = self.verdict(seconds, IMPORT_SECONDS, "s");
        let memory = self.verdict(growth, IMPORT_MIB, "MiB");
        println!(
            "{:<32}{seconds:>9.1} s  {time}; {growth:.1} MiB  {memory}",
            imports::NAME
        );
    }

    pub(super) fn keys(&mut self, measured: &Keys) {
        println!();
        for (name, rate, limit) in [
            ("1,000 bytes sealed", measured.sealed, Some(SEALED)),
            ("the same opened", measured.opened, None),
        ] {
            let target = limit
                .map(|limit| self.verdict(-rate, -limit, "").replace("<= -", ">= "))
                .unwrap_or_default();
            println!("{name:<32}{rate:>9.0} in a second of a core  {target}");
        }
        let seconds = measured.rotation.as_secs_f64();
        let target = self.verdict(seconds, ROTATION_SECONDS, "s");
        println!(
            "{:<32}{seconds:>9.1} s  {target}",
            format!("{} data keys rotated", measured.keys)
        );
        let target = self.verdict(measured.failed as f64, 0.0, "reads");
        println!(
            "{:<32}{:>9}  of {} (99 in 100 within {:.1} ms)  {target}",
            "reads that failed meanwhile",
            measured.failed,
            measured.reads,
            ms(measured.p99)
        );
    }

    pub(super) fn memory(&mut self, bytes: u64) {
        let target = self.verdict(mib(bytes), MEMORY_MIB, "MiB");
        println!(
            "\napplication memory after the load (PSS): {:.1} MiB  {target}",
            mib(bytes)
        );
    }

    pub(super) fn locks(&mut self, locks: &Locks) {
        let kept = locks.scoped.rate() / locks.bare.rate().max(f64::EPSILON);
        let target = self.verdict(-kept, -LOCKS_RATIO, "").replace("<= -", ">= ");
        println!(
            "\nthe slot page's queries, {} at a time, without server or page:",
            locks.at_a_time
        );
        for (name, load) in [
            ("bare SQL, as the owner", &locks.bare),
            ("in the role's transaction", &locks.scoped),
        ] {
            println!(
                "{name:<32}{:>9.2} ms median{:>9.0} a second{:>8.3} ms of CPU",
                ms(load.median),
                load.rate(),
                load.cpu_ms(),
            );
        }
        println!(
            "{:<32}{kept:>9.2} of the throughput kept  {target}",
            "row security and role"
        );
    }

    pub(super) fn comparison(&self) {
        println!("\nthe other database:");
        self.heads();
    }

    pub(super) fn compared(&mut self, page: &Page, rounds: &Rounds) {
        let (Some(measured), Some(first)) = (rounds.least(), self.costs.get(page.name).copied())
        else {
            return;
        };
        self.line(page.name, rounds, None);
        let second = measured.cpu_ms();
        let (small, large) = (first.min(second), first.max(second));
        let ratio = large / small.max(f64::EPSILON);
        let judged = if large - small < NOISE_MS { 1.0 } else { ratio };
        let target = self.verdict(judged, SCALE_RATIO, "times");
        println!("{:<32}{ratio:>9.2} times  {target}", "");
    }

    /// How many targets were missed.
    pub(super) fn finish(self) -> usize {
        match self.missed {
            0 => println!("\nevery target is met"),
            missed => println!("\n{missed} targets are missed"),
        }
        self.missed
    }
}
