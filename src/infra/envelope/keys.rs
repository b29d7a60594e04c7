//! The data keys: their rows, and the memory of those that were unwrapped.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use diesel::{
    OptionalExtension as _, PgConnection, QueryableByName, RunQueryDsl as _,
    sql_types::{Binary, SmallInt, Text, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    CannotRead, Field, Scope, Sealed,
    data_key::DataKey,
    kms::{Kms, KmsError},
    local::LocalKms,
    record::{self, ScopeKey},
    vault::{Both, VaultKms},
};
use crate::infra::{
    actor::Worker,
    audit::{self, Severity},
    config::{Config, Environment, KeySource},
    db::Tx,
    error::AppError,
    prepared::prepared,
};

/// Unwrapped keys that are remembered: about a megabyte.
const REMEMBERED: usize = 4096;

/// A row of `data_keys`. Equal rows are the same key: the memory recognises a key by all of it, so
/// that a row somebody changed is unwrapped anew, and refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash, QueryableByName)]
pub(super) struct KeyRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub scope: String,
    #[diesel(sql_type = SqlUuid)]
    pub owner_id: Uuid,
    #[diesel(sql_type = SmallInt)]
    pub version: i16,
    #[diesel(sql_type = Text)]
    pub kek: String,
    #[diesel(sql_type = Binary)]
    pub wrapped: Vec<u8>,
}

impl KeyRow {
    /// What is authenticated with a wrapped key.
    pub fn context(id: Uuid, (scope, owner): (&str, Uuid), version: i16) -> Vec<u8> {
        record::joined(&[
            b"huntzen-care/data-key",
            id.as_bytes(),
            scope.as_bytes(),
            owner.as_bytes(),
            &version.to_be_bytes(),
        ])
    }

    pub fn own_context(&self) -> Vec<u8> {
        Self::context(self.id, (&self.scope, self.owner_id), self.version)
    }

    fn newest(conn: &mut PgConnection, scope: Scope) -> Result<Option<Self>, AppError> {
        Ok(prepared(Statements::of(scope.kind()).newest)
            .bind::<Text, _>(scope.kind())
            .bind::<SqlUuid, _>(scope.owner())
            .get_result(conn)
            .optional()?)
    }

    fn of_version(
        conn: &mut PgConnection,
        scope: Scope,
        version: i16,
    ) -> Result<Option<Self>, AppError> {
        Ok(prepared(Statements::of(scope.kind()).of_version)
            .bind::<Text, _>(scope.kind())
            .bind::<SqlUuid, _>(scope.owner())
            .bind::<SmallInt, _>(version)
            .get_result(conn)
            .optional()?)
    }
}

/// How the keys of some scopes are found and made: in the table whose grants and policies are for them.
pub(super) struct Statements {
    newest: &'static str,
    of_version: &'static str,
    /// Leaves alone what is there already.
    create: &'static str,
    /// Fails where it is there already.
    pub(super) add: &'static str,
}

macro_rules! statements {
    ($table:literal) => {
        Statements {
            newest: concat!(
                "SELECT id, scope, owner_id, version, kek, wrapped FROM ONLY ",
                $table,
                " WHERE scope = $1 AND owner_id = $2 ORDER BY version DESC LIMIT 1"
            ),
            of_version: concat!(
                "SELECT id, scope, owner_id, version, kek, wrapped FROM ONLY ",
                $table,
                " WHERE scope = $1 AND owner_id = $2 AND version = $3"
            ),
            create: concat!(
                "INSERT INTO ",
                $table,
                " (id, scope, owner_id, version, kek, wrapped) VALUES ($1, $2, $3, $4, $5, $6)",
                " ON CONFLICT (scope, owner_id, version) DO NOTHING"
            ),
            add: concat!(
                "INSERT INTO ",
                $table,
                " (id, scope, owner_id, version, kek, wrapped) VALUES ($1, $2, $3, $4, $5, $6)"
            ),
        }
    };
}

impl Statements {
    const CONFIDED: Self = statements!("data_keys");
    const TICKETS: Self = statements!("ticket_keys");

