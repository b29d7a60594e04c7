//! From a draft to what employees read, and back.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};

use super::{World, id_of};

fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::new_rgb8(width, height)
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .expect("a picture");
    bytes
}

#[tokio::test]
async fn a_draft_becomes_news_that_employees_read() {
    let world = World::start().await;
    world
        .office
        .get("/rh/news")
        .await
        .assert_text("Votre première actualité");
    let path = world.drafts("Nouvelle salle de sport", &[]).await;
    world
        .office
        .get(&path)
        .await
        .assert_ok()
        .assert_text("Brouillon")
        .assert_text("Ouverture lundi.");
    let here = "/employee/news/nouvelle-salle-de-sport";
    world.reader.get(here).await.assert_status(404);
    world.publishes(&path).await;
    // What the process remembers of a session is a few seconds old.
    let world = world.again();
    let home = world.reader.get("/employee").await;
    home.assert_text("Nouvelle salle de sport")
        .assert_text("Nouveau");
    assert_eq!(home.texts(".bell-count"), ["1"]);
    let told = world.reader.get("/employee/notifications").await;
    told.assert_text("Nouvelle salle de sport");
    assert_eq!(told.attributes(".notice .row-title a", "href"), [here]);
    let page = world.reader.get(here).await;
    page.assert_ok();
    assert!(page.text().contains("Ouverture <strong>lundi</strong>."));
    let action = format!("{here}/reading");
    world
        .reader
        .submit(&page, &action, &[])
        .await
        .assert_see_other(here);
    // A second click is answered like the first.
    world.reader.post(&action, &[]).await.assert_see_other(here);
    world
        .reader
        .get(here)
        .await
        .assert_text("Vous avez lu cette actualité");
    let home = world.reader.get("/employee").await;
    home.assert_nowhere("Nouveau</span>");
    assert_eq!(home.texts(".bell-count"), Vec::<String>::new());

    // Another company has none of it, by any address.
    let stranger = world.app.employee_of(&world.app.company("Rivale"));
    let stranger = world.app.client().signed_in_as(&stranger);
    stranger.get(here).await.assert_status(404);
    stranger.post(&action, &[]).await.assert_status(404);
    stranger
        .get("/employee/news")
        .await
        .assert_nowhere("Nouvelle salle");

    // Archived, it is gone, and nobody is told of it any more; restored, it is back.
    world
        .presses(&path, "archiving", &[])
        .await
        .assert_see_other(&path);
    world.app.run_jobs().await;
    world.reader.get(here).await.assert_status(404);
    assert_eq!(world.notices(), 0);
    world
        .presses(&path, "restoration", &[])
        .await
        .assert_see_other(&path);
    world.app.run_jobs().await;
    world.reader.get(here).await.assert_ok();
    assert_eq!(world.notices(), 0, "nobody is told twice");
    assert_eq!(
        world
            .app
            .text("SELECT string_agg(action, ' ' ORDER BY created_at, action) FROM audit_logs WHERE entity = 'news'")
            .as_deref(),
        Some("NEWS_ARCHIVED NEWS_PUBLISHED NEWS_RESTORED NEWS_WRITTEN")
    );
}

