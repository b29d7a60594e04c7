//! Two employees with a journal of a thousand entries, sealed as the application does.

use anyhow::Context as _;
use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, BigInt, Binary, Text, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Plan, Subject,
    scenarios::{Actor, PAGES},
};
use crate::infra::envelope::{Envelope, Field, Scope};

/// Who reads at a time: one on each of two cores.
pub(super) const WRITERS: usize = 2;
/// Entries of each.
const ENTRIES: i64 = 1_000;
/// About a kilobyte, as people write.
const SENTENCE: &str =
    "Ce matin, la réunion a été longue et je suis sorti marcher un peu avant de reprendre. ";

#[derive(QueryableByName)]
struct Writer {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

fn addresses() -> Vec<String> {
    (0..WRITERS)
        .filter_map(|index| Actor::Employee.address(index))
        .collect()
}

/// Writes the journals, when a page of them is wanted.
pub(super) fn fill(subject: &mut Subject, plan: &Plan) -> anyhow::Result<()> {
    let mut wanted = PAGES.iter().filter(|page| page.name.starts_with("journal"));
    if !wanted.any(|page| plan.wants(page.name)) {
        return Ok(());
    }
    empty(subject)?;
    let envelope = Envelope::from_config(&subject.config)?;
    let writers = sql_query("SELECT id FROM users WHERE email = ANY ($1)")
        .bind::<Array<Text>, _>(addresses())
        .load::<Writer>(&mut subject.owner)?;
    subject.owner.transaction(|conn| {
        writers.iter().try_for_each(|writer| {
            (0..ENTRIES).try_for_each(|day| write(conn, &envelope, writer.id, day))
        })
    })
}

fn write(
    conn: &mut PgConnection,
    envelope: &Envelope,
    writer: Uuid,
    day: i64,
) -> anyhow::Result<()> {
    let id = Uuid::new_v4();
    let mut seal = |column, text: &str| {
        let table = "journal_entries";
        let field = Field {
            table,
            column,
            row: id,
        };
        envelope.seal(conn, Scope::Journal(writer), field, text.as_bytes())
    };
    let tags = [["travail", "sommeil", "famille"][day as usize % 3]];
    let summary = json!({ "t": format!("Jour {day}"), "m": 1 + day % 5, "g": tags }).to_string();
    let (summary, text) = (
        seal("summary_sealed", &summary)?,
        seal("text_sealed", &SENTENCE.repeat(11))?,
    );
    sql_query(
        "INSERT INTO journal_entries (id, employee_id, company_id, client_id, summary_sealed, text_sealed, written_at)
         SELECT $1, u.id, u.company_id, $1, $2, $3, now() - $4 * interval '1 day' FROM users u WHERE u.id = $5",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Binary, _>(summary)
    .bind::<Binary, _>(text)
    .bind::<BigInt, _>(day)
    .bind::<SqlUuid, _>(writer)
    .execute(conn)
    .context("an entry of the benchmark cannot be written")?;
    Ok(())
}

/// Deletes them. Their keys stay, for the next time: a key that goes would leave a line in the ledger.
pub(super) fn empty(subject: &mut Subject) -> anyhow::Result<()> {
    sql_query("DELETE FROM journal_entries e USING users u WHERE u.id = e.employee_id AND u.email = ANY ($1)")
        .bind::<Array<Text>, _>(addresses())
        .execute(&mut subject.owner)?;
    Ok(())
}
