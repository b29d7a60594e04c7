//! The copy of one's data: what is in it, who gets it, how long it is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};

use huntzen::{
    infra::session::AccountRole,
    privacy::export::{exempt::EXEMPT, tables::chapters},
};

use crate::support::{
    TestApp,
    actors::{Account, Employee, PASSWORD, Practitioner},
    client::Client,
    page::Page,
};

const PATH: &str = "/account/privacy/export";
const FILE: &str = "/account/privacy/export/file";

/// Somebody who has met a practitioner and written of it.
struct World {
    app: TestApp,
    employee: Employee,
    colleague: Employee,
    practitioner: Practitioner,
    browser: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let (employee, colleague) = (app.employee_of(&company), app.employee_of(&company));
        let practitioner = app.practitioner();
        for (who, word) in [(&employee, "MINE"), (&colleague, "THEIRS")] {
            let met = app.consultation(who, &practitioner);
            let met = met
                .at(if word == "MINE" {
                    "2026-03-12T09:00:00Z"
                } else {
                    "2026-03-13T09:00:00Z"
                })
                .completed(2_700);
            let message = app.message(met, who, &format!("{word}-SAID <script>alert(1)</script>"));
            app.message(met, &practitioner, &format!("{word}-ANSWERED"));
            app.attachment(met, message, &format!("{word}-FILE.pdf"));
            app.notice(met, who, "booked");
            app.journal_entry(
                who,
                (&format!("{word}-TITLE"), &format!("{word}-JOURNAL")),
                Some(2),
                5,
            );
        }
        Self {
            browser: app.client().signed_in_as(&employee),
            app,
            employee,
            colleague,
            practitioner,
        }
    }

    async fn prepared(&self, account: &Account) -> BTreeMap<String, Vec<u8>> {
        let browser = self.app.client().signed_in_as(account);
        browser.post(PATH, &[]).await.assert_see_other(PATH);
        self.app.run_jobs().await;
        unzip(&browser.post(FILE, &[("password", PASSWORD)]).await)
    }
}

/// The files of a copy.
pub fn unzip(page: &Page) -> BTreeMap<String, Vec<u8>> {
    page.assert_ok();
    assert_eq!(page.header("content-type"), Some("application/zip"));
    let mut archive = zip::ZipArchive::new(Cursor::new(page.body.clone())).expect("a whole file");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("whole");
            (file.name().expect("a name").into_owned(), content)
        })
        .collect()
}

/// All that they hold.
pub fn all_text(files: &BTreeMap<String, Vec<u8>>) -> String {
    files
        .values()
        .map(|file| String::from_utf8_lossy(file))
        .collect()
}

#[tokio::test]
async fn somebody_takes_all_of_their_own_along_and_nothing_of_others() {
    let world = World::start().await;
    let page = world.browser.get(PATH).await;
    page.assert_ok().assert_text("Préparer ma copie");
    world
        .browser
        .submit(&page, PATH, &[])
        .await
        .assert_see_other(PATH);
    world
        .browser
        .get(PATH)
        .await
        .assert_ok()
        .assert_text("se prépare");
    // Asking again while it is prepared changes nothing.
    world.browser.post(PATH, &[]).await.assert_see_other(PATH);
    assert_eq!(world.app.count("SELECT count(*) FROM data_exports"), 1);
    world.app.run_jobs().await;
    let page = world.browser.get(PATH).await;
    page.assert_ok().assert_text("27\u{a0}mars 2026");
    let files = unzip(
        &world
            .browser
            .submit(&page, FILE, &[("password", PASSWORD)])
            .await,
    );
    let (text, me) = (all_text(&files), &world.employee);
    for own in [
        me.email.as_str(),
        "MINE-SAID",
        "MINE-ANSWERED",
        "MINE-FILE.pdf",
        "MINE-TITLE",
        "MINE-JOURNAL",
        "%PDF-1.7 a document",
        &world.practitioner.last_name,
    ] {
        assert!(text.contains(own), "{own} is missing");
    }
    for others in [
        "THEIRS",
        world.colleague.email.as_str(),
        world.practitioner.email.as_str(),
    ] {
        assert!(!text.contains(others), "{others} is another's");
    }
    assert!(files.contains_key("index.html") && files.contains_key("style.css"));
    for chapter in chapters(AccountRole::Employee) {
        let page =
            String::from_utf8_lossy(&files[&format!("pages/{}.html", chapter.name)]).into_owned();
        assert!(!page.contains("<script"), "{}: nothing runs", chapter.name);
        assert!(page.trim_end().ends_with("</html>"));
        for table in chapter.tables {
            let json: serde_json::Value =
                serde_json::from_slice(&files[&format!("json/{}.json", table.name)]).expect("JSON");
            assert!(json.is_array());
        }
    }
    let journal: serde_json::Value =
        serde_json::from_slice(&files["json/journal.json"]).expect("JSON");
    assert_eq!(journal[0]["text"], "MINE-JOURNAL");
    assert_eq!(
        (&journal[0]["title"], &journal[0]["mood"]),
        (&"MINE-TITLE".into(), &2.into())
    );
    let files_json: serde_json::Value =
        serde_json::from_slice(&files["json/message_files.json"]).expect("JSON");
    let path = files_json[0]["kind"].as_str().expect("a path");
    assert_eq!(files[path], b"%PDF-1.7 a document");
}

