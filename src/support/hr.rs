//! `/rh/support`: a company's tickets, opened, followed, closed.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::{Category, Priority, SUBJECT_MOST, Status, line},
    queries::{self, Message, NewTicket, Sent, Ticket, TooMany},
    screen::{self, Typed},
};
use crate::infra::{
    actor::{Hr, render, render_status, see_other_with},
    counts::{self, Counts},
    error::{AppError, PageResult},
    form::{Form, FormErrors, Nothing, Query, Upload},
    i18n,
    page::{Choice, Crumb, Flash, PageContext, Pagination, Tab, filters},
    role_scope::RoleScope,
};

/// Where the tickets are.
const HOME: &str = "/rh/support";

/// Mounts HR's pages of this domain.
pub fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/support", show_tickets)
        .post("/support", open)
        .get("/support/new", show_new)
        .get("/support/{ticket}", show_ticket)
        .post("/support/{ticket}/messages", reply)
        .post("/support/{ticket}/closing", close)
        .post("/support/{ticket}/reopening", reopen)
        .get("/support/{ticket}/files/{file}", show_file);
}

fn path_of(ticket: Uuid) -> String {
    format!("{HOME}/{ticket}")
}

fn home_crumb(page: &PageContext) -> Crumb {
    Crumb::new(HOME, i18n::text(page.locale, "support-hr-title"))
}

/// Which list, and which page of it.
#[derive(Default, Deserialize)]
struct ListQuery {
    status: Option<String>,
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "support/hr/list.html")]
struct TicketsPage {
    page: PageContext,
    tabs: Vec<Tab>,
    total: i64,
    tickets: Vec<Ticket>,
    pages: Pagination,
}

async fn show_tickets(hr: Hr, Query(query): Query<ListQuery>) -> PageResult {
    let page = hr.page();
    let status = query.status.and_then(|text| text.parse::<Status>().ok());
    let number = query.page.and_then(|text| text.parse().ok()).unwrap_or(1);
    let address = page.path.clone();
    let (counts, pages, tickets) = hr
        .db()
        .read(move |tx| {
            let [counts] = counts::count(tx, [queries::counted()])?;
            let pages = Pagination::new(number, counts.of(status.map(Status::as_str)), &address);
            let tickets = queries::own(tx, status, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((counts, pages, tickets))
        })
        .await?;
    let template = TicketsPage {
        tabs: tabs(&page, &counts, status),
        total: counts.of(None),
        page,
        tickets,
        pages,
    };
    render(&template.page, &template)
}

fn tabs(page: &PageContext, counts: &Counts, shown: Option<Status>) -> Vec<Tab> {
    let statuses = std::iter::once(None).chain(Status::ALL.iter().copied().map(Some));
    statuses
        .map(|status| {
            let key = status.map_or("support-status-all", Status::label_key);
            let href = status.map_or_else(
                || HOME.to_owned(),
                |status| format!("{HOME}?status={}", status.as_str()),
            );
            Tab::new(href, i18n::text(page.locale, key), shown == status)
                .count(counts.of(status.map(Status::as_str)))
        })
        .collect()
}

/// A new ticket, as it was typed.
#[derive(Clone, Debug, Default)]
struct TicketForm {
    category: String,
    priority: String,
    subject: String,
    message: Typed,
}

#[derive(Template)]
#[template(path = "support/hr/new.html")]
struct NewPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    categories: Vec<Choice>,
    priorities: Vec<Choice>,
    form: TicketForm,
    errors: FormErrors,
}

