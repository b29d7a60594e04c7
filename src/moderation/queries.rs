//! All the SQL of reviews and reports.

mod decisions;

pub use decisions::*;

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Binary, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::model::{Category, Rating, ReviewState, Words};
use crate::{
    consultation::queries::Participant,
    infra::{
        actor::Employee,
        db::Tx,
        envelope::{Field, Scope, Sealed},
        error::AppError,
        prepared::prepared,
    },
};

/// Where a review's words are kept until they are published.
fn comment_of(review: Uuid) -> Field {
    Field {
        table: "practitioner_reviews",
        column: "comment_sealed",
        row: review,
    }
}

/// Where the words of a report are kept.
fn details_of(report: Uuid) -> Field {
    Field {
        table: "problem_reports",
        column: "details_sealed",
        row: report,
    }
}

#[derive(QueryableByName)]
struct ReviewRow {
    #[diesel(sql_type = SmallInt)]
    rating: i16,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Nullable<Text>)]
    refusal: Option<String>,
}

/// What the employee said of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnReview {
    /// Stars, 1 to 5.
    pub rating: i16,
    /// What became of it.
    pub state: ReviewState,
}

/// The employee's review of a consultation, if there is one.
///
/// # Errors
/// The database's; a row that the model does not know.
pub fn own_review(
    tx: &mut Tx<Employee>,
    consultation: Uuid,
) -> Result<Option<OwnReview>, AppError> {
    let row: Option<ReviewRow> = prepared(
        "SELECT rating, status, refusal FROM practitioner_reviews WHERE id = (SELECT hz.review_of($1))",
    )
    .bind::<SqlUuid, _>(consultation)
    .get_result(tx.conn())
    .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let state = match (row.status.as_str(), row.refusal) {
        ("pending", _) => ReviewState::Pending,
        ("published", _) => ReviewState::Published,
        (_, refusal) => refusal
            .and_then(|refusal| refusal.parse().ok())
            .map(ReviewState::Refused)
            .ok_or_else(|| AppError::internal("a review is in an unknown state"))?,
    };
    Ok(Some(OwnReview {
        rating: row.rating,
        state,
    }))
}

/// Keeps a review until it is decided. `false` when there was one, or when there is nothing to review
/// yet: then nothing changed.
///
/// # Errors
/// The database's; a key out of reach.
pub fn submit_review(
    tx: &mut Tx<Employee>,
    consultation: Uuid,
    rating: Rating,
    comment: Option<&Words>,
) -> Result<bool, AppError> {
    let (id, now) = (Uuid::new_v4(), tx.now());
    let written = prepared(
        "INSERT INTO practitioner_reviews (id, consultation_id, practitioner_id, rating, created_at)
         SELECT $1, id, practitioner_id, $2, $3 FROM consultations WHERE id = $4 AND status = 'completed'
         ON CONFLICT DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SmallInt, _>(rating.stars())
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(consultation)
    .execute(tx.conn())?;
    if let (1, Some(comment)) = (written, comment) {
        let sealed = tx.seal(Scope::Moderation(id), comment_of(id), comment.as_str())?;
        prepared("UPDATE practitioner_reviews SET comment_sealed = $1 WHERE id = $2")
            .bind::<Binary, _>(sealed)
            .bind::<SqlUuid, _>(id)
            .execute(tx.conn())?;
    }
    Ok(written == 1)
}

#[derive(QueryableByName)]
struct ReportRow {
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    closed_at: Option<DateTime<Utc>>,
}

/// What somebody signalled about a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnReport {
    /// What went wrong.
    pub category: Category,
    /// When it was signalled.
    pub created_at: DateTime<Utc>,
    /// When the moderation had dealt with it.
    pub closed_at: Option<DateTime<Utc>>,
}

/// The reader's report about a consultation, if there is one.
///
/// # Errors
/// The database's; a row that the model does not know.
pub fn own_report<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
) -> Result<Option<OwnReport>, AppError> {
    let row: Option<ReportRow> = prepared(
        "SELECT category, created_at, closed_at FROM problem_reports WHERE consultation_id = $1",
    )
    .bind::<SqlUuid, _>(consultation)
    .get_result(tx.conn())
    .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let category = row.category.parse();
    Ok(Some(OwnReport {
        category: category.map_err(|_| AppError::internal("a report of an unknown kind"))?,
        created_at: row.created_at,
        closed_at: row.closed_at,
    }))
}

/// Signals a problem to the moderation. `false` when this side did before: then nothing changed.
///
/// # Errors
/// `NotFound` for anybody else's consultation; the database's; a key out of reach.
pub fn submit_report<R: Participant>(
    tx: &mut Tx<R>,
    consultation: Uuid,
    category: Category,
    details: Option<&Words>,
) -> Result<bool, AppError> {
    // A foreign consultation is not found rather than left without a row.
    R::details(tx, consultation)?;
    let (id, now) = (Uuid::new_v4(), tx.now());
    let written = prepared(
        "INSERT INTO problem_reports (id, consultation_id, company_id, practitioner_id, reporter, category, created_at)
         SELECT $1, id, company_id, practitioner_id, $2, $3, $4 FROM consultations WHERE id = $5
         ON CONFLICT DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(R::ACTOR.as_str())
    .bind::<Text, _>(category.as_str())
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(consultation)
    .execute(tx.conn())?;
    if let (1, Some(details)) = (written, details) {
        let sealed: Sealed = tx.seal(Scope::Moderation(id), details_of(id), details.as_str())?;
        prepared("UPDATE problem_reports SET details_sealed = $1 WHERE id = $2")
            .bind::<Binary, _>(sealed)
            .bind::<SqlUuid, _>(id)
            .execute(tx.conn())?;
    }
    Ok(written == 1)
}
