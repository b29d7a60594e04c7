//! All the SQL of clinical notes. Row policies narrow every query to the author.

pub mod drafts;
pub mod retention;
pub mod signed;

use std::ops::Range;

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::model::{Kind, Patient};
use crate::{
    infra::{
        actor::Practitioner,
        db::Tx,
        envelope::{CannotRead, Field, Scope, Sealed},
        error::AppError,
        prepared::prepared,
        rich_text::RichText,
    },
    privacy::access::{self, What},
};

/// That their patients' data were looked at is theirs to know. Who has no account any more has nobody who
/// could ask.
fn record<'a>(tx: &mut Tx<Practitioner>, patients: impl IntoIterator<Item = &'a Patient>) {
    let known = patients.into_iter().filter(|patient| patient.is_known());
    access::record(tx, known.map(|patient| patient.id), What::ClinicalNotes);
}

fn content_of(note: Uuid) -> Field {
    Field {
        table: "clinical_notes",
        column: "content_sealed",
        row: note,
    }
}

/// Opens a text, and sanitises it once more.
fn open(
    tx: &mut Tx<Practitioner>,
    record: Uuid,
    field: Field,
    sealed: &Sealed,
) -> Result<RichText, CannotRead> {
    let markup = tx.open(Scope::Clinical(record), field, sealed)?;
    RichText::clean(&markup).map_err(|_| CannotRead)
}

/// A note, opened.
#[derive(Clone, Debug)]
pub struct Note {
    /// The note.
    pub id: Uuid,
    /// Whom it is about.
    pub patient: Patient,
    /// The consultation it is about.
    pub consultation_id: Uuid,
    /// When that began, as planned.
    pub happened_at: DateTime<Utc>,
    /// What it is.
    pub kind: Kind,
    /// Which state of it this is.
    pub revision: i32,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last saved.
    pub changed_at: DateTime<Utc>,
    /// When it was signed; a draft until then.
    pub signed_at: Option<DateTime<Utc>>,
    /// What it says.
    pub content: Result<RichText, CannotRead>,
    record_id: Uuid,
    company_id: Uuid,
    writer: Uuid,
    turn: i32,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    record_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    consultation_id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Timestamptz)]
    happened_at: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    revision: i32,
    #[diesel(sql_type = SqlUuid)]
    writer: Uuid,
    #[diesel(sql_type = Integer)]
    turn: i32,
    #[diesel(sql_type = Binary)]
    content_sealed: Sealed,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    changed_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    signed_at: Option<DateTime<Utc>>,
    #[diesel(embed)]
    person: PatientRow,
}

/// A patient's columns, wherever they are read.
#[derive(Clone, Debug, QueryableByName)]
struct PatientRow {
    #[diesel(sql_type = SqlUuid)]
    employee_id: Uuid,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    last_name: String,
}

impl From<PatientRow> for Patient {
    fn from(row: PatientRow) -> Self {
        Self {
            id: row.employee_id,
            first_name: row.first_name,
            last_name: row.last_name,
        }
    }
}

/// A note with its patient. The account may be erased, or out of sight: the note is there all the same.
const NOTES: &str = "SELECT n.id, n.record_id, n.company_id, n.consultation_id, n.kind, n.happened_at, n.revision, n.writer, n.turn,
        n.content_sealed, n.created_at, n.changed_at, n.signed_at, r.employee_id,
        coalesce(u.first_name, '') AS first_name, coalesce(u.last_name, '') AS last_name
    FROM clinical_notes n
    JOIN clinical_records r ON r.id = n.record_id
    LEFT JOIN users u ON u.id = r.employee_id";

impl Row {
    fn open(self, tx: &mut Tx<Practitioner>) -> Result<Note, AppError> {
        let content = open(
            tx,
            self.record_id,
            content_of(self.id),
            &self.content_sealed,
        );
        Ok(Note {
            id: self.id,
            patient: self.person.into(),
            consultation_id: self.consultation_id,
            happened_at: self.happened_at,
            kind: self.kind.parse().map_err(AppError::internal)?,
            revision: self.revision,
            created_at: self.created_at,
            changed_at: self.changed_at,
            signed_at: self.signed_at,
            content,
            record_id: self.record_id,
            company_id: self.company_id,
            writer: self.writer,
            turn: self.turn,
        })
    }
}