#[tokio::test]
async fn news_of_a_department_are_for_nobody_else() {
    let world = World::start().await;
    let colleague = world.of_sales();
    let seller = world.app.client().signed_in_as(&colleague);
    let fields = [
        ("audience", "some"),
        ("department", "Finance"),
        ("by_mail", "true"),
    ];
    let path = world.drafts("Clôture des comptes", &fields).await;
    let id = id_of(&path);
    world
        .office
        .upload(
            &format!("{path}/picture"),
            &[("text", "Un tableau")],
            "a.png",
            &picture(60, 30),
        )
        .await
        .assert_see_other(&path);
    world.publishes(&path).await;
    let here = "/employee/news/cloture-des-comptes";
    let page = world.reader.get(here).await;
    page.assert_ok();
    assert_eq!(page.attributes("img.news-picture", "alt"), ["Un tableau"]);
    let shown = world.reader.get(&format!("{here}/picture")).await;
    assert_eq!(shown.header("content-type"), Some("image/jpeg"));
    for gone in [here.to_owned(), format!("{here}/picture")] {
        seller.get(&gone).await.assert_status(404);
    }
    seller
        .post(&format!("{here}/reading"), &[])
        .await
        .assert_status(404);
    for list in ["/employee/news", "/employee", "/employee/notifications"] {
        seller.get(list).await.assert_nowhere("Clôture des comptes");
    }
    let told = format!(
        "SELECT count(*) FROM notices WHERE news_id = '{id}' AND recipient_id = '{}'",
        world.employee.id
    );
    assert_eq!((world.notices(), world.app.count(&told)), (1, 1));
    let mails = world.app.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(
        (mails[0].to.as_str(), mails[0].subject.as_str()),
        (world.employee.email.as_str(), "Clôture des comptes")
    );
    // Nothing but the title.
    assert!(!mails[0].text.contains("Ouverture") && !mails[0].html.contains("Ouverture"));
    assert!(mails[0].text.contains(here));

    // Who changes department sees what is theirs then.
    world.app.sql(&format!(
        "UPDATE employees SET department = 'Ventes' WHERE user_id = '{}'",
        world.employee.id
    ));
    world.reader.get(here).await.assert_status(404);
    world
        .reader
        .get("/employee/notifications")
        .await
        .assert_ok()
        .assert_nowhere("Clôture des comptes");
}

#[tokio::test]
async fn what_is_scheduled_appears_once_at_its_hour() {
    let world = World::start().await;
    let path = world.drafts("Atelier", &[]).await;
    for (day, hour, said) in [
        ("2026-03-19", "09:00", "Cette heure est passée"),
        ("2026-03-29", "02:30", "Cette heure n’existe pas"),
        ("2028-01-01", "09:00", "dans l’année qui vient"),
        ("", "", "Cette heure n’existe pas"),
    ] {
        world
            .presses(&path, "schedule", &[("day", day), ("hour", hour)])
            .await
            .assert_status(422)
            .assert_text(said);
    }
    let fields = [("day", "2026-03-24"), ("hour", "09:00")];
    world
        .presses(&path, "schedule", &fields)
        .await
        .assert_see_other(&path);
    world.office.get(&path).await.assert_text("Programmée");
    world.now_is("2026-03-24T07:59:00Z");
    world.app.run_jobs().await;
    world
        .reader
        .get("/employee/news/atelier")
        .await
        .assert_status(404);
    world.now_is("2026-03-24T08:00:00Z");
    world.app.run_jobs().await;
    world.reader.get("/employee/news/atelier").await.assert_ok();
    assert_eq!(world.notices(), 1);
    world.now_is("2026-03-24T08:05:00Z");
    world.app.run_jobs().await;
    assert_eq!(world.notices(), 1);

    // Taken back in time, it does not appear; nor does what a suspended company had scheduled.
    for title in ["Retiré", "Suspendu"] {
        let path = world.drafts(title, &[]).await;
        let fields = [("day", "2026-03-25"), ("hour", "09:00")];
        world.presses(&path, "schedule", &fields).await;
        if title == "Retiré" {
            world
                .presses(&path, "withdrawal", &[])
                .await
                .assert_see_other(&path);
        }
    }
    world.app.sql("UPDATE companies SET status = 'suspended'");
    world.now_is("2026-03-25T09:00:00Z");
    world.app.run_jobs().await;
    assert_eq!(
        world
            .app
            .text("SELECT string_agg(status, ' ' ORDER BY title) FROM news_posts")
            .as_deref(),
        Some("published draft scheduled")
    );
}

