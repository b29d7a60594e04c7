//! Keys that never leave a Vault.

use std::{cell::RefCell, env, fs};

use huntzen::infra::{
    config::{Config, KEYS_LOGIN, KeySource, Vault, VaultToken},
    envelope::{self, DataKey, Kms as _, KmsError, Progress, VaultKms, open_kms, rotate_kek},
};
use secrecy::SecretString;
use uuid::Uuid;

use crate::{
    infra::envelope::{REFUSAL, Stage},
    support::{
        TestApp,
        vault::{FakeVault, TOKEN},
    },
};

thread_local! {
    /// What the application of this test is to use.
    static SOURCE: RefCell<Option<KeySource>> = const { RefCell::new(None) };
}

pub(super) async fn stage_with(source: KeySource) -> Stage {
    SOURCE.set(Some(source));
    Stage::set_with(|config: &mut Config| {
        config.kek = SOURCE.take().expect("a source of keys");
    })
    .await
}

fn alone(vault: &FakeVault) -> KeySource {
    KeySource::Vault(vault.config(), None)
}

/// As `huntzen keys rotate`, which asks on a thread of its own too.
pub(super) async fn rotate(app: &TestApp) -> Progress {
    let (url, source) = (app.login_url(KEYS_LOGIN), app.shared.config.kek.clone());
    let clock = app.clock.clone();
    tokio::task::spawn_blocking(move || {
        let kms = open_kms(&source, false).expect("the Vault");
        let mut conn = envelope::connect_keys(&url).expect("the login of keys");
        rotate_kek(&mut conn, &*kms, &clock, |_| {}).expect("rotated")
    })
    .await
    .expect("no panic")
}

pub(super) fn kek(app: &TestApp) -> String {
    app.text("SELECT string_agg(DISTINCT kek, ' ') FROM data_keys")
        .expect("keys")
}

#[tokio::test]
async fn vault_wraps_and_is_asked_once_for_a_key_and_not_for_a_text() {
    let vault = FakeVault::start().await;
    let stage = stage_with(alone(&vault)).await;
    let (employee, practitioner) = (stage.of_employee(), stage.of_practitioner());
    let sealed = employee.seals(stage.consultation, "bonjour").await;
    assert_eq!(kek(&stage.app), "vault:transit/huntzen:v1");
    let wrapped = stage
        .app
        .text("SELECT convert_from(wrapped, 'UTF8') FROM data_keys")
        .expect("a key");
    assert!(wrapped.starts_with("vault:v1:"), "{wrapped}");
    let asked = vault.asked();
    for _ in 0..20 {
        assert_eq!(
            practitioner.opens(stage.consultation, &sealed).await,
            "bonjour"
        );
        employee.seals(stage.consultation, "encore").await;
    }
    assert_eq!(vault.asked(), asked, "the data key is remembered");
}

#[tokio::test]
async fn a_new_version_of_the_key_takes_over_everything() {
    let vault = FakeVault::start().await;
    let stage = stage_with(alone(&vault)).await;
    let employee = stage.of_employee();
    let sealed = employee.seals(stage.consultation, "bonjour").await;
    vault.rotate();
    assert_eq!(employee.opens(stage.consultation, &sealed).await, "bonjour");
    let progress = rotate(&stage.app).await;
    assert_eq!((progress.total, progress.done), (1, 1));
    assert_eq!(kek(&stage.app), "vault:transit/huntzen:v2");
    vault.forget_before(2);
    assert_eq!(employee.opens(stage.consultation, &sealed).await, "bonjour");
    // A KEK that Vault would not open is missed at start.
    let kms = VaultKms::open(&vault.config()).expect("the Vault");
    assert!(kms.knows("vault:transit/huntzen:v2").expect("an answer"));
    for gone in [
        "vault:transit/huntzen:v1",
        "vault:transit/huntzen:v3",
        "vault:other/huntzen:v2",
        "local:0",
    ] {
        assert!(!kms.knows(gone).expect("an answer"), "{gone}");
    }
}

#[tokio::test]
async fn keys_move_from_a_file_to_vault_and_back() {
    let vault = FakeVault::start().await;
    let local = KeySource::Value(SecretString::from(
        "dGVzdHMgZW5jcnlwdCB3aXRoIHRoaXMga2V5LCBvaz8=",
    ));
    let both = KeySource::Vault(vault.config(), Some(Box::new(local.clone())));
    let stage = stage_with(both).await;
    let app = &stage.app;
    let employee = stage.of_employee();
    let sealed = employee.seals(stage.consultation, "bonjour").await;
    // What the file had wrapped before.
    let back = KeySource::LocalAfterVault(Box::new(local), vault.config());
    let (url, clock) = (app.login_url(KEYS_LOGIN), app.clock.clone());
    tokio::task::spawn_blocking(move || {
        let kms = open_kms(&back, false).expect("both");
        let mut conn = envelope::connect_keys(&url).expect("the login of keys");
        rotate_kek(&mut conn, &*kms, &clock, |_| {}).expect("rotated")
    })
    .await
    .expect("no panic");
    assert!(kek(app).starts_with("local:"), "{}", kek(app));
    assert_eq!(employee.opens(stage.consultation, &sealed).await, "bonjour");
    rotate(app).await;
    assert!(kek(app).starts_with("vault:"), "{}", kek(app));
    assert_eq!(employee.opens(stage.consultation, &sealed).await, "bonjour");
}

