//! Booking: each connection's employee chooses one free slot after the other, each choice in place
//! of the one before; then confirms a list of held slots, no two alike. A server that leaves the mails
//! to others answers; what they cost is measured afterwards, with a server that sends them.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, BigInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    Subject,
    http::{Request, Visitor},
    load::{self, Measured, WARM_UP},
    scenarios::form_token,
    server::Server,
};
use crate::infra::clock::Clock;

pub(super) const NAME: &str = "booking POST";
pub(super) const HOLD_NAME: &str = "booking: hold POST";

/// Bookings per connection: a month of one practitioner's free hours, at most.
const MOST: usize = 80;
/// How long mails wait until the server that sends them has settled.
const LATER: TimeDelta = TimeDelta::hours(1);
/// By then a server that was just started has found what is due.
const SETTLED: Duration = Duration::from_secs(2);
/// How often the outbox is looked at…
const LOOK: Duration = Duration::from_millis(50);
/// …and for how long.
const PATIENCE: Duration = Duration::from_secs(180);

/// What the two steps of a booking cost.
pub(super) struct Booked {
    /// Choosing a slot: judged, then held.
    pub(super) held: Measured,
    /// Confirming it.
    pub(super) confirmed: Measured,
    /// What was booked.
    ids: Vec<Uuid>,
}

/// What the mails of bookings cost.
pub(super) struct Mailed {
    pub(super) bookings: usize,
    pub(super) mails: usize,
    pub(super) elapsed: Duration,
    pub(super) app_cpu: Duration,
    pub(super) postgres_cpu: Duration,
}

/// What booking costs; `None` when there is no slot page. `addresses` are the visitors', in order.
/// [`clean_up`] takes the bookings away again.
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
    let held = after_warm_up(subject, server, visitors, choices).await;
    let_go(&mut subject.owner, addresses)?;
    let held = held?;

    let mut ids = Vec::new();
    let mut requests = Vec::new();
    for (calendar, address) in calendars.iter().zip(addresses) {
        let holds = calendar.hold_all(&mut subject.owner, address)?;
        requests.push(calendar.confirmations(&holds)?);
        ids.extend(holds);
    }
    let confirmed = after_warm_up(subject, server, visitors, requests).await?;
    postpone_mails(&mut subject.owner)?;
    Ok(Some(Booked {
        held,
        confirmed,
        ids,
    }))
}

/// The first requests of each connection fill pools and plans, as a page's do.
async fn after_warm_up(
    subject: &mut Subject,
    server: &Server,
    visitors: &mut [Visitor],
    mut first: Vec<Vec<Request>>,
) -> anyhow::Result<Measured> {
    let rest = first
        .iter_mut()
        .map(|requests| requests.split_off(WARM_UP.min(requests.len() / 2)))
        .collect::<Vec<_>>();
    load::once(subject, server, visitors, &first, 303).await?;
    load::once(subject, server, visitors, &rest, 303).await
}

/// What the mails of these bookings cost a server that had nothing else to do.
pub(super) async fn mail(
    subject: &mut Subject,
    server: &Server,
    booked: &Booked,
    clock: &Clock,
) -> anyhow::Result<Mailed> {
    // What a start finds due: the recurring work.
    tokio::time::sleep(SETTLED).await;
    until_idle(&mut subject.owner, clock).await?;
    let app_before = server.cpu()?;
    let postgres_before = subject.postgres.cpu(&mut subject.owner)?;
    let begun = Instant::now();
    let mails = sql_query("UPDATE jobs SET run_at = $1 WHERE kind = $2 AND status = 'pending'")
        .bind::<Timestamptz, _>(clock.now())
        .bind::<Text, _>(MAIL)
        .execute(&mut subject.owner)?;
    until_idle(&mut subject.owner, clock).await?;
    let elapsed = begun.elapsed();
    let postgres_cpu = subject.postgres.cpu(&mut subject.owner)?;
    Ok(Mailed {
        bookings: booked.ids.len(),
        mails,
        elapsed,
        app_cpu: server.cpu()?.saturating_sub(app_before),
        postgres_cpu: postgres_cpu.saturating_sub(postgres_before),
    })
}

/// The jobs of a notice's mail.
const MAIL: &str = "notifications.mail";

fn postpone_mails(owner: &mut PgConnection) -> anyhow::Result<()> {
    sql_query("UPDATE jobs SET run_at = run_at + $1 * interval '1 second' WHERE kind = $2 AND status = 'pending'")
        .bind::<BigInt, _>(LATER.num_seconds())
        .bind::<Text, _>(MAIL)
        .execute(owner)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Waits until nothing is due.
async fn until_idle(owner: &mut PgConnection, clock: &Clock) -> anyhow::Result<()> {
    let begun = Instant::now();
    loop {
        let due = sql_query("SELECT count(*) FROM jobs WHERE status = 'pending' AND run_at <= $1")
            .bind::<Timestamptz, _>(clock.now())
            .get_result::<Count>(owner)?;
        if due.count == 0 {
            return Ok(());
        }
        ensure!(
            begun.elapsed() < PATIENCE,
            "the outbox is not worked off: {} jobs are due",
            due.count
        );
        tokio::time::sleep(LOOK).await;
    }
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

/// Deletes the bookings, with their history and mails.
pub(super) fn clean_up(owner: &mut PgConnection, booked: &Booked) -> anyhow::Result<()> {
    for statement in [
        // Once done they know no more what they were for.
        "DELETE FROM jobs WHERE kind = 'notifications.mail' AND split_part(dedup_key, ':', 2) IN
             (SELECT id::text FROM notices WHERE consultation_id = ANY ($1))",
        "DELETE FROM notices WHERE consultation_id = ANY ($1)",
        "DELETE FROM consultation_events WHERE consultation_id = ANY ($1)",
        "DELETE FROM consultations WHERE id = ANY ($1)",
    ] {
        sql_query(statement)
            .bind::<Array<SqlUuid>, _>(&booked.ids)
            .execute(owner)
            .context("the bookings of the benchmark cannot be deleted")?;
    }
    // Of what is read as a queue the dead rows would be read with it, and an index alone answers no more where its
    // table has changed.
    sql_query("VACUUM (ANALYZE) jobs, notices, consultation_events").execute(owner)?;
    sql_query("VACUUM consultations").execute(owner)?;
    Ok(())
}
