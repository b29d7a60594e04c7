//! The chat over the socket: once, in order, nothing lost, whatever happens to the connection.

use std::time::Duration;

use actix_http::ws::CloseCode;
use huntzen::infra::clock::Clock;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use uuid::Uuid;

use super::World;
use crate::support::{TestApp, app::Setup, process::Server, socket::Socket};

fn resume(after: i64) -> Value {
    json!({ "to": "chat", "type": "resume", "after": after })
}

fn message(client_id: Uuid, text: &str) -> Value {
    json!({ "to": "chat", "type": "send", "client_id": client_id, "text": text })
}

/// The texts of the messages in a frame, with their ids.
fn texts(html: &str) -> Vec<(String, String)> {
    let part = Html::parse_fragment(html);
    let (item, text) = (
        Selector::parse("[data-message]").expect("a selector"),
        Selector::parse(".chat-text").expect("a selector"),
    );
    part.select(&item)
        .map(|item| {
            let text = item.select(&text).flat_map(|text| text.text()).collect();
            (
                item.attr("data-message").unwrap_or_default().to_owned(),
                text,
            )
        })
        .collect()
}

/// Hears until the frame of this type.
async fn hear(socket: &mut Socket, kind: &str) -> Value {
    loop {
        let heard = socket.hear().await;
        if heard["type"] == kind {
            return heard;
        }
    }
}

impl World {
    async fn sockets(&self) -> (Socket, Socket) {
        let mut employee = self
            .employee()
            .socket_of("employee", self.consultation)
            .await;
        let practitioner = self.practitioner();
        let mut practitioner = practitioner
            .socket_of("practitioner", self.consultation)
            .await;
        employee.say(resume(0)).await;
        practitioner.say(resume(0)).await;
        (employee, practitioner)
    }
}

