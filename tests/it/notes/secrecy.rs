//! Whose a note is, and how it is kept.

use huntzen::infra::session::AccountRole;

use super::{HOME, World};
use crate::support::actors::Account;

const CANARY: &str = "Je dors mal depuis mars, canari-8264";

/// Everybody but the author.
fn others(world: &World) -> Vec<Account> {
    let app = &world.app;
    let accounts: [&Account; 8] = [
        &app.practitioner(),
        &world.employee,
        &app.employee_of(&world.company),
        &app.employee_of(&app.company("Rivale")),
        &app.hr_of(&world.company),
        &app.admin(),
        &app.super_admin(),
        &app.practitioner(),
    ];
    accounts.map(Clone::clone).to_vec()
}

#[tokio::test]
async fn what_is_written_is_in_no_row_of_the_database() {
    let world = World::start().await;
    let path = world.begins("session").await;
    world
        .saves(&path, &[("text", CANARY), ("then", "sign")])
        .await;
    world
        .browser
        .post(&format!("{path}/signature"), &[("revision", "2")])
        .await
        .assert_see_other(&path);
    world
        .browser
        .post(&format!("{path}/addenda"), &[("text", CANARY)])
        .await
        .assert_see_other(&path);
    assert_eq!(world.app.rows_holding("canari-8264"), 0);
    // One key for this practitioner and this patient, whatever is written.
    world.begins("referral").await;
    assert_eq!(
        world.app.count(
            "SELECT count(*) FROM data_keys d JOIN clinical_records r ON r.id = d.owner_id WHERE d.scope = 'clinical'"
        ),
        1
    );
    world.browser.get(&path).await.assert_text("canari-8264");
}

#[tokio::test]
async fn nobody_else_finds_a_note_by_its_address() {
    let world = World::start().await;
    let draft = world
        .app
        .clinical_note(world.consultation, "session", CANARY);
    let signed = world
        .app
        .signed_note(world.consultation, "referral", CANARY);
    for account in others(&world) {
        let browser = world.app.client().signed_in_as(&account);
        for note in [draft, signed] {
            let path = World::path_of(note);
            for page in ["", "/edit", "/print", "/signature", "/deletion"] {
                browser
                    .get(&format!("{path}{page}"))
                    .await
                    .assert_status(404)
                    .assert_nowhere("canari");
            }
            for (action, fields) in [
                ("", &[("text", "À moi"), ("revision", "1")][..]),
                ("", &[("html", "<div>À moi</div>"), ("revision", "1")]),
                ("/addenda", &[("text", "À moi")]),
                ("/signature", &[("revision", "1")]),
                ("/deletion", &[]),
            ] {
                browser
                    .post(&format!("{path}{action}"), fields)
                    .await
                    .assert_status(404)
                    .assert_nowhere("canari");
            }
        }
        browser.get(&world.patient_path()).await.assert_status(404);
        let list = browser.get(HOME).await;
        list.assert_nowhere("canari");
        let is_colleague = account.role == AccountRole::Practitioner;
        list.assert_status(if is_colleague { 200 } else { 404 });
        let mine = format!("{HOME}?patient={}", world.employee.id);
        browser.get(&mine).await.assert_nowhere("canari");
    }
    assert_eq!(world.count(), 2);
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM clinical_notes WHERE revision = 1"),
        2
    );
    let page = world.browser.get(&World::path_of(draft)).await;
    page.assert_text("canari-8264");
}

#[tokio::test]
async fn no_export_and_no_page_of_anybody_else_holds_a_word_of_it() {
    let world = World::start().await;
    world.app.signed_note(world.consultation, "session", CANARY);
    let mut seen = 0;
    for account in others(&world) {
        let browser = world.app.client().signed_in_as(&account);
        for route in &world.app.routes.0 {
            if route.method != actix_web::http::Method::GET || route.path.contains("{token}") {
                continue;
            }
            // With the ids that there are, whatever they name.
            let path: Vec<String> = route
                .path
                .split('/')
                .map(|part| match part {
                    part if part.contains("{practitioner}") => {
                        part.replace("{practitioner}", &world.practitioner.id.to_string())
                    }
                    part if part.contains('{') && route.path.contains("employees") => {
                        world.employee.id.to_string()
                    }
                    part if part.contains('{') && route.path.contains("practitioners") => {
                        world.practitioner.id.to_string()
                    }
                    part if part.contains('{') => world.consultation.to_string(),
                    part => part.to_owned(),
                })
                .collect();
            let page = browser.get(&path.join("/")).await;
            if page.status == 200 {
                seen += 1;
            }
            page.assert_nowhere("canari-8264");
        }
    }
    assert!(seen > 60, "only {seen} pages were looked at");
}

