//! The appointments that a change of the hours left outside them: kept, or moved.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{AGENDA, crumbs, go};
use crate::{
    booking::{
        model::Format,
        queries::outside::{self as booked, Booked},
        wording,
    },
    infra::{
        actor::{Practitioner, render},
        error::{AppError, PageResult},
        form::{Form, Nothing},
        page::{Crumb, Flash, PageContext, filters},
    },
};

/// An appointment outside the hours.
struct OutsideLine {
    id: Uuid,
    name: String,
    starts_at: DateTime<Utc>,
    format_key: &'static str,
    format_icon: &'static str,
    status_key: &'static str,
    tone: &'static str,
}

impl OutsideLine {
    fn new(booked: &Booked) -> Result<Self, AppError> {
        let (format, status): (Format, _) = (booked.format()?, booked.status()?);
        Ok(Self {
            id: booked.id,
            name: booked.name.clone(),
            starts_at: booked.starts_at,
            format_key: wording::format_key(format),
            format_icon: wording::format_icon(format),
            status_key: wording::status_key(status),
            tone: wording::status_tone(status),
        })
    }
}

#[derive(Template)]
#[template(path = "booking/practitioner/outside.html")]
struct OutsidePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    undecided: Vec<OutsideLine>,
    kept: Vec<OutsideLine>,
}

pub(super) async fn show_outside(practitioner: Practitioner) -> PageResult {
    let all = practitioner.db().look(booked::outside).await?;
    let (kept, undecided): (Vec<&Booked>, Vec<&Booked>) =
        all.iter().partition(|booked| booked.kept);
    let lines = |booked: Vec<&Booked>| -> Result<Vec<OutsideLine>, AppError> {
        booked.into_iter().map(OutsideLine::new).collect()
    };
    let page = practitioner.page();
    let template = OutsidePage {
        crumbs: crumbs(&page),
        undecided: lines(undecided)?,
        kept: lines(kept)?,
        page,
    };
    render(&template.page, &template)
}

pub(super) async fn keep(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let left = practitioner
        .db()
        .write(move |tx| {
            booked::keep(tx, id)?;
            booked::undecided(tx)
        })
        .await?;
    let path = match left {
        0 => AGENDA,
        _ => "/practitioner/agenda/outside",
    };
    Ok(go(
        &practitioner,
        path,
        Flash::success("agenda-outside-kept"),
    ))
}
