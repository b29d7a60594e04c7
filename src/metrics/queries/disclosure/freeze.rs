//! Freezing months, as the worker.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{
        Array, BigInt, Bool, Date, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
    },
};
use uuid::Uuid;

use super::{FiguresRow, band_label, setting};
use crate::{
    infra::{actor::Worker, db::Tx, error::AppError, prepared::prepared},
    metrics::disclosure::{
        Rules, Setting,
        bands::Band,
        people::People,
        rules::{Department, History, Line, Month, Outcome, Publication, publish},
    },
};

/// The numbers of a company's people.
#[derive(Default)]
struct Register {
    numbers: HashMap<Uuid, usize>,
    ids: Vec<Uuid>,
}

impl Register {
    fn number(&mut self, id: Uuid) -> usize {
        *self.numbers.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() - 1
        })
    }

    fn id(&self, number: usize) -> Uuid {
        self.ids.get(number).copied().unwrap_or_default()
    }
}

/// What is known of a company while its month is decided.
#[derive(Default)]
struct Case {
    register: Register,
    history: History,
    month: Month,
}

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    setting: String,
}

#[derive(QueryableByName)]
struct Material {
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    employee_id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    department: Option<String>,
    #[diesel(sql_type = Integer)]
    consultations: i32,
    #[diesel(sql_type = BigInt)]
    seconds: i64,
    #[diesel(sql_type = Integer)]
    reviews: i32,
    #[diesel(sql_type = Integer)]
    stars: i32,
}

#[derive(QueryableByName)]
struct PastRoster {
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    department: Option<String>,
    #[diesel(sql_type = Array<SqlUuid>)]
    employees: Vec<Uuid>,
}

#[derive(QueryableByName)]
struct PastCell {
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    label: String,
    #[diesel(sql_type = Integer)]
    people: i32,
    #[diesel(embed)]
    cell: FiguresRow,
}

fn unsigned<T: TryFrom<i64> + Default>(number: impl Into<i64>) -> T {
    T::try_from(number.into()).unwrap_or_default()
}

/// Freezes a month, given by its first day, of up to `limit` companies that have none. Answers how many.
/// Several processes take turns; a month that is there stays as it is.
///
/// # Errors
/// The database's.
pub fn freeze(tx: &mut Tx<Worker>, month: NaiveDate, limit: i64) -> Result<usize, AppError> {
    prepared("SELECT pg_advisory_xact_lock(hashtext('hz.disclosure'))").execute(tx.conn())?;
    let due: Vec<Due> = prepared(
        "SELECT c.id, hz.disclosure_in(c.id, $1) AS setting FROM companies c
         WHERE c.status <> 'pending'
           AND c.created_at < ($1 + interval '1 month')::timestamp AT TIME ZONE hz.accounting_zone()
           AND NOT EXISTS (SELECT FROM disclosure_snapshots s WHERE s.company_id = c.id AND s.month = $1)
         ORDER BY c.id LIMIT $2",
    )
    .bind::<Date, _>(month)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let ids: Vec<Uuid> = due.iter().map(|due| due.id).collect();
    if ids.is_empty() {
        return Ok(0);
    }
    let mut cases: HashMap<Uuid, Case> = HashMap::new();
    for due in &due {
        cases.entry(due.id).or_default().month.setting = setting(&due.setting);
    }
    read_history(tx, &ids, &mut cases)?;
    read_material(tx, &ids, month, &mut cases)?;
    let decided: Vec<(Uuid, Case, Publication)> = cases
        .into_iter()
        .map(|(id, case)| {
            let publication = publish(&case.month, &case.history, Rules::STRICT);
            (id, case, publication)
        })
        .collect();
    write_snapshots(tx, month, &decided)?;
    write_cells(tx, month, &decided)?;
    write_rosters(tx, month, &decided)?;
    Ok(ids.len())
}

fn read_material(
    tx: &mut Tx<Worker>,
    companies: &[Uuid],
    month: NaiveDate,
    cases: &mut HashMap<Uuid, Case>,
) -> Result<(), AppError> {
    let rows: Vec<Material> = prepared("SELECT * FROM hz.disclosure_material($1, $2)")
        .bind::<Array<SqlUuid>, _>(companies)
        .bind::<Date, _>(month)
        .load(tx.conn())?;
    for row in rows {
        let Some(case) = cases.get_mut(&row.company_id) else {
            continue;
        };
        let number = case.register.number(row.employee_id);
        case.month.lines.insert(
            number,
            Line {
                department: row.department,
                consultations: unsigned(row.consultations),
                seconds: unsigned(row.seconds),
                reviews: unsigned(row.reviews),
                stars: unsigned(row.stars),
            },
        );
    }
    Ok(())
}

/// Who was counted in a month, by department.
type Groups = Vec<(Option<String>, People)>;

