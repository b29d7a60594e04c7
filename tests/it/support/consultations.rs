//! Consultations in any valid state. The builder walks the state machine, as the database demands.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    RunQueryDsl as _, sql_query,
    sql_types::{Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    actors::{Account, Employee, Practitioner},
    app::TestApp,
};

/// A consultation to be written.
pub struct NewConsultation<'app> {
    app: &'app TestApp,
    company_id: Uuid,
    employee_id: Uuid,
    practitioner_id: Uuid,
    format: &'static str,
    starts_at: DateTime<Utc>,
}

impl TestApp {
    /// Something an account was told of a consultation, not read yet.
    pub fn notice(&self, consultation: Uuid, recipient: &Account, kind: &str) -> Uuid {
        let id = Uuid::new_v4();
        sql_query(
            "INSERT INTO notices (id, recipient_id, consultation_id, company_id, kind, starts_at, created_at)
             SELECT $1, $2, c.id, c.company_id, $3, c.starts_at, $4 FROM consultations c WHERE c.id = $5",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(recipient.id)
        .bind::<Text, _>(kind)
        .bind::<Timestamptz, _>(self.now())
        .bind::<SqlUuid, _>(consultation)
        .execute(&mut *self.owner())
        .expect("the notice is written");
        id
    }

    /// Four stars for a completed consultation, not moderated yet.
    pub fn pending_review(&self, consultation: Uuid) -> Uuid {
        self.about(
            "INSERT INTO practitioner_reviews (id, consultation_id, practitioner_id, rating)
             SELECT $1, id, practitioner_id, 4 FROM consultations WHERE id = $2",
            consultation,
        )
    }

    /// A technical problem that the employee signalled.
    pub fn open_report(&self, consultation: Uuid) -> Uuid {
        self.about(
            "INSERT INTO problem_reports (id, consultation_id, company_id, practitioner_id, reporter, category, created_at)
             SELECT $1, id, company_id, practitioner_id, 'employee', 'technical', ended_at FROM consultations WHERE id = $2",
            consultation,
        )
    }

    fn about(&self, statement: &str, consultation: Uuid) -> Uuid {
        let id = Uuid::new_v4();
        sql_query(statement)
            .bind::<SqlUuid, _>(id)
            .bind::<SqlUuid, _>(consultation)
            .execute(&mut *self.owner())
            .expect("it is written");
        id
    }

    /// A video consultation on the next Monday at 10:00 in Paris, 50 minutes, not yet written.
    pub fn consultation<'app>(
        &'app self,
        employee: &Employee,
        practitioner: &Practitioner,
    ) -> NewConsultation<'app> {
        NewConsultation {
            app: self,
            company_id: employee.company_id.expect("an employee has a company"),
            employee_id: employee.id,
            practitioner_id: practitioner.id,
            format: "video",
            starts_at: "2026-03-23T09:00:00Z".parse().expect("a date"),
        }
    }
}

impl NewConsultation<'_> {
    /// Another start, in RFC 3339.
    pub fn at(mut self, starts_at: &str) -> Self {
        self.starts_at = starts_at
            .parse()
            .expect("a date such as 2026-03-23T09:00:00Z");
        self
    }

    /// `video`, `audio` or `in_person`.
    pub fn format(mut self, format: &'static str) -> Self {
        self.format = format;
        self
    }

    /// Kept for ten minutes from now.
    pub fn held(self) -> Uuid {
        let until = self.app.now() + Duration::minutes(10);
        self.written("held", Some(until))
    }

    /// Booked.
    pub fn scheduled(self) -> Uuid {
        self.written("scheduled", None)
    }

    fn written(self, status: &str, expires_at: Option<DateTime<Utc>>) -> Uuid {
        let id = Uuid::new_v4();
        let ends_at = self.starts_at + Duration::minutes(50);
        sql_query(
            "INSERT INTO consultations (id, company_id, employee_id, practitioner_id, format, status, expires_at,
                                        starts_at, ends_at, blocked_until)
             VALUES ($1, $2, $3, $4, $5, $8, $9, $6, $7, $7 + interval '10 minutes')",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(self.company_id)
        .bind::<SqlUuid, _>(self.employee_id)
        .bind::<SqlUuid, _>(self.practitioner_id)
        .bind::<Text, _>(self.format)
        .bind::<Timestamptz, _>(self.starts_at)
        .bind::<Timestamptz, _>(ends_at)
        .bind::<Text, _>(status)
        .bind::<Nullable<Timestamptz>, _>(expires_at)
        .execute(&mut *self.app.owner())
        .expect("the consultation is written");
        id
    }

    /// Confirmed by the practitioner.
    pub fn confirmed(self) -> Uuid {
        let app = self.app;
        let id = self.scheduled();
        app.sql(&format!(
            "UPDATE consultations SET status = 'confirmed' WHERE id = '{id}'"
        ));
        id
    }

    /// Begun on time.
    pub fn in_progress(self) -> Uuid {
        let app = self.app;
        let id = self.confirmed();
        app.sql(&format!(
            "UPDATE consultations SET status = 'in_progress', started_at = starts_at WHERE id = '{id}'"
        ));
        id
    }

    /// Begun on time and ended after so many seconds; the counters have moved.
    pub fn completed(self, seconds: u32) -> Uuid {
        let app = self.app;
        let id = self.in_progress();
        app.sql(&format!(
            "UPDATE consultations SET status = 'completed', ended_at = started_at + interval '{seconds} seconds'
             WHERE id = '{id}'"
        ));
        id
    }

    /// Cancelled by the employee three days before.
    pub fn cancelled(self) -> Uuid {
        let (app, employee) = (self.app, self.employee_id);
        let id = self.scheduled();
        app.sql(&format!(
            "UPDATE consultations SET status = 'cancelled', cancelled_at = starts_at - interval '3 days', cancelled_by = '{employee}'
             WHERE id = '{id}'"
        ));
        id
    }

    /// Confirmed, and nobody came.
    pub fn no_show(self) -> Uuid {
        let app = self.app;
        let id = self.confirmed();
        app.sql(&format!(
            "UPDATE consultations SET status = 'no_show' WHERE id = '{id}'"
        ));
        id
    }

    /// Confirmed, and the practitioner did not come.
    pub fn practitioner_absent(self) -> Uuid {
        let app = self.app;
        let id = self.confirmed();
        app.sql(&format!(
            "UPDATE consultations SET status = 'practitioner_absent' WHERE id = '{id}'"
        ));
        id
    }
}
