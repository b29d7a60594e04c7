//! Translations and the writing conventions of each language.
//!
//! The texts live in `i18n/<language>/<domain>.ftl` ([Fluent](https://projectfluent.org)) and are embedded in the binary.
//! A key starts with the name of its file: `booking-slots-title` is in `booking.ftl`. French is the default language and
//! English is complete; `tests::` below fail on a key that one language lacks, that nothing uses, or that does not exist.
//!
//! Most messages take no argument and are asked for dozens of times a page, so they are formatted once, at load, and a
//! lookup is one hash of the key. Messages with arguments go through Fluent, which knows the plural rules.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};

mod format;
#[cfg(test)]
mod tests;

pub use format::{
    CalendarDay, ClockTime, date_long, date_short, date_time, day_month, decimal, duration,
    month_name, month_short, number, percent, time, weekday,
};

/// A language the product is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// French, the default.
    #[default]
    Fr,
    /// English, in its European conventions (24-hour clock, day before month).
    En,
}

impl Locale {
    /// Every language, the default first.
    pub const ALL: [Locale; 2] = [Locale::Fr, Locale::En];

    /// The ISO 639-1 code, as in `<html lang>` and in the folder names of `i18n/`.
    pub const fn code(self) -> &'static str {
        match self {
            Locale::Fr => "fr",
            Locale::En => "en",
        }
    }

    /// The language's own name for itself: a reader looks for theirs in a list they cannot otherwise read.
    pub const fn endonym(self) -> &'static str {
        match self {
            Locale::Fr => "Français",
            Locale::En => "English",
        }
    }

    /// The language with this ISO 639-1 code, region ignored (`fr-CA` is French).
    pub fn from_code(code: &str) -> Option<Locale> {
        let language = code.split(['-', '_']).next().unwrap_or(code).trim();
        Locale::ALL
            .into_iter()
            .find(|locale| language.eq_ignore_ascii_case(locale.code()))
    }

    /// The best language for an `Accept-Language` header (RFC 9110 §12.5.4), or the default when none is known.
    pub fn negotiate(accept_language: &str) -> Locale {
        let mut best = (Locale::default(), 0.0);
        for range in accept_language.split(',') {
            let (code, parameters) = range.split_once(';').unwrap_or((range, ""));
            let weight = match parameters.trim().strip_prefix("q=") {
                Some(weight) => weight.trim().parse().unwrap_or(0.0),
                None => 1.0_f32,
            };
            if let Some(locale) = Locale::from_code(code)
                && weight > best.1
            {
                best = (locale, weight);
            }
        }
        best.0
    }

    const fn index(self) -> usize {
        self as usize
    }
}

/// The value of a named argument in a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A number: chooses the plural form and is written in the language's convention.
    /// Years and identifiers are texts, so that they are not written "2 026".
    Number(i64),
    /// A text, inserted as it is.
    Text(String),
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Arg::Text(value.to_owned())
    }
}

impl From<Cow<'_, str>> for Arg {
    fn from(value: Cow<'_, str>) -> Self {
        Arg::Text(value.into_owned())
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Arg::Text(value)
    }
}

macro_rules! arg_from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Arg {
            fn from(value: $integer) -> Self {
                Arg::Number(i64::try_from(value).unwrap_or(i64::MAX))
            }
        }
    )*};
}
arg_from_integers!(i16, i32, i64, u8, u16, u32, u64, usize);

/// A sentence to be said later, in a language known later: a key and its arguments.
///
/// It is what forms, errors and flash messages carry, so that no layer below the templates writes prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    key: Cow<'static, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    args: Vec<(Cow<'static, str>, Arg)>,
}

impl Message {
    /// The message with this key.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Message {
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// Adds the value of the argument `name`.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Arg>) -> Self {
        self.args.push((name.into(), value.into()));
        self
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The sentence in `locale`.
    pub fn text(&self, locale: Locale) -> Cow<'_, str> {
        if self.args.is_empty() {
            Cow::Borrowed(text(locale, &self.key))
        } else {
            Cow::Owned(formatted(
                locale,
                &self.key,
                self.args.iter().map(|(name, arg)| (name.as_ref(), arg)),
            ))
        }
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Message::new(key)
    }
}

/// The text of `key`, which takes no argument. An unknown key is its own text: it shows on the page and in the log
/// rather than failing the request (a test refuses it before it gets there).
pub fn text(locale: Locale, key: &str) -> &str {
    match CATALOGUES[locale.index()].plain.get(key) {
        Some(message) => message,
        None => {
            tracing::error!(key, locale = locale.code(), "no such translation");
            key
        }
    }
}

/// The text of `key` with its named arguments.
pub fn text_with(locale: Locale, key: &str, args: &[(&str, Arg)]) -> String {
    formatted(locale, key, args.iter().map(|(name, arg)| (*name, arg)))
}

