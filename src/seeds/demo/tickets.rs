//! What the demo's HR asked the platform, what it answered, and what the platform answers often.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    PgConnection, RunQueryDsl as _, sql_query,
    sql_types::{Binary, Bool, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::cast;
use crate::{
    infra::envelope::{Envelope, Field, Scope, Sealed},
    seeds::random::stable_id,
};

/// Who writes: whether it is the platform; after how many hours; what.
type Message = (bool, i64, &'static str);

struct Ticket {
    subject: &'static str,
    /// Category, priority, status.
    kind: [&'static str; 3],
    /// Opened so many hours ago.
    hours: i64,
    escalated: bool,
    messages: &'static [Message],
    note: Option<&'static str>,
}

const TICKETS: [Ticket; 4] = [
    Ticket {
        subject: "L’import refuse notre fichier de juin",
        kind: ["import", "high", "answered"],
        hours: 27,
        escalated: false,
        messages: &[
            (
                false,
                0,
                "Bonjour,\n\nLe fichier exporté de notre SIRH est refusé en entier, avec le message «\u{a0}la colonne e-mail manque\u{a0}». Elle s’appelle pourtant bien «\u{a0}Courriel pro\u{a0}» depuis toujours.",
            ),
            (
                true,
                2,
                "Bonjour Claire,\n\nVotre SIRH a renommé la colonne en «\u{a0}Courriel_pro\u{a0}». Remettez «\u{a0}email\u{a0}» en première ligne, ou partez du modèle à télécharger sur la page d’import\u{a0}: le reste du fichier est bon.",
            ),
        ],
        note: Some(
            "Troisième entreprise sur ce SIRH\u{a0}: voir avec l’équipe produit si l’en-tête peut être reconnu.",
        ),
    },
    Ticket {
        subject: "Des invitations n’arrivent pas chez deux nouveaux",
        kind: ["accounts", "urgent", "open"],
        hours: 3,
        escalated: true,
        messages: &[(
            false,
            0,
            "Deux personnes arrivées lundi n’ont rien reçu, même dans les indésirables. Nous avons renvoyé l’invitation hier soir. Pouvez-vous regarder\u{a0}?",
        )],
        note: Some(
            "Leur filtre de messagerie a changé vendredi. J’ai demandé à leur informatique d’autoriser notre domaine.",
        ),
    },
    Ticket {
        subject: "Pourquoi le chiffre du Marketing est-il masqué\u{a0}?",
        kind: ["figures", "normal", "resolved"],
        hours: 12 * 24,
        escalated: false,
        messages: &[
            (
                false,
                0,
                "Le tableau de mai ne montre rien pour le Marketing, alors que nous y sommes neuf. Est-ce une erreur\u{a0}?",
            ),
            (
                true,
                5,
                "Non, c’est la règle qui protège vos équipes\u{a0}: sous cinq personnes dans un groupe, ou dans ce qui reste à côté, rien n’est publié. La page «\u{a0}Usage\u{a0}» donne la raison de chaque case masquée.",
            ),
        ],
        note: None,
    },
    Ticket {
        subject: "Ajouter un domaine d’adresses",
        kind: ["accounts", "low", "closed"],
        hours: 34 * 24,
        escalated: false,
        messages: &[
            (
                false,
                0,
                "Notre filiale utilise techcorp.fr. Comment inviter ses salariés\u{a0}?",
            ),
            (
                true,
                20,
                "Le domaine est ajouté\u{a0}: vous pouvez les inviter dès maintenant.",
            ),
            (false, 22, "Parfait, merci\u{a0}!"),
        ],
        note: None,
    },
];

const CANNED: [(&str, &str); 3] = [
    (
        "Invitation non reçue",
        "Bonjour,\n\nLes invitations partent de notre domaine\u{a0}: demandez à votre service informatique de l’autoriser, puis renvoyez l’invitation depuis la page du salarié. Le lien précédent ne fonctionne plus.",
    ),
    (
        "Chiffre masqué",
        "Bonjour,\n\nSous cinq personnes dans un groupe, ou dans ce qui reste à côté, rien n’est publié\u{a0}: c’est ce qui garantit à chacun que personne ne peut le reconnaître.",
    ),
    (
        "Fichier refusé à l’import",
        "Bonjour,\n\nLe rapport de l’import dit, ligne par ligne, ce qui manque. Le plus simple est de partir du modèle à télécharger sur la même page.",
    ),
];

/// Writes the tickets, once.
pub(super) fn write(
    conn: &mut PgConnection,
    envelope: &Envelope,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    for (title, body) in CANNED {
        sql_query(
            "INSERT INTO support_canned (id, title, body, changed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind::<SqlUuid, _>(stable_id(&format!("canned:{title}")))
        .bind::<Text, _>(title)
        .bind::<Text, _>(body)
        .bind::<Timestamptz, _>(now)
        .execute(conn)?;
    }
    for ticket in &TICKETS {
        open(conn, envelope, ticket, now)?;
    }
    Ok(())
}

fn open(
    conn: &mut PgConnection,
    envelope: &Envelope,
    ticket: &Ticket,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let id = stable_id(&format!("ticket:{}", ticket.subject));
    let opened_at = now - Duration::hours(ticket.hours);
    let last = ticket.messages.last().map_or(0, |(_, hours, _)| *hours);
    let [category, priority, status] = ticket.kind;
    let opened = sql_query(
        "INSERT INTO support_tickets (id, company_id, author_id, client_id, category, priority, status, assignee_id,
                                      escalated_at, created_at, changed_at, ended_at)
         SELECT $1, u.company_id, u.id, $1, $2, $3, $4, a.id, CASE WHEN $5 THEN $6 END, $6, $7,
                CASE WHEN $4 IN ('resolved', 'closed') THEN $7 END
         FROM users u JOIN users a ON a.email = $8 WHERE u.email = $9
         ON CONFLICT DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(category)
    .bind::<Text, _>(priority)
    .bind::<Text, _>(status)
    .bind::<Bool, _>(ticket.escalated)
    .bind::<Timestamptz, _>(opened_at)
    .bind::<Timestamptz, _>(opened_at + Duration::hours(last))
    .bind::<Text, _>(cast::ADMIN.email)
    .bind::<Text, _>(cast::TECHCORP.hr.email)
    .execute(conn)?;
    if opened == 0 {
        return Ok(());
    }
    let place = ("support_tickets", "subject_sealed", id);
    let subject = seal(conn, envelope, Scope::Support(id), place, ticket.subject)?;
    sql_query("UPDATE support_tickets SET subject_sealed = $1 WHERE id = $2")
        .bind::<Binary, _>(subject)
        .bind::<SqlUuid, _>(id)
        .execute(conn)?;
    for (number, (from_platform, hours, text)) in ticket.messages.iter().enumerate() {
        let message = stable_id(&format!("ticket:{}:{number}", ticket.subject));
        let place = ("support_messages", "text_sealed", message);
        let sealed = seal(conn, envelope, Scope::Support(id), place, text)?;
        sql_query(
            "INSERT INTO support_messages (id, ticket_id, company_id, author_id, from_platform, client_id, text_sealed, sent_at)
             SELECT $1, t.id, t.company_id, CASE WHEN $2 THEN t.assignee_id ELSE t.author_id END, $2, $1, $3, $4
             FROM support_tickets t WHERE t.id = $5",
        )
        .bind::<SqlUuid, _>(message)
        .bind::<Bool, _>(*from_platform)
        .bind::<Binary, _>(sealed)
        .bind::<Timestamptz, _>(opened_at + Duration::hours(*hours))
        .bind::<SqlUuid, _>(id)
        .execute(conn)?;
    }
    if let Some(text) = ticket.note {
        let note = stable_id(&format!("ticket:{}:note", ticket.subject));
        let place = ("support_notes", "text_sealed", note);
        let sealed = seal(conn, envelope, Scope::SupportNote(id), place, text)?;
        sql_query(
            "INSERT INTO support_notes (id, ticket_id, author_id, client_id, text_sealed, written_at)
             SELECT $1, t.id, t.assignee_id, $1, $2, $3 FROM support_tickets t WHERE t.id = $4",
        )
        .bind::<SqlUuid, _>(note)
        .bind::<Binary, _>(sealed)
        .bind::<Timestamptz, _>(opened_at + Duration::hours(1))
        .bind::<SqlUuid, _>(id)
        .execute(conn)?;
    }
    Ok(())
}

fn seal(
    conn: &mut PgConnection,
    envelope: &Envelope,
    scope: Scope,
    (table, column, row): (&'static str, &'static str, Uuid),
    text: &str,
) -> anyhow::Result<Sealed> {
    let field = Field { table, column, row };
    Ok(envelope.seal(conn, scope, field, text.as_bytes())?)
}
