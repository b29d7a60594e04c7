//! What Marc and Sophie have written to each other: about the last time they met, and before the next.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    OptionalExtension as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Binary, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::cast;
use crate::{
    infra::envelope::{Envelope, Field, Scope},
    seeds::random::stable_id,
};

/// Whether Sophie writes, how long before now, in minutes, and what.
type Line = (bool, i64, &'static str);

const AFTERWARDS: [Line; 3] = [
    (
        true,
        9 * 24 * 60,
        "Bonjour Marc, comme convenu\u{a0}: trois minutes de respiration avant d’ouvrir vos mails le matin, sans chercher à bien faire.",
    ),
    (
        false,
        8 * 24 * 60 + 47,
        "Merci Docteur. J’ai essayé ce matin, c’était plus long que je ne pensais\u{202f}!",
    ),
    (
        true,
        8 * 24 * 60,
        "C’est déjà beaucoup. On en reparle la prochaine fois.",
    ),
];

const BEFORE: [Line; 4] = [
    (
        false,
        26 * 60,
        "Bonjour Docteur, je serai en déplacement ce jour-là. La visio depuis l’hôtel, cela vous convient\u{202f}?",
    ),
    (
        true,
        24 * 60 + 35,
        "Bonjour Marc, bien sûr. Prenez un endroit où vous vous sentez tranquille, avec un casque si vous en avez un.",
    ),
    (false, 24 * 60 + 20, "Parfait, merci beaucoup."),
    (
        true,
        65,
        "Si d’ici là la semaine est difficile, notez simplement l’heure et ce qui s’est passé. Nous regarderons ensemble.",
    ),
];

#[derive(QueryableByName)]
struct Meeting {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Writes the messages, once.
pub(super) fn write(
    conn: &mut PgConnection,
    envelope: &Envelope,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    for (which, lines, seen) in [
        (
            "c.status = 'completed' ORDER BY c.starts_at DESC",
            AFTERWARDS.as_slice(),
            true,
        ),
        (
            "c.status = 'confirmed' AND c.starts_at > $3 ORDER BY c.starts_at",
            BEFORE.as_slice(),
            false,
        ),
    ] {
        let meeting = sql_query(format!(
            "SELECT c.id FROM consultations c
             JOIN users e ON e.id = c.employee_id AND e.email = $1
             JOIN users p ON p.id = c.practitioner_id AND p.email = $2
             WHERE $3 IS NOT NULL AND NOT EXISTS (SELECT FROM chat_threads t WHERE t.consultation_id = c.id)
               AND {which} LIMIT 1"
        ))
        .bind::<Text, _>(cast::MARC)
        .bind::<Text, _>(cast::SOPHIE)
        .bind::<Timestamptz, _>(now)
        .get_result::<Meeting>(conn)
        .optional()?;
        if let Some(Meeting { id }) = meeting {
            converse(conn, envelope, (id, now), lines)?;
            // Marc has not seen the last one of what is to come; everything else is read.
            sql_query(
                "UPDATE chat_reads r SET last_read = 1000, read_at = $2 FROM users u
                 WHERE r.consultation_id = $1 AND u.id = r.user_id AND (u.role = 'practitioner' OR $3 = 'seen')",
            )
            .bind::<SqlUuid, _>(id)
            .bind::<Timestamptz, _>(now)
            .bind::<Text, _>(if seen { "seen" } else { "waits" })
            .execute(conn)?;
        }
    }
    Ok(())
}

fn converse(
    conn: &mut PgConnection,
    envelope: &Envelope,
    (consultation, now): (Uuid, DateTime<Utc>),
    lines: &[Line],
) -> anyhow::Result<()> {
    for (by_sophie, minutes, text) in lines {
        let id = stable_id(&format!("chat:{consultation}:{minutes}"));
        let field = Field {
            table: "chat_messages",
            column: "text_sealed",
            row: id,
        };
        let sealed = envelope.seal(conn, Scope::Chat(consultation), field, text.as_bytes())?;
        sql_query(
            "INSERT INTO chat_messages (id, consultation_id, company_id, sender_id, client_id, position, change, text_sealed, sent_at)
             SELECT $1, c.id, c.company_id, CASE WHEN $2 = 'sophie' THEN c.practitioner_id ELSE c.employee_id END,
                    $1, 0, 0, $3, $4
             FROM consultations c WHERE c.id = $5",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Text, _>(if *by_sophie { "sophie" } else { "marc" })
        .bind::<Binary, _>(sealed)
        .bind::<Timestamptz, _>(now - Duration::minutes(*minutes))
        .bind::<SqlUuid, _>(consultation)
        .execute(conn)?;
    }
    Ok(())
}
