//! Signalling a problem: what both sides' forms have in common.

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
        db::Db,
        error::AppError,
        form::FormErrors,
        i18n::{self, Message},
        page::{Choice, Crumb, Flash, PageContext},
    },
    practitioners::model::full_name,
};

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
    pub(super) fn crumbs(&self, page: &PageContext, list: &str, title_key: &str) -> Vec<Crumb> {
        vec![
            Crumb::new(list, i18n::text(page.locale, title_key)),
            Crumb::new(format!("{list}/{}", self.id), self.name.clone()),
        ]
    }
}

/// A report, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReportForm {
    pub(super) category: String,
    pub(super) details: String,
}

impl ReportForm {
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(&self) -> Result<(Category, Option<Words>), FormErrors> {
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
pub(super) fn categories(page: &PageContext) -> Vec<Choice> {
    let label = |category: &Category| {
        let key = category.label_key();
        Choice::new(category.as_str(), i18n::text(page.locale, key))
    };
    Category::ALL.iter().map(label).collect()
}

/// The consultation to signal a problem about, unless this side did before.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub(super) async fn subject<P: Participant>(
    db: &Db<P>,
    page: &PageContext,
    id: Uuid,
) -> Result<Result<Subject, Flash>, AppError> {
    let (details, report) = db
        .read(move |tx| Ok::<_, AppError>((P::details(tx, id)?, queries::own_report(tx, id)?)))
        .await?;
    match report {
        None => Ok(Ok(Subject::new(&details, page)?)),
        Some(_) => Ok(Err(Flash::info("moderation-report-already"))),
    }
}

/// Sends it. A second click is answered like the first.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub(super) async fn send<P: Participant>(
    db: &Db<P>,
    id: Uuid,
    category: Category,
    details: Option<Words>,
) -> Result<Flash, AppError> {
    let sent = db
        .write(move |tx| queries::submit_report(tx, id, category, details.as_ref()))
        .await?;
    Ok(if sent {
        Flash::success("moderation-report-done")
    } else {
        Flash::info("moderation-report-already")
    })
}
