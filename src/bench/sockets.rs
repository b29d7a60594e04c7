//! Thousands of open sockets, and messages between them: how long one takes to reach the other, what a
//! socket costs, and whether all arrive.
//!
//! Every socket is a signed-in person's at one of their consultations; each consultation has both of its
//! people. A message counts when the other's socket has received it, drawn, once.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use actix_http::ws::{Codec, Frame, Message};
use actix_web::{
    cookie::{Cookie, CookieJar, Key},
    web::BytesMut,
};
use anyhow::{Context as _, bail, ensure};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, Bool, Integer, Timestamptz, Uuid as SqlUuid},
};
use futures_util::{
    SinkExt as _, StreamExt as _,
    stream::{self, SplitSink},
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::codec::{Framed, FramedParts};
use uuid::Uuid;

use super::{Subject, server::Server};
use crate::infra::{
    app::App,
    clock::Clock,
    crypto::{KeyUse, random_token},
    session::cookie_name,
};

pub(super) const NAME: &str = "sockets";

/// Sockets that are open at once.
const SOCKETS: i32 = 5_000;
/// Messages in a second, over all sockets…
const RATE: u32 = 500;
/// …for so long.
const SECONDS: u32 = 10;
/// Sockets of one account: fewer than the server allows.
const OF_ONE: i32 = 10;
/// Sockets that open at the same time.
const AT_A_TIME: usize = 32;
/// How long the last messages may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What was measured.
pub(super) struct Measured {
    pub(super) sockets: usize,
    pub(super) sent: usize,
    pub(super) lost: usize,
    pub(super) twice: usize,
    pub(super) elapsed: Duration,
    pub(super) median: Duration,
    pub(super) p99: Duration,
    /// Bytes of the application for each socket that is open.
    pub(super) per_socket: u64,
    pub(super) app_cpu: Duration,
    pub(super) postgres_cpu: Duration,
}

#[derive(Clone, QueryableByName)]
struct Pair {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Bool)]
    is_employee: bool,
}

type Socket = Framed<TcpStream, Codec>;

/// A message that one socket received.
struct Heard {
    socket: usize,
    number: usize,
    at: Instant,
}

pub(super) async fn measure(
    subject: &mut Subject,
    server: &Server,
    clock: &Clock,
) -> anyhow::Result<Measured> {
    let places = places(&mut subject.owner, clock)?;
    ensure!(
        places.len() >= 200,
        "too few consultations of these days: run `huntzen seed scale` again"
    );
    let cookies = sign_in(subject, &places, clock)?;
    let measured = load(subject, server, &places, &cookies).await;
    clean_up(&mut subject.owner, &places)?;
    measured
}

/// Both people of consultations around now; none has too many.
fn places(conn: &mut PgConnection, clock: &Clock) -> anyhow::Result<Vec<Pair>> {
    Ok(sql_query(
        "WITH meetings AS (
             SELECT c.id, c.employee_id, c.practitioner_id,
                    row_number() OVER (PARTITION BY c.practitioner_id ORDER BY c.id) AS one,
                    row_number() OVER (PARTITION BY c.employee_id ORDER BY c.id) AS other
             FROM consultations c
             JOIN users e ON e.id = c.employee_id AND e.status = 'active'
             JOIN users p ON p.id = c.practitioner_id AND p.status = 'active'
             WHERE c.status NOT IN ('held', 'cancelled') AND c.ends_at > $1 - interval '5 days'
               AND NOT EXISTS (SELECT FROM chat_threads t WHERE t.consultation_id = c.id)),
         chosen AS (SELECT * FROM meetings WHERE one <= $2 AND other <= $2 ORDER BY id LIMIT $3 / 2)
         SELECT id, person AS user_id, person = employee_id AS is_employee
         FROM chosen, LATERAL (VALUES (employee_id), (practitioner_id)) AS both_of_them (person)
         ORDER BY id, is_employee",
    )
    .bind::<Timestamptz, _>(clock.now())
    .bind::<Integer, _>(OF_ONE)
    .bind::<Integer, _>(SOCKETS)
    .load(conn)?)
}

