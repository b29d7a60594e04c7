//! Where the demo's practitioners receive, and what Sophie's calendar holds besides her hours.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use diesel::{PgConnection, prelude::*, sql_query};
use uuid::Uuid;

use super::{agenda::Practice, cast};
use crate::{
    infra::envelope::{Envelope, Field, Scope},
    schema::{availability_exceptions as exceptions, places, practitioners, rooms, users},
    seeds::random::stable_id,
};

/// Days from today to the first of Sophie's leave: after the demo's last appointment.
const LEAVE: u64 = 25;

pub(super) fn write(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    opened_at: DateTime<Utc>,
    practices: &[Practice],
) -> anyhow::Result<()> {
    for practice in practices {
        if let Some(address) = practice.profile.room {
            place(conn, opened_at, practice, address)?;
        }
    }
    match practices.first() {
        Some(sophie) => plans(conn, now.date_naive(), sophie),
        None => Ok(()),
    }
}

/// A place with two rooms.
fn place(
    conn: &mut PgConnection,
    opened_at: DateTime<Utc>,
    practice: &Practice,
    address: &str,
) -> anyhow::Result<()> {
    let id = stable_id(&format!("place:{}", practice.id));
    diesel::insert_into(places::table)
        .values((
            places::id.eq(id),
            places::practitioner_id.eq(practice.id),
            places::name.eq(format!("Cabinet de {}", practice.profile.city)),
            places::address.eq(address),
            places::directions.eq("Deuxième étage, ascenseur. Sonnez à l’interphone."),
            places::created_at.eq(opened_at),
        ))
        .execute(conn)?;
    let names = ["Salle claire", "Salle du jardin"];
    let rows: Vec<_> = names
        .iter()
        .map(|name| {
            (
                rooms::id.eq(stable_id(&format!("room:{id}:{name}"))),
                rooms::place_id.eq(id),
                rooms::name.eq(*name),
                rooms::created_at.eq(opened_at),
            )
        })
        .collect();
    diesel::insert_into(rooms::table)
        .values(rows)
        .execute(conn)?;
    diesel::update(practitioners::table.find(practice.id))
        .set(practitioners::main_place_id.eq(id))
        .execute(conn)?;
    Ok(())
}

/// A week's leave, and a Saturday morning of extra hours.
fn plans(conn: &mut PgConnection, today: NaiveDate, sophie: &Practice) -> anyhow::Result<()> {
    let batch = stable_id(&format!("leave:{}", sophie.id));
    let leave: Vec<_> = (today + Days::new(LEAVE))
        .iter_days()
        .take(7)
        .map(|day| {
            (
                exceptions::id.eq(stable_id(&format!("exception:{}:{day}", sophie.id))),
                exceptions::practitioner_id.eq(sophie.id),
                exceptions::day.eq(day),
                exceptions::kind.eq("closed"),
                exceptions::batch_id.eq(batch),
            )
        })
        .collect();
    diesel::insert_into(exceptions::table)
        .values(leave)
        .execute(conn)?;
    let saturday = today
        .iter_days()
        .skip(1)
        .find(|day| chrono::Datelike::weekday(day) == chrono::Weekday::Sat)
        .unwrap_or(today);
    diesel::insert_into(exceptions::table)
        .values((
            exceptions::id.eq(stable_id(&format!("exception:{}:{saturday}", sophie.id))),
            exceptions::practitioner_id.eq(sophie.id),
            exceptions::day.eq(saturday),
            exceptions::kind.eq("open"),
            exceptions::start_time.eq(NaiveTime::from_hms_opt(9, 0, 0)),
            exceptions::end_time.eq(NaiveTime::from_hms_opt(12, 0, 0)),
        ))
        .execute(conn)?;
    Ok(())
}

/// What Sophie calls her leave, unless it is named: sealed like everything that practitioners call their days off.
pub(super) fn name_leave(conn: &mut PgConnection, envelope: &Envelope) -> anyhow::Result<()> {
    let unnamed: Vec<(Uuid, Uuid)> = exceptions::table
        .inner_join(users::table.on(users::id.eq(exceptions::practitioner_id)))
        .filter(users::email.eq(cast::SOPHIE))
        .filter(exceptions::batch_id.is_not_null())
        .filter(exceptions::label_sealed.is_null())
        .select((exceptions::id, exceptions::practitioner_id))
        .load(conn)?;
    for (row, practitioner) in unnamed {
        let field = Field {
            table: "availability_exceptions",
            column: "label_sealed",
            row,
        };
        let label = envelope.seal(
            conn,
            Scope::Agenda(practitioner),
            field,
            "Congés".as_bytes(),
        )?;
        diesel::update(exceptions::table.find(row))
            .set(exceptions::label_sealed.eq(label))
            .execute(conn)?;
    }
    Ok(())
}

/// Gives the in-person appointments to come their place and a room of it.
pub(super) fn settle(conn: &mut PgConnection) -> anyhow::Result<()> {
    sql_query(
        "UPDATE consultations c SET place_id = p.main_place_id, room_id = (
             SELECT r.id FROM rooms r WHERE r.place_id = p.main_place_id ORDER BY r.name LIMIT 1)
         FROM practitioners p
         WHERE p.user_id = c.practitioner_id AND p.main_place_id IS NOT NULL AND c.format = 'in_person'
           AND c.status IN ('scheduled', 'confirmed')",
    )
    .execute(conn)?;
    Ok(())
}
