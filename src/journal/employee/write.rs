//! Writing: the form, what is wrong with it, and what another tab did meanwhile.

use actix_web::{http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{Shown, crumbs, list, mood_choices, path_of};
use crate::{
    infra::{
        actor::{Employee, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{FormErrors, LongForm, Query},
        i18n::{self, Message},
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
    journal::{
        model::{
            Content, Prompt, TAG_MOST, TAGS_MOST, TEXT_MOST, TITLE_MOST, Typed, Wrong, folded,
        },
        queries::{self, Changed, Entry, Written},
    },
    privacy,
};

/// Own tags that the form proposes.
const SUGGESTED: usize = 12;
/// Entries whose tags are proposed.
const SUGGESTED_FROM: i64 = 400;

/// The form, as it is sent: a tag is a box of its own, new ones are typed together.
#[derive(Clone, Debug, Default)]
pub(super) struct EntryForm {
    client_id: String,
    version: i32,
    title: String,
    text: String,
    mood: String,
    /// The boxes that are ticked.
    chosen: Vec<String>,
    /// What was typed beside them.
    tags: String,
}

impl EntryForm {
    fn fresh() -> Self {
        Self {
            client_id: Uuid::new_v4().to_string(),
            ..Self::default()
        }
    }

    fn of(entry: &Entry, content: &Content) -> Self {
        Self {
            version: entry.version,
            title: content.summary.title.clone(),
            text: content.text.clone(),
            mood: content
                .summary
                .mood
                .map(|mood| mood.to_string())
                .unwrap_or_default(),
            chosen: content.summary.tags.clone(),
            ..Self::default()
        }
    }

    fn sent(fields: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "client_id" => form.client_id = value,
                "version" => form.version = value.parse().unwrap_or_default(),
                "title" => form.title = value,
                "text" => form.text = value,
                "mood" => form.mood = value,
                "tag" => form.chosen.push(value),
                "tags" => form.tags = value,
                _ => {}
            }
        }
        form
    }

    /// # Errors
    /// What is wrong with it.
    fn read(&self) -> Result<Content, FormErrors> {
        let mut tags: Vec<&str> = self.chosen.iter().map(String::as_str).collect();
        tags.push(&self.tags);
        let typed = Typed {
            title: &self.title,
            text: &self.text,
            mood: &self.mood,
            tags,
        };
        typed.read().map_err(|wrong| {
            let mut errors = FormErrors::default();
            for wrong in wrong {
                let (field, message) = said(wrong);
                errors.add(field, message);
            }
            errors
        })
    }

    fn client_id(&self) -> Result<Uuid, AppError> {
        self.client_id.parse().map_err(|_| AppError::Malformed)
    }
}

/// What is wrong, and beside which field.
fn said(wrong: Wrong) -> (&'static str, Message) {
    match wrong {
        Wrong::Empty => ("text", Message::new("journal-form-empty")),
        Wrong::TitleTooLong(length) => (
            "title",
            Message::new("journal-form-title-too-long")
                .with("length", length)
                .with("most", TITLE_MOST),
        ),
        Wrong::TextTooLong(length) => (
            "text",
            Message::new("journal-form-text-too-long")
                .with("length", length)
                .with("most", TEXT_MOST),
        ),
        Wrong::TagTooLong => (
            "tags",
            Message::new("journal-form-tag-too-long").with("most", TAG_MOST),
        ),
        Wrong::TooManyTags => (
            "tags",
            Message::new("journal-form-too-many-tags").with("most", TAGS_MOST),
        ),
        Wrong::NoMood => ("mood", Message::new("journal-form-no-mood")),
    }
}

#[derive(Template)]
#[template(path = "journal/employee/form.html")]
struct FormPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    /// The entry that is changed; none for a new one.
    id: Option<Uuid>,
    form: EntryForm,
    errors: FormErrors,
    moods: Vec<Choice>,
    /// Own tags, those of the form first, each with whether it is chosen.
    tags: Vec<(String, bool)>,
    prompt: Option<Prompt>,
    prompts: [Prompt; 5],
    /// What another tab saved meanwhile.
    elsewhere: Option<Shown>,
    /// Whose draft the browser may keep while it is written.
    owner: Uuid,
}

/// What a form is drawn with.
#[derive(Default)]
struct Drawn {
    id: Option<Uuid>,
    form: EntryForm,
    errors: FormErrors,
    prompt: Option<Prompt>,
    elsewhere: Option<Entry>,
}

async fn draw(employee: &Employee, drawn: Drawn) -> PageResult {
    let known = employee
        .db()
        .read(|tx| queries::headings(tx, &list::always(), SUGGESTED_FROM))
        .await?;
    let page = employee.page();
    let status = match drawn.elsewhere {
        Some(_) => StatusCode::CONFLICT,
        None => drawn.errors.status(),
    };
    let template = FormPage {
        crumbs: crumbs(&page),
        id: drawn.id,
        moods: mood_choices(&page),
        tags: suggestions(&drawn.form.chosen, list::frequent_tags(&known)),
        form: drawn.form,
        errors: drawn.errors,
        prompt: drawn.prompt,
        prompts: Prompt::ALL,
        elsewhere: drawn.elsewhere.map(Shown::new),
        owner: employee.user_id(),
        page,
    };
    render_status(&template.page, &template, status)
}

