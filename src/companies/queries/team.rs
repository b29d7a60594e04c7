//! HR's accounts: who is in a company's team, and how they get in.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl as _,
    sql_types::{Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use serde_json::json;
use uuid::Uuid;

use super::{Invites, clients, email_domains, invite, resend_hr_invitation};
use crate::{
    auth::email_address::EmailAddress,
    companies::{email_domains::EmailDomains, model::EmployeeStatus},
    infra::{
        actor::{Admin, Hr},
        db::Tx,
        error::AppError,
        i18n::Locale,
        page::initials,
        prepared::prepared,
    },
};

/// An account of HR.
#[derive(Clone, Debug, QueryableByName)]
pub struct TeamMember {
    /// The account.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// The address it signs in with.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    #[diesel(sql_type = Text)]
    status: String,
    /// Which link of the invitation is the current one.
    #[diesel(sql_type = Nullable<Integer>)]
    pub issue: Option<i32>,
    /// When the current link ends.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub invitation_ends_at: Option<DateTime<Utc>>,
}

impl TeamMember {
    /// The status of the account.
    #[must_use]
    pub fn status(&self) -> EmployeeStatus {
        EmployeeStatus::from_code(&self.status).unwrap_or(EmployeeStatus::Suspended)
    }

    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// What stands for the person where there is no portrait.
    #[must_use]
    pub fn initials(&self) -> String {
        initials(&self.first_name, &self.last_name)
    }

    /// Whether it may sign in.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status() == EmployeeStatus::Active
    }

    /// Whether it is closed for now.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.status() == EmployeeStatus::Suspended
    }

    /// The link to send again, while the invitation waits.
    #[must_use]
    pub fn open_issue(&self) -> Option<i32> {
        let waits = matches!(
            self.status(),
            EmployeeStatus::Pending | EmployeeStatus::Expired
        );
        self.issue.filter(|_| waits)
    }
}

/// The HR accounts of a company, by name. HR's rows are its own company's.
///
/// # Errors
/// The database's.
pub fn team<R: Invites>(tx: &mut Tx<R>, company: Uuid) -> Result<Vec<TeamMember>, AppError> {
    let now = tx.now();
    Ok(prepared(
        "SELECT u.id, u.email, u.first_name, u.last_name, i.issue, i.expires_at AS invitation_ends_at,
                CASE WHEN u.status = 'pending' AND i.expires_at <= $1 THEN 'expired' ELSE u.status END AS status
         FROM users u LEFT JOIN invitations i ON i.user_id = u.id
         WHERE u.role = 'hr' AND u.company_id = $2
         ORDER BY lower(u.last_name), lower(u.first_name), u.id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<SqlUuid, _>(company)
    .load(tx.conn())?)
}

/// Whoever is to join HR's team.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The login.
    pub email: EmailAddress,
    /// The language of the invitation.
    pub locale: Locale,
}

/// Why somebody could not be invited to HR's team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotInvited {
    /// The company is no client, or not for now.
    Closed,
    /// The address is at none of the company's domains.
    Elsewhere,
    /// The address has an account, whoever's and wherever.
    Taken,
}

/// Creates an HR account of a client and its invitation.
///
/// # Errors
/// Not found; the database's.
pub fn invite_hr(
    tx: &mut Tx<Admin>,
    company: Uuid,
    member: &NewMember,
) -> Result<Result<Uuid, NotInvited>, AppError> {
    let client = clients::find_client(tx, company)?;
    if client.standing() != crate::companies::decision::Standing::Active {
        return Ok(Err(NotInvited::Closed));
    }
    if !EmailDomains::new(&client.email_domains).allow(&member.email) {
        return Ok(Err(NotInvited::Elsewhere));
    }
    let Some(id) = create(tx, company, member)? else {
        return Ok(Err(NotInvited::Taken));
    };
    clients::told_deed(tx, "HR_INVITED", company, json!({ "account": id }))?;
    Ok(Ok(id))
}

