//! A mail server small enough to trust: it takes every message, or refuses as it is told.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// A listening mail server; it stops with the test's runtime.
#[derive(Clone)]
pub struct SmtpSink {
    pub url: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    received: Mutex<Vec<Received>>,
    refusal: Mutex<Option<String>>,
    connections: AtomicUsize,
}

/// A message as it came over the wire.
#[derive(Clone, Debug, Default)]
pub struct Received {
    pub from: String,
    pub recipients: Vec<String>,
    pub data: String,
}

impl SmtpSink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(State::default());
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(converse(stream, shared.clone()));
            }
        });
        Self {
            url: format!("smtp://127.0.0.1:{port}"),
            state,
        }
    }

    /// Every message taken so far, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.state
            .received
            .lock()
            .expect("no panic under the lock")
            .clone()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Answers every recipient with this line, for instance `550 5.1.1 no such user`; takes them again with `None`.
    pub fn refuse_recipients(&self, answer: Option<&str>) {
        *self.state.refusal.lock().expect("no panic under the lock") = answer.map(str::to_owned);
    }
}

async fn converse(stream: TcpStream, state: Arc<State>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await.ok()?;
    let mut mail = Received::default();
    while let Some(line) = lines.next_line().await.ok()? {
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" | "HELO" => "250-sink\r\n250 8BITMIME".to_owned(),
            "MAIL" => {
                mail = Received {
                    from: line,
                    ..Received::default()
                };
                "250 ok".to_owned()
            }
            "RCPT" => {
                let refusal = state
                    .refusal
                    .lock()
                    .expect("no panic under the lock")
                    .clone();
                refusal.unwrap_or_else(|| {
                    mail.recipients.push(line);
                    "250 ok".to_owned()
                })
            }
            "DATA" => {
                write.write_all(b"354 go ahead\r\n").await.ok()?;
                while let Some(line) = lines.next_line().await.ok()? {
                    if line == "." {
                        break;
                    }
                    mail.data.push_str(&line);
                    mail.data.push('\n');
                }
                state
                    .received
                    .lock()
                    .expect("no panic under the lock")
                    .push(mail.clone());
                "250 taken".to_owned()
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await.ok()?;
                break;
            }
            _ => "250 ok".to_owned(),
        };
        write
            .write_all(format!("{answer}\r\n").as_bytes())
            .await
            .ok()?;
    }
    Some(())
}
