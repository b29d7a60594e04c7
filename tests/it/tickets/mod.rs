//! Tickets: opened by HR, answered by the platform, read by nobody else.

use uuid::Uuid;

mod secrecy;

use crate::support::{
    TestApp,
    actors::{Admin, Company, Hr},
    client::Client,
    page::Page,
};

struct World {
    app: TestApp,
    company: Company,
    hr: Hr,
    office: Client,
    admin: Admin,
    desk: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let (hr, admin) = (app.hr_of(&company), app.admin());
        Self {
            office: app.client().signed_in_as(&hr),
            desk: app.client().signed_in_as(&admin),
            hr,
            admin,
            company,
            app,
        }
    }

    /// Sends the form of a new ticket.
    async fn asks(&self, fields: &[(&str, &str)], file: &[u8]) -> Page {
        let client = Uuid::new_v4().to_string();
        let mut all = vec![
            ("client_id", client.as_str()),
            ("subject", "L’import est refusé"),
            ("category", "import"),
            ("priority", "high"),
            ("text", "La colonne manque."),
        ];
        for (name, value) in fields {
            all.retain(|(known, _)| known != name);
            all.push((name, value));
        }
        self.office
            .upload("/rh/support", &all, "Export.pdf", file)
            .await
    }

    /// A ticket, as HR opens it: which.
    async fn opens(&self, text: &str) -> Uuid {
        let sent = self.asks(&[("text", text)], b"").await;
        sent.assert_status(303);
        let path = sent.location().to_owned();
        path.rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .expect("a ticket")
    }

    async fn answers(&self, ticket: Uuid, text: &str) -> Page {
        let client = Uuid::new_v4().to_string();
        let fields = [("client_id", client.as_str()), ("text", text)];
        self.desk
            .upload(
                &format!("/admin/support/{ticket}/messages"),
                &fields,
                "",
                b"",
            )
            .await
    }

    async fn replies(&self, ticket: Uuid, text: &str) -> Page {
        let client = Uuid::new_v4().to_string();
        let fields = [("client_id", client.as_str()), ("text", text)];
        self.office
            .upload(&format!("/rh/support/{ticket}/messages"), &fields, "", b"")
            .await
    }

    fn status(&self, ticket: Uuid) -> String {
        self.app
            .text(&format!(
                "SELECT status FROM support_tickets WHERE id = '{ticket}'"
            ))
            .expect("a ticket")
    }
}

#[tokio::test]
async fn a_ticket_goes_from_a_question_to_its_end_and_back() {
    let world = World::start().await;
    world
        .office
        .get("/rh/support")
        .await
        .assert_text("Aucun ticket pour l’instant");
    world
        .office
        .get("/rh/support/new")
        .await
        .assert_text("N’écrivez rien sur la santé d’une personne");
    let sent = world.asks(&[], b"%PDF-1.7 a document").await;
    sent.assert_status(303);
    let mine = sent.location().to_owned();
    let page = world.office.get(&mine).await;
    page.assert_ok()
        .assert_text("L’import est refusé")
        .assert_text("La colonne manque.")
        .assert_text("Export.pdf");
    let file = page.attributes("a[download]", "href").remove(0);
    let saved = world.office.get(&file).await;
    assert_eq!(saved.body, b"%PDF-1.7 a document");
    assert!(
        saved
            .header("content-disposition")
            .is_some_and(|how| how.starts_with("attachment"))
    );

    let ticket: Uuid = mine
        .rsplit('/')
        .next()
        .and_then(|id| id.parse().ok())
        .expect("a ticket");
    let theirs = format!("/admin/support/{ticket}");
    world
        .desk
        .get("/admin/support")
        .await
        .assert_text("L’import est refusé")
        .assert_text(&world.company.name)
        .assert_text("Personne en particulier");
    let page = world.desk.get(&theirs).await;
    page.assert_ok()
        .assert_text(&world.hr.last_name)
        .assert_text("La colonne manque.");
    let (me, action) = (world.admin.id.to_string(), format!("{theirs}/transfer"));
    world
        .desk
        .submit(&page, &action, &[("assignee", &me)])
        .await
        .assert_see_other(&theirs);
    world
        .answers(ticket, "Renommez la colonne.")
        .await
        .assert_see_other(&theirs);
    assert_eq!(world.status(ticket), "answered");
    world.app.run_jobs().await;
    let mails = world.app.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, world.hr.email);
    for secret in ["Renommez", "import", "colonne"] {
        assert!(
            !mails[0].text.contains(secret) && !mails[0].html.contains(secret),
            "{secret}"
        );
    }
    assert!(mails[0].text.contains(&mine));
    let page = world.office.get(&mine).await;
    page.assert_text("Renommez la colonne.")
        .assert_text("Réponse reçue")
        .assert_nowhere(&world.admin.last_name);

    world
        .replies(ticket, "Merci, cela passe.")
        .await
        .assert_see_other(&mine);
    assert_eq!(world.status(ticket), "open");
    world
        .desk
        .post(&format!("{theirs}/resolution"), &[])
        .await
        .assert_see_other(&theirs);
    // A second click is answered like the first.
    world
        .desk
        .post(&format!("{theirs}/resolution"), &[])
        .await
        .assert_see_other(&theirs);
    world
        .answers(ticket, "Encore")
        .await
        .assert_status(422)
        .assert_text("Ce ticket est terminé");
    world
        .office
        .get(&mine)
        .await
        .assert_text("Ce ticket est résolu");
    world
        .replies(ticket, "Non, cela revient.")
        .await
        .assert_see_other(&mine);
    assert_eq!(world.status(ticket), "open");
    world
        .office
        .post(&format!("{mine}/closing"), &[])
        .await
        .assert_see_other(&mine);
    world
        .replies(ticket, "Encore")
        .await
        .assert_status(422)
        .assert_text("Ce ticket est terminé")
        .assert_text("Encore");
    world
        .desk
        .post(&format!("{theirs}/resolution"), &[])
        .await
        .assert_status(409)
        .assert_text("a changé d’état");
    world
        .office
        .post(&format!("{mine}/reopening"), &[])
        .await
        .assert_see_other(&mine);
    assert_eq!(world.status(ticket), "open");
}

