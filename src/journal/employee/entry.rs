//! One entry: read it, delete it.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use super::{
    HOME, Shown, crumbs,
    list::{always, recent_moods},
    path_of, shares,
};
use crate::{
    infra::{
        actor::{Employee, render, see_other_with},
        error::{AppError, PageResult},
        form::{Form, Nothing},
        page::{Crumb, Flash, PageContext, filters},
    },
    journal::{model::distress, queries},
};

/// Entries before which a row of low moods is looked for.
const LATEST: i64 = 12;

#[derive(Template)]
#[template(path = "journal/employee/entry.html")]
struct EntryPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    entry: Shown,
    distress: bool,
    /// Who reads it now.
    shares: Vec<shares::Shown>,
}

pub(super) async fn show_entry(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let (entry, low, shared) = employee
        .db()
        .read(move |tx| {
            let entry = queries::find(tx, id)?;
            let latest = queries::headings(tx, &always(), LATEST)?;
            // The row of moods is today's: an old entry read again is not part of it.
            let is_latest = latest.first().is_some_and(|heading| heading.id == id);
            let low = is_latest && distress::in_moods(&recent_moods(&latest, tx.now()));
            let shared = queries::shares::of_entry(tx, id)?;
            Ok::<_, AppError>((entry, low, shared))
        })
        .await?;
    let entry = Shown::new(entry);
    let page = employee.page();
    let template = EntryPage {
        crumbs: crumbs(&page),
        shares: shared
            .into_iter()
            .map(|share| shares::Shown::new(share, &page))
            .collect(),
        distress: low
            || entry
                .words
                .as_ref()
                .is_some_and(super::ShownWords::shows_distress),
        entry,
        page,
    };
    render(&template.page, &template)
}

#[derive(Template)]
#[template(path = "journal/employee/deletion.html")]
struct DeletionPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    entry: Shown,
}

pub(super) async fn show_deletion(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let entry = employee.db().read(move |tx| queries::find(tx, id)).await?;
    let page = employee.page();
    let template = DeletionPage {
        crumbs: crumbs(&page),
        entry: Shown::new(entry),
        page,
    };
    render(&template.page, &template)
}

pub(super) async fn delete(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    employee
        .db()
        .write(move |tx| {
            queries::find(tx, id)?;
            queries::delete(tx, id)
        })
        .await?;
    Ok(see_other_with(HOME, Flash::success("journal-deleted")))
}

impl DeletionPage {
    fn path(&self) -> String {
        path_of(self.entry.id)
    }
}
