//! All the SQL of privacy.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName,
    prelude::*,
    sql_types::{Array, BigInt, Text},
};

use super::{
    consents::{CURRENT_VERSION, Consent},
    secrets::Secret,
};
use crate::{
    infra::{
        actor::{Employee, Hr, Visitor},
        db::Tx,
        error::AppError,
        i18n::Locale,
        prepared::prepared,
    },
    schema::consents,
};

/// Records that the transaction's person agreed to today's texts, read in `locale`.
///
/// # Errors
/// The database's.
pub fn record_consents(
    tx: &mut Tx<Visitor>,
    given: &[Consent],
    locale: Locale,
) -> Result<(), AppError> {
    let user_id = tx.user_id()?;
    let now = tx.now();
    let rows: Vec<_> = given
        .iter()
        .map(|consent| {
            (
                consents::user_id.eq(user_id),
                consents::kind.eq(consent.kind()),
                consents::version.eq(CURRENT_VERSION),
                consents::locale.eq(locale.code()),
                consents::given_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(consents::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(())
}

/// An agreement that was given.
#[derive(Clone, Debug, Queryable)]
pub struct Given {
    kind: String,
    /// Of the text.
    pub version: String,
    /// When.
    pub given_at: DateTime<Utc>,
}

impl Given {
    /// What the text is called; `None` for one that this version does not know.
    pub fn title_key(&self) -> Option<&'static str> {
        Consent::ALL
            .into_iter()
            .find(|consent| consent.kind() == self.kind)
            .map(Consent::title_key)
    }
}

/// What the person agreed to and has not withdrawn, the latest first.
///
/// # Errors
/// The database's.
pub fn given_consents(tx: &mut Tx<Employee>) -> Result<Vec<Given>, AppError> {
    let me = tx.user_id()?;
    Ok(consents::table
        .filter(consents::user_id.eq(me))
        .filter(consents::withdrawn_at.is_null())
        .order((consents::given_at.desc(), consents::kind.desc()))
        .select((consents::kind, consents::version, consents::given_at))
        .load(tx.conn())?)
}

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
