//! Several employees at a time: who is selected, what would happen, and then that it happens once.

use actix_web::{http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    employees::{LIST, ListQuery, back_to_list},
    words,
};
use crate::{
    companies::{
        email_domains::EmailDomains,
        import::{Field, check_department},
        queries::{self, Done, EmployeeRow, Order},
        selection::{Action, MOST_PEOPLE, read_people, write_people},
    },
    infra::{
        actor::{Hr, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors},
        i18n::{Message, text},
        page::{Choice, Crumb, Flash, PageContext, filters},
        role_scope::RoleScope,
    },
};

/// Names on the page; the rest are counted.
const NAMES: usize = 30;

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/employees/selection", show_selection)
        .post("/employees/selection", apply);
}

/// The actions as the list offers them.
pub(super) fn choices(page: &PageContext) -> Vec<Choice> {
    Action::ALL
        .into_iter()
        .map(|action| Choice::new(action.code(), text(page.locale, action_key(action))))
        .collect()
}

fn action_key(action: Action) -> &'static str {
    match action {
        Action::Invite => "employees-action-invite",
        Action::Move => "employees-action-move",
        Action::Suspend => "employees-action-suspend",
        Action::Reactivate => "employees-action-reactivate",
    }
}

/// What is ticked in the list: ids under the name `id`, or `all` for everybody the filters find.
struct Ticked {
    action: String,
    people: Vec<Uuid>,
    everybody: bool,
    filters: ListQuery,
    from: String,
}

impl Ticked {
    fn read(pairs: &[(String, String)]) -> Self {
        let last = |name: &str| {
            pairs
                .iter()
                .rfind(|(field, _)| field == name)
                .map_or("", |(_, value)| value.as_str())
        };
        let ids = pairs
            .iter()
            .filter(|(name, _)| name == "id")
            .map(|(_, id)| id.as_str());
        Self {
            action: last("action").to_owned(),
            people: read_people(&ids.collect::<Vec<_>>().join(" ")),
            everybody: last("all") == "true",
            filters: ListQuery::of(last("q"), last("department"), last("status")),
            from: last("from").to_owned(),
        }
    }
}

/// Whoever is selected, by what the action does to them.
struct Selected {
    concerned: Vec<EmployeeRow>,
    others: usize,
}

impl Selected {
    fn new(rows: Vec<EmployeeRow>, action: Action) -> Self {
        let all = rows.len();
        let concerned: Vec<_> = rows
            .into_iter()
            .filter(|employee| action.concerns(employee.status()))
            .collect();
        Self {
            others: all - concerned.len(),
            concerned,
        }
    }
}

#[derive(Template)]
#[template(path = "companies/hr/selection.html")]
struct SelectionPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    action: Action,
    selected: Selected,
    people: String,
    request_key: String,
    from: String,
    departments: Vec<String>,
    department: String,
    errors: FormErrors,
}

impl SelectionPage {
    fn title_key(&self) -> &'static str {
        action_key(self.action)
    }

    fn effect(&self) -> Message {
        let key = match self.action {
            Action::Invite => "employees-selection-invite",
            Action::Move => "employees-selection-move",
            Action::Suspend => "employees-selection-suspend",
            Action::Reactivate => "employees-selection-reactivate",
        };
        Message::new(key).with("count", self.selected.concerned.len())
    }

    fn text_key(&self) -> &'static str {
        match self.action {
            Action::Invite => "employees-selection-invite-text",
            Action::Move => "employees-selection-move-text",
            Action::Suspend => "employees-selection-suspend-text",
            Action::Reactivate => "employees-selection-reactivate-text",
        }
    }

    fn names(&self) -> &[EmployeeRow] {
        &self.selected.concerned[..self.selected.concerned.len().min(NAMES)]
    }

    fn unnamed(&self) -> usize {
        self.selected.concerned.len().saturating_sub(NAMES)
    }

    fn moves(&self) -> bool {
        self.action == Action::Move
    }

    fn is_harsh(&self) -> bool {
        self.action == Action::Suspend
    }
}

/// What was typed, to show it again.
struct Typed {
    request_key: Uuid,
    department: String,
    errors: FormErrors,
}

