//! Sending mail: SMTP in production, a folder in development (read at `/dev/mailbox`), memory in tests.
//!
//! Only jobs send (`JobContext::send`), so that a mail leaves after its transaction committed and is
//! tried again when the mail server is away.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use chrono::{DateTime, Utc};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Attachment as MimeAttachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::PoolConfig,
};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    clock::Clock,
    config::{Config, MailTransport},
};

/// A mail server that says nothing for this long has failed.
const SMTP_TIMEOUT: Duration = Duration::from_secs(20);
/// Connections kept to the mail server; as many as handlers run at one time.
const SMTP_CONNECTIONS: u32 = 4;

/// A mail to one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Names the mail in its Message-ID; [`super::jobs::JobContext::send`] sets the job's.
    pub id: Uuid,
    /// The address, without a name.
    pub to: String,
    /// The subject; line breaks and other control characters become spaces.
    pub subject: String,
    /// The HTML body.
    pub html: String,
    /// The same in plain text.
    pub text: String,
    /// Files sent along.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Whom it comes from, when that is not `MAIL_FROM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Sender>,
}

/// Whom a mail comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The name that mailboxes show.
    pub name: String,
    /// The address.
    pub address: String,
}

impl Sender {
    /// The product's own, or the neutral one of discreet mails (`MAIL_FROM_DISCREET`, else the same address).
    ///
    /// # Errors
    /// A variable that holds no address.
    pub fn of(config: &Config, discreet: bool) -> Result<Self, MailError> {
        let neutral = config.mail_from_discreet.as_ref().filter(|_| discreet);
        let mailbox: Mailbox = neutral
            .unwrap_or(&config.mail_from)
            .parse()
            .map_err(|_| MailError::Malformed("the sender's address"))?;
        Ok(Self {
            name: mailbox.name.unwrap_or_default(),
            address: mailbox.email.to_string(),
        })
    }
}

/// A file sent along, for instance an appointment's `.ics`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The name the recipient sees.
    pub filename: String,
    /// Its media type, for instance `text/calendar; charset=utf-8; method=REQUEST`.
    pub content_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Mail {
    /// A mail without attachments.
    pub fn new(
        to: impl Into<String>,
        subject: impl Into<String>,
        html: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self {
            id: Uuid::new_v4(),
            to: to.into(),
            subject: subject.into(),
            html: html.into(),
            text: text.into(),
            attachments: Vec::new(),
            sender: None,
        }
    }

    /// The same from somebody else than `MAIL_FROM`.
    #[must_use]
    pub fn sent_by(mut self, sender: Sender) -> Self {
        self.sender = Some(sender);
        self
    }

    /// The same with a file.
    #[must_use]
    pub fn attach(mut self, attachment: Attachment) -> Self {
        self.attachments.push(attachment);
        self
    }

    pub(super) fn with_id(mut self, id: Uuid) -> Self {
        self.id = id;
        self
    }
}

/// Why a mail did not leave. Mail servers quote addresses in their answers, so only the answer's code is kept.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It can never be sent: an address or a media type that is none.
    #[error("malformed mail: {0}")]
    Malformed(&'static str),
    /// The mail server or the folder is away or refuses.
    #[error("mail transport: {0}")]
    Transport(String),
}

impl From<lettre::transport::smtp::Error> for MailError {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        let reason = match error.status() {
            Some(code) => format!("the server answered {code}"),
            None if error.is_timeout() => "the server did not answer in time".to_owned(),
            None if error.is_tls() => "TLS failed".to_owned(),
            None => "the server could not be reached".to_owned(),
        };
        Self::Transport(reason)
    }
}

/// Sends mails. Clones share the connections.
#[derive(Clone)]
pub struct Mailer(Arc<Inner>);

struct Inner {
    from: Mailbox,
    clock: Clock,
    transport: Transport,
}

enum Transport {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Folder(PathBuf),
    Memory(Mutex<Vec<Mail>>),
}

impl Mailer {
    /// The mailer of the configuration. Nothing is connected before the first mail.
    ///
    /// # Errors
    /// `MAIL_FROM` or `SMTP_URL` that is none.
    pub fn open(config: &Config, clock: Clock) -> anyhow::Result<Self> {
        let transport = match &config.mail {
            MailTransport::Smtp(url) => Transport::Smtp(Box::new(smtp(url.expose_secret())?)),
            MailTransport::Folder(folder) => Transport::Folder(folder.clone()),
        };
        Self::with(config, clock, transport)
    }

    /// A mailer that keeps what it is given, for tests: see [`Mailer::sent`].
    ///
    /// # Errors
    /// `MAIL_FROM` that is none.
    pub fn in_memory(config: &Config, clock: Clock) -> anyhow::Result<Self> {
        Self::with(config, clock, Transport::Memory(Mutex::default()))
    }

    fn with(config: &Config, clock: Clock, transport: Transport) -> anyhow::Result<Self> {
        let from = config
            .mail_from
            .parse()
            .map_err(|error| anyhow::anyhow!("MAIL_FROM: {error}"))?;
        Ok(Self(Arc::new(Inner {
            from,
            clock,
            transport,
        })))
    }

    /// Sends a mail. Every transport refuses what SMTP would refuse.
    ///
    /// # Errors
    /// See [`MailError`].
    pub async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let now = self.0.clock.now();
        let message = message(&self.0.from, now, &mail)?;
        match &self.0.transport {
            Transport::Smtp(smtp) => {
                smtp.send(message).await?;
            }
            Transport::Folder(folder) => {
                let folder = folder.clone();
                tokio::task::spawn_blocking(move || {
                    keep(&folder, &StoredMail { sent_at: now, mail })
                })
                .await
                .map_err(|_| MailError::Transport("writing to the folder stopped".to_owned()))?
                .map_err(|error| MailError::Transport(format!("the folder: {}", error.kind())))?;
            }
            Transport::Memory(sent) => {
                sent.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(mail);
            }
        }
        Ok(())
    }

    /// What an in-memory mailer was given, oldest first; nothing for the other transports.
    pub fn sent(&self) -> Vec<Mail> {
        match &self.0.transport {
            Transport::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Transport::Smtp(_) | Transport::Folder(_) => Vec::new(),
        }
    }
}

