//! The client of Vault's transit engine against a real server of its kind.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use huntzen::infra::{
    config::KeySource,
    envelope::{DataKey, Kms as _, KmsError, VaultKms},
};
use serde_json::{Value, json};

use super::vault::{kek, rotate, stage_with};
use crate::{
    infra::envelope::REFUSAL,
    support::{
        openbao::{OpenBao, ask},
        vault::{FakeVault, TOKEN},
    },
};

#[tokio::test]
async fn a_real_server_wraps_gets_a_new_version_and_forgets_the_old_one() {
    let bao = OpenBao::start().await;
    let stage = stage_with(KeySource::Vault(bao.config(), None)).await;
    let (app, id) = (&stage.app, stage.consultation);
    let (employee, practitioner) = (stage.of_employee(), stage.of_practitioner());
    let sealed = employee.seals(id, "bonjour").await;
    assert_eq!(kek(app), "vault:transit/huntzen:v1");
    assert_eq!(practitioner.opens(id, &sealed).await, "bonjour");

    bao.rotate();
    assert_eq!(rotate(app).await.done, 1);
    assert_eq!(kek(app), "vault:transit/huntzen:v2");
    bao.forget_before(2);
    assert_eq!(employee.opens(id, &sealed).await, "bonjour");

    // Touched, it opens nowhere, and an operator is told.
    app.sql("UPDATE data_keys SET wrapped = set_byte(wrapped, 30, get_byte(wrapped, 30) # 1)");
    assert_eq!(employee.opens(id, &sealed).await, REFUSAL);
    assert_eq!(
        app.count("SELECT count(*) FROM security_events WHERE kind = 'sealed_text_tampered'"),
        1
    );
}

#[tokio::test]
async fn what_a_real_server_refuses_is_told_by_its_kind() {
    let bao = OpenBao::start().await;
    let kms = VaultKms::open(&bao.config()).expect("the server");
    let key = DataKey::random();
    let wrapped = kms.wrap(&key, b"here").expect("wrapped");
    assert!(kms.unwrap(&wrapped.kek, &wrapped.bytes, b"here").is_ok());
    let elsewhere = kms.unwrap(&wrapped.kek, &wrapped.bytes, b"there");
    assert!(matches!(elsewhere, Err(KmsError::NotGenuine)));

    bao.rotate();
    bao.forget_before(2);
    assert!(!kms.knows(&wrapped.kek).expect("an answer"));
    // Genuine, and not to be opened any more: nobody tampered with it.
    let old = kms.unwrap(&wrapped.kek, &wrapped.bytes, b"here");
    assert!(matches!(old, Err(KmsError::UnknownKek(_))));
    let ahead = String::from_utf8(wrapped.bytes).expect("text");
    let ahead = ahead.replace("vault:v1:", "vault:v9:").into_bytes();
    let ahead = kms.unwrap("vault:transit/huntzen:v9", &ahead, b"here");
    assert!(matches!(ahead, Err(KmsError::NotGenuine)));

    let problem = || match VaultKms::open(&bao.config()) {
        Ok(_) => panic!("it starts"),
        Err(error) => format!("{error:#}"),
    };
    bao.revoke_token();
    assert!(problem().contains("(403)"), "{}", problem());
    bao.seal();
    assert!(problem().contains("Vault is sealed (503)"), "{}", problem());
}

/// What a client can tell of an answer: the status, and the kinds of what it holds.
fn shape((status, said): (u16, Value)) -> (u16, Vec<String>) {
    let data = said["data"].as_object();
    // A real key says more of itself than its client asks.
    let known = [
        "type",
        "latest_version",
        "min_decryption_version",
        "plaintext",
        "ciphertext",
        "key_version",
    ];
    let mut fields: Vec<String> = known
        .iter()
        .filter_map(|name| Some((name, data?.get(*name)?)))
        .map(|(name, value)| match value {
            Value::String(text) if *name == "ciphertext" => {
                let (version, bytes) = text.rsplit_once(':').unwrap_or_default();
                let length = STANDARD.decode(bytes).map(|bytes| bytes.len());
                format!("{name} {version} {length:?}")
            }
            other => format!("{name} {other}"),
        })
        .collect();
    fields.sort();
    (status, fields)
}

#[tokio::test]
async fn the_fake_answers_as_the_real_one() {
    let (bao, fake) = (OpenBao::start().await, FakeVault::start().await);
    let places = [
        (bao.url(""), bao.token()),
        (format!("{}/v1/", fake.config().address), TOKEN),
    ];
    let here = STANDARD.encode("here");
    let (text, there) = (STANDARD.encode([7; 32]), STANDARD.encode("there"));
    let both = |what: &dyn Fn(&str, &str) -> (u16, Value)| {
        let [real, faked] = [0, 1].map(|at| shape(what(&places[at].0, places[at].1)));
        assert_eq!(real, faked);
        real
    };
    let sealed = |url: &str, token: &str| {
        let body = json!({ "plaintext": text, "associated_data": here });
        let (_, said) = ask(
            "POST",
            &format!("{url}transit/encrypt/huntzen"),
            token,
            Some(&body),
        );
        said["data"]["ciphertext"]
            .as_str()
            .expect("a ciphertext")
            .to_owned()
    };
    let opens = |url: &str, token: &str, ciphertext: &str, aad: &str| {
        let body = json!({ "ciphertext": ciphertext, "associated_data": aad });
        ask(
            "POST",
            &format!("{url}transit/decrypt/huntzen"),
            token,
            Some(&body),
        )
    };
    let describe =
        |url: &str, token: &str| ask("GET", &format!("{url}transit/keys/huntzen"), token, None);
    for _ in 0..2 {
        assert_eq!(both(&describe).0, 200);
        let encrypted = both(&|url, token| {
            let body = json!({ "plaintext": text, "associated_data": here });
            ask(
                "POST",
                &format!("{url}transit/encrypt/huntzen"),
                token,
                Some(&body),
            )
        });
        assert_eq!(encrypted.0, 200);
        assert_eq!(
            both(&|url, token| opens(url, token, &sealed(url, token), &here)).0,
            200
        );
        assert_eq!(
            both(&|url, token| opens(url, token, &sealed(url, token), &there)).0,
            400
        );
        for nonsense in [
            "",
            "x",
            "vault:v1:",
            "vault:v1:AAAA",
            "vault:v9:AAAA",
            "vault:v0:AAAA",
        ] {
            assert_eq!(
                both(&|url, token| opens(url, token, nonsense, &here)).0,
                400,
                "{nonsense}"
            );
        }
        let bad = both(&|url, token| {
            let body = json!({ "plaintext": "!!", "associated_data": here });
            ask(
                "POST",
                &format!("{url}transit/encrypt/huntzen"),
                token,
                Some(&body),
            )
        });
        assert_eq!(bad.0, 400);
        assert_eq!(both(&|url, _| describe(url, "hvs.nobody")).0, 403);
        // And again with another version.
        bao.rotate();
        fake.rotate();
    }
    let old = places.each_ref().map(|(url, token)| sealed(url, token));
    bao.rotate();
    fake.rotate();
    bao.forget_before(4);
    fake.forget_before(4);
    let answers = [0, 1].map(|at| {
        let (url, token) = &places[at];
        shape(opens(url, token, &old[at], &here))
    });
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 400);
    bao.seal();
    fake.seal(true);
    assert_eq!(both(&describe).0, 503);
}
