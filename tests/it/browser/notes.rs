//! Clinical notes in a browser: written with the keyboard, saved by themselves, signed, added to, printed;
//! through a lost connection, an ended session and a second tab; and without any script.

use serde_json::json;

use super::Browser;
use crate::support::{
    TestApp,
    actors::{Employee, PASSWORD, Practitioner},
};

const HOME: &str = "/practitioner/notes";
const EDITOR: &str = "trix-editor";
const SAVED: &str =
    "return document.querySelector('.note-saved') !== null && !('unsaved' in document.querySelector('[data-note]').dataset)
        && document.querySelector('#note-status').checkVisibility()";

struct Practice {
    app: TestApp,
    employee: Employee,
    practitioner: Practitioner,
    consultation: uuid::Uuid,
}

impl Practice {
    async fn opens() -> (Self, Browser) {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        let consultation = app.consultation(&employee, &practitioner);
        let consultation = consultation.at("2026-03-12T09:00:00Z").completed(2_700);
        let browser = Browser::open(&app).await;
        browser.sign_in(&practitioner.email, PASSWORD).await;
        browser.arrives_at("/practitioner").await;
        let practice = Self {
            app,
            employee,
            practitioner,
            consultation,
        };
        (practice, browser)
    }

    /// Opens the editor of a new session note: the note's path.
    async fn begins(&self, browser: &Browser) -> String {
        browser.goto(&self.begin_path()).await;
        browser.submit(&self.begin_path()).await;
        browser.sees(EDITOR).await;
        let path = browser.path().await;
        path.strip_suffix("/edit").expect("an editor").to_owned()
    }

    fn begin_path(&self) -> String {
        format!("/practitioner/consultations/{}/notes", self.consultation)
    }

    fn revision(&self) -> i64 {
        self.app.count("SELECT max(revision) FROM clinical_notes")
    }
}

#[tokio::test]
async fn a_note_is_written_signed_added_to_and_printed() {
    let (practice, mut browser) = Practice::opens().await;
    let app = &practice.app;
    browser.goto(HOME).await;
    browser.inspects("notes: none").await;
    let consultation = format!("/practitioner/consultations/{}", practice.consultation);
    browser.goto(&consultation).await;
    browser.reads("Ajouter une note clinique").await;
    browser.inspects("notes: on a consultation").await;
    browser.click("a[href$='/notes'].btn").await;
    browser.reads("Quelle sorte de note").await;
    browser.inspects("notes: which kind").await;
    browser.submit(&practice.begin_path()).await;
    browser.reads("Enregistré à").await;
    browser.inspects("notes: the editor").await;

    // Bold by its key, a list by its button, which the keyboard reaches as well.
    browser.presses(EDITOR, "Séance calme. ").await;
    browser.presses(EDITOR, "\u{e009}b\u{e000}").await;
    browser.presses(EDITOR, "Dort mieux.").await;
    browser.presses(EDITOR, "\u{e009}b\u{e000}").await;
    browser.presses(EDITOR, "\n").await;
    browser.presses("[data-trix-attribute=bullet]", "\n").await;
    browser
        .waits_until("return document.querySelector('[data-trix-attribute=bullet]').getAttribute('aria-pressed') === 'true'")
        .await;
    browser.presses(EDITOR, "Respirer avant les mails").await;
    browser.waits_until(SAVED).await;
    assert!(practice.revision() > 1);
    browser.inspects("notes: the editor, saved").await;
    // Nothing of it stays in the tab once the server has it.
    browser
        .waits_until("return Object.keys(sessionStorage).length === 0 && localStorage.length === 0")
        .await;
    let path = browser.path().await;
    browser.goto(HOME).await;
    browser.reads("Respirer avant les mails").await;
    browser.inspects("notes: a draft").await;
    browser.goto(&path).await;
    browser.sees("trix-editor strong").await;
    browser.sees("trix-editor li").await;
    browser.click("button[value=sign]").await;
    browser.reads("En signant, vous").await;
    browser.inspects("notes: read again and sign").await;
    browser
        .click("form[action$='/signature'] button[type=submit]")
        .await;
    browser.reads("La note est signée").await;
    browser.inspects("notes: signed").await;

    browser.presses(EDITOR, "Résultat reçu depuis.").await;
    browser
        .click("form[action$='/addenda'] button[type=submit]")
        .await;
    browser.reads("Le complément est ajouté et signé").await;
    browser.inspects("notes: an addendum").await;
    browser
        .click("form[action$='/addenda'] button[type=submit]")
        .await;
    browser.reads("Écrivez votre complément").await;
    browser.inspects_refusal("notes: an empty addendum").await;
    browser.click("a[href$='/print']").await;
    browser
        .reads("Document couvert par le secret professionnel")
        .await;
    browser.inspects("notes: on paper").await;
    browser
        .goto(&format!("{HOME}/patients/{}", practice.employee.id))
        .await;
    browser.reads("Résultat reçu depuis.").await;
    browser.inspects("notes: a timeline").await;
    browser.goto(&format!("{HOME}?state=drafts")).await;
    browser.inspects("notes: nothing found").await;

    let draft = app.clinical_note(practice.consultation, "referral", "<div>À oublier.</div>");
    browser.goto(&format!("{HOME}/{draft}")).await;
    browser.inspects("notes: a draft, read").await;
    browser.click("a[href$='/deletion']").await;
    browser.reads("Effacer ce brouillon").await;
    browser.inspects("notes: delete?").await;
    browser
        .click("form[action$='/deletion'] button[type=submit]")
        .await;
    browser.reads("Le brouillon est effacé").await;
    assert_eq!(app.count("SELECT count(*) FROM clinical_notes"), 1);
    browser.close().await;
}

