//! What people agree to, take back and give again, and what that really changes.

use diesel::{Connection as _, PgConnection, RunQueryDsl as _, connection::SimpleConnection as _};
use huntzen::{infra::config::CARE_LOGIN, privacy::consents::CURRENT_VERSION};

use crate::support::{
    TestApp,
    actors::{Employee, PASSWORD},
    client::Client,
    page::Page,
};

const LIST: &str = "/account/privacy/consents";
const HEALTH: &str = "/account/privacy/consents/health_data";
const WITHDRAWAL: &str = "/account/privacy/consents/health_data/withdrawal";

struct World {
    app: TestApp,
    employee: Employee,
    browser: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        Self {
            browser: app.client().signed_in_as(&employee),
            app,
            employee,
        }
    }

    async fn withdraws(&self) -> Page {
        let page = self.browser.get(WITHDRAWAL).await;
        page.assert_ok();
        self.browser.submit(&page, WITHDRAWAL, &[]).await
    }

    async fn agrees(&self) -> Page {
        let page = self.browser.get(HEALTH).await;
        self.browser
            .submit(&page, HEALTH, &[("agreed", "true")])
            .await
    }

    fn consents(&self) -> i64 {
        self.app.count(&format!(
            "SELECT count(*) FROM consents WHERE user_id = '{}' AND kind = 'health_data'",
            self.employee.id
        ))
    }
}

#[tokio::test]
async fn withdrawing_says_first_what_stops_and_then_stops_it() {
    let world = World::start().await;
    let (app, employee) = (&world.app, &world.employee);
    let practitioner = app.practitioner();
    let ahead = app.consultation(employee, &practitioner).scheduled();
    let later = app
        .consultation(employee, &practitioner)
        .at("2026-04-02T09:00:00Z")
        .confirmed();
    let past = app
        .consultation(employee, &practitioner)
        .at("2026-03-10T09:00:00Z")
        .completed(2_700);
    app.waiting(employee, &practitioner);
    app.journal_entry(employee, ("Lundi", "Bonjour"), Some(3), 1);
    let share = app.journal_share(
        employee,
        &practitioner,
        "Une synthèse",
        "2100-01-01T00:00:00Z",
    );

    let asked = world.browser.get(WITHDRAWAL).await;
    asked
        .assert_ok()
        .assert_text("Vos 2 rendez-vous à venir sont annulés")
        .assert_text("Votre demande dans la liste d’attente est retirée")
        .assert_text("Le partage de votre journal prend fin")
        .assert_text("Votre employeur n’en est pas informé");
    let status = |id| {
        app.text(&format!(
            "SELECT status FROM consultations WHERE id = '{id}'"
        ))
    };
    assert_eq!(status(ahead).as_deref(), Some("scheduled"), "nothing yet");

    let sent = world.withdraws().await;
    sent.assert_see_other(LIST);
    let list = world.browser.follow(&sent).await;
    list.assert_text("Votre accord est retiré")
        .assert_text("Retiré le");
    assert_eq!(status(ahead).as_deref(), Some("cancelled"));
    assert_eq!(status(later).as_deref(), Some("cancelled"));
    assert_eq!(status(past).as_deref(), Some("completed"));
    assert_eq!(
        app.count("SELECT count(*) FROM waitlist_requests WHERE status = 'waiting'"),
        0
    );
    let shared = app.client().signed_in_as(&practitioner);
    shared
        .get(&format!("/practitioner/journal/{share}"))
        .await
        .assert_status(404);
    let told = app.count(&format!(
        "SELECT count(*) FROM notices WHERE recipient_id = '{}' AND kind = 'cancelled'",
        practitioner.id
    ));
    assert_eq!(told, 2, "the practitioner knows");
    // The second of two clicks.
    world
        .browser
        .post(WITHDRAWAL, &[])
        .await
        .assert_see_other(LIST);
    world.browser.get(WITHDRAWAL).await.assert_see_other(HEALTH);
    assert_eq!(world.consents(), 1);
}