/// What was published before, as the rows tell it.
fn read_history(
    tx: &mut Tx<Worker>,
    companies: &[Uuid],
    cases: &mut HashMap<Uuid, Case>,
) -> Result<(), AppError> {
    let rosters: Vec<PastRoster> = prepared(
        "SELECT company_id, month, department, array_agg(employee_id) AS employees FROM disclosure_rosters
         WHERE company_id = ANY ($1) AND counted GROUP BY company_id, month, department",
    )
    .bind::<Array<SqlUuid>, _>(companies)
    .load(tx.conn())?;
    let mut counted: HashMap<(Uuid, NaiveDate), Groups> = HashMap::new();
    for row in rosters {
        let Some(case) = cases.get_mut(&row.company_id) else {
            continue;
        };
        let people = row
            .employees
            .into_iter()
            .map(|id| case.register.number(id))
            .collect();
        counted
            .entry((row.company_id, row.month))
            .or_default()
            .push((row.department, people));
    }
    let cells: Vec<PastCell> = prepared(
        "SELECT c.company_id, c.month, c.kind, c.label, c.people, c.users, c.consultations, c.seconds, c.hidden
         FROM disclosure_cells c
         JOIN disclosure_snapshots s ON s.company_id = c.company_id AND s.month = c.month
         WHERE c.company_id = ANY ($1) AND s.setting <> 'named'",
    )
    .bind::<Array<SqlUuid>, _>(companies)
    .load(tx.conn())?;
    let mut months: BTreeMap<(Uuid, NaiveDate), Vec<PastCell>> = BTreeMap::new();
    for cell in cells {
        months
            .entry((cell.company_id, cell.month))
            .or_default()
            .push(cell);
    }
    for (key, cells) in months {
        let people = counted.remove(&key).unwrap_or_default();
        if let Some(case) = cases.get_mut(&key.0) {
            case.history
                .keep(&remembered(&people, cells), Rules::STRICT);
        }
    }
    Ok(())
}

/// A month as it was published, from its rows.
fn remembered(groups: &[(Option<String>, People)], cells: Vec<PastCell>) -> Publication {
    let counted = groups
        .iter()
        .fold(People::default(), |all, (_, group)| all.or(group));
    let mut month = Publication {
        setting: Setting::Aggregate,
        headcount: counted.len(),
        counted,
        company: Outcome::Hidden(crate::metrics::disclosure::Reason::Company),
        departments: Vec::new(),
        bands: Vec::new(),
        half_stars: None,
    };
    for cell in cells {
        match cell.kind.as_str() {
            "company" => month.company = cell.cell.read(),
            "band" => {
                let limits = cell.label.split_once('-');
                month.bands.extend(limits.and_then(|(from, to)| {
                    Some(Band {
                        from: from.parse().ok()?,
                        to: to.parse().ok(),
                        people: unsigned(cell.people),
                    })
                }));
            }
            _ => {
                let of = groups
                    .iter()
                    .find(|(name, _)| name.as_deref() == Some(cell.label.as_str()));
                month.departments.push(Department {
                    people: of.map(|(_, people)| people.clone()).unwrap_or_default(),
                    name: cell.label,
                    outcome: cell.cell.read(),
                });
            }
        }
    }
    month.bands.sort_by_key(|band| band.from);
    month
}