/// One note.
///
/// # Errors
/// `NotFound` for another's.
pub fn find(tx: &mut Tx<Practitioner>, id: Uuid) -> Result<Note, AppError> {
    let row: Row = prepared(format!("{NOTES} WHERE n.id = $1"))
        .bind::<SqlUuid, _>(id)
        .get_result(tx.conn())
        .optional()?
        .ok_or(AppError::NotFound)?;
    let note = row.open(tx)?;
    record(tx, [&note.patient]);
    Ok(note)
}

/// Which notes a list shows.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of one patient.
    pub patient: Option<Uuid>,
    /// Of consultations that began then.
    pub period: Range<DateTime<Utc>>,
    /// Signed ones, or drafts.
    pub signed: Option<bool>,
}

impl Wanted {
    /// Everything about one patient.
    pub fn of_patient(patient: Uuid) -> Self {
        Self {
            patient: Some(patient),
            period: DateTime::UNIX_EPOCH..DateTime::<Utc>::MAX_UTC,
            signed: None,
        }
    }
}

const WANTED: &str = "n.practitioner_id = $1 AND ($2 IS NULL OR r.employee_id = $2)
    AND n.happened_at >= $3 AND n.happened_at < $4 AND ($5 IS NULL OR (n.signed_at IS NOT NULL) = $5)";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many notes are wanted.
///
/// # Errors
/// The database's.
pub fn count(tx: &mut Tx<Practitioner>, wanted: &Wanted) -> Result<i64, AppError> {
    let me = tx.user_id()?;
    let row: Count = prepared(format!(
        "SELECT count(*) AS count FROM clinical_notes n JOIN clinical_records r ON r.id = n.record_id WHERE {WANTED}"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<Nullable<SqlUuid>, _>(wanted.patient)
    .bind::<Timestamptz, _>(wanted.period.start)
    .bind::<Timestamptz, _>(wanted.period.end)
    .bind::<Nullable<Bool>, _>(wanted.signed)
    .get_result(tx.conn())?;
    Ok(row.count)
}

/// One page of the notes that are wanted, those of the last consultations first.
///
/// # Errors
/// The database's.
pub fn list(
    tx: &mut Tx<Practitioner>,
    wanted: &Wanted,
    offset: i64,
    limit: i64,
) -> Result<Vec<Note>, AppError> {
    let me = tx.user_id()?;
    let rows: Vec<Row> = prepared(format!(
        "{NOTES} WHERE {WANTED} ORDER BY n.happened_at DESC, n.id DESC OFFSET $6 LIMIT $7"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<Nullable<SqlUuid>, _>(wanted.patient)
    .bind::<Timestamptz, _>(wanted.period.start)
    .bind::<Timestamptz, _>(wanted.period.end)
    .bind::<Nullable<Bool>, _>(wanted.signed)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let notes: Vec<Note> = rows
        .into_iter()
        .map(|row| row.open(tx))
        .collect::<Result<_, _>>()?;
    record(tx, notes.iter().map(|note| &note.patient));
    Ok(notes)
}

/// The patients about whom the practitioner has written, by name.
///
/// # Errors
/// The database's.
pub fn patients(tx: &mut Tx<Practitioner>) -> Result<Vec<Patient>, AppError> {
    let me = tx.user_id()?;
    let rows: Vec<PatientRow> = prepared(
        "SELECT r.employee_id, coalesce(u.first_name, '') AS first_name, coalesce(u.last_name, '') AS last_name
         FROM clinical_records r LEFT JOIN users u ON u.id = r.employee_id
         WHERE r.practitioner_id = $1 AND EXISTS (SELECT FROM clinical_notes n WHERE n.record_id = r.id)
         ORDER BY u.last_name, u.first_name, r.employee_id",
    )
    .bind::<SqlUuid, _>(me)
    .load(tx.conn())?;
    let patients: Vec<Patient> = rows.into_iter().map(Patient::from).collect();
    record(tx, &patients);
    Ok(patients)
}

/// What two people have had to do with each other.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The patient.
    pub patient: Patient,
    /// The patient's company.
    pub company: String,
    /// Consultations that took place.
    pub met: i64,
    /// When the first of them began.
    pub first_at: Option<DateTime<Utc>>,
    /// When the last of them began.
    pub last_at: Option<DateTime<Utc>>,
}

/// A patient of the practitioner's, with or without notes.
///
/// # Errors
/// `NotFound` for somebody with whom there was no consultation.
pub fn relation(tx: &mut Tx<Practitioner>, patient: Uuid) -> Result<Relation, AppError> {
    #[derive(QueryableByName)]
    struct RelationRow {
        #[diesel(embed)]
        person: PatientRow,
        #[diesel(sql_type = Text)]
        company: String,
        #[diesel(sql_type = BigInt)]
        met: i64,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        first_at: Option<DateTime<Utc>>,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        last_at: Option<DateTime<Utc>>,
    }
    let me = tx.user_id()?;
    let row: RelationRow = prepared(
        "SELECT m.employee_id, coalesce(u.first_name, '') AS first_name, coalesce(u.last_name, '') AS last_name,
                coalesce(o.name, '') AS company, m.met, m.first_at, m.last_at
         FROM (SELECT employee_id, company_id,
                      count(*) FILTER (WHERE status = 'completed') AS met,
                      min(starts_at) FILTER (WHERE status = 'completed') AS first_at,
                      max(starts_at) FILTER (WHERE status = 'completed') AS last_at
               FROM consultations WHERE practitioner_id = $1 AND employee_id = $2 AND status <> 'held'
               GROUP BY employee_id, company_id ORDER BY max(starts_at) DESC LIMIT 1) m
         LEFT JOIN users u ON u.id = m.employee_id LEFT JOIN companies o ON o.id = m.company_id",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(patient)
    .get_result(tx.conn())
    .optional()?
    .ok_or(AppError::NotFound)?;
    let patient = Patient::from(row.person);
    record(tx, [&patient]);
    Ok(Relation {
        patient,
        company: row.company,
        met: row.met,
        first_at: row.first_at,
        last_at: row.last_at,
    })
}

/// A note of a consultation, for that consultation's page.
#[derive(Clone, Debug)]
pub struct Line {
    /// The note.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// When it was signed.
    pub signed_at: Option<DateTime<Utc>>,
}

/// The notes of a consultation, the oldest first.
///
/// # Errors
/// The database's.
pub fn of_consultation(
    tx: &mut Tx<Practitioner>,
    consultation: Uuid,
) -> Result<Vec<Line>, AppError> {
    #[derive(QueryableByName)]
    struct LineRow {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        signed_at: Option<DateTime<Utc>>,
    }
    let rows: Vec<LineRow> = prepared(
        "SELECT id, kind, signed_at FROM clinical_notes WHERE consultation_id = $1 ORDER BY created_at, id",
    )
    .bind::<SqlUuid, _>(consultation)
    .load(tx.conn())?;
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                id: row.id,
                kind: row.kind.parse().map_err(AppError::internal)?,
                signed_at: row.signed_at,
            })
        })
        .collect()
}

