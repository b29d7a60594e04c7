//! What was destroyed stays destroyed, whatever is restored.

use std::{env, fs, path::PathBuf};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use huntzen::infra::{
    config::{Config, DatabaseUrl, KEYS_LOGIN, KeySource},
    envelope::{
        self, CannotRead, Envelope, Field, Scope, Sealed,
        ledger::{self, Replayed},
    },
};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::start::refusal_on;
use crate::{
    infra::envelope::Stage,
    support::{TestApp, app::Setup, cluster::Cluster, dump, process::keys_command},
};

struct File(PathBuf);

impl File {
    fn new() -> Self {
        Self(env::temp_dir().join(format!("huntzen-ledger-{}", Uuid::new_v4().simple())))
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.0).expect("the ledger")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn keys_login(database: &DatabaseUrl) -> diesel::PgConnection {
    envelope::connect_keys(&database.with_login(KEYS_LOGIN, None).expect("a URL"))
        .expect("the login")
}

fn login_of(app: &TestApp) -> diesel::PgConnection {
    keys_login(&Cluster::shared().url_of(&app.database))
}

/// What a text of a consultation says in a database, to whoever has every right on it.
fn opened(app: &TestApp, database: &str, id: Uuid, sealed: &str) -> Result<String, CannotRead> {
    let field = Field {
        table: "consultations",
        column: "message_sealed",
        row: id,
    };
    let sealed = Sealed::from_bytes(URL_SAFE_NO_PAD.decode(sealed).expect("base64"));
    Envelope::from_config(&app.shared.config)
        .expect("the key")
        .open(
            &mut Cluster::shared().connect(database),
            Scope::Consultation(id),
            field,
            &sealed,
        )
        .map(|text| String::from_utf8(text).expect("text"))
}

fn destroy(app: &TestApp, consultation: Uuid) {
    app.sql(&format!(
        "DELETE FROM data_keys WHERE owner_id = '{consultation}'"
    ));
}

#[tokio::test]
async fn what_was_destroyed_after_a_backup_cannot_be_read_after_its_restore() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let (kept, gone) = (
        stage.consultation,
        app.consultation(&stage.employee, &stage.practitioner)
            .at("2026-03-25T09:00:00Z")
            .scheduled(),
    );
    let employee = stage.of_employee();
    let (kept_text, gone_text) = (
        employee.seals(kept, "reste").await,
        employee.seals(gone, "oublie").await,
    );
    let backup = dump::dump(&app.database);
    let file = File::new();
    let path = file.0.to_str().expect("a path");

    destroy(app, gone);
    let said = keys_command(app, &["ledger", "export", path]).expect("exported");
    assert!(said.starts_with("1 lines written"), "{said}");
    assert!(
        keys_command(app, &["ledger", "check", path])
            .is_ok_and(|said| said.contains("1 lines, whole"))
    );
    assert!(opened(app, &app.database, gone, &gone_text).is_err());

    // The backup brings it back: a server that has the ledger does not serve that.
    let restored = dump::restore(&backup);
    let url = Cluster::shared().url_of(&restored);
    assert_eq!(
        opened(app, &restored, gone, &gone_text).as_deref(),
        Ok("oublie")
    );
    let KeySource::Value(kek) = &app.shared.config.kek else {
        panic!("the tests' keys are in no file");
    };
    let refused = refusal_on(
        &url,
        "test",
        &[("KEK", kek.expose_secret()), ("KEY_LEDGER_FILE", path)],
    );
    assert!(refused.contains("older than its ledger"), "{refused}");
    assert!(refused.contains("huntzen keys ledger replay"), "{refused}");
    let lost = ledger::export(&mut keys_login(&url), &file.0);
    assert!(lost.is_err_and(|error| format!("{error:#}").contains("replay it first")));

    let replayed = ledger::replay(&mut keys_login(&url), &file.0).expect("replayed");
    assert_eq!(
        replayed,
        Replayed {
            lines: 1,
            keys: 1,
            accounts: 0
        }
    );
    assert!(opened(app, &restored, gone, &gone_text).is_err());
    assert_eq!(
        opened(app, &restored, kept, &kept_text).as_deref(),
        Ok("reste")
    );
    let again = ledger::replay(&mut keys_login(&url), &file.0).expect("replayed");
    assert_eq!(again, Replayed::default());
    // It goes on where it was.
    assert_eq!(
        ledger::export(&mut keys_login(&url), &file.0).expect("nothing"),
        0
    );
    let tail = ledger::tail(&file.0).expect("a last line");
    assert!(ledger::knows(&mut keys_login(&url), &tail).expect("an answer"));
}