#[tokio::test]
async fn the_file_is_behind_the_password_and_guesses_are_counted() {
    let world = World::start().await;
    world.browser.post(PATH, &[]).await;
    world.app.run_jobs().await;
    for _ in 0..5 {
        world
            .browser
            .post(FILE, &[("password", "faux")])
            .await
            .assert_status(422)
            .assert_text("Ce n’est pas votre mot de passe actuel");
    }
    let page = world.browser.post(FILE, &[("password", PASSWORD)]).await;
    page.assert_status(422).assert_text("minutes");
    let events = world
        .app
        .count("SELECT count(*) FROM security_events WHERE kind = 'data_copy_downloaded'");
    assert_eq!(events, 0);
    world.app.clock.advance(chrono::Duration::minutes(16));
    let browser = world.app.client().signed_in_as(&world.employee);
    unzip(&browser.post(FILE, &[("password", PASSWORD)]).await);
}

#[tokio::test]
async fn the_file_is_sealed_while_it_is_kept_and_destroyed_with_its_key_after_a_week() {
    let world = World::start().await;
    world.prepared(&world.employee).await;
    let app = &world.app;
    let parts = "SELECT count(*) FROM data_export_parts";
    assert!(app.count(parts) > 0);
    assert_eq!(
        app.count("SELECT count(*) FROM data_export_parts WHERE position(convert_to('PK', 'UTF8') IN content_sealed) = 1"),
        0,
        "no ZIP in clear"
    );
    for role in [
        "hz_worker",
        "hz_hr",
        "hz_admin",
        "hz_super_admin",
        "hz_visitor",
    ] {
        assert_eq!(
            app.text(&format!(
                "SELECT has_any_column_privilege('{role}', 'data_export_parts', 'SELECT')"
            ))
            .as_deref(),
            Some("false"),
            "{role}"
        );
    }
    let destroyed = app.count("SELECT count(*) FROM destroyed_keys");
    app.clock.advance(chrono::Duration::days(7));
    let browser = app.client().signed_in_as(&world.employee);
    browser
        .get(PATH)
        .await
        .assert_ok()
        .assert_text("Préparer ma copie");
    browser
        .post(FILE, &[("password", PASSWORD)])
        .await
        .assert_see_other(PATH);
    app.run_jobs().await;
    assert_eq!(app.count(parts), 0);
    assert_eq!(
        app.count("SELECT count(*) FROM data_keys WHERE scope = 'data_export'"),
        0
    );
    assert!(app.count("SELECT count(*) FROM destroyed_keys") > destroyed);
}

#[tokio::test]
async fn a_copy_is_destroyed_when_its_person_says_so_and_five_a_day_are_enough() {
    let world = World::start().await;
    for _ in 0..5 {
        world.prepared(&world.employee).await;
    }
    assert_eq!(
        world
            .app
            .count("SELECT count(DISTINCT export_id) FROM data_export_parts"),
        1
    );
    let page = world.browser.post(PATH, &[]).await;
    world
        .browser
        .follow(&page)
        .await
        .assert_text("Réessayez demain");
    let destruction = "/account/privacy/export/destruction";
    world
        .browser
        .post(destruction, &[])
        .await
        .assert_see_other(PATH);
    assert_eq!(world.app.count("SELECT count(*) FROM data_export_parts"), 0);
}