#[tokio::test]
async fn a_mail_comes_when_it_is_wanted_and_not_at_night() {
    let world = World::start().await;
    let (silent, read) = (world.of_sales(), world.of_sales());
    world.app.sql(&format!(
        "INSERT INTO notification_preferences (user_id, muted_in_app, muted_mail, discreet)
         VALUES ('{}', '{{company_news}}', '{{company_news}}', false)",
        silent.id
    ));
    world.now_is("2026-03-20T22:30:00Z");
    let path = world.drafts("La nuit", &[("by_mail", "true")]).await;
    world.publishes(&path).await;
    assert_eq!(world.app.mails().len(), 0, "it is night");
    let browser = world.app.client().signed_in_as(&read);
    browser
        .post("/employee/news/la-nuit/reading", &[])
        .await
        .assert_status(303);
    world.now_is("2026-03-21T06:30:00Z");
    world.app.run_jobs().await;
    let to: Vec<String> = world
        .app
        .mails()
        .iter()
        .map(|mail| mail.to.clone())
        .collect();
    assert_eq!(to, std::slice::from_ref(&world.employee.email));
    // Muted in the application too: no bell, and the list of news as for everybody.
    let browser = world.app.client().signed_in_as(&silent);
    let page = browser.get("/employee/news").await;
    page.assert_ok().assert_text("La nuit");
    assert_eq!(page.texts(".bell-count"), Vec::<String>::new());
    // The preferences have a line for it, and practitioners' have none.
    let page = browser.get("/employee/notifications/preferences").await;
    assert_eq!(page.attributes("#mail_company_news", "name").len(), 1);
    let doctor = world.app.practitioner();
    world
        .app
        .client()
        .signed_in_as(&doctor)
        .get("/practitioner/notifications/preferences")
        .await
        .assert_nowhere("company_news");
}

#[tokio::test]
async fn a_form_says_what_is_missing_and_keeps_what_was_typed() {
    let world = World::start().await;
    let text = "<div>Bonjour <em>à vous</em></div>";
    for (fields, said) in [
        (vec![("title", " "), ("audience", "all")], "Donnez un titre"),
        (
            vec![("title", "Titre"), ("audience", "x")],
            "Choisissez pour qui",
        ),
        (
            vec![("title", "Titre"), ("audience", "some")],
            "Cochez au moins un service",
        ),
        (
            vec![
                ("title", "Titre"),
                ("audience", "some"),
                ("department", "Lune"),
            ],
            "n’existe plus",
        ),
    ] {
        let mut fields = fields;
        fields.push(("html", text));
        let page = world.writes(&fields).await;
        page.assert_status(422).assert_text(said);
        assert!(page.texts("#text-markup")[0].contains("<em>à vous"));
    }
    let long = "mot ".repeat(4_000);
    let page = world
        .writes(&[("title", "Titre"), ("audience", "all"), ("text", &long)])
        .await;
    page.assert_status(422).assert_text("12\u{202f}000");
    assert_eq!(world.app.count("SELECT count(*) FROM news_posts"), 0);

    // A draft may be empty; nothing empty is published.
    let sent = world
        .writes(&[("title", "Vide"), ("audience", "all")])
        .await;
    let path = sent.location().to_owned();
    world
        .presses(&path, "publication", &[])
        .await
        .assert_status(422)
        .assert_text("Écrivez un texte");
}

#[tokio::test]
async fn two_titles_have_two_addresses_and_a_double_click_is_one_draft() {
    let world = World::start().await;
    let form = world.office.get("/rh/news/new").await;
    let fields = [
        ("title", "Été"),
        ("html", "<div>x</div>"),
        ("audience", "all"),
    ];
    let one = world.office.submit(&form, "/rh/news", &fields).await;
    let again = world.office.submit(&form, "/rh/news", &fields).await;
    assert_eq!(one.location(), again.location());
    world.drafts("Eté !", &[]).await;
    world.drafts("été", &[]).await;
    let slugs = "SELECT string_agg(slug, ' ' ORDER BY slug) FROM news_posts";
    assert_eq!(world.app.text(slugs).as_deref(), Some("ete ete-2 ete-3"));
    // Another company's are its own.
    let other = world.app.company("Rivale");
    world.app.news(&other, "Été", "published");
    world
        .reader
        .get("/employee/news/ete")
        .await
        .assert_status(404);
}

