//! A browser reduced to what a load needs: one kept-alive HTTP/1.1 connection and its cookies.
//! Loopback only, and only answers of our own server: nothing here is made for the open network.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use anyhow::{Context as _, bail, ensure};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

/// The longest head and the longest answer that is kept.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// One connection with its cookies.
pub(super) struct Visitor {
    port: u16,
    stream: Option<BufReader<TcpStream>>,
    cookies: BTreeMap<String, String>,
    cookie_line: String,
    /// The last answer's body, kept to reuse its memory.
    body: Vec<u8>,
}

/// A request whose text is ready.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) path: String,
    /// A urlencoded form.
    pub(super) form: Option<String>,
}

impl Request {
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self {
            method: "GET",
            path: path.into(),
            form: None,
        }
    }

    pub(super) fn post(path: impl Into<String>, fields: &[(&str, &str)]) -> anyhow::Result<Self> {
        Ok(Self {
            method: "POST",
            path: path.into(),
            form: Some(serde_urlencoded::to_string(fields)?),
        })
    }
}

/// The head of an answer.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    /// Bytes of the body.
    pub(super) length: u64,
}

#[derive(Default)]
struct Framing {
    length: Option<u64>,
    chunked: bool,
    close: bool,
}

impl Visitor {
    pub(super) fn new(port: u16) -> Self {
        Self {
            port,
            stream: None,
            cookies: BTreeMap::new(),
            cookie_line: String::new(),
            body: Vec::new(),
        }
    }

    /// The body of the last answer to [`Self::exchange`].
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }

    /// Asks and reads the whole answer.
    pub(super) async fn exchange(&mut self, request: &Request) -> anyhow::Result<Answer> {
        self.ask(request, true).await
    }

    /// As [`Self::exchange`], forgetting the body as it comes.
    pub(super) async fn drain(&mut self, request: &Request) -> anyhow::Result<Answer> {
        self.ask(request, false).await
    }

    async fn ask(&mut self, request: &Request, keep: bool) -> anyhow::Result<Answer> {
        let answer = self.try_ask(request, keep).await;
        if answer.is_err() {
            self.stream = None;
        }
        answer.with_context(|| format!("{} {}", request.method, request.path))
    }

    async fn try_ask(&mut self, request: &Request, keep: bool) -> anyhow::Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), self.port);
                let stream = TcpStream::connect(address).await?;
                stream.set_nodelay(true)?;
                BufReader::with_capacity(64 * 1024, stream)
            }
        };
        let text = self.spell(request);
        stream.get_mut().write_all(text.as_bytes()).await?;
        let (mut answer, framing) = self.read_head(&mut stream).await?;
        self.body.clear();
        answer.length = self.read_body(&mut stream, &framing, keep).await?;
        if !framing.close {
            self.stream = Some(stream);
        }
        Ok(answer)
    }

    fn spell(&self, request: &Request) -> String {
        let Self {
            port, cookie_line, ..
        } = self;
        let Request { method, path, .. } = request;
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\nAccept-Language: fr\r\n{cookie_line}"
        );
        if let Some(form) = &request.form {
            text += &format!(
                "Origin: http://localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                 Content-Length: {}\r\n\r\n{form}",
                form.len()
            );
        } else {
            text += "\r\n";
        }
        text
    }

    async fn read_head(
        &mut self,
        stream: &mut BufReader<TcpStream>,
    ) -> anyhow::Result<(Answer, Framing)> {
        let mut line = String::new();
        ensure!(
            stream.read_line(&mut line).await? > 0,
            "the server closed the connection"
        );
        let status = line
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3)?.parse().ok())
            .with_context(|| format!("no HTTP answer: {line:?}"))?;
        let mut answer = Answer {
            status,
            ..Answer::default()
        };
        let mut framing = Framing::default();
        loop {
            line.clear();
            stream.read_line(&mut line).await?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => framing.length = Some(value.parse()?),
                "transfer-encoding" => framing.chunked = value.eq_ignore_ascii_case("chunked"),
                "connection" => framing.close = value.eq_ignore_ascii_case("close"),
                "location" => answer.location = Some(value.to_owned()),
                "set-cookie" => self.keep_cookie(value),
                _ => {}
            }
        }
        Ok((answer, framing))
    }

    fn keep_cookie(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.insert(name.to_owned(), value.to_owned());
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            self.cookie_line = format!("Cookie: {}\r\n", pairs.join("; "));
        }
    }

    async fn read_body(
        &mut self,
        stream: &mut BufReader<TcpStream>,
        framing: &Framing,
        keep: bool,
    ) -> anyhow::Result<u64> {
        if !framing.chunked {
            let length = framing.length.unwrap_or(0);
            self.read_piece(stream, length, keep).await?;
            return Ok(length);
        }
        let mut total = 0;
        let mut line = String::new();
        loop {
            line.clear();
            ensure!(
                stream.read_line(&mut line).await? > 0,
                "the answer stops in the middle"
            );
            let size = u64::from_str_radix(line.trim_end(), 16).context("a chunk's size")?;
            self.read_piece(stream, size, keep).await?;
            line.clear();
            // The end of the chunk; after the last one the end of the answer: no trailers are sent.
            stream.read_line(&mut line).await?;
            total += size;
            if size == 0 {
                return Ok(total);
            }
        }
    }

    async fn read_piece(
        &mut self,
        stream: &mut BufReader<TcpStream>,
        length: u64,
        keep: bool,
    ) -> anyhow::Result<()> {
        if length > MOST_BYTES {
            bail!("an answer of {length} bytes");
        }
        if !keep {
            self.body.clear();
        }
        let read = stream.take(length).read_to_end(&mut self.body).await?;
        ensure!(
            u64::try_from(read) == Ok(length),
            "the answer stops in the middle"
        );
        Ok(())
    }
}

