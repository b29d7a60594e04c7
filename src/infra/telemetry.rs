//! What the process says about itself: logs, `/healthz`, `/readyz`, `/metrics`.
//!
//! Logs and metrics name the matched route (`/employee/consultations/{id}`), never the path, the query, an address, a
//! name or an IP: what somebody looked at, and who, is nobody's business in a log. The request id is in every line of a
//! request and in its `X-Request-Id` header, so that a person can quote it.

use std::{
    env,
    io::{IsTerminal as _, Read as _, Write as _},
    net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _},
    str::FromStr as _,
    sync::OnceLock,
    time::{Duration, Instant},
};

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use anyhow::{Context as _, bail};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use ring::hmac;
use secrecy::{ExposeSecret as _, SecretString};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_subscriber::EnvFilter;

use super::{actor::Worker, app::App, envelope, jobs, migrate};

/// Seconds; the last finite bucket is the server's own patience.
const LATENCY_BUCKETS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0,
];
/// How often the recorder folds the raw samples, so that they do not pile up where nobody scrapes.
const UPKEEP: Duration = Duration::from_secs(5);
/// How long `huntzen healthcheck` waits.
const HEALTHCHECK_TIMEOUT: Duration = Duration::from_secs(3);
/// The label of requests that no route matches: scanners would otherwise make a series per address.
const UNMATCHED: &str = "unmatched";
/// Libraries that log the text they work on, clinical notes for example: silent whatever `RUST_LOG` asks for.
const NEVER_LOGGED: [&str; 2] = ["html5ever", "markup5ever"];
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is logged unless `RUST_LOG` says otherwise.
const DEFAULT_LOGS: &str = "info,actix_server=warn";
/// Asked every few seconds by machines: worth a line only when something is wrong, or at `debug`.
const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Starts logging: `LOG_FORMAT` (`pretty`, the default, or `json`) and `RUST_LOG` (default `info`).
///
/// # Errors
/// A `LOG_FORMAT` or `RUST_LOG` that is none, or a process that logs already.
pub fn init_logs() -> anyhow::Result<()> {
    let directives = env::var("RUST_LOG").unwrap_or_else(|_| DEFAULT_LOGS.to_owned());
    let mut filter = EnvFilter::from_str(&directives).context("RUST_LOG")?;
    for library in NEVER_LOGGED {
        filter = filter.add_directive(format!("{library}=off").parse()?);
    }
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stdout().is_terminal());
    let started = match env::var("LOG_FORMAT").as_deref() {
        Err(_) | Ok("" | "pretty") => subscriber.with_target(false).try_init(),
        Ok("json") => subscriber.json().flatten_event(true).try_init(),
        Ok(_) => bail!("LOG_FORMAT: expected pretty or json"),
    };
    started.map_err(|error| anyhow::anyhow!("logging cannot start: {error}"))
}

/// The recorder of this process' metrics: the same at every call.
pub fn metrics() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &LATENCY_BUCKETS)
            .expect("the buckets are not empty")
            .build_recorder();
        let handle = recorder.handle();
        // Somebody else's recorder keeps its place; then `/metrics` has only what it reads itself.
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another metrics recorder is installed");
        }
        describe();
        handle
    })
}

/// Keeps the recorder tidy for as long as the process lives.
pub async fn keep_metrics() {
    let mut interval = tokio::time::interval(UPKEEP);
    loop {
        interval.tick().await;
        metrics().run_upkeep();
    }
}

fn describe() {
    metrics::describe_counter!(
        "http_requests_total",
        "Answers, by method, route and status"
    );
    metrics::describe_histogram!(
        "http_request_duration_seconds",
        "Time to the beginning of the answer, by route"
    );
    metrics::describe_counter!("jobs_total", "Tries of jobs, by kind and outcome");
    metrics::describe_histogram!("job_duration_seconds", "Time of a try, by kind");
    metrics::describe_gauge!(
        "jobs_pending",
        "Jobs that wait, due now or scheduled for later"
    );
    metrics::describe_gauge!("jobs_dead", "Jobs that were given up");
    metrics::describe_gauge!("jobs_oldest_due_seconds", "How late the oldest due job is");
    metrics::describe_gauge!(
        "key_rotation_keys",
        "Keys of the latest rotation, by its kind: in all, changed, and left because they cannot be opened"
    );
    metrics::describe_gauge!("db_connections", "Database connections, by login and state");
}

/// The root span of a request. The route is known only after routing: [`observe`] fills it in.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().copied();
        tracing::info_span!(
            "request",
            id = id.map(tracing::field::display),
            method = %request.method(),
            route = tracing::field::Empty,
        )
    }

    fn on_request_end<B: MessageBody>(_: Span, _: &Result<ServiceResponse<B>, Error>) {}
}

