//! What becomes of a file that people send each other, before it is kept.
//!
//! An image is decoded and written again: what a camera or a program put beside the picture (place, time,
//! names, a thumbnail of what was cut away) is not in the new file, nor is anything that only pretends to
//! be an image. A PDF is kept as it is, and only ever offered to be saved.

use std::io::Cursor;

use image::{ImageFormat, codecs::jpeg::JpegEncoder, imageops::FilterType};

use super::images;

/// Bytes of the largest file: 10 MB.
pub const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Pixels of the longer side of an image that is kept: as large as screens are.
const LONGER_SIDE: u32 = 2_560;
/// Of 100: no difference is seen above.
const JPEG_QUALITY: u8 = 85;
/// Characters of the longest name.
const NAME_CHARACTERS: usize = 120;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A photograph.
    Jpeg,
    /// A drawing or a screen.
    Png,
    /// A document.
    Pdf,
}

impl Kind {
    /// Its name in the database, and the content type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// A file that can be kept.
#[derive(Clone, Debug)]
pub struct File {
    /// What to call it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Width and height of an image.
    pub pixels: Option<(u32, u32)>,
}

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// More than [`FILE_BYTES`].
    TooLarge,
    /// Neither an image of the kinds that are taken nor a PDF, whatever its name.
    Kind,
    /// It begins like one and is none, or one too large to look at.
    Broken,
}

/// Looks at a file and makes what is kept of it. Takes a core for up to a second.
///
/// # Errors
/// [`Unfit`].
pub fn accept(name: &str, content: Vec<u8>) -> Result<File, Unfit> {
    if content.len() > FILE_BYTES {
        return Err(Unfit::TooLarge);
    }
    let (kind, content, pixels) = match image_format(&content) {
        Some(format) => repaint(&content, format)?,
        None if content.starts_with(b"%PDF-") => (Kind::Pdf, content, None),
        None => return Err(Unfit::Kind),
    };
    Ok(File {
        name: tidy_name(name, kind),
        kind,
        content,
        pixels,
    })
}

