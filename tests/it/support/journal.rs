//! Entries of a journal, put in place as the owner and sealed as the application would.

use diesel::{
    RunQueryDsl as _, sql_query,
    sql_types::{Binary, Text, Timestamptz, Uuid as SqlUuid},
};
use huntzen::infra::envelope::{Envelope, Field, Scope, Sealed};
use serde_json::json;
use uuid::Uuid;

use super::{
    TestApp,
    actors::{Employee, Practitioner},
};

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

    /// A summary that a practitioner may read until a moment.
    pub fn journal_share(
        &self,
        owner: &Employee,
        practitioner: &Practitioner,
        text: &str,
        until: &str,
    ) -> Uuid {
        let id = Uuid::new_v4();
        sql_query(
            "INSERT INTO journal_shares (id, employee_id, company_id, practitioner_id, client_id, shared_at, expires_at)
             SELECT $1, u.id, u.company_id, $2, gen_random_uuid(), $3, $4::timestamptz FROM users u WHERE u.id = $5",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(practitioner.id)
        .bind::<Timestamptz, _>(self.now())
        .bind::<Text, _>(until)
        .bind::<SqlUuid, _>(owner.id)
        .execute(&mut *self.owner())
        .expect("the sharing is written");
        let content = json!({ "title": "", "text": text }).to_string();
        let place = ("journal_shares", "content_sealed", id);
        let sealed = self.sealed_for(Scope::JournalShare(id), place, &content);
        sql_query("UPDATE journal_shares SET content_sealed = $2 WHERE id = $1")
            .bind::<SqlUuid, _>(id)
            .bind::<Binary, _>(sealed)
            .execute(&mut *self.owner())
            .expect("its content is attached");
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
