//! How long a chat is kept, how it is kept, and the mail that says that something waits.

use chrono::Duration;

use super::World;

const CANARY: &str = "Je dors mal depuis mars, canari-4711";

#[tokio::test]
async fn what_is_written_is_in_no_row_of_the_database() {
    let world = World::start().await;
    let sent = world
        .employee()
        .upload(
            &world.messages("employee"),
            &[("text", CANARY)],
            "canari-4711.pdf",
            b"%PDF-1.7 canari-4711",
        )
        .await;
    sent.assert_status(303);
    assert_eq!(world.app.rows_holding("canari-4711"), 0);
}

#[tokio::test]
async fn a_mail_says_after_ten_minutes_that_something_waits_and_nothing_of_what() {
    let world = World::start().await;
    world
        .practitioner()
        .upload(
            &world.messages("practitioner"),
            &[("text", CANARY)],
            "",
            b"",
        )
        .await
        .assert_status(303);
    world.app.clock.advance(Duration::minutes(9));
    world.app.run_jobs().await;
    assert_eq!(about_messages(&world), 0);
    // A second message before the mail: one mail.
    world
        .practitioner()
        .upload(
            &world.messages("practitioner"),
            &[("text", "Êtes-vous là ?")],
            "",
            b"",
        )
        .await
        .assert_status(303);
    world.app.clock.advance(Duration::minutes(2));
    world.app.run_jobs().await;
    world.app.clock.advance(Duration::minutes(30));
    world.app.run_jobs().await;
    assert_eq!(about_messages(&world), 1);
    let mails = world.app.mails();
    let mail = mails
        .iter()
        .find(|mail| mail.subject == "Un message vous attend")
        .expect("the mail");
    assert_eq!(mail.to, world.employee.email);
    for part in [&mail.html, &mail.text] {
        assert!(!part.contains("canari") && !part.contains("HuntZen"));
        assert!(!part.contains(&world.practitioner.last_name));
        assert!(part.contains(&world.messages("employee")));
    }
}

fn about_messages(world: &World) -> usize {
    let mails = world.app.mails();
    mails
        .iter()
        .filter(|mail| mail.subject == "Un message vous attend")
        .count()
}

#[tokio::test]
async fn what_was_read_in_time_needs_no_mail_and_the_night_is_quiet() {
    let world = World::start().await;
    let practitioner = world.practitioner();
    let path = world.messages("practitioner");
    practitioner
        .upload(&path, &[("text", "Bonjour")], "", b"")
        .await
        .assert_status(303);
    world
        .employee()
        .post(&world.path("employee", "messages/reading"), &[])
        .await
        .assert_status(303);
    world.app.clock.advance(Duration::minutes(11));
    world.app.run_jobs().await;
    assert_eq!(about_messages(&world), 0);

    // 22:30 in Paris: the mail leaves at seven.
    world
        .app
        .clock
        .advance(Duration::hours(12) + Duration::minutes(19));
    world
        .practitioner()
        .upload(&path, &[("text", "Bonsoir")], "", b"")
        .await
        .assert_status(303);
    world.app.clock.advance(Duration::minutes(11));
    world.app.run_jobs().await;
    assert_eq!(about_messages(&world), 0);
    world.app.clock.advance(Duration::hours(9));
    world.app.run_jobs().await;
    assert_eq!(about_messages(&world), 1);
}

#[tokio::test]
async fn a_year_after_the_consultation_the_chat_and_its_key_are_destroyed() {
    let world = World::start().await;
    let app = &world.app;
    let message = app.message(world.consultation, &world.employee, CANARY);
    app.attachment(world.consultation, message, "Bilan.pdf");
    let later = app
        .consultation(&world.employee, &world.practitioner)
        .at("2026-05-04T09:00:00Z")
        .scheduled();
    app.message(later, &world.employee, "Plus tard");
    let counts = |app: &crate::support::TestApp| {
        [
            "chat_threads",
            "chat_messages",
            "chat_attachments",
            "chat_reads",
            "data_keys",
        ]
        .map(|table| app.count(&format!("SELECT count(*) FROM {table}")))
    };
    assert_eq!(counts(app), [2, 2, 1, 4, 2]);
    app.clock.advance(Duration::days(360));
    app.run_jobs().await;
    assert_eq!(counts(app), [2, 2, 1, 4, 2]);
    // 365 days after 23 March 2026, and the night of it.
    app.clock.advance(Duration::days(10));
    app.run_jobs().await;
    assert_eq!(counts(app), [1, 1, 0, 2, 1]);
    assert_eq!(
        app.count(&format!(
            "SELECT count(*) FROM data_keys WHERE owner_id = '{later}'"
        )),
        1
    );
}
