//! A company's logo and cover, as they are sent and as they are shown.

use actix_web::{HttpResponse, http::header};

use crate::infra::images::{self, NotAPicture};

/// Bytes of the largest file that is taken.
pub(super) const MOST_BYTES: u64 = 5 * 1024 * 1024;
/// Pixels of a logo's side: twice what the largest place shows.
const LOGO_SIDE: u32 = 320;
/// Pixels of a cover.
const COVER: (u32, u32) = (1_440, 360);

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Square, whole: a logo that is cut is another logo.
    Logo,
    /// Landscape, cut to its shape.
    Cover,
}

impl Picture {
    /// The value of `company_images.kind`, and the name in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Logo => "logo",
            Self::Cover => "cover",
        }
    }

    /// The picture with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Logo, Self::Cover]
            .into_iter()
            .find(|one| one.code() == code)
    }

    /// The JPEG made of a file.
    ///
    /// # Errors
    /// [`NotAPicture`].
    pub(super) fn make(self, file: &[u8]) -> Result<Vec<u8>, NotAPicture> {
        let picture = images::read(file)?;
        match self {
            Self::Logo => images::whole(&picture, LOGO_SIDE),
            Self::Cover => images::filled(&picture, COVER),
        }
    }
}

/// A picture as an answer. Another one has another address: browsers may keep it.
pub(super) fn answer(jpeg: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header((
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ))
        .body(jpeg)
}
