//! The support itself: what every other test takes for granted.

use actix_web::web;
use chrono::Duration;
use huntzen::infra::{actor::Member, form::Upload};
use uuid::Uuid;

use super::{TestApp, actors::PASSWORD, app::Setup, cluster::Cluster};

#[tokio::test]
async fn each_role_is_signed_in_with_its_own_session() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    for account in app.one_of_each(&company) {
        let client = app.client().signed_in_as(&account);

        client.get("/account").await.assert_ok();

        assert!(client.session_id().is_some(), "{:?}", account.role);
    }
}

#[tokio::test]
async fn the_sign_in_form_knows_the_password_of_every_actor() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let hr = app.hr_of(&company);
    let client = app.client();

    let answer = client
        .post("/login", &[("email", &hr.email), ("password", PASSWORD)])
        .await;

    answer.assert_see_other("/rh");
    assert!(client.session_id().is_some());
}

#[tokio::test]
async fn the_clock_stands_still_until_it_is_advanced() {
    let app = TestApp::start().await;
    let before = app.now();
    app.clock.advance(Duration::hours(3));
    assert_eq!(app.now() - before, Duration::hours(3));
}

#[tokio::test]
async fn two_applications_do_not_see_each_other() {
    let (one, other) = (TestApp::start().await, TestApp::start().await);
    one.company("TechCorp");
    assert_eq!(one.count("SELECT count(*) FROM companies"), 1);
    assert_eq!(other.count("SELECT count(*) FROM companies"), 0);
    assert_ne!(one.url("/login"), other.url("/login"));
}

#[tokio::test]
async fn consultations_are_written_in_every_state() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let next = |hour: u32| {
        app.consultation(&employee, &practitioner)
            .at(&format!("2026-03-23T{hour:02}:00:00Z"))
            .format("audio")
    };
    let state = |id: Uuid| {
        app.text(&format!(
            "SELECT status FROM consultations WHERE id = '{id}'"
        ))
    };

    let states = [
        next(8).scheduled(),
        next(9).confirmed(),
        next(10).in_progress(),
        next(11).completed(2_700),
        next(12).cancelled(),
        next(13).no_show(),
    ]
    .map(|id| state(id).unwrap_or_default());

    assert_eq!(
        states,
        [
            "scheduled",
            "confirmed",
            "in_progress",
            "completed",
            "cancelled",
            "no_show"
        ]
    );
    assert_eq!(
        app.count("SELECT total_duration_seconds FROM employee_activity_daily"),
        2_700
    );
}

#[tokio::test]
async fn sixty_four_requests_run_at_once() {
    let app = TestApp::start_with(Setup {
        configure: |config| config.pool_size = 3,
        ..Setup::default()
    })
    .await;
    let client = app
        .client()
        .signed_in_as(&app.employee_of(&app.company("TechCorp")));
    let requests = (0..64).map(|_| client.get("/account"));
    for page in futures_util::future::join_all(requests).await {
        page.assert_ok();
    }
}

#[test]
fn an_empty_database_is_not_a_clone() {
    let cluster = Cluster::shared();
    let name = cluster.empty_database();
    cluster.migrate(&name);
    assert!(cluster.url_of(&name).expose().contains(&name));
}

#[tokio::test]
async fn a_page_is_read_and_its_form_sent_as_a_browser_would() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let client = app.client().with_header("accept-language", "fr");

    let page = client.get("/login?return_to=/account").await;

    page.assert_ok()
        .assert_text("Mot de passe")
        .assert_nowhere(&employee.email);
    assert_eq!(page.texts("h1").len(), 1);
    assert_eq!(page.attributes("input[name=email]", "type"), ["email"]);

    let answer = client
        .submit(
            &page,
            "/login",
            &[("email", &employee.email), ("password", PASSWORD)],
        )
        .await;

    answer.assert_see_other("/account");
    client
        .follow(&answer)
        .await
        .assert_text(&employee.first_name)
        .assert_text(&employee.last_name);
    client.copy().get("/account").await.assert_ok();
    client.drop_cookie("hz_session");
    client.get("/account").await.assert_status(303);
}

#[tokio::test]
async fn the_application_signs_in_to_its_own_clone() {
    let app = TestApp::start().await;
    for login in ["huntzen_care", "huntzen_office"] {
        assert!(app.login_url(login).expose().contains(&app.database));
    }
    assert!(app.routes.0.iter().any(|route| route.path == "/login"));
    assert_eq!(app.company("TechCorp").name, "TechCorp");
}

#[tokio::test]
async fn an_upload_carries_its_file_and_its_fields() {
    async fn sizes(_member: Member, upload: Upload) -> String {
        format!("{} {}", upload.file_name(), upload.size())
    }
    let app = TestApp::start_with(Setup {
        probes: Some(|| web::scope("/probe").route("/upload", web::post().to(sizes))),
        ..Setup::default()
    })
    .await;
    let client = app.client().signed_in_as(&app.admin());

    let page = client
        .upload(
            "/probe/upload",
            &[("note", "à lire")],
            "équipe.csv",
            b"a;b\n",
        )
        .await;

    assert_eq!(page.assert_ok().text(), "équipe.csv 4");
}
