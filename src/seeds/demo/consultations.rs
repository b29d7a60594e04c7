//! Writes the appointments through the state machine that serves production: each one is booked,
//! then brought to its outcome, so that the triggers compute durations, days and counters.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    ExpressionMethods as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, Integer, Nullable, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    agenda::{Appointment, Outcome},
    cast,
};
use crate::{
    schema::{consultation_events as events, consultations, notices},
    seeds::random::stable_id,
};

/// Rows of one INSERT: a statement holds 65,535 parameters at most.
const CHUNK: usize = 1000;

/// How far back people's notices go.
const TOLD_DAYS: i64 = 21;
/// What was told longer ago has been read.
const UNREAD_HOURS: i64 = 40;

pub(super) fn write(
    conn: &mut PgConnection,
    appointments: &[Appointment],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    book(conn, appointments)?;
    gather(conn)?;
    cancel(conn, appointments)?;
    miss(conn, appointments)?;
    meet(conn, appointments)?;
    report(conn, appointments)?;
    tell(conn, appointments, now)?;
    recount(conn, appointments)
}

fn book(conn: &mut PgConnection, appointments: &[Appointment]) -> anyhow::Result<()> {
    let rows: Vec<_> = appointments
        .iter()
        .map(|appointment| {
            let status = if appointment.outcome == Outcome::Scheduled {
                "scheduled"
            } else {
                "confirmed"
            };
            (
                consultations::id.eq(appointment.id),
                consultations::company_id.eq(appointment.client.company_id),
                consultations::employee_id.eq(appointment.client.id),
                consultations::practitioner_id.eq(appointment.practitioner_id),
                consultations::format.eq(appointment.format),
                consultations::status.eq(status),
                consultations::starts_at.eq(appointment.slot.starts_at),
                consultations::ends_at.eq(appointment.slot.ends_at),
                consultations::blocked_until.eq(appointment.slot.blocked_until),
                consultations::created_at.eq(appointment.booked_at),
                consultations::revision.eq(i32::from(appointment.moved_from.is_some())),
            )
        })
        .collect();
    for rows in rows.chunks(CHUNK) {
        diesel::insert_into(consultations::table)
            .values(rows)
            .execute(conn)?;
    }
    Ok(())
}

/// What Marc still waits for an answer to was asked for as one series.
fn gather(conn: &mut PgConnection) -> anyhow::Result<()> {
    sql_query(
        "UPDATE consultations c SET series_id = s.first
         FROM (SELECT (array_agg(id ORDER BY starts_at))[1] AS first, practitioner_id
               FROM consultations WHERE employee_id = $1 AND status = 'scheduled' GROUP BY practitioner_id) s
         WHERE c.employee_id = $2 AND c.status = 'scheduled' AND c.practitioner_id = s.practitioner_id
           AND s.practitioner_id = $3",
    )
    .bind::<SqlUuid, _>(stable_id(&format!("user:{}", cast::MARC)))
    .bind::<SqlUuid, _>(stable_id(&format!("user:{}", cast::MARC)))
    .bind::<SqlUuid, _>(stable_id(&format!("user:{}", cast::SOPHIE)))
    .execute(conn)?;
    Ok(())
}