/// A session for each of them, and its cookie.
fn sign_in(
    subject: &mut Subject,
    places: &[Pair],
    clock: &Clock,
) -> anyhow::Result<HashMap<Uuid, String>> {
    let keys = App::keys(&subject.config.session_secret)?;
    let key = Key::from(&keys.derive::<64>(KeyUse::Cookies));
    let name = cookie_name(false);
    let mut cookies = HashMap::new();
    let now = clock.now();
    for place in places {
        if cookies.contains_key(&place.user_id) {
            continue;
        }
        let (token, hash) = random_token();
        sql_query(
            "INSERT INTO sessions (user_id, token_hash, rotated_at, expires_at)
             VALUES ($1, $2, $3, $3 + interval '1 hour')",
        )
        .bind::<SqlUuid, _>(place.user_id)
        .bind::<diesel::sql_types::Binary, _>(hash.as_slice())
        .bind::<Timestamptz, _>(now)
        .execute(&mut subject.owner)?;
        let mut jar = CookieJar::new();
        jar.private_mut(&key).add(Cookie::new(name.clone(), token));
        let cookie = jar.get(&name).context("it was just added")?;
        cookies.insert(place.user_id, cookie.stripped().encoded().to_string());
    }
    Ok(cookies)
}

/// Nothing of the measure stays.
fn clean_up(conn: &mut PgConnection, places: &[Pair]) -> anyhow::Result<()> {
    let ids: Vec<Uuid> = places.iter().map(|place| place.id).collect();
    let people: Vec<Uuid> = places.iter().map(|place| place.user_id).collect();
    for statement in [
        "DELETE FROM chat_messages WHERE consultation_id = ANY ($1)",
        "DELETE FROM chat_reads WHERE consultation_id = ANY ($1)",
        "DELETE FROM chat_threads WHERE consultation_id = ANY ($1)",
        "DELETE FROM data_keys WHERE scope = 'chat' AND owner_id = ANY ($1)",
        "DELETE FROM jobs WHERE kind = 'chat.remind_unread' AND (payload ->> 'consultation_id')::uuid = ANY ($1)",
    ] {
        sql_query(statement)
            .bind::<Array<SqlUuid>, _>(&ids)
            .execute(conn)?;
    }
    sql_query("DELETE FROM sessions WHERE user_id = ANY ($1)")
        .bind::<Array<SqlUuid>, _>(&people)
        .execute(conn)?;
    Ok(())
}

async fn load(
    subject: &mut Subject,
    server: &Server,
    places: &[Pair],
    cookies: &HashMap<Uuid, String>,
) -> anyhow::Result<Measured> {
    // The first socket starts what all share: it is not what one more costs.
    let first = connect(server.port, &places[0], cookies).await?;
    let before = server.memory()?;
    let rest: Vec<anyhow::Result<Socket>> = stream::iter(&places[1..])
        .map(|place| connect(server.port, place, cookies))
        .buffered(AT_A_TIME)
        .collect()
        .await;
    let mut sockets = vec![first];
    for socket in rest {
        sockets.push(socket?);
    }
    let opened = sockets.len();
    let per_socket = server.memory()?.saturating_sub(before) / opened.max(1) as u64;

    let (heard, mut hearing) = mpsc::unbounded_channel();
    let mut mouths = Vec::with_capacity(opened);
    for (index, socket) in sockets.into_iter().enumerate() {
        let (mouth, mut ear) = socket.split();
        let heard = heard.clone();
        tokio::spawn(async move {
            while let Some(Ok(frame)) = ear.next().await {
                let at = Instant::now();
                if let Frame::Text(text) = frame {
                    for number in numbers(&text) {
                        let socket = index;
                        // Nobody counts any more: the measure is over.
                        let _ = heard.send(Heard { socket, number, at });
                    }
                }
            }
        });
        mouths.push(mouth);
    }
    drop(heard);

    warm_up(subject, &mut mouths, &mut hearing).await?;
    let app_before = server.cpu()?;
    let postgres_before = subject.postgres.cpu(&mut subject.owner)?;
    let total = (RATE * SECONDS) as usize;
    let mut sent: Vec<(usize, Instant)> = Vec::with_capacity(total);
    let mut arrived: HashMap<usize, Instant> = HashMap::with_capacity(total);
    let mut twice = 0;
    let begun = Instant::now();
    let mut beat = interval(Duration::from_secs(1) / RATE);
    // What is late is sent at once: the rate is the rate.
    beat.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut take = |heard: Heard, sent: &[(usize, Instant)], arrived: &mut HashMap<_, _>| {
        // One's own message comes back too; the other's is the one that counts.
        if sent
            .get(heard.number)
            .is_some_and(|(by, _)| *by != heard.socket)
            && arrived.insert(heard.number, heard.at).is_some()
        {
            twice += 1;
        }
    };
    while sent.len() < total {
        tokio::select! {
            _ = beat.tick() => {
                let number = sent.len();
                // 7,919 is a prime: everybody's turn comes, in no order.
                let by = number * 7_919 % mouths.len();
                sent.push((by, Instant::now()));
                say(&mut mouths[by], number).await?;
            }
            Some(heard) = hearing.recv() => take(heard, &sent, &mut arrived),
        }
    }
    while arrived.len() < total {
        match timeout(PATIENCE, hearing.recv()).await {
            Ok(Some(heard)) => take(heard, &sent, &mut arrived),
            _ => break,
        }
    }
    let elapsed = begun.elapsed();
    let app_cpu = server.cpu()?.saturating_sub(app_before);
    let postgres = subject.postgres.cpu(&mut subject.owner)?;
    let mut latencies: Vec<Duration> = arrived
        .iter()
        .filter_map(|(number, at)| Some(at.duration_since(sent.get(*number)?.1)))
        .collect();
    latencies.sort_unstable();
    let quantile = |percent: usize| {
        let index = (latencies.len() * percent / 100).min(latencies.len().saturating_sub(1));
        latencies.get(index).copied().unwrap_or_default()
    };
    Ok(Measured {
        sockets: opened,
        sent: sent.len(),
        lost: sent.len() - arrived.len(),
        twice,
        elapsed,
        median: quantile(50),
        p99: quantile(99),
        per_socket,
        app_cpu,
        postgres_cpu: postgres.saturating_sub(postgres_before),
    })
}

