//! Companies as the platform admin sees them: identity, contract, decisions and their history.

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::{Invites, tell_team};
use crate::{
    companies::{
        decision::{Decision, Standing},
        jobs::{FindConcerned, TellDecision},
        siret::Siret,
        told::Doing,
    },
    infra::{
        actor::{Admin, Hr, Worker},
        audit::{self, Deed},
        db::Tx,
        error::AppError,
        jobs,
        prepared::prepared,
    },
};

/// A company.
#[derive(Clone, Debug, QueryableByName)]
pub struct Client {
    /// Which one.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The name that employees read.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The name of the legal person.
    #[diesel(sql_type = Nullable<Text>)]
    pub legal_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    siret: Option<String>,
    /// What it does.
    #[diesel(sql_type = Nullable<Text>)]
    pub sector: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    size: Option<String>,
    /// Where to write to it.
    #[diesel(sql_type = Nullable<Text>)]
    pub contact_email: Option<String>,
    /// Where to call it.
    #[diesel(sql_type = Nullable<Text>)]
    pub contact_phone: Option<String>,
    /// Its site: an `https` address.
    #[diesel(sql_type = Nullable<Text>)]
    pub website_url: Option<String>,
    /// Number and street, postal code and town, country; as far as they are known.
    #[diesel(sql_type = Text)]
    pub address: String,
    /// The domains of its employees' addresses.
    #[diesel(sql_type = Array<Text>)]
    pub email_domains: Vec<String>,
    /// The accounts of its contract; none: no limit.
    #[diesel(sql_type = Nullable<Integer>)]
    pub max_employees: Option<i32>,
    /// The consultations a year that it gives each employee; none: no limit.
    #[diesel(sql_type = Nullable<Integer>)]
    pub max_consultations: Option<i32>,
    #[diesel(sql_type = Text)]
    status: String,
    /// Since when it is known.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Accounts of employees, whatever their status.
    #[diesel(sql_type = BigInt)]
    pub employees: i64,
}

impl Client {
    /// Where it stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::from_code(&self.status).unwrap_or(Standing::Suspended)
    }

    /// Its number as people read it.
    #[must_use]
    pub fn siret(&self) -> Option<String> {
        self.siret.as_deref().map(Siret::grouped)
    }

    /// The key of its size's name.
    #[must_use]
    pub fn size_key(&self) -> Option<&'static str> {
        let size = crate::companies::request::CompanySize::from_code(self.size.as_deref()?)?;
        Some(size.label_key())
    }
}

