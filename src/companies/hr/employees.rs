//! The list of employees and one employee's account.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::words;
use crate::{
    companies::{
        email_domains::EmailDomains,
        import::{Cells, EmployeeEntry, Field, Refusals},
        model::{EmployeeStatus, Seats},
        queries::{self, EmployeeFilter, EmployeeRow, NotAdded, StatusCounts},
    },
    infra::{
        actor::{Hr, render, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing},
        i18n::{Locale, Message, date_short, text},
        page::{Choice, Crumb, Flash, PageContext, Pagination, Tab, filters},
        role_scope::RoleScope,
    },
};

const LIST: &str = "/rh/employees";
/// Most characters of a search: no name or address is longer.
const SEARCH_CHARS: usize = 100;

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/employees", show_employees)
        .post("/employees", create)
        .get("/employees/new", show_form)
        .post("/employees/invitations", resend_expired)
        .get("/employees/{id}", show_employee)
        .post("/employees/{id}", correct)
        .post("/employees/{id}/invitation", resend)
        .post("/employees/{id}/suspension", suspend)
        .post("/employees/{id}/reactivation", reactivate);
}

fn path_of(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

fn crumbs(page: &PageContext) -> Vec<Crumb> {
    vec![Crumb::new(
        LIST,
        text(page.locale, "companies-employees-title"),
    )]
}

/// The list's address. Anything it does not understand is no filter.
#[derive(Debug, Default, Deserialize)]
struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    page: String,
}

impl ListQuery {
    fn filter(&self) -> EmployeeFilter {
        let searched = |text: &str| -> String {
            let text = text.trim().chars().filter(|letter| !letter.is_control());
            text.take(SEARCH_CHARS.max(Field::Department.max_chars()))
                .collect()
        };
        EmployeeFilter {
            search: searched(&self.q),
            department: searched(&self.department),
            status: EmployeeStatus::from_code(&self.status),
        }
    }
}

#[derive(Template)]
#[template(path = "companies/hr/employees.html")]
struct EmployeesPage {
    page: PageContext,
    filter: EmployeeFilter,
    counts: StatusCounts,
    seats: Seats,
    tabs: Vec<Tab>,
    departments: Vec<Choice>,
    employees: Vec<EmployeeRow>,
    pages: Pagination,
}

impl EmployeesPage {
    fn is_filtered(&self) -> bool {
        !self.filter.search.is_empty()
            || !self.filter.department.is_empty()
            || self.filter.status.is_some()
    }

    fn day(&self, at: &DateTime<Utc>) -> String {
        date_short(self.page.locale, self.page.tz, at)
    }

    fn expired(&self) -> i64 {
        self.counts.of(Some(EmployeeStatus::Expired))
    }
}

async fn show_employees(hr: Hr, query: web::Query<ListQuery>) -> PageResult {
    let page = hr.page();
    let (filter, path) = (query.filter(), page.path.clone());
    let number = query.page.parse().unwrap_or(1);
    let template = hr
        .db()
        .look(move |tx| {
            let counts = queries::count_employees(tx, &filter)?;
            let pages = Pagination::new(number, counts.of(filter.status), &path);
            let employees = queries::list_employees(tx, &filter, pages.limit(), pages.offset())?;
            let departments = queries::departments(tx)?;
            Ok(EmployeesPage {
                tabs: tabs(&page, &filter, &counts),
                seats: queries::seats(tx)?,
                departments: departments
                    .into_iter()
                    .map(|name| Choice::new(name.clone(), name))
                    .collect(),
                page,
                filter,
                counts,
                employees,
                pages,
            })
        })
        .await?;
    render(&template.page, &template)
}

/// A tab per status, each keeping search and department.
fn tabs(page: &PageContext, filter: &EmployeeFilter, counts: &StatusCounts) -> Vec<Tab> {
    let statuses = std::iter::once(None).chain(EmployeeStatus::ALL.map(Some));
    statuses
        .map(|status| {
            let pairs = [
                ("q", filter.search.as_str()),
                ("department", filter.department.as_str()),
                ("status", status.map_or("", EmployeeStatus::code)),
            ];
            let kept: Vec<_> = pairs
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect();
            let query = serde_urlencoded::to_string(kept).unwrap_or_default();
            let href = if query.is_empty() {
                LIST.to_owned()
            } else {
                format!("{LIST}?{query}")
            };
            let label = status.map_or("companies-status-all", EmployeeStatus::label_key);
            Tab::new(href, text(page.locale, label), filter.status == status)
                .count(counts.of(status))
        })
        .collect()
}

