//! A browser without a screen: cookies, forms with their token, uploads. It follows no redirect.

use std::{cell::RefCell, collections::BTreeMap, net::SocketAddr};

use actix_web::cookie::{Cookie, CookieJar, Key};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Binary, Uuid as SqlUuid},
};
use http_body_util::{BodyExt as _, Full};
use huntzen::infra::{
    crypto::{KeyUse, random_token, sha256},
    session::cookie_name,
};
use hyper_util::{
    client::legacy::{Client as HttpClient, connect::HttpConnector},
    rt::TokioExecutor,
};
use uuid::Uuid;

use super::{actors::Account, app::TestApp, page::Page};

type Body = Full<actix_web::web::Bytes>;

/// One visitor's browser.
pub struct Client {
    app: TestApp,
    http: HttpClient<HttpConnector, Body>,
    cookies: RefCell<BTreeMap<String, String>>,
    headers: Vec<(String, String)>,
    /// Another server than the test's own, on the same database.
    server: Option<SocketAddr>,
}

#[derive(QueryableByName)]
struct SessionRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

impl Client {
    pub(super) fn new(app: &TestApp) -> Self {
        let client = Self {
            app: app.clone(),
            http: HttpClient::builder(TokioExecutor::new()).build_http(),
            cookies: RefCell::default(),
            headers: Vec::new(),
            server: None,
        };
        // As if a page had been seen before: the key that a visitor's form tokens are bound to.
        client.set_cookie(client.visitor_cookie(), &random_token().0);
        client
    }

    /// Signs in as somebody, without the form: a fresh session, as if made just now.
    pub fn signed_in_as(self, account: &Account) -> Self {
        let (token, token_hash) = random_token();
        let now = self.app.now();
        sql_query(
            "INSERT INTO sessions (user_id, token_hash, rotated_at, expires_at)
             VALUES ($1, $2, $3, $3 + interval '7 days')",
        )
        .bind::<SqlUuid, _>(account.id)
        .bind::<Binary, _>(token_hash.as_slice())
        .bind::<diesel::sql_types::Timestamptz, _>(now)
        .execute(&mut *self.app.owner())
        .expect("the session is written");
        self.use_session_token(&token);
        self
    }

    /// Sends this header with every request.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Talks to this server instead of the test's own.
    pub fn at(mut self, server: SocketAddr) -> Self {
        self.server = Some(server);
        self
    }

    /// Another browser with the same cookies: what a thief of them has.
    pub fn copy(&self) -> Self {
        let mut copy = Self::new(&self.app);
        copy.server = self.server;
        copy.cookies.replace(self.cookies.borrow().clone());
        copy
    }

    /// A page.
    pub async fn get(&self, path: &str) -> Page {
        self.send("GET", path, &[], Vec::new()).await
    }

