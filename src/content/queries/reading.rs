//! News as employees read them: what is published for them, and what they read of it.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{
        Array, BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid,
    },
};
use uuid::Uuid;

use super::Picture;
use crate::{
    content::model::NEW_DAYS,
    infra::{actor::Employee, db::Tx, error::AppError, prepared::prepared, rich_text::RichText},
};

#[derive(QueryableByName)]
struct ArticleRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Timestamptz)]
    published_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    is_read: bool,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    picture_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Integer>)]
    width: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    height: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    alt: Option<String>,
}

const COLUMNS: &str =
    "SELECT p.id, p.slug, p.title, p.body, p.published_at, n.post_id IS NOT NULL AS is_read,
            i.id AS picture_id, i.width, i.height, i.alt
     FROM news_posts p
     LEFT JOIN news_readings n ON n.post_id = p.id
     LEFT JOIN news_pictures i ON i.post_id = p.id";

/// A piece of news, as its reader has it.
#[derive(Clone, Debug)]
pub struct Article {
    /// Which one.
    pub id: Uuid,
    /// The last part of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: RichText,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// Whether the reader said that they read it.
    pub is_read: bool,
    /// Whether it is new to the reader: not read, and not old.
    pub is_new: bool,
    /// Its picture.
    pub picture: Option<Picture>,
}

impl Article {
    fn new(row: ArticleRow, now: DateTime<Utc>) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            title: row.title,
            body: RichText::clean(&row.body).unwrap_or_default(),
            published_at: row.published_at,
            is_read: row.is_read,
            is_new: !row.is_read && row.published_at > now - TimeDelta::days(NEW_DAYS),
            picture: Picture::joined(row.picture_id, (row.width, row.height), row.alt),
        }
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many pieces of news there are for the reader.
///
/// # Errors
/// The database's.
pub fn count_for_reader(tx: &mut Tx<Employee>) -> Result<i64, AppError> {
    let row: Count = prepared("SELECT count(*) AS count FROM news_posts").get_result(tx.conn())?;
    Ok(row.count)
}

/// Some of the news for the reader, the latest first.
///
/// # Errors
/// The database's.
pub fn for_reader(
    tx: &mut Tx<Employee>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Article>, AppError> {
    let now = tx.now();
    let rows: Vec<ArticleRow> = prepared(format!(
        "{COLUMNS} ORDER BY p.published_at DESC, p.id OFFSET $1 LIMIT $2"
    ))
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| Article::new(row, now)).collect())
}

/// A piece of news for the reader.
///
/// # Errors
/// `NotFound`; the database's.
pub fn article(tx: &mut Tx<Employee>, slug: &str) -> Result<Article, AppError> {
    let now = tx.now();
    let row: Option<ArticleRow> = prepared(format!("{COLUMNS} WHERE p.slug = $1"))
        .bind::<Text, _>(slug)
        .get_result(tx.conn())
        .optional()?;
    Ok(Article::new(row.ok_or(AppError::NotFound)?, now))
}

/// The reader read it: in the list, and in the notice of it. Twice is once.
///
/// # Errors
/// `NotFound`; the database's.
pub fn mark_read(tx: &mut Tx<Employee>, slug: &str) -> Result<(), AppError> {
    let article = article(tx, slug)?;
    let (me, company, now) = (tx.user_id()?, tx.company_id()?, tx.now());
    prepared(
        "INSERT INTO news_readings (post_id, reader_id, company_id, read_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind::<SqlUuid, _>(article.id)
    .bind::<SqlUuid, _>(me)
    .bind::<SqlUuid, _>(company)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    prepared("UPDATE notices SET read_at = $1 WHERE news_id = $2 AND recipient_id = $3 AND read_at IS NULL")
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(article.id)
        .bind::<SqlUuid, _>(me)
        .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Pixels {
    #[diesel(sql_type = Binary)]
    jpeg: Vec<u8>,
}

/// The picture of a piece of news for the reader.
///
/// # Errors
/// `NotFound`; the database's.
pub fn article_picture(tx: &mut Tx<Employee>, slug: &str) -> Result<Vec<u8>, AppError> {
    let pixels: Option<Pixels> = prepared(
        "SELECT i.jpeg FROM news_pictures i JOIN news_posts p ON p.id = i.post_id WHERE p.slug = $1",
    )
    .bind::<Text, _>(slug)
    .get_result(tx.conn())
    .optional()?;
    Ok(pixels.ok_or(AppError::NotFound)?.jpeg)
}

/// What a notice shows of a piece of news.
#[derive(Clone, Debug, QueryableByName)]
pub struct Headline {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    /// The last part of its address.
    #[diesel(sql_type = Text)]
    pub slug: String,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub title: String,
}

/// Those of these that the reader may read, by id.
///
/// # Errors
/// The database's.
pub fn headlines(tx: &mut Tx<Employee>, ids: &[Uuid]) -> Result<HashMap<Uuid, Headline>, AppError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Headline> =
        prepared("SELECT id, slug, title FROM news_posts WHERE id = ANY ($1)")
            .bind::<Array<SqlUuid>, _>(ids.to_vec())
            .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
