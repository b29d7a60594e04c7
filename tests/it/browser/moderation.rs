//! What is said of a consultation once it is over, from those who say it to the one who reads it.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn a_review_and_two_reports_are_written_read_and_answered() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let id = app
        .consultation(&employee, &practitioner)
        .at("2026-03-10T09:00:00Z")
        .completed(3_000);
    let mut browser = Browser::open(&app).await;
    let path = format!("/employee/consultations/{id}");

    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto(&path).await;
    browser
        .inspects("employee: a consultation that is over")
        .await;
    let review = format!("{path}/review");
    browser.goto(&review).await;
    browser.inspects("employee: a review").await;
    // The stars are buttons of a keyboard's too: the fourth, then a word.
    browser
        .runs("document.querySelector('[name=rating][value=\"3\"]').focus()")
        .await;
    browser
        .presses("[name=rating][value=\"3\"]", "\u{e014}")
        .await;
    browser.fill("comment", "Une écoute rare.").await;
    browser.submit(&review).await;
    browser.arrives_at(&path).await;
    browser.inspects("employee: a review that waits").await;

    let report = format!("{path}/report");
    browser.goto(&report).await;
    browser.inspects("employee: a report").await;
    browser.leaves_the_checks_to_the_server().await;
    browser.submit(&report).await;
    browser.sees("[aria-invalid=true]").await;
    browser
        .inspects_refusal("employee: a report without a reason")
        .await;
    browser.set("category", "technical").await;
    browser.submit(&report).await;
    browser.arrives_at(&path).await;
    browser.sign_out().await;

    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    let path = format!("/practitioner/consultations/{id}");
    let report = format!("{path}/report");
    browser.goto(&report).await;
    browser.inspects("practitioner: a report").await;
    browser.set("category", "conduct").await;
    browser.fill("details", "Des mots qui dépassent.").await;
    browser.submit(&report).await;
    browser.arrives_at(&path).await;
    browser.goto("/practitioner/profile").await;
    browser.inspects("practitioner: the profile").await;
    browser.sign_out().await;

    browser.sign_in(&app.admin().email, PASSWORD).await;
    browser.arrives_at("/admin").await;
    browser.goto("/admin/moderation").await;
    browser.reads("Une écoute rare.").await;
    browser.inspects("admin: reviews").await;
    let published = app
        .text("SELECT id::text FROM practitioner_reviews")
        .unwrap_or_default();
    browser
        .submit(&format!(
            "/admin/moderation/reviews/{published}/publication"
        ))
        .await;
    browser.sees("[data-variant=success]").await;
    browser.inspects("admin: no review left").await;
    browser.goto("/admin/moderation?tab=reports").await;
    browser.reads("Des mots qui dépassent.").await;
    browser.inspects("admin: reports").await;
    browser.sign_out().await;

    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser
        .goto(&format!("/employee/booking/{}", practitioner.id))
        .await;
    browser.reads("Une écoute rare.").await;
    browser
        .inspects("employee: a practitioner with a review")
        .await;
    browser.close().await;
    assert_eq!(
        app.text("SELECT rating::text FROM practitioner_reviews")
            .as_deref(),
        Some("4")
    );
}
