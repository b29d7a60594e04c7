//! A practitioner's agenda in a browser: the calendar, its dialog, and the same without JavaScript.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn hours_are_added_changed_and_closed_from_the_calendar() {
    let app = TestApp::start().await;
    let practitioner = app.practitioner();
    let employee = app.employee_of(&app.company("TechCorp"));
    app.consultation(&employee, &practitioner).confirmed();
    let mut browser = Browser::open(&app).await;
    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    browser.goto("/practitioner/agenda?date=2026-03-23").await;
    browser.sees(".block[data-kind-of=consultation]").await;
    browser.inspects("agenda: week").await;

    // Saturday is empty: hours are added in the dialog, refused once, then written.
    browser
        .click("a[href='/practitioner/agenda/windows/new']")
        .await;
    browser.sees("dialog[open] form").await;
    browser.inspects("agenda: hours, in the dialog").await;
    browser.set("weekday", "6").await;
    browser.set("until", "08:00").await;
    browser.click("dialog[open] button[type=submit]").await;
    browser.sees("dialog[open] #until-error").await;
    browser.inspects("agenda: hours, to correct").await;
    assert_eq!(app.count("SELECT count(*) FROM availability_windows"), 10);
    browser.set("until", "12:00").await;
    browser.click("dialog[open] button[type=submit]").await;
    browser.reads("Vos horaires sont ajoutés.").await;
    assert_eq!(app.count("SELECT count(*) FROM availability_windows"), 11);

    // The day of the appointment is closed: it is kept, and this is remembered.
    browser.goto("/practitioner/agenda?date=2026-03-23").await;
    browser.click("a.week-add[href$='2026-03-23']").await;
    browser.sees("dialog[open] form").await;
    browser.inspects("agenda: exception, in the dialog").await;
    browser.click("dialog[open] button[type=submit]").await;
    browser.arrives_at("/practitioner/agenda/outside").await;
    browser.reads(&employee.last_name).await;
    browser.inspects("agenda: outside the hours").await;
    browser.click("form[action*='/outside/'] button").await;
    browser.arrives_at("/practitioner/agenda").await;
    browser.reads("Ce rendez-vous est gardé à son heure.").await;
    assert_eq!(app.count("SELECT count(*) FROM kept_consultations"), 1);

    for (path, screen) in [
        ("/practitioner/agenda?view=month", "agenda: month"),
        ("/practitioner/agenda/hours", "agenda: hours"),
        ("/practitioner/agenda/holidays", "agenda: holidays"),
        ("/practitioner/agenda/places", "agenda: no place"),
        ("/practitioner/agenda/places/new", "agenda: new place"),
        ("/practitioner/agenda/settings", "agenda: settings"),
    ] {
        browser.goto(path).await;
        browser.inspects(screen).await;
    }
    browser.close().await;
}

#[tokio::test]
async fn the_arrow_keys_walk_through_the_week() {
    let app = TestApp::start().await;
    let practitioner = app.practitioner();
    let browser = Browser::open(&app).await;
    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    browser.goto("/practitioner/agenda?date=2026-03-23").await;
    browser.sees(".week-day .block").await;
    let walk = "document.querySelector('.week-day .block').focus();
        const press = key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        const at = () => document.activeElement.closest('[data-day]').querySelector('.week-number').firstChild.data.trim()
            + ' ' + document.activeElement.dataset.h;
        const seen = [at()];
        for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft']) { press(key); seen.push(at()); }
        return seen.join(', ');";
    let seen = browser
        .client
        .execute(walk, Vec::new())
        .await
        .expect("keys");
    assert_eq!(seen, "23 9, 23 14, 24 14, 24 9, 23 9");
    browser.close().await;
}

#[tokio::test]
async fn without_scripts_the_forms_of_the_agenda_are_pages_of_their_own() {
    let app = TestApp::start().await;
    let practitioner = app.practitioner();
    let employee = app.employee_of(&app.company("TechCorp"));
    app.consultation(&employee, &practitioner).confirmed();
    let browser = Browser::open(&app).await;
    browser.forgets_scripts().await;
    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;

    browser.goto("/practitioner/agenda?date=2026-03-23").await;
    browser
        .click("a[href='/practitioner/agenda/windows/new']")
        .await;
    browser.arrives_at("/practitioner/agenda/windows/new").await;
    browser.set("weekday", "6").await;
    browser.set("until", "08:00").await;
    browser
        .click("[data-editor] form button[type=submit]")
        .await;
    browser.sees("#until-error").await;
    assert_eq!(app.count("SELECT count(*) FROM availability_windows"), 10);
    browser.set("until", "12:00").await;
    browser
        .click("[data-editor] form button[type=submit]")
        .await;
    browser.reads("Vos horaires sont ajoutés.").await;
    assert_eq!(app.count("SELECT count(*) FROM availability_windows"), 11);

    browser.goto("/practitioner/agenda?date=2026-03-23").await;
    browser.click("a.week-add[href$='2026-03-23']").await;
    browser
        .click("[data-editor] form button[type=submit]")
        .await;
    browser.arrives_at("/practitioner/agenda/outside").await;
    browser.click("form[action*='/outside/'] button").await;
    browser.arrives_at("/practitioner/agenda").await;
    assert_eq!(app.count("SELECT count(*) FROM kept_consultations"), 1);
    browser.close().await;
}