#[tokio::test]
async fn a_lost_connection_loses_nothing() {
    let (practice, browser) = Practice::opens().await;
    let path = practice.begins(&browser).await;
    browser
        .runs("window.there = window.fetch; window.fetch = () => Promise.reject(new TypeError('no network'))")
        .await;
    browser.presses(EDITOR, "Écrit dans un tunnel.").await;
    browser
        .reads("Non enregistré : la connexion est perdue")
        .await;
    assert_eq!(practice.revision(), 1);
    // It goes on by itself, with what was written meanwhile.
    browser.presses(EDITOR, " Et après.").await;
    browser
        .runs("window.fetch = window.there; window.dispatchEvent(new Event('online'))")
        .await;
    browser.waits_until(SAVED).await;
    browser.goto(&path).await;
    browser.reads("Écrit dans un tunnel. Et après.").await;

    // The page is left while the connection is away: the tab keeps the text, and it is saved later.
    browser.goto(&format!("{path}/edit")).await;
    browser.sees(EDITOR).await;
    browser
        .runs("window.fetch = () => Promise.reject(new TypeError('no network'))")
        .await;
    browser.presses(EDITOR, "Avant de partir. ").await;
    browser.reads("Non enregistré").await;
    let address = practice.app.url(HOME);
    browser
        .runs(&format!("window.addEventListener('beforeunload', event => event.stopImmediatePropagation(), true); location.href = '{address}'"))
        .await;
    browser.arrives_at(HOME).await;
    browser.goto(&format!("{path}/edit")).await;
    browser.reads("Nous avons retrouvé").await;
    browser.waits_until(SAVED).await;
    browser.goto(&path).await;
    browser.reads("Avant de partir.").await;
    browser.close().await;
}

