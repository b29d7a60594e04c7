//! Markup that would run, saved wherever people write, then looked at in a browser: nothing runs, and nothing
//! is left that the page's policy had to stop.

use serde_json::{Value, json};

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

/// See the file's head.
const PAYLOADS: &str = include_str!("../../vectors/xss/payloads.txt");
const KINDS: [&str; 5] = [
    "session",
    "assessment",
    "follow_up",
    "prescription",
    "referral",
];

/// What ran, or would have without the policy; and what no text may bring into a page.
const FOUND: &str = "const scope = document.querySelectorAll('.note-text, .note-card-excerpt, trix-editor, .journal-paper-text, .chat-text');
    const found = [...(window.ran ?? ['not watched'])];
    for (const root of scope) for (const element of root.querySelectorAll('*')) {
        if (/^(script|style|iframe|object|embed|form|input|img|math|link|meta|base|template)$/i.test(element.localName)) found.push(element.outerHTML);
        for (const attribute of element.attributes)
            if (/^(on|style|srcdoc|formaction|hx-|data-hx)/i.test(attribute.name) || /^\\s*(javascript|data|vbscript):/i.test(attribute.value)) found.push(element.outerHTML);
    }
    return found";

fn payloads() -> Vec<String> {
    PAYLOADS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.replace("\\n", "\n").replace("\\t", "\t"))
        .collect()
}

/// What a page shows of it, once its scripts have had their turn.
async fn found(browser: &Browser, path: &str) -> Vec<String> {
    browser.goto(path).await;
    if path.ends_with("/edit") {
        browser.sees("[data-ready]").await;
    }
    let found = browser.client.execute(FOUND, Vec::new()).await;
    let found: Vec<Value> =
        serde_json::from_value(found.expect("the page answers")).expect("a list");
    found
        .iter()
        .map(|found| format!("{path}: {found}"))
        .collect()
}

#[tokio::test]
async fn no_payload_runs_in_a_clinical_note() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let client = app.client().signed_in_as(&practitioner);
    let mut notes = Vec::new();
    for (number, payload) in payloads().iter().enumerate() {
        let (hour, kind) = (number / KINDS.len(), KINDS[number % KINDS.len()]);
        let at = format!("2026-02-{:02}T{:02}:00:00Z", 1 + hour / 8, 8 + hour % 8);
        if number % KINDS.len() == 0 {
            let consultation = app.consultation(&employee, &practitioner);
            notes.push((consultation.at(&at).completed(60), Vec::new()));
        }
        let (consultation, own) = notes.last_mut().expect("a consultation");
        let begun = client
            .post(
                &format!("/practitioner/consultations/{consultation}/notes"),
                &[("kind", kind)],
            )
            .await;
        let edit = begun.assert_status(303).location().to_owned();
        let path = edit.strip_suffix("/edit").expect("an editor").to_owned();
        let sent = client
            .post(&path, &[("revision", "1"), ("html", payload)])
            .await;
        sent.assert_see_other(&path);
        own.push(path);
    }
    let browser = Browser::open_watching(&app).await;
    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    // The watch works: this very page is told on.
    browser
        .runs("const image = '<img src=x onerror=alert(1)>'; document.body.insertAdjacentHTML('beforeend', image)")
        .await;
    browser.waits_until("return window.ran.length > 0").await;
    let mut problems = Vec::new();
    let paths: Vec<&String> = notes.iter().flat_map(|(_, own)| own).collect();
    for path in &paths {
        for page in ["", "/print", "/edit"] {
            problems.extend(found(&browser, &format!("{path}{page}")).await);
        }
    }
    for page in 1..=paths.len().div_ceil(20) {
        let timeline = format!("/practitioner/notes/patients/{}?page={page}", employee.id);
        problems.extend(found(&browser, &timeline).await);
        problems.extend(found(&browser, &format!("/practitioner/notes?page={page}")).await);
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    assert!(paths.len() >= 60);
    browser.close().await;
}

#[tokio::test]
async fn no_payload_runs_in_a_refused_note_a_journal_or_a_chat() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let met = app.consultation(&employee, &practitioner).completed(60);
    let draft = app.clinical_note(met, "session", "<div>Rien.</div>");
    let all = payloads().join("\n");
    let entry = app.journal_entry(&employee, (&all[..100], &all), Some(3), 1);
    app.message(met, &employee, &all);
    let browser = Browser::open_watching(&app).await;
    browser.sign_in(&practitioner.email, PASSWORD).await;
    browser.arrives_at("/practitioner").await;
    // Refused as too long, and by another page: what comes back into the editor is the sender's.
    let edit = format!("/practitioner/notes/{draft}/edit");
    let mut problems = Vec::new();
    for (markup, then) in [
        (format!("{}{all}", "mot ".repeat(12_000)), "Non enregistré"),
        (format!("{}{all}", "mot ".repeat(200_000)), "Non enregistré"),
        (all.clone(), "enregistrée ailleurs"),
    ] {
        browser.goto(&edit).await;
        browser.sees("[data-ready]").await;
        let send = "const form = document.querySelector('[data-note]');
            document.querySelector('trix-editor').remove();
            form.elements.html.value = arguments[0]; form.elements.revision.value = '0'; form.submit()";
        let sent = browser.client.execute(send, vec![json!(markup)]).await;
        sent.expect("it is sent");
        browser.reads(then).await;
        browser.sees("[data-ready]").await;
        let found = browser.client.execute(FOUND, Vec::new()).await;
        let found: Vec<Value> =
            serde_json::from_value(found.expect("the page answers")).expect("a list");
        problems.extend(found.iter().map(|found| format!("{then}: {found}")));
    }
    problems.extend(
        found(
            &browser,
            &format!("/practitioner/consultations/{met}/messages"),
        )
        .await,
    );
    browser.becomes_somebody_else().await;
    browser.sign_in(&employee.email, PASSWORD).await;
    browser.arrives_at("/employee").await;
    for path in [
        format!("/employee/journal/entries/{entry}"),
        format!("/employee/journal/entries/{entry}/edit"),
        "/employee/journal".to_owned(),
        format!("/employee/consultations/{met}/messages"),
    ] {
        browser.goto(&path).await;
        let ran = browser.client.execute(FOUND, Vec::new()).await;
        problems.extend(
            serde_json::from_value::<Vec<Value>>(ran.expect("the page answers"))
                .expect("a list")
                .iter()
                .map(|found| format!("{path}: {found}")),
        );
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    browser.close().await;
}
