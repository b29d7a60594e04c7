//! Drafts: begun, saved, saved by two pages, refused, thrown away.

use super::{HOME, World};

const TAB: &str = "5c0a0a1e-9d6f-4a94-8a5d-3d5f3e7a3f11";
const OTHER_TAB: &str = "7d1b1b2f-9d6f-4a94-8a5d-3d5f3e7a3f22";

#[tokio::test]
async fn a_note_is_begun_written_and_found_again() {
    let world = World::start().await;
    world
        .browser
        .get(HOME)
        .await
        .assert_ok()
        .assert_text("Aucune note pour l’instant")
        .assert_text("Séances récentes sans note");
    let consultation = format!("/practitioner/consultations/{}", world.consultation);
    world
        .browser
        .get(&consultation)
        .await
        .assert_text("Ajouter une note clinique")
        .assert_text("Aucune note sur cette consultation");
    let path = world.begins("assessment").await;
    // The same wish again is the same note.
    assert_eq!(world.begins("assessment").await, path);
    assert_eq!(world.count(), 1);
    world
        .saves(&path, &[("text", "Motif : <insomnie>.\r\n\r\nÀ revoir.")])
        .await
        .assert_see_other(&path);
    let page = world.browser.get(&path).await;
    page.assert_ok()
        .assert_text("Bilan initial")
        .assert_text("Brouillon")
        .assert_text("Motif : <insomnie>.")
        .assert_nowhere("<insomnie>");
    // As the browser's editor sends it.
    world
        .saves(
            &path,
            &[(
                "html",
                "<h3>Motif</h3><div>Insomnie <strong>depuis mars</strong></div>",
            )],
        )
        .await
        .assert_see_other(&path);
    let page = world.browser.get(&path).await;
    assert_eq!(page.texts(".note-text h3"), ["Motif"]);
    assert_eq!(page.texts(".note-text strong"), ["depuis mars"]);
    let edit = world.browser.get(&format!("{path}/edit")).await;
    let plain = edit
        .form(&path)
        .into_iter()
        .find(|(name, _)| name == "text");
    assert_eq!(
        plain.expect("a text").1.trim(),
        "Motif\nInsomnie depuis mars"
    );
    // What was not touched without an editor keeps its formatting; what was, does not.
    world.saves(&path, &[]).await.assert_see_other(&path);
    let page = world.browser.get(&path).await;
    assert_eq!(page.texts(".note-text strong"), ["depuis mars"]);
    world
        .saves(&path, &[("text", "Motif\nInsomnie depuis avril")])
        .await
        .assert_see_other(&path);
    let page = world.browser.get(&path).await;
    page.assert_text("depuis avril");
    assert!(page.texts(".note-text strong").is_empty());
    world
        .browser
        .get(&consultation)
        .await
        .assert_text("Bilan initial")
        .assert_nowhere("depuis avril");
    world
        .browser
        .get(HOME)
        .await
        .assert_text("Insomnie depuis avril")
        .assert_nowhere("Séances récentes sans note");
}

#[tokio::test]
async fn there_is_one_note_of_a_kind() {
    let world = World::start().await;
    let session = world.begins("session").await;
    let referral = world.begins("referral").await;
    assert_ne!(session, referral);
    assert_eq!(world.count(), 2);
    let refused = world
        .browser
        .post(&World::begin_path(world.consultation), &[("kind", "diary")])
        .await;
    refused
        .assert_status(422)
        .assert_text("Choisissez une sorte");
    assert_eq!(world.count(), 2);
}

