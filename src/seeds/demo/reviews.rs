//! What some employees of the demo said of their practitioner, read and published.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    PgConnection, RunQueryDsl as _, sql_query,
    sql_types::{Array, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::{
    agenda::{Appointment, Outcome},
    cast,
};

/// One completed consultation in so many has a review.
const ONE_IN: usize = 4;
/// Days from the end to the publication.
const MODERATION: i64 = 3;

/// Stars and words, given in turn; some give stars only.
const REVIEWS: [(i16, &str); 17] = [
    (
        5,
        "Une écoute rare. Je suis reparti avec deux choses concrètes à essayer avant la séance suivante.",
    ),
    (5, ""),
    (
        4,
        "Ponctuel et bienveillant. J’aurais aimé un créneau plus tôt.",
    ),
    (
        5,
        "Je n’osais pas consulter. On m’a mise à l’aise dès les premières minutes, sans me presser.",
    ),
    (4, ""),
    (
        5,
        "Des mots simples sur ce que je vivais au travail. Cela m’a beaucoup aidé.",
    ),
    (3, "Séance utile, mais le son coupait par moments."),
    (5, "Clair, chaleureux, jamais de jugement. Je recommande."),
    (5, "Trois séances ont suffi pour que je dorme à nouveau."),
    (4, "Un peu court à mon goût, mais chaque minute a compté."),
    (5, ""),
    (
        5,
        "On sent l’habitude du monde de l’entreprise : rien à expliquer deux fois.",
    ),
    (4, "Prise de rendez-vous simple, échange sérieux."),
    (5, "Je repars plus léger, et avec un plan pour la semaine."),
    (3, ""),
    (5, "Enfin quelqu’un qui pose les bonnes questions."),
    (4, "Très bonne première rencontre. À suivre."),
];

/// Publishes the reviews of the appointments that have had time for it by `now`.
pub(super) fn write(
    conn: &mut PgConnection,
    appointments: &[Appointment],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let completed = appointments.iter().filter_map(|appointment| {
        let Outcome::Completed(_, ended_at) = appointment.outcome else {
            return None;
        };
        let published_at = ended_at + Duration::days(MODERATION);
        (published_at < now).then_some((appointment, published_at))
    });
    let (mut ids, mut stars) = (Vec::<Uuid>::new(), Vec::<i16>::new());
    let (mut comments, mut moments) = (Vec::new(), Vec::new());
    let chosen = completed.step_by(ONE_IN).zip(REVIEWS.iter().cycle());
    for ((appointment, published_at), (rating, comment)) in chosen {
        ids.push(appointment.id);
        stars.push(*rating);
        comments.push((!comment.is_empty()).then_some(*comment));
        moments.push(published_at);
    }
    sql_query(
        "INSERT INTO practitioner_reviews
             (consultation_id, practitioner_id, rating, comment, status, published_at, created_at)
         SELECT c.id, c.practitioner_id, r.rating, r.comment, 'published', r.at, c.ended_at
         FROM unnest($1, $2, $3, $4) r (id, rating, comment, at) JOIN consultations c ON c.id = r.id",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<SmallInt>, _>(stars)
    .bind::<Array<Nullable<Text>>, _>(comments)
    .bind::<Array<Timestamptz>, _>(moments)
    .execute(conn)?;
    waits(conn, now)
}

/// What the moderation finds when it opens its page: stars given in the last days (words are sealed, and a
/// seed has no key), and a problem that one person signalled.
fn waits(conn: &mut PgConnection, now: DateTime<Utc>) -> anyhow::Result<()> {
    sql_query(
        "INSERT INTO practitioner_reviews (consultation_id, practitioner_id, rating, created_at)
         SELECT id, practitioner_id, 4 + (row_number() OVER (ORDER BY ended_at))::integer % 2, ended_at + interval '2 hours'
         FROM consultations
         WHERE status = 'completed' AND ended_at > $1::timestamptz - interval '60 hours'
           AND ended_at < $1::timestamptz - interval '3 hours'
           -- Marc's are his to review.
           AND employee_id <> (SELECT id FROM users WHERE email = $2)
         ORDER BY ended_at LIMIT 5
         ON CONFLICT DO NOTHING",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Text, _>(cast::MARC)
    .execute(conn)?;
    sql_query(
        "INSERT INTO problem_reports (consultation_id, company_id, practitioner_id, reporter, category, created_at)
         SELECT id, company_id, practitioner_id, 'employee', 'technical', ended_at + interval '10 minutes'
         FROM consultations WHERE status = 'completed' AND format = 'video' AND ended_at < $1
         ORDER BY ended_at DESC LIMIT 1",
    )
    .bind::<Timestamptz, _>(now)
    .execute(conn)?;
    Ok(())
}
