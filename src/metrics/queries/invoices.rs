//! What the invoices are made from: each practitioner's activity by company, as a file.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    Figures,
    platform::{ListFilter, filtered},
};
use crate::{
    infra::{actor::Admin, db::Tx, error::AppError, export},
    metrics::model::Activity,
    privacy::access::{self, What},
};

/// A line of the exported report by practitioner: what one did for one company.
#[derive(Debug)]
pub struct InvoiceLine {
    /// Title, given and family name.
    pub practitioner: String,
    /// The company's name.
    pub company: String,
    /// What was done.
    pub activity: Activity,
}

#[derive(QueryableByName)]
struct InvoiceRow {
    #[diesel(sql_type = Text)]
    practitioner: String,
    #[diesel(sql_type = Text)]
    company: String,
    #[diesel(embed)]
    figures: Figures,
}

#[derive(QueryableByName)]
struct Invoiced {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Records that a file of [`each_line`] is made, before it is: a download that breaks off has
/// shown some of it.
///
/// # Errors
/// The database's.
pub fn record_file(tx: &mut Tx<Admin>, filter: &ListFilter) -> Result<(), AppError> {
    let invoiced: Vec<Invoiced> = filtered(
        "SELECT DISTINCT a.practitioner_id AS id
         FROM practitioner_activity_daily a
         JOIN practitioners p ON p.user_id = a.practitioner_id
         JOIN users u ON u.id = a.practitioner_id
         WHERE a.day BETWEEN $1 AND $2 AND ($3::text IS NULL OR p.verification = $3)
           AND ($4::text IS NULL OR strpos(
               hz.searchable(u.first_name || ' ' || u.last_name || ' ' || u.first_name), hz.searchable($5)) > 0)",
        filter,
    )
    .load(tx.conn())?;
    access::record(tx, invoiced.iter().map(|one| one.id), What::AdminFile);
    Ok(())
}

/// The activity of the practitioners that match by company, one by one, for a file of any length; see
/// [`record_file`].
///
/// # Errors
/// The database's, or what `each` answers.
pub fn each_line(
    tx: &mut Tx<Admin>,
    filter: &ListFilter,
    mut each: impl FnMut(InvoiceLine) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let query = filtered(
        "SELECT trim(concat_ws(' ', p.title, u.first_name, u.last_name)) AS practitioner, c.name AS company,
                a.consult_count, a.seconds
         FROM (SELECT practitioner_id, company_id, sum(consult_count)::bigint AS consult_count,
                      sum(total_duration_seconds)::bigint AS seconds
               FROM practitioner_activity_daily WHERE day BETWEEN $1 AND $2
               GROUP BY practitioner_id, company_id) a
         JOIN practitioners p ON p.user_id = a.practitioner_id
         JOIN users u ON u.id = a.practitioner_id
         JOIN companies c ON c.id = a.company_id
         WHERE ($3::text IS NULL OR p.verification = $3)
           AND ($4::text IS NULL OR strpos(
               hz.searchable(u.first_name || ' ' || u.last_name || ' ' || u.first_name), hz.searchable($5)) > 0)
         ORDER BY u.last_name, u.first_name, a.practitioner_id, c.name, a.company_id",
        filter,
    );
    export::each_row(tx, query, |row: InvoiceRow| {
        each(InvoiceLine {
            practitioner: row.practitioner,
            company: row.company,
            activity: row.figures.into(),
        })
    })
}
