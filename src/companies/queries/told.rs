//! What the members of a company's HR want to be told, and telling them.

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _,
    sql_types::{Array, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

use super::Invites;
use crate::{
    companies::{
        jobs::TellTeam,
        told::{Doing, Topic},
    },
    infra::{
        actor::{Hr, Worker},
        db::Tx,
        error::AppError,
        jobs,
        prepared::prepared,
    },
};

#[derive(QueryableByName)]
struct Muted {
    #[diesel(sql_type = Array<Text>)]
    muted_mail: Vec<String>,
}

/// The topics of which the reader wants no mail.
///
/// # Errors
/// The database's.
pub fn muted(tx: &mut Tx<Hr>) -> Result<Vec<Topic>, AppError> {
    let row: Option<Muted> = prepared("SELECT muted_mail FROM hr_preferences")
        .get_result(tx.conn())
        .optional()?;
    let names = row.map(|row| row.muted_mail).unwrap_or_default();
    let is_muted = |topic: &Topic| names.iter().any(|name| name == topic.code());
    Ok(Topic::ALL.into_iter().filter(is_muted).collect())
}

/// Keeps the topics of which the reader wants no mail.
///
/// # Errors
/// The database's.
pub fn mute(tx: &mut Tx<Hr>, topics: &[Topic]) -> Result<(), AppError> {
    let me = tx.user_id()?;
    let names: Vec<&str> = topics.iter().map(|topic| topic.code()).collect();
    prepared(
        "INSERT INTO hr_preferences (user_id, muted_mail) VALUES ($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET muted_mail = EXCLUDED.muted_mail",
    )
    .bind::<SqlUuid, _>(me)
    .bind::<Array<Text>, _>(names)
    .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Has a deed told to the others of a company's HR, as far as they want it.
///
/// # Errors
/// The database's.
pub(super) fn tell_team<R: Invites>(
    tx: &mut Tx<R>,
    company: Uuid,
    doing: Doing,
) -> Result<(), AppError> {
    let author = tx.user_id()?;
    let others: Vec<Id> = prepared(
        "SELECT id FROM users WHERE company_id = $1 AND role = 'hr' AND status = 'active' AND id <> $2",
    )
    .bind::<SqlUuid, _>(company)
    .bind::<SqlUuid, _>(author)
    .load(tx.conn())?;
    let mails: Vec<_> = others
        .into_iter()
        .map(|person| TellTeam {
            id: Uuid::new_v4(),
            doing: doing.number,
            author,
            recipient: person.id,
        })
        .collect();
    jobs::enqueue_all(tx, &mails)
}

/// What a mail about a colleague's doing says.
#[derive(Clone, Debug, QueryableByName)]
pub struct TeamMail {
    /// Where it goes.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The recipient's language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// The company's name.
    #[diesel(sql_type = Text)]
    pub company: String,
    /// Who did it: given and family name.
    #[diesel(sql_type = Text)]
    pub author: String,
}

/// The mail about a colleague's doing to one member of HR; none for whoever turned its topic off, left or
/// whose company is suspended.
///
/// # Errors
/// The database's.
pub fn team_mail(
    tx: &mut Tx<Worker>,
    recipient: Uuid,
    (author, topic): (Uuid, Topic),
) -> Result<Option<TeamMail>, AppError> {
    Ok(prepared(
        "SELECT u.email, u.first_name, u.locale, c.name AS company, a.first_name || ' ' || a.last_name AS author
         FROM users u
         JOIN companies c ON c.id = u.company_id AND c.status = 'active'
         JOIN users a ON a.id = $1
         LEFT JOIN hr_preferences p ON p.user_id = u.id
         WHERE u.id = $2 AND u.role = 'hr' AND u.status = 'active' AND $3 <> ALL (coalesce(p.muted_mail, '{}'))",
    )
    .bind::<SqlUuid, _>(author)
    .bind::<SqlUuid, _>(recipient)
    .bind::<Text, _>(topic.code())
    .get_result(tx.conn())
    .optional()?)
}
