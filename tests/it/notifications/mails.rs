//! The mails about appointments: to both, discreet, true when they leave.

use super::world::World;

#[tokio::test]
async fn both_are_told_at_each_turn_in_discreet_words() {
    let world = World::start().await;
    let path = world.books("in_person").await;
    let practice = path.replace("/employee/", "/practitioner/");
    let (employee, practitioner) = world.mails().await;
    let (employee, practitioner) = (employee.expect("a mail"), practitioner.expect("a mail"));
    assert_eq!(employee.subject, "Votre rendez-vous");
    assert_eq!(practitioner.subject, "Nouveau rendez-vous à confirmer");
    for body in [&employee.html, &employee.text] {
        assert!(
            body.contains("lundi 23\u{a0}mars 2026 à 10\u{a0}h\u{a0}00"),
            "{body}"
        );
        assert!(body.contains(&world.practitioner.last_name));
        assert!(body.contains("12 rue de la République"));
        assert!(body.contains(&world.app.url(&path)));
        // Neither title nor profession: the mailbox may be the company's.
        assert!(!body.to_lowercase().contains("psycholog"), "{body}");
    }
    for body in [&practitioner.html, &practitioner.text] {
        assert!(body.contains(&world.app.url(&practice)));
        assert!(!body.contains(&world.employee.last_name), "{body}");
        assert!(!body.contains("TechCorp"));
    }

    let doctor = world.app.client().signed_in_as(&world.practitioner);
    doctor.post(&format!("{practice}/confirmation"), &[]).await;
    let (employee, practitioner) = world.mails().await;
    let employee = employee.expect("a mail");
    assert_eq!(employee.subject, "Votre rendez-vous");
    assert!(employee.text.contains("Votre rendez-vous est confirmé"));
    assert_eq!(
        practitioner.expect("a mail").subject,
        "Rendez-vous confirmé"
    );

    let reason = [("reason", "Un empêchement, pardon.")];
    doctor
        .post(&format!("{practice}/cancellation"), &reason)
        .await;
    let (employee, practitioner) = world.mails().await;
    let employee = employee.expect("a mail");
    assert_eq!(employee.subject, "Votre rendez-vous");
    assert!(employee.text.contains("ne peut pas avoir lieu"));
    assert!(employee.text.contains(&world.app.url("/employee/booking")));
    let practitioner = practitioner.expect("a mail");
    assert!(
        practitioner
            .text
            .contains("Vous avez annulé ce rendez-vous")
    );
}

#[tokio::test]
async fn a_mail_is_in_the_recipients_language_and_zone() {
    let world = World::start().await;
    world.app.sql(
        "UPDATE users SET locale = 'en', timezone = 'America/Montreal' WHERE role = 'employee'",
    );
    world.books("video").await;
    // It is five in the morning there: the mail waits for seven.
    assert!(world.mails().await.0.is_none());
    world.app.clock.advance(chrono::Duration::hours(2));
    let (employee, _) = world.mails().await;
    let employee = employee.expect("a mail");
    let mails = world.app.mails();
    let practitioner = mails
        .iter()
        .find(|mail| mail.to == world.practitioner.email)
        .cloned();
    assert_eq!(employee.subject, "Your appointment");
    assert!(employee.text.contains("Monday 23\u{a0}March 2026 at 05:00"));
    assert!(!employee.text.contains("République"), "not in person");
    assert!(
        practitioner
            .expect("a mail")
            .text
            .contains("10\u{a0}h\u{a0}00")
    );
}

#[tokio::test]
async fn news_that_something_newer_overtook_does_not_leave() {
    let world = World::start().await;
    let path = world.books("video").await;
    let client = world.app.client().signed_in_as(&world.employee);
    client.post(&format!("{path}/cancellation"), &[]).await;
    let (employee, practitioner) = world.mails().await;
    let employee = employee.expect("a mail");
    assert!(employee.text.contains("Comme vous l’avez demandé"));
    assert!(
        practitioner
            .expect("a mail")
            .text
            .contains("La personne a annulé")
    );
    assert_eq!(world.app.mails().len(), 2);
    assert_eq!(
        world.app.count(
            "SELECT count(*) FROM jobs WHERE status = 'done' AND kind = 'notifications.mail'"
        ),
        4
    );
}

#[tokio::test]
async fn a_queue_row_holds_ids_and_nothing_else() {
    let world = World::start().await;
    world.books("video").await;
    let keys = world
        .app
        .text("SELECT string_agg(DISTINCT key, ' ') FROM jobs, jsonb_object_keys(payload) AS key");
    assert_eq!(keys.as_deref(), Some("notice_id"));
    let others = world.app.count(
        "SELECT count(*) FROM jobs, jsonb_each_text(payload) AS field
         WHERE field.value !~ '^[0-9a-f-]{36}$'",
    );
    assert_eq!(others, 0);
}
