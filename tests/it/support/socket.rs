//! A browser's WebSocket, down to the frames.

use std::{net::SocketAddr, time::Duration};

use actix_http::ws::{Codec, Frame, Item, Message};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_util::codec::{Framed, FramedParts};
use uuid::Uuid;

use super::client::Client;

/// Longer than anything here may take: what does not come at all fails the test.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open socket.
pub struct Socket(Framed<TcpStream, Codec>);

impl Client {
    /// Opens a socket as the pages of this browser's server would.
    pub async fn socket(&self, path: &str) -> Socket {
        self.ask_for_socket(path, Some(&self.own_origin()))
            .await
            .unwrap_or_else(|status| panic!("{path}: {status}"))
    }

    /// The socket of a consultation's page, by the space of its reader.
    pub async fn socket_of(&self, space: &str, consultation: Uuid) -> Socket {
        self.socket(&format!("/{space}/consultations/{consultation}/socket"))
            .await
    }

    /// Asks for a socket from a page of `origin`; the status when it is not given.
    pub async fn ask_for_socket(&self, path: &str, origin: Option<&str>) -> Result<Socket, u16> {
        connect(self.server_address(), path, &self.cookie_header(), origin).await
    }

    fn own_origin(&self) -> String {
        format!("http://{}", self.server_address())
    }
}

async fn connect(
    server: SocketAddr,
    path: &str,
    cookies: &str,
    origin: Option<&str>,
) -> Result<Socket, u16> {
    let socket = TcpSocket::new_v4().expect("a socket");
    // Little room, so that a reader that stops is noticed soon.
    socket
        .set_recv_buffer_size(16 * 1024)
        .expect("a receive buffer");
    let mut stream = socket.connect(server).await.expect("the server listens");
    let origin = origin.map_or_else(String::new, |origin| format!("Origin: {origin}\r\n"));
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{origin}Cookie: {cookies}\r\n\r\n"
    );
    stream
        .write_all(request.as_bytes())
        .await
        .expect("the request is sent");
    let mut answer = BytesMut::new();
    let head = loop {
        if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            break answer.split_to(end + 4);
        }
        let read = timeout(PATIENCE, stream.read_buf(&mut answer));
        let read = read.await.expect("an answer in time").expect("an answer");
        assert_ne!(read, 0, "{path}: the server hung up");
    };
    let head = String::from_utf8_lossy(&head);
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or_else(|| panic!("no status: {head}"));
    if status != 101 {
        return Err(status);
    }
    let mut parts = FramedParts::new::<Message>(stream, Codec::new().client_mode());
    parts.read_buf = answer;
    Ok(Socket(Framed::from_parts(parts)))
}

impl Socket {
    /// Sends a frame of JSON.
    pub async fn say(&mut self, frame: Value) {
        self.text(&frame.to_string()).await;
    }

    /// Sends any text.
    pub async fn text(&mut self, text: &str) {
        self.send(Message::Text(text.into())).await;
    }

    /// Sends any bytes as a binary frame.
    pub async fn binary(&mut self, bytes: &[u8]) {
        self.send(Message::Binary(Bytes::copy_from_slice(bytes)))
            .await;
    }

    /// Sends a text in pieces.
    pub async fn pieces(&mut self, pieces: &[&str]) {
        let last = pieces.len() - 1;
        for (index, piece) in pieces.iter().enumerate() {
            let bytes = Bytes::copy_from_slice(piece.as_bytes());
            let item = match index {
                0 => Item::FirstText(bytes),
                _ if index == last => Item::Last(bytes),
                _ => Item::Continue(bytes),
            };
            self.send(Message::Continuation(item)).await;
        }
    }

    /// Sends bytes that need not be a frame at all. The other end may hang up meanwhile.
    pub async fn raw(&mut self, bytes: &[u8]) {
        let _ = self.0.get_mut().write_all(bytes).await;
    }

    async fn send(&mut self, message: Message) {
        timeout(PATIENCE, self.0.send(message))
            .await
            .expect("the network takes it")
            .expect("the socket is open");
    }

    /// Asks whether the server is there, and waits for its answer: everything sent before was taken.
    pub async fn ping(&mut self) {
        self.send(Message::Ping(Bytes::from_static(b"there?")))
            .await;
        loop {
            match self.frame().await {
                Some(Frame::Pong(bytes)) if bytes == "there?" => return,
                Some(Frame::Close(_)) | None => panic!("the socket was closed"),
                Some(_) => {}
            }
        }
    }

    /// The next thing that the server says.
    pub async fn hear(&mut self) -> Value {
        match self.try_hear().await {
            Ok(value) => value,
            Err(code) => panic!("the socket was closed: {code:?}"),
        }
    }

    /// The next thing that the server says, or the code with which it closes; `None` when it hangs up.
    pub async fn try_hear(&mut self) -> Result<Value, Option<u16>> {
        loop {
            match self.frame().await {
                Some(Frame::Text(text)) => {
                    return Ok(serde_json::from_slice(&text).expect("the server says JSON"));
                }
                Some(Frame::Close(reason)) => return Err(reason.map(|reason| reason.code.into())),
                Some(Frame::Ping(_) | Frame::Pong(_)) => {}
                Some(other) => panic!("{other:?}"),
                None => return Err(None),
            }
        }
    }

    /// Reads until the server closes: the code, `None` when it hangs up.
    pub async fn ended(&mut self) -> Option<u16> {
        loop {
            if let Err(code) = self.try_hear().await {
                return code;
            }
        }
    }

    async fn frame(&mut self) -> Option<Frame> {
        timeout(PATIENCE, self.0.next())
            .await
            .expect("the server says something")
            .and_then(Result::ok)
    }
}
