//! Settings and snapshots: what is chosen, what the worker freezes, what HR reads of it.
//!
//! [`freeze`] is the worker's alone. What HR reads are rows in which the hidden figures never were.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Date, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    infra::{
        actor::{Admin, Employee, Hr},
        audit::{self, Deed},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    metrics::disclosure::{
        Reason, Setting,
        bands::Band,
        rules::{Figures, Outcome},
    },
};

pub mod freeze;

fn setting(code: &str) -> Setting {
    // The column's check knows the same words; the most discreet one is right where it would not.
    Setting::from_code(code).unwrap_or_default()
}

/// A choice, as the company's people see it.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Which one.
    pub id: Uuid,
    /// What was chosen.
    pub setting: Setting,
    /// The first day of the first month it is in force.
    pub effective_from: NaiveDate,
    /// When it was chosen.
    pub chosen_at: DateTime<Utc>,
    /// Who of the company agreed; for the admin.
    pub agreed_with: String,
}

#[derive(QueryableByName)]
struct ChoiceRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    setting: String,
    #[diesel(sql_type = Date)]
    effective_from: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    chosen_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    agreed_with: String,
}

impl From<ChoiceRow> for Choice {
    fn from(row: ChoiceRow) -> Self {
        Self {
            id: row.id,
            setting: setting(&row.setting),
            effective_from: row.effective_from,
            chosen_at: row.chosen_at,
            agreed_with: row.agreed_with,
        }
    }
}

#[derive(QueryableByName)]
struct Code {
    #[diesel(sql_type = Text)]
    setting: String,
}

/// The setting of a month of HR's own company; any date of the month.
///
/// # Errors
/// The database's.
pub fn own_setting(tx: &mut Tx<Hr>, month: NaiveDate) -> Result<Setting, AppError> {
    let row: Code = prepared("SELECT hz.own_disclosure_in($1) AS setting")
        .bind::<Date, _>(month)
        .get_result(tx.conn())?;
    Ok(setting(&row.setting))
}

/// All that was chosen for the own company, the latest first.
///
/// # Errors
/// The database's.
pub fn own_choices(tx: &mut Tx<Hr>) -> Result<Vec<Choice>, AppError> {
    let rows: Vec<ChoiceRow> = prepared(
        "SELECT id, setting, effective_from, chosen_at, '' AS agreed_with
         FROM disclosure_settings ORDER BY position DESC",
    )
    .load(tx.conn())?;
    Ok(rows.into_iter().map(Choice::from).collect())
}

/// The last choice, unless the employee has read of it; choices made before their account was are no news.
///
/// # Errors
/// The database's.
pub fn unread_choice(tx: &mut Tx<Employee>) -> Result<Option<Choice>, AppError> {
    let me = tx.user_id()?;
    let rows: Vec<ChoiceRow> = prepared(
        "SELECT s.id, s.setting, s.effective_from, s.chosen_at, '' AS agreed_with
         FROM (SELECT * FROM (
                SELECT id, position, setting, effective_from, chosen_at FROM disclosure_settings) all_of_them
               ORDER BY position DESC LIMIT 1) s
         JOIN employees e ON e.user_id = $1 AND e.created_at < s.chosen_at
         WHERE NOT EXISTS (SELECT FROM disclosure_acknowledgements a WHERE a.user_id = $1 AND a.setting_id = s.id)",
    )
    .bind::<SqlUuid, _>(me)
    .load(tx.conn())?;
    Ok(rows.into_iter().next().map(Choice::from))
}

