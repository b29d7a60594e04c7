//! Rooms on a Jitsi server: who gets a token, what it says, and what another implementation thinks of it.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use chrono::Duration;
use huntzen::infra::{clock::Clock, config::Jitsi};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    app::Setup,
    client::Client,
    page::Page,
};

const TOKEN: &str = "/api/v1/jitsi/token";
const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978";

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    patient: Client,
    doctor: Client,
}

fn configured(config: &mut huntzen::infra::config::Config) {
    config.jitsi = Some(Jitsi {
        domain: "visio.example:8443".to_owned(),
        app_id: "huntzen".to_owned(),
        secret: SECRET.into(),
        subject: "clinique".to_owned(),
    });
}

impl World {
    async fn start(clock: Clock) -> Self {
        let app = TestApp::start_with(Setup {
            configure: configured,
            clock,
            ..Setup::default()
        })
        .await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        Self {
            patient: app.client().signed_in_as(&employee),
            doctor: app.client().signed_in_as(&practitioner),
            employee,
            practitioner,
            app,
        }
    }

    /// A confirmed consultation that begins in so many minutes.
    fn in_minutes(&self, minutes: i64, format: &'static str) -> Uuid {
        let start = self.app.now() + Duration::minutes(minutes);
        self.app
            .consultation(&self.employee, &self.practitioner)
            .format(format)
            .at(&start.to_rfc3339())
            .confirmed()
    }
}

/// A clock that stands still, as most tests have it.
fn still() -> Clock {
    Setup::default().clock
}

async fn asks(client: &Client, id: Uuid) -> Page {
    client
        .post(TOKEN, &[("consultation", &id.to_string())])
        .await
}

fn entrance(page: &Page) -> Value {
    page.assert_ok();
    serde_json::from_slice(&page.body).expect("an entrance")
}

/// What the token says, unverified.
fn claims(entrance: &Value) -> Value {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let token = entrance["token"].as_str().expect("a token");
    let payload = token.split('.').nth(1).expect("three parts");
    let json = URL_SAFE_NO_PAD.decode(payload).expect("base64url");
    serde_json::from_slice(&json).expect("claims")
}

/// A Python that has PyJWT: `bin/test` makes sure of one.
fn python() -> String {
    let named = std::env::var("PYTHON_WITH_JWT").ok();
    named
        .into_iter()
        .chain(["python3", "/usr/bin/python3"].map(str::to_owned))
        .find(|python| {
            Command::new(python)
                .args(["-c", "import jwt"])
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        })
        .expect("PyJWT judges the tokens: bin/test installs it, or set PYTHON_WITH_JWT")
}

fn judged(entrance: &Value) -> Value {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/consultation/verify_jitsi.py"
    );
    let mut verifier = Command::new(python())
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python runs");
    let given = json!({
        "token": entrance["token"], "secret": SECRET, "app_id": "huntzen", "subject": "clinique",
        "room": entrance["room"],
    });
    let mut input = verifier.stdin.take().expect("a pipe");
    input
        .write_all(given.to_string().as_bytes())
        .expect("it reads");
    drop(input);
    let output = verifier.wait_with_output().expect("it ends");
    assert!(output.status.success(), "PyJWT refuses our token");
    serde_json::from_slice(&output.stdout).expect("a verdict")
}

#[tokio::test]
async fn another_implementation_accepts_the_token_and_refuses_ten_mistakes() {
    // PyJWT asks the machine what time it is.
    let world = World::start(Clock::system()).await;
    let id = world.in_minutes(5, "video");
    let entrance = entrance(&asks(&world.doctor, id).await);
    let verdict = judged(&entrance);
    assert_eq!(verdict["header"], json!({ "alg": "HS256", "typ": "JWT" }));
    let refused = verdict["refused"].as_object().expect("the mistakes");
    let wanted = [
        "array audience",
        "expired",
        "future nbf",
        "no typ",
        "none",
        "other tenant",
        "string exp",
        "wrong issuer",
        "wrong key",
        "wrong room",
    ];
    let mut named: Vec<&str> = refused.keys().map(String::as_str).collect();
    named.sort_unstable();
    assert_eq!(named, wanted, "{refused:?}");
}

