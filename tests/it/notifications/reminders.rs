//! Reminders: once each, true, at the right time.

use chrono::{DateTime, Duration, Utc};
use huntzen::{jobs, notifications::model::News};
use uuid::Uuid;

use super::{files, world::World};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

impl World {
    fn now_is(&self, text: &str) {
        self.app.clock.advance(at(text) - self.app.now());
    }

    /// The reminders written so far, of both people.
    fn reminders(&self) -> String {
        self.app
            .text(
                "SELECT string_agg(kind || ' ' || n, ', ' ORDER BY kind DESC) FROM (
                    SELECT kind, count(*) AS n FROM notices WHERE kind LIKE 'reminder%' GROUP BY kind) AS k",
            )
            .unwrap_or_default()
    }

    async fn works(&self) {
        self.app.run_jobs().await;
    }

    /// Mails to the employee so far.
    fn mailed(&self) -> usize {
        let mails = self.app.mails();
        let to = mails.iter().filter(|mail| mail.to == self.employee.email);
        to.count()
    }
}

#[tokio::test]
async fn both_are_reminded_two_days_a_day_and_an_hour_before() {
    let world = World::start().await;
    world.confirmed_at("2026-03-25T14:00:00Z");
    world.now_is("2026-03-23T13:55:00Z");
    world.works().await;
    assert_eq!(world.reminders(), "");
    world.now_is("2026-03-23T14:00:00Z");
    world.works().await;
    assert_eq!(world.reminders(), "reminder_48h 2");
    world.now_is("2026-03-24T14:00:00Z");
    world.works().await;
    world.now_is("2026-03-25T13:00:00Z");
    world.works().await;
    assert_eq!(
        world.reminders(),
        "reminder_48h 2, reminder_24h 2, reminder_1h 2"
    );
    let mails = world.app.mails();
    assert_eq!(world.mailed(), 3);
    // A practitioner is reminded by mail of the day before only, unless they ask for more.
    assert_eq!(mails.len(), 4);
    let last = mails.iter().rfind(|mail| mail.to == world.employee.email);
    let last = last.expect("a mail");
    assert_eq!(last.subject, "Votre rendez-vous");
    assert!(
        last.text.contains("Votre rendez-vous approche"),
        "{}",
        last.text
    );
    assert!(last.text.contains("15\u{a0}h\u{a0}00"), "{}", last.text);
    let (file, _) = files::attached(last);
    assert_eq!(file.method, "REQUEST");
    world.now_is("2026-03-25T15:00:00Z");
    world.works().await;
    assert_eq!(world.app.mails().len(), 4);
}

#[tokio::test]
async fn two_runners_and_a_restart_remind_once() {
    let world = World::start().await;
    for hour in 8..12 {
        world.confirmed_at(&format!("2026-03-24T{hour:02}:00:00Z"));
    }
    world.now_is("2026-03-23T12:00:00Z");
    let (left, right) = (
        world.app.runner(jobs::registry()),
        world.app.runner(jobs::registry()),
    );
    let (left, right) = tokio::join!(left.run_until_idle(), right.run_until_idle());
    assert!(left.is_ok() && right.is_ok());
    // A new process knows nothing of the periods before, and the next period finds the work done.
    world.works().await;
    world.now_is("2026-03-23T12:05:00Z");
    world.works().await;
    assert_eq!(world.reminders(), "reminder_24h 8");
    assert_eq!(world.mailed(), 4);
    assert_eq!(world.app.mails().len(), 8);
}

#[tokio::test]
async fn a_change_of_time_arms_the_reminders_again() {
    let world = World::start().await;
    let id = world.confirmed_at("2026-03-24T14:00:00Z");
    world.now_is("2026-03-23T14:30:00Z");
    world.works().await;
    assert_eq!(world.reminders(), "reminder_24h 2");
    world.moves(id, "2026-03-27T14:00:00Z").await;
    world.works().await;
    assert_eq!(world.reminders(), "reminder_24h 2");
    let told = world.mailed();
    world.now_is("2026-03-26T14:30:00Z");
    world.works().await;
    // Nothing ran two days before, and by now the reminder of the day before says it better.
    assert_eq!(world.reminders(), "reminder_24h 4");
    assert_eq!(world.mailed(), told + 1);
}

