//! What the moderation reads and decides. It learns of which practitioner, never of whom else.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Binary, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::{comment_of, details_of};
use crate::{
    infra::{
        actor::Admin,
        audit::{self, Deed},
        db::Tx,
        envelope::{CannotRead, Sealed},
        error::AppError,
        prepared::prepared,
    },
    moderation::model::Refusal,
    privacy::access::{self, What},
};

/// How much waits for a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, QueryableByName)]
pub struct Waiting {
    /// Reviews.
    #[diesel(sql_type = BigInt)]
    pub reviews: i64,
    /// Reports.
    #[diesel(sql_type = BigInt)]
    pub reports: i64,
}

/// How much waits for a decision.
///
/// # Errors
/// The database's.
pub fn waiting(tx: &mut Tx<Admin>) -> Result<Waiting, AppError> {
    Ok(prepared(
        "SELECT (SELECT count(*) FROM practitioner_reviews WHERE status = 'pending') AS reviews,
                (SELECT count(*) FROM problem_reports WHERE closed_at IS NULL) AS reports",
    )
    .get_result(tx.conn())?)
}

#[derive(QueryableByName)]
struct PendingRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SmallInt)]
    rating: i16,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Binary>)]
    comment_sealed: Option<Sealed>,
    #[diesel(sql_type = SqlUuid)]
    practitioner_id: Uuid,
    #[diesel(embed)]
    practitioner: Named,
}

/// A practitioner's name, in parts.
#[derive(Clone, Debug, QueryableByName)]
pub struct Named {
    /// As the profile says.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
}

/// Words that were submitted; `Err` when they cannot be opened.
pub type Submitted = Option<Result<String, CannotRead>>;

/// A review to decide on.
#[derive(Clone, Debug)]
pub struct PendingReview {
    /// Which one.
    pub id: Uuid,
    /// Of which practitioner.
    pub practitioner: Named,
    /// Stars, 1 to 5.
    pub rating: i16,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What it says.
    pub comment: Submitted,
}

/// One page of the reviews to decide on, the oldest first.
///
/// # Errors
/// The database's.
pub fn pending_reviews(
    tx: &mut Tx<Admin>,
    offset: i64,
    limit: i64,
) -> Result<Vec<PendingReview>, AppError> {
    let rows: Vec<PendingRow> = prepared(
        "SELECT r.id, r.practitioner_id, r.rating, r.created_at, r.comment_sealed, p.title, u.first_name, u.last_name
         FROM practitioner_reviews r
         JOIN practitioners p ON p.user_id = r.practitioner_id
         JOIN users u ON u.id = r.practitioner_id
         WHERE r.status = 'pending' ORDER BY r.created_at, r.id OFFSET $1 LIMIT $2",
    )
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let named = rows.iter().map(|row| row.practitioner_id);
    access::record(tx, named, What::AdminPage);
    Ok(rows
        .into_iter()
        .map(|row| PendingReview {
            comment: row
                .comment_sealed
                .map(|sealed| tx.open_submitted(row.id, comment_of(row.id), &sealed)),
            id: row.id,
            practitioner: row.practitioner,
            rating: row.rating,
            created_at: row.created_at,
        })
        .collect())
}

#[derive(QueryableByName)]
struct OpenRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    reporter: String,
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Binary>)]
    details_sealed: Option<Sealed>,
    #[diesel(sql_type = SqlUuid)]
    practitioner_id: Uuid,
    #[diesel(embed)]
    practitioner: Named,
}

/// A report to look at.
#[derive(Clone, Debug)]
pub struct OpenReport {
    /// Which one.
    pub id: Uuid,
    /// The practitioner of the consultation.
    pub practitioner: Named,
    /// Whether the practitioner signals it; else an employee does.
    pub by_practitioner: bool,
    /// `problem_reports.category`.
    pub category: String,
    /// When it was signalled.
    pub created_at: DateTime<Utc>,
    /// What the reporter attached.
    pub details: Submitted,
}