#[tokio::test]
async fn an_interrupted_preparing_begins_anew_and_the_file_is_whole() {
    let world = World::start().await;
    world.browser.post(PATH, &[]).await;
    // A try that died after its first pieces: their number is taken, and they are of another archive.
    world.app.sql(
        "INSERT INTO data_export_parts (export_id, user_id, company_id, position, content_sealed)
         SELECT id, user_id, company_id, 0, '\\x00' FROM data_exports",
    );
    world.app.run_jobs().await;
    let files = unzip(&world.browser.post(FILE, &[("password", PASSWORD)]).await);
    assert!(files.contains_key("index.html"));
}

#[tokio::test]
async fn a_copy_that_was_tampered_with_says_so_and_a_new_one_is_whole() {
    let world = World::start().await;
    world.prepared(&world.employee).await;
    // The last piece: what was sent before it would have looked like a file.
    world.app.sql(
        "UPDATE data_export_parts SET content_sealed = set_byte(content_sealed, 40, get_byte(content_sealed, 40) # 1)
         WHERE position = (SELECT max(position) FROM data_export_parts)",
    );
    for _ in 0..2 {
        let file = world.browser.post(FILE, &[("password", PASSWORD)]).await;
        file.assert_status(409).assert_text("ne peut plus être lue");
    }
    world.browser.get(PATH).await.assert_ok();
    assert_eq!(
        world.app.count(
            "SELECT count(*) FROM security_events
             WHERE kind = 'sealed_text_tampered' AND detail->>'table' = 'data_export_parts'"
        ),
        1
    );
    let files = world.prepared(&world.employee).await;
    assert!(files.contains_key("index.html"));
}

#[tokio::test]
async fn a_practitioner_s_copy_holds_nothing_of_patients() {
    let world = World::start().await;
    let files = world.prepared(&world.practitioner).await;
    let text = all_text(&files);
    assert!(text.contains(&world.practitioner.email) && text.contains("12 rue de la République"));
    for patients in ["MINE", "THEIRS", world.employee.email.as_str()] {
        assert!(!text.contains(patients), "{patients} is a patient's");
    }
    let appointments: serde_json::Value =
        serde_json::from_slice(&files["json/appointments.json"]).expect("JSON");
    assert_eq!(appointments.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn hr_and_the_platform_download_theirs_at_once() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let employee = app.employee_of(&company);
    let hr = app.hr_of(&company);
    app.staged_import(&hr);
    for account in [&*hr, &*app.admin(), &*app.super_admin()] {
        let browser = app.client().signed_in_as(account);
        let page = browser.get(PATH).await;
        page.assert_ok();
        let files = unzip(&browser.submit(&page, FILE, &[("password", PASSWORD)]).await);
        let text = all_text(&files);
        assert!(text.contains(&account.email), "{:?}", account.role);
        assert!(!text.contains(&employee.email), "{:?}", account.role);
    }
    assert_eq!(
        app.count("SELECT count(*) FROM data_exports"),
        0,
        "nothing is kept"
    );
}

#[tokio::test]
async fn every_table_that_refers_to_people_is_in_their_copy_or_exempt_with_a_reason() {
    let app = TestApp::start().await;
    let referring = app
        .text(
            "SELECT string_agg(DISTINCT t, ' ') FROM (
                SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid IN (
                    'users'::regclass, 'employees'::regclass, 'practitioners'::regclass, 'consultations'::regclass)
                UNION ALL
                SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
                  AND attname ~ '(user|employee|practitioner|actor|person|sender|recipient|author|owner|reader|subject)_id$|_by$'
                  AND atttypid = 'uuid'::regtype
                UNION ALL
                SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND attname IN ('email', 'content_sealed')
             ) AS referring (t)",
        )
        .expect("tables");
    let shown: BTreeSet<&str> = AccountRole::ALL
        .into_iter()
        .flat_map(|role| chapters(role).iter())
        .flat_map(|chapter| chapter.tables)
        .flat_map(|table| table.shows)
        .copied()
        .collect();
    let exempt: BTreeSet<&str> = EXEMPT.iter().map(|(table, _)| *table).collect();
    let unknown: Vec<&str> = referring
        .split(' ')
        .filter(|table| !shown.contains(table) && !exempt.contains(table))
        .collect();
    assert!(
        unknown.is_empty(),
        "in nobody's copy, and nobody says why: {unknown:?}"
    );
    let both: Vec<_> = shown.intersection(&exempt).collect();
    assert!(both.is_empty(), "both shown and exempt: {both:?}");
    for (table, reason) in EXEMPT {
        assert!(reason.len() > 15, "{table}: why?");
        let known = app.text(&format!("SELECT to_regclass('public.{table}')"));
        assert!(known.is_some(), "{table} is no table any more");
    }
}