/// A consultation about which nothing was written.
#[derive(Clone, Debug)]
pub struct Unnoted {
    /// The consultation.
    pub consultation_id: Uuid,
    /// When it began, as planned.
    pub happened_at: DateTime<Utc>,
    /// Who came.
    pub patient: Patient,
}

/// The last consultations about which nothing was written, of one patient or of all.
///
/// # Errors
/// The database's.
pub fn unnoted(
    tx: &mut Tx<Practitioner>,
    patient: Option<Uuid>,
    since: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Unnoted>, AppError> {
    #[derive(QueryableByName)]
    struct UnnotedRow {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Timestamptz)]
        starts_at: DateTime<Utc>,
        #[diesel(embed)]
        person: PatientRow,
    }
    let me = tx.user_id()?;
    let rows: Vec<UnnotedRow> = prepared(
        "SELECT c.id, c.starts_at, c.employee_id, coalesce(u.first_name, '') AS first_name,
                coalesce(u.last_name, '') AS last_name
         FROM consultations c LEFT JOIN users u ON u.id = c.employee_id
         WHERE c.practitioner_id = $1 AND c.status IN ('in_progress', 'completed') AND c.starts_at >= $3
           AND ($2 IS NULL OR c.employee_id = $2)
           AND NOT EXISTS (SELECT FROM clinical_notes n WHERE n.consultation_id = c.id)
         ORDER BY c.starts_at DESC LIMIT $4",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Nullable<SqlUuid>, _>(patient)
    .bind::<Timestamptz, _>(since)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let unnoted: Vec<Unnoted> = rows
        .into_iter()
        .map(|row| Unnoted {
            consultation_id: row.id,
            happened_at: row.starts_at,
            patient: row.person.into(),
        })
        .collect();
    record(tx, unnoted.iter().map(|one| &one.patient));
    Ok(unnoted)
}
