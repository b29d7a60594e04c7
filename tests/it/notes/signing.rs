//! Signatures and addenda.

use super::{HOME, World};

#[tokio::test]
async fn a_signature_locks_a_note_and_later_words_are_addenda() {
    let world = World::start().await;
    let path = world.begins("session").await;
    let signature = format!("{path}/signature");
    // Nothing to sign yet.
    world.browser.get(&signature).await.assert_see_other(&path);
    let sent = world
        .saves(
            &path,
            &[
                ("html", "<div>Séance <em>calme</em>.</div>"),
                ("then", "sign"),
            ],
        )
        .await;
    sent.assert_see_other(&signature);
    let review = world.browser.follow(&sent).await;
    review
        .assert_ok()
        .assert_text("Séance calme.")
        .assert_text("Signer la note");
    let signed = world.browser.submit(&review, &signature, &[]).await;
    signed.assert_see_other(&path);
    let page = world.browser.follow(&signed).await;
    page.assert_text("La note est signée")
        .assert_text("Compléter la note")
        .assert_nowhere("Effacer le brouillon");
    // Signed once, however often the form is sent.
    world
        .browser
        .submit(&review, &signature, &[])
        .await
        .assert_see_other(&path);

    for address in [
        format!("{path}/edit"),
        signature.clone(),
        format!("{path}/deletion"),
    ] {
        world.browser.get(&address).await.assert_see_other(&path);
    }
    world
        .browser
        .post(&format!("{path}/deletion"), &[])
        .await
        .assert_see_other(&path);
    assert_eq!(world.count(), 1);

    let addenda = format!("{path}/addenda");
    let page = world.browser.get(&path).await;
    world
        .browser
        .submit(&page, &addenda, &[("text", "  ")])
        .await
        .assert_status(422)
        .assert_text("Écrivez votre complément");
    let added = world
        .browser
        .submit(&page, &addenda, &[("text", "Résultat reçu le 20.")])
        .await;
    added.assert_see_other(&path);
    // A double click is one; other words from the same form are another.
    for (text, count) in [("Résultat reçu le 20.", 1), ("Et encore ceci.", 2)] {
        world
            .browser
            .submit(&page, &addenda, &[("text", text)])
            .await
            .assert_see_other(&path);
        assert_eq!(
            world.app.count("SELECT count(*) FROM clinical_addenda"),
            count
        );
    }
    let page = world.browser.get(&path).await;
    page.assert_text("Séance calme.")
        .assert_text("Complément du vendredi")
        .assert_text("Résultat reçu le 20.")
        .assert_text("Et encore ceci.");
    let long = "é".repeat(40_001);
    let refused = world
        .browser
        .submit(&page, &addenda, &[("text", &long)])
        .await;
    refused.assert_status(422).assert_text("Rien n’est perdu");
    assert!(
        refused
            .form(&addenda)
            .iter()
            .any(|(name, text)| name == "text" && text.contains(&long))
    );
}

#[tokio::test]
async fn what_comes_too_late_for_a_note_is_offered_as_an_addendum() {
    let world = World::start().await;
    let path = world.begins("session").await;
    world.saves(&path, &[("text", "Au début.")]).await;
    let open = world.browser.get(&format!("{path}/edit")).await;
    let review = world.browser.get(&format!("{path}/signature")).await;
    world
        .browser
        .submit(&review, &format!("{path}/signature"), &[])
        .await
        .assert_see_other(&path);
    // The open page, while it is written and when it is sent.
    let part = world
        .autosaves(
            &path,
            ("2", "5c0a0a1e-9d6f-4a94-8a5d-3d5f3e7a3f11", "1"),
            "<div>Plus tard.</div>",
        )
        .await;
    part.assert_status(409)
        .assert_text("signée entre-temps")
        .assert_nowhere("<html");
    let sent = world
        .browser
        .submit(&open, &path, &[("text", "Plus tard.")])
        .await;
    sent.assert_status(409).assert_text("signée entre-temps");
    let form = sent.form(&format!("{path}/addenda"));
    assert!(
        form.iter()
            .any(|(name, text)| name == "text" && text.trim() == "Plus tard.")
    );
    world
        .browser
        .submit(&sent, &format!("{path}/addenda"), &[])
        .await
        .assert_see_other(&path);
    world
        .browser
        .get(&path)
        .await
        .assert_text("Au début.")
        .assert_text("Plus tard.");
}

#[tokio::test]
async fn what_is_signed_is_what_was_read_again() {
    let world = World::start().await;
    let path = world.begins("session").await;
    world.saves(&path, &[("text", "Relu.")]).await;
    let signature = format!("{path}/signature");
    let review = world.browser.get(&signature).await;
    world.saves(&path, &[("text", "Changé depuis.")]).await;
    let sent = world.browser.submit(&review, &signature, &[]).await;
    sent.assert_see_other(&signature);
    let review = world.browser.follow(&sent).await;
    review
        .assert_text("a changé depuis")
        .assert_text("Changé depuis.");
    let signed = "SELECT count(*) FROM clinical_notes WHERE signed_at IS NOT NULL";
    assert_eq!(world.app.count(signed), 0);
    world
        .browser
        .submit(&review, &signature, &[])
        .await
        .assert_see_other(&path);
    assert_eq!(world.app.count(signed), 1);
}

#[tokio::test]
async fn an_addendum_to_a_draft_is_a_change_of_the_draft() {
    let world = World::start().await;
    let path = world.begins("session").await;
    let sent = world
        .browser
        .post(&format!("{path}/addenda"), &[("text", "Trop tôt.")])
        .await;
    sent.assert_see_other(&path);
    world
        .browser
        .follow(&sent)
        .await
        .assert_text("pas encore signée");
    assert_eq!(world.app.count("SELECT count(*) FROM clinical_addenda"), 0);
}

#[tokio::test]
async fn the_database_keeps_what_is_signed_from_everybody() {
    let world = World::start().await;
    let app = &world.app;
    let note = app.signed_note(world.consultation, "session", "<div>Signé.</div>");
    let path = World::path_of(note);
    world
        .browser
        .post(&format!("{path}/addenda"), &[("text", "Ajouté.")])
        .await
        .assert_status(303);
    // Even from the owner of the tables.
    for (statement, constraint) in [
        (
            "UPDATE clinical_notes SET content_sealed = '\\x00'",
            "clinical_notes_signed",
        ),
        (
            "UPDATE clinical_notes SET signed_at = NULL",
            "clinical_notes_signed",
        ),
        (
            "UPDATE clinical_notes SET happened_at = now()",
            "clinical_notes_signed",
        ),
        (
            "UPDATE clinical_addenda SET content_sealed = '\\x00'",
            "clinical_addenda_signed",
        ),
        (
            "UPDATE clinical_addenda SET signed_at = now()",
            "clinical_addenda_signed",
        ),
        ("DELETE FROM users", "fkey"),
        ("DELETE FROM consultations", "fkey"),
    ] {
        let refused = app.refuses(statement);
        assert!(refused.contains(constraint), "{statement}: {refused}");
    }
    // A draft moves to no other consultation.
    let draft = app.clinical_note(world.consultation, "referral", "<div>Brouillon.</div>");
    let moved = format!("UPDATE clinical_notes SET kind = 'follow_up' WHERE id = '{draft}'");
    assert!(app.refuses(&moved).contains("clinical_notes_place"));
    world
        .browser
        .get(&path)
        .await
        .assert_text("Signé.")
        .assert_text("Ajouté.");
    world.browser.get(HOME).await.assert_text("Brouillon.");
}
