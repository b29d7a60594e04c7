//! Writing, reading, finding again.

use super::{HOME, World};

#[tokio::test]
async fn a_page_is_written_read_changed_and_deleted() {
    let world = World::start().await;
    world
        .browser
        .get(HOME)
        .await
        .assert_ok()
        .assert_text("Votre première page vous attend");
    let path = world
        .writes(&[
            ("title", "Un lundi"),
            ("text", "Bien dormi.\r\nPuis <b>la pluie</b>."),
            ("mood", "4"),
            ("tags", "Sommeil, travail"),
        ])
        .await;
    let page = world.browser.get(&path).await;
    page.assert_ok()
        .assert_text("Un lundi")
        .assert_text("Puis <b>la pluie</b>.")
        .assert_text("Plutôt bien")
        .assert_text("Sommeil")
        .assert_nowhere("<b>la pluie");
    let list = world.browser.get(HOME).await;
    list.assert_text("Un lundi").assert_text("Bien dormi. Puis");

    let edit = world.browser.get(&format!("{path}/edit")).await;
    // Own tags are boxes; unticked ones are gone.
    let form = edit.assert_ok().form(&path);
    assert!(form.contains(&(
        "text".to_owned(),
        "Bien dormi.\nPuis <b>la pluie</b>.".to_owned()
    )));
    assert!(form.contains(&("tag".to_owned(), "Sommeil".to_owned())));
    let sent = world
        .browser
        .submit(
            &edit,
            &path,
            &[("tag", "travail"), ("text", "Bien dormi."), ("mood", "")],
        )
        .await;
    sent.assert_see_other(&path);
    let page = world.browser.follow(&sent).await;
    page.assert_text("Votre page est modifiée")
        .assert_text("modifiée le")
        .assert_nowhere("pluie")
        .assert_nowhere("Sommeil")
        .assert_nowhere("Plutôt bien");

    let deletion = format!("{path}/deletion");
    let asked = world.browser.get(&deletion).await;
    asked.assert_ok().assert_text("Effacer cette page");
    assert_eq!(world.count(), 1);
    let sent = world.browser.submit(&asked, &deletion, &[]).await;
    sent.assert_see_other(HOME);
    assert_eq!(world.count(), 0);
    world.browser.get(&path).await.assert_status(404);
}

#[tokio::test]
async fn what_is_refused_comes_back_with_every_word() {
    let world = World::start().await;
    let two_megabytes = "Je n’y arrive plus. ".repeat(100_000);
    let refused = world
        .sends(&[
            ("text", &two_megabytes),
            ("title", "Trop"),
            ("mood", "2"),
            ("tags", "nuit"),
        ])
        .await;
    refused
        .assert_status(422)
        .assert_text("Rien n’est perdu")
        .assert_text("une page en accueille");
    let form = refused.form(HOME);
    for field in [
        ("text", two_megabytes.as_str()),
        ("title", "Trop"),
        ("mood", "2"),
        ("tags", "nuit"),
    ] {
        let kept = form
            .iter()
            .find(|(name, _)| name == field.0)
            .map(|(_, value)| value.as_str());
        assert!(kept == Some(field.1), "{} is lost", field.0);
    }
    assert_eq!(
        refused.attributes("#text", "aria-describedby"),
        ["text-hint text-error"]
    );
    assert_eq!(world.count(), 0);

    world
        .sends(&[])
        .await
        .assert_status(422)
        .assert_text("Écrivez quelques mots");
    let long = "é".repeat(121);
    world
        .sends(&[("title", &long), ("tags", &"x".repeat(31)), ("mood", "7")])
        .await
        .assert_status(422)
        .assert_text("121 caractères")
        .assert_text("30 caractères au plus")
        .assert_text("l’une des cinq humeurs");
    assert_eq!(world.count(), 0);
    // Beyond eight megabytes there is no form of ours.
    let huge = "x".repeat(8 * 1024 * 1024);
    world.sends(&[("text", &huge)]).await.assert_status(413);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_page_and_never_overwrites() {
    let world = World::start().await;
    let form = world.browser.get("/employee/journal/new").await;
    let fields = [("text", "Une fois."), ("mood", "3")];
    let first = world.browser.submit(&form, HOME, &fields).await;
    let again = world.browser.submit(&form, HOME, &fields).await;
    assert_eq!(first.location(), again.location());
    assert_eq!(world.count(), 1);
    // The same form, other words (somebody went back): both are shown, nothing is overwritten.
    let other = world
        .browser
        .submit(&form, HOME, &[("text", "Deux fois.")])
        .await;
    other
        .assert_status(409)
        .assert_text("Cette page a changé entre-temps")
        .assert_text("Une fois.");
    let path = first.location();
    let kept = other.form(path);
    assert!(kept.contains(&("text".to_owned(), "Deux fois.".to_owned())));
    world.browser.get(path).await.assert_text("Une fois.");
    let sent = world.browser.submit(&other, path, &[]).await;
    sent.assert_see_other(path);
    world
        .browser
        .get(path)
        .await
        .assert_text("Deux fois.")
        .assert_nowhere("Une fois.");
    assert_eq!(world.count(), 1);
}

#[tokio::test]
async fn two_tabs_see_each_other() {
    let world = World::start().await;
    let path = world.writes(&[("text", "Au début.")]).await;
    let edit = format!("{path}/edit");
    let (one, two) = (
        world.browser.get(&edit).await,
        world.browser.get(&edit).await,
    );
    world
        .browser
        .submit(&one, &path, &[("text", "Premier onglet.")])
        .await
        .assert_see_other(&path);
    // The same words from the older tab are no conflict: a double click.
    world
        .browser
        .submit(&two, &path, &[("text", "Premier onglet.")])
        .await
        .assert_see_other(&path);
    let conflict = world
        .browser
        .submit(&two, &path, &[("text", "Second onglet.")])
        .await;
    conflict.assert_status(409).assert_text("Premier onglet.");
    world
        .browser
        .get(&path)
        .await
        .assert_text("Premier onglet.")
        .assert_nowhere("Second");
    world
        .browser
        .submit(&conflict, &path, &[])
        .await
        .assert_see_other(&path);
    world.browser.get(&path).await.assert_text("Second onglet.");
}

#[tokio::test]
async fn pages_are_found_by_word_tag_mood_and_month() {
    let world = World::start().await;
    let entry = |title, text, mood, hours, tags: &'static [&'static str]| {
        world
            .app
            .journal_entry_tagged(&world.employee, (title, text), mood, (hours, tags))
    };
    entry("Une nuit", "L’été, la forêt.", Some(5), 1, &["sommeil"]);
    entry("Réunion", "Trop long.", Some(2), 30, &["travail"]);
    entry(
        "Hiver",
        "La neige en forêt.",
        Some(2),
        24 * 60,
        &["sommeil"],
    );
    for (query, found) in [
        ("", &["Une nuit", "Réunion", "Hiver"][..]),
        ("?q=FORET", &["Une nuit", "Hiver"]),
        ("?q=foret+neige", &["Hiver"]),
        ("?tag=Sommeil", &["Une nuit", "Hiver"]),
        ("?mood=2", &["Réunion", "Hiver"]),
        ("?mood=2&tag=sommeil", &["Hiver"]),
        ("?month=2026-03", &["Une nuit", "Réunion"]),
        ("?month=2026-03&q=foret", &["Une nuit"]),
        ("?month=1999-01", &[]),
        ("?q=absent", &[]),
        ("?mood=9&month=x&page=-3", &["Une nuit", "Réunion", "Hiver"]),
    ] {
        let page = world.browser.get(&format!("{HOME}{query}")).await;
        assert_eq!(
            page.assert_ok().texts(".journal-entry h2"),
            found,
            "{query}"
        );
    }
}

