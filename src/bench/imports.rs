//! A file of ten thousand new employees, from its bytes to the last invitation in the outbox.

use std::{
    cell::Cell,
    fmt::Write as _,
    time::{Duration, Instant},
};

use anyhow::ensure;
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{BigInt, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{Subject, process};
use crate::{
    companies::{
        import::EmployeeCsv,
        queries::{self, Confirmation},
    },
    infra::{
        actor::Hr,
        clock::Clock,
        db::{Database, Db, Identity, PgRole},
    },
};

pub(super) const NAME: &str = "import of 10,000 rows";

const ROWS: usize = 10_000;
/// Whose employees they become.
const HR: &str = "hr-1@scale.example";
/// How often the memory is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// The import.
pub(super) struct Imported {
    pub(super) elapsed: Duration,
    /// The most the process grew by, in bytes of proportional memory.
    pub(super) growth: u64,
}

#[derive(QueryableByName)]
struct Account {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    company_id: Uuid,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Imports it as the pages and the job do, in HR's name; [`undo`] takes it away again.
pub(super) async fn measure(subject: &mut Subject, clock: &Clock) -> anyhow::Result<Imported> {
    undo(&mut subject.owner)?;
    let hr = sql_query("SELECT id, company_id FROM users WHERE email = $1")
        .bind::<Text, _>(HR)
        .get_result::<Account>(&mut subject.owner)?;
    let identity = Identity {
        role: PgRole::Hr,
        user_id: Some(hr.id),
        company_id: Some(hr.company_id),
    };
    let db = Database::open(&subject.config, clock.clone())?.door::<Hr>(identity);
    let file = file()?;
    let me = std::process::id();
    let before = process::memory_of(me)?;
    let most = Cell::new(before);
    let begun = Instant::now();
    tokio::select! {
        done = import(&db, file) => done?,
        lost = watch(me, &most) => lost?,
    }
    let elapsed = begun.elapsed();
    let invited = sql_query(
        "SELECT count(*) AS count FROM jobs j JOIN invitations i ON j.payload->>'invitation_id' = i.id::text
         JOIN users u ON u.id = i.user_id WHERE j.kind = 'companies.send_invitation' AND u.email LIKE 'import-%@scale.example'",
    )
    .get_result::<Count>(&mut subject.owner)?;
    undo(&mut subject.owner)?;
    ensure!(
        usize::try_from(invited.count)? == ROWS,
        "{NAME}: {} invitations",
        invited.count
    );
    Ok(Imported {
        elapsed,
        growth: most.get().saturating_sub(before),
    })
}

fn file() -> anyhow::Result<Vec<u8>> {
    let mut csv = String::from("email,first name,last name,department,position\r\n");
    for number in 0..ROWS {
        write!(
            csv,
            "import-{number}@scale.example,Prénom,Nom-{number},Service {},Poste\r\n",
            number % 40
        )?;
    }
    Ok(csv.into_bytes())
}

async fn import(db: &Db<Hr>, file: Vec<u8>) -> anyhow::Result<()> {
    let id = db
        .write(move |tx| {
            let csv = EmployeeCsv::open(file).map_err(crate::infra::error::AppError::internal)?;
            queries::stage_import(tx, "bench.csv", &csv)
        })
        .await?;
    db.look(move |tx| {
        queries::count_rows(tx, id)?;
        queries::list_rows(tx, id, None, 20, 0)
    })
    .await?;
    let confirmed = db.write(move |tx| queries::confirm_import(tx, id)).await?;
    ensure!(
        confirmed == Confirmation::Done,
        "{NAME}: the contract is full"
    );
    while db.write(move |tx| queries::import_batch(tx, id)).await? {}
    Ok(())
}

/// Notes the most memory; ends only when it cannot be read.
async fn watch(process: u32, most: &Cell<u64>) -> anyhow::Result<()> {
    loop {
        tokio::time::sleep(LOOK).await;
        most.set(most.get().max(process::memory_of(process)?));
    }
}

/// The database as the seed left it.
fn undo(owner: &mut PgConnection) -> anyhow::Result<()> {
    owner.batch_execute(
        "DELETE FROM jobs j USING invitations i, users u
             WHERE j.payload->>'invitation_id' = i.id::text AND u.id = i.user_id AND u.email LIKE 'import-%@scale.example';
         DELETE FROM jobs WHERE kind = 'companies.run_import';
         DELETE FROM employee_imports WHERE file_name = 'bench.csv';
         DELETE FROM data_accesses d USING users u WHERE u.id = d.subject_id AND u.email LIKE 'import-%@scale.example';
         DELETE FROM employees e USING users u WHERE u.id = e.user_id AND u.email LIKE 'import-%@scale.example';
         DELETE FROM users WHERE email LIKE 'import-%@scale.example'",
    )?;
    Ok(())
}
