//! What goes wrong, told to a program: problem details in JSON (RFC 9457). Everything under [`API`]
//! answers with them where a page would be drawn for a person.

use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;

/// Where programs ask.
pub const API: &str = "/api/";

/// RFC 9457 §3: `type` is left out, so the title is the status' own phrase.
#[derive(Serialize)]
struct Problem<'a> {
    title: &'static str,
    status: u16,
    detail: &'a str,
}

/// A refusal; `detail` says in the reader's language what is wrong.
pub fn answer(status: StatusCode, detail: &str) -> HttpResponse {
    let problem = Problem {
        title: status.canonical_reason().unwrap_or("Unknown"),
        status: status.as_u16(),
        detail,
    };
    HttpResponse::build(status)
        .content_type("application/problem+json")
        .body(serde_json::to_string(&problem).unwrap_or_default())
}

/// The i18n key of the sentence for a status that has none of its own.
pub(super) fn detail_key(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "common-error-401-text",
        StatusCode::FORBIDDEN => "common-error-403-text",
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "common-error-404-text",
        StatusCode::CONFLICT => "common-error-409-text",
        StatusCode::SERVICE_UNAVAILABLE => "common-error-maintenance-text",
        status if status.is_server_error() => "common-error-500-text",
        _ => "common-error-422-text",
    }
}
