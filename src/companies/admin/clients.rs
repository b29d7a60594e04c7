//! `/admin/companies/{id}`: one company, what was decided about it, and its HR.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    companies::{
        decision::{Decision, Standing, event_key},
        member::MemberForm,
        queries::{
            self, Client, Contract, Decided, Event, NotInvited, Requester, TeamMember, Twin,
        },
        request::{Wrong, lines, or_noted},
    },
    infra::{
        actor::{Admin, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing},
        i18n::{Locale, Message, text},
        page::{Choice, Crumb, Flash, PageContext, Pagination, filters},
        role_scope::RoleScope,
    },
    metrics::queries::company::{self, Usage},
};

const LIST: &str = "/admin/companies";
/// Characters of a reason (the column's check).
const REASON_CHARS: usize = 1_000;
/// The largest contract that can be typed.
const MOST_EMPLOYEES: i32 = 1_000_000;
/// One a day in a leap year (the column's check).
const MOST_CONSULTATIONS: i32 = 366;

pub(super) fn routes(scope: &mut RoleScope<Admin>) {
    scope
        .get("/companies/{id}", show_client)
        .post("/companies/{id}/validation", validate)
        .post("/companies/{id}/refusal", refuse)
        .post("/companies/{id}/suspension", suspend)
        .post("/companies/{id}/reactivation", reactivate)
        .post("/companies/{id}/contract", set_contract)
        .post("/companies/{id}/team", invite)
        .post("/companies/{id}/team/{member}/invitation", resend);
}

fn path_of(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// Why a company is refused or suspended.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ReasonForm {
    reason: String,
}

/// What the contract covers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ContractForm {
    max_employees: String,
    max_consultations: String,
}

/// What was typed into the forms of the page, and what is wrong with it.
#[derive(Default)]
struct Typed {
    reason: String,
    contract: Option<ContractForm>,
    member: Option<MemberForm>,
    errors: FormErrors,
}

/// Everything that one transaction reads.
struct ClientRead {
    client: Client,
    requester: Option<Requester>,
    twin: Option<Twin>,
    team: Vec<TeamMember>,
    usage: Usage,
    /// How many consultations are to come.
    upcoming: i64,
    events: Vec<Event>,
    pages: Pagination,
}

#[derive(Template)]
#[template(path = "companies/admin/client.html")]
struct ClientPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    read: ClientRead,
    reason: String,
    contract: ContractForm,
    member: MemberForm,
    locales: Vec<Choice>,
    errors: FormErrors,
}

impl ClientPage {
    fn is(&self, standing: Standing) -> bool {
        self.read.client.standing() == standing
    }

    fn event_key(&self, event: &Event) -> &'static str {
        event_key(&event.action)
    }

    fn domains(&self) -> String {
        self.read.client.email_domains.join(", ")
    }
}

/// A page of the history.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct HistoryQuery {
    page: String,
}

async fn show_client(
    admin: Admin,
    id: web::Path<Uuid>,
    query: web::Query<HistoryQuery>,
) -> PageResult {
    let number = query.page.parse().unwrap_or(1);
    draw(&admin, (id.into_inner(), number), Typed::default()).await
}

async fn draw(admin: &Admin, (id, number): (Uuid, i64), typed: Typed) -> PageResult {
    let page = admin.page();
    let path = path_of(id);
    let read = admin
        .db()
        .read(move |tx| {
            let pages = Pagination::new(number, queries::count_events(tx, id)?, &path);
            Ok(ClientRead {
                client: queries::find_client(tx, id)?,
                requester: queries::requester(tx, id)?,
                twin: queries::twin(tx, id)?,
                team: queries::team(tx, id)?,
                usage: company::usage(tx, id)?,
                upcoming: queries::upcoming(tx, id)?,
                events: queries::events(tx, id, (pages.limit(), pages.offset()))?,
                pages,
            })
        })
        .await?;
    let status = typed.errors.status();
    let shown = |limit: Option<i32>| limit.map(|most| most.to_string()).unwrap_or_default();
    let contract = typed.contract.unwrap_or_else(|| ContractForm {
        max_employees: shown(read.client.max_employees),
        max_consultations: shown(read.client.max_consultations),
    });
    // The first HR account is most often whoever asked.
    let member = typed.member.unwrap_or_else(|| match &read.requester {
        Some(requester) if read.team.is_empty() => MemberForm {
            first_name: requester.first_name.clone(),
            last_name: requester.last_name.clone(),
            email: requester.email.clone(),
            locale: requester.locale.clone(),
        },
        _ => MemberForm::default(),
    });
    let template = ClientPage {
        crumbs: vec![Crumb::new(LIST, text(page.locale, "metrics-companies"))],
        page,
        read,
        reason: typed.reason,
        contract,
        member,
        locales: Locale::ALL
            .into_iter()
            .map(|locale| Choice::new(locale.code(), locale.endonym()))
            .collect(),
        errors: typed.errors,
    };
    render_status(&template.page, &template, status)
}

