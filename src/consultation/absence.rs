//! Saying that the other did not come, and answering when it was said of oneself: what both sides'
//! pages ask before they are drawn, and what they say afterwards.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{Objection, Step},
    queries::Participant,
    screen::{Row, objection, outcome},
};
use crate::infra::{
    db::Db,
    error::AppError,
    page::{Flash, PageContext},
};

/// The consultation whose other participant `step` would say was absent, or why it may not be said.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub(super) async fn reportable<P: Participant>(
    db: &Db<P>,
    page: &PageContext,
    now: DateTime<Utc>,
    (id, step): (Uuid, Step),
) -> Result<Result<Row, Flash>, AppError> {
    let details = db.read(move |tx| P::details(tx, id)).await?;
    match details.plan()?.judge(step, P::ACTOR, now) {
        Ok(_) => Ok(Ok(Row::new(&details.line, page, now)?)),
        Err(why) => Ok(Err(outcome(step, Err(why), page))),
    }
}

/// The consultation whose absence the reader may contest, or why not.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub(super) async fn contestable<P: Participant>(
    db: &Db<P>,
    page: &PageContext,
    now: DateTime<Utc>,
    id: Uuid,
) -> Result<Result<Row, Flash>, AppError> {
    let details = db.read(move |tx| P::details(tx, id)).await?;
    let judged = match details.absence()? {
        Some(absence) => absence.judge_contest(P::ACTOR, now),
        None => Err(Objection::Status(details.line.status()?)),
    };
    match judged {
        Ok(()) => Ok(Ok(Row::new(&details.line, page, now)?)),
        Err(why) => Ok(Err(answered(Err(why), page))),
    }
}

/// What to say after an absence was contested. A second click is answered like the first.
pub(super) fn answered(contested: Result<(), Objection>, page: &PageContext) -> Flash {
    match contested {
        Ok(()) | Err(Objection::Done) => Flash::success("consultation-done-contest"),
        Err(why) => objection(why, "consultation-too-early-absence", page),
    }
}