#[tokio::test]
async fn a_sealed_vault_closes_what_is_not_remembered_and_nothing_else() {
    let vault = FakeVault::start().await;
    let stage = stage_with(alone(&vault)).await;
    let (employee, id) = (stage.of_employee(), stage.consultation);
    let sealed = employee.seals(id, "bonjour").await;
    let other = stage
        .app
        .consultation(&stage.employee, &stage.practitioner)
        .at("2026-03-25T09:00:00Z")
        .scheduled();
    vault.seal(true);
    assert_eq!(employee.opens(id, &sealed).await, "bonjour", "remembered");
    assert_eq!(employee.asks("seal", other, other, "x").await.0, 500);
    assert_eq!(stage.keys(), 1, "nothing was written by half");
    let stranger = says_at_start(&vault).await;
    assert!(stranger.contains("Vault is sealed (503)"), "{stranger}");
    assert!(!stranger.contains(TOKEN), "{stranger}");
    vault.seal(false);
    employee.seals(other, "x").await;
    assert_eq!(
        stage
            .app
            .count("SELECT count(*) FROM security_events WHERE kind = 'sealed_text_tampered'"),
        0
    );
}

/// What a process that starts now says.
async fn says_at_start(vault: &FakeVault) -> String {
    let config = vault.config();
    tokio::task::spawn_blocking(move || match VaultKms::open(&config) {
        Ok(_) => "it starts".to_owned(),
        Err(error) => format!("{error:#}"),
    })
    .await
    .expect("no panic")
}

#[tokio::test]
async fn a_wrapped_key_opens_for_its_own_scope_and_untouched() {
    let vault = FakeVault::start().await;
    let stage = stage_with(alone(&vault)).await;
    let (employee, id) = (stage.of_employee(), stage.consultation);
    let other = stage
        .app
        .consultation(&stage.employee, &stage.practitioner)
        .at("2026-03-25T09:00:00Z")
        .scheduled();
    let sealed = employee.seals(id, "bonjour").await;
    employee.seals(other, "autre").await;
    let swap = "UPDATE data_keys d SET wrapped = o.wrapped FROM data_keys o WHERE o.id <> d.id";
    stage.app.sql(swap);
    assert_eq!(employee.opens(id, &sealed).await, REFUSAL);
    stage.app.sql(swap);
    assert_eq!(employee.opens(id, &sealed).await, "bonjour");
    stage
        .app
        .sql("UPDATE data_keys SET wrapped = set_byte(wrapped, 30, get_byte(wrapped, 30) # 1)");
    assert_eq!(employee.opens(id, &sealed).await, REFUSAL);
}

#[tokio::test]
async fn a_token_that_was_renewed_is_read_again_and_never_shown() {
    let vault = FakeVault::start().await;
    let path = env::temp_dir().join(format!("huntzen-token-{}", Uuid::new_v4().simple()));
    fs::write(&path, format!("{TOKEN}\n")).expect("the token");
    let config = Vault {
        token: VaultToken::File(path.clone()),
        ..vault.config()
    };
    let kms = VaultKms::open(&config).expect("the Vault");
    let wrapped = kms.wrap(&DataKey::random(), b"here").expect("wrapped");
    vault.expect_token("hvs.renewed");
    let refused = kms
        .wrap(&DataKey::random(), b"here")
        .expect_err("an old token");
    assert!(matches!(refused, KmsError::Unavailable(_)));
    assert!(!refused.to_string().contains("hvs."), "{refused}");
    fs::write(&path, "hvs.renewed").expect("the token");
    assert!(kms.unwrap(&wrapped.kek, &wrapped.bytes, b"here").is_ok());
    let elsewhere = kms.unwrap(&wrapped.kek, &wrapped.bytes, b"there");
    assert!(matches!(elsewhere, Err(KmsError::NotGenuine)));
    fs::remove_file(&path).expect("cleaned up");
}

#[tokio::test]
async fn without_a_vault_the_server_says_what_is_missing() {
    let vault = FakeVault::start().await;
    let problem = |config: Vault| match VaultKms::open(&config) {
        Ok(_) => panic!("it starts"),
        Err(error) => format!("{error:#}"),
    };
    let nowhere = Vault {
        address: "http://127.0.0.1:9".to_owned(),
        ..vault.config()
    };
    assert!(problem(nowhere).starts_with("VAULT_ADDR: "));
    let no_key = Vault {
        key: "other".to_owned(),
        ..vault.config()
    };
    assert!(problem(no_key).contains("no such engine or key"));
    let stranger = Vault {
        token: VaultToken::Value("hvs.stolen".into()),
        ..vault.config()
    };
    let refused = problem(stranger);
    assert!(
        refused.contains("refuses the token") && !refused.contains("stolen"),
        "{refused}"
    );
}
