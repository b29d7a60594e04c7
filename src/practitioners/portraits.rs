//! Portraits, as they are sent and as they are shown.

use actix_web::{HttpResponse, http::header};
use uuid::Uuid;

use crate::infra::images::{self, NotAPicture};

/// Bytes of the largest file that is taken.
pub(super) const MOST_BYTES: u64 = 5 * 1024 * 1024;
/// Pixels of a portrait's side: twice what the largest place shows.
const SIDE: u32 = 480;

/// The portrait made of a file.
///
/// # Errors
/// [`NotAPicture`].
pub(super) fn make(file: &[u8]) -> Result<Vec<u8>, NotAPicture> {
    images::square(&images::read(file)?, SIDE)
}

/// Where employees find a portrait.
pub fn address(id: Uuid) -> String {
    format!("/employee/portraits/{id}")
}

/// A portrait as an answer. Another one has another address: browsers may keep it.
pub(super) fn answer(jpeg: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header((
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ))
        .body(jpeg)
}