#[tokio::test]
async fn a_note_that_was_tampered_with_says_so_and_hinders_no_other() {
    let world = World::start().await;
    let app = &world.app;
    let bent = app.clinical_note(world.consultation, "session", "<div>Perdue.</div>");
    let whole = app.signed_note(world.consultation, "referral", "<div>Intacte.</div>");
    let moved = app.clinical_note(world.consultation, "follow_up", "<div>Ailleurs.</div>");
    app.sql(&format!(
        "UPDATE clinical_notes SET content_sealed = set_byte(content_sealed, 40, get_byte(content_sealed, 40) # 1) WHERE id = '{bent}';
         UPDATE clinical_notes n SET content_sealed = o.content_sealed FROM clinical_notes o WHERE n.id = '{moved}' AND o.id = '{whole}'"
    ));
    let events = "SELECT count(*) FROM security_events WHERE kind = 'sealed_text_tampered' AND severity = 'high'";
    for address in [HOME.to_owned(), world.patient_path()] {
        let page = world.browser.get(&address).await;
        page.assert_ok()
            .assert_text("Intacte.")
            .assert_text("Cette note ne peut pas être lue")
            .assert_nowhere("Perdue")
            .assert_nowhere("Ailleurs");
    }
    assert_eq!(app.count(events), 2);
    let path = World::path_of(bent);
    for address in ["", "/print"] {
        let page = world.browser.get(&format!("{path}{address}")).await;
        page.assert_ok()
            .assert_text("Vos autres notes sont intactes");
    }
    for address in ["/edit", "/signature"] {
        let page = world.browser.get(&format!("{path}{address}")).await;
        page.assert_see_other(&path);
    }
    world
        .browser
        .post(&format!("{path}/signature"), &[("revision", "1")])
        .await
        .assert_see_other(&path);
    assert_eq!(
        app.count("SELECT count(*) FROM clinical_notes WHERE signed_at IS NOT NULL"),
        1
    );
    world
        .browser
        .post(&format!("{path}/deletion"), &[])
        .await
        .assert_see_other(HOME);
    assert_eq!(world.count(), 2);
    // A bent addendum leaves the note readable.
    let whole = World::path_of(whole);
    for text in ["Premier complément.", "Second complément."] {
        let sent = world
            .browser
            .post(&format!("{whole}/addenda"), &[("text", text)])
            .await;
        sent.assert_see_other(&whole);
    }
    app.sql(
        "ALTER TABLE clinical_addenda DISABLE TRIGGER clinical_addenda_kept;
         UPDATE clinical_addenda SET content_sealed = substr(content_sealed, 1, 60)
         WHERE id = (SELECT id FROM clinical_addenda ORDER BY signed_at, id LIMIT 1);
         ALTER TABLE clinical_addenda ENABLE TRIGGER clinical_addenda_kept",
    );
    let page = world.browser.get(&whole).await;
    page.assert_ok()
        .assert_text("Intacte.")
        .assert_text("Cette note ne peut pas être lue");
    assert_eq!(page.texts(".note-addendum .note-text").len(), 1);
}

#[tokio::test]
async fn notes_outlive_the_account_and_its_name() {
    let world = World::start().await;
    let app = &world.app;
    let note = app.signed_note(world.consultation, "session", "<div>Reste.</div>");
    let path = World::path_of(note);
    let name = format!("{} {}", world.employee.first_name, world.employee.last_name);
    world.browser.get(&path).await.assert_text(&name);
    assert!(
        app.refuses(&format!(
            "DELETE FROM users WHERE id = '{}'",
            world.employee.id
        ))
        .contains("fkey")
    );
    // Out of the practitioner's sight.
    app.sql("DROP POLICY practitioner_patients ON users");
    let code = world.employee.id.simple().to_string()[..4].to_uppercase();
    for address in [
        path.clone(),
        format!("{path}/print"),
        world.patient_path(),
        HOME.to_owned(),
    ] {
        world
            .browser
            .get(&address)
            .await
            .assert_ok()
            .assert_text(&format!("Dossier {code}"))
            .assert_text("Reste.")
            .assert_nowhere(&world.employee.last_name);
    }
}