#[tokio::test]
async fn lists_have_twenty_pages_and_cost_the_same_queries() {
    let world = World::start().await;
    for hours in 0..25 {
        world
            .app
            .journal_entry(&world.employee, ("Page", "Des mots."), Some(3), hours);
    }
    let page = world.browser.get(HOME).await;
    assert_eq!(page.texts(".journal-entry").len(), 20);
    let second = world.browser.get(&format!("{HOME}?page=2")).await;
    assert_eq!(second.texts(".journal-entry").len(), 5);
    let cost = world.cost_of(HOME).await;
    for hours in 0..25 {
        world
            .app
            .journal_entry(&world.employee, ("Page", "Des mots."), Some(3), 100 + hours);
    }
    assert_eq!(world.cost_of(HOME).await, cost);
}

#[tokio::test]
async fn help_is_there_at_once_and_nobody_is_told() {
    let world = World::start().await;
    let help = "Ce que vous traversez compte";
    let path = world
        .writes(&[("text", "Je n’en peux plus, j’ai envie de mourir.")])
        .await;
    let page = world.browser.get(&path).await;
    page.assert_text(help).assert_text("3114");
    assert_eq!(
        page.attributes(".journal-help a", "href"),
        ["tel:3114", "tel:15", "tel:112"]
    );
    let calm = world
        .writes(&[("text", "Je n’ai pas envie de mourir. Tout va bien.")])
        .await;
    world.browser.get(&calm).await.assert_nowhere(help);
    world.browser.get(HOME).await.assert_nowhere(help);
    for _ in 0..2 {
        let path = world.writes(&[("mood", "1")]).await;
        world.browser.get(&path).await.assert_nowhere(help);
        world.app.clock.advance(chrono::Duration::hours(20));
    }
    let path = world.writes(&[("mood", "1")]).await;
    world.browser.get(&path).await.assert_text(help);
    world.browser.get(HOME).await.assert_text(help);
    world.browser.get(&calm).await.assert_nowhere(help);
    for table in ["jobs", "notices", "audit_logs", "security_events"] {
        assert_eq!(
            world.app.count(&format!("SELECT count(*) FROM {table}")),
            0,
            "{table}"
        );
    }
}

#[tokio::test]
async fn prompts_begin_a_page() {
    let world = World::start().await;
    let page = world
        .browser
        .get("/employee/journal/new?prompt=three-good-things")
        .await;
    page.assert_ok().assert_text("Notez trois choses");
    let form = page.form(HOME);
    assert!(form.contains(&("title".to_owned(), "Trois bonnes choses".to_owned())));
    world
        .browser
        .get("/employee/journal/new?prompt=nonsense&mood=4")
        .await
        .assert_ok();
}