fn image_format(content: &[u8]) -> Option<ImageFormat> {
    match content {
        [0xff, 0xd8, 0xff, ..] => Some(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(ImageFormat::Png),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(ImageFormat::WebP),
        _ => None,
    }
}

type Repainted = (Kind, Vec<u8>, Option<(u32, u32)>);

fn repaint(content: &[u8], format: ImageFormat) -> Result<Repainted, Unfit> {
    let broken = |_| Unfit::Broken;
    // What the camera wrote beside the picture goes; that it was held upright is part of the picture.
    let mut picture = images::decode(content, format).map_err(|_| Unfit::Broken)?;
    if picture.width().max(picture.height()) > LONGER_SIDE {
        picture = picture.resize(LONGER_SIDE, LONGER_SIDE, FilterType::Triangle);
    }
    let pixels = (picture.width(), picture.height());
    let is_photograph = format == ImageFormat::Jpeg
        || (format == ImageFormat::WebP && !picture.color().has_alpha());
    let mut painted = Vec::new();
    let kind = if is_photograph {
        let encoder = JpegEncoder::new_with_quality(&mut painted, JPEG_QUALITY);
        picture
            .to_rgb8()
            .write_with_encoder(encoder)
            .map_err(broken)?;
        Kind::Jpeg
    } else {
        picture
            .write_to(&mut Cursor::new(&mut painted), ImageFormat::Png)
            .map_err(broken)?;
        Kind::Png
    };
    Ok((kind, painted, Some(pixels)))
}

/// The last part of a path, without what no file's name should hold, and with the extension of what it is.
fn tidy_name(name: &str, kind: Kind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let stem: String = stem
        .chars()
        .filter(|sign| !sign.is_control() && !is_invisible(*sign))
        .take(NAME_CHARACTERS)
        .collect();
    let stem = match stem.trim() {
        "" => "document",
        stem => stem,
    };
    format!("{stem}.{}", kind.extension())
}

/// Signs that turn text around or hide in it: a name must look like what it is.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use image::{ImageEncoder as _, RgbImage, RgbaImage, codecs::png::PngEncoder};

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        RgbaImage::new(width, height)
            .write_with_encoder(PngEncoder::new(&mut bytes))
            .expect("a picture");
        bytes
    }

    fn jpeg_with(metadata: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder
            .set_exif_metadata(metadata.to_vec())
            .expect("metadata");
        encoder
            .encode_image(&RgbImage::new(64, 32))
            .expect("a picture");
        bytes
    }

    #[test]
    fn what_a_camera_wrote_beside_the_picture_is_gone() {
        let mut exif = b"II*\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 48.8566 N 2.3522 E, Camille");
        let taken = jpeg_with(&exif);
        assert!(taken.windows(7).any(|seven| seven == b"48.8566"));
        let kept = accept("IMG_0042.JPG", taken).expect("a photograph");
        assert_eq!(
            (kept.kind, kept.name.as_str()),
            (Kind::Jpeg, "IMG_0042.jpg")
        );
        assert_eq!(kept.pixels, Some((64, 32)));
        assert!(!kept.content.windows(7).any(|seven| seven == b"48.8566"));
        assert!(!kept.content.windows(4).any(|four| four == b"Exif"));
    }

    #[test]
    fn a_small_file_that_stands_for_a_huge_picture_is_not_looked_at() {
        let bomb = png(9_000, 8_000);
        assert!(bomb.len() < FILE_BYTES);
        assert_eq!(accept("a.png", bomb).err(), Some(Unfit::Broken));
    }

    #[test]
    fn what_is_hidden_behind_a_picture_is_gone() {
        let mut both = png(3, 2);
        both.extend_from_slice(b"<script>alert(1)</script>");
        let kept = accept("x.png", both).expect("a picture");
        assert!(!kept.content.windows(7).any(|seven| seven == b"<script"));
        assert_eq!(kept.kind, Kind::Png);
    }

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (name, content) in [
            (
                "photo.png",
                b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec(),
            ),
            (
                "photo.png",
                b"<!doctype html><script>alert(1)</script>".to_vec(),
            ),
            ("a.pdf", b"MZ\x90\0".to_vec()),
            ("a.gif", b"GIF89a".to_vec()),
            ("a.pdf", b" %PDF-1.7".to_vec()),
            ("empty.png", Vec::new()),
        ] {
            assert_eq!(accept(name, content).err(), Some(Unfit::Kind), "{name}");
        }
        let mut cut = png(40, 40);
        cut.truncate(40);
        assert_eq!(accept("a.png", cut).err(), Some(Unfit::Broken));
        let pdf = accept("Ordonnance.exe", b"%PDF-1.7 ...".to_vec()).expect("a document");
        assert_eq!((pdf.kind, pdf.name.as_str()), (Kind::Pdf, "Ordonnance.pdf"));
    }

    #[test]
    fn what_is_too_large_is_not_looked_at_and_large_pictures_shrink() {
        let mut large = png(1, 1);
        large.resize(FILE_BYTES + 1, 0);
        assert_eq!(accept("a.png", large).err(), Some(Unfit::TooLarge));
        let kept = accept("a.png", png(LONGER_SIDE * 2, 8)).expect("a picture");
        assert_eq!(kept.pixels, Some((LONGER_SIDE, 4)));
        assert_eq!(
            accept("a.png", png(images::MOST_PIXELS + 1, 1)).err(),
            Some(Unfit::Broken)
        );
    }

    #[test]
    fn a_name_is_a_name() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\zoé\\bilan 2026.PDF", "bilan 2026.pdf"),
            ("\u{202e}fdp.exe", "fdp.pdf"),
            ("", "document.pdf"),
            ("line\r\nbreak.pdf", "linebreak.pdf"),
        ] {
            assert_eq!(tidy_name(given, Kind::Pdf), kept);
        }
        assert_eq!(
            tidy_name(&"é".repeat(500), Kind::Pdf).chars().count(),
            NAME_CHARACTERS + 4
        );
    }
}
