//! One employee: the account, the invitation, and what the company's setting shows of the usage.

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    employees::{EmployeeForm, back_to_list, crumbs, full, path_of},
    words,
};
use crate::{
    auth::email_address::EmailAddress,
    companies::{
        email_domains::EmailDomains,
        import::{Cells, EmployeeEntry},
        queries::{self, EmployeeRow, NotAdded},
    },
    infra::{
        actor::{Hr, render_status, see_other_with},
        db::Tx,
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing},
        i18n::{Message, month_name},
        page::{Crumb, Flash, PageContext, filters},
        role_scope::RoleScope,
    },
    metrics::{self, disclosure::Setting, model::Activity},
};

/// Months of usage on the page.
const MONTHS: i32 = 12;

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/employees/{id}", show_employee)
        .post("/employees/{id}", correct)
        .post("/employees/{id}/address", correct_address)
        .post("/employees/{id}/invitation", resend)
        .post("/employees/{id}/suspension", suspend)
        .post("/employees/{id}/reactivation", reactivate);
}

#[derive(Template)]
#[template(path = "companies/hr/employee.html")]
struct EmployeePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    employee: EmployeeRow,
    name: String,
    form: EmployeeForm,
    address: String,
    errors: FormErrors,
    domains: String,
    usage: Usage,
}

/// A month as the company's setting of that month shows it: how often and how long, nothing else.
struct UsageMonth {
    name: String,
    activity: Activity,
}

struct Usage {
    setting: Setting,
    months: Vec<UsageMonth>,
    total: Activity,
}

impl Usage {
    fn read(tx: &mut Tx<Hr>, page: &PageContext, employee: Uuid) -> Result<Self, AppError> {
        let today = metrics::queries::today(tx)?;
        let months = metrics::queries::usage::months_of(tx, employee, today, MONTHS)?;
        let mut total = Activity::default();
        for (_, month) in &months {
            total.count += month.count;
            total.seconds += month.seconds;
        }
        let named = |(month, activity): (NaiveDate, Activity)| UsageMonth {
            name: month_name(page.locale, page.tz, month),
            activity,
        };
        Ok(Self {
            setting: metrics::queries::disclosure::own_setting(tx, today)?,
            months: months.into_iter().map(named).collect(),
            total,
        })
    }
}

async fn show_employee(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    draw_employee(&hr, id.into_inner(), (None, None), FormErrors::default()).await
}

async fn draw_employee(
    hr: &Hr,
    id: Uuid,
    (form, address): (Option<EmployeeForm>, Option<String>),
    errors: FormErrors,
) -> PageResult {
    let page = hr.page();
    let (page, employee, usage, domains) = hr
        .db()
        .look(move |tx| {
            let employee = queries::find_employee(tx, id)?;
            let usage = Usage::read(tx, &page, id)?;
            Ok((page, employee, usage, queries::email_domains(tx)?))
        })
        .await?;
    let status = errors.status();
    let template = EmployeePage {
        crumbs: crumbs(&page),
        page,
        domains: words::domain_list(&domains),
        usage,
        name: employee.name(),
        address: address.unwrap_or_else(|| employee.email.clone()),
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
            words::note(&mut errors, &refusals, &domains);
            form.email = email;
            draw_employee(&hr, id, (Some(form), None), errors).await
        }
    }
}

/// Where the invitation should have gone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AddressForm {
    email: String,
}

enum Correction {
    Done,
    /// The account was opened meanwhile, or suspended.
    TooLate,
    Refused(Message),
}

async fn correct_address(hr: Hr, id: web::Path<Uuid>, Form(form): Form<AddressForm>) -> PageResult {
    let id = id.into_inner();
    let typed = form.email.clone();
    let correction = hr
        .db()
        .write(move |tx| {
            let (employee, domains) =
                (queries::find_employee(tx, id)?, queries::email_domains(tx)?);
            let cells = Cells {
                email: &typed,
                first_name: &employee.first_name,
                last_name: &employee.last_name,
                ..Cells::default()
            };
            let address: EmailAddress = match EmployeeEntry::check(&cells, &domains) {
                Ok(entry) => entry.email,
                Err(refusals) => {
                    return Ok(Correction::Refused(words::field_error(
                        refusals.first(),
                        &domains,
                    )));
                }
            };
            Ok(match queries::correct_address(tx, id, &address)? {
                Ok(true) => Correction::Done,
                Ok(false) => Correction::TooLate,
                Err(NotAdded::Taken(refusal)) => {
                    Correction::Refused(words::field_error(refusal, &domains))
                }
                Err(NotAdded::AlreadyHere(_) | NotAdded::Full(_)) => {
                    Correction::Refused("companies-already-here".into())
                }
            })
        })
        .await?;
    match correction {
        Correction::Done => {
            let flash =
                Flash::success("employees-address-corrected").with("email", form.email.trim());
            Ok(see_other_with(&path_of(id), flash))
        }
        Correction::TooLate => Ok(see_other_with(
            &path_of(id),
            Flash::info("employees-address-too-late"),
        )),
        Correction::Refused(message) => {
            let mut errors = FormErrors::default();
            errors.add("email", message);
            draw_employee(&hr, id, (None, Some(form.email)), errors).await
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
    let back = match back_to_list(&form.from) {
        list if list == form.from => list,
        _ => path_of(id),
    };
    let flash = if employee.awaits_activation() {
        Flash::success("companies-invitation-resent").with("email", employee.email)
    } else {
        Flash::info("companies-invitation-not-needed")
    };
    Ok(see_other_with(&back, flash))
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
