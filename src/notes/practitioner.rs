//! The practitioner's clinical notes: the list, a patient's timeline, writing, signing, printing.

mod begin;
mod draft;
mod list;
mod note;
mod patient;
mod signature;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{Kind, patient_name},
    queries::{Note, Unnoted, signed::Addendum},
};
use crate::infra::{
    actor::Practitioner,
    form::FormErrors,
    i18n::{self, Message},
    page::{Crumb, PageContext},
    rich_text::{RichText, TEXT_MOST, Wrong, excerpt},
    role_scope::RoleScope,
};

/// Where the notes are.
const HOME: &str = "/practitioner/notes";
/// Letters of a note that a list shows.
const EXCERPT: usize = 260;

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    scope
        .get("/notes", list::show_notes)
        .get("/consultations/{id}/notes", begin::show_kinds)
        .post("/consultations/{id}/notes", begin::begin)
        .get("/notes/patients/{patient}", patient::show_patient)
        .get("/notes/{note}", note::show_note)
        .post("/notes/{note}", draft::save)
        .get("/notes/{note}/edit", draft::show_draft)
        .get("/notes/{note}/print", note::show_print)
        .post("/notes/{note}/addenda", note::add)
        .get("/notes/{note}/signature", signature::show_signature)
        .post("/notes/{note}/signature", signature::sign)
        .get("/notes/{note}/deletion", signature::show_deletion)
        .post("/notes/{note}/deletion", signature::delete);
}

fn path_of(note: Uuid) -> String {
    format!("{HOME}/{note}")
}

fn path_of_patient(patient: Uuid) -> String {
    format!("{HOME}/patients/{patient}")
}

/// The way back to the list.
fn home_crumb(page: &PageContext) -> Crumb {
    Crumb::new(HOME, i18n::text(page.locale, "notes-title"))
}

/// The way back to the list and to the patient.
fn patient_crumbs(page: &PageContext, note: &Shown) -> Vec<Crumb> {
    let patient = Crumb::new(path_of_patient(note.patient_id), note.patient.clone());
    vec![home_crumb(page), patient]
}

/// The way back to the list, to the patient and to the note.
fn note_crumbs(page: &PageContext, note: &Shown) -> Vec<Crumb> {
    let mut crumbs = patient_crumbs(page, note);
    let title = i18n::text(page.locale, note.kind.label_key());
    crumbs.push(Crumb::new(path_of(note.id), title));
    crumbs
}

/// A note as pages show it.
struct Shown {
    id: Uuid,
    patient_id: Uuid,
    patient: String,
    consultation_id: Uuid,
    happened_at: DateTime<Utc>,
    kind: Kind,
    revision: i32,
    changed_at: DateTime<Utc>,
    signed_at: Option<DateTime<Utc>>,
    /// What can be read of it.
    text: Option<RichText>,
    /// Its beginning.
    excerpt: String,
    addenda: Vec<ShownAddendum>,
}

/// An addendum as pages show it.
struct ShownAddendum {
    signed_at: DateTime<Utc>,
    text: Option<RichText>,
}

impl Shown {
    fn new(note: Note, page: &PageContext) -> Self {
        let text = note.content.ok();
        Self {
            id: note.id,
            patient_id: note.patient.id,
            patient: patient_name(page.locale, &note.patient),
            consultation_id: note.consultation_id,
            happened_at: note.happened_at,
            kind: note.kind,
            revision: note.revision,
            changed_at: note.changed_at,
            signed_at: note.signed_at,
            excerpt: text
                .as_ref()
                .map(|text| excerpt(&on_one_line(&text.plain()), EXCERPT))
                .unwrap_or_default(),
            text,
            addenda: Vec::new(),
        }
    }

    fn with(mut self, addenda: Vec<Addendum>) -> Self {
        self.addenda = addenda
            .into_iter()
            .map(|addendum| ShownAddendum {
                signed_at: addendum.signed_at,
                text: addendum.content.ok(),
            })
            .collect();
        self
    }

    fn path(&self) -> String {
        path_of(self.id)
    }

    fn patient_path(&self) -> String {
        path_of_patient(self.patient_id)
    }
}

/// Headings, paragraphs and items of lists, told apart.
fn on_one_line(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.trim_start_matches("- ").trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" · ")
}

/// A consultation about which nothing was written, as pages show it.
struct Waiting {
    consultation_id: Uuid,
    happened_at: DateTime<Utc>,
    patient: String,
}

impl Waiting {
    fn all(unnoted: Vec<Unnoted>, page: &PageContext) -> Vec<Self> {
        unnoted
            .into_iter()
            .map(|unnoted| Self {
                consultation_id: unnoted.consultation_id,
                happened_at: unnoted.happened_at,
                patient: patient_name(page.locale, &unnoted.patient),
            })
            .collect()
    }
}

/// What is wrong with a text, beside it.
fn said(wrong: Wrong) -> FormErrors {
    let mut errors = FormErrors::default();
    let message = match wrong {
        Wrong::TooLong(length) => Message::new("notes-form-too-long").with("length", length),
        Wrong::TooMuchMarkup => Message::new("notes-form-too-much-markup"),
    };
    errors.add("text", message.with("most", TEXT_MOST));
    errors
}
