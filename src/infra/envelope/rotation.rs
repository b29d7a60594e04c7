//! Another key-encryption key, while the application serves.
//!
//! A batch of data keys is opened with the KEK that wrapped it and wrapped by the current one, in one
//! transaction that also counts it: whatever interrupts a rotation, the next one goes on with what is
//! left. A row is only replaced if it still is what was read: a key destroyed meanwhile stays destroyed.
//! Nobody waits for it: readers see a row before or after, and every process knows both KEKs.

use anyhow::{Context as _, bail, ensure};
use chrono::{DateTime, Utc};
use diesel::{
    Connection as _, OptionalExtension as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{Array, BigInt, Binary, Bool, Integer, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    keys::KeyRow,
    kms::{Kms, KmsError},
};
use crate::infra::{
    actor::Worker, clock::Clock, config::DatabaseUrl, db::Tx, error::AppError, migrate::KEYS_ROLE,
    prepared::prepared,
};

/// Data keys per transaction.
const BATCH: i64 = 500;

/// A connection of its own to change keys with, as `hz_keys`.
///
/// # Errors
/// No connection, or a login that may not become that role.
pub fn connect_keys(url: &DatabaseUrl) -> anyhow::Result<PgConnection> {
    let mut conn = PgConnection::establish(url.expose())
        .context("cannot reach the database as the login of keys (DATABASE_KEYS_URL)")?;
    conn.batch_execute(&format!(
        "SET timezone = 'UTC'; SET lock_timeout = '10s'; SET ROLE {KEYS_ROLE}"
    ))
    .context("the login of keys cannot become its role: run `huntzen migrate` first")?;
    Ok(conn)
}

/// How far a rotation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Keys to change in all.
    pub total: i32,
    /// Of which are changed.
    pub done: i32,
    /// Of which could not be opened, and were left.
    pub failed: i32,
}

/// A key-encryption key and how many data keys it wraps.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Kek {
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub keys: i64,
}

/// The KEKs in use.
///
/// # Errors
/// The database's.
pub fn keks(conn: &mut PgConnection) -> anyhow::Result<Vec<Kek>> {
    Ok(
        sql_query("SELECT kek AS name, count(*) AS keys FROM data_keys GROUP BY kek ORDER BY kek")
            .load(conn)?,
    )
}

/// A rotation, as its row says.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Rotation {
    /// `kek` or `data`.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Keys to change in all.
    #[diesel(sql_type = Integer)]
    pub total: i32,
    /// Of which are changed.
    #[diesel(sql_type = Integer)]
    pub done: i32,
    /// Of which could not be opened, and were left.
    #[diesel(sql_type = Integer)]
    pub failed: i32,
}

/// The latest rotation of each kind, for the metrics.
///
/// # Errors
/// The database's.
pub fn rotations(tx: &mut Tx<Worker>) -> Result<Vec<Rotation>, AppError> {
    Ok(prepared(
        "SELECT DISTINCT ON (kind) kind, total, done, failed FROM key_rotations ORDER BY kind, started_at DESC",
    )
    .load(tx.conn())?)
}

/// Wraps every data key with the current KEK. Goes on where an earlier one was interrupted; `heard` is
/// told after every batch.
///
/// # Errors
/// A rotation at work, a KEK that is not at hand, a KMS out of reach, the database's.
pub fn rotate_kek(
    conn: &mut PgConnection,
    kms: &dyn Kms,
    clock: &Clock,
    mut heard: impl FnMut(Progress),
) -> anyhow::Result<Progress> {
    let _turn = Turn::take(conn)?;
    let target = kms.current()?;
    for kek in keks(conn)? {
        ensure!(
            kms.knows(&kek.name)?,
            "{} wraps {} keys and is not at hand",
            kek.name,
            kek.keys
        );
    }
    let left = left(conn, &target)?;
    let mut run = Run::begin(conn, ("kek", &target), left, clock.now())?;
    // A process that was late to learn of the new KEK may have wrapped a key with the old one: what
    // came meanwhile is taken too, until a whole round finds nothing to change.
    loop {
        run.progress.failed = 0;
        let before = run.progress.done;
        for kek in keks(conn)? {
            if kek.name != target {
                run.rewrap_all(conn, kms, &kek.name, clock, &mut heard)?;
            }
        }
        if run.progress.done == before {
            break;
        }
    }
    run.finish(conn, clock.now())?;
    heard(run.progress);
    Ok(run.progress)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Flag {
    #[diesel(sql_type = Bool)]
    flag: bool,
}

/// One rotation at a time; the lock is the connection's and ends with it.
pub(super) struct Turn;

impl Turn {
    pub fn take(conn: &mut PgConnection) -> anyhow::Result<Self> {
        let got =
            sql_query("SELECT pg_try_advisory_lock(hashtext('huntzen.keys.rotation')) AS flag")
                .get_result::<Flag>(conn)?;
        ensure!(got.flag, "another rotation is at work on this database");
        Ok(Self)
    }
}

fn left(conn: &mut PgConnection, target: &str) -> anyhow::Result<i32> {
    let left = sql_query("SELECT count(*) AS count FROM data_keys WHERE kek <> $1")
        .bind::<Text, _>(target)
        .get_result::<Count>(conn)?;
    i32::try_from(left.count).context("more keys than are counted")
}

#[derive(QueryableByName)]
struct RunRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Integer)]
    total: i32,
    #[diesel(sql_type = Integer)]
    done: i32,
    #[diesel(sql_type = Timestamptz)]
    started_at: DateTime<Utc>,
}

/// The row that says how far it is.
pub(super) struct Run {
    id: Uuid,
    pub progress: Progress,
    pub started_at: DateTime<Utc>,
}

