//! Whatever happens to keys, in whatever order: what is readable stays readable, by its owner alone, and
//! what was destroyed stays unreadable.

use std::{collections::BTreeMap, env, path::PathBuf};

use actix_web::web;
use diesel::{PgConnection, connection::SimpleConnection as _};
use huntzen::{
    infra::{
        actor::Worker,
        app::App,
        config::{CARE_LOGIN, Config, DatabaseUrl, KEYS_LOGIN, KeySource, OFFICE_LOGIN},
        db::Database,
        envelope::{
            self, CannotRead, Field, LocalKms, Scope, Sealed, add_key, ledger, rotate_kek, use_key,
        },
    },
    routes,
    sealed::COLUMNS,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::Employee,
    app::{Setup, config_for},
    cluster::Cluster,
    dump,
};

/// Scopes of each of the two employees.
const EACH: usize = 2;

#[derive(Clone, Debug)]
enum Step {
    Write(usize),
    RotateKek,
    RenewDataKeys,
    /// A process that remembers nothing.
    Restart,
    Destroy(usize),
    Backup,
    /// One of the backups there are.
    Restore(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..2 * EACH).prop_map(Step::Write),
        2 => Just(Step::RotateKek),
        2 => Just(Step::RenewDataKeys),
        2 => Just(Step::Restart),
        3 => (0..2 * EACH).prop_map(Step::Destroy),
        2 => Just(Step::Backup),
        3 => (0..8_usize).prop_map(Step::Restore),
    ]
}

/// What a scope's text should be: none was written, or it is gone.
type Texts = BTreeMap<usize, Option<String>>;

struct Backup {
    dump: String,
    texts: Texts,
    /// How much was destroyed before it.
    destroyed: usize,
}

struct World {
    arranged: TestApp,
    people: [Employee; 2],
    scopes: Vec<Uuid>,
    folder: PathBuf,
    database: String,
    app: web::Data<App>,
    texts: Texts,
    destroyed: Vec<usize>,
    backups: Vec<Backup>,
    written: u32,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    async fn start() -> Self {
        let arranged = TestApp::start_with(Setup {
            configure: |config: &mut Config| {
                let folder =
                    env::temp_dir().join(format!("huntzen-kek-{}", Uuid::new_v4().simple()));
                config.kek = KeySource::File(folder.join("kek"));
            },
            ..Setup::default()
        })
        .await;
        let people =
            ["TechCorp", "Rivale"].map(|name| arranged.employee_of(&arranged.company(name)));
        let practitioner = arranged.practitioner();
        let scopes = (0..2 * EACH)
            .map(|index| {
                arranged
                    .consultation(&people[index / EACH], &practitioner)
                    .at(&format!("2026-04-{:02}T09:00:00Z", index + 1))
                    .scheduled()
            })
            .collect();
        let KeySource::File(path) = &arranged.shared.config.kek else {
            panic!("keys in a file");
        };
        let folder = path.parent().expect("a folder").to_owned();
        let database = arranged.database.clone();
        Self {
            app: process_on(&arranged, &database),
            people,
            scopes,
            folder,
            database,
            texts: (0..2 * EACH).map(|index| (index, None)).collect(),
            destroyed: Vec::new(),
            backups: Vec::new(),
            written: 0,
            arranged,
        }
    }

    fn url(&self) -> DatabaseUrl {
        Cluster::shared().url_of(&self.database)
    }

    fn owner(&self) -> PgConnection {
        Cluster::shared().connect(&self.database)
    }

    fn keys_login(&self) -> PgConnection {
        let url = self.url().with_login(KEYS_LOGIN, None).expect("a URL");
        envelope::connect_keys(&url).expect("the login of keys")
    }

    fn ledger(&self) -> PathBuf {
        self.folder.join("ledger")
    }

    fn field(&self, scope: usize) -> Field {
        Field {
            table: "consultations",
            column: "message_sealed",
            row: self.scopes[scope],
        }
    }

    async fn write(&mut self, scope: usize) {
        self.written += 1;
        let text = format!("text {}", self.written);
        let person = &self.people[scope / EACH];
        let (id, field, words) = (self.scopes[scope], self.field(scope), text.clone());
        let sealed = Worker::on_behalf_of(&self.app, person.id, person.company_id.expect("theirs"))
            .write(move |tx| tx.seal(Scope::Consultation(id), field, &words))
            .await
            .expect("the owner seals");
        let hex: String = sealed
            .as_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.owner()
            .batch_execute(&format!(
                "UPDATE consultations SET message_sealed = '\\x{hex}' WHERE id = '{id}'"
            ))
            .expect("kept");
        self.texts.insert(scope, Some(text));
    }

