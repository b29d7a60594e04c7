//! Pictures that people send: recognised by their content, drawn again, so that what is kept and shown
//! is nothing but pixels: no metadata, no hidden place, no second meaning.

use std::io::Cursor;

use actix_web::web;
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits,
    codecs::jpeg::JpegEncoder,
    imageops::{self, FilterType},
};
use tokio::sync::Semaphore;

use super::error::AppError;

/// Pictures of this process that are drawn again at the same time: each takes a core, and up to [`MOST_MEMORY`].
const AT_A_TIME: usize = 2;
/// Pixels of the widest or highest picture that is read.
pub(super) const MOST_PIXELS: u32 = 16_000;
/// Bytes of memory that reading one may take.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// JPEG quality, of 100.
const QUALITY: u8 = 85;

/// The bytes are no PNG, JPEG or WebP picture, or one too large to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a picture that can be read")]
pub struct NotAPicture;

/// Reads a picture, upright as its camera meant it. Its name and declared type are not asked.
///
/// # Errors
/// [`NotAPicture`].
pub fn read(bytes: &[u8]) -> Result<DynamicImage, NotAPicture> {
    let format = image::guess_format(bytes).map_err(|_| NotAPicture)?;
    if !matches!(
        format,
        ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP
    ) {
        return Err(NotAPicture);
    }
    decode(bytes, format)
}

/// Reads a picture of a known format, upright as its camera meant it.
///
/// # Errors
/// [`NotAPicture`].
pub(super) fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, NotAPicture> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| NotAPicture)?;
    // The limits count what a decoder takes for itself, not the picture: a few bytes can stand for gigabytes of one colour.
    let (width, height) = decoder.dimensions();
    if width.max(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(NotAPicture);
    }
    let orientation = decoder.orientation().map_err(|_| NotAPicture)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| NotAPicture)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

static TURNS: Semaphore = Semaphore::const_new(AT_A_TIME);

/// Does the work of drawing a picture again when it is its turn, and not on the threads that answer everybody.
///
/// # Errors
/// The work was cut off, with the process.
pub async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let turn = TURNS.acquire().await.map_err(AppError::internal)?;
    web::block(move || {
        // Kept to the end of the work, which goes on when nobody waits for it any more.
        let _turn = turn;
        work()
    })
    .await
    .map_err(AppError::internal)
}

/// A square JPEG of the middle of a picture, `side` pixels wide, on white where it was transparent.
///
/// # Errors
/// [`NotAPicture`], also for a picture that cannot be written.
pub fn square(picture: &DynamicImage, side: u32) -> Result<Vec<u8>, NotAPicture> {
    filled(picture, (side, side))
}

/// A JPEG of the middle of a picture, so many pixels wide and high, on white where it was transparent.
///
/// # Errors
/// [`NotAPicture`], also for a picture that cannot be written.
pub fn filled(picture: &DynamicImage, (width, height): (u32, u32)) -> Result<Vec<u8>, NotAPicture> {
    on_white(&picture.resize_to_fill(width, height, FilterType::Lanczos3))
}

/// A square JPEG of a whole picture, `side` pixels wide, on white where there is none of it.
///
/// # Errors
/// [`NotAPicture`], also for a picture that cannot be written.
pub fn whole(picture: &DynamicImage, side: u32) -> Result<Vec<u8>, NotAPicture> {
    let small = picture.resize(side, side, FilterType::Lanczos3);
    let mut square = DynamicImage::new_rgba8(side, side);
    let middle = |length: u32| i64::from((side - length) / 2);
    let (left, top) = (middle(small.width()), middle(small.height()));
    imageops::overlay(&mut square, &small, left, top);
    on_white(&square)
}

/// A JPEG of a whole picture, made smaller until it is at most so many pixels wide and high, on white where it was
/// transparent: its bytes, width and height.
///
/// # Errors
/// [`NotAPicture`], also for a picture that cannot be written.
pub fn within(
    picture: &DynamicImage,
    (width, height): (u32, u32),
) -> Result<(Vec<u8>, u32, u32), NotAPicture> {
    let (width, height) = (picture.width().min(width), picture.height().min(height));
    let small = picture.resize(width, height, FilterType::Lanczos3);
    Ok((on_white(&small)?, small.width(), small.height()))
}

