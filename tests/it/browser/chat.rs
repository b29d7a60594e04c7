//! Two people, two browsers, one conversation.

use image::{RgbImage, codecs::png::PngEncoder};

use super::Browser;
use crate::support::{TestApp, actors::PASSWORD};

#[tokio::test]
async fn two_people_write_to_each_other() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let id = app.consultation(&employee, &practitioner).scheduled();
    let (mut one, mut two) = (
        Browser::open_with_connections(&app).await,
        Browser::open_with_connections(&app).await,
    );
    for (browser, account, space) in [
        (&mut one, &employee.email, "employee"),
        (&mut two, &practitioner.email, "practitioner"),
    ] {
        browser.sign_in(account, PASSWORD).await;
        browser.arrives_at(&format!("/{space}")).await;
        browser.goto(&format!("/{space}/messages")).await;
        browser.inspects(&format!("{space}: no messages yet")).await;
        browser
            .goto(&format!("/{space}/consultations/{id}/messages"))
            .await;
        browser.inspects(&format!("{space}: an empty chat")).await;
    }

    // Letter by letter: the other sees that somebody writes, then what, and that it was seen comes back.
    one.fill("text", "Bonjour, à lundi").await;
    two.reads("écrit…").await;
    one.click(".chat-send").await;
    two.reads("Bonjour, à lundi").await;
    one.sees("[data-message][data-seen] .chat-seen").await;

    two.fill("text", "À lundi. Prenez soin de vous.").await;
    two.click(".chat-send").await;
    one.reads("Prenez soin de vous.").await;

    // The socket is lost while both write. What was said in between arrives with the next one, once.
    one.runs(
        "window.cut = window.sockets.at(-1); window.cut.close();
         const form = document.querySelector('[data-chat-form]');
         form.elements.text.value = 'Écrit pendant la coupure';
         form.requestSubmit();",
    )
    .await;
    two.fill("text", "Répondu pendant la coupure").await;
    two.click(".chat-send").await;
    one.waits_until(
        "return window.sockets.at(-1) !== window.cut && window.sockets.at(-1).readyState === 1",
    )
    .await;
    one.reads("Répondu pendant la coupure").await;
    two.reads("Écrit pendant la coupure").await;
    for browser in [&one, &two] {
        browser
            .waits_until(
                "const texts = [...document.querySelectorAll('[data-message]:not([data-pending]) .chat-text')]
                     .map(text => text.textContent.trim());
                 return !document.querySelector('[data-pending]')
                     && texts.filter(text => text === 'Écrit pendant la coupure').length === 1
                     && texts.filter(text => text === 'Répondu pendant la coupure').length === 1",
            )
            .await;
    }

    let mut picture = Vec::new();
    RgbImage::new(320, 200)
        .write_with_encoder(PngEncoder::new(&mut picture))
        .expect("a picture");
    two.choose_file("file", "Plan d’accès.png", &picture).await;
    two.click(".chat-send").await;
    one.sees(".chat-picture img[alt='Plan d’accès.png']").await;
    one.inspects("employee: a chat").await;

    // A slip of the pen is put right in place, for both.
    one.click("[data-chat-change]").await;
    one.fill("text", "Bonjour, à mardi").await;
    one.click(".chat-send").await;
    two.reads("Bonjour, à mardi").await;
    two.reads("Modifié").await;
    one.click("[data-chat-change]").await;
    one.click("[data-chat-delete]").await;
    two.reads("Message supprimé").await;
    two.inspects("practitioner: a chat").await;

    // The page drawn afresh says the same.
    one.goto(&format!("/employee/consultations/{id}")).await;
    one.reads("Prenez soin de vous.").await;
    one.inspects("employee: an appointment with its chat").await;
    two.goto("/practitioner/messages").await;
    two.inspects("practitioner: conversations").await;
    one.close().await;
    two.close().await;
}