/// Measures, logs and names a request. Inside `TracingLogger`, outside everything else.
///
/// # Errors
/// The inner services'.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let method = known_method(&request);
    let id = request.extensions().get::<RequestId>().copied();
    let mut response = next.call(request).await?;
    if let Some(value) = id.and_then(|id| HeaderValue::from_str(&id.to_string()).ok()) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    let status = response.status().as_u16();
    let route = response
        .request()
        .match_pattern()
        .unwrap_or_else(|| UNMATCHED.to_owned());
    let elapsed = started.elapsed();
    Span::current().record("route", &route);
    let probe = PROBES.contains(&route.as_str());
    metrics::counter!(
        "http_requests_total",
        "method" => method, "route" => route.clone(), "status" => status.to_string()
    )
    .increment(1);
    metrics::histogram!("http_request_duration_seconds", "route" => route)
        .record(elapsed.as_secs_f64());
    let milliseconds = elapsed.as_secs_f64() * 1000.0;
    if status >= 500 {
        tracing::error!(status, milliseconds, "answered");
    } else if probe {
        tracing::debug!(status, milliseconds, "answered");
    } else {
        tracing::info!(status, milliseconds, "answered");
    }
    Ok(response)
}

/// Methods are the client's words too.
fn known_method(request: &ServiceRequest) -> &'static str {
    match request.method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Mounts `/healthz`, `/readyz` and `/metrics`: for machines, outside sessions and pages.
pub fn routes(service: &mut web::ServiceConfig) {
    service
        .route("/healthz", web::get().to(health))
        .route("/readyz", web::get().to(readiness))
        .route("/metrics", web::get().to(scrape));
}

/// The process answers. Says nothing of the database: restarting the process would not bring it back.
async fn health() -> HttpResponse {
    plain(StatusCode::OK, "ok\n")
}

/// Both logins reach the database and its schema is this build's: send me requests.
async fn readiness(app: web::Data<App>) -> HttpResponse {
    let probe = web::block(move || app.database.probe(migrate::is_current)).await;
    match probe {
        Ok(Ok([true, true])) => plain(StatusCode::OK, "ready\n"),
        Ok(Ok(_)) => plain(StatusCode::SERVICE_UNAVAILABLE, "migrations are missing\n"),
        Ok(Err(_)) | Err(_) => plain(
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        ),
    }
}

