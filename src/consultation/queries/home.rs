//! What the homes show of consultations, in one statement each: the employee's next ones; the practitioner's month,
//! what waits and who comes next.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Timestamptz, Uuid as SqlUuid},
};

use super::{Counts, Line, OpenCounts, employee_counts, employee_lines, employee_upcoming};
use crate::{
    booking::model::Status,
    infra::{
        actor::{Employee, Practitioner},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    metrics::queries::statement::{MONTH_SO_FAR, MonthSoFar},
    privacy::access::{self, What},
};

/// The first lines of the lists of what is not over, and how long these lists are.
#[derive(Debug, Default)]
pub struct OpenConsultations {
    /// The next that wait for an answer.
    pub to_confirm: Vec<Line>,
    /// The next that are confirmed, or going on.
    pub upcoming: Vec<Line>,
    /// How many there are of each.
    pub counts: OpenCounts,
}

#[derive(QueryableByName)]
struct OpenRow {
    #[diesel(embed)]
    line: Line,
    #[diesel(sql_type = BigInt)]
    in_list: i64,
}

/// The month, the same in each row, and a line where there is one.
#[derive(QueryableByName)]
struct HomeRow {
    #[diesel(embed)]
    month: MonthSoFar,
    #[diesel(embed)]
    open: Option<OpenRow>,
}

/// The practitioner's month, and the first `lines` of each list. The names behind them are looked up for
/// these lines only. Nothing goes on for a year: a bound on the start has the b-tree of what is ahead read, and not
/// the larger index of the exclusion constraint.
///
/// # Errors
/// The database's.
pub fn practitioner_home(
    tx: &mut Tx<Practitioner>,
    lines: i64,
) -> Result<(MonthSoFar, OpenConsultations), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let rows: Vec<HomeRow> = prepared(format!(
        "SELECT month.*, open.* FROM ({MONTH_SO_FAR}) month LEFT JOIN (
             SELECT c.id, c.status, c.format, c.starts_at, c.ends_at, c.duration_seconds, c.in_list,
                    false AS cancelled_late, c.practitioner_id,
                    CASE WHEN c.status = 'scheduled' THEN least(c.confirm_by, c.starts_at) END AS answer_by,
                    '' AS title, u.first_name, u.last_name, o.name AS company
             FROM (SELECT id, employee_id, practitioner_id, company_id, status, format, starts_at, ends_at,
                          duration_seconds, confirm_by,
                          count(*) OVER (PARTITION BY status = 'scheduled') AS in_list,
                          row_number() OVER (PARTITION BY status = 'scheduled' ORDER BY starts_at) AS place
                   FROM consultations
                   WHERE practitioner_id = $2 AND status IN ('scheduled', 'confirmed', 'in_progress')
                     AND starts_at > $1 - interval '1 year' AND (status = 'in_progress' OR ends_at > $1)) c
             JOIN users u ON u.id = c.employee_id JOIN companies o ON o.id = c.company_id
             WHERE c.place <= $3) open ON true
         ORDER BY open.starts_at"
    ))
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(me)
    .bind::<BigInt, _>(lines)
    .load(tx.conn())?;
    let month = rows.first().ok_or(AppError::NotFound)?.month;
    let mut open = OpenConsultations::default();
    for OpenRow { line, in_list } in rows.into_iter().filter_map(|row| row.open) {
        access::record_of_consultations(tx, [line.id], What::ConsultationList);
        if line.status()? == Status::Scheduled {
            open.counts.to_confirm = in_list;
            open.to_confirm.push(line);
        } else {
            open.counts.upcoming = in_list;
            open.upcoming.push(line);
        }
    }
    Ok((month, open))
}

/// The counts, the same in each row, and a line where there is one.
#[derive(QueryableByName)]
struct NextRow {
    #[diesel(embed)]
    counts: Counts,
    #[diesel(embed)]
    line: Option<Line>,
}

/// How many consultations the employee has in each list, and the first `lines` that are ahead or going on.
///
/// # Errors
/// The database's.
pub fn employee_home(tx: &mut Tx<Employee>, lines: i64) -> Result<(Counts, Vec<Line>), AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let rows: Vec<NextRow> = prepared(concat!(
        "SELECT counts.*, line.* FROM (",
        employee_counts!(),
        ") counts LEFT JOIN (",
        employee_upcoming!(),
        ") line ON true ORDER BY line.starts_at"
    ))
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(0)
    .bind::<BigInt, _>(lines)
    .load(tx.conn())?;
    let counts = rows.first().ok_or(AppError::NotFound)?.counts;
    Ok((
        counts,
        rows.into_iter().filter_map(|row| row.line).collect(),
    ))
}