#[tokio::test]
async fn whoever_was_just_told_needs_no_reminder() {
    let world = World::start().await;
    let id: Uuid = world.booked_at("2026-03-21T08:00:00Z", "video").await;
    world.app.sql(&format!(
        "UPDATE consultations SET status = 'confirmed' WHERE id = '{id}'"
    ));
    // Booked 23 hours before: that mail has said it.
    world.works().await;
    assert_eq!(world.reminders(), "");
    world.now_is("2026-03-21T07:00:00Z");
    world.works().await;
    assert_eq!(world.reminders(), "reminder_1h 2");
}

#[tokio::test]
async fn only_what_takes_place_is_recalled() {
    let world = World::start().await;
    let new = |start: &str| {
        world
            .app
            .consultation(&world.employee, &world.practitioner)
            .at(start)
    };
    new("2026-03-21T09:00:00Z").scheduled();
    new("2026-03-21T10:00:00Z").cancelled();
    world.works().await;
    assert_eq!(world.reminders(), "");
    // Cancelled between the reminder and its mail.
    let id = new("2026-03-21T12:00:00Z").confirmed();
    let before = world.app.mails().len();
    world.app.sql(&format!(
        "INSERT INTO notices (recipient_id, consultation_id, company_id, kind, starts_at, created_at)
         SELECT employee_id, id, company_id, 'reminder_24h', starts_at, now() FROM consultations WHERE id = '{id}';
         INSERT INTO jobs (kind, payload, run_at)
         SELECT 'notifications.mail', jsonb_build_object('notice_id', id), '2026-03-20T09:00:00Z' FROM notices;
         UPDATE consultations SET status = 'cancelled', cancelled_at = now() WHERE id = '{id}'"
    ));
    world.works().await;
    assert_eq!(world.app.mails().len(), before);
}

#[tokio::test]
async fn quiet_hours_delay_a_reminder_or_drop_it() {
    let world = World::start().await;
    // 7:45 in Paris: the hour before falls in the night, which ends at 7:00.
    world.confirmed_at("2026-03-24T06:45:00Z");
    world.now_is("2026-03-24T05:50:00Z");
    world.works().await;
    let before = world.mailed();
    assert!(world.reminders().contains("reminder_1h 2"));
    world.now_is("2026-03-24T06:00:00Z");
    world.works().await;
    assert_eq!(world.mailed(), before + 1);

    // 7:10: the night ends ten minutes before, too late to be of use.
    world.confirmed_at("2026-03-25T06:10:00Z");
    world.now_is("2026-03-25T05:15:00Z");
    world.works().await;
    assert!(world.reminders().contains("reminder_1h 4"));
    let before = world.mailed();
    world.now_is("2026-03-25T06:00:00Z");
    world.works().await;
    assert_eq!(world.mailed(), before);
}

#[tokio::test]
async fn quiet_hours_delay_news_but_not_of_an_appointment_that_begins_soon() {
    let world = World::start().await;
    let late = world.confirmed_at("2026-03-26T09:00:00Z");
    let soon = world.confirmed_at("2026-03-24T07:00:00Z");
    world.now_is("2026-03-23T23:00:00Z");
    for id in [late, soon] {
        world.app.sql(&format!(
            "UPDATE consultations SET status = 'cancelled', cancelled_at = now() WHERE id = '{id}'"
        ));
        world.announces(id, News::Cancelled).await;
    }
    world.works().await;
    let cancelled = |world: &World| {
        let mails = world.app.mails();
        let told = mails.iter().filter(|mail| mail.text.contains("est annulé"));
        told.filter(|mail| mail.to == world.employee.email).count()
    };
    assert_eq!(cancelled(&world), 1);
    world.now_is("2026-03-24T06:00:00Z");
    world.works().await;
    assert_eq!(cancelled(&world), 2);
}

#[tokio::test]
async fn a_mail_that_waited_says_what_is_true_when_it_leaves() {
    let world = World::start().await;
    world.now_is("2026-03-22T22:00:00Z");
    let id = world.booked_at("2026-03-26T09:00:00Z", "video").await;
    world.works().await;
    assert_eq!(world.mailed(), 0);
    world.moves(id, "2026-03-27T09:00:00Z").await;
    world.app.clock.advance(Duration::hours(8));
    world.works().await;
    let mails = world.app.mails();
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to == world.employee.email)
        .collect();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].text.contains("vendredi 27\u{a0}mars 2026"),
        "{}",
        told[0].text
    );
    assert!(told[0].text.contains("Auparavant"), "{}", told[0].text);
}
