//! CSV files that open right in a French spreadsheet: UTF-8 with BOM, semicolons, CRLF.
//!
//! Spreadsheets run a cell that looks like a formula, so text cells that begin like one are
//! prefixed with an apostrophe (OWASP, CSV injection). Numbers we computed are written as
//! [`Cell::Number`] and stay numbers, negative ones included.
//!
//! A file is produced row by row and leaves in chunks: its size does not matter to the memory.

use actix_web::web::Bytes;
use futures_util::{Stream, stream};

/// Opens the file as UTF-8 in Excel, which assumes the Windows code page otherwise.
const BOM: &str = "\u{feff}";
const DELIMITER: char = ';';
const END_OF_ROW: &str = "\r\n";

/// A chunk leaves when it reaches this many bytes.
const CHUNK_BYTES: usize = 16 * 1024;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Written as it is, made harmless when it looks like a formula.
    Text(String),
    /// Written in digits, without grouping, so that it can be summed in any language.
    Number(i64),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Writes rows into chunks ready to be sent.
#[derive(Debug)]
pub struct CsvWriter {
    chunk: String,
}

impl Default for CsvWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl CsvWriter {
    /// An empty file: its BOM.
    #[must_use]
    pub fn new() -> Self {
        let mut chunk = String::with_capacity(CHUNK_BYTES + CHUNK_BYTES / 8);
        chunk.push_str(BOM);
        Self { chunk }
    }

    /// Adds a row, and returns a chunk when one is full. Use it to write while a database cursor
    /// is open; [`csv_chunks`] does it for an iterator.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Option<Bytes> {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.chunk.push(DELIMITER);
            }
            write_cell(&mut self.chunk, &cell);
        }
        self.chunk.push_str(END_OF_ROW);
        (self.chunk.len() >= CHUNK_BYTES).then(|| self.take())
    }

    /// What remains; nothing when the last row ended a chunk.
    #[must_use]
    pub fn finish(mut self) -> Option<Bytes> {
        (!self.chunk.is_empty()).then(|| self.take())
    }

    fn take(&mut self) -> Bytes {
        // Copied out, so that the buffer is reused and the chunk has no spare capacity.
        let bytes = Bytes::copy_from_slice(self.chunk.as_bytes());
        self.chunk.clear();
        bytes
    }
}

/// The whole file as chunks of about 16 KiB, pulled from the rows as they are asked for.
pub fn csv_chunks<R>(rows: impl IntoIterator<Item = R>) -> impl Iterator<Item = Bytes>
where
    R: IntoIterator<Item = Cell>,
{
    let mut rows = rows.into_iter();
    let mut writer = Some(CsvWriter::new());
    std::iter::from_fn(move || {
        loop {
            let Some(row) = rows.next() else {
                return writer.take().and_then(CsvWriter::finish);
            };
            if let Some(chunk) = writer.as_mut().and_then(|writer| writer.row(row)) {
                return Some(chunk);
            }
        }
    })
}

/// [`csv_chunks`] as the body of a streaming response.
pub fn csv_stream<R, I>(rows: I) -> impl Stream<Item = Result<Bytes, std::convert::Infallible>>
where
    R: IntoIterator<Item = Cell>,
    I: IntoIterator<Item = R>,
{
    stream::iter(csv_chunks(rows).map(Ok))
}

fn write_cell(out: &mut String, cell: &Cell) {
    match cell {
        Cell::Empty => {}
        Cell::Number(number) => out.push_str(&number.to_string()),
        Cell::Text(text) => {
            let prefix = if looks_like_formula(text) { "'" } else { "" };
            if needs_quotes(text) {
                out.push('"');
                out.push_str(prefix);
                for (index, part) in text.split('"').enumerate() {
                    if index > 0 {
                        out.push_str("\"\"");
                    }
                    out.push_str(part);
                }
                out.push('"');
            } else {
                out.push_str(prefix);
                out.push_str(text);
            }
        }
    }
}

/// Whether a spreadsheet may evaluate the text: one of `= + - @`, their full-width variants or the
/// minus sign, at the start or after what a spreadsheet may trim; a leading tab or line break
/// alone is enough, since it can split the cell.
fn looks_like_formula(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let is_ignored = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    text.trim_start_matches(is_ignored).starts_with([
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}',
    ])
}

