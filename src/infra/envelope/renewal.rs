//! New versions of data keys, while the application serves.
//!
//! For some scopes at a time: a new version is made; once no transaction is left that may not know of it,
//! what the older ones sealed is sealed again; once no transaction is left that may still look for those,
//! they are destroyed. Each step is a transaction of its own and finds what an interrupted one has left.
//! A field is only replaced if it still is what was read: what somebody changes meanwhile is sealed with
//! the newest version anyway. A field that cannot be read keeps its key.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{Array, BigInt, Binary, Integer, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    CannotRead, Field, Scope, Sealed,
    data_key::DataKey,
    keys::{KeyRow, Statements},
    kms::{Kms, KmsError},
    record::ScopeKey,
    rotation::{Progress, Run, Turn},
};
use crate::infra::migrate::{KEYS_ROLE, RESEAL_ROLE};

/// Scopes at a time.
const BATCH: i64 = 100;
/// Between two looks at who is still at work, in seconds: the database waits for its own transactions.
const PAUSE: &str = "SELECT pg_sleep(0.005)";

/// A column that holds sealed texts. Its field's row is the row's `id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The kind of scope whose keys seal it, as [`Scope`] names it in the database.
    pub scope: &'static str,
    /// The column with the scope's owner.
    pub owner: &'static str,
}

/// Gives every scope of a kind a new version of its key. Goes on where an earlier one was interrupted;
/// `heard` is told after every batch of scopes.
///
/// # Errors
/// A rotation at work, a KMS out of reach, the database's.
pub fn renew(
    conn: &mut PgConnection,
    kms: &dyn Kms,
    columns: &[SealedColumn],
    kind: &str,
    mut heard: impl FnMut(Progress),
) -> anyhow::Result<Progress> {
    let _turn = Turn::take(conn)?;
    let columns: Vec<SealedColumn> = columns
        .iter()
        .filter(|column| column.scope == kind)
        .copied()
        .collect();
    anyhow::ensure!(!columns.is_empty(), "{kind}: nothing is sealed for it");
    let started = now(conn)?;
    let left = scopes_left(conn, kind, started)?;
    let mut run = Run::begin(conn, ("data", kind), left, started)?;
    run.progress.failed = 0;
    let mut after = Uuid::nil();
    loop {
        let owners = batch(conn, kind, run.started_at, after)?;
        let Some(last) = owners.last().copied() else {
            break;
        };
        after = last;
        conn.transaction(|conn| make_versions(conn, kms, (kind, run.started_at), &owners))?;
        wait_for_older_transactions(conn)?;
        let kept = reseal(conn, kms, &columns, (kind, &owners))?;
        wait_for_older_transactions(conn)?;
        conn.transaction(|conn| destroy_older(conn, kind, &owners, &kept))?;
        run.progress.failed += i32::try_from(kept.len())?;
        run.progress.done += i32::try_from(owners.len() - kept.len())?;
        let moment = now(conn)?;
        run.write(conn, moment)?;
        heard(run.progress);
    }
    let moment = now(conn)?;
    run.finish(conn, moment)?;
    heard(run.progress);
    Ok(run.progress)
}

#[derive(QueryableByName)]
struct Moment {
    #[diesel(sql_type = Timestamptz)]
    moment: DateTime<Utc>,
}

