//! What a transaction reads or changes of other people: gathered while it works, and written as the last
//! thing before its COMMIT. Nothing is waited for afterwards, and all write in one order, so that two
//! requests of one person never wait for each other in a circle.
//!
//! One row says it for a whole minute, so what this process committed within the minute is not sent again.
//!
//! What is recorded, and of what, is the domains' matter: see `privacy::access`.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use diesel::{
    PgConnection, RunQueryDsl as _,
    sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{db::Identity, error::AppError, prepared::prepared};

/// An id, and what was read or changed there.
type Trace = (Uuid, &'static str);

/// Traces that are remembered: less than a megabyte. A minute with more sends some of them again.
const REMEMBERED: usize = 8_192;

/// Whose trace, whether of a consultation, and which.
type Left = (Option<Uuid>, &'static str, bool, Trace);

/// What this process committed within the current minute.
#[derive(Default)]
pub(in crate::infra) struct Committed(Mutex<Minute>);

#[derive(Default)]
struct Minute {
    number: i64,
    left: HashSet<Left>,
}

impl Committed {
    /// Of these traces, those that may not be there yet.
    pub(in crate::infra) fn without_known(
        &self,
        traces: Traces,
        identity: &Identity,
        now: DateTime<Utc>,
    ) -> Traces {
        let minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.number != number_of(now) {
            return traces;
        }
        let unknown = |traces: Vec<Trace>, of_consultation| {
            let is_new = |trace: &Trace| {
                !minute
                    .left
                    .contains(&left(identity, of_consultation, *trace))
            };
            traces.into_iter().filter(is_new).collect()
        };
        Traces {
            people: unknown(traces.people, false),
            consultations: unknown(traces.consultations, true),
        }
    }

    /// These are there now.
    pub(in crate::infra) fn remember(
        &self,
        traces: &Traces,
        identity: &Identity,
        now: DateTime<Utc>,
    ) {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = number_of(now);
        if minute.number != number || minute.left.len() > REMEMBERED {
            minute.number = number;
            minute.left.clear();
        }
        let people = traces.people.iter().map(|trace| (false, trace));
        let consultations = traces.consultations.iter().map(|trace| (true, trace));
        for (of_consultation, trace) in people.chain(consultations) {
            minute.left.insert(left(identity, of_consultation, *trace));
        }
    }
}

/// As the rows count them: whole minutes.
fn number_of(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(60)
}

fn left(identity: &Identity, of_consultation: bool, trace: Trace) -> Left {
    (
        identity.user_id,
        identity.role.name(),
        of_consultation,
        trace,
    )
}

/// The traces of one transaction.
#[derive(Default)]
pub(in crate::infra) struct Traces {
    people: Vec<Trace>,
    consultations: Vec<Trace>,
}

/// How many of each: where a savepoint returns to.
pub(in crate::infra) type Mark = (usize, usize);

impl Traces {
    pub(in crate::infra) fn of_person(&mut self, id: Uuid, what: &'static str) {
        self.people.push((id, what));
    }

    /// Of the employee of a consultation.
    pub(in crate::infra) fn of_consultation(&mut self, id: Uuid, what: &'static str) {
        self.consultations.push((id, what));
    }

    pub(in crate::infra) fn mark(&self) -> Mark {
        (self.people.len(), self.consultations.len())
    }

    pub(in crate::infra) fn return_to(&mut self, (people, consultations): Mark) {
        self.people.truncate(people);
        self.consultations.truncate(consultations);
    }

    pub(in crate::infra) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.consultations.is_empty()
    }

    /// Actor and role are the database's to fill in. One row a minute: see the table's migration.
    pub(in crate::infra) fn write(
        &self,
        conn: &mut PgConnection,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        if !self.people.is_empty() {
            let (ids, whats) = in_order(self.people.clone());
            prepared(
                "INSERT INTO data_accesses (subject_id, accessed_at, what)
                 SELECT t.id, date_bin('1 minute', $3, '2000-01-01 00:00:00+00'), t.what
                 FROM unnest($1, $2) AS t (id, what)
                 ON CONFLICT DO NOTHING",
            )
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Array<Text>, _>(whats)
            .bind::<Timestamptz, _>(now)
            .execute(conn)?;
        }
        if !self.consultations.is_empty() {
            let (ids, whats) = in_order(self.consultations.clone());
            prepared(
                "INSERT INTO data_accesses (subject_id, accessed_at, what)
                 SELECT DISTINCT c.employee_id, date_bin('1 minute', $3, '2000-01-01 00:00:00+00'), t.what
                 FROM unnest($1, $2) AS t (id, what) JOIN consultations c ON c.id = t.id
                 ORDER BY c.employee_id, t.what
                 ON CONFLICT DO NOTHING",
            )
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Array<Text>, _>(whats)
            .bind::<Timestamptz, _>(now)
            .execute(conn)?;
        }
        Ok(())
    }
}

fn in_order(mut traces: Vec<Trace>) -> (Vec<Uuid>, Vec<&'static str>) {
    traces.sort_unstable();
    traces.dedup();
    traces.into_iter().unzip()
}
