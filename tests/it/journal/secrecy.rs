//! Whose a journal is, and how it is kept.

use huntzen::infra::envelope::Scope;

use super::{HOME, World};

const CANARY: &str = "Je dors mal depuis mars, canari-9157";

#[tokio::test]
async fn what_is_written_is_in_no_row_of_the_database() {
    let world = World::start().await;
    world
        .writes(&[
            ("title", "canari-9157"),
            ("text", CANARY),
            ("mood", "1"),
            ("tags", "canari-9157"),
        ])
        .await;
    assert_eq!(world.app.rows_holding("canari-9157"), 0);
    assert_eq!(
        world.app.count(&format!(
            "SELECT count(*) FROM data_keys WHERE scope = 'journal' AND owner_id = '{}'",
            world.employee.id
        )),
        1
    );
}

#[tokio::test]
async fn nobody_else_finds_a_page() {
    let world = World::start().await;
    let app = &world.app;
    let entry = app.journal_entry(&world.employee, ("Secret", CANARY), Some(1), 1);
    let path = World::path_of(entry);
    let colleague = app.employee_of(&world.company);
    let stranger = app.employee_of(&app.company("Rivale"));
    for other in [&colleague, &stranger] {
        let browser = app.client().signed_in_as(other);
        for address in [
            path.clone(),
            format!("{path}/edit"),
            format!("{path}/deletion"),
        ] {
            browser
                .get(&address)
                .await
                .assert_status(404)
                .assert_nowhere("canari");
        }
        for fields in [&[("text", "À moi"), ("version", "1")][..], &[]] {
            browser.post(&path, fields).await.assert_status(404);
        }
        browser
            .post(&format!("{path}/deletion"), &[])
            .await
            .assert_status(404);
        browser.get(HOME).await.assert_ok().assert_nowhere("canari");
        browser
            .get(&format!("{HOME}?q=canari"))
            .await
            .assert_nowhere("Secret");
    }
    let accounts = [
        &*app.hr_of(&world.company),
        &*app.practitioner(),
        &*app.admin(),
        &*app.super_admin(),
    ]
    .map(Clone::clone);
    for account in accounts {
        let browser = app.client().signed_in_as(&account);
        for address in [HOME.to_owned(), path.clone(), format!("{path}/edit")] {
            browser.get(&address).await.assert_status(404);
        }
        browser
            .post(HOME, &[("text", "x")])
            .await
            .assert_status(404);
        browser
            .post(&path, &[("text", "x")])
            .await
            .assert_status(404);
    }
    assert_eq!(world.count(), 1);
    world.browser.get(&path).await.assert_text("canari-9157");
}

#[tokio::test]
async fn a_client_id_of_another_person_is_nobody_s() {
    let world = World::start().await;
    let id = "5c0a0a1e-9d6f-4a94-8a5d-3d5f3e7a3f11";
    world
        .writes(&[("client_id", id), ("text", "Le mien.")])
        .await;
    let colleague = world.app.employee_of(&world.company);
    let browser = world.app.client().signed_in_as(&colleague);
    let sent = browser
        .post(
            HOME,
            &[("client_id", id), ("text", "Le sien."), ("mood", "")],
        )
        .await;
    sent.assert_status(303);
    browser
        .follow(&sent)
        .await
        .assert_text("Le sien.")
        .assert_nowhere("Le mien");
    assert_eq!(world.count(), 2);
}

#[tokio::test]
async fn a_page_that_was_tampered_with_says_so_and_hinders_no_other() {
    let world = World::start().await;
    let app = &world.app;
    let bent = app.journal_entry(&world.employee, ("Abîmée", "Perdue."), Some(4), 2);
    let moved = app.journal_entry(&world.employee, ("Déplacée", "Ailleurs."), Some(4), 3);
    let whole = app.journal_entry(&world.employee, ("Entière", "Intacte."), Some(4), 4);
    app.sql(&format!(
        "UPDATE journal_entries SET text_sealed = set_byte(text_sealed, 40, get_byte(text_sealed, 40) # 1) WHERE id = '{bent}';
         UPDATE journal_entries e SET summary_sealed = o.summary_sealed FROM journal_entries o
         WHERE e.id = '{moved}' AND o.id = '{whole}'"
    ));
    let list = world.browser.get(HOME).await;
    assert_eq!(
        list.assert_ok().texts(".journal-entry h2"),
        [
            "Cette page ne peut pas être lue",
            "Cette page ne peut pas être lue",
            "Entière"
        ]
    );
    list.assert_nowhere("Perdue").assert_nowhere("Ailleurs");
    let events = "SELECT count(*) FROM security_events WHERE kind = 'sealed_text_tampered' AND severity = 'high'";
    // The text of one, the summary of the other.
    assert_eq!(app.count(events), 2);
    let path = World::path_of(bent);
    world
        .browser
        .get(&path)
        .await
        .assert_ok()
        .assert_text("Vos autres pages sont intactes");
    assert_eq!(app.count(events), 2);
    world
        .browser
        .get(&format!("{path}/edit"))
        .await
        .assert_see_other(&path);
    world
        .browser
        .get(&World::path_of(whole))
        .await
        .assert_text("Intacte.");
    // It can be deleted, as any other.
    world
        .browser
        .post(&format!("{path}/deletion"), &[])
        .await
        .assert_see_other(HOME);
    assert_eq!(world.count(), 2);
}

#[tokio::test]
async fn without_its_key_a_journal_is_unreadable() {
    let world = World::start().await;
    let app = &world.app;
    app.journal_entry(&world.employee, ("Un", "mot"), Some(4), 2);
    app.sql("DELETE FROM data_keys WHERE scope = 'journal'");
    world
        .browser
        .get(HOME)
        .await
        .assert_ok()
        .assert_text("Cette page ne peut pas être lue")
        .assert_nowhere("mot<");
    // A text of another scope does not open here either.
    let other = app.journal_entry(&world.employee, ("Deux", "mots"), Some(4), 1);
    let foreign = app.sealed_for(
        Scope::JournalShare(world.employee.id),
        ("journal_entries", "text_sealed", other),
        "étranger",
    );
    let hex: String = foreign
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    app.sql(&format!(
        "UPDATE journal_entries SET text_sealed = '\\x{hex}' WHERE id = '{other}'"
    ));
    world
        .browser
        .get(&World::path_of(other))
        .await
        .assert_nowhere("étranger");
}
