//! The answers that admins keep for what is asked often.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{HOME, home_crumb};
use crate::{
    infra::{
        actor::{Admin, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors, Nothing},
        i18n,
        page::{Crumb, Flash, PageContext, filters},
    },
    support::{
        model::{NAME_MOST, TEXT_MOST, line, words},
        queries::{self, Canned},
        screen,
    },
};

fn path() -> String {
    format!("{HOME}/answers")
}

/// An answer, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CannedForm {
    id: String,
    title: String,
    body: String,
}

impl CannedForm {
    fn new() -> Self {
        Self {
            id: Uuid::new_v4().to_string(),
            ..Self::default()
        }
    }

    /// # Errors
    /// What is wrong with it.
    fn read(&self, id: Uuid) -> Result<Canned, FormErrors> {
        let mut errors = FormErrors::default();
        let title = line(&self.title, NAME_MOST).map_err(|wrong| {
            let said = screen::said(wrong, "support-answer-title-missing", NAME_MOST);
            errors.add("title", said);
        });
        let body = words(&self.body, TEXT_MOST).map_err(|wrong| {
            let said = screen::said(wrong, "support-text-missing", TEXT_MOST);
            errors.add("body", said);
        });
        match (title, body) {
            (Ok(title), Ok(body)) => Ok(Canned { id, title, body }),
            _ => Err(errors),
        }
    }
}

#[derive(Template)]
#[template(path = "support/admin/answers.html")]
struct AnswersPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    answers: Vec<Canned>,
    form: CannedForm,
    errors: FormErrors,
}

async fn draw(admin: &Admin, form: CannedForm, errors: FormErrors) -> PageResult {
    let answers = admin.db().read(queries::canned).await?;
    let page = admin.page();
    let status = errors.status();
    let template = AnswersPage {
        crumbs: vec![home_crumb(&page)],
        answers,
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_answers(admin: Admin) -> PageResult {
    draw(&admin, CannedForm::new(), FormErrors::default()).await
}

pub(super) async fn keep(admin: Admin, Form(form): Form<CannedForm>) -> PageResult {
    let id = form.id.parse().unwrap_or_else(|_| Uuid::new_v4());
    match form.read(id) {
        Err(errors) => draw(&admin, form, errors).await,
        Ok(kept) => {
            admin
                .db()
                .write(move |tx| queries::keep_canned(tx, &kept))
                .await?;
            let said = Flash::success("support-answer-kept");
            Ok(see_other_with(&path(), said))
        }
    }
}

#[derive(Template)]
#[template(path = "support/admin/answer.html")]
struct AnswerPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    path: String,
    form: CannedForm,
    errors: FormErrors,
}

fn draw_one(admin: &Admin, id: Uuid, form: CannedForm, errors: FormErrors) -> PageResult {
    let page = admin.page();
    let status = errors.status();
    let answers = i18n::text(page.locale, "support-answers");
    let template = AnswerPage {
        crumbs: vec![home_crumb(&page), Crumb::new(path(), answers)],
        path: format!("{}/{id}", path()),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_answer(admin: Admin, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let kept = admin
        .db()
        .read(move |tx| queries::find_canned(tx, id))
        .await?;
    let form = CannedForm {
        id: id.to_string(),
        title: kept.title,
        body: kept.body,
    };
    draw_one(&admin, id, form, FormErrors::default())
}

pub(super) async fn change(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(form): Form<CannedForm>,
) -> PageResult {
    let id = id.into_inner();
    let kept = match form.read(id) {
        Ok(kept) => kept,
        Err(errors) => return draw_one(&admin, id, form, errors),
    };
    admin
        .db()
        .write(move |tx| {
            queries::find_canned(tx, id)?;
            queries::keep_canned(tx, &kept)
        })
        .await?;
    Ok(see_other_with(
        &path(),
        Flash::success("support-answer-kept"),
    ))
}

pub(super) async fn delete(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    admin
        .db()
        .write(move |tx| queries::delete_canned(tx, id))
        .await?;
    Ok(see_other_with(
        &path(),
        Flash::success("support-answer-deleted"),
    ))
}
