//! The SQL of the copies of data.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{
        BigInt, Binary, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    infra::{
        actor::{Employee, Practitioner, Worker},
        db::Tx,
        envelope::{CannotRead, Confidant, Field, Scope, Sealed},
        error::AppError,
        jobs::{self, Job},
        prepared::prepared,
    },
    privacy::export::{A_DAY, DAYS},
};

/// Rows that are open in memory at a time.
const AT_ONCE: usize = 50;

/// Somebody asked for a copy of their data.
#[derive(Debug, Serialize, Deserialize)]
pub struct PrepareExport {
    /// The row that says who.
    pub export_id: Uuid,
}

impl Job for PrepareExport {
    const KIND: &'static str = "privacy.prepare_export";
}

/// A copy that is being prepared or can be downloaded.
#[derive(Clone, Debug, QueryableByName)]
pub struct Export {
    /// It.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Whether it can be downloaded.
    #[diesel(sql_type = Bool)]
    pub ready: bool,
    /// When it was asked for.
    #[diesel(sql_type = Timestamptz)]
    pub asked_at: DateTime<Utc>,
    /// Until when it can be downloaded.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub expires_at: Option<DateTime<Utc>>,
    /// How many steps it takes; 0 before the first.
    #[diesel(sql_type = Integer)]
    pub steps: i32,
    /// How many are done.
    #[diesel(sql_type = Integer)]
    pub steps_done: i32,
    /// Bytes.
    #[diesel(sql_type = BigInt)]
    pub size: i64,
    /// Pieces.
    #[diesel(sql_type = Integer)]
    pub parts: i32,
}

