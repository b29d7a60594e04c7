//! A journal in a browser: written with the keyboard, found again, shared, deleted; and without any script.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

const HOME: &str = "/employee/journal";
/// The keys of WebDriver.
const RIGHT: &str = "\u{e014}";
const TAB: &str = "\u{e004}";

#[tokio::test]
async fn a_journal_is_kept_with_the_keyboard() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    app.consultation(&employee, &practitioner).scheduled();
    let mut browser = Browser::open(&app).await;
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto(HOME).await;
    browser.inspects("journal: empty").await;
    browser.goto("/employee/journal/new").await;
    // From the mood's group on, without a pointer: the fourth face, title, text, tags, save.
    let moods = browser.sees("[name=mood]:checked").await;
    moods
        .send_keys(&RIGHT.repeat(4))
        .await
        .expect("arrows choose");
    let typed = format!("{TAB}Un lundi{TAB}Bien dormi, forêt.{TAB}sommeil, repos\n");
    for part in typed.split_inclusive(TAB) {
        let focused = browser
            .client
            .active_element()
            .await
            .expect("something has the focus");
        focused.send_keys(part).await.expect("it takes keys");
    }
    browser.reads("Votre page est enregistrée").await;
    browser.reads("Plutôt bien").await;
    browser.inspects("journal: a page").await;

    // What was being written is still there when one comes back, and goes once it is saved.
    browser.goto("/employee/journal/new").await;
    browser.fill("text", "Je n’en peux plus.").await;
    browser.goto(HOME).await;
    browser.goto("/employee/journal/new").await;
    browser.reads("Nous avons retrouvé").await;
    browser.inspects("journal: a draft that was found").await;
    browser.submit(HOME).await;
    browser.reads("Ce que vous traversez compte").await;
    browser.inspects("journal: help at once").await;
    browser.goto("/employee/journal/new").await;
    let value = "return document.querySelector('[name=text]').value";
    let value = browser
        .client
        .execute(value, Vec::new())
        .await
        .expect("a value");
    assert_eq!(value.as_str(), Some(""));

    browser.submit(HOME).await;
    browser.reads("Écrivez quelques mots").await;
    browser
        .inspects_refusal("journal: an empty page refused")
        .await;
    browser.goto(HOME).await;
    browser.inspects("journal: two pages").await;
    browser.goto("/employee/journal?q=foret").await;
    browser.reads("1 page trouvée").await;
    browser.goto("/employee/journal?tag=absent").await;
    browser.inspects("journal: nothing found").await;
    browser.goto("/employee/journal/moods").await;
    browser.inspects("journal: moods").await;

    browser.goto("/employee/journal?q=lundi").await;
    browser.click(".journal-entry h2 a").await;
    browser.click("a[href*='/shares/new?entry=']").await;
    browser.inspects("journal: share a page").await;
    browser.submit("/employee/journal/shares").await;
    browser.reads("C’est partagé").await;
    browser.inspects("journal: what is shared").await;
    browser.goto("/employee/journal/shares/new").await;
    browser.inspects("journal: write a summary").await;

    browser.goto("/employee/journal?q=lundi").await;
    browser.click(".journal-entry h2 a").await;
    browser.reads("Partagé avec").await;
    browser.inspects("journal: a page that is shared").await;
    browser.click("a[href$='/deletion']").await;
    browser.reads("Effacer cette page").await;
    browser.inspects("journal: delete?").await;
    browser
        .click("form[action$='/deletion'] button[type=submit]")
        .await;
    browser.reads("La page est effacée").await;
    assert_eq!(app.count("SELECT count(*) FROM journal_entries"), 1);
    browser.close().await;
}

#[tokio::test]
async fn a_session_that_ends_while_one_writes_loses_nothing() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let browser = Browser::open(&app).await;
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto("/employee/journal/new").await;
    browser.click(".mood-choice:nth-child(2)").await;
    browser
        .fill("text", "Écrit juste avant la fin de la session.")
        .await;
    browser.becomes_somebody_else().await;
    browser.submit(HOME).await;
    browser.sees("form[action='/login']").await;
    assert_eq!(app.count("SELECT count(*) FROM journal_entries"), 0);
    browser.fill("email", &employee.email).await;
    browser.fill("password", PASSWORD).await;
    browser
        .click("form[action='/login'] button[type=submit]")
        .await;
    browser.arrives_at("/employee/journal/new").await;
    browser.reads("Nous avons retrouvé").await;
    browser.submit(HOME).await;
    browser.reads("Votre page est enregistrée").await;
    browser
        .reads("Écrit juste avant la fin de la session.")
        .await;
    browser.reads("Difficile").await;
    // Somebody else who signs in here finds nothing of it.
    browser.goto("/employee/journal/new").await;
    browser.fill("text", "Pour moi seule.").await;
    browser.becomes_somebody_else().await;
    let colleague = app.employee_of(&app.company("TechCorp"));
    browser.sign_in(&colleague.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto("/employee/journal/new").await;
    browser.sees("[name=text]").await;
    let value = "return document.querySelector('[name=text]').value";
    let value = browser
        .client
        .execute(value, Vec::new())
        .await
        .expect("a value");
    assert_eq!(value.as_str(), Some(""));
    browser.close().await;
}

#[tokio::test]
async fn a_practitioner_reads_what_is_shared() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    app.consultation(&employee, &practitioner).scheduled();
    let mut browser = Browser::open(&app).await;
    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    browser.goto("/practitioner/journal").await;
    browser
        .inspects("shared with a practitioner: nothing")
        .await;
    app.journal_share(
        &employee,
        &practitioner,
        "Une semaine difficile.",
        "2100-01-01T00:00:00Z",
    );
    browser.goto("/practitioner/journal").await;
    browser.inspects("shared with a practitioner: a list").await;
    browser.click(".journal-entry h2 a").await;
    browser.reads("Une semaine difficile.").await;
    browser.reads("Partagé par votre patient").await;
    browser
        .inspects("shared with a practitioner: a summary")
        .await;
    browser.close().await;
}

#[tokio::test]
async fn without_scripts_a_page_is_written_changed_and_deleted() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let browser = Browser::open(&app).await;
    browser.forgets_scripts().await;
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    browser.goto("/employee/journal/new?prompt=weight").await;
    browser.reads("Qu’est-ce qui prend le plus de place").await;
    browser.click(".mood-choice:nth-child(2)").await;
    browser.fill("text", "Trop de réunions.").await;
    browser.submit(HOME).await;
    browser.reads("Votre page est enregistrée").await;
    browser.reads("Difficile").await;
    browser.click("a[href$='/edit']").await;
    browser.fill("text", "Moins de réunions.").await;
    browser.click(".journal-form button[type=submit]").await;
    browser.reads("Votre page est modifiée").await;
    browser.click("a[href$='/deletion']").await;
    browser
        .click("form[action$='/deletion'] button[type=submit]")
        .await;
    browser.reads("La page est effacée").await;
    assert_eq!(app.count("SELECT count(*) FROM journal_entries"), 0);
    browser.close().await;
}
