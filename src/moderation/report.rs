//! Signalling a problem: the same page for both sides.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::{CHARACTERS, Category, TooLong, Words},
    queries,
};
use crate::{
    booking::{model::Format, wording},
    consultation::queries::{Details, Participant},
    infra::{
        actor::{Actor, Kind, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors},
        i18n::{self, Message},
        page::{Choice, Crumb, Flash, PageContext, Space, filters},
    },
    practitioners::model::full_name,
};

/// The consultation's own page.
pub(super) fn path_of<K: Kind>(id: Uuid) -> String {
    format!("{}/consultations/{id}", K::SPACE.home())
}

/// The consultation that is spoken of, as the head of a form shows it.
pub(super) struct Subject {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) minutes: i64,
    pub(super) format: Format,
    pub(super) duration_seconds: Option<i32>,
}

impl Subject {
    pub(super) fn new(details: &Details, page: &PageContext) -> Result<Self, AppError> {
        let line = &details.line;
        let name = full_name(&line.title, &line.first_name, &line.last_name);
        Ok(Self {
            id: line.id,
            name: if name.is_empty() {
                i18n::text(page.locale, "consultation-practitioner-gone").to_owned()
            } else {
                name
            },
            starts_at: line.starts_at,
            minutes: (line.ends_at - line.starts_at).num_minutes(),
            format: line.format()?,
            duration_seconds: line.duration_seconds,
        })
    }

    pub(super) fn format_key(&self) -> &'static str {
        wording::format_key(self.format)
    }

    pub(super) fn format_icon(&self) -> &'static str {
        wording::format_icon(self.format)
    }

    /// The way back to the list and to the consultation.
    pub(super) fn crumbs<K: Kind>(&self, page: &PageContext) -> Vec<Crumb> {
        let title = match K::SPACE {
            Space::Employee => "consultation-list-title",
            _ => "consultation-practice-title",
        };
        let list = format!("{}/consultations", K::SPACE.home());
        vec![
            Crumb::new(list, i18n::text(page.locale, title)),
            Crumb::new(path_of::<K>(self.id), self.name.clone()),
        ]
    }
}

/// A report, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReportForm {
    category: String,
    details: String,
}

impl ReportForm {
    /// # Errors
    /// What is wrong with it.
    fn read(&self) -> Result<(Category, Option<Words>), FormErrors> {
        let mut errors = FormErrors::default();
        let category = self.category.parse();
        if category.is_err() {
            errors.add("category", "moderation-report-category-missing");
        }
        let details = words(&self.details, "details", &mut errors);
        match category {
            Ok(category) if errors.is_empty() => Ok((category, details)),
            _ => Err(errors),
        }
    }
}

/// What was typed in a field, if it is not too long.
pub(super) fn words(text: &str, field: &'static str, errors: &mut FormErrors) -> Option<Words> {
    Words::parse(text).unwrap_or_else(|TooLong| {
        let most = Message::new("moderation-too-long").with("count", CHARACTERS);
        errors.add(field, most);
        None
    })
}

/// The categories, to choose from.
fn categories(page: &PageContext) -> Vec<Choice> {
    let label = |category: &Category| {
        let key = category.label_key();
        Choice::new(category.as_str(), i18n::text(page.locale, key))
    };
    Category::ALL.iter().map(label).collect()
}

#[derive(Template)]
#[template(path = "moderation/report.html")]
struct ReportPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    base: String,
    subject: Subject,
    categories: Vec<Choice>,
    form: ReportForm,
    errors: FormErrors,
}

pub(super) async fn show_report<K: Kind>(person: Actor<K>, id: web::Path<Uuid>) -> PageResult
where
    Actor<K>: Participant,
{
    draw(&person, id.into_inner(), Default::default()).await
}

/// The form, unless this side sent one before.
async fn draw<K: Kind>(
    person: &Actor<K>,
    id: Uuid,
    (form, errors): (ReportForm, FormErrors),
) -> PageResult
where
    Actor<K>: Participant,
{
    let (details, report) = person
        .db()
        .look(move |tx| {
            let details = <Actor<K>>::details(tx, id)?;
            Ok::<_, AppError>((details, queries::own_report(tx, id)?))
        })
        .await?;
    if report.is_some() {
        let said = Flash::info("moderation-report-already");
        return Ok(see_other_with(&path_of::<K>(id), said));
    }
    let page = person.page();
    let subject = Subject::new(&details, &page)?;
    let status = errors.status();
    let template = ReportPage {
        crumbs: subject.crumbs::<K>(&page),
        base: path_of::<K>(id),
        subject,
        categories: categories(&page),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

/// Sends it. A second click is answered like the first.
pub(super) async fn send_report<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Form(form): Form<ReportForm>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let id = id.into_inner();
    let (category, details) = match form.read() {
        Ok(read) => read,
        Err(errors) => return draw(&person, id, (form, errors)).await,
    };
    let sent = person
        .db()
        .write(move |tx| queries::submit_report(tx, id, category, details.as_ref()))
        .await?;
    let said = match sent {
        true => Flash::success("moderation-report-done"),
        false => Flash::info("moderation-report-already"),
    };
    Ok(see_other_with(&path_of::<K>(id), said))
}
