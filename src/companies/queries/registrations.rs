//! Employees who register themselves: written by visitors who read none, mailed by the worker, opened by a
//! link, decided by HR.

use chrono::{DateTime, Duration, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{BigInt, Binary, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::{NotAdded, clients::own_deed, create_employee, email_domains};
use crate::{
    companies::{
        import::{Cells, EmployeeEntry},
        jobs::{SendInvitation, SendRegistrationMail},
        model::{INVITATION_DAYS, Seats},
        registration::{
            COUNTED_HOURS, LINK_HOURS, MOST_FROM_ONE_PLACE, MOST_TO_ONE_ADDRESS, SelfRegistration,
            WAITING_DAYS,
        },
    },
    infra::{
        actor::{Hr, Visitor, Worker},
        audit::{self, Deed},
        crypto::LinkToken,
        db::Tx,
        error::AppError,
        i18n::Locale,
        jobs,
        prepared::prepared,
    },
};

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    of_origin: i64,
    #[diesel(sql_type = BigInt)]
    of_address: i64,
}

/// Writes a registration and has its mail sent. False when too many came from the same place.
///
/// Whether the address, its domain or its company is known makes no difference here, nor do registrations
/// for the same address: what is mailed is decided later, and only its reader sees it.
///
/// # Errors
/// The database's.
pub fn register(
    tx: &mut Tx<Visitor>,
    entry: &EmployeeEntry,
    (origin, locale): (&[u8], Locale),
) -> Result<bool, AppError> {
    // One at a time from one place: two at once would each find room for the last one.
    sql_query(
        "SELECT pg_advisory_xact_lock(hashtextextended('registration from ' || encode($1, 'hex'), 0))",
    )
    .bind::<Binary, _>(origin)
    .execute(tx.conn())?;
    let now = tx.now();
    let counted: Counted =
        sql_query("SELECT of_origin, of_address FROM hz.registrations_since($1, $2, $3)")
            .bind::<Binary, _>(origin)
            .bind::<Text, _>(entry.email.as_str())
            .bind::<Timestamptz, _>(now - TimeDelta::hours(COUNTED_HOURS))
            .get_result(tx.conn())?;
    if counted.of_origin >= MOST_FROM_ONE_PLACE {
        return Ok(false);
    }
    let id = Uuid::new_v4();
    sql_query(
        "INSERT INTO registrations (id, email, first_name, last_name, locale, origin_key, asked_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(entry.email.as_str())
    .bind::<Text, _>(&entry.first_name)
    .bind::<Text, _>(&entry.last_name)
    .bind::<Text, _>(locale.code())
    .bind::<Binary, _>(origin)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + TimeDelta::hours(LINK_HOURS))
    .execute(tx.conn())?;
    if counted.of_address < MOST_TO_ONE_ADDRESS {
        jobs::enqueue(
            tx,
            &SendRegistrationMail {
                registration_id: id,
                refused: false,
            },
        )?;
    }
    Ok(true)
}

/// What the mail of a registration says.
#[derive(Clone, Debug, QueryableByName)]
pub struct RegistrationMail {
    /// The address.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The language of the form.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// Part of the link.
    #[diesel(sql_type = SqlUuid)]
    pub nonce: Uuid,
    /// When the link ends.
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: DateTime<Utc>,
    /// Whether the address has an account.
    #[diesel(sql_type = Bool)]
    pub known: bool,
    /// The company that lets it register, or whose HR refused.
    #[diesel(sql_type = Nullable<Text>)]
    pub company: Option<String>,
}

/// The mail of a registration; none when nobody is to be told anything.
///
/// # Errors
/// The database's.
pub fn registration_mail(
    tx: &mut Tx<Worker>,
    id: Uuid,
    refused: bool,
) -> Result<Option<RegistrationMail>, AppError> {
    let now = tx.now();
    let mail: Option<RegistrationMail> = sql_query(
        "SELECT r.email, r.first_name, r.locale, r.nonce, r.expires_at, u.id IS NOT NULL AS known, c.name AS company
         FROM registrations r LEFT JOIN users u ON u.email = r.email AND u.status <> 'erased'
         LEFT JOIN companies c ON c.id = coalesce(r.company_id, hz.registering_company(r.email))
         WHERE r.id = $1 AND CASE WHEN $2 THEN r.status = 'refused' ELSE r.status = 'asked' AND r.expires_at > $3 END",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Bool, _>(refused)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?;
    Ok(mail.filter(|mail| mail.known || mail.company.is_some()))
}

/// What a registration's link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationState {
    /// The address can be confirmed.
    Open {
        /// The company's name.
        company: String,
        /// The address that the link was sent to.
        email: String,
    },
    /// It was, and HR decides.
    Waiting {
        /// The company's name.
        company: String,
    },
    /// Too old, never sent, refused, used, or not allowed any more: all the same to whoever holds it.
    Closed,
}

#[derive(QueryableByName)]
struct Behind {
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    company: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Timestamptz)]
    expires_at: DateTime<Utc>,
}

