//! A ZIP that is written without being held: what is written waits on a shelf and is taken away in pieces.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{Datelike as _, NaiveDateTime, Timelike as _};
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use crate::infra::error::AppError;

/// Bytes of a piece.
pub const PART: usize = 256 * 1024;

/// What was written and not taken yet.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Vec<u8>>>);

impl Shelf {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Shelf {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|waiting| waiting.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An archive under way.
pub struct Archive {
    zip: ZipWriter<StreamWriter<Shelf>>,
    shelf: Shelf,
    options: SimpleFileOptions,
}

impl Archive {
    /// An empty one, whose files are of a moment on the reader's clock.
    #[must_use]
    pub fn new(at: NaiveDateTime) -> Self {
        let shelf = Shelf::default();
        let part = |value: u32| u8::try_from(value).unwrap_or(0);
        let at = zip::DateTime::from_date_and_time(
            u16::try_from(at.year()).unwrap_or(1980),
            part(at.month()),
            part(at.day()),
            part(at.hour()),
            part(at.minute()),
            part(at.second()),
        );
        Self {
            zip: ZipWriter::new_stream(shelf.clone()),
            shelf,
            options: SimpleFileOptions::default().last_modified_time(at.unwrap_or_default()),
        }
    }

    /// Begins a file; what was begun before is complete.
    ///
    /// # Errors
    /// The format's.
    pub fn begin(&mut self, path: &str) -> Result<(), AppError> {
        let options = self.options.compression_method(CompressionMethod::Deflated);
        self.zip
            .start_file(path, options)
            .map_err(AppError::internal)
    }

    /// A file whose bytes do not get smaller.
    ///
    /// # Errors
    /// The format's.
    pub fn store(&mut self, path: &str, content: &[u8]) -> Result<(), AppError> {
        let options = self.options.compression_method(CompressionMethod::Stored);
        self.zip
            .start_file(path, options)
            .map_err(AppError::internal)?;
        self.write(content)
    }

    /// Goes on with the file.
    ///
    /// # Errors
    /// The format's.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.zip.write_all(bytes).map_err(AppError::internal)
    }

    /// A piece, once there is a whole one.
    pub fn take_part(&self) -> Option<Vec<u8>> {
        self.shelf.with(|waiting| {
            (waiting.len() >= PART).then(|| {
                let rest = waiting.split_off(PART);
                std::mem::replace(waiting, rest)
            })
        })
    }

    /// Completes it; the rest is on the shelf of what this answers.
    ///
    /// # Errors
    /// The format's.
    pub fn finish(self) -> Result<Vec<u8>, AppError> {
        self.zip.finish().map_err(AppError::internal)?;
        Ok(self.shelf.with(std::mem::take))
    }
}
