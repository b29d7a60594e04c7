//! What HR sees where nobody is named, and how it is chosen and announced.

use huntzen::{infra::actor::Worker, metrics::jobs};

use super::driver::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn figures_of_groups_from_the_choice_to_the_employee() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    app.sql("UPDATE companies SET created_at = '2026-01-05'");
    let practitioner = app.practitioner();
    let mut first = None;
    for index in 0..36 {
        let employee = app.employee_of(&company);
        let department = ["Atelier de fabrication et de maintenance", "Ventes"][index % 2];
        app.sql(&format!(
            "UPDATE employees SET department = '{department}', created_at = '2025-06-01' WHERE user_id = '{}'",
            employee.id
        ));
        if index < 14 {
            app.consultation(&employee, &practitioner)
                .at("2026-02-10T09:00:00Z")
                .completed(3_000);
        }
        first.get_or_insert(employee);
    }
    jobs::freeze(&Worker::door(&app.shared))
        .await
        .expect("months are frozen");
    let (hr, admin) = (app.hr_of(&company), app.admin());
    let mut browser = Browser::open(&app).await;

    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.reads("Adoption").await;
    browser.inspects("HR: home with figures").await;
    browser.goto("/rh/usage").await;
    browser.reads("Par service").await;
    browser.inspects("HR: figures").await;
    browser.goto("/rh/usage?month=2026-01").await;
    browser.inspects("HR: a hidden month").await;
    browser.goto("/rh/usage?month=2026-03").await;
    browser.reads("Pas encore de chiffres pour mars 2026").await;
    browser.inspects("HR: a month that is not frozen").await;
    browser.sign_out().await;

    browser.sign_in(&admin.email, PASSWORD).await;
    browser
        .goto(&format!("/admin/companies/{}/disclosure", company.id))
        .await;
    browser.inspects("admin: what HR sees").await;
    browser.sign_out().await;
    let choice = [("setting", "banded"), ("agreed_with", "Claire Roy, DRH")];
    app.client()
        .signed_in_as(&admin)
        .post(
            &format!("/admin/companies/{}/disclosure", company.id),
            &choice,
        )
        .await
        .assert_status(303);

    let employee = first.expect("an employee");
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.reads("Ce que voit votre entreprise change").await;
    browser.inspects("employee: a change is announced").await;
    browser.goto("/account/privacy").await;
    browser.reads("Par tranches").await;
    browser.inspects("employee: my data with figures").await;
    browser.close().await;
}
