//! Clinical notes, put in place as the owner and sealed as the application would.

use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Binary, Text, Timestamptz, Uuid as SqlUuid},
};
use huntzen::infra::envelope::Scope;
use uuid::Uuid;

use super::TestApp;

impl TestApp {
    /// A draft about a consultation: of a kind, with its markup.
    pub fn clinical_note(&self, consultation: Uuid, kind: &str, markup: &str) -> Uuid {
        #[derive(QueryableByName)]
        struct Record {
            #[diesel(sql_type = SqlUuid)]
            id: Uuid,
        }
        let record: Record = sql_query(
            "INSERT INTO clinical_records (practitioner_id, employee_id, company_id, opened_at)
             SELECT practitioner_id, employee_id, company_id, $2 FROM consultations WHERE id = $1
             ON CONFLICT (practitioner_id, employee_id) DO UPDATE SET opened_at = clinical_records.opened_at RETURNING id",
        )
        .bind::<SqlUuid, _>(consultation)
        .bind::<Timestamptz, _>(self.now())
        .get_result(&mut *self.owner())
        .expect("a record");
        let id = Uuid::new_v4();
        let place = ("clinical_notes", "content_sealed", id);
        let sealed = self.sealed_for(Scope::Clinical(record.id), place, markup);
        sql_query(
            "INSERT INTO clinical_notes (id, record_id, consultation_id, practitioner_id, company_id, kind, happened_at,
                                         writer, content_sealed, created_at, changed_at)
             SELECT $1, $2, c.id, c.practitioner_id, c.company_id, $3, c.starts_at, gen_random_uuid(), $4, $5, $5
             FROM consultations c WHERE c.id = $6",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(record.id)
        .bind::<Text, _>(kind)
        .bind::<Binary, _>(sealed)
        .bind::<Timestamptz, _>(self.now())
        .bind::<SqlUuid, _>(consultation)
        .execute(&mut *self.owner())
        .expect("the note is written");
        id
    }

    /// The same, signed.
    pub fn signed_note(&self, consultation: Uuid, kind: &str, markup: &str) -> Uuid {
        let id = self.clinical_note(consultation, kind, markup);
        let now = self.now().to_rfc3339();
        self.sql(&format!(
            "UPDATE clinical_notes SET signed_at = '{now}' WHERE id = '{id}'"
        ));
        id
    }
}
