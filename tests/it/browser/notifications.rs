//! What people are told, as they see it.

use huntzen::{
    infra::actor::Worker,
    notifications::{model::News, queries::announce},
};

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn somebody_reads_what_happened_and_chooses_what_to_be_told() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let id = app.consultation(&employee, &practitioner).scheduled();
    Worker::door(&app.shared)
        .write(move |tx| announce(tx, id, News::Booked))
        .await
        .expect("the news is written");
    let mut browser = Browser::open(&app).await;

    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.reads("1").await;
    browser.click("a.bell").await;
    browser.arrives_at("/employee/notifications").await;
    browser.reads(&practitioner.last_name).await;
    browser.inspects("employee: notifications").await;
    browser.submit("/employee/notifications/reading").await;
    browser.sees("a.bell:not(:has(.bell-count))").await;
    browser.inspects("employee: notifications, all read").await;

    let preferences = "/employee/notifications/preferences";
    browser.goto(preferences).await;
    browser.inspects("employee: notification preferences").await;
    browser.click("#mail_booked").await;
    browser.submit(preferences).await;
    browser.sees("[data-variant=success]").await;
    browser.sees("#mail_booked:not(:checked)").await;
    browser.fill("email", "moi@maison.example").await;
    browser.fill("password", PASSWORD).await;
    browser
        .submit("/employee/notifications/personal-address")
        .await;
    browser.reads("moi@maison.example").await;
    browser.inspects("employee: a personal address waits").await;
    browser.submit("/employee/notifications/calendar").await;
    browser.sees("#feed").await;
    browser
        .inspects_refusal("employee: the calendar's address")
        .await;
    browser.sign_out().await;

    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    browser.click("a.bell").await;
    browser.arrives_at("/practitioner/notifications").await;
    browser.inspects("practitioner: notifications").await;
    browser
        .goto("/practitioner/notifications/preferences")
        .await;
    browser
        .inspects("practitioner: notification preferences")
        .await;
    browser.goto("/personal-address/x").await;
    browser.inspects_refusal("a link that is over").await;
    browser.close().await;
}
