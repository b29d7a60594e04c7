//! The mailer against a real mail server.

use std::net::SocketAddr;

use huntzen::infra::{
    clock::Clock,
    config::{DatabaseUrl, MailTransport},
    mailer::{Mail, MailError, Mailer},
};
use secrecy::SecretString;

use crate::support::{
    app::{NOW, config_for},
    smtp::SmtpSink,
};

fn open(smtp_url: &str) -> anyhow::Result<Mailer> {
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut config = config_for(&DatabaseUrl::new("postgres://unused/unused"), nowhere);
    config.mail = MailTransport::Smtp(SecretString::from(smtp_url));
    Mailer::open(&config, Clock::fixed(NOW.parse()?))
}

fn mailer(smtp_url: &str) -> Mailer {
    open(smtp_url).expect("a mailer")
}

fn invitation() -> Mail {
    Mail::new(
        "zoe@techcorp.example",
        "Votre accès à HuntZen Care",
        "<p>Bonjour Zoé</p>",
        "Bonjour Zoé",
    )
}

#[tokio::test]
async fn a_mail_arrives_with_its_envelope_and_both_bodies() {
    let sink = SmtpSink::start().await;
    mailer(&sink.url)
        .send(invitation())
        .await
        .expect("the sink takes it");
    let [received] = sink.received().try_into().expect("one message");
    assert!(
        received.from.contains("<bonjour@huntzen.example>"),
        "{received:?}"
    );
    assert_eq!(received.recipients.len(), 1);
    assert!(
        received.recipients[0].contains("<zoe@techcorp.example>"),
        "{received:?}"
    );
    for line in [
        "Auto-Submitted: auto-generated",
        "To: zoe@techcorp.example",
        "Content-Type: multipart/alternative",
    ] {
        assert!(
            received.data.contains(line),
            "{line} is missing from {}",
            received.data
        );
    }
}

#[tokio::test]
async fn connections_are_reused() {
    let sink = SmtpSink::start().await;
    let mailer = mailer(&sink.url);
    for _ in 0..6 {
        mailer.send(invitation()).await.expect("the sink takes it");
    }
    assert_eq!(sink.received().len(), 6);
    // A connection goes back to the pool in the background: the next mail may find none yet, the one after does.
    assert!(
        sink.connections() <= 2,
        "{} connections for 6 mails",
        sink.connections()
    );
}

#[tokio::test]
async fn a_refusal_is_told_by_its_code_and_never_by_the_address() {
    let sink = SmtpSink::start().await;
    sink.refuse_recipients(Some("550 5.1.1 <zoe@techcorp.example> unknown"));
    let error = mailer(&sink.url)
        .send(invitation())
        .await
        .expect_err("a refusal");
    assert!(matches!(error, MailError::Transport(_)));
    assert!(error.to_string().contains("550"), "{error}");
    assert!(!format!("{error:?}").contains("zoe"), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_away_is_an_error_to_retry() {
    let error = mailer("smtp://127.0.0.1:1")
        .send(invitation())
        .await
        .expect_err("nobody listens");
    assert!(matches!(error, MailError::Transport(_)), "{error:?}");
}

#[test]
fn a_wrong_smtp_url_is_refused_without_quoting_its_password() {
    let Err(error) = open("ftp://mailer:hunter2@mail.example") else {
        panic!("accepted");
    };
    assert!(!format!("{error:#}").contains("hunter2"), "{error:#}");
}
