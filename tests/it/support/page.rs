//! An answer, and what a test may say about it.

use actix_web::cookie::Cookie;
use scraper::{ElementRef, Html, Selector};

/// What the server answered to one request.
#[derive(Clone, Debug)]
pub struct Page {
    /// Method and path, for failure messages.
    pub request: String,
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Page {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's first value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header == name)
            .map(|(_, value)| value.as_str())
    }

    /// The cookies it sets.
    pub fn set_cookies(&self) -> Vec<Cookie<'static>> {
        self.headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
            .map(|(_, value)| Cookie::parse(value.clone()).expect("a well-formed Set-Cookie"))
            .collect()
    }

    /// Where it redirects to.
    pub fn location(&self) -> &str {
        self.header("location")
            .unwrap_or_else(|| panic!("{} redirects nowhere: {}", self.request, self.summary()))
    }

    /// The parsed document.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// The texts of the elements that a selector finds, white space collapsed.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.html()
            .select(&parse_selector(selector))
            .map(|element| readable(element))
            .collect()
    }

    /// The values of an attribute of the elements that a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.html()
            .select(&parse_selector(selector))
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// What a person reads: the document's text, white space collapsed.
    pub fn readable(&self) -> String {
        readable(self.html().root_element())
    }

    /// The fields of the form with this action, as a browser would send them unchanged. A page may
    /// have filters at the address that its form posts to.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let html = self.html();
        let (posts, forms) = (parse_selector("form[method=post]"), parse_selector("form"));
        let form = html
            .select(&posts)
            .chain(html.select(&forms))
            .find(|form| form.attr("action").is_some_and(|target| target == action))
            .unwrap_or_else(|| {
                panic!(
                    "{} has no form to {action}: {}",
                    self.request,
                    self.summary()
                )
            });
        form.select(&parse_selector("input[name], select[name], textarea[name]"))
            .filter(|field| field.attr("disabled").is_none())
            .filter_map(|field| Some((field.attr("name")?.to_owned(), field_value(field)?)))
            .collect()
    }

    /// Fails unless the status is this one.
    pub fn assert_status(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}: {}", self.request, self.summary());
        self
    }

    /// Fails unless the answer is a page (200).
    pub fn assert_ok(&self) -> &Self {
        self.assert_status(200)
    }

    /// Fails unless it is a redirect after a POST, to this path.
    pub fn assert_see_other(&self, path: &str) -> &Self {
        self.assert_status(303);
        assert_eq!(self.location(), path, "{}", self.request);
        self
    }

    /// Fails unless a person reads this text on the page.
    pub fn assert_text(&self, text: &str) -> &Self {
        assert!(
            self.readable().contains(text),
            "{} does not say {text:?}: {}",
            self.request,
            self.readable()
        );
        self
    }

    /// Fails when this text is anywhere in the answer, markup included.
    pub fn assert_nowhere(&self, text: &str) -> &Self {
        assert!(
            !self.text().contains(text),
            "{} holds {text:?}",
            self.request
        );
        self
    }

    fn summary(&self) -> String {
        let text = self.readable();
        format!(
            "{} {}",
            self.status,
            text.chars().take(600).collect::<String>()
        )
    }
}

fn parse_selector(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

fn readable(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a browser sends for a field nobody touched; `None` when it sends nothing.
fn field_value(field: ElementRef<'_>) -> Option<String> {
    match (field.value().name(), field.attr("type")) {
        ("input", Some("checkbox" | "radio")) => field
            .attr("checked")
            .map(|_| field.attr("value").unwrap_or("on").to_owned()),
        ("input", Some("submit" | "button" | "file")) => None,
        ("input", _) => Some(field.attr("value").unwrap_or_default().to_owned()),
        ("select", _) => {
            let options = parse_selector("option");
            let chosen = field
                .select(&options)
                .find(|option| option.attr("selected").is_some())
                .or_else(|| field.select(&options).next())?;
            Some(
                chosen
                    .attr("value")
                    .map_or_else(|| readable(chosen), str::to_owned),
            )
        }
        _ => Some(field.text().collect()),
    }
}