#[tokio::test]
async fn without_the_agreement_nothing_new_is_written_and_the_old_stays_ones_own() {
    let world = World::start().await;
    let (app, employee) = (&world.app, &world.employee);
    let practitioner = app.practitioner();
    let met = app
        .consultation(employee, &practitioner)
        .at("2026-03-20T08:30:00Z")
        .in_progress();
    let entry = app.journal_entry(employee, ("Lundi", "Bonjour"), Some(3), 1);
    world.withdraws().await.assert_see_other(LIST);

    let refused = "Vous avez retiré votre accord";
    let pages = "/employee/journal";
    let written = world
        .browser
        .post(
            pages,
            &[
                ("client_id", &uuid::Uuid::new_v4().to_string()),
                ("text", "Du nouveau"),
                ("mood", "3"),
            ],
        )
        .await;
    written.assert_status(409).assert_text(refused);
    let path = format!("{pages}/entries/{entry}");
    let edit = world.browser.get(&format!("{path}/edit")).await;
    world
        .browser
        .submit(&edit, &path, &[("text", "Autre chose")])
        .await
        .assert_status(409)
        .assert_text(refused);
    let profile = format!("/employee/booking/{}", practitioner.id);
    // It is said where the path begins, with the way to agree.
    let waiting = format!(
        "/employee/waiting-list/new?practitioner={}",
        practitioner.id
    );
    for path in ["/employee/booking", profile.as_str(), waiting.as_str()] {
        let page = world.browser.get(path).await;
        page.assert_ok().assert_text("Il manque votre accord");
        let way = page.attributes("main .alert a", "href");
        assert_eq!(way, [format!("{HEALTH}?return_to={path}")]);
    }
    let offered = world.browser.get(&profile).await;
    let start = offered.attributes(".slot-days button", "value").remove(0);
    world
        .browser
        .post(&format!("{profile}/holds"), &[("start", &start)])
        .await
        .assert_status(409)
        .assert_text(refused);
    assert_eq!(app.count("SELECT count(*) FROM journal_entries"), 1);
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 1);
    assert_eq!(app.count("SELECT count(*) FROM chat_messages"), 0);

    world
        .browser
        .get("/employee/journal/new")
        .await
        .assert_see_other(HEALTH);

    // One's own is read, taken along, deleted; what goes on goes on.
    world.browser.get(&path).await.assert_ok();
    world
        .browser
        .get("/employee/journal/export.md")
        .await
        .assert_ok()
        .assert_text("Bonjour");
    world
        .browser
        .get(&format!("/employee/consultations/{met}"))
        .await
        .assert_ok();
    let deletion = format!("{path}/deletion");
    let asked = world.browser.get(&deletion).await;
    world
        .browser
        .submit(&asked, &deletion, &[])
        .await
        .assert_status(303);

    // Given again, all is possible again.
    let text = format!("{HEALTH}?return_to={waiting}");
    let form = world.browser.get(&text).await;
    let unticked = world.browser.submit(&form, HEALTH, &[]).await;
    unticked.assert_status(422);
    let given = world
        .browser
        .submit(&unticked, HEALTH, &[("agreed", "true")])
        .await;
    given.assert_see_other(&waiting);
    world
        .browser
        .get(&waiting)
        .await
        .assert_ok()
        .assert_nowhere("Il manque votre accord");
    assert_eq!(world.consents(), 2, "a row of its own");
    let written = world
        .browser
        .post(
            pages,
            &[
                ("client_id", &uuid::Uuid::new_v4().to_string()),
                ("text", "Du nouveau"),
                ("mood", "3"),
            ],
        )
        .await;
    written.assert_status(303);
}

#[tokio::test]
async fn the_database_itself_refuses_and_a_withdrawal_is_final() {
    let world = World::start().await;
    let (app, employee) = (&world.app, &world.employee);
    let practitioner = app.practitioner();
    let company = employee.company_id.expect("a company");
    let as_employee = |statement: String| {
        let mut conn =
            PgConnection::establish(app.login_url(CARE_LOGIN).expose()).expect("a login");
        conn.batch_execute(&format!(
            "BEGIN; SET LOCAL ROLE hz_employee; SET LOCAL hz.user_id = '{}'; SET LOCAL hz.company_id = '{company}'",
            employee.id
        ))
        .expect("the transaction opens");
        diesel::sql_query(statement)
            .execute(&mut conn)
            .map_err(|error| error.to_string())
    };
    let request = format!(
        "INSERT INTO waitlist_requests (company_id, employee_id, practitioner_id, weekdays, created_at, queued_at)
         VALUES ('{company}', '{}', '{}', '{{1}}', now(), now())",
        employee.id, practitioner.id
    );
    assert_eq!(as_employee(request.clone()), Ok(1));
    world.withdraws().await.assert_see_other(LIST);
    let refusal = as_employee(request).expect_err("it is refused");
    assert!(refusal.contains("\"consented\""), "{refusal}");
    // The withdrawn row cannot be touched again, and the other cannot be un-withdrawn.
    let undone = as_employee(
        "UPDATE consents SET withdrawn_at = NULL WHERE kind = 'health_data'".to_owned(),
    );
    assert_eq!(undone, Ok(0));
    assert!(
        as_employee("UPDATE consents SET withdrawn_at = NULL WHERE kind = 'terms'".to_owned())
            .is_err()
    );
    assert!(as_employee("UPDATE consents SET version = 'x'".to_owned()).is_err());
    assert!(as_employee("DELETE FROM consents".to_owned()).is_err());
}

