//! Saying that the other did not come, answering when it was said of oneself, taking it back: what both
//! sides' pages ask before they are drawn, and what they say afterwards.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{Absence, Objection, Step},
    queries::{Details, Participant},
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

/// What is done about an absence that was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It was not so, says the one of whom it was said.
    Contest,
    /// It was a mistake, says the one who said it.
    Withdraw,
    /// They met after all, says the practitioner.
    Declare,
}

impl Answer {
    fn judge<P: Participant>(self, absence: &Absence, now: DateTime<Utc>) -> Result<(), Objection> {
        match self {
            Self::Contest => absence.judge_contest(P::ACTOR, now),
            Self::Withdraw => absence.judge_withdrawal(P::ACTOR, now),
            Self::Declare => absence.judge_declaration(now),
        }
    }

    /// What to say after it was sent. A second click is answered like the first.
    pub(super) fn outcome(self, done: Result<(), Objection>, page: &PageContext) -> Flash {
        match done {
            Ok(()) | Err(Objection::Done) => Flash::success(match self {
                Self::Contest => "consultation-done-contest",
                Self::Withdraw => "consultation-done-withdrawal",
                Self::Declare => "consultation-done-declaration",
            }),
            Err(why) => objection(why, "consultation-too-early-absence", page),
        }
    }
}

/// The consultation about whose absence the reader may send this answer, or why not.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub(super) async fn answerable<P: Participant>(
    db: &Db<P>,
    page: &PageContext,
    now: DateTime<Utc>,
    (id, answer): (Uuid, Answer),
) -> Result<Result<(Row, Details), Flash>, AppError> {
    let details = db.read(move |tx| P::details(tx, id)).await?;
    let judged = match details.absence()? {
        Some(absence) => answer.judge::<P>(&absence, now),
        None => Err(Objection::Status(details.line.status()?)),
    };
    match judged {
        Ok(()) => Ok(Ok((Row::new(&details.line, page, now)?, details))),
        Err(why) => Ok(Err(answer.outcome(Err(why), page))),
    }
}