/// One's own copy, if there is one now.
///
/// # Errors
/// The database's.
pub fn current<R: Confidant>(tx: &mut Tx<R>) -> Result<Option<Export>, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    Ok(prepared(
        "SELECT id, status = 'ready' AS ready, asked_at, expires_at, steps, steps_done, size, parts FROM data_exports
         WHERE user_id = $1 AND (status = 'preparing' OR status = 'ready' AND expires_at > $2)",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Asks for a copy. One that is being prepared goes on; one that can be downloaded is destroyed first.
/// False: too many were asked for today.
///
/// # Errors
/// The database's.
pub fn ask<R: Confidant>(tx: &mut Tx<R>) -> Result<bool, AppError> {
    let (me, now, company) = (tx.user_id()?, tx.now(), tx.company_id().ok());
    prepared("SELECT pg_advisory_xact_lock(hashtextextended('huntzen.export.' || $1::text, 0)) IS NULL AS locked")
        .bind::<SqlUuid, _>(me)
        .execute(tx.conn())?;
    if current(tx)?.is_some_and(|export| !export.ready && export.asked_at > now - Duration::days(1))
    {
        return Ok(true);
    }
    let lately: Count =
        prepared("SELECT count(*) AS count FROM data_exports WHERE user_id = $1 AND asked_at > $2")
            .bind::<SqlUuid, _>(me)
            .bind::<Timestamptz, _>(now - Duration::days(1))
            .get_result(tx.conn())?;
    if lately.count >= A_DAY {
        return Ok(false);
    }
    prepared("SELECT hz.end_own_data_export()").execute(tx.conn())?;
    let export_id = Uuid::new_v4();
    prepared(
        "INSERT INTO data_exports (id, user_id, company_id, asked_at) VALUES ($1, $2, $3, $4)",
    )
    .bind::<SqlUuid, _>(export_id)
    .bind::<SqlUuid, _>(me)
    .bind::<Nullable<SqlUuid>, _>(company)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    jobs::enqueue(tx, &PrepareExport { export_id })?;
    Ok(true)
}

/// Destroys one's own copy.
///
/// # Errors
/// The database's.
pub fn destroy<R: Confidant>(tx: &mut Tx<R>) -> Result<(), AppError> {
    prepared("SELECT hz.end_own_data_export()").execute(tx.conn())?;
    Ok(())
}

/// Who asked for a copy that is not ready yet.
#[derive(Clone, Debug, QueryableByName)]
pub struct Order {
    /// They.
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    /// Their company.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub company_id: Option<Uuid>,
    /// `users.role`.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// Whether they left their company.
    #[diesel(sql_type = Bool)]
    pub own_only: bool,
    /// Their language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// Their zone.
    #[diesel(sql_type = Text)]
    pub timezone: String,
}

/// The order of a copy; `None` once it is ready or given up.
///
/// # Errors
/// The database's.
pub fn order(tx: &mut Tx<Worker>, export: Uuid) -> Result<Option<Order>, AppError> {
    Ok(prepared(
        "SELECT e.user_id, e.company_id, u.role, u.status = 'suspended' AS own_only, u.locale, u.timezone FROM data_exports e JOIN users u ON u.id = e.user_id
         WHERE e.id = $1 AND e.status = 'preparing'",
    )
    .bind::<SqlUuid, _>(export)
    .get_result(tx.conn())
    .optional()?)
}

/// Begins, or begins anew: what an interrupted try has written goes.
///
/// # Errors
/// The database's.
pub fn begin<R: Confidant>(tx: &mut Tx<R>, export: Uuid, steps: i32) -> Result<(), AppError> {
    prepared("DELETE FROM data_export_parts WHERE export_id = $1")
        .bind::<SqlUuid, _>(export)
        .execute(tx.conn())?;
    prepared(
        "UPDATE data_exports SET steps_done = 0, steps = $2 WHERE id = $1 AND status = 'preparing'",
    )
    .bind::<SqlUuid, _>(export)
    .bind::<Integer, _>(steps)
    .execute(tx.conn())?;
    Ok(())
}

/// Says how far it is; with the last step, that it is ready.
///
/// # Errors
/// `NotFound` when it was given up meanwhile.
pub fn advance<R: Confidant>(
    tx: &mut Tx<R>,
    export: Uuid,
    (parts, size): (i32, i64),
) -> Result<(), AppError> {
    let now = tx.now();
    let advanced = prepared(
        "UPDATE data_exports SET steps_done = steps_done + 1, parts = $2, size = $3,
             status = CASE WHEN steps_done + 1 = steps THEN 'ready' ELSE status END,
             ready_at = CASE WHEN steps_done + 1 = steps THEN $4 END,
             expires_at = CASE WHEN steps_done + 1 = steps THEN $5 END
         WHERE id = $1 AND status = 'preparing'",
    )
    .bind::<SqlUuid, _>(export)
    .bind::<Integer, _>(parts)
    .bind::<BigInt, _>(size)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + Duration::days(DAYS))
    .execute(tx.conn())?;
    if advanced == 1 {
        Ok(())
    } else {
        Err(AppError::NotFound)
    }
}

fn content_of(part: Uuid) -> Field {
    Field {
        table: "data_export_parts",
        column: "content_sealed",
        row: part,
    }
}

/// Keeps a piece of the file.
///
/// # Errors
/// The database's; a key out of reach.
pub fn keep<R: Confidant>(
    tx: &mut Tx<R>,
    export: Uuid,
    position: i32,
    bytes: &[u8],
) -> Result<(), AppError> {
    let (me, company, part) = (tx.user_id()?, tx.company_id().ok(), Uuid::new_v4());
    let content = [&position.to_be_bytes(), bytes].concat();
    let sealed = tx.seal_bytes(Scope::DataExport(export), content_of(part), &content)?;
    prepared(
        "INSERT INTO data_export_parts (id, export_id, user_id, company_id, position, content_sealed)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind::<SqlUuid, _>(part)
    .bind::<SqlUuid, _>(export)
    .bind::<SqlUuid, _>(me)
    .bind::<Nullable<SqlUuid>, _>(company)
    .bind::<Integer, _>(position)
    .bind::<Binary, _>(sealed)
    .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Part {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Binary)]
    content_sealed: Sealed,
}

/// A piece of the file, opened.
///
/// # Errors
/// The database's; `Conflict` for one that cannot be read or is at another's place.
pub fn part<R: Confidant>(
    tx: &mut Tx<R>,
    export: Uuid,
    position: i32,
) -> Result<Vec<u8>, AppError> {
    let part: Part = prepared(
        "SELECT id, content_sealed FROM data_export_parts WHERE export_id = $1 AND position = $2",
    )
    .bind::<SqlUuid, _>(export)
    .bind::<Integer, _>(position)
    .get_result(tx.conn())?;
    let mut content = tx
        .open_bytes(
            Scope::DataExport(export),
            content_of(part.id),
            &part.content_sealed,
        )
        .map_err(|CannotRead| AppError::Conflict("privacy-export-unreadable"))?;
    if !content.starts_with(&position.to_be_bytes()) {
        return Err(AppError::Conflict("privacy-export-unreadable"));
    }
    content.drain(..4);
    Ok(content)
}

/// Notes that the file was downloaded.
///
/// # Errors
/// The database's.
pub fn downloaded<R: Confidant>(tx: &mut Tx<R>, export: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    prepared("UPDATE data_exports SET downloaded_at = $2 WHERE id = $1 AND status = 'ready'")
        .bind::<SqlUuid, _>(export)
        .bind::<Timestamptz, _>(now)
        .execute(tx.conn())?;
    Ok(())
}

/// Destroys what is over: how many files that were.
///
/// # Errors
/// The database's.
pub fn end(tx: &mut Tx<Worker>) -> Result<i64, AppError> {
    let now = tx.now();
    let ended: Count = prepared("SELECT hz.end_data_exports($1)::bigint AS count")
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    Ok(ended.count)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Jsonb)]
    row: Value,
}

