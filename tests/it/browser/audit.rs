//! What is demanded of every screen.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde::Deserialize;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::driver::Browser;

/// See `axe/README.md`.
const AXE: &str = include_str!("axe/axe.min.js");

/// Runs the rules on the whole page; answers what they found.
const RUN_AXE: &str = "const done = arguments[0];
    axe.run(document, { resultTypes: ['violations'] }).then(
        results => done(results.violations.map(violation => [
            violation.id, violation.help,
            violation.nodes.slice(0, 4).map(node => node.target.join(' ') + ' ' + node.html.slice(0, 160)) ])),
        error => done([['axe', String(error), []]]))";

/// The elements that stick out of the window on the right.
const OVERFLOW: &str = "const done = arguments[0];
    requestAnimationFrame(() => requestAnimationFrame(() => done(sticking_out())));
    function sticking_out() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return Array.from(document.querySelectorAll('body *'))
        .filter(element => element.getBoundingClientRect().right > width + 1)
        .slice(0, 4).map(element => Math.round(element.getBoundingClientRect().right) + ' px: ' + element.outerHTML.slice(0, 120)); }";

/// The browser's console, which WebDriver itself does not offer.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({ "type": "browser" }).to_string()),
        )
    }
}

/// A page of this size, whatever the smallest window of the system is.
#[derive(Debug)]
struct PageSize {
    width: u32,
    height: u32,
}

impl WebDriverCompatibleCommand for PageSize {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        let body = json!({
            "cmd": "Emulation.setDeviceMetricsOverride",
            "params": { "width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": false },
        });
        (http::Method::POST, Some(body.to_string()))
    }
}

#[derive(Deserialize)]
struct ConsoleEntry {
    level: String,
    message: String,
}

impl Browser {
    /// Looks at the screen with the eyes of the rules. What is wrong is kept for the end, so that
    /// one run tells about all screens.
    pub async fn inspects_refusal(&mut self, screen: &str) {
        self.inspect_accessibility(screen).await;
        self.inspect_console(screen).await;
        for (width, height) in [(390, 844), (1440, 900)] {
            self.resize(width, height).await;
            let wide = self
                .client
                .execute_async(OVERFLOW, Vec::new())
                .await
                .expect("the page is measured");
            let wide: Vec<String> = serde_json::from_value(wide).unwrap_or_default();
            if !wide.is_empty() {
                self.problems
                    .push(format!("{screen}: wider than {width} px: {wide:#?}"));
            }
        }
        if self.on_a_phone {
            self.picks_up_a_phone().await;
        }
    }

    /// As [`Browser::inspects`], of a page that is there.
    pub async fn inspects(&mut self, screen: &str) {
        let status = "return performance.getEntriesByType('navigation')[0].responseStatus";
        let status = self
            .client
            .execute(status, Vec::new())
            .await
            .expect("a status");
        if status != json!(200) {
            self.problems.push(format!("{screen}: status {status}"));
        }
        self.inspects_refusal(screen).await;
    }

    async fn inspect_accessibility(&mut self, screen: &str) {
        let present = self
            .client
            .execute("return typeof axe === 'object'", Vec::new())
            .await;
        if !matches!(present, Ok(Value::Bool(true))) {
            self.client
                .execute(AXE, Vec::new())
                .await
                .expect("axe loads");
        }
        let found = self
            .client
            .execute_async(RUN_AXE, Vec::new())
            .await
            .expect("axe answers");
        let found: Vec<(String, String, Vec<String>)> =
            serde_json::from_value(found).expect("violations");
        for (rule, help, nodes) in found {
            self.problems
                .push(format!("{screen}: {rule}: {help}: {nodes:#?}"));
        }
    }

    async fn inspect_console(&mut self, screen: &str) {
        let log = self
            .client
            .issue_cmd(ConsoleLog)
            .await
            .expect("the console is read");
        let entries: Vec<ConsoleEntry> = serde_json::from_value(log).expect("console entries");
        for entry in entries {
            // A page that is an error on purpose: Chromium mentions its status.
            let own_status = entry.message.contains("Failed to load resource")
                && !entry.message.contains("/static/");
            // The browser gives up animating between two pages when the machine is too busy, or when the next
            // one is asked for meanwhile; no script asked for it.
            let unanimated = ["Transition was aborted", "Transition was skipped"]
                .iter()
                .any(|given_up| entry.message.contains(given_up));
            if matches!(entry.level.as_str(), "SEVERE" | "WARNING") && !own_status && !unanimated {
                self.problems
                    .push(format!("{screen}: console: {}", entry.message));
            }
        }
    }

    /// From now on what is clicked is clicked on a screen 390 pixels wide.
    pub async fn picks_up_a_phone(&mut self) {
        self.on_a_phone = true;
        self.resize(390, 844).await;
    }

    async fn resize(&self, width: u32, height: u32) {
        self.client
            .issue_cmd(PageSize { width, height })
            .await
            .expect("the page changes its size");
        let now = self
            .client
            .execute("return window.innerWidth", Vec::new())
            .await;
        assert_eq!(now.ok(), Some(json!(width)));
    }
}