impl Run {
    /// A rotation to the same target that was interrupted goes on; one to another KEK is given up.
    pub fn begin(
        conn: &mut PgConnection,
        (kind, target): (&str, &str),
        left: i32,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        conn.transaction(|conn| {
            sql_query(
                "UPDATE key_rotations SET finished_at = $2, updated_at = $2
                 WHERE kind = 'kek' AND $3 = 'kek' AND target <> $1 AND finished_at IS NULL",
            )
            .bind::<Text, _>(target)
            .bind::<Timestamptz, _>(now)
            .bind::<Text, _>(kind)
            .execute(conn)?;
            let interrupted = sql_query(
                "UPDATE key_rotations SET total = done + $2, failed = 0, updated_at = $3
                 WHERE kind = $4 AND target = $1 AND finished_at IS NULL RETURNING id, total, done, started_at",
            )
            .bind::<Text, _>(target)
            .bind::<Integer, _>(left)
            .bind::<Timestamptz, _>(now)
            .bind::<Text, _>(kind)
            .get_result::<RunRow>(conn)
            .optional()?;
            let row = match interrupted {
                Some(row) => row,
                None => sql_query(
                    "INSERT INTO key_rotations (id, kind, target, total, started_at, updated_at)
                     VALUES ($1, $5, $2, $3, $4, $4) RETURNING id, total, done, started_at",
                )
                .bind::<SqlUuid, _>(Uuid::new_v4())
                .bind::<Text, _>(target)
                .bind::<Integer, _>(left)
                .bind::<Timestamptz, _>(now)
                .bind::<Text, _>(kind)
                .get_result::<RunRow>(conn)?,
            };
            Ok(Self {
                id: row.id,
                started_at: row.started_at,
                progress: Progress {
                    total: row.total,
                    done: row.done,
                    failed: 0,
                },
            })
        })
    }

    fn rewrap_all(
        &mut self,
        conn: &mut PgConnection,
        kms: &dyn Kms,
        kek: &str,
        clock: &Clock,
        heard: &mut impl FnMut(Progress),
    ) -> anyhow::Result<()> {
        let mut after = Uuid::nil();
        loop {
            let before = self.progress;
            let batch = conn.transaction(|conn| -> anyhow::Result<Option<Uuid>> {
                let rows = batch(conn, kek, after)?;
                let last = rows.last().map(|row| row.id);
                self.rewrap(conn, kms, rows)?;
                self.write(conn, clock.now())?;
                Ok(last)
            });
            match batch {
                Ok(Some(last)) => after = last,
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.progress = before;
                    return Err(error);
                }
            }
            heard(self.progress);
        }
    }

    fn rewrap(
        &mut self,
        conn: &mut PgConnection,
        kms: &dyn Kms,
        rows: Vec<KeyRow>,
    ) -> anyhow::Result<()> {
        let (mut ids, mut olds) = (Vec::new(), Vec::new());
        let (mut keks, mut news) = (Vec::new(), Vec::new());
        for row in rows {
            let context = row.own_context();
            let key = match kms.unwrap(&row.kek, &row.wrapped, &context) {
                Ok(key) => key,
                Err(KmsError::NotGenuine) => {
                    tracing::error!(key = %row.id, "a wrapped key is not genuine and was left");
                    self.progress.failed += 1;
                    continue;
                }
                Err(error) => bail!(error),
            };
            let wrapped = kms.wrap(&key, &context)?;
            ids.push(row.id);
            olds.push(row.wrapped);
            keks.push(wrapped.kek);
            news.push(wrapped.bytes);
        }
        let changed = sql_query(
            "UPDATE data_keys d SET kek = n.kek, wrapped = n.wrapped
             FROM unnest($1, $2, $3, $4) AS n (id, old, kek, wrapped)
             WHERE d.id = n.id AND d.wrapped = n.old",
        )
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Binary>, _>(olds)
        .bind::<Array<Text>, _>(keks)
        .bind::<Array<Binary>, _>(news)
        .execute(conn)?;
        self.progress.done += i32::try_from(changed)?;
        Ok(())
    }

    pub fn write(&mut self, conn: &mut PgConnection, now: DateTime<Utc>) -> anyhow::Result<()> {
        let Progress {
            total,
            done,
            failed,
        } = self.progress;
        self.progress.total = total.max(done + failed);
        sql_query(
            "UPDATE key_rotations SET total = $2, done = $3, failed = $4, updated_at = $5 WHERE id = $1",
        )
        .bind::<SqlUuid, _>(self.id)
        .bind::<Integer, _>(self.progress.total)
        .bind::<Integer, _>(done)
        .bind::<Integer, _>(failed)
        .bind::<Timestamptz, _>(now)
        .execute(conn)?;
        Ok(())
    }

    /// Keys destroyed meanwhile are nobody's work any more.
    pub fn finish(&mut self, conn: &mut PgConnection, now: DateTime<Utc>) -> anyhow::Result<()> {
        self.progress.total = self.progress.done + self.progress.failed;
        self.write(conn, now)?;
        sql_query("UPDATE key_rotations SET finished_at = $2 WHERE id = $1")
            .bind::<SqlUuid, _>(self.id)
            .bind::<Timestamptz, _>(now)
            .execute(conn)?;
        Ok(())
    }
}

fn batch(conn: &mut PgConnection, kek: &str, after: Uuid) -> anyhow::Result<Vec<KeyRow>> {
    Ok(sql_query(
        "SELECT id, scope, owner_id, version, kek, wrapped FROM data_keys
         WHERE kek = $1 AND id > $2 ORDER BY id LIMIT $3",
    )
    .bind::<Text, _>(kek)
    .bind::<SqlUuid, _>(after)
    .bind::<BigInt, _>(BATCH)
    .load(conn)?)
}
