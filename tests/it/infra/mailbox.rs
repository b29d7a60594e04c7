//! `/dev/mailbox` on the mails of a folder.

use std::{env, fs, path::PathBuf};

use huntzen::infra::{
    config::{Environment, MailTransport},
    mailer::{Attachment, Mail, Mailer},
};

use crate::support::{TestApp, app::Setup};

async fn in_development() -> (TestApp, Mailer) {
    let app = TestApp::start_with(Setup {
        configure: |config| {
            let folder = env::temp_dir().join(format!("huntzen-mailbox-{}", uuid::Uuid::new_v4()));
            config.environment = Environment::Development;
            config.mail = MailTransport::Folder(folder);
        },
        ..Setup::default()
    })
    .await;
    let mailer = Mailer::open(&app.shared.config, app.clock.clone()).expect("a mailer");
    (app, mailer)
}

fn folder(app: &TestApp) -> PathBuf {
    match &app.shared.config.mail {
        MailTransport::Folder(folder) => folder.clone(),
        MailTransport::Smtp(_) => panic!("these tests keep mails in a folder"),
    }
}

#[tokio::test]
async fn an_empty_mailbox_says_so() {
    let (app, _) = in_development().await;
    app.client()
        .get("/dev/mailbox")
        .await
        .assert_ok()
        .assert_text("Aucun courriel");
}

#[tokio::test]
async fn a_mail_is_listed_and_shown_as_its_recipient_sees_it() {
    let (app, mailer) = in_development().await;
    let mail = Mail::new(
        "zoe@techcorp.example",
        "Votre <invitation>",
        r#"<p style="color:teal">Bonjour Zoé</p>"#,
        "Bonjour Zoé, en texte",
    )
    .attach(Attachment {
        filename: "rendez-vous.ics".to_owned(),
        content_type: "text/calendar; charset=utf-8".to_owned(),
        content: b"BEGIN:VCALENDAR".to_vec(),
    });
    mailer.send(mail.clone()).await.expect("a writable folder");

    let client = app.client();
    let list = client.get("/dev/mailbox").await;
    list.assert_ok()
        .assert_text("zoe@techcorp.example")
        .assert_text("Votre <invitation>");
    let [link] = list
        .attributes(".mailbox-list a", "href")
        .try_into()
        .expect("one mail");
    client
        .get(&link)
        .await
        .assert_ok()
        .assert_text("Bonjour Zoé, en texte");

    let html = client.get(&format!("{link}/html")).await;
    assert_eq!(html.text(), mail.html);
    let policy = html.header("content-security-policy").expect("a policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'self'"),
        "{policy}"
    );
    assert!(!policy.contains("script-src"), "{policy}");

    let file = client.get(&format!("{link}/attachments/0")).await;
    assert_eq!(file.text(), "BEGIN:VCALENDAR");
    client
        .get(&format!("{link}/attachments/1"))
        .await
        .assert_status(404);
    fs::remove_dir_all(folder(&app)).expect("the test's own folder");
}

#[tokio::test]
async fn a_mail_that_is_not_there_is_not_found() {
    let (app, _) = in_development().await;
    let client = app.client();
    for path in [
        format!("/dev/mailbox/{}", uuid::Uuid::new_v4()),
        "/dev/mailbox/zoe".to_owned(),
    ] {
        client.get(&path).await.assert_status(404);
    }
}