/// Reads what a genuine link leads to.
///
/// # Errors
/// The database's.
pub fn registration_state(
    tx: &mut Tx<Visitor>,
    link: LinkToken,
) -> Result<RegistrationState, AppError> {
    let now = tx.now();
    let found: Option<Behind> =
        sql_query("SELECT email, company, status, expires_at FROM hz.registration_behind($1, $2)")
            .bind::<SqlUuid, _>(link.id)
            .bind::<SqlUuid, _>(link.nonce)
            .get_result(tx.conn())
            .optional()?;
    Ok(match found {
        Some(found) if found.status == "waiting" => RegistrationState::Waiting {
            company: found.company,
        },
        Some(found) if found.status == "asked" && found.expires_at > now => {
            RegistrationState::Open {
                company: found.company,
                email: found.email,
            }
        }
        _ => RegistrationState::Closed,
    })
}

#[derive(QueryableByName)]
struct ConfirmedRow {
    #[diesel(sql_type = Text)]
    outcome: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    company_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    user_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    invitation_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    invitation_nonce: Option<Uuid>,
}

/// What came of following a link.
#[derive(Clone, Copy, Debug)]
pub enum Confirmed {
    /// The account exists: its invitation.
    Registered(LinkToken),
    /// HR decides.
    Waiting,
    /// There is an account, or somebody waits, under this address already.
    Known,
    /// The link is over.
    Closed,
}

/// Confirms the address of a genuine link, once.
///
/// # Errors
/// The database's.
pub fn confirm_registration(tx: &mut Tx<Visitor>, link: LinkToken) -> Result<Confirmed, AppError> {
    let now = tx.now();
    let row: Option<ConfirmedRow> = sql_query(
        "SELECT outcome, company_id, user_id, invitation_id, invitation_nonce FROM hz.confirm_registration($1, $2, $3, $4)",
    )
    .bind::<SqlUuid, _>(link.id)
    .bind::<SqlUuid, _>(link.nonce)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + Duration::days(INVITATION_DAYS))
    .get_result(tx.conn())
    .optional()?;
    let Some(row) = row else {
        return Ok(Confirmed::Closed);
    };
    match (
        row.outcome.as_str(),
        row.user_id,
        row.invitation_id,
        row.invitation_nonce,
    ) {
        ("registered", Some(user_id), Some(id), Some(nonce)) => {
            // In case the page is closed before a password is chosen.
            jobs::enqueue(
                tx,
                &SendInvitation {
                    invitation_id: id,
                    issue: 1,
                },
            )?;
            audit::record(
                tx,
                Deed {
                    action: "EMPLOYEE_REGISTERED",
                    entity: "employee",
                    entity_id: Some(user_id),
                    company_id: row.company_id,
                    detail: json!({}),
                },
            )?;
            Ok(Confirmed::Registered(LinkToken { id, user_id, nonce }))
        }
        ("waiting", ..) => Ok(Confirmed::Waiting),
        _ => Ok(Confirmed::Known),
    }
}

#[derive(QueryableByName)]
struct Rule {
    #[diesel(sql_type = Text)]
    rule: String,
}

/// What HR's company allows.
///
/// # Errors
/// The database's.
pub fn self_registration(tx: &mut Tx<Hr>) -> Result<SelfRegistration, AppError> {
    let row: Rule =
        prepared("SELECT self_registration AS rule FROM companies").get_result(tx.conn())?;
    Ok(SelfRegistration::from_code(&row.rule).unwrap_or_default())
}

