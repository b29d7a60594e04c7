//! Writing news: title, text, for whom, by which ways.

use actix_web::{http::StatusCode, web};
use askama::Template;
use uuid::Uuid;

use super::{home_crumb, path_of, post_crumbs};
use crate::{
    companies::queries as companies,
    content::{
        model::{Draft, NEWS_MOST, TITLE_MOST, Title, WrongTitle},
        queries::{self, Post, Saved},
    },
    infra::{
        actor::{Hr, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{FormErrors, LongForm},
        i18n::{self, Message},
        page::{Choice, Crumb, Flash, PageContext, filters},
        rich_text::{RichText, TextField, Typed, Wrong},
    },
};

/// The fields of a form, in order.
type Fields = Vec<(String, String)>;

/// The form, as it is sent.
#[derive(Clone, Debug, Default)]
struct NewsForm {
    client_id: String,
    revision: String,
    title: String,
    text: String,
    html: Option<String>,
    audience: String,
    departments: Vec<String>,
    by_mail: bool,
}

impl NewsForm {
    fn sent(fields: Fields) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "client_id" => form.client_id = value,
                "revision" => form.revision = value,
                "title" => form.title = value,
                "text" => form.text = value,
                "html" => form.html = Some(value),
                "audience" => form.audience = value,
                "department" => form.departments.push(value),
                "by_mail" => form.by_mail = value == "true",
                _ => {}
            }
        }
        form
    }

    fn new() -> Self {
        Self {
            client_id: Uuid::new_v4().to_string(),
            audience: ALL.to_owned(),
            ..Self::default()
        }
    }

    fn of(post: &Post) -> Self {
        Self {
            revision: post.revision.to_string(),
            title: post.title.clone(),
            audience: if post.departments.is_empty() {
                ALL
            } else {
                SOME
            }
            .to_owned(),
            departments: post.departments.clone(),
            by_mail: post.by_mail,
            ..Self::default()
        }
    }

    fn typed(&self) -> Typed<'_> {
        Typed::sent(self.html.as_deref(), &self.text)
    }

    /// # Errors
    /// What is wrong with it; `known` are the departments to choose from.
    fn read(&self, known: &[String]) -> Result<Draft, FormErrors> {
        let mut errors = FormErrors::default();
        let title = Title::parse(&self.title).map_err(|wrong| {
            let message = match wrong {
                WrongTitle::Missing => Message::new("news-form-title-missing"),
                WrongTitle::TooLong => {
                    Message::new("news-form-title-long").with("count", TITLE_MOST)
                }
            };
            errors.add("title", message);
        });
        let body = self.body().map_err(|message| errors.add("text", message));
        let departments = match self.audience.as_str() {
            ALL => Vec::new(),
            SOME => {
                let mut chosen = self.departments.clone();
                chosen.sort();
                chosen.dedup();
                chosen
            }
            _ => {
                errors.add("audience", "news-form-audience-missing");
                Vec::new()
            }
        };
        if self.audience == SOME && departments.is_empty() {
            errors.add("departments", "news-form-departments-missing");
        } else if departments.iter().any(|chosen| !known.contains(chosen)) {
            // Left out, it could mean everybody.
            errors.add("departments", "news-form-departments-unknown");
        }
        match (title, body) {
            (Ok(title), Ok(body)) if errors.is_empty() => Ok(Draft {
                title,
                body,
                departments,
                by_mail: self.by_mail,
            }),
            _ => Err(errors),
        }
    }

    fn body(&self) -> Result<RichText, Message> {
        let too_long = |length: usize| {
            Message::new("news-form-text-long")
                .with("length", length)
                .with("most", NEWS_MOST)
        };
        let text = self.typed().read().map_err(|wrong| match wrong {
            Wrong::TooLong(length) => too_long(length),
            Wrong::TooMuchMarkup => Message::new("news-form-text-markup"),
        })?;
        match text.plain().chars().count() {
            length if length > NEWS_MOST => Err(too_long(length)),
            _ => Ok(text),
        }
    }

    fn ticks(&self, department: &String) -> bool {
        self.departments.contains(department)
    }
}

const ALL: &str = "all";
const SOME: &str = "some";

#[derive(Template)]
#[template(path = "content/hr/form.html")]
struct FormPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    /// What is changed; `None` for a new one.
    post: Option<Post>,
    audiences: Vec<Choice>,
    /// Those to choose from.
    departments: Vec<String>,
    form: NewsForm,
    field: TextField,
    /// Somebody else saved meanwhile.
    conflict: bool,
    errors: FormErrors,
}

impl FormPage {
    fn action(&self) -> String {
        self.post
            .as_ref()
            .map_or_else(|| super::HOME.to_owned(), Post::path)
    }

    /// What was published keeps its readers.
    fn keeps_readers(&self) -> bool {
        self.post
            .as_ref()
            .is_some_and(|post| post.status.was_published())
    }
}

/// What a page that answers a form shows.
struct Shown {
    form: NewsForm,
    field: TextField,
    conflict: bool,
    errors: FormErrors,
}

