//! Whom the suspension of a company concerns: those who have something planned with its employees, and
//! these themselves.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    companies::jobs::TellConcerned,
    infra::{
        actor::{Admin, Worker},
        db::Tx,
        error::AppError,
        jobs,
        prepared::prepared,
    },
    notifications::queries::announce_suspension,
};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many consultations of a company are to come: a number, nobody's.
///
/// # Errors
/// The database's.
pub fn upcoming(tx: &mut Tx<Admin>, company: Uuid) -> Result<i64, AppError> {
    let now = tx.now();
    let found: Count = prepared("SELECT hz.company_upcoming($1, $2) AS count")
        .bind::<SqlUuid, _>(company)
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    Ok(found.count)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Has everybody told whom a suspension concerns, while it lasts: in the application, and by a mail each.
///
/// # Errors
/// The database's.
pub fn tell_concerned(tx: &mut Tx<Worker>, decision: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    let suspended: Option<Id> = prepared(
        "SELECT o.id FROM company_decisions d
         JOIN companies o ON o.id = d.company_id AND o.status = 'suspended'
         WHERE d.id = $1 AND d.kind = 'suspended'",
    )
    .bind::<SqlUuid, _>(decision)
    .get_result(tx.conn())
    .optional()?;
    let Some(Id { id: company }) = suspended else {
        return Ok(());
    };
    announce_suspension(tx, company)?;
    let people: Vec<Id> = prepared(
        "SELECT DISTINCT p.id
         FROM consultations c CROSS JOIN LATERAL (VALUES (c.employee_id), (c.practitioner_id)) AS p (id)
         WHERE c.company_id = $1 AND c.status IN ('scheduled', 'confirmed') AND c.starts_at > $2",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    let mails: Vec<_> = people
        .into_iter()
        .map(|person| TellConcerned {
            decision_id: decision,
            recipient: person.id,
        })
        .collect();
    jobs::enqueue_all(tx, &mails)
}

/// The mail to somebody whom a suspension concerns.
#[derive(Clone, Debug, QueryableByName)]
pub struct ConcernedMail {
    /// Where it goes: an employee's own address, where they gave one.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The recipient's language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// `employee` or `practitioner`.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// How many of their consultations are to come.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// The mail of a suspension to one person; none when there is nothing (left) to decide.
///
/// # Errors
/// The database's.
pub fn concerned_mail(
    tx: &mut Tx<Worker>,
    decision: Uuid,
    recipient: Uuid,
) -> Result<Option<ConcernedMail>, AppError> {
    let now = tx.now();
    Ok(prepared(
        "SELECT coalesce(a.email, u.email) AS email, u.first_name, u.locale, u.role, count(*) AS count
         FROM company_decisions d
         JOIN companies o ON o.id = d.company_id AND o.status = 'suspended'
         JOIN users u ON u.id = $2 AND u.status = 'active'
         JOIN consultations c ON c.company_id = d.company_id AND c.status IN ('scheduled', 'confirmed')
                             AND c.starts_at > $3 AND u.id IN (c.employee_id, c.practitioner_id)
         LEFT JOIN personal_addresses a ON a.user_id = u.id
         WHERE d.id = $1
         GROUP BY u.id, u.email, u.first_name, u.locale, u.role, a.email",
    )
    .bind::<SqlUuid, _>(decision)
    .bind::<SqlUuid, _>(recipient)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?)
}
