//! Sealing, and a rotation of the key-encryption key while people read.
//!
//! Keys of nobody's chats are made for it, wrapped by the configured key; a copy of the key file gets a
//! second key, to which everything is moved and back. Nothing of it stays.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{Array, Timestamptz, Uuid as SqlUuid},
};
use futures_util::future::try_join_all;
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::{Subject, process};
use crate::infra::{
    actor::Employee,
    clock::Clock,
    config::{self, Config, KeySource},
    db::{Database, Identity, PgRole},
    envelope::{self, Envelope, Field, Kms as _, LocalKms, Scope, Sealed},
    error::AppError,
};

pub(super) const NAME: &str = "keys";

/// Data keys that are wrapped anew.
const KEYS: usize = 100_000;
/// Of which belong to consultations that are read all the while.
const READ: i64 = 200;
/// Readers at a time.
const READERS: usize = 4;
/// How long texts are sealed.
const SEALING: Duration = Duration::from_secs(2);
/// Bytes of a text.
const TEXT: usize = 1_000;

/// What was measured.
pub(super) struct Measured {
    /// Texts of 1,000 bytes in a second of processor time, their key remembered.
    pub(super) sealed: f64,
    pub(super) opened: f64,
    pub(super) keys: usize,
    pub(super) rotation: Duration,
    pub(super) reads: usize,
    pub(super) failed: usize,
    /// Of the reads meanwhile, 99 in 100.
    pub(super) p99: Duration,
}

#[derive(Clone, QueryableByName)]
struct Place {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    employee_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
}

impl Place {
    fn identity(&self) -> Identity {
        Identity {
            role: PgRole::Employee,
            user_id: Some(self.employee_id),
            company_id: Some(self.company_id),
        }
    }

    fn field(&self) -> Field {
        Field {
            table: "consultations",
            column: "message_sealed",
            row: self.id,
        }
    }
}

/// The copy of the key file; gone when dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left is a copy in a folder of ours alone.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn with_keys_of(config: &Config) -> anyhow::Result<Self> {
        let folder = Self(std::env::temp_dir().join(format!("huntzen-bench-{}", Uuid::new_v4())));
        fs::create_dir_all(&folder.0)?;
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o700))?;
        let path = folder.file();
        match &config.kek {
            KeySource::File(source) => {
                fs::copy(source, &path).context("KEK_FILE")?;
            }
            KeySource::Value(keys) => fs::write(&path, keys.expose_secret())?,
            KeySource::Vault(..) | KeySource::LocalAfterVault(..) => {
                bail!("keys: measured with a key file or KEK only")
            }
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400))?;
        Ok(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("kek")
    }
}

/// Measures, and takes everything back.
pub(super) async fn measure(subject: &mut Subject, clock: &Clock) -> anyhow::Result<Measured> {
    let begun = clock.now();
    let folder = Folder::with_keys_of(&subject.config)?;
    let config = Config {
        kek: KeySource::File(folder.file()),
        ..subject.config.clone()
    };
    let places: Vec<Place> = sql_query(format!(
        "SELECT c.id, c.employee_id, c.company_id FROM consultations c
         WHERE c.status = 'completed' AND NOT EXISTS (SELECT FROM data_keys d WHERE d.owner_id = c.id)
         LIMIT {READ}"
    ))
    .load(&mut subject.owner)?;
    anyhow::ensure!(!places.is_empty(), "no consultation to read");
    let before = Envelope::from_config(&config)?;
    let old = LocalKms::open(&config.kek, false)?.current()?;
    let owners: Vec<Uuid> = (0..KEYS - places.len()).map(|_| Uuid::new_v4()).collect();
    let measured = async {
        let sealed = fill(&mut subject.owner, &before, &owners, &places)?;
        run(&config, clock, &folder.file(), &places, sealed).await
    }
    .await;
    let ids: Vec<Uuid> = places.iter().map(|place| place.id).collect();
    clean_up(&mut subject.owner, &[owners, ids].concat())?;
    // What other keys this database holds goes back to the key that the operator has.
    envelope::use_key(&folder.file(), &old)?;
    let kms = LocalKms::open(&config.kek, false)?;
    let mut conn = envelope::connect_keys(&config::keys_database()?)?;
    envelope::rotate_kek(&mut conn, &kms, clock, |_| {})?;
    sql_query("DELETE FROM key_rotations WHERE started_at >= $1")
        .bind::<Timestamptz, _>(begun)
        .execute(&mut subject.owner)?;
    measured
}

/// One key for each owner, and a text for each place.
fn fill(
    conn: &mut PgConnection,
    envelope: &Envelope,
    owners: &[Uuid],
    places: &[Place],
) -> anyhow::Result<Vec<Sealed>> {
    let sealed = conn.transaction(|conn| -> Result<_, AppError> {
        for owner in owners {
            let field = Field {
                table: "chat_messages",
                column: "text_sealed",
                row: *owner,
            };
            envelope.seal(conn, Scope::Chat(*owner), field, b"x")?;
        }
        places
            .iter()
            .map(|place| {
                envelope.seal(
                    conn,
                    Scope::Consultation(place.id),
                    place.field(),
                    &[b'a'; TEXT],
                )
            })
            .collect()
    });
    conn.batch_execute("ANALYZE data_keys")?;
    sealed.map_err(|error| anyhow::anyhow!("{error}"))
}

