//! An employee and a practitioner, and the mails they get.

use chrono::{DateTime, Utc};
use huntzen::{
    infra::{actor::Worker, mailer::Mail},
    notifications::{model::News, queries::announce},
};
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
};

/// What the employee writes to the practitioner.
pub const MESSAGE: &str = "Crises d’angoisse avant chaque réunion.";

pub struct World {
    pub app: TestApp,
    pub employee: Employee,
    pub practitioner: Practitioner,
}

impl World {
    pub async fn start() -> Self {
        let app = TestApp::start().await;
        let employee = app.employee_of(&app.company("TechCorp"));
        Self {
            practitioner: app.practitioner(),
            employee,
            app,
        }
    }

    /// Books through the forms, with a word to the practitioner, and answers where the appointment is.
    pub async fn books(&self, format: &str) -> String {
        let client = self.app.client().signed_in_as(&self.employee);
        let holds = format!("/employee/booking/{}/holds", self.practitioner.id);
        let start = [("start", "2026-03-23T09:00:00Z")];
        let kept = client.post(&holds, &start).await;
        kept.assert_status(303);
        let action = format!("{}/confirmation", kept.location());
        let fields = [("format", format), ("message", MESSAGE)];
        let sent = client.post(&action, &fields).await;
        sent.assert_status(303);
        sent.location().to_owned()
    }

    /// An appointment on Monday at ten in Paris that was just booked.
    pub async fn booked(&self, format: &'static str) -> Uuid {
        self.booked_at("2026-03-23T09:00:00Z", format).await
    }

    /// An appointment that was just booked.
    pub async fn booked_at(&self, start: &str, format: &'static str) -> Uuid {
        let new = self.app.consultation(&self.employee, &self.practitioner);
        let id = new.at(start).format(format).scheduled();
        self.announces(id, News::Booked).await;
        id
    }

    /// Tells both what happened to an appointment.
    pub async fn announces(&self, id: Uuid, news: News) {
        Worker::door(&self.app.shared)
            .write(move |tx| announce(tx, id, news))
            .await
            .expect("the news is written");
    }

    /// Moves an appointment, as rescheduling does, and tells both.
    pub async fn moves(&self, id: Uuid, start: &str) {
        let from = self
            .app
            .text(&format!(
                "SELECT to_json(starts_at) #>> '{{}}' FROM consultations WHERE id = '{id}'"
            ))
            .and_then(|text| text.parse::<DateTime<Utc>>().ok())
            .expect("its start");
        self.app.sql(&format!(
            "UPDATE consultations SET starts_at = '{start}', ends_at = timestamptz '{start}' + interval '50 minutes',
                                      blocked_until = timestamptz '{start}' + interval '60 minutes'
             WHERE id = '{id}'"
        ));
        self.announces(id, News::Rescheduled { from }).await;
    }

    /// The mails sent since the last time: the employee's and the practitioner's.
    pub async fn mails(&self) -> (Option<Mail>, Option<Mail>) {
        let before = self.app.mails().len();
        self.app.run_jobs().await;
        let new = self.app.mails().split_off(before);
        let to = |email: &str| new.iter().find(|mail| mail.to == email).cloned();
        (to(&self.employee.email), to(&self.practitioner.email))
    }

    /// A confirmed appointment that nobody was told of.
    pub fn confirmed_at(&self, start: &str) -> Uuid {
        self.app
            .consultation(&self.employee, &self.practitioner)
            .at(start)
            .confirmed()
    }
}