/// A company by its id.
///
/// # Errors
/// Not found.
pub fn find_client(tx: &mut Tx<Admin>, id: Uuid) -> Result<Client, AppError> {
    Ok(prepared(
        "SELECT c.id, c.name, c.legal_name, c.siret, c.sector, c.size, c.contact_email, c.contact_phone, c.website_url,
                concat_ws(', ', c.address, nullif(concat_ws(' ', c.postal_code, c.city), ''), c.country) AS address,
                c.email_domains,
                c.max_employees, c.max_consultations, c.status, c.created_at,
                (SELECT count(*) FROM employees e WHERE e.company_id = c.id) AS employees
         FROM companies c WHERE c.id = $1",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())?)
}

/// Whoever asked in a company's name.
#[derive(Clone, Debug, QueryableByName)]
pub struct Requester {
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    /// The address that the link proved.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The domain that the same link proved.
    #[diesel(sql_type = Text)]
    pub domain: String,
    /// What was written to the platform.
    #[diesel(sql_type = Text)]
    pub message: String,
    /// The language of the form.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// When the form was sent.
    #[diesel(sql_type = Timestamptz)]
    pub asked_at: DateTime<Utc>,
}

impl Requester {
    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// Who asked in this company's name; nobody when it did not come through the form.
///
/// # Errors
/// The database's.
pub fn requester(tx: &mut Tx<Admin>, company: Uuid) -> Result<Option<Requester>, AppError> {
    Ok(prepared(
        "SELECT first_name, last_name, email, domain, message, locale, asked_at
         FROM company_requests WHERE company_id = $1",
    )
    .bind::<SqlUuid, _>(company)
    .get_result(tx.conn())
    .optional()?)
}

/// A client that another company resembles.
#[derive(Clone, Debug, QueryableByName)]
pub struct Twin {
    /// Which one.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
}

/// The client that has this company's SIRET or the domain that its request proved.
///
/// # Errors
/// The database's.
pub fn twin(tx: &mut Tx<Admin>, company: Uuid) -> Result<Option<Twin>, AppError> {
    Ok(prepared(
        "SELECT o.id, o.name
         FROM companies c
         LEFT JOIN company_requests r ON r.company_id = c.id
         JOIN companies o ON o.id <> c.id AND o.status IN ('active', 'suspended')
                         AND (o.siret = c.siret OR r.domain = ANY (o.email_domains))
         WHERE c.id = $1 ORDER BY o.created_at, o.id LIMIT 1",
    )
    .bind::<SqlUuid, _>(company)
    .get_result(tx.conn())
    .optional()?)
}

/// What a decision came to.
#[derive(Clone, Debug)]
pub enum Decided {
    /// It holds.
    Done,
    /// The company is not where this decision begins: somebody decided already.
    Late,
    /// Another client has its SIRET or domain.
    Twin(Twin),
}

/// Decides on a company, tells whom it concerns, and keeps why.
///
/// # Errors
/// Not found; the database's.
pub fn decide(
    tx: &mut Tx<Admin>,
    company: Uuid,
    decision: Decision,
    reason: &str,
) -> Result<Decided, AppError> {
    if decision == Decision::Validated
        && let Some(twin) = twin(tx, company)?
    {
        return Ok(Decided::Twin(twin));
    }
    let (from, to) = decision.step();
    // Whoever changes this row decides; another transaction waits here and then changes none.
    let changed = prepared("UPDATE companies SET status = $3 WHERE id = $1 AND status = $2")
        .bind::<SqlUuid, _>(company)
        .bind::<Text, _>(from.code())
        .bind::<Text, _>(to.code())
        .execute(tx.conn())?;
    if changed == 0 {
        find_client(tx, company)?;
        return Ok(Decided::Late);
    }
    if decision == Decision::Validated {
        // The link that proved the address proved the domain.
        prepared(
            "UPDATE companies c SET email_domains = ARRAY[r.domain]
             FROM company_requests r WHERE c.id = $1 AND r.company_id = c.id AND c.email_domains = '{}'",
        )
        .bind::<SqlUuid, _>(company)
        .execute(tx.conn())?;
    }
    let (id, me, now) = (Uuid::new_v4(), tx.user_id()?, tx.now());
    prepared(
        "INSERT INTO company_decisions (id, company_id, kind, reason, decided_by, decided_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(decision.code())
    .bind::<Text, _>(reason)
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    deed(tx, decision.action(), company, json!({ "decision": id }))?;
    tell(tx, company, id, decision)?;
    Ok(Decided::Done)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// A request is answered to whoever asked; what happens to a client is told to its HR.
fn tell(
    tx: &mut Tx<Admin>,
    company: Uuid,
    decision_id: Uuid,
    decision: Decision,
) -> Result<(), AppError> {
    if matches!(decision, Decision::Validated | Decision::Refused) {
        return jobs::enqueue(
            tx,
            &TellDecision {
                decision_id,
                recipient: None,
            },
        );
    }
    let team: Vec<Id> = prepared(
        "SELECT id FROM users WHERE company_id = $1 AND role = 'hr' AND status = 'active'",
    )
    .bind::<SqlUuid, _>(company)
    .load(tx.conn())?;
    if decision == Decision::Suspended {
        jobs::enqueue(tx, &FindConcerned { decision_id })?;
    }
    let mails: Vec<_> = team
        .into_iter()
        .map(|person| TellDecision {
            decision_id,
            recipient: Some(person.id),
        })
        .collect();
    jobs::enqueue_all(tx, &mails)
}

/// What a contract covers; no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Accounts of employees.
    pub max_employees: Option<i32>,
    /// Consultations of each employee in a calendar year.
    pub max_consultations: Option<i32>,
}

/// Sets what a company's contract covers; whether there is such a company.
///
/// # Errors
/// The database's.
pub fn set_contract(
    tx: &mut Tx<Admin>,
    company: Uuid,
    contract: Contract,
) -> Result<bool, AppError> {
    let found =
        prepared("UPDATE companies SET max_employees = $2, max_consultations = $3 WHERE id = $1")
            .bind::<SqlUuid, _>(company)
            .bind::<Nullable<Integer>, _>(contract.max_employees)
            .bind::<Nullable<Integer>, _>(contract.max_consultations)
            .execute(tx.conn())?;
    if found == 0 {
        return Ok(false);
    }
    deed(
        tx,
        "CONTRACT_CHANGED",
        company,
        json!({ "max_employees": contract.max_employees, "max_consultations": contract.max_consultations }),
    )?;
    Ok(true)
}

/// A deed of HR's, on its own company.
pub(super) fn own_deed(
    tx: &mut Tx<Hr>,
    action: &'static str,
    detail: serde_json::Value,
) -> Result<(), AppError> {
    let company = tx.company_id()?;
    told_deed(tx, action, company, detail)
}

/// As [`deed`]; the company's HR is told where it wants to be.
pub(super) fn told_deed<R: Invites>(
    tx: &mut Tx<R>,
    action: &'static str,
    company: Uuid,
    detail: serde_json::Value,
) -> Result<(), AppError> {
    deed(tx, action, company, detail)?;
    match Doing::of(action) {
        Some(doing) => tell_team(tx, company, doing),
        None => Ok(()),
    }
}

pub(super) fn deed<R>(
    tx: &mut Tx<R>,
    action: &'static str,
    company: Uuid,
    detail: serde_json::Value,
) -> Result<(), AppError> {
    audit::record(
        tx,
        Deed {
            action,
            entity: "companies",
            entity_id: Some(company),
            company_id: Some(company),
            detail,
        },
    )
}

/// Something that was done to a company.
#[derive(Clone, Debug, QueryableByName)]
pub struct Event {
    /// The deed.
    #[diesel(sql_type = Text)]
    pub action: String,
    /// Who did it; nobody signed in for a link that was followed.
    #[diesel(sql_type = Nullable<Text>)]
    pub actor: Option<String>,
    /// In which role.
    #[diesel(sql_type = Text)]
    pub actor_role: String,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Why, where that was asked for.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many events a company's history has.
///
/// # Errors
/// The database's.
pub fn count_events(tx: &mut Tx<Admin>, company: Uuid) -> Result<i64, AppError> {
    let found: Count = prepared(
        "SELECT count(*) AS count FROM audit_logs WHERE entity = 'companies' AND entity_id = $1",
    )
    .bind::<SqlUuid, _>(company)
    .get_result(tx.conn())?;
    Ok(found.count)
}

/// A page of a company's history, the latest first.
///
/// # Errors
/// The database's.
pub fn events(
    tx: &mut Tx<Admin>,
    company: Uuid,
    (limit, offset): (i64, i64),
) -> Result<Vec<Event>, AppError> {
    Ok(prepared(
        "SELECT a.action, u.first_name || ' ' || u.last_name AS actor, a.actor_role, a.created_at,
                nullif(d.reason, '') AS reason
         FROM audit_logs a
         LEFT JOIN users u ON u.id = a.actor_id
         LEFT JOIN company_decisions d ON d.id = (a.detail ->> 'decision')::uuid
         WHERE a.entity = 'companies' AND a.entity_id = $1
         ORDER BY a.created_at DESC, a.id LIMIT $2 OFFSET $3",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<BigInt, _>(limit)
    .bind::<BigInt, _>(offset)
    .load(tx.conn())?)
}

/// What a mail about a decision says.
#[derive(Clone, Debug, QueryableByName)]
pub struct DecisionMail {
    /// As `company_decisions.kind` spells it.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Why; may be empty.
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// The company's name.
    #[diesel(sql_type = Text)]
    pub company: String,
    /// Of the recipient.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Where it goes.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The recipient's language.
    #[diesel(sql_type = Text)]
    pub locale: String,
}

/// The mail of a decision to a member of HR, or to whoever asked; none when there is no such person.
///
/// # Errors
/// The database's.
pub fn decision_mail(
    tx: &mut Tx<Worker>,
    decision: Uuid,
    recipient: Option<Uuid>,
) -> Result<Option<DecisionMail>, AppError> {
    Ok(prepared(
        "SELECT d.kind, d.reason, c.name AS company, p.first_name, p.email, p.locale
         FROM company_decisions d
         JOIN companies c ON c.id = d.company_id
         JOIN (SELECT u.id, u.company_id, u.first_name, u.email, u.locale FROM users u WHERE u.id = $2
               UNION ALL
               SELECT NULL, r.company_id, r.first_name, r.email, r.locale FROM company_requests r WHERE $2 IS NULL
              ) p ON p.company_id = d.company_id
         WHERE d.id = $1",
    )
    .bind::<SqlUuid, _>(decision)
    .bind::<Nullable<SqlUuid>, _>(recipient)
    .get_result(tx.conn())
    .optional()?)
}