fn draw_new(hr: &Hr, form: TicketForm, errors: FormErrors) -> PageResult {
    let page = hr.page();
    let text = |key| i18n::text(page.locale, key);
    let status = errors.status();
    let template = NewPage {
        crumbs: vec![home_crumb(&page)],
        categories: Category::ALL
            .iter()
            .map(|category| Choice::new(category.as_str(), text(category.label_key())))
            .collect(),
        priorities: Priority::ALL
            .iter()
            .map(|priority| Choice::new(priority.as_str(), text(priority.label_key())))
            .collect(),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

async fn show_new(hr: Hr) -> PageResult {
    let form = TicketForm {
        priority: Priority::Normal.as_str().to_owned(),
        message: Typed::blank(),
        ..TicketForm::default()
    };
    draw_new(&hr, form, FormErrors::default())
}

async fn open(hr: Hr, upload: Result<Upload, AppError>) -> PageResult {
    let upload = match screen::readable(upload)? {
        Ok(upload) => upload,
        Err(errors) => {
            let form = TicketForm {
                message: Typed::blank(),
                ..TicketForm::default()
            };
            return draw_new(&hr, form, errors);
        }
    };
    let form = TicketForm {
        category: upload.field("category").to_owned(),
        priority: upload.field("priority").to_owned(),
        subject: upload.field("subject").to_owned(),
        message: Typed::sent(&upload),
    };
    let mut errors = FormErrors::default();
    let category = form.category.parse::<Category>();
    if category.is_err() {
        errors.add("category", "support-category-missing");
    }
    let priority = form.priority.parse::<Priority>();
    if priority.is_err() {
        errors.add("priority", "support-priority-missing");
    }
    let subject = line(&form.subject, SUBJECT_MOST).map_err(|wrong| {
        let said = screen::said(wrong, "support-subject-missing", SUBJECT_MOST);
        errors.add("subject", said);
    });
    let message = screen::message(upload).await.map_err(|wrong| {
        for field in ["text", "file"] {
            if let Some(said) = wrong.of(field) {
                errors.add(field, said.clone());
            }
        }
    });
    let (Ok(category), Ok(priority), Ok(subject), Ok(message)) =
        (category, priority, subject, message)
    else {
        return draw_new(&hr, form, errors);
    };
    let new = NewTicket {
        category,
        priority,
        subject,
        message,
    };
    match hr.db().write(move |tx| queries::open(tx, &new)).await? {
        Ok(ticket) => {
            let said = Flash::success("support-done-opened");
            Ok(see_other_with(&path_of(ticket), said))
        }
        Err(TooMany) => {
            errors.add_form("support-too-many");
            draw_new(&hr, form, errors)
        }
    }
}

#[derive(Template)]
#[template(path = "support/hr/ticket.html")]
struct TicketPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    path: String,
    ticket: Ticket,
    subject: String,
    messages: Vec<Message>,
    form: Typed,
    errors: FormErrors,
}

async fn show_ticket(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    draw(&hr, id.into_inner(), Typed::blank(), FormErrors::default()).await
}

async fn draw(hr: &Hr, id: Uuid, form: Typed, errors: FormErrors) -> PageResult {
    let (ticket, messages) = hr
        .db()
        .read(move |tx| {
            let ticket = queries::find(tx, id)?;
            Ok::<_, AppError>((ticket, queries::messages(tx, id)?))
        })
        .await?;
    let page = hr.page();
    let status = errors.status();
    let unreadable = || i18n::text(page.locale, "support-unreadable").to_owned();
    let template = TicketPage {
        crumbs: vec![home_crumb(&page)],
        path: path_of(id),
        subject: ticket.subject.clone().unwrap_or_else(|_| unreadable()),
        ticket,
        messages,
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

async fn reply(hr: Hr, id: web::Path<Uuid>, upload: Result<Upload, AppError>) -> PageResult {
    let id = id.into_inner();
    // Another's is not there, whatever was sent.
    hr.db().read(move |tx| queries::find(tx, id)).await?;
    let upload = match screen::readable(upload)? {
        Ok(upload) => upload,
        Err(errors) => return draw(&hr, id, Typed::blank(), errors).await,
    };
    let typed = Typed::sent(&upload);
    let message = match screen::message(upload).await {
        Ok(message) => message,
        Err(errors) => return draw(&hr, id, typed, errors).await,
    };
    let mut errors = FormErrors::default();
    match hr
        .db()
        .write(move |tx| queries::send(tx, id, &message))
        .await?
    {
        Sent::Done => {
            let said = Flash::success("support-done-replied");
            return Ok(see_other_with(&path_of(id), said));
        }
        Sent::Ended => errors.add("text", "support-ended-reopen"),
        Sent::TooMany => errors.add("text", "support-too-many"),
    }
    draw(&hr, id, typed, errors).await
}

async fn stepped(hr: &Hr, id: Uuid, status: Status, said: &'static str) -> PageResult {
    hr.db()
        .write(move |tx| queries::step(tx, id, status))
        .await?;
    Ok(see_other_with(&path_of(id), Flash::success(said)))
}

async fn close(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    stepped(&hr, id.into_inner(), Status::Closed, "support-done-closed").await
}

async fn reopen(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    stepped(&hr, id.into_inner(), Status::Open, "support-done-reopened").await
}

async fn show_file(hr: Hr, place: web::Path<(Uuid, Uuid)>) -> PageResult {
    let (ticket, file) = place.into_inner();
    let file = hr
        .db()
        .read(move |tx| queries::file(tx, ticket, file))
        .await?;
    Ok(screen::download(file))
}