#[tokio::test]
async fn a_form_says_what_is_missing_and_keeps_what_was_typed() {
    let world = World::start().await;
    let long = "é".repeat(5_001);
    for (fields, said) in [
        ([("subject", " ")], "Dites en une ligne"),
        ([("category", "x")], "Choisissez de quoi"),
        ([("priority", "")], "Choisissez une priorité"),
        ([("text", " ")], "Écrivez votre message"),
        ([("text", long.as_str())], "C’est trop long"),
    ] {
        let page = world.asks(&fields, b"").await;
        page.assert_status(422).assert_text(said);
        if fields[0].0 != "subject" {
            assert_eq!(
                page.attributes("input[name=subject]", "value"),
                ["L’import est refusé"]
            );
        }
    }
    for (file, said) in [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            "n’est ni une image",
        ),
        (b"MZ\x90\0".to_vec(), "n’est ni une image"),
        (vec![b'x'; 11 * 1024 * 1024], "dépasse 10"),
    ] {
        world
            .asks(&[], &file)
            .await
            .assert_status(422)
            .assert_text(said);
    }
    assert_eq!(world.app.count("SELECT count(*) FROM support_tickets"), 0);
    let ticket = world.opens("Question").await;
    world.replies(ticket, " ").await.assert_status(422);
    world.answers(ticket, " ").await.assert_status(422);
    let path = format!("/admin/support/{ticket}");
    world
        .desk
        .post(&format!("{path}/notes"), &[("note", "")])
        .await
        .assert_status(422)
        .assert_text("Écrivez votre note");
    let stranger = world.hr.id.to_string();
    for assignee in ["x", stranger.as_str()] {
        world
            .desk
            .post(&format!("{path}/transfer"), &[("assignee", assignee)])
            .await
            .assert_status(422)
            .assert_text("Choisissez un administrateur");
    }
}

#[tokio::test]
async fn a_double_click_is_one_and_there_are_not_endlessly_many() {
    let world = World::start().await;
    let client = Uuid::new_v4().to_string();
    let fields = [("client_id", client.as_str())];
    let (one, again) = (
        world.asks(&fields, b"").await,
        world.asks(&fields, b"").await,
    );
    assert_eq!(one.location(), again.location());
    let path = format!("{}/messages", one.location());
    let fields = [("client_id", client.as_str()), ("text", "Encore")];
    for _ in 0..2 {
        world
            .office
            .upload(&path, &fields, "", b"")
            .await
            .assert_status(303);
    }
    let counts = "SELECT concat((SELECT count(*) FROM support_tickets), ' ', (SELECT count(*) FROM support_messages))";
    // The ticket's own first message has the form's id as well: the second one is it again.
    assert_eq!(world.app.text(counts).as_deref(), Some("1 1"));
    for _ in 1..20 {
        world.asks(&[], b"").await.assert_status(303);
    }
    world
        .asks(&[], b"")
        .await
        .assert_status(422)
        .assert_text("beaucoup écrit");
    world.app.clock.advance(chrono::Duration::days(1));
    world.asks(&[], b"").await.assert_status(303);
}

