//! What is shared, with whom, until when. The practitioner's queries see what lasts, and nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    infra::{
        actor::{Employee, Practitioner, Worker},
        db::Tx,
        envelope::{CannotRead, Confidant, Field, Scope, Sealed},
        error::AppError,
        prepared::prepared,
    },
    journal::model::Handed,
    privacy::access::{self, What},
};

/// Sharings that the owner's page lists.
const LISTED: i64 = 100;

fn content_of(share: Uuid) -> Field {
    Field {
        table: "journal_shares",
        column: "content_sealed",
        row: share,
    }
}

/// Somebody with whom one can share.
#[derive(Clone, Debug, QueryableByName)]
pub struct Confident {
    /// The practitioner.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// "Dr.".
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
}

/// The practitioners with whom the employee has or had a consultation, the last one first.
///
/// # Errors
/// The database's.
pub fn confidents(tx: &mut Tx<Employee>) -> Result<Vec<Confident>, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT m.practitioner_id AS id, coalesce(p.title, '') AS title, coalesce(u.first_name, '') AS first_name,
                coalesce(u.last_name, '') AS last_name
         FROM (SELECT practitioner_id, max(starts_at) AS last FROM consultations
               WHERE employee_id = $1 AND status NOT IN ('held', 'cancelled') GROUP BY practitioner_id) m
         LEFT JOIN practitioners p ON p.user_id = m.practitioner_id
         LEFT JOIN users u ON u.id = m.practitioner_id
         ORDER BY m.last DESC",
    )
    .bind::<SqlUuid, _>(me)
    .load(tx.conn())?)
}

/// What is to be shared.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Drawn by the form.
    pub client_id: Uuid,
    /// With whom: one of [`confidents`].
    pub practitioner: Uuid,
    /// The page it is a copy of.
    pub entry: Option<Uuid>,
    /// What they will read.
    pub handed: Handed,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// Shares, once however often the form is sent.
///
/// # Errors
/// `Forbidden` for a practitioner who is not one of [`confidents`]; the database's.
pub fn share(tx: &mut Tx<Employee>, offer: &Offer) -> Result<(), AppError> {
    let (me, company, now, id) = (tx.user_id()?, tx.company_id()?, tx.now(), Uuid::new_v4());
    let written = prepared(
        "INSERT INTO journal_shares (id, employee_id, company_id, practitioner_id, entry_id, client_id, shared_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT journal_shares_client DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(offer.practitioner)
    .bind::<Nullable<SqlUuid>, _>(offer.entry)
    .bind::<SqlUuid, _>(offer.client_id)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(offer.until)
    .execute(tx.conn())?;
    if written == 1 {
        let content = serde_json::to_string(&offer.handed).map_err(AppError::internal)?;
        let sealed = tx.seal(Scope::JournalShare(id), content_of(id), &content)?;
        prepared("UPDATE journal_shares SET content_sealed = $2 WHERE id = $1")
            .bind::<SqlUuid, _>(id)
            .bind::<Binary, _>(sealed)
            .execute(tx.conn())?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    employee_id: Uuid,
    #[diesel(sql_type = Bool)]
    is_page: bool,
    #[diesel(sql_type = Nullable<Binary>)]
    content_sealed: Option<Sealed>,
    #[diesel(sql_type = Timestamptz)]
    shared_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    expires_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ended_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    last_name: String,
}

/// A sharing, as either side sees it.
#[derive(Clone, Debug)]
pub struct Share {
    /// The sharing.
    pub id: Uuid,
    /// Whether it is a page that still exists.
    pub is_page: bool,
    /// What is read; `None` once it is over.
    pub handed: Option<Result<Handed, CannotRead>>,
    /// Since when.
    pub shared_at: DateTime<Utc>,
    /// Until when at most.
    pub expires_at: DateTime<Utc>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// The other's title, given name and family name.
    pub other: (String, String, String),
}

impl Share {
    /// The last moment of its last day: what is over at midnight is shared until the day before.
    pub fn last_moment(&self) -> DateTime<Utc> {
        self.expires_at - TimeDelta::seconds(1)
    }
}

impl Row {
    fn open<R: Confidant>(self, tx: &mut Tx<R>) -> Share {
        let handed = self.content_sealed.map(|sealed| {
            let json = tx.open(Scope::JournalShare(self.id), content_of(self.id), &sealed)?;
            serde_json::from_str(&json).map_err(|_| CannotRead)
        });
        Share {
            id: self.id,
            is_page: self.is_page,
            handed,
            shared_at: self.shared_at,
            expires_at: self.expires_at,
            ended_at: self.ended_at,
            other: (self.title, self.first_name, self.last_name),
        }
    }
}

const OWN: &str = "SELECT s.id, s.employee_id, s.entry_id IS NOT NULL AS is_page, s.content_sealed, s.shared_at, s.expires_at,
        CASE WHEN s.ended_at IS NULL AND s.expires_at <= $2 THEN s.expires_at ELSE s.ended_at END AS ended_at,
        coalesce(p.title, '') AS title, coalesce(u.first_name, '') AS first_name, coalesce(u.last_name, '') AS last_name
    FROM journal_shares s
    LEFT JOIN practitioners p ON p.user_id = s.practitioner_id
    LEFT JOIN users u ON u.id = s.practitioner_id";

/// What the employee shares and shared, what lasts first.
///
/// # Errors
/// The database's.
pub fn own(tx: &mut Tx<Employee>) -> Result<Vec<Share>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let rows: Vec<Row> = prepared(format!(
        "{OWN} WHERE s.employee_id = $1
         ORDER BY s.ended_at IS NOT NULL OR s.expires_at <= $2, s.shared_at DESC, s.id LIMIT $3"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(LISTED)
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.open(tx)).collect())
}

/// Who reads this page now.
///
/// # Errors
/// The database's.
pub fn of_entry(tx: &mut Tx<Employee>, entry: Uuid) -> Result<Vec<Share>, AppError> {
    let now = tx.now();
    let rows: Vec<Row> = prepared(format!(
        "{OWN} WHERE s.entry_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 ORDER BY s.shared_at DESC, s.id"
    ))
    .bind::<SqlUuid, _>(entry)
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.open(tx)).collect())
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    number: i32,
}

