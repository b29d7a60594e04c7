//! What a person wants to be told.

use chrono::NaiveTime;
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Bool, Nullable, Text, Time, Uuid as SqlUuid},
};

use super::inbox::Told;
use crate::{
    infra::{actor::Actor, db::Tx, error::AppError, prepared::prepared},
    notifications::model::{Preferences, QuietHours, Topic},
};

#[derive(QueryableByName)]
struct PreferencesRow {
    #[diesel(sql_type = Array<Text>)]
    muted_in_app: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    muted_mail: Vec<String>,
    #[diesel(sql_type = Nullable<Time>)]
    quiet_from: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Time>)]
    quiet_until: Option<NaiveTime>,
    #[diesel(sql_type = Bool)]
    discreet: bool,
}

/// The topics with these names.
pub(super) fn topics(names: &[String]) -> Vec<Topic> {
    let named = |topic: &Topic| names.iter().any(|name| name == topic.as_str());
    Topic::ALL.into_iter().filter(named).collect()
}

fn names(topics: &[Topic]) -> Vec<&'static str> {
    topics.iter().map(|topic| topic.as_str()).collect()
}

/// The reader's own preferences, or those everybody begins with.
///
/// # Errors
/// The database's.
pub fn own<K: Told>(tx: &mut Tx<Actor<K>>) -> Result<Preferences, AppError> {
    let row: Option<PreferencesRow> = prepared(
        "SELECT muted_in_app, muted_mail, quiet_from, quiet_until, discreet FROM notification_preferences",
    )
    .get_result(tx.conn())
    .optional()?;
    Ok(row.map_or_else(
        || Preferences::initial(K::IS_EMPLOYEE),
        |row| Preferences {
            muted_in_app: topics(&row.muted_in_app),
            muted_mail: topics(&row.muted_mail),
            quiet: row
                .quiet_from
                .zip(row.quiet_until)
                .map(|(from, until)| QuietHours { from, until }),
            discreet: row.discreet,
        },
    ))
}

/// Keeps the reader's own preferences.
///
/// # Errors
/// The database's.
pub fn keep<K: Told>(tx: &mut Tx<Actor<K>>, preferences: &Preferences) -> Result<(), AppError> {
    let me = tx.user_id()?;
    prepared(
        "INSERT INTO notification_preferences (user_id, muted_in_app, muted_mail, quiet_from, quiet_until, discreet)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (user_id) DO UPDATE
             SET muted_in_app = EXCLUDED.muted_in_app, muted_mail = EXCLUDED.muted_mail,
                 quiet_from = EXCLUDED.quiet_from, quiet_until = EXCLUDED.quiet_until,
                 discreet = EXCLUDED.discreet",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Array<Text>, _>(names(&preferences.muted_in_app))
    .bind::<Array<Text>, _>(names(&preferences.muted_mail))
    .bind::<Nullable<Time>, _>(preferences.quiet.map(|quiet| quiet.from))
    .bind::<Nullable<Time>, _>(preferences.quiet.map(|quiet| quiet.until))
    .bind::<Bool, _>(preferences.discreet)
    .execute(tx.conn())?;
    Ok(())
}