fn smtp(url: &str) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    // The parser's own message would quote the URL, which holds the password.
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .map_err(|_| anyhow::anyhow!("SMTP_URL: expected smtps://user:password@host:465"))?;
    Ok(builder
        .timeout(Some(SMTP_TIMEOUT))
        .pool_config(PoolConfig::new().max_size(SMTP_CONNECTIONS))
        .build())
}

/// Builds the MIME message. lettre encodes every header value; control characters never reach it.
fn message(from: &Mailbox, now: DateTime<Utc>, mail: &Mail) -> Result<Message, MailError> {
    let to: Address = mail
        .to
        .parse()
        .map_err(|_| MailError::Malformed("the recipient's address"))?;
    let from = match &mail.sender {
        None => from.clone(),
        Some(sender) => {
            let address = sender
                .address
                .parse()
                .map_err(|_| MailError::Malformed("the sender's address"))?;
            Mailbox::new(Some(one_line(&sender.name)), address)
        }
    };
    let body = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
    let body = if mail.attachments.is_empty() {
        body
    } else {
        mail.attachments
            .iter()
            .try_fold(MultiPart::mixed().multipart(body), |parts, file| {
                attachment(file).map(|part| parts.singlepart(part))
            })?
    };
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .date(SystemTime::from(now))
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        // RFC 3834: keeps out-of-office answers away.
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(body)
        .map_err(|_| MailError::Malformed("its headers"))
}

fn attachment(file: &Attachment) -> Result<SinglePart, MailError> {
    let content_type = ContentType::parse(&file.content_type)
        .map_err(|_| MailError::Malformed("an attachment's media type"))?;
    Ok(MimeAttachment::new(one_line(&file.filename)).body(file.content.clone(), content_type))
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

/// A mail in the development folder: one JSON file, named so that names sort by time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StoredMail {
    pub sent_at: DateTime<Utc>,
    #[serde(flatten)]
    pub mail: Mail,
}

pub(super) fn keep(folder: &Path, stored: &StoredMail) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let name = format!(
        "{}-{}",
        stored.sent_at.format("%Y%m%dT%H%M%S%.6f"),
        stored.mail.id
    );
    let partial = folder.join(format!("{name}.partial"));
    fs::write(&partial, serde_json::to_vec_pretty(stored)?)?;
    fs::rename(partial, folder.join(format!("{name}.json")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(mail: &Mail) -> String {
        let from = "HuntZen Care <bonjour@huntzen.example>"
            .parse()
            .expect("a mailbox");
        let now = "2026-11-20T08:00:00Z".parse().expect("an instant");
        let message = message(&from, now, mail).expect("a message");
        String::from_utf8(message.formatted()).expect("UTF-8")
    }

    fn mail() -> Mail {
        Mail::new(
            "zoe@techcorp.example",
            "Votre invitation",
            "<p>Bonjour</p>",
            "Bonjour",
        )
    }

    #[test]
    fn a_mail_has_both_bodies_and_says_that_a_machine_sent_it() {
        let text = formatted(&mail());
        assert!(
            text.contains("Auto-Submitted: auto-generated\r\n"),
            "{text}"
        );
        assert!(text.contains("multipart/alternative"), "{text}");
        assert!(
            text.contains("text/plain") && text.contains("text/html"),
            "{text}"
        );
        assert!(
            text.contains("Date: Fri, 20 Nov 2026 08:00:00 +0000\r\n"),
            "{text}"
        );
    }

    #[test]
    fn the_message_id_is_the_mails_own() {
        let mail = mail();
        let text = formatted(&mail);
        assert!(
            text.contains(&format!("Message-ID: <{}@huntzen.example>\r\n", mail.id)),
            "{text}"
        );
    }

    #[test]
    fn a_subject_cannot_add_a_header() {
        let mut mail = mail();
        mail.subject = "Bonjour\r\nBcc: everyone@techcorp.example\r\n\r\n<b>body</b>".to_owned();
        let text = formatted(&mail);
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")), "{text}");
        assert_eq!(text.matches("Subject:").count(), 1);
    }

    #[test]
    fn an_attachments_name_cannot_add_a_header() {
        let file = Attachment {
            filename: "rendez-vous\"\r\nX-Evil: yes.ics".to_owned(),
            content_type: "text/calendar; charset=utf-8".to_owned(),
            content: b"BEGIN:VCALENDAR".to_vec(),
        };
        let text = formatted(&mail().attach(file));
        assert!(text.contains("multipart/mixed"), "{text}");
        assert!(
            !text.lines().any(|line| line.starts_with("X-Evil:")),
            "{text}"
        );
    }

    #[test]
    fn an_address_with_more_than_an_address_is_refused() {
        for to in [
            "",
            "zoe",
            "a@b.example, c@d.example",
            "a@b.example\r\nBcc: c@d.example",
            "Zoé <a@b.example>",
        ] {
            let mut mail = mail();
            mail.to = to.to_owned();
            let from = "bonjour@huntzen.example".parse().expect("a mailbox");
            let now = "2026-11-20T08:00:00Z".parse().expect("an instant");
            assert!(
                matches!(message(&from, now, &mail), Err(MailError::Malformed(_))),
                "{to}"
            );
        }
    }
}