/// Takes a sharing back. Taken back before: nothing to do.
///
/// # Errors
/// `NotFound` for another's; the database's.
pub fn revoke(tx: &mut Tx<Employee>, share: Uuid) -> Result<(), AppError> {
    let exists: Option<Number> = prepared("SELECT 1 AS number FROM journal_shares WHERE id = $1")
        .bind::<SqlUuid, _>(share)
        .get_result(tx.conn())
        .optional()?;
    exists.ok_or(AppError::NotFound)?;
    end(tx, Some(share), None)
}

/// Takes back every sharing of a page.
///
/// # Errors
/// The database's.
pub fn revoke_entry(tx: &mut Tx<Employee>, entry: Uuid) -> Result<(), AppError> {
    end(tx, None, Some(entry))
}

fn end(tx: &mut Tx<Employee>, share: Option<Uuid>, entry: Option<Uuid>) -> Result<(), AppError> {
    let now = tx.now();
    let _: Number = prepared("SELECT hz.end_journal_shares($1, $2, $3) AS number")
        .bind::<Nullable<SqlUuid>, _>(share)
        .bind::<Nullable<SqlUuid>, _>(entry)
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    Ok(())
}

/// Destroys what is over: how much that was, a hundred at most.
///
/// # Errors
/// The database's.
pub fn expire(tx: &mut Tx<Worker>, now: DateTime<Utc>) -> Result<i32, AppError> {
    let row: Number = prepared("SELECT hz.expire_journal_shares($1) AS number")
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    Ok(row.number)
}

const RECEIVED: &str = "SELECT s.id, s.employee_id, false AS is_page, s.content_sealed, s.shared_at, s.expires_at, s.ended_at,
        '' AS title, coalesce(u.first_name, '') AS first_name, coalesce(u.last_name, '') AS last_name
    FROM journal_shares s LEFT JOIN users u ON u.id = s.employee_id";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How much is shared with the practitioner now.
///
/// # Errors
/// The database's.
pub fn received_count(tx: &mut Tx<Practitioner>) -> Result<i64, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let row: Count = prepared(
        "SELECT count(*) AS count FROM journal_shares WHERE practitioner_id = $1 AND expires_at > $2",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())?;
    Ok(row.count)
}

/// What is shared with the practitioner now, the newest first.
///
/// # Errors
/// The database's.
pub fn received(
    tx: &mut Tx<Practitioner>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Share>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let rows: Vec<Row> = prepared(format!(
        "{RECEIVED} WHERE s.practitioner_id = $1 AND s.expires_at > $2
         ORDER BY s.shared_at DESC, s.id OFFSET $3 LIMIT $4"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let sharers = rows.iter().map(|row| row.employee_id);
    access::record(tx, sharers, What::SharedJournal);
    Ok(rows.into_iter().map(|row| row.open(tx)).collect())
}

/// What one patient shares with the practitioner now, the newest first.
///
/// # Errors
/// The database's.
pub fn received_from(tx: &mut Tx<Practitioner>, patient: Uuid) -> Result<Vec<Share>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let rows: Vec<Row> = prepared(format!(
        "{RECEIVED} WHERE s.practitioner_id = $1 AND s.employee_id = $2 AND s.expires_at > $3
         ORDER BY s.shared_at DESC, s.id LIMIT $4"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(patient)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(LISTED)
    .load(tx.conn())?;
    let sharers = rows.iter().map(|row| row.employee_id);
    access::record(tx, sharers, What::SharedJournal);
    Ok(rows.into_iter().map(|row| row.open(tx)).collect())
}

/// One of them.
///
/// # Errors
/// `NotFound` for what is another's, taken back or over.
pub fn receive(tx: &mut Tx<Practitioner>, share: Uuid) -> Result<Share, AppError> {
    let now = tx.now();
    let row: Option<Row> = prepared(format!("{RECEIVED} WHERE s.id = $1 AND s.expires_at > $2"))
        .bind::<SqlUuid, _>(share)
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())
        .optional()?;
    let row = row.ok_or(AppError::NotFound)?;
    access::record(tx, [row.employee_id], What::SharedJournal);
    Ok(row.open(tx))
}
