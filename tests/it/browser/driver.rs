//! One Chromium for one test.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use fantoccini::{
    Client, ClientBuilder, Locator, elements::Element, wd::WebDriverCompatibleCommand,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};
use uuid::Uuid;

use crate::support::TestApp;

/// How long a page may take to show what is waited for, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// The driver's process and everything it started; gone with the value.
struct Driver {
    process: Child,
    port: u16,
    scratch: PathBuf,
}

impl Driver {
    /// Starts the driver on a port of its choice.
    fn start() -> Self {
        let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let scratch = env::temp_dir().join(format!("huntzen-browser-{}", Uuid::new_v4().simple()));
        fs::create_dir_all(&scratch).expect("a folder for the browser's profile");
        let mut process = Command::new(&program)
            .args(["--port=0", "--log-level=SEVERE"])
            .env("TMPDIR", &scratch)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Chromium's processes join the group, so that all of them end together.
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| {
                panic!("the browser tests need chromedriver and Chromium, which bin/test installs: {program}: {error}")
            });
        let output = process.stdout.take().expect("it is piped");
        let port = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, port) = line.rsplit_once("started successfully on port ")?;
                port.trim_end_matches('.').parse().ok()
            })
            .expect("chromedriver says on which port it listens");
        Self {
            process,
            port,
            scratch,
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        // Both may be gone already.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// Switches the pages' scripts off; WebDriver's own go on working.
#[derive(Debug)]
struct WithoutScripts;

impl WebDriverCompatibleCommand for WithoutScripts {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        let body =
            json!({ "cmd": "Emulation.setScriptExecutionDisabled", "params": { "value": true } });
        (http::Method::POST, Some(body.to_string()))
    }
}

/// Runs a script in every page before the page's own.
#[derive(Debug)]
struct BeforeEveryPage(&'static str);

impl WebDriverCompatibleCommand for BeforeEveryPage {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        WithoutScripts.endpoint(base, session)
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        let body = json!({
            "cmd": "Page.addScriptToEvaluateOnNewDocument", "params": { "source": self.0 }
        });
        (http::Method::POST, Some(body.to_string()))
    }
}

/// Keeps the page's connections where a test can cut them.
const KEEP_CONNECTIONS: &str = "window.sockets = []; window.links = [];
    window.WebSocket = class extends WebSocket { constructor(...all) { super(...all); window.sockets.push(this); } };
    window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...all) { super(...all); window.links.push(this); } };";

/// Tells in `window.ran` what ran that should not, and what the page's policy had to stop.
const WATCH: &str = "window.ran = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => window.ran.push(name);
    document.addEventListener('securitypolicyviolation', event =>
        window.ran.push(`${event.violatedDirective} ${event.sourceFile ?? ''} ${event.sample}`));";

/// A person's browser window.
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    /// What was found wrong on the screens seen so far.
    pub problems: Vec<String>,
    /// Whether the screen is as wide as a phone's between two inspections.
    pub on_a_phone: bool,
    app: TestApp,
    driver: Driver,
}

impl Browser {
    /// Opens a window of 1440 by 900 pixels in front of the application, in French and in light.
    pub async fn open(app: &TestApp) -> Self {
        Self::open_with(app, &[]).await
    }

    /// As [`Browser::open`], with connections that a test can cut: `window.sockets`.
    pub async fn open_with_connections(app: &TestApp) -> Self {
        Self::open_with(app, &[]).await.keeps_connections().await
    }

    /// As [`Browser::open_with_connections`], with a camera and a microphone that play a test picture and a
    /// beep, and a screen to share; its calls are in `window.links`.
    pub async fn open_with_devices(app: &TestApp) -> Self {
        let browser = Self::open_with(
            app,
            &[
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--autoplay-policy=no-user-gesture-required",
                // Two browsers of one machine that may have no other network.
                "--allow-loopback-in-peer-connection",
            ],
        )
        .await;
        browser.keeps_connections().await
    }

    /// As [`Browser::open`], telling in `window.ran` which scripts ran that texts brought along, or would have
    /// without the page's policy.
    pub async fn open_watching(app: &TestApp) -> Self {
        let browser = Self::open_with(app, &[]).await;
        browser
            .client
            .issue_cmd(BeforeEveryPage(WATCH))
            .await
            .expect("the script is kept");
        browser
    }