#[tokio::test]
async fn the_queue_is_filtered_and_its_figures_are_a_recount() {
    let world = World::start().await;
    let mut minutes = Vec::new();
    for (number, priority) in ["urgent", "urgent", "urgent", "low"]
        .into_iter()
        .enumerate()
    {
        let sent = world.asks(&[("priority", priority)], b"").await;
        let id: Uuid = sent
            .location()
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .expect("a ticket");
        let wait = [10, 50, 20, 400][number];
        world.app.clock.advance(chrono::Duration::minutes(wait));
        if priority == "urgent" {
            world.answers(id, "Voici.").await.assert_status(303);
            world.app.clock.advance(chrono::Duration::minutes(5));
            // A later answer changes nothing of the first.
            world.answers(id, "Et encore.").await.assert_status(303);
            minutes.push(wait);
        }
    }
    minutes.sort_unstable();
    assert_eq!(minutes[1], 20);
    let page = world.desk.get("/admin/support").await;
    let rows = page.texts(".ticket-figures tbody tr");
    assert_eq!(rows.len(), 3, "all, urgent, low: {rows:?}");
    assert!(rows[1].contains("20\u{a0}min"), "{rows:?}");
    let list = |query: &str| format!("/admin/support?{query}");
    for (query, count) in [
        ("status=open", 1),
        ("status=answered", 3),
        ("priority=low", 1),
        ("priority=urgent&status=open", 0),
        ("category=import", 4),
        ("category=privacy", 0),
        ("whose=nobody", 4),
        ("whose=mine", 0),
        ("whose=escalated", 0),
    ] {
        let page = world.desk.get(&list(query)).await;
        assert_eq!(page.assert_ok().texts(".rows .row").len(), count, "{query}");
    }
    let ticket = world
        .app
        .text("SELECT id FROM support_tickets WHERE priority = 'low'")
        .expect("a ticket");
    let path = format!("/admin/support/{ticket}");
    let me = world.admin.id.to_string();
    for (step, fields) in [
        ("escalation", vec![]),
        ("transfer", vec![("assignee", me.as_str())]),
    ] {
        world
            .desk
            .post(&format!("{path}/{step}"), &fields)
            .await
            .assert_see_other(&path);
    }
    for query in ["whose=mine", "whose=escalated"] {
        let page = world.desk.get(&list(query)).await;
        assert_eq!(page.texts(".rows .row").len(), 1, "{query}");
    }
    let page = world.office.get(&path.replace("/admin/", "/rh/")).await;
    page.assert_ok().assert_nowhere("Escaladé");
    // Given to another admin, then to nobody.
    let other = world.app.admin();
    for (assignee, whose) in [(other.id.to_string(), "mine"), (String::new(), "mine")] {
        world
            .desk
            .post(&format!("{path}/transfer"), &[("assignee", &assignee)])
            .await
            .assert_see_other(&path);
        let page = world.desk.get(&list(&format!("whose={whose}"))).await;
        assert_eq!(page.texts(".rows .row").len(), 0);
    }
    world
        .desk
        .post(&format!("{path}/calming"), &[])
        .await
        .assert_see_other(&path);
    world
        .office
        .get("/rh/support?status=answered")
        .await
        .assert_ok();
}

#[tokio::test]
async fn canned_answers_begin_an_answer() {
    let world = World::start().await;
    let page = world.desk.get("/admin/support/answers").await;
    let fields = [
        ("title", "Invitation <b>"),
        ("body", "Bonjour,\nRenvoyez-la."),
    ];
    let here = "/admin/support/answers";
    for _ in 0..2 {
        world
            .desk
            .submit(&page, here, &fields)
            .await
            .assert_see_other(here);
    }
    assert_eq!(world.app.count("SELECT count(*) FROM support_canned"), 1);
    world
        .desk
        .submit(&page, here, &[("title", ""), ("body", "")])
        .await
        .assert_status(422)
        .assert_text("Donnez-lui un nom");
    let id = world
        .app
        .text("SELECT id FROM support_canned")
        .expect("an answer");
    let ticket = world.opens("Question").await;
    let path = format!("/admin/support/{ticket}");
    world
        .desk
        .get(&format!("{path}?answer={id}"))
        .await
        .assert_ok()
        .assert_text("Renvoyez-la.")
        .assert_nowhere("<b>");
    world.desk.get(&path).await.assert_nowhere("Renvoyez-la.");
    let one = format!("{here}/{id}");
    let page = world.desk.get(&one).await;
    world
        .desk
        .submit(
            &page,
            &one,
            &[("title", "Invitation"), ("body", "Autre texte")],
        )
        .await
        .assert_see_other(here);
    world.desk.get(here).await.assert_text("Autre texte");
    world
        .desk
        .post(&format!("{one}/deletion"), &[])
        .await
        .assert_see_other(here);
    for gone in [one.clone(), format!("{one}/deletion")] {
        world.desk.post(&gone, &fields).await.assert_status(404);
    }
}
