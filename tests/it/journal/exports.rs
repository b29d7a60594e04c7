//! The whole journal as a file.

use super::World;

#[tokio::test]
async fn markdown_holds_every_page_as_it_was_typed() {
    let world = World::start().await;
    world.app.journal_entry_tagged(
        &world.employee,
        ("Été", "Ligne 1\n\n- « Où ? » 💚 <script>"),
        Some(4),
        (1, &["forêt", "repos"]),
    );
    for hours in 2..130 {
        world.app.journal_entry(
            &world.employee,
            ("", &format!("Page numéro {hours}.")),
            None,
            hours,
        );
    }
    let bent = world
        .app
        .journal_entry(&world.employee, ("Perdue", "Perdue"), None, 200);
    world.app.sql(&format!(
        "UPDATE journal_entries SET text_sealed = substr(text_sealed, 1, 60) WHERE id = '{bent}'"
    ));
    let file = world.browser.get("/employee/journal/export.md").await;
    file.assert_ok();
    assert_eq!(
        file.header("content-type"),
        Some("text/markdown; charset=utf-8")
    );
    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"journal-2026-03-20.md\"")
    );
    let text = file.text();
    assert!(text.starts_with("# Mon journal\n"), "{}", &text[..60]);
    assert_eq!(text.matches("\n---\n").count(), 130);
    assert!(text.contains("## Été\n"));
    assert!(text.contains("Ligne 1\n\n- « Où ? » 💚 <script>"));
    assert!(text.contains("forêt, repos") && text.contains("Plutôt bien (4/5)"));
    assert!(text.contains("ne peut pas être lue") && !text.contains("Perdue"));
    // The oldest first.
    assert!(text.find("numéro 129.") < text.find("numéro 2."));
}

#[tokio::test]
async fn the_pdf_grows_with_the_journal_and_can_be_searched() {
    let world = World::start().await;
    let short = world.browser.get("/employee/journal/export.pdf").await;
    short.assert_ok();
    assert_eq!(short.header("content-type"), Some("application/pdf"));
    assert!(short.body.starts_with(b"%PDF-"));
    let text = "Une journée d’été, longue et calme. ".repeat(400);
    for hours in 1..20 {
        world
            .app
            .journal_entry(&world.employee, ("Été", &text), Some(4), hours);
    }
    let long = world.browser.get("/employee/journal/export.pdf").await;
    let holds = |needle: &[u8]| {
        long.body
            .windows(needle.len())
            .filter(|part| *part == needle)
            .count()
    };
    assert!(long.body.len() > short.body.len());
    // A page is an object of its own; letters can be copied out through their map.
    assert!(
        holds(b"/Type /Page\n") + holds(b"/Type/Page/") > 60,
        "{}",
        holds(b"/Type")
    );
    assert!(holds(b"ToUnicode") > 0);
    assert!(long.body.ends_with(b"%%EOF"));
    let colleague = world.app.employee_of(&world.company);
    let other = world.app.client().signed_in_as(&colleague);
    let theirs = other.get("/employee/journal/export.pdf").await;
    assert!(theirs.body.len() < long.body.len() / 2);
}
