//! Five weeks of Marc's journal: ordinary days, a hard week, and the way out of it.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    OptionalExtension as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Binary, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::cast;
use crate::{
    infra::envelope::{Envelope, Field, Scope},
    seeds::random::stable_id,
};

/// How many hours before now, the title, the mood, the tags, the text.
type Page = (i64, &'static str, u8, &'static [&'static str], &'static str);

const PAGES: [Page; 14] = [
    (
        5,
        "Trois bonnes choses",
        4,
        &["gratitude", "équipe"],
        "1. Le café avec Inès avant la réunion, dix minutes sans parler du projet.\n2. J’ai dit non à une demande de dernière minute, et rien ne s’est écroulé.\n3. Marche jusqu’au métro sous un ciel très clair.",
    ),
    (
        29,
        "",
        3,
        &["sommeil"],
        "Réveillé à 4 h, rendormi vers 5 h. Moins de ruminations que la semaine dernière.",
    ),
    (
        53,
        "Respirer avant les mails",
        4,
        &["respiration", "travail"],
        "Trois minutes de respiration avant d’ouvrir la messagerie, comme convenu avec le Dr Martin. C’est long, trois minutes. Mais la matinée a été plus calme.",
    ),
    (100, "", 4, &["famille"], ""),
    (
        149,
        "En forêt",
        5,
        &["famille", "repos"],
        "Forêt avec les enfants. Pas regardé mon téléphone de l’après-midi.",
    ),
    (
        198,
        "Ce qui pèse",
        2,
        &["travail", "fatigue"],
        "La livraison avance, mais chaque jour ajoute une urgence. Ce qui dépend de moi\u{a0}: prévenir plus tôt, demander de l’aide. Ce qui n’en dépend pas\u{a0}: le calendrier du client.",
    ),
    (
        246,
        "",
        2,
        &["sommeil", "fatigue"],
        "Mal dormi encore. Tête lourde toute la journée.",
    ),
    (
        294,
        "Une journée trop longue",
        2,
        &["travail"],
        "Douze heures, et l’impression de n’avoir rien fini. J’ai répondu sèchement à Karim, je m’en excuserai demain.",
    ),
    (342, "", 3, &["travail"], "Excuses faites. Il a souri. Ouf."),
    (
        420,
        "Comme à un ami",
        3,
        &["gratitude"],
        "À un ami, je dirais\u{a0}: tu portes beaucoup, et tu fais de ton mieux. Une semaine difficile ne dit rien de ce que tu vaux.",
    ),
    (516, "", 4, &["repos"], "Bonne nuit, enfin. Piscine."),
    (
        612,
        "Reprise",
        3,
        &["travail"],
        "La liste est longue, j’en garde trois.",
    ),
    (708, "", 3, &["sommeil"], ""),
    (
        804,
        "Première page",
        2,
        &["fatigue"],
        "On m’a conseillé d’écrire. Je ne sais pas quoi. Je suis fatigué, voilà. C’est un début.",
    ),
];

/// Title and text of what Marc wrote for Sophie.
const SUMMARY: (&str, &str) = (
    "Depuis la dernière fois",
    "Deux semaines lourdes, puis une éclaircie. Je dors un peu mieux depuis que je respire avant les mails.\n\nJ’aimerais parler des urgences que je prends toutes pour moi, et de ce que je peux laisser.",
);

#[derive(QueryableByName)]
struct Writer {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Writes the pages, once.
pub(super) fn write(
    conn: &mut PgConnection,
    envelope: &Envelope,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let writer: Option<Writer> = sql_query(
        "SELECT u.id FROM users u WHERE u.email = $1
           AND NOT EXISTS (SELECT FROM journal_entries e WHERE e.employee_id = u.id)",
    )
    .bind::<Text, _>(cast::MARC)
    .get_result(conn)
    .optional()?;
    let Some(Writer { id: marc }) = writer else {
        return Ok(());
    };
    for (hours, title, mood, tags, text) in PAGES {
        let id = stable_id(&format!("journal:{hours}"));
        let summary = json!({ "t": title, "m": mood, "g": tags }).to_string();
        let mut seal = |column, content: &str| {
            let table = "journal_entries";
            let field = Field {
                table,
                column,
                row: id,
            };
            envelope.seal(conn, Scope::Journal(marc), field, content.as_bytes())
        };
        let (summary, text) = (
            seal("summary_sealed", &summary)?,
            seal("text_sealed", text)?,
        );
        sql_query(
            "INSERT INTO journal_entries (id, employee_id, company_id, client_id, summary_sealed, text_sealed, written_at)
             SELECT $1, u.id, u.company_id, $1, $2, $3, $4 FROM users u WHERE u.id = $5",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Binary, _>(summary)
        .bind::<Binary, _>(text)
        .bind::<Timestamptz, _>(now - Duration::hours(hours))
        .bind::<SqlUuid, _>(marc)
        .execute(conn)?;
    }
    share(conn, envelope, marc, now)
}

/// What Sophie may read before they meet again.
fn share(
    conn: &mut PgConnection,
    envelope: &Envelope,
    marc: Uuid,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let id = stable_id("journal:share");
    sql_query(
        "INSERT INTO journal_shares (id, employee_id, company_id, practitioner_id, client_id, shared_at, expires_at)
         SELECT $1, u.id, u.company_id, p.id, $1, $2, $2 + interval '30 days'
         FROM users u, users p WHERE u.id = $3 AND p.email = $4",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Timestamptz, _>(now - Duration::hours(4))
    .bind::<SqlUuid, _>(marc)
    .bind::<Text, _>(cast::SOPHIE)
    .execute(conn)?;
    let (title, text) = SUMMARY;
    let content = json!({ "title": title, "text": text }).to_string();
    let field = Field {
        table: "journal_shares",
        column: "content_sealed",
        row: id,
    };
    let sealed = envelope.seal(conn, Scope::JournalShare(id), field, content.as_bytes())?;
    sql_query("UPDATE journal_shares SET content_sealed = $2 WHERE id = $1")
        .bind::<SqlUuid, _>(id)
        .bind::<Binary, _>(sealed)
        .execute(conn)?;
    Ok(())
}
