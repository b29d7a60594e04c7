//! Entries of a journal, put in place as the owner and sealed as the application would.

use diesel::{
    RunQueryDsl as _, sql_query,
    sql_types::{Binary, Timestamptz, Uuid as SqlUuid},
};
use huntzen::infra::envelope::{Envelope, Field, Scope, Sealed};
use serde_json::json;
use uuid::Uuid;

use super::{TestApp, actors::Employee};

impl TestApp {
    /// A page with a title, a text and a mood, written so many hours ago.
    pub fn journal_entry(
        &self,
        owner: &Employee,
        (title, text): (&str, &str),
        mood: Option<u8>,
        hours: i64,
    ) -> Uuid {
        self.journal_entry_tagged(owner, (title, text), mood, (hours, &[]))
    }

    /// The same, with tags.
    pub fn journal_entry_tagged(
        &self,
        owner: &Employee,
        (title, text): (&str, &str),
        mood: Option<u8>,
        (hours, tags): (i64, &[&str]),
    ) -> Uuid {
        let id = Uuid::new_v4();
        let summary = json!({ "t": title, "m": mood, "g": tags }).to_string();
        let scope = Scope::Journal(owner.id);
        let summary = self.sealed_for(scope, ("journal_entries", "summary_sealed", id), &summary);
        let text = self.sealed_for(scope, ("journal_entries", "text_sealed", id), text);
        sql_query(
            "INSERT INTO journal_entries (id, employee_id, company_id, client_id, summary_sealed, text_sealed, written_at)
             SELECT $1, u.id, u.company_id, gen_random_uuid(), $2, $3, $4 FROM users u WHERE u.id = $5",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Binary, _>(summary)
        .bind::<Binary, _>(text)
        .bind::<Timestamptz, _>(self.now() - chrono::Duration::hours(hours))
        .bind::<SqlUuid, _>(owner.id)
        .execute(&mut *self.owner())
        .expect("the entry is written");
        id
    }

    /// A text, sealed for its place.
    pub fn sealed_for(
        &self,
        scope: Scope,
        (table, column, row): (&'static str, &'static str, Uuid),
        text: &str,
    ) -> Sealed {
        let field = Field { table, column, row };
        Envelope::from_config(&self.shared.config)
            .expect("a key")
            .seal(&mut self.owner(), scope, field, text.as_bytes())
            .expect("sealed")
    }
}
