//! Invitations: sent by HR, opened by a visitor who holds the link, mailed by the worker.

use chrono::{DateTime, Duration, Utc};
use diesel::{
    OptionalExtension as _, QueryableByName,
    prelude::*,
    sql_query,
    sql_types::{Array, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::{
    auth,
    companies::{
        jobs::SendInvitation,
        model::{DOUBLE_SUBMIT, INVITATION_DAYS},
    },
    infra::{
        actor::{Admin, Hr, Visitor, Worker},
        audit::{self, Deed, Severity},
        crypto::LinkToken,
        db::Tx,
        error::AppError,
        i18n::Locale,
        jobs,
        session::AccountRole,
    },
    privacy::{
        self,
        access::{self, What},
        consents::Consent,
    },
    schema::{invitations, users},
};

#[derive(QueryableByName)]
struct Issued {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Integer)]
    issue: i32,
}

fn ends_at<R>(tx: &Tx<R>) -> DateTime<Utc> {
    tx.now() + Duration::days(INVITATION_DAYS)
}

/// Who invites: HR into its own company, the platform admin into the HR of any.
pub trait Invites: 'static {}
impl Invites for Hr {}
impl Invites for Admin {}

fn send<R>(tx: &mut Tx<R>, issued: Vec<Issued>) -> Result<usize, AppError> {
    let mails: Vec<_> = issued
        .into_iter()
        .map(|invitation| SendInvitation {
            invitation_id: invitation.id,
            issue: invitation.issue,
        })
        .collect();
    jobs::enqueue_all(tx, &mails)?;
    Ok(mails.len())
}

/// As [`send`], for accounts that were there before.
fn send_again(tx: &mut Tx<Hr>, issued: Vec<Issued>) -> Result<usize, AppError> {
    let invited = issued.iter().map(|invitation| invitation.user_id);
    access::record(tx, invited, What::InvitationSent);
    send(tx, issued)
}

/// Invites accounts that were just created.
///
/// # Errors
/// The database's.
pub(super) fn invite<R: Invites>(
    tx: &mut Tx<R>,
    company: Uuid,
    users: &[Uuid],
) -> Result<(), AppError> {
    let ends_at = ends_at(tx);
    let issued = sql_query(
        "INSERT INTO invitations (user_id, company_id, expires_at)
         SELECT user_id, $2, $3 FROM unnest($1) AS user_id RETURNING id, user_id, issue",
    )
    .bind::<Array<SqlUuid>, _>(users)
    .bind::<SqlUuid, _>(company)
    .bind::<Timestamptz, _>(ends_at)
    .load(tx.conn())?;
    send(tx, issued)?;
    Ok(())
}

const RENEW: &str =
    "UPDATE invitations i SET nonce = gen_random_uuid(), issue = i.issue + 1, expires_at = $1, bounced_at = NULL
    FROM users u WHERE u.id = i.user_id AND u.status = 'pending' AND i.accepted_at IS NULL";

/// Sends an invitation again, with a new link; the links sent before stop working. `shown` is the
/// issue HR was looking at: the second of two clicks finds another one and does nothing.
///
/// # Errors
/// The database's.
pub fn resend_invitation(tx: &mut Tx<Hr>, user_id: Uuid, shown: i32) -> Result<(), AppError> {
    let ends_at = ends_at(tx);
    let issued = sql_query(format!(
        "{RENEW} AND i.user_id = $2 AND i.issue = $3 RETURNING i.id, i.user_id, i.issue"
    ))
    .bind::<Timestamptz, _>(ends_at)
    .bind::<SqlUuid, _>(user_id)
    .bind::<Integer, _>(shown)
    .load(tx.conn())?;
    send_again(tx, issued)?;
    Ok(())
}

/// As [`resend_invitation`], to somebody of a company's HR: whether the person still waits for it.
///
/// # Errors
/// The database's.
pub fn resend_hr_invitation<R: Invites>(
    tx: &mut Tx<R>,
    company: Uuid,
    (user_id, shown): (Uuid, i32),
) -> Result<bool, AppError> {
    let ends_at = ends_at(tx);
    let issued = sql_query(format!(
        "{RENEW} AND i.user_id = $2 AND i.issue = $3 AND u.role = 'hr' AND u.company_id = $4 RETURNING i.id, i.user_id, i.issue"
    ))
    .bind::<Timestamptz, _>(ends_at)
    .bind::<SqlUuid, _>(user_id)
    .bind::<Integer, _>(shown)
    .bind::<SqlUuid, _>(company)
    .load(tx.conn())?;
    Ok(send(tx, issued)? > 0)
}

