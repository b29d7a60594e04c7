//! The e-mail domains of a company: claimed by HR, proved by a code, given up.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::clients::own_deed;
use crate::{
    auth::email_address::EmailAddress,
    companies::{
        domain_code::{CODE_MINUTES, DomainCode, MOST_CLAIMS, MOST_CODES, MOST_TRIES},
        jobs::SendDomainCode,
    },
    infra::{
        actor::{Hr, Worker},
        db::Tx,
        error::AppError,
        jobs,
        prepared::prepared,
    },
};

/// A domain that waits for its code.
#[derive(Clone, Debug, QueryableByName)]
pub struct Claim {
    /// Which one.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The domain.
    #[diesel(sql_type = Text)]
    pub domain: String,
    /// Where the code was sent.
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = SqlUuid)]
    nonce: Uuid,
    /// Wrong codes so far.
    #[diesel(sql_type = Integer)]
    pub tries: i32,
    /// Until when the code works.
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: DateTime<Utc>,
}

impl Claim {
    /// Whether a code can still be typed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.tries < MOST_TRIES
    }

    /// How many more codes may be typed.
    #[must_use]
    pub fn tries_left(&self) -> i32 {
        (MOST_TRIES - self.tries).max(0)
    }
}

const CLAIM: &str = "SELECT id, domain, email, nonce, tries, expires_at FROM company_domain_claims";

/// The domains that wait for their codes, by name.
///
/// # Errors
/// The database's.
pub fn claims(tx: &mut Tx<Hr>) -> Result<Vec<Claim>, AppError> {
    let now = tx.now();
    Ok(
        prepared(format!("{CLAIM} WHERE expires_at > $1 ORDER BY domain"))
            .bind::<Timestamptz, _>(now)
            .load(tx.conn())?,
    )
}

/// What came of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// A code leaves for the address.
    Sent,
    /// The domain is the company's already.
    Own,
    /// Too many codes or claims today.
    TooMany,
}

#[derive(QueryableByName)]
struct Standing {
    #[diesel(sql_type = Bool)]
    own: bool,
    #[diesel(sql_type = BigInt)]
    others: i64,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Claims the domain of an address, and has a code sent there; a code sent before ends.
///
/// Whether another company has the domain is said to whoever proves to read mails there, not here.
///
/// # Errors
/// The database's.
pub fn claim(tx: &mut Tx<Hr>, address: &EmailAddress) -> Result<Claimed, AppError> {
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    let day_ago = now - TimeDelta::days(1);
    let standing: Standing = prepared(
        "SELECT $1 = ANY (c.email_domains) AS own,
                (SELECT count(*) FROM company_domain_claims d WHERE d.domain <> $2 AND d.asked_since > $3) AS others
         FROM companies c",
    )
    .bind::<Text, _>(address.domain())
    .bind::<Text, _>(address.domain())
    .bind::<Timestamptz, _>(day_ago)
    .get_result(tx.conn())?;
    if standing.own {
        return Ok(Claimed::Own);
    }
    if standing.others >= MOST_CLAIMS {
        return Ok(Claimed::TooMany);
    }
    let claimed: Option<Id> = prepared(
        "INSERT INTO company_domain_claims AS d (id, company_id, domain, email, asked_by, asked_since, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (company_id, domain) DO UPDATE
             SET email = EXCLUDED.email, asked_by = EXCLUDED.asked_by, nonce = gen_random_uuid(), tries = 0,
                 expires_at = EXCLUDED.expires_at,
                 asked_count = CASE WHEN d.asked_since > $8 THEN d.asked_count + 1 ELSE 1 END,
                 asked_since = CASE WHEN d.asked_since > $9 THEN d.asked_since ELSE EXCLUDED.asked_since END
             WHERE d.asked_since <= $10 OR d.asked_count < $11
         RETURNING id",
    )
    .bind::<SqlUuid, _>(Uuid::new_v4())
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(address.domain())
    .bind::<Text, _>(address.as_str())
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + TimeDelta::minutes(CODE_MINUTES))
    .bind::<Timestamptz, _>(day_ago)
    .bind::<Timestamptz, _>(day_ago)
    .bind::<Timestamptz, _>(day_ago)
    .bind::<Integer, _>(MOST_CODES)
    .get_result(tx.conn())
    .optional()?;
    let Some(Id { id }) = claimed else {
        return Ok(Claimed::TooMany);
    };
    jobs::enqueue(tx, &SendDomainCode { claim_id: id })?;
    Ok(Claimed::Sent)
}