/// The fields of an employee's account.
#[derive(Clone, Debug, Default, Deserialize)]
struct EmployeeForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    position: String,
    #[serde(default)]
    locale: String,
}

impl EmployeeForm {
    fn cells(&self) -> Cells<'_> {
        Cells {
            email: &self.email,
            first_name: &self.first_name,
            last_name: &self.last_name,
            department: &self.department,
            position: &self.position,
        }
    }

    fn of(employee: &EmployeeRow) -> Self {
        Self {
            email: employee.email.clone(),
            first_name: employee.first_name.clone(),
            last_name: employee.last_name.clone(),
            department: employee.department.clone().unwrap_or_default(),
            position: employee.position.clone().unwrap_or_default(),
            locale: String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "companies/hr/new_employee.html")]
struct NewEmployeePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    domains: String,
    locales: Vec<Choice>,
    form: EmployeeForm,
    errors: FormErrors,
}

async fn show_form(hr: Hr) -> PageResult {
    let form = EmployeeForm {
        locale: Locale::default().code().to_owned(),
        ..EmployeeForm::default()
    };
    draw_form(&hr, form, FormErrors::default()).await
}

async fn draw_form(hr: &Hr, form: EmployeeForm, errors: FormErrors) -> PageResult {
    let page = hr.page();
    let domains = hr.db().read(queries::email_domains).await?;
    let status = errors.status();
    let template = NewEmployeePage {
        crumbs: crumbs(&page),
        page,
        domains: words::domain_list(&domains),
        locales: Locale::ALL
            .into_iter()
            .map(|locale| Choice::new(locale.code(), locale.endonym()))
            .collect(),
        form,
        errors,
    };
    render_status(&template.page, &template, status)
}

fn noted(errors: &mut FormErrors, refusals: &Refusals, domains: &EmailDomains) {
    for refusal in refusals.iter() {
        let message = words::field_error(refusal, domains);
        match refusal.field() {
            Some(field) => errors.add(words::field_name(field), message),
            None => errors.add_form(message),
        }
    }
}

enum Creation {
    Done(Uuid),
    Invalid(Refusals, EmailDomains),
    NotAdded(NotAdded, EmailDomains),
}

async fn create(hr: Hr, Form(form): Form<EmployeeForm>) -> PageResult {
    let locale = Locale::from_code(&form.locale).unwrap_or_default();
    let typed = form.clone();
    let creation = hr
        .db()
        .write(move |tx| {
            let domains = queries::email_domains(tx)?;
            let entry = match EmployeeEntry::check(&typed.cells(), &domains) {
                Ok(entry) => entry,
                Err(refusals) => return Ok(Creation::Invalid(refusals, domains)),
            };
            Ok(match queries::create_employee(tx, &entry, locale)? {
                Ok(id) => Creation::Done(id),
                Err(not_added) => Creation::NotAdded(not_added, domains),
            })
        })
        .await?;
    let mut errors = FormErrors::default();
    match creation {
        Creation::Done(id) => {
            let flash = Flash::success("companies-created").with("email", form.email.trim());
            return Ok(see_other_with(&path_of(id), flash));
        }
        Creation::Invalid(refusals, domains) => noted(&mut errors, &refusals, &domains),
        Creation::NotAdded(NotAdded::Taken(refusal), domains) => {
            errors.add("email", words::field_error(refusal, &domains));
        }
        Creation::NotAdded(NotAdded::AlreadyHere(_), _) => {
            errors.add("email", "companies-already-here")
        }
        Creation::NotAdded(NotAdded::Full(seats), _) => errors.add_form(full(seats)),
    }
    draw_form(&hr, form, errors).await
}

fn full(seats: Seats) -> Message {
    Message::new("companies-seats-full").with("limit", seats.limit.unwrap_or(0))
}

#[derive(Template)]
#[template(path = "companies/hr/employee.html")]
struct EmployeePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    employee: EmployeeRow,
    name: String,
    form: EmployeeForm,
    errors: FormErrors,
}