/// Changes it.
///
/// # Errors
/// The database's.
pub fn set_self_registration(tx: &mut Tx<Hr>, rule: SelfRegistration) -> Result<(), AppError> {
    let company = tx.company_id()?;
    let changed = prepared(
        "UPDATE companies SET self_registration = $2 WHERE id = $1 AND self_registration <> $2",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(rule.code())
    .execute(tx.conn())?;
    if changed > 0 {
        own_deed(
            tx,
            "SELF_REGISTRATION_CHANGED",
            json!({ "rule": rule.code() }),
        )?;
    }
    Ok(())
}

/// Somebody whose address is confirmed, and who waits for HR.
#[derive(Clone, Debug, QueryableByName)]
pub struct WaitingPerson {
    /// The registration.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The address.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The given name, as typed.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The family name, as typed.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    #[diesel(sql_type = Text)]
    locale: String,
    /// When the address was confirmed.
    #[diesel(sql_type = Timestamptz)]
    pub confirmed_at: DateTime<Utc>,
}

const WAITING: &str =
    "SELECT id, email, first_name, last_name, locale, confirmed_at FROM registrations";

/// Those who wait, the first one first.
///
/// # Errors
/// The database's.
pub fn waiting_people(tx: &mut Tx<Hr>, limit: i64) -> Result<Vec<WaitingPerson>, AppError> {
    Ok(prepared(format!(
        "{WAITING} WHERE status = 'waiting' ORDER BY confirmed_at, id LIMIT $1"
    ))
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many wait.
///
/// # Errors
/// The database's.
pub fn count_waiting(tx: &mut Tx<Hr>) -> Result<i64, AppError> {
    let row: Count =
        prepared("SELECT count(*) AS count FROM registrations WHERE status = 'waiting'")
            .get_result(tx.conn())?;
    Ok(row.count)
}

fn take(tx: &mut Tx<Hr>, id: Uuid) -> Result<WaitingPerson, AppError> {
    Ok(prepared(format!(
        "{WAITING} WHERE id = $1 AND status = 'waiting' FOR UPDATE"
    ))
    .bind::<SqlUuid, _>(id)
    .get_result(tx.conn())?)
}

/// What came of approving somebody.
#[derive(Clone, Debug)]
pub enum Approval {
    /// Invited.
    Done(WaitingPerson),
    /// The domain is not the company's any more, or the address is somebody's by now.
    Impossible(WaitingPerson),
    /// No seat is left.
    Full(Seats),
}

/// Gives somebody who waits an account, and the invitation to open it.
///
/// # Errors
/// Not found: nobody waits there, or at another company.
pub fn approve_registration(tx: &mut Tx<Hr>, id: Uuid) -> Result<Approval, AppError> {
    let person = take(tx, id)?;
    let domains = email_domains(tx)?;
    let cells = Cells {
        email: &person.email,
        first_name: &person.first_name,
        last_name: &person.last_name,
        ..Cells::default()
    };
    let Ok(entry) = EmployeeEntry::check(&cells, &domains) else {
        return Ok(Approval::Impossible(person));
    };
    let locale = Locale::from_code(&person.locale).unwrap_or_default();
    match create_employee(tx, &entry, locale)? {
        Ok(_) => {
            prepared("DELETE FROM registrations WHERE id = $1")
                .bind::<SqlUuid, _>(id)
                .execute(tx.conn())?;
            Ok(Approval::Done(person))
        }
        Err(NotAdded::Full(seats)) => Ok(Approval::Full(seats)),
        Err(NotAdded::Taken(_) | NotAdded::AlreadyHere(_)) => Ok(Approval::Impossible(person)),
    }
}

/// Refuses somebody who waits, and has them told.
///
/// # Errors
/// Not found: nobody waits there, or at another company.
pub fn refuse_registration(tx: &mut Tx<Hr>, id: Uuid) -> Result<WaitingPerson, AppError> {
    let person = take(tx, id)?;
    prepared("UPDATE registrations SET status = 'refused' WHERE id = $1")
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    jobs::enqueue(
        tx,
        &SendRegistrationMail {
            registration_id: id,
            refused: true,
        },
    )?;
    own_deed(tx, "REGISTRATION_REFUSED", json!({ "registration": id }))?;
    Ok(person)
}

/// Forgets the registrations whose link nobody followed, those that were refused, and in the end those that
/// nobody decided: how many.
///
/// # Errors
/// The database's.
pub fn forget_registrations(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    Ok(prepared(
        "DELETE FROM registrations WHERE status = 'asked' AND expires_at < $1
            OR status = 'refused' AND asked_at < $2 AND confirmed_at < $2
            OR confirmed_at < $3",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now - TimeDelta::days(3))
    .bind::<Timestamptz, _>(now - TimeDelta::days(WAITING_DAYS))
    .execute(tx.conn())?)
}