fn signed(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn write_snapshots(
    tx: &mut Tx<Worker>,
    month: NaiveDate,
    decided: &[(Uuid, Case, Publication)],
) -> Result<(), AppError> {
    let now = tx.now();
    let of = |each: fn(&Publication) -> i32| -> Vec<i32> {
        decided.iter().map(|(_, _, month)| each(month)).collect()
    };
    let settings: Vec<&str> = decided
        .iter()
        .map(|(_, _, month)| month.setting.code())
        .collect();
    let stars: Vec<Option<i16>> = decided
        .iter()
        .map(|(_, _, month)| month.half_stars.and_then(|half| i16::try_from(half).ok()))
        .collect();
    prepared(
        "INSERT INTO disclosure_snapshots (company_id, month, setting, headcount, counted, half_stars, frozen_at)
         SELECT company, $1, setting, headcount, counted, half_stars, $2
         FROM unnest($3, $4, $5, $6, $7) AS s (company, setting, headcount, counted, half_stars)",
    )
    .bind::<Date, _>(month)
    .bind::<Timestamptz, _>(now)
    .bind::<Array<SqlUuid>, _>(decided.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(settings)
    .bind::<Array<Integer>, _>(of(|month| signed(month.headcount)))
    .bind::<Array<Integer>, _>(of(|month| signed(month.counted.len())))
    .bind::<Array<Nullable<SmallInt>>, _>(stars)
    .execute(tx.conn())?;
    Ok(())
}

/// The cells of several companies, column by column.
#[derive(Default)]
struct Columns {
    companies: Vec<Uuid>,
    kinds: Vec<&'static str>,
    labels: Vec<String>,
    people: Vec<i32>,
    users: Vec<Option<i32>>,
    consultations: Vec<Option<i32>>,
    seconds: Vec<Option<i64>>,
    hidden: Vec<Option<&'static str>>,
}

impl Columns {
    fn add(
        &mut self,
        company: Uuid,
        (kind, label): (&'static str, String),
        people: usize,
        outcome: Option<Outcome>,
    ) {
        let figures = outcome.and_then(Outcome::figures);
        let consultations = figures.map(|figures| figures.consultations);
        self.companies.push(company);
        self.kinds.push(kind);
        self.labels.push(label);
        self.people.push(signed(people));
        self.users
            .push(figures.map(|figures| signed(figures.users)));
        self.consultations
            .push(consultations.map(|number| i32::try_from(number).unwrap_or(i32::MAX)));
        self.seconds
            .push(figures.map(|figures| i64::try_from(figures.seconds).unwrap_or(i64::MAX)));
        self.hidden.push(match outcome {
            Some(Outcome::Hidden(reason)) => Some(reason.code()),
            _ => None,
        });
    }
}

fn write_cells(
    tx: &mut Tx<Worker>,
    month: NaiveDate,
    decided: &[(Uuid, Case, Publication)],
) -> Result<(), AppError> {
    let mut cells = Columns::default();
    for (company, _, published) in decided {
        let counted = published.counted.len();
        let whole = ("company", String::new());
        cells.add(*company, whole, counted, Some(published.company));
        for department in &published.departments {
            let key = ("department", department.name.clone());
            let outcome = Some(department.outcome);
            cells.add(*company, key, department.people.len(), outcome);
        }
        for band in &published.bands {
            cells.add(*company, ("band", band_label(band)), band.people, None);
        }
    }
    prepared(
        "INSERT INTO disclosure_cells (company_id, month, kind, label, people, users, consultations, seconds, hidden)
         SELECT company, $1, kind, label, people, users, consultations, seconds, hidden
         FROM unnest($2, $3, $4, $5, $6, $7, $8, $9)
             AS c (company, kind, label, people, users, consultations, seconds, hidden)",
    )
    .bind::<Date, _>(month)
    .bind::<Array<SqlUuid>, _>(cells.companies)
    .bind::<Array<Text>, _>(cells.kinds)
    .bind::<Array<Text>, _>(cells.labels)
    .bind::<Array<Integer>, _>(cells.people)
    .bind::<Array<Nullable<Integer>>, _>(cells.users)
    .bind::<Array<Nullable<Integer>>, _>(cells.consultations)
    .bind::<Array<Nullable<BigInt>>, _>(cells.seconds)
    .bind::<Array<Nullable<Text>>, _>(cells.hidden)
    .execute(tx.conn())?;
    Ok(())
}

/// Whom months were about that later ones are compared with: those whose figures were looked at.
fn write_rosters(
    tx: &mut Tx<Worker>,
    month: NaiveDate,
    decided: &[(Uuid, Case, Publication)],
) -> Result<(), AppError> {
    let (mut companies, mut employees) = (Vec::new(), Vec::new());
    let (mut departments, mut counted) = (Vec::new(), Vec::new());
    let anonymous = decided.iter().filter(|(_, _, published)| {
        published.setting != Setting::Named && published.company.was_looked_at()
    });
    for (company, case, published) in anonymous {
        for (number, line) in &case.month.lines {
            companies.push(*company);
            employees.push(case.register.id(*number));
            departments.push(line.department.clone());
            counted.push(published.counted.contains(*number));
        }
    }
    prepared(
        "INSERT INTO disclosure_rosters (company_id, month, employee_id, department, counted)
         SELECT company, $1, employee, department, counted
         FROM unnest($2, $3, $4, $5) AS r (company, employee, department, counted)",
    )
    .bind::<Date, _>(month)
    .bind::<Array<SqlUuid>, _>(companies)
    .bind::<Array<SqlUuid>, _>(employees)
    .bind::<Array<Nullable<Text>>, _>(departments)
    .bind::<Array<Bool>, _>(counted)
    .execute(tx.conn())?;
    Ok(())
}

/// Freezes the platform's median of a month, once every company's month is frozen and five of them have
/// figures. Companies that are seen by name do not take part: their figures were never held back.
///
/// # Errors
/// The database's.
pub fn freeze_median(tx: &mut Tx<Worker>, month: NaiveDate) -> Result<bool, AppError> {
    let now = tx.now();
    let written = prepared(
        "INSERT INTO disclosure_medians (month, companies, adoption_percent, mean_minutes, frozen_at)
         SELECT $1, count(*), round(percentile_cont(0.5) WITHIN GROUP (ORDER BY 100.0 * users / people)),
                round(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds / 60.0 / consultations)), $2
         FROM disclosure_cells c
         JOIN disclosure_snapshots s USING (company_id, month)
         WHERE month = $1 AND kind = 'company' AND hidden IS NULL AND setting <> 'named'
         HAVING count(*) >= 5
         ON CONFLICT DO NOTHING",
    )
    .bind::<Date, _>(month)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(written > 0)
}