impl Shown {
    fn again(form: NewsForm, errors: FormErrors) -> Self {
        Self {
            field: TextField::kept(form.typed()),
            form,
            conflict: false,
            errors,
        }
    }
}

fn draw(hr: &Hr, post: Option<Post>, departments: Vec<String>, shown: Shown) -> PageResult {
    let page = hr.page();
    let text = |key| i18n::text(page.locale, key);
    let status = if shown.conflict {
        StatusCode::CONFLICT
    } else {
        shown.errors.status()
    };
    let template = FormPage {
        crumbs: post
            .as_ref()
            .map_or_else(|| vec![home_crumb(&page)], |post| post_crumbs(&page, post)),
        post,
        audiences: vec![
            Choice::new(ALL, text("news-form-all"))
                .detail(text("news-form-all-detail"))
                .icon("building-2"),
            Choice::new(SOME, text("news-form-some"))
                .detail(text("news-form-some-detail"))
                .icon("users"),
        ],
        departments,
        form: shown.form,
        field: shown.field,
        conflict: shown.conflict,
        errors: shown.errors,
        page,
    };
    render_status(&template.page, &template, status)
}

/// The departments to choose from: those there are, and those that the post was for.
fn with_former(mut departments: Vec<String>, post: Option<&Post>) -> Vec<String> {
    let former = post.map(|post| post.departments.as_slice());
    for department in former.unwrap_or_default() {
        if !departments.contains(department) {
            departments.push(department.clone());
        }
    }
    departments
}

pub(super) async fn show_new(hr: Hr) -> PageResult {
    let departments = hr.db().read(companies::departments).await?;
    let shown = Shown::again(NewsForm::new(), FormErrors::default());
    draw(&hr, None, departments, shown)
}

pub(super) async fn create(hr: Hr, LongForm { 0: fields }: LongForm<Fields>) -> PageResult {
    let mut form = NewsForm::sent(fields);
    let departments = hr.db().read(companies::departments).await?;
    let draft = match form.read(&departments) {
        Ok(draft) => draft,
        Err(errors) => return draw(&hr, None, departments, Shown::again(form, errors)),
    };
    let client = form.client_id.parse().unwrap_or_else(|_| {
        form.client_id.clear();
        Uuid::new_v4()
    });
    let id = hr
        .db()
        .write(move |tx| queries::create(tx, client, &draft))
        .await?;
    let said = Flash::success("news-draft-kept");
    Ok(see_other_with(&path_of(id), said))
}

async fn post_and_departments(hr: &Hr, id: Uuid) -> Result<(Post, Vec<String>), AppError> {
    let (post, departments) = hr
        .db()
        .read(move |tx| {
            let post = queries::find(tx, id)?;
            Ok::<_, AppError>((post, companies::departments(tx)?))
        })
        .await?;
    let departments = with_former(departments, Some(&post));
    Ok((post, departments))
}

pub(super) async fn show_edit(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    let (post, departments) = post_and_departments(&hr, id.into_inner()).await?;
    let shown = Shown {
        form: NewsForm::of(&post),
        field: TextField::of(&post.body),
        conflict: false,
        errors: FormErrors::default(),
    };
    draw(&hr, Some(post), departments, shown)
}

pub(super) async fn save(
    hr: Hr,
    id: web::Path<Uuid>,
    LongForm { 0: fields }: LongForm<Fields>,
) -> PageResult {
    let id = id.into_inner();
    let mut form = NewsForm::sent(fields);
    let (post, departments) = post_and_departments(&hr, id).await?;
    if post.status.was_published() {
        // The form of what was published does not ask again.
        let kept = NewsForm::of(&post);
        (form.audience, form.departments) = (kept.audience, kept.departments);
        form.by_mail = kept.by_mail;
    }
    let draft = match form.read(&departments) {
        Ok(draft) => draft,
        Err(errors) => return draw(&hr, Some(post), departments, Shown::again(form, errors)),
    };
    let revision = form.revision.parse().unwrap_or_default();
    // A text that was not touched where there is no editor keeps its formatting.
    let draft = match form.html {
        None if draft.body.plain() == post.body.plain() => Draft {
            body: post.body.clone(),
            ..draft
        },
        _ => draft,
    };
    let saved = hr
        .db()
        .write(move |tx| queries::save(tx, id, revision, &draft))
        .await?;
    match saved {
        Saved::Done => {
            let said = Flash::success("news-saved");
            Ok(see_other_with(&path_of(id), said))
        }
        Saved::Empty => {
            let mut errors = FormErrors::default();
            errors.add("text", "news-form-text-missing");
            draw(&hr, Some(post), departments, Shown::again(form, errors))
        }
        Saved::Conflict => {
            let (post, departments) = post_and_departments(&hr, id).await?;
            // Sent again, it takes the place of what is there now.
            form.revision = post.revision.to_string();
            let shown = Shown {
                conflict: true,
                ..Shown::again(form, FormErrors::default())
            };
            draw(&hr, Some(post), departments, shown)
        }
    }
}
