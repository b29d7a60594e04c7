//! Requests of the waiting list and slots that are offered, put in place as the owner.

use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Uuid as SqlUuid};
use uuid::Uuid;

use super::{
    actors::{Employee, Practitioner},
    app::TestApp,
};

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

impl TestApp {
    /// Somebody waits for a practitioner, on any day.
    pub fn waiting(&self, employee: &Employee, practitioner: &Practitioner) -> Uuid {
        sql_query(format!(
            "INSERT INTO waitlist_requests (company_id, employee_id, practitioner_id, weekdays, created_at, queued_at)
             SELECT company_id, user_id, $2, '{{1,2,3,4,5,6,7}}', '{now}', '{now}' FROM employees WHERE user_id = $1
             RETURNING id",
            now = self.now().to_rfc3339(),
        ))
        .bind::<SqlUuid, _>(employee.id)
        .bind::<SqlUuid, _>(practitioner.id)
        .get_result::<Id>(&mut *self.owner())
        .expect("the request is written")
        .id
    }

    /// A slot that is held for half an hour for whoever waits, from this start.
    pub fn offered(&self, request: Uuid, starts_at: &str) -> Uuid {
        sql_query(format!(
            "WITH held AS (
                 INSERT INTO consultations (company_id, employee_id, practitioner_id, format, status, offered,
                                            starts_at, ends_at, blocked_until, expires_at)
                 SELECT company_id, employee_id, practitioner_id, 'video', 'held', true, '{starts_at}'::timestamptz,
                        '{starts_at}'::timestamptz + interval '50 minutes', '{starts_at}'::timestamptz + interval '1 hour',
                        '{now}'::timestamptz + interval '30 minutes'
                 FROM waitlist_requests WHERE id = $1 RETURNING *)
             INSERT INTO waitlist_offers (request_id, company_id, employee_id, practitioner_id, starts_at, consultation_id,
                                          offered_at, expires_at)
             SELECT $1, company_id, employee_id, practitioner_id, starts_at, id, '{now}', expires_at FROM held
             RETURNING id",
            now = self.now().to_rfc3339(),
        ))
        .bind::<SqlUuid, _>(request)
        .get_result::<Id>(&mut *self.owner())
        .expect("the offer is written")
        .id
    }
}
