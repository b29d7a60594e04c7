//! News as HR writes them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{
        Array, BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid,
    },
};
use serde_json::json;
use uuid::Uuid;

use super::Picture;
use crate::{
    content::{
        jobs::{Announce, Withdraw},
        model::{Draft, Status},
    },
    infra::{
        actor::Hr,
        audit::{self, Deed},
        counts::CountedList,
        db::Tx,
        error::AppError,
        jobs,
        prepared::prepared,
        rich_text::RichText,
    },
};

#[derive(QueryableByName)]
struct PostRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Array<Text>)]
    departments: Vec<String>,
    #[diesel(sql_type = Bool)]
    by_mail: bool,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    publish_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    published_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Integer)]
    revision: i32,
    #[diesel(sql_type = Timestamptz)]
    changed_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    picture_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Integer>)]
    width: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    height: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    alt: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    audience: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    readers: Option<i32>,
}

const COLUMNS: &str = "SELECT p.id, p.slug, p.title, p.body, p.departments, p.by_mail, p.status, p.publish_at,
            p.published_at, p.revision, p.changed_at, i.id AS picture_id, i.width, i.height, i.alt, r.audience, r.readers
     FROM news_posts p
     LEFT JOIN news_pictures i ON i.post_id = p.id
     LEFT JOIN news_reach r ON r.post_id = p.id";

/// How many read a post, as HR is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Whom it was for.
    pub audience: i32,
    /// At least so many read it; `None`: too few, or too few did not.
    pub readers: Option<i32>,
}

/// A post, as HR has it.
#[derive(Clone, Debug)]
pub struct Post {
    /// Which one.
    pub id: Uuid,
    /// The last part of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: RichText,
    /// Whom it is for; everybody when there is none.
    pub departments: Vec<String>,
    /// Whether it is told by mail too.
    pub by_mail: bool,
    /// Where it is in its life.
    pub status: Status,
    /// When it will be published.
    pub publish_at: Option<DateTime<Utc>>,
    /// When it was.
    pub published_at: Option<DateTime<Utc>>,
    /// Counts the savings.
    pub revision: i32,
    /// When it was last saved.
    pub changed_at: DateTime<Utc>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// How many read it; `None` until it was counted.
    pub reach: Option<Reach>,
}

impl TryFrom<PostRow> for Post {
    type Error = AppError;

    fn try_from(row: PostRow) -> Result<Self, AppError> {
        Ok(Self {
            id: row.id,
            slug: row.slug,
            title: row.title,
            body: RichText::clean(&row.body).unwrap_or_default(),
            departments: row.departments,
            by_mail: row.by_mail,
            status: row.status.parse().map_err(AppError::internal)?,
            publish_at: row.publish_at,
            published_at: row.published_at,
            revision: row.revision,
            changed_at: row.changed_at,
            picture: Picture::joined(row.picture_id, (row.width, row.height), row.alt),
            reach: row.audience.map(|audience| Reach {
                audience,
                readers: row.readers,
            }),
        })
    }
}

/// The company's posts by status.
pub const POSTS: CountedList<Hr> =
    CountedList::new("SELECT status, count(*) AS count FROM news_posts GROUP BY status");

/// One page of the company's posts: those to come first, then the latest.
///
/// # Errors
/// The database's.
pub fn list(
    tx: &mut Tx<Hr>,
    status: Option<Status>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Post>, AppError> {
    let rows: Vec<PostRow> = prepared(format!(
        "{COLUMNS} WHERE $1 = '' OR p.status = $1
         ORDER BY coalesce(p.publish_at, p.published_at, p.changed_at) DESC, p.id OFFSET $2 LIMIT $3"
    ))
    .bind::<Text, _>(status.map_or("", Status::as_str))
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(tx.conn())?;
    rows.into_iter().map(Post::try_from).collect()
}

/// A post of the company.
///
/// # Errors
/// `NotFound`; the database's.
pub fn find(tx: &mut Tx<Hr>, id: Uuid) -> Result<Post, AppError> {
    let row: Option<PostRow> = prepared(format!("{COLUMNS} WHERE p.id = $1"))
        .bind::<SqlUuid, _>(id)
        .get_result(tx.conn())
        .optional()?;
    row.ok_or(AppError::NotFound)?.try_into()
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// A post that nobody else changes until this transaction is over.
fn hold(tx: &mut Tx<Hr>, id: Uuid) -> Result<Post, AppError> {
    prepared("SELECT id FROM news_posts WHERE id = $1 FOR UPDATE")
        .bind::<SqlUuid, _>(id)
        .get_result::<Id>(tx.conn())
        .optional()?
        .ok_or(AppError::NotFound)?;
    find(tx, id)
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Text)]
    slug: String,
}

