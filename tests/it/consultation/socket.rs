//! The socket of a consultation's page: who may open it, what ends it, what it bears.

use std::time::{Duration, Instant};

use actix_http::ws::CloseCode;
use chrono::Duration as Span;
use huntzen::infra::clock::Clock;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use serde_json::json;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    app::Setup,
    client::Client,
    process::Server,
    socket::Socket,
};

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    consultation: Uuid,
}

impl World {
    async fn start() -> Self {
        Self::of(TestApp::start().await)
    }

    fn of(app: TestApp) -> Self {
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        let practitioner = app.practitioner();
        let consultation = app
            .consultation(&employee, &practitioner)
            // Ahead by the system's clock too.
            .at("2099-03-23T09:00:00Z")
            .scheduled();
        Self {
            app,
            employee,
            practitioner,
            consultation,
        }
    }

    fn path(&self, space: &str) -> String {
        format!("/{space}/consultations/{}/socket", self.consultation)
    }

    fn employee(&self) -> Client {
        self.app.client().signed_in_as(&self.employee)
    }

    fn practitioner(&self) -> Client {
        self.app.client().signed_in_as(&self.practitioner)
    }

    async fn employee_socket(&self) -> Socket {
        self.employee()
            .socket_of("employee", self.consultation)
            .await
    }

    async fn practitioner_socket(&self) -> Socket {
        self.practitioner()
            .socket_of("practitioner", self.consultation)
            .await
    }

    fn origin(&self) -> String {
        self.app.url("")
    }
}

fn typing() -> serde_json::Value {
    json!({ "to": "chat", "type": "typing" })
}

fn code(code: CloseCode) -> Option<u16> {
    Some(code.into())
}

#[tokio::test]
async fn typing_is_seen_by_the_other_and_not_by_oneself() {
    let world = World::start().await;
    let mut employee = world.employee_socket().await;
    let mut practitioner = world.practitioner_socket().await;

    employee.say(typing()).await;
    assert_eq!(practitioner.hear().await, typing());

    // Had the employee's own come back, it would come first.
    practitioner.say(typing()).await;
    assert_eq!(employee.hear().await, typing());
    employee.say(json!({ "to": "nobody" })).await;
    assert_eq!(
        employee.hear().await,
        json!({ "to": "room", "type": "refused" })
    );
}

#[tokio::test]
async fn two_processes_share_what_happens() {
    let app = TestApp::start_with(Setup {
        clock: Clock::system(),
        ..Setup::default()
    })
    .await;
    let world = World::of(app);
    let other = Server::start(&world.app).await;
    let mut employee = world.employee_socket().await;
    let mut practitioner = world
        .practitioner()
        .at(other.address)
        .socket_of("practitioner", world.consultation)
        .await;

    employee.say(typing()).await;
    assert_eq!(practitioner.hear().await, typing());
    practitioner.say(typing()).await;
    assert_eq!(employee.hear().await, typing());
}

#[tokio::test]
async fn nobody_but_the_two_opens_a_socket() {
    let world = World::start().await;
    let app = &world.app;
    let company = app.company("Voisine");
    let (employee, practitioner) = (world.path("employee"), world.path("practitioner"));
    let origin = world.origin();
    let mut strangers = app.one_of_each(&company);
    strangers.push((*app.practitioner()).clone());
    for account in &strangers {
        let client = app.client().signed_in_as(account);
        for path in [&employee, &practitioner] {
            let asked = client.ask_for_socket(path, Some(&origin)).await;
            assert_eq!(asked.err(), Some(404), "{:?} {path}", account.role);
        }
    }
    let anonymous = app.client().ask_for_socket(&employee, Some(&origin)).await;
    assert_eq!(anonymous.err(), Some(303));
    // Each of the two on its own side only.
    let own = world.employee();
    let wrong_side = own.ask_for_socket(&practitioner, Some(&origin)).await;
    assert_eq!(wrong_side.err(), Some(404));
}

#[tokio::test]
async fn a_colleague_of_the_same_company_finds_no_socket() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let practitioner = app.practitioner();
    let consultation = app
        .consultation(&app.employee_of(&company), &practitioner)
        .scheduled();
    let colleague = app.client().signed_in_as(&app.employee_of(&company));
    let path = format!("/employee/consultations/{consultation}/socket");
    let asked = colleague.ask_for_socket(&path, Some(&app.url(""))).await;
    assert_eq!(asked.err(), Some(404));
}

#[tokio::test]
async fn another_sites_page_opens_no_socket() {
    let world = World::start().await;
    let path = world.path("employee");
    for origin in [
        None,
        Some("https://evil.example"),
        Some("null"),
        Some("http://localhost"),
    ] {
        let asked = world.employee().ask_for_socket(&path, origin).await;
        assert_eq!(asked.err(), Some(403), "{origin:?}");
    }
    // A person who opens the address finds the page.
    let page = world.employee().get(&path).await;
    page.assert_status(303);
    assert_eq!(
        page.location(),
        format!("/employee/consultations/{}", world.consultation)
    );
}

#[tokio::test]
async fn a_slot_that_is_only_kept_and_a_cancelled_appointment_have_no_socket() {
    let world = World::start().await;
    let origin = world.origin();
    let held = world
        .app
        .consultation(&world.employee, &world.practitioner)
        .at("2026-03-24T09:00:00Z")
        .held();
    let path = format!("/employee/consultations/{held}/socket");
    let asked = world.employee().ask_for_socket(&path, Some(&origin)).await;
    assert_eq!(asked.err(), Some(404));

    world
        .app
        .sql("UPDATE consultations SET status = 'cancelled', cancelled_at = now() WHERE status = 'scheduled'");
    for (client, space) in [
        (world.employee(), "employee"),
        (world.practitioner(), "practitioner"),
    ] {
        let path = world.path(space);
        let asked = client.ask_for_socket(&path, Some(&origin)).await;
        assert_eq!(asked.err(), Some(409), "{space}");
    }
}

