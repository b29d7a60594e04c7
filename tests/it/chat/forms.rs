//! The chat as a page and a form.

use chrono::Duration;

use super::World;

#[tokio::test]
async fn a_message_is_a_form_and_a_reload() {
    let world = World::start().await;
    let (employee, practitioner) = (world.employee(), world.practitioner());
    let page = employee.get(&world.messages("employee")).await;
    page.assert_ok().assert_text("Écrivez le premier message");

    let sent = employee
        .upload(
            &world.messages("employee"),
            &[("text", "Bonjour <b>docteur</b>,\r\nj’ai une question.")],
            "",
            b"",
        )
        .await;
    sent.assert_status(303);
    let page = practitioner.get(&world.messages("practitioner")).await;
    page.assert_ok()
        .assert_text("Bonjour <b>docteur</b>,")
        .assert_text("j’ai une question.");
    let theirs = page.attributes("[data-message]", "data-mine");
    assert!(theirs.is_empty(), "the employee wrote it");

    // Read by the practitioner: the employee sees that, and the badge goes.
    let home = practitioner.get("/practitioner").await;
    assert_eq!(home.texts(".nav .nav-count > [aria-hidden]"), ["1"]);
    practitioner
        .submit(&page, &world.path("practitioner", "messages/reading"), &[])
        .await
        .assert_status(303);
    let home = practitioner.get("/practitioner").await;
    assert!(home.texts(".nav .nav-count > [aria-hidden]").is_empty());
    let page = employee.get(&world.messages("employee")).await;
    assert_eq!(
        page.attributes(".chat-message[data-mine]", "data-seen")
            .len(),
        1
    );
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_message() {
    let world = World::start().await;
    let employee = world.employee();
    let path = world.messages("employee");
    let page = employee.get(&path).await;
    let client_id = page.attributes("[name=client_id]", "value").remove(0);
    for _ in 0..2 {
        let fields = [("text", "Bonjour"), ("client_id", client_id.as_str())];
        employee
            .upload(&path, &fields, "", b"")
            .await
            .assert_status(303);
    }
    assert_eq!(world.app.count("SELECT count(*) FROM chat_messages"), 1);
}

#[tokio::test]
async fn nothing_and_too_much_come_back_with_what_was_typed() {
    let world = World::start().await;
    let employee = world.employee();
    let path = world.messages("employee");
    let page = employee.upload(&path, &[("text", " \n ")], "", b"").await;
    page.assert_status(422)
        .assert_text("Écrivez un message ou joignez un fichier.");
    let long = "é".repeat(4_001);
    let page = employee.upload(&path, &[("text", &long)], "", b"").await;
    page.assert_status(422).assert_text(&long);
    assert_eq!(world.app.count("SELECT count(*) FROM chat_messages"), 0);
}

#[tokio::test]
async fn ones_own_message_is_changed_and_deleted_with_a_trace() {
    let world = World::start().await;
    let message = world
        .app
        .message(world.consultation, &world.employee, "Je viens à 10 h.");
    world
        .app
        .attachment(world.consultation, message, "Bilan.pdf");
    let one = world.path("employee", &format!("messages/{message}"));
    let employee = world.employee();
    let page = employee.get(&one).await;
    page.assert_ok();
    employee
        .submit(&page, &one, &[("text", "Je viens à 11 h.")])
        .await
        .assert_status(303);
    let practitioner = world.practitioner();
    let page = practitioner.get(&world.messages("practitioner")).await;
    page.assert_text("Je viens à 11 h.").assert_text("Modifié");
    page.assert_nowhere("Je viens à 10 h.");

    // The other's message is neither's to change.
    let theirs = world.path("practitioner", &format!("messages/{message}"));
    practitioner
        .post(&theirs, &[("text", "Non")])
        .await
        .assert_status(404);
    practitioner
        .post(&format!("{theirs}/deletion"), &[])
        .await
        .assert_status(404);
    assert_eq!(practitioner.get(&theirs).await.status, 303);

    employee
        .post(&format!("{one}/deletion"), &[])
        .await
        .assert_status(303);
    let page = practitioner.get(&world.messages("practitioner")).await;
    page.assert_text("Message supprimé");
    page.assert_nowhere("Je viens à 11 h.");
    assert_eq!(world.app.count("SELECT count(*) FROM chat_attachments"), 0);
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM chat_messages WHERE text_sealed IS NOT NULL"),
        0
    );
}