fn create<R: Invites>(
    tx: &mut Tx<R>,
    company: Uuid,
    member: &NewMember,
) -> Result<Option<Uuid>, AppError> {
    let id = Uuid::new_v4();
    let created = prepared(
        "INSERT INTO users (id, email, role, company_id, first_name, last_name, locale)
         VALUES ($1, $2, 'hr', $3, $4, $5, $6) ON CONFLICT (email) DO NOTHING",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(member.email.as_str())
    .bind::<SqlUuid, _>(company)
    .bind::<Text, _>(&member.first_name)
    .bind::<Text, _>(&member.last_name)
    .bind::<Text, _>(member.locale.code())
    .execute(tx.conn())?;
    if created == 0 {
        return Ok(None);
    }
    invite(tx, company, &[id])?;
    Ok(Some(id))
}

/// As [`invite_hr`], by a colleague, into the colleague's own company.
///
/// # Errors
/// The database's.
pub fn invite_colleague(
    tx: &mut Tx<Hr>,
    member: &NewMember,
) -> Result<Result<Uuid, NotInvited>, AppError> {
    let company = tx.company_id()?;
    if !email_domains(tx)?.allow(&member.email) {
        return Ok(Err(NotInvited::Elsewhere));
    }
    let Some(id) = create(tx, company, member)? else {
        return Ok(Err(NotInvited::Taken));
    };
    clients::own_deed(tx, "HR_INVITED", json!({ "account": id }))?;
    Ok(Ok(id))
}

/// Takes a colleague's access away, or one's own. Suspended already: nothing to do.
///
/// # Errors
/// Not found: nobody of this company's HR. `Constraint` "users_last_hr": the last active account.
pub fn suspend_colleague(tx: &mut Tx<Hr>, id: Uuid) -> Result<TeamMember, AppError> {
    let member = find_colleague(tx, id)?;
    let changed = prepared(
        "UPDATE users SET status = 'suspended' WHERE id = $1 AND role = 'hr' AND status <> 'suspended'",
    )
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    if changed > 0 {
        clients::own_deed(tx, "HR_SUSPENDED", json!({ "account": id }))?;
    }
    Ok(member)
}

/// Gives it back: active as before, or pending when the invitation was never accepted.
///
/// # Errors
/// Not found: nobody of this company's HR.
pub fn reactivate_colleague(tx: &mut Tx<Hr>, id: Uuid) -> Result<TeamMember, AppError> {
    let member = find_colleague(tx, id)?;
    let changed = prepared(
        "UPDATE users u SET status = CASE
             WHEN EXISTS (SELECT FROM invitations i WHERE i.user_id = u.id AND i.accepted_at IS NULL) THEN 'pending'
             ELSE 'active' END
         WHERE id = $1 AND role = 'hr' AND status = 'suspended'",
    )
    .bind::<SqlUuid, _>(id)
    .execute(tx.conn())?;
    if changed > 0 {
        clients::own_deed(tx, "HR_REACTIVATED", json!({ "account": id }))?;
    }
    Ok(member)
}

/// Sends a colleague's invitation again: whether it still waits.
///
/// # Errors
/// Not found: nobody of this company's HR.
pub fn resend_to_colleague(tx: &mut Tx<Hr>, id: Uuid, shown: i32) -> Result<bool, AppError> {
    find_colleague(tx, id)?;
    let company = tx.company_id()?;
    resend_hr_invitation(tx, company, (id, shown))
}

fn find_colleague(tx: &mut Tx<Hr>, id: Uuid) -> Result<TeamMember, AppError> {
    let company = tx.company_id()?;
    team(tx, company)?
        .into_iter()
        .find(|member| member.id == id)
        .ok_or(AppError::NotFound)
}

/// The team of HR's own company.
///
/// # Errors
/// The database's.
pub fn own_team(tx: &mut Tx<Hr>) -> Result<Vec<TeamMember>, AppError> {
    let company = tx.company_id()?;
    team(tx, company)
}
