//! Texts with a little formatting: what an editor of the browser sends, made harmless.
//!
//! A [`RichText`] can only be made by the sanitiser, so a template that shows one shows nothing else:
//! paragraphs, line breaks, emphasis, one level of headings, lists, quotations and links to elsewhere. No
//! attribute passes but a link's address. Whatever is kept is sanitised when it comes in and again when it
//! is read: a list that is made shorter later holds for what was written before.

mod typed;

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use askama::filters::HtmlSafe;

pub use typed::{TEXT_MOST, TextField, Typed, Wrong};

/// Bytes of the longest markup that is parsed.
const MARKUP_MOST: usize = 512 * 1024;
/// Tags of the longest markup that is parsed: what is nested a hundred thousand deep takes minutes.
const TAGS_MOST: usize = 10_000;

/// What stays. A heading is an `<h3>`: the page has its own above.
const TAGS: [&str; 15] = [
    "a",
    "b",
    "blockquote",
    "br",
    "del",
    "div",
    "em",
    "h3",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "ul",
];
/// Tags that stand on lines of their own.
const BLOCKS: [&str; 8] = ["blockquote", "div", "h3", "li", "ol", "p", "pre", "ul"];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    // Every list is ours: what the library allows by default (titles, languages, citations) is left out.
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::new())
        // Their content is no text for people.
        .clean_content_tags(HashSet::from([
            "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style",
            "svg", "template", "textarea", "title", "xmp",
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// Sanitised markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText(String);

/// More markup than is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more markup than is looked at")]
pub struct TooMuch;

impl RichText {
    /// What is harmless in `markup`.
    ///
    /// # Errors
    /// [`TooMuch`] for more than 512 KiB, or more than ten thousand tags.
    pub fn clean(markup: &str) -> Result<Self, TooMuch> {
        let tags = markup.bytes().filter(|byte| *byte == b'<').count();
        if markup.len() > MARKUP_MOST || tags > TAGS_MOST {
            return Err(TooMuch);
        }
        let clean = SANITISER.clean(markup).to_string();
        let is_empty = text_of(&clean).trim().is_empty();
        Ok(Self(if is_empty { String::new() } else { clean }))
    }

    /// A text without any formatting, of any length: its lines stay lines.
    pub fn from_plain(text: &str) -> Self {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if text.trim().is_empty() {
            return Self::default();
        }
        let escaped = text
            .trim_end()
            .trim_start_matches('\n')
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('\n', "<br>");
        Self(format!("<div>{escaped}</div>"))
    }

    /// The markup.
    pub fn markup(&self) -> &str {
        &self.0
    }

    /// The text alone: blocks and breaks are lines, items of lists begin with a dash.
    pub fn plain(&self) -> String {
        text_of(&self.0)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for RichText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Made by the sanitiser, or escaped.
impl HtmlSafe for RichText {}

/// The text of some markup, in one pass. Of markup that was not sanitised it is an approximation, to be
/// escaped like anything that people type.
pub fn text_of(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(if rest.starts_with('<') { '>' } else { ';' });
        rest = match (rest.as_bytes()[0], end) {
            (b'<', Some(end)) => {
                line_of(&rest[1..end], &mut text);
                &rest[end + 1..]
            }
            (b'&', Some(end)) if character(&rest[1..end]).is_some() => {
                text.extend(character(&rest[1..end]));
                &rest[end + 1..]
            }
            _ => {
                text.push_str(&rest[..1]);
                &rest[1..]
            }
        };
    }
    text.push_str(rest);
    let trimmed = text.trim_end().trim_start_matches('\n');
    trimmed.to_owned()
}

/// What a tag means for lines.
fn line_of(tag: &str, text: &mut String) {
    let name = tag
        .trim_start_matches('/')
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if name == "br" {
        text.push('\n');
    } else if BLOCKS.contains(&name.as_str()) {
        if !text.is_empty() && !text.ends_with(['\n', '\t']) && !text.ends_with("\n- ") {
            text.push('\n');
        }
        if name == "li" && !tag.starts_with('/') {
            text.push_str("- ");
        }
    }
}

/// A character reference, of those that the sanitiser writes.
fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

/// The beginning of a text on one line, so many characters at most, cut between two words.
pub fn excerpt(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}\u{a0}…", &text[..cut])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clean(markup: &str) -> String {
        RichText::clean(markup).expect("not too much").0
    }

    #[test]
    fn what_the_editor_writes_stays() {
        for markup in [
            "<div>Bonjour<br>à vous</div>",
            "<div><strong>Gras</strong>, <em>italique</em>, <del>barré</del></div>",
            "<h3>Motif</h3><div>Insomnie</div>",
            "<ul><li>Un</li><li>Deux<ol><li>Trois</li></ol></li></ul>",
            "<blockquote>« Je dors mal. »</blockquote><pre>a  b</pre>",
            "<div>5 &lt; 7 &amp; 8 &gt; 2</div>",
        ] {
            assert_eq!(clean(markup), markup);
        }
        assert_eq!(
            clean("<a href=\"https://exemple.fr/a?b=c\">ici</a>"),
            "<a href=\"https://exemple.fr/a?b=c\" rel=\"noopener noreferrer nofollow\">ici</a>"
        );
    }

    #[test]
    fn everything_else_goes_and_the_words_stay() {
        for (markup, wanted) in [
            ("<h1 onclick=x>Titre</h1>", "Titre"),
            (
                "<div style=\"color:red\" class=a id=b lang=fr title=x>mots</div>",
                "<div>mots</div>",
            ),
            (
                "<a href=\"/logout\">là</a>",
                "<a rel=\"noopener noreferrer nofollow\">là</a>",
            ),
            ("<img src=x onerror=alert(1)>après", "après"),
            ("<style>p{}</style>après", "après"),
            ("<!-- rien -->après", "après"),
            ("<form action=/x><button>Envoyer</button></form>", "Envoyer"),
            (" <div> <br>&nbsp;</div> ", ""),
        ] {
            assert_eq!(clean(markup), wanted, "{markup}");
        }
    }

    /// See the file's head.
    const PAYLOADS: &str = include_str!("../../tests/vectors/xss/payloads.txt");

    #[test]
    fn nothing_that_could_run_stays() {
        let payloads = PAYLOADS
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| line.replace("\\n", "\n").replace("\\t", "\t"));
        let mut count = 0;
        for payload in payloads {
            count += 1;
            let cleaned = clean(&payload);
            // Parsed once more, as a browser does: allowed elements, and no attribute but a link's two.
            let mut rest = cleaned.as_str();
            while let Some(at) = rest.find('<') {
                let end = at + rest[at..].find('>').unwrap_or_else(|| panic!("{cleaned}"));
                let tag = rest[at + 1..end].trim_start_matches('/');
                let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
                assert!(TAGS.contains(&name), "{payload}: {cleaned}");
                let attributes = attributes.replace(" rel=\"noopener noreferrer nofollow\"", "");
                let harmless = attributes.is_empty()
                    || attributes == "rel=\"noopener noreferrer nofollow\""
                    || attributes == "href=\"https://exemple.fr\"";
                assert!(
                    name == "a" && harmless || attributes.is_empty(),
                    "{payload}: {cleaned}"
                );
                rest = &rest[end + 1..];
            }
            assert_eq!(clean(&cleaned), cleaned, "{payload}");
            // As plain text it is text.
            let plain = RichText::from_plain(&payload);
            assert_eq!(
                plain.markup().matches('<').count(),
                plain.markup().matches("<div>").count() * 2
                    + plain.markup().matches("<br>").count()
            );
        }
        assert!(count >= 60, "{count} payloads");
    }

    #[test]
    fn too_much_is_not_looked_at() {
        assert_eq!(RichText::clean(&"x".repeat(MARKUP_MOST + 1)), Err(TooMuch));
        assert_eq!(RichText::clean(&"<b>".repeat(TAGS_MOST + 1)), Err(TooMuch));
        assert_eq!(clean(&"x".repeat(MARKUP_MOST)).len(), MARKUP_MOST);
        // The deepest that is parsed.
        clean(&"<div>".repeat(TAGS_MOST));
        clean(&"<b><p>".repeat(TAGS_MOST / 2));
    }

    #[test]
    fn a_text_becomes_lines_and_back() {
        let rich = RichText::from_plain("\r\nUn <b>\r\n\r\nDeux & trois\n");
        assert_eq!(
            rich.markup(),
            "<div>Un &lt;b&gt;<br><br>Deux &amp; trois</div>"
        );
        assert_eq!(rich.plain(), "Un <b>\n\nDeux & trois");
        assert!(RichText::from_plain(" \n ").is_empty());
        let list = "<h3>Plan</h3><ul><li>Un</li><li>Deux</li></ul><div>Fin<br>&amp;c.</div>";
        let rich = RichText::clean(list).expect("a list");
        assert_eq!(rich.plain(), "Plan\n- Un\n- Deux\nFin\n&c.");
        assert_eq!(text_of("a < b & c &eacute; <"), "a < b & c &eacute; <");
    }

    #[test]
    fn an_excerpt_ends_between_two_words() {
        assert_eq!(excerpt("Un  deux\ntrois", 20), "Un deux trois");
        assert_eq!(excerpt("Un deux trois", 9), "Un deux\u{a0}…");
        assert_eq!(excerpt("éééééééé", 3), "ééé\u{a0}…");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(markup in "[<>/a-z \"'=&;:#x!\\-]{0,80}") {
            let once = clean(&markup);
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn a_plain_text_survives_the_sanitiser(text in "\\PC{0,200}(\n\\PC{0,40}){0,4}") {
            let rich = RichText::from_plain(&text);
            prop_assert_eq!(RichText::clean(rich.markup()).map(|again| again.plain()), Ok(rich.plain()));
        }
    }
}