#[tokio::test]
async fn everybody_reads_the_version_that_they_agreed_to() {
    let world = World::start().await;
    world.app.sql(&format!(
        "UPDATE consents SET version = '2026-11' WHERE user_id = '{}'",
        world.employee.id
    ));
    let list = world.browser.get(LIST).await;
    list.assert_ok().assert_text("Nos textes ont changé");
    let old = world
        .browser
        .get(&format!("{HEALTH}?version=2026-11"))
        .await;
    old.assert_ok()
        .assert_text("en répondant à l’e-mail d’invitation")
        .assert_text("Une version précédente de ce texte");
    assert!(
        old.attributes("form[method=post] [name=agreed]", "name")
            .is_empty()
    );
    let new = world.browser.get(HEALTH).await;
    new.assert_ok().assert_text(CURRENT_VERSION);
    new.assert_nowhere("en répondant à l’e-mail");
    for wrong in ["?version=2020-01", "?version=%3Cscript%3E"] {
        let page = world.browser.get(&format!("{HEALTH}{wrong}")).await;
        page.assert_status(404);
    }
    world
        .browser
        .get(&format!("{LIST}/everything"))
        .await
        .assert_status(404);
    // A box that is not ticked is no agreement.
    let page = world.browser.get(HEALTH).await;
    world
        .browser
        .submit(&page, HEALTH, &[])
        .await
        .assert_status(422);
    assert_eq!(world.consents(), 1);
    world.agrees().await.assert_see_other(LIST);
    assert_eq!(world.consents(), 2);
}

#[tokio::test]
async fn a_new_version_is_asked_for_at_the_next_sign_in_and_answered_once() {
    let world = World::start().await;
    let sign_in = |return_to: &'static str| {
        let (app, email) = (&world.app, world.employee.email.clone());
        async move {
            app.client()
                .post(
                    "/login",
                    &[
                        ("email", &email),
                        ("password", PASSWORD),
                        ("return_to", return_to),
                    ],
                )
                .await
        }
    };
    sign_in("").await.assert_see_other("/employee");
    world.app.sql("UPDATE consents SET version = '2026-11'");
    sign_in("/employee/journal")
        .await
        .assert_see_other(&format!("{LIST}?return_to=/employee/journal"));
    let asked = world
        .browser
        .get(&format!("{LIST}?return_to=/employee/journal"))
        .await;
    asked.assert_ok().assert_text("Continuer sans répondre");
    assert!(
        asked
            .attributes("a", "href")
            .contains(&"/employee/journal".to_owned())
    );
    let elsewhere = world
        .browser
        .get(&format!("{LIST}?return_to=//evil.example"))
        .await;
    elsewhere
        .assert_ok()
        .assert_nowhere("Continuer sans répondre");
    // Without an answer the old agreement stands, and the question comes back.
    world.browser.get("/employee/booking").await.assert_ok();
    sign_in("").await.assert_status(303);
    world.agrees().await.assert_see_other(LIST);
    let terms = format!("{LIST}/terms");
    let page = world.browser.get(&terms).await;
    world
        .browser
        .submit(&page, &terms, &[("agreed", "true")])
        .await
        .assert_see_other(LIST);
    sign_in("").await.assert_see_other("/employee");
    // Who took it back has answered.
    world.withdraws().await.assert_see_other(LIST);
    sign_in("").await.assert_see_other("/employee");
}

#[tokio::test]
async fn the_terms_are_a_contract_and_others_have_no_such_pages() {
    let world = World::start().await;
    let terms = format!("{LIST}/terms");
    world
        .browser
        .get(&format!("{terms}/withdrawal"))
        .await
        .assert_see_other(&terms);
    world
        .browser
        .post(&format!("{terms}/withdrawal"), &[])
        .await
        .assert_see_other(&terms);
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM consents WHERE withdrawn_at IS NOT NULL"),
        0
    );
    let company = world.app.company("Autre");
    for account in [
        &*world.app.hr_of(&company),
        &*world.app.practitioner(),
        &*world.app.admin(),
    ] {
        let client = world.app.client().signed_in_as(account);
        client.get(LIST).await.assert_see_other("/confidentiality");
        client
            .post(HEALTH, &[("agreed", "true")])
            .await
            .assert_status(404);
        client.post(WITHDRAWAL, &[]).await.assert_status(404);
    }
}