fn plain(status: StatusCode, text: &'static str) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}

async fn scrape(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if !may_scrape(&request, app.config.metrics_token.as_ref()) {
        return HttpResponse::Unauthorized()
            .insert_header((header::WWW_AUTHENTICATE, "Bearer"))
            .finish();
    }
    let handle = metrics();
    for pool in app.database.pools() {
        let busy = pool.open.saturating_sub(pool.idle);
        for (state, count) in [("idle", pool.idle), ("busy", busy)] {
            metrics::gauge!("db_connections", "login" => pool.login, "state" => state).set(count);
        }
    }
    // Without the database the other figures are worth more than an error.
    if let Ok(backlog) = Worker::door(&app).read(jobs::backlog).await {
        for (state, count) in [("due", backlog.due), ("scheduled", backlog.scheduled)] {
            metrics::gauge!("jobs_pending", "state" => state).set(count as f64);
        }
        metrics::gauge!("jobs_dead").set(backlog.dead as f64);
        metrics::gauge!("jobs_oldest_due_seconds").set(backlog.oldest_due_seconds as f64);
    }
    if let Ok(rotations) = Worker::door(&app).read(envelope::rotations).await {
        for rotation in rotations {
            for (state, count) in [
                ("total", rotation.total),
                ("done", rotation.done),
                ("failed", rotation.failed),
            ] {
                metrics::gauge!("key_rotation_keys", "kind" => rotation.kind.clone(), "state" => state)
                    .set(f64::from(count));
            }
        }
    }
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(handle.render())
}

/// The token's bearer may read the metrics; so may this machine itself, but not those whom a proxy on it speaks for.
fn may_scrape(request: &HttpRequest, token: Option<&SecretString>) -> bool {
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    match (bearer, token) {
        (Some(given), Some(token)) => same_secret(given, token.expose_secret()),
        (Some(_), None) => false,
        (None, _) => {
            let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"]
                .iter()
                .any(|name| request.headers().contains_key(*name));
            !forwarded
                && request
                    .peer_addr()
                    .is_some_and(|peer| is_loopback(peer.ip()))
        }
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// Compares in constant time whatever the lengths: equal secrets sign the same text alike.
fn same_secret(given: &str, expected: &str) -> bool {
    let key = |secret: &str| hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::verify(
        &key(expected),
        b"token",
        hmac::sign(&key(given), b"token").as_ref(),
    )
    .is_ok()
}

/// `huntzen healthcheck`: asks the server bound to `bind` on this machine for `/healthz`.
///
/// # Errors
/// No server there, or one that is not well.
pub fn healthcheck(bind: &str) -> anyhow::Result<()> {
    let mut address: SocketAddr = bind
        .to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next())
        .with_context(|| format!("BIND: {bind} is no address"))?;
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
            IpAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        });
    }
    let mut stream = TcpStream::connect_timeout(&address, HEALTHCHECK_TIMEOUT)
        .with_context(|| format!("nothing listens on {address}"))?;
    stream.set_read_timeout(Some(HEALTHCHECK_TIMEOUT))?;
    stream.set_write_timeout(Some(HEALTHCHECK_TIMEOUT))?;
    write!(
        stream,
        "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream
        .take(4096)
        .read_to_end(&mut answer)
        .context("no answer in time")?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        bail!("the server on {address} is not well");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn allowed(peer: &str, headers: &[(&'static str, &'static str)], token: Option<&str>) -> bool {
        let mut request = TestRequest::default().peer_addr(peer.parse().expect("an address"));
        for header in headers {
            request = request.insert_header(*header);
        }
        may_scrape(
            &request.to_http_request(),
            token.map(SecretString::from).as_ref(),
        )
    }

    #[derive(Clone, Default)]
    struct Captured(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

    impl std::io::Write for Captured {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no panic under the lock").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[actix_web::test]
    async fn a_request_is_logged_by_its_route_and_id_and_nothing_personal() {
        let captured = Captured::default();
        let writer = captured.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_writer(move || writer.clone())
            .finish();
        let _logging = tracing::subscriber::set_default(subscriber);
        let app = actix_web::test::init_service(
            actix_web::App::new()
                .route("/people/{name}", web::get().to(HttpResponse::Ok))
                .wrap(actix_web::middleware::from_fn(observe))
                .wrap(tracing_actix_web::TracingLogger::<RequestSpan>::new()),
        )
        .await;
        let request = TestRequest::get()
            .uri("/people/zoe?email=zoe@techcorp.example")
            .insert_header(("user-agent", "Zoe's browser"))
            .peer_addr("192.0.2.7:5000".parse().expect("an address"))
            .to_request();
        let response = actix_web::test::call_service(&app, request).await;
        let id = response
            .headers()
            .get(X_REQUEST_ID)
            .expect("an id")
            .to_str()
            .expect("ASCII");

        let logs = captured.0.lock().expect("no panic under the lock").clone();
        let logs = String::from_utf8(logs).expect("UTF-8");
        assert!(
            logs.contains("/people/{name}") && logs.contains(id),
            "{logs}"
        );
        for personal in ["zoe", "Zoe", "techcorp", "192.0.2.7"] {
            assert!(!logs.contains(personal), "{personal} is in {logs}");
        }
    }

    #[test]
    fn this_machine_may_read_the_metrics() {
        assert!(allowed("127.0.0.1:5000", &[], None));
        assert!(allowed("[::1]:5000", &[], Some("token")));
        assert!(allowed("[::ffff:127.0.0.1]:5000", &[], None));
    }

    #[test]
    fn others_need_the_token() {
        assert!(!allowed("10.0.0.7:5000", &[], None));
        assert!(!allowed("10.0.0.7:5000", &[], Some("token")));
        assert!(!allowed(
            "10.0.0.7:5000",
            &[("authorization", "Bearer ")],
            None
        ));
        assert!(!allowed(
            "10.0.0.7:5000",
            &[("authorization", "Bearer toke")],
            Some("token")
        ));
        assert!(!allowed(
            "10.0.0.7:5000",
            &[("authorization", "Basic token")],
            Some("token")
        ));
        assert!(allowed(
            "10.0.0.7:5000",
            &[("authorization", "Bearer token")],
            Some("token")
        ));
    }

    #[test]
    fn a_proxy_on_this_machine_opens_nothing_to_those_behind_it() {
        assert!(!allowed(
            "127.0.0.1:5000",
            &[("x-forwarded-for", "10.0.0.7")],
            None
        ));
        assert!(!allowed(
            "127.0.0.1:5000",
            &[("forwarded", "for=10.0.0.7")],
            Some("token")
        ));
    }

    #[test]
    fn a_wrong_token_is_refused_even_from_this_machine() {
        assert!(!allowed(
            "127.0.0.1:5000",
            &[("authorization", "Bearer wrong")],
            Some("token")
        ));
    }

    #[test]
    fn a_healthcheck_without_a_server_fails_with_the_address() {
        let error = healthcheck("127.0.0.1:1").expect_err("nobody listens there");
        assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
        assert!(healthcheck("not an address").is_err());
    }
}
