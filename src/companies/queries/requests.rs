//! Requests to join: written by visitors who read none, mailed by the worker, registered by a link.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{BigInt, Binary, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    companies::{
        jobs::SendRequestLink,
        request::{
            COUNTED_HOURS, LINK_HOURS, MOST_FROM_ONE_PLACE, MOST_TO_ONE_ADDRESS, RequestDraft,
        },
    },
    infra::{
        actor::{Visitor, Worker},
        audit::{self, Deed},
        crypto::LinkToken,
        db::Tx,
        error::AppError,
        i18n::Locale,
        jobs,
    },
};

/// How long the request of a company that was refused is kept, in days: to answer who asks why.
const REFUSED_DAYS: i64 = 365;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    of_origin: i64,
    #[diesel(sql_type = BigInt)]
    of_address: i64,
}

/// Writes a request and has its link mailed. False when too many came from the same place.
///
/// Whether the company, its SIRET or its domain is known makes no difference here, nor do requests
/// for the same address: the mail that does not leave is nobody's to see.
///
/// # Errors
/// The database's.
pub fn ask_to_join(
    tx: &mut Tx<Visitor>,
    draft: &RequestDraft,
    (origin, locale): (&[u8], Locale),
) -> Result<bool, AppError> {
    // One at a time from one place: two at once would each find room for the last one.
    sql_query(
        "SELECT pg_advisory_xact_lock(hashtextextended('request from ' || encode($1, 'hex'), 0))",
    )
    .bind::<Binary, _>(origin)
    .execute(tx.conn())?;
    let now = tx.now();
    let counted: Counted =
        sql_query("SELECT of_origin, of_address FROM hz.company_requests_since($1, $2, $3)")
            .bind::<Binary, _>(origin)
            .bind::<Text, _>(draft.email.as_str())
            .bind::<Timestamptz, _>(now - TimeDelta::hours(COUNTED_HOURS))
            .get_result(tx.conn())?;
    if counted.of_origin >= MOST_FROM_ONE_PLACE {
        return Ok(false);
    }
    let id = Uuid::new_v4();
    sql_query(
        "INSERT INTO company_requests (id, name, legal_name, siret, sector, size, first_name, last_name, email,
                                       domain, message, locale, origin_key, asked_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(&draft.name)
    .bind::<Text, _>(&draft.legal_name)
    .bind::<Text, _>(draft.siret.as_str())
    .bind::<Text, _>(&draft.sector)
    .bind::<Text, _>(draft.size.code())
    .bind::<Text, _>(&draft.first_name)
    .bind::<Text, _>(&draft.last_name)
    .bind::<Text, _>(draft.email.as_str())
    .bind::<Text, _>(&draft.domain)
    .bind::<Text, _>(&draft.message)
    .bind::<Text, _>(locale.code())
    .bind::<Binary, _>(origin)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + TimeDelta::hours(LINK_HOURS))
    .execute(tx.conn())?;
    if counted.of_address < MOST_TO_ONE_ADDRESS {
        jobs::enqueue(tx, &SendRequestLink { request_id: id })?;
    }
    Ok(true)
}

/// The mail with the link of a request.
#[derive(Clone, Debug, QueryableByName)]
pub struct RequestMail {
    /// The company's name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Given name of whoever asked.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Where the link goes.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The language of the form.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// Part of the link.
    #[diesel(sql_type = SqlUuid)]
    pub nonce: Uuid,
    /// When the link ends.
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: DateTime<Utc>,
}

/// The mail of a request; none once its link was followed or is too old.
///
/// # Errors
/// The database's.
pub fn request_mail(tx: &mut Tx<Worker>, request: Uuid) -> Result<Option<RequestMail>, AppError> {
    let now = tx.now();
    Ok(sql_query(
        "SELECT name, first_name, email, locale, nonce, expires_at FROM company_requests
         WHERE id = $1 AND confirmed_at IS NULL AND expires_at > $2",
    )
    .bind::<SqlUuid, _>(request)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?)
}

/// What a request's link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// The request can be confirmed.
    Open {
        /// The company's name.
        company: String,
        /// The address that the link was sent to.
        email: String,
    },
    /// It was.
    Confirmed,
    /// Too old.
    Expired,
    /// No such request.
    Unknown,
}

#[derive(QueryableByName)]
struct Behind {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Timestamptz)]
    expires_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    confirmed_at: Option<DateTime<Utc>>,
}

/// Reads what a genuine link leads to.
///
/// # Errors
/// The database's.
pub fn request_state(tx: &mut Tx<Visitor>, link: LinkToken) -> Result<RequestState, AppError> {
    let now = tx.now();
    let found: Option<Behind> = sql_query(
        "SELECT name, email, expires_at, confirmed_at FROM hz.company_request_behind($1, $2)",
    )
    .bind::<SqlUuid, _>(link.id)
    .bind::<SqlUuid, _>(link.nonce)
    .get_result(tx.conn())
    .optional()?;
    Ok(match found {
        None => RequestState::Unknown,
        Some(found) if found.confirmed_at.is_some() => RequestState::Confirmed,
        Some(found) if found.expires_at <= now => RequestState::Expired,
        Some(found) => RequestState::Open {
            company: found.name,
            email: found.email,
        },
    })
}

#[derive(QueryableByName)]
struct Registered {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    id: Option<Uuid>,
}

/// Registers the company of a genuine link, for the platform to decide: whether this did.
///
/// # Errors
/// The database's.
pub fn confirm_request(tx: &mut Tx<Visitor>, link: LinkToken) -> Result<bool, AppError> {
    let now = tx.now();
    let registered: Registered = sql_query("SELECT hz.confirm_company_request($1, $2, $3) AS id")
        .bind::<SqlUuid, _>(link.id)
        .bind::<SqlUuid, _>(link.nonce)
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    let Some(id) = registered.id else {
        return Ok(false);
    };
    audit::record(
        tx,
        Deed {
            action: "COMPANY_REQUESTED",
            entity: "companies",
            entity_id: Some(id),
            company_id: Some(id),
            detail: serde_json::json!({}),
        },
    )?;
    Ok(true)
}

/// Forgets the requests whose link nobody followed, and after a year those that were refused: how many.
///
/// # Errors
/// The database's.
pub fn forget_requests(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    Ok(sql_query(
        "DELETE FROM company_requests r
         WHERE r.confirmed_at IS NULL AND r.expires_at < $1
            OR r.asked_at < $2 AND EXISTS (SELECT FROM companies c WHERE c.id = r.company_id AND c.status = 'refused')",
    )
    .bind::<Timestamptz, _>(now - TimeDelta::hours(COUNTED_HOURS))
    .bind::<Timestamptz, _>(now - TimeDelta::days(REFUSED_DAYS))
    .execute(tx.conn())?)
}
