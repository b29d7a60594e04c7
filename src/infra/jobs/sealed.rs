//! Payloads that hold something of a person: sealed in the table, opened by the runner that claimed them.
//!
//! One key a day, so that a payload costs no row of `data_keys`. The worker destroys it, and with it what
//! a backup still holds, once no work is left that needs it: see [`super::queries::purge`].

use chrono::{DateTime, Datelike as _, Duration, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::infra::{
    actor::{Visitor, Worker},
    db::Tx,
    envelope::{CannotRead, Field, Scope, Sealed},
    error::AppError,
};

/// How long a day's key is kept, and with it what was given up: retries are over long before.
const KEEP: Duration = Duration::days(7);

/// The roles that put sealed payloads into the outbox.
pub trait Seals: 'static {}
impl Seals for Visitor {}
impl Seals for Worker {}

/// A payload as its row holds it.
pub(super) struct SealedPayload {
    /// The owner of the day's key.
    pub owner: Uuid,
    pub bytes: Sealed,
}

fn field(job: Uuid) -> Field {
    Field {
        table: "jobs",
        column: "payload_sealed",
        row: job,
    }
}

/// The owner of the keys of a day (UTC). Days in order have owners in order.
fn owner_on(moment: DateTime<Utc>) -> Uuid {
    let day = moment.date_naive().num_days_from_ce();
    Uuid::from_u128(u128::try_from(day).unwrap_or_default())
}

/// The first day whose keys are kept at a moment.
pub(super) fn oldest_kept(now: DateTime<Utc>) -> Uuid {
    owner_on(now - KEEP)
}

pub(super) fn seal<R: Seals>(
    tx: &mut Tx<R>,
    job: Uuid,
    payload: &Value,
) -> Result<SealedPayload, AppError> {
    let owner = owner_on(tx.now());
    let content = serde_json::to_vec(payload).map_err(AppError::internal)?;
    let (envelope, conn, found) = tx.envelope();
    let bytes = envelope.seal_with(conn, found, Scope::Outbox(owner), field(job), &content)?;
    Ok(SealedPayload { owner, bytes })
}

pub(super) fn open(
    tx: &mut Tx<Worker>,
    job: Uuid,
    payload: &SealedPayload,
) -> Result<Value, CannotRead> {
    let scope = Scope::Outbox(payload.owner);
    let (envelope, conn, found) = tx.envelope();
    let content = envelope.open_with(conn, found, scope, field(job), &payload.bytes)?;
    serde_json::from_slice(&content).map_err(|_| CannotRead)
}

/// Whether a payload may be written in clear: ids, moments, figures and yes or no, and nothing that a
/// person wrote or is called.
pub(super) fn names_nobody(payload: &Value) -> bool {
    match payload {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => {
            Uuid::try_parse(text).is_ok()
                || DateTime::parse_from_rfc3339(text).is_ok()
                || text.parse::<chrono::NaiveDateTime>().is_ok()
        }
        Value::Array(items) => items.iter().all(names_nobody),
        Value::Object(fields) => fields.values().all(names_nobody),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_moments_and_figures_name_nobody() {
        let id = Uuid::new_v4();
        for plain in [
            json!({}),
            json!({ "notice_id": id, "not_before": "2026-03-20T09:00:00Z" }),
            json!({ "period": "2026-03-20T02:15:00", "due_at": "2026-03-20T01:15:00.123456Z" }),
            json!([{ "issue": 3, "again": true, "by": null }]),
        ] {
            assert!(names_nobody(&plain), "{plain}");
        }
        for personal in [
            json!({ "address": "zoe@techcorp.example" }),
            json!({ "notice_id": id, "lines": ["Je dors mal"] }),
            json!("Camille"),
            json!({ "link": format!("https://care.example/invitation/{id}") }),
            json!(""),
        ] {
            assert!(!names_nobody(&personal), "{personal}");
        }
    }

    #[test]
    fn days_have_owners_in_their_order() {
        let day = |text: &str| owner_on(text.parse().expect("an instant"));
        let owners = [
            day("2026-03-19T23:59:59Z"),
            day("2026-03-20T00:00:00Z"),
            day("2026-12-31T12:00:00Z"),
            day("2027-01-01T12:00:00Z"),
            day("2199-01-01T12:00:00Z"),
        ];
        assert!(owners.is_sorted_by(|one, next| one < next), "{owners:?}");
        assert_eq!(day("2026-03-20T23:59:59Z"), owners[1]);
    }
}
