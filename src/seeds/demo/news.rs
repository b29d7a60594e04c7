//! What the demo's HR tells its people: something new, something for one team, something to come, a draft.

use std::io::Cursor;

use diesel::{
    PgConnection, RunQueryDsl as _, sql_query,
    sql_types::{Array, Binary, Bool, Text, Timestamptz, Uuid as SqlUuid},
};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{Timeline, cast};
use crate::{content::model::slug, seeds::random::stable_id};

/// A post: its status, title and text, for which departments, whether by mail, and how many hours ago (or
/// ahead, for what is scheduled).
type Post = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    bool,
    i64,
);

const POSTS: [Post; 5] = [
    (
        "published",
        "La salle de pause rouvre lundi",
        "<div>Après six semaines de travaux, la salle du 3<strong>ᵉ</strong> étage rouvre <strong>lundi à 8\u{a0}h</strong>.</div><h3>Ce qui change</h3><ul><li>deux alcôves calmes, pour téléphoner ou ne rien faire</li><li>une grande table, pour déjeuner ensemble</li><li>des plantes, offertes par l’équipe Finance</li></ul><div>Passez la voir, le café est offert toute la semaine.</div>",
        &[],
        true,
        20,
    ),
    (
        "published",
        "Trois matinées pour souffler",
        "<div>En juin, trois matinées pour apprendre à relâcher la pression avant une échéance\u{a0}: respiration, pauses courtes, gestes simples.</div><div>Elles ont lieu sur le temps de travail. L’inscription se fait auprès de l’accueil, sans avoir à dire pourquoi.</div><blockquote>«\u{a0}Dix minutes par jour changent une semaine.\u{a0}»</blockquote>",
        &[],
        false,
        9 * 24,
    ),
    (
        "published",
        "Astreintes\u{a0}: le nouveau calendrier",
        "<div>Le calendrier des astreintes est en ligne. Personne n’en a deux de suite, et chaque nuit d’appel donne droit à une matinée de repos.</div>",
        &["Développement"],
        false,
        4 * 24,
    ),
    (
        "scheduled",
        "Journée vélo",
        "<div>Venez à vélo\u{a0}: un atelier de réparation vous attend dans la cour, de 8\u{a0}h à 10\u{a0}h.</div>",
        &[],
        true,
        5 * 24,
    ),
    (
        "draft",
        "Congés d’été\u{a0}: comment se relayer",
        "<div>À compléter avec les responsables d’équipe.</div>",
        &[],
        false,
        3,
    ),
];

/// The picture of the first: morning over hills.
fn morning() -> anyhow::Result<Vec<u8>> {
    const WIDTH: u32 = 1_200;
    const HEIGHT: u32 = 520;
    let mix = |from: [f32; 3], to: [f32; 3], share: f32| {
        Rgb([0, 1, 2].map(|at| (from[at] + (to[at] - from[at]) * share) as u8))
    };
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (across, down) = (x as f32 / WIDTH as f32, y as f32 / HEIGHT as f32);
        let far = 0.62 + 0.07 * (across * 7.0).sin();
        let near = 0.8 + 0.06 * (across * 5.0 + 2.0).cos();
        let sun = ((across - 0.72) * WIDTH as f32).hypot((down - 0.34) * HEIGHT as f32);
        if down > near {
            mix([38.0, 104.0, 92.0], [24.0, 74.0, 66.0], (down - near) * 4.0)
        } else if down > far {
            mix(
                [96.0, 156.0, 140.0],
                [66.0, 128.0, 114.0],
                (down - far) * 4.0,
            )
        } else if sun < 62.0 {
            Rgb([255, 236, 196])
        } else {
            mix([178.0, 214.0, 214.0], [252.0, 230.0, 206.0], down * 1.5)
        }
    });
    let mut jpeg = Vec::new();
    DynamicImage::ImageRgb8(picture).write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg)?;
    Ok(jpeg)
}

pub(super) fn write(conn: &mut PgConnection, timeline: Timeline) -> anyhow::Result<()> {
    for (status, title, body, departments, by_mail, hours) in POSTS {
        sql_query(format!(
            "INSERT INTO news_posts (id, company_id, client_id, slug, title, body, departments, by_mail, status, publish_at,
                                     published_at, created_at, changed_at)
             SELECT $1, c.id, $1, $2, $3, $4, $5, $6, $7,
                    CASE WHEN $7 = 'scheduled' THEN date_trunc('hour', $8) + interval '{hours} hours' END,
                    CASE WHEN $7 = 'published' THEN $8 - interval '{hours} hours' END,
                    $8 - interval '{written} hours', $8 - interval '{written} hours'
             FROM companies c WHERE c.slug = $9",
            written = if status == "scheduled" { 2 } else { hours },
        ))
        .bind::<SqlUuid, _>(stable_id(&format!("news:{title}")))
        .bind::<Text, _>(slug(title))
        .bind::<Text, _>(title)
        .bind::<Text, _>(body)
        .bind::<Array<Text>, _>(departments.to_vec())
        .bind::<Bool, _>(by_mail)
        .bind::<Text, _>(status)
        .bind::<Timestamptz, _>(timeline.now)
        .bind::<Text, _>(cast::TECHCORP.slug)
        .execute(conn)?;
    }
    let first = stable_id(&format!("news:{}", POSTS[0].1));
    sql_query(
        "INSERT INTO news_pictures (post_id, company_id, id, jpeg, width, height, alt)
         SELECT p.id, p.company_id, p.id, $1, 1200, 520, 'Le soleil se lève sur des collines' FROM news_posts p WHERE p.id = $2",
    )
    .bind::<Binary, _>(morning()?)
    .bind::<SqlUuid, _>(first)
    .execute(conn)?;
    // Everybody was told; most read what is older than a week, and how many is counted since.
    sql_query(
        "INSERT INTO notices (id, recipient_id, news_id, company_id, kind, starts_at, created_at, read_at)
         SELECT md5('news:' || p.id || u.id)::uuid, u.id, p.id, p.company_id, 'company_news', p.published_at, p.published_at,
                CASE WHEN p.published_at < $1 - interval '7 days' THEN p.published_at + interval '1 day' END
         FROM news_posts p
         JOIN users u ON u.company_id = p.company_id AND u.role = 'employee' AND u.status = 'active'
         JOIN employees e ON e.user_id = u.id
         WHERE p.status = 'published' AND (p.departments = '{}' OR e.department = ANY (p.departments))
         ORDER BY p.published_at, u.email",
    )
    .bind::<Timestamptz, _>(timeline.now)
    .execute(conn)?;
    sql_query(
        "INSERT INTO news_readings (post_id, reader_id, company_id, read_at)
         SELECT p.post_id, p.person, p.company_id, p.told + interval '1 day'
         FROM (SELECT n.news_id AS post_id, n.recipient_id AS person, n.company_id, n.created_at AS told,
                      row_number() OVER (PARTITION BY n.news_id ORDER BY u.email DESC) AS place,
                      count(*) OVER (PARTITION BY n.news_id) AS people
               FROM notices n JOIN users u ON u.id = n.recipient_id
               WHERE n.news_id IS NOT NULL AND n.read_at IS NOT NULL) p
         WHERE p.place <= p.people * 3 / 5",
    )
    .execute(conn)?;
    sql_query("SELECT hz.count_news_readers($1)")
        .bind::<Timestamptz, _>(timeline.now)
        .execute(conn)?;
    Ok(())
}
