//! What both sides' screens share: the messages, what a form sends, a file as an answer.

use actix_web::{
    HttpResponse,
    http::header::{
        self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
    },
};
use uuid::Uuid;

use super::{
    model::{TEXT_MOST, WrongText, words},
    queries::{NewMessage, OpenedFile, Ticket},
};
use crate::infra::{
    attachments::{self, File, Unfit},
    error::AppError,
    form::{FormErrors, Upload},
    i18n::Message,
    images,
};

/// A message as it was typed; a file must be chosen again.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// Drawn with the form.
    pub(super) client: String,
    /// The text.
    pub(super) text: String,
}

impl Typed {
    /// An empty form.
    pub(super) fn blank() -> Self {
        Self::with(String::new())
    }

    /// A form that begins with a text.
    pub(super) fn with(text: String) -> Self {
        Self {
            client: Uuid::new_v4().to_string(),
            text,
        }
    }

    /// What was sent.
    pub(super) fn sent(upload: &Upload) -> Self {
        Self {
            client: upload.client_id().to_owned(),
            text: upload.text().to_owned(),
        }
    }
}

/// What is wrong with a text, as a sentence.
pub(super) fn said(wrong: WrongText, missing: &'static str, most: usize) -> Message {
    match wrong {
        WrongText::Missing => Message::new(missing),
        WrongText::TooLong => Message::new("support-too-long").with("count", most),
    }
}

/// What an upload that cannot be read at all says; any other error is passed on.
///
/// # Errors
/// The upload's, unless it is its size.
pub(super) fn readable(
    upload: Result<Upload, AppError>,
) -> Result<Result<Upload, FormErrors>, AppError> {
    match upload {
        Ok(upload) => Ok(Ok(upload)),
        Err(AppError::TooLarge) => {
            let mut errors = FormErrors::default();
            errors.add("file", "support-file-large");
            Ok(Err(errors))
        }
        Err(error) => Err(error),
    }
}

/// The message of a form, with its file if it has one.
///
/// # Errors
/// What is wrong with it.
pub(super) async fn message(upload: Upload) -> Result<NewMessage, FormErrors> {
    let mut errors = FormErrors::default();
    let client = upload
        .client_id()
        .parse()
        .unwrap_or_else(|_| Uuid::new_v4());
    let text = words(upload.text(), TEXT_MOST)
        .map_err(|wrong| errors.add("text", said(wrong, "support-text-missing", TEXT_MOST)));
    let file = file(upload).await.map_err(|key| errors.add("file", key));
    match (text, file) {
        (Ok(text), Ok(file)) => Ok(NewMessage { client, text, file }),
        _ => Err(errors),
    }
}

async fn file(mut upload: Upload) -> Result<Option<File>, &'static str> {
    const LIMIT: u64 = attachments::FILE_BYTES as u64;
    if upload.size() == 0 {
        return Ok(None);
    }
    if upload.size() > LIMIT {
        return Err("support-file-large");
    }
    let accepted = images::in_turn(move || {
        let name = upload.file_name().to_owned();
        let content = upload.read(LIMIT + 1).map_err(|_| Unfit::Broken)?;
        attachments::accept(&name, content)
    })
    .await
    .unwrap_or(Err(Unfit::Broken));
    match accepted {
        Ok(file) => Ok(Some(file)),
        Err(Unfit::TooLarge) => Err("support-file-large"),
        Err(Unfit::Kind | Unfit::Broken) => Err("support-file-unreadable"),
    }
}

/// A file to be saved, never shown: what a sender made runs nowhere.
pub(super) fn download(file: OpenedFile) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(file.kind)
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::FilenameExt(ExtendedValue {
                charset: Charset::Ext("UTF-8".to_owned()),
                language_tag: None,
                value: file.name.into_bytes(),
            })],
        })
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(file.content)
}

impl Ticket {
    /// What stands for it in conversation: the beginning of its id.
    #[must_use]
    pub fn reference(&self) -> String {
        self.id.simple().to_string()[..6].to_uppercase()
    }
}