#[tokio::test]
async fn a_consultation_is_noted_once_there_is_something_to_note() {
    let world = World::start().await;
    let app = &world.app;
    let other = app.employee_of(&world.company);
    let at = |moment| app.consultation(&other, &world.practitioner).at(moment);
    let no = [
        at("2026-04-01T09:00:00Z").scheduled(),
        at("2026-04-02T09:00:00Z").confirmed(),
        at("2026-04-03T09:00:00Z").cancelled(),
        at("2026-03-05T09:00:00Z").practitioner_absent(),
    ];
    for consultation in no {
        let path = format!("/practitioner/consultations/{consultation}");
        let begin = World::begin_path(consultation);
        world.browser.get(&begin).await.assert_see_other(&path);
        world
            .browser
            .get(&path)
            .await
            .assert_ok()
            .assert_nowhere("Ajouter une note clinique");
        let sent = world.browser.post(&begin, &[("kind", "session")]).await;
        sent.assert_see_other(&path);
        world
            .browser
            .follow(&sent)
            .await
            .assert_text("Une note s’écrit une fois la consultation commencée");
    }
    assert_eq!(world.count(), 0);
    let yes = [
        at("2026-03-06T09:00:00Z").no_show(),
        at("2026-03-20T08:30:00Z").in_progress(),
    ];
    for consultation in yes {
        let path = format!("/practitioner/consultations/{consultation}");
        let page = world.browser.get(&path).await;
        page.assert_text("Ajouter une note clinique");
        let sent = world
            .browser
            .post(&World::begin_path(consultation), &[("kind", "session")])
            .await;
        sent.assert_status(303);
    }
    assert_eq!(world.count(), 2);
}

#[tokio::test]
async fn a_note_on_somebody_elses_consultation_is_refused() {
    let world = World::start().await;
    let colleague = world.app.practitioner();
    let other = world.app.client().signed_in_as(&colleague);
    for consultation in [world.consultation, uuid::Uuid::nil()] {
        let begin = World::begin_path(consultation);
        other.get(&begin).await.assert_status(404);
        for kind in ["session", "nonsense"] {
            other
                .post(&begin, &[("kind", kind)])
                .await
                .assert_status(404);
        }
    }
    assert_eq!(world.count(), 0);
    assert_eq!(world.app.count("SELECT count(*) FROM clinical_records"), 0);
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM data_keys WHERE scope = 'clinical'"),
        0
    );
}

#[tokio::test]
async fn two_megabytes_are_refused_and_come_back_with_every_word() {
    let world = World::start().await;
    let path = world.begins("session").await;
    let two_megabytes = "Je n’y arrive plus. ".repeat(100_000);
    let refused = world.saves(&path, &[("text", &two_megabytes)]).await;
    refused
        .assert_status(422)
        .assert_text("Rien n’est perdu")
        .assert_text("Non enregistré");
    let form = refused.form(&path);
    let kept = form.iter().find(|(name, _)| name == "text");
    assert!(kept.is_some_and(|(_, text)| text.trim() == two_megabytes.trim()));
    // From the editor: the words, without what is not looked at.
    let markup = format!("<div onclick=x><b>{two_megabytes}</b></div><script>x</script>");
    let refused = world.saves(&path, &[("html", &markup)]).await;
    refused.assert_status(422).assert_nowhere("onclick");
    let form = refused.form(&path);
    let kept = form.iter().find(|(name, _)| name == "text");
    assert!(kept.is_some_and(|(_, text)| text.contains(two_megabytes.trim())));
    // While it is written: the part of the page that says why.
    let revision = "1";
    let part = world.autosaves(&path, (revision, TAB, "1"), &markup).await;
    part.assert_status(422)
        .assert_text("caractères")
        .assert_nowhere("<html");
    assert!(part.body.len() < 2_000, "{}", part.body.len());
    world
        .saves(&path, &[("html", &"<b>x</b>".repeat(20_000))])
        .await
        .assert_status(422)
        .assert_text("trop de mise en forme");
    let huge = "x".repeat(8 * 1024 * 1024);
    world
        .saves(&path, &[("text", &huge)])
        .await
        .assert_status(413);
    world
        .browser
        .get(&path)
        .await
        .assert_text("Rien n’est encore écrit");
}