/// Remembers that the employee has read of a choice. Whether there is such a choice.
///
/// # Errors
/// The database's.
pub fn acknowledge(tx: &mut Tx<Employee>, choice: Uuid) -> Result<bool, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    prepared(
        "INSERT INTO disclosure_acknowledgements (user_id, setting_id, acknowledged_at)
         SELECT $1, id, $3 FROM disclosure_settings WHERE id = $2 ON CONFLICT DO NOTHING",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(choice)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    let known: Count = prepared("SELECT count(*) AS rows FROM disclosure_settings WHERE id = $1")
        .bind::<SqlUuid, _>(choice)
        .get_result(tx.conn())?;
    Ok(known.rows > 0)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// A company as the admin chooses for it.
#[derive(Debug, QueryableByName)]
pub struct Subject {
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    setting: String,
}

impl Subject {
    /// In force today.
    pub fn setting(&self) -> Setting {
        setting(&self.setting)
    }
}

/// A company with its setting of today, and all that was chosen for it, the latest first.
///
/// # Errors
/// [`AppError::NotFound`]; the database's.
pub fn choices_of(
    tx: &mut Tx<Admin>,
    company: Uuid,
    today: NaiveDate,
) -> Result<(Subject, Vec<Choice>), AppError> {
    let subjects: Vec<Subject> = prepared(
        "SELECT name, hz.disclosure_in(id, date_trunc('month', $2::timestamp)::date) AS setting
         FROM companies WHERE id = $1",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<Date, _>(today)
    .load(tx.conn())?;
    let subject = subjects.into_iter().next().ok_or(AppError::NotFound)?;
    let rows: Vec<ChoiceRow> = prepared(
        "SELECT id, setting, effective_from, chosen_at, agreed_with
         FROM disclosure_settings WHERE company_id = $1 ORDER BY position DESC",
    )
    .bind::<SqlUuid, _>(company)
    .load(tx.conn())?;
    Ok((subject, rows.into_iter().map(Choice::from).collect()))
}

/// Writes a choice; the database says from which month on.
///
/// # Errors
/// [`AppError::NotFound`]; the database's.
pub fn choose(
    tx: &mut Tx<Admin>,
    company: Uuid,
    setting: Setting,
    agreed_with: &str,
) -> Result<(), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let written = prepared(
        "INSERT INTO disclosure_settings (company_id, setting, chosen_at, chosen_by, agreed_with)
         SELECT id, $2, $3, $4, $5 FROM companies WHERE id = $1",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(setting.code())
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(me)
    .bind::<Text, _>(agreed_with)
    .execute(tx.conn())?;
    if written == 0 {
        return Err(AppError::NotFound);
    }
    audit::record(
        tx,
        Deed {
            action: "DISCLOSURE_CHANGED",
            entity: "companies",
            entity_id: Some(company),
            company_id: Some(company),
            detail: json!({ "setting": setting.code() }),
        },
    )
}

/// A frozen month of HR's own company, and its company's cell.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its first day.
    pub month: NaiveDate,
    /// In force then.
    pub setting: Setting,
    /// Employees.
    pub headcount: i64,
    /// Of whom the figures are about.
    pub counted: i64,
    /// Mean of the reviews, in half stars.
    pub half_stars: Option<i64>,
    /// When it was frozen.
    pub frozen_at: DateTime<Utc>,
    /// The company's cell.
    pub company: Outcome,
    /// Cells of the month that are hidden, the company's included.
    pub hidden: i64,
}

#[derive(QueryableByName)]
struct SnapshotRow {
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = Text)]
    setting: String,
    #[diesel(sql_type = Integer)]
    headcount: i32,
    #[diesel(sql_type = Integer)]
    counted: i32,
    #[diesel(sql_type = Nullable<SmallInt>)]
    half_stars: Option<i16>,
    #[diesel(sql_type = Timestamptz)]
    frozen_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    hidden_cells: i64,
    #[diesel(embed)]
    cell: FiguresRow,
}

/// The figures of a cell, or why there are none.
#[derive(QueryableByName)]
struct FiguresRow {
    #[diesel(sql_type = Nullable<Integer>)]
    users: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    consultations: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    seconds: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    hidden: Option<String>,
}

impl FiguresRow {
    fn read(self) -> Outcome {
        let whole = |number: Option<i32>| number.and_then(|number| u64::try_from(number).ok());
        match (whole(self.users), whole(self.consultations), self.seconds) {
            (Some(users), Some(consultations), Some(seconds)) => Outcome::Shown(Figures {
                users: users as usize,
                consultations,
                seconds: seconds.unsigned_abs(),
            }),
            _ => Outcome::Hidden(
                self.hidden
                    .as_deref()
                    .and_then(Reason::from_code)
                    .unwrap_or(Reason::People),
            ),
        }
    }
}