    /// Those of a [`Scope::kind`].
    pub(super) fn of(kind: &str) -> &'static Self {
        match kind {
            "support" | "support_note" => &Self::TICKETS,
            _ => &Self::CONFIDED,
        }
    }
}

/// What one transaction has found of keys. Their rows: a page of thirty messages looks for their key once.
#[derive(Default)]
pub struct FoundKeys {
    newest: HashMap<Scope, KeyRow>,
    versions: HashMap<(Scope, i16), KeyRow>,
    /// Reported when the transaction is over.
    tampered: Vec<Tampered>,
}

impl FoundKeys {
    /// What was found to be tampered with since the last time.
    pub(in crate::infra) fn take_tampered(&mut self) -> Vec<Tampered> {
        std::mem::take(&mut self.tampered)
    }

    fn newest(
        &mut self,
        conn: &mut PgConnection,
        scope: Scope,
    ) -> Result<Option<KeyRow>, AppError> {
        if let Some(row) = self.newest.get(&scope) {
            return Ok(Some(row.clone()));
        }
        let row = KeyRow::newest(conn, scope)?;
        if let Some(row) = &row {
            self.newest.insert(scope, row.clone());
            self.versions.insert((scope, row.version), row.clone());
        }
        Ok(row)
    }

    fn of_version(
        &mut self,
        conn: &mut PgConnection,
        scope: Scope,
        version: i16,
    ) -> Result<Option<KeyRow>, AppError> {
        if let Some(row) = self.versions.get(&(scope, version)) {
            return Ok(Some(row.clone()));
        }
        let row = KeyRow::of_version(conn, scope, version)?;
        if let Some(row) = &row {
            self.versions.insert((scope, version), row.clone());
        }
        Ok(row)
    }
}

/// Unwrapped keys by the row they came from, the least lately used forgotten first.
#[derive(Default)]
struct Memory {
    keys: HashMap<KeyRow, (Arc<DataKey>, u64)>,
    uses: u64,
}

impl Memory {
    fn recall(&mut self, row: &KeyRow) -> Option<Arc<DataKey>> {
        self.uses += 1;
        let (key, used) = self.keys.get_mut(row)?;
        *used = self.uses;
        Some(key.clone())
    }

    fn remember(&mut self, row: KeyRow, key: Arc<DataKey>, most: usize) {
        if self.keys.len() >= most {
            // A quarter at a time: finding the oldest costs a look at all.
            let mut uses: Vec<u64> = self.keys.values().map(|(_, used)| *used).collect();
            uses.sort_unstable();
            let oldest_kept = uses[uses.len() / 4];
            self.keys.retain(|_, (_, used)| *used > oldest_kept);
        }
        self.keys.insert(row, (key, self.uses));
    }
}

/// The KMS of a configuration; `create` as [`LocalKms::open`].
///
/// # Errors
/// As [`LocalKms::open`].
pub fn open_kms(source: &KeySource, create: bool) -> anyhow::Result<Box<dyn Kms>> {
    Ok(match source {
        KeySource::File(_) | KeySource::Value(_) => Box::new(LocalKms::open(source, create)?),
        KeySource::Vault(vault, None) => Box::new(VaultKms::open(vault)?),
        KeySource::Vault(vault, Some(kept)) => Box::new(Both {
            wraps: Box::new(VaultKms::open(vault)?),
            kept: open_kms(kept, false)?,
        }),
        KeySource::LocalAfterVault(local, vault) => Box::new(Both {
            wraps: open_kms(local, create)?,
            kept: Box::new(VaultKms::open(vault)?),
        }),
    })
}

