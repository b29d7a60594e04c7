//! Tickets that are there, sealed as the application would.

use diesel::{
    RunQueryDsl as _, sql_query,
    sql_types::{Binary, Timestamptz, Uuid as SqlUuid},
};
use huntzen::infra::envelope::Scope;
use uuid::Uuid;

use super::{TestApp, actors::Hr};

impl TestApp {
    /// A ticket with its first message, opened now.
    pub fn ticket(&self, hr: &Hr, subject: &str, text: &str) -> Uuid {
        let (id, message, now) = (Uuid::new_v4(), Uuid::new_v4(), self.now());
        sql_query(
            "INSERT INTO support_tickets (id, company_id, author_id, client_id, category, priority, created_at, changed_at)
             SELECT $1, u.company_id, u.id, $1, 'import', 'high', $2, $2 FROM users u WHERE u.id = $3",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(hr.id)
        .execute(&mut *self.owner())
        .expect("the ticket is written");
        let place = ("support_tickets", "subject_sealed", id);
        let subject = self.sealed_for(Scope::Support(id), place, subject);
        sql_query("UPDATE support_tickets SET subject_sealed = $1 WHERE id = $2")
            .bind::<Binary, _>(subject)
            .bind::<SqlUuid, _>(id)
            .execute(&mut *self.owner())
            .expect("its subject is written");
        let place = ("support_messages", "text_sealed", message);
        let text = self.sealed_for(Scope::Support(id), place, text);
        sql_query(
            "INSERT INTO support_messages (id, ticket_id, company_id, author_id, from_platform, client_id, text_sealed, sent_at)
             SELECT $1, t.id, t.company_id, t.author_id, false, $1, $2, $3 FROM support_tickets t WHERE t.id = $4",
        )
        .bind::<SqlUuid, _>(message)
        .bind::<Binary, _>(text)
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(id)
        .execute(&mut *self.owner())
        .expect("its message is written");
        id
    }

    /// A PDF of a ticket's first message.
    pub fn ticket_file(&self, ticket: Uuid, name: &str) -> Uuid {
        let id = Uuid::new_v4();
        let scope = Scope::Support(ticket);
        let name = self.sealed_for(scope, ("support_files", "name_sealed", id), name);
        let place = ("support_files", "content_sealed", id);
        let content = self.sealed_for(scope, place, "%PDF-1.7 a document");
        sql_query(
            "INSERT INTO support_files (id, message_id, ticket_id, company_id, kind, size, name_sealed, content_sealed)
             SELECT $1, m.id, m.ticket_id, m.company_id, 'application/pdf', 19, $2, $3
             FROM support_messages m WHERE m.ticket_id = $4 ORDER BY m.position LIMIT 1",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Binary, _>(name)
        .bind::<Binary, _>(content)
        .bind::<SqlUuid, _>(ticket)
        .execute(&mut *self.owner())
        .expect("the file is written");
        id
    }

    /// An answer that admins keep.
    pub fn canned_answer(&self, title: &str, body: &str) -> Uuid {
        let id = Uuid::new_v4();
        self.sql(&format!(
            "INSERT INTO support_canned (id, title, body, changed_at) VALUES ('{id}', '{title}', '{body}', now())"
        ));
        id
    }
}