/// The last `limit` frozen months of the own company, the latest first.
///
/// # Errors
/// The database's.
pub fn snapshots(tx: &mut Tx<Hr>, limit: i64) -> Result<Vec<Snapshot>, AppError> {
    let rows: Vec<SnapshotRow> = prepared(
        "SELECT s.month, s.setting, s.headcount, s.counted, s.half_stars, s.frozen_at,
                c.users, c.consultations, c.seconds, c.hidden,
                (SELECT count(*) FROM disclosure_cells h
                 WHERE h.company_id = s.company_id AND h.month = s.month AND h.hidden IS NOT NULL) AS hidden_cells
         FROM (SELECT * FROM disclosure_snapshots ORDER BY month DESC LIMIT $1) s
         JOIN disclosure_cells c ON c.company_id = s.company_id AND c.month = s.month AND c.kind = 'company'
         ORDER BY s.month DESC",
    )
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let snapshots = rows.into_iter().map(|row| Snapshot {
        month: row.month,
        setting: setting(&row.setting),
        headcount: row.headcount.into(),
        counted: row.counted.into(),
        half_stars: row.half_stars.map(i64::from),
        frozen_at: row.frozen_at,
        company: row.cell.read(),
        hidden: row.hidden_cells,
    });
    Ok(snapshots.collect())
}

/// A department of a frozen month.
#[derive(Clone, Debug)]
pub struct DepartmentCell {
    /// Its name.
    pub name: String,
    /// How many of its people are counted.
    pub people: i64,
    /// What is published of it.
    pub outcome: Outcome,
}

/// What a frozen month says beside the company's figure.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// The greatest first.
    pub departments: Vec<DepartmentCell>,
    /// The fewest consultations first.
    pub bands: Vec<Band>,
    /// What the platform's companies have in the middle, where at least five of them have figures.
    pub median: Option<Median>,
}

#[derive(QueryableByName)]
struct CellRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    label: String,
    #[diesel(sql_type = Integer)]
    people: i32,
    #[diesel(embed)]
    cell: FiguresRow,
    /// The median: the same in each row, or nothing.
    #[diesel(sql_type = Nullable<Integer>)]
    companies: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    adoption_percent: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    mean_minutes: Option<i32>,
}

impl CellRow {
    fn median(&self) -> Option<Median> {
        Some(Median {
            companies: self.companies?,
            adoption_percent: self.adoption_percent?,
            mean_minutes: self.mean_minutes?,
        })
    }
}

/// The departments and bands of a frozen month, and the platform's median of it.
///
/// # Errors
/// The database's.
pub fn cells(tx: &mut Tx<Hr>, month: NaiveDate) -> Result<Cells, AppError> {
    // The company's own cell is always there, and brings the median where there is nothing else.
    let rows: Vec<CellRow> = prepared(
        "SELECT c.kind, c.label, c.people, c.users, c.consultations, c.seconds, c.hidden,
                m.companies, m.adoption_percent, m.mean_minutes
         FROM disclosure_cells c LEFT JOIN disclosure_medians m ON m.month = c.month
         WHERE c.month = $1 ORDER BY c.people DESC, c.label",
    )
    .bind::<Date, _>(month)
    .load(tx.conn())?;
    let mut cells = Cells::default();
    for row in rows {
        cells.median = row.median();
        match row.kind.as_str() {
            "company" => {}
            "band" => cells.bands.extend(band(&row)),
            _ => cells.departments.push(DepartmentCell {
                name: row.label,
                people: row.people.into(),
                outcome: row.cell.read(),
            }),
        }
    }
    cells.bands.sort_by_key(|band| band.from);
    Ok(cells)
}

/// The label of a band: `1-2`, `3-`.
fn band_label(band: &Band) -> String {
    let to = band.to.map(|to| to.to_string()).unwrap_or_default();
    format!("{}-{to}", band.from)
}

fn band(row: &CellRow) -> Option<Band> {
    let (from, to) = row.label.split_once('-')?;
    Some(Band {
        from: from.parse().ok()?,
        to: to.parse().ok(),
        people: usize::try_from(row.people).ok()?,
    })
}

/// What the platform's companies have in the middle of a month.
#[derive(Clone, Copy, Debug)]
pub struct Median {
    /// How many companies have figures.
    pub companies: i32,
    /// Employees who used the service, in percent.
    pub adoption_percent: i32,
    /// Mean duration of a consultation, in minutes.
    pub mean_minutes: i32,
}
