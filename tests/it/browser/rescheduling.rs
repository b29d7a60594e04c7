//! An appointment finds another time: the employee moves it, then the practitioner.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn an_appointment_finds_another_time() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let id = app.consultation(&employee, &practitioner).confirmed();
    let state = || app.text("SELECT starts_at || ' ' || revision FROM consultations");
    let mut browser = Browser::open(&app).await;

    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto("/employee/consultations").await;
    browser.inspects("employee: appointments").await;
    let own = format!("/employee/consultations/{id}");
    browser.click(&format!(".row-title a[href='{own}']")).await;
    browser.arrives_at(&own).await;
    browser.inspects("employee: an appointment").await;
    browser
        .click(&format!("a[href='{own}/rescheduling']"))
        .await;
    browser.arrives_at(&format!("{own}/rescheduling")).await;
    browser.inspects("employee: another time").await;
    browser.click("a.slot[href*='2026-03-24T08:00']").await;
    browser.sees("input[name=start]").await;
    browser.inspects("employee: move it there?").await;
    browser.submit(&format!("{own}/rescheduling")).await;
    browser.arrives_at(&own).await;
    browser.reads("ardi 24").await;
    browser.inspects("employee: moved").await;
    assert_eq!(state(), Some("2026-03-24 08:00:00+00 1".to_owned()));
    browser.goto(&format!("{own}/cancellation")).await;
    browser.inspects("employee: cancel?").await;
    browser.sign_out().await;

    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    let own = format!("/practitioner/consultations/{id}");
    browser.goto(&own).await;
    browser.reads("ardi 24").await;
    browser
        .click(&format!("a[href='{own}/rescheduling']"))
        .await;
    browser.sees("a.slot").await;
    browser.inspects("practitioner: another time").await;
    browser.click("a.slot[href*='2026-03-25T14:00']").await;
    browser.sees("input[name=start]").await;
    browser.inspects("practitioner: move it there?").await;
    browser.submit(&format!("{own}/rescheduling")).await;
    browser.arrives_at(&own).await;
    browser.reads("ercredi 25").await;
    browser.inspects("practitioner: moved").await;
    assert_eq!(state(), Some("2026-03-25 14:00:00+00 2".to_owned()));
    browser.sign_out().await;
    browser.close().await;
}

#[tokio::test]
async fn without_scripts_another_time_is_chosen_all_the_same() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let id = app.consultation(&employee, &practitioner).confirmed();
    let browser = Browser::open(&app).await;
    browser.forgets_scripts().await;
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    let own = format!("/employee/consultations/{id}");
    browser.goto(&own).await;
    browser
        .click(&format!("a[href='{own}/rescheduling']"))
        .await;
    browser.click("a.slot[href*='2026-03-24T08:00']").await;
    browser.submit(&format!("{own}/rescheduling")).await;
    browser.arrives_at(&own).await;
    let state = app.text("SELECT starts_at || ' ' || revision FROM consultations");
    assert_eq!(state, Some("2026-03-24 08:00:00+00 1".to_owned()));
    browser.close().await;
}
