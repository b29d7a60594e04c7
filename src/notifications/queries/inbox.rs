//! A person's own notices.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::addresses::{self, PersonalAddress};
use crate::{
    content::queries::{self as news, Headline},
    infra::{
        actor::{Actor, Kind, kinds},
        db::Tx,
        error::AppError,
        prepared::prepared,
    },
    privacy::access::{self, What},
};

/// The roles that are told things.
pub trait Told: Kind + Sized {
    /// Where their pages begin.
    const HOME: &'static str;
    /// Whether they are employees; else practitioners.
    const IS_EMPLOYEE: bool;

    /// The reader's personal address; a practitioner's account has no other than its own.
    ///
    /// # Errors
    /// The database's.
    fn personal_address(_: &mut Tx<Actor<Self>>) -> Result<PersonalAddress, AppError> {
        Ok(PersonalAddress::default())
    }

    /// Those of these pieces of news that the reader may read; a practitioner has none.
    ///
    /// # Errors
    /// The database's.
    fn headlines(_: &mut Tx<Actor<Self>>, _: &[Uuid]) -> Result<HashMap<Uuid, Headline>, AppError> {
        Ok(HashMap::new())
    }
}

impl Told for kinds::Employee {
    const HOME: &'static str = "/employee/notifications";
    const IS_EMPLOYEE: bool = true;

    fn personal_address(tx: &mut Tx<Actor<Self>>) -> Result<PersonalAddress, AppError> {
        addresses::own(tx)
    }

    fn headlines(
        tx: &mut Tx<Actor<Self>>,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Headline>, AppError> {
        news::headlines(tx, ids)
    }
}

impl Told for kinds::Practitioner {
    const HOME: &'static str = "/practitioner/notifications";
    const IS_EMPLOYEE: bool = false;
}

/// A line of the list.
#[derive(Clone, Debug, QueryableByName)]
pub struct Notice {
    /// The notice.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// `notices.kind`.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// The appointment it is about, if it is about one.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub consultation_id: Option<Uuid>,
    /// The piece of news it is about, if it is about one.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub news_id: Option<Uuid>,
    /// `consultations.status`, today; empty for news.
    #[diesel(sql_type = Text)]
    pub status: String,
    /// The appointment's start when it was told.
    #[diesel(sql_type = Timestamptz)]
    pub starts_at: DateTime<Utc>,
    /// Its start before it was moved.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub previous_starts_at: Option<DateTime<Utc>>,
    /// When it was told.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Whether it was not read yet.
    #[diesel(sql_type = Bool)]
    pub unread: bool,
    /// Whether the reader did it.
    #[diesel(sql_type = Bool)]
    pub by_recipient: bool,
    /// The practitioner's title; empty for an employee.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The other's given name; empty when the other has left.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The other's family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
}

/// How many notices each list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, QueryableByName)]
pub struct Counts {
    /// All that are shown.
    #[diesel(sql_type = BigInt)]
    pub all: i64,
    /// Those not read yet.
    #[diesel(sql_type = BigInt)]
    pub unread: i64,
}

/// How many notices the reader has.
///
/// # Errors
/// The database's.
pub fn counts<K: Told>(tx: &mut Tx<Actor<K>>) -> Result<Counts, AppError> {
    let me = tx.user_id()?;
    Ok(prepared(
        "SELECT count(*) AS all, count(*) FILTER (WHERE read_at IS NULL) AS unread
         FROM notices
         WHERE recipient_id = $1
           AND kind <> ALL (coalesce((SELECT muted_in_app FROM notification_preferences), '{}'))",
    )
    .bind::<SqlUuid, _>(me)
    .get_result(tx.conn())?)
}

/// One page of the reader's notices, the latest first.
///
/// # Errors
/// The database's.
pub fn page<K: Told>(
    tx: &mut Tx<Actor<K>>,
    only_unread: bool,
    offset: i64,
    limit: i64,
) -> Result<Vec<Notice>, AppError> {
    let me = tx.user_id()?;
    let notices: Vec<Notice> = prepared(
        "SELECT n.id, n.kind, n.consultation_id, n.news_id, coalesce(c.status, '') AS status, n.starts_at, n.previous_starts_at, n.created_at,
                n.read_at IS NULL AS unread, n.by_recipient, coalesce(p.title, '') AS title,
                coalesce(u.first_name, '') AS first_name, coalesce(u.last_name, '') AS last_name
         FROM notices n
         LEFT JOIN consultations c ON c.id = n.consultation_id
         LEFT JOIN users u
             ON u.id = CASE WHEN c.employee_id = n.recipient_id THEN c.practitioner_id ELSE c.employee_id END
         LEFT JOIN practitioners p ON p.user_id = u.id
         WHERE n.recipient_id = $1 AND (n.read_at IS NULL OR NOT $2) AND (c.id IS NOT NULL OR n.news_id IS NOT NULL)
           AND n.kind <> ALL (coalesce((SELECT muted_in_app FROM notification_preferences), '{}'))
         ORDER BY n.position DESC OFFSET $3 LIMIT $4",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Bool, _>(only_unread)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    let named = notices.iter().filter_map(|notice| notice.consultation_id);
    access::record_of_consultations(tx, named, What::Notices);
    Ok(notices)
}

/// Marks one of the reader's notices as read. Doing it twice is harmless.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn mark_read<K: Told>(tx: &mut Tx<Actor<K>>, id: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    let read = prepared("UPDATE notices SET read_at = coalesce(read_at, $1) WHERE id = $2")
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    if read == 0 {
        return Err(AppError::NotFound);
    }
    Ok(())
}

/// Marks all of the reader's notices as read: how many were not.
///
/// # Errors
/// The database's.
pub fn mark_all_read<K: Told>(tx: &mut Tx<Actor<K>>) -> Result<usize, AppError> {
    let (me, now) = (tx.user_id()?, tx.now());
    Ok(
        prepared("UPDATE notices SET read_at = $1 WHERE recipient_id = $2 AND read_at IS NULL")
            .bind::<Timestamptz, _>(now)
            .bind::<SqlUuid, _>(me)
            .execute(tx.conn())?,
    )
}