#[tokio::test]
async fn an_ended_session_loses_nothing() {
    let (practice, browser) = Practice::opens().await;
    let path = practice.begins(&browser).await;
    let first = browser.client.window().await.expect("a window");
    browser.becomes_somebody_else().await;
    browser.presses(EDITOR, "Après la fin de la session.").await;
    browser.reads("votre session est terminée").await;
    assert_eq!(practice.revision(), 1);
    // Somebody else signs in elsewhere in this browser: nothing goes out in their name.
    let second = browser.client.new_window(true).await.expect("a tab").handle;
    browser
        .client
        .switch_to_window(second)
        .await
        .expect("the tab");
    let colleague = practice.app.practitioner();
    browser.sign_in(&colleague.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    browser
        .client
        .switch_to_window(first.clone())
        .await
        .expect("the tab");
    browser
        .runs("window.dispatchEvent(new Event('focus'))")
        .await;
    browser.reads("un autre compte est connecté").await;
    assert_eq!(practice.revision(), 1);
    // The same person signs in again there: it goes on here.
    let third = browser.client.new_window(true).await.expect("a tab").handle;
    browser
        .client
        .switch_to_window(third)
        .await
        .expect("the tab");
    browser.goto("/practitioner").await;
    browser.becomes_somebody_else().await;
    browser
        .sign_in(&practice.practitioner.email, PASSWORD)
        .await;
    browser.arrives_at("/practitioner").await;
    browser
        .client
        .switch_to_window(first)
        .await
        .expect("the tab");
    browser
        .runs("window.dispatchEvent(new Event('focus'))")
        .await;
    browser.waits_until(SAVED).await;
    browser.presses(EDITOR, " Et la suite.").await;
    browser.waits_until(SAVED).await;

    // Sent as a whole without a session: back to the editor after signing in, with every word.
    browser.becomes_somebody_else().await;
    browser.presses(EDITOR, " La fin.").await;
    browser.click("button[value=close]").await;
    browser.sees("form[action='/login']").await;
    browser.fill("email", &practice.practitioner.email).await;
    browser.fill("password", PASSWORD).await;
    browser
        .click("form[action='/login'] button[type=submit]")
        .await;
    browser.arrives_at(&format!("{path}/edit")).await;
    browser.reads("Nous avons retrouvé").await;
    browser.waits_until(SAVED).await;
    browser.goto(&path).await;
    browser
        .reads("Après la fin de la session. Et la suite. La fin.")
        .await;
    browser.close().await;
}

#[tokio::test]
async fn signing_out_leaves_nothing_in_any_tab() {
    let (practice, browser) = Practice::opens().await;
    let path = practice.begins(&browser).await;
    let first = browser.client.window().await.expect("a window");
    browser.presses(EDITOR, "Mot secret.").await;
    browser.waits_until(SAVED).await;
    let second = browser.client.new_window(true).await.expect("a tab").handle;
    browser
        .client
        .switch_to_window(second)
        .await
        .expect("the tab");
    browser.goto(&format!("{path}/edit")).await;
    browser.sees(EDITOR).await;
    // A draft that is not saved, in the tab where one signs out.
    browser
        .runs("window.fetch = () => Promise.reject(new TypeError('no network'))")
        .await;
    browser.presses(EDITOR, "Encore un.").await;
    browser
        .waits_until("return Object.keys(sessionStorage).some(name => name.startsWith('note:'))")
        .await;
    browser
        .runs("document.querySelector(\"form[action='/logout']\").requestSubmit()")
        .await;
    browser.arrives_at("/login").await;
    browser
        .waits_until("return sessionStorage.length === 0 && localStorage.length === 0")
        .await;
    browser
        .client
        .switch_to_window(first)
        .await
        .expect("the tab");
    browser
        .waits_until("return document.querySelector('[data-note]') === null")
        .await;
    let text = browser.text().await;
    assert!(!text.contains("Mot secret"), "{text}");
    browser.close().await;
}

#[tokio::test]
async fn two_tabs_show_both_versions() {
    let (practice, mut browser) = Practice::opens().await;
    let path = practice.begins(&browser).await;
    let first = browser.client.window().await.expect("a window");
    let second = browser.client.new_window(true).await.expect("a tab").handle;
    browser
        .client
        .switch_to_window(second.clone())
        .await
        .expect("the tab");
    browser.goto(&format!("{path}/edit")).await;
    browser.presses(EDITOR, "Dans le second.").await;
    browser.waits_until(SAVED).await;
    browser
        .client
        .switch_to_window(first.clone())
        .await
        .expect("the tab");
    browser.presses(EDITOR, "Dans le premier.").await;
    browser.reads("a été enregistrée ailleurs").await;
    browser.reads("Dans le second.").await;
    browser.reads("Dans le premier.").await;
    browser.inspects_refusal("notes: two versions").await;
    // Writing on saves nothing until one is chosen.
    browser.presses(EDITOR, " Suite.").await;
    let revision = practice.revision();
    browser.click("[data-keep-mine]").await;
    browser.waits_until(SAVED).await;
    assert_eq!(practice.revision(), revision + 1);
    // The second tab takes the other's version, and nothing of its own comes back.
    browser
        .client
        .switch_to_window(second)
        .await
        .expect("the tab");
    browser.presses(EDITOR, " Trop tard.").await;
    browser.reads("a été enregistrée ailleurs").await;
    browser.click("[data-take-theirs]").await;
    browser.waits_until("return document.querySelector('trix-editor')?.innerText.includes('Dans le premier. Suite.')").await;
    let text = browser.text().await;
    assert!(
        !text.contains("Trop tard") && !text.contains("retrouvé"),
        "{text}"
    );
    // Signed in one, written in the other: offered as an addendum.
    browser
        .client
        .switch_to_window(first)
        .await
        .expect("the tab");
    practice
        .app
        .sql("UPDATE clinical_notes SET signed_at = changed_at");
    browser.presses(EDITOR, " Après la signature.").await;
    browser.reads("Cette note a été signée entre-temps").await;
    browser.click("button[value=addendum]").await;
    browser.reads("Gardez-en ici ce qui complète la note").await;
    browser
        .waits_until("return document.querySelector('trix-editor')?.innerText.includes('Après la signature.')")
        .await;
    browser.inspects_refusal("notes: too late").await;
    // Statuses of 409 are told in the console, and are no mistake of the page.
    browser.problems.retain(|problem| !problem.contains("409"));
    browser.close().await;
}

#[tokio::test]
async fn without_scripts_a_note_is_a_plain_text() {
    let (practice, browser) = Practice::opens().await;
    browser.forgets_scripts().await;
    browser.goto(&practice.begin_path()).await;
    browser.submit(&practice.begin_path()).await;
    browser
        .reads("Sans JavaScript, la note est un texte simple")
        .await;
    browser.fill("text", "Trop de réunions.").await;
    browser.click("button[value=close]").await;
    browser.reads("Votre note est enregistrée").await;
    browser.reads("Trop de réunions.").await;
    browser.click("a[href$='/edit']").await;
    browser.fill("text", "Moins de réunions.").await;
    browser.click("button[value=sign]").await;
    browser.reads("Moins de réunions.").await;
    browser
        .click("form[action$='/signature'] button[type=submit]")
        .await;
    browser.reads("La note est signée").await;
    browser.fill("text", "Un complément.").await;
    browser
        .click("form[action$='/addenda'] button[type=submit]")
        .await;
    browser.reads("Un complément.").await;
    browser.click("a[href$='/print']").await;
    browser.reads("Signée par").await;
    let button = "return document.querySelector('[data-print]').checkVisibility()";
    assert_eq!(
        browser.client.execute(button, Vec::new()).await.ok(),
        Some(json!(false))
    );
    browser.close().await;
}
