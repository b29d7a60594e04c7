//! How many consultations of the year the contract still gives an employee.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Integer, Timestamptz},
};

use crate::infra::{actor::Employee, db::Tx, error::AppError, prepared::prepared};

/// The reader's share of the year it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryableByName)]
pub struct Share {
    /// What the contract gives.
    #[diesel(sql_type = Integer)]
    pub most: i32,
    #[diesel(sql_type = Integer)]
    counted: i32,
}

impl Share {
    /// How many can still be booked.
    #[must_use]
    pub fn left(self) -> i32 {
        (self.most - self.counted).max(0)
    }
}

/// The reader's share of this year; `None` where the contract sets no limit.
///
/// # Errors
/// The database's.
pub fn share(tx: &mut Tx<Employee>) -> Result<Option<Share>, AppError> {
    let now = tx.now();
    Ok(
        prepared("SELECT most, counted FROM hz.own_consultation_limit($1)")
            .bind::<Timestamptz, _>(now)
            .get_result(tx.conn())
            .optional()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_lowered_below_what_was_booked_leaves_nothing() {
        let left = |most, counted| Share { most, counted }.left();
        assert_eq!([left(8, 0), left(8, 8), left(8, 11)], [8, 0, 0]);
    }
}
