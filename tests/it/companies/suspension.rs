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