#[tokio::test]
async fn a_token_opens_one_room_for_one_person_until_a_quarter_past_the_end() {
    let world = World::start(still()).await;
    let id = world.in_minutes(10, "video");
    let now = world.app.now();
    let (patient, doctor) = (
        entrance(&asks(&world.patient, id).await),
        entrance(&asks(&world.doctor, id).await),
    );
    assert_eq!(patient["domain"], "visio.example:8443");
    assert_eq!(patient["room"], doctor["room"]);
    let room = patient["room"].as_str().expect("a room");
    assert!(room.len() == 32 && room.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let (theirs, leads) = (claims(&patient), claims(&doctor));
    assert_eq!(leads["context"]["user"]["moderator"], true);
    assert_eq!(theirs["context"]["user"]["moderator"], false);
    let name = format!("{} {}", world.employee.first_name, world.employee.last_name);
    assert_eq!(theirs["context"]["user"]["name"], name.as_str());
    for claims in [&theirs, &leads] {
        assert_eq!(claims["iss"], "huntzen");
        assert_eq!(claims["aud"], "jitsi");
        assert_eq!(claims["sub"], "clinique");
        assert_eq!(claims["room"], room);
        assert_eq!(claims["nbf"], now.timestamp() - 60);
        let end = now + Duration::minutes(10 + 50 + 15);
        assert_eq!(claims["exp"], end.timestamp());
    }
    // Pseudonyms: the same at each arrival, another in each room, and nobody's id.
    let again = claims(&entrance(&asks(&world.patient, id).await));
    let pseudonym = &theirs["context"]["user"]["id"];
    assert_eq!(pseudonym, &again["context"]["user"]["id"]);
    assert_ne!(pseudonym, &leads["context"]["user"]["id"]);
    for secret in [world.employee.id, world.practitioner.id, id] {
        let token = claims(&patient).to_string();
        assert!(
            !token.contains(&secret.to_string()) && !token.contains(&secret.simple().to_string())
        );
    }
    // The room is kept, the token is not.
    let kept = world.app.text("SELECT name FROM video_rooms");
    assert_eq!(kept.as_deref(), Some(room));
}

#[tokio::test]
async fn only_the_two_enter_and_only_in_time() {
    let world = World::start(still()).await;
    let id = world.in_minutes(10, "video");
    let company = world.app.company("Rivale");
    let techcorp = world.app.text("SELECT company_id FROM consultations");
    let colleague = world.app.employee_of(&company);
    world.app.sql(&format!(
        "UPDATE users SET company_id = '{0}' WHERE id = '{1}'; UPDATE employees SET company_id = '{0}' WHERE user_id = '{1}'",
        techcorp.expect("a company"),
        colleague.id
    ));
    let mut strangers = vec![
        world.app.client().signed_in_as(&colleague),
        world.app.client().signed_in_as(&world.app.practitioner()),
    ];
    strangers.extend(
        world
            .app
            .one_of_each(&company)
            .iter()
            .map(|account| world.app.client().signed_in_as(account)),
    );
    for stranger in &strangers {
        asks(stranger, id).await.assert_status(404);
    }
    world
        .patient
        .post(TOKEN, &[("consultation", "../etc")])
        .await
        .assert_status(404);
    world
        .patient
        .post_as_is(TOKEN, &[])
        .await
        .assert_status(403);

    let early = world.in_minutes(76, "video");
    asks(&world.patient, early).await.assert_status(409);
    world
        .patient
        .get(&format!("/employee/consultations/{early}"))
        .await
        .assert_text("Elle ouvre un quart d’heure avant");
    world.app.clock.advance(Duration::minutes(75));
    // The one before ended a quarter of an hour ago.
    asks(&world.patient, id).await.assert_status(409);
    asks(&world.patient, early).await.assert_ok();

    let place = world.in_minutes(76, "in_person");
    world.app.clock.advance(Duration::minutes(70));
    asks(&world.patient, place).await.assert_status(404);
    world.app.sql(&format!(
        "UPDATE consultations SET status = 'cancelled', cancelled_at = now() WHERE id = '{place}'"
    ));
    asks(&world.patient, place).await.assert_status(409);
    let rooms = world.app.count("SELECT count(*) FROM video_rooms");
    assert_eq!(rooms, 1, "a room nobody could enter has a name");
}

#[tokio::test]
async fn only_the_page_of_an_open_room_brings_in_the_server_s_script() {
    let world = World::start(still()).await;
    let id = world.in_minutes(10, "audio");
    for (client, space) in [
        (&world.patient, "employee"),
        (&world.doctor, "practitioner"),
    ] {
        let page = client.get(&format!("/{space}/consultations/{id}")).await;
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(
            policy.contains("script-src 'self' https://visio.example:8443;"),
            "{policy}"
        );
        assert!(
            policy.ends_with("frame-src https://visio.example:8443"),
            "{policy}"
        );
        assert_eq!(page.attributes("[data-jitsi]", "data-jitsi"), [TOKEN]);
        assert_eq!(
            page.attributes("[data-audio-only]", "data-language"),
            ["fr"]
        );
        let list = client.get(&format!("/{space}/consultations")).await;
        let policy = list.header("content-security-policy").expect("a policy");
        assert!(!policy.contains("visio.example"), "{policy}");
    }
}

#[tokio::test]
async fn without_a_server_there_is_no_token() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let id = app.consultation(&employee, &practitioner).in_progress();
    let patient = app.client().signed_in_as(&employee);
    asks(&patient, id).await.assert_status(404);
    let page = patient.get(&format!("/employee/consultations/{id}")).await;
    assert_eq!(page.attributes("[data-call]", "data-call"), ["polite"]);
    assert!(page.attributes("[data-jitsi]", "data-jitsi").is_empty());
}