#[tokio::test]
async fn what_was_published_keeps_its_address_and_its_readers() {
    let world = World::start().await;
    let path = world.drafts("Départ", &[]).await;
    world.publishes(&path).await;
    let form = world.office.get(&format!("{path}/edit")).await;
    form.assert_text("ne changent plus");
    let fields = [
        ("title", "Arrivée"),
        ("html", "<div>Corrigé</div>"),
        ("audience", "some"),
        ("department", "Finance"),
        ("by_mail", "true"),
    ];
    world
        .office
        .submit(&form, &path, &fields)
        .await
        .assert_see_other(&path);
    world
        .reader
        .get("/employee/news/depart")
        .await
        .assert_ok()
        .assert_text("Arrivée")
        .assert_text("Corrigé");
    assert_eq!(
        world
            .app
            .text("SELECT concat(cardinality(departments), by_mail) FROM news_posts")
            .as_deref(),
        Some("0f")
    );
    // A form made before the correction takes nothing back unseen.
    let late = world
        .office
        .submit(
            &form,
            &path,
            &[("title", "Autre"), ("html", "<div>Autre</div>")],
        )
        .await;
    late.assert_status(409)
        .assert_text("Quelqu’un a modifié")
        .assert_text("Corrigé");
    assert_eq!(late.attributes("#title", "value"), ["Autre"]);
    let id = id_of(&path);
    for change in [
        "slug = 'x'",
        "departments = '{Ventes}'",
        "published_at = now()",
    ] {
        let refused = world
            .app
            .refuses(&format!("UPDATE news_posts SET {change} WHERE id = '{id}'"));
        assert!(refused.starts_with("news_posts_frozen"), "{refused}");
    }
    let refused = world.app.refuses(&format!(
        "UPDATE news_posts SET status = 'draft', published_at = NULL WHERE id = '{id}'"
    ));
    assert!(refused.starts_with("news_posts_transition"), "{refused}");
    // What employees can read is not deleted, and does not become a draft.
    for step in ["deletion", "withdrawal", "schedule"] {
        let fields = [("day", "2026-03-24"), ("hour", "09:00")];
        let page = world.office.post(&format!("{path}/{step}"), &fields).await;
        page.assert_status(409).assert_text("a changé d’état");
    }
    world
        .office
        .get(&format!("{path}/deletion"))
        .await
        .assert_see_other(&path);
    world.presses(&path, "archiving", &[]).await;
    let asked = world.office.get(&format!("{path}/deletion")).await;
    world
        .office
        .submit(asked.assert_ok(), &format!("{path}/deletion"), &[])
        .await
        .assert_see_other("/rh/news");
    assert_eq!(world.app.count("SELECT count(*) FROM news_posts"), 0);
    world.app.run_jobs().await;
}

#[tokio::test]
async fn a_picture_is_a_picture_and_is_drawn_again() {
    let world = World::start().await;
    let path = world.drafts("Photo", &[]).await;
    let target = format!("{path}/picture");
    for (content, said) in [
        (b"".to_vec(), "Choisissez une image"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            "n’est pas une image",
        ),
        (b"GIF89a\x01\x00\x01\x00".to_vec(), "n’est pas une image"),
        (picture(16_001, 1), "n’est pas une image"),
        (vec![0; 6 * 1024 * 1024], "dépasse 5"),
    ] {
        let page = world.office.upload(&target, &[], "a.png", &content).await;
        page.assert_status(422).assert_text(said);
    }
    let long = "é".repeat(251);
    world
        .office
        .upload(&target, &[("text", &long)], "a.png", &picture(3, 3))
        .await
        .assert_status(422)
        .assert_text("trop longue");
    let mut both = picture(2_000, 500);
    both.extend_from_slice(b"<script>alert(1)</script>");
    let fields = [("text", "Une \"salle\" <b>")];
    world
        .office
        .upload(&target, &fields, "a.png", &both)
        .await
        .assert_see_other(&path);
    let page = world.office.get(&path).await;
    page.assert_nowhere("<b>");
    assert_eq!(
        page.attributes("img.news-picture", "alt"),
        ["Une \"salle\" <b>"]
    );
    let src = page.attributes("img.news-picture", "src").remove(0);
    let jpeg = world.office.get(&src).await.body;
    assert!(!jpeg.windows(7).any(|seven| seven == b"<script"));
    let drawn = image::load_from_memory(&jpeg).expect("a picture");
    assert_eq!((drawn.width(), drawn.height()), (1_600, 400));
    world
        .presses(&path, "picture/removal", &[])
        .await
        .assert_see_other(&path);
    world.office.get(&target).await.assert_status(404);
}
