//! One patient in the order of time, as this practitioner has written it down.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{Shown, Waiting, home_crumb};
use crate::{
    infra::{
        actor::{Practitioner, render},
        error::{AppError, PageResult},
        form::Query,
        page::{Crumb, PageContext, Pagination, filters},
    },
    journal::queries::shares::{self, Share},
    notes::{
        model::patient_name,
        queries::{self, Relation, Wanted, signed},
    },
};

/// Consultations without a note that the page names.
const WAITING: i64 = 10;

/// Which page of the timeline.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    page: String,
}

#[derive(Template)]
#[template(path = "notes/practitioner/patient.html")]
struct PatientPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    name: String,
    relation: Relation,
    notes: Vec<Shown>,
    pages: Pagination,
    waiting: Vec<Waiting>,
    /// What the patient lets the practitioner read of the journal.
    shares: Vec<Share>,
}

pub(super) async fn show_patient(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Query(which): Query<Which>,
) -> PageResult {
    let id = id.into_inner();
    let page = practitioner.page();
    let (number, reader) = (which.page.parse().unwrap_or(1), page.clone());
    let (relation, pages, notes, waiting, shares) = practitioner
        .db()
        .look(move |tx| {
            let relation = queries::relation(tx, id)?;
            let wanted = Wanted::of_patient(id);
            let pages = Pagination::new(number, queries::count(tx, &wanted)?, &reader.path);
            let notes = queries::list(tx, &wanted, pages.offset(), pages.limit())?;
            let ids: Vec<Uuid> = notes.iter().map(|note| note.id).collect();
            let mut addenda = signed::addenda(tx, &ids)?;
            let notes: Vec<Shown> = notes
                .into_iter()
                .map(|note| {
                    let addenda = addenda.remove(&note.id).unwrap_or_default();
                    Shown::new(note, &reader).with(addenda)
                })
                .collect();
            let waiting = queries::unnoted(tx, Some(id), DateTime::UNIX_EPOCH, WAITING)?;
            let shares = shares::received_from(tx, id)?;
            Ok::<_, AppError>((relation, pages, notes, waiting, shares))
        })
        .await?;
    let template = PatientPage {
        crumbs: vec![home_crumb(&page)],
        name: patient_name(page.locale, &relation.patient),
        relation,
        notes,
        pages,
        waiting: Waiting::all(waiting, &page),
        shares,
        page,
    };
    render(&template.page, &template)
}

impl PatientPage {
    /// When the two first and last met.
    fn met(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.relation.first_at.zip(self.relation.last_at)
    }
}
