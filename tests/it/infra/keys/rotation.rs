//! Another key-encryption key, while the application serves.

use std::{
    cell::Cell,
    env,
    path::PathBuf,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
};

use diesel::{Connection as _, PgConnection, RunQueryDsl as _, sql_query};
use futures_util::future::join_all;
use huntzen::infra::{
    config::{Config, KEYS_LOGIN, KeySource},
    envelope::{self, DataKey, Kms, KmsError, LocalKms, Progress, Wrapped, rotate_kek},
};
use uuid::Uuid;

use crate::{
    infra::envelope::{REFUSAL, Stage},
    support::{TestApp, process::keys_command},
};

fn in_a_file(config: &mut Config) {
    let folder = env::temp_dir().join(format!("huntzen-kek-{}", Uuid::new_v4().simple()));
    config.kek = KeySource::File(folder.join("kek"));
}

struct Folder(PathBuf);

impl Folder {
    fn of(app: &TestApp) -> Self {
        let KeySource::File(path) = &app.shared.config.kek else {
            panic!("keys in a file");
        };
        Self(path.parent().expect("a folder").to_owned())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn keys_login(app: &TestApp) -> PgConnection {
    envelope::connect_keys(&app.login_url(KEYS_LOGIN)).expect("the login of keys")
}

fn kms_of(app: &TestApp) -> LocalKms {
    LocalKms::open(&app.shared.config.kek, false).expect("the key file")
}

fn kek_count(app: &TestApp, condition: &str) -> i64 {
    app.count(&format!("SELECT count(*) FROM data_keys WHERE {condition}"))
}

/// Keys of consultations that nobody opens, wrapped as the application wraps.
fn more_keys(app: &TestApp, number: i64) {
    app.sql(&format!(
        "INSERT INTO data_keys (scope, owner_id, version, kek, wrapped)
         SELECT 'consultation', gen_random_uuid(), 1, kek, wrapped
         FROM data_keys CROSS JOIN generate_series(1, {number}) LIMIT {number}"
    ));
}

/// Unwraps so many keys and is then out of reach; keys of [`more_keys`] are genuine for it.
struct Weak<'a> {
    inner: &'a LocalKms,
    left: AtomicU32,
}

impl Kms for Weak<'_> {
    fn current(&self) -> Result<String, KmsError> {
        self.inner.current()
    }

    fn knows(&self, kek: &str) -> Result<bool, KmsError> {
        self.inner.knows(kek)
    }

    fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Wrapped, KmsError> {
        self.inner.wrap(key, context)
    }

    fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError> {
        if self.left.load(Ordering::Relaxed) == 0 {
            return Err(KmsError::Unavailable("as the test wants".to_owned()));
        }
        self.left.fetch_sub(1, Ordering::Relaxed);
        match self.inner.unwrap(kek, wrapped, context) {
            Err(KmsError::NotGenuine) => Ok(DataKey::random()),
            outcome => outcome,
        }
    }
}

