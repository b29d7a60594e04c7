//! All the SQL of privacy.

pub mod access;
pub mod consents;
pub mod departure;
pub mod erasure;
pub mod export;
pub mod retention;

use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Array, BigInt, Text},
};

use super::secrets::Secret;
use crate::infra::{actor::Hr, db::Tx, error::AppError, prepared::prepared};

#[derive(QueryableByName)]
struct Reachable {
    #[diesel(sql_type = BigInt)]
    tables: i64,
}

/// Whether HR's role, in whose name this transaction runs, has no right at all on what holds a secret:
/// neither on a table nor on one of its columns.
///
/// # Errors
/// The database's; a table that does not exist.
pub fn is_out_of_reach(tx: &mut Tx<Hr>, secret: Secret) -> Result<bool, AppError> {
    let found: Reachable = prepared(
        "SELECT count(*) AS tables FROM unnest($1) AS t (name)
         WHERE has_table_privilege('public.' || t.name, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
            OR has_any_column_privilege('public.' || t.name, 'SELECT, INSERT, UPDATE, REFERENCES')",
    )
    .bind::<Array<Text>, _>(secret.tables())
    .get_result(tx.conn())?;
    Ok(found.tables == 0)
}