async fn run(
    config: &Config,
    clock: &Clock,
    file: &Path,
    places: &[Place],
    sealed: Vec<Sealed>,
) -> anyhow::Result<Measured> {
    let database = Database::open(config, clock.clone())?;
    let (seals, opens) = seal_and_open(&database, places[0].clone()).await?;
    envelope::use_key(file, &envelope::add_key(file)?)?;
    let over = Arc::new(AtomicBool::new(false));
    let rotating = {
        let (over, clock, kek) = (over.clone(), clock.clone(), config.kek.clone());
        async move {
            let url = config::keys_database()?;
            let rotated = tokio::task::spawn_blocking(move || {
                let kms = LocalKms::open(&kek, false)?;
                let mut conn = envelope::connect_keys(&url)?;
                let begun = Instant::now();
                let done = envelope::rotate_kek(&mut conn, &kms, &clock, |_| {})?;
                anyhow::ensure!(done.failed == 0, "{} keys were left", done.failed);
                anyhow::Ok((usize::try_from(done.done)?, begun.elapsed()))
            })
            .await?;
            over.store(true, Ordering::Relaxed);
            rotated
        }
    };
    let sealed = Arc::new(sealed);
    let reading = try_join_all((0..READERS).map(|reader| {
        let (database, over, sealed) = (database.clone(), over.clone(), sealed.clone());
        async move {
            let (mut latencies, mut failed) = (Vec::new(), 0);
            for index in (0..places.len()).cycle().skip(reader * 50) {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let (place, sealed) = (places[index].clone(), sealed.clone());
                let asked = Instant::now();
                let opened = database
                    .door::<Employee>(place.identity())
                    .read(move |tx| {
                        let scope = Scope::Consultation(place.id);
                        Ok(tx.open_bytes(scope, place.field(), &sealed[index]))
                    })
                    .await;
                latencies.push(asked.elapsed());
                failed += usize::from(!matches!(opened, Ok(Ok(_))));
            }
            anyhow::Ok((latencies, failed))
        }
    }));
    let (rotated, read) = tokio::join!(rotating, reading);
    let ((keys, rotation), read) = (rotated?, read?);
    let failed = read.iter().map(|(_, failed)| failed).sum();
    let mut latencies: Vec<Duration> = read.into_iter().flat_map(|(all, _)| all).collect();
    latencies.sort_unstable();
    Ok(Measured {
        sealed: seals,
        opened: opens,
        keys,
        rotation,
        reads: latencies.len(),
        failed,
        p99: latencies
            .get(latencies.len() * 99 / 100)
            .copied()
            .unwrap_or_default(),
    })
}

/// As a handler would, many times in one transaction: the key's row was found, the key is remembered.
async fn seal_and_open(database: &Database, place: Place) -> anyhow::Result<(f64, f64)> {
    database
        .door::<Employee>(place.identity())
        .read(move |tx| {
            let (scope, field) = (Scope::Consultation(place.id), place.field());
            let text = [b'a'; TEXT];
            let mut sealed = tx.seal_bytes(scope, field, &text)?;
            let seals = per_second(|| {
                sealed = tx.seal_bytes(scope, field, &text)?;
                Ok(())
            })?;
            let opens = per_second(|| {
                tx.open_bytes(scope, field, &sealed)
                    .map(drop)
                    .map_err(AppError::internal)
            })?;
            Ok((seals, opens))
        })
        .await
        .map_err(|error| anyhow::anyhow!("{error}"))
}

/// In a second of this process' processor time, which nothing else uses meanwhile.
fn per_second(mut work: impl FnMut() -> Result<(), AppError>) -> Result<f64, AppError> {
    let cpu = || process::cpu_of(std::process::id()).map_err(AppError::internal);
    let (before, begun) = (cpu()?, Instant::now());
    let mut done = 0_u32;
    while begun.elapsed() < SEALING {
        for _ in 0..100 {
            work()?;
        }
        done += 100;
    }
    let used = cpu()?.saturating_sub(before).as_secs_f64();
    Ok(f64::from(done) / used.max(f64::EPSILON))
}

/// Without lines in the ledger: these keys were nobody's.
fn clean_up(conn: &mut PgConnection, owners: &[Uuid]) -> anyhow::Result<()> {
    conn.transaction(|conn| {
        conn.batch_execute("ALTER TABLE data_keys DISABLE TRIGGER key_destroyed")?;
        sql_query("DELETE FROM data_keys WHERE owner_id = ANY ($1)")
            .bind::<Array<SqlUuid>, _>(owners)
            .execute(conn)?;
        conn.batch_execute("ALTER TABLE data_keys ENABLE TRIGGER key_destroyed")?;
        Ok(())
    })
}