#[tokio::test]
async fn a_new_key_wraps_everything_and_no_reader_notices() {
    let stage = Stage::set_with(in_a_file).await;
    let app = &stage.app;
    let _folder = Folder::of(app);
    let (employee, practitioner) = (stage.of_employee(), stage.of_practitioner());
    let mut written = Vec::new();
    for week in 0..12 {
        let id = app
            .consultation(&stage.employee, &stage.practitioner)
            .at(&format!(
                "2026-{:02}-{:02}T09:00:00Z",
                4 + week / 4,
                1 + 7 * (week % 4)
            ))
            .scheduled();
        written.push((id, employee.seals(id, "avant").await));
    }
    let old = kms_of(app).current().expect("a name");

    // People read and write all the while; the command is another process.
    let over = AtomicBool::new(false);
    let reads = Cell::new(0);
    let reading = async {
        while !over.load(Ordering::Relaxed) {
            let opened = join_all(
                written
                    .iter()
                    .map(|(id, sealed)| practitioner.opens(*id, sealed)),
            )
            .await;
            assert!(opened.iter().all(|text| text == "avant"), "{opened:?}");
            reads.set(reads.get() + opened.len());
        }
    };
    let shared = app.clone();
    let database = app.login_url(KEYS_LOGIN);
    let changing = async {
        let run = |words: Vec<&'static str>| {
            keys_command(&shared, &words).unwrap_or_else(|error| panic!("{words:?}: {error}"))
        };
        drop(database);
        let added = run(vec!["add"]);
        let new = added.split_whitespace().next().expect("a name").to_owned();
        tokio::task::yield_now().await;
        assert!(run(vec!["status"]).contains(&format!("{old}: 12 data keys, wraps")));
        assert_eq!(kek_count(&shared, &format!("kek <> '{old}'")), 0);
        keys_command(&shared, &["use", &new]).expect("used");
        // Before it is rotated, what is new is wrapped with it already.
        let fresh = stage.consultation;
        let sealed = employee.seals(fresh, "entre-deux").await;
        assert_eq!(kek_count(&shared, &format!("kek = '{new}'")), 1);
        assert!(
            keys_command(&shared, &["drop", &old]).is_err_and(|said| said.contains("12 data keys"))
        );
        let rotated = tokio::task::spawn_blocking({
            let (url, kek) = (
                shared.login_url(KEYS_LOGIN),
                shared.shared.config.kek.clone(),
            );
            let clock = shared.clock.clone();
            move || {
                let mut conn = envelope::connect_keys(&url).expect("the login of keys");
                let kms = LocalKms::open(&kek, false).expect("the key file");
                rotate_kek(&mut conn, &kms, &clock, |_| {}).expect("rotated")
            }
        })
        .await
        .expect("no panic");
        assert_eq!(
            rotated,
            Progress {
                total: 12,
                done: 12,
                failed: 0
            }
        );
        assert_eq!(kek_count(&shared, &format!("kek <> '{new}'")), 0);
        assert!(
            run(vec!["rotate"]).contains("0 of 0 keys"),
            "nothing is left"
        );
        keys_command(&shared, &["drop", &old]).expect("nothing needs it");
        assert_eq!(practitioner.opens(fresh, &sealed).await, "entre-deux");
        over.store(true, Ordering::Relaxed);
    };
    tokio::join!(reading, changing);
    assert!(reads.get() >= 12, "{} reads", reads.get());
    for (id, sealed) in &written {
        assert_eq!(employee.opens(*id, sealed).await, "avant");
    }
}

#[tokio::test]
async fn the_metrics_say_how_far_a_rotation_is() {
    let app = TestApp::start().await;
    app.sql(
        "INSERT INTO key_rotations (kind, target, total, done, started_at, updated_at, finished_at) VALUES
         ('kek', 'local:1', 9, 9, now() - interval '1 day', now(), now()),
         ('kek', 'local:2', 100, 40, now(), now(), NULL)",
    );
    let metrics = app.client().get("/metrics").await;
    for expected in [
        r#"key_rotation_keys{kind="kek",state="total"} 100"#,
        r#"key_rotation_keys{kind="kek",state="done"} 40"#,
    ] {
        assert!(metrics.text().contains(expected), "{}", metrics.text());
    }
}

#[tokio::test]
async fn what_was_interrupted_goes_on_where_it_was() {
    let stage = Stage::set_with(in_a_file).await;
    let app = &stage.app;
    let folder = Folder::of(app);
    stage.of_employee().seals(stage.consultation, "x").await;
    more_keys(app, 1_400);
    let new = huntzen::infra::envelope::add_key(&folder.0.join("kek")).expect("added");
    huntzen::infra::envelope::use_key(&folder.0.join("kek"), &new).expect("used");
    let kms = kms_of(app);
    let mut conn = keys_login(app);
    let weak = |left| Weak {
        inner: &kms,
        left: AtomicU32::new(left),
    };

    let mut heard = Vec::new();
    let error = rotate_kek(&mut conn, &weak(700), &app.clock, |progress| {
        heard.push(progress)
    })
    .expect_err("out of reach");
    assert!(error.to_string().contains("as the test wants"), "{error}");
    // Whole batches, and nothing of the one that failed.
    assert_eq!(
        heard,
        [Progress {
            total: 1_401,
            done: 500,
            failed: 0
        }]
    );
    assert_eq!(kek_count(app, &format!("kek = '{new}'")), 500);

    let done = rotate_kek(&mut keys_login(app), &weak(10_000), &app.clock, |_| {});
    // The first one's connection holds its turn until it ends.
    assert!(done.is_err_and(|error| error.to_string().contains("another rotation")));
    drop(conn);
    let done = rotate_kek(&mut keys_login(app), &weak(901), &app.clock, |_| {}).expect("the rest");
    assert_eq!(
        done,
        Progress {
            total: 1_401,
            done: 1_401,
            failed: 0
        }
    );
    assert_eq!(
        app.count("SELECT count(*) FROM key_rotations"),
        1,
        "the same rotation"
    );
    assert_eq!(kek_count(app, &format!("kek <> '{new}'")), 0);
}

