//! What was agreed to, taken back, given again.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName,
    prelude::*,
    sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    booking::queries::waitlist,
    consultation::{model::Step, queries::steps},
    infra::{
        actor::{Employee, Visitor},
        audit::{self, Deed},
        db::Tx,
        error::AppError,
        i18n::Locale,
        prepared::prepared,
    },
    journal::queries::shares,
    privacy::consents::{CURRENT_VERSION, Consent},
    schema::consents,
};

/// Who agrees: whoever accepts an invitation, and later the employee they became.
pub trait Agrees {}
impl Agrees for Visitor {}
impl Agrees for Employee {}

/// Records that the transaction's person agreed to today's texts, read in `locale`.
///
/// # Errors
/// The database's.
pub fn record<R: Agrees>(
    tx: &mut Tx<R>,
    given: &[Consent],
    locale: Locale,
) -> Result<(), AppError> {
    let user_id = tx.user_id()?;
    let now = tx.now();
    let rows: Vec<_> = given
        .iter()
        .map(|consent| {
            (
                consents::user_id.eq(user_id),
                consents::kind.eq(consent.kind()),
                consents::version.eq(CURRENT_VERSION),
                consents::locale.eq(locale.code()),
                consents::given_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(consents::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(())
}

/// An agreement that was given.
#[derive(Clone, Debug, Queryable)]
pub struct Given {
    kind: String,
    /// Of the text.
    pub version: String,
    /// When.
    pub given_at: DateTime<Utc>,
}

impl Given {
    /// What the text is called; `None` for one that this version does not know.
    pub fn title_key(&self) -> Option<&'static str> {
        Consent::ALL
            .into_iter()
            .find(|consent| consent.kind() == self.kind)
            .map(Consent::title_key)
    }
}

/// What the person agreed to and has not withdrawn, the latest first.
///
/// # Errors
/// The database's.
pub fn given(tx: &mut Tx<Employee>) -> Result<Vec<Given>, AppError> {
    let me = tx.user_id()?;
    Ok(consents::table
        .filter(consents::user_id.eq(me))
        .filter(consents::withdrawn_at.is_null())
        .order((consents::given_at.desc(), consents::kind.desc()))
        .select((consents::kind, consents::version, consents::given_at))
        .load(tx.conn())?)
}

/// An agreement, standing or taken back.
#[derive(Clone, Debug, QueryableByName)]
pub struct Agreement {
    #[diesel(sql_type = Text)]
    kind: String,
    /// Of the text.
    #[diesel(sql_type = Text)]
    pub version: String,
    /// The language in which it was read.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// When it was given.
    #[diesel(sql_type = Timestamptz)]
    pub given_at: DateTime<Utc>,
    /// When it was taken back.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Agreement {
    /// To what; `None` for a kind that this version does not know.
    pub fn consent(&self) -> Option<Consent> {
        Consent::from_kind(&self.kind)
    }

    /// Whether it stands.
    pub fn stands(&self) -> bool {
        self.withdrawn_at.is_none()
    }

    /// Whether it is to the text of today.
    pub fn is_current(&self) -> bool {
        self.version == CURRENT_VERSION
    }
}

/// Everything the person ever agreed to, the latest first.
///
/// # Errors
/// The database's.
pub fn agreements(tx: &mut Tx<Employee>) -> Result<Vec<Agreement>, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT kind, version, locale, given_at, withdrawn_at FROM consents
         WHERE user_id = $1 ORDER BY given_at DESC, kind",
    )
    .bind::<SqlUuid, _>(me)
    .load(tx.conn())?)
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    answer: bool,
}

/// Whether a text that the person agreed to has a newer version that they have not answered.
///
/// # Errors
/// The database's.
pub fn is_to_be_asked(tx: &mut Tx<Visitor>) -> Result<bool, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT EXISTS (
             SELECT FROM consents WHERE user_id = $1 AND withdrawn_at IS NULL
             GROUP BY kind HAVING NOT bool_or(version = $2)) AS answer",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Text, _>(CURRENT_VERSION)
    .get_result::<Answer>(tx.conn())?
    .answer)
}

/// Whether the agreement to keep data on one's health stands, in whatever version: for pages that would
/// otherwise ask for what the database then refuses.
///
/// # Errors
/// The database's.
pub fn health_data_stands(tx: &mut Tx<Employee>) -> Result<bool, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT EXISTS (SELECT FROM consents
                        WHERE user_id = $1 AND kind = 'health_data' AND withdrawn_at IS NULL) AS answer",
    )
    .bind::<SqlUuid, _>(me)
    .get_result::<Answer>(tx.conn())?
    .answer)
}

/// What ends with the agreement to keep data on one's health.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, QueryableByName)]
pub struct Ends {
    /// Appointments ahead.
    #[diesel(sql_type = BigInt)]
    pub appointments: i64,
    /// Requests in the waiting list.
    #[diesel(sql_type = BigInt)]
    pub requests: i64,
    /// What of the journal is shared.
    #[diesel(sql_type = BigInt)]
    pub shares: i64,
}

/// What would end if the agreement were taken back now.
///
/// # Errors
/// The database's.
pub fn what_ends(tx: &mut Tx<Employee>) -> Result<Ends, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    Ok(prepared(
        "SELECT (SELECT count(*) FROM consultations
                 WHERE employee_id = $1 AND status IN ('scheduled', 'confirmed') AND starts_at > $2) AS appointments,
                (SELECT count(*) FROM waitlist_requests WHERE employee_id = $1 AND status = 'waiting') AS requests,
                (SELECT count(*) FROM journal_shares
                 WHERE employee_id = $1 AND ended_at IS NULL AND expires_at > $2) AS shares",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())?)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

fn ids(tx: &mut Tx<Employee>, sql: &'static str) -> Result<Vec<Uuid>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let rows: Vec<Id> = prepared(sql)
        .bind::<SqlUuid, _>(me)
        .bind::<Timestamptz, _>(now)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Takes back the agreement to keep data on one's health, with all that ends with it, at once or not at all.
/// Taken back already: nothing to do.
///
/// # Errors
/// The database's.
pub fn withdraw_health_data(tx: &mut Tx<Employee>) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let withdrawn = prepared(
        "UPDATE consents SET withdrawn_at = $2
         WHERE user_id = $1 AND kind = 'health_data' AND withdrawn_at IS NULL",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if withdrawn == 0 {
        return Ok(());
    }
    let requests = "SELECT id FROM waitlist_requests
         WHERE employee_id = $1 AND status = 'waiting' AND created_at <= $2 ORDER BY id";
    // The requests first: a slot that is given back below is not to be offered to its own person.
    for request in ids(tx, requests)? {
        waitlist::withdraw(tx, request)?;
    }
    let appointments = "SELECT id FROM consultations
         WHERE employee_id = $1 AND status IN ('scheduled', 'confirmed') AND starts_at > $2 ORDER BY starts_at";
    for appointment in ids(tx, appointments)? {
        // Judged again on the locked row: what began in the meantime goes on to its end.
        let _ = steps::take_step(tx, appointment, Step::Cancel, None)?;
    }
    let shared = "SELECT id FROM journal_shares
         WHERE employee_id = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY id";
    for share in ids(tx, shared)? {
        shares::revoke(tx, share)?;
    }
    let company_id = tx.company_id()?;
    audit::record(
        tx,
        Deed {
            action: "CONSENT_WITHDRAWN",
            entity: "consent",
            entity_id: None,
            company_id: Some(company_id),
            detail: json!({ "kind": Consent::HealthData.kind() }),
        },
    )
}