fn on_white(picture: &DynamicImage) -> Result<Vec<u8>, NotAPicture> {
    let mut pixels = picture.to_rgba8();
    for pixel in pixels.pixels_mut() {
        let alpha = u16::from(pixel[3]);
        for channel in 0..3 {
            let mixed = (u16::from(pixel[channel]) * alpha + 255 * (255 - alpha)) / 255;
            pixel[channel] = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
        pixel[3] = u8::MAX;
    }
    let mut jpeg = Vec::new();
    DynamicImage::ImageRgba8(pixels)
        .to_rgb8()
        .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY))
        .map_err(|_| NotAPicture)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    fn drawn(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let picture = RgbaImage::from_pixel(width, height, Rgba([20, 120, 100, 255]));
        let mut bytes = Vec::new();
        DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(picture).to_rgb8())
            .write_to(&mut Cursor::new(&mut bytes), format)
            .expect("a picture");
        bytes
    }

    #[test]
    fn three_kinds_are_read_whatever_they_are_called() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let picture = read(&drawn(format, 90, 60)).expect("a picture");
            assert_eq!((picture.width(), picture.height()), (90, 60));
            let square = square(&picture, 32).expect("a picture");
            assert_eq!(image::guess_format(&square).ok(), Some(ImageFormat::Jpeg));
            let again = read(&square).expect("our own picture");
            assert_eq!((again.width(), again.height()), (32, 32));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let mut cut = drawn(ImageFormat::Png, 90, 60);
        cut.truncate(60);
        let png_then_page = [
            b"\x89PNG\r\n\x1a\n".as_slice(),
            b"<script>alert(1)</script>",
        ]
        .concat();
        for bytes in [
            b"".as_slice(),
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<!doctype html><script>alert(1)</script>",
            b"GIF89a\x01\x00\x01\x00",
            b"%PDF-1.7",
            &png_then_page,
            &cut,
        ] {
            assert_eq!(read(bytes).err(), Some(NotAPicture));
        }
    }

    #[test]
    fn a_picture_that_unfolds_into_too_much_is_refused() {
        assert_eq!(
            read(&drawn(ImageFormat::Png, MOST_PIXELS + 1, 1)).err(),
            Some(NotAPicture)
        );
    }

    #[test]
    fn nothing_but_pixels_is_kept() {
        // A comment segment right after the start of a JPEG.
        let mut jpeg = drawn(ImageFormat::Jpeg, 40, 40);
        let said = b"12 rue des Lilas";
        let length = u16::try_from(said.len() + 2).expect("short").to_be_bytes();
        let segment = [[0xff, 0xfe].as_slice(), &length, said].concat();
        jpeg.splice(2..2, segment);
        let kept = square(&read(&jpeg).expect("a picture"), 40).expect("a picture");
        assert!(!kept.windows(said.len()).any(|window| window == said));
    }

    #[test]
    fn a_whole_picture_is_centred_on_white() {
        let wide =
            DynamicImage::ImageRgba8(RgbaImage::from_pixel(80, 20, Rgba([20, 120, 100, 255])));
        let kept = read(&whole(&wide, 40).expect("a picture"))
            .expect("our own")
            .to_rgb8();
        assert_eq!(kept.dimensions(), (40, 40));
        assert!(kept.get_pixel(20, 2).0.iter().all(|channel| *channel > 245));
        assert!(kept.get_pixel(20, 20).0[0] < 80 && kept.get_pixel(1, 20).0[0] < 120);
    }

    #[test]
    fn a_picture_becomes_smaller_and_keeps_its_shape() {
        let wide = DynamicImage::new_rgb8(400, 100);
        let (jpeg, width, height) = within(&wide, (200, 200)).expect("a picture");
        assert_eq!((width, height), (200, 50));
        let kept = read(&jpeg).expect("our own");
        assert_eq!((kept.width(), kept.height()), (200, 50));
        let small = DynamicImage::new_rgb8(30, 10);
        let (_, width, height) = within(&small, (200, 200)).expect("a picture");
        assert_eq!((width, height), (30, 10));
    }

    #[test]
    fn transparency_becomes_white() {
        let glass = DynamicImage::ImageRgba8(RgbaImage::from_pixel(20, 20, Rgba([0, 0, 0, 0])));
        let kept = read(&square(&glass, 20).expect("a picture")).expect("our own");
        let pixel = kept.to_rgb8().get_pixel(10, 10).0;
        assert!(pixel.iter().all(|channel| *channel > 250), "{pixel:?}");
    }
}
