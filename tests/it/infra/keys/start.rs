//! Without its key, a server does not serve.

use std::{env, process::Command};

use huntzen::infra::config::{CARE_LOGIN, DatabaseUrl, OFFICE_LOGIN};
use uuid::Uuid;

use crate::{
    infra::envelope::Stage,
    support::{TestApp, cluster::Cluster},
};

/// What `huntzen serve` says before it gives up.
fn refusal(app: &TestApp, environment: &str, set: &[(&str, &str)]) -> String {
    refusal_on(&Cluster::shared().url_of(&app.database), environment, set)
}

/// The same on any database.
pub fn refusal_on(owner: &DatabaseUrl, environment: &str, set: &[(&str, &str)]) -> String {
    let login = |name| owner.with_login(name, None).expect("a URL");
    let mut command = Command::new(env!("CARGO_BIN_EXE_huntzen"));
    command
        .arg("serve")
        .current_dir(env::temp_dir())
        .env("HUNTZEN_ENV", environment)
        .env("BIND", "127.0.0.1:0")
        .env("DATABASE_CARE_URL", login(CARE_LOGIN).expose())
        .env("DATABASE_OFFICE_URL", login(OFFICE_LOGIN).expose())
        .env("PUBLIC_URL", "https://care.example")
        .env("SMTP_URL", "smtp://localhost:1")
        .env("MAIL_FROM", "HuntZen Care <bonjour@huntzen.example>")
        .env("SESSION_SECRET", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==")
        .env_remove("DATABASE_URL")
        .env_remove("KEK")
        .env_remove("KEK_FILE");
    for (variable, value) in set {
        command.env(variable, value);
    }
    let output = command.output().expect("the process runs");
    assert!(!output.status.success(), "it serves");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn production_without_a_key_file_refuses_and_says_what_to_do() {
    let app = TestApp::start().await;
    let missing = refusal(&app, "production", &[]);
    assert!(
        missing.contains("KEK_FILE: missing") && missing.contains("huntzen keygen"),
        "{missing}"
    );
    let nowhere = env::temp_dir().join(Uuid::new_v4().to_string());
    let nowhere = nowhere.to_str().expect("a path");
    let absent = refusal(&app, "production", &[("KEK_FILE", nowhere)]);
    assert!(
        absent.contains(nowhere) && absent.contains("there is no such file"),
        "{absent}"
    );
}

#[tokio::test]
async fn another_key_than_the_database_was_sealed_with_is_refused_by_name() {
    let stage = Stage::set().await;
    stage.of_employee().seals(stage.consultation, "x").await;
    let kek = stage.app.text("SELECT kek FROM data_keys").expect("a KEK");
    let other = "b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgIS4=";
    for environment in ["test", "production"] {
        let said = refusal(&stage.app, environment, &[("KEK", other)]);
        assert!(
            said.contains(&kek) && said.contains("not the key given"),
            "{said}"
        );
        assert!(!said.contains(other), "{said}");
    }
}
