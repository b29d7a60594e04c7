//! Booking: each connection's employee books one free slot after the other, no two alike.

use anyhow::{Context as _, ensure};
use diesel::{
    PgConnection, RunQueryDsl as _, sql_query,
    sql_types::{Array, Uuid as SqlUuid},
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

/// Bookings per connection: a month of one practitioner's free hours, at most.
const MOST: usize = 80;

/// What a booking costs; `None` when there is no slot page. The consultations are deleted afterwards, with their history and mails.
pub(super) async fn measure(
    subject: &mut Subject,
    server: &Server,
    visitors: &mut [Visitor],
) -> anyhow::Result<Option<Measured>> {
    let mut keys = Vec::new();
    let mut requests = Vec::new();
    let practitioners = subject.practitioners.clone();
    for (visitor, practitioner) in visitors.iter_mut().zip(practitioners.iter().rev()) {
        let Some(list) = bookings(visitor, *practitioner, &mut keys).await? else {
            return Ok(None);
        };
        requests.push(list);
    }
    let booked = load::once(subject, server, visitors, &requests, 303).await;
    clean_up(&mut subject.owner, &keys)?;
    booked.map(Some)
}

/// The bookings of one employee: every free hour of one practitioner, who is nobody else's here.
async fn bookings(
    visitor: &mut Visitor,
    practitioner: Uuid,
    keys: &mut Vec<Uuid>,
) -> anyhow::Result<Option<Vec<Request>>> {
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
    let page = visitor.text();
    let starts = page
        .split("?start=")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '&', '#']).next())
        .map(|start| start.replace("%3A", ":"));
    let mut requests = Vec::new();
    // The first hours are within the employee's own appointments now and then: those of the bench
    // begin tomorrow, and are taken in the page's order.
    for start in starts.take(MOST) {
        let key = Uuid::new_v4();
        let key_text = key.to_string();
        let fields = [
            ("csrf", token.as_str()),
            ("start", &start),
            ("format", "video"),
            ("request_key", &key_text),
        ];
        requests.push(Request::post(format!("{path}/confirmation"), &fields)?);
        keys.push(key);
    }
    ensure!(
        !requests.is_empty(),
        "the slot page at {path} has no free slot"
    );
    Ok(Some(requests))
}

fn clean_up(owner: &mut PgConnection, keys: &[Uuid]) -> anyhow::Result<()> {
    const BOOKED: &str = "(SELECT id FROM consultations WHERE request_key = ANY ($1))";
    for statement in [
        format!(
            "DELETE FROM jobs WHERE payload ->> 'notice_id' IN
                (SELECT id::text FROM notices WHERE consultation_id IN {BOOKED})"
        ),
        format!("DELETE FROM notices WHERE consultation_id IN {BOOKED}"),
        format!("DELETE FROM consultation_events WHERE consultation_id IN {BOOKED}"),
        format!("DELETE FROM consultations WHERE id IN {BOOKED}"),
    ] {
        sql_query(statement)
            .bind::<Array<SqlUuid>, _>(keys)
            .execute(owner)
            .context("the bookings of the benchmark cannot be deleted")?;
    }
    Ok(())
}
