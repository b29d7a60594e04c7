//! The practitioner's home: what waits and who comes next, in one statement.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Timestamptz, Uuid as SqlUuid},
};

use super::{Line, OpenCounts};
use crate::{
    booking::model::Status,
    infra::{actor::Practitioner, db::Tx, error::AppError, prepared::prepared},
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

/// The first `lines` of each list. The names behind them are looked up for these lines only.
///
/// # Errors
/// The database's.
pub fn practitioner_open(
    tx: &mut Tx<Practitioner>,
    lines: i64,
) -> Result<OpenConsultations, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    let rows: Vec<OpenRow> = prepared(
        "SELECT c.id, c.status, c.format, c.starts_at, c.ends_at, c.duration_seconds, c.in_list,
                false AS cancelled_late, c.practitioner_id,
                CASE WHEN c.status = 'scheduled' THEN least(c.confirm_by, c.starts_at) END AS answer_by, '' AS title, u.first_name, u.last_name, o.name AS company
         FROM (SELECT id, employee_id, practitioner_id, company_id, status, format, starts_at, ends_at, duration_seconds, confirm_by,
                      count(*) OVER (PARTITION BY status = 'scheduled') AS in_list,
                      row_number() OVER (PARTITION BY status = 'scheduled' ORDER BY starts_at) AS place
               FROM consultations
               WHERE practitioner_id = $1 AND status IN ('scheduled', 'confirmed', 'in_progress')
                 AND (status = 'in_progress' OR ends_at > $2)) c
         JOIN users u ON u.id = c.employee_id JOIN companies o ON o.id = c.company_id
         WHERE c.place <= $3
         ORDER BY c.starts_at",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(lines)
    .load(tx.conn())?;
    let shown = rows.iter().map(|row| row.line.id);
    access::record_of_consultations(tx, shown, What::ConsultationList);
    let mut open = OpenConsultations::default();
    for OpenRow { line, in_list } in rows {
        if line.status()? == Status::Scheduled {
            open.counts.to_confirm = in_list;
            open.to_confirm.push(line);
        } else {
            open.counts.upcoming = in_list;
            open.upcoming.push(line);
        }
    }
    Ok(open)
}