    async fn keeps_connections(self) -> Self {
        self.client
            .issue_cmd(BeforeEveryPage(KEEP_CONNECTIONS))
            .await
            .expect("the script is kept");
        self
    }

    async fn open_with(app: &TestApp, more: &[&'static str]) -> Self {
        let driver = Driver::start();
        let mut arguments = vec![
            "--headless=new",
            "--window-size=1440,900",
            "--lang=fr-FR",
            "--accept-lang=fr-FR",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--disable-background-networking",
            "--no-first-run",
            "--no-proxy-server",
            "--force-prefers-reduced-motion",
        ];
        arguments.extend(more);
        // Chromium's sandbox refuses to run as root, as containers do.
        if is_root() {
            arguments.push("--no-sandbox");
        }
        let mut options = json!({ "args": arguments });
        if let Ok(program) = env::var("CHROMIUM") {
            options["binary"] = json!(program);
        }
        let Value::Object(capabilities) = json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        }) else {
            unreachable!("a JSON object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        Self {
            client,
            problems: Vec::new(),
            on_a_phone: false,
            app: app.clone(),
            driver,
        }
    }

    /// From now on no page runs a script.
    pub async fn forgets_scripts(&self) {
        self.client
            .issue_cmd(WithoutScripts)
            .await
            .expect("scripts are switched off");
    }

    /// Types an address.
    pub async fn goto(&self, path: &str) {
        let address = if path.starts_with("http") {
            path.to_owned()
        } else {
            self.app.url(path)
        };
        self.client.goto(&address).await.expect("the page loads");
    }

    /// The path and query of the page that is shown.
    pub async fn path(&self) -> String {
        let address = self.client.current_url().await.expect("an address");
        match address.query() {
            Some(query) => format!("{}?{query}", address.path()),
            None => address.path().to_owned(),
        }
    }

    /// Waits until the page of this path is shown.
    pub async fn arrives_at(&self, path: &str) {
        let wanted = self.app.url(path).parse().expect("an address");
        let arrived = self.client.wait().at_most(PATIENCE).for_url(&wanted).await;
        assert!(
            arrived.is_ok(),
            "not at {path} but at {}:\n{}",
            self.path().await,
            self.text().await
        );
    }

