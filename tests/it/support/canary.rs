//! A word that is nowhere else, and the search for it wherever something could have been written down.

use std::{fs, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, Binary, Text},
};
use uuid::Uuid;

use super::{TestApp, dump};

/// The word, as it may be spelled.
pub struct Canary {
    /// In clear.
    pub word: String,
    spellings: Vec<String>,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    path: String,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn numbers(bytes: &[u8], between: &str) -> String {
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    numbers.join(between)
}

impl Canary {
    /// Another word each time: searches of tests side by side do not meet.
    pub fn new() -> Self {
        let word = format!("canari-{}-zq", &Uuid::new_v4().simple().to_string()[..8]);
        let low: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut spellings = vec![word.clone(), word.replace('-', "%2D")];
        for bytes in [word.as_bytes(), &low, &high] {
            spellings.push(hex(bytes));
            spellings.push(hex(bytes).to_uppercase());
            spellings.push(numbers(bytes, ","));
            spellings.push(numbers(bytes, ", "));
            // At each of the three places where it may begin, without the characters that its neighbours
            // change.
            for offset in 0..3 {
                let encoded = STANDARD_NO_PAD.encode([vec![b'x'; offset], bytes.to_vec()].concat());
                let inner = &encoded[(offset * 8).div_ceil(6)..encoded.len() - 2];
                spellings.push(inner.to_owned());
                spellings.push(inner.replace('+', "-").replace('/', "_"));
            }
        }
        for bytes in [low, high] {
            spellings.push(String::from_utf8(bytes).expect("ASCII between zeros"));
        }
        spellings.sort();
        spellings.dedup();
        Self { word, spellings }
    }

    /// How it is spelled there, if it is there.
    pub fn spelling_in(&self, bytes: &[u8]) -> Option<&str> {
        let text = String::from_utf8_lossy(bytes);
        self.spellings
            .iter()
            .find(|spelling| text.contains(spelling.as_str()))
            .map(String::as_str)
    }

    /// Whether a backup holds it.
    pub fn is_in_dump(&self, app: &TestApp) -> bool {
        self.spelling_in(dump::dump(&app.database).as_bytes())
            .is_some()
    }

    /// The files of the database and of its journal since `wal` that hold it, once everything is on disk.
    pub fn data_files(&self, app: &TestApp, wal: &str) -> Vec<String> {
        app.sql("CHECKPOINT");
        let needles: Vec<&[u8]> = self.spellings.iter().map(|text| text.as_bytes()).collect();
        let found: Vec<Found> = sql_query(
            "WITH files AS (
                 SELECT format('base/%s/%s', d.oid, f) AS path
                 FROM pg_database d, pg_ls_dir('base/' || d.oid) f WHERE d.datname = current_database()
                 UNION ALL
                 SELECT 'pg_wal/' || w.name FROM pg_ls_waldir() w WHERE w.name >= $1)
             SELECT f.path FROM files f
             CROSS JOIN LATERAL pg_stat_file(f.path, true) s
             CROSS JOIN LATERAL (SELECT pg_read_binary_file(f.path, 0, s.size, true) AS content OFFSET 0) c
             WHERE s.size > 0 AND NOT s.isdir
               AND EXISTS (SELECT FROM unnest($2) AS needle WHERE position(needle IN c.content) > 0)",
        )
        .bind::<Text, _>(wal)
        .bind::<Array<Binary>, _>(needles)
        .load(&mut *app.owner())
        .expect("a superuser reads the server's files");
        found.into_iter().map(|file| file.path).collect()
    }

    /// Where the database's journal is now: see [`Canary::data_files`].
    pub fn wal_file(app: &TestApp) -> String {
        app.text("SELECT pg_walfile_name(pg_current_wal_lsn())")
            .expect("a file")
    }

    /// The files of a folder that hold it; how many there are is counted in `seen`.
    pub fn files(&self, folder: &Path, seen: &mut usize) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                found.extend(self.files(&path, seen));
                continue;
            }
            *seen += 1;
            let content = fs::read(&path).expect("a file");
            if let Some(spelling) = self.spelling_in(&content) {
                found.push(format!("{}: {spelling}", path.display()));
            }
        }
        found
    }
}
