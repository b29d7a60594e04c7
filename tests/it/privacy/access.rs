//! The screen of who looked at one's data.

use crate::support::TestApp;

const PAGE: &str = "/account/privacy/access";

#[tokio::test]
async fn employees_see_who_looked_at_their_data_and_when() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, colleague) = (app.employee_of(&company), app.employee_of(&company));
    let practitioner = app.practitioner();
    let consultation = app.consultation(&employee, &practitioner).scheduled();
    let hr = app.hr_of(&company);
    app.client()
        .signed_in_as(&employee)
        .get(PAGE)
        .await
        .assert_ok()
        .assert_text("Personne, pour l’instant");

    let office = app.client().signed_in_as(&hr);
    office.get("/rh/employees").await.assert_ok();
    office.get("/rh/employees").await.assert_ok();
    let path = format!("/practitioner/consultations/{consultation}");
    let care = app.client().signed_in_as(&practitioner);
    care.get(&path).await.assert_ok();
    care.post(&format!("{path}/confirmation"), &[])
        .await
        .assert_status(303);

    let page = app.client().signed_in_as(&employee).get(PAGE).await;
    page.assert_ok()
        .assert_text(&format!(
            "{} {}, ressources humaines",
            hr.first_name, hr.last_name
        ))
        .assert_text("a consulté la liste des salariés")
        .assert_text(&format!(
            "{} {}, praticien",
            practitioner.first_name, practitioner.last_name
        ))
        .assert_text("a ouvert la page d’un rendez-vous avec vous")
        .assert_text("a modifié un rendez-vous avec vous");
    assert_eq!(page.texts(".access").len(), 3, "a minute is one line");
    assert_eq!(page.texts("h2 time"), ["vendredi 20\u{a0}mars 2026"]);
    assert_eq!(page.texts(".access-when"), ["10\u{a0}h\u{a0}00"; 3]);
    // What a colleague was shown in is the colleague's to know.
    let theirs = app.client().signed_in_as(&colleague).get(PAGE).await;
    assert_eq!(theirs.texts(".access").len(), 1);
    theirs.assert_nowhere(&practitioner.last_name);
}

#[tokio::test]
async fn what_repeats_is_one_line_a_day_and_pages_are_of_twenty() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, hr) = (app.employee_of(&company), app.hr_of(&company));
    let (subject, actor) = (employee.id, hr.id);
    app.sql(&format!(
        "INSERT INTO data_accesses (subject_id, accessed_at, actor_id, actor_role, what)
         SELECT '{subject}', at, '{actor}', 'hz_hr', 'employee_list'
         FROM generate_series(timestamptz '2026-02-01 23:30+01', timestamptz '2026-02-25 23:30+01', interval '1 day') at;
         INSERT INTO data_accesses (subject_id, accessed_at, actor_id, actor_role, what)
         SELECT '{subject}', at, '{actor}', 'hz_hr', 'employee_list'
         FROM generate_series(timestamptz '2026-02-25 08:00+01', timestamptz '2026-02-25 08:02+01', interval '1 minute') at;
         INSERT INTO data_accesses (subject_id, accessed_at, actor_id, actor_role, what)
         VALUES ('{subject}', '2026-02-26T08:00Z', '{actor}', 'hz_hr', 'something_of_tomorrow')"
    ));
    let client = app.client().signed_in_as(&employee);
    let first = client.get(PAGE).await;
    assert_eq!(first.texts(".access").len(), 20);
    let lines = first.texts(".access");
    assert!(lines[0].contains("a consulté vos données"), "{lines:?}");
    assert!(
        lines[1].contains("8\u{a0}h\u{a0}00 – 23\u{a0}h\u{a0}30, 4\u{a0}fois"),
        "the reader's day: {lines:?}"
    );
    let second = client.get(&format!("{PAGE}?page=2")).await;
    assert_eq!(second.texts(".access").len(), 6);
    // Nonsense is the first page.
    assert_eq!(
        client
            .get(&format!("{PAGE}?page=x"))
            .await
            .texts(".access")
            .len(),
        20
    );
}

#[tokio::test]
async fn names_are_told_as_far_as_one_may_know_them() {
    let app = TestApp::start().await;
    let practitioner = app.practitioner();
    let (admin, elsewhere) = (app.admin(), app.hr_of(&app.company("Rivale")));
    app.client()
        .signed_in_as(&admin)
        .get("/admin/practitioners")
        .await
        .assert_ok();
    app.sql(&format!(
        "INSERT INTO data_accesses (subject_id, accessed_at, actor_id, actor_role, what)
         VALUES ('{}', '2026-03-01T08:00Z', '{}', 'hz_hr', 'employee_list')",
        practitioner.id, elsewhere.id
    ));
    let page = app.client().signed_in_as(&practitioner).get(PAGE).await;
    page.assert_ok()
        .assert_text("Administration HuntZen Care")
        .assert_text("a consulté une page d’administration où figure votre nom")
        .assert_nowhere(&admin.last_name)
        .assert_nowhere(&elsewhere.last_name);
}

#[tokio::test]
async fn of_others_nothing_is_recorded_and_there_is_no_page() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    for account in [&*app.hr_of(&company), &*app.admin(), &*app.super_admin()] {
        let client = app.client().signed_in_as(account);
        client.get(PAGE).await.assert_see_other("/confidentiality");
        client
            .get("/account")
            .await
            .assert_ok()
            .assert_nowhere(PAGE);
    }
}

#[tokio::test]
async fn looking_through_the_employers_window_is_no_look_of_hr() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let client = app.client().signed_in_as(&employee);
    client.get("/account/privacy").await.assert_ok();
    assert_eq!(app.count("SELECT count(*) FROM data_accesses"), 0);
}

#[tokio::test]
async fn a_file_is_recorded_before_it_leaves() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.discloses(&company, "named");
    let (employee, hr) = (app.employee_of(&company), app.hr_of(&company));
    let other = app.employee_of(&app.company("Rivale"));
    app.client()
        .signed_in_as(&hr)
        .get("/rh/usage.csv?month=2026-03")
        .await
        .assert_ok();
    let recorded = app.text(
        "SELECT string_agg(subject_id || ' ' || what, ',') FROM data_accesses WHERE what LIKE '%file'",
    );
    assert_eq!(
        recorded,
        Some(format!("{} employee_usage_file", employee.id))
    );
    assert_ne!(other.id, employee.id);
}

/// Two tabs of one person, at once, again and again: nobody waits for anybody in a circle.
#[tokio::test]
async fn pages_that_record_the_same_people_at_once_all_answer() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.discloses(&company, "named");
    for _ in 0..15 {
        app.employee_of(&company);
    }
    let hr = app.hr_of(&company);
    let client = app.client().signed_in_as(&hr);
    let pages = futures_util::future::join_all((0..24).map(|number| {
        let path = ["/rh/employees", "/rh/usage", "/rh/usage.csv"][number % 3];
        let client = &client;
        async move { client.get(path).await.status }
    }))
    .await;
    assert_eq!(pages, vec![200; 24]);
    assert_eq!(app.count("SELECT count(*) FROM data_accesses"), 15 * 3);
}