/// The chosen tags, then the most frequent of the others.
fn suggestions(chosen: &[String], frequent: Vec<String>) -> Vec<(String, bool)> {
    let is_chosen = |tag: &String| chosen.iter().any(|own| folded(own) == folded(tag));
    let others: Vec<String> = frequent
        .into_iter()
        .filter(|tag| !is_chosen(tag))
        .take(SUGGESTED)
        .collect();
    let chosen = chosen.iter().map(|tag| (tag.clone(), true));
    chosen
        .chain(others.into_iter().map(|tag| (tag, false)))
        .collect()
}

/// What to begin with, as the address spells it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Begin {
    prompt: String,
    mood: String,
}

pub(super) async fn show_new(employee: Employee, Query(begin): Query<Begin>) -> PageResult {
    // Rather than after all is typed.
    let agreed = employee
        .db()
        .read(privacy::queries::consents::health_data_stands)
        .await?;
    if !agreed {
        let texts = "/account/privacy/consents/health_data";
        return Ok(see_other_with(texts, Flash::info("privacy-consent-needed")));
    }
    let prompt = Prompt::parse(&begin.prompt);
    let locale = employee.page().locale;
    let form = EntryForm {
        title: prompt.map_or_else(String::new, |prompt| {
            i18n::text(locale, prompt.title_key()).to_owned()
        }),
        mood: begin.mood,
        ..EntryForm::fresh()
    };
    let drawn = Drawn {
        form,
        prompt,
        ..Drawn::default()
    };
    draw(&employee, drawn).await
}

pub(super) async fn write(
    employee: Employee,
    LongForm { 0: fields }: LongForm<Vec<(String, String)>>,
) -> PageResult {
    let form = EntryForm::sent(fields);
    let content = match form.read() {
        Ok(content) => content,
        Err(errors) => {
            let drawn = Drawn {
                form,
                errors,
                ..Drawn::default()
            };
            return draw(&employee, drawn).await;
        }
    };
    let client_id = form.client_id()?;
    let written = employee
        .db()
        .write(move |tx| queries::write(tx, client_id, &content))
        .await?;
    match written {
        Written::There(id) => Ok(see_other_with(
            &path_of(id),
            Flash::success("journal-written"),
        )),
        Written::Different(there) => differs(&employee, form, *there).await,
    }
}

/// The form again, beside what is there: sent once more, it takes its place.
async fn differs(employee: &Employee, form: EntryForm, there: Entry) -> PageResult {
    let drawn = Drawn {
        id: Some(there.id),
        form: EntryForm {
            version: there.version,
            ..form
        },
        elsewhere: Some(there),
        ..Drawn::default()
    };
    draw(employee, drawn).await
}

pub(super) async fn show_edit(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let entry = employee.db().read(move |tx| queries::find(tx, id)).await?;
    let Ok(content) = &entry.content else {
        return Ok(see_other_with(
            &path_of(id),
            Flash::warning("journal-unreadable-edit"),
        ));
    };
    let drawn = Drawn {
        id: Some(id),
        form: EntryForm::of(&entry, content),
        ..Drawn::default()
    };
    draw(&employee, drawn).await
}

pub(super) async fn change(
    employee: Employee,
    id: web::Path<Uuid>,
    LongForm { 0: fields }: LongForm<Vec<(String, String)>>,
) -> PageResult {
    let id = id.into_inner();
    let form = EntryForm::sent(fields);
    let content = match form.read() {
        Ok(content) => content,
        Err(errors) => {
            // Another's entry is not there, whatever was typed.
            employee.db().read(move |tx| queries::find(tx, id)).await?;
            let drawn = Drawn {
                id: Some(id),
                form,
                errors,
                ..Drawn::default()
            };
            return draw(&employee, drawn).await;
        }
    };
    let version = form.version;
    let changed = employee
        .db()
        .write(move |tx| queries::change(tx, id, version, &content))
        .await?;
    match changed {
        Changed::Done => Ok(see_other_with(
            &path_of(id),
            Flash::success("journal-changed"),
        )),
        Changed::Conflict(there) => differs(&employee, form, *there).await,
    }
}

impl FormPage {
    fn action(&self) -> String {
        self.id.map_or_else(|| super::HOME.to_owned(), path_of)
    }

    /// The name under which the browser keeps what is being written.
    fn draft(&self) -> String {
        let what = self
            .id
            .map_or_else(|| "new".to_owned(), |id| id.to_string());
        format!("journal:{}:{what}", self.owner)
    }

    /// The form holds words that the server has seen: no draft takes their place.
    fn was_sent(&self) -> bool {
        !self.errors.is_empty() || self.elsewhere.is_some()
    }

    fn wrong(&self) -> usize {
        ["title", "text", "mood", "tags"]
            .into_iter()
            .filter(|field| self.errors.of(field).is_some())
            .count()
    }
}
