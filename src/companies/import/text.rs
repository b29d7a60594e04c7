//! From the uploaded bytes to text.
//!
//! Strict UTF-8 first, Windows-1252 otherwise. Accented Windows-1252 text is practically never
//! valid UTF-8, and the files that are not UTF-8 come from Excel on Windows, which writes 1252 in
//! every French or English edition. There is no statistical detector: on a few short names it can
//! prefer a central European or Cyrillic code page, and a wrong guess would change the letters of
//! people's names without an error.

use super::FileError;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

const BOM: char = '\u{feff}';

/// How a workbook begins: a ZIP archive (xlsx, ods), an OLE compound file (xls).
const SPREADSHEETS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
/// How other files that users mistake for a CSV begin, where no NUL byte gives them away.
const OTHER_FILES: [&[u8]; 3] = [b"%PDF-", b"{\\rtf", b"\x1f\x8b"];

/// The text without its BOM; bare carriage returns (classic Mac) become line feeds so that lines
/// can be counted.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, FileError> {
    if SPREADSHEETS.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(FileError::Spreadsheet);
    }
    if OTHER_FILES.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(FileError::NotText);
    }
    let mut text = match utf_16(&bytes) {
        Some(encoding) => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[2..])
            .ok_or(FileError::NotText)?
            .into_owned(),
        None => String::from_utf8(bytes).unwrap_or_else(|error| {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            text.into_owned()
        }),
    };
    if text.contains('\0') {
        return Err(FileError::NotText);
    }
    if text.starts_with(BOM) {
        text.drain(..BOM.len_utf8());
    }
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    Ok(with_countable_lines(text))
}

fn with_countable_lines(text: String) -> String {
    let carriage_returns = text.matches('\r').count();
    if carriage_returns == text.matches("\r\n").count() {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<String, FileError> {
        decode(bytes.to_vec())
    }

    fn utf_16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_usual_encodings_give_the_same_text() {
        let text = "Prénom;Élodie – 5 €\r\n";
        let with_bom = format!("\u{feff}{text}");
        assert_eq!(decoded(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(decoded(with_bom.as_bytes()).as_deref(), Ok(text));
        let windows = b"Pr\xe9nom;\xc9lodie \x96 5 \x80\r\n";
        assert_eq!(decoded(windows).as_deref(), Ok(text));
        assert_eq!(
            decoded(&utf_16_bytes(&with_bom, u16::to_le_bytes)).as_deref(),
            Ok(text)
        );
        assert_eq!(
            decoded(&utf_16_bytes(&with_bom, u16::to_be_bytes)).as_deref(),
            Ok(text)
        );
    }

    #[test]
    fn binary_files_are_told_apart() {
        assert_eq!(
            decoded(b"PK\x03\x04\x14\0\x06\0"),
            Err(FileError::Spreadsheet)
        );
        assert_eq!(
            decoded(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            Err(FileError::Spreadsheet)
        );
        assert_eq!(decoded(b"%PDF-1.7\n%\xe2"), Err(FileError::NotText));
        assert_eq!(
            decoded(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            Err(FileError::NotText)
        );
        assert_eq!(decoded(b"email;nom\0"), Err(FileError::NotText));
        assert_eq!(
            decoded(b"\xff\xfee"),
            Err(FileError::NotText),
            "half a UTF-16 unit"
        );
        assert_eq!(
            decoded(b"\xff\xfe\x00\xd8"),
            Err(FileError::NotText),
            "half a surrogate pair"
        );
    }

    #[test]
    fn white_space_is_an_empty_file() {
        for bytes in [
            &b""[..],
            b" \r\n\t\n",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\xa0",
        ] {
            assert_eq!(decoded(bytes), Err(FileError::Empty), "{bytes:?}");
        }
    }

    #[test]
    fn classic_mac_line_ends_become_lines() {
        assert_eq!(decoded(b"a\rb\r").as_deref(), Ok("a\nb\n"));
        assert_eq!(decoded(b"a\r\nb\rc\n").as_deref(), Ok("a\nb\nc\n"));
        assert_eq!(decoded(b"a\r\nb\n").as_deref(), Ok("a\r\nb\n"));
    }
}