#[tokio::test]
async fn a_socket_ends_within_five_seconds_of_the_right_to_it() {
    let limit = Duration::from_secs(5);

    let world = World::start().await;
    let leaver = world.employee();
    let mut stays = world.practitioner_socket().await;
    let mut other_tab = world.employee_socket().await;
    let mut leaves = leaver.socket_of("employee", world.consultation).await;
    leaver.post("/logout", &[]).await.assert_status(303);
    let left = Instant::now();
    assert_eq!(leaves.ended().await, code(CloseCode::Policy));
    assert!(left.elapsed() < limit, "sign-out: {:?}", left.elapsed());
    other_tab.ping().await;

    world.app.sql(&format!(
        "UPDATE users SET status = 'suspended' WHERE id = '{}'",
        world.employee.id
    ));
    let suspended = Instant::now();
    assert_eq!(other_tab.ended().await, code(CloseCode::Policy));
    assert!(suspended.elapsed() < limit, "{:?}", suspended.elapsed());

    stays.ping().await;
    world
        .app
        .sql("UPDATE consultations SET status = 'cancelled', cancelled_at = now()");
    let cancelled = Instant::now();
    assert_eq!(stays.ended().await, code(CloseCode::Policy));
    assert!(cancelled.elapsed() < limit, "{:?}", cancelled.elapsed());
}

#[tokio::test]
async fn a_socket_ends_with_its_sign_in() {
    let world = World::start().await;
    let mut socket = world.employee_socket().await;
    socket.ping().await;
    world.app.clock.advance(Span::days(8));
    let expired = Instant::now();
    assert_eq!(socket.ended().await, code(CloseCode::Policy));
    assert!(expired.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_person_has_so_many_sockets_at_once() {
    let world = World::start().await;
    let client = world.employee();
    let mut open = Vec::new();
    for _ in 0..huntzen::infra::live::SEATS_OF_ONE {
        open.push(client.socket_of("employee", world.consultation).await);
    }
    let path = world.path("employee");
    let more = client.ask_for_socket(&path, Some(&world.origin())).await;
    assert_eq!(more.err(), Some(409));
    world.practitioner_socket().await.ping().await;
}

#[tokio::test]
async fn frames_that_are_no_frames_are_refused_and_change_nothing() {
    let world = World::start().await;
    let mut socket = world.employee_socket().await;
    for nonsense in [
        "",
        "{}",
        "[]",
        "null",
        "{\"to\":\"chat\"}",
        "{\"to\":\"chat\",\"type\":\"nothing\"}",
        "{\"to\":[\"chat\"],\"type\":\"typing\"}",
        "{\"to\":\"chat\",\"type\":\"typing\"",
        "<script>",
        &"[".repeat(30_000),
    ] {
        socket.text(nonsense).await;
        assert_eq!(
            socket.hear().await,
            json!({ "to": "room", "type": "refused" }),
            "{nonsense:.40}"
        );
    }
    socket.ping().await;

    let mut other = world.practitioner_socket().await;
    other.binary(b"typing").await;
    assert_eq!(other.ended().await, code(CloseCode::Unsupported));
}

#[tokio::test]
async fn whatever_bytes_arrive_only_their_own_socket_ends() {
    const SEED: u64 = 20_261_120;
    let world = World::start().await;
    let mut healthy = world.practitioner_socket().await;
    let client = world.employee();
    let mut random = StdRng::seed_from_u64(SEED);
    for _ in 0..60 {
        let mut socket = client.socket_of("employee", world.consultation).await;
        let length = random.random_range(1..4096);
        let bytes: Vec<u8> = (0..length).map(|_| random.random()).collect();
        if random.random() {
            socket.raw(&bytes).await;
        } else {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            socket.text(&text).await;
            assert_eq!(socket.hear().await["type"], "refused");
        }
    }
    healthy.ping().await;
    world.employee_socket().await.ping().await;
}

#[tokio::test]
async fn a_frame_of_more_than_64_kilobytes_ends_its_socket() {
    let world = World::start().await;
    let mut socket = world.employee_socket().await;
    socket.text(&" ".repeat(64 * 1024 - 100)).await;
    assert_eq!(socket.hear().await["type"], "refused");
    socket
        .raw(&[0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0])
        .await;
    assert_eq!(socket.ended().await, code(CloseCode::Size));

    // In pieces it is the same frame.
    let mut socket = world.employee_socket().await;
    let piece = " ".repeat(40 * 1024);
    socket.pieces(&[&piece, &piece]).await;
    assert_eq!(socket.ended().await, code(CloseCode::Protocol));
    let mut socket = world.employee_socket().await;
    socket.pieces(&["{\"to\":\"no", "body\"", "}"]).await;
    assert_eq!(socket.hear().await["type"], "refused");
}

#[tokio::test]
async fn frames_are_taken_at_their_pace() {
    let world = World::start().await;
    let mut socket = world.employee_socket().await;
    let begun = Instant::now();
    for _ in 0..150 {
        socket.text("{}").await;
    }
    for _ in 0..150 {
        assert_eq!(socket.hear().await["type"], "refused");
    }
    // A hundred at once, then one every 40 ms.
    assert!(begun.elapsed() >= Duration::from_millis(49 * 40));
}