async fn decide(admin: &Admin, id: Uuid, decision: Decision, reason: String) -> PageResult {
    let mut errors = FormErrors::default();
    let read = match lines(&reason, REASON_CHARS) {
        Ok(read) if read.is_empty() && decision.needs_reason() => {
            Err(Message::new("clients-reason-missing"))
        }
        read => read,
    };
    let read = match read {
        Ok(read) => read,
        Err(message) => {
            errors.add("reason", message);
            let typed = Typed {
                reason,
                errors,
                ..Typed::default()
            };
            return draw(admin, (id, 1), typed).await;
        }
    };
    let outcome = admin
        .db()
        .write(move |tx| queries::decide(tx, id, decision, &read))
        .await;
    let outcome = match outcome {
        // Another company with this SIRET or domain became a client at this very moment.
        Err(AppError::Constraint(_)) => {
            return Ok(see_other_with(
                &path_of(id),
                Flash::error("clients-twin-now"),
            ));
        }
        outcome => outcome?,
    };
    let flash = match outcome {
        Decided::Done => Flash::success(decision.done_key()),
        Decided::Late => Flash::info("clients-decided-already"),
        Decided::Twin(twin) => Flash::error("clients-twin-refused").with("company", twin.name),
    };
    Ok(see_other_with(&path_of(id), flash))
}

async fn validate(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    decide(&admin, id.into_inner(), Decision::Validated, String::new()).await
}

async fn refuse(admin: Admin, id: web::Path<Uuid>, Form(form): Form<ReasonForm>) -> PageResult {
    decide(&admin, id.into_inner(), Decision::Refused, form.reason).await
}

async fn suspend(admin: Admin, id: web::Path<Uuid>, Form(form): Form<ReasonForm>) -> PageResult {
    decide(&admin, id.into_inner(), Decision::Suspended, form.reason).await
}

async fn reactivate(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    decide(
        &admin,
        id.into_inner(),
        Decision::Reactivated,
        String::new(),
    )
    .await
}

/// A whole number from one to `most`; nothing typed: no limit.
fn limit(text: &str, most: i32) -> Result<Option<i32>, Message> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<i32>() {
        Ok(number) if digits && (1..=most).contains(&number) => Ok(Some(number)),
        _ => Err(Message::new("clients-limit-error").with("most", most)),
    }
}

async fn set_contract(
    admin: Admin,
    id: web::Path<Uuid>,
    Form(form): Form<ContractForm>,
) -> PageResult {
    let id = id.into_inner();
    let mut wrong = Wrong::new();
    let employees = limit(&form.max_employees, MOST_EMPLOYEES);
    let employees = or_noted(&mut wrong, "max_employees", employees);
    let consultations = limit(&form.max_consultations, MOST_CONSULTATIONS);
    let consultations = or_noted(&mut wrong, "max_consultations", consultations);
    let (Some(max_employees), Some(max_consultations)) = (employees, consultations) else {
        let mut typed = Typed {
            contract: Some(form),
            ..Typed::default()
        };
        for (field, message) in wrong {
            typed.errors.add(field, message);
        }
        return draw(&admin, (id, 1), typed).await;
    };
    let contract = Contract {
        max_employees,
        max_consultations,
    };
    let found = admin
        .db()
        .write(move |tx| queries::set_contract(tx, id, contract))
        .await?;
    if !found {
        return Err(AppError::NotFound);
    }
    Ok(see_other_with(
        &path_of(id),
        Flash::success("clients-contract-saved"),
    ))
}

async fn invite(admin: Admin, id: web::Path<Uuid>, Form(form): Form<MemberForm>) -> PageResult {
    let id = id.into_inner();
    let mut typed = Typed::default();
    let invited = match form.read() {
        Err(wrong) => {
            for (field, message) in wrong {
                typed.errors.add(field, message);
            }
            None
        }
        Ok(member) => Some(
            admin
                .db()
                .write(move |tx| queries::invite_hr(tx, id, &member))
                .await?,
        ),
    };
    match invited {
        Some(Ok(_)) => {
            let flash = Flash::success("clients-member-invited").with("email", form.email.trim());
            return Ok(see_other_with(&path_of(id), flash));
        }
        Some(Err(NotInvited::Closed)) => typed.errors.add_form("clients-member-closed"),
        Some(Err(NotInvited::Elsewhere)) => {
            typed.errors.add("email", "clients-address-not-allowed");
        }
        Some(Err(NotInvited::Taken)) => typed.errors.add("email", "clients-member-taken"),
        None => {}
    }
    typed.member = Some(form);
    draw(&admin, (id, 1), typed).await
}

/// The link that the page showed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ResendForm {
    issue: String,
}

async fn resend(
    admin: Admin,
    path: web::Path<(Uuid, Uuid)>,
    Form(form): Form<ResendForm>,
) -> PageResult {
    let (company, member) = path.into_inner();
    let issue = form.issue.parse::<i32>().unwrap_or(0);
    let sent = admin
        .db()
        .write(move |tx| {
            // Whose it is comes first: an employee or another company's HR is not found here.
            let team = queries::team(tx, company)?;
            if !team.iter().any(|one| one.id == member) {
                return Err(AppError::NotFound);
            }
            queries::resend_hr_invitation(tx, company, (member, issue))
        })
        .await?;
    let flash = if sent {
        Flash::success("clients-member-resent")
    } else {
        Flash::info("companies-invitation-not-needed")
    };
    Ok(see_other_with(&path_of(company), flash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_whole_number_or_none() {
        assert_eq!(limit(" ", 9), Ok(None));
        assert_eq!(limit(" 7 ", 9), Ok(Some(7)));
        for text in ["0", "10", "-1", "+3", "1e1", "x", "99999999999999"] {
            assert!(limit(text, 9).is_err(), "{text}");
        }
    }
}
