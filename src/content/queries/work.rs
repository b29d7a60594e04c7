//! What the worker does with news: publish them, tell of them, count their readers.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Bool, Integer, Nullable, Text, Time, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    content::jobs::{Announce, MailNews},
    infra::{
        actor::Worker, db::Tx, error::AppError, i18n::Locale, jobs, page::Reader,
        prepared::prepared,
    },
    notifications::model::{Kind, Preferences, QuietHours, Topic},
};

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Publishes what is due, of companies that are active: how many.
///
/// # Errors
/// The database's.
pub fn publish_due(tx: &mut Tx<Worker>) -> Result<usize, AppError> {
    let now = tx.now();
    let due: Vec<Id> = prepared(
        "UPDATE news_posts p SET status = 'published', published_at = $1, publish_at = NULL
         FROM companies c
         WHERE c.id = p.company_id AND c.status = 'active' AND p.status = 'scheduled' AND p.publish_at <= $1
         RETURNING p.id",
    )
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    let told: Vec<Announce> = due
        .iter()
        .map(|post| Announce { post_id: post.id })
        .collect();
    jobs::enqueue_all(tx, &told)?;
    Ok(due.len())
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Bool)]
    by_mail: bool,
}

/// Tells everybody whom a published post is for, once.
///
/// # Errors
/// The database's.
pub fn announce(tx: &mut Tx<Worker>, post: Uuid) -> Result<(), AppError> {
    let now = tx.now();
    let told: Vec<Told> = prepared(
        "WITH told AS (
             INSERT INTO notices (recipient_id, news_id, company_id, kind, starts_at, created_at)
             SELECT u.id, p.id, p.company_id, $1, p.published_at, $2
             FROM news_posts p
             JOIN users u ON u.company_id = p.company_id AND u.role = 'employee' AND u.status = 'active'
             JOIN employees e ON e.user_id = u.id
             WHERE p.id = $3 AND p.status = 'published'
               AND (p.departments = '{}' OR e.department = ANY (p.departments))
             ON CONFLICT (news_id, recipient_id) WHERE news_id IS NOT NULL DO NOTHING
             RETURNING id, news_id)
         SELECT t.id, p.by_mail FROM told t JOIN news_posts p ON p.id = t.news_id",
    )
    .bind::<Text, _>(Kind::CompanyNews.as_str())
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(post)
    .load(tx.conn())?;
    let mails: Vec<MailNews> = told
        .iter()
        .filter(|notice| notice.by_mail)
        .map(|notice| MailNews::now(notice.id))
        .collect();
    jobs::enqueue_all(tx, &mails)
}

/// Takes back what was told of a post that can no longer be read.
///
/// # Errors
/// The database's.
pub fn withdraw(tx: &mut Tx<Worker>, post: Uuid) -> Result<(), AppError> {
    prepared(
        "DELETE FROM notices n USING news_posts p WHERE p.id = n.news_id AND p.id = $1 AND p.status = 'archived'",
    )
    .bind::<SqlUuid, _>(post)
    .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct LetterRow {
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    locale: String,
    #[diesel(sql_type = Text)]
    timezone: String,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    muted_mail: Option<Vec<String>>,
    #[diesel(sql_type = Nullable<Time>)]
    quiet_from: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Time>)]
    quiet_until: Option<NaiveTime>,
    #[diesel(sql_type = Nullable<Bool>)]
    discreet: Option<bool>,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    company: String,
}

/// A mail that tells of a piece of news.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Where it goes: the personal address when there is one, else the account's.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Language and zone.
    pub reader: Reader,
    /// Whether whoever sees the mailbox must not learn what it is about.
    pub discreet: bool,
    /// When the reader's quiet hours end, if it is in them.
    pub quiet_until: Option<DateTime<Utc>>,
    /// The title of the news.
    pub title: String,
    /// The last part of its address.
    pub slug: String,
    /// Who tells it.
    pub company: String,
}

/// The mail of a notice; `None` once the news was read or is not to be read any more, for an account that
/// is closed, and for somebody who wants no such mails.
///
/// # Errors
/// The database's.
pub fn letter(tx: &mut Tx<Worker>, notice: Uuid) -> Result<Option<Letter>, AppError> {
    let now = tx.now();
    let row: Option<LetterRow> = prepared(
        "SELECT coalesce(a.email, u.email) AS email, u.first_name, u.locale, u.timezone, f.muted_mail, f.quiet_from,
                f.quiet_until, f.discreet, p.title, p.slug, c.name AS company
         FROM notices n
         JOIN news_posts p ON p.id = n.news_id AND p.status = 'published'
         JOIN companies c ON c.id = p.company_id AND c.status = 'active'
         JOIN users u ON u.id = n.recipient_id AND u.status = 'active' AND u.company_id = p.company_id
         LEFT JOIN notification_preferences f ON f.user_id = u.id
         LEFT JOIN personal_addresses a ON a.user_id = u.id
         WHERE n.id = $1 AND n.read_at IS NULL",
    )
    .bind::<SqlUuid, _>(notice)
    .get_result(tx.conn())
    .optional()?;
    Ok(row.and_then(|row| {
        let initial = Preferences::initial(true);
        let quiet = match &row.muted_mail {
            None => initial.quiet,
            Some(_) => row
                .quiet_from
                .zip(row.quiet_until)
                .map(|(from, until)| QuietHours { from, until }),
        };
        let muted = row.muted_mail.unwrap_or_default();
        if muted
            .iter()
            .any(|topic| topic == Topic::CompanyNews.as_str())
        {
            return None;
        }
        let tz = row.timezone.parse().unwrap_or(Tz::Europe__Paris);
        Some(Letter {
            email: row.email,
            first_name: row.first_name,
            reader: Reader {
                locale: Locale::from_code(&row.locale).unwrap_or_default(),
                tz,
            },
            discreet: row.discreet.unwrap_or(initial.discreet),
            quiet_until: quiet.and_then(|quiet| quiet.end_after(now, tz)),
            title: row.title,
            slug: row.slug,
            company: row.company,
        })
    }))
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Integer)]
    counted: i32,
}

/// Counts the readers of what was published within a year: of how many posts.
///
/// # Errors
/// The database's.
pub fn count_readers(tx: &mut Tx<Worker>) -> Result<i32, AppError> {
    let now = tx.now();
    let row: Counted = prepared("SELECT hz.count_news_readers($1) AS counted")
        .bind::<Timestamptz, _>(now)
        .get_result(tx.conn())?;
    Ok(row.counted)
}
