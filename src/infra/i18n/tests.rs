//! The catalogues against each other, against the code that uses them, and the writing conventions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, TimeZone, Utc};
use chrono_tz::{America::Montreal, Europe::Paris};

use super::*;

/// Messages of a language: key, then file and source of its pattern.
fn messages(locale: Locale) -> BTreeMap<String, (String, String)> {
    let mut messages = BTreeMap::new();
    for (name, source) in sources(locale) {
        let mut current: Option<String> = None;
        for line in source.lines() {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                let (key, text) = line.split_once('=').expect("a message has a text");
                let key = key.trim_end().to_owned();
                messages.insert(key.clone(), (name.to_string(), text.to_owned()));
                current = Some(key);
            } else if line.starts_with([' ', '}', ']']) {
                if let Some((_, text)) = current.as_ref().and_then(|key| messages.get_mut(key)) {
                    text.push('\n');
                    text.push_str(line);
                }
            } else {
                current = None;
            }
        }
    }
    messages
}

fn variables(pattern: &str) -> BTreeSet<&str> {
    pattern
        .split('$')
        .skip(1)
        .map(|rest| {
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
                .unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

fn files_below(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, extensions, found);
        } else if extensions
            .iter()
            .any(|extension| path.extension().is_some_and(|own| own == *extension))
        {
            found.push(path);
        }
    }
}

/// The code that may name keys: every template, and every source file that is not a test.
fn users() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files_below(&root.join("templates"), &["html", "txt"], &mut paths);
    files_below(&root.join("src"), &["rs"], &mut paths);
    paths
        .into_iter()
        .filter(|path| path.file_name().is_none_or(|name| name != "tests.rs"))
        .map(|path| {
            let source = fs::read_to_string(&path).expect("a source file is UTF-8");
            let source = match path.extension() {
                Some(extension) if extension == "rs" => statements(&source),
                _ => expressions(&source),
            };
            (path, source)
        })
        .collect()
}

/// Rust source without its comments: examples in documentation use keys that need not exist.
fn statements(source: &str) -> String {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The parts of a template between `{{ }}` and `{% %}`: the rest is HTML, whose class names look like keys.
fn expressions(template: &str) -> String {
    let mut kept = String::new();
    let commentless: String = template
        .split("{#")
        .map(|part| part.split_once("#}").map_or(part, |(_, after)| after))
        .collect();
    let mut rest = commentless.as_str();
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let close = if rest[start..].starts_with("{{") {
            "}}"
        } else {
            "%}"
        };
        let end = rest[start..]
            .find(close)
            .map_or(rest.len(), |end| start + end + 2);
        kept.push_str(&rest[start..end]);
        kept.push('\n');
        rest = &rest[end..];
    }
    kept
}

/// The string literals shaped like keys, each with what follows it.
fn key_literals(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('"')? + 1;
            let length = rest[start..]
                .find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '-')?;
            let end = start + length;
            let literal = &rest[start..end];
            if rest[end..].starts_with('"') && literal.contains('-') {
                rest = &rest[end + 1..];
                return Some((literal, rest));
            }
            rest = &rest[start..];
        }
    })
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    let (french, english) = (messages(Locale::Fr), messages(Locale::En));
    for (key, (file, pattern)) in &french {
        let Some((other_file, other_pattern)) = english.get(key) else {
            panic!("{key} is in {file} and has no English");
        };
        assert_eq!(file[2..], other_file[2..], "{key} is in different files");
        assert_eq!(
            variables(pattern),
            variables(other_pattern),
            "arguments of {key}"
        );
    }
    for (key, (file, _)) in &english {
        assert!(
            french.contains_key(key),
            "{key} is in {file} and has no French"
        );
    }
}

#[test]
fn a_key_starts_with_the_name_of_its_file() {
    for (key, (file, _)) in messages(Locale::Fr) {
        let domain = file.trim_start_matches("fr/").trim_end_matches(".ftl");
        assert!(key.starts_with(&format!("{domain}-")), "{key} in {file}");
    }
}

#[test]
fn every_key_that_is_used_exists_and_is_used_as_it_is_written() {
    let messages = messages(Locale::Fr);
    let domains: BTreeSet<&str> = messages
        .keys()
        .filter_map(|key| key.split('-').next())
        .collect();
    for (path, source) in users() {
        for (literal, after) in key_literals(&source) {
            let filter = after.trim_start().strip_prefix('|').map(str::trim_start);
            let filter = filter.map(|name| {
                let end = name
                    .find(|c: char| !c.is_ascii_alphanumeric())
                    .unwrap_or(name.len());
                &name[..end]
            });
            let domain = literal.split('-').next().unwrap_or_default();
            let translated = matches!(filter, Some("t" | "emergency" | "ta" | "ta2" | "arg"));
            if !translated && !domains.contains(domain) {
                continue;
            }
            let Some((_, pattern)) = messages.get(literal) else {
                panic!("{}: no message has the key {literal}", path.display());
            };
            let expected = match filter {
                Some("t" | "emergency") => 0,
                Some("ta") => 1,
                Some("ta2") => 2,
                _ => continue,
            };
            let found = variables(pattern).len();
            assert_eq!(
                found,
                expected,
                "{}: arguments of {literal}",
                path.display()
            );
        }
    }
}

