//! The room over the socket: who is let in, who is told what, what is written down.

use chrono::Duration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    socket::Socket,
};

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        Self {
            practitioner: app.practitioner(),
            employee,
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

    async fn patient(&self, id: Uuid) -> Socket {
        let client = self.app.client().signed_in_as(&self.employee);
        client.socket_of("employee", id).await
    }

    async fn doctor(&self, id: Uuid) -> Socket {
        let client = self.app.client().signed_in_as(&self.practitioner);
        client.socket_of("practitioner", id).await
    }
}

async fn joins(socket: &mut Socket, peer: Uuid) -> Value {
    socket
        .say(json!({ "to": "presence", "type": "join", "peer": peer }))
        .await;
    hears(socket, "presence").await
}

async fn signals(socket: &mut Socket, target: Uuid, data: Value) {
    socket
        .say(json!({ "to": "call", "type": "signal", "target": target, "data": data }))
        .await;
}

/// The next thing that is for this part of the page.
async fn hears(socket: &mut Socket, to: &str) -> Value {
    loop {
        let message = socket.hear().await;
        if message["to"] == to {
            return message;
        }
    }
}

/// Hears who is there until it is this.
async fn hears_of(socket: &mut Socket, other: Value) {
    while hears(socket, "presence").await["other"] != other {}
}

#[tokio::test]
async fn the_two_learn_of_each_other_and_their_signals_arrive_once_and_in_order() {
    let world = World::start().await;
    let id = world.in_minutes(10, "video");
    let (one, other) = (Uuid::new_v4(), Uuid::new_v4());
    let (mut patient, mut doctor) = (world.patient(id).await, world.doctor(id).await);
    // Whoever is only on the page is told nothing of who is in the room.
    assert_eq!(
        joins(&mut patient, one).await,
        json!({ "to": "presence", "type": "who", "other": null })
    );
    let who = joins(&mut doctor, other).await;
    assert_eq!(who["other"], json!(one));
    hears_of(&mut patient, json!(other)).await;

    // More than an event could carry.
    let large = "a=candidate ".repeat(2_000);
    for number in 0..20 {
        signals(&mut doctor, one, json!({ "number": number, "sdp": large })).await;
    }
    let mut last = 0;
    for number in 0..20 {
        let heard = hears(&mut patient, "call").await;
        assert_eq!(heard["type"], "signal");
        assert_eq!(heard["from"], json!(other));
        assert_eq!(heard["data"]["number"], number);
        assert_eq!(heard["data"]["sdp"], large);
        last = heard["position"].as_i64().expect("a position");
    }
    // The socket is cut; what is signalled meanwhile waits, and what was heard is not repeated.
    drop(patient);
    hears_of(&mut doctor, Value::Null).await;
    signals(&mut doctor, one, json!({ "number": 20 })).await;
    doctor.ping().await;
    // Addresses of both are in it: sealed for as long as it waits.
    let kept = world
        .app
        .text("SELECT string_agg(encode(body_sealed, 'escape'), '') FROM call_signals")
        .expect("a signal that waits");
    assert!(!kept.contains("number") && !kept.contains("candidate"));
    let mut patient = world.patient(id).await;
    patient
        .say(json!({ "to": "presence", "type": "join", "peer": one, "after": last }))
        .await;
    hears_of(&mut doctor, json!(one)).await;
    signals(&mut doctor, one, json!({ "number": 21 })).await;
    for number in [20, 21] {
        assert_eq!(hears(&mut patient, "call").await["data"]["number"], number);
    }
    // Signals are no record: minutes later they are gone.
    world.app.clock.advance(Duration::minutes(4));
    world.app.run_jobs().await;
    assert_eq!(world.app.count("SELECT count(*) FROM call_signals"), 0);
    let stays = world.app.text(
        "SELECT string_agg(CASE WHEN p.person_id = c.employee_id THEN 'E' ELSE 'P' END
                || CASE WHEN p.left_at IS NULL THEN '' ELSE '.' END, ' ' ORDER BY p.joined_at, p.left_at IS NULL, p.person_id = c.employee_id)
         FROM presences p JOIN consultations c ON c.id = p.consultation_id",
    );
    assert_eq!(stays.as_deref(), Some("E. P E"));
}

#[tokio::test]
async fn a_third_page_is_refused_until_the_first_one_goes() {
    let world = World::start().await;
    let id = world.in_minutes(10, "audio");
    let (one, second) = (Uuid::new_v4(), Uuid::new_v4());
    let (mut laptop, mut phone) = (world.patient(id).await, world.patient(id).await);
    let mut doctor = world.doctor(id).await;
    joins(&mut laptop, one).await;
    joins(&mut doctor, Uuid::new_v4()).await;
    let refused = joins(&mut phone, second).await;
    assert_eq!(refused, json!({ "to": "presence", "type": "taken" }));
    // It neither signals nor hears.
    signals(&mut phone, one, json!({ "number": 1 })).await;
    phone.ping().await;
    assert_eq!(world.app.count("SELECT count(*) FROM call_signals"), 0);
    laptop
        .say(json!({ "to": "presence", "type": "leave" }))
        .await;
    hears_of(&mut doctor, Value::Null).await;
    assert_eq!(joins(&mut phone, second).await["type"], "who");
    hears_of(&mut doctor, json!(second)).await;
    // A page that vanished without a word is taken to be gone after a while.
    world.app.clock.advance(Duration::seconds(46));
    assert_eq!(joins(&mut laptop, one).await["type"], "who");
}