async fn show_employee(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    draw_employee(&hr, id.into_inner(), None, FormErrors::default()).await
}

async fn draw_employee(
    hr: &Hr,
    id: Uuid,
    form: Option<EmployeeForm>,
    errors: FormErrors,
) -> PageResult {
    let page = hr.page();
    let employee = hr
        .db()
        .look(move |tx| queries::find_employee(tx, id))
        .await?;
    let status = errors.status();
    let template = EmployeePage {
        crumbs: crumbs(&page),
        page,
        name: employee.name(),
        form: form.unwrap_or_else(|| EmployeeForm::of(&employee)),
        employee,
        errors,
    };
    render_status(&template.page, &template, status)
}

async fn correct(hr: Hr, id: web::Path<Uuid>, Form(mut form): Form<EmployeeForm>) -> PageResult {
    let id = id.into_inner();
    let typed = form.clone();
    let outcome = hr
        .db()
        .write(move |tx| {
            // The address is the login and cannot be corrected here: it is checked as it stands.
            let employee = queries::find_employee(tx, id)?;
            let domain = employee.email.rsplit('@').next().unwrap_or_default();
            let domains = EmailDomains::new([domain]);
            let cells = Cells {
                email: &employee.email,
                ..typed.cells()
            };
            Ok(match EmployeeEntry::check(&cells, &domains) {
                Ok(entry) => {
                    queries::correct_employee(tx, id, &entry)?;
                    Ok(())
                }
                Err(refusals) => Err((refusals, employee.email, domains)),
            })
        })
        .await?;
    match outcome {
        Ok(()) => Ok(see_other_with(
            &path_of(id),
            Flash::success("companies-corrected"),
        )),
        Err((refusals, email, domains)) => {
            let mut errors = FormErrors::default();
            noted(&mut errors, &refusals, &domains);
            form.email = email;
            draw_employee(&hr, id, Some(form), errors).await
        }
    }
}

/// The button that sends an invitation again.
#[derive(Debug, Deserialize)]
struct ResendForm {
    #[serde(default)]
    issue: String,
    #[serde(default)]
    from: String,
}

async fn resend(hr: Hr, id: web::Path<Uuid>, Form(form): Form<ResendForm>) -> PageResult {
    let id = id.into_inner();
    let employee = hr
        .db()
        .write(move |tx| {
            let employee = queries::find_employee(tx, id)?;
            let shown = form.issue.parse().map_err(|_| AppError::Malformed)?;
            queries::resend_invitation(tx, id, shown)?;
            Ok(employee)
        })
        .await?;
    // From the list back to the list, on the same page of the same filters.
    let back = match form.from.strip_prefix(LIST) {
        Some(rest) if rest.is_empty() || rest.starts_with('?') => form.from,
        _ => path_of(id),
    };
    let flash = if employee.awaits_activation() {
        Flash::success("companies-invitation-resent").with("email", employee.email)
    } else {
        Flash::info("companies-invitation-not-needed")
    };
    Ok(see_other_with(&back, flash))
}

async fn resend_expired(hr: Hr, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let sent = hr.db().write(queries::resend_expired_invitations).await?;
    let flash = if sent == 0 {
        Flash::info("companies-invitations-none-expired")
    } else {
        Flash::success("companies-invitations-resent").with("count", sent)
    };
    Ok(see_other_with(LIST, flash))
}

async fn suspend(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    let employee = hr
        .db()
        .write(move |tx| queries::suspend_employee(tx, id))
        .await?;
    let flash = Flash::success("companies-suspended").with("name", employee.first_name);
    Ok(see_other_with(&path_of(id), flash))
}

async fn reactivate(hr: Hr, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    let outcome = hr
        .db()
        .write(move |tx| queries::reactivate_employee(tx, id))
        .await?;
    let flash = match outcome {
        Ok(employee) => Flash::success("companies-reactivated").with("name", employee.first_name),
        Err(NotAdded::Full(seats)) => Flash::error(full(seats)),
        Err(NotAdded::Taken(_) | NotAdded::AlreadyHere(_)) => return Err(AppError::NotFound),
    };
    Ok(see_other_with(&path_of(id), flash))
}