/// Keys are written whole wherever they are used, never put together, so that one search finds every use.
#[test]
fn every_message_is_used() {
    let messages = messages(Locale::Fr);
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (_, source) in users() {
        used.extend(key_literals(&source).map(|(literal, _)| literal.to_owned()));
    }
    for (_, pattern) in messages.values() {
        let references = pattern.split('{').skip(1);
        used.extend(references.filter_map(|rest| Some(rest.split('}').next()?.trim().to_owned())));
    }
    let unused: Vec<_> = messages.keys().filter(|key| !used.contains(*key)).collect();
    assert!(unused.is_empty(), "nothing uses {unused:?}");
}

#[test]
fn french_is_typeset_as_french() {
    for (key, (file, pattern)) in messages(Locale::Fr) {
        let prose = without_placeables(&pattern);
        assert!(!prose.contains('\''), "{file}: {key}: use the apostrophe ’");
        assert!(!prose.contains("..."), "{file}: {key}: use the ellipsis …");
        let characters: Vec<char> = prose.chars().collect();
        for pair in characters.windows(2) {
            let (before, mark) = (pair[0], pair[1]);
            let glued = match mark {
                '!' | '?' | ';' | '»' => {
                    before != '\u{202f}' && before != '\u{a0}' && before != mark
                }
                ':' => before == ' ',
                _ => before == '«' && mark != '\u{a0}' && mark != '\u{202f}',
            };
            assert!(
                !glued,
                "{file}: {key}: no-break space around {before}{mark}"
            );
        }
    }
}

fn without_placeables(pattern: &str) -> String {
    let mut depth = 0;
    pattern
        .chars()
        .filter(|&c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0 && c != '}'
        })
        .collect()
}

#[test]
fn the_best_known_language_is_negotiated() {
    assert_eq!(Locale::negotiate(""), Locale::Fr);
    assert_eq!(Locale::negotiate("en-GB,en;q=0.9,fr;q=0.8"), Locale::En);
    assert_eq!(Locale::negotiate("de, fr;q=0.3, en;q=0.7"), Locale::En);
    assert_eq!(Locale::negotiate("de,es;q=0.5"), Locale::Fr);
    assert_eq!(Locale::negotiate("en;q=oops"), Locale::Fr);
}

#[test]
fn a_missing_message_is_its_own_text() {
    assert_eq!(text(Locale::Fr, "no-such-key"), "no-such-key");
    assert_eq!(text_with(Locale::En, "no-such-key", &[]), "no-such-key");
}

#[test]
fn dates_and_times_follow_each_language() {
    let at = Utc.with_ymd_and_hms(2026, 11, 20, 13, 30, 0).unwrap();
    assert_eq!(
        date_long(Locale::Fr, Paris, at),
        "vendredi 20\u{a0}novembre 2026"
    );
    assert_eq!(
        date_long(Locale::En, Paris, at),
        "Friday 20\u{a0}November 2026"
    );
    assert_eq!(time(Locale::Fr, Paris, at), "14\u{a0}h\u{a0}30");
    assert_eq!(time(Locale::En, Paris, at), "14:30");
    assert_eq!(time(Locale::En, Montreal, at), "08:30");
    assert_eq!(
        date_time(Locale::Fr, Paris, at),
        "vendredi 20\u{a0}novembre 2026 à 14\u{a0}h\u{a0}30"
    );
    let first = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
    assert_eq!(
        date_short(Locale::Fr, Paris, first),
        "1er\u{a0}août\u{a0}2026"
    );
    assert_eq!(date_short(Locale::En, Paris, first), "1\u{a0}Aug\u{a0}2026");
    assert_eq!(month_name(Locale::Fr, Paris, first), "août 2026");
}

#[test]
fn an_instant_falls_on_the_readers_day() {
    let almost_midnight = Utc.with_ymd_and_hms(2026, 11, 20, 23, 30, 0).unwrap();
    assert!(date_long(Locale::En, Paris, almost_midnight).starts_with("Saturday 21"));
    assert!(date_long(Locale::En, Montreal, almost_midnight).starts_with("Friday 20"));
}

#[test]
fn durations_are_written_to_the_minute() {
    assert_eq!(duration(Locale::Fr, 7_500), "2\u{a0}h\u{a0}05");
    assert_eq!(duration(Locale::En, 7_500), "2h\u{a0}05m");
    assert_eq!(duration(Locale::Fr, 2_700), "45\u{a0}min");
    assert_eq!(duration(Locale::Fr, 40), "40\u{a0}s");
    assert_eq!(duration(Locale::Fr, 0), "0\u{a0}min");
    assert_eq!(duration(Locale::En, 4_500_000), "1,250h\u{a0}00m");
}

#[test]
fn numbers_are_grouped() {
    assert_eq!(number(Locale::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
    assert_eq!(number(Locale::En, 1_234_567), "1,234,567");
    assert_eq!(number(Locale::Fr, -1_000), "\u{2212}1\u{202f}000");
    assert_eq!(number(Locale::Fr, 999), "999");
    assert_eq!(decimal(Locale::Fr, 4.75), "4,8");
    assert_eq!(decimal(Locale::En, -0.25), "\u{2212}0.3");
    assert_eq!(percent(Locale::Fr, 0.424), "42\u{202f}%");
}

/// A guard against a tenfold slip rather than a benchmark: an unoptimised build on a busy machine must pass it too.
#[test]
fn a_plain_lookup_is_a_hash_of_the_key() {
    warm_up();
    let start = std::time::Instant::now();
    for _ in 0..10_000 {
        std::hint::black_box(text(
            Locale::Fr,
            std::hint::black_box("common-space-employee"),
        ));
    }
    let each = start.elapsed() / 10_000;
    assert!(each.as_nanos() < 5_000, "{each:?} each");
}