/// The value of the first attribute `name="…"` after `mark` in a page.
pub(super) fn attribute_after<'a>(page: &'a str, mark: &str, name: &str) -> Option<&'a str> {
    let rest = &page[page.find(mark)? + mark.len()..];
    let begin = rest.find(&format!("{name}=\""))? + name.len() + 2;
    rest[begin..].split('"').next()
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// Answers each request on one connection with the next text.
    async fn serve(answers: &'static [&'static str]) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its address").port();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.expect("a visitor");
            let mut stream = BufReader::new(stream);
            for answer in answers {
                let mut line = String::new();
                while line != "\r\n" {
                    line.clear();
                    stream.read_line(&mut line).await.expect("a request");
                }
                stream.write_all(answer.as_bytes()).await.expect("sent");
            }
        });
        port
    }

    #[tokio::test]
    async fn answers_of_both_framings_follow_each_other_on_one_connection() {
        let port = serve(&[
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=1; Path=/\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n5\r\npedia\r\n0\r\n\r\n",
            "HTTP/1.1 303 See Other\r\nLocation: /next\r\ncontent-length: 0\r\n\r\n",
        ])
        .await;
        let mut visitor = Visitor::new(port);
        let request = Request::get("/");
        assert_eq!(
            visitor.exchange(&request).await.expect("answered").length,
            5
        );
        assert_eq!(visitor.text(), "hello");
        assert_eq!(visitor.cookie_line, "Cookie: a=1\r\n");
        assert_eq!(
            visitor.exchange(&request).await.expect("answered").length,
            9
        );
        assert_eq!(visitor.text(), "wikipedia");
        let moved = visitor.exchange(&request).await.expect("answered");
        assert_eq!(
            (moved.status, moved.location.as_deref()),
            (303, Some("/next"))
        );
    }

    #[tokio::test]
    async fn an_answer_that_stops_is_an_error() {
        let port = serve(&["HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"]).await;
        let refused = Visitor::new(port).exchange(&Request::get("/")).await;
        assert!(refused.is_err());
    }

    #[test]
    fn an_attribute_is_found_behind_its_mark() {
        let page = r#"<input value="no"><input type="hidden" name="csrf" value="yes">"#;
        assert_eq!(
            attribute_after(page, r#"name="csrf""#, "value"),
            Some("yes")
        );
        assert_eq!(attribute_after(page, "absent", "value"), None);
    }
}