/// Hands the rows of a query about whoever reads over, one by one; few are in memory at a time.
///
/// # Errors
/// The database's, or what `take` answers.
pub fn each_row<R>(
    tx: &mut Tx<R>,
    sql: &str,
    mut take: impl FnMut(&mut Tx<R>, &Map<String, Value>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let me = tx.user_id()?;
    sql_query(format!("DECLARE copied_rows NO SCROLL CURSOR FOR {sql}"))
        .bind::<SqlUuid, _>(me)
        .execute(tx.conn())?;
    loop {
        let rows: Vec<Row> =
            sql_query(format!("FETCH FORWARD {AT_ONCE} FROM copied_rows")).load(tx.conn())?;
        let last = rows.len() < AT_ONCE;
        for Row { row } in &rows {
            let row = row
                .as_object()
                .ok_or_else(|| AppError::internal("a row of a copy is no object"))?;
            take(tx, row)?;
        }
        if last {
            sql_query("CLOSE copied_rows").execute(tx.conn())?;
            return Ok(());
        }
    }
}

/// A file of somebody's messages.
#[derive(Clone, Debug, QueryableByName)]
pub struct Attachment {
    /// It.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// In which consultation.
    #[diesel(sql_type = SqlUuid)]
    pub consultation_id: Uuid,
    /// Its content type.
    #[diesel(sql_type = Text)]
    pub kind: String,
}

/// The files of the person's messages.
///
/// # Errors
/// The database's.
pub fn attachments(tx: &mut Tx<Employee>) -> Result<Vec<Attachment>, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT a.id, a.consultation_id, a.kind FROM chat_attachments a
         JOIN consultations c ON c.id = a.consultation_id WHERE c.employee_id = $1 ORDER BY a.id",
    )
    .bind::<SqlUuid, _>(me)
    .load(tx.conn())?)
}

#[derive(QueryableByName)]
struct Image {
    #[diesel(sql_type = Binary)]
    image: Vec<u8>,
}

/// The practitioner's own portrait.
///
/// # Errors
/// The database's.
pub fn portrait(tx: &mut Tx<Practitioner>) -> Result<Option<Vec<u8>>, AppError> {
    let me = tx.user_id()?;
    let found = prepared("SELECT image FROM portraits WHERE practitioner_id = $1")
        .bind::<SqlUuid, _>(me)
        .get_result::<Image>(tx.conn())
        .optional()?;
    Ok(found.map(|found| found.image))
}
