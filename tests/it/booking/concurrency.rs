//! Many people, one slot.

use std::{sync::Barrier, thread};

use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};
use futures_util::future::join_all;
use huntzen::infra::config::CARE_LOGIN;
use uuid::Uuid;

use crate::support::{TestApp, client::Client, page::Page};

const SLOT: &str = "2026-03-23T09:00:00Z";

/// Chooses a slot.
async fn choose(client: &Client, practitioner: Uuid, start: &str) -> Page {
    let path = format!("/employee/booking/{practitioner}/holds");
    client.post(&path, &[("start", start)]).await
}

/// Confirms what was chosen.
async fn confirm(client: &Client, kept: &Page) -> Page {
    let path = format!("{}/confirmation", kept.location());
    client.post(&path, &[("format", "video")]).await
}

#[tokio::test]
async fn of_64_people_who_want_one_slot_one_has_it_and_63_are_told_what_is_near() {
    let app = TestApp::start().await;
    let companies = [app.company("TechCorp"), app.company("Rivale")];
    let practitioner = app.practitioner();
    let clients: Vec<Client> = (0..64)
        .map(|number| {
            let employee = app.employee_of(&companies[number % 2]);
            app.client().signed_in_as(&employee)
        })
        .collect();
    let attempts = clients
        .iter()
        .map(|client| choose(client, practitioner.id, SLOT));
    let answers = join_all(attempts).await;
    let won = answers.iter().position(|page| page.status == 303);
    let won = won.expect("somebody has it");
    let lost: Vec<&Page> = answers.iter().filter(|page| page.status != 303).collect();
    assert_eq!(lost.len(), 63);
    for page in lost {
        page.assert_status(409)
            .assert_text("Quelqu’un vient de réserver ce créneau. Aucun rendez-vous n’a été pris.");
        let starts = page.attributes(".slot-days button", "value");
        assert_eq!(starts.len(), 6);
        assert!(starts.iter().all(|start| start != SLOT), "{starts:?}");
    }
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 1);
    assert_eq!(app.count("SELECT count(*) FROM consultation_events"), 0);

    // 64 clicks on the button that confirms: one appointment, and the same answer to each.
    let (client, kept) = (&clients[won], &answers[won]);
    let tabs: Vec<Client> = (0..64).map(|_| client.copy()).collect();
    let clicks = join_all(tabs.iter().map(|tab| confirm(tab, kept))).await;
    for click in &clicks {
        click.assert_see_other(clicks[0].location());
    }
    assert_eq!(
        app.text("SELECT string_agg(status, ' ') FROM consultations"),
        Some("scheduled".to_owned())
    );
    assert_eq!(app.count("SELECT count(*) FROM consultation_events"), 1);
    assert_eq!(app.count("SELECT count(*) FROM jobs"), 2);
}

#[tokio::test]
async fn one_person_in_many_tabs_has_one_appointment_at_one_hour() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioners: Vec<Uuid> = (0..8).map(|_| app.practitioner().id).collect();
    let client = app.client().signed_in_as(&employee);
    let attempts = practitioners
        .iter()
        .map(|practitioner| choose(&client, *practitioner, SLOT));
    let kept = join_all(attempts).await;
    // Each choice takes the place of the one before.
    assert!(kept.iter().all(|page| page.status == 303));
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 1);
    let attempts = kept.iter().map(|kept| confirm(&client, kept));
    let (won, lost): (Vec<_>, Vec<_>) = join_all(attempts)
        .await
        .into_iter()
        .partition(|page| page.status == 303);
    assert_eq!((won.len(), lost.len()), (1, 7));
    for page in lost {
        page.assert_status(404)
            .assert_text("Ce créneau n’est plus gardé pour vous");
    }
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 1);
}

#[tokio::test]
async fn the_daily_maximum_holds_when_everybody_books_at_once() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let practitioner = app.practitioner();
    app.sql("UPDATE practitioners SET daily_maximum = 3");
    let clients: Vec<Client> = (0..14)
        .map(|_| app.client().signed_in_as(&app.employee_of(&company)))
        .collect();
    let starts =
        ["08", "09", "10", "13", "14", "15", "16"].map(|hour| format!("2026-03-23T{hour}:00:00Z"));
    let attempts = clients
        .iter()
        .zip(starts.iter().cycle())
        .map(|(client, start)| choose(client, practitioner.id, start));
    let answers = join_all(attempts).await;
    assert_eq!(answers.iter().filter(|page| page.status == 303).count(), 3);
    assert!(answers.iter().all(|page| matches!(page.status, 303 | 409)));
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 3);
}

#[tokio::test]
async fn of_64_overlapping_slots_that_reach_the_table_one_stays() {
    let app = TestApp::start().await;
    let company = app.company("TechCorp");
    let practitioner = app.practitioner();
    let attempts: Vec<String> = (0..64)
        .map(|minute| {
            let employee = app.employee_of(&company);
            format!(
                "BEGIN; SET LOCAL ROLE hz_employee;
                 SELECT set_config('hz.user_id', '{me}', true), set_config('hz.company_id', '{company}', true);
                 INSERT INTO consultations (company_id, employee_id, practitioner_id, format, status, expires_at,
                                            starts_at, ends_at, blocked_until)
                 SELECT '{company}', '{me}', '{practitioner}', 'video', 'held', at, at, at + interval '65 minutes',
                        at + interval '75 minutes'
                 FROM (SELECT timestamptz '{SLOT}' + interval '{minute} minutes' AS at) AS slot;
                 COMMIT",
                me = employee.id,
                company = company.id,
                practitioner = practitioner.id,
            )
        })
        .collect();
    // Around the engine and its turn-taking: only the table is left to refuse.
    let url = app.login_url(CARE_LOGIN);
    let all_are_there = Barrier::new(attempts.len());
    let won: usize = thread::scope(|scope| {
        let threads: Vec<_> = attempts
            .iter()
            .map(|attempt| {
                scope.spawn(|| {
                    let mut conn = PgConnection::establish(url.expose()).expect("a connection");
                    all_are_there.wait();
                    usize::from(conn.batch_execute(attempt).is_ok())
                })
            })
            .collect();
        let outcomes = threads.into_iter().map(|thread| thread.join());
        outcomes.map(|outcome| outcome.expect("no panic")).sum()
    });
    assert_eq!(won, 1);
    assert_eq!(app.count("SELECT count(*) FROM consultations"), 1);
}
