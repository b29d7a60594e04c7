//! `/dev/mailbox`, in development only: the mails that would have left, as their recipients would see them.
//!
//! They are the files of `MAILBOX_DIR`, written by [`super::mailer`]; emptying the folder empties the mailbox.

use std::{fs, io, path::Path, path::PathBuf};

use actix_web::{
    HttpResponse, Scope,
    http::header::{ContentDisposition, ContentType, DispositionParam, DispositionType},
    web,
};
use askama::Template;
use uuid::Uuid;

use super::{
    actor::{Visitor, render},
    app::App,
    config::MailTransport,
    error::{AppError, PageResult},
    mailer::StoredMail,
    page::{PageContext, filters},
};

/// A mail brings its own style attributes and may be framed by its page; it still runs nothing.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// The page around it frames it.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";
const POLICY: &str = "content-security-policy";

/// The mailbox, for a site in development.
pub fn scope() -> Scope {
    web::scope("/dev/mailbox")
        .route("", web::get().to(list_mails))
        .route("/{id}", web::get().to(show_mail))
        .route("/{id}/html", web::get().to(show_html))
        .route("/{id}/attachments/{index}", web::get().to(download))
}

/// A mail in the list.
struct Entry {
    stored: StoredMail,
    selected: bool,
}

#[derive(Template)]
#[template(path = "dev/mailbox.html")]
struct MailboxPage {
    page: PageContext,
    folder: String,
    entries: Vec<Entry>,
}

async fn list_mails(visitor: Visitor) -> PageResult {
    mailbox_page(&visitor, None).await
}

async fn show_mail(visitor: Visitor, id: web::Path<Uuid>) -> PageResult {
    mailbox_page(&visitor, Some(*id)).await
}

async fn mailbox_page(visitor: &Visitor, selected: Option<Uuid>) -> PageResult {
    let entries: Vec<Entry> = mails(visitor.app())
        .await?
        .into_iter()
        .map(|stored| Entry {
            selected: selected == Some(stored.mail.id),
            stored,
        })
        .collect();
    if selected.is_some() && !entries.iter().any(|entry| entry.selected) {
        return Err(AppError::NotFound);
    }
    let template = MailboxPage {
        page: visitor.page(),
        folder: folder(visitor.app())?.display().to_string(),
        entries,
    };
    let mut response = render(&template.page, &template)?;
    response.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static(POLICY),
        actix_web::http::header::HeaderValue::from_static(PAGE_POLICY),
    );
    Ok(response)
}

async fn show_html(visitor: Visitor, id: web::Path<Uuid>) -> PageResult {
    let stored = mail(visitor.app(), *id).await?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((POLICY, MAIL_POLICY))
        .insert_header(("x-frame-options", "SAMEORIGIN"))
        // Inside the frame, links lead out of it.
        .body(
            stored
                .mail
                .html
                .replacen("<head>", r#"<head><base target="_top">"#, 1),
        ))
}

async fn download(visitor: Visitor, path: web::Path<(Uuid, usize)>) -> PageResult {
    let (id, index) = path.into_inner();
    let mut stored = mail(visitor.app(), id).await?;
    if index >= stored.mail.attachments.len() {
        return Err(AppError::NotFound);
    }
    let file = stored.mail.attachments.swap_remove(index);
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(file.filename)],
        })
        .body(file.content))
}

async fn mail(app: &App, id: Uuid) -> Result<StoredMail, AppError> {
    mails(app)
        .await?
        .into_iter()
        .find(|stored| stored.mail.id == id)
        .ok_or(AppError::NotFound)
}

async fn mails(app: &App) -> Result<Vec<StoredMail>, AppError> {
    let folder = folder(app)?.to_owned();
    web::block(move || kept(&folder))
        .await
        .map_err(AppError::internal)?
        .map_err(AppError::internal)
}

/// Where mails are kept; nowhere when a real server takes them.
fn folder(app: &App) -> Result<&Path, AppError> {
    match &app.config.mail {
        MailTransport::Folder(folder) => Ok(folder),
        MailTransport::Smtp(_) => Err(AppError::NotFound),
    }
}

/// The mails in the folder, newest first. Files that are not mails are passed over.
fn kept(folder: &Path) -> io::Result<Vec<StoredMail>> {
    let mut names: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "json")
            })
            .collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    names.sort_unstable_by(|left, right| right.cmp(left));
    Ok(names
        .iter()
        .filter_map(|name| serde_json::from_slice(&fs::read(name).ok()?).ok())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infra::mailer::{Mail, keep};

    #[test]
    fn kept_mails_come_back_newest_first() {
        let folder = std::env::temp_dir().join(format!("huntzen-mailbox-{}", Uuid::new_v4()));
        assert!(kept(&folder).expect("an absent folder is empty").is_empty());
        for (sent_at, subject) in [
            ("2026-11-20T08:00:00.5Z", "second"),
            ("2026-11-20T08:00:00Z", "first"),
        ] {
            let stored = StoredMail {
                sent_at: sent_at.parse().expect("an instant"),
                mail: Mail::new("zoe@techcorp.example", subject, "<p>Bonjour</p>", "Bonjour"),
            };
            keep(&folder, &stored).expect("a writable folder");
        }
        fs::write(folder.join("zzz.json"), "not a mail").expect("a writable folder");
        let subjects: Vec<String> = kept(&folder)
            .expect("a readable folder")
            .into_iter()
            .map(|stored| stored.mail.subject)
            .collect();
        fs::remove_dir_all(&folder).expect("our folder");
        assert_eq!(subjects, ["second", "first"]);
    }
}
