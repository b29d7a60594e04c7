//! `huntzen seed demo`: two client companies and one that asks to join, their people, twelve practitioners and a season of
//! consultations around today, so that every screen has something to show.
//!
//! Written once, in one transaction; when the demo company is there already nothing changes.

mod agenda;
mod cast;
mod chat;
mod consultations;
mod durations;
mod journal;
mod looks;
mod news;
mod notes;
mod people;
mod places;
mod profiles;
mod requests;
mod reviews;
mod tickets;
mod waitlist;

use std::fmt::Write as _;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _, prelude::*};

use crate::{
    infra::{clock::Clock, envelope::Envelope},
    schema::companies,
};

/// The moments everything else is placed around.
#[derive(Clone, Copy)]
struct Timeline {
    now: DateTime<Utc>,
    /// When the platform was opened to the demo's companies, before the first consultation.
    opened_at: DateTime<Utc>,
    /// A Monday, from which agendas are valid and every other week is counted.
    anchor: NaiveDate,
}

impl Timeline {
    fn around(now: DateTime<Utc>) -> Self {
        let opened_at = now - Days::new(agenda::PAST_DAYS + 21);
        let day = opened_at.date_naive();
        Self {
            now,
            opened_at,
            anchor: day - Days::new(day.weekday().num_days_from_monday().into()),
        }
    }
}

/// Writes the demo unless it is there.
///
/// # Errors
/// The database's; an address of the demo that belongs to another account.
pub fn run(conn: &mut PgConnection, clock: &Clock) -> anyhow::Result<()> {
    let timeline = Timeline::around(clock.now());
    conn.transaction(|conn| {
        // Two starts at once write one demo.
        conn.batch_execute("SELECT pg_advisory_xact_lock(hashtext('huntzen.seed'))")?;
        let exists = diesel::select(diesel::dsl::exists(
            companies::table.filter(companies::slug.eq(cast::TECHCORP.slug)),
        ))
        .get_result::<bool>(conn)?;
        if exists {
            return Ok(());
        }
        let (practices, clients) = people::write(conn, timeline)?;
        places::write(conn, timeline.now, timeline.opened_at, &practices)?;
        let planned =
            agenda::Planner::new(timeline.now, timeline.anchor, &practices).plan(&clients);
        consultations::write(conn, &planned, timeline.now)?;
        places::settle(conn)?;
        durations::write(conn, timeline.now)?;
        reviews::write(conn, &planned, timeline.now)?;
        waitlist::write(conn, timeline)?;
        requests::write(conn, timeline)?;
        looks::write(conn, timeline.opened_at)?;
        news::write(conn, timeline)
    })
}

/// Writes what the demo's people confided, unless it is there: sealed, so never the same bytes twice.
///
/// # Errors
/// The database's; a key out of reach.
pub fn confide(conn: &mut PgConnection, clock: &Clock, envelope: &Envelope) -> anyhow::Result<()> {
    conn.transaction(|conn| {
        chat::write(conn, envelope, clock.now())?;
        journal::write(conn, envelope, clock.now())?;
        notes::write(conn, envelope, clock.now())?;
        places::name_leave(conn, envelope)?;
        tickets::write(conn, envelope, clock.now())?;
        Ok(())
    })
}

/// Where to sign in and with what, for a terminal.
pub fn sign_in_table(public_url: &str) -> String {
    let employee = (cast::MARC, cast::EMPLOYEE_PASSWORD, cast::TECHCORP.name);
    let practitioner = (cast::SOPHIE, cast::PRACTITIONER_PASSWORD, "HuntZen Care");
    let staff = |staff: &cast::Staff, place| (staff.email, staff.password, place);
    let rows = [
        ("employee", employee),
        ("practitioner", practitioner),
        ("HR", staff(&cast::TECHCORP.hr, cast::TECHCORP.name)),
        ("HR", staff(&cast::ATELIER.hr, cast::ATELIER.name)),
        ("platform admin", staff(&cast::ADMIN, "HuntZen Care")),
        ("super admin", staff(&cast::SUPER_ADMIN, "Prime Synergy")),
    ];
    let mut table = format!("Demo accounts, on {public_url}/login\n");
    for (role, (email, password, place)) in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(table, "  {role:<15} {email:<40} {password:<16} {place}");
    }
    table
}

/// The demo's given names, for whoever needs many people.
pub(super) fn first_names() -> Vec<&'static str> {
    colleagues().map(|colleague| colleague.first_name).collect()
}

/// The demo's family names.
pub(super) fn last_names() -> Vec<&'static str> {
    colleagues().map(|colleague| colleague.last_name).collect()
}

fn colleagues() -> impl Iterator<Item = &'static cast::Colleague> {
    cast::CLIENTS
        .into_iter()
        .flat_map(|client| client.employees)
}
