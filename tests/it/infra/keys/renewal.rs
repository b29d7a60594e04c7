//! New versions of data keys, while people read and write.

use std::{
    cell::Cell,
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

use huntzen::{
    infra::{
        config::KEYS_LOGIN,
        envelope::{self, LocalKms, Progress, renew},
    },
    sealed::COLUMNS,
};
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    process::keys_command,
};

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    consultations: Vec<Uuid>,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        let consultations = (0..4)
            .map(|day| {
                app.consultation(&employee, &practitioner)
                    .at(&format!("2026-03-{}T09:00:00Z", 23 + day))
                    .scheduled()
            })
            .collect();
        Self {
            app,
            employee,
            practitioner,
            consultations,
        }
    }

    /// The page of a chat, to the practitioner.
    async fn chat(&self, consultation: Uuid) -> crate::support::page::Page {
        let path = format!("/practitioner/consultations/{consultation}/messages");
        let doctor = self.app.client().signed_in_as(&self.practitioner);
        doctor.get(&path).await
    }

    async fn renews(&self, kind: &'static str) -> Progress {
        let (url, kek) = (
            self.app.login_url(KEYS_LOGIN),
            self.app.shared.config.kek.clone(),
        );
        tokio::task::spawn_blocking(move || {
            let kms = LocalKms::open(&kek, false).expect("the key");
            let mut conn = envelope::connect_keys(&url).expect("the login of keys");
            renew(&mut conn, &kms, COLUMNS, kind, |_| {}).expect("renewed")
        })
        .await
        .expect("no panic")
    }

    fn versions(&self) -> String {
        self.app
            .text("SELECT string_agg(version::text, ' ' ORDER BY version) FROM data_keys WHERE scope = 'chat'")
            .unwrap_or_default()
    }
}

#[tokio::test]
async fn every_sealed_column_is_in_the_list() {
    let app = TestApp::start().await;
    let held = app
        .text(
            "SELECT string_agg(c.relname || '.' || a.attname, ' ') FROM pg_class c
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname LIKE '%\\_sealed' AND NOT a.attisdropped
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'",
        )
        .expect("sealed columns");
    let held: BTreeSet<String> = held.split_whitespace().map(str::to_owned).collect();
    let listed = COLUMNS
        .iter()
        .map(|column| format!("{}.{}", column.table, column.column))
        .collect();
    assert_eq!(held, listed);
}

#[tokio::test]
async fn a_journal_and_what_is_shared_of_it_are_read_by_the_same_people_afterwards() {
    let world = World::start().await;
    let app = &world.app;
    let entry = app.journal_entry(&world.employee, ("Lundi", "La page du lundi"), Some(3), 1);
    let share = app.journal_share(
        &world.employee,
        &world.practitioner,
        "Une synthèse pour vous",
        "2100-01-01T00:00:00Z",
    );
    let ciphertexts =
        "SELECT concat(md5(e.summary_sealed), md5(e.text_sealed), md5(s.content_sealed))
                       FROM journal_entries e, journal_shares s";
    let sealed = app.text(ciphertexts);
    for kind in ["journal", "journal_share"] {
        let progress = world.renews(kind).await;
        assert_eq!((progress.done, progress.failed), (1, 0), "{kind}");
    }
    assert_ne!(app.text(ciphertexts), sealed);
    let owner = app.client().signed_in_as(&world.employee);
    let page = owner
        .get(&format!("/employee/journal/entries/{entry}"))
        .await;
    page.assert_ok()
        .assert_text("Lundi")
        .assert_text("La page du lundi");
    let doctor = app.client().signed_in_as(&world.practitioner);
    let page = doctor.get(&format!("/practitioner/journal/{share}")).await;
    page.assert_ok().assert_text("Une synthèse pour vous");
}

#[tokio::test]
async fn tickets_are_read_by_both_sides_afterwards_with_keys_of_their_own_table() {
    let world = World::start().await;
    let app = &world.app;
    let hr = app.hr_of(&app.company("Atelier"));
    let ticket = app.ticket(&hr, "L’import est refusé", "La colonne manque.");
    let file = app.ticket_file(ticket, "Export.pdf");
    let office = app.client().signed_in_as(&hr);
    let desk = app.client().signed_in_as(&app.admin());
    let (mine, theirs) = (
        format!("/rh/support/{ticket}"),
        format!("/admin/support/{ticket}"),
    );
    desk.post(&format!("{theirs}/notes"), &[("note", "Entre nous")])
        .await
        .assert_see_other(&theirs);
    for kind in ["support", "support_note"] {
        let progress = world.renews(kind).await;
        assert_eq!(progress.failed, 0, "{kind}");
        assert!(progress.done > 0, "{kind}: {progress:?}");
    }
    // The new version is where both sides look, and the old one is gone.
    let keys = "SELECT string_agg(scope || ' ' || version, ', ' ORDER BY scope) FROM ticket_keys";
    assert_eq!(app.text(keys).as_deref(), Some("support 2, support_note 2"));
    office
        .get(&mine)
        .await
        .assert_ok()
        .assert_text("L’import est refusé")
        .assert_text("La colonne manque.")
        .assert_text("Export.pdf");
    let saved = office.get(&format!("{mine}/files/{file}")).await;
    assert_eq!(saved.body, b"%PDF-1.7 a document");
    desk.get(&theirs)
        .await
        .assert_ok()
        .assert_text("La colonne manque.")
        .assert_text("Entre nous");
}

