//! The calendar files of mails, through a whole life of an appointment.

use chrono::{DateTime, Utc};
use huntzen::{
    infra::mailer::Sender,
    notifications::{
        ics::{self, Entry, Invitation, Method, Standing},
        model::News,
    },
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{files, world::World};

#[tokio::test]
async fn an_appointment_keeps_its_uid_and_its_sequence_grows() {
    let world = World::start().await;
    let id = world.booked("in_person").await.to_string();
    let (employee, practitioner) = world.mails().await;
    let (file, first) = files::attached(&employee.expect("a mail"));
    assert_eq!(
        (file.method.as_str(), first.status.as_str()),
        ("REQUEST", "TENTATIVE")
    );
    assert_eq!(first.uid, id);
    assert_eq!(first.sequence, "0");
    assert_eq!(
        first.starts_at,
        "2026-03-23T09:00:00Z"
            .parse::<DateTime<Utc>>()
            .expect("a date")
    );
    assert_eq!((first.ends_at - first.starts_at).num_minutes(), 50);
    assert_eq!(first.class, "PRIVATE");
    let organizer = first.organizer.as_deref();
    assert_eq!(organizer, Some("mailto:bonjour@huntzen.example"));
    let attendee = format!("mailto:{}", world.employee.email);
    assert_eq!(first.attendee, Some(attendee));
    // The mailbox may be the company's, and calendars are shared.
    assert_eq!(first.summary, "Rendez-vous");
    assert_eq!(first.location, None);
    let (_, theirs) = files::attached(&practitioner.expect("a mail"));
    assert_eq!(
        (theirs.uid.as_str(), theirs.summary.as_str()),
        (id.as_str(), "Consultation")
    );
    let address = "12 rue de la République, 69002 Lyon";
    assert_eq!(theirs.location.as_deref(), Some(address));

    world
        .moves(id.parse().expect("an id"), "2026-03-24T09:00:00Z")
        .await;
    let (employee, _) = world.mails().await;
    let (file, moved) = files::attached(&employee.expect("a mail"));
    assert_eq!(
        (file.method.as_str(), moved.uid.as_str()),
        ("REQUEST", id.as_str())
    );
    assert_eq!(moved.sequence, "1");
    assert_eq!((moved.starts_at - first.starts_at).num_hours(), 24);

    let practice = format!("/practitioner/consultations/{id}");
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    doctor.post(&format!("{practice}/confirmation"), &[]).await;
    let (employee, _) = world.mails().await;
    let (_, confirmed) = files::attached(&employee.expect("a mail"));
    assert_eq!(confirmed.status, "CONFIRMED");

    doctor
        .post(
            &format!("{practice}/cancellation"),
            &[("reason", "Un empêchement, pardon.")],
        )
        .await;
    let (employee, _) = world.mails().await;
    let (file, cancelled) = files::attached(&employee.expect("a mail"));
    assert_eq!(
        (file.method.as_str(), cancelled.status.as_str()),
        ("CANCEL", "CANCELLED")
    );
    assert_eq!(cancelled.uid, id);
    assert_eq!(cancelled.organizer, first.organizer);
    assert_eq!(cancelled.sequence, "2");
}

#[tokio::test]
async fn the_week_of_the_clock_change_is_right_in_three_zones() {
    for (zone, before, after) in [
        (
            "Europe/Paris",
            "vendredi 27\u{a0}mars 2026 à 10\u{a0}h\u{a0}00",
            "lundi 30\u{a0}mars 2026 à 10\u{a0}h\u{a0}00",
        ),
        (
            "America/New_York",
            "vendredi 27\u{a0}mars 2026 à 05\u{a0}h\u{a0}00",
            "lundi 30\u{a0}mars 2026 à 04\u{a0}h\u{a0}00",
        ),
        (
            "Australia/Lord_Howe",
            "vendredi 27\u{a0}mars 2026 à 20\u{a0}h\u{a0}00",
            "lundi 30\u{a0}mars 2026 à 19\u{a0}h\u{a0}00",
        ),
    ] {
        let world = World::start().await;
        world.app.sql(&format!(
            "UPDATE users SET timezone = '{zone}' WHERE role = 'employee';
             INSERT INTO notification_preferences (user_id, muted_in_app, muted_mail, discreet)
             SELECT id, '{{}}', '{{}}', true FROM users WHERE role = 'employee'"
        ));
        // Ten o'clock in Paris on both sides of the change: 9:00 and 8:00 in UTC.
        for (start, shown) in [
            ("2026-03-27T09:00:00Z", before),
            ("2026-03-30T08:00:00Z", after),
        ] {
            world.booked_at(start, "video").await;
            let (employee, _) = world.mails().await;
            let employee = employee.expect("a mail");
            let said = employee.text.replace(" 0", " ");
            let shown = shown.replace(" 0", " ");
            assert!(said.contains(&shown), "{zone} {start}: {}", employee.text);
            let (_, event) = files::attached(&employee);
            assert_eq!(
                event.starts_at,
                start.parse::<DateTime<Utc>>().expect("a date")
            );
        }
    }
}

#[tokio::test]
async fn who_turns_discretion_off_reads_with_whom_and_where() {
    let world = World::start().await;
    let client = world.app.client().signed_in_as(&world.employee);
    let page = client.get("/employee/notifications/preferences").await;
    let action = "/employee/notifications/preferences";
    client
        .submit(&page, action, &[("discreet", "")])
        .await
        .assert_status(303);
    world.booked("in_person").await;
    let (employee, _) = world.mails().await;
    let employee = employee.expect("a mail");
    let name = format!(
        "Psychologue clinicienne {} {}",
        world.practitioner.first_name, world.practitioner.last_name
    );
    assert!(
        employee.subject.contains("lundi 23\u{a0}mars 2026"),
        "{}",
        employee.subject
    );
    assert!(employee.text.contains(&name), "{}", employee.text);
    assert_eq!(employee.sender, None);
    let (_, event) = files::attached(&employee);
    assert_eq!(event.summary, format!("Rendez-vous avec {name}"));
    assert!(
        event
            .location
            .is_some_and(|place| place.contains("République, 69002"))
    );
}

#[tokio::test]
async fn appointments_booked_together_make_one_mail_with_a_file_each() {
    let world = World::start().await;
    let starts = [
        "2026-03-23T09:00:00Z",
        "2026-03-30T08:00:00Z",
        "2026-04-06T08:00:00Z",
    ];
    let mut ids = Vec::new();
    for start in starts {
        let new = world.app.consultation(&world.employee, &world.practitioner);
        ids.push(new.at(start).scheduled());
    }
    world.app.sql(&format!(
        "UPDATE consultations SET series_id = '{}'",
        ids[0]
    ));
    for id in &ids {
        world.announces(*id, News::Booked).await;
    }
    world.app.run_jobs().await;
    let mails = world.app.mails();
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        for day in ["23\u{a0}mars", "30\u{a0}mars", "6\u{a0}avril"] {
            assert!(mail.text.contains(day), "{}", mail.text);
        }
        let files = mail.attachments.iter();
        let events: Vec<_> = files
            .flat_map(|file| files::read(std::str::from_utf8(&file.content).expect("UTF-8")).events)
            .collect();
        let uids: Vec<_> = events.iter().map(|event| event.uid.clone()).collect();
        assert_eq!(uids, ids.iter().map(Uuid::to_string).collect::<Vec<_>>());
        for (event, id) in events.iter().zip(&ids) {
            assert!(event.description.contains(&id.to_string()), "{event:?}");
        }
    }
}