#[tokio::test]
async fn a_key_that_is_not_genuine_is_left_counted_and_named() {
    let stage = Stage::set_with(in_a_file).await;
    let app = &stage.app;
    let folder = Folder::of(app);
    let employee = stage.of_employee();
    let sealed = employee.seals(stage.consultation, "x").await;
    more_keys(app, 3);
    let path = folder.0.join("kek");
    let new = huntzen::infra::envelope::add_key(&path).expect("added");
    huntzen::infra::envelope::use_key(&path, &new).expect("used");

    let complaint = keys_command(app, &["rotate"]).expect_err("three are copies of another's");
    assert!(complaint.contains("3 keys are not genuine"), "{complaint}");
    assert_eq!(kek_count(app, &format!("kek <> '{new}'")), 3);
    assert_eq!(employee.opens(stage.consultation, &sealed).await, "x");
}

#[tokio::test]
async fn a_rotation_without_the_old_key_changes_nothing() {
    let stage = Stage::set_with(in_a_file).await;
    let app = &stage.app;
    let _folder = Folder::of(app);
    stage.of_employee().seals(stage.consultation, "x").await;
    let other = LocalKms::open(
        &KeySource::Value("b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgIS4=".into()),
        false,
    )
    .expect("a key");
    let error = rotate_kek(&mut keys_login(app), &other, &app.clock, |_| {}).expect_err("refused");
    assert!(error.to_string().contains("not at hand"), "{error}");
    assert_eq!(app.count("SELECT count(*) FROM key_rotations"), 0);
}

#[tokio::test]
async fn a_key_destroyed_meanwhile_stays_destroyed() {
    let stage = Stage::set_with(in_a_file).await;
    let app = &stage.app;
    let folder = Folder::of(app);
    let employee = stage.of_employee();
    let sealed = employee.seals(stage.consultation, "x").await;
    let path = folder.0.join("kek");
    let new = huntzen::infra::envelope::add_key(&path).expect("added");
    huntzen::infra::envelope::use_key(&path, &new).expect("used");
    /// Destroys the key between the look at it and its replacement.
    struct Meanwhile<'a>(&'a LocalKms, std::sync::Mutex<PgConnection>);
    impl Kms for Meanwhile<'_> {
        fn current(&self) -> Result<String, KmsError> {
            self.0.current()
        }
        fn knows(&self, kek: &str) -> Result<bool, KmsError> {
            self.0.knows(kek)
        }
        fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Wrapped, KmsError> {
            let mut conn = self.1.lock().expect("a lock");
            sql_query("DELETE FROM data_keys")
                .execute(&mut *conn)
                .expect("destroyed");
            self.0.wrap(key, context)
        }
        fn unwrap(&self, kek: &str, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KmsError> {
            self.0.unwrap(kek, wrapped, context)
        }
    }
    let owner = PgConnection::establish(
        crate::support::cluster::Cluster::shared()
            .url_of(&app.database)
            .expose(),
    )
    .expect("the owner");
    let kms = kms_of(app);
    let done = rotate_kek(
        &mut keys_login(app),
        &Meanwhile(&kms, owner.into()),
        &app.clock,
        |_| {},
    )
    .expect("rotated");
    assert_eq!((done.done, done.failed), (0, 0));
    assert_eq!(stage.keys(), 0);
    assert_eq!(employee.opens(stage.consultation, &sealed).await, REFUSAL);
}
