//! Booking: each connection's employee chooses one free slot after the other, each choice in place
//! of the one before; then confirms a list of held slots, no two alike.

use anyhow::{Context as _, ensure};
use chrono::{DateTime, Utc};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    Subject,
    http::{Request, Visitor},
    load::{self, Measured},
    scenarios::form_token,
    server::Server,
};

pub(super) const NAME: &str = "booking POST";
pub(super) const HOLD_NAME: &str = "booking: hold POST";

/// Bookings per connection: a month of one practitioner's free hours, at most.
const MOST: usize = 80;

/// What the two steps of a booking cost.
pub(super) struct Booked {
    /// Choosing a slot: judged, then held.
    pub(super) held: Measured,
    /// Confirming it.
    pub(super) confirmed: Measured,
}

/// What booking costs; `None` when there is no slot page. `addresses` are the visitors', in order. The
/// consultations are deleted afterwards, with their history and mails.
pub(super) async fn measure(
    subject: &mut Subject,
    server: &Server,
    visitors: &mut [Visitor],
    addresses: &[String],
) -> anyhow::Result<Option<Booked>> {
    let practitioners = subject.practitioners.clone();
    let mut calendars = Vec::new();
    for (visitor, practitioner) in visitors.iter_mut().zip(practitioners.iter().rev()) {
        let Some(calendar) = Calendar::read(visitor, *practitioner).await? else {
            return Ok(None);
        };
        calendars.push(calendar);
    }
    let choices = calendars.iter().map(Calendar::choices);
    let choices = choices.collect::<anyhow::Result<Vec<_>>>()?;
    let held = load::once(subject, server, visitors, &choices, 303).await;
    let_go(&mut subject.owner, addresses)?;
    let held = held?;

    let mut ids = Vec::new();
    let mut requests = Vec::new();
    for (calendar, address) in calendars.iter().zip(addresses) {
        let holds = calendar.hold_all(&mut subject.owner, address)?;
        requests.push(calendar.confirmations(&holds)?);
        ids.extend(holds);
    }
    let confirmed = load::once(subject, server, visitors, &requests, 303).await;
    clean_up(&mut subject.owner, &ids)?;
    Ok(Some(Booked {
        held,
        confirmed: confirmed?,
    }))
}

/// The free hours of one practitioner, who is nobody else's here.
struct Calendar {
    practitioner: Uuid,
    token: String,
    starts: Vec<String>,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

impl Calendar {
    async fn read(visitor: &mut Visitor, practitioner: Uuid) -> anyhow::Result<Option<Self>> {
        let path = format!("/employee/booking/{practitioner}");
        let answer = visitor
            .exchange(&Request::get(format!("{path}?days=30")))
            .await?;
        if answer.status == 404 {
            return Ok(None);
        }
        ensure!(
            answer.status == 200,
            "no slot page at {path} ({})",
            answer.status
        );
        let token = form_token(visitor)?;
        // The first hours are within the employee's own appointments now and then: those of the
        // bench begin tomorrow, and are taken in the page's order.
        let starts: Vec<String> = visitor
            .text()
            .split("name=\"start\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .take(MOST)
            .map(str::to_owned)
            .collect();
        ensure!(
            !starts.is_empty(),
            "the slot page at {path} has no free slot"
        );
        Ok(Some(Self {
            practitioner,
            token,
            starts,
        }))
    }

    fn choices(&self) -> anyhow::Result<Vec<Request>> {
        let path = format!("/employee/booking/{}/holds", self.practitioner);
        let choice = |start: &String| {
            let fields = [("csrf", self.token.as_str()), ("start", start.as_str())];
            Request::post(path.clone(), &fields)
        };
        self.starts.iter().map(choice).collect()
    }

    /// Holds every slot at once, which no employee could.
    fn hold_all(&self, owner: &mut PgConnection, address: &str) -> anyhow::Result<Vec<Uuid>> {
        let starts: Vec<DateTime<Utc>> = self
            .starts
            .iter()
            .map(|start| start.parse().context("the page's own date"))
            .collect::<anyhow::Result<_>>()?;
        let rows: Vec<Id> = sql_query(
            "INSERT INTO consultations (company_id, employee_id, practitioner_id, format, status,
                                        starts_at, ends_at, blocked_until, expires_at)
             SELECT u.company_id, u.id, p.user_id, 'video', 'held', start,
                    start + make_interval(mins => p.slot_minutes),
                    start + make_interval(mins => p.slot_minutes + p.buffer_minutes), now() + interval '1 hour'
             FROM users u, practitioners p, unnest($1) AS start
             WHERE u.email = $2 AND p.user_id = $3 RETURNING id",
        )
        .bind::<Array<Timestamptz>, _>(starts)
        .bind::<Text, _>(address)
        .bind::<SqlUuid, _>(self.practitioner)
        .load(owner)
        .context("the slots of the benchmark cannot be held")?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    fn confirmations(&self, holds: &[Uuid]) -> anyhow::Result<Vec<Request>> {
        let confirmation = |hold: &Uuid| {
            let path = format!(
                "/employee/booking/{}/holds/{hold}/confirmation",
                self.practitioner
            );
            let fields = [("csrf", self.token.as_str()), ("format", "video")];
            Request::post(path, &fields)
        };
        holds.iter().map(confirmation).collect()
    }
}

/// Gives back the last slot that each of these employees chose.
fn let_go(owner: &mut PgConnection, addresses: &[String]) -> anyhow::Result<()> {
    sql_query(
        "DELETE FROM consultations WHERE status = 'held'
         AND employee_id IN (SELECT id FROM users WHERE email = ANY ($1))",
    )
    .bind::<Array<Text>, _>(addresses)
    .execute(owner)
    .context("the slots of the benchmark cannot be given back")?;
    Ok(())
}

fn clean_up(owner: &mut PgConnection, ids: &[Uuid]) -> anyhow::Result<()> {
    for statement in [
        "DELETE FROM jobs WHERE payload ->> 'notice_id' IN
             (SELECT id::text FROM notices WHERE consultation_id = ANY ($1))",
        "DELETE FROM notices WHERE consultation_id = ANY ($1)",
        "DELETE FROM consultation_events WHERE consultation_id = ANY ($1)",
        "DELETE FROM consultations WHERE id = ANY ($1)",
    ] {
        sql_query(statement)
            .bind::<Array<SqlUuid>, _>(ids)
            .execute(owner)
            .context("the bookings of the benchmark cannot be deleted")?;
    }
    Ok(())
}
