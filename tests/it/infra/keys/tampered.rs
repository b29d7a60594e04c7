//! A text that somebody changed in the database: it cannot be read, somebody is told, the rest works.

use huntzen::infra::envelope::{Envelope, Field, Scope};
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    client::Client,
};

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    consultation: Uuid,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        let consultation = app.consultation(&employee, &practitioner).scheduled();
        Self {
            app,
            employee,
            practitioner,
            consultation,
        }
    }

    fn patient(&self) -> Client {
        self.app.client().signed_in_as(&self.employee)
    }

    fn doctor(&self) -> Client {
        self.app.client().signed_in_as(&self.practitioner)
    }

    /// Writes a text where the application would have.
    fn put(&self, scope: Scope, field: Field, text: &str) {
        let sealed = Envelope::from_config(&self.app.shared.config)
            .expect("a key")
            .seal(&mut self.app.owner(), scope, field, text.as_bytes())
            .expect("sealed");
        let hex: String = sealed
            .as_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.app.sql(&format!(
            "UPDATE {} SET {} = '\\x{hex}' WHERE id = '{}'",
            field.table, field.column, field.row
        ));
    }

    /// Bends one bit, as a disk or a person would.
    fn bend(&self, table: &str, column: &str, row: Uuid) {
        self.app.sql(&format!(
            "UPDATE {table} SET {column} = set_byte({column}, 40, get_byte({column}, 40) # 1) WHERE id = '{row}'"
        ));
    }

    fn events(&self) -> Vec<String> {
        self.app
            .text(
                "SELECT string_agg(concat_ws(' ', severity, detail->>'table', detail->>'column', detail->>'row'), ','
                                   ORDER BY detail->>'row')
                 FROM security_events WHERE kind = 'sealed_text_tampered'",
            )
            .map(|all| all.split(',').map(str::to_owned).collect())
            .unwrap_or_default()
    }
}

fn event(table: &str, column: &str, row: Uuid) -> String {
    format!("high {table} {column} {row}")
}

#[tokio::test]
async fn a_bent_message_is_said_to_be_unreadable_and_the_others_are_read() {
    let world = World::start().await;
    let bent = world
        .app
        .message(world.consultation, &world.employee, "Altéré");
    world
        .app
        .message(world.consultation, &world.employee, "Intact");
    world.bend("chat_messages", "text_sealed", bent);
    let path = format!("consultations/{}/messages", world.consultation);
    for (client, space) in [
        (world.doctor(), "practitioner"),
        (world.patient(), "employee"),
        (world.doctor(), "practitioner"),
    ] {
        let page = client.get(&format!("/{space}/{path}")).await;
        page.assert_ok()
            .assert_text("Ce message ne peut plus être lu")
            .assert_text("Intact")
            .assert_nowhere("Altéré");
    }
    // Once, however often it is looked at; by whom it was seen, and nothing of the text.
    assert_eq!(
        world.events(),
        [event("chat_messages", "text_sealed", bent)]
    );
    let reader = world
        .app
        .text("SELECT user_id::text FROM security_events WHERE kind = 'sealed_text_tampered'");
    assert_eq!(reader, Some(world.practitioner.id.to_string()));
    let operator = world.app.super_admin();
    let page = world
        .app
        .client()
        .signed_in_as(&operator)
        .get("/super-admin")
        .await;
    page.assert_ok().assert_text("Texte chiffré altéré");
}

#[tokio::test]
async fn messages_exchanged_between_rows_are_neither_read() {
    let world = World::start().await;
    let one = world
        .app
        .message(world.consultation, &world.employee, "Premier");
    let two = world
        .app
        .message(world.consultation, &world.employee, "Second");
    world.app.sql(&format!(
        "UPDATE chat_messages m SET text_sealed = o.text_sealed FROM chat_messages o
         WHERE m.id IN ('{one}', '{two}') AND o.id IN ('{one}', '{two}') AND o.id <> m.id"
    ));
    let page = world
        .doctor()
        .get(&format!(
            "/practitioner/consultations/{}/messages",
            world.consultation
        ))
        .await;
    page.assert_ok()
        .assert_nowhere("Premier")
        .assert_nowhere("Second");
    assert_eq!(world.events().len(), 2);
}

#[tokio::test]
async fn a_bent_message_of_a_booking_leaves_the_consultation_readable() {
    let world = World::start().await;
    let id = world.consultation;
    let field = Field {
        table: "consultations",
        column: "message_sealed",
        row: id,
    };
    world.put(Scope::Consultation(id), field, "Je dors mal");
    let path = format!("/practitioner/consultations/{id}");
    let page = world.doctor().get(&path).await;
    page.assert_ok().assert_text("Je dors mal");
    assert!(world.events().is_empty());
    world.bend("consultations", "message_sealed", id);
    let page = world.doctor().get(&path).await;
    page.assert_ok()
        .assert_text("Ce message ne peut plus être lu")
        .assert_nowhere("Je dors mal");
    assert_eq!(
        world.events(),
        [event("consultations", "message_sealed", id)]
    );
}

/// Of two things submitted to the moderation, one is bent.
async fn leaves_the_others_to_the_moderation(
    (table, column): (&'static str, &'static str),
    path: &str,
    written: fn(&TestApp, Uuid) -> Uuid,
) {
    let world = World::start().await;
    let submitted = ["2026-03-16T09:00:00Z", "2026-03-16T11:00:00Z"].map(|at| {
        let done = world
            .app
            .consultation(&world.employee, &world.practitioner)
            .at(at)
            .completed(2_400);
        written(&world.app, done)
    });
    for (row, text) in submitted.into_iter().zip(["Altéré", "Intact"]) {
        world.put(Scope::Moderation(row), Field { table, column, row }, text);
    }
    world.bend(table, column, submitted[0]);
    let moderator = world.app.client().signed_in_as(&world.app.admin());
    let page = moderator.get(path).await;
    page.assert_ok()
        .assert_text("Ce texte ne peut pas être lu")
        .assert_text("Intact")
        .assert_nowhere("Altéré");
    assert_eq!(world.events(), [event(table, column, submitted[0])]);
}

