//! What is kept in clear, column by column, with the reason: `clear.txt`.
//!
//! A column that could hold a text is sealed, takes its words from a list that a CHECK names, or has a line
//! there. So a new one is a decision that somebody wrote down.

use std::{collections::BTreeSet, fs, path::Path};

use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Text};

use crate::support::cluster::Cluster;

const LIST: &str = "tests/it/security/clear.txt";
/// Characters of a reason: less is none.
const SHORTEST: usize = 8;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Columns that may hold a text: neither sealed nor of words that a constraint lists.
fn clear_columns() -> BTreeSet<String> {
    let cluster = Cluster::shared();
    let database = cluster.clone_template();
    let rows: Vec<Column> = sql_query(
        "SELECT c.relname || '.' || a.attname AS name
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         JOIN pg_type t ON t.oid = a.atttypid
         LEFT JOIN pg_type item ON item.oid = t.typelem AND t.typcategory = 'A'
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND c.relname <> '__diesel_schema_migrations'
           AND (coalesce(item.typcategory, t.typcategory) = 'S'
                OR coalesce(item.typname, t.typname) IN ('json', 'jsonb', 'bytea', 'xml', 'hstore', 'inet', 'tsvector'))
           AND NOT (a.attname LIKE '%\\_sealed' AND t.typname = 'bytea')
           AND NOT EXISTS (
               SELECT FROM pg_constraint k
               WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
                 AND pg_get_constraintdef(k.oid) ~ '(= ANY \\(\\(?|<@ )\\(?(ARRAY\\[|''\\{)')",
    )
    .load(&mut cluster.connect(&database))
    .expect("the catalogue");
    rows.into_iter().map(|column| column.name).collect()
}

#[test]
fn every_column_in_clear_has_a_reason() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST)).expect(LIST);
    let mut listed = BTreeSet::new();
    for line in text.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (column, reason) = line.split_once(": ").expect("`table.column: reason`");
        assert!(
            reason.trim().len() >= SHORTEST || reason == "public",
            "{line}"
        );
        assert!(listed.insert(column.to_owned()), "{column} is there twice");
    }
    let clear = clear_columns();
    assert!(clear.contains("users.email"), "{clear:?}");
    let unlisted: Vec<_> = clear.difference(&listed).collect();
    assert!(
        unlisted.is_empty(),
        "in clear without a reason: seal them (src/sealed.rs), or say why not in {LIST}: {unlisted:#?}"
    );
    let tables: BTreeSet<&str> = clear
        .iter()
        .filter_map(|name| Some(name.split_once('.')?.0))
        .collect();
    let gone: Vec<_> = listed
        .difference(&clear)
        .filter(|name| {
            name.split_once('.')
                .is_some_and(|(table, _)| tables.contains(table))
        })
        .collect();
    assert!(
        gone.is_empty(),
        "{LIST} lists what is sealed, or is not there: {gone:#?}"
    );
}
