//! All the SQL of privacy.

use diesel::prelude::*;

use super::consents::{CURRENT_VERSION, Consent};
use crate::{
    infra::{actor::Visitor, db::Tx, error::AppError, i18n::Locale},
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