/// Invites again those who have not opened their account, and for the first time whoever was not invited
/// yet; how many.
///
/// # Errors
/// The database's.
pub(super) fn invite_again(tx: &mut Tx<Hr>, users: &[Uuid]) -> Result<Vec<Uuid>, AppError> {
    let ends_at = ends_at(tx);
    let mut issued: Vec<Issued> = sql_query(format!(
        "{RENEW} AND u.role = 'employee' AND i.user_id = ANY ($2) RETURNING i.id, i.user_id, i.issue"
    ))
    .bind::<Timestamptz, _>(ends_at)
    .bind::<Array<SqlUuid>, _>(users)
    .load(tx.conn())?;
    let first: Vec<Issued> = sql_query(
        "INSERT INTO invitations (user_id, company_id, expires_at)
         SELECT u.id, u.company_id, $1 FROM users u
         WHERE u.role = 'employee' AND u.status = 'pending' AND u.id = ANY ($2)
           AND NOT EXISTS (SELECT FROM invitations i WHERE i.user_id = u.id)
         ON CONFLICT DO NOTHING RETURNING id, user_id, issue",
    )
    .bind::<Timestamptz, _>(ends_at)
    .bind::<Array<SqlUuid>, _>(users)
    .load(tx.conn())?;
    issued.extend(first);
    let invited = issued.iter().map(|invitation| invitation.user_id).collect();
    send_again(tx, issued)?;
    Ok(invited)
}

/// Sends again every invitation that ended unused, but for those that never arrived; how many.
///
/// # Errors
/// The database's.
pub fn resend_expired_invitations(tx: &mut Tx<Hr>) -> Result<usize, AppError> {
    let ends_at = ends_at(tx);
    let now = tx.now();
    let issued = sql_query(format!(
        "{RENEW} AND u.role = 'employee' AND i.expires_at <= $2 AND i.bounced_at IS NULL RETURNING i.id, i.user_id, i.issue"
    ))
    .bind::<Timestamptz, _>(ends_at)
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())?;
    send_again(tx, issued)
}

/// What a link leads to.
#[derive(Clone, Debug)]
pub enum LinkState {
    /// The account can be activated.
    Open(Box<Invited>),
    /// No such invitation.
    Unknown,
    /// A newer link was sent.
    Replaced,
    /// The link ended unused.
    Expired,
    /// The account was activated; `just_now` when the acceptance may still be the same form's.
    Used {
        /// Within [`DOUBLE_SUBMIT`].
        just_now: bool,
        /// What the account is.
        role: AccountRole,
    },
    /// The account or its company is suspended.
    Closed,
}

/// Whoever is invited, and by whom.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The address, which will be the login.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The company that invites.
    pub company: String,
    /// What the account will be.
    pub role: AccountRole,
}

#[derive(QueryableByName)]
struct LinkRow {
    #[diesel(sql_type = SqlUuid)]
    nonce: Uuid,
    #[diesel(sql_type = Timestamptz)]
    expires_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    accepted_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    company_status: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Text)]
    last_name: String,
    #[diesel(sql_type = Text)]
    company: String,
    #[diesel(sql_type = Text)]
    role: String,
}

/// Reads what a genuine link leads to. The transaction acts for the link's account.
///
/// # Errors
/// The database's.
pub fn follow_link(tx: &mut Tx<Visitor>, link: LinkToken) -> Result<LinkState, AppError> {
    let now = tx.now();
    let row: Option<LinkRow> = sql_query(
        "SELECT i.nonce, i.expires_at, i.accepted_at, u.status, u.role, u.email, u.first_name, u.last_name,
                c.name AS company, c.status AS company_status
         FROM invitations i JOIN users u ON u.id = i.user_id JOIN companies c ON c.id = i.company_id
         WHERE i.id = $1 AND i.user_id = $2",
    )
    .bind::<SqlUuid, _>(link.id)
    .bind::<SqlUuid, _>(link.user_id)
    .get_result(tx.conn())
    .optional()?;
    let Some(row) = row else {
        return Ok(LinkState::Unknown);
    };
    let role = auth::queries::account_role(&row.role)?;
    Ok(
        if row.status == "suspended" || row.company_status == "suspended" {
            LinkState::Closed
        } else if let Some(accepted_at) = row.accepted_at {
            let just_now = row.nonce == link.nonce && now - accepted_at < DOUBLE_SUBMIT;
            LinkState::Used { just_now, role }
        } else if row.nonce != link.nonce {
            LinkState::Replaced
        } else if row.expires_at <= now {
            LinkState::Expired
        } else {
            LinkState::Open(Box::new(Invited {
                email: row.email,
                first_name: row.first_name,
                last_name: row.last_name,
                company: row.company,
                role,
            }))
        },
    )
}

/// What an invited person decided.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The link they followed.
    pub link: LinkToken,
    /// The hash of the password they chose.
    pub password_hash: secrecy::SecretString,
    /// The language they chose.
    pub locale: Locale,
    /// The language they read the consents in.
    pub read_in: Locale,
    /// What they agreed to.
    pub consents: Vec<Consent>,
    /// What the account is.
    pub role: AccountRole,
}