#[tokio::test]
async fn a_message_arrives_as_the_page_would_draw_it() {
    let world = World::start().await;
    let (mut employee, mut practitioner) = world.sockets().await;
    let client_id = Uuid::new_v4();
    employee
        .say(message(client_id, "Bonjour <i>docteur</i>"))
        .await;
    let heard = hear(&mut practitioner, "messages").await;
    let html = heard["html"].as_str().expect("html");
    assert_eq!(texts(html)[0].1, "Bonjour <i>docteur</i>");
    let page = world
        .practitioner()
        .get(&world.messages("practitioner"))
        .await;
    let item = html.split("data-message=").nth(1).expect("an item");
    assert!(page.text().contains(item.trim()), "twin templates");

    // The sender hears that it is kept, and sees it with its own id.
    let stored = hear(&mut employee, "stored").await;
    assert_eq!(stored["client_id"], json!(client_id));
    let page = world.employee().get(&world.messages("employee")).await;
    assert_eq!(
        page.attributes("[data-client]", "data-client"),
        [client_id.to_string()]
    );

    // Read, changed, deleted: the other's page follows.
    practitioner
        .say(json!({ "to": "chat", "type": "read", "up_to": 1 }))
        .await;
    assert_eq!(hear(&mut employee, "read").await["up_to"], 1);
    let id = texts(html)[0].0.clone();
    employee
        .say(json!({ "to": "chat", "type": "edit", "id": id, "text": "Bonsoir" }))
        .await;
    let heard = hear(&mut practitioner, "messages").await;
    assert_eq!(
        texts(heard["html"].as_str().expect("html")),
        [(id.clone(), "Bonsoir".to_owned())]
    );
    employee
        .say(json!({ "to": "chat", "type": "delete", "id": id }))
        .await;
    let heard = hear(&mut practitioner, "messages").await;
    assert_eq!(
        texts(heard["html"].as_str().expect("html")),
        [(id.clone(), String::new())]
    );
    practitioner
        .say(json!({ "to": "chat", "type": "delete", "id": id }))
        .await;
    hear(&mut practitioner, "refused").await;
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_in_words() {
    let world = World::start().await;
    let (mut employee, _) = world.sockets().await;
    for text in ["", "  \n", &"é".repeat(4_001)] {
        let client_id = Uuid::new_v4();
        employee.say(message(client_id, text)).await;
        let refused = hear(&mut employee, "refused").await;
        assert_eq!(refused["client_id"], json!(client_id));
        assert!(refused["why"].as_str().is_some_and(|why| why.len() > 10));
    }
    assert_eq!(world.app.count("SELECT count(*) FROM chat_messages"), 0);
}

#[tokio::test]
async fn two_processes_carry_one_conversation() {
    let app = TestApp::start_with(Setup {
        clock: Clock::system(),
        ..Setup::default()
    })
    .await;
    let company = app.company("TechCorp");
    let employee = app.employee_of(&company);
    let practitioner = app.practitioner();
    let consultation = app
        .consultation(&employee, &practitioner)
        // Ahead by the system's clock too.
        .at("2099-03-23T09:00:00Z")
        .scheduled();
    let (one, two) = (Server::start(&app).await, Server::start(&app).await);
    let client = app.client().signed_in_as(&employee).at(one.address);
    let mut employee = client.socket_of("employee", consultation).await;
    let client = app.client().signed_in_as(&practitioner).at(two.address);
    let mut practitioner = client.socket_of("practitioner", consultation).await;
    employee.say(resume(0)).await;
    practitioner.say(resume(0)).await;
    for number in 0..20 {
        let text = format!("n{number}");
        let (from, to) = if number % 2 == 0 {
            (&mut employee, &mut practitioner)
        } else {
            (&mut practitioner, &mut employee)
        };
        from.say(message(Uuid::new_v4(), &text)).await;
        // One's own is heard too: the other's is the one that counts.
        loop {
            let heard = hear(to, "messages").await;
            if texts(heard["html"].as_str().expect("html"))
                .iter()
                .any(|(_, heard)| *heard == text)
            {
                break;
            }
        }
    }
}

/// A page that loses its socket again and again, and keeps what it was told.
struct Reader {
    last: i64,
    seen: Vec<String>,
}

impl Reader {
    async fn listen(&mut self, world: &World, until: usize, cuts: usize) {
        let client = world.practitioner();
        let each = until.div_ceil(cuts);
        while self.seen.len() < until {
            let mut socket = client.socket_of("practitioner", world.consultation).await;
            socket.say(resume(self.last)).await;
            let stop = (self.seen.len() + each).min(until);
            while self.seen.len() < stop {
                let heard = hear(&mut socket, "messages").await;
                self.last = heard["last"].as_i64().expect("a number");
                let new = texts(heard["html"].as_str().expect("html"));
                self.seen.extend(new.into_iter().map(|(_, text)| text));
            }
            // The network goes away without a word.
            drop(socket);
        }
    }
}

#[tokio::test]
async fn ten_thousand_messages_over_two_hundred_cuts_arrive_once_and_in_order() {
    const MESSAGES: usize = 10_000;
    const CUTS: usize = 100;
    let world = World::start().await;
    let writing = async {
        let client = world.employee();
        let all: Vec<(Uuid, String)> = (0..MESSAGES)
            .map(|number| (Uuid::new_v4(), format!("n{number}")))
            .collect();
        for part in all.chunks(MESSAGES / CUTS) {
            // What was sent and never answered is sent again by the next socket, some of it twice.
            let mut socket = client.socket_of("employee", world.consultation).await;
            for (client_id, text) in &part[..part.len() / 2] {
                socket.say(message(*client_id, text)).await;
            }
            drop(socket);
            let mut socket = client.socket_of("employee", world.consultation).await;
            for (client_id, text) in part {
                socket.say(message(*client_id, text)).await;
            }
            for _ in part {
                hear(&mut socket, "stored").await;
            }
        }
    };
    let mut reader = Reader {
        last: 0,
        seen: Vec::new(),
    };
    tokio::join!(writing, reader.listen(&world, MESSAGES, CUTS));
    let wanted: Vec<String> = (0..MESSAGES).map(|number| format!("n{number}")).collect();
    assert_eq!(reader.seen, wanted);
    assert_eq!(
        world.app.count("SELECT count(*) FROM chat_messages"),
        i64::try_from(MESSAGES).expect("a count")
    );
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_left_and_costs_a_bounded_amount() {
    let world = World::start().await;
    for number in 0..400 {
        let text = format!("{number} {}", "é".repeat(3_000));
        world
            .app
            .message(world.consultation, &world.practitioner, &text);
    }
    let (mut slow, mut healthy) = world.sockets().await;
    // Asked for again and again, never read: the network is full, then the socket is left.
    for _ in 0..90 {
        slow.text(&resume(0).to_string()).await;
    }
    hear(&mut healthy, "messages").await;
    tokio::time::timeout(Duration::from_secs(40), async {
        while world.app.shared.live.sockets() > 1 {
            healthy.ping().await;
        }
    })
    .await
    .expect("the slow one is left");
    healthy.ping().await;
}

#[tokio::test]
async fn writing_ends_with_the_appointment() {
    let world = World::start().await;
    let (mut employee, _) = world.sockets().await;
    employee.ping().await;
    world
        .app
        .sql("UPDATE consultations SET status = 'cancelled', cancelled_at = now()");
    employee.say(message(Uuid::new_v4(), "Encore")).await;
    hear(&mut employee, "refused").await;
    assert_eq!(employee.ended().await, Some(CloseCode::Policy.into()));
    assert_eq!(world.app.count("SELECT count(*) FROM chat_messages"), 0);
}
