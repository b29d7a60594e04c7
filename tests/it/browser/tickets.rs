//! A ticket, from the question to its resolution.

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn a_ticket_is_opened_answered_and_resolved() {
    asks_and_is_answered(false).await;
}

#[tokio::test]
async fn a_ticket_is_opened_answered_and_resolved_on_a_phone() {
    asks_and_is_answered(true).await;
}

async fn asks_and_is_answered(on_a_phone: bool) {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let (hr, admin) = (app.hr_of(&company), app.admin());
    let mut browser = Browser::open(&app).await;
    if on_a_phone {
        browser.picks_up_a_phone().await;
    }
    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.inspects("hr: home with support").await;
    browser.goto("/rh/support").await;
    browser.reads("Aucun ticket pour l’instant").await;
    browser.inspects("hr: no ticket").await;
    browser.click("main a[href='/rh/support/new']").await;
    browser.reads("N’écrivez rien sur la santé").await;
    browser.inspects("hr: a new ticket").await;
    browser.leaves_the_checks_to_the_server().await;
    browser.submit("/rh/support").await;
    browser.reads("Dites en une ligne").await;
    browser.inspects_refusal("hr: an empty ticket").await;
    browser.fill("subject", "L’import est refusé").await;
    browser.set("category", "import").await;
    browser.set("priority", "urgent").await;
    browser.fill("text", "La colonne manque.").await;
    browser
        .choose_file("file", "Export.pdf", b"%PDF-1.7 a document")
        .await;
    browser.submit("/rh/support").await;
    browser.reads("Votre ticket est ouvert").await;
    browser.reads("Export.pdf").await;
    browser.inspects("hr: a ticket").await;
    let mine = browser.path().await;
    let theirs = mine.replace("/rh/", "/admin/");
    browser.sign_out().await;

    browser.sign_in(&admin.email, PASSWORD).await;
    browser.arrives_at("/admin").await;
    browser.reads("1 ticket à traiter").await;
    browser.inspects("admin: home with a ticket").await;
    browser.goto("/admin/support/answers").await;
    browser.inspects("admin: no canned answer").await;
    browser.fill("title", "Colonne manquante").await;
    browser.fill("body", "Renommez la colonne en email.").await;
    browser.submit("/admin/support/answers").await;
    browser.reads("La réponse type est enregistrée").await;
    browser.inspects("admin: canned answers").await;
    browser.goto("/admin/support").await;
    browser.inspects("admin: the queue").await;
    browser.click(".row-title a").await;
    browser.reads("La colonne manque.").await;
    browser.inspects("admin: a ticket").await;
    browser
        .runs("document.querySelector('#canned').selectedIndex = 1")
        .await;
    browser.click(".ticket-canned button").await;
    browser
        .waits_until("return document.querySelector('#text').value.includes('Renommez')")
        .await;
    browser.submit(&format!("{theirs}/messages")).await;
    browser.reads("La réponse est envoyée").await;
    browser.fill("note", "Deuxième fois ce mois-ci.").await;
    browser.submit(&format!("{theirs}/notes")).await;
    browser.reads("La note est ajoutée").await;
    browser.submit(&format!("{theirs}/escalation")).await;
    browser.reads("Le ticket est escaladé").await;
    browser.inspects("admin: a ticket with notes").await;
    browser.submit(&format!("{theirs}/resolution")).await;
    browser.reads("Le ticket est résolu").await;
    browser.inspects("admin: a resolved ticket").await;
    browser.sign_out().await;

    browser.sign_in(&hr.email, PASSWORD).await;
    browser.arrives_at("/rh").await;
    browser.goto("/rh/support").await;
    browser.inspects("hr: tickets").await;
    browser.click(".row-title a").await;
    browser.reads("Renommez la colonne en email.").await;
    browser.reads("Ce ticket est résolu").await;
    browser.inspects("hr: a resolved ticket").await;
    browser.submit(&format!("{mine}/closing")).await;
    browser.reads("Le ticket est fermé").await;
    browser.inspects("hr: a closed ticket").await;
    browser.close().await;
}