/// The first address of these words that no other post of the company has.
fn free_slug(tx: &mut Tx<Hr>, words: &str, own: Uuid) -> Result<String, AppError> {
    let company = tx.company_id()?;
    // Two posts of one title that are written at once get two addresses.
    prepared("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 300))")
        .bind::<Text, _>(company.to_string())
        .execute(tx.conn())?;
    let taken: Vec<Taken> =
        prepared("SELECT slug FROM news_posts WHERE (slug = $1 OR slug LIKE $2) AND id <> $3")
            .bind::<Text, _>(words)
            .bind::<Text, _>(format!("{words}-%"))
            .bind::<SqlUuid, _>(own)
            .load(tx.conn())?;
    let taken: HashSet<String> = taken.into_iter().map(|row| row.slug).collect();
    let numbered = (2..).map(|number: u32| format!("{words}-{number}"));
    std::iter::once(words.to_owned())
        .chain(numbered)
        .find(|slug| !taken.contains(slug))
        .ok_or_else(|| AppError::internal("no address is free"))
}

fn record(tx: &mut Tx<Hr>, action: &'static str, post: Uuid) -> Result<(), AppError> {
    let company_id = Some(tx.company_id()?);
    let deed = Deed {
        action,
        entity: "news",
        entity_id: Some(post),
        company_id,
        detail: json!({}),
    };
    audit::record(tx, deed)
}

/// Keeps a new draft: the post. The same form sent again is the same post.
///
/// # Errors
/// The database's.
pub fn create(tx: &mut Tx<Hr>, client: Uuid, draft: &Draft) -> Result<Uuid, AppError> {
    let (id, company, now) = (Uuid::new_v4(), tx.company_id()?, tx.now());
    let slug = free_slug(tx, &draft.title.slug(), id)?;
    let written = prepared(
        "INSERT INTO news_posts (id, company_id, client_id, slug, title, body, departments, by_mail, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT ON CONSTRAINT news_posts_client DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(client)
    .bind::<Text, _>(slug)
    .bind::<Text, _>(draft.title.as_str())
    .bind::<Text, _>(draft.body.markup())
    .bind::<Array<Text>, _>(&draft.departments)
    .bind::<Bool, _>(draft.by_mail)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    if written == 1 {
        record(tx, "NEWS_WRITTEN", id)?;
        return Ok(id);
    }
    let there: Id = prepared("SELECT id FROM news_posts WHERE client_id = $1")
        .bind::<SqlUuid, _>(client)
        .get_result(tx.conn())?;
    Ok(there.id)
}

/// What became of a saving.
pub enum Saved {
    /// It is kept.
    Done,
    /// Somebody else saved meanwhile; nothing changed.
    Conflict,
    /// What employees read must say something; nothing changed.
    Empty,
}

/// Keeps a post as a form gives it, made from its `revision`. What was published keeps its address and its
/// readers.
///
/// # Errors
/// `NotFound`; the database's.
pub fn save(tx: &mut Tx<Hr>, id: Uuid, revision: i32, draft: &Draft) -> Result<Saved, AppError> {
    let there = hold(tx, id)?;
    if there.revision != revision {
        return Ok(Saved::Conflict);
    }
    if there.status != Status::Draft && draft.body.is_empty() {
        return Ok(Saved::Empty);
    }
    let (slug, departments, by_mail) = if there.status.was_published() {
        (there.slug, &there.departments, there.by_mail)
    } else {
        let slug = free_slug(tx, &draft.title.slug(), id)?;
        (slug, &draft.departments, draft.by_mail)
    };
    let now = tx.now();
    prepared(
        "UPDATE news_posts SET slug = $1, title = $2, body = $3, departments = $4, by_mail = $5,
                               revision = revision + 1, changed_at = $6
         WHERE id = $7",
    )
    .bind::<Text, _>(slug)
    .bind::<Text, _>(draft.title.as_str())
    .bind::<Text, _>(draft.body.markup())
    .bind::<Array<Text>, _>(departments)
    .bind::<Bool, _>(by_mail)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    if there.status.was_published() {
        record(tx, "NEWS_CORRECTED", id)?;
    }
    Ok(Saved::Done)
}

/// A step in the life of a post.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Its employees read it from now on.
    Publish,
    /// They will from then on.
    Schedule(DateTime<Utc>),
    /// It is a draft again.
    Withdraw,
    /// It was read long enough.
    Archive,
    /// It is read again.
    Restore,
}

impl Step {
    fn to(self) -> Status {
        match self {
            Self::Publish | Self::Restore => Status::Published,
            Self::Schedule(_) => Status::Scheduled,
            Self::Withdraw => Status::Draft,
            Self::Archive => Status::Archived,
        }
    }

