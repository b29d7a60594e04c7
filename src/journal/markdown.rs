//! The journal as Markdown: one heading a page, its text as it was typed.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::queries::Entry;
use crate::infra::{i18n, page::Reader};

/// What stands before the first entry.
pub fn head(reader: &Reader, now: DateTime<Utc>) -> String {
    let on = i18n::date_long(reader.locale, reader.tz, now);
    format!(
        "# {}\n\n{}\n",
        i18n::text(reader.locale, "journal-title"),
        i18n::text_with(reader.locale, "journal-export-on", &[("date", on.into())])
    )
}

/// An entry. Its text is the writer's: whatever Markdown is in it stays.
pub fn entry(reader: &Reader, entry: &Entry) -> String {
    let (locale, tz) = (reader.locale, reader.tz);
    let mut text = String::from("\n---\n\n");
    let at = i18n::date_time(locale, tz, entry.written_at);
    // Writing to a String cannot fail.
    let Ok(content) = &entry.content else {
        let said = i18n::text(locale, "journal-unreadable");
        let _ = writeln!(text, "## {at}\n\n*{said}*");
        return text;
    };
    let summary = &content.summary;
    match summary.title.is_empty() {
        true => _ = writeln!(text, "## {at}\n"),
        false => _ = writeln!(text, "## {}\n\n*{at}*\n", summary.title),
    }
    if let Some(mood) = summary.mood {
        let (label, name) = (
            i18n::text(locale, "journal-export-mood"),
            i18n::text(locale, mood.label_key()),
        );
        let _ = writeln!(text, "{label} {name} ({mood}/5)\n");
    }
    if !summary.tags.is_empty() {
        let label = i18n::text(locale, "journal-export-tags");
        let _ = writeln!(text, "{label} {}\n", summary.tags.join(", "));
    }
    if !content.text.is_empty() {
        let _ = writeln!(text, "{}", content.text);
    }
    text
}
