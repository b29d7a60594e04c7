//! What Sophie has written about Marc: the first assessment, the sessions since, and a draft.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Binary, Bool, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::cast;
use crate::{
    infra::envelope::{Envelope, Field, Scope, Sealed},
    seeds::random::stable_id,
};

/// The kind, whether it is signed, and the markup; of the last consultation first.
const NOTES: [(&str, bool, &str); 4] = [
    (
        "session",
        false,
        "<div>Sommeil\u{a0}: s’endort plus vite, réveil vers 4\u{a0}h deux nuits sur trois. Respiration tenue cinq matins sur sept.</div><div>À reprendre\u{a0}:</div><ul><li>les urgences qu’il prend toutes pour lui</li><li>prévenir plus tôt</li></ul>",
    ),
    (
        "follow_up",
        true,
        "<h3>Depuis la dernière fois</h3><div>Deux semaines chargées. Une dispute avec un collègue, réparée le lendemain\u{a0}: il le raconte avec soulagement.</div><h3>Travail de la séance</h3><div>Distinguer ce qui dépend de lui de ce qui n’en dépend pas. Il trouve seul trois demandes à refuser.</div><blockquote>«\u{a0}Je ne savais pas que j’avais le droit.\u{a0}»</blockquote>",
    ),
    (
        "session",
        true,
        "<div>Fatigue encore marquée, humeur <strong>un peu meilleure</strong>. Pas d’idées noires, question posée directement.</div><div>Exercice proposé\u{a0}: trois minutes de respiration avant d’ouvrir la messagerie.</div>",
    ),
    (
        "assessment",
        true,
        "<h3>Motif</h3><div>Troubles du sommeil et ruminations depuis une réorganisation de son équipe.</div><h3>Contexte</h3><div>Chef de projet, deux enfants, soutien conjugal solide. Pas d’antécédent, pas de traitement.</div><h3>Premières hypothèses</h3><ol><li>Surcharge prolongée, avec difficulté à déléguer</li><li>Anxiété légère, sans retentissement majeur</li></ol><div>Proposition\u{a0}: six séances, point à la troisième.</div>",
    ),
];

/// Added to the assessment two weeks after.
const ADDENDUM: &str =
    "<div>Le médecin traitant, vu entre-temps, ne retient pas de cause somatique.</div>";

#[derive(QueryableByName)]
struct Meeting {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    ended_at: DateTime<Utc>,
}

/// Writes the notes, once.
pub(super) fn write(
    conn: &mut PgConnection,
    envelope: &Envelope,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let record = stable_id("notes:record");
    let opened = sql_query(
        "INSERT INTO clinical_records (id, practitioner_id, employee_id, company_id, opened_at)
         SELECT $1, c.practitioner_id, c.employee_id, c.company_id, min(c.ended_at) FROM consultations c
         JOIN users e ON e.id = c.employee_id AND e.email = $2
         JOIN users p ON p.id = c.practitioner_id AND p.email = $3
         WHERE c.status = 'completed' GROUP BY c.practitioner_id, c.employee_id, c.company_id
         ON CONFLICT ON CONSTRAINT clinical_records_pair DO NOTHING",
    )
    .bind::<SqlUuid, _>(record)
    .bind::<Text, _>(cast::MARC)
    .bind::<Text, _>(cast::SOPHIE)
    .execute(conn)?;
    if opened == 0 {
        return Ok(());
    }
    let meetings: Vec<Meeting> = sql_query(
        "SELECT c.id, c.ended_at FROM consultations c
         JOIN clinical_records r ON r.practitioner_id = c.practitioner_id AND r.employee_id = c.employee_id
         WHERE r.id = $1 AND c.status = 'completed' ORDER BY c.starts_at DESC LIMIT 4",
    )
    .bind::<SqlUuid, _>(record)
    .load(conn)?;
    let last = meetings.len();
    for (number, meeting) in meetings.into_iter().enumerate() {
        // However few there are, the first is an assessment.
        let (kind, signed, markup) = NOTES[if number + 1 == last { 3 } else { number }];
        let id = stable_id(&format!("notes:{}", meeting.id));
        let sealed = seal(conn, envelope, ("clinical_notes", record, id), markup)?;
        sql_query(
            "INSERT INTO clinical_notes (id, record_id, consultation_id, practitioner_id, company_id, kind, happened_at,
                                         revision, writer, content_sealed, created_at, changed_at, signed_at)
             SELECT $1, $2, c.id, c.practitioner_id, c.company_id, $3, c.starts_at, 4, $1, $4, c.ended_at, $5,
                    CASE WHEN $6 THEN $5 END
             FROM consultations c WHERE c.id = $7",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(record)
        .bind::<Text, _>(kind)
        .bind::<Binary, _>(sealed)
        .bind::<Timestamptz, _>(meeting.ended_at + Duration::minutes(12))
        .bind::<Bool, _>(signed)
        .bind::<SqlUuid, _>(meeting.id)
        .execute(conn)?;
        if kind == "assessment" {
            let at = (meeting.ended_at + Duration::days(14)).min(now);
            add(conn, envelope, (id, at))?;
        }
    }
    Ok(())
}

fn add(
    conn: &mut PgConnection,
    envelope: &Envelope,
    (note, at): (Uuid, DateTime<Utc>),
) -> anyhow::Result<()> {
    let (id, record) = (stable_id("notes:addendum"), stable_id("notes:record"));
    let sealed = seal(conn, envelope, ("clinical_addenda", record, id), ADDENDUM)?;
    sql_query(
        "INSERT INTO clinical_addenda (id, note_id, record_id, practitioner_id, company_id, client_id, content_sealed, signed_at)
         SELECT $1, n.id, n.record_id, n.practitioner_id, n.company_id, $1, $2, $3 FROM clinical_notes n WHERE n.id = $4",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Binary, _>(sealed)
    .bind::<Timestamptz, _>(at)
    .bind::<SqlUuid, _>(note)
    .execute(conn)?;
    Ok(())
}

fn seal(
    conn: &mut PgConnection,
    envelope: &Envelope,
    (table, record, row): (&'static str, Uuid, Uuid),
    markup: &str,
) -> anyhow::Result<Sealed> {
    let field = Field {
        table,
        column: "content_sealed",
        row,
    };
    Ok(envelope.seal(conn, Scope::Clinical(record), field, markup.as_bytes())?)
}