#[tokio::test]
async fn a_text_is_changed_for_a_day() {
    let world = World::start().await;
    let message = world
        .app
        .message(world.consultation, &world.employee, "Bonjour");
    world.app.clock.advance(Duration::hours(25));
    let one = world.path("employee", &format!("messages/{message}"));
    let employee = world.employee();
    employee
        .post(&one, &[("text", "Bonsoir")])
        .await
        .assert_status(404);
    let page = employee.get(&one).await;
    page.assert_ok().assert_text("Ce délai est passé");
}

#[tokio::test]
async fn one_writes_until_a_week_after_and_reads_longer() {
    let world = World::start().await;
    world
        .app
        .message(world.consultation, &world.employee, "À lundi");
    world.app.clock.advance(Duration::days(3 + 6));
    let employee = world.employee();
    let path = world.messages("employee");
    let late = employee.upload(&path, &[("text", "Merci")], "", b"").await;
    late.assert_status(303);
    world.app.clock.advance(Duration::days(2));
    let employee = world.employee();
    let page = employee.upload(&path, &[("text", "Encore")], "", b"").await;
    page.assert_status(422)
        .assert_text("L’échange s’est refermé");
    let page = employee.get(&path).await;
    page.assert_text("À lundi").assert_text("Merci");
    assert!(page.attributes("form[enctype]", "action").is_empty());
}

#[tokio::test]
async fn a_cancelled_appointment_can_be_read_and_not_written() {
    let world = World::start().await;
    world
        .app
        .message(world.consultation, &world.practitioner, "À lundi");
    world
        .app
        .sql("UPDATE consultations SET status = 'cancelled', cancelled_at = now()");
    let employee = world.employee();
    let path = world.messages("employee");
    let page = employee
        .upload(&path, &[("text", "Dommage")], "", b"")
        .await;
    page.assert_status(422);
    employee
        .get(&path)
        .await
        .assert_text("À lundi")
        .assert_text("les messages restent lisibles");
}

#[tokio::test]
async fn thirty_messages_at_a_time_and_the_way_up() {
    let world = World::start().await;
    for number in 1..=70 {
        world
            .app
            .message(world.consultation, &world.employee, &format!("n{number}."));
    }
    let practitioner = world.practitioner();
    let shown = |page: &crate::support::page::Page| page.texts("[data-message] .chat-text");
    let page = practitioner.get(&world.messages("practitioner")).await;
    assert_eq!((shown(&page).len(), shown(&page)[0].as_str()), (30, "n41."));
    let older = page.attributes("[data-chat-older]", "href").remove(0);
    let page = practitioner.get(&older).await;
    assert_eq!(
        (shown(&page).len(), shown(&page)[29].as_str()),
        (30, "n40.")
    );
    let oldest = page.attributes("[data-chat-older]", "href").remove(0);
    // As the page's script asks for it: the messages alone.
    let part = world
        .practitioner()
        .with_header("hx-request-type", "partial")
        .get(&oldest)
        .await;
    assert_eq!((shown(&part).len(), shown(&part)[0].as_str()), (10, "n1."));
    part.assert_nowhere("<html");
    part.assert_nowhere("data-chat-older");
}

#[tokio::test]
async fn conversations_are_listed_with_what_waits() {
    let world = World::start().await;
    let employee = world.employee();
    employee
        .get("/employee/messages")
        .await
        .assert_ok()
        .assert_text("Aucun message pour le moment");
    world
        .app
        .message(world.consultation, &world.practitioner, "Bonjour");
    world
        .app
        .message(world.consultation, &world.practitioner, "À lundi");
    let page = employee.get("/employee/messages").await;
    assert_eq!(
        page.attributes(".conversation a", "href"),
        [world.messages("employee")]
    );
    page.assert_text(&world.practitioner.last_name);
    page.assert_text("2 non lus");
    page.assert_nowhere("À lundi");
    // Somebody who only has an appointment with others sees nothing of it.
    let stranger = world.app.client().signed_in_as(&world.app.practitioner());
    stranger
        .get("/practitioner/messages")
        .await
        .assert_text("Aucun message pour le moment");
}
