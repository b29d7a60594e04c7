//! Asking for the copy of one's data, and downloading it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use serde::Deserialize;

use super::prepare::{Copy, HasFiles, steps};
use crate::{
    auth::{confirmation, password::PasswordHasher},
    infra::{
        actor::{
            Actor, Kind, Member, Visitor, render_status, see_other, see_other_with, wants_fragment,
        },
        audit::{self, Severity},
        envelope::Confidant,
        error::{AppError, PageResult},
        export::{self, FileKind},
        form::{Form, FormErrors, Nothing},
        i18n,
        page::{Crumb, Flash, PageContext, Reader, filters},
        role_scope::RoleScope,
        session::AccountRole,
    },
    privacy::queries::export as queries,
};

/// Where it is.
pub const PATH: &str = "/account/privacy/export";

/// Mounts the member's pages of the copy.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope
        .get("/privacy/export", show)
        .post("/privacy/export", ask)
        .post("/privacy/export/file", download)
        .post("/privacy/export/destruction", destroy);
}

/// How a copy stands.
enum Standing {
    /// None was asked for.
    Nothing,
    /// On its way.
    Preparing {
        done: i32,
        of: i32,
        /// For longer than it should take.
        slow: bool,
    },
    /// Until a moment.
    Ready { until: DateTime<Utc>, size: i64 },
    /// Nothing of it is kept: it is made while it is downloaded.
    AtOnce,
}

impl Standing {
    fn of(export: Option<queries::Export>, now: DateTime<Utc>) -> Self {
        let Some(export) = export else {
            return Self::Nothing;
        };
        match export.expires_at {
            Some(until) if export.ready => Self::Ready {
                until,
                size: export.size,
            },
            _ => Self::Preparing {
                done: export.steps_done,
                of: export.steps.max(1),
                slow: export.asked_at < now - Duration::minutes(10),
            },
        }
    }

    fn is_preparing(&self) -> bool {
        matches!(self, Self::Preparing { .. })
    }
}

#[derive(Template)]
#[template(path = "privacy/account/export.html", blocks = ["copy"])]
struct ExportPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    standing: Standing,
    is_employee: bool,
    is_practitioner: bool,
    errors: FormErrors,
}

/// A size as people say it.
fn megabytes(size: i64) -> (&'static str, i64) {
    match size {
        ..1_000_000 => ("privacy-export-size-small", (size / 1_000).max(1)),
        _ => ("privacy-export-size", size / 1_000_000),
    }
}

impl ExportPage {
    fn size(&self, size: &i64) -> i18n::Message {
        let (key, number) = megabytes(*size);
        i18n::Message::new(key).with("number", number)
    }
}

/// The way back: employees come from the page about what is seen of them.
pub(in crate::privacy) fn crumbs(member: &Member, page: &PageContext) -> Vec<Crumb> {
    let text = |key| i18n::text(page.locale, key);
    let mut crumbs = vec![Crumb::new("/account", text("common-account"))];
    if member.identity().role == AccountRole::Employee {
        crumbs.push(Crumb::new("/account/privacy", text("privacy-page-title")));
    }
    crumbs
}

async fn standing(member: &Member) -> Result<Standing, AppError> {
    let now = member.app().clock.now();
    let export = if let Some(employee) = member.employee() {
        employee.db().read(queries::current).await?
    } else if let Some(practitioner) = member.practitioner() {
        practitioner.db().read(queries::current).await?
    } else {
        return Ok(Standing::AtOnce);
    };
    Ok(Standing::of(export, now))
}

async fn page(member: &Member, errors: FormErrors) -> Result<ExportPage, AppError> {
    let (page, role) = (member.page(), member.identity().role);
    Ok(ExportPage {
        crumbs: crumbs(member, &page),
        standing: standing(member).await?,
        is_employee: role == AccountRole::Employee,
        is_practitioner: role == AccountRole::Practitioner,
        page,
        errors,
    })
}

async fn show(member: Member) -> PageResult {
    let template = page(&member, FormErrors::default()).await?;
    if wants_fragment(member.request()) {
        return template
            .page
            .render(&template.as_copy())
            .map_err(AppError::internal);
    }
    render_status(&template.page, &template, actix_web::http::StatusCode::OK)
}