    /// Waits for an element.
    pub async fn sees(&self, selector: &str) -> Element {
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(selector))
            .await;
        match found {
            Ok(element) => element,
            Err(error) => panic!(
                "no {selector} at {} ({error}):\n{}",
                self.path().await,
                self.text().await
            ),
        }
    }

    /// Waits until the page says this; narrow and no-break spaces count as spaces.
    pub async fn reads(&self, text: &str) {
        for _ in self.patience() {
            if self.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!(
            "{} does not say {text:?}:\n{}",
            self.path().await,
            self.text().await
        );
    }

    /// Everything that a person reads on the page.
    pub async fn text(&self) -> String {
        let script = "return document.body.innerText.replace(/[\\u00a0\\u202f]/g, ' ')";
        let text = self.client.execute(script, Vec::new()).await;
        text.ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Presses a button or follows a link; finds it again when the page just replaced it.
    pub async fn click(&self, selector: &str) {
        let mut last = String::new();
        for _ in self.patience() {
            let element = self.sees(selector).await;
            if self.on_a_phone {
                // As a thumb does: out from behind the bar at the bottom.
                let middle = format!(
                    "document.querySelector({})?.scrollIntoView({{ block: 'center' }})",
                    json!(selector)
                );
                self.client.execute(&middle, Vec::new()).await.ok();
            }
            match element.click().await {
                Ok(()) => return,
                Err(error) => last = error.to_string(),
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!(
            "{selector} at {} cannot be clicked: {last}",
            self.path().await
        );
    }

    /// Moments to look again at what changes by itself, until patience ends.
    fn patience(&self) -> impl Iterator<Item = ()> + use<> {
        let deadline = Instant::now() + PATIENCE;
        std::iter::repeat(()).take_while(move |()| Instant::now() < deadline)
    }

    /// Runs a script again and again until its answer is right, or patience ends.
    pub async fn looks(&self, script: &str, right: fn(&Value) -> bool) -> bool {
        for _ in self.patience() {
            if let Ok(answer) = self.client.execute(script, Vec::new()).await
                && right(&answer)
            {
                return true;
            }
            tokio::time::sleep(PAUSE).await;
        }
        false
    }

    /// Waits until a script answers `true`.
    pub async fn waits_until(&self, script: &str) {
        let found = self.looks(script, |answer| *answer == json!(true)).await;
        assert!(found, "never: {script}\n{}", self.text().await);
    }

    /// Runs a script of the test's own.
    pub async fn runs(&self, script: &str) {
        let done = self.client.execute(script, Vec::new()).await;
        done.unwrap_or_else(|error| panic!("{script}: {error}"));
    }

    /// Presses keys in a field (WebDriver's code points for those without a letter).
    pub async fn presses(&self, selector: &str, keys: &str) {
        let field = self.sees(selector).await;
        let pressed = field.send_keys(keys).await;
        pressed.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// The page's own forms are sent as they are, whatever the browser thinks of them.
    pub async fn leaves_the_checks_to_the_server(&self) {
        self.runs("for (const form of document.forms) form.noValidate = true")
            .await;
    }

    /// Sends the form with this action.
    pub async fn submit(&self, action: &str) {
        self.click(&format!("form[action='{action}'] button[type=submit]"))
            .await;
    }

    /// Waits until the address no longer ends like this: the answer to a form has arrived.
    pub async fn arrives_after(&self, suffix: &str) {
        let gone = "return !location.pathname.endsWith(arguments[0]) && document.readyState === 'complete'";
        for _ in self.patience() {
            let left = self.client.execute(gone, vec![json!(suffix)]).await;
            if matches!(left, Ok(Value::Bool(true))) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("still at {}", self.path().await);
    }

    /// Types into the field of this name, in place of what it held.
    pub async fn fill(&self, field: &str, value: &str) {
        let element = self.sees(&format!("[name='{field}']")).await;
        element.clear().await.expect("the field is cleared");
        element
            .send_keys(value)
            .await
            .expect("the field takes text");
    }

    /// Sets a field that each browser draws in its own way: a date, a time, a choice.
    pub async fn set(&self, field: &str, value: &str) {
        self.sees(&format!("[name='{field}']")).await;
        let set = "const field = document.querySelector(`[name='${arguments[0]}']`);
            field.value = arguments[1];
            field.dispatchEvent(new Event('change', { bubbles: true }));
            return field.value;";
        let now = self.client.execute(set, vec![json!(field), json!(value)]);
        assert_eq!(now.await.ok(), Some(json!(value)), "{field}");
    }

    /// Chooses a file in the page's file field.
    pub async fn choose_file(&self, field: &str, name: &str, content: &[u8]) {
        let path = self.driver.scratch.join(name);
        fs::write(&path, content).expect("the file is written");
        let element = self
            .sees(&format!("input[type=file][name='{field}']"))
            .await;
        element
            .send_keys(&path.to_string_lossy())
            .await
            .expect("the file is chosen");
    }

    /// Signs in through the form, as whoever was not signed in before.
    pub async fn sign_in(&self, email: &str, password: &str) {
        self.goto("/login").await;
        self.fill("email", email).await;
        self.fill("password", password).await;
        self.click("form[action='/login'] button[type=submit]")
            .await;
    }

    /// Signs out through the person's menu.
    pub async fn sign_out(&self) {
        if self.on_a_phone {
            self.click(".tabbar button[popovertarget=rail]").await;
        }
        self.click("details.account > summary").await;
        self.click("details.account form[action='/logout'] button")
            .await;
        self.arrives_at("/login").await;
    }

    /// As a browser that was never here: no cookie, nothing stored.
    pub async fn becomes_somebody_else(&self) {
        self.client
            .delete_all_cookies()
            .await
            .expect("the cookies are gone");
    }

    /// What a link of the page downloads: its bytes, with this person's cookies.
    pub async fn download(&self, selector: &str) -> Vec<u8> {
        self.sees(selector).await;
        let script = "const done = arguments[1];
            fetch(document.querySelector(arguments[0]).href).then(async answer =>
                done([answer.status, Array.from(new Uint8Array(await answer.arrayBuffer()))]))";
        let answer = self
            .client
            .execute_async(script, vec![json!(selector)])
            .await
            .expect("the download ends");
        let (status, bytes): (u16, Vec<u8>) =
            serde_json::from_value(answer).expect("status and bytes");
        assert_eq!(status, 200, "{selector}");
        bytes
    }

    /// Closes the window; fails with everything that was wrong on the way.
    pub async fn close(self) {
        let problems = self.problems.join("\n");
        self.client.close().await.expect("the window closes");
        assert!(problems.is_empty(), "\n{problems}\n");
    }
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