fn cancel(conn: &mut PgConnection, appointments: &[Appointment]) -> anyhow::Result<()> {
    let (mut ids, mut moments, mut people) = (Vec::new(), Vec::new(), Vec::new());
    for appointment in appointments {
        if let Outcome::Cancelled(at, _) = appointment.outcome {
            ids.push(appointment.id);
            moments.push(at);
            people.push(canceller(appointment));
        }
    }
    sql_query(
        "UPDATE consultations c SET status = 'cancelled', cancelled_at = t.at, cancelled_by = t.by
         FROM unnest($1, $2, $3) t (id, at, by) WHERE c.id = t.id",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Timestamptz>, _>(moments)
    .bind::<Array<SqlUuid>, _>(people)
    .execute(conn)?;
    Ok(())
}

/// Long after the start somebody gives up waiting.
fn reported_at(appointment: &Appointment) -> DateTime<Utc> {
    appointment.slot.starts_at + Duration::minutes(20)
}

/// The next morning the employee says that it was not so.
fn contested_at(appointment: &Appointment) -> DateTime<Utc> {
    appointment.slot.starts_at + Duration::hours(18)
}

fn miss(conn: &mut PgConnection, appointments: &[Appointment]) -> anyhow::Result<()> {
    for (status, is_it) in [
        (
            "no_show",
            (|outcome| matches!(outcome, Outcome::NoShow(_))) as fn(Outcome) -> bool,
        ),
        ("practitioner_absent", |outcome| {
            outcome == Outcome::PractitionerAbsent
        }),
    ] {
        let (ids, moments): (Vec<Uuid>, Vec<DateTime<Utc>>) = appointments
            .iter()
            .filter(|appointment| is_it(appointment.outcome))
            .map(|appointment| (appointment.id, reported_at(appointment)))
            .unzip();
        sql_query(format!(
            "UPDATE consultations c SET status = '{status}', absence_reported_at = t.at
             FROM unnest($1, $2) t (id, at) WHERE c.id = t.id"
        ))
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Timestamptz>, _>(moments)
        .execute(conn)?;
    }
    let (ids, moments): (Vec<Uuid>, Vec<DateTime<Utc>>) = appointments
        .iter()
        .filter(|appointment| appointment.outcome == Outcome::NoShow(true))
        .map(|appointment| (appointment.id, contested_at(appointment)))
        .unzip();
    sql_query(
        "UPDATE consultations c SET contested_at = t.at FROM unnest($1, $2) t (id, at) WHERE c.id = t.id",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Timestamptz>, _>(moments)
    .execute(conn)?;
    Ok(())
}

fn canceller(appointment: &Appointment) -> Uuid {
    match appointment.outcome {
        Outcome::Cancelled(_, true) => appointment.practitioner_id,
        _ => appointment.client.id,
    }
}

fn meet(conn: &mut PgConnection, appointments: &[Appointment]) -> anyhow::Result<()> {
    let (mut ids, mut begun, mut ended) = (Vec::new(), Vec::new(), Vec::new());
    for appointment in appointments {
        if let Outcome::Completed(from, until) = appointment.outcome {
            ids.push(appointment.id);
            begun.push(from);
            ended.push(until);
        }
    }
    for (change, moments) in [
        ("status = 'in_progress', started_at = t.at", begun),
        ("status = 'completed', ended_at = t.at", ended),
    ] {
        sql_query(format!(
            "UPDATE consultations c SET {change} FROM unnest($1, $2) t (id, at) WHERE c.id = t.id"
        ))
        .bind::<Array<SqlUuid>, _>(&ids)
        .bind::<Array<Timestamptz>, _>(moments)
        .execute(conn)?;
    }
    Ok(())
}

/// What happened, when, by whom, and the start that was left by it.
type Past = (&'static str, DateTime<Utc>, Uuid, Option<DateTime<Utc>>);

fn history(appointment: &Appointment) -> Vec<Past> {
    let (client, practitioner) = (appointment.client.id, appointment.practitioner_id);
    let mut history = vec![("scheduled", appointment.booked_at, client, None)];
    if appointment.outcome != Outcome::Scheduled {
        let at = appointment.confirmed_at;
        history.push(("confirmed", at, practitioner, None));
    }
    if appointment.moved_from.is_some() {
        let at = appointment.confirmed_at + Duration::minutes(40);
        history.push(("rescheduled", at, client, appointment.moved_from));
    }
    match appointment.outcome {
        Outcome::Completed(from, until) => {
            history.push(("started", from, practitioner, None));
            history.push(("ended", until, practitioner, None));
        }
        Outcome::Cancelled(at, _) => {
            history.push(("cancelled", at, canceller(appointment), None));
        }
        Outcome::NoShow(contested) => {
            history.push(("no_show", reported_at(appointment), practitioner, None));
            if contested {
                history.push(("contested", contested_at(appointment), client, None));
            }
        }
        Outcome::PractitionerAbsent => {
            let at = reported_at(appointment);
            history.push(("practitioner_absent", at, client, None));
        }
        Outcome::Scheduled | Outcome::Confirmed => {}
    }
    history
}

fn report(conn: &mut PgConnection, appointments: &[Appointment]) -> anyhow::Result<()> {
    let rows: Vec<_> = appointments
        .iter()
        .flat_map(|appointment| {
            history(appointment)
                .into_iter()
                .map(move |(kind, at, actor, left)| {
                    (
                        events::id.eq(stable_id(&format!("event:{}:{kind}", appointment.id))),
                        events::consultation_id.eq(appointment.id),
                        events::company_id.eq(appointment.client.company_id),
                        events::kind.eq(kind),
                        events::actor_id.eq(actor),
                        events::occurred_at.eq(at),
                        events::previous_starts_at.eq(left),
                    )
                })
        })
        .collect();
    for rows in rows.chunks(CHUNK) {
        diesel::insert_into(events::table)
            .values(rows)
            .execute(conn)?;
    }
    Ok(())
}

/// Tells both people of each appointment what happened to it lately, as it would have been told then.
fn tell(
    conn: &mut PgConnection,
    appointments: &[Appointment],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let mut told: Vec<_> = appointments
        .iter()
        .flat_map(|appointment| {
            history(appointment)
                .into_iter()
                .map(move |step| (appointment, step))
        })
        .filter_map(|(appointment, (event, at, actor, left))| {
            let kind = match event {
                "scheduled" => "booked",
                "confirmed" | "cancelled" | "no_show" | "rescheduled" | "practitioner_absent" => {
                    event
                }
                "contested" => "no_show_contested",
                _ => return None,
            };
            let lately = (0..TOLD_DAYS * 24).contains(&(now - at).num_hours()) && at <= now;
            lately.then_some((at, appointment, kind, actor, left))
        })
        .collect();
    told.sort_by_key(|(at, appointment, ..)| (*at, appointment.id));
    let rows: Vec<_> = told
        .into_iter()
        .flat_map(|(at, appointment, kind, actor, left)| {
            [appointment.client.id, appointment.practitioner_id].map(|person| {
                let known = person == actor || (now - at).num_hours() >= UNREAD_HOURS;
                (
                    notices::id.eq(stable_id(&format!(
                        "notice:{}:{kind}:{person}",
                        appointment.id
                    ))),
                    notices::recipient_id.eq(person),
                    notices::consultation_id.eq(appointment.id),
                    notices::company_id.eq(appointment.client.company_id),
                    notices::kind.eq(kind),
                    notices::starts_at.eq(appointment.slot.starts_at),
                    notices::previous_starts_at.eq(left),
                    notices::by_recipient.eq(person == actor),
                    notices::created_at.eq(at),
                    notices::read_at.eq(known.then_some(at)),
                )
            })
        })
        .collect();
    for rows in rows.chunks(CHUNK) {
        diesel::insert_into(notices::table)
            .values(rows)
            .execute(conn)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Recount {
    #[diesel(sql_type = Nullable<Integer>)]
    wrong_cells: Option<i32>,
}

/// Recounts the days of the demo. The triggers have kept the counters already: a cell that is
/// wrong here is a defect of the schema.
fn recount(conn: &mut PgConnection, appointments: &[Appointment]) -> anyhow::Result<()> {
    let ids: Vec<Uuid> = appointments
        .iter()
        .map(|appointment| appointment.id)
        .collect();
    let wrong = sql_query(
        "SELECT hz.recount_activity(min(activity_day), max(activity_day)) AS wrong_cells
         FROM consultations WHERE id = ANY ($1)",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .get_result::<Recount>(conn)?
    .wrong_cells;
    anyhow::ensure!(
        wrong.unwrap_or_default() == 0,
        "the counters had drifted in {wrong:?} cells while the demo was written"
    );
    Ok(())
}
