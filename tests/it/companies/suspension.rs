//! A suspended company: what was planned is its people's to decide, and the platform sees a number.

use crate::support::{TestApp, actors::Account};

#[tokio::test]
async fn what_was_planned_is_listed_for_those_who_decide_and_counted_for_the_platform() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (employee, idle) = (app.employee_of(&company), app.employee_of(&company));
    let practitioner = app.practitioner();
    let planned = app
        .consultation(&employee, &practitioner)
        .at("2026-03-25T09:00:00Z")
        .confirmed();
    app.consultation(&employee, &practitioner)
        .at("2026-03-10T09:00:00Z")
        .completed(3_000);
    let stranger = app.employee_of(&app.company("Rivale"));
    let other = app
        .consultation(&stranger, &practitioner)
        .at("2026-03-26T09:00:00Z")
        .confirmed();
    let admin = app.client().signed_in_as(&app.admin());
    let path = format!("/admin/companies/{}", company.id);
    let reason = [("reason", "Contrat échu.")];
    admin
        .post(&format!("{path}/suspension"), &reason)
        .await
        .assert_see_other(&path);

    // The platform: a number, and nobody.
    let page = admin.get(&path).await;
    page.assert_text("Consultations à venir")
        .assert_nowhere(&planned.to_string())
        .assert_nowhere(&employee.email)
        .assert_nowhere(&practitioner.id.to_string());
    // Each of the two: their own, and how to decide.
    let sides: [(&Account, &str); 2] = [(&employee, "employee"), (&practitioner, "practitioner")];
    for (account, space) in sides {
        let client = app.client().signed_in_as(account);
        let page = client.get(&format!("/{space}/consultations")).await;
        page.assert_ok().assert_text("Une entreprise est suspendue");
        let listed = page.attributes(".to-decide a", "href");
        assert_eq!(listed, [format!("/{space}/consultations/{planned}")]);
        assert_ne!(planned, other);
    }
    let theirs = app.client().signed_in_as(&stranger);
    theirs
        .get("/employee/consultations")
        .await
        .assert_ok()
        .assert_nowhere("Une entreprise est suspendue");

    app.run_jobs().await;
    let told: Vec<String> = app
        .mails()
        .iter()
        .filter(|mail| mail.subject == "Vos rendez-vous à venir")
        .map(|mail| mail.to.clone())
        .collect();
    let mut expected = [employee.email.clone(), practitioner.email.clone()];
    expected.sort();
    let mut told_sorted = told.clone();
    told_sorted.sort();
    assert_eq!(told_sorted, expected, "not {}", idle.email);
    for mail in app.mails() {
        if mail.to == employee.email {
            assert!(
                !mail.text.contains("TechCorp") && !mail.text.contains(&practitioner.last_name)
            );
        }
    }
    // They can still look, and cancel; a new appointment is refused.
    let client = app.client().signed_in_as(&employee);
    client
        .post(
            &format!("/employee/consultations/{planned}/cancellation"),
            &[],
        )
        .await
        .assert_status(303);
    let holds = format!("/employee/booking/{}/holds", practitioner.id);
    client
        .post(&holds, &[("start", "2026-03-25T09:00:00Z")])
        .await
        .assert_status(409);
}

/// A company with its HR, and an employee who has had and has planned a consultation; then suspended.
async fn suspended(app: &TestApp) -> (Account, Account, String) {
    let company = app.company("TechCorp");
    let (hr, employee) = (app.hr_of(&company), app.employee_of(&company));
    let practitioner = app.practitioner();
    app.consultation(&employee, &practitioner)
        .at("2026-03-10T09:00:00Z")
        .completed(3_000);
    let planned = app
        .consultation(&employee, &practitioner)
        .at("2026-03-25T09:00:00Z")
        .confirmed();
    let admin = app.client().signed_in_as(&app.admin());
    let path = format!("/admin/companies/{}", company.id);
    admin
        .post(
            &format!("{path}/suspension"),
            &[("reason", "Contrat échu.")],
        )
        .await
        .assert_see_other(&path);
    (
        Account::clone(&employee),
        Account::clone(&hr),
        planned.to_string(),
    )
}