#[tokio::test]
async fn an_older_version_of_a_destroyed_key_is_destroyed_with_it() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let sealed = stage
        .of_employee()
        .seals(stage.consultation, "oublie")
        .await;
    let backup = dump::dump(&app.database);
    // A newer version took over, then the person asked to be forgotten.
    app.sql(
        "INSERT INTO data_keys (scope, owner_id, version, kek, wrapped)
         SELECT scope, owner_id, 2, kek, wrapped FROM data_keys;
         DELETE FROM data_keys WHERE version = 1",
    );
    let reasons = "SELECT string_agg(reason, ' ' ORDER BY position) FROM destroyed_keys";
    assert_eq!(app.text(reasons).as_deref(), Some("superseded"));
    let file = File::new();
    ledger::export(&mut login_of(app), &file.0).expect("exported");

    // A superseded key is no destroyed one: its backup stays readable.
    let url = |database: &str| Cluster::shared().url_of(database);
    let before = dump::restore(&backup);
    let replayed = ledger::replay(&mut keys_login(&url(&before)), &file.0).expect("replayed");
    assert_eq!(
        replayed,
        Replayed {
            lines: 1,
            keys: 0,
            accounts: 0
        }
    );
    assert!(opened(app, &before, stage.consultation, &sealed).is_ok());

    destroy(app, stage.consultation);
    assert_eq!(app.text(reasons).as_deref(), Some("superseded destroyed"));
    ledger::export(&mut login_of(app), &file.0).expect("exported");
    let after = dump::restore(&backup);
    let replayed = ledger::replay(&mut keys_login(&url(&after)), &file.0).expect("replayed");
    assert_eq!(
        replayed,
        Replayed {
            lines: 2,
            keys: 1,
            accounts: 0
        }
    );
    assert!(opened(app, &after, stage.consultation, &sealed).is_err());
}

#[tokio::test]
async fn the_ledger_only_grows_and_names_nobody() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.of_employee().seals(stage.consultation, "x").await;
    destroy(app, stage.consultation);
    for change in [
        "UPDATE destroyed_keys SET reason = 'superseded'",
        "DELETE FROM destroyed_keys",
        "TRUNCATE destroyed_keys",
    ] {
        let refused =
            diesel::connection::SimpleConnection::batch_execute(&mut *app.owner(), change);
        assert!(refused.is_err(), "{change}");
    }
    let file = File::new();
    ledger::export(&mut login_of(app), &file.0).expect("exported");
    let text = file.text();
    for name in [stage.consultation, stage.employee.id, stage.practitioner.id] {
        assert!(!text.contains(&name.to_string()), "{text}");
        assert!(!text.contains(&name.simple().to_string()), "{text}");
    }
}

#[tokio::test]
async fn a_file_that_was_touched_is_refused_and_one_that_was_interrupted_is_completed() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let file = File::new();
    let export = || ledger::export(&mut login_of(app), &file.0);
    assert_eq!(export().expect("begun"), 0);
    for _ in 0..3 {
        let id = Uuid::new_v4();
        app.sql(&format!(
            "INSERT INTO data_keys (scope, owner_id, version, kek, wrapped)
             VALUES ('chat', '{id}', 1, 'local:0', decode(repeat('00', 60), 'hex'));
             DELETE FROM data_keys WHERE owner_id = '{id}'"
        ));
        assert_eq!(export().expect("one more"), 1);
    }
    let whole = file.text();
    assert_eq!(ledger::read(&file.0).expect("whole").len(), 3);

    // The process ended in the middle of a line.
    fs::write(&file.0, &whole[..whole.len() - 20]).expect("cut");
    assert_eq!(ledger::read(&file.0).expect("whole").len(), 2);
    assert_eq!(export().expect("completed"), 1);
    assert_eq!(file.text(), whole);

    let lines: Vec<&str> = whole.lines().collect();
    let [head, first, second, third] = lines.as_slice() else {
        panic!("{whole}");
    };
    let spoilt = [
        format!("{head}\n{first}\n{third}\n"),
        format!("{head}\n{second}\n{third}\n"),
        format!("{head}\n{first}\n{third}\n{second}\n"),
        format!("{first}\n{second}\n{third}\n"),
        whole.replace("destroyed ", "superseded "),
        whole.replacen(" 2", " 3", 1),
        format!("{whole}4 nothing\n"),
    ];
    for text in spoilt {
        fs::write(&file.0, &text).expect("spoilt");
        let refused = keys_command(app, &["ledger", "replay", file.0.to_str().expect("a path")]);
        assert!(refused.is_err(), "{text}");
    }
}

#[tokio::test]
async fn the_application_keeps_the_file_by_itself() {
    fn with_a_ledger(config: &mut Config) {
        let name = format!("huntzen-ledger-{}", Uuid::new_v4().simple());
        config.key_ledger = Some(env::temp_dir().join(name));
    }
    let app = TestApp::start_with(Setup {
        configure: with_a_ledger,
        ..Setup::default()
    })
    .await;
    let file = File(app.shared.config.key_ledger.clone().expect("a file"));
    app.sql(
        "INSERT INTO data_keys (scope, owner_id, version, kek, wrapped)
         SELECT 'chat', gen_random_uuid(), 1, 'local:0', decode(repeat('00', 60), 'hex') FROM generate_series(1, 7);
         DELETE FROM data_keys",
    );
    app.clock.advance(chrono::Duration::minutes(2));
    app.run_jobs().await;
    assert_eq!(ledger::read(&file.0).expect("whole").len(), 7);
}
