//! The employee's journal: reading, writing, finding again.

mod entry;
mod export;
mod list;
mod moods;
mod shares;
mod write;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{Mood, distress},
    queries::Entry,
};
use crate::infra::{
    actor::Employee,
    i18n,
    page::{Choice, Crumb, PageContext},
    rich_text::excerpt,
    role_scope::RoleScope,
};

/// Where the journal is.
const HOME: &str = "/employee/journal";
/// Letters of a text that a list shows.
const EXCERPT: usize = 220;

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope
        .get("/journal", list::show_entries)
        .get("/journal/new", write::show_new)
        .post("/journal", write::write)
        .get("/journal/moods", moods::show_moods)
        .get("/journal/export.md", export::markdown)
        .get("/journal/export.pdf", export::pdf)
        .get("/journal/shares", shares::show_shares)
        .get("/journal/shares/new", shares::show_share)
        .post("/journal/shares", shares::share)
        .post("/journal/shares/{share}/revocation", shares::revoke)
        .get("/journal/entries/{entry}", entry::show_entry)
        .get("/journal/entries/{entry}/edit", write::show_edit)
        .post("/journal/entries/{entry}", write::change)
        .get("/journal/entries/{entry}/deletion", entry::show_deletion)
        .post("/journal/entries/{entry}/deletion", entry::delete);
}

fn path_of(entry: Uuid) -> String {
    format!("{HOME}/entries/{entry}")
}

/// The way back to the list.
fn crumbs(page: &PageContext) -> Vec<Crumb> {
    vec![Crumb::new(HOME, i18n::text(page.locale, "journal-title"))]
}

/// The five moods as options.
fn mood_choices(page: &PageContext) -> Vec<Choice> {
    Mood::ALL
        .into_iter()
        .map(|mood| Choice::new(mood.to_string(), i18n::text(page.locale, mood.label_key())))
        .collect()
}

/// An entry as pages show it.
struct Shown {
    id: Uuid,
    written_at: DateTime<Utc>,
    changed_at: Option<DateTime<Utc>>,
    /// What can be read of it.
    words: Option<ShownWords>,
}

/// What an entry says.
struct ShownWords {
    title: String,
    text: String,
    /// Its beginning, where there is more.
    excerpt: String,
    mood: Option<Mood>,
    tags: Vec<String>,
}

impl Shown {
    fn new(entry: Entry) -> Self {
        Self {
            id: entry.id,
            written_at: entry.written_at,
            changed_at: entry.changed_at,
            words: entry.content.ok().map(|content| ShownWords {
                excerpt: excerpt(&content.text, EXCERPT),
                text: content.text,
                title: content.summary.title,
                mood: content.summary.mood,
                tags: content.summary.tags,
            }),
        }
    }
}

impl ShownWords {
    /// Whether it may show distress: asked for each page, kept nowhere.
    fn shows_distress(&self) -> bool {
        distress::in_text(&self.title) || distress::in_text(&self.text)
    }
}