/// By the database's clock, as the keys' own dates are.
fn now(conn: &mut PgConnection) -> anyhow::Result<DateTime<Utc>> {
    Ok(sql_query("SELECT now() AS moment")
        .get_result::<Moment>(conn)?
        .moment)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn scopes_left(conn: &mut PgConnection, kind: &str, started: DateTime<Utc>) -> anyhow::Result<i32> {
    let left = sql_query(
        "SELECT count(DISTINCT owner_id) AS count FROM data_keys WHERE scope = $1 AND created_at < $2",
    )
    .bind::<Text, _>(kind)
    .bind::<Timestamptz, _>(started)
    .get_result::<Count>(conn)?;
    i32::try_from(left.count).context("more keys than are counted")
}

#[derive(QueryableByName)]
struct Owner {
    #[diesel(sql_type = SqlUuid)]
    owner_id: Uuid,
}

/// Scopes with a key from before the renewal.
fn batch(
    conn: &mut PgConnection,
    kind: &str,
    started: DateTime<Utc>,
    after: Uuid,
) -> anyhow::Result<Vec<Uuid>> {
    let owners: Vec<Owner> = sql_query(
        "SELECT DISTINCT owner_id FROM data_keys
         WHERE scope = $1 AND owner_id > $2 AND created_at < $3 ORDER BY owner_id LIMIT $4",
    )
    .bind::<Text, _>(kind)
    .bind::<SqlUuid, _>(after)
    .bind::<Timestamptz, _>(started)
    .bind::<BigInt, _>(BATCH)
    .load(conn)?;
    Ok(owners.into_iter().map(|row| row.owner_id).collect())
}

/// For those whose newest key is from before the renewal.
fn make_versions(
    conn: &mut PgConnection,
    kms: &dyn Kms,
    (kind, started): (&str, DateTime<Utc>),
    owners: &[Uuid],
) -> anyhow::Result<()> {
    #[derive(QueryableByName)]
    struct Newest {
        #[diesel(sql_type = SqlUuid)]
        owner_id: Uuid,
        #[diesel(sql_type = SmallInt)]
        version: i16,
    }
    let newest: Vec<Newest> = sql_query(
        "SELECT owner_id, max(version) AS version FROM data_keys WHERE scope = $1 AND owner_id = ANY ($2)
         GROUP BY owner_id HAVING max(created_at) < $3",
    )
    .bind::<Text, _>(kind)
    .bind::<Array<SqlUuid>, _>(owners)
    .bind::<Timestamptz, _>(started)
    .load(conn)?;
    for Newest { owner_id, version } in newest {
        let version = version
            .checked_add(1)
            .context("a key has as many versions as there can be")?;
        let id = Uuid::new_v4();
        let context = KeyRow::context(id, (kind, owner_id), version);
        let wrapped = kms.wrap(&DataKey::random(), &context)?;
        sql_query(Statements::of(kind).add)
            .bind::<SqlUuid, _>(id)
            .bind::<Text, _>(kind)
            .bind::<SqlUuid, _>(owner_id)
            .bind::<SmallInt, _>(version)
            .bind::<Text, _>(wrapped.kek)
            .bind::<Binary, _>(wrapped.bytes)
            .execute(conn)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Transaction {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Until every transaction of this database that is open now has ended: as `CREATE INDEX CONCURRENTLY`
/// waits. Whoever begins later sees what is committed now.
fn wait_for_older_transactions(conn: &mut PgConnection) -> anyhow::Result<()> {
    let open = |conn: &mut PgConnection| -> anyhow::Result<Vec<String>> {
        let rows: Vec<Transaction> = sql_query(
            "SELECT l.virtualtransaction AS name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE l.locktype = 'virtualxid' AND l.granted AND l.pid <> pg_backend_pid()
               AND a.datname = current_database()",
        )
        .load(conn)?;
        Ok(rows.into_iter().map(|row| row.name).collect())
    };
    let mut waited_for = open(conn)?;
    while !waited_for.is_empty() {
        conn.batch_execute(PAUSE)?;
        let still = open(conn)?;
        waited_for.retain(|name| still.contains(name));
    }
    Ok(())
}

/// The keys of one scope, unwrapped.
struct Keys {
    newest: i16,
    versions: HashMap<i16, (Uuid, DataKey)>,
}

fn keys_of(
    conn: &mut PgConnection,
    kms: &dyn Kms,
    kind: &str,
    owners: &[Uuid],
) -> anyhow::Result<HashMap<Uuid, Keys>> {
    let rows: Vec<KeyRow> = sql_query(
        "SELECT id, scope, owner_id, version, kek, wrapped FROM data_keys
         WHERE scope = $1 AND owner_id = ANY ($2)",
    )
    .bind::<Text, _>(kind)
    .bind::<Array<SqlUuid>, _>(owners)
    .load(conn)?;
    let mut all: HashMap<Uuid, Keys> = HashMap::new();
    for row in rows {
        let keys = all.entry(row.owner_id).or_insert(Keys {
            newest: 0,
            versions: HashMap::new(),
        });
        keys.newest = keys.newest.max(row.version);
        match kms.unwrap(&row.kek, &row.wrapped, &row.own_context()) {
            Ok(key) => {
                keys.versions.insert(row.version, (row.id, key));
            }
            Err(KmsError::NotGenuine) => {
                tracing::error!(key = %row.id, "a wrapped key is not genuine and was left");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(all)
}

#[derive(QueryableByName)]
struct Held {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    owner: Uuid,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Binary)]
    sealed: Sealed,
}

/// Seals again what older versions sealed; the scopes in which something could not be read.
fn reseal(
    conn: &mut PgConnection,
    kms: &dyn Kms,
    columns: &[SealedColumn],
    (kind, owners): (&str, &[Uuid]),
) -> anyhow::Result<Vec<Uuid>> {
    let keys = keys_of(conn, kms, kind, owners)?;
    conn.transaction(|conn| {
        conn.batch_execute(&format!("SET LOCAL ROLE {RESEAL_ROLE}"))?;
        let mut kept = Vec::new();
        for place in columns {
            for owner in owners {
                let Some(keys) = keys.get(owner) else {
                    continue;
                };
                if !reseal_column(conn, place, *owner, keys)? && !kept.contains(owner) {
                    kept.push(*owner);
                }
            }
        }
        Ok(kept)
    })
}

/// Whether everything there is sealed with the newest version now.
fn reseal_column(
    conn: &mut PgConnection,
    place: &SealedColumn,
    owner: Uuid,
    keys: &Keys,
) -> anyhow::Result<bool> {
    let SealedColumn {
        table,
        column,
        owner: owner_column,
        scope,
    } = place;
    // The version is in the two bytes after the format (see `record`).
    let held: Vec<Held> = sql_query(format!(
        "SELECT id, {owner_column} AS owner, {column} AS sealed,
                get_byte({column}, 1) * 256 + get_byte({column}, 2) AS version
         FROM {table} WHERE {owner_column} = $1 AND length({column}) > 3"
    ))
    .bind::<SqlUuid, _>(owner)
    .load(conn)?;
    let scope =
        Scope::named(scope, owner).context("a kind of scope that this build does not know")?;
    let key = |version: i16| {
        keys.versions.get(&version).map(|(id, key)| ScopeKey {
            id: *id,
            version,
            scope,
            key,
        })
    };
    let Some(newest) = key(keys.newest) else {
        return Ok(false);
    };
    let mut all = true;
    for row in held {
        if row.version == i32::from(keys.newest) {
            continue;
        }
        let field = Field {
            table,
            column,
            row: row.id,
        };
        let text = i16::try_from(row.version)
            .ok()
            .and_then(key)
            .map_or(Err(CannotRead), |key| key.open(field, &row.sealed));
        let Ok(text) = text else {
            tracing::error!(table, column, row = %row.id, "a sealed field cannot be read and was left");
            all = false;
            continue;
        };
        sql_query(format!(
            "UPDATE {table} SET {column} = $1 WHERE id = $2 AND {owner_column} = $3 AND {column} = $4"
        ))
        .bind::<Binary, _>(newest.seal(field, &text))
        .bind::<SqlUuid, _>(row.id)
        .bind::<SqlUuid, _>(row.owner)
        .bind::<Binary, _>(row.sealed)
        .execute(conn)?;
    }
    Ok(all)
}

fn destroy_older(
    conn: &mut PgConnection,
    kind: &str,
    owners: &[Uuid],
    kept: &[Uuid],
) -> anyhow::Result<()> {
    conn.batch_execute(&format!("SET LOCAL ROLE {KEYS_ROLE}"))?;
    sql_query(
        "DELETE FROM data_keys d USING (SELECT owner_id, max(version) AS version FROM data_keys
                                        WHERE scope = $1 AND owner_id = ANY ($2) GROUP BY owner_id) newest
         WHERE d.scope = $1 AND d.owner_id = newest.owner_id AND d.version < newest.version
           AND d.owner_id <> ALL ($3)",
    )
    .bind::<Text, _>(kind)
    .bind::<Array<SqlUuid>, _>(owners)
    .bind::<Array<SqlUuid>, _>(kept)
    .execute(conn)?;
    Ok(())
}
