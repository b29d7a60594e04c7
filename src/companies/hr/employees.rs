//! The list of employees, and one more of them.

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
        queries::{self, EmployeeFilter, EmployeeRow, NotAdded},
        selection::MOST_PEOPLE,
    },
    infra::{
        actor::{Hr, render, render_status, see_other_with},
        counts::Counts,
        error::PageResult,
        form::{Form, FormErrors, Nothing},
        i18n::{Locale, Message, date_short, text},
        page::{Choice, Crumb, Flash, PageContext, Pagination, Tab, filters},
        role_scope::RoleScope,
    },
};

pub(super) const LIST: &str = "/rh/employees";
/// Most characters of a search: no name or address is longer.
const SEARCH_CHARS: usize = 100;

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/employees", show_employees)
        .post("/employees", create)
        .get("/employees/new", show_form)
        .post("/employees/invitations", resend_expired);
}

pub(super) fn path_of(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

pub(super) fn crumbs(page: &PageContext) -> Vec<Crumb> {
    vec![Crumb::new(
        LIST,
        text(page.locale, "companies-employees-title"),
    )]
}

/// The list's address. Anything it does not understand is no filter.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    page: String,
}

/// From the list back to the list, on the same page of the same filters, or to the people that a file does
/// not name; to its beginning from anywhere else.
pub(super) fn back_to_list(from: &str) -> String {
    let rest = from.strip_prefix(LIST);
    match rest.filter(|rest| rest.bytes().all(|byte| byte.is_ascii_graphic())) {
        Some(rest) if rest.is_empty() || rest.starts_with('?') || rest.starts_with("/import/") => {
            from.to_owned()
        }
        _ => LIST.to_owned(),
    }
}

impl ListQuery {
    /// Filters without a page.
    pub(super) fn of(q: &str, department: &str, status: &str) -> Self {
        Self {
            q: q.to_owned(),
            department: department.to_owned(),
            status: status.to_owned(),
            page: String::new(),
        }
    }

    pub(super) fn filter(&self) -> EmployeeFilter {
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
    counts: Counts,
    seats: Seats,
    tabs: Vec<Tab>,
    departments: Vec<Choice>,
    actions: Vec<Choice>,
    waiting: i64,
    employees: Vec<EmployeeRow>,
    pages: Pagination,
}

impl EmployeesPage {
    fn bounced(&self) -> i64 {
        self.counts.of(Some(EmployeeStatus::Bounced.code()))
    }

    /// Whether more people match than the page shows.
    fn has_more(&self) -> bool {
        self.pages.count() > 1
    }

    fn everybody(&self) -> i64 {
        let most = i64::try_from(MOST_PEOPLE).unwrap_or(i64::MAX);
        self.pages.total().min(most)
    }

    fn is_filtered(&self) -> bool {
        !self.filter.search.is_empty()
            || !self.filter.department.is_empty()
            || self.filter.status.is_some()
    }

    fn day(&self, at: &DateTime<Utc>) -> String {
        date_short(self.page.locale, self.page.tz, at)
    }

    fn expired(&self) -> i64 {
        self.counts.of(Some(EmployeeStatus::Expired.code()))
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
            let pages = Pagination::new(
                number,
                counts.of(filter.status.map(EmployeeStatus::code)),
                &path,
            );
            let employees = queries::list_employees(tx, &filter, pages.limit(), pages.offset())?;
            let departments = queries::departments(tx)?;
            Ok(EmployeesPage {
                tabs: tabs(&page, &filter, &counts),
                seats: queries::seats(tx)?,
                departments: departments
                    .into_iter()
                    .map(|name| Choice::new(name.clone(), name))
                    .collect(),
                actions: super::selection::choices(&page),
                waiting: queries::count_waiting(tx)?,
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
fn tabs(page: &PageContext, filter: &EmployeeFilter, counts: &Counts) -> Vec<Tab> {
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
                .count(counts.of(status.map(EmployeeStatus::code)))
        })
        .collect()
}

/// The fields of an employee's account.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct EmployeeForm {
    #[serde(default)]
    pub(super) email: String,
    #[serde(default)]
    pub(super) first_name: String,
    #[serde(default)]
    pub(super) last_name: String,
    #[serde(default)]
    pub(super) department: String,
    #[serde(default)]
    pub(super) position: String,
    #[serde(default)]
    pub(super) locale: String,
}

impl EmployeeForm {
    pub(super) fn cells(&self) -> Cells<'_> {
        Cells {
            email: &self.email,
            first_name: &self.first_name,
            last_name: &self.last_name,
            department: &self.department,
            position: &self.position,
        }
    }

    pub(super) fn of(employee: &EmployeeRow) -> Self {
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
        Creation::Invalid(refusals, domains) => words::note(&mut errors, &refusals, &domains),
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

pub(super) fn full(seats: Seats) -> Message {
    Message::new("companies-seats-full").with("limit", seats.limit.unwrap_or(0))
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