#[tokio::test]
async fn clinical_notes_signed_ones_included_are_read_by_their_author_afterwards() {
    let world = World::start().await;
    let app = &world.app;
    let met = app.consultation(&world.employee, &world.practitioner);
    let met = met.at("2026-03-12T09:00:00Z").completed(2_700);
    let signed = app.signed_note(met, "session", "<div>La note signée</div>");
    let draft = app.clinical_note(met, "referral", "<div>Le brouillon</div>");
    let doctor = app.client().signed_in_as(&world.practitioner);
    let path = format!("/practitioner/notes/{signed}");
    let added = doctor
        .post(&format!("{path}/addenda"), &[("text", "Le complément")])
        .await;
    added.assert_see_other(&path);
    let ciphertexts = "SELECT string_agg(md5(content_sealed), ' ' ORDER BY id) FROM (
        SELECT id, content_sealed FROM clinical_notes UNION ALL SELECT id, content_sealed FROM clinical_addenda) c";
    let dates = "SELECT string_agg(concat_ws(' ', id, revision, changed_at, signed_at), ', ' ORDER BY id) FROM clinical_notes";
    let (sealed, before) = (app.text(ciphertexts), app.text(dates));
    let progress = world.renews("clinical").await;
    assert_eq!((progress.done, progress.failed), (1, 0));
    assert_ne!(app.text(ciphertexts), sealed);
    assert_eq!(app.text(dates), before);
    let page = doctor.get(&path).await;
    page.assert_ok()
        .assert_text("La note signée")
        .assert_text("Le complément");
    let page = doctor.get(&format!("/practitioner/notes/{draft}")).await;
    page.assert_text("Le brouillon");
}

#[tokio::test]
async fn everything_is_sealed_again_and_nobody_notices() {
    let world = World::start().await;
    let app = &world.app;
    for (index, consultation) in world.consultations.iter().enumerate() {
        let message = app.message(*consultation, &world.employee, &format!("Message {index}"));
        app.attachment(*consultation, message, "Bilan.pdf");
    }
    let facts = "SELECT string_agg(concat_ws(' ', m.position, m.change, t.last_change, r.unread, r.last_read), ',' ORDER BY m.id)
                 FROM chat_messages m JOIN chat_threads t USING (consultation_id) JOIN chat_reads r USING (consultation_id)";
    let before = app.text(facts);
    let ciphertexts = "SELECT string_agg(md5(text_sealed), ' ' ORDER BY id) FROM chat_messages";
    let sealed = app.text(ciphertexts);
    assert_eq!(world.versions(), "1 1 1 1");

    let (over, reads) = (AtomicBool::new(false), Cell::new(0));
    let reading = async {
        while !over.load(Ordering::Relaxed) {
            for (index, consultation) in world.consultations.iter().enumerate() {
                let page = world.chat(*consultation).await;
                page.assert_ok()
                    .assert_text(&format!("Message {index}"))
                    .assert_text("Bilan.pdf")
                    .assert_nowhere("ne peut plus être lu");
                reads.set(reads.get() + 1);
            }
        }
    };
    let renewing = async {
        let progress = world.renews("chat").await;
        over.store(true, Ordering::Relaxed);
        progress
    };
    let ((), progress) = tokio::join!(reading, renewing);
    assert!(reads.get() >= 4);
    assert_eq!(
        progress,
        Progress {
            total: 4,
            done: 4,
            failed: 0
        }
    );
    assert_eq!(world.versions(), "2 2 2 2", "the older ones are destroyed");
    assert_ne!(app.text(ciphertexts), sealed);
    let after = app.text(facts);
    // Reading moved what was read; nothing else has moved.
    assert_eq!(
        after.map(|facts| facts.split(',').count()),
        before.map(|facts| facts.split(',').count())
    );
    assert_eq!(
        app.count(
            "SELECT count(*) FROM chat_messages WHERE change <> position OR edited_at IS NOT NULL"
        ),
        0
    );
    assert_eq!(
        app.count("SELECT count(*) FROM destroyed_keys WHERE reason = 'superseded'"),
        4
    );
    for (index, consultation) in world.consultations.iter().enumerate() {
        world
            .chat(*consultation)
            .await
            .assert_text(&format!("Message {index}"));
    }
    // And again, by the command.
    let said = keys_command(app, &["renew", "chat"]).expect("renewed");
    assert!(said.contains("4 of 4"), "{said}");
    assert_eq!(world.versions(), "3 3 3 3");
}

#[tokio::test]
async fn what_was_interrupted_is_finished_and_what_cannot_be_read_keeps_its_key() {
    let world = World::start().await;
    let app = &world.app;
    let (bent, cut) = (world.consultations[0], world.consultations[1]);
    let message = app.message(bent, &world.employee, "Altéré");
    app.message(bent, &world.employee, "Intact");
    app.message(cut, &world.employee, "Interrompu");
    app.sql(&format!(
        "UPDATE chat_messages SET text_sealed = set_byte(text_sealed, 40, get_byte(text_sealed, 40) # 1) WHERE id = '{message}'"
    ));
    let progress = world.renews("chat").await;
    assert_eq!((progress.done, progress.failed), (1, 1));
    assert_eq!(world.versions(), "1 2 2");
    // Repaired, it is taken along the next time.
    app.sql(&format!(
        "UPDATE chat_messages SET text_sealed = set_byte(text_sealed, 40, get_byte(text_sealed, 40) # 1) WHERE id = '{message}'"
    ));
    let progress = world.renews("chat").await;
    assert_eq!((progress.done, progress.failed), (2, 0));
    assert_eq!(world.versions(), "3 3");
    let page = world.chat(bent).await;
    page.assert_text("Altéré").assert_text("Intact");
    world.chat(cut).await.assert_text("Interrompu");
}