/// One page of the reports to look at: where somebody may be in danger first, then the oldest.
///
/// # Errors
/// The database's.
pub fn open_reports(
    tx: &mut Tx<Admin>,
    offset: i64,
    limit: i64,
) -> Result<Vec<OpenReport>, AppError> {
    let rows: Vec<OpenRow> = prepared(
        "SELECT r.id, r.practitioner_id, r.reporter, r.category, r.created_at, r.details_sealed, p.title, u.first_name, u.last_name
         FROM problem_reports r
         JOIN practitioners p ON p.user_id = r.practitioner_id
         JOIN users u ON u.id = r.practitioner_id
         WHERE r.closed_at IS NULL ORDER BY r.category <> 'safety', r.created_at, r.id OFFSET $1 LIMIT $2",
    )
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let named = rows.iter().map(|row| row.practitioner_id);
    access::record(tx, named, What::AdminPage);
    Ok(rows
        .into_iter()
        .map(|row| OpenReport {
            details: row
                .details_sealed
                .map(|sealed| tx.open_submitted(row.id, details_of(row.id), &sealed)),
            id: row.id,
            practitioner: row.practitioner,
            by_practitioner: row.reporter == "practitioner",
            category: row.category,
            created_at: row.created_at,
        })
        .collect())
}

#[derive(QueryableByName)]
struct SealedComment {
    #[diesel(sql_type = SqlUuid)]
    practitioner_id: Uuid,
    #[diesel(sql_type = Nullable<Binary>)]
    comment_sealed: Option<Sealed>,
}

/// Shows a review to everybody, without a name.
///
/// # Errors
/// `NotFound` for one that was decided already; `Conflict` when its words cannot be opened.
pub fn publish(tx: &mut Tx<Admin>, id: Uuid) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let row: SealedComment = prepared(
        "SELECT practitioner_id, comment_sealed FROM practitioner_reviews WHERE id = $1 AND status = 'pending' FOR UPDATE",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)?;
    let comment = row
        .comment_sealed
        .map(|sealed| tx.open_submitted(id, comment_of(id), &sealed))
        .transpose()
        .map_err(|CannotRead| AppError::Conflict("moderation-unreadable"))?;
    prepared(
        "UPDATE practitioner_reviews
         SET status = 'published', comment = $1, comment_sealed = NULL, published_at = $2, decided_at = $3, decided_by = $4
         WHERE id = $5",
    )
    .bind::<Nullable<Text>, _>(comment)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    access::record(tx, [row.practitioner_id], What::ReviewPublished);
    settle(tx, "REVIEW_PUBLISHED", "practitioner_reviews", id)
}

/// Keeps a review from being shown; its words are gone, its author learns why.
///
/// # Errors
/// `NotFound` for one that was decided already.
pub fn refuse(tx: &mut Tx<Admin>, id: Uuid, refusal: Refusal) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let refused = prepared(
        "UPDATE practitioner_reviews
         SET status = 'rejected', refusal = $1, comment_sealed = NULL, decided_at = $2, decided_by = $3
         WHERE id = $4 AND status = 'pending'",
    )
    .bind::<Text, _>(refusal.as_str())
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    if refused == 0 {
        return Err(AppError::NotFound);
    }
    settle(tx, "REVIEW_REFUSED", "practitioner_reviews", id)
}

/// Says that a report was dealt with; what was attached is gone.
///
/// # Errors
/// `NotFound` for one that was closed already.
pub fn close(tx: &mut Tx<Admin>, id: Uuid) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let closed = prepared(
        "UPDATE problem_reports SET closed_at = $1, closed_by = $2, details_sealed = NULL
         WHERE id = $3 AND closed_at IS NULL",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    if closed == 0 {
        return Err(AppError::NotFound);
    }
    settle(tx, "REPORT_CLOSED", "problem_reports", id)
}

/// What was written for a decision that is taken has no key any more; the decision is written down.
fn settle(
    tx: &mut Tx<Admin>,
    action: &'static str,
    entity: &'static str,
    id: Uuid,
) -> Result<(), AppError> {
    prepared("DELETE FROM data_keys WHERE scope = 'moderation' AND owner_id = $1")
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    audit::record(
        tx,
        Deed {
            action,
            entity,
            entity_id: Some(id),
            company_id: None,
            detail: json!({}),
        },
    )
}
