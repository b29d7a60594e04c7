//! Loading without indexes: a million rows enter a bare table, then each index is built once.
//!
//! What is taken down is read from the catalogue and put back as the catalogue spelled it, in the
//! same transaction: the schema after a load is the schema before it.

use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{Array, Bool, Text},
};

#[derive(QueryableByName)]
struct Part {
    #[diesel(sql_type = Text)]
    down: String,
    #[diesel(sql_type = Text)]
    up: String,
}

/// The statements that put back what was taken down.
#[must_use]
pub(super) struct TakenDown(Vec<String>);

/// What stays while rows are loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Only the keys that tables outside the load refer to.
    ForeignTargets,
    /// The primary keys too: the load looks rows up by them.
    PrimaryKeys,
}

/// Takes down the constraints (but for CHECK) and indexes of `tables`; switches their triggers off.
pub(super) fn take_down(
    conn: &mut PgConnection,
    tables: &[&str],
    keep: Keep,
) -> anyhow::Result<TakenDown> {
    // Keys and indexes come back first, foreign keys need them, triggers see none of it.
    let parts = sql_query(
        "WITH loaded AS (SELECT unnest($1)::regclass AS id), parts AS (
            SELECT CASE c.contype WHEN 'f' THEN 3 ELSE 1 END AS rank, c.conname AS name, c.conrelid AS id,
                   format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname) AS down,
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname,
                          pg_get_constraintdef(c.oid)) AS up
            FROM pg_constraint c
            WHERE c.conrelid IN (SELECT id FROM loaded)
              AND (c.contype = 'f' OR c.contype IN ('p', 'u', 'x')
                  AND NOT (c.contype = 'p' AND $2)
                  AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid
                                  AND f.conrelid NOT IN (SELECT id FROM loaded)))
            UNION ALL
            SELECT 2, i.indexrelid::regclass::text, i.indrelid,
                   format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
            FROM pg_index i
            WHERE i.indrelid IN (SELECT id FROM loaded)
              AND NOT EXISTS (SELECT FROM pg_constraint c
                  WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
            UNION ALL
            SELECT 4, '', id, format('ALTER TABLE %s DISABLE TRIGGER USER', id),
                   format('ALTER TABLE %s ENABLE TRIGGER USER', id)
            FROM loaded)
         SELECT down, up FROM parts ORDER BY rank, id::regclass::text, name",
    )
    .bind::<Array<Text>, _>(tables)
    .bind::<Bool, _>(keep == Keep::PrimaryKeys)
    .load::<Part>(conn)?;
    for part in parts.iter().rev() {
        conn.batch_execute(&part.down)?;
    }
    Ok(TakenDown(parts.into_iter().map(|part| part.up).collect()))
}

impl TakenDown {
    /// Puts everything back: every row loaded in between is checked.
    pub(super) fn put_back(self, conn: &mut PgConnection) -> anyhow::Result<()> {
        for statement in self.0 {
            conn.batch_execute(&statement)?;
        }
        Ok(())
    }
}