fn formatted<'a>(
    locale: Locale,
    key: &str,
    args: impl Iterator<Item = (&'a str, &'a Arg)>,
) -> String {
    let Catalogue { plain, bundle } = &CATALOGUES[locale.index()];
    // One of several sentences for the same place may have no use for what the others say.
    if let Some(text) = plain.get(key) {
        return text.to_string();
    }
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        tracing::error!(key, locale = locale.code(), "no such translation");
        return key.to_owned();
    };
    let args: FluentArgs<'a> = args
        .map(|(name, arg)| {
            let value = match arg {
                Arg::Number(value) => FluentValue::from(*value),
                Arg::Text(value) => FluentValue::from(value.as_str()),
            };
            (name, value)
        })
        .collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    if !errors.is_empty() {
        tracing::error!(key, locale = locale.code(), ?errors, "bad translation");
    }
    text.into_owned()
}

/// The `.ftl` files: read from disk by development builds, embedded in release builds.
#[derive(RustEmbed)]
#[folder = "i18n"]
#[include = "*.ftl"]
struct Files;

struct Catalogue {
    /// Messages without arguments, ready to be written.
    plain: HashMap<Box<str>, Box<str>>,
    /// The others alone: a parsed message takes ten times its text.
    bundle: FluentBundle<FluentResource>,
}

static CATALOGUES: LazyLock<[Catalogue; 2]> = LazyLock::new(|| Locale::ALL.map(Catalogue::load));

/// Parses the catalogues now rather than at the first request.
pub fn warm_up() {
    LazyLock::force(&CATALOGUES);
}

impl Catalogue {
    fn load(locale: Locale) -> Self {
        let mut bundle = empty_bundle(locale);
        let mut plain: HashMap<Box<str>, Box<str>> = HashMap::new();
        for (name, source) in sources(locale) {
            let (ready, varying) = by_arguments(&source);
            add(&mut bundle, &name, varying);
            let mut passing = empty_bundle(locale);
            for key in add(&mut passing, &name, ready) {
                let Some(pattern) = passing.get_message(&key).and_then(|found| found.value())
                else {
                    continue;
                };
                let text = passing.format_pattern(pattern, None, &mut Vec::new());
                let before = plain.insert(Box::from(key.as_str()), Box::from(&*text));
                assert!(before.is_none(), "i18n/{name} repeats {key}");
            }
        }
        plain.shrink_to_fit();
        if let Some(key) = plain.keys().find(|key| bundle.has_message(key)) {
            panic!("{key} is there with arguments and without");
        }
        Catalogue { plain, bundle }
    }
}

fn empty_bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let language = locale
        .code()
        .parse()
        .expect("an ISO 639-1 code is a language identifier");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Fluent wraps arguments in invisible bidirectional marks; neither language is written right to left, and the
    // marks end up in copied text and in e-mail subjects.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::Fr => |value, _| written(Locale::Fr, value),
        Locale::En => |value, _| written(Locale::En, value),
    }));
    bundle
}

/// Adds the messages of a file, or part of them, and says their keys.
fn add(bundle: &mut FluentBundle<FluentResource>, name: &str, source: String) -> Vec<String> {
    let resource = FluentResource::try_new(source)
        .unwrap_or_else(|(_, errors)| panic!("i18n/{name} is not valid Fluent: {errors:?}"));
    let keys = message_keys(&resource);
    if let Err(errors) = bundle.add_resource(resource) {
        panic!("i18n/{name} repeats a key: {errors:?}");
    }
    keys
}

/// A file's messages without arguments, and those with some. A message starts at the margin; what goes on
/// with it is indented, or a closing brace.
fn by_arguments(source: &str) -> (String, String) {
    let (mut ready, mut varying) = (String::new(), String::new());
    let mut put = |message: &mut String| {
        let part = if message.contains('$') {
            &mut varying
        } else {
            &mut ready
        };
        part.push_str(&std::mem::take(message));
    };
    let mut message = String::new();
    for line in source.split_inclusive('\n') {
        if line.starts_with('#') {
            continue;
        }
        if !line.starts_with(|first: char| first.is_whitespace() || first == '}') {
            put(&mut message);
        }
        message.push_str(line);
    }
    put(&mut message);
    (ready, varying)
}

/// How Fluent writes a number that a message inserts.
fn written(locale: Locale, value: &FluentValue) -> Option<String> {
    match value {
        FluentValue::Number(value) if value.value.fract() == 0.0 => {
            Some(number(locale, value.value as i64))
        }
        _ => None,
    }
}

/// The files of a language: name relative to `i18n/` and content.
fn sources(locale: Locale) -> impl Iterator<Item = (Cow<'static, str>, String)> {
    Files::iter()
        .filter(move |name| name.split('/').next() == Some(locale.code()))
        .filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name, String::from_utf8_lossy(&file.data).into_owned()))
        })
}

fn message_keys(resource: &FluentResource) -> Vec<String> {
    resource
        .source()
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once('=')?.0.trim_end().to_owned()))
        .collect()
}