#[tokio::test]
async fn two_pages_see_each_other_and_both_versions_are_shown() {
    let world = World::start().await;
    let path = world.begins("session").await;
    let edit = format!("{path}/edit");
    let (one, two) = (
        world.browser.get(&edit).await,
        world.browser.get(&edit).await,
    );
    let send = async |page, text| world.browser.submit(page, &path, &[("text", text)]).await;
    send(&one, "Premier onglet.").await.assert_see_other(&path);
    // The same words from the older page are no conflict: a double click.
    send(&two, "Premier onglet.").await.assert_see_other(&path);
    let conflict = send(&two, "Second onglet.").await;
    conflict
        .assert_status(409)
        .assert_text("enregistrée ailleurs")
        .assert_text("Premier onglet.");
    let form = conflict.form(&path);
    assert!(
        form.iter()
            .any(|(name, text)| name == "text" && text.trim() == "Second onglet.")
    );
    world
        .browser
        .get(&path)
        .await
        .assert_text("Premier onglet.")
        .assert_nowhere("Second");
    // Chosen with open eyes, it takes the other's place; a page of before does not.
    world
        .browser
        .submit(&conflict, &path, &[])
        .await
        .assert_see_other(&path);
    world.browser.get(&path).await.assert_text("Second onglet.");
    send(&one, "Trop tard.").await.assert_status(409);
}

#[tokio::test]
async fn an_open_page_saves_itself_and_does_not_stand_in_its_own_way() {
    let world = World::start().await;
    let path = world.begins("session").await;
    let page = world.browser.get(&format!("{path}/edit")).await;
    assert!(
        !page
            .attributes("[name=writer][disabled]", "value")
            .is_empty()
    );
    let html = |text: &str| format!("<div>{text}</div>");
    let saved = world.autosaves(&path, ("1", TAB, "1"), &html("Un")).await;
    saved
        .assert_ok()
        .assert_text("Enregistré à 10")
        .assert_nowhere("<html");
    assert_eq!(saved.attributes("[data-revision]", "data-revision"), ["2"]);
    // The answer was lost: the page goes on from the revision that it knows.
    let saved = world
        .autosaves(&path, ("1", TAB, "2"), &html("Un deux"))
        .await;
    saved.assert_ok();
    assert_eq!(saved.attributes("[data-revision]", "data-revision"), ["3"]);
    // What was sent before and arrives after changes nothing.
    let late = world.autosaves(&path, ("1", TAB, "1"), &html("Un")).await;
    late.assert_ok();
    world.browser.get(&path).await.assert_text("Un deux");
    // Another page is another page.
    let conflict = world
        .autosaves(&path, ("2", OTHER_TAB, "9"), &html("Trois"))
        .await;
    conflict
        .assert_status(409)
        .assert_text("Un deux")
        .assert_nowhere("<html");
    world
        .autosaves(&path, ("3", OTHER_TAB, "10"), &html("Trois"))
        .await
        .assert_ok();
    world
        .autosaves(&path, ("3", TAB, "3"), &html("Un deux trois"))
        .await
        .assert_status(409);
    world.browser.get(&path).await.assert_text("Trois");
    // Nonsense is nobody's page, and an old one.
    world
        .autosaves(&path, ("x", "y", "z"), &html("Quatre"))
        .await
        .assert_status(409);
}

#[tokio::test]
async fn of_two_savings_at_once_one_is_told() {
    let world = World::start().await;
    for round in 0..5 {
        let note = world.app.consultation(&world.employee, &world.practitioner);
        let note = note
            .at(&format!("2026-03-1{round}T14:00:00Z"))
            .completed(2_700);
        let path = World::path_of(world.app.clinical_note(note, "session", ""));
        let (one, two) = futures_util::join!(
            world.autosaves(&path, ("1", TAB, "1"), "<div>Un</div>"),
            world.autosaves(&path, ("1", OTHER_TAB, "1"), "<div>Deux</div>"),
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

#[tokio::test]
async fn a_draft_is_thrown_away_after_a_question() {
    let world = World::start().await;
    let path = world.begins("session").await;
    world.saves(&path, &[("text", "À oublier.")]).await;
    let deletion = format!("{path}/deletion");
    let asked = world.browser.get(&deletion).await;
    asked.assert_ok().assert_text("À oublier.");
    assert_eq!(world.count(), 1);
    world
        .browser
        .submit(&asked, &deletion, &[])
        .await
        .assert_see_other(HOME);
    assert_eq!(world.count(), 0);
    for address in [path.clone(), format!("{path}/edit"), deletion] {
        world.browser.get(&address).await.assert_status(404);
    }
}