    fn action(self) -> &'static str {
        match self {
            Self::Publish => "NEWS_PUBLISHED",
            Self::Schedule(_) => "NEWS_SCHEDULED",
            Self::Withdraw => "NEWS_WITHDRAWN",
            Self::Archive => "NEWS_ARCHIVED",
            Self::Restore => "NEWS_RESTORED",
        }
    }
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// It is there, perhaps since the click before.
    Done,
    /// There is nothing to read yet.
    Empty,
}

/// Takes a post one step further. A second click is answered like the first.
///
/// # Errors
/// `NotFound`; `Conflict` for a step that its state does not have; the database's.
pub fn step(tx: &mut Tx<Hr>, id: Uuid, step: Step) -> Result<Stepped, AppError> {
    let there = hold(tx, id)?;
    let (to, now) = (step.to(), tx.now());
    if there.status == to {
        return Ok(Stepped::Done);
    }
    let restores = matches!(step, Step::Restore);
    if !there.status.may_become(to) || restores != (there.status == Status::Archived) {
        return Err(AppError::Conflict("news-step-refused"));
    }
    if there.body.is_empty() {
        return Ok(Stepped::Empty);
    }
    let publish_at = match step {
        Step::Schedule(at) => Some(at),
        _ => None,
    };
    prepared(
        "UPDATE news_posts SET status = $1, publish_at = $2,
                published_at = CASE WHEN $1 IN ('published', 'archived') THEN coalesce(published_at, $3) END,
                archived_at = CASE WHEN $1 = 'archived' THEN $3 END
         WHERE id = $4",
    )
    .bind::<Text, _>(to.as_str())
    .bind::<Nullable<Timestamptz>, _>(publish_at)
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    match step {
        Step::Publish => jobs::enqueue(tx, &Announce { post_id: id })?,
        Step::Archive => jobs::enqueue(
            tx,
            &Withdraw {
                post_id: id,
                archived_at: now,
            },
        )?,
        Step::Schedule(_) | Step::Withdraw | Step::Restore => {}
    }
    record(tx, step.action(), id)?;
    Ok(Stepped::Done)
}

/// Deletes a draft, or what is archived.
///
/// # Errors
/// `NotFound`; `Conflict` for what is scheduled or published; the database's.
pub fn delete(tx: &mut Tx<Hr>, id: Uuid) -> Result<(), AppError> {
    if !hold(tx, id)?.status.may_go() {
        return Err(AppError::Conflict("news-step-refused"));
    }
    prepared("DELETE FROM news_posts WHERE id = $1")
        .bind::<SqlUuid, _>(id)
        .execute(tx.conn())?;
    record(tx, "NEWS_DELETED", id)
}

/// A picture that is to be kept.
pub struct NewPicture {
    /// As it was drawn again.
    pub jpeg: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What it shows.
    pub alt: String,
}

/// Gives a post a picture, in place of the one before.
///
/// # Errors
/// `NotFound`; the database's.
pub fn set_picture(tx: &mut Tx<Hr>, post: Uuid, picture: &NewPicture) -> Result<(), AppError> {
    let company = tx.company_id()?;
    remove_picture(tx, post)?;
    let side = |pixels: u32| i32::try_from(pixels).map_err(AppError::internal);
    prepared(
        "INSERT INTO news_pictures (post_id, company_id, jpeg, width, height, alt) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind::<SqlUuid, _>(post)
    .bind::<SqlUuid, _>(company)
    .bind::<Binary, _>(picture.jpeg.as_slice())
    .bind::<Integer, _>(side(picture.width)?)
    .bind::<Integer, _>(side(picture.height)?)
    .bind::<Text, _>(picture.alt.as_str())
    .execute(tx.conn())?;
    Ok(())
}

/// Takes a post's picture away.
///
/// # Errors
/// `NotFound`; the database's.
pub fn remove_picture(tx: &mut Tx<Hr>, post: Uuid) -> Result<(), AppError> {
    hold(tx, post)?;
    prepared("DELETE FROM news_pictures WHERE post_id = $1")
        .bind::<SqlUuid, _>(post)
        .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Pixels {
    #[diesel(sql_type = Binary)]
    jpeg: Vec<u8>,
}

/// A post's picture.
///
/// # Errors
/// `NotFound`; the database's.
pub fn picture(tx: &mut Tx<Hr>, post: Uuid) -> Result<Vec<u8>, AppError> {
    let pixels: Option<Pixels> = prepared("SELECT jpeg FROM news_pictures WHERE post_id = $1")
        .bind::<SqlUuid, _>(post)
        .get_result(tx.conn())
        .optional()?;
    Ok(pixels.ok_or(AppError::NotFound)?.jpeg)
}