/// Messages before anything counts: connections have their plans, and the tables of the chat, which a
/// scale seed leaves empty, the statistics of tables that are in use. A plan made for an empty table reads
/// it from end to end, until the database looks at the table again.
async fn warm_up(
    subject: &mut Subject,
    mouths: &mut [Mouth],
    hearing: &mut mpsc::UnboundedReceiver<Heard>,
) -> anyhow::Result<()> {
    let count = mouths.len().min(RATE as usize);
    for (by, mouth) in mouths.iter_mut().take(count).enumerate() {
        // Numbers that are counted by nobody afterwards.
        say(mouth, usize::MAX - by).await?;
    }
    let mut heard = HashSet::new();
    while heard.len() < count {
        let Some(message) = timeout(PATIENCE, hearing.recv()).await? else {
            bail!("the sockets were closed");
        };
        if usize::MAX - message.number != message.socket {
            heard.insert(message.number);
        }
    }
    sql_query("ANALYZE chat_threads, chat_messages, chat_reads, chat_attachments, data_keys, jobs")
        .execute(&mut subject.owner)?;
    Ok(())
}

/// Where a socket's frames go in.
type Mouth = SplitSink<Socket, Message>;

async fn say(mouth: &mut Mouth, number: usize) -> anyhow::Result<()> {
    let frame = json!({ "to": "chat", "type": "send", "client_id": Uuid::new_v4(),
                        "text": format!("message-{number}-") });
    mouth
        .send(Message::Text(frame.to_string().into()))
        .await
        .map_err(|error| anyhow::anyhow!("a socket was closed: {error}"))
}

/// The numbers of the messages in a frame.
fn numbers(text: &[u8]) -> Vec<usize> {
    let text = String::from_utf8_lossy(text);
    text.split("message-")
        .skip(1)
        .filter_map(|rest| rest.split_once('-')?.0.parse().ok())
        .collect()
}

/// Opens a socket as the page of one of the two, and says that it has seen nothing.
async fn connect(
    port: u16,
    place: &Pair,
    cookies: &HashMap<Uuid, String>,
) -> anyhow::Result<Socket> {
    let space = if place.is_employee {
        "employee"
    } else {
        "practitioner"
    };
    let cookie = cookies.get(&place.user_id).context("everybody has one")?;
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!(
        "GET /{space}/consultations/{}/socket HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {cookie}\r\n\r\n",
        place.id
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = BytesMut::new();
    let head = loop {
        if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            break answer.split_to(end + 4);
        }
        ensure!(
            timeout(PATIENCE, stream.read_buf(&mut answer)).await?? > 0,
            "the server hung up"
        );
    };
    if !head.starts_with(b"HTTP/1.1 101") {
        let first = String::from_utf8_lossy(&head);
        bail!("no socket: {}", first.lines().next().unwrap_or_default());
    }
    let mut parts = FramedParts::new::<Message>(stream, Codec::new().client_mode());
    parts.read_buf = answer;
    let mut socket = Framed::from_parts(parts);
    let resume = json!({ "to": "chat", "type": "resume", "after": 0 });
    socket
        .send(Message::Text(resume.to_string().into()))
        .await
        .map_err(|error| anyhow::anyhow!("a socket was closed: {error}"))?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_among_the_markup() {
        let html = br#"{"html":"<li data-message=\"x\"><p class=\"chat-text\">message-12-</p><p>message-7-</p>"}"#;
        assert_eq!(numbers(html), [12, 7]);
        assert_eq!(numbers(b"{\"type\":\"stored\"}"), Vec::<usize>::new());
    }
}