impl Typed {
    fn nothing() -> Self {
        Self {
            request_key: Uuid::new_v4(),
            department: String::new(),
            errors: FormErrors::default(),
        }
    }
}

async fn show_selection(hr: Hr, pairs: web::Query<Vec<(String, String)>>) -> PageResult {
    let ticked = Ticked::read(&pairs);
    let back = back_to_list(&ticked.from);
    let Some(action) = Action::from_code(&ticked.action) else {
        return Ok(see_other_with(
            &back,
            Flash::info("employees-selection-which"),
        ));
    };
    let people = if ticked.everybody {
        let filter = ticked.filters.filter();
        hr.db()
            .read(move |tx| queries::matching(tx, &filter, MOST_PEOPLE))
            .await?
    } else {
        ticked.people
    };
    draw(
        &hr,
        (action, people),
        back,
        (Typed::nothing(), StatusCode::OK),
    )
    .await
}

async fn draw(
    hr: &Hr,
    (action, people): (Action, Vec<Uuid>),
    from: String,
    (typed, status): (Typed, StatusCode),
) -> PageResult {
    let (rows, departments) = hr
        .db()
        .look(move |tx| {
            let departments = match action {
                Action::Move => queries::departments(tx)?,
                _ => Vec::new(),
            };
            Ok((queries::selected(tx, &people)?, departments))
        })
        .await?;
    if rows.is_empty() {
        return Ok(see_other_with(
            &from,
            Flash::info("employees-selection-nobody"),
        ));
    }
    let people = write_people(rows.iter().map(|employee| employee.id));
    let page = hr.page();
    let template = SelectionPage {
        crumbs: vec![Crumb::new(
            LIST,
            text(page.locale, "companies-employees-title"),
        )],
        page,
        action,
        selected: Selected::new(rows, action),
        people,
        request_key: typed.request_key.to_string(),
        from,
        departments,
        department: typed.department,
        errors: typed.errors,
    };
    render_status(&template.page, &template, status)
}

/// The confirmation.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SelectionForm {
    request_key: String,
    action: String,
    people: String,
    department: String,
    from: String,
}

async fn apply(hr: Hr, Form(form): Form<SelectionForm>) -> PageResult {
    let back = back_to_list(&form.from);
    let people = read_people(&form.people);
    let asked = Action::from_code(&form.action).zip(form.request_key.parse().ok());
    let Some((action, request_key)) = asked.filter(|_| !people.is_empty()) else {
        return Ok(see_other_with(
            &back,
            Flash::info("employees-selection-which"),
        ));
    };
    let mut typed = Typed {
        request_key,
        department: form.department,
        errors: FormErrors::default(),
    };
    let department = match (action, check_department(&typed.department)) {
        (Action::Move, Ok(department)) => department,
        (Action::Move, Err(refusal)) => {
            let nowhere = EmailDomains::new(std::iter::empty::<String>());
            let message = words::field_error(refusal, &nowhere);
            typed
                .errors
                .add(words::field_name(Field::Department), message);
            let status = typed.errors.status();
            return draw(&hr, (action, people), back, (typed, status)).await;
        }
        _ => None,
    };
    let order = Order {
        request_key,
        action,
        people: people.clone(),
        department,
    };
    match hr.db().write(move |tx| queries::apply(tx, &order)).await? {
        Done::Changed(0) => Ok(see_other_with(
            &back,
            Flash::info("employees-selection-unchanged"),
        )),
        Done::Changed(count) => {
            let key = match action {
                Action::Invite => "employees-selection-invited",
                Action::Move => "employees-selection-moved",
                Action::Suspend => "employees-selection-suspended",
                Action::Reactivate => "employees-selection-reactivated",
            };
            Ok(see_other_with(
                &back,
                Flash::success(Message::new(key).with("count", i64::from(count))),
            ))
        }
        Done::Full { missing, seats } => {
            let message = Message::new("employees-selection-full")
                .with("count", missing)
                .with("limit", seats.limit.unwrap_or(0));
            typed.errors.add_form(message);
            draw(&hr, (action, people), back, (typed, StatusCode::CONFLICT)).await
        }
    }
}
