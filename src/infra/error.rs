//! What a request can end with when it does not end well.
//!
//! Handlers answer [`PageResult`]. An [`AppError`] becomes an empty response that carries an
//! [`ErrorPage`]; the `error_pages` middleware draws it in the reader's language, so no handler
//! and no extractor needs to know how an error looks.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::shell;

/// A handler's answer.
pub type PageResult = Result<HttpResponse, AppError>;

/// Every way a request fails.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nothing here for this person: absent, or another's.
    #[error("not found")]
    NotFound,
    /// A right is missing inside one's own space, or the form's token is wrong.
    #[error("forbidden")]
    Forbidden,
    /// The form was made for another session or another page: reload and send again.
    #[error("the form's token is missing or stale")]
    StaleForm,
    /// Nobody is signed in; they are sent to sign in and then back.
    #[error("sign in first")]
    SignInFirst {
        /// The path to come back to.
        return_to: String,
    },
    /// Closed while the company is suspended; they are sent to the page that says so.
    #[error("the company is suspended")]
    CompanySuspended {
        /// That page.
        home: &'static str,
    },
    /// The request cannot be understood at all (no form of ours sends it).
    #[error("malformed request")]
    Malformed,
    /// The body is larger than this page takes.
    #[error("request too large")]
    TooLarge,
    /// Somebody else was first. The key names the sentence to show.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// A database constraint spoke; queries turn the ones they expect into answers.
    #[error("constraint {0}")]
    Constraint(String),
    /// Ours to fix: logged, shown as the 500 page.
    #[error("internal: {0}")]
    Internal(String),
    /// The database is away or busy: shown as the maintenance page.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

impl AppError {
    /// A failure that only the logs may describe.
    pub fn internal(reason: impl ToString) -> Self {
        Self::Internal(reason.to_string())
    }

    /// Whether this is the named constraint's refusal.
    pub fn is_constraint(&self, name: &str) -> bool {
        matches!(self, Self::Constraint(constraint) if constraint == name)
    }
}

impl From<DieselError> for AppError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(kind, info) => {
                let constraint = info.constraint_name().unwrap_or_default().to_owned();
                match kind {
                    DatabaseErrorKind::UniqueViolation
                    | DatabaseErrorKind::ExclusionViolation
                    | DatabaseErrorKind::CheckViolation
                    | DatabaseErrorKind::ForeignKeyViolation => Self::Constraint(constraint),
                    DatabaseErrorKind::ClosedConnection
                    | DatabaseErrorKind::UnableToSendCommand => {
                        Self::Unavailable(info.message().to_owned())
                    }
                    // Withdrawn agreement: what is new about one's health is not written. See privacy::consents.
                    DatabaseErrorKind::Unknown if info.message().contains("policy \"consented") => {
                        Self::Conflict("privacy-consent-needed")
                    }
                    // 42501 has no kind of its own; the server speaks English (lc_messages=C).
                    DatabaseErrorKind::Unknown
                        if info.message().starts_with("permission denied")
                            || info.message().contains("row-level security policy") =>
                    {
                        tracing::error!(message = info.message(), "the database refused a role");
                        Self::Forbidden
                    }
                    _ => Self::Internal(info.message().to_owned()),
                }
            }
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<diesel::r2d2::PoolError> for AppError {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// Which error page to draw; travels in the response's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorPage {
    /// The status of the response.
    pub status: StatusCode,
    /// i18n key of the sentence under the title, when the status' own is too general.
    pub message: Option<&'static str>,
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::SignInFirst { .. } | Self::CompanySuspended { .. } => StatusCode::SEE_OTHER,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Constraint(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        if let Self::SignInFirst { return_to } = self {
            let target: String = url_query("/login", "return_to", return_to);
            return HttpResponse::SeeOther()
                .insert_header((header::LOCATION, target))
                .finish();
        }
        if let Self::CompanySuspended { home } = self {
            return HttpResponse::SeeOther()
                .insert_header((header::LOCATION, *home))
                .finish();
        }
        if status.is_server_error() {
            tracing::error!(error = %self, "a request failed");
        }
        let message = match self {
            Self::StaleForm => Some("common-error-stale-form"),
            Self::Conflict(key) => Some(*key),
            Self::TooLarge => Some("common-error-too-large"),
            _ => None,
        };
        let mut response = HttpResponse::new(status);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            // Seen where no page with context can be drawn: the database itself is away.
            let mut outage = HttpResponse::build(status);
            for name_and_value in shell::SECURITY_HEADERS {
                outage.insert_header(name_and_value);
            }
            response = outage
                .insert_header((header::RETRY_AFTER, "30"))
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .content_type("text/html; charset=utf-8")
                .body(include_str!("../../templates/errors/outage.html"));
        }
        response
            .extensions_mut()
            .insert(ErrorPage { status, message });
        response
    }
}

/// `path?name=value`, encoded.
pub fn url_query(path: &str, name: &str, value: &str) -> String {
    let mut url = String::from(path);
    url.push('?');
    url.push_str(name);
    url.push('=');
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                url.push(char::from(byte));
            }
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}