#[tokio::test]
async fn a_bent_review_leaves_the_others_to_the_moderation() {
    let place = ("practitioner_reviews", "comment_sealed");
    leaves_the_others_to_the_moderation(place, "/admin/moderation", TestApp::pending_review).await;
}

#[tokio::test]
async fn a_bent_report_leaves_the_others_to_the_moderation() {
    let (place, path) = (
        ("problem_reports", "details_sealed"),
        "/admin/moderation?tab=reports",
    );
    leaves_the_others_to_the_moderation(place, path, TestApp::open_report).await;
}

#[tokio::test]
async fn a_bent_file_is_not_served_and_its_message_is_read() {
    let world = World::start().await;
    let id = world.consultation;
    let message = world.app.message(id, &world.employee, "Intact");
    let file = world.app.attachment(id, message, "Bilan altéré.pdf");
    let path = format!("/practitioner/consultations/{id}");
    let place = format!("{path}/attachments/{file}");
    world.doctor().get(&place).await.assert_ok();

    world.bend("chat_attachments", "content_sealed", file);
    world.doctor().get(&place).await.assert_status(404);
    let page = world.doctor().get(&format!("{path}/messages")).await;
    page.assert_ok().assert_text("Intact");

    world.bend("chat_attachments", "name_sealed", file);
    let page = world.doctor().get(&format!("{path}/messages")).await;
    page.assert_ok()
        .assert_text("Ce message ne peut plus être lu")
        .assert_text("Intact")
        .assert_nowhere("Bilan");
    let mut told = world.events();
    told.sort();
    assert_eq!(
        told,
        [
            event("chat_attachments", "content_sealed", file),
            event("chat_attachments", "name_sealed", file)
        ]
    );
}

#[tokio::test]
async fn a_bent_reason_leaves_the_history_readable() {
    let world = World::start().await;
    let id = world.consultation;
    let path = format!("/practitioner/consultations/{id}");
    let done = world
        .doctor()
        .post(
            &format!("{path}/cancellation"),
            &[("reason", "Une formation imprévue")],
        )
        .await;
    done.assert_status(303);
    let page = world
        .patient()
        .get(&path.replace("practitioner", "employee"))
        .await;
    page.assert_ok().assert_text("Une formation imprévue");
    let row = world
        .app
        .text("SELECT id FROM consultation_events WHERE reason_sealed IS NOT NULL")
        .and_then(|id| id.parse().ok())
        .expect("a reason");
    world.bend("consultation_events", "reason_sealed", row);
    for (client, path) in [
        (world.patient(), path.replace("practitioner", "employee")),
        (world.doctor(), path.clone()),
    ] {
        client
            .get(&path)
            .await
            .assert_ok()
            .assert_text("Ce message ne peut pas être lu")
            .assert_nowhere("Une formation imprévue");
    }
    assert_eq!(
        world.events(),
        [event("consultation_events", "reason_sealed", row)]
    );
}

#[tokio::test]
async fn a_bent_name_of_a_day_off_leaves_the_agenda_usable() {
    let world = World::start().await;
    let closing = |day, label| {
        [
            ("kind", "closed"),
            ("first_day", day),
            ("last_day", ""),
            ("from", ""),
            ("until", ""),
            ("label", label),
            ("place", ""),
        ]
    };
    const PATH: &str = "/practitioner/agenda/exceptions";
    for (day, label) in [
        ("2026-03-24", "Opération du genou"),
        ("2026-03-25", "Séminaire"),
    ] {
        let written = world.doctor().post(PATH, &closing(day, label)).await;
        written.assert_status(303);
    }
    let week = "/practitioner/agenda?date=2026-03-23";
    let page = world.doctor().get(week).await;
    page.assert_ok()
        .assert_text("Opération du genou")
        .assert_text("Séminaire");
    let row: Uuid = world
        .app
        .text("SELECT id FROM availability_exceptions WHERE day = '2026-03-24'")
        .and_then(|id| id.parse().ok())
        .expect("a day off");
    world.bend("availability_exceptions", "label_sealed", row);
    let page = world.doctor().get(week).await;
    page.assert_ok()
        .assert_text("Nom illisible")
        .assert_text("Séminaire")
        .assert_nowhere("Opération");
    // It can be given another name.
    let one = format!("{PATH}/{row}");
    world.doctor().get(&one).await.assert_ok();
    let renamed = world
        .doctor()
        .post(&one, &closing("2026-03-24", "Repos"))
        .await;
    renamed.assert_status(303);
    let page = world.doctor().get(week).await;
    page.assert_text("Repos");
    assert_eq!(
        world.events(),
        [event("availability_exceptions", "label_sealed", row)]
    );
}

#[tokio::test]
async fn a_key_that_was_destroyed_is_no_tampering() {
    let world = World::start().await;
    world
        .app
        .message(world.consultation, &world.employee, "Oublié");
    world.app.sql("DELETE FROM data_keys");
    let page = world
        .doctor()
        .get(&format!(
            "/practitioner/consultations/{}/messages",
            world.consultation
        ))
        .await;
    page.assert_ok()
        .assert_text("Ce message ne peut plus être lu");
    assert!(world.events().is_empty());
}