#[tokio::test]
async fn a_discreet_mail_says_where_to_go_and_not_what_the_door_says() {
    let world = World::start().await;
    let new = world.app.consultation(&world.employee, &world.practitioner);
    let id = new.format("in_person").scheduled();
    world.app.sql(&format!(
        "WITH place AS (
            INSERT INTO places (practitioner_id, name, address, directions)
            VALUES ('{}', 'Cabinet de psychologie', '3 quai des Lilas, Nantes', 'Sonner à Psychologue') RETURNING id)
         UPDATE consultations SET place_id = place.id FROM place",
        world.practitioner.id
    ));
    world.announces(id, News::Booked).await;
    let (employee, practitioner) = world.mails().await;
    let (employee, practitioner) = (employee.expect("a mail"), practitioner.expect("a mail"));
    assert!(
        employee.text.contains("3 quai des Lilas"),
        "{}",
        employee.text
    );
    assert!(
        !employee.text.to_lowercase().contains("psycho"),
        "{}",
        employee.text
    );
    let (_, theirs) = files::attached(&practitioner);
    let place = theirs.location.expect("a place");
    assert_eq!(place, "3 quai des Lilas, Nantes · Sonner à Psychologue");
}

/// Everything that could say too much, in one practitioner: a discreet mail and its file hold none of it.
#[tokio::test]
async fn nothing_sensitive_is_in_a_discreet_mail_its_file_or_the_feed() {
    let world = World::start().await;
    world.app.sql(
        "UPDATE practitioners SET title = 'Docteure', specialty = 'psychiatrist', bio = 'Troubles anxieux'",
    );
    let feed = world.app.calendar_feed(&world.employee);
    let path = world.books("video").await;
    let practice = path.replace("/employee/", "/practitioner/");
    let doctor = world.app.client().signed_in_as(&world.practitioner);
    doctor.post(&format!("{practice}/confirmation"), &[]).await;
    world.app.run_jobs().await;
    let feed = world
        .app
        .client()
        .get(&format!("/calendar/{feed}.ics"))
        .await;
    doctor
        .post(
            &format!("{practice}/cancellation"),
            &[("reason", "Un empêchement, pardon.")],
        )
        .await;
    world.app.run_jobs().await;
    let mails = world.app.mails();
    let to_employee: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to == world.employee.email)
        .collect();
    assert!(to_employee.len() >= 2);
    let mut texts = vec![feed.text()];
    for mail in to_employee {
        assert_eq!(mail.subject, "Votre rendez-vous");
        let sender = mail.sender.as_ref().expect("a neutral sender");
        assert_eq!(sender.name, "Rendez-vous");
        texts.extend([mail.html.clone(), mail.text.clone()]);
        let files = mail.attachments.iter();
        texts.extend(files.map(|file| String::from_utf8(file.content.clone()).expect("UTF-8")));
    }
    for text in texts {
        let text = text.replace("\r\n ", "").to_lowercase();
        for word in [
            "psych",
            "angoisse",
            "docteur",
            "anxi",
            "huntzen care",
            "3114",
            "santé",
            "thérap",
        ] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

fn entry<'a>(summary: &'a str, location: &'a str) -> Entry<'a> {
    Entry {
        uid: Uuid::from_u128(7),
        sequence: 3,
        starts_at: "2026-03-29T00:30:00Z".parse().expect("a date"),
        ends_at: "2026-03-29T01:20:00Z".parse().expect("a date"),
        stamp: "2026-03-20T09:00:00Z".parse().expect("a date"),
        standing: Standing::Confirmed,
        summary,
        location: Some(location),
        description: "Détails",
        link: "https://care.example/x",
    }
}

fn file_of(summary: &str, location: &str, name: &str) -> String {
    ics::invitation(&Invitation {
        method: Method::Request,
        organizer: &Sender {
            name: name.to_owned(),
            address: "agenda@care.example".to_owned(),
        },
        attendee: "zoe@techcorp.example",
        entry: &entry(summary, location),
    })
}

#[test]
fn commas_semicolons_backslashes_and_line_breaks_come_back_as_they_were() {
    let place = "Cabinet « Les Tilleuls », bât. B; 2e étage\nCode\\porte: 12";
    let file = files::read(&file_of(
        "Rendez-vous, à l’heure; merci",
        place,
        "Zoé \"Z\" O’Brien; A, B: C",
    ));
    assert_eq!(file.events[0].summary, "Rendez-vous, à l’heure; merci");
    assert_eq!(file.events[0].location.as_deref(), Some(place));
    let injected = file_of(
        "a\r\nEND:VEVENT\r\nX-EVIL:1",
        "b\rc",
        "d\nATTENDEE:mailto:e@f",
    );
    assert!(!injected.contains("\r\nX-EVIL"), "{injected}");
    assert!(!injected.contains("\r\nATTENDEE:mailto:e@f"), "{injected}");
    assert_eq!(files::read(&injected).events.len(), 1);
}

proptest! {
    #[test]
    fn any_text_survives_folding_and_escaping(summary in "[^\\p{Cc}]{1,200}", location in "(\\PC|\n){1,300}") {
        let file = files::read(&file_of(&summary, &location, "Agenda"));
        prop_assert_eq!(file.events[0].summary.trim(), summary.trim());
        prop_assert_eq!(file.events[0].location.as_deref().map(str::trim), Some(location.trim()));
    }
}