async fn ask(member: Member, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let asked = if let Some(employee) = member.employee() {
        employee.db().write(queries::ask).await?
    } else if let Some(practitioner) = member.practitioner() {
        practitioner.db().write(queries::ask).await?
    } else {
        true
    };
    if asked {
        return Ok(see_other(PATH));
    }
    Ok(see_other_with(
        PATH,
        Flash::warning("privacy-export-too-many"),
    ))
}

async fn destroy(member: Member, Form(Nothing {}): Form<Nothing>) -> PageResult {
    if let Some(employee) = member.employee() {
        employee.db().write(queries::destroy).await?;
    } else if let Some(practitioner) = member.practitioner() {
        practitioner.db().write(queries::destroy).await?;
    }
    Ok(see_other_with(
        PATH,
        Flash::success("privacy-export-destroyed"),
    ))
}

/// The password, again.
#[derive(Deserialize)]
pub(in crate::privacy) struct PasswordForm {
    #[serde(default)]
    pub(in crate::privacy) password: SecretString,
}

async fn download(
    member: Member,
    visitor: Visitor,
    hasher: web::Data<PasswordHasher>,
    Form(form): Form<PasswordForm>,
) -> PageResult {
    let mut errors = FormErrors::default();
    let confirmation = confirmation::confirm(&member, &visitor, &hasher, form.password).await?;
    if !confirmation.note(&mut errors, member.app().clock.now()) {
        let template = page(&member, errors).await?;
        return render_status(&template.page, &template, template.errors.status());
    }
    if let Some(employee) = member.employee() {
        return send_kept(employee).await;
    }
    if let Some(practitioner) = member.practitioner() {
        return send_kept(practitioner).await;
    }
    if let Some(hr) = member.hr() {
        return send_made(hr).await;
    }
    if let Some(admin) = member.admin() {
        return send_made(admin).await;
    }
    match member.super_admin() {
        Some(super_admin) => send_made(super_admin).await,
        None => Err(AppError::NotFound),
    }
}

fn file(page: &PageContext, now: DateTime<Utc>) -> FileKind {
    let word = i18n::text(page.locale, "privacy-export-file");
    FileKind {
        name: format!(
            "{word}-{}.zip",
            now.with_timezone(&page.tz).format("%Y-%m-%d")
        ),
        content_type: "application/zip",
    }
}

/// What the security of the account remembers of it.
const EVENT: &str = "data_copy_downloaded";

async fn send_kept<K: Kind>(person: Actor<K>) -> Result<HttpResponse, AppError>
where
    Actor<K>: Confidant,
{
    let export = person
        .db()
        .write(|tx| {
            let export = queries::current(tx)?.filter(|export| export.ready);
            if let Some(export) = &export {
                queries::downloaded(tx, export.id)?;
                let me = tx.user_id()?;
                audit::security_event(tx, EVENT, Severity::Low, Some(me))?;
            }
            Ok(export)
        })
        .await?;
    let Some(export) = export else {
        return Ok(see_other_with(PATH, Flash::info("privacy-export-gone")));
    };
    let kind = file(&person.page(), person.app().clock.now());
    export::download(person.db(), kind, move |tx, sink| {
        // All of it is opened before any of it leaves: half a file says less than a page that says why.
        (0..export.parts)
            .try_for_each(|position| queries::part(tx, export.id, position).map(drop))?;
        (0..export.parts).try_for_each(|position| {
            let part = queries::part(tx, export.id, position)?;
            sink.write(&part)
        })
    })
    .await
}

async fn send_made<K: Kind>(person: Actor<K>) -> Result<HttpResponse, AppError>
where
    Actor<K>: HasFiles,
{
    let now = person.app().clock.now();
    person
        .db()
        .write(|tx| {
            let me = tx.user_id()?;
            audit::security_event(tx, EVENT, Severity::Low, Some(me))
        })
        .await?;
    let page = person.page();
    let (role, reader): (_, Reader) = (person.identity().role, page.reader());
    export::download(person.db(), file(&page, now), move |tx, sink| {
        let mut copy = Copy::new(role, reader, now);
        steps(role)
            .into_iter()
            .try_for_each(|step| copy.take(tx, step, &mut |_, bytes| sink.write(bytes)))
    })
    .await
}