#[tokio::test]
async fn an_employee_of_a_suspended_company_keeps_what_is_theirs_and_is_told_calmly() {
    let app = TestApp::start().await;
    let (employee, _, planned) = suspended(&app).await;
    let client = app.client().signed_in_as(&employee);
    let home = client.get("/employee").await;
    home.assert_ok()
        .assert_text("Les réservations sont en pause")
        .assert_text("Le 3114 répond jour et nuit");
    assert_eq!(
        home.attributes(".to-decide a", "href"),
        [format!("/employee/consultations/{planned}")]
    );
    for place in ["a", "form"] {
        let attribute = if place == "a" { "href" } else { "action" };
        let booking = home.attributes(
            &format!("{place}[{attribute}^='/employee/booking']"),
            attribute,
        );
        assert!(booking.is_empty(), "{booking:?}");
    }
    for path in [
        "/employee/consultations?tab=past",
        "/employee/messages",
        "/employee/journal",
        "/employee/journal/new",
        "/employee/notifications",
        "/account",
        "/account/privacy",
        "/account/privacy/consents/health_data",
    ] {
        client.get(path).await.assert_ok();
    }
    client
        .get("/employee/booking")
        .await
        .assert_see_other("/employee");
    let form = client.get("/employee/journal/new").await;
    client
        .submit(&form, "/employee/journal", &[("text", "Une pensée.")])
        .await
        .assert_status(303);
}

#[tokio::test]
async fn whoever_has_something_planned_is_told_in_the_application_too() {
    let app = TestApp::start().await;
    let (employee, ..) = suspended(&app).await;
    app.run_jobs().await;
    let client = app.client().signed_in_as(&employee);
    let list = client.get("/employee/notifications?tab=unread").await;
    list.assert_ok()
        .assert_text("Un rendez-vous est à garder ou à annuler");
    assert_eq!(
        app.count(
            "SELECT count(*) FROM notices WHERE kind = 'company_suspended' AND read_at IS NULL"
        ),
        2,
        "one each, of what is planned alone"
    );
    app.run_jobs().await;
    assert_eq!(
        app.count("SELECT count(*) FROM notices WHERE kind = 'company_suspended'"),
        2
    );
}

#[tokio::test]
async fn hr_of_a_suspended_company_reaches_its_own_account_and_the_platform_alone() {
    let app = TestApp::start().await;
    let (employee, hr, _) = suspended(&app).await;
    let client = app.client().signed_in_as(&hr);
    let home = client.get("/rh").await;
    home.assert_ok()
        .assert_text("L’accès de votre entreprise est suspendu")
        .assert_nowhere(&employee.email);
    for path in [
        "/rh/employees",
        "/rh/employees/import",
        "/rh/usage",
        "/rh/company",
        "/rh/company/team",
        &format!("/rh/employees/{}", employee.id),
    ] {
        client.get(path).await.assert_see_other("/rh");
        assert!(
            home.attributes(&format!("a[href='{path}']"), "href")
                .is_empty(),
            "{path}"
        );
    }
    // The way to the platform stays open, and shows nothing of the company's people.
    let ticket = [
        ("subject", "Notre suspension"),
        ("category", "other"),
        ("priority", "urgent"),
        ("text", "Que pouvons-nous faire ?"),
    ];
    let asked = client.upload("/rh/support", &ticket, "", b"").await;
    client
        .get(asked.assert_status(303).location())
        .await
        .assert_ok()
        .assert_text("Que pouvons-nous faire ?");
    assert_eq!(
        home.attributes("main a[href='/rh/support']", "href").len(),
        1
    );
    let suspension = format!("/rh/employees/{}/suspension", employee.id);
    client.post(&suspension, &[]).await.assert_see_other("/rh");
    let colleague = [
        ("first_name", "Ève"),
        ("last_name", "Ott"),
        ("email", "eve@techcorp-1.example"),
    ];
    client
        .post("/rh/company/team", &colleague)
        .await
        .assert_see_other("/rh");
    assert_eq!(app.count("SELECT count(*) FROM users WHERE role = 'hr'"), 1);
    client.get("/account").await.assert_ok();

    // And again as before, once it is restored.
    let admin = app.client().signed_in_as(&app.admin());
    let path = format!("/admin/companies/{}", hr.company_id.expect("a company"));
    admin
        .post(&format!("{path}/reactivation"), &[])
        .await
        .assert_see_other(&path);
    let client = app.client().signed_in_as(&hr);
    app.clock.advance(chrono::Duration::seconds(6));
    client
        .get("/rh/employees")
        .await
        .assert_ok()
        .assert_text(&employee.last_name);
}
