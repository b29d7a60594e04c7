//! Rules of the design that neither the compiler nor clippy knows, read from the sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Domains that HR never reaches.
const CLOSED_TO_HR: [&str; 5] = ["notes", "journal", "chat", "consultation", "booking"];
/// The longest a source file may be.
const MOST_LINES: usize = 600;

/// A file of the repository, its path relative to the root.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }

    /// The lines of production code: from the first test module on, the rest is tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test = self.path.ends_with("/tests.rs") || self.path.contains("/tests/");
        self.lines()
            .take_while(move |(_, line)| !is_test && line.trim() != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn files(directory: &str, extensions: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut waiting = vec![root.join(directory)];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries =
                fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            waiting.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if has_extension(&path, extensions) {
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let path = path
                .strip_prefix(root)
                .expect("inside the repository")
                .to_string_lossy()
                .into_owned();
            found.push(Source { path, text });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!found.is_empty(), "{directory} holds nothing to check");
    found
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
}

fn assert_none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// Lines of production code with a text in them, outside the files that may.
fn uses(needle: &str, may: impl Fn(&str) -> bool) -> Vec<String> {
    files("src", &["rs"])
        .iter()
        .filter(|source| !may(&source.path))
        .flat_map(|source| {
            source
                .code()
                .filter(|(_, line)| line.contains(needle))
                .map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn domains() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names: Vec<String> = fs::read_dir(root)
        .expect("src")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir() && !path.ends_with("infra"))
        .map(|path: PathBuf| {
            path.file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn sql_is_written_in_queries_and_nowhere_else() {
    let found = uses(".conn()", |path| {
        path.starts_with("src/infra/")
            || path.ends_with("/queries.rs")
            || path.contains("/queries/")
    });
    assert_none(found, "`.conn()` belongs in queries.rs");
}

#[test]
fn only_the_clock_asks_what_time_it_is() {
    for needle in ["Utc::now", "Local::now", "SystemTime::now"] {
        let found = uses(needle, |path| path == "src/infra/clock.rs");
        assert_none(found, "time is injected");
    }
}

#[test]
fn the_confidential_domains_have_no_screen_for_hr() {
    let mut found = Vec::new();
    for source in files("src", &["rs"]) {
        let is_hr = source.path.ends_with("/hr.rs") || source.path.contains("/hr/");
        if !is_hr {
            continue;
        }
        if CLOSED_TO_HR
            .iter()
            .any(|domain| source.path.starts_with(&format!("src/{domain}/")))
        {
            found.push(source.path.clone());
        }
        found.extend(reaches(&source, &CLOSED_TO_HR));
    }
    assert_none(found, "HR reaches a confidential domain");
    let templates = files("templates", &["html"])
        .into_iter()
        .filter(|template| {
            CLOSED_TO_HR.iter().any(|domain| {
                template
                    .path
                    .starts_with(&format!("templates/{domain}/hr/"))
            })
        })
        .map(|template| template.path)
        .collect();
    assert_none(templates, "a page of a confidential domain for HR");
}

#[test]
fn only_those_who_check_a_secret_say_that_it_was_proved() {
    let found = uses("Proven::checked", |path| {
        ["src/auth/", "src/companies/", "src/notifications/public.rs"]
            .iter()
            .any(|checks| path.starts_with(checks))
    });
    assert_none(
        found,
        "`Proven::checked` belongs after the check of a password or a signed link",
    );
}

#[test]
fn few_act_in_an_employees_name() {
    // The waiting list, and somebody who left: they take their consent back with more than their own role reaches.
    let found = uses("Worker::on_behalf_of", |path| {
        matches!(
            path,
            "src/booking/waitlist/jobs.rs" | "src/privacy/consents/account.rs"
        )
    });
    assert_none(found, "whoever works has a role of its own");
}

#[test]
fn the_foundation_knows_no_domain() {
    let domains = domains();
    let domains: Vec<&str> = domains.iter().map(String::as_str).collect();
    let found = files("src/infra", &["rs"])
        .iter()
        .flat_map(|source| reaches(source, &domains))
        .collect();
    assert_none(found, "infra imports a domain");
}

/// The modules of this crate that a file names: `crate::booking::..` and `use crate::{booking, ..}`.
fn modules_named(source: &Source) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    let mut inside_list = false;
    let mut depth = 0_i32;
    for (number, line) in source.code() {
        let mut rest = line;
        if !inside_list && let Some((_, list)) = line.split_once("crate::{") {
            (inside_list, depth, rest) = (true, 0, list);
        }
        if inside_list {
            for item in rest.split_inclusive([',', '{', '}']) {
                let name: String = item
                    .trim_start()
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if depth == 0 && !name.is_empty() {
                    named.push((number, name));
                }
                depth += match item.chars().last() {
                    Some('{') => 1,
                    Some('}') => -1,
                    _ => 0,
                };
            }
            inside_list = depth >= 0;
            continue;
        }
        for (at, prefix) in line.match_indices("crate::") {
            let name = line[at + prefix.len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            named.push((number, name));
        }
    }
    named
}

fn reaches(source: &Source, domains: &[&str]) -> Vec<String> {
    modules_named(source)
        .into_iter()
        .filter(|(_, name)| domains.contains(&name.as_str()))
        .map(|(number, name)| format!("{}:{number}: {name}", source.path))
        .collect()
}

#[test]
fn an_import_is_recognised_however_it_is_written() {
    let source = Source {
        path: "src/infra/x.rs".to_owned(),
        text: "use crate::booking::model;\nuse crate::{\n    auth::{self, queries},\n    infra::{db, page},\n    chat,\n};\n\
               fn f() { crate::notes::g() }\n"
            .to_owned(),
    };
    let names: Vec<String> = modules_named(&source)
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(names, ["booking", "auth", "infra", "chat", "notes"]);
}

#[test]
fn files_stay_short_enough_to_be_read() {
    let mut found = Vec::new();
    for directory in [
        "src",
        "tests",
        "templates",
        "migrations",
        "bin",
        "static/css",
        "static/js",
    ] {
        if !Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(directory)
            .is_dir()
        {
            continue;
        }
        let sources = files(directory, &["rs", "html", "sql", "sh", "css", "js", ""]);
        found.extend(sources.iter().filter_map(|source| {
            let generated = source.path == "src/schema.rs" || source.path.contains("vendor");
            let lines = source.text.lines().count();
            (lines > MOST_LINES && !generated).then(|| format!("{}: {lines} lines", source.path))
        }));
    }
    assert_none(found, "files longer than 600 lines");
}

#[test]
fn warnings_are_fixed_and_not_silenced() {
    let silencer = concat!("#[", "allow(");
    let inner = concat!("#![", "allow(");
    let mut found = Vec::new();
    for directory in ["src", "tests"] {
        for source in files(directory, &["rs"]) {
            for (number, line) in source.lines() {
                if line.contains(silencer) || line.contains(inner) {
                    found.push(format!("{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert_none(found, "a silenced warning");
}

#[test]
fn templates_hold_no_inline_style_and_no_script() {
    let mut found = Vec::new();
    for template in files("templates", &["html"]) {
        // Mail clients know no style sheet: mails carry their style with them.
        let is_mail = template.path.starts_with("templates/emails/")
            || template.path == "templates/components/mail.html"
            || template.path.starts_with("templates/layouts/email");
        if is_mail {
            continue;
        }
        for (number, line) in template.lines() {
            if let Some(problem) = inline_code(line) {
                found.push(format!(
                    "{}:{number}: {problem}: {}",
                    template.path,
                    line.trim()
                ));
            }
        }
    }
    assert_none(found, "the content security policy forbids this");
}

fn inline_code(line: &str) -> Option<&'static str> {
    let lower = line.to_ascii_lowercase();
    if lower.contains(" style=") {
        return Some("style attribute");
    }
    if ["=\"javascript:", "='javascript:", "=javascript:"]
        .iter()
        .any(|address| lower.contains(address))
    {
        return Some("javascript: address");
    }
    if lower.contains("<style") {
        return Some("style element");
    }
    if lower.split("<script").skip(1).any(|script| {
        !script
            .split('>')
            .next()
            .is_some_and(|tag| tag.contains(" src="))
    }) {
        return Some("script body");
    }
    // on*= as an attribute: after white space, letters only, then =.
    let handler = lower.match_indices(" on").any(|(at, _)| {
        let rest = &lower[at + 3..];
        let name = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        name > 1 && rest[name..].starts_with('=')
    });
    handler.then_some("event handler")
}

#[test]
fn the_template_rule_recognises_what_it_forbids() {
    for bad in [
        "<p style=\"color:red\">",
        "<button onclick=\"x()\">",
        "<script>alert(1)</script>",
        "<script type=\"module\">",
        "<a href=\"javascript:x\">",
        "<style>",
    ] {
        assert!(inline_code(bad).is_some(), "{bad}");
    }
    for good in [
        "<script src=\"{{ \"js/app.js\"|asset }}\" defer></script>",
        "<p>on = off</p>",
        "<input name=\"only\" data-style=\"x\">",
    ] {
        assert!(inline_code(good).is_none(), "{good}");
    }
}

#[test]
fn raw_html_reaches_a_page_only_where_it_was_cleaned() {
    let mut found = Vec::new();
    for template in files("templates", &["html"]) {
        for (number, line) in template.lines() {
            if line.contains("|safe") || line.contains("| safe") {
                found.push(format!("{}:{number}: {}", template.path, line.trim()));
            }
        }
    }
    assert_none(found, "`safe` switches escaping off");
}
