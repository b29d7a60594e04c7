//! Forms that cannot be read before their token is verified.
//!
//! [`Form<T>`] reads a urlencoded body, checks the `csrf` field against the session, then
//! deserialises. What a person types arrives as text and is parsed by the handler, which can put an
//! error beside its field; a body that no form of ours sends is refused as a whole.

use std::{
    collections::{BTreeMap, HashMap},
    io,
};

use actix_multipart::{
    MultipartError,
    form::{MultipartForm, bytes::Bytes as Part, tempfile::TempFile, text::Text as TextPart},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::StatusCode};
use futures_util::StreamExt as _;
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    actor::{self, Extraction},
    error::AppError,
    i18n::Message,
};

/// Bytes of the largest urlencoded form.
pub const FORM_LIMIT: usize = 64 * 1024;
/// The name of the token's field.
pub const CSRF_FIELD: &str = "csrf";

/// Bytes of the largest form with a long text: one that is too long by far comes back beside its error.
pub const LONG_FORM_LIMIT: usize = 8 * 1024 * 1024;

/// A verified, deserialised form.
pub struct Form<T, const LIMIT: usize = FORM_LIMIT>(pub T);

/// A form whose text may be long.
pub type LongForm<T> = Form<T, LONG_FORM_LIMIT>;

/// A form with nothing but its token and its button.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

impl<T: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for Form<T, LIMIT> {
    type Error = AppError;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = payload.take();
        Box::pin(async move {
            let is_form = request
                .headers()
                .get(actix_web::http::header::CONTENT_TYPE)
                .and_then(|value| value.to_str().ok())
                .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
            let body = read(body, LIMIT).await?;
            let fields: Vec<(String, String)> = if is_form {
                serde_urlencoded::from_bytes(&body).map_err(|_| AppError::Malformed)?
            } else {
                Vec::new()
            };
            verify(&request, field(&fields, CSRF_FIELD))?;
            // PostgreSQL text cannot hold NUL, and no keyboard types it.
            if fields.iter().any(|(_, value)| value.contains('\0')) {
                return Err(AppError::Malformed);
            }
            serde_urlencoded::from_bytes(&body)
                .map(Form)
                .map_err(|_| AppError::Malformed)
        })
    }
}

/// The whole body; `TooLarge` beyond so many bytes.
async fn read(mut payload: Payload, limit: usize) -> Result<Vec<u8>, AppError> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| AppError::Malformed)?;
        if body.len() + chunk.len() > limit {
            return Err(AppError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The filters of a page, from its address. A repeated filter counts once (the last), an unknown one not at all, so
/// that an old link still opens; `T` is made of optional texts, which the handler parses.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(query(request.query_string()))
    }
}

fn query<T: DeserializeOwned>(text: &str) -> Result<Query<T>, AppError> {
    let pairs: BTreeMap<String, String> =
        serde_urlencoded::from_str(text).map_err(|_| AppError::Malformed)?;
    // PostgreSQL text cannot hold NUL, and no link of ours has it.
    if pairs.values().any(|value| value.contains('\0')) {
        return Err(AppError::Malformed);
    }
    let pairs = serde_urlencoded::to_string(pairs).map_err(|_| AppError::Malformed)?;
    serde_urlencoded::from_str(&pairs)
        .map(Query)
        .map_err(|_| AppError::Malformed)
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields
        .iter()
        .find(|(field, _)| field == name)
        .map_or("", |(_, value)| value)
}

fn verify(request: &HttpRequest, token: &str) -> Result<(), AppError> {
    let app = actor::shared(request)?;
    app.csrf
        .verify(&actor::csrf_subject(request), token)
        .map_err(|_| AppError::StaleForm)
}

#[derive(MultipartForm)]
struct FileForm {
    csrf: TextPart<String>,
    text: Option<TextPart<String>>,
    client_id: Option<TextPart<String>>,
    subject: Option<TextPart<String>>,
    category: Option<TextPart<String>>,
    priority: Option<TextPart<String>>,
    #[multipart(limit = "16MiB")]
    file: Option<TempFile>,
}

/// One uploaded file, in a temporary file of the system, with its form's token verified.
///
/// A form may send a text with it, and an id of its own that makes it harmless to send it twice.
pub struct Upload {
    file: Option<TempFile>,
    text: String,
    client_id: String,
    /// Of the forms that ask what it is about.
    others: [(&'static str, String); 3],
}

impl Upload {
    /// The name the browser gave, for display only.
    pub fn file_name(&self) -> &str {
        self.file
            .as_ref()
            .and_then(|file| file.file_name.as_deref())
            .unwrap_or_default()
    }

    /// The field `text`; empty when there is none.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The field `client_id`; empty when there is none.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The field `subject`, `category` or `priority`; empty when there is none.
    pub fn field(&self, name: &str) -> &str {
        let found = self.others.iter().find(|(field, _)| *field == name);
        found.map_or("", |(_, value)| value)
    }

    /// Its size in bytes; 0 when no file was chosen.
    pub fn size(&self) -> u64 {
        self.file.as_ref().map_or(0, |file| file.size as u64)
    }

    /// Its content, at most `limit` bytes of it.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn read(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        use io::{Read as _, Seek as _};
        let mut content = Vec::new();
        if let Some(file) = &mut self.file {
            file.file.as_file_mut().rewind()?;
            file.file
                .as_file_mut()
                .take(limit)
                .read_to_end(&mut content)?;
        }
        Ok(content)
    }
}

impl FromRequest for Upload {
    type Error = AppError;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let form = MultipartForm::<FileForm>::from_request(&request, payload);
        Box::pin(async move {
            let MultipartForm(form) = form.await.map_err(|error| {
                match error.as_error::<MultipartError>() {
                    Some(MultipartError::Payload(PayloadError::Overflow)) => AppError::TooLarge,
                    // A body without a token is refused like one with a wrong token.
                    _ => AppError::StaleForm,
                }
            })?;
            verify(&request, &form.csrf)?;
            let text =
                |part: Option<TextPart<String>>| part.map(TextPart::into_inner).unwrap_or_default();
            Ok(Self {
                file: form.file,
                text: text(form.text),
                client_id: text(form.client_id),
                others: [
                    ("subject", text(form.subject)),
                    ("category", text(form.category)),
                    ("priority", text(form.priority)),
                ],
            })
        })
    }
}

/// Bytes of an uploaded part; re-exported so that domains need not know the multipart library.
pub type UploadedPart = Part;

/// What is wrong with a submitted form: a sentence per field, and for the form as a whole.
#[derive(Clone, Debug, Default)]
pub struct FormErrors {
    fields: HashMap<&'static str, Message>,
    form: Option<Message>,
}

impl FormErrors {
    /// Adds a field's error; the first one stays.
    pub fn add(&mut self, field: &'static str, message: impl Into<Message>) {
        self.fields.entry(field).or_insert_with(|| message.into());
    }

    /// Adds an error of the whole form.
    pub fn add_form(&mut self, message: impl Into<Message>) {
        self.form.get_or_insert_with(|| message.into());
    }

    /// Whether the form may be accepted.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.form.is_none()
    }

    /// The status of the page that shows the form: 422 when something is wrong with it.
    pub fn status(&self) -> StatusCode {
        if self.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }

    /// A field's error.
    pub fn of(&self, field: &str) -> Option<&Message> {
        self.fields.get(field)
    }

    /// The whole form's error.
    pub fn form(&self) -> Option<&Message> {
        self.form.as_ref()
    }
}