    /// Sends a form with its token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.form_token();
        let mut fields = fields.to_vec();
        fields.push(("csrf", &token));
        self.post_as_is(path, &fields).await
    }

    /// Sends exactly these fields: no token is added.
    pub async fn post_as_is(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = serde_urlencoded::to_string(fields).expect("a form");
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &kind, body.into_bytes()).await
    }

    /// Fills in the form of a page that was just read and sends it: every field the page holds,
    /// its token included, with `changes` on top.
    pub async fn submit(&self, page: &Page, action: &str, changes: &[(&str, &str)]) -> Page {
        let mut fields = page.form(action);
        for (name, value) in changes {
            fields.retain(|(field, _)| field != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.post_as_is(action, &fields).await
    }

    /// Uploads a file with its form's token and further text fields.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file_name: &str,
        content: &[u8],
    ) -> Page {
        const BOUNDARY: &str = "----huntzen-tests-7MA4YWxkTrZu0gW";
        let token = self.form_token();
        let mut body = Vec::with_capacity(content.len() + 1024);
        for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
            body.extend_from_slice(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
            );
        }
        body.extend_from_slice(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\
                 Content-Type: text/csv\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send("POST", path, &[("content-type", &kind)], body)
            .await
    }

    /// Goes where a redirect points.
    pub async fn follow(&self, page: &Page) -> Page {
        let target = page.location().to_owned();
        let path = target
            .strip_prefix(&self.app.shared.config.public_url)
            .unwrap_or(&target);
        self.get(path).await
    }

    /// Sends anything.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Page {
        self.try_send(method, path, headers, body)
            .await
            .expect("an answer")
    }

    /// As [`Client::post`]; `None` when the server goes away before it has answered.
    pub async fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        let token = self.form_token();
        let mut fields = fields.to_vec();
        fields.push(("csrf", &token));
        let body = serde_urlencoded::to_string(fields).expect("a form");
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        self.try_send("POST", path, &kind, body.into_bytes()).await
    }

    async fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Option<Page> {
        let server = self.server_address();
        let mut request = http::Request::builder()
            .method(method)
            .uri(format!("http://{server}{path}"));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.http.request(request).await.ok()?;
        let page = Page {
            request: format!("{method} {path}"),
            status: response.status().as_u16(),
            headers: response
                .headers()
                .iter()
                .map(|(name, value)| {
                    (
                        name.to_string(),
                        String::from_utf8_lossy(value.as_bytes()).into_owned(),
                    )
                })
                .collect(),
            body: response
                .into_body()
                .collect()
                .await
                .ok()?
                .to_bytes()
                .to_vec(),
        };
        for cookie in page.set_cookies() {
            let gone = cookie.value().is_empty()
                || cookie.max_age().is_some_and(|age| age.whole_seconds() <= 0);
            if gone {
                self.cookies.borrow_mut().remove(cookie.name());
            } else {
                self.set_cookie(cookie.name(), cookie.value());
            }
        }
        Some(page)
    }

    pub(super) fn server_address(&self) -> SocketAddr {
        self.server.unwrap_or_else(|| self.app.address())
    }

    pub fn cookie_header(&self) -> String {
        let cookies = self.cookies.borrow();
        let pairs = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// A cookie's value as the server set it.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Sets a cookie by hand.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies
            .borrow_mut()
            .insert(name.to_owned(), value.to_owned());
    }

    /// Removes a cookie.
    pub fn drop_cookie(&self, name: &str) {
        self.cookies.borrow_mut().remove(name);
    }

    /// The form token of the pages this browser would be shown now.
    pub fn form_token(&self) -> String {
        let subject = match self.session_id() {
            Some(id) => id.as_bytes().to_vec(),
            None => self
                .cookie(self.visitor_cookie())
                .unwrap_or_default()
                .into_bytes(),
        };
        self.app.keys.csrf_tokens().issue(&subject)
    }

    /// The live session behind the browser's cookie.
    pub fn session_id(&self) -> Option<Uuid> {
        let token_hash = sha256(self.session_token()?.as_bytes());
        sql_query(
            "SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id AND (u.status = 'active' OR s.own_only)
             WHERE $1 IN (token_hash, previous_token_hash) AND revoked_at IS NULL",
        )
        .bind::<Binary, _>(token_hash.as_slice())
        .get_result::<SessionRow>(&mut *self.app.owner())
        .optional()
        .expect("the session is looked up")
        .map(|row| row.id)
    }

    /// The session token inside the encrypted cookie.
    pub fn session_token(&self) -> Option<String> {
        let name = self.session_cookie();
        let mut jar = CookieJar::new();
        jar.add_original(Cookie::new(name.clone(), decoded(&self.cookie(&name)?)));
        jar.private(&self.cookie_key())
            .get(&name)
            .map(|cookie| cookie.value().to_owned())
    }

    /// Holds this session token, as the server would have given it.
    pub fn use_session_token(&self, token: &str) {
        let name = self.session_cookie();
        let mut jar = CookieJar::new();
        jar.private_mut(&self.cookie_key())
            .add(Cookie::new(name.clone(), token.to_owned()));
        let sealed = jar
            .get(&name)
            .expect("it was just added")
            .encoded()
            .to_string();
        let (_, value) = sealed.split_once('=').expect("name=value");
        let value = value.split(';').next().unwrap_or_default();
        self.set_cookie(&name, value);
    }

    fn cookie_key(&self) -> Key {
        Key::from(&self.app.keys.derive::<64>(KeyUse::Cookies))
    }

    fn session_cookie(&self) -> String {
        cookie_name(self.app.shared.config.secure_cookies())
    }

    fn visitor_cookie(&self) -> &'static str {
        if self.app.shared.config.secure_cookies() {
            "__Host-hz_visitor"
        } else {
            "hz_visitor"
        }
    }
}

/// Cookie values travel percent-encoded.
fn decoded(value: &str) -> String {
    Cookie::parse_encoded(format!("v={value}"))
        .expect("a cookie's value")
        .value()
        .to_owned()
}