/// Quotes are written where the format asks for them, and around delimiters of other languages'
/// spreadsheets.
fn needs_quotes(text: &str) -> bool {
    text.contains(['"', DELIMITER, ',', '\t', '\r', '\n'])
        || text.starts_with(char::is_whitespace)
        || text.ends_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt as _;
    use proptest::prelude::*;

    fn file(rows: Vec<Vec<Cell>>) -> String {
        let bytes: Vec<u8> = csv_chunks(rows).flatten().collect();
        String::from_utf8(bytes).expect("UTF-8")
    }

    /// The cells as another program reads them.
    fn parsed(file: &str) -> Vec<Vec<String>> {
        let text = file.strip_prefix(BOM).expect("a BOM");
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.expect("a readable row"));
        rows.map(|row| row.iter().map(str::to_owned).collect())
            .collect()
    }

    fn cell(text: &str) -> String {
        parsed(&file(vec![vec![text.into(), "end".into()]]))[0][0].clone()
    }

    #[test]
    fn the_file_is_the_one_french_spreadsheets_expect() {
        let rows = vec![
            vec!["Entreprise".into(), "Durée (s)".into()],
            vec!["Société d’été".into(), 3_000.into()],
            vec!["R&D; \"Paris\"".into(), (-5).into(), Cell::Empty],
        ];
        assert_eq!(
            file(rows),
            "\u{feff}Entreprise;Durée (s)\r\nSociété d’été;3000\r\n\"R&D; \"\"Paris\"\"\";-5;\r\n"
        );
        assert_eq!(file(vec![]), BOM);
    }

    #[test]
    fn cells_that_look_like_formulas_are_made_harmless() {
        for text in [
            "=1+1",
            "+33 6 12 34 56 78",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            "  =1+1",
            "\u{a0}=1+1",
            "\u{feff}\u{200b}=1+1",
            "\u{ff1d}1+1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}x",
            "\u{2212}1",
            "=HYPERLINK(\"http://x\";\"y\")",
        ] {
            assert_eq!(cell(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "a=b", "Jean-Luc", "3-4", "'quoted", "1+1", "café", " x"] {
            assert_eq!(cell(text), text, "{text:?}");
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        let rows = vec![vec![
            i64::MIN.into(),
            i64::MAX.into(),
            0.into(),
            Some(-1).into(),
            None::<i64>.into(),
        ]];
        assert_eq!(
            file(rows),
            format!("{BOM}{};{};0;-1;\r\n", i64::MIN, i64::MAX)
        );
    }

    #[test]
    fn a_long_file_leaves_in_chunks_and_the_rows_are_pulled_one_by_one() {
        let pulled = std::cell::Cell::new(0_usize);
        let rows = (0..100_000_i64).map(|number| {
            pulled.set(pulled.get() + 1);
            [Cell::from("TechCorp France"), number.into()]
        });
        let mut bytes = 0;
        for (index, chunk) in csv_chunks(rows).enumerate() {
            if index == 0 {
                assert!(pulled.get() < 1_000, "{} rows for one chunk", pulled.get());
            }
            assert!(chunk.len() <= CHUNK_BYTES + 64, "{} bytes", chunk.len());
            bytes += chunk.len();
        }
        assert_eq!(pulled.get(), 100_000);
        assert!(bytes > 2_000_000);
    }

    #[tokio::test]
    async fn the_stream_is_the_file() {
        let rows = || (0..5_000_i64).map(|number| [Cell::from("x"), number.into()]);
        let chunks: Vec<Bytes> = csv_stream(rows())
            .map(|chunk| chunk.expect("infallible"))
            .collect()
            .await;
        assert!(chunks.len() > 1);
        assert_eq!(
            chunks.concat(),
            csv_chunks(rows()).flatten().collect::<Vec<u8>>()
        );
    }

    fn any_cell() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[=+@\t\r\n \"';,a\u{a0}-]{0,8}"]
    }

    proptest! {
        #[test]
        fn another_program_reads_the_same_cells(
            rows in prop::collection::vec(prop::collection::vec(any_cell(), 2..5), 1..8),
        ) {
            let cells = rows.iter().map(|row| row.iter().map(|text| text.as_str().into()).collect());
            let read = parsed(&file(cells.collect()));
            prop_assert_eq!(read.len(), rows.len());
            for (read, written) in read.iter().flatten().zip(rows.iter().flatten()) {
                let harmless = read.strip_prefix('\'').filter(|_| looks_like_formula(written));
                prop_assert_eq!(harmless.unwrap_or(read), written);
                prop_assert!(!looks_like_formula(read));
            }
        }
    }
}
