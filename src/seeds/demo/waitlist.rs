//! Who waits for an earlier slot in the demo: Marc, for two things, and two others in line for the
//! practitioner he sees.

use diesel::{
    PgConnection, RunQueryDsl as _, sql_query,
    sql_types::{Text, Timestamptz, Uuid as SqlUuid},
};

use super::{Timeline, cast};
use crate::seeds::random::stable_id;

/// With whom (a practitioner's address, or nobody in particular), when, and since how many hours.
const MARC_WAITS: [(&str, &str, i32); 2] = [
    (
        "maelys.saintprix@praticiens.example",
        "NULL, NULL, '{1,2,4}', '12:00', NULL",
        70,
    ),
    (
        "",
        "'psychotherapist', 'en', '{1,2,3,4,5}', NULL, '12:30'",
        26,
    ),
];

pub(super) fn write(conn: &mut PgConnection, timeline: Timeline) -> anyhow::Result<()> {
    for (practitioner, wish, hours) in MARC_WAITS {
        sql_query(format!(
            "INSERT INTO waitlist_requests (id, company_id, employee_id, practitioner_id, specialty, language, weekdays,
                                            from_time, until_time, created_at, queued_at)
             SELECT $1, e.company_id, e.user_id, p.id, {wish}, $2 - interval '{hours} hours', $2 - interval '{hours} hours'
             FROM employees e JOIN users u ON u.id = e.user_id AND u.email = $3
             LEFT JOIN users p ON p.email = $4",
        ))
        .bind::<SqlUuid, _>(stable_id(&format!("waitlist:{practitioner}")))
        .bind::<Timestamptz, _>(timeline.now)
        .bind::<Text, _>(cast::MARC)
        .bind::<Text, _>(practitioner)
        .execute(conn)?;
    }
    // Whoever cancels with her sees the slot go to somebody else.
    sql_query(
        "INSERT INTO waitlist_requests (id, company_id, employee_id, practitioner_id, weekdays, created_at, queued_at)
         SELECT md5('waitlist:' || e.user_id)::uuid, e.company_id, e.user_id, p.id, '{1,2,3,4,5}', at, at
         FROM (SELECT e.*, row_number() OVER (ORDER BY u.email) AS place
               FROM employees e JOIN users u ON u.id = e.user_id AND u.status = 'active' AND u.email <> $1) e
         JOIN users p ON p.email = $2
         CROSS JOIN LATERAL (SELECT $3 - e.place * interval '5 hours' AS at) AS moment
         WHERE e.place <= 2",
    )
    .bind::<Text, _>(cast::MARC)
    .bind::<Text, _>(cast::SOPHIE)
    .bind::<Timestamptz, _>(timeline.now)
    .execute(conn)?;
    Ok(())
}
