//! Messages and files of a chat, put in place as the owner and sealed as the application would.

use diesel::{
    RunQueryDsl as _, sql_query,
    sql_types::{Binary, Text, Timestamptz, Uuid as SqlUuid},
};
use huntzen::infra::envelope::{Envelope, Field, Scope, Sealed};
use uuid::Uuid;

use super::{TestApp, actors::Account};

impl TestApp {
    /// A message, written now.
    pub fn message(&self, consultation: Uuid, sender: &Account, text: &str) -> Uuid {
        let id = Uuid::new_v4();
        let sealed = self.sealed(consultation, ("chat_messages", "text_sealed", id), text);
        let now = self.now();
        sql_query(
            "INSERT INTO chat_messages (id, consultation_id, company_id, sender_id, client_id, position, change, text_sealed, sent_at)
             SELECT $1, c.id, c.company_id, $2, gen_random_uuid(), 0, 0, $3, $4 FROM consultations c WHERE c.id = $5",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(sender.id)
        .bind::<Binary, _>(sealed)
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(consultation)
        .execute(&mut *self.owner())
        .expect("the message is written");
        id
    }

    /// A PDF of a message.
    pub fn attachment(&self, consultation: Uuid, message: Uuid, name: &str) -> Uuid {
        let id = Uuid::new_v4();
        let name = self.sealed(consultation, ("chat_attachments", "name_sealed", id), name);
        let place = ("chat_attachments", "content_sealed", id);
        let content = self.sealed(consultation, place, "%PDF-1.7 a document");
        sql_query(
            "INSERT INTO chat_attachments (id, message_id, consultation_id, company_id, kind, size, name_sealed, content_sealed)
             SELECT $1, m.id, m.consultation_id, m.company_id, $2, 19, $3, $4 FROM chat_messages m WHERE m.id = $5",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Text, _>("application/pdf")
        .bind::<Binary, _>(name)
        .bind::<Binary, _>(content)
        .bind::<SqlUuid, _>(message)
        .execute(&mut *self.owner())
        .expect("the file is written");
        id
    }

    fn sealed(
        &self,
        consultation: Uuid,
        (table, column, row): (&'static str, &'static str, Uuid),
        text: &str,
    ) -> Sealed {
        let field = Field { table, column, row };
        Envelope::from_config(&self.shared.config)
            .expect("a key")
            .seal(
                &mut self.owner(),
                Scope::Chat(consultation),
                field,
                text.as_bytes(),
            )
            .expect("sealed")
    }
}
