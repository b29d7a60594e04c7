//! All the SQL of activity: whose figures a function reads, and who may call it, is in its signature.
//!
//! - [`company`]: one company's sums, for the platform's admins.
//! - [`statement`]: one practitioner's days, months and companies.
//! - [`usage`]: what HR sees of its own company, through two functions of the database.
//! - [`disclosure`]: what a company's HR sees, and the frozen months it sees it in.
//! - [`platform`]: months of all companies and practitioners, for the platform's admins.
//! - [`invoices`]: what the invoices are made from.
//! - [`rollup`]: the recount, for the worker.

use chrono::NaiveDate;
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Date, Timestamptz},
};

use super::model::Activity;
use crate::infra::{
    actor::{Admin, Hr, Practitioner, Worker},
    db::Tx,
    error::AppError,
    prepared::prepared,
};

pub mod company;
pub mod disclosure;
pub mod invoices;
pub mod platform;
pub mod rollup;
pub mod statement;
pub mod usage;

#[derive(QueryableByName)]
struct Today {
    #[diesel(sql_type = Date)]
    today: NaiveDate,
}

/// Who sees figures by day, and may read in which zone the days are counted.
pub trait CountsDays {}
impl CountsDays for Practitioner {}
impl CountsDays for Hr {}
impl CountsDays for Admin {}
impl CountsDays for Worker {}

/// The date it is in the accounting zone.
///
/// # Errors
/// The database's.
pub fn today<R: CountsDays>(tx: &mut Tx<R>) -> Result<NaiveDate, AppError> {
    let now = tx.now();
    let row: Today = prepared(
        "SELECT ($1 AT TIME ZONE (SELECT accounting_zone FROM platform_settings))::date AS today",
    )
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())?;
    Ok(row.today)
}

/// The two figures of a row, under the names every query here gives them.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub(super) struct Figures {
    #[diesel(sql_type = BigInt)]
    consult_count: i64,
    #[diesel(sql_type = BigInt)]
    seconds: i64,
}

impl From<Figures> for Activity {
    fn from(figures: Figures) -> Self {
        Self {
            count: figures.consult_count,
            seconds: figures.seconds,
        }
    }
}
