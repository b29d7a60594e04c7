//! What a practitioner's agenda holds besides its weekly hours.

use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Uuid as SqlUuid};
use uuid::Uuid;

use super::{actors::Practitioner, app::TestApp};

/// One of everything in a practitioner's agenda.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct AgendaIds {
    /// The first of its weekly windows.
    #[diesel(sql_type = SqlUuid)]
    pub window: Uuid,
    /// A closure on 1 April 2026.
    #[diesel(sql_type = SqlUuid)]
    pub exception: Uuid,
    /// Its main place.
    #[diesel(sql_type = SqlUuid)]
    pub place: Uuid,
    /// A room of that place.
    #[diesel(sql_type = SqlUuid)]
    pub room: Uuid,
}

impl TestApp {
    /// Gives a practitioner a place with a room and an exception.
    pub fn agenda_of(&self, practitioner: &Practitioner) -> AgendaIds {
        let ids = sql_query(
            "WITH place AS (
                INSERT INTO places (practitioner_id, name, address)
                VALUES ($1, 'Cabinet Bellecour', '3 place Bellecour, 69002 Lyon') RETURNING id),
             room AS (INSERT INTO rooms (place_id, name) SELECT id, 'Salle 1' FROM place RETURNING id),
             exception AS (
                INSERT INTO availability_exceptions (practitioner_id, day, kind)
                VALUES ($1, '2026-04-01', 'closed') RETURNING id)
             SELECT (SELECT id FROM availability_windows WHERE practitioner_id = $1
                     ORDER BY weekday, start_time LIMIT 1) AS window,
                    exception.id AS exception, place.id AS place, room.id AS room
             FROM place, room, exception",
        )
        .bind::<SqlUuid, _>(practitioner.id)
        .get_result::<AgendaIds>(&mut *self.owner())
        .expect("the agenda is written");
        self.sql(&format!(
            "UPDATE practitioners SET main_place_id = '{}', in_person_address = '3 place Bellecour, 69002 Lyon'
             WHERE user_id = '{}'",
            ids.place, practitioner.id
        ));
        ids
    }

    /// What the database says against a statement, as the owner.
    pub fn refused(&self, statement: &str) -> String {
        sql_query(statement)
            .execute(&mut *self.owner())
            .expect_err("the database refuses")
            .to_string()
    }
}