#[tokio::test]
async fn the_room_opens_in_time_for_the_two_and_not_in_person() {
    let world = World::start().await;
    let early = world.in_minutes(16, "video");
    let place = world.in_minutes(90, "in_person");
    let shut = json!({ "to": "presence", "type": "shut" });
    let mut patient = world.patient(early).await;
    assert_eq!(joins(&mut patient, Uuid::new_v4()).await, shut);
    world.app.clock.advance(Duration::minutes(1));
    assert_eq!(joins(&mut patient, Uuid::new_v4()).await["type"], "who");
    world.app.clock.advance(Duration::minutes(66));
    let mut there = world.patient(place).await;
    assert_eq!(joins(&mut there, Uuid::new_v4()).await, shut);
}

#[tokio::test]
async fn the_page_counts_the_last_hour_and_then_opens_the_room() {
    let world = World::start().await;
    let id = world.in_minutes(76, "video");
    let client = world.app.client().signed_in_as(&world.employee);
    let path = format!("/employee/consultations/{id}");
    let page = client.get(&path).await;
    page.assert_text("Elle ouvre un quart d’heure avant")
        .assert_nowhere("data-countdown");
    world.app.clock.advance(Duration::minutes(2));
    let page = client.get(&path).await;
    assert_eq!(page.attributes("[data-countdown]", "data-now").len(), 1);
    world.app.clock.advance(Duration::minutes(59));
    let page = client.get(&path).await;
    page.assert_nowhere("data-countdown");
    assert_eq!(page.attributes("[data-call]", "data-ice"), ["[]"]);
}

#[tokio::test]
async fn a_consultation_in_person_shows_the_place_and_the_same_buttons() {
    let world = World::start().await;
    let id = world.in_minutes(10, "in_person");
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    let patient = world.app.client().signed_in_as(&world.employee);
    let path = format!("/practitioner/consultations/{id}");
    for page in [
        doctor.get(&path).await,
        patient.get(&format!("/employee/consultations/{id}")).await,
    ] {
        page.assert_text("12 rue de la République, 69002 Lyon")
            .assert_nowhere("data-call");
    }
    for (step, next) in [("start", "end"), ("end", "")] {
        let page = doctor.get(&path).await;
        let action = format!("{path}/{step}");
        assert!(
            page.attributes("form", "action").contains(&action),
            "{step}"
        );
        doctor.post(&action, &[]).await.assert_status(303);
        world.app.clock.advance(Duration::minutes(45));
        let page = doctor.get(&path).await;
        let more = !next.is_empty();
        assert_eq!(
            page.attributes("form", "action")
                .contains(&format!("{path}/end")),
            more
        );
    }
    let lasted = world
        .app
        .count("SELECT duration_seconds FROM consultations");
    assert_eq!(lasted, 45 * 60);
}

#[tokio::test]
async fn pages_that_are_open_learn_that_it_begins_and_ends() {
    let world = World::start().await;
    let id = world.in_minutes(5, "video");
    let mut patient = world.patient(id).await;
    patient.ping().await;
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    for step in ["start", "end"] {
        let path = format!("/practitioner/consultations/{id}/{step}");
        doctor.post(&path, &[]).await.assert_status(303);
        let changed = json!({ "to": "room", "type": "changed" });
        assert_eq!(hears(&mut patient, "room").await, changed);
    }
}

#[tokio::test]
async fn the_last_presence_on_the_socket_is_the_end_of_what_nobody_ended() {
    let world = World::start().await;
    let id = world.in_minutes(0, "video");
    let (mut patient, mut doctor) = (world.patient(id).await, world.doctor(id).await);
    joins(&mut patient, Uuid::new_v4()).await;
    joins(&mut doctor, Uuid::new_v4()).await;
    let client = world.app.client().signed_in_as(&world.practitioner);
    let path = format!("/practitioner/consultations/{id}");
    client
        .post(&format!("{path}/start"), &[])
        .await
        .assert_status(303);
    for _ in 0..2 {
        world.app.clock.advance(Duration::minutes(20));
        for socket in [&mut patient, &mut doctor] {
            socket
                .say(json!({ "to": "presence", "type": "here" }))
                .await;
            socket.ping().await;
        }
    }
    // The employee goes; the practitioner's window stays open.
    patient
        .say(json!({ "to": "presence", "type": "leave" }))
        .await;
    patient.ping().await;
    world.app.clock.advance(Duration::minutes(70));
    world.app.run_jobs().await;
    let closed = world
        .app
        .text("SELECT concat_ws(' ', status, duration_seconds) FROM consultations");
    assert_eq!(closed.as_deref(), Some("completed 2400"));
    client
        .get(&path)
        .await
        .assert_text("Présences dans la salle")
        .assert_text(&world.employee.last_name);
}
