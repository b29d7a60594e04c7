//! What tickets say is for HR of the company and the platform's admins; the database says so as well.

use uuid::Uuid;

use super::World;

/// A word that nobody may find.
const CANARY: &str = "canari-5531";

#[tokio::test]
async fn nothing_that_is_written_is_in_a_row_and_nobody_else_reads_it() {
    let world = World::start().await;
    let sent = world
        .office
        .upload(
            "/rh/support",
            &[
                ("subject", CANARY),
                ("text", CANARY),
                ("category", "other"),
                ("priority", "low"),
            ],
            &format!("{CANARY}.pdf"),
            format!("%PDF-1.7 {CANARY}").as_bytes(),
        )
        .await;
    sent.assert_status(303);
    let mine = sent.location().to_owned();
    let theirs = mine.replace("/rh/", "/admin/");
    let file = world
        .office
        .get(&mine)
        .await
        .attributes("a[download]", "href")
        .remove(0);
    let note = [("note", CANARY)];
    world
        .desk
        .post(&format!("{theirs}/notes"), &note)
        .await
        .assert_see_other(&theirs);
    assert_eq!(world.app.rows_holding(CANARY), 0);
    world.desk.get(&theirs).await.assert_text(CANARY);
    assert_eq!(
        world
            .desk
            .get(&file.replace("/rh/", "/admin/"))
            .await
            .status,
        200
    );
    assert_eq!(
        world.app.text("SELECT string_agg(scope, ' ' ORDER BY scope) FROM ticket_keys WHERE scope LIKE 'support%'").as_deref(),
        Some("support support_note")
    );
    // A colleague of HR reads it; another company's finds nothing, not even a note's place.
    let colleague = world.app.hr_of(&world.company);
    let colleague = world.app.client().signed_in_as(&colleague);
    colleague.get(&mine).await.assert_ok().assert_text(CANARY);
    colleague.get(&mine).await.assert_nowhere("Notes internes");
    let rival = world.app.hr_of(&world.app.company("Rivale"));
    let rival = world.app.client().signed_in_as(&rival);
    for page in [mine.as_str(), file.as_str()] {
        rival.get(page).await.assert_status(404);
    }
    for step in ["closing", "reopening"] {
        rival
            .post(&format!("{mine}/{step}"), &[])
            .await
            .assert_status(404);
    }
    rival
        .upload(&format!("{mine}/messages"), &[("text", "x")], "", b"")
        .await
        .assert_status(404);
    rival
        .get("/rh/support")
        .await
        .assert_ok()
        .assert_nowhere(CANARY);
    // A file of one ticket is none of another.
    let other = world.opens("Autre chose.").await;
    let id = file.rsplit('/').next().expect("a file");
    world
        .office
        .get(&format!("/rh/support/{other}/files/{id}"))
        .await
        .assert_status(404);
}

#[tokio::test]
async fn the_database_keeps_notes_from_hr_and_companies_apart() {
    let world = World::start().await;
    let ticket = world.opens("Question").await;
    world
        .desk
        .post(
            &format!("/admin/support/{ticket}/notes"),
            &[("note", "Entre nous")],
        )
        .await
        .assert_status(303);
    let rights = "SELECT has_any_column_privilege('hz_hr', 'public.support_notes', 'SELECT, INSERT, UPDATE')::int";
    assert_eq!(world.app.count(rights), 0);
    let seen = |company: Uuid| {
        world.app.sql(&format!(
            "BEGIN; SET LOCAL ROLE hz_hr; SET LOCAL hz.user_id = '{}'; SET LOCAL hz.company_id = '{company}'",
            world.hr.id
        ));
        let seen = world.app.text(
            "SELECT concat_ws(' ', (SELECT string_agg(scope, ' ') FROM ticket_keys), (SELECT count(*) FROM support_tickets),
                              (SELECT count(*) FROM support_messages))",
        );
        world.app.sql("ROLLBACK");
        seen
    };
    assert_eq!(seen(world.company.id).as_deref(), Some("support 1 1"));
    let other = world.app.company("Rivale").id;
    assert_eq!(seen(other).as_deref(), Some("0 0"));
    // Nor does HR write in the platform's name, or take its steps.
    world.app.sql(&format!(
        "BEGIN; SET LOCAL ROLE hz_hr; SET LOCAL hz.user_id = '{}'; SET LOCAL hz.company_id = '{}'",
        world.hr.id, world.company.id
    ));
    let refused = world.app.refuses(&format!(
        "INSERT INTO support_messages (ticket_id, company_id, author_id, from_platform, client_id, text_sealed, sent_at)
         VALUES ('{ticket}', '{}', '{}', true, gen_random_uuid(), '\\x00', now())",
        world.company.id, world.hr.id
    ));
    assert!(refused.contains("row-level security"), "{refused}");
    world.app.sql(&format!(
        "ROLLBACK; BEGIN; SET LOCAL ROLE hz_hr; SET LOCAL hz.user_id = '{}'; SET LOCAL hz.company_id = '{}'",
        world.hr.id, world.company.id
    ));
    let refused = world.app.refuses(&format!(
        "UPDATE support_tickets SET status = 'resolved', ended_at = now() WHERE id = '{ticket}'"
    ));
    assert!(
        refused.starts_with("support_tickets_transition"),
        "{refused}"
    );
    world.app.sql("ROLLBACK");
}

#[tokio::test]
async fn what_ended_two_years_ago_is_destroyed_with_its_keys() {
    let world = World::start().await;
    let (over, running) = (world.opens("Ancien").await, world.opens("En cours").await);
    for ticket in [over, running] {
        world
            .desk
            .post(
                &format!("/admin/support/{ticket}/notes"),
                &[("note", "Note")],
            )
            .await
            .assert_status(303);
    }
    world
        .office
        .post(&format!("/rh/support/{over}/closing"), &[])
        .await
        .assert_status(303);
    let left = || {
        world.app.text(
            "SELECT concat_ws(' ', (SELECT count(*) FROM support_tickets), (SELECT count(*) FROM support_messages),
                              (SELECT count(*) FROM support_notes),
                              (SELECT count(*) FROM ticket_keys WHERE scope LIKE 'support%'))",
        )
    };
    world.app.run_jobs().await;
    assert_eq!(left().as_deref(), Some("2 2 2 4"));
    world
        .app
        .sql("UPDATE support_tickets SET ended_at = '2020-01-01' WHERE ended_at IS NOT NULL");
    world.app.clock.advance(chrono::Duration::days(1));
    world.app.run_jobs().await;
    assert_eq!(left().as_deref(), Some("1 1 1 2"));
    // So that a backup does not bring them back.
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM destroyed_keys WHERE reason = 'destroyed'"),
        2
    );
    world
        .office
        .get(&format!("/rh/support/{over}"))
        .await
        .assert_status(404);
}