/// Why a text cannot be read: for the operator's log, and for nobody else.
#[derive(Debug, thiserror::Error)]
enum Reason {
    #[error("of no format of ours")]
    NoFormat,
    #[error("no key, or not this person's")]
    NoKey,
    #[error("tampered with, or from another place")]
    NotGenuine,
    #[error("{0}")]
    Kms(#[from] KmsError),
    #[error("{0}")]
    Database(#[from] AppError),
}

impl Reason {
    /// Rather than a key that is gone, or a KMS that does not answer.
    fn is_tampering(&self) -> bool {
        matches!(
            self,
            Self::NoFormat | Self::NotGenuine | Self::Kms(KmsError::NotGenuine)
        )
    }
}

/// A field whose bytes, or whose key's, are not those that were written.
#[derive(Clone, Copy, Debug)]
pub(in crate::infra) struct Tampered(Field);

/// Records what was found, once per process and field.
///
/// # Errors
/// The database's.
pub(in crate::infra) fn report<R>(tx: &mut Tx<R>, found: &[Tampered]) -> Result<(), AppError> {
    let reader = tx.user_id().ok();
    for Tampered(field) in found {
        let detail = json!({ "table": field.table, "column": field.column, "row": field.row });
        audit::security_event_about(tx, "sealed_text_tampered", (Severity::High, reader), detail)?;
    }
    Ok(())
}

/// Seals and opens; one per process, shared by its transactions.
pub struct Envelope {
    kms: Box<dyn Kms>,
    memory: Mutex<Memory>,
    /// Fields whose tampering was reported.
    said: Mutex<HashSet<Field>>,
}

impl Envelope {
    /// With the KMS of the configuration. Development makes its own key file.
    ///
    /// # Errors
    /// As [`LocalKms::open`].
    pub fn from_config(config: &Config) -> anyhow::Result<Self> {
        let create = config.environment != Environment::Production;
        Ok(Self::new(open_kms(&config.kek, create)?))
    }

    /// With any KMS.
    pub fn new(kms: impl Kms + 'static) -> Self {
        Self {
            kms: Box::new(kms),
            memory: Mutex::default(),
            said: Mutex::default(),
        }
    }

    fn unwrap(&self, row: KeyRow) -> Result<Arc<DataKey>, KmsError> {
        if let Some(key) = self.memory().recall(&row) {
            return Ok(key);
        }
        // Without the memory's lock: a KMS may be far away.
        let context = row.own_context();
        let key = Arc::new(self.kms.unwrap(&row.kek, &row.wrapped, &context)?);
        self.memory().remember(row, key.clone(), REMEMBERED);
        Ok(key)
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`Tx::seal`], on a bare connection: for seeds, which write as the owner.
    ///
    /// # Errors
    /// As [`Tx::seal`].
    pub fn seal(
        &self,
        conn: &mut PgConnection,
        scope: Scope,
        field: Field,
        content: &[u8],
    ) -> Result<Sealed, AppError> {
        self.seal_with(conn, &mut FoundKeys::default(), scope, field, content)
    }

    pub(in crate::infra) fn seal_with(
        &self,
        conn: &mut PgConnection,
        found: &mut FoundKeys,
        scope: Scope,
        field: Field,
        content: &[u8],
    ) -> Result<Sealed, AppError> {
        let row = match found.newest(conn, scope)? {
            Some(row) => row,
            None => self.create(conn, scope)?,
        };
        let (id, version) = (row.id, row.version);
        let key = self.unwrap(row).map_err(AppError::internal)?;
        let key = ScopeKey {
            id,
            version,
            scope,
            key: &key,
        };
        Ok(key.seal(field, content))
    }

    /// The scope's first key. Whoever loses the race to make it waits for the winner's transaction
    /// and then uses the winner's key, or makes its own when the winner gave up.
    fn create(&self, conn: &mut PgConnection, scope: Scope) -> Result<KeyRow, AppError> {
        const FIRST: i16 = 1;
        let id = Uuid::new_v4();
        let context = KeyRow::context(id, (scope.kind(), scope.owner()), FIRST);
        let wrapped = self
            .kms
            .wrap(&DataKey::random(), &context)
            .map_err(AppError::internal)?;
        prepared(Statements::of(scope.kind()).create)
            .bind::<SqlUuid, _>(id)
            .bind::<Text, _>(scope.kind())
            .bind::<SqlUuid, _>(scope.owner())
            .bind::<SmallInt, _>(FIRST)
            .bind::<Text, _>(wrapped.kek)
            .bind::<Binary, _>(wrapped.bytes)
            .execute(conn)?;
        KeyRow::newest(conn, scope)?
            .ok_or_else(|| AppError::internal("a data key was made and cannot be seen"))
    }

    /// As [`Tx::open`], on a bare connection.
    ///
    /// # Errors
    /// As [`Tx::open`].
    pub fn open(
        &self,
        conn: &mut PgConnection,
        scope: Scope,
        field: Field,
        sealed: &Sealed,
    ) -> Result<Vec<u8>, CannotRead> {
        self.open_with(conn, &mut FoundKeys::default(), scope, field, sealed)
    }

    pub(in crate::infra) fn open_with(
        &self,
        conn: &mut PgConnection,
        found: &mut FoundKeys,
        scope: Scope,
        field: Field,
        sealed: &Sealed,
    ) -> Result<Vec<u8>, CannotRead> {
        self.try_open(conn, found, scope, field, sealed)
            .map_err(|reason| {
                tracing::error!(
                    %reason,
                    table = field.table,
                    column = field.column,
                    row = %field.row,
                    "a sealed field cannot be read"
                );
                if reason.is_tampering() && self.is_news(field) {
                    found.tampered.push(Tampered(field));
                }
                CannotRead
            })
    }

    /// Whether it was not said before: a page that is looked at again is no second event.
    fn is_news(&self, field: Field) -> bool {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() >= REMEMBERED {
            said.clear();
        }
        said.insert(field)
    }

    fn try_open(
        &self,
        conn: &mut PgConnection,
        found: &mut FoundKeys,
        scope: Scope,
        field: Field,
        sealed: &Sealed,
    ) -> Result<Vec<u8>, Reason> {
        let version = record::key_version(sealed).map_err(|CannotRead| Reason::NoFormat)?;
        let row = found
            .of_version(conn, scope, version)?
            .ok_or(Reason::NoKey)?;
        let id = row.id;
        let key = self.unwrap(row)?;
        let key = ScopeKey {
            id,
            version,
            scope,
            key: &key,
        };
        key.open(field, sealed)
            .map_err(|CannotRead| Reason::NotGenuine)
    }
}

#[derive(QueryableByName)]
struct KekRow {
    #[diesel(sql_type = Text)]
    kek: String,
}

/// KEKs that wrapped keys of this database and are not at hand: what they sealed cannot be read.
///
/// # Errors
/// The database's.
pub fn missing_keks(tx: &mut Tx<Worker>) -> Result<Vec<String>, AppError> {
    let (envelope, conn, _) = tx.envelope();
    let used: Vec<KekRow> = prepared("SELECT kek FROM hz.keks_in_use() AS kek").load(conn)?;
    let mut missing = Vec::new();
    for KekRow { kek } in used {
        if !envelope.kms.knows(&kek).map_err(AppError::internal)? {
            missing.push(kek);
        }
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u128) -> KeyRow {
        KeyRow {
            id: Uuid::from_u128(number),
            scope: "consultation".to_owned(),
            owner_id: Uuid::from_u128(number),
            version: 1,
            kek: "local:0".to_owned(),
            wrapped: vec![0; 60],
        }
    }

    #[test]
    fn the_memory_is_bounded_and_keeps_what_is_used() {
        let mut memory = Memory::default();
        for number in 0..100 {
            memory.recall(&row(0));
            memory.remember(row(number), Arc::new(DataKey::random()), 16);
            assert!(memory.keys.len() <= 16);
        }
        assert!(memory.recall(&row(0)).is_some(), "used all the time");
        assert!(memory.recall(&row(99)).is_some(), "the last one");
        assert!(memory.recall(&row(5)).is_none(), "long ago");
    }

    #[test]
    fn a_changed_row_is_not_recalled() {
        let mut memory = Memory::default();
        memory.remember(row(1), Arc::new(DataKey::random()), 16);
        assert!(memory.recall(&row(1)).is_some());
        let mut bent = row(1);
        bent.wrapped[7] = 1;
        assert!(memory.recall(&bent).is_none());
        let moved = KeyRow {
            owner_id: Uuid::from_u128(2),
            ..row(1)
        };
        assert!(memory.recall(&moved).is_none());
    }
}
