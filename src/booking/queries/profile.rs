//! A practitioner's page: who they are and when they are free, in one statement.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    deserialize::{self, FromSql},
    pg::{Pg, PgValue},
    sql_types::{
        Array, Date, Nullable, Record, SmallInt, Text, Time, Timestamptz, Uuid as SqlUuid,
    },
};
use uuid::Uuid;

use super::{CalendarRow, HoursRow, Pieces, declared_hours, of_pieces, pieces};
use crate::{
    booking::calendar::Calendar,
    infra::{actor::Employee, db::Tx, error::AppError},
    practitioners::{
        model::Settings,
        queries::{Profile, select_profile},
    },
};

/// The columns of a [`CalendarRow`], in the order of [`pieces!`].
type Piece = Record<(
    Nullable<SqlUuid>,
    Text,
    Nullable<SmallInt>,
    Nullable<Time>,
    Nullable<Time>,
    Nullable<Date>,
    Nullable<Date>,
    Nullable<SmallInt>,
    Nullable<Timestamptz>,
    Nullable<Timestamptz>,
)>;

impl FromSql<Piece, Pg> for CalendarRow {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        type Columns = (
            Option<Uuid>,
            String,
            Option<i16>,
            Option<NaiveTime>,
            Option<NaiveTime>,
            Option<NaiveDate>,
            Option<NaiveDate>,
            Option<i16>,
            Option<DateTime<Utc>>,
            Option<DateTime<Utc>>,
        );
        let (
            practitioner_id,
            kind,
            weekday,
            start_time,
            end_time,
            first_day,
            last_day,
            every_weeks,
            starts_at,
            until,
        ): Columns = FromSql::<Piece, Pg>::from_sql(value)?;
        let hours = HoursRow {
            practitioner_id,
            kind,
            weekday,
            start_time,
            end_time,
            first_day,
            last_day,
            every_weeks,
        };
        Ok(Self {
            hours,
            starts_at,
            until,
        })
    }
}

#[derive(QueryableByName)]
struct PageRow {
    #[diesel(embed)]
    profile: Profile,
    #[diesel(sql_type = Array<Piece>)]
    pieces: Vec<CalendarRow>,
}

/// The profile of one practitioner of the directory, and their calendar for starts in `range`.
///
/// # Errors
/// `NotFound` outside the directory.
pub fn profile_and_calendar(
    tx: &mut Tx<Employee>,
    practitioner: Uuid,
    range: &Range<DateTime<Utc>>,
) -> Result<(Profile, Calendar), AppError> {
    // How long their slots are, the statement itself is to say.
    let reads = Settings::MOST.reads(range);
    let sql = concat!(
        "SELECT profile.*, ARRAY(SELECT ROW(piece.*) FROM (",
        pieces!(),
        ") piece) AS pieces FROM (",
        select_profile!("$7", "$8"),
        ") profile"
    );
    let PageRow { profile, pieces } = of_pieces(tx, sql, &[practitioner], &reads)?
        .bind::<SqlUuid, _>(practitioner)
        .get_result(tx.conn())
        .optional()?
        .ok_or(AppError::NotFound)?;
    let mut pieces: Pieces = pieces.iter().collect();
    let calendar = pieces.take(practitioner, &profile.settings, tx.now());
    Ok((profile, calendar))
}
