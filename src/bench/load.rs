//! The closed loop: every connection asks, reads the answer, asks again.

use std::time::{Duration, Instant};

use anyhow::bail;
use futures_util::future::try_join_all;

use super::{
    Subject,
    http::{Request, Visitor},
    server::Server,
};

/// Requests per connection before anything counts: plans are cached, pools and buffers filled.
pub(super) const WARM_UP: usize = 12;
/// Requests per connection at most, however fast.
const MOST: usize = 50_000;

/// What a load cost.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) requests: usize,
    pub(super) elapsed: Duration,
    pub(super) median: Duration,
    pub(super) p99: Duration,
    pub(super) app_cpu: Duration,
    pub(super) postgres_cpu: Duration,
    /// Bytes of the last answer's body.
    pub(super) bytes: u64,
    /// Proportional memory of the application afterwards, in bytes.
    pub(super) memory: u64,
}

impl Measured {
    pub(super) fn new(
        mut latencies: Vec<Duration>,
        elapsed: Duration,
        app_cpu: Duration,
        postgres_cpu: Duration,
    ) -> Self {
        latencies.sort_unstable();
        let quantile = |percent: usize| {
            let index = (latencies.len() * percent / 100).min(latencies.len().saturating_sub(1));
            latencies.get(index).copied().unwrap_or_default()
        };
        Self {
            requests: latencies.len(),
            elapsed,
            median: quantile(50),
            p99: quantile(99),
            app_cpu,
            postgres_cpu,
            bytes: 0,
            memory: 0,
        }
    }

    /// Processor milliseconds per request.
    pub(super) fn cpu_ms(&self) -> f64 {
        self.app_ms() + self.postgres_ms()
    }

    pub(super) fn app_ms(&self) -> f64 {
        per_request(self.app_cpu, self.requests)
    }

    pub(super) fn postgres_ms(&self) -> f64 {
        per_request(self.postgres_cpu, self.requests)
    }

    pub(super) fn rate(&self) -> f64 {
        self.requests as f64 / self.elapsed.as_secs_f64().max(f64::EPSILON)
    }
}

/// The same load, measured again and again.
#[derive(Debug, Default)]
pub(super) struct Rounds(Vec<Measured>);

impl Rounds {
    pub(super) fn add(&mut self, measured: Measured) {
        self.0.push(measured);
    }

    fn by_cost(a: &&Measured, b: &&Measured) -> std::cmp::Ordering {
        a.cpu_ms().total_cmp(&b.cpu_ms())
    }

    /// The cheapest: whatever else the machine does takes caches and cycles, and only adds.
    pub(super) fn least(&self) -> Option<&Measured> {
        self.0.iter().min_by(Self::by_cost)
    }

    /// Processor milliseconds per request of the dearest, when there are several.
    pub(super) fn most_ms(&self) -> Option<f64> {
        let most = self.0.iter().max_by(Self::by_cost).map(Measured::cpu_ms);
        most.filter(|_| self.0.len() > 1)
    }
}

fn per_request(time: Duration, requests: usize) -> f64 {
    time.as_secs_f64() * 1000.0 / requests.max(1) as f64
}

/// When a connection has done its part.
#[derive(Clone, Copy)]
enum Until {
    Time(Instant),
    Requests(usize),
    /// Each request of its list is answered.
    EndOfList,
}

#[derive(Default)]
struct Lap {
    latencies: Vec<Duration>,
    bytes: u64,
}

/// One connection's loop over its requests; each must be answered with `status`.
async fn lap(
    visitor: &mut Visitor,
    requests: &[Request],
    status: u16,
    until: Until,
) -> anyhow::Result<Lap> {
    let mut lap = Lap::default();
    let most = match until {
        Until::Time(_) => MOST,
        Until::Requests(count) => count,
        Until::EndOfList => requests.len(),
    };
    for request in requests.iter().cycle().take(most) {
        let begun = Instant::now();
        if matches!(until, Until::Time(end) if begun >= end) {
            break;
        }
        let answer = visitor.exchange(request).await?;
        lap.latencies.push(begun.elapsed());
        lap.bytes = answer.length;
        if answer.status != status {
            let Request { method, path, .. } = request;
            let location = answer.location.unwrap_or_default();
            bail!(
                "{method} {path}: expected {status}, got {} {location}",
                answer.status
            );
        }
    }
    Ok(lap)
}

/// The time is shared by all connections; each has its own list, gone through again and again.
pub(super) async fn for_a_time(
    subject: &mut Subject,
    server: &Server,
    visitors: &mut [Visitor],
    requests: &[Vec<Request>],
    time: Duration,
) -> anyhow::Result<Measured> {
    round(visitors, requests, 200, Until::Requests(WARM_UP)).await?;
    let until = Until::Time(Instant::now() + time);
    measured(subject, server, visitors, requests, (200, until)).await
}

/// Each connection goes through its list once, and is answered with `status`.
pub(super) async fn once(
    subject: &mut Subject,
    server: &Server,
    visitors: &mut [Visitor],
    requests: &[Vec<Request>],
    status: u16,
) -> anyhow::Result<Measured> {
    measured(
        subject,
        server,
        visitors,
        requests,
        (status, Until::EndOfList),
    )
    .await
}

async fn measured(
    subject: &mut Subject,
    server: &Server,
    visitors: &mut [Visitor],
    requests: &[Vec<Request>],
    (status, until): (u16, Until),
) -> anyhow::Result<Measured> {
    let app_before = server.cpu()?;
    let postgres_before = subject.postgres.cpu(&mut subject.owner)?;
    let begun = Instant::now();
    let (latencies, bytes) = round(visitors, requests, status, until).await?;
    let elapsed = begun.elapsed();
    let app_cpu = server.cpu()?.saturating_sub(app_before);
    let postgres = subject.postgres.cpu(&mut subject.owner)?;
    let postgres_cpu = postgres.saturating_sub(postgres_before);
    Ok(Measured {
        bytes,
        memory: server.memory()?,
        ..Measured::new(latencies, elapsed, app_cpu, postgres_cpu)
    })
}

async fn round(
    visitors: &mut [Visitor],
    requests: &[Vec<Request>],
    status: u16,
    until: Until,
) -> anyhow::Result<(Vec<Duration>, u64)> {
    let laps = visitors
        .iter_mut()
        .zip(requests)
        .map(|(visitor, requests)| lap(visitor, requests, status, until));
    let laps = try_join_all(laps).await?;
    let bytes = laps.last().map_or(0, |lap| lap.bytes);
    Ok((
        laps.into_iter().flat_map(|lap| lap.latencies).collect(),
        bytes,
    ))
}