    async fn read(&self, reader: &Employee, scope: usize) -> Option<Result<String, CannotRead>> {
        use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types};
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = sql_types::Nullable<sql_types::Binary>)]
            sealed: Option<Sealed>,
        }
        let (id, field) = (self.scopes[scope], self.field(scope));
        let row: Row = sql_query(format!(
            "SELECT message_sealed AS sealed FROM consultations WHERE id = '{id}'"
        ))
        .get_result(&mut self.owner())
        .expect("the row");
        let sealed = row.sealed?;
        let opened = Worker::on_behalf_of(&self.app, reader.id, reader.company_id.expect("theirs"))
            .read(move |tx| Ok(tx.open(Scope::Consultation(id), field, &sealed)))
            .await
            .expect("an answer");
        Some(opened)
    }

    async fn does(&mut self, step: &Step) {
        match step {
            Step::Write(scope) => self.write(*scope).await,
            Step::RotateKek => {
                let path = self.folder.join("kek");
                let name = add_key(&path).expect("added");
                use_key(&path, &name).expect("used");
                let kms = LocalKms::open(&KeySource::File(path), false).expect("the file");
                let clock = self.arranged.clock.clone();
                let done = rotate_kek(&mut self.keys_login(), &kms, &clock, |_| {});
                assert_eq!(done.expect("rotated").failed, 0);
            }
            Step::RenewDataKeys => {
                let kek = KeySource::File(self.folder.join("kek"));
                let kms = LocalKms::open(&kek, false).expect("the file");
                let kind = "consultation";
                let done = envelope::renew(&mut self.keys_login(), &kms, COLUMNS, kind, |_| {});
                assert!(done.is_ok(), "{done:?}");
            }
            Step::Restart => self.app = process_on(&self.arranged, &self.database),
            Step::Destroy(scope) => {
                let id = self.scopes[*scope];
                self.owner()
                    .batch_execute(&format!("DELETE FROM data_keys WHERE owner_id = '{id}'"))
                    .expect("destroyed");
                ledger::export(&mut self.keys_login(), &self.ledger()).expect("kept elsewhere");
                // Where nothing was sealed there was no key, and nothing to destroy.
                if self.texts[scope].is_some() {
                    self.texts.insert(*scope, None);
                    self.destroyed.push(*scope);
                }
            }
            Step::Backup => self.backups.push(Backup {
                dump: dump::dump(&self.database),
                texts: self.texts.clone(),
                destroyed: self.destroyed.len(),
            }),
            Step::Restore(which) => {
                let Some(backup) = self.backups.get(which % self.backups.len().max(1)) else {
                    return;
                };
                self.database = dump::restore(&backup.dump);
                self.texts.clone_from(&backup.texts);
                for scope in &self.destroyed[backup.destroyed..] {
                    self.texts.insert(*scope, None);
                }
                if self.ledger().exists() {
                    ledger::replay(&mut self.keys_login(), &self.ledger()).expect("replayed");
                }
                self.app = process_on(&self.arranged, &self.database);
            }
        }
    }

    async fn holds(&self) -> Result<(), TestCaseError> {
        for (scope, text) in &self.texts {
            let owner = &self.people[scope / EACH];
            let stranger = &self.people[1 - scope / EACH];
            let found = self.read(owner, *scope).await;
            match text {
                Some(text) => prop_assert_eq!(found, Some(Ok(text.clone())), "scope {}", scope),
                None => prop_assert!(
                    matches!(found, None | Some(Err(CannotRead))),
                    "scope {}: {:?}",
                    scope,
                    found
                ),
            }
            let theirs = self.read(stranger, *scope).await;
            prop_assert!(matches!(theirs, None | Some(Err(CannotRead))));
        }
        Ok(())
    }
}

/// The application's shared parts as a process that starts now has them.
fn process_on(arranged: &TestApp, database: &str) -> web::Data<App> {
    let url = Cluster::shared().url_of(database);
    let config = Config {
        kek: arranged.shared.config.kek.clone(),
        care_database: url.with_login(CARE_LOGIN, None).expect("a URL"),
        office_database: url.with_login(OFFICE_LOGIN, None).expect("a URL"),
        ..config_for(&url, arranged.address())
    };
    let clock = arranged.clock.clone();
    let pools = Database::open(&config, clock.clone()).expect("the pools");
    App::new(config, pools, clock, routes::navigation).expect("the application data")
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 6,
        max_shrink_iters: 30,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_readable_stays_so_and_what_was_destroyed_does_not_come_back(
        steps in prop::collection::vec(step(), 12..24)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let mut world = World::start().await;
            for (number, step) in steps.iter().enumerate() {
                world.does(step).await;
                world.holds().await.map_err(|error| {
                    TestCaseError::fail(format!("after step {number} of {steps:?}: {error}"))
                })?;
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}