/// What came of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proved {
    /// The domain is the company's.
    Done(String),
    /// Another code than the one that was sent; how many more may be typed.
    Wrong(i32),
    /// Too late, or too many wrong ones.
    Over,
}

/// Judges a code, and makes the domain the company's when it is right.
///
/// # Errors
/// Not found: another company's claim. `Constraint` "company_domains_pkey": another company has the domain.
pub fn prove(
    tx: &mut Tx<Hr>,
    claim: Uuid,
    typed: &str,
    codes: &DomainCode,
) -> Result<Proved, AppError> {
    let now = tx.now();
    // One try at a time, or many at once would be judged before the first is counted.
    let found: Claim = prepared(format!("{CLAIM} WHERE id = $1 FOR UPDATE"))
        .bind::<SqlUuid, _>(claim)
        .get_result(tx.conn())?;
    if !found.is_open() || found.expires_at <= now {
        return Ok(Proved::Over);
    }
    if !codes.is(found.id, found.nonce, typed) {
        prepared("UPDATE company_domain_claims SET tries = tries + 1 WHERE id = $1")
            .bind::<SqlUuid, _>(claim)
            .execute(tx.conn())?;
        return Ok(match found.tries_left() - 1 {
            0 => Proved::Over,
            left => Proved::Wrong(left),
        });
    }
    let confirmed: Confirmed = prepared("SELECT hz.confirm_company_domain($1, $2) AS domain")
        .bind::<SqlUuid, _>(claim)
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    let Some(domain) = confirmed.domain else {
        return Ok(Proved::Over);
    };
    own_deed(tx, "DOMAIN_CONFIRMED", json!({ "domain": domain }))?;
    Ok(Proved::Done(domain))
}

#[derive(QueryableByName)]
struct Confirmed {
    #[diesel(sql_type = Nullable<Text>)]
    domain: Option<String>,
}

#[derive(QueryableByName)]
struct Dropped {
    #[diesel(sql_type = Bool)]
    dropped: bool,
}

/// Takes a domain from the company's; not the last one, and never another company's. Whether it did.
///
/// # Errors
/// The database's.
pub fn drop_domain(tx: &mut Tx<Hr>, domain: &str) -> Result<bool, AppError> {
    let found: Dropped = prepared("SELECT hz.drop_company_domain($1) AS dropped")
        .bind::<Text, _>(domain)
        .get_result(tx.conn())?;
    if found.dropped {
        own_deed(tx, "DOMAIN_DROPPED", json!({ "domain": domain }))?;
    }
    Ok(found.dropped)
}

/// What the mail with a code says.
#[derive(Clone, Debug, QueryableByName)]
pub struct CodeMail {
    /// The claim.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Changes with each code.
    #[diesel(sql_type = SqlUuid)]
    pub nonce: Uuid,
    /// The domain.
    #[diesel(sql_type = Text)]
    pub domain: String,
    /// Where the code goes.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The language of whoever asked.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// Given and family name of whoever asked.
    #[diesel(sql_type = Text)]
    pub asked_by: String,
    /// The company's name.
    #[diesel(sql_type = Text)]
    pub company: String,
}

/// The mail of a claim; none once it is over.
///
/// # Errors
/// The database's.
pub fn code_mail(tx: &mut Tx<Worker>, claim: Uuid) -> Result<Option<CodeMail>, AppError> {
    let now = tx.now();
    Ok(prepared(
        "SELECT d.id, d.nonce, d.domain, d.email, u.locale, u.first_name || ' ' || u.last_name AS asked_by, c.name AS company
         FROM company_domain_claims d
         JOIN users u ON u.id = d.asked_by AND u.status = 'active'
         JOIN companies c ON c.id = d.company_id
         WHERE d.id = $1 AND d.expires_at > $2",
    )
    .bind::<SqlUuid, _>(claim)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?)
}

/// Forgets the claims of yesterday that nobody proved: how many.
///
/// # Errors
/// The database's.
pub fn forget_claims(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let day_ago = tx.now() - TimeDelta::days(1);
    Ok(
        prepared("DELETE FROM company_domain_claims WHERE expires_at < $1 AND asked_since < $2")
            .bind::<Timestamptz, _>(day_ago)
            .bind::<Timestamptz, _>(day_ago)
            .execute(tx.conn())?,
    )
}
