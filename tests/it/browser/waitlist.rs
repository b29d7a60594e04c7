//! The waiting list in a browser: asked for, offered, taken; and declined without any script.

use super::Browser;
use crate::support::{
    TestApp,
    actors::{Employee, PASSWORD, Practitioner},
    client::Client,
};

/// Monday 23 March 2026, 10:00 in Paris.
const SLOT: &str = "2026-03-23T09:00:00Z";
const LIST: &str = "/employee/waiting-list";

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    /// Has the hour that the employee would like.
    holder: Client,
    appointment: String,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let (employee, holder) = (app.employee_of(&company), app.employee_of(&company));
        let practitioner = app.practitioner();
        let appointment = app
            .consultation(&holder, &practitioner)
            .at(SLOT)
            .confirmed();
        Self {
            appointment: format!("/employee/consultations/{appointment}/cancellation"),
            holder: app.client().signed_in_as(&holder),
            employee,
            practitioner,
            app,
        }
    }

    async fn asks(&self, browser: &Browser) {
        browser.sign_in(&self.employee.email, PASSWORD).await;
        browser.arrives_at("/employee").await;
        browser
            .goto(&format!("/employee/booking/{}", self.practitioner.id))
            .await;
        browser
            .click("a[href^='/employee/waiting-list/new?']")
            .await;
        browser.reads(&self.practitioner.last_name).await;
    }

    async fn sends(&self, browser: &Browser) {
        browser
            .click("form[action='/employee/waiting-list'] button[type=submit]")
            .await;
        browser.arrives_at(LIST).await;
        browser.reads(&self.practitioner.last_name).await;
    }

    async fn the_hour_is_given_back(&self) {
        self.holder
            .post(&self.appointment, &[])
            .await
            .assert_status(303);
        self.app.run_jobs().await;
    }

    fn outcome(&self) -> Option<String> {
        self.app.text("SELECT status FROM waitlist_offers")
    }
}

#[tokio::test]
async fn an_earlier_hour_is_asked_for_offered_and_taken() {
    let world = World::start().await;
    let mut browser = Browser::open(&world.app).await;
    world.asks(&browser).await;
    browser.inspects("employee: ask for an earlier slot").await;
    world.sends(&browser).await;
    browser.inspects("employee: waiting").await;

    world.the_hour_is_given_back().await;
    browser.goto(LIST).await;
    browser.sees("[data-countdown]").await;
    browser.inspects("employee: a slot is offered").await;
    browser.click(".feature-actions a").await;
    browser.sees("input[name=format]").await;
    browser
        .click("form[action$='/confirmation'] button[type=submit]:not([form])")
        .await;
    browser.sees("ol.timeline").await;
    assert_eq!(world.outcome().as_deref(), Some("accepted"));
    browser.goto(LIST).await;
    browser.inspects("employee: nothing to wait for").await;
    browser.close().await;
}

#[tokio::test]
async fn without_scripts_it_is_asked_for_and_declined_all_the_same() {
    let world = World::start().await;
    let browser = Browser::open(&world.app).await;
    browser.forgets_scripts().await;
    world.asks(&browser).await;
    world.sends(&browser).await;
    world.the_hour_is_given_back().await;
    browser.goto(LIST).await;
    browser
        .click("form[action$='/decline'] button[type=submit]")
        .await;
    browser.arrives_at(LIST).await;
    browser.reads("Vous gardez votre place").await;
    assert_eq!(world.outcome().as_deref(), Some("declined"));
    browser
        .click("form[action$='/withdrawal'] button[type=submit]")
        .await;
    browser.reads("La demande est retirée").await;
    browser.close().await;
}
