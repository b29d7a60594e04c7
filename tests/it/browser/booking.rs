//! Booking in a browser: one appointment without any script, and a series.

use super::Browser;
use crate::support::{
    TestApp,
    actors::{Employee, PASSWORD, Practitioner},
};

/// The next Monday, 10:00 in Paris.
const SLOT: &str = "2026-03-23T09:00:00Z";

struct World {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    profile: String,
}

impl World {
    /// Somebody else has the same hour a week later.
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        let practitioner = app.practitioner();
        let stranger = app.employee_of(&company);
        let theirs = app.consultation(&stranger, &practitioner);
        theirs.at("2026-03-30T08:00:00Z").confirmed();
        Self {
            profile: format!("/employee/booking/{}", practitioner.id),
            app,
            employee,
            practitioner,
        }
    }

    async fn chooses_a_slot(&self, browser: &Browser) {
        browser.sign_in(&self.employee.email, PASSWORD).await;
        browser.arrives_at("/employee").await;
        browser.goto(&self.profile).await;
        browser.click(&format!("button.slot[value='{SLOT}']")).await;
        browser.sees("[data-countdown]").await;
        browser.reads(&self.practitioner.last_name).await;
    }

    fn booked(&self) -> i64 {
        self.app.count(&format!(
            "SELECT count(*) FROM consultations WHERE status = 'scheduled' AND employee_id = '{}'",
            self.employee.id
        ))
    }
}

#[tokio::test]
async fn a_series_with_another_hour_for_the_date_that_is_taken() {
    let world = World::start().await;
    let mut browser = Browser::open(&world.app).await;
    world.chooses_a_slot(&browser).await;
    browser.inspects("employee: the slot is kept").await;
    browser.click(".tab-links a[href$='/series']").await;
    browser.sees("#sessions .session:nth-child(6)").await;
    browser.inspects("employee: series").await;

    browser.click("select[name=count] option[value='3']").await;
    browser
        .sees("#sessions .session:last-child:nth-child(3)")
        .await;
    browser.reads("Ce créneau est déjà pris").await;
    browser
        .click("label.slot:has([name='session-2'][value='2026-03-30T09:00:00Z'])")
        .await;
    browser
        .click("form[method=post][action$='/series'] button[type=submit]:not([form])")
        .await;
    browser.arrives_at("/employee/consultations").await;
    browser.reads("Vos séances sont enregistrées").await;
    browser.inspects("employee: the series is booked").await;
    assert_eq!(world.booked(), 3);
    browser.close().await;
}

#[tokio::test]
async fn without_scripts_a_slot_is_kept_confirmed_and_made_a_series_all_the_same() {
    let world = World::start().await;
    let browser = Browser::open(&world.app).await;
    browser.forgets_scripts().await;
    world.chooses_a_slot(&browser).await;
    browser
        .click("label:has(input[name=format][value=video])")
        .await;
    browser
        .click("form[action$='/confirmation'] button[type=submit]:not([form])")
        .await;
    browser.sees("ol.timeline").await;
    assert_eq!(world.booked(), 1);

    // Another one, as a series of two.
    browser.goto(&world.profile).await;
    browser
        .click("button.slot[value='2026-03-24T09:00:00Z']")
        .await;
    browser.click(".tab-links a[href$='/series']").await;
    browser.click("select[name=count] option[value='2']").await;
    browser.click("form.rhythm button[type=submit]").await;
    browser
        .sees("#sessions .session:last-child:nth-child(2)")
        .await;
    browser
        .click("form[method=post][action$='/series'] button[type=submit]:not([form])")
        .await;
    browser.arrives_at("/employee/consultations").await;
    assert_eq!(world.booked(), 3);
    browser.close().await;
}