/// Activates the account once. False when the link is not open: somebody was faster, or it ended.
///
/// # Errors
/// The database's.
pub fn accept_invitation(tx: &mut Tx<Visitor>, acceptance: &Acceptance) -> Result<bool, AppError> {
    use secrecy::ExposeSecret as _;

    let now = tx.now();
    let LinkToken { id, user_id, nonce } = acceptance.link;
    // Whoever changes this row accepts; another transaction waits here and then changes none.
    let accepted = diesel::update(
        invitations::table
            .find(id)
            .filter(invitations::user_id.eq(user_id))
            .filter(invitations::nonce.eq(nonce))
            .filter(invitations::accepted_at.is_null())
            .filter(invitations::expires_at.gt(now)),
    )
    .set(invitations::accepted_at.eq(now))
    .execute(tx.conn())?;
    if accepted == 0 {
        return Ok(false);
    }
    let activated = diesel::update(
        users::table
            .find(user_id)
            .filter(users::status.eq("pending")),
    )
    .set((
        users::status.eq("active"),
        users::locale.eq(acceptance.locale.code()),
        users::email_verified_at.eq(now),
        users::last_login_at.eq(now),
    ))
    .execute(tx.conn())?;
    if activated == 0 {
        // Suspended since the page was read: the rollback leaves the invitation as it was.
        return Err(AppError::Conflict("companies-link-closed-text"));
    }
    auth::queries::set_first_password(tx, acceptance.password_hash.expose_secret())?;
    privacy::queries::consents::record(tx, &acceptance.consents, acceptance.read_in)?;
    audit::security_event(tx, "invitation_accepted", Severity::Low, Some(user_id))?;
    audit::record(
        tx,
        Deed {
            action: match acceptance.role {
                AccountRole::Hr => "HR_ACTIVATED",
                _ => "EMPLOYEE_ACTIVATED",
            },
            entity: acceptance.role.as_str(),
            entity_id: Some(user_id),
            company_id: None,
            detail: serde_json::json!({}),
        },
    )?;
    Ok(true)
}

/// What the invitation's mail says.
#[derive(Clone, Debug, QueryableByName)]
pub struct InvitationMail {
    /// The account.
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    /// Part of the link.
    #[diesel(sql_type = SqlUuid)]
    pub nonce: Uuid,
    /// When the link ends.
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: DateTime<Utc>,
    /// Where to send it.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The recipient's given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// The recipient's family name.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    /// The recipient's language.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// The recipient's zone.
    #[diesel(sql_type = Text)]
    pub timezone: String,
    /// Who invites.
    #[diesel(sql_type = Text)]
    pub company: String,
    /// What the account will be.
    #[diesel(sql_type = Text)]
    pub role: String,
}

/// The mail of an invitation's `issue`; none when nobody needs it any more: accepted, ended,
/// suspended, or replaced by a newer link that has its own mail.
///
/// # Errors
/// The database's.
pub fn invitation_mail(
    tx: &mut Tx<Worker>,
    invitation: Uuid,
    issue: i32,
) -> Result<Option<InvitationMail>, AppError> {
    let now = tx.now();
    Ok(sql_query(
        "SELECT i.user_id, i.nonce, i.expires_at, u.email, u.first_name, u.last_name, u.locale, u.timezone,
                u.role, c.name AS company
         FROM invitations i JOIN users u ON u.id = i.user_id JOIN companies c ON c.id = i.company_id
         WHERE i.id = $1 AND i.issue = $2 AND i.accepted_at IS NULL AND i.expires_at > $3
           AND u.status = 'pending' AND c.status <> 'suspended'",
    )
    .bind::<SqlUuid, _>(invitation)
    .bind::<Integer, _>(issue)
    .bind::<Timestamptz, _>(now)
    .get_result(tx.conn())
    .optional()?)
}

/// Notes that the mail of an issue left.
///
/// # Errors
/// The database's.
pub fn invitation_sent(tx: &mut Tx<Worker>, invitation: Uuid, issue: i32) -> Result<(), AppError> {
    let now = tx.now();
    diesel::update(
        invitations::table
            .find(invitation)
            .filter(invitations::issue.eq(issue)),
    )
    .set((
        invitations::sent_count.eq(invitations::sent_count + 1),
        invitations::last_sent_at.eq(now),
    ))
    .execute(tx.conn())?;
    Ok(())
}

/// Notes that the mail of an issue was given up.
///
/// # Errors
/// The database's.
pub fn invitation_bounced(
    tx: &mut Tx<Worker>,
    invitation: Uuid,
    issue: i32,
) -> Result<(), AppError> {
    let now = tx.now();
    diesel::update(
        invitations::table
            .find(invitation)
            .filter(invitations::issue.eq(issue))
            .filter(invitations::accepted_at.is_null()),
    )
    .set(invitations::bounced_at.eq(now))
    .execute(tx.conn())?;
    Ok(())
}
